/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-edit-engine.h"
#include "cs-edit-order.h"
#include "cs-hash.h"

void
cs_edit_order_clear (CsEditOrder *self)
{
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->prompt, g_free);
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->mask, g_bytes_unref);
}

char *
cs_edit_order_dup_key (const CsEditOrder *self)
{
  g_autofree char *picture = self->picture != NULL ? cs_hash_bytes (self->picture) : g_strdup ("");
  g_autofree char *mask = self->mask != NULL ? cs_hash_bytes (self->mask) : g_strdup ("");
  g_autofree char *all = g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n%d %d %d\n%s\n%s\n%s", CS_EDIT_ENGINE_VERSION,
                                          self->profile->dialect, self->address, self->model,
                                          self->profile->quality != NULL ? self->profile->quality : "",
                                          self->width, self->height, self->watermark != FALSE, picture, mask, self->prompt);

  return cs_hash_data (all, strlen (all));
}

char *
cs_edit_order_dup_data_address (GBytes     *file,
                                const char *mime)
{
  gsize            length;
  const guint8    *data = g_bytes_get_data (file, &length);
  g_autofree char *coded = g_base64_encode (data, length);

  return g_strconcat ("data:", mime, ";base64,", coded, NULL);
}
