/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-page-focus.h"

gboolean
cs_page_focus (GtkWidget       *page,
               GtkDirectionType direction)
{
  GtkWidget *child;

  g_return_val_if_fail (ADW_IS_NAVIGATION_PAGE (page), FALSE);

  child = adw_navigation_page_get_child (ADW_NAVIGATION_PAGE (page));

  return child != NULL && gtk_widget_child_focus (child, direction);
}
