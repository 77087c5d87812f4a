/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One edit of a list of ids: at position, removed ids go and added ids come,
 * which stand at the same position of the new list. Edits are applied front to
 * back, each to what the earlier ones left.
 */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} CsListEdit;

GArray *cs_list_edit_compute (const gint64 *before,
                              guint         n_before,
                              const gint64 *after,
                              guint         n_after);

G_END_DECLS
