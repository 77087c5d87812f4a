/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-test.h"
#include "cs-error.h"
#include "cs-test.h"

static CsChatTest test;

/* Each dialect, as its provider's file says that it wants to be spoken to: one request */
static void
test_dialects (void)
{
  static const struct
  {
    const char *dialect;
    const char *model;
  } dialects[] = {
    { "openai", "gpt-5.6-luna" },
    { "qwen", "qwen3-vl-plus" },
    { "deepseek", "deepseek-flash" },
    { "glm", "glm-4.6v" },
    { "kimi", "kimi-k2.6" },
    { "doubao", "doubao-seed-2-0-lite" },
    { "siliconflow", "Qwen/Qwen3-VL-32B-Instruct" },
    { "gemini", "gemini-3.8-flash" },
    { "mistral", "mistral-medium-3.5" },
    { "openrouter", "openai/gpt-5-mini" },
    { "ollama", "qwen3-vl:8b" },
    { "llamacpp", "Qwen3-VL-8B-Instruct-Q4_K_M.gguf" },
    { "lmstudio", "qwen/qwen3-vl-8b" },
    { "vllm", "Qwen/Qwen3-VL-8B-Instruct" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", dialects[i].dialect);
      cs_chat_test_use (&test, dialects[i].dialect, NULL, dialects[i].model, NULL);
      suggestions = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      g_assert_nonnull (cs_chat_test_find (suggestions, CS_FIELD_TITLE));
      g_assert_nonnull (cs_chat_test_find (suggestions, CS_FIELD_DESCRIPTION));
      g_assert_nonnull (cs_chat_test_find (suggestions, CS_FIELD_BULLETS));
      g_assert_cmpuint (cs_chat_test_count (&test), ==, 1);
      g_assert_cmpuint (test.meter->by_state[CS_SENT_ANSWERED], ==, 1);
      /* What it cost is told */
      g_assert_cmpint (test.meter->last_input, >, 0);
      g_assert_cmpint (test.meter->last_output, >, 0);
    }
}

/* Whatever stands around and within the answer, it comes to the same */
static void
test_quirks (void)
{
  static const char *const quirks[] = {
    "bytes=1", "bytes=7", "piece=1", "unframed", "gzip", "crlf", "cr", "comments", "lines", "nospace", "named", "retryline",
    "junk", "nodone", "noend", "bom+bomstream", "nostream", "nostream+parts", "norole", "parts", "nousage", "usage-last", "usage-every",
    "usage-zero", "usage-huge", "usage-negative", "usage-null", "usage-strings", "think", "think-open", "think-close", "reasoning",
    "fence", "lead", "trail", "bom", "braces", "two", "list", "pretty", "escape", "numbers-strings", "numbers", "nan", "comma",
    "deep", "utf8",
  };

  for (guint i = 0; i < G_N_ELEMENTS (quirks); i++)
    {
      g_autofree char *dialect = g_strconcat ("openrouter+", quirks[i], NULL);
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GError) error = NULL;
      CsSuggestion *title;

      g_test_message ("%s", quirks[i]);
      cs_chat_test_use (&test, dialect, NULL, NULL, NULL);
      suggestions = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      title = cs_chat_test_find (suggestions, CS_FIELD_TITLE);
      g_assert_nonnull (title);
      g_assert_nonnull (strstr (title->text, "bamboo"));
      g_assert_cmpuint (cs_chat_test_count (&test), ==, 1);
      g_assert_cmpint (test.meter->last_input, >=, -1);
      g_assert_cmpint (test.meter->last_input, <, 10000000);
    }
}

/* What is not an answer is asked for once more, and no more than that */
static void
test_repaired (void)
{
  static const struct
  {
    const char *quirk;
    guint       requests;
    guint       answered;
  } cases[] = {
    { "first=1:prose", 2, 2 },
    { "first=1:other-keys", 2, 2 },
    { "first=1:blank", 2, 1 },
    { "first=1:nullcontent", 2, 1 },
    { "first=1:truncated~40", 2, 2 },
    { "first=1:err~503", 2, 1 },
    { "first=2:err~500", 3, 1 },
    { "first=3:err~429", 4, 1 },
    { "first=1:midstream", 2, 1 },
    { "first=1:cut~900", 2, 1 },
    { "first=1:reset~900", 2, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dialect = g_strconcat ("openrouter+", cases[i].quirk, NULL);
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].quirk);
      cs_chat_test_use (&test, dialect, NULL, NULL, NULL);
      suggestions = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      g_assert_nonnull (cs_chat_test_find (suggestions, CS_FIELD_TITLE));
      g_assert_cmpuint (cs_chat_test_count (&test), ==, cases[i].requests);
      g_assert_cmpuint (test.meter->by_state[CS_SENT_ANSWERED], ==, cases[i].answered);
    }
}

/* What cannot be mended ends, and says who must act */
static void
test_refused (void)
{
  static const struct
  {
    const char *dialect;
    int         code;
    guint       requests;
    const char *words; /* in the sentence, or NULL */
  } cases[] = {
    { "qwen+nokey", CS_ERROR_SIGN_IN, 1, "key" },
    { "openai+nobalance", CS_ERROR_SIGN_IN, 1, "money" },
    { "qwen+nobalance", CS_ERROR_SIGN_IN, 1, "money" },
    { "deepseek+nobalance", CS_ERROR_SIGN_IN, 1, "money" },
    { "glm+nobalance", CS_ERROR_SIGN_IN, 1, "money" },
    { "kimi+nobalance", CS_ERROR_SIGN_IN, 1, "money" },
    { "doubao+nobalance", CS_ERROR_SIGN_IN, 1, "money" },
    { "siliconflow+nobalance", CS_ERROR_SIGN_IN, 1, "money" },
    { "gemini+nobalance", CS_ERROR_SIGN_IN, 1, "money" },
    { "openrouter+nobalance", CS_ERROR_SIGN_IN, 1, "money" },
    { "openrouter+err=403", CS_ERROR_SIGN_IN, 1, NULL },
    { "openrouter+err=402", CS_ERROR_SIGN_IN, 1, "money" },
    { "openrouter+err=404", CS_ERROR_REFUSED, 1, "address" },
    { "openrouter+html=404", CS_ERROR_REFUSED, 1, "address" },
    { "openrouter+err=413", CS_ERROR_REFUSED, 1, "at once" },
    { "openrouter+err=400", CS_ERROR_REFUSED, 1, NULL },
    { "openrouter+err=429", CS_ERROR_LATER, 4, "busy" },
    { "openrouter+err=500", CS_ERROR_LATER, 4, "busy" },
    { "openrouter+err=529", CS_ERROR_LATER, 4, "busy" },
    { "openrouter+context", CS_ERROR_REFUSED, 1, "at once" },
    { "openrouter+filtered", CS_ERROR_REFUSED, 1, "rules" },
    { "openrouter+content_filter", CS_ERROR_REFUSED, 1, "rules" },
    { "openrouter+refusal", CS_ERROR_REFUSED, 1, "rules" },
    { "openrouter+meta", CS_ERROR_REFUSED, 1, "rules" },
    { "openrouter+meta=zh", CS_ERROR_REFUSED, 1, "rules" },
    { "openrouter+prose", CS_ERROR_REFUSED, 2, "read" },
    { "openrouter+other-keys", CS_ERROR_REFUSED, 2, "read" },
    { "openrouter+blank", CS_ERROR_LATER, 3, "nothing" },
    { "openrouter+toolcalls", CS_ERROR_LATER, 3, "nothing" },
    { "openrouter+nullcontent", CS_ERROR_LATER, 3, "nothing" },
    { "openrouter+err200=402", CS_ERROR_SIGN_IN, 1, "money" },
    { "openrouter+err200=401", CS_ERROR_SIGN_IN, 1, "key" },
    { "openrouter+midstream", CS_ERROR_LATER, 4, NULL },
    { "openrouter+midstream+bare", CS_ERROR_LATER, 4, NULL },
    { "openrouter+html=200", CS_ERROR_REFUSED, 1, "address" },
    { "openrouter+html=502", CS_ERROR_LATER, 4, "busy" },
    { "openrouter+html=403", CS_ERROR_SIGN_IN, 1, NULL },
    { "openrouter+redirect", CS_ERROR_REFUSED, 1, "another address" },
    { "openrouter+cut=300", CS_ERROR_UNKNOWN, 2, NULL },
    { "openrouter+retry=3600+err=503", CS_ERROR_LATER, 1, "busy" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].dialect);
      cs_chat_test_use (&test, cases[i].dialect, NULL, NULL, NULL);
      suggestions = cs_chat_test_suggest (&test, &error);
      g_assert_null (suggestions);
      g_assert_error (error, CS_ERROR, cases[i].code);
      g_test_message ("    %s", error->message);
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (strstr (error->message, "<"));
      g_assert_cmpuint (cs_chat_test_count (&test), ==, cases[i].requests);
    }
}

/* Whatever the form of an error, it is read */
static void
test_shapes (void)
{
  static const char *const shapes[] = { "object", "string", "array", "toplevel", "native", "detail", "nested", "number", "null", "html", "text", "empty" };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      static const struct
      {
        const char *quirk;
        int         code;
      } kinds[] = { { "nokey", CS_ERROR_SIGN_IN }, { "err=402", CS_ERROR_SIGN_IN }, { "err=503", CS_ERROR_LATER } };

      for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
        {
          g_autofree char *dialect = g_strdup_printf ("openrouter+shape=%s+%s", shapes[i], kinds[j].quirk);
          g_autoptr (GPtrArray) suggestions = NULL;
          g_autoptr (GError) error = NULL;

          g_test_message ("%s", dialect);
          cs_chat_test_use (&test, dialect, NULL, NULL, NULL);
          suggestions = cs_chat_test_suggest (&test, &error);
          g_assert_error (error, CS_ERROR, kinds[j].code);
          g_assert_nonnull (strstr (error->message, "OpenRouter"));
        }
    }
}

/* A model that is not there is named, a key that is wrong is not said again */
static void
test_model_and_key (void)
{
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) key = NULL;

  cs_chat_test_use (&test, "openai+tag=missing", NULL, "missing-model", NULL);
  g_assert_null (cs_chat_test_suggest (&test, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, "missing-model"));
  g_clear_error (&error);

  /* With what comes along when a key is pasted */
  cs_chat_test_use (&test, "openai+tag=pasted", NULL, NULL, " sk-mine\r\nX-Evil: 1\n");
  suggestions = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);

  cs_chat_test_use (&test, "openai+tag=key", NULL, NULL, "bad-secret-of-mine");
  g_assert_null (cs_chat_test_suggest (&test, &key));
  g_assert_error (key, CS_ERROR, CS_ERROR_SIGN_IN);
  g_assert_null (strstr (key->message, "bad-secret"));
  g_assert_null (strstr (test.meter->last_message, "bad-secret"));
}

/* What is refused is left out, once; and is remembered */
static void
test_learned (void)
{
  static const struct
  {
    const char *dialect;
    const char *provider;
    const char *model;
    guint       requests;
  } cases[] = {
    { "deepseek+noformat=json_object", "deepseek", NULL, 2 },
    { "lmstudio+tag=1", "ollama", NULL, 1 },            /* takes a schema, as Ollama does */
    { "lmstudio+noformat", "lmstudio", NULL, 2 },
    { "lmstudio+tag=2", "deepseek", NULL, 2 },          /* json_object is refused */
    { "deepseek+tag=3", "vllm", NULL, 2 },              /* json_schema is refused, json_object taken */
    { "openai+tag=4", "siliconflow", "gpt-5.5-mini", 2 }, /* max_tokens is refused */
    { "openai+tag=5", "deepseek", "gpt-4.1-mini", 2 },  /* thinking is unknown */
    { "openai+tag=6", "kimi", "gpt-5.5-mini", 3 },      /* thinking, and max_tokens */
    { "mistral+tag=7", "openrouter", NULL, 2 },         /* stream_options, in FastAPI's form */
    { "gemini+tag=8", "qwen", NULL, 2 },                /* a list with an error about a name */
    { "openrouter+noparam=max_tokens", "openrouter", NULL, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GPtrArray) again = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s as %s", cases[i].dialect, cases[i].provider);
      cs_chat_test_use (&test, cases[i].dialect, cases[i].provider, cases[i].model, NULL);
      suggestions = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (cs_chat_test_count (&test), ==, cases[i].requests);
      g_assert_cmpint (cs_model_engine_get_learned (CS_MODEL_ENGINE (test.engine)) != NULL, ==, cases[i].requests > 1);

      /* The very same: nothing goes */
      again = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (cs_chat_test_count (&test), ==, cases[i].requests);
      g_assert_cmpuint (again->len, ==, suggestions->len);

      /* Something else: one request */
      g_hash_table_remove_all (test.meter->replies);
      g_clear_pointer (&again, g_ptr_array_unref);
      again = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (cs_chat_test_count (&test), ==, cases[i].requests + 1);
    }
}

/* What was kept is read again without a meter and without a network, and says the same */
static void
test_kept (void)
{
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) kept = NULL;

  cs_chat_test_use (&test, "openrouter+tag=kept", NULL, NULL, NULL);
  suggestions = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  kept = g_hash_table_get_values (test.meter->replies);
  g_assert_cmpuint (g_list_length (kept), ==, 1);

  again = dex_await_boxed (cs_model_engine_read (CS_MODEL_ENGINE (test.engine), test.request, kept->data, 1), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cs_chat_test_count (&test), ==, 1);
  g_assert_cmpuint (test.meter->n_begun, ==, 1);
  g_assert_cmpuint (again->len, ==, suggestions->len);
  for (guint i = 0; i < again->len; i++)
    g_assert_cmpstr (((CsSuggestion *) again->pdata[i])->hash, ==, ((CsSuggestion *) suggestions->pdata[i])->hash);
}

/* What would go is what goes; and planning opens no socket */
static void
test_plan (void)
{
  g_autoptr (CsModelPlan) plan = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  cs_chat_test_use (&test, "qwen+tag=plan", NULL, "qwen3-vl-plus", NULL);
  plan = dex_await_boxed (cs_model_engine_plan (CS_MODEL_ENGINE (test.engine), test.request), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cs_chat_test_count (&test), ==, 0);
  g_assert_cmpuint (test.meter->n_begun, ==, 0);
  g_assert_nonnull (strstr (plan->text, "handmade bamboo fruit basket"));
  g_assert_nonnull (strstr (plan->text, "JSON"));
  g_assert_cmpint (plan->input, >, 300);
  g_assert_cmpint (plan->output, >, 0);
  g_assert_cmpuint (plan->pictures->len, ==, 0);

  suggestions = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (test.meter->last_key, ==, plan->key);
  /* The estimate is no less than what it came to */
  g_assert_cmpint (plan->input, >=, test.meter->last_input);
  g_assert_cmpint (plan->output, >=, test.meter->last_output);
  /* A key stands in the head of a request and nowhere else */
  g_assert_null (strstr (plan->text, "sk-test"));
}

static void
test_try (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  g_autofree char *none = NULL;
  g_autofree char *log = NULL;

  cs_chat_test_use (&test, "deepseek+tag=try", NULL, "deepseek-flash", NULL);
  said = dex_await_string (cs_model_engine_try (CS_MODEL_ENGINE (test.engine), NULL), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (said, "deepseek-flash"));
  g_assert_cmpuint (test.meter->n_ended, ==, 1);
  g_assert_cmpuint (g_hash_table_size (test.meter->replies), ==, 0);

  cs_chat_test_use (&test, "deepseek+tag=try+nokey", NULL, "deepseek-flash", NULL);
  none = dex_await_string (cs_model_engine_try (CS_MODEL_ENGINE (test.engine), NULL), &error);
  g_assert_null (none);
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
}

/* Whom the meter does not let send sends nothing */
static void
test_meter (void)
{
  static const int codes[] = { CS_ERROR_BUDGET, CS_ERROR_NOT_ALLOWED };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;

      cs_chat_test_use (&test, "qwen+tag=meter", NULL, NULL, NULL);
      test.meter->refuse = codes[i];
      g_assert_null (cs_chat_test_suggest (&test, &error));
      g_assert_error (error, CS_ERROR, codes[i]);
      g_assert_cmpuint (cs_chat_test_count (&test), ==, 0);
    }
}

/* The provider asks for patience, and gets it */
static void
test_patience (void)
{
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  cs_chat_test_use (&test, "openrouter+first=1:ratelimit~1", NULL, NULL, NULL);
  suggestions = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, G_USEC_PER_SEC);
  g_assert_cmpuint (test.meter->n_held, ==, 1);
  g_assert_cmpint (test.meter->held_for, >, 900000);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  cs_chat_test_init (&test);

  cs_test_add_fiber ("/chat/engine/dialects", test_dialects);
  cs_test_add_fiber ("/chat/engine/quirks", test_quirks);
  cs_test_add_fiber ("/chat/engine/repaired", test_repaired);
  cs_test_add_fiber ("/chat/engine/refused", test_refused);
  cs_test_add_fiber ("/chat/engine/shapes", test_shapes);
  cs_test_add_fiber ("/chat/engine/model-and-key", test_model_and_key);
  cs_test_add_fiber ("/chat/engine/learned", test_learned);
  cs_test_add_fiber ("/chat/engine/kept", test_kept);
  cs_test_add_fiber ("/chat/engine/plan", test_plan);
  cs_test_add_fiber ("/chat/engine/try", test_try);
  cs_test_add_fiber ("/chat/engine/meter", test_meter);
  cs_test_add_fiber ("/chat/engine/patience", test_patience);

  status = g_test_run ();
  cs_chat_test_clear (&test);

  return status;
}
