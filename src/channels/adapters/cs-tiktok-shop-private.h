/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-tiktok-shop.h"

G_BEGIN_DECLS

/* cs-tiktok-shop-read.c: what it shows */
JsonObject   *cs_tiktok_shop_get_data (JsonNode *json);
CsRemotePage *cs_tiktok_shop_parse_listings (CsChannel *channel,
                                             JsonNode  *reply,
                                             GError   **error);
gboolean      cs_tiktok_shop_parse_more (CsChannel       *channel,
                                         CsRemoteListing *remote,
                                         JsonNode        *reply,
                                         GError         **error);

/* cs-tiktok-shop-forms.c: what it wants to know */
CsRequest *cs_tiktok_shop_build_inquiry (CsChannel *channel,
                                         CsInquiry *inquiry);
gboolean   cs_tiktok_shop_parse_inquiry (CsChannel *channel,
                                         CsInquiry *inquiry,
                                         JsonNode  *reply,
                                         GError   **error);

/* cs-tiktok-shop.c */
CsRequest *cs_tiktok_shop_build_read (CsChannel  *channel,
                                      const char *remote_id);

G_END_DECLS
