/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-evidence.h"
#include "cs-ground-claim.h"

G_BEGIN_DECLS

/* What a fact says, read once */
typedef struct
{
  CsFact *fact;
  GArray *claims; /* (element-type CsGroundClaim) */
  char   *text;   /* with what its field is called: what claims have their places in */
  char   *folded;
  guint   name;   /* of a brand's field: its number among the names, else 0 */
  gboolean boast; /* the title so far or a photo: a superlative there is none's source */
} CsGroundFact;

typedef struct
{
  GPtrArray *facts; /* (element-type CsGroundFact) */
  GPtrArray *names; /* (element-type GArray) */
  gboolean   han;   /* any is in Chinese */
  gboolean   latin; /* any is not */
} CsGroundFacts;

CsGroundFacts *cs_ground_facts_new (CsEvidence *evidence);
void           cs_ground_facts_free (CsGroundFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsGroundFacts, cs_ground_facts_free)

/* A note with its words written out */
char   *cs_ground_write_out (const char *text);
/* A fact's text without what it asks and denies, and its claims, where that is denied */
char   *cs_ground_without_denied (const char *text);
GArray *cs_ground_read_denied (const char *text,
                               GPtrArray  *names);

/* What is left out, since what stands beside it tells */
void cs_ground_fill (GArray     *claims,
                     const char *text);
/* What the numbers of one fact come to, and of all together */
void cs_ground_derive (GArray     *claims,
                       const char *text);
void cs_ground_derive_totals (CsGroundFacts *self);

/* What becomes of one claim */
typedef struct
{
  CsPhraseState state;
  GPtrArray    *facts; /* (element-type CsFact), borrowed: those that it rests on or contradicts */
} CsGroundFinding;

/* (element-type CsGroundFinding), one for each claim */
GArray *cs_ground_hold (CsGroundFacts *self,
                        const char    *text,
                        GArray        *claims);
/* What claims nothing beside what is grounded */
void    cs_ground_settle (CsGroundFacts *self,
                          const char    *text,
                          GArray        *claims,
                          GArray        *findings);
/* Settles what is only named to say that it is not so */
void    cs_ground_settle_contrast (GArray *claims,
                                   GArray *findings);
/* Grounds what only says more generally what another claim beside it says */
void    cs_ground_carry (GArray *claims,
                         GArray *findings);
/* Does a fact say what it says of another part than the text does? */
gboolean cs_ground_bound_elsewhere (CsGroundFacts *self,
                                    CsGroundFact  *fact,
                                    CsGroundClaim *known,
                                    const char    *text,
                                    GArray        *claims,
                                    CsGroundClaim *said);
/* The same of a colour or a material: "white shirt" of what has a white print */
gboolean cs_ground_said_of_other (CsGroundFacts   *self,
                                  CsGroundClaim   *said,
                                  CsGroundFinding *finding);
/* Are both said of the same, by heads? (nullable) */
gboolean cs_ground_share_head (const char *a,
                               const char *b);
gboolean cs_ground_takes_weight_for_load (CsGroundFact  *fact,
                                          const char    *text,
                                          CsGroundClaim *said);
gboolean cs_ground_only_designed (CsGroundFact  *fact,
                                  CsGroundClaim *known,
                                  const char    *text,
                                  CsGroundClaim *said);
/* A sentence for the seller on a claim that is not grounded */
char   *cs_ground_remark (const char      *text,
                          CsGroundClaim   *claim,
                          CsGroundFinding *finding);

G_END_DECLS
