/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-listing.h"
#include "cs-record.h"

G_BEGIN_DECLS

/**
 * CsOutboxState:
 * @CS_OUTBOX_READY: signed, not begun
 * @CS_OUTBOX_SENDING: begun; at start-up, one whose outcome nobody saw
 * @CS_OUTBOX_UNKNOWN: a step's outcome is unknown: looked up before anything else
 * @CS_OUTBOX_WAITING: will be tried again by itself at next_at
 * @CS_OUTBOX_DONE: there, read back, as signed
 * @CS_OUTBOX_DIFFERS: there, but it reads back differently: shown to the person
 * @CS_OUTBOX_FAILED: refused: back to the person
 * @CS_OUTBOX_SIGN_IN: waits for the account
 * @CS_OUTBOX_CONFLICT: a person decides
 * @CS_OUTBOX_VOIDED: edited after it was signed and before it went out
 */
typedef enum
{
  CS_OUTBOX_READY,
  CS_OUTBOX_SENDING,
  CS_OUTBOX_UNKNOWN,
  CS_OUTBOX_WAITING,
  CS_OUTBOX_DONE,
  CS_OUTBOX_DIFFERS,
  CS_OUTBOX_FAILED,
  CS_OUTBOX_SIGN_IN,
  CS_OUTBOX_CONFLICT,
  CS_OUTBOX_VOIDED,
} CsOutboxState;

#define CS_N_OUTBOX_STATES (CS_OUTBOX_VOIDED + 1)

typedef struct
{
  gint64        id;
  gint64        approval;
  gint64        account;
  gint64        product;
  char         *payload; /* hash of what was signed */
  CsOperation   operation;
  CsOutboxState state;
  guint         attempts;
  gint64        next_at; /* seconds since 1970, or 0 */
  char         *remote_id;
  char         *url;     /* where a customer sees it, or NULL */
  char         *message; /* in words: what happened and what to press; or NULL */
  char         *title;
  char         *thumbnail;
  char         *account_name;
  gint64        changed_at; /* microseconds since 1970 */
  gboolean      is_past;    /* a later one of the same product and account has gone through */
  CsOperation   later;      /* what that did */
} CsOutboxEntry;

#define CS_TYPE_OUTBOX_ENTRY (cs_outbox_entry_get_type ())

CS_DECLARE_RECORD (CsOutboxEntry, cs_outbox_entry)

const char *cs_outbox_state_get_name (CsOutboxState state);
const char *cs_outbox_state_get_label (CsOutboxState state);
gboolean    cs_outbox_state_from_name (const char    *name,
                                       CsOutboxState *state);

/* The entry in a word or two, translated: what became of a listing since is part of it */
const char *cs_outbox_entry_get_label (CsOutboxEntry *self);
/* Whether customers see it now: what can be opened, rolled back and withdrawn */
gboolean    cs_outbox_entry_is_there (CsOutboxEntry *self);

/* One step of an entry, journalled: intent before, outcome after */
typedef struct
{
  gint64 id;
  gint64 entry;
  char  *step;    /* "picture.0", "create", "update", "publish", "unpublish", "withdraw"; "look-up", "read-before", "read-back" */
  char  *body;    /* SHA-256 of the request's body */
  char  *outcome; /* NULL while only the intent is written; "done", "refused", "sign-in", "later", "too-early", "unknown", "conflict", "not-sent"; of looking: "found", "not-found" */
  char  *detail;  /* canonical JSON: what the step yielded, for example {"remote_id":"7"} */
  gint64 begun_at; /* microseconds since 1970 */
  gint64 ended_at;
} CsOutboxStep;

#define CS_TYPE_OUTBOX_STEP (cs_outbox_step_get_type ())

CS_DECLARE_RECORD (CsOutboxStep, cs_outbox_step)

G_END_DECLS
