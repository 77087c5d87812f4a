/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-drafting.h"

struct _CsDrafting
{
  GObject parent_instance;

  gint64      product;
  char       *engine;
  GHashTable *texts; /* "field/photo" → text */
  gboolean    finished;
};

G_DEFINE_FINAL_TYPE (CsDrafting, cs_drafting, G_TYPE_OBJECT)

typedef enum
{
  PROP_PRODUCT = 1,
  PROP_ENGINE,
  PROP_FINISHED,
} CsDraftingProperty;

enum
{
  WRITTEN,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_FINISHED + 1];
static guint       signals[N_SIGNALS];

static void
cs_drafting_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  CsDrafting *self = CS_DRAFTING (object);

  switch ((CsDraftingProperty) prop_id)
    {
    case PROP_PRODUCT:
      g_value_set_int64 (value, self->product);
      break;
    case PROP_ENGINE:
      g_value_set_string (value, self->engine);
      break;
    case PROP_FINISHED:
      g_value_set_boolean (value, self->finished);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_drafting_finalize (GObject *object)
{
  CsDrafting *self = CS_DRAFTING (object);

  g_free (self->engine);
  g_hash_table_unref (self->texts);

  G_OBJECT_CLASS (cs_drafting_parent_class)->finalize (object);
}

static void
cs_drafting_class_init (CsDraftingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cs_drafting_get_property;
  object_class->finalize = cs_drafting_finalize;

  properties[PROP_PRODUCT] = g_param_spec_int64 ("product", NULL, NULL, 0, G_MAXINT64, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ENGINE] = g_param_spec_string ("engine", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FINISHED] = g_param_spec_boolean ("finished", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[WRITTEN] = g_signal_new ("written", CS_TYPE_DRAFTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_drafting_init (CsDrafting *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

CsDrafting *
cs_drafting_new (gint64      product,
                 const char *engine)
{
  CsDrafting *self = g_object_new (CS_TYPE_DRAFTING, NULL);

  self->product = product;
  self->engine = g_strdup (engine);

  return self;
}

gint64
cs_drafting_get_product (CsDrafting *self)
{
  g_return_val_if_fail (CS_IS_DRAFTING (self), 0);

  return self->product;
}

const char *
cs_drafting_get_engine (CsDrafting *self)
{
  g_return_val_if_fail (CS_IS_DRAFTING (self), NULL);

  return self->engine;
}

static char *
make_key (CsField field,
          gint64  photo)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, cs_field_get_name (field), photo);
}

const char *
cs_drafting_get_text (CsDrafting *self,
                      CsField     field,
                      gint64      photo)
{
  g_autofree char *key = make_key (field, photo);

  g_return_val_if_fail (CS_IS_DRAFTING (self), NULL);

  return g_hash_table_lookup (self->texts, key);
}

void
cs_drafting_set_text (CsDrafting *self,
                      CsField     field,
                      gint64      photo,
                      const char *text)
{
  g_autofree char *key = make_key (field, photo);

  g_return_if_fail (CS_IS_DRAFTING (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (g_hash_table_lookup (self->texts, key), text) == 0)
    return;

  g_hash_table_insert (self->texts, g_steal_pointer (&key), g_strdup (text));
  g_signal_emit (self, signals[WRITTEN], 0);
}

void
cs_drafting_finish (CsDrafting *self)
{
  g_return_if_fail (CS_IS_DRAFTING (self));

  if (self->finished)
    return;

  self->finished = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINISHED]);
}

gboolean
cs_drafting_is_finished (CsDrafting *self)
{
  g_return_val_if_fail (CS_IS_DRAFTING (self), FALSE);

  return self->finished;
}
