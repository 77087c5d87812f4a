/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-record.h"

G_BEGIN_DECLS

/**
 * CsFactKind:
 *
 * Where a fact comes from. A keyword list is not here: it is a hint of what
 * people search, never a source.
 */
typedef enum
{
  CS_FACT_NOTE,
  CS_FACT_FIELD,     /* brand, material, size, price, … as the seller typed it */
  CS_FACT_TITLE,     /* the existing title */
  CS_FACT_TEXT,      /* existing description, bullets */
  CS_FACT_PHOTO,     /* text read from a photo; has a rectangle */
  CS_FACT_COLOUR,    /* a dominant colour of a photo */
  CS_FACT_FILE,      /* the file's name */
  CS_FACT_FOLDER,    /* the folder's name */
  CS_FACT_SHEET,     /* a spreadsheet cell */
  CS_FACT_HAND,      /* a word that the seller pinned: said of everything they sell */
} CsFactKind;

typedef struct
{
  char      *id;    /* unique within the evidence, for example "note.2" */
  CsFactKind kind;
  char      *text;  /* as it stands at the source */
  char      *where; /* in words for the seller: field name, file name, cell; or NULL */
  guint      start; /* NOTE, TITLE, TEXT: byte range within the source text */
  guint      end;
  gint64     photo; /* PHOTO, COLOUR, FILE: the photo, else 0 */
  double     x, y, width, height; /* PHOTO: rectangle in fractions of the photo as shown, else 0 */
  double     confidence;          /* PHOTO: 0..100, else 100 */
} CsFact;

typedef enum
{
  CS_PHRASE_GROUNDED,
  CS_PHRASE_UNSOURCED,
  CS_PHRASE_CONTRADICTS,
  CS_PHRASE_GLUE, /* punctuation and words that claim nothing */
} CsPhraseState;

/* A phrase of the suggestion: bytes [start, end) of its text. Phrases are in
 * order, do not overlap and cover the whole text.
 */
typedef struct
{
  guint         start;
  guint         end;
  CsPhraseState state;
  char        **facts;  /* ids of the facts that it rests on, or that it contradicts; NULL-terminated */
  char         *remark; /* why it is marked, a sentence for the seller; or NULL */
} CsPhrase;

typedef struct
{
  GPtrArray *facts;   /* (element-type CsFact) */
  GPtrArray *phrases; /* (element-type CsPhrase) */
} CsEvidence;

#define CS_TYPE_EVIDENCE (cs_evidence_get_type ())

CS_DECLARE_RECORD (CsEvidence, cs_evidence)

CsFact     *cs_evidence_add_fact (CsEvidence *self,
                                  CsFactKind  kind,
                                  const char *id,
                                  const char *text);
CsPhrase   *cs_evidence_add_phrase (CsEvidence        *self,
                                    guint              start,
                                    guint              end,
                                    CsPhraseState      state,
                                    const char *const *facts);
CsFact     *cs_evidence_find (CsEvidence *self,
                              const char *id);
gboolean    cs_evidence_is_grounded (CsEvidence *self);
/* Does a phrase say what a fact denies? Then the text is not accepted as it is */
gboolean    cs_evidence_contradicts (CsEvidence *self);
/* The same in words, naming the fact; or NULL */
char       *cs_evidence_dup_denial (CsEvidence *self);
char       *cs_evidence_to_json (CsEvidence *self);
CsEvidence *cs_evidence_from_json (const char *json);
const char *cs_phrase_state_get_name (CsPhraseState state);
const char *cs_fact_kind_get_name (CsFactKind kind);
const char *cs_fact_kind_get_label (CsFactKind kind);

G_END_DECLS
