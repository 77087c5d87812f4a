/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-row-item.h"

G_BEGIN_DECLS

#define CS_TYPE_ID_LIST (cs_id_list_get_type ())

/**
 * CsIdList:
 *
 * A #GListModel that is a window on the database: it holds the ordered ids and
 * nothing else. An item is made when a view asks for it, empty, and fills
 * itself with the others that were asked for at the same time. Of the items
 * only the last ones used are kept.
 *
 * It also keeps which products are marked (a checkbox), by id, so that marks
 * outlive the items. Signal "marks-changed".
 */
G_DECLARE_FINAL_TYPE (CsIdList, cs_id_list, CS, ID_LIST, GObject)

/* Resolves to a #GPtrArray of CsProductRow for the ids that are still there */
typedef DexFuture *(*CsIdListFetch) (gpointer      source,
                                     const gint64 *ids,
                                     guint         n_ids);
/* Adds to an item what the page knows of it */
typedef void (*CsIdListDress) (CsRowItem *item,
                               gpointer   data);

CsIdList *cs_id_list_new (CsDesk *desk);
CsIdList *cs_id_list_new_full (CsDesk       *desk,
                               CsIdListFetch fetch,
                               gpointer      source);
void      cs_id_list_set_dress (CsIdList     *self,
                                CsIdListDress dress,
                                gpointer      data);
/* ids: (element-type gint64); positions, selection and scrolling of what stays are kept */
void     cs_id_list_set_ids (CsIdList *self,
                             GArray   *ids);
/* The answer to another question: all rows come anew, in one change. Finding
 * out which of 100,000 stay would take longer than showing them.
 */
void     cs_id_list_replace_ids (CsIdList *self,
                                 GArray   *ids);
GArray  *cs_id_list_get_ids (CsIdList *self);
gboolean cs_id_list_find (CsIdList *self,
                          gint64    id,
                          guint    *position);
/* The item of an id if there is one just now, borrowed */
CsRowItem *cs_id_list_peek (CsIdList *self,
                            gint64    id);
/* Reads a row anew where it is shown; id 0 for all that are shown */
void cs_id_list_refresh (CsIdList *self,
                         gint64    id);

/* ids: (element-type gint64) */
void  cs_id_list_mark (CsIdList *self,
                       GArray   *ids,
                       gboolean  marked);
void  cs_id_list_mark_all (CsIdList *self,
                           gboolean  marked);
guint cs_id_list_get_n_marked (CsIdList *self);
/* (element-type gint64), in the list's order */
GArray *cs_id_list_dup_marked (CsIdList *self);
void    cs_id_list_set_marked (CsIdList *self,
                               gint64    id,
                               gboolean  marked);

G_END_DECLS
