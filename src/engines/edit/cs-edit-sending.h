/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-edit-dialect.h"
#include "cs-edit-reply.h"
#include "cs-model-engine.h"

G_BEGIN_DECLS

/* One order on its way: through the meter, sent, waited for, fetched, kept. Waits,
 * so for fibers only.
 */
typedef struct
{
  const CsModelParts *parts;
  const CsEditOrder  *order;
  gint64              product;
  CsEditReply         about; /* all but the picture: what is kept beside it */
  GCancellable       *cancellable;

  gint64  sent;  /* out: id of the CsSent */
  GBytes *reply; /* out: as it is kept */
} CsEditSending;

gboolean cs_edit_sending_run (CsEditSending *self,
                              GError       **error);
/* Without a picture, so that nothing is painted: whether address, key and model work */
gboolean cs_edit_sending_try (CsEditSending *self,
                              GError       **error);
/* Whether what a reply points to may be fetched; NULL, or the address to fetch it from */
char    *cs_edit_sending_check_address (const CsEditOrder *order,
                                        const char        *address);

G_END_DECLS
