/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "cs-chat-fault.h"

G_BEGIN_DECLS

/**
 * CsChatStream:
 *
 * The body of an answer, as it comes, cut anywhere: an event stream of chunks, or
 * one JSON object where the server does not stream, or an error in any shape,
 * whatever its content type says. What a model thinks aloud is left out. Bounded.
 */
typedef struct _CsChatStream CsChatStream;

/* Why it ended, where nobody read on: it was more than was reckoned with */
#define CS_CHAT_FINISH_LONG "long"

CsChatStream *cs_chat_stream_new (void);
void          cs_chat_stream_free (CsChatStream *self);
/* Where more than that many tokens are streamed, thoughts and all, it ends there: a
 * server that was not told a limit, or keeps none, has one, too
 */
void          cs_chat_stream_set_most (CsChatStream *self,
                                       gint64        tokens);
/* Goes on where it can; FALSE once nothing more is wanted: it is complete, at fault or too long */
gboolean      cs_chat_stream_push (CsChatStream *self,
                                   const char   *bytes,
                                   gsize         length);
/* No more will come */
void          cs_chat_stream_end (CsChatStream *self);
/* What the model wrote so far, valid UTF-8 */
const char   *cs_chat_stream_get_content (CsChatStream *self);
gsize         cs_chat_stream_get_length (CsChatStream *self);
/* Bytes of all that it wrote, thoughts and all: they are paid for */
gsize         cs_chat_stream_get_written (CsChatStream *self);
/* Why it ended: "stop", "length", "content_filter", …; or NULL where it did not say */
const char   *cs_chat_stream_get_finish (CsChatStream *self);
/* The model said that it was done */
gboolean      cs_chat_stream_is_complete (CsChatStream *self);
/* Tokens, -1 where it did not say */
gint64        cs_chat_stream_get_input (CsChatStream *self);
gint64        cs_chat_stream_get_output (CsChatStream *self);
/* (transfer none): an error that came in it, or NULL */
const CsChatFault *cs_chat_stream_get_fault (CsChatStream *self);
/* It is no answer of a model server: a page, or nothing that can be read */
gboolean      cs_chat_stream_is_foreign (CsChatStream *self);
/* And a page for people: no model was asked */
gboolean      cs_chat_stream_is_page (CsChatStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChatStream, cs_chat_stream_free)

G_END_DECLS
