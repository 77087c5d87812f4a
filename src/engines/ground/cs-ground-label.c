/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"

/* What stands right beside a number and tells of what it is: "孔径24毫米" of what is 24
 * across and has a hole of 5, "a 19 mm hole" where the hole is 28.
 */

/* The two Chinese characters that end with a measure right before at; or NULL */
static char *
dup_han_label (const char *text,
               gsize       at)
{
  static const char *const between[] = { "约", "为", "达", "是", "仅", "有", "：", ":", " ", NULL };
  static const char *const measures[] = { "径", "高", "宽", "长", "厚", "深", "围", "重", "距", NULL };
  gboolean measure = FALSE;
  gboolean skipped;

  do
    {
      skipped = FALSE;
      for (guint i = 0; between[i] != NULL && !skipped; i++)
        {
          gsize n = strlen (between[i]);

          skipped = at >= n && strncmp (text + at - n, between[i], n) == 0;
          at -= skipped ? n : 0;
        }
    }
  while (skipped);

  for (guint i = 0; measures[i] != NULL; i++)
    measure = measure || (at >= 6 && strncmp (text + at - 3, measures[i], 3) == 0);
  if (!measure || (guchar) text[at - 6] < 0xe4 || (guchar) text[at - 6] > 0xe9)
    return NULL;

  return g_strndup (text + at - 6, 6);
}

static const char stops[] =
  " and the with for from about approx approximately around over under nearly almost just only each total size long wide tall high deep thick across round diameter height width length depth "
  "weight dia pack set pair this that has have was are not incl inc max min upto per plus than more less some made new old one two three four five six seven eight nine ten off its our your all "
  "measures measuring measure weighs weighing holds holding comes fits takes lasts stands standing roughly circa extends adjusts adjustable ";

static char *
keep_label (const char *begin,
            gsize       length)
{
  g_autofree char *word = g_ascii_strdown (begin, length);
  g_autofree char *whole = g_strdup_printf (" %s ", word);

  return length < 3 || strstr (stops, whole) != NULL ? NULL : cs_ground_singular (word);
}

/* The word right before a number, over "of" and the like; or NULL */
static char *
dup_word_before (const char *text,
                 gsize       at)
{
  for (guint n = 0; n < 3; n++)
    {
      gsize end = at;
      gsize begin;

      while (end > 0 && strchr (" :=~", text[end - 1]) != NULL)
        end--;
      begin = end;
      while (begin > 0 && g_ascii_isalpha (text[begin - 1]))
        begin--;
      if (begin == end || (begin > 0 && (text[begin - 1] == '-' || g_ascii_isdigit (text[begin - 1]))))
        return NULL;
      if (!(end - begin == 2 && (strncmp (text + begin, "of", 2) == 0 || strncmp (text + begin, "is", 2) == 0)))
        return keep_label (text + begin, end - begin);
      at = begin;
    }

  return NULL;
}

static char *
dup_word_after (const char *text,
                gsize       at)
{
  gsize begin = at + (text[at] == ' ' || text[at] == '-');
  gsize end = begin;

  while (g_ascii_isalpha (text[end]))
    end++;

  return begin == at || end == begin ? NULL : keep_label (text + begin, end - begin);
}

static gboolean
is_measure (CsGroundClaim *claim,
            const char    *text)
{
  return claim->set == CS_GROUND_NUMBER && !claim->negated && claim->number.unit != NULL && claim->end > claim->start && claim->end <= strlen (text) &&
         (claim->number.unit->dim == CS_DIM_LENGTH || claim->number.unit->dim == CS_DIM_WEIGHT || claim->number.unit->dim == CS_DIM_VOLUME);
}

/* What a fact's number is said of: the word before it, else the one after */
static char *
dup_known_label (const char    *text,
                 CsGroundClaim *known,
                 gboolean       han)
{
  char *label;

  if (han)
    return dup_han_label (text, known->start);
  label = dup_word_before (text, known->start);

  return label != NULL ? label : dup_word_after (text, known->end);
}

/**
 * cs_ground_is_labelled_otherwise:
 *
 * Returns: whether the facts give the value to something else that they name, and
 *   another value to what the text names; then that fact is in finding
 */
gboolean
cs_ground_is_labelled_otherwise (CsGroundFacts   *self,
                                 const char      *text,
                                 CsGroundClaim   *said,
                                 CsGroundFinding *finding)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean han;
  CsFact  *other = NULL;
  gboolean owned = FALSE; /* the value is of something else that has a name */

  if (text == NULL || !is_measure (said, text))
    return FALSE;

  before = dup_han_label (text, said->start);
  han = before != NULL;
  if (!han)
    {
      before = dup_word_before (text, said->start);
      after = dup_word_after (text, said->end);
    }

  for (guint i = 0; (before != NULL || after != NULL) && i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim   *known = &g_array_index (fact->claims, CsGroundClaim, j);
          g_autofree char *label = NULL;
          gboolean         same;
          gboolean         agrees;

          if (!is_measure (known, fact->text) || known->number.unit->dim != said->number.unit->dim)
            continue;
          label = dup_known_label (fact->text, known, han);
          same = label != NULL && (g_strcmp0 (label, before) == 0 || g_strcmp0 (label, after) == 0);
          agrees = cs_ground_numbers_compare (&said->number, &known->number) == CS_AGREES;
          if (agrees && (same || label == NULL))
            return FALSE;
          owned = owned || (agrees && !same);
          if (same && !agrees)
            other = fact->fact;
        }
    }

  if (other == NULL || !owned)
    return FALSE;

  cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, other);

  return TRUE;
}

/* ---- "Use within 18 months of opening" of what keeps 18 months unopened */

static int
opened_at (const char *text,
           gsize       start,
           gsize       end)
{
  static const char *const closed[] = { "unopened", "before opening", "sealed", "未开", "开封前", NULL };
  static const char *const opened[] = { "opening", "opened", "open", "开封", "开盖", "开瓶", "拆封", "开袋", NULL };
  gsize from = start;
  gsize to = end;
  g_autofree char *clause = NULL;

  while (from > 0 && strchr (",;.!(", text[from - 1]) == NULL && !(from >= 3 && (strncmp (text + from - 3, "，", 3) == 0 || strncmp (text + from - 3, "。", 3) == 0 || strncmp (text + from - 3, "；", 3) == 0)))
    from--;
  while (text[to] != '\0' && strchr (",;.!)", text[to]) == NULL && strncmp (text + to, "，", 3) != 0 && strncmp (text + to, "。", 3) != 0 && strncmp (text + to, "；", 3) != 0)
    to++;
  clause = g_ascii_strdown (text + from, to - from);
  for (guint i = 0; closed[i] != NULL; i++)
    {
      if (strstr (clause, closed[i]) != NULL)
        return -1;
    }
  for (guint i = 0; opened[i] != NULL; i++)
    {
      if (strstr (clause, opened[i]) != NULL)
        return 1;
    }

  return 0;
}

gboolean
cs_ground_keeps_unopened (CsGroundFacts   *self,
                          const char      *text,
                          CsGroundClaim   *said,
                          CsGroundFinding *finding)
{
  CsFact *other = NULL;

  if (text == NULL || said->set != CS_GROUND_NUMBER || said->number.unit == NULL || said->number.unit->dim != CS_DIM_TIME || said->end > strlen (text) ||
      opened_at (text, said->start, said->end) != 1)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);
          gboolean       agrees;

          if (known->set != CS_GROUND_NUMBER || known->number.unit == NULL || known->number.unit->dim != CS_DIM_TIME || known->end <= known->start || known->end > strlen (fact->text))
            continue;
          agrees = cs_ground_numbers_compare (&said->number, &known->number) == CS_AGREES;
          if (agrees && opened_at (fact->text, known->start, known->end) >= 0)
            return FALSE;
          if (agrees)
            other = fact->fact;
        }
    }

  if (other != NULL)
    cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, other);

  return other != NULL;
}
