/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-error.h"
#include "cs-folder-store.h"
#include "cs-hash.h"
#include "cs-json.h"

/* A page of what is there */
#define PAGE 100

/* Says that the tables are older than the listings */
#define MARK "package-changed"

/* What is on its way to be written, and what cannot be */
static gboolean
refuse_folder (const char *folder,
               GError    **error)
{
  int code = errno;

  g_set_error (error, CS_ERROR, CS_ERROR_LATER,
               _("The folder “%s” cannot be used: %s. Plug in its drive or make room; it goes on by itself then."),
               folder, g_strerror (code));

  return FALSE;
}

static gboolean
write_file (const char *folder,
            const char *path,
            GBytes     *bytes,
            GError    **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  gsize            length = 0;
  const char      *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autoptr (GError) reason = NULL;

  if (g_mkdir_with_parents (parent, 0755) != 0)
    return refuse_folder (folder, error);

  if (g_file_set_contents_full (path, data != NULL ? data : "", length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, &reason))
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_LATER,
               _("The folder “%s” cannot be written to: %s. Plug in its drive or make room; it goes on by itself then."),
               folder, reason->message);

  return FALSE;
}

/* One plain name, so that nothing leads out of the folder */
static gboolean
is_name (const char *name)
{
  if (name[0] == '\0' || name[0] == '.' || strlen (name) > 200)
    return FALSE;

  for (const char *c = name; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("-_.", *c) == NULL)
        return FALSE;
    }

  return TRUE;
}

static char *
build_listing_path (const char *folder,
                    const char *room,
                    const char *key)
{
  g_autofree char *name = g_strconcat (key, ".json", NULL);

  return g_build_filename (folder, room, name, NULL);
}

static CsReply *
make_reply (JsonNode *node)
{
  CsReply *reply = cs_reply_new ();
  char    *text = cs_json_canonical (node);

  reply->status = 200;
  reply->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  reply->body = g_bytes_new_take (text, strlen (text));

  return reply;
}

static CsReply *
make_version_reply (GBytes *bytes)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *version = cs_hash_bytes (bytes);

  json_node_take_object (node, json_object_new ());
  json_object_set_string_member (json_node_get_object (node), "version", version);

  return make_reply (node);
}

/* NULL without an error where there is none */
static CsListing *
read_listing (const char *path,
              GError    **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  char *text;
  gsize length;

  if (g_file_get_contents (path, &text, &length, &reason))
    {
      bytes = g_bytes_new_take (text, length);
      return cs_listing_parse (bytes, error);
    }

  if (!g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("The package cannot be read: %s"), reason->message);

  return NULL;
}

/* The pictures that a listing names, as they lie there: name → hash, or null */
static JsonObject *
hash_pictures (const char *folder,
               CsListing  *listing)
{
  JsonObject *files = json_object_new ();

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      CsListingPicture *picture = listing->pictures->pdata[i];
      g_autofree char  *path = NULL;
      g_autofree char  *text = NULL;
      g_autofree char  *hash = NULL;
      gsize             length;

      if (picture->name == NULL || !is_name (picture->name))
        continue;

      path = g_build_filename (folder, "pictures", picture->name, NULL);
      if (g_file_get_contents (path, &text, &length, NULL))
        hash = cs_hash_data (text, length);
      if (hash != NULL)
        json_object_set_string_member (files, picture->name, hash);
      else
        json_object_set_null_member (files, picture->name);
    }

  return files;
}

static void
add_listing (JsonArray  *array,
             const char *folder,
             CsListing  *listing,
             gboolean    withdrawn)
{
  JsonObject *entry = json_object_new ();
  gsize       length;
  const char *text = g_bytes_get_data (listing->bytes, &length);
  JsonNode   *node = cs_json_parse (text, length, NULL);

  json_object_set_member (entry, "listing", node != NULL ? node : json_node_new (JSON_NODE_NULL));
  json_object_set_string_member (entry, "version", listing->hash);
  json_object_set_boolean_member (entry, "withdrawn", withdrawn);
  json_object_set_object_member (entry, "files", hash_pictures (folder, listing));
  json_array_add_object_element (array, entry);
}

static CsReply *
answer_listing (const char *folder,
                const char *key,
                GError    **error)
{
  static const char *const rooms[] = { "listings", "withdrawn" };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *array = json_array_new ();

  json_node_take_object (node, json_object_new ());
  json_object_set_array_member (json_node_get_object (node), "listings", array);
  for (guint i = 0; i < G_N_ELEMENTS (rooms) && json_array_get_length (array) == 0; i++)
    {
      g_autofree char *path = build_listing_path (folder, rooms[i], key);
      g_autoptr (GError) reason = NULL;
      g_autoptr (CsListing) listing = read_listing (path, &reason);

      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      if (listing != NULL)
        add_listing (array, folder, listing, i == 1);
    }

  return make_reply (node);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Keys of the listings, in order; empty where the folder is not there yet */
static GPtrArray *
list_keys (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "listings", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray  *keys = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    {
      if (is_name (name) && g_str_has_suffix (name, ".json"))
        g_ptr_array_add (keys, g_strndup (name, strlen (name) - strlen (".json")));
    }
  g_ptr_array_sort (keys, compare_names);

  return keys;
}

static CsReply *
answer_page (const char *folder,
             const char *after,
             GError    **error)
{
  g_autoptr (GPtrArray) keys = list_keys (folder);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *array = json_array_new ();

  json_node_take_object (node, json_object_new ());
  json_object_set_array_member (json_node_get_object (node), "listings", array);
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *path = build_listing_path (folder, "listings", keys->pdata[i]);
      g_autoptr (CsListing) listing = NULL;

      if (strcmp (keys->pdata[i], after) <= 0)
        continue;
      if (json_array_get_length (array) == PAGE)
        {
          json_object_set_string_member (json_node_get_object (node), "next", keys->pdata[i - 1]);
          break;
        }

      /* What was damaged by hand is not ours to judge here; sending it again mends it */
      if ((listing = read_listing (path, NULL)))
        add_listing (array, folder, listing, FALSE);
    }

  return make_reply (node);
}

static gboolean
mark_changed (const char *folder,
              GError    **error)
{
  g_autofree char *mark = g_build_filename (folder, MARK, NULL);

  return g_file_test (mark, G_FILE_TEST_EXISTS) || write_file (folder, mark, NULL, error);
}

/* The mark first: tables that are made once too often do no harm */
static CsReply *
put_listing (const char *folder,
             const char *key,
             GBytes     *bytes,
             GError    **error)
{
  g_autofree char *path = build_listing_path (folder, "listings", key);
  g_autofree char *withdrawn = build_listing_path (folder, "withdrawn", key);

  if (!mark_changed (folder, error) || !write_file (folder, path, bytes, error))
    return NULL;

  g_unlink (withdrawn);

  return make_version_reply (bytes);
}

static CsReply *
withdraw_listing (const char *folder,
                  const char *key,
                  GError    **error)
{
  g_autofree char *path = build_listing_path (folder, "listings", key);
  g_autofree char *withdrawn = build_listing_path (folder, "withdrawn", key);
  g_autofree char *room = g_path_get_dirname (withdrawn);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  if (!mark_changed (folder, error))
    return NULL;

  if (g_mkdir_with_parents (room, 0755) != 0 || (g_rename (path, withdrawn) != 0 && errno != ENOENT))
    {
      refuse_folder (folder, error);
      return NULL;
    }

  return make_version_reply (nothing);
}

/* Price and stock alone, in what lies there */
static CsReply *
patch_listing (const char *folder,
               const char *key,
               GBytes     *bytes,
               GError    **error)
{
  g_autofree char *path = build_listing_path (folder, "listings", key);
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) reason = NULL;
  JsonObject *offer;
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);

  node = cs_json_parse (text, length, NULL);
  offer = cs_json_node_object (node);
  if (!(listing = read_listing (path, &reason)))
    {
      if (reason != NULL)
        g_propagate_error (error, g_steal_pointer (&reason));
      else
        g_set_error_literal (error, CS_ERROR, CS_ERROR_CONFLICT, _("This product is not in the package any more."));
      return NULL;
    }

  listing->price.minor = cs_json_int (offer, "minor", listing->price.minor);
  g_strlcpy (listing->price.currency, cs_json_string (offer, "currency", listing->price.currency), sizeof listing->price.currency);
  listing->stock = cs_json_int (offer, "stock", listing->stock);
  cs_listing_freeze (listing);

  return put_listing (folder, key, listing->bytes, error);
}

static CsReply *
put_picture (const char *folder,
             const char *name,
             GBytes     *bytes,
             GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "pictures", name, NULL);

  if (!write_file (folder, path, bytes, error))
    return NULL;

  return make_version_reply (bytes);
}

CsReply *
cs_folder_store_answer (const char *folder,
                        CsRequest  *request,
                        GError    **error)
{
  g_autoptr (GUri) uri = g_uri_parse (request->address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  GBytes          *body = request->body != NULL ? request->body : nothing;
  const char      *path = uri != NULL ? g_uri_get_path (uri) : "";
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *above = g_path_get_dirname (path);
  g_autofree char *room = g_path_get_basename (above);

  /* "…/listings?after=KEY" */
  if (g_str_equal (request->method, "GET") && g_str_equal (name, "listings"))
    {
      const char *query = g_uri_get_query (uri);

      return answer_page (folder, query != NULL && g_str_has_prefix (query, "after=") ? query + strlen ("after=") : "", error);
    }

  if (is_name (name) && g_str_equal (room, "pictures") && g_str_equal (request->method, "PUT"))
    return put_picture (folder, name, body, error);

  if (is_name (name) && g_str_equal (room, "listings"))
    {
      if (g_str_equal (request->method, "GET"))
        return answer_listing (folder, name, error);
      if (g_str_equal (request->method, "PUT"))
        return put_listing (folder, name, body, error);
      if (g_str_equal (request->method, "PATCH"))
        return patch_listing (folder, name, body, error);
      if (g_str_equal (request->method, "DELETE"))
        return withdraw_listing (folder, name, error);
    }

  g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, _("This cannot be put into a package."));

  return NULL;
}

static gboolean
write_tables (const char    *folder,
              const CsSheet *sheet,
              GPtrArray     *listings,
              GError       **error)
{
  g_autoptr (GPtrArray) rows = cs_sheet_make_head (sheet);
  g_autofree char *table = g_strdup_printf ("%s/%s.%s", folder, cs_sheet_get_file (sheet), cs_sheet_get_extension (sheet));
  g_autofree char *workbook = g_strdup_printf ("%s/%s.xlsx", folder, cs_sheet_get_file (sheet));
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < listings->len; i++)
    g_ptr_array_extend_and_steal (rows, cs_sheet_make_rows (sheet, listings->pdata[i]));

  return (bytes = cs_sheet_to_bytes (sheet, rows, error)) &&
         write_file (folder, table, bytes, error) &&
         cs_folder_write_workbook (workbook, rows, error);
}

gboolean
cs_folder_store_finish (const char    *folder,
                        const CsSheet *sheet,
                        const char    *shop,
                        GError       **error)
{
  g_autofree char *mark = g_build_filename (folder, MARK, NULL);
  g_autofree char *page = g_build_filename (folder, "index.html", NULL);
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_listing_unref);

  if (!g_file_test (mark, G_FILE_TEST_EXISTS))
    return TRUE;

  keys = list_keys (folder);
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *path = build_listing_path (folder, "listings", keys->pdata[i]);
      CsListing       *listing = read_listing (path, NULL);

      if (listing != NULL)
        g_ptr_array_add (listings, listing);
    }

  if (!write_tables (folder, sheet, listings, error) ||
      !cs_folder_write_page (page, sheet, shop, listings, error))
    return FALSE;

  g_unlink (mark);

  return TRUE;
}
