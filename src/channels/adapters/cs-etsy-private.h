/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-etsy.h"

G_BEGIN_DECLS

struct _CsEtsy
{
  CsChannel parent_instance;
};

/* cs-etsy-inventory.c: what of a listing goes into products and offerings */
/* The whole text: Etsy has no field for bullet points */
char    *cs_etsy_dup_description (CsListing *listing);
/* The lowest price of what can be bought; FALSE where there is none */
gboolean cs_etsy_get_price (CsListing *listing,
                            CsMoney   *price);
/* All of what can be bought, or -1 where it is not said */
gint64   cs_etsy_get_quantity (CsListing *listing);
/* (transfer full): the names of the options, "Color", "Size"; empty where it has none */
char   **cs_etsy_dup_options (CsListing *listing);
void     cs_etsy_set_inventory (CsRequest  *request,
                                CsListing  *listing,
                                JsonObject *terms);

/* cs-etsy-read.c: what Etsy shows */
char         *cs_etsy_dup_version (JsonObject *listing);
CsRequest    *cs_etsy_build_read (CsChannel  *channel,
                                  const char *remote_id);
CsRequest    *cs_etsy_build_pull (CsChannel  *channel,
                                  const char *cursor);
CsRemotePage *cs_etsy_parse_listings (CsChannel *channel,
                                      JsonNode  *reply,
                                      GError   **error);
CsRequest    *cs_etsy_build_more (CsChannel       *channel,
                                  CsRemoteListing *remote);
gboolean      cs_etsy_parse_more (CsChannel       *channel,
                                  CsRemoteListing *remote,
                                  JsonNode        *reply,
                                  GError         **error);
void          cs_etsy_compare (CsChannel       *channel,
                               CsListing       *listing,
                               CsRemoteListing *remote,
                               GPtrArray       *differences);
void          cs_etsy_compare_created (CsChannel       *channel,
                                       CsListing       *listing,
                                       CsRemoteListing *remote,
                                       GPtrArray       *differences);

/* cs-etsy-forms.c: what Etsy wants to know */
void       cs_etsy_check (CsChannel *channel,
                          CsListing *listing,
                          GPtrArray *findings);
CsRequest *cs_etsy_build_inquiry (CsChannel *channel,
                                  CsInquiry *inquiry);
gboolean   cs_etsy_parse_inquiry (CsChannel *channel,
                                  CsInquiry *inquiry,
                                  JsonNode  *reply,
                                  GError   **error);

G_END_DECLS
