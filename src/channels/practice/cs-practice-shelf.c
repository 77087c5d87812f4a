/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cs-hash.h"
#include "cs-json.h"
#include "cs-practice-shelf.h"

#define LARGEST_PICTURE (30 * 1024 * 1024)
#define LONGEST_TITLE   500

/* Of each product only what it is found by stays in memory */
typedef struct
{
  gint64   id;
  char    *key;
  char    *sku;
  gboolean live;
} Label;

struct _CsPracticeShelf
{
  GMutex     mutex;
  char      *products;
  char      *pictures;
  GPtrArray *labels; /* (element-type Label), by id */
  gboolean   is_open;
};

static void
label_free (Label *label)
{
  g_free (label->key);
  g_free (label->sku);
  g_free (label);
}

static void
cs_practice_shelf_clear (CsPracticeShelf *self)
{
  g_mutex_clear (&self->mutex);
  g_free (self->products);
  g_free (self->pictures);
  g_ptr_array_unref (self->labels);
}

CsPracticeShelf *
cs_practice_shelf_new (const char *folder)
{
  CsPracticeShelf *self = g_atomic_rc_box_new0 (CsPracticeShelf);

  g_mutex_init (&self->mutex);
  self->products = g_build_filename (folder, "products", NULL);
  self->pictures = g_build_filename (folder, "pictures", NULL);
  self->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) label_free);

  return self;
}

CsPracticeShelf *
cs_practice_shelf_ref (CsPracticeShelf *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
cs_practice_shelf_unref (CsPracticeShelf *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) cs_practice_shelf_clear);
}

static gboolean
set_error_from_errno (GError    **error,
                      const char *path)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               _("The practice shop cannot write to “%s”: %s"), path, g_strerror (code));

  return FALSE;
}

/* A name is only there once its file is, and stays once we have said so */
static gboolean
sync_folder (const char *folder,
             GError    **error)
{
  int      fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return set_error_from_errno (error, folder);

  done = fsync (fd) == 0 || set_error_from_errno (error, folder);
  close (fd);

  return done;
}

static gboolean
write_file (const char *folder,
            const char *name,
            const char *data,
            gsize       length,
            GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, data, length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error) &&
         sync_folder (folder, error);
}

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const Label *first = *(const Label *const *) a;
  const Label *second = *(const Label *const *) b;

  return (first->id > second->id) - (first->id < second->id);
}

static Label *
find_label (CsPracticeShelf *self,
            gint64           id)
{
  for (guint i = self->labels->len; i > 0; i--)
    {
      Label *label = self->labels->pdata[i - 1];

      if (label->id == id)
        return label;
    }

  return NULL;
}

static void
write_label (Label      *label,
             JsonObject *product)
{
  g_set_str (&label->key, cs_json_string (product, "key", NULL));
  g_set_str (&label->sku, cs_json_string (product, "sku", NULL));
  label->live = g_str_equal (cs_json_string (product, "state", ""), "live");
}

static JsonNode *
load (CsPracticeShelf *self,
      gint64           id,
      GError         **error)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT ".json", id);
  g_autofree char *path = g_build_filename (self->products, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;

  if (!(node = cs_json_parse (text, length, NULL)) || cs_json_node_object (node) == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_CORRUPT, _("The practice shop's file “%s” is damaged."), path);
      return NULL;
    }

  return g_steal_pointer (&node);
}

/* A product that cannot be read makes the shop refuse to open: going on
 * without it would let it be created a second time.
 */
static gboolean
load_labels (CsPracticeShelf *self,
             GError         **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!(dir = g_dir_open (self->products, 0, error)))
    return FALSE;

  while ((name = g_dir_read_name (dir)))
    {
      char  *end = NULL;
      gint64 id = g_ascii_strtoll (name, &end, 10);
      g_autoptr (JsonNode) node = NULL;
      Label *label;

      if (id <= 0 || !g_str_equal (end, ".json"))
        continue;

      if (!(node = load (self, id, error)))
        return FALSE;

      label = g_new0 (Label, 1);
      label->id = id;
      write_label (label, cs_json_node_object (node));
      g_ptr_array_add (self->labels, label);
    }

  g_ptr_array_sort (self->labels, compare_labels);

  return TRUE;
}

gboolean
cs_practice_shelf_open (CsPracticeShelf *self,
                        GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->is_open)
    return TRUE;

  if (g_mkdir_with_parents (self->products, 0700) < 0)
    return set_error_from_errno (error, self->products);
  if (g_mkdir_with_parents (self->pictures, 0700) < 0)
    return set_error_from_errno (error, self->pictures);

  g_ptr_array_set_size (self->labels, 0);
  self->is_open = load_labels (self, error);

  return self->is_open;
}

/* By what the bytes are, not by what they are called */
static const char *
sniff_picture (GBytes *bytes)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (length < 12)
    return NULL;
  if (memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "image/webp";

  return NULL;
}

char *
cs_practice_shelf_add_picture (CsPracticeShelf *self,
                               GBytes          *bytes,
                               GError         **error)
{
  g_autofree char *id = cs_hash_bytes (bytes);
  g_autofree char *path = g_build_filename (self->pictures, id, NULL);
  gsize            length;
  const char      *data = g_bytes_get_data (bytes, &length);

  if (length > LARGEST_PICTURE || sniff_picture (bytes) == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("The practice shop takes JPEG, PNG and WebP pictures of at most 30 MB."));
      return NULL;
    }

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !write_file (self->pictures, id, data, length, error))
    return NULL;

  return g_steal_pointer (&id);
}

/**
 * cs_practice_shelf_get_picture:
 * @mime: (out): what it is
 *
 * Returns: (nullable) (transfer full): the bytes
 */
GBytes *
cs_practice_shelf_get_picture (CsPracticeShelf *self,
                               const char      *id,
                               const char     **mime)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize length;

  if (!cs_hash_is_valid (id))
    return NULL;

  path = g_build_filename (self->pictures, id, NULL);
  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;

  bytes = g_bytes_new_take (data, length);
  *mime = sniff_picture (bytes);

  return *mime != NULL ? g_steal_pointer (&bytes) : NULL;
}

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, sentence);

  return FALSE;
}

static gboolean
check (CsPracticeShelf *self,
       JsonObject      *content,
       GError         **error)
{
  const char *title = cs_json_string (content, "title", "");
  JsonArray  *pictures = cs_json_array (content, "pictures");

  if (cs_json_string (content, "key", "")[0] == '\0')
    return refuse (error, _("The product has no key of its own."));

  if (title[0] == '\0' || g_utf8_strlen (title, -1) > LONGEST_TITLE)
    return refuse (error, _("The title is missing or too long. Give the product a title, then approve it again."));

  for (guint i = 0; pictures != NULL && i < json_array_get_length (pictures); i++)
    {
      const char      *id = cs_json_string (cs_json_array_object (pictures, i), "id", NULL);
      g_autofree char *path = cs_hash_is_valid (id) ? g_build_filename (self->pictures, id, NULL) : NULL;

      if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return refuse (error, _("A picture is missing. Approve the product again."));
    }

  return TRUE;
}

/* The key belongs to one product, and so does a SKU, as in real shops */
static gboolean
check_unique (CsPracticeShelf *self,
              gint64           id,
              JsonObject      *content,
              GError         **error)
{
  const char *key = cs_json_string (content, "key", "");
  const char *sku = cs_json_string (content, "sku", "");

  for (guint i = 0; i < self->labels->len; i++)
    {
      Label *label = self->labels->pdata[i];

      if (label->id == id)
        continue;

      if (g_strcmp0 (label->key, key) == 0 || (sku[0] != '\0' && g_strcmp0 (label->sku, sku) == 0))
        {
          g_set_error_literal (error, CS_ERROR, CS_ERROR_CONFLICT,
                               _("Another product in the practice shop has this SKU."));
          return FALSE;
        }
    }

  return TRUE;
}

static const char *const kept_members[] = {
  "key", "sku", "title", "description", "bullets", "keywords", "price", "stock", "brand",
  "material", "size", "category", "attributes", "variants", "labels", "pictures"
};

static JsonNode *
make_product (JsonObject *content,
              gint64      id,
              gint64      version,
              const char *state)
{
  JsonNode        *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject      *product = json_object_new ();
  g_autofree char *id_text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  json_node_take_object (node, product);
  json_object_set_string_member (product, "id", id_text);
  json_object_set_int_member (product, "version", version);
  json_object_set_string_member (product, "state", state);
  for (guint i = 0; i < G_N_ELEMENTS (kept_members); i++)
    {
      JsonNode *member = json_object_get_member (content, kept_members[i]);

      if (member != NULL)
        json_object_set_member (product, kept_members[i], json_node_copy (member));
    }

  return node;
}

static gboolean
save (CsPracticeShelf *self,
      JsonNode        *node,
      GError         **error)
{
  JsonObject      *product = cs_json_node_object (node);
  gint64           id = g_ascii_strtoll (cs_json_string (product, "id", "0"), NULL, 10);
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT ".json", id);
  g_autofree char *text = cs_json_canonical (node);
  Label           *label = find_label (self, id);

  if (!write_file (self->products, name, text, strlen (text), error))
    return FALSE;

  if (label == NULL)
    {
      label = g_new0 (Label, 1);
      label->id = id;
      g_ptr_array_add (self->labels, label);
    }
  write_label (label, product);

  return TRUE;
}

JsonNode *
cs_practice_shelf_add (CsPracticeShelf *self,
                       JsonObject      *content,
                       GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (JsonNode) product = NULL;
  gint64 id = 1;

  if (!check (self, content, error) || !check_unique (self, 0, content, error))
    return NULL;

  if (self->labels->len > 0)
    id = ((Label *) self->labels->pdata[self->labels->len - 1])->id + 1;

  product = make_product (content, id, 1, "draft");

  return save (self, product, error) ? g_steal_pointer (&product) : NULL;
}

static JsonNode *
load_known (CsPracticeShelf *self,
            gint64           id,
            GError         **error)
{
  if (find_label (self, id) == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no such product in the practice shop."));
      return NULL;
    }

  return load (self, id, error);
}

JsonNode *
cs_practice_shelf_replace (CsPracticeShelf *self,
                           gint64           id,
                           JsonObject      *content,
                           GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  JsonObject *old;

  if (!(before = load_known (self, id, error)) || !check (self, content, error) ||
      !check_unique (self, id, content, error))
    return NULL;

  old = cs_json_node_object (before);
  after = make_product (content, id, cs_json_int (old, "version", 0) + 1, cs_json_string (old, "state", "draft"));

  return save (self, after, error) ? g_steal_pointer (&after) : NULL;
}

JsonNode *
cs_practice_shelf_change (CsPracticeShelf *self,
                          gint64           id,
                          JsonObject      *content,
                          GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  JsonObject *old, *whole;

  if (!(before = load_known (self, id, error)))
    return NULL;

  old = cs_json_node_object (before);
  after = make_product (old, id, cs_json_int (old, "version", 0) + 1, cs_json_string (old, "state", "draft"));
  whole = cs_json_node_object (after);
  for (guint i = 0; i < G_N_ELEMENTS (kept_members); i++)
    {
      JsonNode *member = json_object_get_member (content, kept_members[i]);

      if (member != NULL)
        json_object_set_member (whole, kept_members[i], json_node_copy (member));
    }

  if (!check (self, whole, error) || !check_unique (self, id, whole, error))
    return NULL;

  return save (self, after, error) ? g_steal_pointer (&after) : NULL;
}

JsonNode *
cs_practice_shelf_set_state (CsPracticeShelf *self,
                             gint64           id,
                             const char      *state,
                             GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  JsonObject *old;

  if (!(before = load_known (self, id, error)))
    return NULL;

  old = cs_json_node_object (before);
  if (g_str_equal (cs_json_string (old, "state", ""), state))
    return g_steal_pointer (&before);

  after = make_product (old, id, cs_json_int (old, "version", 0) + 1, state);

  return save (self, after, error) ? g_steal_pointer (&after) : NULL;
}

JsonNode *
cs_practice_shelf_get (CsPracticeShelf *self,
                       gint64           id,
                       GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return load_known (self, id, error);
}

JsonNode *
cs_practice_shelf_find (CsPracticeShelf *self,
                        const char      *key,
                        const char      *sku,
                        GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (JsonNode) found = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (found, array);
  for (guint i = 0; i < self->labels->len; i++)
    {
      Label    *label = self->labels->pdata[i];
      JsonNode *product;

      if ((key == NULL || g_strcmp0 (label->key, key) != 0) &&
          (sku == NULL || sku[0] == '\0' || g_strcmp0 (label->sku, sku) != 0))
        continue;

      if (!(product = load (self, label->id, error)))
        return NULL;

      json_array_add_element (array, product);
    }

  return g_steal_pointer (&found);
}

JsonNode *
cs_practice_shelf_list (CsPracticeShelf *self,
                        gint64           before,
                        guint            most,
                        gboolean         live_only,
                        gint64          *next,
                        GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (JsonNode) found = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  *next = 0;
  json_node_take_array (found, array);
  for (guint i = self->labels->len; i > 0; i--)
    {
      Label    *label = self->labels->pdata[i - 1];
      JsonNode *product;

      if ((before > 0 && label->id >= before) || (live_only && !label->live))
        continue;

      if (json_array_get_length (array) == most)
        {
          *next = g_ascii_strtoll (cs_json_string (cs_json_array_object (array, most - 1), "id", "0"), NULL, 10);
          break;
        }

      if (!(product = load (self, label->id, error)))
        return NULL;

      json_array_add_element (array, product);
    }

  return g_steal_pointer (&found);
}

guint
cs_practice_shelf_count_live (CsPracticeShelf *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n = 0;

  for (guint i = 0; i < self->labels->len; i++)
    n += ((Label *) self->labels->pdata[i])->live;

  return n;
}
