/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-account-item.h"

struct _CsAccountItem
{
  GObject parent_instance;

  CsAccount *account;
};

G_DEFINE_FINAL_TYPE (CsAccountItem, cs_account_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_NAME = 1,
  PROP_STATE,
  PROP_CLASSES,
  PROP_LABEL,
  PROP_HINT,
} CsAccountItemProperty;

static GParamSpec *properties[PROP_HINT + 1];

static const char *
get_message (CsAccountItem *self)
{
  return self->account->message != NULL && *self->account->message != '\0' ? self->account->message : NULL;
}

static gboolean
is_paused (CsAccountItem *self)
{
  return self->account->paused_until > g_get_real_time () / G_USEC_PER_SEC;
}

/* A few words: the whole sentence is the message */
static char *
dup_state (CsAccountItem *self)
{
  if (self->account->signed_out)
    return g_strdup (_("Sign in needed"));

  if (is_paused (self))
    {
      g_autoptr (GDateTime) until = g_date_time_new_from_unix_local (self->account->paused_until);
      g_autofree char *clock = until != NULL ? g_date_time_format (until, "%H:%M") : NULL;

      return g_strdup_printf (_("Paused until %s"), clock);
    }

  if (get_message (self) != NULL)
    return g_strdup (get_message (self));
  if (g_strcmp0 (self->account->channel, "practice") == 0)
    return g_strdup (_("On this computer"));
  if (g_str_has_prefix (self->account->channel, "package-"))
    return g_strdup (_("A folder on this computer"));

  return g_strdup (_("Connected"));
}

static char *
dup_label (CsAccountItem *self)
{
  g_autofree char *state = dup_state (self);
  const char      *message = get_message (self);

  return g_strdup_printf ("%s, %s", self->account->name, message != NULL ? message : state);
}

static gboolean
is_well (CsAccountItem *self)
{
  return !self->account->signed_out && self->account->message == NULL && !is_paused (self);
}

static void
cs_account_item_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CsAccountItem *self = CS_ACCOUNT_ITEM (object);
  const char    *classes[] = { "dot", is_well (self) ? "success" : "warning", NULL };

  switch ((CsAccountItemProperty) prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->account->name);
      break;

    case PROP_STATE:
      g_value_take_string (value, dup_state (self));
      break;

    case PROP_CLASSES:
      g_value_set_boxed (value, classes);
      break;

    case PROP_LABEL:
      g_value_take_string (value, dup_label (self));
      break;

    case PROP_HINT:
      if (get_message (self) != NULL)
        g_value_set_string (value, get_message (self));
      else
        g_value_set_string (value, g_strcmp0 (self->account->channel, "practice") == 0
                                     ? _("Open the shop in the browser")
                                     : _("Look after this shop"));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_account_item_finalize (GObject *object)
{
  CsAccountItem *self = CS_ACCOUNT_ITEM (object);

  g_clear_pointer (&self->account, cs_account_unref);

  G_OBJECT_CLASS (cs_account_item_parent_class)->finalize (object);
}

static void
cs_account_item_class_init (CsAccountItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_account_item_finalize;
  object_class->get_property = cs_account_item_get_property;

  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_string ("state", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CLASSES] =
    g_param_spec_boxed ("classes", NULL, NULL, G_TYPE_STRV, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HINT] =
    g_param_spec_string ("hint", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_account_item_init (CsAccountItem *self)
{
}

gboolean
cs_account_item_shows (CsAccountItem *self,
                       CsAccount     *account)
{
  g_return_val_if_fail (CS_IS_ACCOUNT_ITEM (self), FALSE);

  return self->account->id == account->id && self->account->paused_until == account->paused_until &&
         self->account->signed_out == account->signed_out &&
         g_strcmp0 (self->account->name, account->name) == 0 &&
         g_strcmp0 (self->account->address, account->address) == 0 &&
         g_strcmp0 (self->account->currency, account->currency) == 0 &&
         g_strcmp0 (self->account->message, account->message) == 0;
}

CsAccountItem *
cs_account_item_new (CsAccount *account)
{
  CsAccountItem *self = g_object_new (CS_TYPE_ACCOUNT_ITEM, NULL);

  self->account = cs_account_ref (account);

  return self;
}

CsAccount *
cs_account_item_get_account (CsAccountItem *self)
{
  g_return_val_if_fail (CS_IS_ACCOUNT_ITEM (self), NULL);

  return self->account;
}
