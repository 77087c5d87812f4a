/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-plain.h"
#include "cs-chat-test.h"

static CsEngineRequest *
make_request (void)
{
  CsEngineRequest *request = cs_engine_request_new ();

  request->product = cs_product_new ();
  request->product->id = 7;
  request->product->values[CS_FIELD_NOTE] = g_strdup ("handmade bamboo fruit basket, diameter 28cm, natural colour");
  request->product->values[CS_FIELD_BRAND] = g_strdup ("Lin");
  request->product->values[CS_FIELD_MATERIAL] = g_strdup ("bamboo");

  return request;
}

void
cs_chat_test_init (CsChatTest *self)
{
  *self = (CsChatTest) { NULL };
  self->server = cs_model_server_new ();
  self->catalogue = cs_provider_catalogue_new ();
  self->http = cs_http_new ();
  self->request = make_request ();
}

void
cs_chat_test_clear (CsChatTest *self)
{
  g_clear_object (&self->engine);
  g_clear_object (&self->meter);
  g_clear_object (&self->http);
  g_clear_object (&self->image);
  g_clear_pointer (&self->request, cs_engine_request_unref);
  g_clear_pointer (&self->catalogue, cs_provider_catalogue_free);
  g_clear_pointer (&self->server, cs_model_server_free);
}

void
cs_chat_test_use (CsChatTest *self,
                  const char *dialect,
                  const char *provider,
                  const char *model,
                  const char *secret)
{
  g_auto (GStrv) parts = g_strsplit (dialect, "+", 2);
  CsProvider *found = cs_provider_catalogue_find (self->catalogue, provider != NULL ? provider : parts[0]);
  g_autoptr (CsEngineSetup) setup = cs_engine_setup_new ();

  g_assert_nonnull (found);
  setup->id = g_strdup ("test-1");
  setup->provider = g_strdup (found->id);
  setup->title = g_strdup ("Test");
  setup->address = cs_model_server_dup_address (self->server, dialect);
  setup->model = g_strdup (model != NULL ? model : "some-model");
  setup->may_text = setup->may_photos = TRUE;

  g_clear_object (&self->engine);
  g_clear_object (&self->meter);
  self->meter = cs_test_meter_new ();
  self->engine = cs_chat_engine_new ();
  cs_chat_engine_set_pace (CS_CHAT_ENGINE (self->engine), 5);
  cs_model_engine_set_parts (CS_MODEL_ENGINE (self->engine),
                             &(CsModelParts) {
                               .setup = setup,
                               .provider = found,
                               .secret = secret != NULL ? secret : "sk-test-secret-1",
                               .http = self->http,
                               .image = self->image,
                               .meter = CS_METER (self->meter),
                             });
}

/* Everything that was begun was ended, whatever came of it */
static void
check_meter (CsChatTest *self)
{
  g_assert_cmpuint (self->meter->n_ended + self->meter->n_kept, ==, self->meter->n_begun);
  g_assert_cmpuint (g_hash_table_size (self->meter->open), ==, 0);
}

GPtrArray *
cs_chat_test_suggest (CsChatTest *self,
                      GError    **error)
{
  GPtrArray *suggestions = dex_await_boxed (cs_engine_suggest (self->engine, self->request, NULL), error);

  check_meter (self);
  if (suggestions != NULL)
    cs_chat_test_check (self, suggestions);

  return suggestions;
}

CsSuggestion *
cs_chat_test_find (GPtrArray *suggestions,
                   CsField    field)
{
  for (guint i = 0; i < suggestions->len; i++)
    if (((CsSuggestion *) suggestions->pdata[i])->field == field)
      return suggestions->pdata[i];

  return NULL;
}

guint
cs_chat_test_count (CsChatTest *self)
{
  const CsModelParts *parts = cs_model_engine_get_parts (CS_MODEL_ENGINE (self->engine));
  g_autoptr (GUri) uri = g_uri_parse (parts->setup->address, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *path = g_strconcat (g_uri_get_path (uri), "/chat/completions", NULL);

  return cs_model_server_count (self->server, path);
}

static void
check_phrases (CsSuggestion *suggestion)
{
  GPtrArray *phrases = suggestion->evidence->phrases;
  guint      end = 0;

  for (guint i = 0; i < phrases->len; i++)
    {
      CsPhrase *phrase = phrases->pdata[i];

      g_assert_cmpuint (phrase->start, ==, end);
      end = phrase->end;
    }
  g_assert_cmpuint (end, ==, strlen (suggestion->text));
}

void
cs_chat_test_check (CsChatTest *self,
                    GPtrArray  *suggestions)
{
  guint variant = 0;

  g_assert_cmpuint (suggestions->len, >, 0);
  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion    *suggestion = suggestions->pdata[i];
      g_autofree char *plain = cs_chat_plain (suggestion->text, TRUE);

      g_assert_cmpint (suggestion->id, ==, 0);
      g_assert_cmpint (suggestion->product, ==, 7);
      g_assert_cmpint (suggestion->field, <=, CS_FIELD_ALT_TEXT);
      g_assert_cmpstr (suggestion->engine, ==, "test-1");
      g_assert_cmpstr (suggestion->text, ==, plain);
      g_assert_cmpuint (strlen (suggestion->text), <, 20000);
      g_assert_false (cs_chat_is_meta (suggestion->text));
      g_assert_nonnull (suggestion->hash);
      g_assert_nonnull (suggestion->input);
      g_assert_nonnull (suggestion->remarks);
      g_assert_cmpint (suggestion->sent, >, 0);
      g_assert_null (suggestion->picture);
      g_assert_null (suggestion->settings);
      if (suggestion->field == CS_FIELD_TITLE)
        g_assert_cmpint (suggestion->variant, ==, ++variant);
      if (suggestion->is_question)
        continue;
      g_assert_nonnull (suggestion->evidence);
      check_phrases (suggestion);
    }
}
