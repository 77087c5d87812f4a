/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "cs-hash.h"
#include "cs-sha256.h"

static void
test_known (void)
{
  g_autofree char *empty = cs_hash_data (NULL, 0);
  g_autofree char *abc = cs_hash_data ("abc", 3);

  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_true (cs_hash_is_valid (abc));
}

/* Every length around the borders of blocks, in one piece and in odd ones,
 * against GLib's own
 */
static void
test_pieces (void)
{
  g_autofree guint8 *data = g_malloc (3000);

  for (int i = 0; i < 3000; i++)
    data[i] = i * 131 + i / 7;

  for (gsize length = 0; length < 3000; length += length < 260 ? 1 : 97)
    {
      g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
      g_autofree char *whole = cs_hash_data (data, length);
      g_autofree char *pieced = NULL;
      g_auto (CsSha256) sha = { 0 };

      cs_sha256_init (&sha);
      for (gsize done = 0, step = 1; done < length; done += step, step = step % 71 + 13)
        {
          step = MIN (step, length - done);
          cs_sha256_update (&sha, data + done, step);
        }
      pieced = cs_sha256_finish (&sha);

      g_assert_cmpstr (whole, ==, expected);
      g_assert_cmpstr (pieced, ==, expected);
    }
}

static void
test_file (void)
{
  g_autofree char   *path = NULL;
  g_autofree guint8 *data = g_malloc0 (400001);
  g_autofree char   *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, 400001);
  g_autofree char   *hash = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("hash-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (write (fd, data, 400001), ==, 400001);
  hash = cs_hash_fd (fd, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hash, ==, expected);
  close (fd);
  unlink (path);

  g_assert_null (cs_hash_fd (-1, &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/hash/known", test_known);
  g_test_add_func ("/base/hash/pieces", test_pieces);
  g_test_add_func ("/base/hash/file", test_file);

  return g_test_run ();
}
