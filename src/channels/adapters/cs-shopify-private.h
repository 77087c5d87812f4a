/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-shopify.h"

G_BEGIN_DECLS

#define CS_SHOPIFY_PATH "/admin/api/2026-10/graphql.json"

/* Our key is a metafield of type "id", which the shop takes once */
#define CS_SHOPIFY_NAMESPACE "countersign"
#define CS_SHOPIFY_KEY       "key"

/* What is read of a product, and so what can be kept when it is written */
#define CS_SHOPIFY_MOST_VARIANTS 100
#define CS_SHOPIFY_MOST_MEDIA    50

/* From what was signed, else from what the shop said when it was added; or NULL */
char *cs_shopify_dup_term (CsChannel  *channel,
                           CsListing  *listing,
                           const char *name);

/* cs-shopify-write.c: what is sent */
/* The name under which a picture is uploaded: by it the shop's copy is known again */
char      *cs_shopify_dup_file_name (CsListing *listing,
                                     guint      n);
CsRequest *cs_shopify_build_set (CsChannel *channel,
                                 CsListing *listing,
                                 CsJournal *journal,
                                 GError   **error);
CsRequest *cs_shopify_build_prices (CsChannel *channel,
                                    CsListing *listing,
                                    CsJournal *journal,
                                    GError   **error);
CsRequest *cs_shopify_build_stock (CsChannel *channel,
                                   CsListing *listing,
                                   CsJournal *journal,
                                   GError   **error);
gboolean   cs_shopify_has_stock (CsListing *listing);
char      *cs_shopify_write_description (CsListing *listing);

/* cs-shopify-reply.c: what a step yielded, as it is journalled */
JsonNode  *cs_shopify_parse (CsChannel     *channel,
                             CsListing     *listing,
                             CsChannelStep *step,
                             JsonNode      *json,
                             GError       **error);

/* cs-shopify-read.c: what is there */
#define CS_SHOPIFY_FIELDS                                                                              \
  "fragment Fields on Product { id title handle descriptionHtml status tags vendor productType"        \
  " onlineStoreUrl category { id fullName } key: metafield(namespace: \"" CS_SHOPIFY_NAMESPACE "\", key: \"" CS_SHOPIFY_KEY "\") { value }" \
  " options { id name optionValues { id name } }"                                                      \
  " media(first: 50) { nodes { __typename id alt status ... on MediaImage { image { url } } } pageInfo { hasNextPage } }" \
  " variants(first: 100) { nodes { id sku price inventoryQuantity selectedOptions { name value }"      \
  " inventoryItem { id tracked } } pageInfo { hasNextPage } } }"
char         *cs_shopify_dup_version (JsonObject *product);
/* Whether a medium is the n-th picture of the listing */
gboolean      cs_shopify_is_picture (CsListing  *listing,
                                     guint       n,
                                     JsonObject *medium);
gboolean      cs_shopify_is_our_medium (const char *key,
                                        JsonObject *medium);
JsonArray    *cs_shopify_get_nodes (JsonObject *object,
                                    const char *member);
gboolean      cs_shopify_is_default (JsonObject *variant);
CsRemotePage *cs_shopify_parse_listings (CsChannel *channel,
                                         JsonNode  *reply,
                                         GError   **error);
CsRequest    *cs_shopify_build_more (CsChannel       *channel,
                                     CsRemoteListing *remote);
gboolean      cs_shopify_parse_more (CsChannel       *channel,
                                     CsRemoteListing *remote,
                                     JsonNode        *reply,
                                     GError         **error);
void          cs_shopify_compare (CsChannel       *channel,
                                  CsListing       *listing,
                                  CsRemoteListing *remote,
                                  GPtrArray       *differences);

/* cs-shopify-inquiry.c: what the shop says of itself */
CsRequest *cs_shopify_build_inquiry (CsChannel *channel,
                                     CsInquiry *inquiry);
gboolean   cs_shopify_parse_inquiry (CsChannel *channel,
                                     CsInquiry *inquiry,
                                     JsonNode  *reply,
                                     GError   **error);

G_END_DECLS
