/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-cutout-models.h"
#include "cs-error.h"
#include "cs-fd.h"
#include "cs-fiber.h"
#include "cs-hash.h"
#include "cs-workshop-private.h"

struct _CsWorkshop
{
  GObject parent_instance;

  CsImage        *image;
  CsCutoutModels *models;
  DexFuture      *settling; /* the first look at what is there */
  char           *network;  /* of what is in use, or NULL */
  GFileMonitor   *monitor;  /* the command line may change them beside the window */
  gboolean        borrowed; /* a file from elsewhere is used, whatever is there */
};

G_DEFINE_FINAL_TYPE (CsWorkshop, cs_workshop, G_TYPE_OBJECT)

enum
{
  MODELS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What it is used with belongs to it: a profile that was set right is another network */
static void
use_network (CsWorkshop    *self,
             int            fd,
             CsCutoutModel *model)
{
  g_autofree char *both = model != NULL ? g_strdup_printf ("%s %s", model->sha256, model->profile) : NULL;
  g_autofree char *network = both != NULL ? cs_hash_data (both, strlen (both)) : NULL;

  if (g_strcmp0 (self->network, network) == 0)
    {
      g_clear_fd (&fd, NULL);
      return;
    }

  cs_image_set_network (self->image, fd, model != NULL ? model->profile : NULL);
  g_set_str (&self->network, network);
}

static void
load_network (CsWorkshop *self)
{
  g_autoptr (CsCutoutModel) model = NULL;
  int fd;

  if (self->borrowed)
    return;

  fd = cs_cutout_models_open (self->models, &model);
  use_network (self, fd, model);
}

static void
changed (CsWorkshop *self)
{
  load_network (self);
  g_signal_emit (self, signals[MODELS_CHANGED], 0);
}

static DexFuture *
settle_fiber (gpointer data)
{
  CsWorkshop *self = data;
  g_autofree char *before = g_strdup (self->network);
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_cutout_models_check (self->models), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  load_network (self);
  if (g_strcmp0 (before, self->network) != 0)
    g_signal_emit (self, signals[MODELS_CHANGED], 0);

  return dex_future_new_true ();
}

DexFuture *
cs_workshop_settle (CsWorkshop *self)
{
  if (self->settling == NULL)
    self->settling = cs_fiber_spawn_disowned (settle_fiber, g_object_ref (self), g_object_unref);

  return dex_ref (self->settling);
}

static void
cs_workshop_dispose (GObject *object)
{
  CsWorkshop *self = CS_WORKSHOP (object);

  dex_clear (&self->settling);
  g_clear_object (&self->monitor);
  g_clear_object (&self->image);
  g_clear_object (&self->models);
  g_clear_pointer (&self->network, g_free);

  G_OBJECT_CLASS (cs_workshop_parent_class)->dispose (object);
}

static void
cs_workshop_class_init (CsWorkshopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_workshop_dispose;

  signals[MODELS_CHANGED] =
    g_signal_new ("models-changed",
                  CS_TYPE_WORKSHOP,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
list_changed_cb (CsWorkshop       *self,
                 GFile            *file,
                 GFile            *other,
                 GFileMonitorEvent event,
                 GFileMonitor     *monitor)
{
  /* It is put in place whole, by a new name */
  if (event != G_FILE_MONITOR_EVENT_CHANGED && event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    changed (self);
}

/* Another process chose, added or removed one */
void
cs_workshop_watch (CsWorkshop *self)
{
  g_autofree char *path = g_build_filename (cs_cutout_models_get_folder (self->models), "models.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (self->monitor != NULL)
    return;

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (list_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
cs_workshop_init (CsWorkshop *self)
{
  self->image = cs_image_new ();
  self->models = cs_cutout_models_new (NULL);
  load_network (self);
}

CsWorkshop *
cs_workshop_new (void)
{
  return g_object_new (CS_TYPE_WORKSHOP, NULL);
}

CsImage *
cs_workshop_get_image (CsWorkshop *self)
{
  g_return_val_if_fail (CS_IS_WORKSHOP (self), NULL);

  return self->image;
}

char *
cs_workshop_dup_network (CsWorkshop *self)
{
  g_return_val_if_fail (CS_IS_WORKSHOP (self), NULL);

  return g_strdup (self->network);
}

gboolean
cs_workshop_has_model (CsWorkshop *self)
{
  g_return_val_if_fail (CS_IS_WORKSHOP (self), FALSE);

  return self->network != NULL;
}

/* The arguments of what waits */
typedef struct
{
  CsWorkshop *workshop;
  char       *name;
  CsJob      *job;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->workshop);
  g_clear_object (&call->job);
  g_free (call->name);
  g_free (call);
}

static Call *
call_new (CsWorkshop *self,
          const char *name)
{
  Call *call = g_new0 (Call, 1);

  call->workshop = g_object_ref (self);
  call->name = g_strdup (name);

  return call;
}

static DexFuture *
list_fiber (gpointer data)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;

  /* What was touched since the program began is read through, too */
  if (!dex_await (cs_workshop_settle (call->workshop), &error) ||
      !dex_await (cs_cutout_models_check (call->workshop->models), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  load_network (call->workshop);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, cs_cutout_models_list (call->workshop->models));
}

DexFuture *
cs_workshop_list_models (CsWorkshop *self)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));

  return cs_fiber_spawn_disowned (list_fiber, call_new (self, NULL), call_free);
}

/* Tells of it whether or not anyone still waits */
static DexFuture *
came (CsWorkshop    *self,
      CsCutoutModel *model,
      GError        *error)
{
  if (model == NULL)
    return dex_future_new_for_error (error);

  changed (self);

  return dex_future_new_take_boxed (CS_TYPE_CUTOUT_MODEL, model);
}

static DexFuture *
download_fiber (gpointer data)
{
  Call          *call = data;
  GError        *error = NULL;
  CsCutoutModel *model = dex_await_boxed (cs_cutout_models_download (call->workshop->models, call->name, call->job), &error);

  return came (call->workshop, model, error);
}

DexFuture *
cs_workshop_download_model (CsWorkshop *self,
                            const char *id,
                            CsJob      *job)
{
  Call *call;

  dex_return_error_if_fail (CS_IS_WORKSHOP (self));
  dex_return_error_if_fail (id != NULL);

  call = call_new (self, id);
  call->job = job != NULL ? g_object_ref (job) : NULL;

  return cs_fiber_spawn_disowned (download_fiber, call, call_free);
}

static DexFuture *
add_fiber (gpointer data)
{
  Call          *call = data;
  GError        *error = NULL;
  CsCutoutModel *model = dex_await_boxed (cs_cutout_models_add (call->workshop->models, call->workshop->image, call->name), &error);

  return came (call->workshop, model, error);
}

static DexFuture *
borrow_fiber (gpointer data)
{
  Call *call = data;
  CsWorkshop *self = call->workshop;
  g_autoptr (CsCutoutModel) model = NULL;
  g_autoptr (GError) error = NULL;
  int fd;

  if (!(model = dex_await_boxed (cs_cutout_models_try (self->models, self->image, call->name), &error)) ||
      (fd = cs_fd_open (call->name, &error)) == -1)
    return dex_future_new_for_error (g_steal_pointer (&error));

  self->borrowed = TRUE;
  use_network (self, fd, model);

  return dex_future_new_true ();
}

static DexFuture *
spawn_with_file (CsWorkshop  *self,
                 GFile       *file,
                 DexFiberFunc fiber)
{
  if (g_file_peek_path (file) == NULL)
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _ ("This file is not on this computer."));

  return cs_fiber_spawn_disowned (fiber, call_new (self, g_file_peek_path (file)), call_free);
}

DexFuture *
cs_workshop_add_model (CsWorkshop *self,
                       GFile      *file)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));
  dex_return_error_if_fail (G_IS_FILE (file));

  return spawn_with_file (self, file, add_fiber);
}

DexFuture *
cs_workshop_borrow_model (CsWorkshop *self,
                          GFile      *file)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));
  dex_return_error_if_fail (G_IS_FILE (file));

  return spawn_with_file (self, file, borrow_fiber);
}

static DexFuture *
done (CsWorkshop *self,
      GError     *error)
{
  if (error != NULL)
    return dex_future_new_for_error (error);

  changed (self);

  return dex_future_new_true ();
}

static DexFuture *
use_fiber (gpointer data)
{
  Call   *call = data;
  GError *error = NULL;

  if (dex_await (cs_cutout_models_check (call->workshop->models), &error))
    cs_cutout_models_use (call->workshop->models, call->name, &error);

  return done (call->workshop, error);
}

DexFuture *
cs_workshop_use_model (CsWorkshop *self,
                       const char *id)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));

  return cs_fiber_spawn_disowned (use_fiber, call_new (self, id), call_free);
}

static DexFuture *
remove_fiber (gpointer data)
{
  Call   *call = data;
  GError *error = NULL;

  cs_cutout_models_remove (call->workshop->models, call->name, &error);

  return done (call->workshop, error);
}

DexFuture *
cs_workshop_remove_model (CsWorkshop *self,
                          const char *id)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));
  dex_return_error_if_fail (id != NULL);

  return cs_fiber_spawn_disowned (remove_fiber, call_new (self, id), call_free);
}
