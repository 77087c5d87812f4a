/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A labelled set (tests/data/grounding/…json) held against the grounding check */

typedef enum
{
  CS_SET_NUMBER,
  CS_SET_MATERIAL,
  CS_SET_COLOUR,
  CS_SET_PLACE,
  CS_SET_NAME,
  CS_SET_CERTIFICATE,
  CS_SET_SUPERLATIVE,
  CS_SET_OTHER,
  CS_N_SETS,
} CsSetCategory;

typedef struct
{
  guint n_true;    /* phrases that hold */
  guint n_alarms;  /* of these, marked all the same */
  guint n_false;   /* invented or contradicting */
  guint n_caught;  /* of these, marked */
  guint n_contradicting;
  guint n_named;   /* of these, marked as contradicting */
} CsSetScore;

typedef void (*CsSetMiss) (const char *product,
                           const char *phrase,
                           const char *label,
                           const char *category,
                           const char *verdict);

const char *cs_set_category_name (CsSetCategory category);
/* Fills scores; how many phrases, 0 with a message where the file cannot be used */
guint       cs_set_run (const char *path,
                        CsSetScore  scores[CS_N_SETS],
                        CsSetMiss   miss);
/* All categories but "other" */
CsSetScore  cs_set_sum (const CsSetScore scores[CS_N_SETS]);

G_END_DECLS
