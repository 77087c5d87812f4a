/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

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

static void
copy_header (const char *name,
             const char *value,
             gpointer    copy)
{
  soup_message_headers_append (copy, name, value);
}

CsRequest *
cs_request_copy (CsRequest *self)
{
  CsRequest *copy = cs_request_make (self->method, self->address);

  soup_message_headers_foreach (self->headers, copy_header, copy->headers);
  if (self->body != NULL)
    cs_request_set_body (copy, self->content_type, self->body);

  return copy;
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

/* RFC 7578 leaves open how a name is quoted; this is how browsers do
 * (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html, 4.10.21.8)
 */
static void
append_quoted (GByteArray *body,
               const char *text)
{
  g_autoptr (GString) quoted = g_string_new (text);

  g_string_replace (quoted, "\r", "%0D", 0);
  g_string_replace (quoted, "\n", "%0A", 0);
  g_string_replace (quoted, "\"", "%22", 0);
  g_byte_array_append (body, (const guint8 *) quoted->str, quoted->len);
}

static void
append_text (GByteArray *body,
             const char *text)
{
  g_byte_array_append (body, (const guint8 *) text, strlen (text));
}

static void
append_part (GByteArray       *body,
             const CsFormPart *part,
             const char       *boundary)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (part->data, &length);

  append_text (body, "--");
  append_text (body, boundary);
  append_text (body, "\r\nContent-Disposition: form-data; name=\"");
  append_quoted (body, part->name);
  append_text (body, "\"");
  if (part->file_name != NULL)
    {
      append_text (body, "; filename=\"");
      append_quoted (body, part->file_name);
      append_text (body, "\"");
    }
  if (part->content_type != NULL)
    {
      append_text (body, "\r\nContent-Type: ");
      append_text (body, part->content_type);
    }
  append_text (body, "\r\n\r\n");
  g_byte_array_append (body, data, length);
  append_text (body, "\r\n");
}

/* Out of what it parts, so that nobody who writes a part can know it, and the
 * same body has the same
 */
static char *
make_boundary (const CsFormPart *parts,
               guint             n_parts)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < n_parts; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (parts[i].data, &length);

      g_checksum_update (checksum, (const guint8 *) parts[i].name, strlen (parts[i].name) + 1);
      g_checksum_update (checksum, (const guint8 *) &length, sizeof (length));
      g_checksum_update (checksum, data, length);
    }

  return g_strdup_printf ("countersign-%.40s", g_checksum_get_string (checksum));
}

void
cs_request_set_multipart (CsRequest        *self,
                          const CsFormPart *parts,
                          guint             n_parts)
{
  g_autofree char *boundary = make_boundary (parts, n_parts);
  g_autofree char *content_type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < n_parts; i++)
    append_part (body, &parts[i], boundary);
  append_text (body, "--");
  append_text (body, boundary);
  append_text (body, "--\r\n");

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&body));
  cs_request_set_body (self, content_type, bytes);
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

  /* A byte order mark, which a file of some plug-in begins with, is no part of it */
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }

  return cs_json_parse (text != NULL ? text : "", length, error);
}
