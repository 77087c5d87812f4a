/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "cs-field.h"
#include "cs-record.h"

G_BEGIN_DECLS

/* A decision of the seller's: what was suggested and what came of it */
typedef struct
{
  gint64  product;
  CsField field;
  char   *kind;      /* what the product is called: its category or title ("basket", "手工竹编果篮"), or NULL */
  char   *brand;     /* as the seller filled it in, or NULL */
  char   *language;
  char   *suggested; /* or NULL */
  char   *decided;   /* the person's text; NULL where it was rejected */
  gint64  made_at;
} CsLesson;

#define CS_TYPE_LESSON (cs_lesson_get_type ())

CS_DECLARE_RECORD (CsLesson, cs_lesson)

/**
 * CsHand:
 *
 * How the seller writes: what was learned from decisions, and what the seller
 * set by hand, which stands above it. All of it is visible, can be changed and
 * can be switched off.
 */
typedef struct
{
  gboolean   off;      /* nothing of it is used */
  gboolean   learning_off; /* what was set stands, nothing more is learned */
  char     **pinned;   /* words that must stand in the title; set by the seller only */
  char     **never;    /* words that are not used; set, or learned (see learned) */
  char     **order;    /* what comes first in a title: role names, see cs_hand_roles; what is not named follows */
  char      *tone;     /* a few words of the seller's own for models, or NULL */
  GPtrArray *examples; /* (element-type CsLesson): accepted and edited texts, newest first */
  char     **learned;  /* which of the words in never and order were learned: "never:高端", "order"; and words that
                        * the seller puts in again and again, to be offered as pinned, no more: "offer:青禾" */
  char     **unlearned; /* what the seller took out again, and is not learned anew; named as in learned */
} CsHand;

#define CS_TYPE_HAND (cs_hand_get_type ())

CS_DECLARE_RECORD (CsHand, cs_hand)

/* The names that may stand in order, as they are stored, NULL-terminated: "pinned"
 * (the pinned words), "brand", "product" (what it is) and what else is said of it
 */
extern const char *const cs_hand_roles[];
/* How the seller knows one, translated; NULL where there is none of that name */
const char *cs_hand_get_role_label (const char *name);

gboolean cs_hand_is_learned (CsHand     *self,
                             const char *name);
gboolean cs_hand_is_unlearned (CsHand     *self,
                               const char *name);
/* "never" and "高端" → "never:高端" */
char    *cs_hand_dup_mark (const char *what,
                           const char *word);
/* A copy to be filled in anew: all but the examples */
CsHand  *cs_hand_copy (CsHand *self);

/* Canonical JSON of all but the examples, which follow from decisions */
char   *cs_hand_to_json (CsHand *self);
/* What is unknown in it is left out; NULL gives one that knows nothing */
CsHand *cs_hand_from_json (const char *json);

G_END_DECLS
