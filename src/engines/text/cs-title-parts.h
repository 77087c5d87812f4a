/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-compose.h"

G_BEGIN_DECLS

/* A title is a row of parts: the thing's name and what else is known, in an order
 * that differs between the variants: by what the thing is, by what it is made
 * of, by whom or what it is for. A part that does not fit is left out, the least
 * telling first, and the seller is told.
 */

typedef enum
{
  CS_JOIN_COMMA,
  CS_JOIN_SPACE,
  CS_JOIN_FROM,
} CsJoin;

typedef struct
{
  GPtrArray *terms; /* (element-type CsTerm) */
  guint      weight;
  CsJoin     join; /* English: how it follows what is before it */
  gboolean   pinned; /* stands whatever else must go */
} CsTitlePart;

#define CS_N_TITLE_WEIGHTS (CS_ROLE_OTHER + 1)

extern const guint cs_title_weights[CS_N_TITLE_WEIGHTS];

void cs_title_part_clear (CsTitlePart *part);
gboolean cs_title_suits (CsFacts *facts,
                         CsTerm  *term);
gboolean cs_title_gives_way (CsFacts *facts,
                             CsTerm  *term);
void cs_title_add_part (GArray *parts,
                        CsTerm *term,
                        guint   weight,
                        CsJoin  join);
gboolean cs_title_is_in_parts (GArray     *parts,
                               const char *text);
void cs_title_add_all (CsFacts *facts,
                       GArray  *parts,
                       CsRole   role);
void cs_title_add_phrases (CsFacts *facts,
                           GArray  *parts);
void cs_title_add_rest (CsFacts *facts,
                        GArray  *parts);
CsTextDraft *cs_title_fit (CsFacts   *facts,
                           GArray    *parts,
                           GPtrArray *left_out);
GArray *cs_title_new_parts (CsFacts *facts);
void cs_title_add_name (CsFacts   *facts,
                        GArray    *parts,
                        GPtrArray *name);
CsTerm *cs_title_find_in (GPtrArray *name,
                          CsRole     role);
CsTerm *cs_title_find_outside (CsFacts   *facts,
                               GPtrArray *name,
                               CsRole     role);
gboolean cs_title_has_second (CsFacts *facts,
                              CsTerm  *first);
gboolean cs_title_leads (CsFacts *facts,
                         CsTerm  *term);

/* In cs-title-hand.c: as the seller is used to, or NULL where no order is known */
CsTextDraft *cs_title_write_by_hand (CsFacts   *facts,
                                     GPtrArray *left_out);
/* Words that must stand come in, where they are not there yet, at their place */
void cs_title_add_pinned (CsFacts *facts,
                          GArray  *parts);
/* The same once more, where they went with what was left out. Did any come? */
gboolean cs_title_add_lost (CsFacts    *facts,
                            GArray     *parts,
                            const char *title);

G_END_DECLS
