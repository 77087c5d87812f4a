/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-form.h"
#include "cs-ebay-private.h"
#include "cs-json.h"

/* eBay's "authorization code grant" (developer.ebay.com, "OAuth tokens"). It
 * does not take an address to come back to but the name of one, RuName, that
 * eBay made for the seller's application; what stands behind that name has to be
 * https, so the browser cannot come back to this computer. Where it was left empty the
 * browser ends at a page of eBay's that has the code in its address: that is
 * what is pasted. There is no PKCE; the application's secret goes with the code.
 */

#define SCOPES                                                                                  \
  "https://api.ebay.com/oauth/api_scope https://api.ebay.com/oauth/api_scope/sell.inventory " \
  "https://api.ebay.com/oauth/api_scope/sell.account.readonly"

static const char *
secret (CsChannel  *channel,
        const char *name)
{
  const char *text = cs_channel_get_secret (channel, name);

  return text != NULL ? text : "";
}

char *
cs_ebay_build_authorize (CsChannel  *channel,
                         const char *redirect,
                         const char *state,
                         const char *challenge)
{
  g_autoptr (GString) form = g_string_new (NULL);

  cs_channel_form_add (form, "client_id", secret (channel, "client_id"));
  cs_channel_form_add (form, "redirect_uri", secret (channel, "runame"));
  cs_channel_form_add (form, "response_type", "code");
  cs_channel_form_add (form, "scope", SCOPES);
  cs_channel_form_add (form, "state", state);

  return g_strdup_printf ("https://auth.%sebay.com/oauth2/authorize?%s", cs_ebay_is_sandbox (channel) ? "sandbox." : "", form->str);
}

static CsRequest *
make_token_request (CsChannel *channel,
                    GString   *form)
{
  const char      *base = cs_channel_get_account (channel)->address;
  g_autofree char *address = g_strconcat (base != NULL && base[0] != '\0' ? base : "https://api.ebay.com", "/identity/v1/oauth2/token", NULL);
  g_autofree char *pair = g_strdup_printf ("%s:%s", secret (channel, "client_id"), secret (channel, "client_secret"));
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *basic = g_strconcat ("Basic ", encoded, NULL);
  CsRequest       *request = cs_request_make ("POST", address);

  cs_request_set_header (request, "Authorization", basic);
  cs_channel_form_send (form, request);

  return request;
}

CsRequest *
cs_ebay_build_exchange (CsChannel  *channel,
                        const char *redirect,
                        const char *code,
                        const char *verifier)
{
  g_autoptr (GString) form = g_string_new (NULL);

  cs_channel_form_add (form, "grant_type", "authorization_code");
  cs_channel_form_add (form, "code", code);
  cs_channel_form_add (form, "redirect_uri", secret (channel, "runame"));

  return make_token_request (channel, form);
}

CsRequest *
cs_ebay_build_refresh (CsChannel *channel)
{
  const char *token = cs_channel_get_secret (channel, "refresh_token");
  g_autoptr (GString) form = g_string_new (NULL);

  if (token == NULL)
    return NULL;

  cs_channel_form_add (form, "grant_type", "refresh_token");
  cs_channel_form_add (form, "refresh_token", token);
  cs_channel_form_add (form, "scope", SCOPES);

  return make_token_request (channel, form);
}

/* The token to make new ones with comes once and is good for 18 months */
gboolean
cs_ebay_parse_tokens (CsChannel  *channel,
                      JsonNode   *reply,
                      gint64      now,
                      JsonObject *secrets,
                      GError    **error)
{
  JsonObject      *object = cs_json_node_object (reply);
  const char      *access = cs_json_string (object, "access_token", NULL);
  const char      *refresh = cs_json_string (object, "refresh_token", NULL);
  gint64           seconds = cs_json_int (object, "expires_in", 7200);
  g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, now + CLAMP (seconds, 60, 86400));

  if (access == NULL || (refresh == NULL && cs_channel_get_secret (channel, "refresh_token") == NULL))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN, _("%s gave an answer that cannot be read."), "eBay");
      return FALSE;
    }

  json_object_set_string_member (secrets, "access_token", access);
  json_object_set_string_member (secrets, "expires_at", expires);
  if (refresh != NULL)
    json_object_set_string_member (secrets, "refresh_token", refresh);

  return TRUE;
}

void
cs_ebay_sign (CsChannel *channel,
              CsRequest *request,
              gint64     now)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", secret (channel, "access_token"), NULL);

  cs_request_set_header (request, "Authorization", bearer);
}
