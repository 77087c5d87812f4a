/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint photo; /* from 1, in the order in which they were sent */
  char *text;
} CsChatAlt;

/**
 * CsChatReply:
 *
 * What a model wrote about a product, read out of whatever it put around it:
 * plain, bounded texts, and nothing else. Members that were not asked for are
 * not looked at, and what it says its texts rest on is not believed: grounding
 * decides.
 */
typedef struct
{
  GPtrArray *titles;      /* (element-type utf8), as it ordered them; no two the same */
  char      *description; /* or NULL */
  GPtrArray *bullets;     /* (element-type utf8) */
  GPtrArray *keywords;
  GPtrArray *alts;        /* (element-type CsChatAlt) */
  GPtrArray *questions;   /* (element-type utf8): what it misses */
  GPtrArray *warnings;
  gboolean   whole;       /* its JSON was closed */
  gboolean   refuses;     /* talks about itself instead */
} CsChatReply;

/* keep_cut: for the eye, while it comes. NULL where there is nothing to read in it. */
CsChatReply *cs_chat_reply_read (const char *content,
                                 gboolean    keep_cut);
void         cs_chat_reply_free (CsChatReply *self);
/* Has it a text or a question? */
gboolean     cs_chat_reply_is_usable (CsChatReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChatReply, cs_chat_reply_free)

G_END_DECLS
