/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-practice-shelf.h"
#include "cs-record.h"

G_BEGIN_DECLS

/* What the practice shop answers to whom, apart from how it is served. Blocks. */
typedef struct
{
  CsPracticeShelf *shelf;
  char            *method;
  char            *path;
  GHashTable      *query; /* utf8 → utf8, or NULL */
  GBytes          *body;
} CsPracticeVisit;

#define CS_TYPE_PRACTICE_VISIT (cs_practice_visit_get_type ())

CS_DECLARE_RECORD (CsPracticeVisit, cs_practice_visit)

typedef struct
{
  guint       status;
  const char *content_type;
  GBytes     *body;
  gboolean    never_changes; /* a browser may keep it */
} CsPracticeAnswer;

#define CS_TYPE_PRACTICE_ANSWER (cs_practice_answer_get_type ())

CS_DECLARE_RECORD (CsPracticeAnswer, cs_practice_answer)

CsPracticeAnswer *cs_practice_answer (CsPracticeVisit *visit);

G_END_DECLS
