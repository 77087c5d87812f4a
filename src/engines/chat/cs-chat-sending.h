/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-chat-stream.h"
#include "cs-chat-talk.h"

G_BEGIN_DECLS

/* One request that was sent, and what became of it. Private to cs-chat-talk.c. */
typedef struct
{
  CsSentState   state;   /* what the meter is told */
  CsChatStream *stream;  /* what came, or NULL */
  CsChatFault  *fault;   /* what the provider said went wrong, or NULL */
  GError       *error;   /* why there is no answer; NULL where there is */
  gboolean      again;   /* asking the very same once more may help */
  gboolean      stopped;
} CsChatSending;

/* Awaited by the fiber that calls. A permit that comes after it was stopped is given back. */
CsPermit      *cs_chat_sending_await_permit (CsMeter         *meter,
                                             const CsSending *sending,
                                             DexFuture       *stopped,
                                             GError         **error);
/* Sends body, and reads what comes until it is complete, broken, stopped, or far more
 * than output tokens
 */
CsChatSending *cs_chat_sending_run (CsChatTalk *talk,
                                    GBytes     *body,
                                    gint64      output);
void           cs_chat_sending_free (CsChatSending *self);
/* FALSE where it was stopped meanwhile */
gboolean       cs_chat_sending_sleep (gint64     usec,
                                      DexFuture *stopped,
                                      GError   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChatSending, cs_chat_sending_free)

G_END_DECLS
