/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-asking.h"
#include "cs-fiber.h"
#include "cs-left-over-bar.h"
#include "cs-window.h"

struct _CsLeftOverBar
{
  AdwBin parent_instance;

  CsDesk    *desk;
  CsEngines *engines;
  char      *reason;
  gboolean   busy;
};

G_DEFINE_FINAL_TYPE (CsLeftOverBar, cs_left_over_bar, ADW_TYPE_BIN)

typedef enum
{
  PROP_REVEAL = 1,
  PROP_TEXT,
  PROP_HAS_REASON,
} CsLeftOverBarProperty;

static GParamSpec *properties[PROP_HAS_REASON + 1];

static guint
count (CsLeftOverBar *self)
{
  return self->engines != NULL ? cs_engines_get_n_unfinished (self->engines) : 0;
}

static void
update (CsLeftOverBar *self)
{
  if (count (self) == 0)
    g_clear_pointer (&self->reason, g_free);
  for (guint i = PROP_REVEAL; i <= PROP_HAS_REASON; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "left-over.go-on", !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "left-over.leave", !self->busy);
}

static DexFuture *
go_on_fiber (gpointer data)
{
  CsLeftOverBar *self = data;

  dex_await (cs_asking_go_on (GTK_WIDGET (self), self->desk), NULL);
  self->busy = FALSE;
  update (self);

  return dex_future_new_true ();
}

static DexFuture *
leave_fiber (gpointer data)
{
  CsLeftOverBar *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_engines_drop_unfinished (self->engines), &error))
    cs_window_report (GTK_WIDGET (self), error);
  self->busy = FALSE;
  update (self);

  return dex_future_new_true ();
}

static void
run_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CsLeftOverBar *self = CS_LEFT_OVER_BAR (widget);
  DexFiberFunc   func = g_str_equal (action_name, "left-over.go-on") ? go_on_fiber : leave_fiber;

  if (self->engines == NULL || self->busy)
    return;

  self->busy = TRUE;
  update (self);
  dex_future_disown (cs_fiber_spawn (func, g_object_ref (self), g_object_unref));
}

static char *
dup_text (CsLeftOverBar *self)
{
  guint            n = count (self);
  g_autofree char *left = g_strdup_printf (ngettext ("A model was not asked about %u product.",
                                                     "A model was not asked about %u products.", n),
                                           n);

  if (self->reason == NULL || *self->reason == '\0')
    return g_steal_pointer (&left);

  return g_strdup_printf ("%s %s", left, self->reason);
}

static void
cs_left_over_bar_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  CsLeftOverBar *self = CS_LEFT_OVER_BAR (object);

  switch ((CsLeftOverBarProperty) prop_id)
    {
    case PROP_REVEAL:
      g_value_set_boolean (value, count (self) > 0 && !self->busy);
      break;

    case PROP_TEXT:
      g_value_take_string (value, dup_text (self));
      break;

    case PROP_HAS_REASON:
      g_value_set_boolean (value, self->reason != NULL && *self->reason != '\0');
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_left_over_bar_dispose (GObject *object)
{
  CsLeftOverBar *self = CS_LEFT_OVER_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_LEFT_OVER_BAR);
  g_clear_object (&self->engines);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->reason, g_free);

  G_OBJECT_CLASS (cs_left_over_bar_parent_class)->dispose (object);
}

static void
cs_left_over_bar_class_init (CsLeftOverBarClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_left_over_bar_dispose;
  G_OBJECT_CLASS (klass)->get_property = cs_left_over_bar_get_property;
  properties[PROP_REVEAL] = g_param_spec_boolean ("reveal", NULL, NULL, FALSE, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_HAS_REASON] = g_param_spec_boolean ("has-reason", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-left-over-bar.ui");
  gtk_widget_class_install_action (widget_class, "left-over.go-on", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "left-over.leave", NULL, run_action);
}

static void
cs_left_over_bar_init (CsLeftOverBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_left_over_bar_set_desk (CsLeftOverBar *self,
                           CsDesk        *desk)
{
  g_return_if_fail (CS_IS_LEFT_OVER_BAR (self));

  if (!g_set_object (&self->desk, desk) || !g_set_object (&self->engines, cs_desk_get_engines (desk)))
    return;

  g_signal_connect_object (self->engines, "notify::unfinished", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
cs_left_over_bar_set_reason (CsLeftOverBar *self,
                             const char    *reason)
{
  g_return_if_fail (CS_IS_LEFT_OVER_BAR (self));

  g_set_str (&self->reason, reason);
  update (self);
}
