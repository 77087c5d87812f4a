/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ground-facts.h"

G_BEGIN_DECLS

/* How a claim stands to one of a fact */
typedef enum
{
  CS_GROUND_NOTHING,
  CS_GROUND_AGREES,
  CS_GROUND_DENIES,
  CS_GROUND_DIFFERS, /* another of the same kind */
} CsGroundRelation;

CsGroundRelation cs_ground_relate (CsGroundClaim *said,
                                   CsGroundFact  *fact,
                                   CsGroundClaim *known);
/* Is the meaning of one a kind of the other's? */
gboolean         cs_ground_is_kin (CsGroundClaim *said,
                                   CsGroundClaim *known);
/* Does the text have this run of Chinese, and not denied? */
gboolean         cs_ground_says_run (const char *folded,
                                     const char *run);
/* Settles on state, or adds to the facts that led to it already; fact: (nullable) */
void             cs_ground_keep (CsGroundFinding *finding,
                                 CsPhraseState    state,
                                 CsFact          *fact);

/* What follows from the facts without standing in one as it is said; each keeps
 * the facts that it rests on in finding
 */
gboolean cs_ground_covers_run (CsGroundFacts   *self,
                               CsGroundClaim   *claim,
                               CsGroundFinding *finding);
gboolean cs_ground_stands_within (CsGroundFacts   *self,
                                  CsGroundClaim   *claim,
                                  CsGroundFinding *finding);
gboolean cs_ground_stands_beside (CsGroundFacts   *self,
                                  CsGroundClaim   *claim,
                                  CsGroundFinding *finding);
gboolean cs_ground_differs_in_part (CsGroundFacts   *self,
                                    CsGroundClaim   *claim,
                                    CsGroundFinding *finding);
gboolean cs_ground_is_counted_out (CsGroundFacts   *self,
                                   CsGroundClaim   *claim,
                                   CsGroundFinding *finding);
gboolean cs_ground_is_pure (CsGroundFacts   *self,
                            CsGroundClaim   *claim,
                            CsGroundFinding *finding);
gboolean cs_ground_is_put_together (CsGroundFacts   *self,
                                    CsGroundClaim   *claim,
                                    CsGroundFinding *finding);
gboolean cs_ground_is_handwork (CsGroundFacts   *self,
                                CsGroundClaim   *claim,
                                CsGroundFinding *finding);
gboolean cs_ground_is_listed (CsGroundFacts   *self,
                              const char      *text,
                              CsGroundClaim   *claim,
                              CsGroundFinding *finding);
gboolean cs_ground_is_other_than_whole (CsGroundFacts   *self,
                                        CsGroundClaim   *claim,
                                        CsGroundFinding *finding);
gboolean cs_ground_is_of_other_share (CsGroundFacts   *self,
                                      CsGroundClaim   *claim,
                                      CsGroundFinding *finding);
gboolean cs_ground_is_headed (CsGroundFacts   *self,
                              CsGroundClaim   *claim,
                              CsGroundFinding *finding);
gboolean cs_ground_is_graded (CsGroundFacts   *self,
                              CsGroundClaim   *claim,
                              CsGroundFinding *finding);
gboolean cs_ground_is_of_colour_key (CsGroundFacts   *self,
                                     CsGroundClaim   *claim,
                                     CsGroundFinding *finding);
/* claims: all that text says */
gboolean cs_ground_is_reckoned (CsGroundFacts   *self,
                                const char      *text,
                                GArray          *claims,
                                CsGroundClaim   *claim,
                                CsGroundFinding *finding);
gboolean cs_ground_is_named_after (CsGroundFacts   *self,
                                   CsGroundClaim   *claim,
                                   CsGroundFinding *finding);
gboolean cs_ground_is_labelled_otherwise (CsGroundFacts   *self,
                                          const char      *text,
                                          CsGroundClaim   *said,
                                          CsGroundFinding *finding);
gboolean cs_ground_keeps_unopened (CsGroundFacts   *self,
                                   const char      *text,
                                   CsGroundClaim   *said,
                                   CsGroundFinding *finding);
gboolean cs_ground_is_told (CsGroundFacts   *self,
                            CsGroundClaim   *claim,
                            CsGroundFinding *finding);
gboolean cs_ground_is_measured (CsGroundFacts   *self,
                                const char      *text,
                                GArray          *claims,
                                CsGroundClaim   *claim,
                                CsGroundFinding *finding);
gboolean cs_ground_takes_sheet (CsGroundFacts   *self,
                                const char      *text,
                                CsGroundClaim   *claim,
                                CsGroundFinding *finding);
gboolean cs_ground_is_turned (CsGroundFacts   *self,
                              const char      *text,
                              GArray          *claims,
                              CsGroundClaim   *said,
                              CsGroundFinding *finding);
gboolean cs_ground_measures_other (CsGroundFact  *fact,
                                   CsGroundClaim *known,
                                   CsGroundClaim *said);
gboolean cs_ground_is_quoted (CsGroundFacts   *self,
                              CsGroundClaim   *claim,
                              CsGroundFinding *finding);
gboolean cs_ground_is_only_kin (CsGroundFacts   *self,
                                const char      *text,
                                CsGroundClaim   *claim,
                                CsGroundFinding *finding);
gboolean cs_ground_is_not_extreme (CsGroundFacts   *self,
                                   const char      *text,
                                   GArray          *claims,
                                   CsGroundClaim   *said,
                                   CsGroundFinding *finding);
gboolean cs_ground_comes_of_other (CsGroundFacts   *self,
                                   const char      *text,
                                   CsGroundClaim   *said,
                                   CsGroundFinding *finding);
gboolean cs_ground_is_praised_further (CsGroundFacts   *self,
                                       const char      *text,
                                       GArray          *claims,
                                       CsGroundClaim   *said,
                                       CsGroundFinding *finding);
gboolean cs_ground_only_took_part (CsGroundFacts   *self,
                                   const char      *text,
                                   CsGroundClaim   *said,
                                   CsGroundFinding *finding);
gboolean cs_ground_is_medal (CsGroundFacts   *self,
                             CsGroundClaim   *said,
                             CsGroundFinding *finding);
gboolean cs_ground_is_solid (CsGroundFacts   *self,
                             CsGroundClaim   *said,
                             CsGroundFinding *finding);
gboolean cs_ground_is_shared_out (CsGroundFacts   *self,
                                  const char      *text,
                                  CsGroundClaim   *said,
                                  CsGroundFinding *finding);
gboolean cs_ground_is_near_brand (CsGroundFacts   *self,
                                  const char      *text,
                                  CsGroundClaim   *claim,
                                  CsGroundFinding *finding);
gboolean cs_ground_is_counted (CsGroundFacts   *self,
                               CsGroundClaim   *claim,
                               CsGroundFinding *finding);

G_END_DECLS
