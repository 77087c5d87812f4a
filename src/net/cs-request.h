/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "cs-record.h"

G_BEGIN_DECLS

/* A request as data: it can be looked at, hashed and journalled before anything
 * is sent, and sent again.
 */
typedef struct
{
  char               *method;
  char               *address; /* absolute */
  SoupMessageHeaders *headers;
  char               *content_type; /* of body, or NULL */
  GBytes             *body;         /* or NULL */
} CsRequest;

#define CS_TYPE_REQUEST (cs_request_get_type ())

CS_DECLARE_RECORD (CsRequest, cs_request)

CsRequest *cs_request_make (const char *method,
                            const char *address);
/* Header, address and body of its own */
CsRequest *cs_request_copy (CsRequest *self);
void       cs_request_set_header (CsRequest  *self,
                                  const char *name,
                                  const char *value);
void       cs_request_set_body (CsRequest  *self,
                                const char *content_type,
                                GBytes     *body);
void       cs_request_set_json (CsRequest *self,
                                JsonNode  *json);
/* A field of a form, or a file in it */
typedef struct
{
  const char *name;
  const char *file_name;    /* or NULL */
  const char *content_type; /* of a file; or NULL */
  GBytes     *data;
} CsFormPart;

/* The parts in their order as multipart/form-data: the same parts make the same body */
void       cs_request_set_multipart (CsRequest        *self,
                                     const CsFormPart *parts,
                                     guint             n_parts);
char      *cs_request_dup_hash (CsRequest *self);

/* What came back, whatever its status */
typedef struct
{
  guint               status;
  SoupMessageHeaders *headers;
  GBytes             *body;
} CsReply;

#define CS_TYPE_REPLY (cs_reply_get_type ())

CS_DECLARE_RECORD (CsReply, cs_reply)

gboolean    cs_reply_is_success (CsReply *self);
const char *cs_reply_get_header (CsReply    *self,
                                 const char *name);
JsonNode   *cs_reply_dup_json (CsReply *self,
                               GError **error);

G_END_DECLS
