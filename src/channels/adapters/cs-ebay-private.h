/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ebay.h"

G_BEGIN_DECLS

struct _CsEbay
{
  CsChannel parent_instance;
};

/* One of eBay's countries */
typedef struct
{
  const char *id;       /* "EBAY_DE" */
  const char *locale;   /* "de-DE" */
  const char *currency; /* "EUR" */
  const char *site;     /* "www.ebay.de" */
} CsEbayCountry;

/* Never NULL: the United States where it is not known */
const CsEbayCountry *cs_ebay_find_country (const char *id);
/* Whether the account's address is eBay's for trying things out */
gboolean             cs_ebay_is_sandbox (CsChannel *channel);
/* The text as HTML: eBay has no field for bullet points */
char                *cs_ebay_dup_description (CsListing *listing);

/* Parts of requests (cs-ebay.c) */
void        cs_ebay_set_aspects (JsonObject *product,
                                 CsListing  *listing);
/* "imageUrls"; only: one of them, or -1 for all */
void        cs_ebay_set_pictures (JsonObject *object,
                                  CsListing  *listing,
                                  CsJournal  *journal,
                                  int         only);
/* Takes the product */
void        cs_ebay_fill_item (JsonObject *item,
                               JsonObject *product,
                               JsonObject *terms,
                               gint64      stock);
JsonObject *cs_ebay_make_amount (const CsMoney *price);
/* What an offer says, whether it is new or replaces one; but for the text */
JsonObject *cs_ebay_make_offer (CsListing     *listing,
                                JsonObject    *terms,
                                const CsMoney *price,
                                gint64         stock);
const char *cs_ebay_find_placed (JsonObject  *response,
                                 gboolean    *existed,
                                 JsonObject **refusal);

/* cs-ebay-group.c: products that come in variants */
#define CS_EBAY_GROUP      "group:" /* begins the id of one that is a group of items */
#define CS_EBAY_MOST_VARIANTS 25    /* so many go in one request */

/* What the version of one begins with, by how many of its offers are on sale */
#define CS_EBAY_ALL_LIVE  "live."
#define CS_EBAY_SOME_LIVE "part."
#define CS_EBAY_NONE_LIVE "draft."

gboolean       cs_ebay_is_group (CsListing *listing);
char          *cs_ebay_dup_group_id (CsListing *listing);
CsChannelStep *cs_ebay_group_next_step (CsListing *listing,
                                        CsJournal *journal);
CsRequest     *cs_ebay_group_build (CsChannel     *channel,
                                    CsListing     *listing,
                                    CsChannelStep *step,
                                    CsJournal     *journal,
                                    JsonObject    *terms,
                                    GError       **error);
gboolean       cs_ebay_group_take (CsChannel     *channel,
                                   CsListing     *listing,
                                   CsChannelStep *step,
                                   JsonObject    *reply,
                                   JsonObject    *detail,
                                   GError       **error);

/* cs-ebay-group-read.c: a group as eBay shows it, with its items and their offers */
CsRequest       *cs_ebay_group_build_read (CsChannel  *channel,
                                           const char *remote_id);
/* NULL where it is none */
CsRemoteListing *cs_ebay_group_parse (JsonNode *node);
/* Of an item that belongs to one: its group, of which nothing is known yet; NULL where it belongs to none */
CsRemoteListing *cs_ebay_group_find (JsonObject *item);
CsRequest       *cs_ebay_group_build_more (CsChannel       *channel,
                                           CsRemoteListing *remote);
gboolean         cs_ebay_group_parse_more (CsChannel       *channel,
                                           CsRemoteListing *remote,
                                           JsonNode        *reply,
                                           GError         **error);

/* cs-ebay-read.c: what eBay shows */
void          cs_ebay_take_offer (CsChannel       *channel,
                                  CsRemoteListing *remote,
                                  JsonObject      *offer);
CsRequest    *cs_ebay_build_look_up (CsChannel *channel,
                                     CsListing *listing,
                                     guint      n);
CsRequest    *cs_ebay_build_read (CsChannel  *channel,
                                  const char *remote_id);
CsRequest    *cs_ebay_build_pull (CsChannel  *channel,
                                  const char *cursor);
CsRemotePage *cs_ebay_parse_listings (CsChannel *channel,
                                      JsonNode  *reply,
                                      GError   **error);
CsRequest    *cs_ebay_build_more (CsChannel       *channel,
                                  CsRemoteListing *remote);
gboolean      cs_ebay_parse_more (CsChannel       *channel,
                                  CsRemoteListing *remote,
                                  JsonNode        *reply,
                                  GError         **error);
void          cs_ebay_compare (CsChannel       *channel,
                               CsListing       *listing,
                               CsRemoteListing *remote,
                               GPtrArray       *differences);
void          cs_ebay_compare_created (CsChannel       *channel,
                                       CsListing       *listing,
                                       CsRemoteListing *remote,
                                       GPtrArray       *differences);
/* Of a list of offers the one of our country that is no auction, or NULL */
JsonObject   *cs_ebay_find_offer (JsonObject *reply,
                                  const char *marketplace);

/* cs-ebay-forms.c: what eBay wants to know */
void       cs_ebay_check (CsChannel *channel,
                          CsListing *listing,
                          GPtrArray *findings);
CsRequest *cs_ebay_build_inquiry (CsChannel *channel,
                                  CsInquiry *inquiry);
gboolean   cs_ebay_parse_inquiry (CsChannel *channel,
                                  CsInquiry *inquiry,
                                  JsonNode  *reply,
                                  GError   **error);

/* cs-ebay-sign-in.c */
char      *cs_ebay_build_authorize (CsChannel  *channel,
                                    const char *redirect,
                                    const char *state,
                                    const char *challenge);
CsRequest *cs_ebay_build_exchange (CsChannel  *channel,
                                   const char *redirect,
                                   const char *code,
                                   const char *verifier);
CsRequest *cs_ebay_build_refresh (CsChannel *channel);
gboolean   cs_ebay_parse_tokens (CsChannel  *channel,
                                 JsonNode   *reply,
                                 gint64      now,
                                 JsonObject *secrets,
                                 GError    **error);
void       cs_ebay_sign (CsChannel *channel,
                         CsRequest *request,
                         gint64     now);

G_END_DECLS
