/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-stream.h"
#include "cs-chat-test.h"
#include "cs-error.h"
#include "cs-json.h"
#include "cs-local-servers.h"
#include "cs-test.h"

static CsChatTest test;

/* A model that hangs, at each point that it may: stopped at once, and booked */
static void
test_stopped (void)
{
  static const struct
  {
    const char *quirk;
    CsSentState state;
  } cases[] = { { "hang", CS_SENT_LOST }, { "hang=700", CS_SENT_LOST }, { "slow=200", CS_SENT_LOST }, { "ratelimit=100", CS_SENT_REFUSED } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dialect = g_strconcat ("openrouter+", cases[i].quirk, NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (DexFuture) future = NULL;
      g_autoptr (GError) error = NULL;
      gint64 begun;

      cs_chat_test_use (&test, dialect, NULL, NULL, NULL);
      future = cs_engine_suggest (test.engine, test.request, cancellable);
      dex_await (dex_timeout_new_msec (400), NULL);
      g_assert_true (dex_future_is_pending (future));
      begun = g_get_monotonic_time ();
      g_cancellable_cancel (cancellable);
      g_assert_false (dex_await (g_steal_pointer (&future), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, G_USEC_PER_SEC);
      g_assert_cmpuint (test.meter->n_ended, ==, 1);
      g_assert_cmpuint (test.meter->by_state[cases[i].state], ==, 1);
    }
}

/* Stopped before it began */
static void
test_stopped_already (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  cs_chat_test_use (&test, "openrouter+tag=already", NULL, NULL, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (dex_await (cs_engine_suggest (test.engine, test.request, cancellable), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test.meter->n_begun, ==, 0);
  g_assert_cmpuint (cs_chat_test_count (&test), ==, 0);
}

/* Stopped before its turn came: the permit that comes after all is given back */
static void
test_stopped_in_the_queue (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;

  cs_chat_test_use (&test, "openrouter+tag=queue", NULL, NULL, NULL);
  test.meter->delay = 500;
  future = cs_engine_suggest (test.engine, test.request, cancellable);
  dex_await (dex_timeout_new_msec (100), NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (dex_await (g_steal_pointer (&future), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test.meter->n_ended, ==, 0);

  dex_await (dex_timeout_new_msec (800), NULL);
  g_assert_cmpuint (test.meter->n_begun, ==, 1);
  g_assert_cmpuint (test.meter->by_state[CS_SENT_REFUSED], ==, 1);
  g_assert_cmpuint (cs_chat_test_count (&test), ==, 0);
}

/* Nobody waits any more: what was sent is kept all the same */
static void
test_dropped (void)
{
  DexFuture *future;

  cs_chat_test_use (&test, "openrouter+slow=20+piece=60", NULL, NULL, NULL);
  future = cs_engine_suggest (test.engine, test.request, NULL);
  dex_await (dex_timeout_new_msec (100), NULL);
  dex_unref (future);
  for (guint i = 0; i < 100 && test.meter->n_ended == 0; i++)
    dex_await (dex_timeout_new_msec (50), NULL);
  g_assert_cmpuint (test.meter->by_state[CS_SENT_ANSWERED], ==, 1);
  g_assert_cmpuint (g_hash_table_size (test.meter->replies), ==, 1);
}

static void
written_cb (CsDrafting *drafting,
            GPtrArray  *seen)
{
  const char *text = cs_drafting_get_text (drafting, CS_FIELD_DESCRIPTION, 0);

  if (text != NULL)
    g_ptr_array_add (seen, g_strdup (text));
}

/* Texts appear as they come, plain, and each is how the last one will begin */
static void
test_drafting (void)
{
  g_autoptr (CsDrafting) drafting = cs_drafting_new (7, "Test");
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  const char *last;

  cs_chat_test_use (&test, "openrouter+slow=15+piece=8", NULL, NULL, NULL);
  test.request->drafting = g_object_ref (drafting);
  g_signal_connect (drafting, "written", G_CALLBACK (written_cb), seen);
  suggestions = cs_chat_test_suggest (&test, &error);
  g_clear_object (&test.request->drafting);
  g_assert_no_error (error);
  g_assert_true (cs_drafting_is_finished (drafting));
  last = cs_chat_test_find (suggestions, CS_FIELD_DESCRIPTION)->text;
  g_assert_cmpuint (seen->len, >, 3);
  for (guint i = 0; i < seen->len; i++)
    g_assert_true (g_str_has_prefix (last, seen->pdata[i]));
  g_assert_cmpstr (cs_drafting_get_text (drafting, CS_FIELD_DESCRIPTION, 0), ==, last);
}

/* Cut at every position of the body: an answer, or an error; never half of a text,
 * and every permit is ended
 */
static void
test_cut_on_the_way (void)
{
  guint step = g_test_slow () ? 7 : 397;
  guint answered = 0;

  for (guint at = 0; at < 14000; at += step)
    {
      g_autofree char *dialect = g_strdup_printf ("deepseek+piece=40+%s=%u", at % 2 ? "cut" : at % 3 ? "reset" : "cut-clean", at);
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GError) error = NULL;

      cs_chat_test_use (&test, dialect, NULL, "deepseek-flash", NULL);
      suggestions = cs_chat_test_suggest (&test, &error);
      g_assert_true ((suggestions != NULL) != (error != NULL));
      g_assert_cmpuint (cs_chat_test_count (&test), <=, 4);
      if (error != NULL)
        g_assert_true (error->domain == CS_ERROR);
      answered += suggestions != NULL;
    }
  g_assert_cmpuint (answered, >, 0);
}

static char *
fetch_stream (const char *dialect)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = cs_model_server_dup_address (test.server, dialect);
  g_autofree char *address = g_strconcat (base, "/chat/completions", NULL);
  g_autoptr (CsRequest) request = cs_request_make ("POST", address);
  g_autoptr (CsReply) reply = NULL;
  static const char body[] = "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"1. note: \\\"竹编果篮 28cm\\\" json\"}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));

  cs_request_set_header (request, "Authorization", "Bearer sk-x");
  cs_request_set_body (request, "application/json", bytes);
  reply = dex_await_boxed (cs_http_send (test.http, request, NULL), &error);
  g_assert_no_error (error);

  return g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
}

/* Every byte position of recorded streams, in two pieces and cut there */
static void
test_cut_everywhere (void)
{
  static const char *const dialects[] = { "deepseek+piece=30", "openrouter+crlf+piece=30", "mistral+parts+piece=30", "qwen+lines+piece=30", "glm+nostream" };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_autofree char *body = fetch_stream (dialects[i]);
      gsize length = strlen (body);
      g_autoptr (CsChatStream) whole = cs_chat_stream_new ();

      cs_chat_stream_push (whole, body, length);
      cs_chat_stream_end (whole);
      g_assert_true (cs_chat_stream_is_complete (whole));
      g_assert_nonnull (strstr (cs_chat_stream_get_content (whole), "竹编果篮"));

      for (gsize at = 0; at <= length; at++)
        {
          g_autoptr (CsChatStream) pieces = cs_chat_stream_new ();
          g_autoptr (CsChatStream) cut = cs_chat_stream_new ();

          cs_chat_stream_push (pieces, body, at);
          cs_chat_stream_push (pieces, body + at, length - at);
          cs_chat_stream_end (pieces);
          g_assert_cmpstr (cs_chat_stream_get_content (pieces), ==, cs_chat_stream_get_content (whole));
          g_assert_cmpstr (cs_chat_stream_get_finish (pieces), ==, cs_chat_stream_get_finish (whole));

          cs_chat_stream_push (cut, body, at);
          cs_chat_stream_end (cut);
          g_assert_true (g_str_has_prefix (cs_chat_stream_get_content (whole), cs_chat_stream_get_content (cut)));
          if (cs_chat_stream_is_complete (cut))
            g_assert_cmpstr (cs_chat_stream_get_content (cut), ==, cs_chat_stream_get_content (whole));
        }
    }
}

/* A reply that gives orders changes texts, and nothing but texts */
static void
test_evil (void)
{
  static const char *const kinds[] = { "approve", "send", "files", "budget", "markup", "control", "break", "sql", "format", "forge", "" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *dialect = g_strdup_printf ("openrouter+evil=%s", kinds[i]);
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GError) error = NULL;
      guint unsourced = 0;

      g_test_message ("%s", kinds[i]);
      cs_chat_test_use (&test, dialect, NULL, NULL, NULL);
      suggestions = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (cs_chat_test_count (&test), ==, 1);
      for (guint j = 0; j < suggestions->len; j++)
        {
          CsSuggestion *suggestion = suggestions->pdata[j];

          g_assert_null (strpbrk (suggestion->text, "\x01\x07\x1b\r"));
          g_assert_null (strstr (suggestion->text, "<script"));
          g_assert_null (strstr (suggestion->text, "</"));
          g_assert_null (strstr (suggestion->text, "\u202e"));
          unsourced += suggestion->evidence != NULL && !cs_evidence_is_grounded (suggestion->evidence);
        }
      g_assert_cmpuint (unsourced, >, 0);
      g_assert_null (test.request->product->values[CS_FIELD_PRICE]);
    }
}

/* What the model invents is marked, what it takes from the facts is not */
static void
test_grounded (void)
{
  g_autoptr (GPtrArray) plain = NULL;
  g_autoptr (GPtrArray) invented = NULL;
  g_autoptr (GPtrArray) contradicting = NULL;
  g_autoptr (GError) error = NULL;

  cs_chat_test_use (&test, "openrouter+tag=true", NULL, NULL, NULL);
  plain = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  g_assert_true (cs_suggestion_is_grounded (cs_chat_test_find (plain, CS_FIELD_TITLE)));

  cs_chat_test_use (&test, "openrouter+invent", NULL, NULL, NULL);
  invented = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  g_assert_false (cs_suggestion_is_grounded (cs_chat_test_find (invented, CS_FIELD_TITLE)));
  g_assert_false (cs_suggestion_is_grounded (cs_chat_test_find (invented, CS_FIELD_DESCRIPTION)));

  cs_chat_test_use (&test, "openrouter+contradict", NULL, NULL, NULL);
  contradicting = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  g_assert_true (cs_evidence_contradicts (cs_chat_test_find (contradicting, CS_FIELD_DESCRIPTION)->evidence) ||
                 cs_evidence_contradicts (cs_chat_test_find (contradicting, CS_FIELD_TITLE)->evidence));
}

static guint
count_remarks (CsSuggestion *suggestion,
               const char   *word)
{
  guint n = 0;

  for (guint i = 0; suggestion->remarks[i] != NULL; i++)
    n += strstr (suggestion->remarks[i], word) != NULL;

  return n;
}

/* The seller's hand goes along, and what goes against it is told */
static void
test_hand (void)
{
  static const char kept[] = "{\"content\":\"{\\\"title\\\":\\\"Bamboo basket\\\"}\"}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (kept, strlen (kept));
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  cs_chat_test_use (&test, "openrouter+tag=hand", NULL, NULL, NULL);
  test.request->hand = cs_hand_new ();
  test.request->hand->pinned = g_strsplit ("Lin Workshop", "|", -1);
  test.request->hand->never = g_strsplit ("bamboo|luxury", "|", -1);
  test.request->hand->tone = g_strdup ("calm and short");
  suggestions = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  log = cs_model_server_dup_log (test.server);
  g_assert_nonnull (strstr (log, "Lin Workshop"));
  g_assert_nonnull (strstr (log, "luxury"));
  g_assert_nonnull (strstr (log, "calm and short"));
  g_assert_cmpuint (count_remarks (cs_chat_test_find (suggestions, CS_FIELD_TITLE), "bamboo"), ==, 1);

  read = dex_await_boxed (cs_model_engine_read (CS_MODEL_ENGINE (test.engine), test.request, bytes, 3), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_remarks (read->pdata[0], "bamboo"), ==, 1);
  g_assert_cmpuint (count_remarks (read->pdata[0], "Lin Workshop"), ==, 1);

  test.request->hand->off = TRUE;
  g_clear_pointer (&read, g_ptr_array_unref);
  read = dex_await_boxed (cs_model_engine_read (CS_MODEL_ENGINE (test.engine), test.request, bytes, 3), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (((CsSuggestion *) read->pdata[0])->remarks), ==, 0);
  g_clear_pointer (&test.request->hand, cs_hand_unref);
}

static CsLocalServer *
find_server (GPtrArray  *servers,
             const char *provider)
{
  for (guint i = 0; i < servers->len; i++)
    if (g_str_equal (((CsLocalServer *) servers->pdata[i])->provider, provider))
      return servers->pdata[i];

  return NULL;
}

/* Servers on this computer are found by themselves, nobody else is asked, and nobody is waited for */
static void
test_local (void)
{
  g_autofree char *ollama = cs_model_server_dup_address (test.server, "ollama+blind");
  g_autofree char *llama = cs_model_server_dup_address (test.server, "llamacpp");
  g_autofree char *studio = cs_model_server_dup_address (test.server, "lmstudio");
  g_autofree char *vllm = cs_model_server_dup_address (test.server, "vllm+hang");
  g_autofree char *one = g_strconcat ("ollama ", ollama, NULL);
  g_autofree char *two = g_strconcat ("llamacpp ", llama, NULL);
  g_autofree char *three = g_strconcat ("lmstudio ", studio, NULL);
  g_autofree char *four = g_strconcat ("vllm ", vllm, NULL);
  const char *const places[] = { one, two, three, four, "ollama http://127.0.0.1:9/v1", "ollama https://far.invalid/v1", "nobody http://127.0.0.1:9/v1", "bad", NULL };
  g_autoptr (GPtrArray) servers = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  servers = dex_await_boxed (cs_local_servers_find (test.http, test.catalogue, places), &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 4 * G_USEC_PER_SEC);
  g_assert_cmpuint (servers->len, ==, 3);
  g_assert_cmpstr (find_server (servers, "ollama")->address, ==, ollama);
  g_assert_nonnull (find_server (servers, "lmstudio"));
  g_assert_cmpuint (find_server (servers, "llamacpp")->models->len, ==, 1);
  g_assert_true (((CsProviderModel *) find_server (servers, "llamacpp")->models->pdata[0])->sees);
  g_assert_cmpint (((CsProviderModel *) find_server (servers, "ollama")->models->pdata[0])->price.input, ==, 0);
  /* It says that it is blind, whatever its name promises */
  g_assert_cmpstr (((CsProviderModel *) find_server (servers, "ollama")->models->pdata[0])->id, ==, "qwen3-vl:8b");
  g_assert_false (((CsProviderModel *) find_server (servers, "ollama")->models->pdata[0])->sees);
}

static void
test_models (void)
{
  CsProvider *provider = cs_provider_catalogue_find (test.catalogue, "gemini");
  g_autofree char *address = cs_model_server_dup_address (test.server, "gemini");
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  ids = dex_await_boxed (cs_models_at (test.http, provider, address, "sk-x"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpstr (ids->pdata[0], ==, "gemini-3-flash");

  none = dex_await_boxed (cs_models_at (test.http, provider, address, "wrong-secret"), &error);
  g_assert_null (none);
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
  g_assert_null (strstr (error->message, "wrong-secret"));
}

/* On the small stack of a fiber: what is nested without an end, and a long Chinese note */
static void
test_small_stack (void)
{
  g_autoptr (GString) deep = g_string_new ("data: {\"choices\":");
  g_autoptr (GString) note = g_string_new (NULL);
  g_autoptr (CsChatStream) stream = cs_chat_stream_new ();
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = g_strdup (test.request->product->values[CS_FIELD_NOTE]);

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, i % 2 ? "[" : "{\"a\":");
  g_string_append (deep, "\n\n");
  cs_chat_stream_push (stream, deep->str, deep->len);
  cs_chat_stream_end (stream);
  g_assert_false (cs_chat_stream_is_complete (stream));

  for (guint i = 0; i < 400; i++)
    g_string_append (note, "手工竹编水果篮，直径28厘米，天然本色，");
  g_set_str (&test.request->product->values[CS_FIELD_NOTE], note->str);
  cs_chat_test_use (&test, "openrouter+tag=stack", NULL, NULL, NULL);
  suggestions = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((CsSuggestion *) suggestions->pdata[0])->language, ==, "zh");
  g_set_str (&test.request->product->values[CS_FIELD_NOTE], before);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  cs_chat_test_init (&test);

  cs_test_add_fiber ("/chat/watched/stopped", test_stopped);
  cs_test_add_fiber ("/chat/watched/stopped-already", test_stopped_already);
  cs_test_add_fiber ("/chat/watched/stopped-in-the-queue", test_stopped_in_the_queue);
  cs_test_add_fiber ("/chat/watched/dropped", test_dropped);
  cs_test_add_fiber ("/chat/watched/drafting", test_drafting);
  cs_test_add_fiber ("/chat/watched/cut-on-the-way", test_cut_on_the_way);
  cs_test_add_fiber ("/chat/watched/cut-everywhere", test_cut_everywhere);
  cs_test_add_fiber ("/chat/watched/evil", test_evil);
  cs_test_add_fiber ("/chat/watched/grounded", test_grounded);
  cs_test_add_fiber ("/chat/watched/hand", test_hand);
  cs_test_add_fiber ("/chat/watched/small-stack", test_small_stack);
  cs_test_add_fiber ("/chat/watched/local", test_local);
  cs_test_add_fiber ("/chat/watched/models", test_models);

  status = g_test_run ();
  cs_chat_test_clear (&test);

  return status;
}
