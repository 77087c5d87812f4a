/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-lexicon.h"

G_BEGIN_DECLS

/* A stretch of what the seller wrote and what it says: bytes [start, end) */
typedef struct
{
  guint    start;
  guint    end;
  CsRole   role;
  gboolean head;   /* part of the thing's name: its modifiers and the noun itself */
  gboolean guess;  /* PRODUCT: not in the lexicon, but it stands where the noun would */
  gboolean quoted; /* found inside a SENTENCE */
} CsToken;

typedef enum
{
  CS_PARSE_LIST = 0,
  CS_PARSE_SENTENCES = 1 << 0, /* what reads like a sentence is kept whole */
  CS_PARSE_NAME = 1 << 1,      /* if nothing is known as a product, take the likeliest word for it */
  CS_PARSE_NAMED = 1 << 2,     /* the name is known from elsewhere */
} CsParseFlags;

/* What the parts of the parser share; lines and clauses are byte ranges of @text */
typedef struct
{
  CsScript     script;
  CsParseFlags flags;
  const char  *text;
  GArray      *tokens; /* (element-type CsToken) */
  gboolean     has_head;
} CsParser;

GArray *cs_parse (CsScript     script,
                  const char  *text,
                  CsParseFlags flags);

void     cs_parser_add (CsParser *self,
                        guint     start,
                        guint     end,
                        CsRole    role);
CsToken *cs_parser_last (CsParser *self);
gboolean cs_parser_is_separator (CsParser   *self,
                                 const char *at,
                                 gunichar    c);

/* One list clause, without separators; @alone where it is all of its line */
void cs_parse_clause_han (CsParser *self,
                          guint     start,
                          guint     end);
void cs_parse_clause_latin (CsParser *self,
                            guint     start,
                            guint     end);
/* Is it a sentence rather than a list entry? */
gboolean cs_parse_is_sentence_han (const char *text,
                                   guint       start,
                                   guint       end);
gboolean cs_parse_is_sentence_latin (const char *text,
                                     guint       start,
                                     guint       end);
/* What can safely be picked out of a sentence that is quoted as a whole */
void cs_parse_harvest_han (CsParser *self,
                           guint     start,
                           guint     end);
void cs_parse_harvest_latin (CsParser *self,
                             guint     start,
                             guint     end);

/* Numbers with units, sizes, set sizes, prices and compositions within a range */
GArray *cs_parse_measures (CsScript    script,
                           const char *text,
                           guint       start,
                           guint       end);

G_END_DECLS
