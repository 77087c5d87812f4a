/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-workshop-private.h"

/* One picture, made from a file without a library */

static void
cs_made_picture_clear (CsMadePicture *self)
{
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->mask, g_bytes_unref);
  g_free (self->extension);
  g_free (self->receipt);
  g_strfreev (self->words);
  g_free (self->finding);
}

CS_DEFINE_RECORD (CsMadePicture, cs_made_picture)

DexFuture *
cs_workshop_make_picture (CsWorkshop *self,
                          GFile      *file,
                          const char *settings,
                          gboolean    with_mask)
{
  dex_return_error_if_fail (CS_IS_WORKSHOP (self));
  dex_return_error_if_fail (G_IS_FILE (file));

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "Pictures cannot be made from files yet.");
}

char *
cs_workshop_change_settings (const char *settings,
                             const char *assignment,
                             GError    **error)
{
  CsPictureSettings parsed = CS_PICTURE_SETTINGS_DEFAULT;
  const char       *value = strchr (assignment, '=');
  g_autofree char  *name = value != NULL ? g_strndup (assignment, value - assignment) : NULL;

  if ((settings != NULL && !cs_picture_settings_from_json (&parsed, settings)))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, _ ("These picture settings cannot be read."));
      return NULL;
    }

  if (name == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("“%s” is no setting. Write it as NAME=VALUE, for example “air=0.5”."), assignment);
      return NULL;
    }

  if (!cs_picture_settings_set (&parsed, name, value + 1, error))
    return NULL;

  return cs_picture_settings_to_json (&parsed);
}
