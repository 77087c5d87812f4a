/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fake-workshop.h"
#include "cs-fiber.h"
#include "cs-mask-edit-private.h"

#define SIDE 160

struct _CsWorkshop
{
  GObject parent_instance;

  GPtrArray  *models; /* CsCutoutModel */
  GString    *log;
  char       *failure;
  gboolean    hold;
  CsMaskEdit *edit;
};

G_DEFINE_FINAL_TYPE (CsWorkshop, cs_workshop, G_TYPE_OBJECT)

static CsCutoutModel *
add (CsWorkshop *self,
     const char *id,
     const char *title,
     const char *licence,
     gboolean    commercial,
     gint64      size)
{
  CsCutoutModel *model = cs_cutout_model_new ();

  model->id = g_strdup (id);
  model->title = g_strdup (title);
  model->words = g_strdup ("Good at most things.");
  model->licence = g_strdup (licence);
  model->commercial = commercial;
  model->size = size;
  model->address = g_strdup_printf ("https://models.example/%s.onnx", id);
  model->sha256 = g_strdup (CS_FAKE_MASK_HASH);
  g_ptr_array_add (self->models, model);

  return model;
}

/* Records are read only: another one takes its place */
static CsCutoutModel *
change (CsWorkshop *self,
        guint       position)
{
  CsCutoutModel *before = self->models->pdata[position];
  CsCutoutModel *after = cs_cutout_model_new ();

  *after = *before;
  after->id = g_strdup (before->id);
  after->title = g_strdup (before->title);
  after->words = g_strdup (before->words);
  after->licence = g_strdup (before->licence);
  after->address = g_strdup (before->address);
  after->sha256 = g_strdup (before->sha256);
  after->profile = g_strdup (before->profile);
  self->models->pdata[position] = after;
  cs_cutout_model_unref (before);

  return after;
}

static guint
find (CsWorkshop *self,
      const char *id)
{
  for (guint i = 0; i < self->models->len; i++)
    if (g_strcmp0 (((CsCutoutModel *) self->models->pdata[i])->id, id) == 0)
      return i;

  g_assert_not_reached ();
}

static void
cs_workshop_finalize (GObject *object)
{
  CsWorkshop *self = CS_WORKSHOP (object);

  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_string_free (self->log, TRUE);
  g_free (self->failure);
  g_clear_object (&self->edit);

  G_OBJECT_CLASS (cs_workshop_parent_class)->finalize (object);
}

static void
cs_workshop_class_init (CsWorkshopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_workshop_finalize;
  g_signal_new ("models-changed", CS_TYPE_WORKSHOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_workshop_init (CsWorkshop *self)
{
  self->models = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_cutout_model_unref);
  self->log = g_string_new (NULL);
  add (self, "small", "Small", "Apache 2.0: may be used for selling", TRUE, 4600000);
  add (self, "large", "Large", "MIT: may be used for selling", TRUE, 178000000);
  add (self, "bound", "Bound", "Not for commercial use", FALSE, 176000000);
}

CsWorkshop *
cs_desk_get_workshop (CsDesk *desk)
{
  CsWorkshop *self = g_object_get_data (G_OBJECT (desk), "workshop");

  if (self == NULL)
    {
      self = g_object_new (CS_TYPE_WORKSHOP, NULL);
      g_object_set_data_full (G_OBJECT (desk), "workshop", self, g_object_unref);
    }

  return self;
}

void
cs_fake_workshop_fail_next (CsDesk     *desk,
                            const char *sentence)
{
  g_set_str (&cs_desk_get_workshop (desk)->failure, sentence);
}

void
cs_fake_workshop_hold (CsDesk  *desk,
                       gboolean hold)
{
  cs_desk_get_workshop (desk)->hold = hold;
}

const char *
cs_fake_workshop_get_log (CsDesk *desk)
{
  return cs_desk_get_workshop (desk)->log->str;
}

CsMaskEdit *
cs_fake_workshop_get_edit (CsDesk *desk)
{
  return cs_desk_get_workshop (desk)->edit;
}

/* What is asked of it */

static DexFuture *
take_failure (CsWorkshop *self)
{
  g_autofree char *sentence = g_steal_pointer (&self->failure);

  return sentence != NULL ? cs_fiber_refuse (CS_ERROR_REFUSED, "%s", sentence) : NULL;
}

gboolean
cs_workshop_has_model (CsWorkshop *self)
{
  for (guint i = 0; i < self->models->len; i++)
    if (((CsCutoutModel *) self->models->pdata[i])->in_use)
      return TRUE;

  return FALSE;
}

DexFuture *
cs_workshop_list_models (CsWorkshop *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_cutout_model_unref);

  for (guint i = 0; i < self->models->len; i++)
    g_ptr_array_add (copy, cs_cutout_model_ref (self->models->pdata[i]));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, copy);
}

typedef struct
{
  CsWorkshop *self;
  CsJob      *job;
  guint       position;
} Download;

static void
download_free (Download *download)
{
  g_object_unref (download->self);
  g_object_unref (download->job);
  g_free (download);
}

static DexFuture *
download_fiber (gpointer data)
{
  Download      *download = data;
  CsWorkshop    *self = download->self;
  CsCutoutModel *model = self->models->pdata[download->position];
  guint          half = model->size / 2;
  DexFuture     *failure;

  cs_job_set_total (download->job, model->size);
  cs_job_start_from (download->job, model->partial);
  while (cs_job_get_done (download->job) < half)
    {
      dex_await (dex_timeout_new_msec (5), NULL);
      cs_job_advance (download->job, MAX (half / 4, 1));
    }
  change (self, download->position)->partial = half;
  while (self->hold && !cs_job_is_stopped (download->job))
    dex_await (dex_timeout_new_msec (5), NULL);

  if (cs_job_is_stopped (download->job))
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
  if ((failure = take_failure (self)) != NULL)
    return failure;

  model = change (self, download->position);
  model->partial = 0;
  model->is_here = TRUE;
  model->in_use = model->commercial && !cs_workshop_has_model (self);
  g_signal_emit_by_name (self, "models-changed");

  return dex_future_new_take_boxed (CS_TYPE_CUTOUT_MODEL, cs_cutout_model_ref (model));
}

DexFuture *
cs_workshop_download_model (CsWorkshop *self,
                            const char *id,
                            CsJob      *job)
{
  Download *download = g_new0 (Download, 1);

  g_string_append_printf (self->log, "download:%s\n", id);
  *download = (Download) { g_object_ref (self), g_object_ref (job), find (self, id) };

  return cs_fiber_spawn (download_fiber, download, (GDestroyNotify) download_free);
}

DexFuture *
cs_workshop_add_model (CsWorkshop *self,
                       GFile      *file)
{
  g_autofree char *name = g_file_get_basename (file);
  DexFuture       *failure;
  CsCutoutModel   *model;

  g_string_append_printf (self->log, "add:%s\n", name);
  if ((failure = take_failure (self)) != NULL)
    return failure;

  model = add (self, "own", name, "Yours", TRUE, 1000);
  g_clear_pointer (&model->address, g_free);
  model->is_here = TRUE;
  g_signal_emit_by_name (self, "models-changed");

  return dex_future_new_take_boxed (CS_TYPE_CUTOUT_MODEL, cs_cutout_model_ref (model));
}

DexFuture *
cs_workshop_use_model (CsWorkshop *self,
                       const char *id)
{
  DexFuture *failure;

  g_string_append_printf (self->log, "use:%s\n", id != NULL ? id : "none");
  if ((failure = take_failure (self)) != NULL)
    return failure;

  for (guint i = 0; i < self->models->len; i++)
    change (self, i)->in_use = id != NULL && i == find (self, id);
  g_signal_emit_by_name (self, "models-changed");

  return dex_future_new_true ();
}

DexFuture *
cs_workshop_remove_model (CsWorkshop *self,
                          const char *id)
{
  CsCutoutModel *model = change (self, find (self, id));

  g_string_append_printf (self->log, "remove:%s\n", id);
  model->is_here = FALSE;
  model->in_use = FALSE;
  model->partial = 0;
  g_signal_emit_by_name (self, "models-changed");

  return dex_future_new_true ();
}

/* Masks */

DexFuture *
cs_desk_edit_mask (CsDesk *desk,
                   gint64  product,
                   gint64  photo)
{
  CsWorkshop *self = cs_desk_get_workshop (desk);
  g_autoptr (GBytes) grey = g_bytes_new_take (g_malloc0 (SIDE * SIDE * 3), SIDE * SIDE * 3);
  g_autoptr (GBytes) empty = g_bytes_new_take (g_malloc0 (SIDE * SIDE), SIDE * SIDE);
  DexFuture  *failure;

  g_string_append_printf (self->log, "edit:%" G_GINT64_FORMAT "\n", photo);
  if ((failure = take_failure (self)) != NULL)
    return failure;

  g_clear_object (&self->edit);
  self->edit = cs_mask_edit_new (grey, empty, SIDE, SIDE);

  return dex_future_new_take_object (g_object_ref (self->edit));
}

DexFuture *
cs_desk_keep_mask (CsDesk     *desk,
                   CsMaskEdit *edit)
{
  CsWorkshop *self = cs_desk_get_workshop (desk);
  DexFuture  *failure;

  g_string_append (self->log, "keep\n");
  if ((failure = take_failure (self)) != NULL)
    return failure;

  return dex_future_new_take_string (g_strdup (CS_FAKE_MASK_HASH));
}
