/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fiber.h"
#include "cs-review-line.h"

typedef struct
{
  DexFiberFunc   func;
  gpointer       data;
  GDestroyNotify data_destroy;
} Step;

struct _CsReviewLine
{
  GObject parent_instance;

  GQueue   steps;
  gboolean is_running;
};

G_DEFINE_FINAL_TYPE (CsReviewLine, cs_review_line, G_TYPE_OBJECT)

enum
{
  IDLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
step_free (Step *step)
{
  if (step->data_destroy != NULL)
    step->data_destroy (step->data);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
cs_review_line_finalize (GObject *object)
{
  g_queue_clear_full (&CS_REVIEW_LINE (object)->steps, (GDestroyNotify) step_free);

  G_OBJECT_CLASS (cs_review_line_parent_class)->finalize (object);
}

static void
cs_review_line_class_init (CsReviewLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_review_line_finalize;
  signals[IDLE] = g_signal_new ("idle", CS_TYPE_REVIEW_LINE, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_review_line_init (CsReviewLine *self)
{
  g_queue_init (&self->steps);
}

CsReviewLine *
cs_review_line_new (void)
{
  return g_object_new (CS_TYPE_REVIEW_LINE, NULL);
}

static DexFuture *
run_fiber (gpointer data)
{
  CsReviewLine *self = data;

  while (!g_queue_is_empty (&self->steps))
    {
      g_autoptr (Step) step = g_queue_pop_head (&self->steps);

      if (!dex_await (step->func (step->data), NULL))
        cs_review_line_clear (self);
    }
  self->is_running = FALSE;
  g_signal_emit (self, signals[IDLE], 0);

  return dex_future_new_true ();
}

/* step runs in a fiber and may await */
void
cs_review_line_push (CsReviewLine  *self,
                     DexFiberFunc   step,
                     gpointer       data,
                     GDestroyNotify data_destroy)
{
  Step *added;

  g_return_if_fail (CS_IS_REVIEW_LINE (self));

  added = g_new0 (Step, 1);
  *added = (Step) { step, data, data_destroy };
  g_queue_push_tail (&self->steps, added);
  if (self->is_running)
    return;

  self->is_running = TRUE;
  dex_future_disown (cs_fiber_spawn (run_fiber, g_object_ref (self), g_object_unref));
}

gboolean
cs_review_line_is_idle (CsReviewLine *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_LINE (self), TRUE);

  return !self->is_running;
}

/* Lets go of what has not begun */
void
cs_review_line_clear (CsReviewLine *self)
{
  g_return_if_fail (CS_IS_REVIEW_LINE (self));

  g_queue_clear_full (&self->steps, (GDestroyNotify) step_free);
}
