/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-oauth1.h"

/* RFC 5849, 3.4 (signature) and 3.6 (percent encoding). WooCommerce reads the
 * parameters from the query and signs with the secret and "&" behind it
 * (WC_REST_Authentication::check_oauth_signature()).
 */

static char *
encode (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

/* Decoded and encoded again, so that "%2f", "%2F" and "+" are what RFC 5849 wants */
static char *
encode_again (const char *text,
              gsize       length)
{
  g_autofree char *raw = g_strndup (text, length);
  g_autofree char *plain = NULL;

  g_strdelimit (raw, "+", ' ');
  plain = g_uri_unescape_string (raw, NULL);

  return encode (plain != NULL ? plain : raw);
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const char *const *one = *(const char *const *const *) a;
  const char *const *other = *(const char *const *const *) b;
  int by_name = strcmp (one[0], other[0]);

  return by_name != 0 ? by_name : strcmp (one[1], other[1]);
}

/* "a=b&c=d", sorted by name and then by value, both encoded */
static char *
sort_parameters (const char *query)
{
  g_auto (GStrv) parts = g_strsplit (query, "&", -1);
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  GString *out = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *equals = strchr (parts[i], '=');
      gsize       length = equals != NULL ? (gsize) (equals - parts[i]) : strlen (parts[i]);
      char      **pair;

      if (parts[i][0] == '\0')
        continue;

      pair = g_new0 (char *, 3);
      pair[0] = encode_again (parts[i], length);
      pair[1] = encode_again (equals != NULL ? equals + 1 : "", equals != NULL ? strlen (equals + 1) : 0);
      g_ptr_array_add (pairs, pair);
    }

  g_ptr_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      char **pair = pairs->pdata[i];

      g_string_append_printf (out, "%s%s=%s", i > 0 ? "&" : "", pair[0], pair[1]);
    }

  return g_string_free_and_steal (out);
}

char *
cs_oauth1_dup_base_string (const char *method,
                           const char *address)
{
  const char *mark = strchr (address, '?');
  g_autofree char *bare = g_strndup (address, mark != NULL ? (gsize) (mark - address) : strlen (address));
  g_autofree char *parameters = sort_parameters (mark != NULL ? mark + 1 : "");
  g_autofree char *base = encode (bare);
  g_autofree char *rest = encode (parameters);

  return g_strconcat (method, "&", base, "&", rest, NULL);
}

char *
cs_oauth1_sign_address (const char *method,
                        const char *address,
                        const char *key,
                        const char *secret,
                        const char *nonce,
                        gint64      now)
{
  g_autofree char *escaped_key = encode (key);
  g_autofree char *escaped_nonce = encode (nonce);
  g_autofree char *signing_key = g_strconcat (secret, "&", NULL);
  g_autofree char *with = NULL;
  g_autofree char *base = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *escaped_signature = NULL;
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) signing_key, strlen (signing_key));
  guint8 digest[32];
  gsize  length = sizeof digest;

  with = g_strdup_printf ("%s%coauth_consumer_key=%s&oauth_nonce=%s&oauth_signature_method=HMAC-SHA256"
                          "&oauth_timestamp=%" G_GINT64_FORMAT,
                          address, strchr (address, '?') != NULL ? '&' : '?', escaped_key, escaped_nonce, now);
  base = cs_oauth1_dup_base_string (method, with);
  g_hmac_update (hmac, (const guchar *) base, strlen (base));
  g_hmac_get_digest (hmac, digest, &length);
  signature = g_base64_encode (digest, length);
  escaped_signature = encode (signature);
  memset (signing_key, 0, strlen (signing_key));

  return g_strconcat (with, "&oauth_signature=", escaped_signature, NULL);
}
