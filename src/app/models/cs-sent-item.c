/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-price.h"
#include "cs-sent-item.h"

struct _CsSentItem
{
  GObject parent_instance;

  CsSent *sent;
  char   *product;
};

G_DEFINE_FINAL_TYPE (CsSentItem, cs_sent_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_WHEN = 1,
  PROP_TITLE,
  PROP_WHERE,
  PROP_AMOUNT,
  PROP_COST,
  PROP_STATE,
  PROP_MESSAGE,
  PROP_IS_TROUBLE,
  PROP_PRODUCT,
  PROP_HAS_PRODUCT,
  PROP_TARGET,
  PROP_LABEL,
} CsSentItemProperty;

static GParamSpec *properties[PROP_LABEL + 1];

static char *
dup_when (CsSentItem *self)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (self->sent->made_at);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/* "2 pictures · 412 kB · 3 suggestions, 2 accepted" */
static char *
dup_amount (CsSentItem *self)
{
  CsSent          *sent = self->sent;
  g_autofree char *size = g_format_size (MAX (sent->bytes, 0));
  g_autoptr (GString) words = g_string_new (NULL);

  if (sent->pictures > 0)
    g_string_append_printf (words, ngettext ("%u picture", "%u pictures", sent->pictures), sent->pictures);
  else
    g_string_append (words, _("texts only"));
  g_string_append_printf (words, " · %s", size);
  if (sent->n_suggestions > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, ngettext ("%u suggestion", "%u suggestions", sent->n_suggestions), sent->n_suggestions);
      g_string_append (words, ", ");
      g_string_append_printf (words, ngettext ("%u accepted", "%u accepted", sent->n_accepted), sent->n_accepted);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
dup_cost (CsSentItem *self)
{
  CsSent          *sent = self->sent;
  g_autofree char *cost = cs_price_to_display (sent->cost, sent->currency);

  if (sent->cost < 0)
    return g_strdup (_("cost unknown"));
  if (sent->cost == 0)
    return g_strdup (_("no cost"));
  if (sent->estimated)
    /* Translators: an amount that is an estimate */
    return g_strdup_printf (_("about %s"), cost);

  return g_steal_pointer (&cost);
}

static char *
dup_label (CsSentItem *self)
{
  g_autofree char *when = dup_when (self);
  g_autofree char *amount = dup_amount (self);
  g_autofree char *cost = dup_cost (self);

  return g_strdup_printf ("%s, %s, %s, %s, %s, %s", when, self->sent->title != NULL ? self->sent->title : "",
                          self->product != NULL ? self->product : "", amount, cost, cs_sent_state_get_label (self->sent->state));
}

static void
get_words (CsSentItem        *self,
           CsSentItemProperty property,
           GValue            *value)
{
  switch (property)
    {
    case PROP_WHEN:
      g_value_take_string (value, dup_when (self));
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->sent->title != NULL ? self->sent->title : self->sent->engine);
      break;

    case PROP_WHERE:
      g_value_set_string (value, self->sent->address);
      break;

    case PROP_AMOUNT:
      g_value_take_string (value, dup_amount (self));
      break;

    case PROP_COST:
      g_value_take_string (value, dup_cost (self));
      break;

    case PROP_STATE:
      g_value_set_string (value, cs_sent_state_get_label (self->sent->state));
      break;

    case PROP_MESSAGE:
      g_value_set_string (value, self->sent->message != NULL ? self->sent->message : "");
      break;

    case PROP_PRODUCT:
      g_value_set_string (value, self->product != NULL ? self->product : _("The product"));
      break;

    case PROP_IS_TROUBLE:
    case PROP_HAS_PRODUCT:
    case PROP_TARGET:
    case PROP_LABEL:
    default:
      g_value_take_string (value, dup_label (self));
      break;
    }
}

static void
cs_sent_item_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsSentItem *self = CS_SENT_ITEM (object);

  switch ((CsSentItemProperty) prop_id)
    {
    case PROP_WHEN:
    case PROP_TITLE:
    case PROP_WHERE:
    case PROP_AMOUNT:
    case PROP_COST:
    case PROP_STATE:
    case PROP_MESSAGE:
    case PROP_PRODUCT:
    case PROP_LABEL:
      get_words (self, prop_id, value);
      break;

    case PROP_IS_TROUBLE:
      g_value_set_boolean (value, self->sent->message != NULL && *self->sent->message != '\0');
      break;

    case PROP_HAS_PRODUCT:
      g_value_set_boolean (value, self->sent->product != 0 && self->product != NULL);
      break;

    case PROP_TARGET:
      g_value_set_variant (value, g_variant_new_int64 (self->sent->product));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_sent_item_finalize (GObject *object)
{
  CsSentItem *self = CS_SENT_ITEM (object);

  g_clear_pointer (&self->sent, cs_sent_unref);
  g_clear_pointer (&self->product, g_free);

  G_OBJECT_CLASS (cs_sent_item_parent_class)->finalize (object);
}

static void
cs_sent_item_class_init (CsSentItemClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const struct
  {
    CsSentItemProperty property;
    const char        *name;
  } strings[] = {
    { PROP_WHEN, "when" },
    { PROP_TITLE, "title" },
    { PROP_WHERE, "where" },
    { PROP_AMOUNT, "amount" },
    { PROP_COST, "cost" },
    { PROP_STATE, "state" },
    { PROP_MESSAGE, "message" },
    { PROP_PRODUCT, "product" },
    { PROP_LABEL, "label" },
  };

  G_OBJECT_CLASS (klass)->finalize = cs_sent_item_finalize;
  G_OBJECT_CLASS (klass)->get_property = cs_sent_item_get_property;
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].property] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);
  properties[PROP_IS_TROUBLE] = g_param_spec_boolean ("is-trouble", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_PRODUCT] = g_param_spec_boolean ("has-product", NULL, NULL, FALSE, flags);
  properties[PROP_TARGET] = g_param_spec_variant ("target", NULL, NULL, G_VARIANT_TYPE_INT64, NULL, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
}

static void
cs_sent_item_init (CsSentItem *self)
{
}

CsSentItem *
cs_sent_item_new (CsSent     *sent,
                  const char *product)
{
  CsSentItem *self = g_object_new (CS_TYPE_SENT_ITEM, NULL);

  self->sent = cs_sent_ref (sent);
  self->product = g_strdup (product);

  return self;
}

CsSent *
cs_sent_item_get_sent (CsSentItem *self)
{
  g_return_val_if_fail (CS_IS_SENT_ITEM (self), NULL);

  return self->sent;
}
