/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-drag.h"
#include "cs-photo-card.h"

struct _CsPhotoCard
{
  GtkFlowBoxChild parent_instance;

  CsPhotoItem *item;

  /* Template */
  GtkDropTarget *drop_target;
};

G_DEFINE_FINAL_TYPE (CsPhotoCard, cs_photo_card, GTK_TYPE_FLOW_BOX_CHILD)

typedef enum
{
  PROP_ITEM = 1,
} CsPhotoCardProperty;

static GParamSpec *properties[PROP_ITEM + 1];

static GdkContentProvider *
drag_prepare (CsPhotoCard   *self,
              double         x,
              double         y,
              GtkDragSource *source)
{
  return cs_drag_provide (CS_DRAG_PHOTO, cs_photo_item_get_photo (self->item)->id);
}

static void
drag_begin (CsPhotoCard   *self,
            GdkDrag       *drag,
            GtkDragSource *source)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, paintable, 24, 24);
}

static gboolean
dropped (CsPhotoCard   *self,
         const GValue  *value,
         double         x,
         double         y,
         GtkDropTarget *target)
{
  gint64 onto = cs_photo_item_get_photo (self->item)->id;
  gint64 dragged;

  if (!cs_drag_read (value, CS_DRAG_PHOTO, &dragged) || dragged == onto)
    return FALSE;

  return gtk_widget_activate_action (GTK_WIDGET (self), "photo.drop", "(xx)", onto, dragged);
}

static void
set_item (CsPhotoCard *self,
          CsPhotoItem *item)
{
  g_autofree char *label = NULL;

  if (!g_set_object (&self->item, item))
    return;

  g_object_get (item, "label", &label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

static void
cs_photo_card_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CsPhotoCard *self = CS_PHOTO_CARD (object);

  switch ((CsPhotoCardProperty) prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_photo_card_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CsPhotoCard *self = CS_PHOTO_CARD (object);

  switch ((CsPhotoCardProperty) prop_id)
    {
    case PROP_ITEM:
      set_item (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_photo_card_dispose (GObject *object)
{
  CsPhotoCard *self = CS_PHOTO_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PHOTO_CARD);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (cs_photo_card_parent_class)->dispose (object);
}

static void
cs_photo_card_class_init (CsPhotoCardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_photo_card_dispose;
  object_class->get_property = cs_photo_card_get_property;
  object_class->set_property = cs_photo_card_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         CS_TYPE_PHOTO_ITEM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-photo-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPhotoCard, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin);
  gtk_widget_class_bind_template_callback (widget_class, dropped);
}

static void
cs_photo_card_init (CsPhotoCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, (GType[]) { G_TYPE_VARIANT }, 1);
}

GtkWidget *
cs_photo_card_new (CsPhotoItem *item)
{
  return g_object_new (CS_TYPE_PHOTO_CARD, "item", item, NULL);
}

CsPhotoItem *
cs_photo_card_get_item (CsPhotoCard *self)
{
  g_return_val_if_fail (CS_IS_PHOTO_CARD (self), NULL);

  return self->item;
}
