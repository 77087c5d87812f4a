/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-decisions.h"
#include "cs-engines-private.h"
#include "cs-picture-engine.h"

/* Products wait in a queue for their suggestions, each at most once, and two
 * are at work at a time. The queue is in memory only: what a stop or a kill
 * left is what the store says an engine has not seen in its present form.
 */

#define MAX_AT_WORK 2

/* Asks one engine, unless it has seen the very same before. Returns FALSE with
 * @error, or TRUE.
 */
static gboolean
ask_engine (CsDesk          *self,
            CsEngine        *engine,
            CsEngineRequest *request,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autofree char *input = cs_engine_dup_input (engine, request);
  g_autofree char *seen = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) reason = NULL;
  gint64 product = request->product->id;

  seen = dex_await_string (cs_suggestions_get_input (self->store, product, cs_engine_get_id (engine)), &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  /* Nothing that this engine looks at is different: it has seen the product as it is now */
  if (g_strcmp0 (seen, input) == 0)
    return dex_await (cs_suggestions_put (self->store, product, request->product->facts, cs_engine_get_id (engine), input, NULL), error);

  suggestions = dex_await_boxed (cs_desk_or_stopped (cs_engine_suggest (engine, request, cancellable), cancellable), error);

  return suggestions != NULL &&
         cs_desk_keep_pictures (self, request, suggestions, error) &&
         dex_await (cs_suggestions_put (self->store, product, request->product->facts, cs_engine_get_id (engine), input, suggestions), error);
}

static gboolean
suggest_for (CsDesk       *self,
             gint64        product,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (CsEngineRequest) request = NULL;

  if (!(request = dex_await_boxed (cs_desk_make_request (self, product, cancellable), error)))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (self->engines); i++)
    {
      if (!ask_engine (self, self->engines[i], request, cancellable, error))
        return FALSE;
    }

  return cs_engines_read_again (self->models, request, cancellable, error);
}

/* The product is through, one way or the other: those who wait for it hear so */
static void
settle (CsDesk *self,
        gint64  product,
        GError *error)
{
  g_autoptr (DexPromise) promise = NULL;
  gpointer key, value;

  if (g_hash_table_steal_extended (self->wanted, &product, &key, &value))
    {
      g_free (key);
      promise = value;
    }

  if (promise == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_boolean (promise, TRUE);
}

static void
give_up_waiting (CsDesk *self)
{
  gint64 *product;

  while ((product = g_queue_pop_head (&self->waiting)))
    {
      settle (self, *product,
              g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was stopped")));
      g_free (product);
    }
}

static gboolean
still_current (CsDesk *self,
               gint64  product,
               GError *error)
{
  return !g_hash_table_remove (self->again, &product) || error != NULL;
}

/* One of the two that are at work */
static DexFuture *
work_fiber (gpointer data)
{
  CsDesk *self = data;
  g_autoptr (CsJob) job = g_object_ref (self->suggesting);
  gint64 *next;

  while (!cs_job_is_stopped (job) && (next = g_queue_pop_head (&self->waiting)))
    {
      g_autofree gint64 *product = next;
      g_autoptr (GError) error = NULL;

      do
        {
          g_clear_error (&error);
          suggest_for (self, *product, cs_job_get_cancellable (job), &error);
        }
      while (!still_current (self, *product, error));

      /* It may have been merged into another one meanwhile */
      if (error != NULL && !self->closed && !cs_desk_is_stop (error, cs_job_get_cancellable (job)) &&
          !g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
        g_warning ("No suggestions for product %" G_GINT64_FORMAT ": %s", *product, error->message);

      if (error == NULL)
        {
          cs_desk_changed (self, CS_DESK_PRODUCT, *product);
          cs_desk_changed (self, CS_DESK_PRODUCTS, 0);
        }
      cs_job_advance (job, 1);
      settle (self, *product, g_steal_pointer (&error));
    }

  if (--self->n_suggesting == 0)
    {
      give_up_waiting (self);
      g_clear_object (&self->suggesting);
      cs_desk_end_job (self, job);
    }

  return dex_future_new_true ();
}

static void
start_work (CsDesk *self)
{
  if (self->closed)
    {
      give_up_waiting (self);
      return;
    }

  if (self->suggesting == NULL)
    self->suggesting = cs_desk_begin_job (self, _("Drafting suggestions"));

  cs_job_set_total (self->suggesting,
                    cs_job_get_done (self->suggesting) + g_hash_table_size (self->wanted));

  while (self->n_suggesting < MIN (MAX_AT_WORK, g_hash_table_size (self->wanted)))
    {
      self->n_suggesting++;
      dex_future_disown (cs_fiber_spawn (work_fiber, g_object_ref (self), g_object_unref));
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return *(const gint64 *) a == *(const gint64 *) b ? 0 : 1;
}

/* A promise of its own for each product, shared by all who ask for it */
static DexFuture *
want (CsDesk *self,
      gint64  product)
{
  DexPromise *promise = g_hash_table_lookup (self->wanted, &product);

  if (promise == NULL)
    {
      promise = dex_promise_new ();
      g_hash_table_insert (self->wanted, g_memdup2 (&product, sizeof product), promise);
      g_queue_push_tail (&self->waiting, g_memdup2 (&product, sizeof product));
    }
  else if (!g_queue_find_custom (&self->waiting, &product, compare_ids))
    {
      /* It is at work on what the product was before */
      g_hash_table_add (self->again, g_memdup2 (&product, sizeof product));
    }

  return dex_ref (DEX_FUTURE (promise));
}

static DexFuture *
count_done_fiber (gpointer data)
{
  CsDeskCall *call = data;
  guint       n_done = 0;

  for (guint i = 0; i < call->records->len; i++)
    n_done += dex_await (dex_ref (call->records->pdata[i]), NULL);

  return dex_future_new_for_uint (n_done);
}

DexFuture *
cs_desk_want_suggestions (CsDesk       *self,
                          const gint64 *ids,
                          guint         n_ids)
{
  CsDeskCall *call = cs_desk_call_new (self);

  call->records = g_ptr_array_new_with_free_func (dex_unref);
  for (guint i = 0; i < n_ids; i++)
    g_ptr_array_add (call->records, want (self, ids[i]));

  if (n_ids > 0)
    start_work (self);

  return cs_fiber_spawn (count_done_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

void
cs_desk_suggest_later (CsDesk *self,
                       gint64  product)
{
  dex_future_disown (cs_desk_want_suggestions (self, &product, 1));
}

static GArray *
list_unsuggested (CsDesk  *self,
                  GError **error)
{
  const char *engines[G_N_ELEMENTS (self->engines) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (self->engines); i++)
    engines[i] = cs_engine_get_id (self->engines[i]);

  if (!dex_await (cs_suggestions_expect (self->store, engines), error))
    return NULL;

  return dex_await_boxed (cs_items_list_unsuggested (self->store), error);
}

static DexFuture *
cs_desk_suggest_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (GError) error = NULL;

  if (call->ids == NULL && !(call->ids = list_unsuggested (call->desk, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return cs_desk_want_suggestions (call->desk, (gint64 *) (gpointer) call->ids->data, call->ids->len);
}

DexFuture *
cs_desk_suggest (CsDesk       *self,
                 const gint64 *ids,
                 guint         n_ids)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  if (ids != NULL)
    call->ids = cs_desk_copy_ids (ids, n_ids);

  return cs_fiber_spawn_disowned (cs_desk_suggest_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

/* What the pending pictures were made with, engine and network, so that a stop or
 * a kill is made up for the next time, and a new version of the program too
 */
#define MADE_WITH "pictures_made_with"

static DexFuture *
cs_desk_follow_network_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) queue = NULL;
  g_autofree char *before = NULL;
  g_autofree char *network = NULL;
  g_autofree char *now = NULL;
  guint n;

  /* The one before has to have said what it did */
  if (call->record != NULL)
    dex_await (dex_ref (call->record), NULL);

  if (!dex_await (cs_workshop_settle (self->workshop), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  network = cs_workshop_dup_network (self->workshop);
  now = g_strdup_printf ("%s %s", CS_PICTURE_ENGINE_VERSION, network != NULL ? network : "");
  before = dex_await_string (cs_store_get_setting (self->store, MADE_WITH), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (g_strcmp0 (before, now) == 0)
    return dex_future_new_true ();

  /* From here on some may be made with either: who goes back to the one before has them made anew, too */
  if (!dex_await (cs_store_set_setting (self->store, MADE_WITH, ""), &error) ||
      !(queue = dex_await_boxed (cs_desk_list_queue (self), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  n = dex_await_uint (cs_desk_want_suggestions (self, (gint64 *) (gpointer) queue->data, queue->len), NULL);
  if (n < queue->len)
    return dex_future_new_true ();

  return cs_store_set_setting (self->store, MADE_WITH, now);
}

DexFuture *
cs_desk_follow_network (CsDesk *self)
{
  CsDeskCall *call = cs_desk_call_new (self);
  DexFuture  *future;

  call->record = g_steal_pointer (&self->following);
  call->record_free = dex_unref;
  future = cs_fiber_spawn_disowned (cs_desk_follow_network_fiber, call, (GDestroyNotify) cs_desk_call_free);
  self->following = dex_ref (future);

  return future;
}
