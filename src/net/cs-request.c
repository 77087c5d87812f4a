/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-hash.h"
#include "cs-json.h"
#include "cs-request.h"

static void
cs_request_clear (CsRequest *self)
{
  g_free (self->method);
  g_free (self->address);
  g_free (self->content_type);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

CS_DEFINE_RECORD (CsRequest, cs_request)

static void
cs_reply_clear (CsReply *self)
{
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

CS_DEFINE_RECORD (CsReply, cs_reply)

CsRequest *
cs_request_make (const char *method,
                 const char *address)
{
  CsRequest *self = cs_request_new ();

  self->method = g_strdup (method);
  self->address = g_strdup (address);
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

  return self;
}

void
cs_request_set_header (CsRequest  *self,
                       const char *name,
                       const char *value)
{
  soup_message_headers_replace (self->headers, name, value);
}

void
cs_request_set_body (CsRequest  *self,
                     const char *content_type,
                     GBytes     *body)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
  self->body = g_bytes_ref (body);
}

void
cs_request_set_json (CsRequest *self,
                     JsonNode  *json)
{
  char *text = cs_json_canonical (json);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  cs_request_set_body (self, "application/json", body);
}

/**
 * cs_request_dup_hash:
 *
 * Returns: the SHA-256 of the body; of nothing where there is none
 */
char *
cs_request_dup_hash (CsRequest *self)
{
  return self->body != NULL ? cs_hash_bytes (self->body) : cs_hash_data ("", 0);
}

gboolean
cs_reply_is_success (CsReply *self)
{
  return SOUP_STATUS_IS_SUCCESSFUL (self->status);
}

const char *
cs_reply_get_header (CsReply    *self,
                     const char *name)
{
  return self->headers != NULL ? soup_message_headers_get_one (self->headers, name) : NULL;
}

/**
 * cs_reply_dup_json:
 *
 * Returns: (transfer full): the body as JSON whatever its type says it is, or
 *   NULL where it is none
 */
JsonNode *
cs_reply_dup_json (CsReply *self,
                   GError **error)
{
  gsize       length = 0;
  const char *text = self->body != NULL ? g_bytes_get_data (self->body, &length) : NULL;

  return cs_json_parse (text != NULL ? text : "", length, error);
}
