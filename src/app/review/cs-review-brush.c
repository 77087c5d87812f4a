/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-review-page-private.h"

/* The brush in the place of the two pictures. As long as it is in the hand
 * nothing is decided on: what lies beside it makes room, and the review's keys
 * wait.
 */

gboolean
cs_review_brush_is_on (CsReviewPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pictures), "brush") == 0;
}

static CsPhoto *
get_photo (CsReviewPage *self)
{
  return self->sheet != NULL ? cs_review_sheet_get_photo (self->sheet, cs_picture_pane_get_photo (self->picture)) : NULL;
}

void
cs_review_brush_update (CsReviewPage *self)
{
  gboolean is_on = cs_review_brush_is_on (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.brush", !is_on && cs_picture_pane_is_open (self->picture));
  gtk_widget_set_visible (self->bar, self->sheet != NULL && !is_on);
  gtk_widget_set_visible (self->side, !is_on);
}

static void
show (CsReviewPage *self,
      const char   *name)
{
  gtk_stack_set_visible_child_name (self->pictures, name);
  cs_review_page_update_actions (self);
}

void
cs_review_brush_leave (CsReviewPage *self)
{
  if (cs_review_brush_is_on (self))
    cs_brush_view_cancel (self->brush);
}

static void
brush_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  CsReviewPage *self = CS_REVIEW_PAGE (widget);
  CsPhoto      *photo = get_photo (self);

  if (photo == NULL || cs_review_brush_is_on (self))
    return;

  show (self, "brush");
  self->brushed = photo->id;
  cs_brush_view_open (self->brush, self->desk, cs_review_sheet_get_id (self->sheet), photo);
}

static void
give_focus_back (CsReviewPage *self)
{
  show (self, "pictures");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
brush_cancelled_cb (CsReviewPage *self)
{
  give_focus_back (self);
}

static void
brush_done_cb (CsReviewPage *self,
               const char   *mask)
{
  int photo = self->sheet != NULL ? cs_review_sheet_find_photo (self->sheet, self->brushed) : -1;

  give_focus_back (self);
  if (photo < 0)
    return;

  cs_picture_pane_set_photo (self->picture, photo);
  cs_picture_pane_set_mask (self->picture, mask);
}

void
cs_review_brush_install (GtkWidgetClass *widget_class)
{
  g_type_ensure (CS_TYPE_BRUSH_VIEW);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, pictures);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, brush);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, side);
  gtk_widget_class_bind_template_callback (widget_class, brush_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, brush_cancelled_cb);
  gtk_widget_class_install_action (widget_class, "review.brush", NULL, brush_action);
}
