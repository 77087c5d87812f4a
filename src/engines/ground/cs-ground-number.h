/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ground-unit.h"

G_BEGIN_DECLS

/* Which of a thing's quantities a number tells */
typedef enum
{
  CS_QUANTITY_ANY,
  CS_QUANTITY_HEIGHT,
  CS_QUANTITY_WIDTH,
  CS_QUANTITY_LENGTH,
  CS_QUANTITY_DEPTH,
  CS_QUANTITY_ACROSS,
  CS_QUANTITY_THICKNESS,
  CS_QUANTITY_AROUND,
  CS_QUANTITY_BUST,
  CS_QUANTITY_WAIST,
  CS_QUANTITY_HIP,
  CS_QUANTITY_SHOULDER,
  CS_QUANTITY_SLEEVE,
  CS_QUANTITY_BASE,
  CS_QUANTITY_ALTITUDE,
  CS_QUANTITY_WARRANTY,
  CS_QUANTITY_BATTERY,
  CS_QUANTITY_AGE,
  CS_QUANTITY_LOAD,
  CS_QUANTITY_DELIVERY,
  CS_QUANTITY_SHELF_LIFE,
  CS_QUANTITY_HOT,
  CS_QUANTITY_COLD,
  CS_QUANTITY_SIZE,
  CS_QUANTITY_WEIGHT,
  CS_QUANTITY_PRICE,
} CsQuantity;

typedef enum
{
  CS_COMPARE_IS,
  CS_COMPARE_ABOUT,
  CS_COMPARE_NEAR, /* not quite */
  CS_COMPARE_OVER,
  CS_COMPARE_UNDER,
} CsCompare;

/* What a number is said of: one of several, or all of them */
typedef enum
{
  CS_SCOPE_OPEN,
  CS_SCOPE_EACH,
  CS_SCOPE_ALL,
} CsScope;

typedef struct
{
  double        low;  /* as written */
  double        high; /* of a range, else low */
  double        step; /* of the last digit that is written */
  const CsUnit *unit; /* or NULL */
  CsQuantity    quantity;
  CsCompare     compare;
  CsScope       scope;
  char          nouns[96]; /* what is counted: stems between spaces, with one before and after; or empty */
  gboolean      percent; /* "百分之…": the unit is in the numeral */
  gboolean      chain;   /* one of "20 × 30 × 5" */
  gboolean      broad; /* of such a chain not the least: no thickness */
  gboolean      soft; /* "one", "a pair": a number only where a fact has another */
} CsNumber;

/* A number without its unit: digits, words or Chinese numerals, ranges and
 * tolerances, at token index first; how many tokens, 0 where there is none.
 */
guint    cs_ground_numeral_match (GArray   *tokens,
                                  guint     first,
                                  CsNumber *number);
/* The same with its unit, what it measures or counts */
guint    cs_ground_number_match (GArray   *tokens,
                                 guint     first,
                                 CsNumber *number);

/* The quantity that is named at index, or ANY; where backward it ends there */
CsQuantity cs_ground_quantity_at (GArray  *tokens,
                                  guint    index,
                                  gboolean backward);
gboolean   cs_ground_quantity_is_long (GArray *tokens,
                                       guint   index);

typedef enum
{
  CS_AGREES,   /* the same, as exactly as it is written */
  CS_DIFFERS,  /* the same quantity, with another value */
  CS_UNRELATED,
} CsAgreement;

CsAgreement cs_ground_numbers_compare (const CsNumber *said,
                                       const CsNumber *known);

G_END_DECLS
