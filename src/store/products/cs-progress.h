/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-db.h"
#include "cs-field.h"
#include "cs-item.h"

G_BEGIN_DECLS

/* What follows from the rest and is stored for speed: the states of items, the
 * stage of a product and what lists show of it. Whoever changes something calls
 * these in the same job.
 */

/* A person changed what would go out, or, with CS_EDIT_FACTS, what engines go by */
typedef enum
{
  CS_EDIT_OUTGOING,
  CS_EDIT_FACTS,
} CsEdit;

gboolean cs_progress_ensure_item (CsDb    *db,
                                  gint64   product,
                                  gint64   photo,
                                  CsField  field,
                                  gint64  *item,
                                  GError **error);
gboolean cs_progress_update_item (CsDb    *db,
                                  gint64   item,
                                  GError **error);
gboolean cs_progress_update_product (CsDb    *db,
                                     gint64   product,
                                     GError **error);
gboolean cs_progress_edit (CsDb    *db,
                           gint64   product,
                           CsEdit   edit,
                           GError **error);
/* In cs-index.c: what is found by searching */
gboolean cs_index_update_product (CsDb    *db,
                                  gint64   product,
                                  GError **error);

CsItemState cs_progress_state_from_name (const char *name);

G_END_DECLS
