/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-chat-profile.h"
#include "cs-chat-prompt.h"

G_BEGIN_DECLS

/* What one request asks */
typedef struct
{
  const char         *model;
  const CsChatPrompt *prompt;
  GPtrArray          *pictures; /* (element-type GBytes): JPEG files, or NULL */
  const char         *bad;      /* an answer that could not be read, to be sent once more; or NULL */
  const char         *repair;   /* what is said to it */
  gint64              output;   /* tokens that the answer may have */
  gboolean            free_form; /* by words alone, whatever the profile says */
} CsChatQuestion;

/* The body of a request to …/chat/completions, as canonical JSON: the same question
 * is the same body.
 */
GBytes *cs_chat_body_make (CsChatProfile        *profile,
                           const CsChatQuestion *question);
/* Tokens that it comes to, rather too many than too few; sizes: of pictures, width
 * times height each (element-type gint64), or NULL
 */
gint64  cs_chat_body_estimate (CsChatProfile        *profile,
                               const CsChatQuestion *question,
                               GArray               *sizes);
/* SHA-256 over everything that goes into the answer */
char   *cs_chat_body_dup_key (const char *address,
                              GBytes     *body);

G_END_DECLS
