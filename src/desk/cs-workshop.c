/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-workshop-private.h"

struct _CsWorkshop
{
  GObject parent_instance;

  CsImage *image;
};

G_DEFINE_FINAL_TYPE (CsWorkshop, cs_workshop, G_TYPE_OBJECT)

enum
{
  MODELS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
cs_workshop_dispose (GObject *object)
{
  CsWorkshop *self = CS_WORKSHOP (object);

  g_clear_object (&self->image);

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
cs_workshop_init (CsWorkshop *self)
{
  self->image = cs_image_new ();
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

  return NULL;
}

gboolean
cs_workshop_has_model (CsWorkshop *self)
{
  g_return_val_if_fail (CS_IS_WORKSHOP (self), FALSE);

  return FALSE;
}

DexFuture *
cs_workshop_list_models (CsWorkshop *self)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_new_with_free_func ((GDestroyNotify) cs_cutout_model_unref));
}

DexFuture *
cs_workshop_download_model (CsWorkshop *self,
                            const char *id,
                            CsJob      *job)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "Networks cannot be downloaded yet.");
}

DexFuture *
cs_workshop_add_model (CsWorkshop *self,
                       GFile      *file)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "Networks cannot be added yet.");
}

DexFuture *
cs_workshop_use_model (CsWorkshop *self,
                       const char *id)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "Networks cannot be chosen yet.");
}

DexFuture *
cs_workshop_remove_model (CsWorkshop *self,
                          const char *id)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "Networks cannot be removed yet.");
}
