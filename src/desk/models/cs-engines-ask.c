/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-asked.h"
#include "cs-decisions.h"
#include "cs-engines-private.h"
#include "cs-ledger.h"
#include "cs-products.h"

/* Batches: a person asked a model about some products. Each product is settled in
 * the store when its suggestions are there; what is open is gone on with later,
 * and a reply that was kept is not asked for again.
 */

/* So often in a row a provider may be out of reach before the rest is left */
#define PATIENCE 3

#define MOST_AT_WORK 16

static void
cs_ask_summary_clear (CsAskSummary *self)
{
  g_free (self->finding);
}

CS_DEFINE_RECORD (CsAskSummary, cs_ask_summary)

char *
cs_ask_summary_to_text (CsAskSummary *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  g_string_append_printf (text, ngettext ("%u product done", "%u products done", self->n_done), self->n_done);
  if (self->n_kept > 0)
    g_string_append_printf (text, ngettext (", %u of them without asking anew", ", %u of them without asking anew", self->n_kept), self->n_kept);
  if (self->n_failed > 0)
    g_string_append_printf (text, ngettext (", %u without an answer", ", %u without an answer", self->n_failed), self->n_failed);
  if (self->n_left > 0)
    g_string_append_printf (text, ngettext (", %u left", ", %u left", self->n_left), self->n_left);

  if (self->cost != 0)
    {
      g_autofree char *cost = cs_price_to_display (self->cost, self->currency);

      g_string_append (text, " · ");
      g_string_append_printf (text, self->estimated && self->cost > 0 ? _("about %s") : "%s", cost);
    }

  return g_string_free_and_steal (text);
}

/* One batch at work */
typedef struct
{
  CsEngines     *engines;
  CsDesk        *desk;
  CsEngineSetup *setup;
  CsModelEngine *model;
  CsDeskMeter   *meter;
  CsJob         *job;
  gint64         batch;
  GArray        *products;
  const char    *settings;
  guint          next;
  guint          n_out_of_reach; /* in a row */
  gboolean       halted;
  CsAskSummary  *summary;
  GError        *reason; /* the first that is to blame */
} Run;

static CsDrafting *
begin_drafting (Run   *run,
                gint64 product)
{
  CsDrafting *drafting = cs_drafting_new (product, run->setup->title);

  g_list_store_append (run->engines->drafting, drafting);

  return drafting;
}

static void
end_drafting (Run        *run,
              CsDrafting *drafting)
{
  guint position;

  cs_drafting_finish (drafting);
  if (g_list_store_find (run->engines->drafting, drafting, &position))
    g_list_store_remove (run->engines->drafting, position);
}

/* Who stops does not wait for the model, which comes to its end by itself and
 * tells the meter what became of it
 */
static GPtrArray *
ask_model (Run             *run,
           CsEngineRequest *request,
           GError         **error)
{
  GCancellable *cancellable = cs_job_get_cancellable (run->job);
  g_autoptr (CsDrafting) drafting = begin_drafting (run, request->product->id);
  DexFuture *future;
  GPtrArray *suggestions;

  request->drafting = g_object_ref (drafting);
  future = cs_engine_suggest (CS_ENGINE (run->model), request, cancellable);
  dex_future_disown (dex_ref (future));
  suggestions = dex_await_boxed (cs_desk_or_stopped (future, cancellable), error);
  end_drafting (run, drafting);

  return suggestions;
}

/* The person may have told more about it while the model wrote: then what it wrote
 * is held against that, too
 */
static void
follow_facts (Run             *run,
              CsEngineRequest *request)
{
  g_autoptr (CsProduct) now = dex_await_boxed (cs_products_get (run->engines->store, request->product->id), NULL);

  if (now != NULL && now->facts != request->product->facts)
    cs_desk_suggest_later (run->desk, now->id);
}

static gboolean
ask_about (Run    *run,
           gint64  product,
           GError **error)
{
  g_autoptr (CsEngineRequest) request = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autofree char *input = NULL;

  if (!(request = dex_await_boxed (cs_desk_make_request (run->desk, product, cs_job_get_cancellable (run->job)), error)))
    return FALSE;

  cs_engines_set_recipe (request, run->settings);
  input = cs_engine_dup_input (CS_ENGINE (run->model), request);
  if (!(suggestions = ask_model (run, request, error)) ||
      !cs_desk_keep_pictures (run->desk, request, suggestions, error) ||
      !dex_await (cs_suggestions_put (run->engines->store, product, request->product->facts, run->setup->id, input, suggestions), error) ||
      !dex_await (cs_asked_settle (run->engines->store, run->batch, product, CS_ASKED_DONE, NULL), error))
    return FALSE;

  follow_facts (run, request);
  cs_desk_changed (run->desk, CS_DESK_PRODUCT, product);
  cs_desk_changed (run->desk, CS_DESK_PRODUCTS, 0);

  return TRUE;
}

static void
blame (Run    *run,
       GError *error)
{
  if (run->reason == NULL)
    run->reason = g_error_copy (error);
}

/* What every other product would come to as well */
static gboolean
concerns_all (GError *error)
{
  return g_error_matches (error, CS_ERROR, CS_ERROR_BUDGET) ||
         g_error_matches (error, CS_ERROR, CS_ERROR_NOT_ALLOWED) ||
         g_error_matches (error, CS_ERROR, CS_ERROR_SIGN_IN);
}

static void
note_failure (Run    *run,
              gint64  product,
              GError *error)
{
  if (cs_desk_is_stop (error, cs_job_get_cancellable (run->job)) || run->desk->closed)
    return;

  blame (run, error);
  if (concerns_all (error))
    {
      run->halted = TRUE;
      return;
    }

  run->summary->n_failed++;
  /* Nothing is wrong with the product: it stays open */
  if (g_error_matches (error, CS_ERROR, CS_ERROR_LATER))
    {
      run->halted |= ++run->n_out_of_reach >= PATIENCE;
      return;
    }

  run->n_out_of_reach = 0;
  dex_await (cs_asked_settle (run->engines->store, run->batch, product, CS_ASKED_FAILED, error->message), NULL);
}

static DexFuture *
work_fiber (gpointer data)
{
  Run *run = data;

  while (!run->halted && !cs_job_is_stopped (run->job) && run->next < run->products->len)
    {
      gint64 product = g_array_index (run->products, gint64, run->next++);
      g_autoptr (GError) error = NULL;

      if (ask_about (run, product, &error))
        {
          gboolean sent = cs_desk_meter_get_n_sent (run->meter, product) > 0;

          /* What was kept says nothing of whether anybody answers now */
          if (sent)
            run->n_out_of_reach = 0;
          run->summary->n_done++;
          run->summary->n_kept += !sent;
        }
      else
        {
          note_failure (run, product, error);
        }
      cs_job_advance (run->job, 1);
    }

  return dex_future_new_true ();
}

/* As many as may be in flight, and one that prepares the next */
static void
work (Run *run)
{
  g_autoptr (GPtrArray) workers = g_ptr_array_new_with_free_func (dex_unref);
  guint n = MIN (run->products->len, cs_turns_get_most (cs_engines_get_turns (run->engines, run->setup)) + 1);

  for (guint i = 0; i < MIN (n, MOST_AT_WORK); i++)
    g_ptr_array_add (workers, cs_fiber_spawn (work_fiber, run, NULL));

  for (guint i = 0; i < workers->len; i++)
    dex_await (dex_ref (workers->pdata[i]), NULL);
}

static void
sum_up (Run    *run,
        gint64  after)
{
  CsAskSummary *summary = run->summary;
  g_autoptr (CsLedgerSum) sum = dex_await_boxed (cs_ledger_sum_batch (run->engines->store, run->batch, after), NULL);

  summary->stopped = cs_job_is_stopped (run->job);
  summary->n_left = run->products->len - MIN (summary->n_done + summary->n_failed, run->products->len);
  g_strlcpy (summary->currency, run->setup->price.currency, sizeof summary->currency);
  summary->finding = run->reason != NULL ? g_strdup (run->reason->message) : NULL;
  if (sum != NULL && sum->n > 0)
    {
      summary->cost = sum->unknown ? CS_PRICE_UNKNOWN : sum->cost;
      summary->estimated = sum->estimated;
    }
}

CsAskSummary *
cs_engines_run_batch (CsEngines     *self,
                      CsEngineSetup *setup,
                      gint64         batch,
                      GArray        *products,
                      const char    *settings,
                      GError       **reason)
{
  g_autofree char *title = g_strdup_printf (_("Asking %s"), setup->title);
  g_autoptr (CsDesk) desk = g_object_ref (self->desk);
  g_autoptr (CsAskSummary) summary = cs_ask_summary_new ();
  g_autoptr (CsJob) job = cs_desk_begin_job (desk, title);
  g_autoptr (CsLedgerSum) before = NULL;
  g_autoptr (CsDeskMeter) meter = NULL;
  g_autoptr (CsModelEngine) model = NULL;
  Run run = {
    .engines = self, .desk = desk, .setup = setup, .job = job, .batch = batch, .products = products,
    .settings = settings, .summary = summary,
  };

  g_hash_table_add (self->running, g_memdup2 (&batch, sizeof batch));
  cs_job_set_total (job, products->len);
  meter = cs_desk_meter_new (self, setup->id, batch, cs_engines_get_turns (self, setup), cs_job_get_cancellable (job));

  if ((before = dex_await_boxed (cs_ledger_sum_batch (self->store, batch, 0), &run.reason)) &&
      (model = cs_engines_make_model (self, setup, CS_METER (meter), &run.reason)))
    {
      run.meter = meter;
      run.model = model;
      work (&run);
    }

  sum_up (&run, before != NULL ? before->last : 0);
  g_hash_table_remove (self->running, &batch);
  cs_desk_end_job (desk, job);
  cs_engines_count_unfinished (self);
  cs_engines_emit_changed (self);
  if (run.reason != NULL)
    g_propagate_error (reason, run.reason);

  return g_steal_pointer (&summary);
}

/* Nothing came of it at all, and it is for the person to say something first */
static gboolean
is_in_vain (CsAskSummary *summary,
            GError       *reason)
{
  return reason != NULL && concerns_all (reason) && summary->n_done == 0 && summary->n_failed == 0 && summary->cost == 0;
}

static DexFuture *
ask_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsAskSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  gint64 batch;

  if (!(setup = cs_engines_load (self, call->id, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!setup->may_text)
    return cs_fiber_refuse (CS_ERROR_NOT_ALLOWED, "%s", _("You have not agreed yet that anything is sent to this address."));

  batch = dex_await_int64 (cs_asked_begin (self->store, call->id, (gint64 *) (gpointer) call->ids->data, call->ids->len,
                                           call->budget, call->settings),
                           &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  summary = cs_engines_run_batch (self, setup, batch, call->ids, call->settings, &error);
  if (!is_in_vain (summary, error))
    return dex_future_new_take_boxed (CS_TYPE_ASK_SUMMARY, g_steal_pointer (&summary));

  dex_await (cs_asked_settle (self->store, batch, 0, CS_ASKED_DROPPED, NULL), NULL);
  cs_engines_count_unfinished (self);

  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
cs_engines_ask (CsEngines    *self,
                const char   *id,
                const gint64 *products,
                guint         n_products,
                gint64        budget,
                const char   *settings)
{
  CsEnginesCall *call;
  DexFuture     *refusal;
  g_autoptr (GHashTable) twice = g_hash_table_new (g_int64_hash, g_int64_equal);

  dex_return_error_if_fail (CS_IS_ENGINES (self));
  dex_return_error_if_fail (id != NULL);
  dex_return_error_if_fail (products != NULL || n_products == 0);

  if (self->desk != NULL && (refusal = cs_desk_refuse_reading (self->desk)))
    return refusal;

  if (!(call = cs_engines_call_new (self, &refusal)))
    return refusal;

  call->id = g_strdup (id);
  call->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n_products; i++)
    {
      if (g_hash_table_add (twice, (gpointer) &products[i]))
        g_array_append_val (call->ids, products[i]);
    }
  call->budget = budget;
  call->settings = g_strdup (settings);

  return cs_fiber_spawn_disowned (ask_fiber, call, (GDestroyNotify) cs_engines_call_free);
}

static void
add_up (CsAskSummary *all,
        CsAskSummary *one)
{
  all->n_done += one->n_done;
  all->n_kept += one->n_kept;
  all->n_failed += one->n_failed;
  all->n_left += one->n_left;
  all->stopped |= one->stopped;
  all->estimated |= one->estimated;
  if (all->finding == NULL)
    all->finding = g_strdup (one->finding);

  /* Different moneys make no sum */
  if (one->cost == 0)
    return;
  if (all->cost == 0)
    g_strlcpy (all->currency, one->currency, sizeof all->currency);
  if (all->cost < 0 || one->cost < 0 || g_strcmp0 (all->currency, one->currency) != 0)
    all->cost = CS_PRICE_UNKNOWN;
  else
    all->cost += one->cost;
}

static DexFuture *
go_on_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autoptr (CsAskSummary) all = cs_ask_summary_new ();
  g_autoptr (GPtrArray) batches = NULL;
  g_autoptr (GError) error = NULL;

  if (!(batches = dex_await_boxed (cs_asked_list_open (self->store, 0), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < batches->len && !all->stopped; i++)
    {
      CsAskedBatch *batch = batches->pdata[i];
      g_autoptr (CsEngineSetup) setup = NULL;
      g_autoptr (CsAskSummary) one = NULL;
      g_autoptr (GError) reason = NULL;

      if (self->desk == NULL || g_hash_table_contains (self->running, &batch->id))
        continue;

      if (!(setup = cs_engines_load (self, batch->engine, &error)))
        return dex_future_new_for_error (g_steal_pointer (&error));

      one = cs_engines_run_batch (self, setup, batch->id, batch->products, batch->settings, &reason);
      add_up (all, one);
    }

  return dex_future_new_take_boxed (CS_TYPE_ASK_SUMMARY, g_steal_pointer (&all));
}

static DexFuture *
drop_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autoptr (GPtrArray) batches = NULL;
  g_autoptr (GError) error = NULL;

  if (!(batches = dex_await_boxed (cs_asked_list_open (self->store, 0), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < batches->len; i++)
    {
      CsAskedBatch *batch = batches->pdata[i];

      if (!g_hash_table_contains (self->running, &batch->id) &&
          !dex_await (cs_asked_settle (self->store, batch->id, 0, CS_ASKED_DROPPED, NULL), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  cs_engines_count_unfinished (self);

  return dex_future_new_true ();
}

static DexFuture *
spawn_alone (CsEngines   *self,
             DexFiberFunc fiber)
{
  CsEnginesCall *call;
  DexFuture     *refusal;

  if (self->desk != NULL && (refusal = cs_desk_refuse_reading (self->desk)))
    return refusal;

  if (!(call = cs_engines_call_new (self, &refusal)))
    return refusal;

  return cs_fiber_spawn_disowned (fiber, call, (GDestroyNotify) cs_engines_call_free);
}

DexFuture *
cs_engines_go_on (CsEngines *self)
{
  dex_return_error_if_fail (CS_IS_ENGINES (self));

  return spawn_alone (self, go_on_fiber);
}

DexFuture *
cs_engines_drop_unfinished (CsEngines *self)
{
  dex_return_error_if_fail (CS_IS_ENGINES (self));

  return spawn_alone (self, drop_fiber);
}
