/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-hand.h"

static void
cs_lesson_clear (CsLesson *self)
{
  g_free (self->kind);
  g_free (self->language);
  g_free (self->suggested);
  g_free (self->decided);
}

CS_DEFINE_RECORD (CsLesson, cs_lesson)

static void
cs_hand_clear (CsHand *self)
{
  g_strfreev (self->pinned);
  g_strfreev (self->never);
  g_strfreev (self->order);
  g_free (self->tone);
  g_clear_pointer (&self->examples, g_ptr_array_unref);
  g_strfreev (self->learned);
  g_strfreev (self->unlearned);
}

CS_DEFINE_RECORD (CsHand, cs_hand)
