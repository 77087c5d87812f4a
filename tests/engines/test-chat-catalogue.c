/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-error.h"
#include "cs-json.h"
#include "cs-provider-catalogue.h"

/* A seller reads where a price is from: whose page of what year, or that nobody looked */
static void
assert_plain (const char *source)
{
  if (source == NULL)
    return;

  g_test_message ("%s", source);
  g_assert_nonnull (strstr (source, "20"));
  g_assert_null (strstr (source, "github"));
  g_assert_null (strstr (source, "/pull/"));
  g_assert_true (strstr (source, "second hand") == NULL || strstr (source, "unverified") != NULL);
}

/* Everybody that the program promises is there, in order, and can be asked */
static void
test_known (void)
{
  static const char *const expected[] = {
    "ollama", "lmstudio", "llamacpp", "vllm", "qwen", "qwen-intl", "deepseek", "glm", "glm-intl", "kimi", "kimi-intl",
    "doubao", "openai", "gemini", "mistral", "openrouter", "siliconflow", "custom",
  };
  g_autoptr (CsProviderCatalogue) catalogue = cs_provider_catalogue_new ();
  g_autoptr (GPtrArray) list = cs_provider_catalogue_list (catalogue, CS_ENGINE_WRITES);

  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < list->len; i++)
    {
      CsProvider *provider = list->pdata[i];
      g_autoptr (JsonNode) profile = cs_json_parse (provider->profile, -1, NULL);

      g_assert_cmpstr (provider->id, ==, expected[i]);
      g_assert_cmpstr (provider->words, !=, "");
      g_assert_cmpint (provider->kind, ==, CS_ENGINE_WRITES);
      g_assert_nonnull (cs_json_array (cs_json_node_object (profile), "json"));
      g_assert_true (provider->address != NULL || g_str_equal (provider->id, "custom"));
      g_assert_true (!provider->wants_key || provider->key_page != NULL || g_str_equal (provider->id, "custom"));
      for (guint j = 0; provider->models != NULL && j < provider->models->len; j++)
        {
          CsProviderModel *model = provider->models->pdata[j];

          /* A price is whole, has a currency, and says where it is from */
          g_assert_true ((model->price.input >= 0) == (model->price.output >= 0));
          g_assert_true (model->price.input < 0 || (*model->price.currency != '\0' && model->price_source != NULL));
          assert_plain (model->price_source);
        }
    }
}

static void
test_like (void)
{
  g_autoptr (CsProviderCatalogue) catalogue = cs_provider_catalogue_new ();
  CsProvider *here = cs_provider_catalogue_find (catalogue, "qwen");
  CsProvider *there = cs_provider_catalogue_find (catalogue, "qwen-intl");

  g_assert_nonnull (here);
  g_assert_nonnull (there);
  g_assert_cmpstr (here->profile, ==, there->profile);
  g_assert_cmpstr (here->address, !=, there->address);
  g_assert_true (here->marks);
  g_assert_false (there->marks);
  g_assert_true (there->wants_key);
}

/* A new provider is a few lines */
static void
test_few_lines (void)
{
  g_autoptr (CsProviderCatalogue) catalogue = cs_provider_catalogue_new ();
  g_autoptr (GError) error = NULL;
  CsProvider *provider;

  g_assert_true (cs_provider_catalogue_add (catalogue,
                                            "{\"id\":\"new\",\"title\":\"New\",\"wants_key\":true,"
                                            "\"chat\":{\"address\":\"https://new.example/v1/\",\"models\":[{\"id\":\"n\",\"sees\":true,"
                                            "\"price\":{\"currency\":\"EUR\",\"input\":\"0.25\",\"output\":\"1\"}}]}}",
                                            -1, &error));
  g_assert_no_error (error);
  provider = cs_provider_catalogue_find (catalogue, "new");
  g_assert_nonnull (provider);
  g_assert_cmpstr (provider->address, ==, "https://new.example/v1");
  g_assert_cmpint (((CsProviderModel *) provider->models->pdata[0])->price.input, ==, 250000);
  g_assert_cmpstr (provider->profile, ==, "{}");
  g_assert_null (cs_provider_catalogue_find (catalogue, "new-pictures"));
}

/* What comes from a file is looked at, never believed */
static void
test_bad (void)
{
  static const char *const bad[] = {
    "", "[]", "null", "{", "{\"id\":5}", "{\"title\":\"x\"}", "{\"id\":\"../x\",\"chat\":{}}", "{\"id\":\"Upper\",\"chat\":{}}",
    "{\"id\":\"ollama\",\"chat\":{}}", "{\"id\":\"a\",\"chat\":{\"id\":\"b c\"}}",
  };
  g_autoptr (CsProviderCatalogue) catalogue = cs_provider_catalogue_new ();
  CsProvider *provider;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_provider_catalogue_add (catalogue, bad[i], -1, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
    }

  /* An address that a key must not go to in the clear is none; a circle ends */
  g_assert_true (cs_provider_catalogue_add (catalogue, "{\"id\":\"odd\",\"like\":\"odd\",\"title\":7,\"words\":[],\"chat\":{\"address\":\"http://far.example/v1\","
                                                       "\"models\":[null,{},{\"id\":\"\"},{\"id\":\"m\",\"price\":{\"input\":\"-3\",\"output\":4}}],\"profile\":\"x\"}}", -1, NULL));
  provider = cs_provider_catalogue_find (catalogue, "odd");
  g_assert_null (provider->address);
  g_assert_cmpuint (provider->models->len, ==, 1);
  g_assert_cmpint (((CsProviderModel *) provider->models->pdata[0])->price.input, ==, CS_PRICE_UNKNOWN);
  g_assert_cmpstr (provider->profile, ==, "{}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/catalogue/known", test_known);
  g_test_add_func ("/chat/catalogue/like", test_like);
  g_test_add_func ("/chat/catalogue/few-lines", test_few_lines);
  g_test_add_func ("/chat/catalogue/bad", test_bad);

  return g_test_run ();
}
