/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"

G_BEGIN_DECLS

/**
 * CsChatPrompt:
 *
 * What is asked, in words: the files of data/prompts with what is known of the
 * product put in. A line whose value there is none of is left out. What comes
 * from the seller's product is quoted, one fact a line, so that nothing in it
 * can look like the end of the facts.
 */
typedef struct
{
  char *system;
  char *user;
  char *language; /* "en", "zh" */
} CsChatPrompt;

/* n_photos: that go along */
CsChatPrompt *cs_chat_prompt_new (CsEngineRequest *request,
                                  CsEvidence      *facts,
                                  guint            n_photos);
void          cs_chat_prompt_free (CsChatPrompt *self);
/* A file that wants nothing put in; "" where there is none */
char         *cs_chat_prompt_load (const char *language,
                                   const char *name);
/* What the texts of this product are written in: as the seller writes, else as it is
 * read from its photos, else as the window speaks
 */
const char   *cs_chat_prompt_find_language (CsEngineRequest *request,
                                            CsEvidence      *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChatPrompt, cs_chat_prompt_free)

G_END_DECLS
