/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-hand-row.h"

struct _CsHandRow
{
  GtkListBoxRow parent_instance;

  CsHandItem *item;

  /* Template */
  GtkWidget *rise;
  GtkWidget *sink;
};

G_DEFINE_FINAL_TYPE (CsHandRow, cs_hand_row, GTK_TYPE_LIST_BOX_ROW)

typedef enum
{
  PROP_ITEM = 1,
} CsHandRowProperty;

static GParamSpec *properties[PROP_ITEM + 1];

/* The row says what, the page does it: "word.remove" becomes "hand.remove" of this one */
static void
pass_on_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CsHandRow       *self = CS_HAND_ROW (widget);
  g_autofree char *action = g_strconcat ("hand", strchr (name, '.'), NULL);

  gtk_widget_activate_action (widget, action, "(is)", cs_hand_item_get_part (self->item), cs_hand_item_get_word (self->item));
}

static gboolean
has_text (CsHandRow  *self,
          const char *text)
{
  return text != NULL && *text != '\0';
}

static void
update_actions (CsHandRow *self)
{
  gboolean rise;
  gboolean sink;

  g_object_get (self->item, "can-rise", &rise, "can-sink", &sink, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "word.rise", rise);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "word.sink", sink);
}

static void
cs_hand_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (prop_id == PROP_ITEM)
    g_value_set_object (value, CS_HAND_ROW (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_hand_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  CsHandRow       *self = CS_HAND_ROW (object);
  g_autofree char *title = NULL;

  if (prop_id != PROP_ITEM)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  g_set_object (&self->item, g_value_get_object (value));
  if (self->item == NULL)
    return;

  g_signal_connect_object (self->item, "notify", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_object_get (self->item, "title", &title, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  update_actions (self);
}

static void
cs_hand_row_dispose (GObject *object)
{
  CsHandRow *self = CS_HAND_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_HAND_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (cs_hand_row_parent_class)->dispose (object);
}

static void
cs_hand_row_class_init (CsHandRowClass *klass)
{
  static const char *const actions[] = { "word.remove", "word.pin", "word.rise", "word.sink" };
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_hand_row_dispose;
  object_class->get_property = cs_hand_row_get_property;
  object_class->set_property = cs_hand_row_set_property;
  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, CS_TYPE_HAND_ITEM,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-hand-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsHandRow, rise);
  gtk_widget_class_bind_template_child (widget_class, CsHandRow, sink);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, pass_on_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "word.rise", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "word.sink", NULL);
}

static void
cs_hand_row_init (CsHandRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_hand_row_new (CsHandItem *item)
{
  return g_object_new (CS_TYPE_HAND_ROW, "item", item, NULL);
}

void
cs_hand_row_grab_button (CsHandRow *self,
                         gboolean   rise)
{
  GtkWidget *first = rise ? self->rise : self->sink;
  GtkWidget *second = rise ? self->sink : self->rise;

  if (!gtk_widget_grab_focus (gtk_widget_is_sensitive (first) ? first : second))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}
