/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-desk-private.h"

/* What a suggested picture changed of its photo: shown, and handed out */

DexFuture *
cs_desk_load_changes (CsDesk       *self,
                      CsSuggestion *suggestion,
                      int           max_side)
{
  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (suggestion != NULL);

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "Changes cannot be shown yet.");
}

DexFuture *
cs_desk_export_receipt (CsDesk       *self,
                        CsSuggestion *suggestion,
                        GFile        *folder)
{
  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (suggestion != NULL);
  dex_return_error_if_fail (G_IS_FILE (folder));

  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", "Receipts cannot be exported yet.");
}
