/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

/* What tests of adapters have in common: an account, a listing, and a run
 * through the steps with recorded replies.
 */

/* Answers to a step whose name begins with it */
typedef struct
{
  const char *step;
  const char *reply;
} CsRecordedReply;

/* secrets, profile: JSON objects; NULL where there are none. Opened. */
CsChannel  *cs_adapter_test_make_channel (const CsChannelKind *kind,
                                          const char          *address,
                                          const char          *profile,
                                          const char          *secrets);
/* Filled with something in every member; not frozen. Takes category_id,
 * attributes and terms; variants with two options each where wanted.
 */
CsListing  *cs_adapter_test_make_listing (const char *kind,
                                          CsOperation operation,
                                          gboolean    live);
void        cs_adapter_test_add_variants (CsListing *listing);
/* "step: METHOD /path\n" for each; with_bodies: and what goes, where it is text */
char       *cs_adapter_test_play (CsChannel             *channel,
                                  CsListing             *listing,
                                  const CsRecordedReply *replies,
                                  gboolean               with_bodies);
/* The same, with each request shown to func before it is taken as answered */
typedef void (*CsAdapterTestFunc) (CsChannel     *channel,
                                   CsListing     *listing,
                                   CsChannelStep *step,
                                   CsRequest     *request,
                                   gpointer       user_data);
char       *cs_adapter_test_play_with (CsChannel             *channel,
                                       CsListing             *listing,
                                       const CsRecordedReply *replies,
                                       gboolean               with_bodies,
                                       CsAdapterTestFunc      func,
                                       gpointer               user_data);
/* What a request would be: "GET /path", or NULL */
char       *cs_adapter_test_describe (CsRequest *request,
                                      gboolean   with_body);
JsonNode   *cs_adapter_test_json (const char *text);
CsReply    *cs_adapter_test_reply (guint       status,
                                   const char *headers,
                                   const char *body);
/* "CODE sentence" of a reply that is not 2xx to a step; step NULL: read */
void        cs_adapter_test_assert_fault (CsChannel  *channel,
                                          const char *step,
                                          guint       status,
                                          const char *body,
                                          CsError     expected,
                                          const char *part);
/* Who must act after a reply that came with 200, or nobody (-1) */
typedef struct
{
  const char *reply;
  int         code;
} CsInnerFault;

void        cs_adapter_test_assert_inner_faults (CsChannel          *channel,
                                                 const CsInnerFault *faults,
                                                 guint               n_faults);
/* The steps of an operation: "step: METHOD /path\n" for each. Takes the listing. */
void        cs_adapter_test_assert_plan (CsChannel             *channel,
                                         CsListing             *listing,
                                         const CsRecordedReply *replies,
                                         const char            *expected);
/* Nothing is found amiss in a listing, and much in one without a title, a category
 * and terms. Takes the listing.
 */
void        cs_adapter_test_assert_check (CsChannel *channel,
                                          CsListing *listing);
/* Sentences, one a line */
char       *cs_adapter_test_join (GPtrArray *sentences);
/* Every slot that reads, with replies that are no answer: nothing is taken, nothing crashes */
void        cs_adapter_test_assert_hostile (CsChannel *channel,
                                            CsListing *listing);

G_END_DECLS
