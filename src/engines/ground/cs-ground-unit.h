/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ground-text.h"

G_BEGIN_DECLS

typedef enum
{
  CS_DIM_NONE, /* a bare number */
  CS_DIM_COUNT,
  CS_DIM_LENGTH,   /* mm */
  CS_DIM_AREA,     /* mm² */
  CS_DIM_WEIGHT,   /* g */
  CS_DIM_VOLUME,   /* ml */
  CS_DIM_TIME,     /* s */
  CS_DIM_POWER,    /* W */
  CS_DIM_VOLTAGE,  /* V */
  CS_DIM_CURRENT,  /* A */
  CS_DIM_CHARGE,   /* mAh */
  CS_DIM_ENERGY,   /* Wh */
  CS_DIM_HEAT,     /* kcal */
  CS_DIM_DEGREE,   /* °C, or degrees of an angle or a drink */
  CS_DIM_PERCENT,
  CS_DIM_MONEY,
  CS_DIM_YEAR,
  CS_DIM_MONTH,    /* of the year */
  CS_DIM_DAY,      /* of the month */
  CS_DIM_STORAGE,  /* MB */
  CS_DIM_FREQUENCY, /* Hz */
  CS_DIM_KARAT,
  CS_DIM_YARN,
  CS_DIM_SHOE,     /* EU, US, UK sizes: unit tells which */
  CS_DIM_SIGNAL,   /* dB */
  CS_DIM_LIGHT,    /* lm */
  CS_DIM_SPEED,    /* km/h */
  CS_DIM_TURNS,    /* rpm */
  CS_DIM_PIXELS,
  CS_DIM_DENSITY,  /* g/m² */
  CS_DIM_PRESSURE, /* bar */
  CS_DIM_RATE,     /* Mbit/s */
  CS_DIM_FORCE,    /* N */
  CS_DIM_FACTOR,   /* "10x", SPF, fold: unit tells which */
} CsDim;

typedef struct
{
  const char *words; /* between commas, folded */
  CsDim       dim;
  double      factor;
  double      offset;
  CsDim       second_dim; /* where the word is ambiguous, what else it may be; else NONE */
  double      second_factor;
  const char *noun; /* of a count: what is counted where the word says it */
} CsUnit;

/* The unit that stands at token index first, the longest, and how many tokens it takes */
const CsUnit *cs_ground_unit_match (GArray *tokens,
                                    guint   first,
                                    guint  *n_tokens);

G_END_DECLS
