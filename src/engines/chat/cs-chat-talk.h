/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-chat-body.h"
#include "cs-chat-reply.h"
#include "cs-drafting.h"
#include "cs-model-engine.h"

G_BEGIN_DECLS

/**
 * CsChatTalk:
 *
 * Asking one question until there is an answer: through the meter each time,
 * with patience where the provider is busy, without what it refuses, once more
 * where what it wrote cannot be read. All of it is awaited by the fiber that
 * calls; what was begun with the meter is ended in every path. Main thread.
 */
typedef struct
{
  CsModelEngine *engine;
  CsChatProfile *profile;
  CsEngineRequest *request;   /* NULL where only_try */
  CsEvidence    *facts;
  CsChatPrompt  *prompt;
  GPtrArray     *pictures;    /* (element-type GBytes), or NULL */
  GPtrArray     *hashes;      /* (element-type utf8): of the photos that they are */
  GArray        *sizes;       /* (element-type gint64): pixels */
  guint          n_photos;    /* of them, that go along: fewer once some were refused */
  gint64         product;
  CsDrafting    *drafting;    /* or NULL */
  GArray        *photos;      /* (element-type gint64): ids, for drafting */
  DexFuture     *stopped;     /* rejects when it is to stop, or NULL */
  guint          pace;        /* milliseconds that the first wait takes */
  gboolean       only_try;    /* any answer will do, and none is kept */
  gint64         output;      /* tokens that it may have; 0 for the profile's */
} CsChatTalk;

/* An answer as it is kept */
typedef struct
{
  GBytes *kept; /* canonical JSON, see CsChatEngine */
  gint64  sent;
} CsChatAnswer;

CsChatTalk *cs_chat_talk_new (CsModelEngine *engine);
void        cs_chat_talk_free (CsChatTalk *self);
/* Fills in answer; FALSE with a sentence by who must act */
gboolean    cs_chat_talk_run (CsChatTalk   *self,
                              CsChatAnswer *answer,
                              GError      **error);
/* So many of the pictures go along; the words say so, too */
void        cs_chat_talk_set_photos (CsChatTalk *self,
                                     guint       n_photos);
/* The body that would go first, and what it comes to */
GBytes     *cs_chat_talk_make_body (CsChatTalk *self,
                                    CsSending  *sending);
void        cs_chat_answer_clear (CsChatAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChatTalk, cs_chat_talk_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsChatAnswer, cs_chat_answer_clear)

/* What is kept: its members, or NULL and -1 where it is none */
char       *cs_chat_kept_dup_content (GBytes *kept);

G_END_DECLS
