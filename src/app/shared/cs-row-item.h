/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_ROW_ITEM (cs_row_item_get_type ())

/**
 * CsRowItem:
 *
 * A product in a list: at first its id alone, then what a CsProductRow says.
 * Properties, all in words for a view: id, loaded, title, thumbnail, pill (the
 * stage), pill-classes, pictures, count (of them), price, message, label (for a screen reader),
 * marked (its checkbox), finding, finding-classes, held and mend (what the Ready page found, and its button).
 */
G_DECLARE_FINAL_TYPE (CsRowItem, cs_row_item, CS, ROW_ITEM, GObject)

typedef void (*CsRowItemMarkFunc) (gint64   id,
                                   gboolean marked,
                                   gpointer data);

CsRowItem    *cs_row_item_new (CsDesk *desk,
                               gint64  id);
gint64        cs_row_item_get_id (CsRowItem *self);
CsProductRow *cs_row_item_get_row (CsRowItem *self);
void          cs_row_item_set_row (CsRowItem    *self,
                                   CsProductRow *row);
void          cs_row_item_set_finding (CsRowItem  *self,
                                       const char *finding,
                                       const char *style,
                                       const char *mend);
gboolean      cs_row_item_get_marked (CsRowItem *self);
void          cs_row_item_set_marked (CsRowItem *self,
                                      gboolean   marked);
/* Who is told when a person changes the mark */
void cs_row_item_set_mark_func (CsRowItem        *self,
                                CsRowItemMarkFunc func,
                                gpointer          data);

G_END_DECLS
