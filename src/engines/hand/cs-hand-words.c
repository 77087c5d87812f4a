/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-hand-private.h"
#include "cs-lexicon.h"

/* Which words went out, and which came in, again and again. A word counts once
 * for each product. What was taken out in one text and left in another teaches
 * nothing, and neither does a text that was written anew from end to end.
 */

#define MAX_EDITS      5000
#define MAX_CANDIDATES 50000
#define MAX_FOUND      40
#define MAX_RUN        4
/* Of the newest titles, how many a word is looked for in, and in how many it must be */
#define NEWEST_TITLES  10
#define NEWEST_ENOUGH  6

typedef struct
{
  char  *word; /* as it was written last */
  char  *folded;
  gint64 products[CS_HAND_ENOUGH];
  guint  n_products; /* different ones; counted on beyond those that are kept */
  gint64 last;
  guint  n_words;
} Candidate;

static void
candidate_free (Candidate *self)
{
  g_free (self->word);
  g_free (self->folded);
  g_free (self);
}

/* Words that claim nothing by themselves: no habit can be read from them */
static const char *const small_words[] = {
  "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "its", "of", "on", "or",
  "our", "that", "the", "this", "to", "with", "without", "your", "you", "not", "no",
  "的", "和", "与", "及", "或", "在", "是", "有", "了", "也", "不", "无", "非", "我们", "这款", "可以",
  NULL,
};

static gboolean
is_small (const char *folded)
{
  return g_strv_contains (small_words, folded);
}

/* Between two words that stand together: says nothing alone, and a single Chinese
 * character, which may as well be in the other text as part of another word
 */
static gboolean
is_filler (const char *folded)
{
  return is_small (folded) ||
         (cs_text_is_han (g_utf8_get_char (folded)) && *g_utf8_next_char (folded) == '\0');
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) && !cs_text_is_han (c);
}

gboolean
cs_hand_says (const char *folded_text,
              const char *folded_word)
{
  gsize length = strlen (folded_word);

  if (length == 0)
    return FALSE;

  for (const char *at = strstr (folded_text, folded_word); at != NULL; at = strstr (g_utf8_next_char (at), folded_word))
    {
      gunichar first = g_utf8_get_char (at);
      gunichar last = g_utf8_get_char (g_utf8_prev_char (at + length));
      gunichar before = at > folded_text ? g_utf8_get_char (g_utf8_prev_char (at)) : ' ';
      gunichar after = at[length] != '\0' ? g_utf8_get_char (at + length) : ' ';

      if ((!is_word_char (first) || !is_word_char (before)) && (!is_word_char (last) || !is_word_char (after)))
        return TRUE;
    }

  return FALSE;
}

gboolean
cs_hand_is_edit (CsLesson *lesson)
{
  return lesson->suggested != NULL && lesson->decided != NULL && *lesson->decided != '\0' &&
         strcmp (lesson->suggested, lesson->decided) != 0 &&
         strlen (lesson->suggested) <= CS_HAND_MAX_TEXT && strlen (lesson->decided) <= CS_HAND_MAX_TEXT &&
         cs_text_script (lesson->suggested) == cs_text_script (lesson->decided);
}

static char *
dup_slice (const char   *text,
           const CsSpan *span)
{
  return g_strndup (text + span->start, span->end - span->start);
}

/* "Size: 28cm", "适合：女": the words before the colon are a form's */
static gboolean
is_label (const char *after)
{
  gunichar c = g_utf8_get_char (after);

  return c == ':' || c == 0xff1a;
}

/* Which words of one text the other does not say, as a mask by word; how many it does */
static guint8 *
find_missing (const char *text,
              GArray     *words,
              const char *other,
              guint      *n_same)
{
  g_autofree char *folded = cs_text_fold (other);
  guint8          *missing = g_new0 (guint8, words->len + 1);

  *n_same = 0;
  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *slice = dup_slice (text, &g_array_index (words, CsSpan, i));
      g_autofree char *word = cs_text_fold (slice);

      missing[i] = !cs_hand_says (folded, word) && !is_label (text + g_array_index (words, CsSpan, i).end);
      *n_same += !missing[i];
    }

  return missing;
}

/* Facts of a product are no matter of taste */
static gboolean
is_fact (const char *word)
{
  const guint facts = CS_ROLE_BIT (CS_ROLE_PRODUCT) | CS_ROLE_BIT (CS_ROLE_MATERIAL) | CS_ROLE_BIT (CS_ROLE_COLOUR) |
                      CS_ROLE_BIT (CS_ROLE_PLACE) | CS_ROLE_BIT (CS_ROLE_AUDIENCE) | CS_ROLE_BIT (CS_ROLE_SEASON) |
                      CS_ROLE_BIT (CS_ROLE_PATTERN);

  return (cs_lexicon_find (cs_text_script (word), word) & facts) != 0;
}

static gboolean
is_eligible (const char *folded,
             guint       n_words)
{
  gboolean han = FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isdigit (g_utf8_get_char (p)) || *p == '\n')
        return FALSE;
      han = han || cs_text_is_han (g_utf8_get_char (p));
    }

  return !is_small (folded) && g_utf8_strlen (folded, -1) >= (han ? 2 : 3) && strlen (folded) <= 80 && n_words <= MAX_RUN;
}

static void
count (GHashTable *candidates,
       GHashTable *seen,
       CsLesson   *lesson,
       char       *word,
       guint       n_words)
{
  g_autofree char *taken = word;
  g_autofree char *folded = cs_text_fold (word);
  Candidate       *candidate;

  if (!is_eligible (folded, n_words) || g_hash_table_contains (seen, folded))
    return;

  g_hash_table_add (seen, g_strdup (folded));
  candidate = g_hash_table_lookup (candidates, folded);
  if (candidate == NULL)
    {
      if (g_hash_table_size (candidates) >= MAX_CANDIDATES)
        return;

      candidate = g_new0 (Candidate, 1);
      candidate->word = g_steal_pointer (&taken);
      candidate->folded = g_strdup (folded);
      candidate->n_words = n_words;
      g_hash_table_insert (candidates, candidate->folded, candidate);
    }

  for (guint i = 0; i < MIN (candidate->n_products, CS_HAND_ENOUGH); i++)
    {
      if (candidate->products[i] == lesson->product)
        return;
    }

  if (candidate->n_products >= CS_HAND_ENOUGH && candidate->last == lesson->product)
    return;

  if (candidate->n_products < CS_HAND_ENOUGH)
    candidate->products[candidate->n_products] = lesson->product;
  candidate->n_products++;
  candidate->last = lesson->product;
}

/* Nothing but a space or a hyphen between two words? */
static gboolean
is_adjacent (const char   *text,
             const CsSpan *left,
             const CsSpan *right)
{
  for (guint i = left->end; i < right->start; i++)
    {
      if (text[i] != ' ' && text[i] != '-' && text[i] != '&')
        return FALSE;
    }

  return TRUE;
}

/* Words that one text has and the other has not: each, and those that stand together */
static void
collect (GHashTable *candidates,
         CsLesson   *lesson,
         const char *text,
         GArray     *words,
         guint8     *missing)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const CsSpan *first = &g_array_index (words, CsSpan, i);
      guint         end = i; /* the last one that is missing, of those that stand together */

      if (!missing[i])
        continue;

      count (candidates, seen, lesson, dup_slice (text, first), 1);
      if (i > 0 && missing[i - 1] && is_adjacent (text, first - 1, first))
        continue;

      for (guint j = i + 1; j < words->len && is_adjacent (text, &g_array_index (words, CsSpan, j - 1), &g_array_index (words, CsSpan, j)); j++)
        {
          g_autofree char *slice = dup_slice (text, &g_array_index (words, CsSpan, j));
          g_autofree char *word = cs_text_fold (slice);

          if (missing[j])
            end = j;
          else if (!is_filler (word))
            break;
        }

      if (end > i)
        {
          CsSpan run = { first->start, g_array_index (words, CsSpan, end).end };

          count (candidates, seen, lesson, dup_slice (text, &run), end - i + 1);
        }
    }
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *left = *(Candidate *const *) a;
  const Candidate *right = *(Candidate *const *) b;
  guint            x = left->n_products + left->n_words;
  guint            y = right->n_products + right->n_words;

  if (x != y)
    return x > y ? -1 : 1;

  return left->n_words != right->n_words ? (left->n_words > right->n_words ? -1 : 1) : strcmp (left->folded, right->folded);
}

/* Those that came up often enough, the surest first */
static GPtrArray *
find_frequent (GHashTable *candidates)
{
  GPtrArray     *frequent = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, candidates);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (((Candidate *) value)->n_products >= CS_HAND_ENOUGH)
        g_ptr_array_add (frequent, value);
    }

  g_ptr_array_sort (frequent, compare_candidates);
  if (frequent->len > MAX_FOUND * 4)
    g_ptr_array_set_size (frequent, MAX_FOUND * 4);

  return frequent;
}

static gboolean
list_says (char      **list,
           const char *folded)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      g_autofree char *other = cs_text_fold (list[i]);

      if (cs_hand_says (other, folded) || cs_hand_says (folded, other))
        return TRUE;
    }

  return FALSE;
}

static gboolean
was_unlearned (CsHand     *set,
               const char *what,
               const char *folded)
{
  gsize length = strlen (what);

  for (guint i = 0; set != NULL && set->unlearned != NULL && set->unlearned[i] != NULL; i++)
    {
      const char      *mark = set->unlearned[i];
      g_autofree char *word = NULL;

      if (!g_str_has_prefix (mark, what) || mark[length] != ':')
        continue;

      word = cs_text_fold (mark + length + 1);
      if (cs_hand_says (folded, word) || cs_hand_says (word, folded))
        return TRUE;
    }

  return FALSE;
}

/* Is it part of one that is chosen, or the other way round? */
static gboolean
overlaps (GPtrArray  *chosen,
          const char *folded)
{
  for (guint i = 0; i < chosen->len; i++)
    {
      g_autofree char *other = cs_text_fold (chosen->pdata[i]);

      if (strstr (other, folded) != NULL || strstr (folded, other) != NULL)
        return TRUE;
    }

  return FALSE;
}

static GHashTable *
collect_all (GPtrArray *lessons,
             gboolean   taken_out)
{
  GHashTable *candidates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) candidate_free);
  guint       n_edits = 0;

  for (guint i = 0; i < lessons->len && n_edits < MAX_EDITS; i++)
    {
      CsLesson   *lesson = lessons->pdata[i];
      const char *text;
      guint       n_same;
      g_autoptr (GArray) words = NULL;
      g_autofree guint8 *missing = NULL;

      if (!cs_hand_is_edit (lesson) || (!taken_out && lesson->field != CS_FIELD_TITLE))
        continue;

      n_edits++;
      text = taken_out ? lesson->suggested : lesson->decided;
      words = cs_text_words (text);
      missing = find_missing (text, words, taken_out ? lesson->decided : lesson->suggested, &n_same);

      /* Written anew */
      if (n_same * 3 < words->len)
        continue;

      collect (candidates, lesson, text, words, missing);
    }

  return candidates;
}

/* Drops those candidates that stand in a text of the seller's */
static void
drop_kept (GPtrArray *frequent,
           GPtrArray *lessons)
{
  for (guint i = 0; i < lessons->len && frequent->len > 0; i++)
    {
      CsLesson        *lesson = lessons->pdata[i];
      g_autofree char *folded = NULL;

      if (lesson->decided == NULL)
        continue;

      folded = cs_text_fold (lesson->decided);
      for (guint j = frequent->len; j-- > 0;)
        {
          if (cs_hand_says (folded, ((Candidate *) frequent->pdata[j])->folded))
            g_ptr_array_remove_index (frequent, j);
        }
    }
}

static gboolean
is_of_a_brand (GPtrArray  *lessons,
               const char *folded)
{
  for (guint i = 0; i < MIN (lessons->len, MAX_EDITS); i++)
    {
      const char      *brand = ((CsLesson *) lessons->pdata[i])->brand;
      g_autofree char *other = NULL;

      if (brand == NULL || (i > 0 && g_strcmp0 (brand, ((CsLesson *) lessons->pdata[i - 1])->brand) == 0))
        continue;

      other = cs_text_fold (brand);
      if (strstr (other, folded) != NULL || cs_hand_says (folded, other))
        return TRUE;
    }

  return FALSE;
}

GPtrArray *
cs_hand_find_taken_out (GPtrArray *lessons,
                        CsHand    *set)
{
  g_autoptr (GHashTable) candidates = collect_all (lessons, TRUE);
  g_autoptr (GPtrArray) frequent = find_frequent (candidates);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  drop_kept (frequent, lessons);
  for (guint i = 0; i < frequent->len && found->len < MAX_FOUND; i++)
    {
      Candidate *candidate = frequent->pdata[i];

      if (!is_fact (candidate->folded) && !overlaps (found, candidate->folded) &&
          !was_unlearned (set, "never", candidate->folded) &&
          !(set != NULL && (list_says (set->pinned, candidate->folded) || list_says (set->never, candidate->folded))) &&
          !is_of_a_brand (lessons, candidate->folded))
        g_ptr_array_add (found, g_strdup (candidate->word));
    }

  return found;
}

/* Is it in most of the newest titles? One that was put in for a while is a habit no more. */
static gboolean
is_usual (GPtrArray  *lessons,
          const char *folded)
{
  CsScript script = cs_text_script (folded);
  guint    n = 0;
  guint    n_said = 0;

  for (guint i = 0; i < lessons->len && n < NEWEST_TITLES; i++)
    {
      CsLesson        *lesson = lessons->pdata[i];
      g_autofree char *title = NULL;

      if (lesson->field != CS_FIELD_TITLE || lesson->decided == NULL ||
          (script == CS_SCRIPT_HAN && cs_text_script (lesson->decided) != script))
        continue;

      title = cs_text_fold (lesson->decided);
      n++;
      n_said += cs_hand_says (title, folded);
    }

  return n_said * NEWEST_TITLES >= n * NEWEST_ENOUGH;
}

GPtrArray *
cs_hand_find_put_in (GPtrArray *lessons,
                     CsHand    *set)
{
  g_autoptr (GHashTable) candidates = collect_all (lessons, FALSE);
  g_autoptr (GPtrArray) frequent = find_frequent (candidates);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < frequent->len && found->len < MAX_FOUND / 4; i++)
    {
      Candidate *candidate = frequent->pdata[i];

      if (!overlaps (found, candidate->folded) && !was_unlearned (set, "offer", candidate->folded) &&
          !(set != NULL && (list_says (set->pinned, candidate->folded) || list_says (set->never, candidate->folded))) &&
          !is_of_a_brand (lessons, candidate->folded) && is_usual (lessons, candidate->folded))
        g_ptr_array_add (found, g_strdup (candidate->word));
    }

  return found;
}
