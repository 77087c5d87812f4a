/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CsScript:
 * @CS_SCRIPT_LATIN: everything that puts spaces between words
 * @CS_SCRIPT_HAN: Chinese characters, written without spaces
 */
typedef enum
{
  CS_SCRIPT_LATIN,
  CS_SCRIPT_HAN,
} CsScript;

/* A run of text: byte offsets into UTF-8, end exclusive */
typedef struct
{
  guint start;
  guint end;
} CsSpan;

gboolean  cs_text_is_han (gunichar c);
CsScript  cs_text_script (const char *text);
char     *cs_text_clean (const char *text,
                         gboolean    keep_lines);
char     *cs_text_fold (const char *text);
guint     cs_text_units (const char *text);
/* (element-type CsSpan): words and numbers, without what stands between them */
GArray   *cs_text_words (const char *text);
/* (element-type CsSpan): words, spaces and punctuation; together the whole text */
GArray   *cs_text_segments (const char *text);
char     *cs_text_search_terms (const char *text);
char     *cs_text_search_query (const char *typed);
char     *cs_text_ellipsize (const char *text,
                             guint       max_units);

G_END_DECLS
