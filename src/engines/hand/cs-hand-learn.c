/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-hand-learn.h"
#include "cs-hand-private.h"

/* Decisions beyond these are not looked at: habits change, and it must stay quick */
#define MAX_LESSONS  20000
#define MAX_EXAMPLES 200

static GPtrArray *
find_newest (GPtrArray *lessons)
{
  GPtrArray *newest = g_ptr_array_new ();

  for (guint i = 0; i < lessons->len && newest->len < MAX_LESSONS; i++)
    {
      if (((CsLesson *) lessons->pdata[i])->language != NULL)
        g_ptr_array_add (newest, lessons->pdata[i]);
    }

  return newest;
}

/* Accepted and edited texts as they are, newest first, the same text once */
static GPtrArray *
find_examples (GPtrArray *lessons)
{
  GPtrArray *examples = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_lesson_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < lessons->len && examples->len < MAX_EXAMPLES; i++)
    {
      CsLesson *lesson = lessons->pdata[i];

      if (lesson->decided != NULL && *lesson->decided != '\0' && strlen (lesson->decided) <= CS_HAND_MAX_TEXT &&
          g_hash_table_add (seen, lesson->decided))
        g_ptr_array_add (examples, cs_lesson_ref (lesson));
    }

  return examples;
}

/* What was learned earlier is learned anew, or no more: what the seller set stays */
static void
forget_learned (CsHand *self)
{
  g_autoptr (GStrvBuilder) never = g_strv_builder_new ();

  for (guint i = 0; self->never[i] != NULL; i++)
    {
      g_autofree char *mark = cs_hand_dup_mark ("never", self->never[i]);

      if (!cs_hand_is_learned (self, mark))
        g_strv_builder_add (never, self->never[i]);
    }

  if (cs_hand_is_learned (self, "order"))
    {
      g_strfreev (self->order);
      self->order = g_new0 (char *, 1);
    }

  g_strfreev (self->never);
  self->never = g_strv_builder_end (never);
  g_strfreev (self->learned);
  self->learned = g_new0 (char *, 1);
}

static void
learn_words (CsHand       *self,
             GPtrArray    *lessons,
             GStrvBuilder *learned)
{
  g_autoptr (GPtrArray) out = cs_hand_find_taken_out (lessons, self);
  g_autoptr (GPtrArray) in = cs_hand_find_put_in (lessons, self);
  g_autoptr (GStrvBuilder) never = g_strv_builder_new ();

  g_strv_builder_addv (never, (const char **) self->never);
  for (guint i = 0; i < out->len; i++)
    {
      g_strv_builder_add (never, out->pdata[i]);
      g_strv_builder_take (learned, cs_hand_dup_mark ("never", out->pdata[i]));
    }

  for (guint i = 0; i < in->len; i++)
    g_strv_builder_take (learned, cs_hand_dup_mark ("offer", in->pdata[i]));

  g_strfreev (self->never);
  self->never = g_strv_builder_end (never);
}

/**
 * cs_hand_learn:
 *
 * Where learning is switched off, @set comes back as it is, with what had been
 * learned when it was set and without examples.
 */
CsHand *
cs_hand_learn (GPtrArray *lessons,
               CsHand    *set)
{
  CsHand *self = set != NULL ? cs_hand_copy (set) : cs_hand_from_json (NULL);
  g_autoptr (GStrvBuilder) learned = g_strv_builder_new ();
  g_autoptr (GPtrArray) newest = NULL;

  g_return_val_if_fail (lessons != NULL, self);

  if (self->learning_off)
    return self;

  newest = find_newest (lessons);
  forget_learned (self);
  learn_words (self, newest, learned);
  if (*self->order == NULL && !cs_hand_is_unlearned (self, "order"))
    {
      char **order = cs_hand_find_order (newest, self);

      if (order != NULL)
        {
          g_strfreev (self->order);
          self->order = order;
          g_strv_builder_add (learned, "order");
        }
    }

  g_strfreev (self->learned);
  self->learned = g_strv_builder_end (learned);
  self->examples = find_examples (newest);

  return self;
}

/* How much of what the product is called an example is about: the last word says
 * most, "basket" in "bamboo fruit basket"
 */
static guint
rate (CsLesson   *lesson,
      GPtrArray  *words)
{
  g_autofree char *about = g_strconcat (lesson->kind != NULL ? lesson->kind : "", "\n", lesson->decided, NULL);
  g_autofree char *folded = cs_text_fold (about);
  guint            n = 0;

  for (guint i = 0; i < words->len; i++)
    n += cs_hand_says (folded, words->pdata[i]) ? (i + 1 == words->len ? 10 : 1) : 0;

  /* What was changed tells more than what was let pass */
  return n * 2 + (cs_hand_is_edit (lesson) ? 1 : 0);
}

static GPtrArray *
split_kind (const char *kind)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) spans = cs_text_words (kind != NULL ? kind : "");

  for (guint i = 0; i < MIN (spans->len, 40); i++)
    {
      CsSpan          *span = &g_array_index (spans, CsSpan, i);
      g_autofree char *word = g_strndup (kind + span->start, span->end - span->start);

      g_ptr_array_add (words, cs_text_fold (word));
    }

  return words;
}

GPtrArray *
cs_hand_pick_examples (CsHand     *self,
                       CsField     field,
                       const char *language,
                       const char *kind,
                       guint       n)
{
  GPtrArray *picked = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_lesson_unref);
  g_autoptr (GPtrArray) words = split_kind (kind);
  guint     n_examples = self != NULL && !self->off && self->examples != NULL ? self->examples->len : 0;
  g_autofree guint *rates = g_new0 (guint, n_examples + 1);

  for (guint i = 0; i < n_examples; i++)
    {
      CsLesson *lesson = self->examples->pdata[i];

      if (lesson->field == field && g_strcmp0 (lesson->language, language) == 0)
        rates[i] = 1 + rate (lesson, words);
    }

  while (picked->len < n)
    {
      guint best = n_examples;

      for (guint i = 0; i < n_examples; i++)
        {
          if (rates[i] > 0 && (best == n_examples || rates[i] > rates[best]))
            best = i;
        }

      if (best == n_examples)
        break;

      g_ptr_array_add (picked, cs_lesson_ref (self->examples->pdata[best]));
      rates[best] = 0;
    }

  return picked;
}
