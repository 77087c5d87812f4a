/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

G_BEGIN_DECLS

/* A new folder with the bad files in it; the caller removes it */
static inline char *
cs_image_test_make_files (void)
{
  g_autoptr (GError) error = NULL;
  char       *folder = g_dir_make_tmp ("countersign-bad-files-XXXXXX", &error);
  const char *argv[] = { g_getenv ("CS_BAD_FILES"), folder, NULL };
  int         status = -1;

  g_assert_no_error (error);
  g_assert_nonnull (argv[0]);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  return folder;
}

static inline void
cs_image_test_remove_files (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      remove (path);
    }

  rmdir (folder);
  g_free (folder);
}

static inline int
cs_image_test_open (const char *folder,
                    const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

static inline char *
cs_image_test_shared (const char *name)
{
  const char      *shared = g_getenv ("CS_SHARED");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "../shared", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

G_END_DECLS
