/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cs-hash.h"
#include "cs-http.h"
#include "cs-public-host.h"
#include "cs-pulls.h"
#include "cs-shops-private.h"
#include "cs-text.h"

/* The pictures of what was in the shop. Where they are is what the shop says, so
 * it is asked like a stranger: without keys, never inside the seller's own
 * network, no more than so much; and what comes is a photo once the picture
 * helper has read it.
 */

#define MOST_BYTES     (48 * 1024 * 1024)
#define MOST_SECONDS   120
#define MOST_REDIRECTS 4
#define AT_ONCE        4
#define PORTION        200
#define MOST_FAILURES  6 /* in a row that are the network's */

/* Fetching, shared by those who work on it */
typedef struct
{
  CsPull    *pull;
  CsHttp    *http;
  GPtrArray *pictures; /* (element-type CsPullPicture) */
  guint      next;
  guint      n_failures;
  GError    *error; /* the library's trouble: it ends the work */
} Fetching;

static GUri *
parse_address (const char *address,
               GUri       *from)
{
  g_autoptr (GUri) uri = from != NULL ? g_uri_parse_relative (from, address, SOUP_HTTP_URI_FLAGS, NULL)
                                      : g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);

  /* Shops that moved to https still name their pictures by the old address */
  if (uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "http") == 0 && !cs_http_is_loopback (uri))
    {
      GUri *safe = g_uri_build (SOUP_HTTP_URI_FLAGS, "https", NULL, g_uri_get_host (uri),
                                g_uri_get_port (uri) == 80 ? -1 : g_uri_get_port (uri),
                                g_uri_get_path (uri), g_uri_get_query (uri), NULL);

      return safe;
    }

  return g_steal_pointer (&uri);
}

static gboolean
await_allowed (CsPull  *pull,
               GUri    *uri,
               GError **error)
{
  if (pull->is_here && cs_http_is_loopback (uri))
    return TRUE;

  return dex_await (cs_public_host_check (uri), error);
}

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, sentence);

  return FALSE;
}

static gboolean
is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* (transfer full): the bytes behind an address, from wherever it leads */
static GBytes *
await_bytes (Fetching   *self,
             const char *address,
             GError    **error)
{
  const CsHttpLimits limits = { MOST_BYTES, MOST_SECONDS, 0 };
  g_autoptr (GUri) uri = parse_address (address, NULL);

  for (guint i = 0; i <= MOST_REDIRECTS && uri != NULL; i++)
    {
      g_autofree char *here = g_uri_to_string (uri);
      g_autoptr (CsRequest) request = cs_request_make ("GET", here);
      g_autoptr (CsReply) reply = NULL;
      GUri *next;

      if (!await_allowed (self->pull, uri, error) ||
          !(reply = dex_await_boxed (dex_future_first (cs_http_send (self->http, request, &limits),
                                                       dex_cancellable_new_from_cancellable (cs_job_get_cancellable (self->pull->job)),
                                                       NULL),
                                     error)))
        return NULL;

      if (cs_reply_is_success (reply))
        return g_bytes_ref (reply->body);

      if (!is_redirect (reply->status) || cs_reply_get_header (reply, "Location") == NULL)
        {
          g_set_error (error, CS_ERROR, reply->status >= 500 || reply->status == 429 ? CS_ERROR_LATER : CS_ERROR_REFUSED,
                       _("The shop does not give out this picture (%u)."), reply->status);
          return NULL;
        }

      next = parse_address (cs_reply_get_header (reply, "Location"), uri);
      g_clear_pointer (&uri, g_uri_unref);
      uri = next;
    }

  refuse (error, _("The address of this picture leads nowhere."));

  return NULL;
}

/* What the picture is called there; what is only a number says nothing */
static char *
dup_name (CsPullPicture *picture)
{
  g_autoptr (GUri) uri = g_uri_parse (picture->address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *base = uri != NULL ? g_path_get_basename (g_uri_get_path (uri)) : NULL;
  g_autofree char *plain = base != NULL ? g_uri_unescape_string (base, "/") : NULL;
  g_autofree char *clean = plain != NULL ? cs_text_clean (plain, FALSE) : NULL;

  if (clean == NULL || clean[0] == '\0' || clean[0] == '/' || cs_hash_is_valid (clean) || g_utf8_strlen (clean, -1) > 200)
    return g_strdup_printf ("image-%d", picture->position + 1);

  return g_steal_pointer (&clean);
}

static gboolean
write_all (int     fd,
           GBytes *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize done = 0; done < size;)
    {
      gssize n = write (fd, data + done, size - done);

      if (n <= 0)
        return FALSE;
      done += n;
    }

  return lseek (fd, 0, SEEK_SET) == 0;
}

static CsPhoto *
await_photo (Fetching      *self,
             CsPullPicture *picture,
             GError       **error)
{
  g_autoptr (GBytes) bytes = await_bytes (self, picture->address, error);
  g_autofree char *name = dup_name (picture);
  g_autofd int fd = -1;
  CsPhoto *photo;

  if (bytes == NULL)
    return NULL;

  if (g_bytes_get_size (bytes) == 0)
    {
      refuse (error, _("The shop sent an empty picture."));
      return NULL;
    }

  fd = memfd_create ("picture", MFD_CLOEXEC);
  if (fd == -1 || !write_all (fd, bytes))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("This computer has no memory left for a picture."));
      return NULL;
    }

  if ((photo = cs_desk_keep_photo (self->pull->desk, fd, name, error)))
    g_set_str (&photo->name, name);

  return photo;
}

/* What is not the picture's own fault is tried again the next time the shop is read */
static gboolean
is_for_later (GError *error)
{
  return g_error_matches (error, CS_ERROR, CS_ERROR_LATER) || g_error_matches (error, CS_ERROR, CS_ERROR_UNKNOWN);
}

static gboolean
is_of_picture (GError *error)
{
  return is_for_later (error) || g_error_matches (error, CS_ERROR, CS_ERROR_REFUSED) ||
         g_error_matches (error, CS_ERROR, CS_ERROR_UNREADABLE);
}

static gboolean
fetch (Fetching      *self,
       CsPullPicture *picture,
       GError       **error)
{
  CsPull *pull = self->pull;
  g_autoptr (GError) reason = NULL;
  g_autoptr (CsPhoto) photo = await_photo (self, picture, &reason);
  gboolean is_new;

  if (photo == NULL && !is_of_picture (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  if (photo == NULL)
    g_ptr_array_add (pull->summary->failures,
                     g_strdup_printf ("%s: %s", picture->title != NULL ? picture->title : "", reason->message));
  if (photo == NULL && is_for_later (reason))
    {
      self->n_failures++;
      return TRUE;
    }

  self->n_failures = 0;
  g_clear_error (&reason);
  is_new = dex_await_boolean (cs_pulls_settle_picture (pull->shops->store, picture->id, photo), &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  pull->summary->n_photos += is_new;
  if (is_new)
    cs_desk_changed (pull->desk, CS_DESK_PRODUCT, picture->product);

  return TRUE;
}

static gboolean
goes_on (Fetching *self)
{
  return self->error == NULL && self->n_failures < MOST_FAILURES && self->next < self->pictures->len &&
         !cs_job_is_stopped (self->pull->job);
}

static DexFuture *
work_fiber (gpointer data)
{
  Fetching *self = data;

  while (goes_on (self))
    {
      CsPullPicture *picture = self->pictures->pdata[self->next++];
      g_autoptr (GError) error = NULL;

      fetch (self, picture, &error);
      cs_job_advance (self->pull->job, 1);
      if (error != NULL && self->error == NULL)
        self->error = g_steal_pointer (&error);
    }

  return dex_future_new_true ();
}

/* Some at a time. A stop ends each worker's fetching at once. */
static void
fetch_portion (Fetching *self)
{
  g_autoptr (GPtrArray) workers = g_ptr_array_new_with_free_func (dex_unref);

  self->next = 0;
  for (guint i = 0; i < AT_ONCE; i++)
    g_ptr_array_add (workers, cs_fiber_spawn (work_fiber, self, NULL));

  for (guint i = 0; i < workers->len; i++)
    dex_await (dex_ref (workers->pdata[i]), NULL);
}

gboolean
cs_shops_await_photos (CsPull  *pull,
                       GError **error)
{
  Fetching self = { pull, NULL, NULL, 0, 0, NULL };
  g_autoptr (GError) reason = NULL;
  gint64   after = 0;
  guint    n = dex_await_uint (cs_pulls_count_pictures (pull->shops->store, pull->account->id), &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  self.http = cs_http_new ();
  cs_job_set_total (pull->job, cs_job_get_total (pull->job) + n);
  do
    {
      g_clear_pointer (&self.pictures, g_ptr_array_unref);
      self.pictures = dex_await_boxed (cs_pulls_list_pictures (pull->shops->store, pull->account->id, after, PORTION), &self.error);
      if (self.pictures == NULL || self.pictures->len == 0)
        break;

      after = ((CsPullPicture *) self.pictures->pdata[self.pictures->len - 1])->id;
      fetch_portion (&self);
    }
  while (self.error == NULL && self.n_failures < MOST_FAILURES && !cs_job_is_stopped (pull->job));

  g_clear_pointer (&self.pictures, g_ptr_array_unref);
  g_clear_object (&self.http);
  if (self.error == NULL || cs_desk_is_stop (self.error, cs_job_get_cancellable (pull->job)))
    {
      g_clear_error (&self.error);
      return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&self.error));

  return FALSE;
}
