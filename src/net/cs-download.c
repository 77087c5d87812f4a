/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-download.h"
#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-http-private.h"

#define CHUNK           (256 * 1024)
#define MOST_REDIRECTS  5
#define SILENT_SECONDS  30 /* without a byte: it hangs */
#define LONGEST_TAG     512

typedef struct
{
  CsHttp *http;
  char   *address;
  char   *path;
  gint64  size;
  CsJob  *job;

  int     fd;
  gint64  done; /* bytes in the file that are of this version */
  char   *tag;  /* which version, or NULL */
  char   *host;
} Download;

static void
download_free (gpointer data)
{
  Download *self = data;

  g_clear_object (&self->http);
  g_clear_object (&self->job);
  g_clear_fd (&self->fd, NULL);
  g_free (self->address);
  g_free (self->path);
  g_free (self->tag);
  g_free (self->host);
  g_free (self);
}

static char *
dup_tag_path (const char *path)
{
  return g_strconcat (path, ".tag", NULL);
}

gint64
cs_download_get_partial (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0 && S_ISREG (info.st_mode) ? info.st_size : 0;
}

void
cs_download_forget (const char *path)
{
  g_autofree char *tag = dup_tag_path (path);

  g_unlink (path);
  g_unlink (tag);
}

static gboolean
refuse_disk (const char *reason,
             GError    **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_LATER, _ ("The file could not be written: %s"), reason);

  return FALSE;
}

/* What is there cannot be the file: nothing of it is worth keeping */
static gboolean
refuse_size (Download *self,
             GError  **error)
{
  cs_download_forget (self->path);
  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
               _ ("The file at %s is another one than it should be: its size is not right. Nothing was kept."), self->host);

  return FALSE;
}

/* One process at a time */
static gboolean
open_part (Download *self,
           GError  **error)
{
  g_autofree char *tag_path = dup_tag_path (self->path);
  struct stat info;
  gsize       length;

  self->fd = open (self->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (self->fd == -1 || fstat (self->fd, &info) != 0)
    return refuse_disk (g_strerror (errno), error);

  if (!S_ISREG (info.st_mode) || flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_IN_USE, _ ("This file is being downloaded already."));
      return FALSE;
    }

  /* Without a tag nobody can say that the rest belongs to it */
  if (g_file_get_contents (tag_path, &self->tag, &length, NULL) && length > 0 && length < LONGEST_TAG)
    self->done = MIN (info.st_size, self->size);
  else
    g_clear_pointer (&self->tag, g_free);

  return TRUE;
}

static void
report_start (Download *self)
{
  if (self->job == NULL)
    return;

  cs_job_set_total (self->job, self->size);
  cs_job_start_from (self->job, self->done);
}

/* From the beginning, with the version that the answer is of */
static gboolean
start_anew (Download           *self,
            SoupMessageHeaders *headers,
            GError            **error)
{
  g_autofree char *tag_path = dup_tag_path (self->path);
  const char *tag = soup_message_headers_get_one (headers, "ETag");

  g_unlink (tag_path);
  if (ftruncate (self->fd, 0) != 0)
    return refuse_disk (g_strerror (errno), error);

  /* Only a strong one tells bytes apart (RFC 9110, 8.8.1) */
  g_clear_pointer (&self->tag, g_free);
  if (tag == NULL || g_str_has_prefix (tag, "W/"))
    tag = soup_message_headers_get_one (headers, "Last-Modified");
  if (tag != NULL && strlen (tag) < LONGEST_TAG &&
      g_file_set_contents_full (tag_path, tag, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    self->tag = g_strdup (tag);

  self->done = 0;
  report_start (self);

  return TRUE;
}

gboolean
cs_download_is_safe (GUri *uri,
                     GUri *from)
{
  const char *scheme = g_uri_get_scheme (uri);

  if (g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0')
    return FALSE;

  if (g_str_equal (scheme, "https"))
    return TRUE;

  return g_str_equal (scheme, "http") && cs_http_is_loopback (uri) &&
         (from == NULL || g_str_equal (g_uri_get_scheme (from), "http"));
}

static SoupMessage *
make_message (Download *self,
              GUri     *from,
              GError  **error)
{
  g_autoptr (GUri) uri = from != NULL ? g_uri_parse_relative (from, self->address, SOUP_HTTP_URI_FLAGS, NULL)
                                      : g_uri_parse (self->address, SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessage *message;

  if (uri == NULL || !cs_download_is_safe (uri, from))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   from != NULL ? _ ("%s sends on to an address that is not safe. Nothing was fetched from there.")
                                : _ ("“%s” is no safe address to fetch a file from."),
                   from != NULL ? g_uri_get_host (from) : self->address);
      return NULL;
    }

  g_set_str (&self->host, g_uri_get_host (uri));
  message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  /* The bytes as they are: a part of something packed is of no use */
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding", "identity");
  if (self->done > 0 && self->tag != NULL)
    {
      soup_message_headers_set_range (soup_message_get_request_headers (message), self->done, -1);
      soup_message_headers_replace (soup_message_get_request_headers (message), "If-Range", self->tag);
    }

  return message;
}

static gboolean
is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static gboolean
explain (Download *self,
         GError   *reason,
         GError  **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("It was stopped"));
  else if (reason->domain == G_TLS_ERROR)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER,
                 _ ("%s could not be reached safely: its certificate is not valid. Check this computer's clock."), self->host);
  else if (self->done > 0)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER,
                 _ ("The connection to %s broke off. What came so far is kept: the next try goes on from there."), self->host);
  else
    g_set_error (error, CS_ERROR, CS_ERROR_LATER,
                 _ ("%s could not be reached. Check the connection to the internet."), self->host);

  return FALSE;
}

/* Waits, but not for ever and not when stopped */
static DexFuture *
or_stopped (Download  *self,
            DexFuture *future)
{
  g_autoptr (GCancellable) never = self->job == NULL ? g_cancellable_new () : NULL;
  GCancellable *cancellable = self->job != NULL ? cs_job_get_cancellable (self->job) : never;

  return dex_future_first (future,
                           dex_timeout_new_seconds (SILENT_SECONDS),
                           dex_cancellable_new_from_cancellable (cancellable),
                           NULL);
}

static GInputStream *
send_request (Download     *self,
              SoupMessage **message,
              GError      **error)
{
  g_autoptr (GUri) from = NULL;

  for (guint i = 0; i <= MOST_REDIRECTS; i++)
    {
      g_autoptr (SoupMessage) sent = NULL;
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GError) reason = NULL;
      const char *location;

      if (!(sent = make_message (self, from, error)))
        return NULL;

      stream = dex_await_object (or_stopped (self, cs_http_begin (cs_http_get_session (self->http, soup_message_get_uri (sent)), sent)),
                                 &reason);
      if (stream == NULL)
        {
          explain (self, reason, error);
          return NULL;
        }

      location = soup_message_headers_get_one (soup_message_get_response_headers (sent), "Location");
      if (!is_redirect (soup_message_get_status (sent)) || location == NULL)
        {
          *message = g_steal_pointer (&sent);
          return g_steal_pointer (&stream);
        }

      g_clear_pointer (&from, g_uri_unref);
      from = g_uri_ref (soup_message_get_uri (sent));
      g_set_str (&self->address, location);
    }

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("%s sends from one address to the next and never to the file."), self->host);

  return NULL;
}

/* What the head of the answer says: is it the file, and from where on? */
static gboolean
check_answer (Download    *self,
              SoupMessage *message,
              GError     **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  guint       status = soup_message_get_status (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  goffset     start = 0, end = 0, total = -1;

  if (status == 429 /* too many requests */ || status >= 500)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _ ("%s is busy. Try again later."), self->host);
      return FALSE;
    }

  /* What is here is longer than what is there */
  if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE)
    return refuse_size (self, error);

  if (status != SOUP_STATUS_OK && status != SOUP_STATUS_PARTIAL_CONTENT)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("%s has no such file any more (answer %u)."), self->host, status);
      return FALSE;
    }

  if (g_strcmp0 (type, "text/html") == 0)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _ ("%s answers with a page in place of the file. Perhaps this network asks to sign in first."), self->host);
      return FALSE;
    }

  if (status == SOUP_STATUS_OK && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    total = soup_message_headers_get_content_length (headers);

  if (status == SOUP_STATUS_PARTIAL_CONTENT &&
      (!soup_message_headers_get_content_range (headers, &start, &end, &total) || start != self->done))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _ ("%s answers with another part of the file than was asked for."), self->host);
      return FALSE;
    }

  if (total != -1 && total != self->size)
    return refuse_size (self, error);

  return status == SOUP_STATUS_PARTIAL_CONTENT || start_anew (self, headers, error);
}

static gboolean
write_chunk (Download *self,
             GBytes   *chunk,
             GError  **error)
{
  gsize         length, done = 0;
  const guint8 *data = g_bytes_get_data (chunk, &length);

  while (done < length)
    {
      gssize n = dex_await_int64 (dex_aio_write (NULL, self->fd, data + done, length - done, self->done), NULL);

      if (n <= 0)
        return refuse_disk (g_strerror (errno), error);

      done += n;
      self->done += n;
    }

  if (self->job != NULL)
    cs_job_advance (self->job, length);

  return TRUE;
}

static gboolean
read_all (Download     *self,
          GInputStream *stream,
          GError      **error)
{
  for (;;)
    {
      g_autoptr (GBytes) chunk = NULL;
      g_autoptr (GError) reason = NULL;

      chunk = dex_await_boxed (or_stopped (self, dex_input_stream_read_bytes (stream, CHUNK, G_PRIORITY_DEFAULT)), &reason);
      if (chunk == NULL)
        return explain (self, reason, error);

      if (g_bytes_get_size (chunk) == 0)
        break;

      if (self->done + (gint64) g_bytes_get_size (chunk) > self->size)
        return refuse_size (self, error);

      if (!write_chunk (self, chunk, error))
        return FALSE;
    }

  if (self->done < self->size)
    {
      g_autoptr (GError) reason = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "");

      return explain (self, reason, error);
    }

  return TRUE;
}

static DexFuture *
sync_fiber (gpointer data)
{
  g_autofd int fd = GPOINTER_TO_INT (data);

  if (fsync (fd) != 0)
    return dex_future_new_for_errno (errno);

  return dex_future_new_true ();
}

static DexFuture *
download_fiber (gpointer data)
{
  Download *self = data;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) error = NULL;
  int copy;

  if (!open_part (self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  report_start (self);
  if (self->done < self->size)
    {
      if (!(stream = send_request (self, &message, &error)) ||
          !check_answer (self, message, &error) ||
          !read_all (self, stream, &error))
        {
          /* A file that is empty is no part of anything */
          if (self->done == 0)
            cs_download_forget (self->path);
          return dex_future_new_for_error (g_steal_pointer (&error));
        }
    }

  copy = fcntl (self->fd, F_DUPFD_CLOEXEC, 3);
  if (!dex_await (or_stopped (self, cs_fiber_compute (sync_fiber, GINT_TO_POINTER (copy), NULL)), &reason))
    {
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        explain (self, reason, &error);
      else
        refuse_disk (reason->message, &error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

DexFuture *
cs_download_file (CsHttp     *http,
                  const char *address,
                  const char *path,
                  gint64      size,
                  CsJob      *job)
{
  Download *self;

  dex_return_error_if_fail (CS_IS_HTTP (http));
  dex_return_error_if_fail (address != NULL && path != NULL);
  dex_return_error_if_fail (size > 0 && size <= G_MAXUINT);

  self = g_new0 (Download, 1);
  self->http = g_object_ref (http);
  self->address = g_strdup (address);
  self->path = g_strdup (path);
  self->size = size;
  self->job = job != NULL ? g_object_ref (job) : NULL;
  self->fd = -1;

  return cs_fiber_spawn_disowned (download_fiber, self, download_free);
}
