/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "cs-engine.h"

static void
cs_engine_photo_free (CsEnginePhoto *self)
{
  g_clear_pointer (&self->photo, cs_photo_unref);
  g_clear_fd (&self->fd, NULL);
  g_clear_fd (&self->mask, NULL);
  g_clear_fd (&self->backdrop, NULL);
  g_clear_pointer (&self->found, g_bytes_unref);
  g_clear_pointer (&self->painted, g_bytes_unref);
  g_free (self->reading);
  g_free (self->settings);
  g_free (self->mask_hash);
  g_free (self->sentence);
  g_free (self->trouble);
  g_free (self);
}

static void
cs_engine_request_clear (CsEngineRequest *self)
{
  g_clear_pointer (&self->product, cs_product_unref);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_free (self->network);
  g_free (self->standard);
  g_clear_pointer (&self->hand, cs_hand_unref);
  g_clear_object (&self->drafting);
}

CS_DEFINE_RECORD (CsEngineRequest, cs_engine_request)

/**
 * cs_engine_request_take_photo:
 * @photo: (transfer none)
 * @fd: (transfer full): the original, or -1 where it cannot be opened
 * @reading: (transfer full) (nullable)
 * @settings: (transfer full) (nullable)
 *
 * Returns: (transfer none): what it became, to say more about it
 */
CsEnginePhoto *
cs_engine_request_take_photo (CsEngineRequest *self,
                              CsPhoto         *photo,
                              int              fd,
                              char            *reading,
                              char            *settings)
{
  CsEnginePhoto *taken = g_new0 (CsEnginePhoto, 1);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (photo != NULL, NULL);

  if (self->photos == NULL)
    self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_engine_photo_free);

  taken->photo = cs_photo_ref (photo);
  taken->fd = fd;
  taken->reading = reading;
  taken->settings = settings;
  taken->wanted = TRUE;
  taken->mask = -1;
  taken->backdrop = -1;
  g_ptr_array_add (self->photos, taken);

  return taken;
}

void
cs_engine_photo_set_mask (CsEnginePhoto *self,
                          int            mask,
                          const char    *hash,
                          gboolean       sure,
                          const char    *sentence)
{
  g_return_if_fail (self != NULL);

  g_clear_fd (&self->mask, NULL);
  self->mask = mask;
  self->sure = sure;
  g_set_str (&self->mask_hash, hash);
  g_set_str (&self->sentence, sentence);
}

G_DEFINE_ABSTRACT_TYPE (CsEngine, cs_engine, G_TYPE_OBJECT)

static void
cs_engine_class_init (CsEngineClass *klass)
{
}

static void
cs_engine_init (CsEngine *self)
{
}

const char *
cs_engine_get_id (CsEngine *self)
{
  g_return_val_if_fail (CS_IS_ENGINE (self), NULL);

  return CS_ENGINE_GET_CLASS (self)->get_id (self);
}

const char *
cs_engine_get_title (CsEngine *self)
{
  g_return_val_if_fail (CS_IS_ENGINE (self), NULL);

  return CS_ENGINE_GET_CLASS (self)->get_title (self);
}

char *
cs_engine_dup_input (CsEngine        *self,
                     CsEngineRequest *request)
{
  g_return_val_if_fail (CS_IS_ENGINE (self), NULL);
  g_return_val_if_fail (request != NULL && request->product != NULL, NULL);

  return CS_ENGINE_GET_CLASS (self)->dup_input (self, request);
}

DexFuture *
cs_engine_suggest (CsEngine        *self,
                   CsEngineRequest *request,
                   GCancellable    *cancellable)
{
  dex_return_error_if_fail (CS_IS_ENGINE (self));
  dex_return_error_if_fail (request != NULL && request->product != NULL);

  return CS_ENGINE_GET_CLASS (self)->suggest (self, request, cancellable);
}
