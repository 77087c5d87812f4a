/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-desk-private.h"

/* Pictures under a hand that is trying things out, and several at once */

CsWorkshop *
cs_desk_get_workshop (CsDesk *self)
{
  g_return_val_if_fail (CS_IS_DESK (self), NULL);

  return self->workshop;
}

DexFuture *
cs_desk_preview_picture (CsDesk     *self,
                         gint64      product,
                         gint64      photo,
                         const char *settings,
                         int         max_side)
{
  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (settings != NULL);

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "There is no preview yet.");
}

DexFuture *
cs_desk_suggest_pictures (CsDesk     *self,
                          gint64      product,
                          const char *settings)
{
  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (settings != NULL);

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "This cannot be done for all photos yet.");
}

DexFuture *
cs_desk_get_last_picture_settings (CsDesk *self)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_fiber_refuse (CS_ERROR_NOT_FOUND, "%s", "No picture was accepted yet.");
}

DexFuture *
cs_desk_keep_backdrop (CsDesk *self,
                       GFile  *file)
{
  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (G_IS_FILE (file));

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "There are no backgrounds of one's own yet.");
}
