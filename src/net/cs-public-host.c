/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-fiber.h"
#include "cs-public-host.h"

/* IPv4 that leads nowhere outside, besides what GIO knows: RFC 6890 */
static gboolean
is_special_ipv4 (const guint8 *bytes)
{
  return bytes[0] == 0 || bytes[0] >= 224 ||
         (bytes[0] == 100 && (bytes[1] & 0xc0) == 64) ||
         (bytes[0] == 192 && bytes[1] == 0 && (bytes[2] == 0 || bytes[2] == 2)) ||
         (bytes[0] == 198 && (bytes[1] & 0xfe) == 18) ||
         (bytes[0] == 198 && bytes[1] == 51 && bytes[2] == 100) ||
         (bytes[0] == 203 && bytes[1] == 0 && bytes[2] == 113);
}

static gboolean
is_special_ipv6 (const guint8 *bytes)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  static const guint8 translated[12] = { 0, 0x64, 0xff, 0x9b };
  static const guint8 documented[4] = { 0x20, 0x01, 0x0d, 0xb8 };
  static const guint8 tunnelled[4] = { 0x20, 0x01, 0, 0 };
  gboolean is_6to4 = bytes[0] == 0x20 && bytes[1] == 0x02;
  g_autoptr (GInetAddress) inner = NULL;

  /* An IPv4 address in other clothes */
  if (is_6to4 || memcmp (bytes, mapped, sizeof mapped) == 0 || memcmp (bytes, translated, sizeof translated) == 0)
    {
      inner = g_inet_address_new_from_bytes (bytes + (is_6to4 ? 2 : 12), G_SOCKET_FAMILY_IPV4);
      return !cs_public_host_is_public (inner);
    }

  if (memcmp (bytes, documented, sizeof documented) == 0 || memcmp (bytes, tunnelled, sizeof tunnelled) == 0)
    return TRUE;

  return (bytes[0] & 0xfe) == 0xfc || (bytes[0] & 0xe0) != 0x20;
}

gboolean
cs_public_host_is_public (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_is_any (address) || g_inet_address_get_is_loopback (address) ||
      g_inet_address_get_is_link_local (address) || g_inet_address_get_is_site_local (address) ||
      g_inet_address_get_is_multicast (address))
    return FALSE;

  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? !is_special_ipv4 (bytes) : !is_special_ipv6 (bytes);
}

static DexFuture *
judge (GList      *addresses,
       const char *host)
{
  for (GList *link = addresses; link != NULL; link = link->next)
    {
      if (!cs_public_host_is_public (link->data))
        return cs_fiber_refuse (CS_ERROR_REFUSED, _("“%s” is a machine in your own network, and nothing is fetched from there."), host);
    }

  return dex_future_new_true ();
}

typedef struct
{
  DexPromise *promise;
  char       *host;
} Look;

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  Look  *look = data;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (object), result, NULL);
  g_autoptr (DexFuture) verdict = NULL;
  g_autoptr (GError) error = NULL;

  if (addresses == NULL)
    {
      dex_promise_reject (look->promise, g_error_new (CS_ERROR, CS_ERROR_LATER, _("There is no computer called “%s”, or no connection to the internet."), look->host));
    }
  else
    {
      verdict = judge (addresses, look->host);
      if (dex_future_get_value (verdict, &error) != NULL)
        dex_promise_resolve_boolean (look->promise, TRUE);
      else
        dex_promise_reject (look->promise, g_steal_pointer (&error));
      g_resolver_free_addresses (addresses);
    }

  dex_unref (look->promise);
  g_free (look->host);
  g_free (look);
}

DexFuture *
cs_public_host_check (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  DexPromise *promise;
  Look       *look;

  if (host == NULL || host[0] == '\0')
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _("This is no web address."));

  if (address != NULL)
    {
      g_autolist (GInetAddress) one = g_list_append (NULL, g_object_ref (address));

      return judge (one, host);
    }

  promise = dex_promise_new_cancellable ();
  look = g_new0 (Look, 1);
  look->promise = dex_ref (promise);
  look->host = g_strdup (host);
  g_resolver_lookup_by_name_async (resolver, host, dex_promise_get_cancellable (promise), looked_up_cb, look);

  return DEX_FUTURE (promise);
}
