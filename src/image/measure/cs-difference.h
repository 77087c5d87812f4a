/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-wire.h"

G_BEGIN_DECLS

#define CS_DIFFERENCE_BLOCK 8  /* pixels, the side of a block */
#define CS_DIFFERENCE_LEAST 12 /* pixels of the product that a block must have to count */

/* Which pixels count: those of the product, or those that are none */
typedef enum
{
  CS_DIFFERENCE_PRODUCT,
  CS_DIFFERENCE_OUTSIDE,
} CsDifferenceWhere;

void   cs_difference_find (const CsFrame *first,
                           const CsFrame *second,
                           const guint8  *alpha,
                           CsWireChange  *change);
void   cs_difference_find_more (const CsFrame *first,
                                const CsFrame *second,
                                const guint8  *alpha,
                                const float   *allowed,
                                CsWireChange  *change);
double cs_difference_shift (const CsFrame *first,
                            const CsFrame *second,
                            const guint8  *alpha);
double cs_difference_share (const CsFrame    *first,
                            const CsFrame    *second,
                            const guint8     *alpha,
                            CsDifferenceWhere where);
double cs_difference_block (const CsFrame *first,
                            const CsFrame *second,
                            const guint8  *alpha,
                            int            column,
                            int            row,
                            int            step);
double cs_difference_block_most (const CsFrame *first,
                                 const CsFrame *second,
                                 const guint8  *alpha,
                                 int            column,
                                 int            row);

static inline int
cs_difference_blocks (int side)
{
  return (side + CS_DIFFERENCE_BLOCK - 1) / CS_DIFFERENCE_BLOCK;
}

G_END_DECLS
