/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-ask-button.h"
#include "cs-engine-roster.h"

struct _CsAskButton
{
  AdwBin parent_instance;

  CsEngineRoster *roster;
  char           *prefix;
  char           *hint;
  gboolean        has_all;
  gboolean        compact;

  /* Template */
  AdwSplitButton   *button;
  AdwButtonContent *content;
};

G_DEFINE_FINAL_TYPE (CsAskButton, cs_ask_button, ADW_TYPE_BIN)

typedef enum
{
  PROP_PREFIX = 1,
  PROP_HINT,
  PROP_HAS_ALL,
  PROP_COMPACT,
} CsAskButtonProperty;

static GParamSpec *properties[PROP_COMPACT + 1];

/* A menu's "_" is a mnemonic */
static char *
dup_menu_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);

  return g_strjoinv ("__", parts);
}

static GMenuModel *
create_menu (CsAskButton *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) engines = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();
  g_autofree char *ask = g_strdup_printf ("%s.ask", self->prefix);
  g_autofree char *all = g_strdup_printf ("%s.ask-all", self->prefix);

  for (guint i = 0; i < cs_engine_roster_get_n (self->roster); i++)
    {
      CsEngineSetup   *setup = cs_engine_roster_get_nth (self->roster, i);
      g_autofree char *title = dup_menu_text (setup->title);
      /* Translators: the name of a model */
      g_autofree char *label = g_strdup_printf (_("Ask %s"), title);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, ask, "s", setup->id);
      g_menu_append_item (engines, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (engines));
  if (self->has_all)
    g_menu_append (more, _("Ask for _All in Review"), all);
  g_menu_append (more, _("_Models"), "win.models");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
update (CsAskButton *self)
{
  CsEngineSetup *usual = cs_engine_roster_get_usual (self->roster);
  g_autoptr (GMenuModel) menu = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_autofree char *tooltip = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), usual != NULL);
  if (usual == NULL || self->prefix == NULL)
    return;

  menu = create_menu (self);
  name = cs_engine_roster_dup_name (self->roster, usual->id);
  label = g_strdup_printf (_("Ask %s"), name);
  tooltip = self->hint != NULL ? g_strdup_printf ("%s (%s)", label, self->hint) : g_strdup (label);
  adw_split_button_set_menu_model (self->button, menu);
  adw_button_content_set_label (self->content, self->compact ? "" : label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
clicked_cb (CsAskButton *self)
{
  CsEngineSetup   *usual = cs_engine_roster_get_usual (self->roster);
  g_autofree char *ask = g_strdup_printf ("%s.ask", self->prefix);

  if (usual != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), ask, "s", usual->id);
}

static void
cs_ask_button_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CsAskButton *self = CS_ASK_BUTTON (object);

  switch ((CsAskButtonProperty) prop_id)
    {
    case PROP_PREFIX:
      g_value_set_string (value, self->prefix);
      break;

    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;

    case PROP_HAS_ALL:
      g_value_set_boolean (value, self->has_all);
      break;

    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_ask_button_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CsAskButton *self = CS_ASK_BUTTON (object);

  switch ((CsAskButtonProperty) prop_id)
    {
    case PROP_PREFIX:
      g_set_str (&self->prefix, g_value_get_string (value));
      break;

    case PROP_HINT:
      g_set_str (&self->hint, g_value_get_string (value));
      break;

    case PROP_HAS_ALL:
      self->has_all = g_value_get_boolean (value);
      break;

    case PROP_COMPACT:
      self->compact = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  update (self);
}

static void
cs_ask_button_dispose (GObject *object)
{
  CsAskButton *self = CS_ASK_BUTTON (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_ASK_BUTTON);
  g_clear_object (&self->roster);
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->hint, g_free);

  G_OBJECT_CLASS (cs_ask_button_parent_class)->dispose (object);
}

static void
cs_ask_button_class_init (CsAskButtonClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_ask_button_dispose;
  G_OBJECT_CLASS (klass)->get_property = cs_ask_button_get_property;
  G_OBJECT_CLASS (klass)->set_property = cs_ask_button_set_property;
  properties[PROP_PREFIX] = g_param_spec_string ("prefix", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  properties[PROP_HAS_ALL] = g_param_spec_boolean ("has-all", NULL, NULL, FALSE, flags);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-ask-button.ui");
  gtk_widget_class_bind_template_child (widget_class, CsAskButton, button);
  gtk_widget_class_bind_template_child (widget_class, CsAskButton, content);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
cs_ask_button_init (CsAskButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_ask_button_set_desk (CsAskButton *self,
                        CsDesk      *desk)
{
  g_return_if_fail (CS_IS_ASK_BUTTON (self));

  if (desk == NULL || !g_set_object (&self->roster, cs_engine_roster_get (cs_desk_get_engines (desk))))
    return;

  g_signal_connect_object (self->roster, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
