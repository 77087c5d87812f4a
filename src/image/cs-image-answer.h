/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-image.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* What a helper answered, checked and turned into what the request resolves to.
 * FALSE where it makes no sense: nothing that a helper says is believed.
 */
gboolean cs_image_answer_resolve (DexPromise          *promise,
                                  const CsWireRequest *request,
                                  const CsWireAnswer  *answer,
                                  GBytes              *bytes);
/* Receipts between the wire and JSON; FALSE where @json is none */
char    *cs_image_receipt_to_json (const CsWireReceipt *receipt,
                                   const CsWireRequest *request,
                                   const char          *picture);
gboolean cs_image_receipt_from_json (CsWireReceipt *receipt,
                                     const char    *json);

G_END_DECLS
