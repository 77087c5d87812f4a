/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-blobs.h"
#include "cs-desk-private.h"
#include "cs-fd.h"
#include "cs-grouping.h"
#include "cs-hash.h"
#include "cs-text.h"

/* The work of an import: each file measured and kept, each folder made into
 * products as soon as all of it was read. A stop or a kill at any point loses
 * nothing, and what it left is taken up by cs_desk_resume().
 *
 * A photo is measured first and kept then, so that a film that was dropped
 * with the photos is not copied into the library. What counts is the copy: a
 * file that changed in between is measured again from it.
 */

/* One folder of one import */
typedef struct
{
  char    *path;
  GArray  *members; /* guint: indices of items */
  guint    n_left;
  gboolean one_of_several;
} Folder;

/* An import under way, shared by those who work on it */
typedef struct
{
  CsDesk          *desk;
  CsJob           *job;
  CsImportSummary *summary;
  GPtrArray       *items;   /* (element-type CsImportItem) */
  GPtrArray       *photos;  /* (element-type CsPhoto), by item; NULL where there is none */
  GPtrArray       *folders; /* (element-type Folder) */
  Folder         **folder_of; /* by item */
  guint            next;
  GError          *error;   /* the library's trouble, not a file's: it ends the import */
} Import;

static void
folder_free (gpointer data)
{
  Folder *folder = data;

  g_free (folder->path);
  g_array_unref (folder->members);
  g_free (folder);
}

static void
import_clear (gpointer data)
{
  Import *import = data;

  g_clear_object (&import->desk);
  g_clear_object (&import->job);
  g_clear_pointer (&import->summary, cs_import_summary_unref);
  g_clear_pointer (&import->items, g_ptr_array_unref);
  g_clear_pointer (&import->photos, g_ptr_array_unref);
  g_clear_pointer (&import->folders, g_ptr_array_unref);
  g_clear_pointer (&import->folder_of, g_free);
  g_clear_error (&import->error);
}

static void
import_unref (gpointer data)
{
  g_rc_box_release_full (data, import_clear);
}

static void
photo_free (gpointer data)
{
  if (data != NULL)
    cs_photo_unref (data);
}

/* A file's name, made safe to show; a pasted picture lies in the library itself */
static char *
dup_shown_name (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *clean = cs_text_clean (name, FALSE);

  if (cs_hash_is_valid (clean))
    return g_strdup (_("Pasted picture"));

  return g_steal_pointer (&clean);
}

static void
add_failure (CsImportSummary *summary,
             const char      *path,
             const char      *reason)
{
  g_autofree char *name = dup_shown_name (path);

  summary->n_failed++;
  g_ptr_array_add (summary->failures, g_strdup_printf ("%s: %s", name, reason));
}

CsPhoto *
cs_desk_new_photo (CsImageInfo *info,
                   const char  *hash,
                   const char  *thumbnail)
{
  CsPhoto *photo = cs_photo_new ();

  photo->hash = g_strdup (hash);
  photo->thumbnail = g_strdup (thumbnail);
  photo->mime = g_strdup (info->mime);
  photo->width = info->width;
  photo->height = info->height;
  photo->taken_at = info->taken_at;
  photo->likeness = info->likeness;
  photo->labels = g_strdup (info->labels);
  photo->finding = g_strdup (info->finding);

  return photo;
}

/* Measures and keeps what is behind fd. What the file is to blame for is
 * CS_ERROR_UNREADABLE, anything else the library.
 */
CsPhoto *
cs_desk_keep_photo (CsDesk     *self,
                    int         fd,
                    const char *path,
                    GError    **error)
{
  g_autoptr (CsImageInfo) info = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *thumbnail = NULL;
  CsPhoto         *photo;

  if (!(info = dex_await_boxed (cs_image_inspect (self->image, fd), &reason)))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, reason->message);
      return NULL;
    }

  if (!(hash = dex_await_string (cs_blobs_put_file (self->store, fd), error)))
    return NULL;

  if (g_strcmp0 (hash, info->hash) != 0)
    {
      g_autofd int copy = cs_blobs_open (self->store, hash, error);

      g_clear_pointer (&info, cs_image_info_unref);
      if (copy == -1 || !(info = dex_await_boxed (cs_image_inspect (self->image, copy), error)))
        return NULL;
    }

  if (!(thumbnail = dex_await_string (cs_blobs_put_bytes (self->store, info->thumbnail), error)))
    return NULL;

  photo = cs_desk_new_photo (info, hash, thumbnail);
  photo->name = dup_shown_name (path);

  return photo;
}

/* Runs to its end even where the import was stopped: the helper has the descriptor */
static DexFuture *
keep_file_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPhoto) photo = NULL;
  g_autofd int fd = -1;

  if ((fd = cs_fd_open (call->text, &error)) == -1 ||
      !(photo = cs_desk_keep_photo (call->desk, fd, call->text, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_PHOTO, g_steal_pointer (&photo));
}

static DexFuture *
keep_file (CsDesk     *self,
           const char *path)
{
  CsDeskCall *call = cs_desk_call_new (self);

  call->text = g_strdup (path);

  return cs_fiber_spawn_disowned (keep_file_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

static gboolean
fail_item (Import       *import,
           CsImportItem *item,
           const char   *reason,
           GError      **error)
{
  add_failure (import->summary, item->path, reason);

  return dex_await (cs_imports_fail (import->desk->store, item->id, reason), error);
}

/* One file: kept, a twin, or failed. FALSE where the import has to end. */
static gboolean
import_item (Import  *import,
             guint    index,
             GError **error)
{
  CsImportItem *item = import->items->pdata[index];
  g_autoptr (CsPhoto) photo = NULL;
  g_autoptr (GError) reason = NULL;
  CsKept kept;

  photo = dex_await_boxed (dex_future_first (keep_file (import->desk, item->path),
                                             dex_cancellable_new_from_cancellable (cs_job_get_cancellable (import->job)),
                                             NULL),
                           &reason);
  if (photo == NULL)
    {
      if (g_error_matches (reason, CS_ERROR, CS_ERROR_UNREADABLE))
        return fail_item (import, item, reason->message, error);

      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  if (item->folder != NULL)
    photo->folder = g_path_get_basename (item->folder);

  kept = dex_await_uint (cs_imports_keep (import->desk->store, item->id, photo), &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  if (kept == CS_KEPT_NEW)
    import->photos->pdata[index] = g_steal_pointer (&photo);
  else
    import->summary->n_twins++;

  if (kept == CS_KEPT_BACK)
    {
      import->summary->n_back++;
      cs_desk_changed (import->desk, CS_DESK_PRODUCTS, 0);
    }

  return TRUE;
}

static gboolean
make_product (Import  *import,
              GArray  *members,
              GArray  *group,
              GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) reason = NULL;
  CsImportItem *first = NULL;
  gint64        product;

  for (guint i = 0; i < group->len; i++)
    {
      guint         index = g_array_index (members, guint, g_array_index (group, guint, i));
      CsImportItem *item = import->items->pdata[index];

      if (first == NULL)
        first = item;
      g_array_append_val (ids, item->id);
    }

  product = dex_await_int64 (cs_imports_make_product (import->desk->store,
                                                      (gint64 *) (gpointer) ids->data, ids->len),
                             &reason);
  if (reason != NULL ||
      !cs_desk_give_sample_values (import->desk, product, first->path, &reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  import->summary->n_photos += ids->len;
  import->summary->n_products++;
  g_array_append_val (import->summary->products, product);
  cs_desk_changed (import->desk, CS_DESK_PRODUCTS, 0);

  return TRUE;
}

static GPtrArray *
group_as_one (guint n)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  GArray    *all = g_array_new (FALSE, FALSE, sizeof n);

  for (guint i = 0; i < n; i++)
    g_array_append_val (all, i);
  g_ptr_array_add (groups, all);

  return groups;
}

/* All of a folder was read: its photos become products */
static gboolean
finish_folder (Import  *import,
               Folder  *folder,
               GError **error)
{
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) groups = NULL;

  for (guint i = 0; i < folder->members->len; i++)
    {
      guint index = g_array_index (folder->members, guint, i);

      if (import->photos->pdata[index] == NULL)
        continue;

      g_ptr_array_add (photos, import->photos->pdata[index]);
      g_array_append_val (members, index);
    }

  if (photos->len > 0 && cs_desk_is_sample (folder->path))
    groups = group_as_one (photos->len);
  else
    groups = cs_grouping_group (photos, folder->one_of_several);

  for (guint i = 0; i < groups->len; i++)
    {
      if (!make_product (import, members, groups->pdata[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
goes_on (Import *import)
{
  return import->error == NULL && !cs_job_is_stopped (import->job) && import->next < import->items->len;
}

static DexFuture *
work_fiber (gpointer data)
{
  Import *import = data;

  while (goes_on (import))
    {
      guint         index = import->next++;
      CsImportItem *item = import->items->pdata[index];
      Folder       *folder = import->folder_of[index];
      g_autoptr (GError) error = NULL;

      if (g_strcmp0 (item->state, "pending") == 0)
        import_item (import, index, &error);

      if (error == NULL && --folder->n_left == 0)
        finish_folder (import, folder, &error);

      cs_job_advance (import->job, 1);

      if (error != NULL && import->error == NULL && !cs_job_is_stopped (import->job))
        import->error = g_steal_pointer (&error);
    }

  return dex_future_new_true ();
}

static Folder *
find_folder (Import       *import,
             GHashTable   *by_key,
             CsImportItem *item)
{
  g_autofree char *path = g_path_get_dirname (item->path);
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", item->batch, path);
  Folder *folder = g_hash_table_lookup (by_key, key);

  if (folder == NULL)
    {
      folder = g_new0 (Folder, 1);
      folder->path = g_steal_pointer (&path);
      folder->members = g_array_new (FALSE, FALSE, sizeof (guint));
      g_ptr_array_add (import->folders, folder);
      g_hash_table_insert (by_key, g_steal_pointer (&key), folder);
    }

  return folder;
}

/* A folder beside others and with none in it holds one product rather than many */
static void
mark_several (GPtrArray *folders)
{
  g_autoptr (GHashTable) parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < folders->len; i++)
    {
      Folder *folder = folders->pdata[i];
      char   *parent = g_path_get_dirname (folder->path);
      guint   n = GPOINTER_TO_UINT (g_hash_table_lookup (parents, parent));

      g_hash_table_replace (parents, parent, GUINT_TO_POINTER (n + 1));
    }

  for (guint i = 0; i < folders->len; i++)
    {
      Folder          *folder = folders->pdata[i];
      g_autofree char *parent = g_path_get_dirname (folder->path);

      folder->one_of_several = GPOINTER_TO_UINT (g_hash_table_lookup (parents, parent)) > 1 &&
                               !g_hash_table_contains (parents, folder->path);
    }
}

/* Takes what there is to do: all of a batch (0: of every batch), and of others
 * what was kept and has no product yet. Which folders lie beside each other is
 * seen from the whole batch, also where most of it is done.
 */
static Import *
import_new (CsDesk    *self,
            CsJob     *job,
            GPtrArray *items,
            gint64     batch)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Import *import = g_rc_box_new0 (Import);

  import->desk = g_object_ref (self);
  import->job = g_object_ref (job);
  import->summary = cs_desk_new_summary ();
  import->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_import_item_unref);
  import->photos = g_ptr_array_new_with_free_func (photo_free);
  import->folders = g_ptr_array_new_with_free_func (folder_free);
  import->folder_of = g_new0 (Folder *, items->len + 1);

  for (guint i = 0; i < items->len; i++)
    {
      CsImportItem *item = items->pdata[i];
      Folder       *folder = find_folder (import, by_key, item);
      guint         index = import->items->len;
      gboolean      kept = g_strcmp0 (item->state, "kept") == 0 && item->photo != NULL;

      if ((batch != 0 && item->batch != batch && !kept) ||
          (!kept && g_strcmp0 (item->state, "pending") != 0))
        continue;

      g_ptr_array_add (import->items, cs_import_item_ref (item));
      g_ptr_array_add (import->photos, kept ? cs_photo_ref (item->photo) : NULL);
      import->folder_of[index] = folder;
      folder->n_left++;
      g_array_append_val (folder->members, index);
    }

  mark_several (import->folders);
  cs_job_set_total (job, cs_job_get_total (job) + import->items->len);

  return import;
}

/* As many at work as there are cores, and one that copies meanwhile */
CsImportSummary *
cs_desk_run_import (CsDesk  *self,
                    CsJob   *job,
                    gint64   batch,
                    GError **error)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) workers = g_ptr_array_new_with_free_func (dex_unref);
  CsImportSummary *summary = NULL;
  Import          *import;

  if (!(items = dex_await_boxed (cs_imports_list (self->store, 0), error)))
    return NULL;

  import = import_new (self, job, items, batch);
  for (guint i = 0; i <= g_get_num_processors (); i++)
    g_ptr_array_add (workers, cs_fiber_spawn_disowned (work_fiber, g_rc_box_acquire (import), import_unref));

  for (guint i = 0; i < workers->len; i++)
    dex_await (dex_ref (workers->pdata[i]), NULL);

  /* Only now: reading text takes many times as long as bringing a photo in, and
   * both wait for the same helpers.
   */
  dex_future_disown (cs_desk_want_suggestions (self, (gint64 *) (gpointer) import->summary->products->data,
                                               import->summary->products->len));

  /* What came back may have been changed in the archive */
  if (import->summary->n_back > 0)
    dex_future_disown (cs_desk_suggest (self, NULL, 0));

  import->summary->stopped = cs_job_is_stopped (job);
  if (import->error != NULL)
    g_propagate_error (error, g_steal_pointer (&import->error));
  else
    summary = cs_import_summary_ref (import->summary);
  import_unref (import);

  return summary;
}
