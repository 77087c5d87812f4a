/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-desk-private.h"

/* A photo's mask under the brush, and what the brush came to */

DexFuture *
cs_desk_edit_mask (CsDesk *self,
                   gint64  product,
                   gint64  photo)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "There is no brush yet.");
}

DexFuture *
cs_desk_keep_mask (CsDesk     *self,
                   CsMaskEdit *edit)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "There is no brush yet.");
}
