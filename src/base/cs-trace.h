/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the program does, on stderr, for the topics named in CS_DEBUG
 * (comma-separated, or "all"; "help" lists them). Never a secret, a body or a
 * person's text.
 */
#define CS_TRACE_CHANNEL "channel" /* each request to a shop and what came back */
#define CS_TRACE_STORE   "store"   /* what SQLite says when the library fails it */
#define CS_TRACE_SYNC    "sync"    /* what the publisher decides */

/* Answers CS_DEBUG=help at the start, before there is anything to trace */
void     cs_trace_init (void);
gboolean cs_trace_is_on (const char *topic);
void     cs_trace (const char *topic,
                   const char *format,
                   ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
