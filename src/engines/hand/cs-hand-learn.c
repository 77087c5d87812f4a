/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-hand-learn.h"

#define MAX_EXAMPLES 200

/* Accepted and edited texts as they are, newest first */
static GPtrArray *
find_examples (GPtrArray *lessons)
{
  GPtrArray *examples = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_lesson_unref);

  for (guint i = 0; i < lessons->len && examples->len < MAX_EXAMPLES; i++)
    {
      CsLesson *lesson = lessons->pdata[i];

      if (lesson->decided != NULL && *lesson->decided != '\0')
        g_ptr_array_add (examples, cs_lesson_ref (lesson));
    }

  return examples;
}

CsHand *
cs_hand_learn (GPtrArray *lessons,
               CsHand    *set)
{
  CsHand *self = set != NULL ? cs_hand_copy (set) : cs_hand_from_json (NULL);

  g_return_val_if_fail (lessons != NULL, self);

  if (!self->learning_off)
    self->examples = find_examples (lessons);

  return self;
}

GPtrArray *
cs_hand_pick_examples (CsHand     *self,
                       CsField     field,
                       const char *language,
                       const char *kind,
                       guint       n)
{
  GPtrArray *picked = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_lesson_unref);

  for (guint i = 0; self != NULL && !self->off && self->examples != NULL && i < self->examples->len && picked->len < n; i++)
    {
      CsLesson *lesson = self->examples->pdata[i];

      if (lesson->field == field && g_strcmp0 (lesson->language, language) == 0)
        g_ptr_array_add (picked, cs_lesson_ref (lesson));
    }

  return picked;
}
