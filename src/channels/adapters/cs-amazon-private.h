/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-amazon.h"

G_BEGIN_DECLS

struct _CsAmazon
{
  CsChannel parent_instance;
};

#define CS_AMAZON_MOST_PICTURES 9

/* One of Amazon's countries */
typedef struct
{
  const char *id;       /* "A1PA6795UKMFR9" */
  const char *language; /* "de_DE" */
  const char *currency;
  const char *site; /* "www.amazon.de" */
} CsAmazonCountry;

/* Never NULL: Germany where it is not known */
const CsAmazonCountry *cs_amazon_find_country (const char *id);
const CsAmazonCountry *cs_amazon_get_country (CsChannel *channel);
/* "attr" of a form's field, by what its value is: "text.", "value.", "number.", "switch.", "raw." or "picture.";
 * NULL where it is none of ours
 */
const char            *cs_amazon_name_attribute (const char *field);
/* Of picture n, from 0 */
char                  *cs_amazon_dup_picture_attribute (guint n);

/* cs-amazon-read.c: what Amazon shows */
CsRequest    *cs_amazon_build_look_up (CsChannel *channel,
                                       CsListing *listing,
                                       guint      n);
CsRequest    *cs_amazon_build_read (CsChannel  *channel,
                                    const char *remote_id);
CsRequest    *cs_amazon_build_pull (CsChannel  *channel,
                                    const char *cursor);
CsRemotePage *cs_amazon_parse_listings (CsChannel *channel,
                                        JsonNode  *reply,
                                        GError   **error);
void          cs_amazon_compare (CsChannel       *channel,
                                 CsListing       *listing,
                                 CsRemoteListing *remote,
                                 GPtrArray       *differences);
/* A sentence for each issue that is at least that grave: "ERROR", "WARNING" */
void          cs_amazon_add_issues (JsonArray  *issues,
                                    const char *severity,
                                    GPtrArray  *sentences);

/* cs-amazon-forms.c: what Amazon wants to know */
void       cs_amazon_check (CsChannel *channel,
                            CsListing *listing,
                            GPtrArray *findings);
CsRequest *cs_amazon_build_inquiry (CsChannel *channel,
                                    CsInquiry *inquiry);
gboolean   cs_amazon_parse_inquiry (CsChannel *channel,
                                    CsInquiry *inquiry,
                                    JsonNode  *reply,
                                    GError   **error);

G_END_DECLS
