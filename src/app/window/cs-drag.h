/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is dragged within the window: a kind and an id. It goes as a #GVariant,
 * which no other program offers or takes.
 */
#define CS_DRAG_PRODUCT "product"
#define CS_DRAG_PHOTO   "photo"

GdkContentProvider *cs_drag_provide (const char *kind,
                                     gint64      id);
gboolean            cs_drag_read (const GValue *value,
                                  const char   *kind,
                                  gint64       *id);

G_END_DECLS
