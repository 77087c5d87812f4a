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
/* Grounds what only says more generally what another claim beside it says */
void    cs_ground_carry (GArray *claims,
                         GArray *findings);
/* A sentence for the seller on a claim that is not grounded */
char   *cs_ground_remark (const char      *text,
                          CsGroundClaim   *claim,
                          CsGroundFinding *finding);

G_END_DECLS
