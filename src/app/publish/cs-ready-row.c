/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-ready-row.h"
#include "cs-row-item.h"

struct _CsReadyRow
{
  AdwBin parent_instance;

  CsRowItem *item;
  GBinding  *marking;

  /* Template */
  GtkCheckButton *check;
};

G_DEFINE_FINAL_TYPE (CsReadyRow, cs_ready_row, ADW_TYPE_BIN)

typedef enum
{
  PROP_ITEM = 1,
} CsReadyRowProperty;

static GParamSpec *properties[PROP_ITEM + 1];

static void
mend_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsReadyRow *self = CS_READY_ROW (widget);

  if (self->item != NULL)
    gtk_widget_activate_action (widget, "ready.fix", "x", cs_row_item_get_id (self->item));
}

/* A binding in Blueprint through the item would go one way only */
static void
set_item (CsReadyRow *self,
          CsRowItem  *item)
{
  if (item == self->item)
    return;

  g_clear_pointer (&self->marking, g_binding_unbind);
  g_set_object (&self->item, item);
  if (item != NULL)
    self->marking = g_object_bind_property (item, "marked", self->check, "active",
                                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

static void
cs_ready_row_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsReadyRow *self = CS_READY_ROW (object);

  switch ((CsReadyRowProperty) prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_ready_row_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  CsReadyRow *self = CS_READY_ROW (object);

  switch ((CsReadyRowProperty) prop_id)
    {
    case PROP_ITEM:
      set_item (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_ready_row_dispose (GObject *object)
{
  CsReadyRow *self = CS_READY_ROW (object);

  g_clear_pointer (&self->marking, g_binding_unbind);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_READY_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (cs_ready_row_parent_class)->dispose (object);
}

static void
cs_ready_row_class_init (CsReadyRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_ready_row_dispose;
  object_class->get_property = cs_ready_row_get_property;
  object_class->set_property = cs_ready_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         CS_TYPE_ROW_ITEM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-ready-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsReadyRow, check);
  gtk_widget_class_install_action (widget_class, "ready.mend", NULL, mend_action);
}

static void
cs_ready_row_init (CsReadyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
