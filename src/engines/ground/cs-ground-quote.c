/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"
#include "cs-ground-reader.h"
#include "cs-ground-token.h"

/* What is quoted, 印文“平常心”, is a name: it stands in a fact in the very same
 * characters, or nowhere. And who only taught the maker, or is his kin, made nothing.
 */

static const char *const opening[] = { "“", "「", "『", "《", "\"", NULL };
static const char *const closing[] = { "”", "」", "』", "》", "\"", NULL };

/* Adds what is quoted from token at on; its parts are read besides */
void
cs_ground_reader_take_quoted (CsGroundReader *self,
                              guint           at)
{
  g_autoptr (GString) content = g_string_new (NULL);
  CsGroundToken *mark = get (self->tokens, at);
  gboolean       name = FALSE;
  guint          n = 0;

  if (mark->kind != CS_GROUND_MARK || !g_strv_contains (opening, mark->word) ||
      (strcmp (mark->word, "\"") == 0 && at > 0 && get (self->tokens, at - 1)->kind == CS_GROUND_DIGITS))
    return;

  for (CsGroundToken *token; (token = get (self->tokens, at + 1 + n)) != NULL && !token->line && n < 12; n++)
    {
      if (token->kind == CS_GROUND_MARK && g_strv_contains (closing, token->word))
        break;
      if (token->spaced && content->len > 0)
        g_string_append_c (content, ' ');
      name = name || token->kind == CS_GROUND_HAN || token->capital;
      g_string_append (content, token->word);
    }

  if (!name || n == 0 || get (self->tokens, at + 1 + n) == NULL || get (self->tokens, at + 1 + n)->kind != CS_GROUND_MARK)
    return;

  cs_ground_reader_add (self, CS_GROUND_NAME, at + 1, n, content->str)->quoted = TRUE;
}

/* Does a fact have what is quoted? Where none does and one quotes something else, that
 * denies it
 */
gboolean
cs_ground_is_quoted (CsGroundFacts   *self,
                     CsGroundClaim   *claim,
                     CsGroundFinding *finding)
{
  CsFact  *other = NULL;
  gboolean found = FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      if (strstr (fact->folded, claim->key) != NULL)
        {
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          found = TRUE;
        }
      for (guint j = 0; other == NULL && j < fact->claims->len; j++)
        other = g_array_index (fact->claims, CsGroundClaim, j).quoted ? fact->fact : NULL;
    }

  if (!found && other != NULL)
    cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, other);

  return found;
}

/* ---- "何福礼的徒弟金忠", "a pupil of Leach" */

static const char *const han_kin[] = { "徒弟", "学生", "学员", "弟子", "门生", "学徒", "徒孙", "传人", "后人", "后代", "孙女", "孙子", "外孙", "女儿", "儿子", "侄", "外甥", "儿媳", "女婿",
                                       "工作室", "团队", "助手", "嫡传", "再传", "同门", "师弟", "师妹", "之子", "之女", NULL };
static const char *const latin_kin[] = { "pupil of ", "student of ", "apprentice of ", "apprenticed to ", "apprentice to ", "trained by ", "taught by ", "trained with ", "daughter of ",
                                         "son of ", "granddaughter of ", "grandson of ", "style of ", "manner of ", "inspired by ", "assistant of ", "assistant to ", "learned from ",
                                         "learnt from ", "school of ", "follower of ", "copy of ", "after a design by ", NULL };

/* Is the name at text+at only that of somebody whose pupil is meant? */
static gboolean
is_of_kin (const char *text,
           const char *at,
           gsize       length)
{
  const char *after = at + length;

  if (strncmp (after, "老师", 6) == 0 || strncmp (after, "先生", 6) == 0 || strncmp (after, "大师", 6) == 0)
    after += 6;
  if (strncmp (after, "的", 3) == 0)
    after += 3;
  for (guint i = 0; han_kin[i] != NULL; i++)
    {
      if (strncmp (after, han_kin[i], strlen (han_kin[i])) == 0)
        return TRUE;
    }
  for (guint i = 0; latin_kin[i] != NULL; i++)
    {
      gsize n = strlen (latin_kin[i]);

      if ((gsize) (at - text) >= n && strncmp (at - n, latin_kin[i], n) == 0)
        return TRUE;
    }

  return strncmp (after, "'s pupil", 8) == 0 || strncmp (after, "'s student", 10) == 0 || strncmp (after, "'s apprentice", 13) == 0 ||
         strncmp (after, "'s daughter", 11) == 0 || strncmp (after, "'s son", 6) == 0;
}

/* Is a name that is said to have made it only a teacher's or a kin's in every fact? */
gboolean
cs_ground_is_only_kin (CsGroundFacts   *self,
                       const char      *text,
                       CsGroundClaim   *claim,
                       CsGroundFinding *finding)
{
  g_autofree char *name = NULL;
  g_autofree char *said = NULL;
  g_autofree char *lower = NULL;
  CsFact *kin = NULL;

  if (text == NULL || claim->set != CS_GROUND_NAME || claim->negated || claim->quoted || claim->end > strlen (text))
    return FALSE;

  name = g_utf8_strdown (text + claim->start, claim->end - claim->start);
  said = g_utf8_strdown (text, -1);
  if (strlen (said) != strlen (text) || strlen (name) < 4 || is_of_kin (said, said + claim->start, strlen (name)))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      g_free (lower);
      lower = g_utf8_strdown (fact->text, -1);
      for (const char *at = strstr (lower, name); at != NULL; at = strstr (at + 1, name))
        {
          if (!is_of_kin (lower, at, strlen (name)))
            return FALSE;
          kin = fact->fact;
        }
    }

  if (kin != NULL)
    cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, kin);

  return kin != NULL;
}

/* ---- "云下粮仓" of what is of 云上粮仓 */

/* Does the text have a name that differs from a fact's brand by one character? */
gboolean
cs_ground_is_near_brand (CsGroundFacts   *self,
                         const char      *text,
                         CsGroundClaim   *claim,
                         CsGroundFinding *finding)
{
  if (text == NULL || (guchar) text[claim->start] < 0xe0)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      gsize         length = fact->name != 0 ? strlen (fact->folded) : 0;

      if (length < 9 || length > 24 || g_utf8_strlen (fact->folded, -1) * 3 != (glong) length || strstr (text, fact->folded) != NULL)
        continue;
      for (const char *at = text; strlen (at) >= length; at = g_utf8_next_char (at))
        {
          guint n_other = 0;

          for (gsize k = 0; k < length; k += 3)
            n_other += strncmp (at + k, fact->folded + k, 3) != 0;
          if (n_other == 1 && claim->start < (gsize) (at - text) + length && claim->end > (gsize) (at - text))
            {
              cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, fact->fact);
              return TRUE;
            }
        }
    }

  return FALSE;
}

/* ---- "Castor oil" of what is made of "coconut, palm and castor oils" */

gboolean
cs_ground_is_headed (CsGroundFacts   *self,
                     CsGroundClaim   *claim,
                     CsGroundFinding *finding)
{
  static const char *const heads[] = { "oil", "wood", "paper", "yarn", "fabric", "cloth", "thread", "butter", "flour", "wax", "stone", "fibre", "fiber", "leather", NULL };
  const char      *space = claim->key != NULL ? strrchr (claim->key, ' ') : NULL;
  g_autofree char *what = NULL;

  if (claim->set != CS_GROUND_MATERIAL || claim->negated || claim->manner != CS_GROUND_PLAIN || space == NULL || !g_strv_contains (heads, space + 1))
    return FALSE;

  what = g_strndup (claim->key, space - claim->key);
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; !fact->boast && j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          if (known->negated || known->manner != CS_GROUND_PLAIN || known->key == NULL || strcmp (known->key, what) != 0)
            continue;
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return FALSE;
}
