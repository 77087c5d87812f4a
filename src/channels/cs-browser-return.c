/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "cs-browser-return.h"
#include "cs-text.h"

/* Any page in any browser of this computer, and any program, can knock here.
 * What counts is a GET of our path, under our own name, with the state that
 * only the marketplace was told; whatever else comes is answered and forgotten,
 * and can neither end the waiting nor make it end with something else. Of what
 * counts the first decides.
 */

#define PATH            "/return"
#define SECONDS         600
#define LONGEST_ADDRESS 16384
#define LONGEST_CODE    8192
#define SHOWN_UNITS     160

#define MISDIRECTED        421
#define METHOD_NOT_ALLOWED 405
#define TOO_LARGE          413

#define POLICY "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

struct _CsBrowserReturn
{
  GObject parent_instance;

  char       *state;
  SoupServer *server;
  DexPromise *outcome;
  char       *address;
  char       *named_address;
  guint       seconds;
  guint       timeout;
  int         port;
};

G_DEFINE_FINAL_TYPE (CsBrowserReturn, cs_browser_return, G_TYPE_OBJECT)

typedef enum
{
  PROP_SECONDS = 1,
  PROP_STATE,
} CsBrowserReturnProperty;

static GParamSpec *properties[PROP_STATE + 1];

static void
cs_browser_return_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  CsBrowserReturn *self = CS_BROWSER_RETURN (object);

  switch ((CsBrowserReturnProperty) prop_id)
    {
    case PROP_SECONDS:
      g_value_set_uint (value, self->seconds);
      break;

    case PROP_STATE:
      g_value_set_string (value, self->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_browser_return_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  CsBrowserReturn *self = CS_BROWSER_RETURN (object);

  switch ((CsBrowserReturnProperty) prop_id)
    {
    case PROP_SECONDS:
      self->seconds = g_value_get_uint (value);
      break;

    case PROP_STATE:
      self->state = g_value_dup_string (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_browser_return_finalize (GObject *object)
{
  CsBrowserReturn *self = CS_BROWSER_RETURN (object);

  cs_browser_return_stop (self);
  dex_clear (&self->outcome);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->named_address, g_free);

  G_OBJECT_CLASS (cs_browser_return_parent_class)->finalize (object);
}

static void
cs_browser_return_class_init (CsBrowserReturnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_browser_return_finalize;
  object_class->get_property = cs_browser_return_get_property;
  object_class->set_property = cs_browser_return_set_property;

  /* How long it waits */
  properties[PROP_SECONDS] =
    g_param_spec_uint ("seconds", NULL, NULL,
                       1, G_MAXUINT, SECONDS,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  properties[PROP_STATE] =
    g_param_spec_string ("state", NULL, NULL,
                         NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_browser_return_init (CsBrowserReturn *self)
{
  self->outcome = dex_promise_new ();
}

CsBrowserReturn *
cs_browser_return_new (const char *state)
{
  g_return_val_if_fail (state != NULL && state[0] != '\0', NULL);

  return g_object_new (CS_TYPE_BROWSER_RETURN, "state", state, NULL);
}

/* Every comparison takes as long as any other */
static gboolean
is_state (CsBrowserReturn *self,
          const char      *given)
{
  gsize  length = strlen (self->state);
  guchar difference = 0;

  if (given == NULL || strlen (given) != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    difference |= self->state[i] ^ given[i];

  return difference == 0;
}

static void
refuse (CsBrowserReturn *self,
        GError          *error)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (dex_future_is_pending (DEX_FUTURE (self->outcome)))
    dex_promise_reject (self->outcome, error);
  else
    g_error_free (error);
}

/* What the marketplace says is shown as text, and no more of it than a line */
static GError *
make_refusal (const char *reason,
              const char *description)
{
  g_autofree char *clean = NULL;
  g_autofree char *said = NULL;

  if (g_str_equal (reason, "access_denied"))
    return g_error_new_literal (CS_ERROR, CS_ERROR_SIGN_IN,
                                _("You did not allow Countersign to use the shop. To add it, sign in again and allow it."));

  clean = cs_text_clean (description != NULL && description[0] != '\0' ? description : reason, FALSE);
  said = cs_text_ellipsize (clean, SHOWN_UNITS);

  return g_error_new (CS_ERROR, CS_ERROR_SIGN_IN, _("The marketplace did not let you sign in: %s"), said);
}

/**
 * take:
 *
 * What the browser came back with. Only the first that is ours decides.
 *
 * Returns: (transfer none) (nullable): what the person is told, or NULL where it is none of ours
 */
static const char *
take (CsBrowserReturn *self,
      GHashTable      *query)
{
  const char *code = query != NULL ? g_hash_table_lookup (query, "code") : NULL;
  const char *reason = query != NULL ? g_hash_table_lookup (query, "error") : NULL;

  if (query == NULL || !is_state (self, g_hash_table_lookup (query, "state")))
    return NULL;

  if (reason != NULL && reason[0] != '\0')
    {
      refuse (self, make_refusal (reason, g_hash_table_lookup (query, "error_description")));
      return _("You are not signed in. You can go back to Countersign and try again.");
    }

  if (code == NULL || code[0] == '\0' || strlen (code) > LONGEST_CODE)
    return NULL;

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (dex_future_is_pending (DEX_FUTURE (self->outcome)))
    dex_promise_resolve_string (self->outcome, g_strdup (code));

  return _("You can go back to Countersign.");
}

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *sentence)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char    *name = g_strndup (g_get_language_names ()[0], strcspn (g_get_language_names ()[0], ".@"));
  gboolean            is_plain = g_str_equal (name, "C") || g_str_equal (name, "POSIX");
  g_autofree char    *page = NULL;

  g_strdelimit (name, "_", '-');
  page = g_markup_printf_escaped ("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                  "<meta name=\"color-scheme\" content=\"light dark\">\n"
                                  "<title>%s</title>\n</head>\n<body>\n<h1>%s</h1>\n<p>%s</p>\n</body>\n</html>\n",
                                  is_plain ? "en" : name, _("Countersign"), _("Countersign"), sentence);

  soup_message_headers_replace (headers, "Content-Security-Policy", POLICY);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
  soup_message_headers_replace (headers, "Cross-Origin-Opener-Policy", "same-origin");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page, strlen (page));
}

/* A page somewhere on the web can give its own name our address (DNS
 * rebinding); it cannot make the browser write our name into Host.
 */
static gboolean
is_our_host (CsBrowserReturn *self,
             const char      *host)
{
  g_autofree char *by_number = g_strdup_printf ("127.0.0.1:%d", self->port);
  g_autofree char *by_name = g_strdup_printf ("localhost:%d", self->port);

  return host != NULL && (g_str_equal (host, by_number) || g_ascii_strcasecmp (host, by_name) == 0);
}

/* Why a request is turned away before its body is read, or 0 */
static guint
turn_away (CsBrowserReturn   *self,
           SoupServerMessage *message,
           const char        *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (!is_our_host (self, soup_message_headers_get_one (headers, "Host")))
    return MISDIRECTED;

  if (g_strcmp0 (path, PATH) != 0)
    return SOUP_STATUS_NOT_FOUND;

  if (!g_str_equal (soup_server_message_get_method (message), "GET"))
    return METHOD_NOT_ALLOWED;

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED ||
             soup_message_headers_get_content_length (headers) > 0
           ? TOO_LARGE
           : 0;
}

static void
early_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  guint status = turn_away (user_data, message, path);

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (status != 0)
    answer (message, status, _("There is nothing here."));
}

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  CsBrowserReturn *self = user_data;
  const char      *sentence = take (self, query);

  if (sentence != NULL)
    answer (message, SOUP_STATUS_OK, sentence);
  else
    answer (message, SOUP_STATUS_BAD_REQUEST, _("This is not the sign-in that Countersign is waiting for. Start again there."));
}

static gboolean
timeout_cb (gpointer user_data)
{
  CsBrowserReturn *self = user_data;

  self->timeout = 0;
  refuse (self, g_error_new_literal (CS_ERROR, CS_ERROR_SIGN_IN,
                                     _("Nobody came back from the browser. Start signing in again.")));

  return G_SOURCE_REMOVE;
}

/* By its name a browser may come over IPv6 first: whoever listens there would have
 * what is meant for us. Where there is no IPv6, there is nothing to listen on.
 */
static gboolean
listen_on (CsBrowserReturn *self,
           int              port,
           GError         **error)
{
  g_autoptr (GError) reason = NULL;
  GSList *uris;

  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;

  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  if (soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV6_ONLY, &reason))
    return TRUE;

  if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      g_debug ("The browser can come back over IPv4 only: %s", reason->message);
      return TRUE;
    }

  soup_server_disconnect (self->server);
  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

gboolean
cs_browser_return_listen (CsBrowserReturn *self,
                          GError         **error)
{
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (CS_IS_BROWSER_RETURN (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  self->timeout = g_timeout_add_seconds (self->seconds, timeout_cb, self);
  self->server = soup_server_new ("server-header", "Countersign ", NULL);
  soup_server_add_early_handler (self->server, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
  if (!listen_on (self, CS_BROWSER_RETURN_PORT, NULL) && !listen_on (self, 0, &reason))
    {
      g_clear_object (&self->server);
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("The browser cannot come back to this computer: %s"), reason->message);
      return FALSE;
    }

  self->address = g_strdup_printf ("http://127.0.0.1:%d" PATH, self->port);
  self->named_address = g_strdup_printf ("http://localhost:%d" PATH, self->port);

  return TRUE;
}

const char *
cs_browser_return_get_address (CsBrowserReturn *self)
{
  g_return_val_if_fail (CS_IS_BROWSER_RETURN (self), NULL);

  return self->address;
}

const char *
cs_browser_return_get_named_address (CsBrowserReturn *self)
{
  g_return_val_if_fail (CS_IS_BROWSER_RETURN (self), NULL);

  return self->named_address;
}

DexFuture *
cs_browser_return_wait (CsBrowserReturn *self)
{
  dex_return_error_if_fail (CS_IS_BROWSER_RETURN (self));

  return dex_ref (DEX_FUTURE (self->outcome));
}

void
cs_browser_return_stop (CsBrowserReturn *self)
{
  g_return_if_fail (CS_IS_BROWSER_RETURN (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  if (dex_future_is_pending (DEX_FUTURE (self->outcome)))
    dex_promise_reject (self->outcome, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The sign-in was stopped.")));
}

gboolean
cs_browser_return_paste (CsBrowserReturn *self,
                         const char      *address,
                         GError         **error)
{
  g_autofree char *trimmed = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GHashTable) query = NULL;

  g_return_val_if_fail (CS_IS_BROWSER_RETURN (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  trimmed = strlen (address) <= LONGEST_ADDRESS ? g_strstrip (g_strdup (address)) : NULL;
  uri = trimmed != NULL ? g_uri_parse (trimmed, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  query = uri != NULL && g_uri_get_query (uri) != NULL ? soup_form_decode (g_uri_get_query (uri)) : NULL;

  if (take (self, query) == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("This is not the address that the sign-in ended at. Copy all of what stands in the browser's address line after you allowed it."));
      return FALSE;
    }

  return TRUE;
}
