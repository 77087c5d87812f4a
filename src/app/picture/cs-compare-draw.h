/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pieces that CsCompareView is drawn with */
void cs_compare_draw_ground (GtkWidget             *widget,
                             GtkSnapshot           *snapshot,
                             const graphene_rect_t *pane);
void cs_compare_draw_badge (GtkWidget             *widget,
                            GtkSnapshot           *snapshot,
                            const graphene_rect_t *pane,
                            const char            *text,
                            gboolean               at_end);
void cs_compare_draw_note (GtkWidget             *widget,
                           GtkSnapshot           *snapshot,
                           const graphene_rect_t *pane,
                           const char            *note);
void cs_compare_draw_handle (GtkWidget             *widget,
                             GtkSnapshot           *snapshot,
                             const graphene_rect_t *pane,
                             double                 x);
void cs_compare_draw_texture (GtkSnapshot           *snapshot,
                              GdkTexture            *texture,
                              const graphene_rect_t *place,
                              double                 degrees);

G_END_DECLS
