/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-drag.h"
#include "cs-product-card.h"
#include "cs-row-item.h"

struct _CsProductCard
{
  AdwBin parent_instance;

  CsRowItem *item;

  /* Template */
  GtkDropTarget *drop_target;
};

G_DEFINE_FINAL_TYPE (CsProductCard, cs_product_card, ADW_TYPE_BIN)

typedef enum
{
  PROP_ITEM = 1,
} CsProductCardProperty;

static GParamSpec *properties[PROP_ITEM + 1];

static GdkContentProvider *
drag_prepare (CsProductCard *self,
              double         x,
              double         y,
              GtkDragSource *source)
{
  if (self->item == NULL)
    return NULL;

  return cs_drag_provide (CS_DRAG_PRODUCT, cs_row_item_get_id (self->item));
}

static void
drag_begin (CsProductCard *self,
            GdkDrag       *drag,
            GtkDragSource *source)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, paintable, 24, 24);
}

static gboolean
dropped (CsProductCard *self,
         const GValue  *value,
         double         x,
         double         y,
         GtkDropTarget *target)
{
  gint64 dragged;

  if (self->item == NULL || !cs_drag_read (value, CS_DRAG_PRODUCT, &dragged) ||
      dragged == cs_row_item_get_id (self->item))
    return FALSE;

  return gtk_widget_activate_action (GTK_WIDGET (self), "products.drop", "(xx)",
                                     cs_row_item_get_id (self->item), dragged);
}

static void
cs_product_card_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CsProductCard *self = CS_PRODUCT_CARD (object);

  switch ((CsProductCardProperty) prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_product_card_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CsProductCard *self = CS_PRODUCT_CARD (object);

  switch ((CsProductCardProperty) prop_id)
    {
    case PROP_ITEM:
      if (g_set_object (&self->item, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_product_card_dispose (GObject *object)
{
  CsProductCard *self = CS_PRODUCT_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PRODUCT_CARD);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (cs_product_card_parent_class)->dispose (object);
}

static void
cs_product_card_class_init (CsProductCardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_product_card_dispose;
  object_class->get_property = cs_product_card_get_property;
  object_class->set_property = cs_product_card_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         CS_TYPE_ROW_ITEM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-product-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CsProductCard, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin);
  gtk_widget_class_bind_template_callback (widget_class, dropped);
}

static void
cs_product_card_init (CsProductCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, (GType[]) { G_TYPE_VARIANT }, 1);
}
