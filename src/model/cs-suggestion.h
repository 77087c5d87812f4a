/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "cs-evidence.h"
#include "cs-field.h"
#include "cs-record.h"

G_BEGIN_DECLS

/**
 * CsSuggestion:
 *
 * What an engine proposes for one item: data, never an instruction. It is
 * frozen once stored; running an engine again stores new ones and marks the
 * pending old ones superseded.
 *
 * A question (is_question) stands where a suggestion would: its text asks the
 * seller for what is missing, and it cannot be accepted.
 */
typedef struct
{
  gint64      id;
  gint64      product;
  gint64      photo;   /* ALT_TEXT and PICTURE, else 0 */
  CsField     field;
  char       *engine;  /* "text", "picture", or the id of a CsEngineSetup */
  int         variant; /* from 1 */
  gboolean    is_question;
  char       *text;     /* for PICTURE: what was done, in words */
  char       *language; /* "en", "zh" */
  CsEvidence *evidence; /* or NULL */
  char      **remarks;  /* what was done and why, in words: one sentence each */
  char       *picture;  /* PICTURE: hash of the suggested picture's blob */
  GBytes     *picture_bytes; /* PICTURE: the file itself on its way from the engine to the store, else NULL */
  char       *settings; /* PICTURE: the recipe as JSON, see CsPictureSettings; else NULL */
  char       *receipt;  /* PICTURE: what it changed of the photo, measured: JSON, see CsReceipt; else NULL */
  char       *mask;     /* PICTURE: hash of the mask that it was made with, or NULL */
  gboolean    abstains; /* PICTURE: no mask could be right, the original stands as the suggestion: look here first */
  char       *hash;     /* SHA-256 over all that is shown of it: a decision passes it back */
  char       *input;    /* SHA-256 over all that went into it: same input, same suggestion */
  gint64      made_at;
  gint64      sent;     /* the CsSent that it came with, or 0 */
  char       *cost;     /* its share of what that cost, as in cs_price_to_display(), or NULL; of the ledger, not of its hash */
} CsSuggestion;

#define CS_TYPE_SUGGESTION (cs_suggestion_get_type ())

CS_DECLARE_RECORD (CsSuggestion, cs_suggestion)

void     cs_suggestion_seal (CsSuggestion *self);
gboolean cs_suggestion_is_grounded (CsSuggestion *self);

G_END_DECLS
