/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <unistd.h>

#include "cs-hash.h"
#include "cs-sha256.h"

char *
cs_hash_data (gconstpointer data,
              gsize         length)
{
  g_auto (CsSha256) sha = { 0 };

  cs_sha256_init (&sha);
  cs_sha256_update (&sha, data, length);

  return cs_sha256_finish (&sha);
}

char *
cs_hash_bytes (GBytes *bytes)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  return cs_hash_data (data, length);
}

/**
 * cs_hash_fd:
 *
 * Hashes the whole of the file behind @fd, from its beginning, without moving
 * its offset.
 */
char *
cs_hash_fd (int      fd,
            GError **error)
{
  g_auto (CsSha256) sha = { 0 };
  g_autofree guint8 *buffer = g_malloc (128 * 1024);
  gsize offset = 0;

  cs_sha256_init (&sha);

  for (;;)
    {
      gssize n = pread (fd, buffer, 128 * 1024, offset);

      if (n < 0 && errno == EINTR)
        continue;

      if (n < 0)
        {
          g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
          return NULL;
        }

      if (n == 0)
        return cs_sha256_finish (&sha);

      cs_sha256_update (&sha, buffer, n);
      offset += n;
    }
}

gboolean
cs_hash_is_valid (const char *hash)
{
  return hash != NULL &&
         strlen (hash) == CS_HASH_LENGTH &&
         strspn (hash, "0123456789abcdef") == CS_HASH_LENGTH;
}
