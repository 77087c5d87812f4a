/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The "focus" of a page whose "grab_focus" gives the keys to its list: Tab goes
 * through all that is in the page, the header first. By itself a navigation page
 * takes Tab as a wish for its "grab_focus", and the header is never come by.
 */
gboolean cs_page_focus (GtkWidget       *page,
                        GtkDirectionType direction);

G_END_DECLS
