/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-engine-row.h"

struct _CsEngineRow
{
  GtkListBoxRow parent_instance;

  CsEngineItem *item;

  /* Template */
  GtkSwitch *photos;
};

G_DEFINE_FINAL_TYPE (CsEngineRow, cs_engine_row, GTK_TYPE_LIST_BOX_ROW)

typedef enum
{
  PROP_ITEM = 1,
} CsEngineRowProperty;

static GParamSpec *properties[PROP_ITEM + 1];

/* The row says what, the view does it: "engine.test" becomes "engines.test" of this one */
static void
pass_on_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CsEngineRow     *self = CS_ENGINE_ROW (widget);
  g_autofree char *action = g_strconcat ("engines", strchr (name, '.'), NULL);

  gtk_widget_activate_action (widget, action, "s", cs_engine_item_get_id (self->item));
}

static gboolean
has_text (CsEngineRow *self,
          const char  *text)
{
  return text != NULL && *text != '\0';
}

/* The switch stands where it is really set: it moves when that is kept */
static gboolean
photos_switched_cb (CsEngineRow *self,
                    gboolean     state)
{
  if (state != cs_engine_item_get_setup (self->item)->never_photos)
    gtk_widget_activate_action (GTK_WIDGET (self), "engines.never-photos", "(sb)",
                                cs_engine_item_get_id (self->item), state);

  return TRUE;
}

static void
update (CsEngineRow *self)
{
  g_autofree char *label = NULL;
  gboolean         never = cs_engine_item_get_setup (self->item)->never_photos;

  g_object_get (self->item, "label", &label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_switch_set_state (self->photos, never);
  gtk_switch_set_active (self->photos, never);
}

static void
cs_engine_row_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (prop_id == PROP_ITEM)
    g_value_set_object (value, CS_ENGINE_ROW (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_engine_row_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CsEngineRow *self = CS_ENGINE_ROW (object);

  if (prop_id != PROP_ITEM)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  g_set_object (&self->item, g_value_get_object (value));
  if (self->item == NULL)
    return;

  g_signal_connect_object (self->item, "notify::label", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
cs_engine_row_dispose (GObject *object)
{
  CsEngineRow *self = CS_ENGINE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_ENGINE_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (cs_engine_row_parent_class)->dispose (object);
}

static void
cs_engine_row_class_init (CsEngineRowClass *klass)
{
  static const char *const actions[] = { "engine.test", "engine.change", "engine.remove" };
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_engine_row_dispose;
  object_class->get_property = cs_engine_row_get_property;
  object_class->set_property = cs_engine_row_set_property;
  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, CS_TYPE_ENGINE_ITEM,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-engine-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsEngineRow, photos);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, photos_switched_cb);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, pass_on_action);
}

static void
cs_engine_row_init (CsEngineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_engine_row_new (CsEngineItem *item)
{
  return g_object_new (CS_TYPE_ENGINE_ROW, "item", item, NULL);
}
