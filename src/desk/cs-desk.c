/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-engines-private.h"
#include "cs-picture-engine.h"
#include "cs-shops-private.h"
#include "cs-text-engine.h"

/* The desk itself: opening and closing, what is under way, and telling the
 * faces that something changed. The use cases are in the other cs-desk-*.c.
 */

G_DEFINE_FINAL_TYPE (CsDesk, cs_desk, G_TYPE_OBJECT)

typedef enum
{
  PROP_JOBS = 1,
} CsDeskProperty;

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_JOBS + 1];
static guint       signals[N_SIGNALS];

typedef struct
{
  CsDeskChange what;
  gint64       product;
} Change;

static guint
change_hash (gconstpointer data)
{
  const Change *change = data;

  return g_int64_hash (&change->product) ^ change->what;
}

static gboolean
change_equal (gconstpointer a,
              gconstpointer b)
{
  const Change *x = a;
  const Change *y = b;

  return x->what == y->what && x->product == y->product;
}

static gboolean
emit_changes (gpointer data)
{
  CsDesk *self = data;
  g_autoptr (CsDesk) keep = g_object_ref (self);
  g_autoptr (GHashTable) changes = g_steal_pointer (&self->changes);
  GHashTableIter iter;
  gpointer       key;

  self->changes = g_hash_table_new_full (change_hash, change_equal, g_free, NULL);
  self->changes_source = 0;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Change *change = key;

      g_signal_emit (self, signals[CHANGED], 0, change->what, change->product);
    }

  return G_SOURCE_REMOVE;
}

/* An import of a thousand photos changes a thousand things in a moment, and a
 * list that is read anew for each of them does nothing else: so a change is
 * told once for each turn of the main loop.
 */
void
cs_desk_changed (CsDesk      *self,
                 CsDeskChange what,
                 gint64       product)
{
  Change change = { what, product };

  if (what == CS_DESK_PRODUCT)
    cs_desk_forget_preview (self, product);

  g_hash_table_add (self->changes, g_memdup2 (&change, sizeof change));
  if (self->changes_source == 0)
    self->changes_source = g_idle_add_full (G_PRIORITY_DEFAULT, emit_changes, self, NULL);
}

typedef struct
{
  CsDesk *desk;
  Change  change;
} Announcement;

static void
announcement_free (gpointer data)
{
  Announcement *announcement = data;

  g_object_unref (announcement->desk);
  g_free (announcement);
}

static DexFuture *
announce_cb (DexFuture *future,
             gpointer   data)
{
  Announcement *announcement = data;

  cs_desk_changed (announcement->desk, announcement->change.what, announcement->change.product);

  return dex_ref (future);
}

DexFuture *
cs_desk_announce (CsDesk      *self,
                  DexFuture   *future,
                  CsDeskChange what,
                  gint64       product)
{
  Announcement *announcement = g_new0 (Announcement, 1);

  announcement->desk = g_object_ref (self);
  announcement->change = (Change) { what, product };
  future = dex_future_then (future, announce_cb, announcement, announcement_free);
  dex_future_disown (dex_ref (future));

  return future;
}

CsDeskCall *
cs_desk_call_new (CsDesk *self)
{
  CsDeskCall *call = g_new0 (CsDeskCall, 1);

  call->desk = g_object_ref (self);

  return call;
}

void
cs_desk_call_free (CsDeskCall *call)
{
  g_object_unref (call->desk);
  g_clear_pointer (&call->ids, g_array_unref);
  g_clear_pointer (&call->records, g_ptr_array_unref);
  g_clear_pointer (&call->record, call->record_free);
  g_free (call->text);
  g_free (call->face);
  g_free (call);
}

GArray *
cs_desk_copy_ids (const gint64 *ids,
                  guint         n_ids)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof *ids, n_ids);

  g_array_append_vals (copy, ids, n_ids);

  return copy;
}

DexFuture *
cs_desk_refuse_reading (CsDesk *self)
{
  if (!self->reading)
    return NULL;

  return cs_fiber_refuse (CS_ERROR_IN_USE, "%s",
                          _("Another window has this library open. Do it there, or close that window first."));
}

CsJob *
cs_desk_begin_job (CsDesk     *self,
                   const char *title)
{
  CsJob *job = cs_job_new (title);

  g_list_store_append (self->jobs, job);

  return job;
}

void
cs_desk_end_job (CsDesk *self,
                 CsJob  *job)
{
  guint position;

  cs_job_finish (job);
  if (g_list_store_find (self->jobs, job, &position))
    g_list_store_remove (self->jobs, position);
}

static void
entry_changed_cb (CsDesk      *self,
                  gint64       entry,
                  CsPublisher *publisher)
{
  cs_desk_changed (self, CS_DESK_OUTBOX, 0);
  cs_desk_changed (self, CS_DESK_PRODUCTS, 0);
}

static void
models_changed_cb (CsDesk     *self,
                   CsWorkshop *workshop)
{
  cs_desk_forget_preview (self, 0);
  if (!self->reading && !self->closed)
    dex_future_disown (cs_desk_follow_network (self));
}

static void
cs_desk_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  CsDesk *self = CS_DESK (object);

  switch ((CsDeskProperty) prop_id)
    {
    case PROP_JOBS:
      g_value_set_object (value, self->jobs);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_desk_dispose (GObject *object)
{
  CsDesk *self = CS_DESK (object);

  cs_desk_close (self);
  g_clear_handle_id (&self->changes_source, g_source_remove);

  G_OBJECT_CLASS (cs_desk_parent_class)->dispose (object);
}

static void
cs_desk_finalize (GObject *object)
{
  CsDesk *self = CS_DESK (object);

  dex_clear (&self->importing);
  dex_clear (&self->following);
  cs_desk_forget_preview (self, 0);
  g_clear_pointer (&self->preview.equipment, g_free);
  g_queue_clear_full (&self->waiting, g_free);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_clear_pointer (&self->again, g_hash_table_unref);
  g_clear_pointer (&self->changes, g_hash_table_unref);
  g_clear_pointer (&self->rendered, g_hash_table_unref);
  g_clear_object (&self->suggesting);
  g_clear_object (&self->shops);
  g_clear_object (&self->publisher);
  g_clear_object (&self->secrets);
  for (guint i = 0; i < G_N_ELEMENTS (self->engines); i++)
    g_clear_object (&self->engines[i]);
  g_clear_object (&self->models);
  g_clear_object (&self->image);
  g_clear_object (&self->workshop);
  g_clear_object (&self->store);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (cs_desk_parent_class)->finalize (object);
}

static void
cs_desk_class_init (CsDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_desk_dispose;
  object_class->finalize = cs_desk_finalize;
  object_class->get_property = cs_desk_get_property;

  properties[PROP_JOBS] =
    g_param_spec_object ("jobs", NULL, NULL,
                         G_TYPE_LIST_MODEL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED] =
    g_signal_new ("changed",
                  CS_TYPE_DESK,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT64);
}

static void
cs_desk_init (CsDesk *self)
{
  self->jobs = g_list_store_new (CS_TYPE_JOB);
  self->changes = g_hash_table_new_full (change_hash, change_equal, g_free, NULL);
  self->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, dex_unref);
  self->again = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->rendered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->waiting);
}

char *
cs_desk_dup_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "countersign", NULL);
}

/**
 * cs_desk_open:
 *
 * Opens the library in @folder, and makes one where there is none, unless it
 * is opened for reading. Fails with %CS_ERROR_IN_USE where another process
 * holds it, and as cs_store_open() does.
 */
CsDesk *
cs_desk_open (const char *folder,
              CsDeskOpen  how,
              GError    **error)
{
  g_autofree char *standard = folder != NULL ? NULL : cs_desk_dup_default_folder ();
  g_autoptr (CsStore) store = NULL;
  CsDesk *self;

  store = cs_store_open (folder != NULL ? folder : standard,
                         how == CS_DESK_OPEN_FOR_READING ? CS_STORE_READ_ONLY : CS_STORE_WRITE,
                         error);
  if (store == NULL)
    return NULL;

  self = g_object_new (CS_TYPE_DESK, NULL);
  self->reading = how == CS_DESK_OPEN_FOR_READING;
  self->store = g_steal_pointer (&store);
  self->workshop = cs_workshop_new ();
  self->image = g_object_ref (cs_workshop_get_image (self->workshop));
  self->engines[0] = cs_text_engine_new ();
  self->engines[1] = cs_picture_engine_new (self->image);
  g_signal_connect_object (self->workshop, "models-changed",
                           G_CALLBACK (models_changed_cb), self, G_CONNECT_SWAPPED);
  self->secrets = cs_secrets_new ();
  self->models = cs_engines_new (self);
  self->publisher = cs_publisher_new (self->store, self->secrets);
  g_signal_connect_object (self->publisher, "entry-changed",
                           G_CALLBACK (entry_changed_cb), self, G_CONNECT_SWAPPED);
  self->shops = cs_shops_new (self);

  return self;
}

/**
 * cs_desk_close:
 *
 * Stops what is under way and lets the library go. Everything is journalled,
 * so that whatever was stopped goes on the next time.
 */
void
cs_desk_close (CsDesk *self)
{
  g_return_if_fail (CS_IS_DESK (self));

  self->closed = TRUE;
  g_clear_handle_id (&self->publishing_source, g_source_remove);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i > 0; i--)
    {
      g_autoptr (CsJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i - 1);

      cs_job_stop (job);
    }

  if (self->store != NULL)
    cs_store_close (self->store);
}

const char *
cs_desk_get_folder (CsDesk *self)
{
  g_return_val_if_fail (CS_IS_DESK (self), NULL);

  return cs_store_get_folder (self->store);
}

CsEngines *
cs_desk_get_engines (CsDesk *self)
{
  g_return_val_if_fail (CS_IS_DESK (self), NULL);

  return self->models;
}

CsShops *
cs_desk_get_shops (CsDesk *self)
{
  g_return_val_if_fail (CS_IS_DESK (self), NULL);

  return self->shops;
}

GListModel *
cs_desk_get_jobs (CsDesk *self)
{
  g_return_val_if_fail (CS_IS_DESK (self), NULL);

  return G_LIST_MODEL (self->jobs);
}

/* One thing that could not be taken up again does not hold back the others */
static void
note_failure (const char *what,
              GError    **error)
{
  if (*error != NULL && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("%s: %s", what, (*error)->message);

  g_clear_error (error);
}

static DexFuture *
cs_desk_resume_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (DexFuture) publishing = NULL;
  g_autoptr (GError) error = NULL;

  if (call->number)
    publishing = cs_desk_sync (call->desk, 0);

  if (!dex_await (cs_desk_resume_imports (call->desk), &error))
    note_failure ("Imports were not taken up", &error);

  if (!dex_await (cs_desk_suggest (call->desk, NULL, 0), &error))
    note_failure ("Suggestions were not taken up", &error);

  if (!dex_await (cs_desk_follow_network (call->desk), &error))
    note_failure ("Pictures were not taken up", &error);

  if (publishing != NULL && !dex_await (g_steal_pointer (&publishing), &error))
    note_failure ("Publishing was not taken up", &error);

  return dex_future_new_true ();
}

DexFuture *
cs_desk_resume (CsDesk  *self,
                gboolean publish)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  /* This process stays: it is told of what others do with the models */
  cs_workshop_watch (self->workshop);

  call = cs_desk_call_new (self);
  call->number = publish;

  return cs_fiber_spawn_disowned (cs_desk_resume_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
