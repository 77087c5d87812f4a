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
/* Does it ask for what no model needs to know, or send somebody elsewhere? What a
 * seller answers to a question may go to a model.
 */
gboolean cs_chat_is_lure (const char *text);

/* Tokens that it comes to, about, in tenths */
gint64   cs_chat_count_tenths (const char *text);

G_END_DECLS
