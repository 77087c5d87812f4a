/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libdex.h>

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

/* Our children that are still there, zombies too; name: what theirs begins with, or NULL */
static inline GArray *
cs_image_test_helpers (const char *name)
{
  GArray *pids = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *entry;

  while ((entry = g_dir_read_name (proc)))
    {
      g_autofree char *path = g_build_filename ("/proc", entry, "stat", NULL);
      g_autofree char *text = NULL;
      const char      *begin, *end;
      int              pid = atoi (entry), parent = 0;
      char             state;

      if (pid <= 0 || !g_file_get_contents (path, &text, NULL, NULL) ||
          !(begin = strchr (text, '(')) || !(end = strrchr (text, ')')))
        continue;
      if (sscanf (end + 1, " %c %d", &state, &parent) == 2 && parent == getpid () &&
          (name == NULL || g_str_has_prefix (begin + 1, name)))
        g_array_append_val (pids, pid);
    }

  return pids;
}

static inline guint
cs_image_test_count_helpers (const char *name)
{
  g_autoptr (GArray) pids = cs_image_test_helpers (name);

  return pids->len;
}

static inline void
cs_image_test_signal_helpers (const char *name,
                              int         number)
{
  g_autoptr (GArray) pids = cs_image_test_helpers (name);

  for (guint i = 0; i < pids->len; i++)
    kill (g_array_index (pids, int, i), number);
}

static inline void
cs_image_test_wait_until_no_helpers (void)
{
  for (int i = 0; i < 200 && cs_image_test_count_helpers (NULL) > 0; i++)
    dex_await (dex_timeout_new_msec (50), NULL);

  g_assert_cmpuint (cs_image_test_count_helpers (NULL), ==, 0);
}

static inline guint
cs_image_test_count_fds (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;

  return n;
}

G_END_DECLS
