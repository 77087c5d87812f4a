/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-listing.h"

/* A listing is written to canonical JSON and read back from it by the one
 * table below, so that no field can be signed and then not sent, or sent
 * without having been signed. Reading ends with writing again: bytes that do
 * not come out the same hold something that this program does not understand,
 * and what it does not understand it does not send.
 */

/* Goes up when the meaning of a member changes */
#define FORMAT 1

static const struct
{
  const char *member;
  gsize       offset;
  gboolean    later; /* was not there in the first version: left out where it says nothing */
} texts[] = {
  { "adapter", offsetof (CsListing, adapter) },
  { "address", offsetof (CsListing, address) },
  { "brand", offsetof (CsListing, brand) },
  { "category", offsetof (CsListing, category) },
  { "category_id", offsetof (CsListing, category_id), TRUE },
  { "channel", offsetof (CsListing, channel) },
  { "description", offsetof (CsListing, description) },
  { "key", offsetof (CsListing, key) },
  { "material", offsetof (CsListing, material) },
  { "remote_id", offsetof (CsListing, remote_id) },
  { "remote_version", offsetof (CsListing, remote_version) },
  { "size", offsetof (CsListing, size) },
  { "sku", offsetof (CsListing, sku) },
  { "title", offsetof (CsListing, title) },
};

/* Fields that are JSON themselves; they become part of the whole */
static const struct
{
  const char *member;
  gsize       offset;
  gboolean    later;
} trees[] = {
  { "attributes", offsetof (CsListing, attributes) },
  { "labels", offsetof (CsListing, labels) },
  { "seen", offsetof (CsListing, seen), TRUE },
  { "terms", offsetof (CsListing, terms), TRUE },
  { "variants", offsetof (CsListing, variants) },
};

#define FIELD(self, entry) (G_STRUCT_MEMBER_P ((self), (entry).offset))

static const char *const operations[] = {
  [CS_OPERATION_CREATE] = "create",
  [CS_OPERATION_UPDATE] = "update",
  [CS_OPERATION_WITHDRAW] = "withdraw",
  [CS_OPERATION_OFFER] = "offer",
};

static void
cs_listing_picture_free (CsListingPicture *picture)
{
  g_free (picture->hash);
  g_free (picture->mime);
  g_free (picture->alt_text);
  g_free (picture->name);
  g_free (picture);
}

static void
cs_listing_clear (CsListing *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->hash, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer ((char **) FIELD (self, texts[i]), g_free);
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    g_clear_pointer ((char **) FIELD (self, trees[i]), g_free);
  g_clear_pointer (&self->bullets, g_strfreev);
  g_clear_pointer (&self->keywords, g_strfreev);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
}

CS_DEFINE_RECORD (CsListing, cs_listing)

static void
cs_remote_listing_clear (CsRemoteListing *self)
{
  g_free (self->remote_id);
  g_free (self->key);
  g_free (self->sku);
  g_free (self->version);
  g_free (self->url);
  g_free (self->title);
  g_free (self->description);
  g_free (self->price);
  g_free (self->category);
  g_free (self->category_id);
  g_free (self->brand);
  g_strfreev (self->bullets);
  g_strfreev (self->keywords);
  g_free (self->variants);
  g_free (self->attributes);
  g_free (self->body);
  g_strfreev (self->pictures);
}

CS_DEFINE_RECORD (CsRemoteListing, cs_remote_listing)

CsRemoteListing *
cs_remote_listing_make (const char *remote_id)
{
  CsRemoteListing *self = cs_remote_listing_new ();

  self->remote_id = g_strdup (remote_id);
  self->stock = -1;

  return self;
}

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    {
      json_object_set_null_member (object, member);
      return;
    }

  valid = g_utf8_make_valid (text, -1);
  json_object_set_string_member (object, member, valid);
}

static void
set_list (JsonObject        *object,
          const char        *member,
          const char *const *list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (list[i], -1);

      json_array_add_string_element (array, valid);
    }

  json_object_set_array_member (object, member, array);
}

static void
set_tree (JsonObject *object,
          const char *member,
          const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = NULL;

  if (json != NULL && !(node = cs_json_parse (json, -1, &error)))
    g_critical ("“%s” of a listing is not JSON: %s", member, error->message);

  json_object_set_member (object, member, node != NULL ? node : json_node_new (JSON_NODE_NULL));
}

static void
set_price (JsonObject    *object,
           const CsMoney *price)
{
  JsonObject *tree = json_object_new ();

  set_text (tree, "currency", price->currency);
  json_object_set_int_member (tree, "minor", price->minor);
  json_object_set_object_member (object, "price", tree);
}

static void
set_pictures (JsonObject *object,
              GPtrArray  *pictures)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    {
      CsListingPicture *picture = pictures->pdata[i];
      JsonObject       *tree = json_object_new ();

      set_text (tree, "alt", picture->alt_text);
      set_text (tree, "hash", picture->hash);
      set_text (tree, "mime", picture->mime);
      set_text (tree, "name", picture->name);
      json_array_add_object_element (array, tree);
    }

  json_object_set_array_member (object, "pictures", array);
}

/* Every member is always there, so that leaving one out is a change too. Only
 * where a later one says nothing it is as if there were none: what was signed
 * before it came reads back as it was.
 */
static gboolean
is_left_out (const char *value,
             gboolean    later)
{
  return later && value == NULL;
}

static char *
write_canonical (CsListing *self)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (root, object);
  json_object_set_int_member (object, "format", FORMAT);
  json_object_set_int_member (object, "account", self->account);
  json_object_set_int_member (object, "stock", self->stock);
  json_object_set_boolean_member (object, "live", self->live);
  set_text (object, "operation", cs_operation_get_name (self->operation));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!is_left_out (*(char **) FIELD (self, texts[i]), texts[i].later))
      set_text (object, texts[i].member, *(char **) FIELD (self, texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    if (!is_left_out (*(char **) FIELD (self, trees[i]), trees[i].later))
      set_tree (object, trees[i].member, *(char **) FIELD (self, trees[i]));
  set_list (object, "bullets", (const char *const *) self->bullets);
  set_list (object, "keywords", (const char *const *) self->keywords);
  set_price (object, &self->price);
  set_pictures (object, self->pictures);

  return cs_json_canonical (root);
}

static char **
read_list (JsonObject *object,
           const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = cs_json_array (object, member);
  const char *text;

  for (guint i = 0; (text = cs_json_array_string (array, i)) != NULL; i++)
    g_strv_builder_add (builder, text);

  return g_strv_builder_end (builder);
}

static char *
read_tree (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? cs_json_canonical (node) : NULL;
}

static void
read_pictures (CsListing  *self,
               JsonObject *object)
{
  JsonArray  *array = cs_json_array (object, "pictures");
  JsonObject *tree;

  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_listing_picture_free);

  for (guint i = 0; (tree = cs_json_array_object (array, i)) != NULL; i++)
    {
      CsListingPicture *picture = g_new0 (CsListingPicture, 1);

      picture->alt_text = g_strdup (cs_json_string (tree, "alt", NULL));
      picture->hash = g_strdup (cs_json_string (tree, "hash", NULL));
      picture->mime = g_strdup (cs_json_string (tree, "mime", NULL));
      picture->name = g_strdup (cs_json_string (tree, "name", NULL));
      g_ptr_array_add (self->pictures, picture);
    }
}

static void
read_members (CsListing  *self,
              JsonObject *object)
{
  JsonObject *price = cs_json_object (object, "price");
  const char *operation = cs_json_string (object, "operation", "");

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      if (g_str_equal (operations[i], operation))
        self->operation = i;
    }

  self->account = cs_json_int (object, "account", 0);
  self->stock = cs_json_int (object, "stock", -1);
  self->live = cs_json_bool (object, "live", FALSE);
  self->price.minor = cs_json_int (price, "minor", 0);
  g_strlcpy (self->price.currency, cs_json_string (price, "currency", ""), sizeof self->price.currency);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *(char **) FIELD (self, texts[i]) = g_strdup (cs_json_string (object, texts[i].member, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    *(char **) FIELD (self, trees[i]) = read_tree (object, trees[i].member);
  self->bullets = read_list (object, "bullets");
  self->keywords = read_list (object, "keywords");
  read_pictures (self, object);
}

/* A picture's hash names a file, so it is looked at before anything uses it */
static gboolean
is_complete (CsListing *self)
{
  for (guint i = 0; i < self->pictures->len; i++)
    {
      CsListingPicture *picture = self->pictures->pdata[i];

      if (!cs_hash_is_valid (picture->hash))
        return FALSE;
    }

  return self->key != NULL && self->key[0] != '\0' && self->channel != NULL;
}

/* Fills an empty @self from @bytes */
static gboolean
read_bytes (CsListing *self,
            GBytes    *bytes,
            GError   **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *again = NULL;
  gsize            length;
  const char      *text = g_bytes_get_data (bytes, &length);

  if (text != NULL && g_utf8_validate_len (text, length, NULL))
    root = cs_json_parse (text, length, &reason);

  if (cs_json_int (cs_json_node_object (root), "format", 0) > FORMAT)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_NEWER,
                           _("This was approved with a newer version of Countersign. Update the program to send it."));
      return FALSE;
    }

  if (cs_json_node_object (root) != NULL)
    {
      read_members (self, cs_json_node_object (root));
      again = write_canonical (self);
    }

  if (again == NULL || strlen (again) != length || memcmp (again, text, length) != 0 ||
      !is_complete (self))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_CORRUPT,
                           _("What was approved cannot be read any more. Nothing was sent; approve the product again."));
      return FALSE;
    }

  self->bytes = g_bytes_ref (bytes);
  self->hash = cs_hash_bytes (bytes);

  return TRUE;
}

/**
 * cs_listing_add_picture:
 * @hash: of the finished file, as cs_hash_bytes() writes it
 *
 * Returns: (transfer none): the new last picture
 */
CsListingPicture *
cs_listing_add_picture (CsListing  *self,
                        const char *hash,
                        const char *mime,
                        const char *name,
                        const char *alt_text)
{
  CsListingPicture *picture;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (cs_hash_is_valid (hash), NULL);

  if (self->pictures == NULL)
    self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_listing_picture_free);

  picture = g_new0 (CsListingPicture, 1);
  picture->hash = g_strdup (hash);
  picture->mime = g_strdup (mime);
  picture->name = g_strdup (name);
  picture->alt_text = g_strdup (alt_text);
  g_ptr_array_add (self->pictures, picture);

  return picture;
}

/**
 * cs_listing_freeze:
 *
 * Writes the fields to @bytes and @hash, and then reads every field back from
 * @bytes: what the fields say from here on is what is signed. A frozen listing
 * is frozen anew by setting fields and calling this again.
 */
void
cs_listing_freeze (CsListing *self)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *canonical;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->key != NULL && self->channel != NULL);

  canonical = write_canonical (self);
  bytes = g_bytes_new_take (canonical, strlen (canonical));
  cs_listing_clear (self);

  if (!read_bytes (self, bytes, &error))
    g_critical ("A listing does not read back as it was written: %s", error->message);
}

/**
 * cs_listing_parse:
 *
 * Reads a frozen listing. That @bytes are those that were signed is for the
 * caller to see: compare the result's hash.
 *
 * Returns: (transfer full): the listing, or NULL with %CS_ERROR_CORRUPT or
 *   %CS_ERROR_NEWER
 */
CsListing *
cs_listing_parse (GBytes  *bytes,
                  GError **error)
{
  g_autoptr (CsListing) self = cs_listing_new ();

  g_return_val_if_fail (bytes != NULL, NULL);

  return read_bytes (self, bytes, error) ? g_steal_pointer (&self) : NULL;
}

const char *
cs_operation_get_name (CsOperation operation)
{
  g_return_val_if_fail (operation < G_N_ELEMENTS (operations), NULL);

  return operations[operation];
}

gboolean
cs_operation_from_name (const char  *name,
                        CsOperation *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      if (g_strcmp0 (operations[i], name) == 0)
        {
          *operation = i;
          return TRUE;
        }
    }

  return FALSE;
}
