/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"
#include "cs-evidence.h"

G_BEGIN_DECLS

/**
 * The grounding check: what a text says of a product, held against what is
 * known of it, whatever its writer claims. No input, no output, no network; any
 * thread. Numbers are compared with their units (28cm is 280mm is 11in), words
 * of closed sets (materials, colours, places, certificates) with what the
 * facts say of the same set; what is in no set must stand in a fact, in its own
 * word or one that means the same. A keyword is a hint of what people search,
 * never a fact: none is among the facts.
 */

/* All that is known of a product, numbered, in clauses as short as they can be
 * pointed at; no phrases. What a photo shows of text and colours is here, a file's
 * name too.
 */
CsEvidence *cs_ground_gather (CsEngineRequest *request);

/* Checks text against evidence's facts and appends the phrases, which cover all
 * of it. Those that are UNSOURCED or CONTRADICTS bear a remark for the seller.
 * field tells what kind of text it is: in KEYWORDS, too, what is in no fact is
 * UNSOURCED.
 */
void        cs_ground_check (CsEvidence *evidence,
                             CsField     field,
                             const char *text);

/* The same for one phrase that stands by itself, in few words: the worst of its
 * parts. facts: ids of the facts that it rests on or contradicts, NULL-terminated.
 */
typedef struct
{
  CsPhraseState state;  /* GLUE where it claims nothing */
  char        **facts;
  char         *remark; /* or NULL */
  GPtrArray    *kinds;  /* (element-type utf8) of what it was checked for: "number", "material", "colour",
                         * "place", "name", "certificate", "superlative", "size", "other" */
} CsGroundVerdict;

CsGroundVerdict *cs_ground_judge (CsEvidence *facts,
                                  const char *phrase);
void             cs_ground_verdict_free (CsGroundVerdict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsGroundVerdict, cs_ground_verdict_free)

G_END_DECLS
