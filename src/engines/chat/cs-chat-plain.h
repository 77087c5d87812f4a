/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text by a model as a plain one: markup of HTML and Markdown, control,
 * direction and invisible characters, and marks that are piled up taken out.
 * "" where nothing is left.
 */
char    *cs_chat_plain (const char *text,
                        gboolean    keep_lines);
/* Does it talk about itself, or refuse, instead of about a product? */
gboolean cs_chat_is_meta (const char *text);

G_END_DECLS
