/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cs-scan.h"
#include "cs-text.h"

/* Walks what was dropped. A link inside a folder is not followed, since it may
 * lead anywhere, and round in circles; a folder that the person named may be a
 * link itself. A picture in a folder is known by its name or by its first
 * bytes: everything else there is passed over in silence, but a file that was
 * dropped by itself is always tried, so that the person hears what is wrong
 * with it.
 */

#define MAX_DEPTH 64

static const char *const extensions[] = {
  "jpg", "jpeg", "jpe", "jfif", "png", "webp", "tif", "tiff", "heic", "heif", "avif", "gif",
  "bmp", "jxl", "svg", "svgz", "jp2", "ico", "dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf",
};

typedef struct
{
  GPtrArray    *found;
  GPtrArray    *failures;
  GHashTable   *seen; /* "device:inode" of folders, and paths of files */
  GCancellable *cancellable;
} Scan;

typedef struct
{
  char *name; /* bytes as the system gave them */
  char *sort;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry->sort);
  g_free (entry);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *x = *(const Entry *const *) a;
  const Entry *y = *(const Entry *const *) b;
  int          order = strcmp (x->sort, y->sort);

  return order != 0 ? order : strcmp (x->name, y->name);
}

void
cs_scan_file_free (CsScanFile *self)
{
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

static void
add_failure (Scan       *scan,
             const char *path,
             const char *reason)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *clean = cs_text_clean (name, FALSE);

  g_ptr_array_add (scan->failures, g_strdup_printf ("%s: %s", clean, reason));
}

static void
add_file (Scan       *scan,
          const char *path,
          const char *folder)
{
  CsScanFile *file;

  if (!g_hash_table_add (scan->seen, g_strdup (path)))
    return;

  file = g_new0 (CsScanFile, 1);
  file->path = g_strdup (path);
  file->folder = folder != NULL ? g_filename_display_name (folder) : NULL;
  g_ptr_array_add (scan->found, file);
}

static gboolean
has_picture_name (const char *name)
{
  const char *dot = strrchr (name, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (extensions); i++)
    {
      if (g_ascii_strcasecmp (dot + 1, extensions[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/* By its first bytes: JPEG, PNG, GIF, TIFF, WebP, HEIF */
static gboolean
has_picture_bytes (int         folder,
                   const char *name)
{
  g_autofd int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  guint8       head[12];

  if (fd == -1 || read (fd, head, sizeof head) != sizeof head)
    return FALSE;

  return memcmp (head, "\xff\xd8\xff", 3) == 0 ||
         memcmp (head, "\x89PNG", 4) == 0 ||
         memcmp (head, "GIF8", 4) == 0 ||
         memcmp (head, "II*\0", 4) == 0 ||
         memcmp (head, "MM\0*", 4) == 0 ||
         (memcmp (head, "RIFF", 4) == 0 && memcmp (head + 8, "WEBP", 4) == 0) ||
         (memcmp (head + 4, "ftyp", 4) == 0 &&
          (memcmp (head + 8, "hei", 3) == 0 || memcmp (head + 8, "mif1", 4) == 0 || memcmp (head + 8, "avif", 4) == 0));
}

static GPtrArray *
list_folder (DIR *dir)
{
  GPtrArray     *entries = g_ptr_array_new_with_free_func (entry_free);
  struct dirent *found;

  while ((found = readdir (dir)))
    {
      Entry           *entry;
      g_autofree char *shown = NULL;

      if (found->d_name[0] == '.' || g_str_equal (found->d_name, "__MACOSX"))
        continue;

      shown = g_filename_display_name (found->d_name);
      entry = g_new0 (Entry, 1);
      entry->name = g_strdup (found->d_name);
      entry->sort = g_utf8_collate_key_for_filename (shown, -1);
      g_ptr_array_add (entries, entry);
    }

  g_ptr_array_sort (entries, compare_entries);

  return entries;
}

static void scan_folder (Scan       *scan,
                         int         fd,
                         const char *path,
                         const char *folder,
                         guint       depth);

static void
scan_entry (Scan       *scan,
            int         parent,
            const char *name,
            const char *parent_path,
            const char *parent_folder,
            guint       depth)
{
  g_autofree char *path = g_build_filename (parent_path, name, NULL);
  struct stat      info;

  if (fstatat (parent, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    {
      add_failure (scan, path, g_strerror (errno));
    }
  else if (S_ISDIR (info.st_mode))
    {
      g_autofree char *folder = g_build_filename (parent_folder, name, NULL);

      scan_folder (scan, openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
                   path, folder, depth + 1);
    }
  else if (S_ISREG (info.st_mode))
    {
      if (has_picture_name (name) || has_picture_bytes (parent, name))
        add_file (scan, path, parent_folder);
    }
  else if (has_picture_name (name))
    {
      add_failure (scan, path, S_ISLNK (info.st_mode) ? _("This is a link to another place, and links are not followed.")
                                                      : _("This is not a file."));
    }
}

/* Takes fd, which may be -1 with errno set. Files come before folders, so that
 * what lies in one folder stays together.
 */
static void
scan_folder (Scan       *scan,
             int         fd,
             const char *path,
             const char *folder,
             guint       depth)
{
  g_autoptr (GPtrArray) entries = NULL;
  struct stat info;
  DIR        *dir;

  if (fd == -1 || fstat (fd, &info) != 0 || !(dir = fdopendir (fd)))
    {
      add_failure (scan, path, errno == EACCES ? _("This folder may not be opened.") : g_strerror (errno));
      if (fd != -1)
        close (fd);
      return;
    }

  if (depth > MAX_DEPTH)
    add_failure (scan, path, _("This folder lies too deep."));
  else if (g_hash_table_add (scan->seen, g_strdup_printf ("%ju:%ju", (uintmax_t) info.st_dev, (uintmax_t) info.st_ino)))
    entries = list_folder (dir);

  for (guint pass = 0; entries != NULL && pass < 2; pass++)
    {
      for (guint i = 0; i < entries->len && !g_cancellable_is_cancelled (scan->cancellable); i++)
        {
          const char *name = ((Entry *) entries->pdata[i])->name;
          gboolean    is_folder = fstatat (fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR (info.st_mode);

          if (is_folder == (pass == 1))
            scan_entry (scan, fd, name, path, folder, depth);
        }
    }

  closedir (dir);
}

static void
scan_dropped (Scan       *scan,
              const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  struct stat      info;
  struct stat      target;

  if (lstat (path, &info) != 0)
    add_failure (scan, path, errno == ENOENT ? _("There is no such file.") : g_strerror (errno));
  else if (stat (path, &target) == 0 && S_ISDIR (target.st_mode))
    scan_folder (scan, open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), path, name, 0);
  else if (S_ISLNK (info.st_mode))
    add_failure (scan, path, _("This is a link to another place, and links are not followed."));
  else if (!S_ISREG (info.st_mode))
    add_failure (scan, path, _("This is not a file."));
  else
    add_file (scan, path, NULL);
}

/* What is not a file of this computer is said to be so, and left out */
static GPtrArray *
sort_dropped (Scan      *scan,
              GPtrArray *files)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_file_get_path (files->pdata[i]);
      g_autofree char *shown = NULL;
      Entry           *entry;

      if (path == NULL)
        {
          g_autofree char *uri = g_file_get_uri (files->pdata[i]);

          add_failure (scan, uri, _("This is not on this computer. Save it here first."));
          continue;
        }

      shown = g_filename_display_name (path);
      entry = g_new0 (Entry, 1);
      entry->name = g_steal_pointer (&path);
      entry->sort = g_utf8_collate_key_for_filename (shown, -1);
      g_ptr_array_add (entries, entry);
    }

  g_ptr_array_sort (entries, compare_entries);

  return entries;
}

GPtrArray *
cs_scan (GPtrArray    *files,
         GPtrArray    *failures,
         GCancellable *cancellable)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) dropped = NULL;
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_scan_file_free);
  Scan       scan = { found, failures, seen, cancellable };

  dropped = sort_dropped (&scan, files);
  for (guint i = 0; i < dropped->len && !g_cancellable_is_cancelled (cancellable); i++)
    scan_dropped (&scan, ((Entry *) dropped->pdata[i])->name);

  return found;
}
