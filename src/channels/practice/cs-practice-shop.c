/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-id.h"
#include "cs-practice-routes.h"
#include "cs-practice-shop.h"

#define LARGEST_BODY       (32 * 1024 * 1024)
#define TOO_LARGE          413
#define LENGTH_REQUIRED    411
#define MISDIRECTED        421
#define METHOD_NOT_ALLOWED 405

#define POLICY "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

struct _CsPracticeShop
{
  GObject parent_instance;

  char            *folder;
  CsPracticeShelf *shelf;
  SoupServer      *server;
  DexFuture       *starting;
  char            *address;
  char            *token;
  int              port;
};

G_DEFINE_FINAL_TYPE (CsPracticeShop, cs_practice_shop, G_TYPE_OBJECT)

static void
cs_practice_shop_finalize (GObject *object)
{
  CsPracticeShop *self = CS_PRACTICE_SHOP (object);

  cs_practice_shop_stop (self);
  g_clear_pointer (&self->shelf, cs_practice_shelf_unref);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (cs_practice_shop_parent_class)->finalize (object);
}

static void
cs_practice_shop_class_init (CsPracticeShopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_practice_shop_finalize;
}

static void
cs_practice_shop_init (CsPracticeShop *self)
{
}

CsPracticeShop *
cs_practice_shop_new (const char *folder)
{
  CsPracticeShop *self = g_object_new (CS_TYPE_PRACTICE_SHOP, NULL);

  self->folder = g_strdup (folder);
  self->shelf = cs_practice_shelf_new (folder);

  return self;
}

/* Every comparison takes as long as any other */
static gboolean
is_token (const char *token,
          const char *given)
{
  gsize  length = strlen (token);
  guchar difference = 0;

  if (given == NULL || strlen (given) != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    difference |= token[i] ^ given[i];

  return difference == 0;
}

/* A page somewhere on the web can give its own name our address (DNS
 * rebinding); it cannot make the browser write our name into Host.
 */
static gboolean
is_our_host (CsPracticeShop *self,
             const char     *host)
{
  g_autofree char *by_number = g_strdup_printf ("127.0.0.1:%d", self->port);
  g_autofree char *by_name = g_strdup_printf ("localhost:%d", self->port);

  return host != NULL && (g_str_equal (host, by_number) || g_ascii_strcasecmp (host, by_name) == 0);
}

/* Why a request is turned away before its body is read, or 0 */
static guint
turn_away (CsPracticeShop    *self,
           SoupServerMessage *message,
           const char        *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *method = soup_server_message_get_method (message);
  const char         *bearer = soup_message_headers_get_one (headers, "Authorization");
  gboolean            reads = g_str_equal (method, "GET") || g_str_equal (method, "HEAD");

  if (!is_our_host (self, soup_message_headers_get_one (headers, "Host")))
    return MISDIRECTED;

  if (!g_str_has_prefix (path, "/api/"))
    return reads ? 0 : METHOD_NOT_ALLOWED;

  /* Our adapter is no web page */
  if (soup_message_headers_get_one (headers, "Origin") != NULL)
    return SOUP_STATUS_FORBIDDEN;

  if (bearer == NULL || !g_str_has_prefix (bearer, "Bearer ") || !is_token (self->token, bearer + strlen ("Bearer ")))
    return SOUP_STATUS_UNAUTHORIZED;

  if (reads)
    return 0;

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED)
    return LENGTH_REQUIRED;

  return soup_message_headers_get_content_length (headers) > LARGEST_BODY ? TOO_LARGE : 0;
}

static void
set_headers (SoupServerMessage *message,
             gboolean           never_changes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Content-Security-Policy", POLICY);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
  soup_message_headers_replace (headers, "Cross-Origin-Opener-Policy", "same-origin");
  soup_message_headers_replace (headers, "Cache-Control",
                                never_changes ? "private, max-age=31536000, immutable" : "no-store");
}

static void
early_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  guint status = turn_away (user_data, message, path);

  if (status == 0)
    return;

  set_headers (message, FALSE);
  soup_server_message_set_status (message, status, NULL);
}

typedef struct
{
  SoupServerMessage *message;
  CsPracticeVisit   *visit;
} Service;

static void
service_free (Service *service)
{
  g_clear_object (&service->message);
  g_clear_pointer (&service->visit, cs_practice_visit_unref);
  g_free (service);
}

static DexFuture *
answer_fiber (gpointer user_data)
{
  return dex_future_new_take_boxed (CS_TYPE_PRACTICE_ANSWER, cs_practice_answer (user_data));
}

static DexFuture *
serve_fiber (gpointer user_data)
{
  Service *service = user_data;
  g_autoptr (CsPracticeAnswer) answer = NULL;
  gsize       length;
  const char *data;

  answer = dex_await_boxed (cs_fiber_compute (answer_fiber, cs_practice_visit_ref (service->visit),
                                              (GDestroyNotify) cs_practice_visit_unref),
                            NULL);
  if (answer != NULL)
    {
      data = g_bytes_get_data (answer->body, &length);
      set_headers (service->message, answer->never_changes);
      soup_server_message_set_status (service->message, answer->status, NULL);
      soup_server_message_set_response (service->message, answer->content_type, SOUP_MEMORY_COPY, data, length);
    }
  else
    soup_server_message_set_status (service->message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL);

  soup_server_message_unpause (service->message);

  return dex_future_new_true ();
}

static void
copy_query (gpointer name,
            gpointer value,
            gpointer copy)
{
  g_hash_table_insert (copy, g_strdup (name), g_strdup (value));
}

/* Disk and templates are for the pool; the answer is given here */
static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  CsPracticeShop  *self = user_data;
  CsPracticeVisit *visit = cs_practice_visit_new ();
  Service         *service = g_new0 (Service, 1);

  visit->shelf = cs_practice_shelf_ref (self->shelf);
  visit->method = g_strdup (soup_server_message_get_method (message));
  visit->path = g_strdup (path);
  visit->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  visit->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (query != NULL)
    g_hash_table_foreach (query, copy_query, visit->query);

  service->message = g_object_ref (message);
  service->visit = visit;
  soup_server_message_pause (message);
  dex_future_disown (cs_fiber_spawn (serve_fiber, service, (GDestroyNotify) service_free));
}

typedef struct
{
  CsPracticeShelf *shelf;
  char            *port_path;
  int              port;
} Opening;

static void
opening_clear (Opening *opening)
{
  cs_practice_shelf_unref (opening->shelf);
  g_free (opening->port_path);
}

static void
opening_unref (gpointer opening)
{
  g_atomic_rc_box_release_full (opening, (GDestroyNotify) opening_clear);
}

/* Resolves to the port that was last listened on, or 0: with the same one
 * again, an open page and a bookmark stay good.
 */
static DexFuture *
open_shelf_fiber (gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!cs_practice_shelf_open (opening->shelf, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (g_file_get_contents (opening->port_path, &text, NULL, NULL))
    return dex_future_new_for_int (CLAMP (g_ascii_strtoll (text, NULL, 10), 0, 65535));

  return dex_future_new_for_int (0);
}

static DexFuture *
keep_port_fiber (gpointer user_data)
{
  Opening         *opening = user_data;
  g_autofree char *text = g_strdup_printf ("%d\n", opening->port);

  /* Only a convenience: without it the next start takes another port */
  if (!g_file_set_contents_full (opening->port_path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    g_debug ("The practice shop's port was not kept");

  return dex_future_new_true ();
}

static gboolean
listen_on (CsPracticeShop *self,
           int             port,
           GError        **error)
{
  GSList *uris;

  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;

  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}

static DexFuture *
start_fiber (gpointer user_data)
{
  CsPracticeShop *self = user_data;
  Opening        *opening = g_atomic_rc_box_new0 (Opening);
  g_autoptr (GError) error = NULL;
  int port;

  opening->shelf = cs_practice_shelf_ref (self->shelf);
  opening->port_path = g_build_filename (self->folder, "port", NULL);
  port = dex_await_int (cs_fiber_compute (open_shelf_fiber, g_atomic_rc_box_acquire (opening), opening_unref), &error);
  if (error != NULL)
    {
      opening_unref (opening);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  self->server = soup_server_new ("server-header", "Countersign ", NULL);
  soup_server_add_early_handler (self->server, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
  if (!(port > 0 && listen_on (self, port, NULL)) && !listen_on (self, 0, &error))
    {
      opening_unref (opening);
      g_clear_object (&self->server);
      return cs_fiber_refuse (CS_ERROR_LATER, _("The practice shop cannot open on this computer: %s"), error->message);
    }

  self->token = cs_id_new ("CP");
  self->address = g_strdup_printf ("http://127.0.0.1:%d", self->port);
  opening->port = self->port;
  dex_future_disown (cs_fiber_compute (keep_port_fiber, opening, opening_unref));

  return dex_future_new_for_string (self->address);
}

DexFuture *
cs_practice_shop_start (CsPracticeShop *self)
{
  dex_return_error_if_fail (CS_IS_PRACTICE_SHOP (self));

  if (self->starting != NULL && dex_future_is_rejected (self->starting))
    dex_clear (&self->starting);

  if (self->starting == NULL)
    self->starting = cs_fiber_spawn_disowned (start_fiber, g_object_ref (self), g_object_unref);

  return dex_ref (self->starting);
}

void
cs_practice_shop_stop (CsPracticeShop *self)
{
  g_return_if_fail (CS_IS_PRACTICE_SHOP (self));

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  dex_clear (&self->starting);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->token, g_free);
}

const char *
cs_practice_shop_get_address (CsPracticeShop *self)
{
  g_return_val_if_fail (CS_IS_PRACTICE_SHOP (self), NULL);

  return self->address;
}

const char *
cs_practice_shop_get_token (CsPracticeShop *self)
{
  g_return_val_if_fail (CS_IS_PRACTICE_SHOP (self), NULL);

  return self->token;
}
