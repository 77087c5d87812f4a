/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ground-lexicon.h"
#include "cs-ground-number.h"

G_BEGIN_DECLS

/* How a word of a set is meant: what is gold-plated or looks like oak is neither */
typedef enum
{
  CS_GROUND_PLAIN,
  CS_GROUND_PLATED,
  CS_GROUND_LIKE,
  CS_GROUND_SCENT,
} CsGroundManner;

/* One thing that a text says */
typedef struct
{
  CsGroundSet    set;
  guint          start; /* bytes of the text as it was given */
  guint          end;
  CsGroundEntry  meaning; /* of words of sets */
  CsGroundManner manner;
  CsNumber       number;
  char          *key;     /* folded; of an unknown Chinese run the run */
  char          *root;    /* of an unknown Latin word, else NULL */
  char          *without; /* of "unsulphured" and "lidless" what they are without, else NULL */
  char          *heads;   /* of colours and materials: what it is said of, between spaces; or NULL */
  gboolean       negated;
  gboolean       refused; /* of a number: right after "not", or before a "no" */
  gboolean       apart;   /* "not included": used, but does not come with it */
  guint          scope;   /* those that one "no" denies have the same, not 0 */
  guint          clause;
  gboolean       weak;    /* an unknown word, which may claim nothing */
  gboolean        strange; /* not one character of it is in any fact: likely a name */
  guint           part;    /* the part that it is said of, "a rattan handle"; else 0 */
  gboolean       needed;  /* "runs on", "add your own": not said to come with it */
  gboolean       maker;   /* "by …" */
  gboolean       also;    /* "also in navy" */
  gboolean       proper;  /* within a sentence, and with a capital as the word beside it has one */
  gboolean       contrast; /* "rather than pine": named to say that it is not so */
  gboolean       pure;    /* of a material: "pure", "纯" */
  gboolean       blend;   /* "wool blend", "混纺" */
  gboolean       quoted;  /* “平常心”: in the very same characters or not at all */
  guint          name;    /* of the names that were given, 1 for the first; else 0 */
} CsGroundClaim;

/* (element-type CsGroundClaim): all that text says, in order, without what claims
 * nothing. names: (nullable) (element-type GArray of CsGroundToken): names that are
 * known to be ones, taken as a whole.
 */
GArray *cs_ground_claims (const char *text,
                          GPtrArray  *names);

/* Its parts */
/* A person by surname and title, 王师傅 or 老陈: how many tokens the name takes, or 0 */
guint    cs_ground_person_match (GArray *tokens,
                                 guint   first);
/* "Class II", "level C", "EN 407": how many tokens, or 0 */
guint    cs_ground_grade_match (GArray *tokens,
                                guint   first);
/* What colours and materials are said of */
void     cs_ground_find_heads (GArray *tokens,
                               GArray *claims,
                               GArray *places);
/* "No. 8": no denial */
gboolean cs_ground_is_numbering (GArray *tokens,
                                 guint   index);
gboolean cs_ground_is_negator (GArray *tokens,
                               guint   index);
void     cs_ground_deny (GArray *tokens,
                         GArray *claims,
                         GArray *places);

G_END_DECLS
