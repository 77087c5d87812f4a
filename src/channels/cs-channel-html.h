/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A seller writes plain text and a shop shows HTML; what is typed stays what is
 * shown, also where it looks like markup.
 */
/* In a line of HTML */
char  *cs_channel_html_escape (const char *text);
/* Paragraphs at empty lines, breaks at the others; "" for NULL */
char  *cs_channel_html_from_text (const char *text);
/* As <ul>; "" for none */
char  *cs_channel_html_from_list (char **lines);
/* What a person reads of it. What is malformed reads as something, never as an error. */
char  *cs_channel_html_to_text (const char *html);
/* The entries of its lists, or its lines where it has none */
char **cs_channel_html_to_list (const char *html);
/* The same words in the same order: entities, tags, white space and typographic
 * quotes, which shops put in by themselves, are no difference.
 */
gboolean cs_channel_html_is_same (const char *text,
                                  const char *html);

G_END_DECLS
