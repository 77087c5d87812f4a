/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-blobs.h"
#include "cs-decisions.h"
#include "cs-desk-private.h"
#include "cs-products.h"

/* Products wait in a queue for their suggestions, each at most once, and two
 * are at work at a time. The queue is in memory only: what a stop or a kill
 * left is what the store says an engine has not seen in its present form.
 */

#define MAX_AT_WORK 2

/* Goes up when what cs_image_read() finds in a photo changes */
#define READING_VERSION 1

static DexFuture *
refuse_stopped (void)
{
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("It was stopped"));
}

/* Waits for future, but no longer than until it is stopped. What it waited for
 * goes on by itself: it may be using a descriptor.
 */
static DexFuture *
or_stopped (DexFuture    *future,
            GCancellable *cancellable)
{
  if (cancellable == NULL)
    return future;

  return dex_future_first (future, dex_cancellable_new_from_cancellable (cancellable), NULL);
}

/* Reads one photo: what text and which colours are on it. Kept with the photo,
 * so that each is read once.
 */
static DexFuture *
read_photo_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *reading = NULL;
  g_autofd int     fd = -1;

  reading = dex_await_string (cs_products_get_reading (self->store, call->text, READING_VERSION), &error);
  if (error != NULL || reading != NULL)
    return error ? dex_future_new_for_error (g_steal_pointer (&error))
                 : dex_future_new_take_string (g_steal_pointer (&reading));

  if ((fd = cs_blobs_open (self->store, call->text, &error)) == -1 ||
      !(reading = dex_await_string (cs_image_read (self->image, fd), &error)) ||
      !dex_await (cs_products_put_reading (self->store, call->text, READING_VERSION, reading), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (g_steal_pointer (&reading));
}

static DexFuture *
read_photo (CsDesk     *self,
            const char *hash)
{
  CsDeskCall *call = cs_desk_call_new (self);

  call->text = g_strdup (hash);

  return cs_fiber_spawn_disowned (read_photo_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

/* What the person set for a photo's picture: the recipe of its present
 * suggestion, or NULL where that is what every photo gets.
 */
static char *
find_settings (GPtrArray *items,
               gint64     photo)
{
  g_autofree char *standard = cs_picture_settings_to_json (&CS_PICTURE_SETTINGS_DEFAULT);

  for (guint i = 0; i < items->len; i++)
    {
      CsItem       *item = items->pdata[i];
      CsSuggestion *suggestion;

      if (item->field != CS_FIELD_PICTURE || item->photo != photo || item->suggestions->len == 0)
        continue;

      suggestion = item->suggestions->pdata[0];

      return g_strcmp0 (suggestion->settings, standard) == 0 ? NULL : g_strdup (suggestion->settings);
    }

  return NULL;
}

static gboolean
is_stop (GError       *error,
         GCancellable *cancellable)
{
  return g_cancellable_is_cancelled (cancellable) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static DexFuture *
cs_desk_make_request_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (CsEngineRequest) request = cs_engine_request_new ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  if (!(request->product = dex_await_boxed (cs_products_get (self->store, call->id), &error)) ||
      !(items = dex_await_boxed (cs_items_list (self->store, call->id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < request->product->photos->len; i++)
    {
      CsPhoto         *photo = request->product->photos->pdata[i];
      g_autofree char *reading = NULL;
      int              fd;

      /* A photo that cannot be read for text still gets its picture */
      reading = dex_await_string (or_stopped (read_photo (self, photo->hash), call->record), &error);
      if (is_stop (error, call->record))
        return refuse_stopped ();
      g_clear_error (&error);

      if ((fd = cs_blobs_open (self->store, photo->hash, &error)) == -1)
        return dex_future_new_for_error (g_steal_pointer (&error));

      cs_engine_request_take_photo (request, photo, fd,
                                    g_steal_pointer (&reading), find_settings (items, photo->id));
    }

  return dex_future_new_take_boxed (CS_TYPE_ENGINE_REQUEST, g_steal_pointer (&request));
}

DexFuture *
cs_desk_make_request (CsDesk       *self,
                      gint64        product,
                      GCancellable *cancellable)
{
  CsDeskCall *call = cs_desk_call_new (self);

  call->id = product;
  if (cancellable != NULL)
    {
      call->record = g_object_ref (cancellable);
      call->record_free = g_object_unref;
    }

  return cs_fiber_spawn_disowned (cs_desk_make_request_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

/* The engine hands over the picture's bytes; the store keeps them before the
 * suggestion that names them.
 */
gboolean
cs_desk_keep_pictures (CsDesk    *self,
                       GPtrArray *suggestions,
                       GError   **error)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion    *suggestion = suggestions->pdata[i];
      g_autofree char *hash = NULL;

      if (suggestion->picture_bytes == NULL)
        continue;

      if (!(hash = dex_await_string (cs_blobs_put_bytes (self->store, suggestion->picture_bytes), error)))
        return FALSE;

      if (g_strcmp0 (hash, suggestion->picture) != 0)
        {
          g_set_error_literal (error, CS_ERROR, CS_ERROR_CORRUPT,
                               _("A suggested picture is not the one that was made."));
          return FALSE;
        }
    }

  return TRUE;
}

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

  suggestions = dex_await_boxed (or_stopped (cs_engine_suggest (engine, request, cancellable), cancellable), error);

  return suggestions != NULL &&
         cs_desk_keep_pictures (self, suggestions, error) &&
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

  return TRUE;
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
      if (error != NULL && !self->closed && !is_stop (error, cs_job_get_cancellable (job)) &&
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
