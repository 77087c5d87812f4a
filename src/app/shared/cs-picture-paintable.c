/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-picture-loader.h"

struct _CsPicturePaintable
{
  GObject parent_instance;

  CsPictureLoader *loader;
  char            *hash;
  int              max_side;
  gboolean         begun;
  char            *failed;
  GdkTexture      *texture;
};

typedef enum
{
  PROP_HASH = 1,
  PROP_LOADED,
  PROP_FAILED,
} CsPicturePaintableProperty;

static GParamSpec *properties[PROP_FAILED + 1];

static void paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsPicturePaintable, cs_picture_paintable, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static void
show (CsPicturePaintable *self,
      GdkTexture         *texture)
{
  self->texture = g_object_ref (texture);

  gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

static DexFuture *
loaded (DexFuture *future,
        gpointer   data)
{
  CsPicturePaintable *self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    {
      show (self, g_value_get_object (value));
    }
  else
    {
      self->failed = g_strdup (error->message);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILED]);
    }

  return NULL;
}

void
cs_picture_paintable_preload (CsPicturePaintable *self)
{
  g_autoptr (GdkTexture) cached = NULL;

  g_return_if_fail (CS_IS_PICTURE_PAINTABLE (self));

  if (self->begun)
    return;

  self->begun = TRUE;
  dex_future_disown (dex_future_finally (cs_picture_loader_load (self->loader, self->hash, self->max_side),
                                         loaded, g_object_ref (self), g_object_unref));
}

static void
cs_picture_paintable_snapshot (GdkPaintable *paintable,
                               GdkSnapshot  *snapshot,
                               double        width,
                               double        height)
{
  CsPicturePaintable *self = CS_PICTURE_PAINTABLE (paintable);

  if (self->texture != NULL)
    gdk_paintable_snapshot (GDK_PAINTABLE (self->texture), snapshot, width, height);
  else
    cs_picture_paintable_preload (self);
}

static int
cs_picture_paintable_get_intrinsic_width (GdkPaintable *paintable)
{
  CsPicturePaintable *self = CS_PICTURE_PAINTABLE (paintable);

  return self->texture != NULL ? gdk_texture_get_width (self->texture) : 0;
}

static int
cs_picture_paintable_get_intrinsic_height (GdkPaintable *paintable)
{
  CsPicturePaintable *self = CS_PICTURE_PAINTABLE (paintable);

  return self->texture != NULL ? gdk_texture_get_height (self->texture) : 0;
}

static GdkPaintable *
cs_picture_paintable_get_current_image (GdkPaintable *paintable)
{
  CsPicturePaintable *self = CS_PICTURE_PAINTABLE (paintable);

  return self->texture != NULL ? GDK_PAINTABLE (g_object_ref (self->texture)) : gdk_paintable_new_empty (1, 1);
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = cs_picture_paintable_snapshot;
  iface->get_intrinsic_width = cs_picture_paintable_get_intrinsic_width;
  iface->get_intrinsic_height = cs_picture_paintable_get_intrinsic_height;
  iface->get_current_image = cs_picture_paintable_get_current_image;
}

static void
cs_picture_paintable_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  CsPicturePaintable *self = CS_PICTURE_PAINTABLE (object);

  switch ((CsPicturePaintableProperty) prop_id)
    {
    case PROP_HASH:
      g_value_set_string (value, self->hash);
      break;

    case PROP_LOADED:
      g_value_set_boolean (value, self->texture != NULL);
      break;

    case PROP_FAILED:
      g_value_set_string (value, self->failed);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_picture_paintable_finalize (GObject *object)
{
  CsPicturePaintable *self = CS_PICTURE_PAINTABLE (object);

  g_clear_object (&self->loader);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->hash, g_free);
  g_clear_pointer (&self->failed, g_free);

  G_OBJECT_CLASS (cs_picture_paintable_parent_class)->finalize (object);
}

static void
cs_picture_paintable_class_init (CsPicturePaintableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_picture_paintable_finalize;
  object_class->get_property = cs_picture_paintable_get_property;

  properties[PROP_HASH] =
    g_param_spec_string ("hash", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_LOADED] =
    g_param_spec_boolean ("loaded", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_FAILED] =
    g_param_spec_string ("failed", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_picture_paintable_init (CsPicturePaintable *self)
{
}

GdkPaintable *
cs_picture_paintable_new (CsDesk     *desk,
                          const char *hash,
                          int         max_side)
{
  CsPicturePaintable *self;

  g_return_val_if_fail (CS_IS_DESK (desk), NULL);

  if (hash == NULL)
    return NULL;

  self = g_object_new (CS_TYPE_PICTURE_PAINTABLE, NULL);
  self->loader = g_object_ref (cs_picture_loader_get (desk));
  self->hash = g_strdup (hash);
  self->max_side = max_side;
  self->texture = cs_picture_loader_dup_cached (self->loader, hash, max_side);
  self->begun = self->texture != NULL;

  return GDK_PAINTABLE (self);
}

const char *
cs_picture_paintable_get_hash (CsPicturePaintable *self)
{
  g_return_val_if_fail (CS_IS_PICTURE_PAINTABLE (self), NULL);

  return self->hash;
}

GdkTexture *
cs_picture_paintable_get_texture (CsPicturePaintable *self)
{
  g_return_val_if_fail (CS_IS_PICTURE_PAINTABLE (self), NULL);

  return self->texture;
}
