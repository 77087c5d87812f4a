/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-http.h"
#include "cs-json.h"
#include "cs-shops-private.h"
#include "cs-text.h"

/* What a person types for a new account: made whole where it is plain what is
 * meant, and refused with a sentence where it is not.
 */

#define PROFILE "profile."

/* What sellers copy from their browser stands behind the shop's own address */
static const char *const back_rooms[] = {
  "/wp-admin", "/wp-login.php", "/wp-json", "/index.php", "/product/", "/product-category/", "/my-account", "/cart/", "/checkout/",
  "/admin/",
};

static gboolean
refuse (GError    **error,
        const char *format,
        ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError    **error,
        const char *format,
        ...)
{
  g_autofree char *sentence = NULL;
  va_list          args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, sentence);

  return FALSE;
}

static char *
dup_with_scheme (const char *typed)
{
  g_autofree char *http = g_strconcat ("http://", typed, NULL);
  g_autoptr (GUri) uri = NULL;

  if (strstr (typed, "://") != NULL)
    return g_strdup (typed);

  uri = g_uri_parse (http, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && cs_http_is_loopback (uri))
    return g_steal_pointer (&http);

  return g_strconcat ("https://", typed, NULL);
}

static gboolean
check_address (GUri    *uri,
               GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host == NULL || host[0] == '\0' || strchr (host, ' ') != NULL)
    return refuse (error, _("This is no address of a shop. Write it as in the browser, for example https://myshop.example."));

  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, _("Leave the name and password out of the address: everybody can read it. There are fields for them."));

  if (g_str_equal (scheme, "http") && !cs_http_is_loopback (uri))
    return refuse (error, _("Keys would go to “%s” readable for everybody on the way. Write the address with https://; if the shop has no certificate, its provider can set one up."), host);

  if (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))
    return refuse (error, _("A shop's address begins with https://."));

  return TRUE;
}

static char *
dup_path (GUri *uri)
{
  char *path = g_strdup (g_uri_get_path (uri));

  for (guint i = 0; i < G_N_ELEMENTS (back_rooms); i++)
    {
      char *room = strstr (path, back_rooms[i]);

      if (room != NULL)
        *room = '\0';
    }

  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  if (g_str_has_suffix (path, "/admin"))
    path[strlen (path) - strlen ("/admin")] = '\0';

  return path;
}

char *
cs_shops_complete_address (const char *typed,
                           GError    **error)
{
  g_autofree char *text = g_strstrip (g_strdup (typed != NULL ? typed : ""));
  g_autofree char *whole = dup_with_scheme (text);
  g_autofree char *path = NULL;
  g_autofree char *host = NULL;
  g_autoptr (GUri) uri = g_uri_parse (whole, G_URI_FLAGS_ENCODED_PATH, NULL);
  g_autoptr (GUri) kept = NULL;

  if (text[0] == '\0' || uri == NULL)
    {
      refuse (error, _("This is no address of a shop. Write it as in the browser, for example https://myshop.example."));
      return NULL;
    }

  if (!check_address (uri, error))
    return NULL;

  if (!(host = g_hostname_to_ascii (g_uri_get_host (uri))))
    {
      refuse (error, _("This is no address of a shop. Write it as in the browser, for example https://myshop.example."));
      return NULL;
    }

  path = dup_path (uri);
  kept = g_uri_build (G_URI_FLAGS_ENCODED_PATH, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri), path, NULL, NULL);

  return g_uri_to_string (kept);
}

/* A kind that is no network has a folder for an address */
static char *
complete_folder (const char *typed,
                 GError    **error)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *path = g_str_has_prefix (text, "file://") ? g_filename_from_uri (text, NULL, NULL)
                          : g_str_has_prefix (text, "~/")    ? g_build_filename (g_get_home_dir (), text + strlen ("~/"), NULL)
                                                             : g_strdup (text);
  g_autofree char *whole = NULL;

  if (path == NULL || !g_path_is_absolute (path))
    {
      refuse (error, _("Write the whole path of the folder, for example %s."), "/home/me/Shop");
      return NULL;
    }

  whole = g_canonicalize_filename (path, "/");
  if (g_file_test (whole, G_FILE_TEST_EXISTS) && !g_file_test (whole, G_FILE_TEST_IS_DIR))
    {
      refuse (error, _("“%s” is a file and no folder."), whole);
      return NULL;
    }

  return g_filename_to_uri (whole, NULL, error);
}

static gboolean
is_of_account (const char *name)
{
  return g_str_equal (name, "address") || g_str_equal (name, "name") || g_str_equal (name, "currency");
}

/* What was typed, else what stands there already; NULL where that is nothing */
static char *
dup_answer (const CsChannelAsk *ask,
            JsonObject         *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (cs_json_string (typed, ask->name, "")));

  if (text[0] == '\0')
    return g_strdup (ask->standard);

  return g_steal_pointer (&text);
}

static const CsChannelAsk *
find_ask (const CsChannelKind *kind,
          const char          *name)
{
  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      if (g_str_equal (ask->name, name))
        return ask;
    }

  return NULL;
}

/* There may be several ways to sign in: one is wanted, and the whole of it */
static gboolean
check_ways (const CsChannelKind *kind,
            JsonObject          *typed,
            GError             **error)
{
  const CsChannelAsk *first = NULL;
  gboolean            any = FALSE;

  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      const CsChannelAsk *mate = ask->with != NULL ? find_ask (kind, ask->with) : NULL;
      g_autofree char    *answer = dup_answer (ask, typed);
      g_autofree char    *other = mate != NULL ? dup_answer (mate, typed) : NULL;

      if (mate != NULL && answer != NULL && other == NULL)
        return refuse (error, _("Fill in “%s”."), _(mate->label));

      any = any || (ask->secret && (answer != NULL || !ask->optional));
      first = first == NULL && ask->secret ? ask : first;
    }

  return any || first == NULL || kind->way != CS_SIGN_IN_KEYS || refuse (error, _("Fill in “%s”."), _(first->label));
}

gboolean
cs_shops_check_typed (const CsChannelKind *kind,
                      JsonObject          *typed,
                      gboolean             with_account,
                      GError             **error)
{
  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      g_autofree char *answer = dup_answer (ask, typed);

      if (answer == NULL && !ask->optional && (with_account || !is_of_account (ask->name)))
        return refuse (error, _("Fill in “%s”."), _(ask->label));
    }

  return check_ways (kind, typed, error);
}

static gboolean
read_currency (const char *text,
               CsAccount  *account,
               GError    **error)
{
  g_autofree char *currency = text != NULL ? g_ascii_strup (text, -1) : g_strdup ("");

  if (currency[0] != '\0' && (strlen (currency) != 3 || strspn (currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
    return refuse (error, _("Write the currency as three capital letters, like CNY or USD."));

  account->currency = g_steal_pointer (&currency);

  return TRUE;
}

static char *
dup_profile (const CsChannelKind *kind,
             JsonObject          *typed)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *profile = json_object_new ();

  json_node_take_object (node, profile);
  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      g_autofree char *answer = dup_answer (ask, typed);

      if (g_str_has_prefix (ask->name, PROFILE) && answer != NULL)
        json_object_set_string_member (profile, ask->name + strlen (PROFILE), answer);
    }

  return cs_json_canonical (node);
}

/* What was typed, else what stands there already, of what a kind asks for by this name */
static char *
dup_named (const CsChannelKind *kind,
           JsonObject          *typed,
           const char          *name)
{
  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      if (g_str_equal (ask->name, name))
        return dup_answer (ask, typed);
    }

  return g_strdup (cs_json_string (typed, name, NULL));
}

CsAccount *
cs_shops_read_typed (const CsChannelKind *kind,
                     JsonObject          *typed,
                     GError             **error)
{
  g_autoptr (CsAccount) account = cs_account_new ();
  const char *address = cs_json_string (typed, "address", kind->address);
  g_autofree char *name = cs_text_clean (cs_json_string (typed, "name", ""), FALSE);
  g_autofree char *currency = dup_named (kind, typed, "currency");

  account->channel = g_strdup (kind->kind);
  account->name = g_strdup (g_strstrip (name));
  account->profile = dup_profile (kind, typed);
  if (!read_currency (currency, account, error))
    return NULL;

  /* A kind that has neither an address nor asks for one is no network */
  if (address == NULL)
    account->address = g_strdup ("");
  else if (!(account->address = kind->way == CS_SIGN_IN_FOLDER ? complete_folder (address, error)
                                                             : cs_shops_complete_address (address, error)))
    return NULL;

  return g_steal_pointer (&account);
}

JsonObject *
cs_shops_read_secrets (const CsChannelKind *kind,
                       JsonObject          *typed)
{
  JsonObject    *secrets = json_object_new ();
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      g_autofree char *answer = is_of_account (ask->name) || g_str_has_prefix (ask->name, PROFILE) ? NULL : dup_answer (ask, typed);

      if (answer != NULL)
        json_object_set_string_member (secrets, ask->name, answer);
    }

  /* What the browser brought is not asked for */
  json_object_iter_init (&iter, typed);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const char *text = cs_json_string (typed, name, "");

      if (text[0] != '\0' && !is_of_account (name) && !g_str_has_prefix (name, PROFILE) &&
          !json_object_has_member (secrets, name))
        json_object_set_string_member (secrets, name, text);
    }

  return secrets;
}

char *
cs_shops_join_profiles (const char *profile,
                        const char *more)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  const char *texts[] = { profile, more };

  json_node_take_object (node, json_object_new ());
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) part = texts[i] != NULL ? cs_json_parse (texts[i], -1, NULL) : NULL;
      JsonObject    *object = cs_json_node_object (part);
      JsonObjectIter iter;
      const char    *name;
      JsonNode      *value;

      if (object == NULL)
        continue;

      json_object_iter_init (&iter, object);
      while (json_object_iter_next (&iter, &name, &value))
        json_object_set_member (json_node_get_object (node), name, json_node_copy (value));
    }

  return cs_json_canonical (node);
}
