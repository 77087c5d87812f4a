/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CsChatFault:
 *
 * What a provider says went wrong, out of any of the shapes that they use: an
 * object in "error", a string there, an array of them, code and message at the
 * top, "detail" of a validator, a page of HTML, nothing at all; with a status,
 * inside a 200, or in mid-stream. Its texts are from outside: they are shown in
 * quotation marks, bounded and plain, and never obeyed.
 */
typedef struct
{
  guint  status;  /* HTTP; 0 where it came in a stream */
  char  *code;    /* "1113", "insufficient_quota", or NULL */
  char  *type;
  char  *param;
  char  *message; /* plain, at most 300 characters; or NULL */
  gint64 patience; /* microseconds to wait, as Retry-After says; 0 where it does not */
} CsChatFault;

/* Who must act */
typedef enum
{
  CS_CHAT_FAULT_PARAMETER, /* something in the request is not wanted here: can be left out */
  CS_CHAT_FAULT_TOO_LONG,  /* more than the model reads at once */
  CS_CHAT_FAULT_MODEL,     /* there is no such model */
  CS_CHAT_FAULT_KEY,
  CS_CHAT_FAULT_MONEY,
  CS_CHAT_FAULT_CONTENT,   /* its rules keep it from answering */
  CS_CHAT_FAULT_BUSY,      /* later */
  CS_CHAT_FAULT_OTHER,     /* the request is wrong, nobody knows why */
} CsChatFaultKind;

CsChatFault    *cs_chat_fault_new (guint       status,
                                   const char *body,
                                   gssize      length);
/* Of something that may just as well be an answer: NULL where it is no error */
CsChatFault    *cs_chat_fault_find (JsonNode *node);
void            cs_chat_fault_free (CsChatFault *self);
/* A text by whoever knows the key, without it */
char           *cs_chat_dup_without (const char *text,
                                     const char *secret);
void            cs_chat_fault_hide (CsChatFault *self,
                                    const char  *secret);
CsChatFaultKind cs_chat_fault_get_kind (const CsChatFault *self);
/* Does any of its texts contain the word? Without regard to case. */
gboolean        cs_chat_fault_names (const CsChatFault *self,
                                     const char        *word);
/* CsError by who must act, with a sentence that names the provider and what to do */
GError         *cs_chat_fault_to_error (const CsChatFault *self,
                                        const char        *provider,
                                        const char        *model);

/* What stands in a request's head for a key, as it was pasted: without blanks and line
 * ends. NULL where there is none.
 */
char           *cs_chat_dup_bearer (const char *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChatFault, cs_chat_fault_free)

G_END_DECLS
