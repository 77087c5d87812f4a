/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-review-page-private.h"

#define ZOOM_STEP 1.5

static void
photo_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  cs_picture_pane_step (CS_REVIEW_PAGE (widget)->picture, g_variant_get_int32 (parameter));
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  double factor = 0;

  if (g_str_equal (name, "review.zoom-in"))
    factor = ZOOM_STEP;
  else if (g_str_equal (name, "review.zoom-out"))
    factor = 1 / ZOOM_STEP;
  cs_picture_pane_zoom (CS_REVIEW_PAGE (widget)->picture, factor);
}

static void
same_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CsPicturePane *picture = CS_REVIEW_PAGE (widget)->picture;

  if (g_str_equal (name, "review.same-on-all"))
    cs_picture_pane_same_on_all (picture);
  else
    cs_picture_pane_same_as_last (picture);
}

void
cs_review_pictures_update (CsReviewPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint      n = self->sheet != NULL ? cs_review_sheet_get_n_photos (self->sheet) : 0;
  gboolean   is_open = cs_picture_pane_is_open (self->picture);

  gtk_widget_action_set_enabled (widget, "review.photo", n > 1);
  gtk_widget_action_set_enabled (widget, "review.same-on-all", is_open && n > 1);
  gtk_widget_action_set_enabled (widget, "review.same-as-last", is_open);
}

void
cs_review_pictures_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "review.photo", "i", photo_action);
  gtk_widget_class_install_action (widget_class, "review.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "review.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "review.zoom-fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "review.same-on-all", NULL, same_action);
  gtk_widget_class_install_action (widget_class, "review.same-as-last", NULL, same_action);
}
