/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "cs-download.h"
#include "cs-error.h"
#include "cs-test.h"

#define SIZE 60000

/* A file server that answers by hand, so that it can do it wrong */
typedef struct
{
  SoupServer *server;
  CsHttp     *http;
  char       *folder;
  char       *part;
  char       *tag; /* which version it serves */
  int         port;
  guint       n_requests;
  gsize       sent;  /* bytes of the file, by the last answer */
  char       *range; /* what the last request asked for, or NULL */
  guint8      content[SIZE];
} Fixture;

static void
answer (Fixture           *self,
        SoupServerMessage *message,
        const char        *head,
        gsize              from,
        gsize              to)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_autofree char *whole = g_strdup_printf ("HTTP/1.1 %s\r\nConnection: close\r\n\r\n", head);

  self->sent = to - from;
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), whole, strlen (whole), NULL, NULL, NULL);
  if (to > from)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), self->content + from, to - from, NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

/* As a good server does, up to where it breaks off */
static void
serve_file (Fixture           *self,
            SoupServerMessage *message,
            gsize              most)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char      *if_range = soup_message_headers_get_one (headers, "If-Range");
  g_autofree char *head = NULL;
  guint64          from = 0;

  if (self->range != NULL && g_strcmp0 (if_range, self->tag) == 0)
    from = g_ascii_strtoull (self->range + strlen ("bytes="), NULL, 10);

  if (from > 0)
    head = g_strdup_printf ("206 Partial Content\r\nETag: %s\r\nContent-Range: bytes %u-%u/%u\r\nContent-Length: %u",
                            self->tag, (guint) from, SIZE - 1, SIZE, (guint) (SIZE - from));
  else
    head = g_strdup_printf ("200 OK\r\nETag: %s\r\nContent-Length: %u", self->tag, SIZE);
  answer (self, message, head, from, MIN (from + most, SIZE));
}

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  Fixture            *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  self->n_requests++;
  g_set_str (&self->range, soup_message_headers_get_one (headers, "Range"));

  if (g_str_equal (path, "/file"))
    serve_file (self, message, SIZE);
  else if (g_str_equal (path, "/breaks"))
    serve_file (self, message, 20000);
  else if (g_str_equal (path, "/no-range"))
    answer (self, message, "200 OK\r\nContent-Length: 60000", 0, SIZE);
  else if (g_str_equal (path, "/other-part"))
    answer (self, message, "206 Partial Content\r\nContent-Range: bytes 10000-59999/60000\r\nContent-Length: 50000", 10000, SIZE);
  else if (g_str_equal (path, "/page"))
    answer (self, message, "200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 60000", 0, SIZE);
  else if (g_str_equal (path, "/short"))
    answer (self, message, "200 OK\r\nContent-Length: 59999", 0, SIZE - 1);
  else if (g_str_equal (path, "/endless"))
    answer (self, message, "200 OK\r\nX-Length: unknown", 0, SIZE);
  else if (g_str_equal (path, "/busy"))
    answer (self, message, "503 Service Unavailable\r\nContent-Length: 0", 0, 0);
  else if (g_str_equal (path, "/moved"))
    answer (self, message, "302 Found\r\nLocation: /file\r\nContent-Length: 0", 0, 0);
  else if (g_str_equal (path, "/circle"))
    answer (self, message, "302 Found\r\nLocation: /circle\r\nContent-Length: 0", 0, 0);
  else if (g_str_equal (path, "/away"))
    answer (self, message, "302 Found\r\nLocation: http://192.0.2.1/file\r\nContent-Length: 0", 0, 0);
  else if (g_str_equal (path, "/to-disk"))
    answer (self, message, "302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0", 0, 0);
  else if (g_str_equal (path, "/silent"))
    soup_server_message_pause (message);
  else
    answer (self, message, "404 Not Found\r\nContent-Length: 0", 0, 0);
}

static void
fixture_init (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  *self = (Fixture) { .server = soup_server_new (NULL, NULL), .http = cs_http_new () };
  self->folder = g_dir_make_tmp ("cs-download-XXXXXX", NULL);
  self->part = g_build_filename (self->folder, "part", NULL);
  self->tag = g_strdup ("\"one\"");
  for (guint i = 0; i < SIZE; i++)
    self->content[i] = (i * 7919) >> 5;
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
fixture_clear (Fixture *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->http);
  cs_download_forget (self->part);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->part);
  g_free (self->tag);
  g_free (self->range);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static gboolean
fetch (Fixture    *self,
       const char *path,
       CsJob      *job,
       GError    **error)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%d%s", self->port, path);

  return dex_await (cs_download_file (self->http, address, self->part, SIZE, job), error);
}

static void
assert_whole (Fixture *self)
{
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->part, &data, &length, NULL));
  g_assert_cmpmem (data, length, self->content, SIZE);
}

static void
assert_fails (Fixture    *self,
              const char *path,
              CsError     code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fetch (self, path, NULL, &error));
  g_assert_error (error, CS_ERROR, (int) code);
}

static void
test_whole (void)
{
  g_auto (Fixture) self;
  g_autoptr (CsJob) job = cs_job_new ("download");
  g_autoptr (GError) error = NULL;
  struct stat info;

  fixture_init (&self);
  fetch (&self, "/file", job, &error);
  g_assert_no_error (error);
  assert_whole (&self);
  g_assert_cmpuint (cs_job_get_done (job), ==, SIZE);
  g_assert_cmpuint (cs_job_get_total (job), ==, SIZE);
  g_assert_cmpint (g_stat (self.part, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);

  /* What is there is not asked for again */
  fetch (&self, "/file", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self.n_requests, ==, 1);
}

static void
test_resumed (void)
{
  g_auto (Fixture) self;
  g_autoptr (CsJob) job = cs_job_new ("download");
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  assert_fails (&self, "/breaks", CS_ERROR_LATER);
  g_assert_cmpint (cs_download_get_partial (self.part), ==, 20000);

  fetch (&self, "/file", job, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self.range, ==, "bytes=20000-");
  g_assert_cmpuint (self.sent, ==, SIZE - 20000);
  assert_whole (&self);
  g_assert_cmpuint (cs_job_get_done (job), ==, SIZE);
}

/* Another version of the file, and a server that knows no parts: from the beginning */
static void
test_begun_anew (void)
{
  g_auto (Fixture) self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  assert_fails (&self, "/breaks", CS_ERROR_LATER);
  g_set_str (&self.tag, "\"two\"");
  for (guint i = 0; i < SIZE; i++)
    self.content[i] ^= 0x55;
  fetch (&self, "/file", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self.range, ==, "bytes=20000-");
  assert_whole (&self);

  cs_download_forget (self.part);
  assert_fails (&self, "/breaks", CS_ERROR_LATER);
  fetch (&self, "/no-range", NULL, &error);
  g_assert_no_error (error);
  assert_whole (&self);
}

/* Nothing of what is not the file is kept; and what can come later says so */
static void
test_wrong (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  assert_fails (&self, "/nothing", CS_ERROR_REFUSED);
  assert_fails (&self, "/page", CS_ERROR_REFUSED);
  assert_fails (&self, "/short", CS_ERROR_REFUSED);
  assert_fails (&self, "/busy", CS_ERROR_LATER);
  g_assert_false (g_file_test (self.part, G_FILE_TEST_EXISTS));

  /* Not the part that was asked for */
  assert_fails (&self, "/breaks", CS_ERROR_LATER);
  assert_fails (&self, "/other-part", CS_ERROR_LATER);
  g_assert_cmpint (cs_download_get_partial (self.part), ==, 20000);
  cs_download_forget (self.part);

  /* A page in between does not cost what came before */
  assert_fails (&self, "/breaks", CS_ERROR_LATER);
  assert_fails (&self, "/page", CS_ERROR_REFUSED);
  g_assert_cmpint (cs_download_get_partial (self.part), ==, 20000);
}

/* Its length is not told, and it is longer than it should be */
static void
test_too_long (void)
{
  g_auto (Fixture) self;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  address = g_strdup_printf ("http://127.0.0.1:%d/endless", self.port);
  g_assert_false (dex_await (cs_download_file (self.http, address, self.part, SIZE - 1, NULL), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_assert_false (g_file_test (self.part, G_FILE_TEST_EXISTS));
}

static void
test_redirects (void)
{
  g_auto (Fixture) self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  fetch (&self, "/moved", NULL, &error);
  g_assert_no_error (error);
  assert_whole (&self);
  cs_download_forget (self.part);

  assert_fails (&self, "/circle", CS_ERROR_REFUSED);
  assert_fails (&self, "/away", CS_ERROR_REFUSED);
  assert_fails (&self, "/to-disk", CS_ERROR_REFUSED);
}

static void
test_addresses (void)
{
  const char *const addresses[] = { "http://example.org/file", "ftp://127.0.0.1/file", "file:///etc/hostname", "/etc/hostname", "" };
  g_auto (Fixture) self;

  fixture_init (&self);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (dex_await (cs_download_file (self.http, addresses[i], self.part, SIZE, NULL), &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
    }
}

static void
test_safe (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    gboolean    safe;
  } steps[] = {
    { NULL, "https://example.org/file", TRUE },
    { NULL, "http://example.org/file", FALSE },
    { NULL, "http://127.0.0.1:80/file", TRUE },
    { "https://example.org/file", "https://other.example.org/file", TRUE },
    { "https://example.org/file", "http://example.org/file", FALSE },
    { "https://example.org/file", "http://127.0.0.1/file", FALSE },
    { "https://example.org/file", "http://localhost/file", FALSE },
    { "http://127.0.0.1/file", "http://127.0.0.1:81/file", TRUE },
    { "http://127.0.0.1/file", "http://192.0.2.1/file", FALSE },
    { "http://127.0.0.1/file", "ftp://127.0.0.1/file", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GUri) from = steps[i].from != NULL ? g_uri_parse (steps[i].from, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
      g_autoptr (GUri) to = g_uri_parse (steps[i].to, SOUP_HTTP_URI_FLAGS, NULL);

      g_assert_cmpint (cs_download_is_safe (to, from), ==, steps[i].safe);
    }
}

static DexFuture *
stop_fiber (gpointer job)
{
  dex_await (dex_timeout_new_msec (100), NULL);
  cs_job_stop (job);

  return dex_future_new_true ();
}

static void
test_stopped (void)
{
  g_auto (Fixture) self;
  g_autoptr (CsJob) job = cs_job_new ("download");
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  fixture_init (&self);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, stop_fiber, g_object_ref (job), g_object_unref));
  g_assert_false (fetch (&self, "/silent", job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 2 * G_USEC_PER_SEC);
}

/* Two at once would write into each other */
static void
test_in_use (void)
{
  g_auto (Fixture) self;
  g_autoptr (CsJob) job = cs_job_new ("download");
  g_autofree char *address = NULL;
  g_autoptr (DexFuture) first = NULL;

  fixture_init (&self);
  address = g_strdup_printf ("http://127.0.0.1:%d/silent", self.port);
  first = cs_download_file (self.http, address, self.part, SIZE, job);
  dex_await (dex_timeout_new_msec (50), NULL);
  assert_fails (&self, "/file", CS_ERROR_IN_USE);
  cs_job_stop (job);
  dex_await (dex_ref (first), NULL);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/net/download/whole", test_whole);
  cs_test_add_fiber ("/net/download/resumed", test_resumed);
  cs_test_add_fiber ("/net/download/begun-anew", test_begun_anew);
  cs_test_add_fiber ("/net/download/wrong", test_wrong);
  cs_test_add_fiber ("/net/download/too-long", test_too_long);
  cs_test_add_fiber ("/net/download/redirects", test_redirects);
  cs_test_add_fiber ("/net/download/addresses", test_addresses);
  g_test_add_func ("/net/download/safe", test_safe);
  cs_test_add_fiber ("/net/download/stopped", test_stopped);
  cs_test_add_fiber ("/net/download/in-use", test_in_use);

  return g_test_run ();
}
