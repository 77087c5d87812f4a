/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-edit-profile.h"

G_BEGIN_DECLS

/* What a model is asked for: one scene around one product */
typedef struct
{
  const CsEditProfile *profile;
  char                *address; /* base address */
  char                *model;
  char                *prompt;
  GBytes              *picture; /* JPEG; NULL in an order that only tries the door */
  GBytes              *mask;    /* PNG, alpha 0 where may be painted; or NULL */
  int                  width;
  int                  height;
  gboolean             watermark; /* the provider's own visible mark */
} CsEditOrder;

void  cs_edit_order_clear (CsEditOrder *self);
/* Over everything that goes into the reply */
char *cs_edit_order_dup_key (const CsEditOrder *self);
/* "data:image/jpeg;base64,…" */
char *cs_edit_order_dup_data_address (GBytes     *file,
                                      const char *mime);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsEditOrder, cs_edit_order_clear)

G_END_DECLS
