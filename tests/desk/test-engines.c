/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-engines-private.h"
#include "cs-products.h"
#include "cs-teller.h"
#include "cs-test-desk.h"

/* What the desk does with models, whoever they are. Here the model is a function,
 * and what would go over the wire is written into a list: nothing may be in it that
 * was not agreed to, and nothing twice.
 */

#define ADDRESS "https://models.example/v1"
#define UNIT   ((gint64) 1000000)
#define ONE    ((gint64) 11000) /* 1000 tokens there, 1000 back */
#define SECRET "sk-never-to-be-seen-4711"

/* The desk, and the wire as it is at first */
static CsEngines *
employ (Fixture *self)
{
  CsEngines *engines = cs_desk_get_engines (self->desk);

  engines->make = make_teller;

  return engines;
}

static CsEngines *
begin (Fixture *self)
{
  g_clear_pointer (&wire.sent, g_ptr_array_unref);
  memset (&wire, 0, sizeof wire);
  wire.sent = g_ptr_array_new_with_free_func (g_free);
  fixture_init (self);

  return employ (self);
}

static CsEngineSetup *
make_setup (const char *provider,
            const char *address)
{
  CsEngineSetup *setup = cs_engine_setup_new ();

  setup->provider = g_strdup (provider);
  setup->address = g_strdup (address);
  setup->model = g_strdup ("m-1");
  setup->price = (CsPrice) { "CNY", 1 * UNIT, 10 * UNIT, -1 };
  setup->budget = -1;
  setup->at_once = 2;

  return setup;
}

/* "custom", agreed to */
static CsEngineSetup *
add_engine (CsEngines *engines,
            gint64     budget)
{
  g_autoptr (CsEngineSetup) setup = make_setup ("custom", "https://models.example/v1/");
  CsEngineSetup *kept;

  setup->budget = budget;
  kept = await_boxed (cs_engines_put (engines, setup, NULL, CS_SECRET_IN_KEYRING));
  g_assert_cmpstr (kept->id, ==, "custom");
  g_assert_cmpstr (kept->address, ==, "https://models.example/v1");
  await_ok (cs_engines_allow (engines, "custom", ADDRESS, TRUE, TRUE));

  return kept;
}

static void
add_products (Fixture *self,
              gint64  *ids,
              guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      ids[i] = await_int64 (cs_products_add (self->desk->store));
      await_ok (cs_desk_set_value (self->desk, ids[i], CS_FIELD_NOTE, "A basket of bamboo"));
    }
  g_assert_cmpuint (await_uint (cs_desk_suggest (self->desk, ids, n)), ==, n);
}

static CsAskSummary *
ask (CsEngines    *engines,
     const gint64 *ids,
     guint         n)
{
  return await_boxed (cs_engines_ask (engines, "custom", ids, n, -1, NULL));
}

/* The model's title, or NULL */
static CsSuggestion *
get_title (Fixture *self,
           gint64   product,
           CsItem **item)
{
  g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));

  for (guint i = 0; i < items->len; i++)
    {
      CsItem *one = items->pdata[i];

      for (guint j = 0; one->field == CS_FIELD_TITLE && j < one->suggestions->len; j++)
        {
          CsSuggestion *suggestion = one->suggestions->pdata[j];

          if (!g_str_equal (suggestion->engine, "custom"))
            continue;

          if (item != NULL)
            *item = cs_item_ref (one);
          return cs_suggestion_ref (suggestion);
        }
    }

  return NULL;
}

static gint64
sum_sent (CsEngines *engines)
{
  g_autoptr (GPtrArray) list = await_boxed (cs_engines_list_sent (engines, 0, 1000));
  gint64 sum = 0;

  for (guint i = 0; i < list->len; i++)
    sum += ((CsSent *) list->pdata[i])->cost;

  return sum;
}

/* What is counted in the background */
static void
wait_for_unfinished (CsEngines *engines,
                     guint      n)
{
  for (guint i = 0; i < 200 && cs_engines_get_n_unfinished (engines) != n; i++)
    dex_await (dex_timeout_new_msec (10), NULL);
  g_assert_cmpuint (cs_engines_get_n_unfinished (engines), ==, n);
}

static void
test_put (void)
{
  static const char *const refused[] = {
    "models.example/v1", "http://models.example/v1", "ftp://models.example", "https://", "https://me:key@models.example/v1",
    "https://models.example/v1?key=1", "http://127.0.0.1.models.example/v1",
  };
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) kept = NULL;
  g_autoptr (CsEngineSetup) again = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (CsEngineSetup) local = make_setup ("custom", "http://127.0.0.1:4000/v1");
  g_autoptr (CsEngineSetup) nobody = make_setup ("nobody", "https://models.example");
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (CsEngineSetup) setup = make_setup ("custom", refused[i]);

      g_test_message ("%s", refused[i]);
      assert_refused (cs_engines_put (engines, setup, NULL, CS_SECRET_IN_KEYRING), CS_ERROR_REFUSED);
    }
  assert_refused (cs_engines_put (engines, nobody, NULL, CS_SECRET_IN_KEYRING), CS_ERROR_REFUSED);
  assert_refused (cs_engines_put (engines, local, "two words", CS_SECRET_FOR_SESSION), CS_ERROR_REFUSED);
  none = await_boxed (cs_engines_list (engines));
  g_assert_cmpuint (none->len, ==, 0);

  /* A key for this session is used, and is nowhere on the disk */
  local->may_text = TRUE;
  kept = await_boxed (cs_engines_put (engines, local, " " SECRET "\n", CS_SECRET_FOR_SESSION));
  g_assert_cmpstr (kept->id, ==, "custom");
  g_assert_true (kept->has_key);
  g_assert_false (kept->may_text);
  sentence = dex_await_string (cs_engines_try (engines, "custom", NULL), NULL);
  g_assert_cmpstr (sentence, ==, "It works.");
  g_assert_cmpuint (wire.sent->len, ==, 1);
  g_assert_cmpstr (wire.sent->pdata[0], ==, "try " SECRET);
  again = await_boxed (cs_engines_put (engines, kept, NULL, CS_SECRET_IN_KEYRING));
  g_assert_true (again->has_key);

  fixture_close (&self);
  fixture_open (&self);
  engines = employ (&self);
  list = await_boxed (cs_engines_list (engines));
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_false (((CsEngineSetup *) list->pdata[0])->has_key);
  fixture_close (&self);
  {
    g_autofree char *command = g_strdup_printf ("grep -r -q -e '" SECRET "' '%s'", self.folder);
    int status;

    g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
    g_assert_cmpint (status, !=, 0);
  }
}

static void
test_consent (void)
{
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsEngineSetup) moved = NULL;
  g_autoptr (CsSendPlan) plan = NULL;
  g_autoptr (CsSendPlan) later = NULL;
  g_autoptr (CsAskSummary) summary = NULL;
  gint64 ids[2];

  add_products (&self, ids, 2);
  setup = add_engine (engines, -1);
  await_ok (cs_engines_allow (engines, "custom", ADDRESS, FALSE, FALSE));

  /* Looking at it sends nothing, and neither does asking before */
  plan = await_boxed (cs_engines_plan (engines, "custom", ids, 2, NULL));
  g_assert_true (plan->wants_text);
  g_assert_true (plan->wants_photos);
  g_assert_cmpuint (plan->pictures->len, ==, 1);
  g_assert_cmpstr (plan->text, ==, "A basket of bamboo");
  g_assert_cmpstr (plan->address, ==, "https://models.example/v1");
  g_assert_cmpint (plan->estimate, ==, 2 * ONE);
  g_assert_cmpuint (plan->n_kept, ==, 0);
  assert_refused (cs_engines_ask (engines, "custom", ids, 2, -1, NULL), CS_ERROR_NOT_ALLOWED);
  g_assert_cmpuint (wire.sent->len, ==, 0);
  g_assert_cmpuint (cs_engines_get_n_unfinished (engines), ==, 0);

  /* Texts, but no photos */
  await_ok (cs_engines_allow (engines, "custom", ADDRESS, TRUE, FALSE));
  later = await_boxed (cs_engines_plan (engines, "custom", ids, 2, NULL));
  g_assert_false (later->wants_text);
  g_assert_false (later->wants_photos);
  g_assert_cmpuint (later->pictures->len, ==, 0);
  summary = ask (engines, ids, 2);
  g_assert_cmpuint (summary->n_done, ==, 2);
  g_assert_cmpint (summary->cost, ==, 2 * ONE);
  g_assert_cmpuint (wire.sent->len, ==, 2);
  for (guint i = 0; i < wire.sent->len; i++)
    g_assert_true (g_str_has_suffix (wire.sent->pdata[i], " 0"));

  /* Another address, and it is to be asked again */
  g_set_str (&setup->address, "https://elsewhere.example/v1");
  moved = await_boxed (cs_engines_put (engines, setup, NULL, CS_SECRET_IN_KEYRING));
  g_assert_false (moved->may_text);
  assert_refused (cs_engines_ask (engines, "custom", ids, 2, -1, NULL), CS_ERROR_NOT_ALLOWED);
  g_assert_cmpuint (wire.sent->len, ==, 2);

  /* Whoever read the former address agreed to no other one */
  assert_refused (cs_engines_allow (engines, "custom", plan->address, TRUE, TRUE), CS_ERROR_STALE);
  assert_refused (cs_engines_ask (engines, "custom", ids, 2, -1, NULL), CS_ERROR_NOT_ALLOWED);

  /* The switch, whatever was agreed to */
  await_ok (cs_engines_allow (engines, "custom", moved->address, TRUE, TRUE));
  moved->never_photos = TRUE;
  cs_engine_setup_unref (await_boxed (cs_engines_put (engines, moved, NULL, CS_SECRET_IN_KEYRING)));
  cs_ask_summary_unref (ask (engines, ids, 1));
  g_assert_cmpuint (wire.sent->len, ==, 3);
  g_assert_true (g_str_has_suffix (wire.sent->pdata[2], " 0"));
}

/* Nothing unchanged is asked twice */
static void
test_kept (void)
{
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsAskSummary) first = NULL;
  g_autoptr (CsAskSummary) second = NULL;
  g_autoptr (CsAskSummary) third = NULL;
  g_autoptr (CsSendPlan) plan = NULL;
  g_autoptr (CsSuggestion) title = NULL;
  g_autoptr (DexFuture) one = NULL;
  g_autoptr (DexFuture) other = NULL;
  g_autoptr (GArray) unseen = NULL;
  gint64 ids[3];

  add_products (&self, ids, 3);
  setup = add_engine (engines, -1);
  first = ask (engines, ids, 2);
  g_assert_cmpuint (first->n_done, ==, 2);
  g_assert_cmpuint (first->n_kept, ==, 0);
  g_assert_cmpuint (wire.sent->len, ==, 2);
  title = get_title (&self, ids[0], NULL);
  g_assert_nonnull (title);
  g_assert_cmpstr (title->cost, ==, "0.011 CNY");
  unseen = await_boxed (cs_engines_list_unseen (engines, "custom"));
  g_assert_cmpuint (unseen->len, ==, 1);

  fixture_close (&self);
  fixture_open (&self);
  engines = employ (&self);
  plan = await_boxed (cs_engines_plan (engines, "custom", ids, 3, NULL));
  g_assert_cmpuint (plan->n_kept, ==, 2);
  g_assert_cmpint (plan->estimate, ==, ONE);
  g_assert_cmpint (plan->spent, ==, 2 * ONE);
  second = ask (engines, ids, 2);
  g_assert_cmpuint (second->n_done, ==, 2);
  g_assert_cmpuint (second->n_kept, ==, 2);
  g_assert_cmpint (second->cost, ==, 0);
  g_assert_cmpuint (wire.sent->len, ==, 2);

  /* What is different is asked once, also when it is asked for twice at the same time */
  await_ok (cs_desk_set_value (self.desk, ids[0], CS_FIELD_NOTE, "A big basket of bamboo"));
  wire.msec = 200;
  one = cs_engines_ask (engines, "custom", ids, 1, -1, NULL);
  other = cs_engines_ask (engines, "custom", ids, 1, -1, NULL);
  cs_ask_summary_unref (await_boxed (g_steal_pointer (&one)));
  cs_ask_summary_unref (await_boxed (g_steal_pointer (&other)));
  g_assert_cmpuint (wire.sent->len, ==, 3);
  third = ask (engines, ids, 3);
  g_assert_cmpuint (third->n_kept, ==, 2);
  g_assert_cmpuint (wire.sent->len, ==, 4);
  g_assert_cmpint (sum_sent (engines), ==, 4 * ONE);
}

/* A month's and a batch's budget: with several at once, never passed */
static void
test_budgets (void)
{
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsAskSummary) first = NULL;
  g_autoptr (CsAskSummary) second = NULL;
  g_autoptr (CsAskSummary) third = NULL;
  g_autoptr (CsSendPlan) plan = NULL;
  gint64 ids[8];

  add_products (&self, ids, 8);
  setup = add_engine (engines, 3 * ONE + 1);
  setup->at_once = 5;
  cs_engine_setup_unref (await_boxed (cs_engines_put (engines, setup, NULL, CS_SECRET_IN_KEYRING)));
  wire.msec = 20;
  plan = await_boxed (cs_engines_plan (engines, "custom", ids, 8, NULL));
  g_assert_nonnull (plan->finding);
  first = ask (engines, ids, 8);
  g_assert_cmpuint (first->n_done, ==, 3);
  g_assert_cmpuint (first->n_left, ==, 5);
  g_assert_cmpuint (first->n_failed, ==, 0);
  g_assert_nonnull (first->finding);
  g_assert_cmpint (first->cost, ==, 3 * ONE);
  g_assert_cmpuint (wire.sent->len, ==, 3);
  wait_for_unfinished (engines, 5);

  /* There is nothing to be had for it any more */
  assert_refused (cs_engines_ask (engines, "custom", &ids[7], 1, -1, NULL), CS_ERROR_BUDGET);
  g_assert_cmpuint (wire.sent->len, ==, 3);

  /* More money, and it goes on; what was asked about is kept */
  setup->budget = 100 * ONE;
  cs_engine_setup_unref (await_boxed (cs_engines_put (engines, setup, NULL, CS_SECRET_IN_KEYRING)));
  wait_for_unfinished (engines, 4);
  second = await_boxed (cs_engines_go_on (engines));
  g_assert_cmpuint (second->n_done, ==, 4);
  g_assert_cmpuint (second->n_left, ==, 0);
  g_assert_cmpuint (wire.sent->len, ==, 7);
  wait_for_unfinished (engines, 0);

  /* A batch has a purse of its own, and going on does not fill it */
  for (guint i = 0; i < 8; i++)
    await_ok (cs_desk_set_value (self.desk, ids[i], CS_FIELD_NOTE, "A small basket of bamboo"));
  third = await_boxed (cs_engines_ask (engines, "custom", ids, 8, 2 * ONE, NULL));
  g_assert_cmpuint (third->n_done, ==, 2);
  g_assert_cmpint (third->cost, ==, 2 * ONE);
  wait_for_unfinished (engines, 6);
  cs_ask_summary_unref (await_boxed (cs_engines_go_on (engines)));
  g_assert_cmpuint (wire.sent->len, ==, 9);
  await_ok (cs_engines_drop_unfinished (engines));
  wait_for_unfinished (engines, 0);
  g_assert_cmpint (sum_sent (engines), ==, 9 * ONE);
}

static CsJob *
find_job (CsDesk     *desk,
          const char *title)
{
  GListModel *jobs = cs_desk_get_jobs (desk);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (CsJob) job = g_list_model_get_item (jobs, i);

      if (strstr (cs_job_get_title (job), title) != NULL)
        return g_steal_pointer (&job);
    }

  return NULL;
}

static void
test_stop (void)
{
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsAskSummary) summary = NULL;
  g_autoptr (CsAskSummary) later = NULL;
  g_autoptr (DexFuture) asking = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gint64 ids[6];
  gint64 begun;
  guint  n_lost = 0;

  add_products (&self, ids, 6);
  setup = add_engine (engines, -1);
  cs_ask_summary_unref (ask (engines, ids, 2));

  /* Two of the others go out, and no answer comes */
  wire.msec = 60 * 1000;
  asking = cs_engines_ask (engines, "custom", ids, 6, -1, NULL);
  for (guint i = 0; i < 500 && wire.in_flight < 2; i++)
    dex_await (dex_timeout_new_msec (10), NULL);
  g_assert_cmpuint (wire.in_flight, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (cs_engines_get_drafting (engines)), >=, 2);
  job = find_job (self.desk, "m-1");
  g_assert_nonnull (job);
  begun = g_get_monotonic_time ();
  cs_job_stop (job);
  summary = await_boxed (g_steal_pointer (&asking));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 2 * G_USEC_PER_SEC);
  g_assert_true (summary->stopped);
  g_assert_cmpuint (summary->n_done, ==, 2);
  g_assert_cmpuint (summary->n_left, ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (cs_engines_get_drafting (engines)), ==, 0);
  wait_for_unfinished (engines, 4);
  g_assert_cmpuint (wire.sent->len, ==, 4);

  /* At most those in flight are lost, and they are booked */
  for (guint i = 0; i < 200 && wire.in_flight > 0; i++)
    dex_await (dex_timeout_new_msec (10), NULL);
  dex_await (dex_timeout_new_msec (100), NULL);
  list = await_boxed (cs_engines_list_sent (engines, 0, 100));
  for (guint i = 0; i < list->len; i++)
    n_lost += ((CsSent *) list->pdata[i])->state == CS_SENT_LOST;
  g_assert_cmpuint (n_lost, ==, 2);
  g_assert_cmpint (sum_sent (engines), ==, 4 * ONE);

  /* Only when the person says so, and also another day */
  wire.msec = 0;
  fixture_close (&self);
  fixture_open (&self);
  engines = employ (&self);
  await_ok (cs_desk_resume (self.desk, FALSE));
  wait_for_unfinished (engines, 4);
  g_assert_cmpuint (wire.sent->len, ==, 4);
  later = await_boxed (cs_engines_go_on (engines));
  g_assert_cmpuint (later->n_done, ==, 4);
  g_assert_cmpuint (wire.sent->len, ==, 8);
  wait_for_unfinished (engines, 0);
}

/* The program ends while requests are in flight */
static void
test_closed (void)
{
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (DexFuture) asking = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gint64 ids[2];

  add_products (&self, ids, 2);
  setup = add_engine (engines, -1);
  wire.msec = 60 * 1000;
  asking = cs_engines_ask (engines, "custom", ids, 2, -1, NULL);
  for (guint i = 0; i < 500 && wire.in_flight < 2; i++)
    dex_await (dex_timeout_new_msec (10), NULL);
  fixture_close (&self);
  fixture_open (&self);
  engines = employ (&self);
  wait_for_unfinished (engines, 2);
  /* Behind what settles them */
  await_ok (cs_engines_allow (engines, "custom", ADDRESS, TRUE, TRUE));
  list = await_boxed (cs_engines_list_sent (engines, 0, 100));
  g_assert_cmpuint (list->len, ==, 2);
  for (guint i = 0; i < list->len; i++)
    {
      CsSent *sent = list->pdata[i];

      g_assert_cmpint (sent->state, ==, CS_SENT_LOST);
      g_assert_cmpint (sent->cost, ==, ONE);
      g_assert_true (sent->estimated);
    }
}

/* So many at a time, and nobody while the provider asks for patience */
static void
test_turns (void)
{
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsAskSummary) summary = NULL;
  g_autoptr (CsAskSummary) patient = NULL;
  gint64 ids[9];
  gint64 begun;

  add_products (&self, ids, 9);
  setup = add_engine (engines, -1);
  setup->at_once = 3;
  cs_engine_setup_unref (await_boxed (cs_engines_put (engines, setup, NULL, CS_SECRET_IN_KEYRING)));
  wire.msec = 50;
  summary = ask (engines, ids, 7);
  g_assert_cmpuint (summary->n_done, ==, 7);
  g_assert_cmpuint (wire.most_in_flight, ==, 3);

  setup->at_once = 1;
  cs_engine_setup_unref (await_boxed (cs_engines_put (engines, setup, NULL, CS_SECRET_IN_KEYRING)));
  wire.most_in_flight = 0;
  wire.hold = G_USEC_PER_SEC;
  begun = g_get_monotonic_time ();
  patient = ask (engines, &ids[7], 2);
  g_assert_cmpuint (patient->n_done, ==, 2);
  g_assert_cmpuint (wire.most_in_flight, ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, G_USEC_PER_SEC);
}

/* One product's misfortune is not another's; what would be everybody's ends it */
static void
test_failures (void)
{
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsAskSummary) one = NULL;
  g_autoptr (CsAskSummary) later = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[8];

  add_products (&self, ids, 8);
  setup = add_engine (engines, -1);
  wire.n_fail = 1;
  wire.code = CS_ERROR_REFUSED;
  one = ask (engines, ids, 3);
  g_assert_cmpuint (one->n_done, ==, 2);
  g_assert_cmpuint (one->n_failed, ==, 1);
  g_assert_cmpstr (one->finding, ==, "No");
  wait_for_unfinished (engines, 0);

  /* Refused before any work: nothing is booked */
  g_assert_cmpint (sum_sent (engines), ==, 2 * ONE);

  /* Nobody answers: it does not go through all of them, and none is given up */
  setup->at_once = 1;
  cs_engine_setup_unref (await_boxed (cs_engines_put (engines, setup, NULL, CS_SECRET_IN_KEYRING)));
  wire.n_fail = 100;
  wire.code = CS_ERROR_LATER;
  later = ask (engines, ids, 8);
  g_assert_cmpuint (later->n_done, ==, 2);
  g_assert_cmpuint (wire.n_fail, >=, 100 - 5);
  wait_for_unfinished (engines, 6);

  wire.n_fail = 100;
  wire.code = CS_ERROR_SIGN_IN;
  g_assert_false (dex_await (cs_engines_ask (engines, "custom", &ids[3], 5, -1, NULL), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
}

/* A reply stays, and what it comes to follows the facts: for nothing */
static void
test_facts (void)
{
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsSuggestion) before = NULL;
  g_autoptr (CsSuggestion) denied = NULL;
  g_autoptr (CsSuggestion) unsourced = NULL;
  g_autoptr (CsItem) first = NULL;
  g_autoptr (CsItem) item = NULL;
  g_autoptr (CsItem) now = NULL;
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  gint64 product;

  add_products (&self, &product, 1);
  setup = add_engine (engines, -1);
  cs_ask_summary_unref (ask (engines, &product, 1));
  before = get_title (&self, product, &first);
  g_assert_true (cs_suggestion_is_grounded (before));
  g_assert_null (before->remarks);

  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_NOTE, "A basket of willow"));
  g_assert_cmpuint (await_uint (cs_desk_suggest (self.desk, &product, 1)), ==, 1);
  g_assert_cmpuint (wire.sent->len, ==, 1);
  denied = get_title (&self, product, &item);
  g_assert_cmpint (denied->id, !=, before->id);
  g_assert_cmpint (denied->sent, ==, before->sent);
  g_assert_true (cs_evidence_contradicts (denied->evidence));
  g_assert_nonnull (denied->remarks);
  g_assert_cmpstr (denied->text, ==, before->text);

  /* Neither the old nor the new one can be accepted as it is */
  g_assert_false (dex_await (cs_desk_decide (self.desk, item, denied, CS_VERDICT_ACCEPT, NULL, "window"), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "willow"));
  assert_refused (cs_desk_decide (self.desk, first, before, CS_VERDICT_ACCEPT, NULL, "window"), CS_ERROR_STALE);

  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_NOTE, "A basket"));
  g_assert_cmpuint (await_uint (cs_desk_suggest (self.desk, &product, 1)), ==, 1);
  unsourced = get_title (&self, product, &now);
  g_assert_false (cs_suggestion_is_grounded (unsourced));
  g_assert_false (cs_evidence_contradicts (unsourced->evidence));

  /* All that is grounded: not this one, were it the only one */
  while (now->suggestions->len > 1)
    g_ptr_array_remove_index (now->suggestions, g_strcmp0 (((CsSuggestion *) now->suggestions->pdata[0])->engine, "custom") == 0);
  g_ptr_array_add (one, now);
  g_assert_cmpuint (await_uint (cs_desk_accept_grounded (self.desk, one, "window")), ==, 0);

  /* It was not asked about as it is now, and the list says one request */
  cs_ask_summary_unref (ask (engines, &product, 1));
  g_assert_cmpuint (wire.sent->len, ==, 2);
  list = await_boxed (cs_engines_list_sent (engines, 0, 100));
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpuint (((CsSent *) list->pdata[1])->n_suggestions, ==, 1);
}

/* Beside whoever holds the library it can be read, and nothing sent */
static void
test_reading (void)
{
  g_auto (Fixture) self = { 0 };
  CsEngines *engines = begin (&self);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (CsDesk) other = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[1];

  add_products (&self, ids, 1);
  setup = add_engine (engines, -1);
  cs_ask_summary_unref (ask (engines, ids, 1));
  other = cs_desk_open (self.library, CS_DESK_OPEN_FOR_READING, &error);
  g_assert_no_error (error);
  list = await_boxed (cs_engines_list (cs_desk_get_engines (other)));
  g_assert_cmpuint (list->len, ==, 1);
  sent = await_boxed (cs_engines_list_sent (cs_desk_get_engines (other), 0, 10));
  g_assert_cmpuint (sent->len, ==, 1);
  assert_refused (cs_engines_ask (cs_desk_get_engines (other), "custom", ids, 1, -1, NULL), CS_ERROR_IN_USE);
  assert_refused (cs_engines_allow (cs_desk_get_engines (other), "custom", ADDRESS, TRUE, TRUE), CS_ERROR_IN_USE);
  assert_refused (cs_engines_put (cs_desk_get_engines (other), setup, NULL, CS_SECRET_IN_KEYRING), CS_ERROR_IN_USE);
  cs_desk_close (other);
  g_assert_cmpuint (wire.sent->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/engines/put", test_put);
  cs_test_add_fiber ("/engines/consent", test_consent);
  cs_test_add_fiber ("/engines/kept", test_kept);
  cs_test_add_fiber ("/engines/budgets", test_budgets);
  cs_test_add_fiber ("/engines/stop", test_stop);
  cs_test_add_fiber ("/engines/closed", test_closed);
  cs_test_add_fiber ("/engines/turns", test_turns);
  cs_test_add_fiber ("/engines/failures", test_failures);
  cs_test_add_fiber ("/engines/facts", test_facts);
  cs_test_add_fiber ("/engines/reading", test_reading);

  return g_test_run ();
}
