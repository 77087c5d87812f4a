/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "cs-photo-item.h"
#include "cs-picture-loader.h"

struct _CsPhotoItem
{
  GObject parent_instance;

  CsPhoto      *photo;
  guint         number;
  guint         alike;
  GdkPaintable *thumbnail;
};

G_DEFINE_FINAL_TYPE (CsPhotoItem, cs_photo_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_THUMBNAIL = 1,
  PROP_NAME,
  PROP_NUMBER,
  PROP_REMARK,
  PROP_HAS_REMARK,
  PROP_LABEL,
} CsPhotoItemProperty;

static GParamSpec *properties[PROP_LABEL + 1];

static char *
dup_remark (CsPhotoItem *self)
{
  if (self->photo->finding != NULL)
    return g_strdup (self->photo->finding);
  if (self->alike != 0)
    return g_strdup_printf (_("Looks like photo %u"), self->alike);

  return NULL;
}

static char *
dup_label (CsPhotoItem *self)
{
  g_autofree char *remark = dup_remark (self);

  if (remark != NULL)
    /* Translators: what a screen reader says of a photo: its number, file name, a remark */
    return g_strdup_printf (_("Photo %u, %s. %s"), self->number, self->photo->name, remark);

  return g_strdup_printf (_("Photo %u, %s"), self->number, self->photo->name);
}

static void
cs_photo_item_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CsPhotoItem *self = CS_PHOTO_ITEM (object);

  switch ((CsPhotoItemProperty) prop_id)
    {
    case PROP_THUMBNAIL:
      g_value_set_object (value, self->thumbnail);
      break;

    case PROP_NAME:
      g_value_set_string (value, self->photo->name);
      break;

    case PROP_NUMBER:
      g_value_take_string (value, g_strdup_printf ("%u", self->number));
      break;

    case PROP_REMARK:
      g_value_take_string (value, dup_remark (self));
      break;

    case PROP_HAS_REMARK:
      g_value_set_boolean (value, self->photo->finding != NULL || self->alike != 0);
      break;

    case PROP_LABEL:
      g_value_take_string (value, dup_label (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_photo_item_finalize (GObject *object)
{
  CsPhotoItem *self = CS_PHOTO_ITEM (object);

  g_clear_pointer (&self->photo, cs_photo_unref);
  g_clear_object (&self->thumbnail);

  G_OBJECT_CLASS (cs_photo_item_parent_class)->finalize (object);
}

static void
cs_photo_item_class_init (CsPhotoItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_photo_item_finalize;
  object_class->get_property = cs_photo_item_get_property;

  properties[PROP_THUMBNAIL] =
    g_param_spec_object ("thumbnail", NULL, NULL, GDK_TYPE_PAINTABLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NUMBER] =
    g_param_spec_string ("number", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REMARK] =
    g_param_spec_string ("remark", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_REMARK] =
    g_param_spec_boolean ("has-remark", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_photo_item_init (CsPhotoItem *self)
{
}

CsPhotoItem *
cs_photo_item_new (CsDesk  *desk,
                   CsPhoto *photo,
                   guint    number,
                   guint    alike)
{
  CsPhotoItem *self = g_object_new (CS_TYPE_PHOTO_ITEM, NULL);

  self->photo = cs_photo_ref (photo);
  self->number = number;
  self->alike = alike;
  self->thumbnail = cs_picture_paintable_new (desk, photo->thumbnail, CS_PICTURE_THUMBNAIL);

  return self;
}

CsPhoto *
cs_photo_item_get_photo (CsPhotoItem *self)
{
  g_return_val_if_fail (CS_IS_PHOTO_ITEM (self), NULL);

  return self->photo;
}
