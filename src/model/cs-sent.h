/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "cs-record.h"

G_BEGIN_DECLS

typedef enum
{
  CS_SENT_IN_FLIGHT, /* the intent is on disk; nobody knows yet what became of it */
  CS_SENT_ANSWERED,
  CS_SENT_FAILED,    /* an answer without anything to use; booked as what the reply says it cost */
  CS_SENT_LOST,      /* the program or the connection ended before the answer came: booked as estimated */
  CS_SENT_REFUSED,   /* it never left, or was refused before any work: costs nothing */
} CsSentState;

/* One request that went, or was about to go, to a model: the list of everything ever sent */
typedef struct
{
  gint64      id;
  char       *engine;   /* id of the CsEngineSetup */
  char       *title;    /* its title then */
  char       *address;  /* where it went */
  char       *model;
  gint64      product;
  char       *key;      /* SHA-256 over everything that went into it: what is the same is not paid for twice */
  CsSentState state;
  gint64      made_at;  /* seconds since 1970 */
  gint64      ended_at; /* or 0 */
  gint64      bytes;    /* of the body */
  guint       pictures; /* that went along */
  gint64      input;    /* tokens */
  gint64      output;
  gboolean    estimated; /* the reply did not say how many */
  gint64      cost;     /* micros, or CS_PRICE_UNKNOWN */
  char        currency[4];
  char       *message;  /* why it failed, in words; or NULL */
  guint       n_suggestions;
  guint       n_accepted; /* of those, by a person, as they were or edited */
} CsSent;

#define CS_TYPE_SENT (cs_sent_get_type ())

CS_DECLARE_RECORD (CsSent, cs_sent)

const char *cs_sent_state_get_name (CsSentState state);
const char *cs_sent_state_get_label (CsSentState state);
gboolean    cs_sent_state_from_name (const char  *name,
                                     CsSentState *state);

G_END_DECLS
