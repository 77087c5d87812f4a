/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-field.h"
#include "cs-record.h"

G_BEGIN_DECLS

/* Stored by name: see cs_verdict_get_name() */
typedef enum
{
  CS_VERDICT_ACCEPT, /* the suggestion as it is */
  CS_VERDICT_EDIT,   /* the person's own text, or a picture with the person's settings */
  CS_VERDICT_REJECT, /* keep the original; where there is none the item stays open */
  CS_VERDICT_LATER,  /* not now */
  CS_VERDICT_UNDO,   /* takes back the decision named in undoes */
} CsVerdict;

/* One decision of a person, appended and never changed */
typedef struct
{
  gint64    id;
  gint64    product;
  gint64    photo; /* ALT_TEXT and PICTURE, else 0 */
  CsField   field;
  CsVerdict verdict;
  gint64    suggestion; /* what was shown, or 0 */
  char     *shown;      /* hash of the suggestion that was shown; a stale one is refused */
  char     *value;      /* ACCEPT, EDIT: the text, or the picture's hash */
  gint64    undoes;     /* UNDO: the decision, else 0 */
  gint64    group;      /* decisions of one key press share it (Shift+A); undo takes all back */
  char     *face;       /* "window" or "terminal" */
  gint64    made_at;    /* microseconds since 1970 */
} CsDecision;

#define CS_TYPE_DECISION (cs_decision_get_type ())

CS_DECLARE_RECORD (CsDecision, cs_decision)

const char *cs_verdict_get_name (CsVerdict verdict);
gboolean    cs_verdict_from_name (const char *name,
                                  CsVerdict  *verdict);

G_END_DECLS
