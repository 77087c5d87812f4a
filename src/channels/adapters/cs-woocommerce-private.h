/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-woocommerce.h"

G_BEGIN_DECLS

/* The name under which our key stands in meta_data. The underscore keeps
 * WordPress from showing it as a custom field.
 */
/* In the account's profile: "plain" where WordPress has no path for its interface */
#define CS_WOOCOMMERCE_LINKS "interface_links"

#define CS_WOOCOMMERCE_KEY    "_countersign_key"
#define CS_WOOCOMMERCE_LABELS "_countersign_labels"

/* Of one request: "per_page" and a batch */
#define CS_WOOCOMMERCE_MOST 100

const char *cs_woocommerce_get_shop (CsChannel *channel);

/* cs-woocommerce-body.c: what is sent */
/* The step that looks for pictures which are there already */
char         *cs_woocommerce_dup_pictures_step (CsJournal *journal);
/* What a picture is called there, and its id once it is */
char         *cs_woocommerce_dup_slug (CsListing *listing,
                                       guint      index);
const char   *cs_woocommerce_get_picture (CsListing *listing,
                                          CsJournal *journal,
                                          guint      index);
JsonNode *cs_woocommerce_write_product (CsListing *listing,
                                        CsJournal *journal,
                                        GError   **error);
JsonNode *cs_woocommerce_write_offer (CsListing *listing);
/* All attributes as they are sent, but for those that only the shop has */
JsonArray *cs_woocommerce_write_attributes (CsListing *listing);
/* Of the shop's own attribute with that name, or 0 */
gint64    cs_woocommerce_get_attribute_id (CsJournal  *journal,
                                           const char *name);
/* Names that are to be made, as a batch */
JsonNode *cs_woocommerce_write_names (char **names);
/* "Kitchen > Baskets" is "Baskets" */
char     *cs_woocommerce_dup_category_name (CsListing *listing);

/* cs-woocommerce-variants.c */
typedef struct
{
  char       *sku;
  JsonObject *options; /* borrowed; or NULL */
  CsMoney     price;   /* currency "" where none was given */
  gint64      stock;
  int         picture; /* of the listing's, or -1 */
} CsWoocommerceVariant;

/* (element-type CsWoocommerceVariant): those of the listing, each with a SKU; NULL
 * with an error where one has a price that is none. tree: (out): keeps the options.
 */
GPtrArray *cs_woocommerce_read_variants (CsListing *listing,
                                         JsonNode **tree,
                                         GError   **error);
guint      cs_woocommerce_count_variants (CsListing *listing);
CsChannelStep *cs_woocommerce_next_variant_step (CsListing *listing,
                                                 CsJournal *journal);
/* The name begins with "variants" */
CsRequest *cs_woocommerce_build_variants (CsChannel     *channel,
                                          CsListing     *listing,
                                          CsChannelStep *step,
                                          CsJournal     *journal,
                                          const char    *id,
                                          GError       **error);
JsonNode  *cs_woocommerce_parse_variants (CsChannel     *channel,
                                          CsListing     *listing,
                                          CsChannelStep *step,
                                          JsonNode      *json,
                                          GError       **error);
void       cs_woocommerce_compare_variants (CsListing       *listing,
                                            CsRemoteListing *remote,
                                            GPtrArray       *differences);
/* A step that changes nothing that is looked up: safe to repeat */
CsChannelStep *cs_woocommerce_own_step (const char *name);

/* cs-woocommerce-read.c: what is there */
char         *cs_woocommerce_dup_version (JsonObject *product);
CsRemotePage *cs_woocommerce_parse_listings (CsChannel *channel,
                                             JsonNode  *reply,
                                             GError   **error);
CsRequest    *cs_woocommerce_build_more (CsChannel       *channel,
                                         CsRemoteListing *remote);
gboolean      cs_woocommerce_parse_more (CsChannel       *channel,
                                         CsRemoteListing *remote,
                                         JsonNode        *reply,
                                         GError         **error);
void          cs_woocommerce_compare (CsChannel       *channel,
                                      CsListing       *listing,
                                      CsRemoteListing *remote,
                                      GPtrArray       *differences);
/* Variants come later */
void          cs_woocommerce_compare_created (CsChannel       *channel,
                                              CsListing       *listing,
                                              CsRemoteListing *remote,
                                              GPtrArray       *differences);
/* Where the next page of what is there begins; see cs_woocommerce_channel_build_pull() */
char         *cs_woocommerce_dup_next (CsChannel *channel,
                                       guint      n_listings);

/* cs-woocommerce-fault.c: what a reply that is not 2xx means */
CsError cs_woocommerce_classify (CsChannel     *channel,
                                 CsChannelStep *step,
                                 CsReply       *reply,
                                 JsonNode      *json,
                                 char         **sentence);

/* cs-woocommerce-inquiry.c: what the shop says of itself */
CsRequest *cs_woocommerce_build_inquiry (CsChannel *channel,
                                         CsInquiry *inquiry);
gboolean   cs_woocommerce_parse_inquiry (CsChannel *channel,
                                         CsInquiry *inquiry,
                                         JsonNode  *reply,
                                         GError   **error);

G_END_DECLS
