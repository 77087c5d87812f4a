/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-request.h"

typedef struct
{
  char       *head;
  GByteArray *data;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->head);
  g_byte_array_unref (found->data);
  g_free (found);
}

/* Reads a body back, as RFC 2046 has it */
static GPtrArray *
parse (CsRequest *request)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (found_free);
  gsize length;
  const char *body = g_bytes_get_data (request->body, &length);
  const char *end = body + length;
  g_autofree char *line = NULL;

  g_assert_true (g_str_has_prefix (request->content_type, "multipart/form-data; boundary="));
  line = g_strconcat ("\r\n--", strchr (request->content_type, '=') + 1, NULL);
  g_assert_cmpuint (strlen (line), <=, 74);
  g_assert_true (memcmp (body, line + 2, strlen (line) - 2) == 0);
  body += strlen (line) - 2;
  while (memcmp (body, "\r\n", 2) == 0)
    {
      const char *head = body + 2;
      const char *data = memmem (head, end - head, "\r\n\r\n", 4);
      const char *next;
      Found *found = g_new0 (Found, 1);

      g_assert_nonnull (data);
      next = memmem (data + 4, end - data - 4, line, strlen (line));
      g_assert_nonnull (next);
      found->head = g_strndup (head, data - head);
      found->data = g_byte_array_new ();
      g_byte_array_append (found->data, (const guint8 *) data + 4, next - data - 4);
      g_ptr_array_add (parts, found);
      body = next + strlen (line);
    }
  g_assert_true (end - body == 4 && memcmp (body, "--\r\n", 4) == 0);

  return parts;
}

static void
assert_part (GPtrArray  *parts,
             guint       i,
             const char *head,
             GBytes     *data)
{
  Found *found = g_ptr_array_index (parts, i);

  g_assert_cmpstr (found->head, ==, head);
  g_assert_cmpmem (found->data->data, found->data->len, g_bytes_get_data (data, NULL), g_bytes_get_size (data));
}

static void
test_multipart (void)
{
  g_autoptr (CsRequest) request = cs_request_make ("POST", "https://models.invalid/images/edits");
  g_autoptr (CsRequest) again = cs_request_make ("POST", "https://models.invalid/images/edits");
  g_autoptr (GBytes) prompt = g_bytes_new_static ("A table\r\n--in the sun", 21);
  g_autoptr (GBytes) picture = g_bytes_new_static ("\x89PNG\r\n\x1a\n\0\r\n--\r\n\xff", 16);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  const CsFormPart form[] = {
    { "prompt", NULL, NULL, prompt },
    { "image[]", "photo \"1\"\r\nX: y.png", "image/png", picture },
    { "image[]", "竹.png", "image/png", picture },
    { "n\"\n", NULL, NULL, none },
  };
  g_autoptr (GPtrArray) parts = NULL;

  cs_request_set_multipart (request, form, G_N_ELEMENTS (form));
  parts = parse (request);
  g_assert_cmpuint (parts->len, ==, 4);
  assert_part (parts, 0, "Content-Disposition: form-data; name=\"prompt\"", prompt);
  assert_part (parts, 1, "Content-Disposition: form-data; name=\"image[]\"; filename=\"photo %221%22%0D%0AX: y.png\"\r\n"
                         "Content-Type: image/png", picture);
  assert_part (parts, 2, "Content-Disposition: form-data; name=\"image[]\"; filename=\"竹.png\"\r\n"
                         "Content-Type: image/png", picture);
  assert_part (parts, 3, "Content-Disposition: form-data; name=\"n%22%0A\"", none);

  /* The same is the same, and another is not */
  cs_request_set_multipart (again, form, G_N_ELEMENTS (form));
  g_assert_true (g_bytes_equal (request->body, again->body));
  cs_request_set_multipart (again, form, 3);
  g_assert_cmpstr (request->content_type, !=, again->content_type);
}

static void
test_nothing (void)
{
  g_autoptr (CsRequest) request = cs_request_make ("POST", "https://models.invalid/");

  cs_request_set_multipart (request, NULL, 0);
  g_assert_true (g_str_has_suffix (request->content_type, "countersign-e3b0c44298fc1c149afbf4c8996fb92427ae41e4"));
}

/* With a byte order mark it is read too, and with half of one it is not */
static void
test_mark (void)
{
  static const struct
  {
    const char *body;
    gboolean    is_json;
  } cases[] = {
    { "{\"id\":7}", TRUE },
    { "\xef\xbb\xbf{\"id\":7}", TRUE },
    { "\xef\xbb\xbf", FALSE },
    { "\xef\xbb{\"id\":7}", FALSE },
    { "\xef", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsReply) reply = cs_reply_new ();
      g_autoptr (JsonNode) json = NULL;

      reply->body = g_bytes_new (cases[i].body, strlen (cases[i].body));
      json = cs_reply_dup_json (reply, NULL);
      g_assert_true ((json != NULL) == cases[i].is_json);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/request/multipart", test_multipart);
  g_test_add_func ("/net/request/nothing", test_nothing);
  g_test_add_func ("/net/request/mark", test_mark);

  return g_test_run ();
}
