/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-vendure.h"

G_BEGIN_DECLS

#define CS_VENDURE_PATH "/admin-api"

/* The custom field of products that holds our key, where the shop has it */
#define CS_VENDURE_KEY_FIELD "countersignKey"

/* As many as one request reads */
#define CS_VENDURE_MOST 100

/* What the shop said of itself when it was added, from the account's profile */
const char *cs_vendure_get_language (CsChannel *channel);
gboolean    cs_vendure_has_key_field (CsChannel *channel);
gboolean    cs_vendure_has_tax_in_prices (CsChannel *channel);
/* Digits after the point that the shop counts amounts with */
guint       cs_vendure_get_precision (CsChannel *channel);

/* cs-vendure-write.c: what is sent. NULL with an error where it cannot be. */
CsRequest *cs_vendure_build_create (CsChannel *channel,
                                    CsListing *listing,
                                    CsJournal *journal);
/* "variants" of a create; "leaving", "changed" and "added" of an update */
CsRequest *cs_vendure_build_variants (CsChannel     *channel,
                                      CsListing     *listing,
                                      CsChannelStep *step,
                                      CsJournal     *journal,
                                      const char    *id,
                                      GError       **error);
/* "update", then which of them is next, then NULL */
const char *cs_vendure_get_update_step (CsListing *listing,
                                        CsJournal *journal);
CsRequest *cs_vendure_build_update (CsChannel  *channel,
                                    CsListing  *listing,
                                    CsJournal  *journal,
                                    const char *id);
CsRequest *cs_vendure_build_offer (CsChannel  *channel,
                                   CsListing  *listing,
                                   CsJournal  *journal,
                                   GError    **error);
/* The name under which a picture is uploaded: by it the shop's copy is known again */
char      *cs_vendure_dup_file_name (CsListingPicture *picture);

/* cs-vendure-options.c: what variants differ in has to be there before them */
CsRequest *cs_vendure_build_options (CsChannel *channel,
                                     CsListing *listing,
                                     CsJournal *journal,
                                     GError   **error);
/* NULL where it cannot be read */
JsonNode  *cs_vendure_parse_options (JsonNode *reply);
CsRequest *cs_vendure_build_attach (CsChannel  *channel,
                                    CsJournal  *journal,
                                    const char *id);
/* Whether the next step is "options" or "attach"; NULL where neither is needed */
const char *cs_vendure_get_option_step (CsListing *listing,
                                        CsJournal *journal);
/* What the shop calls the values of a variant, in the order of the listing's options */
JsonArray *cs_vendure_get_option_ids (CsJournal *journal,
                                      char     **names,
                                      char     **values);

/* cs-vendure-read.c: what is there */
char         *cs_vendure_dup_fields (CsChannel *channel);
char         *cs_vendure_dup_version (JsonObject *product);
/* What an update has to know of the product, as it is journalled */
JsonNode     *cs_vendure_describe (JsonObject *product);
CsRemotePage *cs_vendure_parse_listings (CsChannel *channel,
                                         JsonNode  *reply,
                                         GError   **error);
void          cs_vendure_compare (CsChannel       *channel,
                                  CsListing       *listing,
                                  CsRemoteListing *remote,
                                  GPtrArray       *differences);
void          cs_vendure_compare_created (CsChannel       *channel,
                                          CsListing       *listing,
                                          CsRemoteListing *remote,
                                          GPtrArray       *differences);
char         *cs_vendure_write_description (CsListing *listing);

/* cs-vendure-inquiry.c: what the shop says of itself */
CsRequest *cs_vendure_build_inquiry (CsChannel *channel,
                                     CsInquiry *inquiry);
gboolean   cs_vendure_parse_inquiry (CsChannel *channel,
                                     CsInquiry *inquiry,
                                     JsonNode  *reply,
                                     GError   **error);

G_END_DECLS
