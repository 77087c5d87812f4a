/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-hand-item.h"

struct _CsHandItem
{
  GObject parent_instance;

  CsHandPart part;
  char      *word;
  char      *title;
  char      *words;
  gboolean   learned;
  gboolean   first;
  gboolean   last;
};

G_DEFINE_FINAL_TYPE (CsHandItem, cs_hand_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_WORDS,
  PROP_LEARNED,
  PROP_CAN_REMOVE,
  PROP_CAN_PIN,
  PROP_IS_ORDER,
  PROP_CAN_RISE,
  PROP_CAN_SINK,
} CsHandItemProperty;

static GParamSpec *properties[PROP_CAN_SINK + 1];

static void
cs_hand_item_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsHandItem *self = CS_HAND_ITEM (object);

  switch ((CsHandItemProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;

    case PROP_LEARNED:
      g_value_set_boolean (value, self->learned);
      break;

    case PROP_CAN_REMOVE:
      g_value_set_boolean (value, self->part == CS_HAND_PINNED || self->part == CS_HAND_NEVER || self->part == CS_HAND_OFFER);
      break;

    case PROP_CAN_PIN:
      g_value_set_boolean (value, self->part == CS_HAND_OFFER);
      break;

    case PROP_IS_ORDER:
      g_value_set_boolean (value, self->part == CS_HAND_ORDER);
      break;

    case PROP_CAN_RISE:
      g_value_set_boolean (value, self->part == CS_HAND_ORDER && !self->first);
      break;

    case PROP_CAN_SINK:
      g_value_set_boolean (value, self->part == CS_HAND_ORDER && !self->last);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_hand_item_finalize (GObject *object)
{
  CsHandItem *self = CS_HAND_ITEM (object);

  g_clear_pointer (&self->word, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (cs_hand_item_parent_class)->finalize (object);
}

static void
cs_hand_item_class_init (CsHandItemClass *klass)
{
  static const char *const switches[] = { "learned", "can-remove", "can-pin", "is-order", "can-rise", "can-sink" };
  const GParamFlags  flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->finalize = cs_hand_item_finalize;
  G_OBJECT_CLASS (klass)->get_property = cs_hand_item_get_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    properties[PROP_LEARNED + i] = g_param_spec_boolean (switches[i], NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
}

static void
cs_hand_item_init (CsHandItem *self)
{
}

CsHandItem *
cs_hand_item_new (CsHandPart  part,
                  const char *word,
                  const char *title,
                  const char *words,
                  gboolean    learned)
{
  CsHandItem *self = g_object_new (CS_TYPE_HAND_ITEM, NULL);

  self->part = part;
  self->word = g_strdup (word);
  self->title = g_strdup (title);
  self->words = g_strdup (words);
  self->learned = learned;

  return self;
}

const char *
cs_hand_item_get_word (CsHandItem *self)
{
  g_return_val_if_fail (CS_IS_HAND_ITEM (self), NULL);

  return self->word;
}

CsHandPart
cs_hand_item_get_part (CsHandItem *self)
{
  g_return_val_if_fail (CS_IS_HAND_ITEM (self), CS_HAND_EXAMPLE);

  return self->part;
}

gboolean
cs_hand_item_equal (CsHandItem *self,
                    CsHandItem *other)
{
  return self->part == other->part && g_strcmp0 (self->word, other->word) == 0 &&
         g_strcmp0 (self->words, other->words) == 0 && self->learned == other->learned;
}

void
cs_hand_item_set_place (CsHandItem *self,
                        gboolean    first,
                        gboolean    last)
{
  g_return_if_fail (CS_IS_HAND_ITEM (self));

  if (self->first == first && self->last == last)
    return;

  self->first = first;
  self->last = last;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_RISE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SINK]);
}
