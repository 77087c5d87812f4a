/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cs-blobs.h"
#include "cs-fd.h"
#include "cs-hash.h"
#include "cs-store-private.h"

/* photos/ab/ab01…: two digits of the hash as a folder, so that no folder grows
 * too large. What is being copied stands in photos/incoming/ and gets its name
 * once it is on disk, so a name never stands for half a file.
 */

#define CHUNK (256 * 1024)

typedef struct
{
  int         fd; /* what to copy, or -1 */
  GBytes     *bytes;
  DexPromise *promise;
} Copy;

static void
copy_free (Copy *copy)
{
  g_clear_fd (&copy->fd, NULL);
  g_clear_pointer (&copy->bytes, g_bytes_unref);
  dex_clear (&copy->promise);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static gboolean
refuse_errno (int      code,
              GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               _("The picture could not be kept: %s"), g_strerror (code));

  return FALSE;
}

static char *
dup_path (const char *folder,
          const char *hash)
{
  const char first[] = { hash[0], hash[1], '\0' };

  return g_build_filename (folder, "photos", first, hash, NULL);
}

static gboolean
write_all (int           fd,
           gconstpointer data,
           gsize         length,
           GError      **error)
{
  return cs_fd_write_all (fd, data, length) || refuse_errno (errno, error);
}

/* Hashed while it is copied, so that the name is that of the bytes written */
static char *
write_file (int      from,
            int      to,
            goffset *size,
            GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (CHUNK);

  for (*size = 0;;)
    {
      gssize n = pread (from, buffer, CHUNK, *size);

      if (n < 0 && errno == EINTR)
        continue;

      if (n < 0)
        {
          refuse_errno (errno, error);
          return NULL;
        }

      if (n == 0)
        return g_strdup (g_checksum_get_string (checksum));

      g_checksum_update (checksum, buffer, n);
      if (!write_all (to, buffer, n, error))
        return NULL;
      *size += n;
    }
}

static char *
write_bytes (GBytes  *bytes,
             int      to,
             goffset *size,
             GError **error)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  *size = length;

  return write_all (to, data, length, error) ? cs_hash_bytes (bytes) : NULL;
}

static gboolean
sync_folder (const char *path,
             GError    **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  return (fd >= 0 && fsync (fd) == 0) || refuse_errno (errno, error);
}

static gboolean
is_there (const char *path,
          goffset     size)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size == size;
}

/* Takes over what stands at partial under its name, or finds it there already */
static gboolean
give_name (const char *folder,
           const char *partial,
           const char *hash,
           int         fd,
           goffset     size,
           GError    **error)
{
  g_autofree char *path = dup_path (folder, hash);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *photos = g_path_get_dirname (parent);

  if (is_there (path, size))
    return TRUE;

  if (fchmod (fd, 0444) != 0 || fsync (fd) != 0)
    return refuse_errno (errno, error);

  if (g_mkdir (parent, 0700) == 0)
    {
      if (!sync_folder (photos, error))
        return FALSE;
    }
  else if (errno != EEXIST)
    return refuse_errno (errno, error);

  if (g_rename (partial, path) != 0)
    return refuse_errno (errno, error);

  return sync_folder (parent, error);
}

static char *
copy_in (const char *folder,
         Copy       *copy,
         GError    **error)
{
  g_autofree char *partial = g_build_filename (folder, "photos", "incoming", "XXXXXX", NULL);
  g_autofree char *hash = NULL;
  g_autofd int fd = g_mkstemp_full (partial, O_RDWR | O_CLOEXEC, 0600);
  goffset size;

  if (fd < 0)
    {
      refuse_errno (errno, error);
      return NULL;
    }

  hash = copy->bytes != NULL ? write_bytes (copy->bytes, fd, &size, error)
                             : write_file (copy->fd, fd, &size, error);
  if (hash != NULL && !give_name (folder, partial, hash, fd, size, error))
    g_clear_pointer (&hash, g_free);

  /* Renamed, or not wanted */
  g_unlink (partial);

  return g_steal_pointer (&hash);
}

void
cs_blobs_copy_thread (gpointer data,
                      gpointer folder)
{
  g_autoptr (Copy) copy = data;
  g_autoptr (GError) error = NULL;
  char *hash;

  if ((hash = copy_in (folder, copy, &error)))
    dex_promise_resolve_string (copy->promise, hash);
  else
    dex_promise_reject (copy->promise, g_steal_pointer (&error));
}

/* Also clears away what a kill left half-copied */
gboolean
cs_blobs_make_folders (const char *folder,
                       GError    **error)
{
  g_autofree char *incoming = g_build_filename (folder, "photos", "incoming", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_mkdir_with_parents (incoming, 0700) != 0)
    return refuse_errno (errno, error);

  if (!(dir = g_dir_open (incoming, 0, error)))
    return FALSE;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (incoming, name, NULL);

      g_unlink (path);
    }

  return TRUE;
}

static DexFuture *
put (CsStore *store,
     Copy    *copy)
{
  DexPromise *promise = dex_promise_new ();
  g_autoptr (GError) error = NULL;

  copy->promise = dex_ref (promise);
  if (!cs_store_push_copy (store, copy, &error))
    {
      dex_promise_reject (promise, g_steal_pointer (&error));
      copy_free (copy);
    }

  return DEX_FUTURE (promise);
}

DexFuture *
cs_blobs_put_file (CsStore *store,
                   int      fd)
{
  Copy *copy;
  int   own;

  dex_return_error_if_fail (CS_IS_STORE (store));

  if ((own = fcntl (fd, F_DUPFD_CLOEXEC, 3)) < 0)
    return dex_future_new_for_errno (errno);

  copy = g_new0 (Copy, 1);
  copy->fd = own;

  return put (store, copy);
}

DexFuture *
cs_blobs_put_bytes (CsStore *store,
                    GBytes  *bytes)
{
  Copy *copy;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (bytes != NULL);

  copy = g_new0 (Copy, 1);
  copy->fd = -1;
  copy->bytes = g_bytes_ref (bytes);

  return put (store, copy);
}

char *
cs_blobs_dup_path (CsStore    *store,
                   const char *hash)
{
  g_return_val_if_fail (CS_IS_STORE (store), NULL);

  return cs_hash_is_valid (hash) ? dup_path (cs_store_get_folder (store), hash) : NULL;
}

int
cs_blobs_open (CsStore    *store,
               const char *hash,
               GError    **error)
{
  g_autofree char *path = NULL;
  int fd;

  g_return_val_if_fail (CS_IS_STORE (store), -1);

  if ((path = cs_blobs_dup_path (store, hash)) == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no such picture."));
      return -1;
    }

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND,
                   _("A picture is missing from the library: %s"), g_strerror (code));
    }

  return fd;
}
