/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libdex.h>

#include "cs-desk.h"

G_BEGIN_DECLS

typedef enum
{
  CS_STYLE_PLAIN,
  CS_STYLE_BOLD,
  CS_STYLE_DIM,
  CS_STYLE_ADDED,
  CS_STYLE_REMOVED,
  CS_STYLE_WARNING,
} CsStyle;

/* Both what is typed and what is shown are a terminal's */
gboolean   cs_terminal_has_person (void);
/* Text from elsewhere, without anything that a terminal would obey */
char      *cs_terminal_clean (const char *text);
void       cs_terminal_print (const char *format,
                              ...) G_GNUC_PRINTF (1, 2);
void       cs_terminal_print_styled (CsStyle     style,
                                     const char *text);
/* A text of several lines, each behind indent */
void       cs_terminal_print_text (const char *indent,
                                   CsStyle     style,
                                   const char *text);
/* What changed between two texts, word by word */
void       cs_terminal_print_diff (const char *indent,
                                   const char *before,
                                   const char *after);
/* Takes object; one line */
void       cs_terminal_print_json (JsonObject *object);
/* Shows the prompt and waits for a line. Resolves to it as a string without
 * its end, or to a NULL string at the end of the input; rejects when stopped.
 */
DexFuture *cs_terminal_read_line (const char   *prompt,
                                  GCancellable *stopped) G_GNUC_WARN_UNUSED_RESULT;
/* The same of what is not shown while it is typed */
DexFuture *cs_terminal_read_secret (const char   *prompt,
                                    GCancellable *stopped) G_GNUC_WARN_UNUSED_RESULT;
/* Shows on stderr, where that is a terminal, how far the first of these jobs is */
void       cs_terminal_watch (GListModel *jobs);
/* Before something else is printed */
void       cs_terminal_pause_watch (void);
void       cs_terminal_end_watch (void);

G_END_DECLS
