/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Server-sent events out of bytes as they come, cut anywhere: also within a
 * character or between \r and \n. What is not an event stream is no event.
 */
typedef struct _CsEventStream CsEventStream;

CsEventStream *cs_event_stream_new (gsize most); /* bytes that one event may have */
void           cs_event_stream_free (CsEventStream *self);
/* FALSE with CS_ERROR_UNKNOWN where an event is far too long */
gboolean       cs_event_stream_push (CsEventStream *self,
                                     const char    *bytes,
                                     gsize          length,
                                     GError       **error);
/* No more will come: an event without its empty line counts */
void           cs_event_stream_end (CsEventStream *self);
/* The data of the next event, its lines joined by \n, valid UTF-8 (what is not
 * is replaced); NULL where there is none yet
 */
char          *cs_event_stream_pop (CsEventStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsEventStream, cs_event_stream_free)

G_END_DECLS
