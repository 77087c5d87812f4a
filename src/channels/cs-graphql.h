/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel.h"

G_BEGIN_DECLS

/* What marketplaces that speak GraphQL have in common: one address, a query with
 * variables, and errors in replies with status 200.
 */

/* Who must act where a marketplace names an error so, in the `extensions.code` of
 * an error, the `code` of a user error or the `errorCode` of an error result
 */
typedef struct
{
  const char *name;
  gboolean    is_none; /* no fault: what was wanted is there already */
  CsError     code;
} CsGraphqlCode;

/* variables: (transfer full) (nullable) */
CsRequest  *cs_graphql_make_request (CsChannel  *channel,
                                     const char *path,
                                     const char *query,
                                     JsonObject *variables);
/* With a file in the variables, as
 * https://github.com/jaydenseric/graphql-multipart-request-spec says.
 * place: where in them, "variables.input.0.file", which holds null.
 */
CsRequest  *cs_graphql_make_upload (CsChannel  *channel,
                                    const char *path,
                                    const char *query,
                                    JsonObject *variables,
                                    const char *place,
                                    const char *file_name,
                                    const char *content_type,
                                    GBytes     *file);
/* data, or what a member of it holds */
JsonObject *cs_graphql_get_data (JsonNode   *reply,
                                 const char *member);
/* For CsChannelClass.find_fault and .classify. codes: ends with one whose name is NULL. */
gboolean    cs_graphql_find_fault (CsChannel           *channel,
                                   CsChannelStep       *step,
                                   JsonNode            *json,
                                   const CsGraphqlCode *codes,
                                   CsError             *code,
                                   char               **sentence);
CsError     cs_graphql_classify (CsChannel           *channel,
                                 CsChannelStep       *step,
                                 CsReply             *reply,
                                 JsonNode            *json,
                                 const CsGraphqlCode *codes,
                                 char               **sentence);
const char *cs_graphql_get_shop (CsChannel *channel);

G_END_DECLS
