/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "cs-ground-text.h"

/* How the readers of claims look at a text's tokens; none beyond the end */

static inline CsGroundToken *
get (GArray *tokens,
     guint   index)
{
  return index < tokens->len ? &g_array_index (tokens, CsGroundToken, index) : NULL;
}

static inline gboolean
is_word (GArray     *tokens,
         guint       index,
         const char *word)
{
  CsGroundToken *token = get (tokens, index);

  return token != NULL && strcmp (token->word, word) == 0;
}

/* list: words between commas */
static inline gboolean
is_one_of (CsGroundToken *token,
           const char    *list)
{
  gsize length = token != NULL ? strlen (token->word) : 0;

  for (const char *at = token != NULL ? strstr (list, token->word) : NULL; at != NULL; at = strstr (at + 1, token->word))
    {
      if ((at == list || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
        return TRUE;
    }

  return FALSE;
}

static inline gboolean
is_any (GArray            *tokens,
        guint              index,
        const char *const *words)
{
  CsGroundToken *token = get (tokens, index);

  return token != NULL && g_strv_contains (words, token->word);
}

/* By its singular, too */
static inline gboolean
is_in (CsGroundToken     *token,
       const char *const *words)
{
  return token != NULL && (g_strv_contains (words, token->word) || g_strv_contains (words, token->stem));
}

static inline gboolean
is_glued (GArray *tokens,
          guint   index)
{
  CsGroundToken *token = get (tokens, index);

  return token != NULL && !token->spaced;
}
