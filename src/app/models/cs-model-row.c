/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-model-row.h"

struct _CsModelRow
{
  GtkListBoxRow parent_instance;

  CsModelItem *item;
};

G_DEFINE_FINAL_TYPE (CsModelRow, cs_model_row, GTK_TYPE_LIST_BOX_ROW)

typedef enum
{
  PROP_ITEM = 1,
} CsModelRowProperty;

static GParamSpec *properties[PROP_ITEM + 1];

/* The row says what, the page does it: "model.use" becomes "models.use" of this one */
static void
pass_on_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CsModelRow      *self = CS_MODEL_ROW (widget);
  g_autofree char *action = g_strconcat ("models", strchr (name, '.'), NULL);

  gtk_widget_activate_action (widget, action, "s", cs_model_item_get_id (self->item));
}

static gboolean
has_text (CsModelRow *self,
          const char *text)
{
  return text != NULL && *text != '\0';
}

static void
update_label (CsModelRow *self)
{
  g_autofree char *label = NULL;

  g_object_get (self->item, "label", &label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
cs_model_row_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_ITEM)
    g_value_set_object (value, CS_MODEL_ROW (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_model_row_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  CsModelRow *self = CS_MODEL_ROW (object);

  if (prop_id != PROP_ITEM)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  g_set_object (&self->item, g_value_get_object (value));
  if (self->item == NULL)
    return;

  g_signal_connect_object (self->item, "notify::label", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
  update_label (self);
}

static void
cs_model_row_dispose (GObject *object)
{
  CsModelRow *self = CS_MODEL_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_MODEL_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (cs_model_row_parent_class)->dispose (object);
}

static void
cs_model_row_class_init (CsModelRowClass *klass)
{
  static const char *const actions[] = {
    "model.download", "model.stop", "model.use", "model.leave", "model.remove",
  };
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_model_row_dispose;
  object_class->get_property = cs_model_row_get_property;
  object_class->set_property = cs_model_row_set_property;
  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, CS_TYPE_MODEL_ITEM,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-model-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, pass_on_action);
}

static void
cs_model_row_init (CsModelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_model_row_new (CsModelItem *item)
{
  return g_object_new (CS_TYPE_MODEL_ROW, "item", item, NULL);
}
