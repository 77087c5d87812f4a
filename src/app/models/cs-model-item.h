/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "cs-cutout-model.h"
#include "cs-job.h"

G_BEGIN_DECLS

#define CS_TYPE_MODEL_ITEM (cs_model_item_get_type ())

/**
 * CsModelItem:
 *
 * A network as its row shows it: what is known of it, and what is going on with
 * it. Properties, all to read: title, words, facts, address, sha256,
 * status, fraction, trouble, label, download-label, in-use, not-for-selling,
 * is-loading, can-download, can-use, can-remove.
 */
G_DECLARE_FINAL_TYPE (CsModelItem, cs_model_item, CS, MODEL_ITEM, GObject)

CsModelItem   *cs_model_item_new (CsCutoutModel *model);
CsCutoutModel *cs_model_item_get_model (CsModelItem *self);
const char    *cs_model_item_get_id (CsModelItem *self);
void           cs_model_item_set_model (CsModelItem   *self,
                                        CsCutoutModel *model);
/* The download under way, or NULL */
CsJob         *cs_model_item_get_job (CsModelItem *self);
void           cs_model_item_set_job (CsModelItem *self,
                                      CsJob       *job);
/* Something is being done with it: nothing else can be, until it is done */
void           cs_model_item_set_busy (CsModelItem *self,
                                       gboolean     busy);
/* Why what was wanted last did not come about, or NULL */
void           cs_model_item_set_trouble (CsModelItem *self,
                                          const char  *trouble);

G_END_DECLS
