/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-facts.h"
#include "cs-hand-private.h"
#include "cs-text-draft.h"

/* How the seller writes stands above what a product's own facts say: a word that
 * is never used takes what it stands in with it, but never the one word that says
 * what the thing is.
 */

/* Of the title, how much pinned words may take */
#define MAX_PINNED_UNITS 40

static gboolean
is_never (CsHand     *hand,
          const char *text)
{
  g_autofree char *folded = NULL;

  if (text == NULL || hand->never == NULL || hand->never[0] == NULL)
    return FALSE;

  folded = cs_text_fold (text);
  for (guint i = 0; hand->never[i] != NULL; i++)
    {
      g_autofree char *word = cs_text_fold (hand->never[i]);

      if (cs_hand_says (folded, word))
        return TRUE;
    }

  return FALSE;
}

static gboolean
ends_sentence (const char *p,
               gunichar    c)
{
  return c == 0x3002 || c == 0xff01 || c == 0xff1f || c == ';' || c == 0xff1b ||
         ((c == '.' || c == '!' || c == '?') && (p[1] == ' ' || p[1] == '\0'));
}

/* The sentences of a text that have none of the words; the others are told of */
static char *
dup_wanted (CsFacts    *self,
            CsHand     *hand,
            const char *text)
{
  g_autoptr (GString) wanted = g_string_new (NULL);
  const char *start = text;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char      *next = g_utf8_next_char (p);
      g_autofree char *sentence = NULL;

      if (!ends_sentence (p, g_utf8_get_char (p)) && *next != '\0')
        continue;

      sentence = g_strndup (start, next - start);
      if (is_never (hand, sentence))
        g_ptr_array_add (self->unwanted, g_strdup (g_strstrip (sentence)));
      else
        g_string_append (wanted, sentence);
      start = next;
    }

  return g_strdup (g_strstrip (wanted->str));
}

static gboolean
is_long (CsTerm *term)
{
  return term->role == CS_ROLE_SENTENCE || term->role == CS_ROLE_DESCRIPTION_LINE || term->role == CS_ROLE_BULLET_LINE;
}

static void
leave_out (CsFacts *self,
           CsHand  *hand)
{
  for (guint i = 0; i < self->terms->len;)
    {
      CsTerm *term = self->terms->pdata[i];

      if ((!is_never (hand, term->text) && !is_never (hand, term->word)) ||
          (term->head && term->role == CS_ROLE_PRODUCT))
        {
          i++;
          continue;
        }

      if (is_long (term))
        {
          char *wanted = dup_wanted (self, hand, term->text);

          g_free (term->text);
          term->text = wanted;
          term->start = term->end = 0;
          if (*wanted != '\0')
            {
              i++;
              continue;
            }
        }
      else if (!g_ptr_array_find_with_equal_func (self->unwanted, cs_term_get_shown (term), g_str_equal, NULL))
        g_ptr_array_add (self->unwanted, g_strdup (cs_term_get_shown (term)));

      g_ptr_array_remove_index (self->terms, i);
    }
}

/* Chinese words stand in Chinese titles; others in those too, where none is Chinese */
static gboolean
suits_script (CsFacts    *self,
              CsHand     *hand,
              const char *word)
{
  if (cs_text_script (word) == CS_SCRIPT_HAN)
    return self->script == CS_SCRIPT_HAN;

  for (guint i = 0; self->script == CS_SCRIPT_HAN && hand->pinned[i] != NULL; i++)
    {
      if (cs_text_script (hand->pinned[i]) == CS_SCRIPT_HAN)
        return FALSE;
    }

  return TRUE;
}

static void
pin (CsFacts *self,
     CsHand  *hand)
{
  guint units = 0;

  for (guint i = 0; hand->pinned != NULL && hand->pinned[i] != NULL; i++)
    {
      g_autofree char *word = cs_text_clean (hand->pinned[i], FALSE);
      CsTerm          *term;

      if (*word == '\0' || !suits_script (self, hand, word))
        continue;

      units += cs_text_units (word) + 2;
      if (units > MAX_PINNED_UNITS)
        {
          g_ptr_array_add (self->doubts, g_strdup_printf (_ ("There is no room for “%s” in the title."), word));
          continue;
        }

      term = cs_facts_add (self, CS_FACT_HAND, CS_ROLE_OTHER, word);
      g_ptr_array_steal_index (self->terms, self->terms->len - 1);
      g_free (term->id);
      term->id = g_strdup_printf ("hand.%u", i + 1);
      term->where = g_strdup (_ ("Words that must stand"));
      g_ptr_array_add (self->pinned, term);
    }
}

void
cs_facts_follow_hand (CsFacts *self,
                      CsHand  *hand)
{
  self->hand = hand;
  leave_out (self, hand);
  pin (self, hand);
}
