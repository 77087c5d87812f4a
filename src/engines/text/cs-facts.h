/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"
#include "cs-parse.h"

G_BEGIN_DECLS

/* One thing that is known of the product, and where it comes from */
typedef struct
{
  CsRole      role;
  CsFactKind  kind;
  char       *id;
  char       *text;
  char       *where; /* or NULL */
  guint       start; /* within the source text; 0, 0 where it was cleaned */
  guint       end;
  gint64      photo;
  double      x, y, width, height;
  double      confidence;
  gboolean    head; /* part of the thing's name */
  gboolean    guess;
  gboolean    spaced; /* a space stands before it at the source */
  gboolean    quoted; /* stands inside a sentence that is quoted whole */
  const char *word;   /* COLOUR of a photo: its name in the language, else NULL; static */
} CsTerm;

/**
 * CsFacts:
 *
 * All that may be said of a product. @terms are in order of trust: the
 * existing title, the fields, the note, then what was read from photos and
 * names. What was left out on purpose is told to the seller.
 */
typedef struct
{
  CsScript   script;
  GPtrArray *terms;         /* (element-type CsTerm) */
  GPtrArray *hot;           /* (element-type utf8): stuffing that was dropped */
  GPtrArray *repeated;      /* (element-type utf8) */
  GPtrArray *elsewhere;     /* (element-type utf8): prices and the like, for another field */
  GPtrArray *doubts;        /* (element-type utf8): sentences about what does not agree */
  GPtrArray *unwanted;      /* (element-type utf8): what has words that the seller never uses */
  GPtrArray *pinned;        /* (element-type CsTerm): what must stand in a title */
  CsHand    *hand;          /* or NULL; not owned: the request's */
  guint      n_title_words; /* of the existing title, stuffing included */
  gboolean   has_title;
  gboolean   is_cut; /* the note is longer than what is used of it */
} CsFacts;

CsFacts *cs_facts_gather (CsEngineRequest *request);
void     cs_facts_free (CsFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsFacts, cs_facts_free)

CsTerm *cs_facts_add (CsFacts    *self,
                      CsFactKind  kind,
                      CsRole      role,
                      const char *text);
/* The first with @role that is not part of the name, or NULL */
CsTerm  *cs_facts_find (CsFacts *self,
                        CsRole   role);
gboolean cs_facts_has (CsFacts *self,
                       CsRole   role);
/* (transfer container) (element-type CsTerm): the name, in the seller's order */
GPtrArray *cs_facts_dup_name (CsFacts *self);
/* Is @text already said by one of @terms? */
gboolean cs_facts_is_said (GPtrArray  *terms,
                           const char *text);

/* Is the text in a photo Chinese? */
gboolean cs_facts_is_reading_han (const char *reading);

void cs_term_free (CsTerm *self);

/* Its parts, each from one kind of source */
void cs_facts_add_text (CsFacts     *self,
                        CsFactKind   kind,
                        const char  *where,
                        const char  *text,
                        CsParseFlags flags);
void cs_facts_add_names (CsFacts         *self,
                         CsEngineRequest *request);
void cs_facts_add_readings (CsFacts         *self,
                            CsEngineRequest *request);
void cs_facts_settle_colours (CsFacts *self);
/* How the seller writes: leaves out what they never say, adds what must stand */
void cs_facts_follow_hand (CsFacts *self,
                           CsHand  *hand);

G_END_DECLS
