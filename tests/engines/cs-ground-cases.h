/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ground.h"

G_BEGIN_DECLS

/* What the grounding check must say of one phrase */

#define YES CS_PHRASE_GROUNDED
#define NEW CS_PHRASE_UNSOURCED
#define NOT CS_PHRASE_CONTRADICTS
#define NIL CS_PHRASE_GLUE

typedef struct
{
  const char   *facts; /* JSON */
  const char   *phrase;
  CsPhraseState state;
} CsGroundCase;

/* Fails the test for each that comes out otherwise, or without its facts or remark */
void cs_ground_cases_check (const CsGroundCase *cases,
                            guint               n_cases);

G_END_DECLS
