/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-job-row.h"

struct _CsJobRow
{
  AdwBin parent_instance;

  CsJob *job;
  guint  tick;

  /* Template */
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (CsJobRow, cs_job_row, ADW_TYPE_BIN)

typedef enum
{
  PROP_JOB = 1,
  PROP_STATUS,
  PROP_TIME_LEFT,
  PROP_FRACTION,
} CsJobRowProperty;

static GParamSpec *properties[PROP_FRACTION + 1];

static char *
dup_status (CsJobRow *self)
{
  if (self->job == NULL)
    return g_strdup ("");

  if (cs_job_get_total (self->job) == 0)
    return g_strdup (cs_job_get_title (self->job));

  /* Translators: what is being done, how many are done, of how many */
  return g_strdup_printf (_("%s · %u of %u"), cs_job_get_title (self->job),
                          cs_job_get_done (self->job), cs_job_get_total (self->job));
}

static char *
dup_time_left (CsJobRow *self)
{
  gint64 left = self->job != NULL ? cs_job_get_seconds_left (self->job) : -1;
  guint  minutes;

  if (self->job != NULL && cs_job_is_stopped (self->job))
    return g_strdup (_("Stopping…"));
  if (left < 0)
    return g_strdup ("");
  if (left < 60)
    return g_strdup (_("Less than a minute left"));

  minutes = (left + 30) / 60;

  return g_strdup_printf (ngettext ("%u min left", "%u min left", minutes), minutes);
}

static double
get_fraction (CsJobRow *self)
{
  guint total = self->job != NULL ? cs_job_get_total (self->job) : 0;

  return total > 0 ? MIN (1.0, cs_job_get_done (self->job) / (double) total) : 0.0;
}

static void
update (CsJobRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIME_LEFT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "job.stop",
                                 self->job != NULL && !cs_job_is_stopped (self->job));
}

/* A job advances hundreds of times a second; the eye wants four */
static gboolean
tick (gpointer data)
{
  CsJobRow *self = data;

  if (self->job != NULL && cs_job_get_total (self->job) == 0)
    gtk_progress_bar_pulse (self->bar);

  update (self);

  return G_SOURCE_CONTINUE;
}

static void
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsJobRow *self = CS_JOB_ROW (widget);

  if (self->job != NULL)
    cs_job_stop (self->job);
  update (self);
}

static void
cs_job_row_map (GtkWidget *widget)
{
  CsJobRow *self = CS_JOB_ROW (widget);

  GTK_WIDGET_CLASS (cs_job_row_parent_class)->map (widget);

  update (self);
  if (self->tick == 0)
    self->tick = g_timeout_add (250, tick, self);
}

static void
cs_job_row_unmap (GtkWidget *widget)
{
  CsJobRow *self = CS_JOB_ROW (widget);

  g_clear_handle_id (&self->tick, g_source_remove);

  GTK_WIDGET_CLASS (cs_job_row_parent_class)->unmap (widget);
}

static void
cs_job_row_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  CsJobRow *self = CS_JOB_ROW (object);

  switch ((CsJobRowProperty) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;

    case PROP_STATUS:
      g_value_take_string (value, dup_status (self));
      break;

    case PROP_TIME_LEFT:
      g_value_take_string (value, dup_time_left (self));
      break;

    case PROP_FRACTION:
      g_value_set_double (value, get_fraction (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_job_row_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  CsJobRow *self = CS_JOB_ROW (object);

  if (prop_id != PROP_JOB)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  if (g_set_object (&self->job, g_value_get_object (value)))
    update (self);
}

static void
cs_job_row_dispose (GObject *object)
{
  CsJobRow *self = CS_JOB_ROW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_JOB_ROW);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (cs_job_row_parent_class)->dispose (object);
}

static void
cs_job_row_class_init (CsJobRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_job_row_dispose;
  object_class->get_property = cs_job_row_get_property;
  object_class->set_property = cs_job_row_set_property;
  widget_class->map = cs_job_row_map;
  widget_class->unmap = cs_job_row_unmap;

  properties[PROP_JOB] =
    g_param_spec_object ("job", NULL, NULL, CS_TYPE_JOB, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATUS] =
    g_param_spec_string ("status", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TIME_LEFT] =
    g_param_spec_string ("time-left", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FRACTION] =
    g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobRow, bar);
  gtk_widget_class_install_action (widget_class, "job.stop", NULL, stop_action);
}

static void
cs_job_row_init (CsJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_job_row_new (CsJob *job)
{
  return g_object_new (CS_TYPE_JOB_ROW, "job", job, NULL);
}
