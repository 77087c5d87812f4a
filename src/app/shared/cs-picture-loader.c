/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fiber.h"
#include "cs-picture-loader.h"

/* The textures stand in a hash table and in a queue, last used first. A
 * picture that two ask for at the same time is loaded once: the future that is
 * under way is kept until it settles and handed to both.
 */
#define CACHE_BYTES (64 * 1024 * 1024)

struct _CsPictureLoader
{
  GObject parent_instance;

  CsDesk       *desk; /* weak: it owns us */
  DexScheduler *pool;
  GHashTable   *cache; /* "hash:side" → GList link of entries */
  GQueue        entries;
  gsize         bytes;
  GHashTable   *under_way; /* "hash:side" → DexFuture */
};

G_DEFINE_FINAL_TYPE (CsPictureLoader, cs_picture_loader, G_TYPE_OBJECT)

typedef struct
{
  char       *key;
  GdkTexture *texture;
  gsize       bytes;
} Entry;

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->key, g_free);
  g_clear_object (&entry->texture);
  g_free (entry);
}

static char *
make_key (const char *hash,
          int         max_side)
{
  return g_strdup_printf ("%s:%d", hash, max_side);
}

static void
drop_oldest (CsPictureLoader *self)
{
  Entry *entry = g_queue_pop_tail (&self->entries);

  g_hash_table_remove (self->cache, entry->key);
  self->bytes -= entry->bytes;
  entry_free (entry);
}

static void
keep (CsPictureLoader *self,
      const char      *key,
      GdkTexture      *texture)
{
  Entry *entry;

  if (g_hash_table_contains (self->cache, key))
    return;

  entry = g_new0 (Entry, 1);
  entry->key = g_strdup (key);
  entry->texture = g_object_ref (texture);
  entry->bytes = (gsize) gdk_texture_get_width (texture) * gdk_texture_get_height (texture) * 4;

  g_queue_push_head (&self->entries, entry);
  g_hash_table_insert (self->cache, entry->key, self->entries.head);
  self->bytes += entry->bytes;

  while (self->bytes > CACHE_BYTES && self->entries.length > 1)
    drop_oldest (self);
}

/* Loading */

static DexFuture *
read_thumbnail (gpointer data)
{
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = gdk_texture_new_from_filename (data, &error);

  if (texture == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_object (texture);
}

GdkTexture *
cs_picture_texture_new (GVariant *pixels,
                        GError  **error)
{
  g_autoptr (GVariant) data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean has_alpha;
  int      width, height, stride;

  g_return_val_if_fail (g_variant_is_of_type (pixels, G_VARIANT_TYPE ("(iiibay)")), NULL);

  g_variant_get (pixels, "(iiib@ay)", &width, &height, &stride, &has_alpha, &data);
  bytes = g_variant_get_data_as_bytes (data);

  if (width < 1 || height < 1 || stride < width * (has_alpha ? 4 : 3) ||
      g_bytes_get_size (bytes) < (gsize) stride * (height - 1) + (gsize) width * (has_alpha ? 4 : 3))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, "The picture helper's answer is too short");
      return NULL;
    }

  return gdk_memory_texture_new (width, height, has_alpha ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8, bytes, stride);
}

typedef struct
{
  CsPictureLoader *loader;
  CsDesk          *desk;
  char            *hash;
  char            *key;
  int              max_side;
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->loader);
  g_clear_object (&load->desk);
  g_clear_pointer (&load->hash, g_free);
  g_clear_pointer (&load->key, g_free);
  g_free (load);
}

static GdkTexture *
load_texture (Load    *load,
              GError **error)
{
  g_autoptr (GVariant) pixels = NULL;

  if (load->max_side == CS_PICTURE_THUMBNAIL)
    return dex_await_object (dex_scheduler_spawn (load->loader->pool, 256 * 1024, read_thumbnail,
                                                  cs_desk_dup_picture_path (load->desk, load->hash), g_free),
                             error);

  if (!(pixels = dex_await_variant (cs_desk_load_pixels (load->desk, load->hash, load->max_side), error)))
    return NULL;

  return cs_picture_texture_new (pixels, error);
}

static DexFuture *
load_fiber (gpointer data)
{
  Load *load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = load_texture (load, &error);

  g_hash_table_remove (load->loader->under_way, load->key);

  if (texture == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  keep (load->loader, load->key, texture);

  return dex_future_new_take_object (g_steal_pointer (&texture));
}

DexFuture *
cs_picture_loader_load (CsPictureLoader *self,
                        const char      *hash,
                        int              max_side)
{
  g_autofree char *key = NULL;
  DexFuture       *future;
  GList           *link;
  Load            *load;

  dex_return_error_if_fail (CS_IS_PICTURE_LOADER (self));
  dex_return_error_if_fail (hash != NULL);
  dex_return_error_if_fail (self->desk != NULL);

  key = make_key (hash, max_side);
  if ((link = g_hash_table_lookup (self->cache, key)) != NULL)
    {
      g_queue_unlink (&self->entries, link);
      g_queue_push_head_link (&self->entries, link);
      return dex_future_new_for_object (((Entry *) link->data)->texture);
    }

  if ((future = g_hash_table_lookup (self->under_way, key)) != NULL)
    return dex_ref (future);

  load = g_new0 (Load, 1);
  load->loader = g_object_ref (self);
  load->desk = g_object_ref (self->desk);
  load->hash = g_strdup (hash);
  load->key = g_strdup (key);
  load->max_side = max_side;

  future = cs_fiber_spawn (load_fiber, load, (GDestroyNotify) load_free);
  if (dex_future_is_pending (future))
    g_hash_table_insert (self->under_way, g_steal_pointer (&key), dex_ref (future));

  return future;
}

GdkTexture *
cs_picture_loader_dup_cached (CsPictureLoader *self,
                              const char      *hash,
                              int              max_side)
{
  g_autofree char *key = NULL;
  GList           *link;

  g_return_val_if_fail (CS_IS_PICTURE_LOADER (self), NULL);

  if (hash == NULL)
    return NULL;

  key = make_key (hash, max_side);
  link = g_hash_table_lookup (self->cache, key);

  return link != NULL ? g_object_ref (((Entry *) link->data)->texture) : NULL;
}

static void
cs_picture_loader_finalize (GObject *object)
{
  CsPictureLoader *self = CS_PICTURE_LOADER (object);

  g_clear_weak_pointer (&self->desk);
  g_clear_pointer (&self->cache, g_hash_table_unref);
  g_clear_pointer (&self->under_way, g_hash_table_unref);
  g_queue_clear_full (&self->entries, (GDestroyNotify) entry_free);
  dex_clear (&self->pool);

  G_OBJECT_CLASS (cs_picture_loader_parent_class)->finalize (object);
}

static void
cs_picture_loader_class_init (CsPictureLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_picture_loader_finalize;
}

static void
cs_picture_loader_init (CsPictureLoader *self)
{
  self->pool = dex_thread_pool_scheduler_new ();
  self->cache = g_hash_table_new (g_str_hash, g_str_equal);
  self->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dex_unref);
  g_queue_init (&self->entries);
}

/**
 * cs_picture_loader_get:
 *
 * Returns: (transfer none): the one loader of @desk, which keeps it
 */
CsPictureLoader *
cs_picture_loader_get (CsDesk *desk)
{
  static GQuark    quark;
  CsPictureLoader *self;

  g_return_val_if_fail (CS_IS_DESK (desk), NULL);

  if (quark == 0)
    quark = g_quark_from_static_string ("cs-picture-loader");

  if ((self = g_object_get_qdata (G_OBJECT (desk), quark)) == NULL)
    {
      self = g_object_new (CS_TYPE_PICTURE_LOADER, NULL);
      g_set_weak_pointer (&self->desk, desk);
      g_object_set_qdata_full (G_OBJECT (desk), quark, self, g_object_unref);
    }

  return self;
}
