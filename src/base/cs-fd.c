/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-error.h"
#include "cs-fd.h"

int
cs_fd_open (const char *path,
            GError    **error)
{
  /* A pipe or a terminal would wait for ever without O_NONBLOCK */
  g_autofd int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  int          reason = errno;
  struct stat  info;

  if (fd == -1)
    g_set_error_literal (error, CS_ERROR, reason == ENOENT ? CS_ERROR_NOT_FOUND : CS_ERROR_UNREADABLE,
                         reason == ENOENT   ? _("The file is not there any more.")
                         : reason == EACCES ? _("The file may not be read.")
                         : reason == ELOOP  ? _("This is a link to another place, and links are not followed.")
                                            : g_strerror (reason));
  else if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, _("This is not a file."));
  else if (info.st_size == 0)
    g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, _("The file is empty."));
  else
    return g_steal_fd (&fd);

  return -1;
}

int
cs_fd_from_bytes (GBytes  *bytes,
                  GError **error)
{
  g_autofd int fd = memfd_create ("countersign", MFD_CLOEXEC);
  gsize        length;
  const char  *data = g_bytes_get_data (bytes, &length);

  if (fd == -1 || !cs_fd_write_all (fd, data, length))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, _("There is not enough memory for this"));
      return -1;
    }

  return g_steal_fd (&fd);
}

gboolean
cs_fd_write_all (int           fd,
                 gconstpointer data,
                 gsize         length)
{
  const guint8 *left = data;

  while (length > 0)
    {
      gssize n = write (fd, left, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n == 0)
        errno = EIO;
      if (n <= 0)
        return FALSE;
      left += n;
      length -= n;
    }

  return TRUE;
}

gssize
cs_fd_read_at (int      fd,
               gpointer data,
               gsize    length,
               goffset  offset)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = pread (fd, (guint8 *) data + done, length - done, offset + done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += n;
    }

  return done;
}
