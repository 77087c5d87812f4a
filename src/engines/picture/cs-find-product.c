/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "cs-error.h"
#include "cs-fd.h"
#include "cs-find-product.h"

gboolean
cs_find_product (CsImage         *image,
                 CsEngineRequest *request,
                 CsEnginePhoto   *photo,
                 GError         **error)
{
  g_autoptr (CsCutout) cutout = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofd int mask = -1;

  if (photo->fd < 0 || photo->mask >= 0 || request->network == NULL)
    return TRUE;

  if (!(cutout = dex_await_boxed (cs_image_cut_out (image, photo->fd, request->mask_side), &reason)) ||
      (mask = cs_fd_from_bytes (cutout->mask, &reason)) == -1)
    {
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }

      g_info ("No cut-out of %s: %s", photo->photo->name, reason->message);
      if (!g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
        cs_engine_photo_set_mask (photo, -1, NULL, FALSE, reason->message);
      return TRUE;
    }

  photo->found = g_bytes_ref (cutout->mask);
  cs_engine_photo_set_mask (photo, g_steal_fd (&mask), cutout->hash, cutout->sure, cutout->sentence);

  return TRUE;
}
