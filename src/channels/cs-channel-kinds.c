/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-alibaba.h"
#include "cs-amazon.h"
#include "cs-channel-kinds.h"
#include "cs-douyin.h"
#include "cs-ebay.h"
#include "cs-etsy.h"
#include "cs-folder-channel.h"
#include "cs-shopify.h"
#include "cs-tiktok-shop.h"
#include "cs-vendure.h"
#include "cs-woocommerce.h"

typedef struct
{
  const CsChannelKind *kind;
  GType                (*get_type) (void);
} Adapter;

static const Adapter adapters[] = {
  { &cs_woocommerce_kind, cs_woocommerce_channel_get_type },
  { &cs_shopify_kind, cs_shopify_channel_get_type },
  { &cs_etsy_kind, cs_etsy_get_type },
  { &cs_ebay_kind, cs_ebay_get_type },
  { &cs_amazon_kind, cs_amazon_get_type },
  { &cs_tiktok_shop_kind, cs_tiktok_shop_get_type },
  { &cs_douyin_kind, cs_douyin_get_type },
  { &cs_alibaba_kind, cs_alibaba_get_type },
  { &cs_vendure_kind, cs_vendure_channel_get_type },
  { NULL, NULL },
};

GPtrArray *
cs_channel_kinds_list (void)
{
  GPtrArray *kinds = g_ptr_array_new ();

  for (guint i = 0; adapters[i].kind != NULL; i++)
    g_ptr_array_add (kinds, (gpointer) adapters[i].kind);
  for (guint i = 0; cs_folder_kinds[i].kind != NULL; i++)
    g_ptr_array_add (kinds, (gpointer) &cs_folder_kinds[i]);

  return kinds;
}

static const CsChannelKind *
find_folder (const char *kind)
{
  for (guint i = 0; cs_folder_kinds[i].kind != NULL; i++)
    {
      if (g_strcmp0 (cs_folder_kinds[i].kind, kind) == 0)
        return &cs_folder_kinds[i];
    }

  return NULL;
}

static const Adapter *
find_adapter (const char *kind)
{
  for (guint i = 0; adapters[i].kind != NULL; i++)
    {
      if (g_strcmp0 (adapters[i].kind->kind, kind) == 0)
        return &adapters[i];
    }

  return NULL;
}

const CsChannelKind *
cs_channel_kinds_find (const char *kind)
{
  const Adapter *adapter = find_adapter (kind);

  return adapter != NULL ? adapter->kind : find_folder (kind);
}

CsChannel *
cs_channel_kinds_make (CsAccount *account,
                       CsSecrets *secrets,
                       GError   **error)
{
  const Adapter *adapter;

  g_return_val_if_fail (account != NULL, NULL);

  if (find_folder (account->channel) != NULL)
    return g_object_new (CS_TYPE_FOLDER_CHANNEL, "account", account, NULL);

  if (!(adapter = find_adapter (account->channel)))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("This version of Countersign does not know how to talk to “%s”."), account->name);
      return NULL;
    }

  return g_object_new (adapter->get_type (), "account", account, "secrets", secrets, NULL);
}
