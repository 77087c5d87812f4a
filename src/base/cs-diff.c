/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-diff.h"
#include "cs-text.h"

/* A diff to be read by a person: by words (those that ICU finds, so it is right
 * for Chinese), then, where one word stands for another that is much like it,
 * by character. The shortest diff is not the most readable one: a lone "the" or
 * "的" that both texts happen to share between two changes is made part of the
 * change.
 */

/* Rows are compared in linear space; above this many pairs of words (two texts
 * of 20,000 words with nothing in common at either end) what differs is shown as
 * one change.
 */
#define MAX_PAIRS (G_GUINT64_CONSTANT (400) * 1000 * 1000)

typedef struct
{
  const char *text; /* of the side that it is on */
  guint       start;
  guint       end;
  guint       word; /* equal words have equal numbers */
} Token;

typedef struct
{
  const char *before;
  const char *after;
  Token      *old; /* what is compared now */
  Token *new;
  guint8  *old_same; /* for each token: in the common subsequence? */
  guint8  *new_same;
  guint32 *forward; /* rows for the linear-space comparison */
  guint32 *backward;
} Comparison;

static GArray *
number_tokens (const char *text,
               GArray     *spans,
               GHashTable *words)
{
  GArray *tokens = g_array_sized_new (FALSE, FALSE, sizeof (Token), spans->len);

  for (guint i = 0; i < spans->len; i++)
    {
      const CsSpan    *span = &g_array_index (spans, CsSpan, i);
      g_autofree char *word = g_strndup (text + span->start, span->end - span->start);
      gpointer         number;
      Token            token = { text, span->start, span->end, 0 };

      if (g_hash_table_lookup_extended (words, word, NULL, &number))
        token.word = GPOINTER_TO_UINT (number);
      else
        {
          token.word = g_hash_table_size (words);
          g_hash_table_insert (words, g_steal_pointer (&word), GUINT_TO_POINTER (token.word));
        }

      g_array_append_val (tokens, token);
    }

  return tokens;
}

/* Lengths of the longest common subsequences of old[a..b) and each beginning of
 * new[c..d), into row
 */
static void
fill_forward (Comparison *self,
              guint       a,
              guint       b,
              guint       c,
              guint       d)
{
  guint32 *row = self->forward;

  memset (row, 0, (d - c + 1) * sizeof *row);

  for (guint i = a; i < b; i++)
    {
      guint32 diagonal = 0;

      for (guint j = c; j < d; j++)
        {
          guint32 above = row[j - c + 1];

          row[j - c + 1] = self->old[i].word == self->new[j].word
                             ? diagonal + 1
                             : MAX (above, row[j - c]);
          diagonal = above;
        }
    }
}

/* The same from the ends: for each end of new[c..d) */
static void
fill_backward (Comparison *self,
               guint       a,
               guint       b,
               guint       c,
               guint       d)
{
  guint32 *row = self->backward;

  memset (row, 0, (d - c + 1) * sizeof *row);

  for (guint i = b; i-- > a;)
    {
      guint32 diagonal = 0;

      for (guint j = d; j-- > c;)
        {
          guint32 below = row[j - c];

          row[j - c] = self->old[i].word == self->new[j].word
                         ? diagonal + 1
                         : MAX (below, row[j - c + 1]);
          diagonal = below;
        }
    }
}

/* Hirschberg: the longest common subsequence, marked in old_same and new_same */
static void
compare (Comparison *self,
         guint       a,
         guint       b,
         guint       c,
         guint       d)
{
  guint middle;
  guint best = 0;

  while (a < b && c < d && self->old[a].word == self->new[c].word)
    self->old_same[a++] = self->new_same[c++] = TRUE;
  while (a < b && c < d && self->old[b - 1].word == self->new[d - 1].word)
    self->old_same[--b] = self->new_same[--d] = TRUE;

  if (a == b || c == d || (guint64) (b - a) * (d - c) > MAX_PAIRS)
    return;

  if (b - a == 1)
    {
      for (guint j = c; j < d; j++)
        {
          if (self->old[a].word == self->new[j].word)
            {
              self->old_same[a] = self->new_same[j] = TRUE;
              return;
            }
        }
      return;
    }

  middle = a + (b - a) / 2;
  fill_forward (self, a, middle, c, d);
  fill_backward (self, middle, b, c, d);

  for (guint j = 0; j <= d - c; j++)
    {
      if (self->forward[j] + self->backward[j] > self->forward[best] + self->backward[best])
        best = j;
    }

  compare (self, a, middle, c, c + best);
  compare (self, middle, b, c + best, d);
}

/* One stretch of both texts: the same, or a change (either side may be empty) */
typedef struct
{
  gboolean same;
  guint    old_start;
  guint    old_end;
  guint    new_start;
  guint    new_end;
} Stretch;

static void
append_stretch (GArray  *stretches,
                Stretch *stretch)
{
  Stretch *last = stretches->len > 0 ? &g_array_index (stretches, Stretch, stretches->len - 1) : NULL;

  if (stretch->old_start == stretch->old_end && stretch->new_start == stretch->new_end)
    return;

  if (last != NULL && last->same == stretch->same)
    {
      last->old_end = stretch->old_end;
      last->new_end = stretch->new_end;
    }
  else
    g_array_append_val (stretches, *stretch);
}

/* Numbers the tokens of both sides and returns the stretches, in bytes */
static GArray *
find_stretches (const char *before,
                GArray     *old_spans,
                const char *after,
                GArray     *new_spans)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) old = number_tokens (before, old_spans, words);
  g_autoptr (GArray) new = number_tokens (after, new_spans, words);
  g_autofree guint8  *old_same = g_new0 (guint8, old->len + 1);
  g_autofree guint8  *new_same = g_new0 (guint8, new->len + 1);
  g_autofree guint32 *forward = g_new (guint32, new->len + 1);
  g_autofree guint32 *backward = g_new (guint32, new->len + 1);
  Comparison          comparison = {
    before,
    after,
    (Token *) old->data,
    (Token *) new->data,
    old_same,
    new_same,
    forward,
    backward,
  };
  Token *a = comparison.old;
  Token *b = comparison.new;

  compare (&comparison, 0, old->len, 0, new->len);

  for (guint i = 0, j = 0; i < old->len || j < new->len;)
    {
      guint   i0 = i;
      guint   j0 = j;
      Stretch stretch = { .same = old_same[i] && new_same[j] };

      if (stretch.same)
        {
          i++;
          j++;
        }
      else
        {
          while (i < old->len && !old_same[i])
            i++;
          while (j < new->len && !new_same[j])
            j++;
        }

      stretch.old_start = i0 < old->len ? a[i0].start : strlen (before);
      stretch.old_end = i > i0 ? a[i - 1].end : stretch.old_start;
      stretch.new_start = j0 < new->len ? b[j0].start : strlen (after);
      stretch.new_end = j > j0 ? b[j - 1].end : stretch.new_start;
      append_stretch (stretches, &stretch);
    }

  return stretches;
}

/* How much there is to read in a run: spaces and punctuation weigh nothing, a
 * Chinese character as much as two letters.
 */
static guint
weigh (const char *text,
       guint       start,
       guint       end)
{
  guint weight = 0;

  for (const char *p = text + start; p < text + end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        weight += g_unichar_iswide (c) ? 2 : 1;
    }

  return weight;
}

/* Is what stayed the same between two changes too little to hold on to? A word
 * taken out or put in beside it is not a reason: only where both sides of both
 * neighbours changed does it stand in a changed passage.
 */
static gboolean
is_confetti (const char    *before,
             const char    *after,
             const Stretch *previous,
             const Stretch *same,
             const Stretch *next)
{
  guint weight = weigh (after, same->new_start, same->new_end);
  guint left_old = weigh (before, previous->old_start, previous->old_end);
  guint left_new = weigh (after, previous->new_start, previous->new_end);
  guint right_old = weigh (before, next->old_start, next->old_end);
  guint right_new = weigh (after, next->new_start, next->new_end);

  if (weight == 0)
    return left_old + right_old > 0 && left_new + right_new > 0;

  return weight <= 4 &&
         weight * 2 <= MAX (left_old, left_new) && weight * 2 <= MAX (right_old, right_new) &&
         MIN (left_old + right_old, left_new + right_new) > 0;
}

static GArray *
merge_confetti (const char *before,
                const char *after,
                GArray     *stretches)
{
  GArray *merged = g_array_new (FALSE, FALSE, sizeof (Stretch));

  for (guint i = 0; i < stretches->len; i++)
    {
      Stretch stretch = g_array_index (stretches, Stretch, i);

      if (stretch.same && merged->len > 0 && i + 1 < stretches->len &&
          is_confetti (before, after, &g_array_index (merged, Stretch, merged->len - 1), &stretch,
                       &g_array_index (stretches, Stretch, i + 1)))
        stretch.same = FALSE;

      append_stretch (merged, &stretch);
    }

  return merged;
}

static GArray *
split_characters (const char *text,
                  guint       start,
                  guint       end)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CsSpan));

  for (guint at = start; at < end;)
    {
      CsSpan span = { at, g_utf8_next_char (text + at) - text };

      while (span.end < end && g_unichar_ismark (g_utf8_get_char (text + span.end)))
        span.end = g_utf8_next_char (text + span.end) - text;

      g_array_append_val (spans, span);
      at = span.end;
    }

  return spans;
}

/* The stretches of a change, by character, where that is easier to read than
 * one word struck out and another put in: much is common, in one or two pieces.
 */
static GArray *
refine (const char    *before,
        const char    *after,
        const Stretch *change)
{
  g_autofree char *old = g_strndup (before + change->old_start, change->old_end - change->old_start);
  g_autofree char *new = g_strndup (after + change->new_start, change->new_end - change->new_start);
  g_autoptr (GArray) old_spans = split_characters (old, 0, strlen (old));
  g_autoptr (GArray) new_spans = split_characters (new, 0, strlen (new));
  g_autoptr (GArray) fine = NULL;
  g_autoptr (GArray) merged = NULL;
  guint common = 0;
  guint pieces = 0;
  guint whole = MAX (weigh (old, 0, strlen (old)), weigh (new, 0, strlen (new)));

  if (old_spans->len == 0 || new_spans->len == 0 || MAX (old_spans->len, new_spans->len) > 400)
    return NULL;

  fine = find_stretches (old, old_spans, new, new_spans);
  merged = merge_confetti (old, new, fine);

  for (guint i = 0; i < merged->len; i++)
    {
      const Stretch *stretch = &g_array_index (merged, Stretch, i);

      if (stretch->same && weigh (new, stretch->new_start, stretch->new_end) > 0)
        {
          common += weigh (new, stretch->new_start, stretch->new_end);
          pieces++;
        }
    }

  if (pieces == 0 || pieces > 2 || common * 2 < whole)
    return NULL;

  return g_steal_pointer (&merged);
}

static void
append_run (GArray    *runs,
            CsDiffKind kind,
            guint      start,
            guint      end)
{
  CsDiffRun  run = { kind, start, end };
  CsDiffRun *last = runs->len > 0 ? &g_array_index (runs, CsDiffRun, runs->len - 1) : NULL;

  if (start == end)
    return;

  if (last != NULL && last->kind == kind)
    last->end = end;
  else
    g_array_append_val (runs, run);
}

static void
append_runs (GArray        *runs,
             const Stretch *stretch,
             guint          old_offset,
             guint          new_offset)
{
  if (stretch->same)
    {
      append_run (runs, CS_DIFF_SAME, new_offset + stretch->new_start, new_offset + stretch->new_end);
      return;
    }

  append_run (runs, CS_DIFF_REMOVED, old_offset + stretch->old_start, old_offset + stretch->old_end);
  append_run (runs, CS_DIFF_ADDED, new_offset + stretch->new_start, new_offset + stretch->new_end);
}

/**
 * cs_diff_words:
 * @before: the old text
 * @after: the new text
 *
 * Returns: (element-type CsDiffRun): runs in reading order, what was removed
 *   before what was added in its place. The runs that are %CS_DIFF_SAME or
 *   %CS_DIFF_REMOVED, read in order, cover all of @before (a run that is the
 *   same is equally long in both); those that are %CS_DIFF_SAME or
 *   %CS_DIFF_ADDED cover all of @after.
 */
GArray *
cs_diff_words (const char *before,
               const char *after)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (CsDiffRun));
  g_autoptr (GArray) old_spans = NULL;
  g_autoptr (GArray) new_spans = NULL;
  g_autoptr (GArray) stretches = NULL;
  g_autoptr (GArray) merged = NULL;

  g_return_val_if_fail (before != NULL, runs);
  g_return_val_if_fail (after != NULL, runs);

  old_spans = cs_text_segments (before);
  new_spans = cs_text_segments (after);
  stretches = find_stretches (before, old_spans, after, new_spans);
  merged = merge_confetti (before, after, stretches);

  for (guint i = 0; i < merged->len; i++)
    {
      const Stretch *stretch = &g_array_index (merged, Stretch, i);
      g_autoptr (GArray) fine = stretch->same ? NULL : refine (before, after, stretch);

      if (fine == NULL)
        append_runs (runs, stretch, 0, 0);
      else
        {
          for (guint j = 0; j < fine->len; j++)
            append_runs (runs, &g_array_index (fine, Stretch, j), stretch->old_start, stretch->new_start);
        }
    }

  return runs;
}
