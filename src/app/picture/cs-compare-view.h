/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-compare-geometry.h"

G_BEGIN_DECLS

#define CS_TYPE_COMPARE_VIEW (cs_compare_view_get_type ())

/**
 * CsCompareView:
 *
 * Draws a picture and what is suggested in its place, with zoom and position
 * locked between the two by how the one lies in the other: over each other, the
 * product is in the same place.
 * Properties: original, suggestion, changes (GdkTexture; the last a map that is
 * laid over the suggestion), mode (CsCompareMode as guint), note (stands where there is no suggestion), scroll-zooms, zoom, wanted-side
 * (pixels on the longer side that it takes to be sharp at this size and zoom).
 * Emits "panes-moved" when the pictures have other places.
 */
G_DECLARE_FINAL_TYPE (CsCompareView, cs_compare_view, CS, COMPARE_VIEW, GtkWidget)

void   cs_compare_view_set_swapped (CsCompareView *self,
                                    gboolean       swapped);
void   cs_compare_view_set_marked (CsCompareView *self,
                                   gboolean       marked);
void   cs_compare_view_set_lie (CsCompareView      *self,
                                const CsCompareLie *lie);
void   cs_compare_view_get_suggestion_pane (CsCompareView   *self,
                                            graphene_rect_t *pane);
void   cs_compare_view_zoom (CsCompareView *self,
                             double         factor);
void   cs_compare_view_reset (CsCompareView *self);
int    cs_compare_view_get_wanted_side (CsCompareView *self);
double cs_compare_view_get_zoom (CsCompareView *self);

G_END_DECLS
