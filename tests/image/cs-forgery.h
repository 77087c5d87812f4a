/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-improve.h"

G_BEGIN_DECLS

/* What somebody does to a picture between composing and encoding it. Each keeps
 * to the product's own pixels, where it can be told.
 */
typedef struct
{
  CsFrame      *picture;
  const guint8 *alpha;
  GRand        *rand;
  CsRect        box; /* of the product */
} CsForgery;

/* Each returns whether it came to anything in this picture */
extern const struct CsForgeryKind
{
  const char *name;
  gboolean (*forge) (CsForgery *forgery);
  double most_polish; /* above it the settings allow as much */
} cs_forgery_kinds[];

#define CS_N_FORGERIES 9

CsRect cs_forgery_find_box (const CsMade *made);

G_END_DECLS
