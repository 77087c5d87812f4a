/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-job.h"

struct _CsJob
{
  GObject parent_instance;

  char         *title;
  guint         done;
  guint         start;
  guint         total;
  gint64        begun;
  gboolean      finished;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CsJob, cs_job, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_DONE,
  PROP_TOTAL,
  PROP_STOPPED,
  PROP_FINISHED,
} CsJobProperty;

static GParamSpec *properties[PROP_FINISHED + 1];

static void
cs_job_get_property (GObject    *object,
                     guint       prop_id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  CsJob *self = CS_JOB (object);

  switch ((CsJobProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_DONE:
      g_value_set_uint (value, self->done);
      break;

    case PROP_TOTAL:
      g_value_set_uint (value, self->total);
      break;

    case PROP_STOPPED:
      g_value_set_boolean (value, cs_job_is_stopped (self));
      break;

    case PROP_FINISHED:
      g_value_set_boolean (value, self->finished);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_job_finalize (GObject *object)
{
  CsJob *self = CS_JOB (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cs_job_parent_class)->finalize (object);
}

static void
cs_job_class_init (CsJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_job_finalize;
  object_class->get_property = cs_job_get_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_DONE] =
    g_param_spec_uint ("done", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_TOTAL] =
    g_param_spec_uint ("total", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_STOPPED] =
    g_param_spec_boolean ("stopped", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_FINISHED] =
    g_param_spec_boolean ("finished", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_job_init (CsJob *self)
{
  self->cancellable = g_cancellable_new ();
  self->begun = g_get_monotonic_time ();
}

CsJob *
cs_job_new (const char *title)
{
  CsJob *self = g_object_new (CS_TYPE_JOB, NULL);

  self->title = g_strdup (title);

  return self;
}

const char *
cs_job_get_title (CsJob *self)
{
  g_return_val_if_fail (CS_IS_JOB (self), NULL);

  return self->title;
}

guint
cs_job_get_done (CsJob *self)
{
  g_return_val_if_fail (CS_IS_JOB (self), 0);

  return self->done;
}

guint
cs_job_get_total (CsJob *self)
{
  g_return_val_if_fail (CS_IS_JOB (self), 0);

  return self->total;
}

void
cs_job_set_total (CsJob *self,
                  guint  total)
{
  g_return_if_fail (CS_IS_JOB (self));

  if (self->total == total)
    return;

  self->total = total;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

void
cs_job_advance (CsJob *self,
                guint  by)
{
  g_return_if_fail (CS_IS_JOB (self));

  self->done += by;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
}

void
cs_job_start_from (CsJob *self,
                   guint  done)
{
  g_return_if_fail (CS_IS_JOB (self));

  self->start = done;
  self->done = done;
  self->begun = g_get_monotonic_time ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
}

/**
 * cs_job_get_seconds_left:
 *
 * Returns: an estimate from the pace so far, or -1 while there is none
 */
gint64
cs_job_get_seconds_left (CsJob *self)
{
  double elapsed;
  guint  done;

  g_return_val_if_fail (CS_IS_JOB (self), -1);

  elapsed = g_get_monotonic_time () - self->begun;
  done = self->done - self->start;
  if (done < 2 || self->total <= self->done || elapsed < G_USEC_PER_SEC)
    return -1;

  /* A job may count bytes */
  return elapsed / done * (self->total - self->done) / G_USEC_PER_SEC;
}

void
cs_job_stop (CsJob *self)
{
  g_return_if_fail (CS_IS_JOB (self));

  if (cs_job_is_stopped (self))
    return;

  g_cancellable_cancel (self->cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPED]);
}

gboolean
cs_job_is_stopped (CsJob *self)
{
  g_return_val_if_fail (CS_IS_JOB (self), FALSE);

  return g_cancellable_is_cancelled (self->cancellable);
}

void
cs_job_finish (CsJob *self)
{
  g_return_if_fail (CS_IS_JOB (self));

  if (self->finished)
    return;

  self->finished = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINISHED]);
}

gboolean
cs_job_is_finished (CsJob *self)
{
  g_return_val_if_fail (CS_IS_JOB (self), FALSE);

  return self->finished;
}

GCancellable *
cs_job_get_cancellable (CsJob *self)
{
  g_return_val_if_fail (CS_IS_JOB (self), NULL);

  return self->cancellable;
}
