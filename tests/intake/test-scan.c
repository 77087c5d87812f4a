/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cs-scan.h"

static char *
new_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("cs-scan-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

static void
put (const char *folder,
     const char *name,
     const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

/* What was found, as "folder/name" without what comes before, joined by spaces */
static char *
scan (const char *folder,
      GPtrArray  *failures)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) found = NULL;
  GString *out = g_string_new (NULL);

  g_ptr_array_add (files, g_file_new_for_path (folder));
  found = cs_scan (files, failures, NULL);
  for (guint i = 0; i < found->len; i++)
    {
      CsScanFile      *file = found->pdata[i];
      g_autofree char *name = g_path_get_basename (file->path);
      const char      *below = file->folder != NULL ? strchr (file->folder, '/') : NULL;

      g_string_append_printf (out, "%s%s%s%s", i > 0 ? " " : "", below != NULL ? below + 1 : "",
                              below != NULL ? "/" : "", name);
    }

  return g_string_free_and_steal (out);
}

static void
test_order (void)
{
  g_autofree char *folder = new_folder ();
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *found = NULL;

  put (folder, "photo10.jpg", "x");
  put (folder, "photo2.jpg", "x");
  put (folder, "sub/photo1.PNG", "x");
  put (folder, "a/z.webp", "x");
  put (folder, ".hidden.jpg", "x");
  put (folder, ".cache/y.jpg", "x");
  put (folder, "__MACOSX/y.jpg", "x");
  put (folder, "notes.txt", "no picture at all");
  put (folder, "unnamed", "\xff\xd8\xff\xe0 twelve bytes and more");

  found = scan (folder, failures);
  g_assert_cmpstr (found, ==, "photo2.jpg photo10.jpg unnamed a/z.webp sub/photo1.PNG");
  g_assert_cmpuint (failures->len, ==, 0);
}

static void
test_links (void)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *other = new_folder ();
  g_autofree char *loop = g_build_filename (folder, "sub", "loop", NULL);
  g_autofree char *link = g_build_filename (folder, "link.jpg", NULL);
  g_autofree char *zero = g_build_filename (folder, "zero.jpg", NULL);
  g_autofree char *alias = g_build_filename (other, "alias", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.jpg", NULL);
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *found = NULL;
  g_autofree char *again = NULL;

  put (folder, "sub/one.jpg", "x");
  put (other, "secret.jpg", "x");
  g_assert_cmpint (symlink (folder, loop), ==, 0);
  g_assert_cmpint (symlink (other, link), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", zero), ==, 0);
  g_assert_cmpint (symlink (folder, alias), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  found = scan (folder, failures);
  g_assert_cmpstr (found, ==, "sub/one.jpg");
  g_assert_cmpuint (failures->len, ==, 3);
  g_assert_true (g_str_has_prefix (failures->pdata[0], "link.jpg: "));
  g_assert_true (g_str_has_prefix (failures->pdata[1], "pipe.jpg: "));
  g_assert_true (g_str_has_prefix (failures->pdata[2], "zero.jpg: "));

  /* A folder that the person named may be a link itself */
  again = scan (alias, failures);
  g_assert_cmpstr (again, ==, "sub/one.jpg");
}

static void
test_deep (void)
{
  g_autofree char *folder = new_folder ();
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *found = NULL;

  for (guint i = 0; i < 80; i++)
    {
      g_autofree char *name = NULL;

      g_string_append_printf (path, "d/");
      name = g_strconcat (path->str, "x.jpg", NULL);
      put (folder, name, "x");
    }

  found = scan (folder, failures);
  g_assert_cmpuint (failures->len, ==, 1);
  g_assert_nonnull (g_strstr_len (found, -1, "d/d/x.jpg"));
}

static void
test_closed (void)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *closed = g_build_filename (folder, "closed", NULL);
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *found = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("Nothing is closed to root");
      return;
    }

  put (folder, "closed/one.jpg", "x");
  put (folder, "two.jpg", "x");
  g_assert_cmpint (g_chmod (closed, 0), ==, 0);
  found = scan (folder, failures);
  g_chmod (closed, 0700);

  g_assert_cmpstr (found, ==, "two.jpg");
  g_assert_cmpuint (failures->len, ==, 1);
  g_assert_true (g_str_has_prefix (failures->pdata[0], "closed: "));
}

/* Single files are always tried, sorted, each once; what is not there is said */
static void
test_files (void)
{
  g_autofree char *folder = new_folder ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = NULL;
  const char *names[] = { "b10.jpg", "b9.jpg", "notes.txt", "b9.jpg", "missing\033[31m.jpg" };

  put (folder, "b10.jpg", "x");
  put (folder, "b9.jpg", "x");
  put (folder, "notes.txt", "x");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (files, g_file_new_build_filename (folder, names[i], NULL));
  g_ptr_array_add (files, g_file_new_for_uri ("https://example.invalid/x.jpg"));

  found = cs_scan (files, failures, NULL);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_true (g_str_has_suffix (((CsScanFile *) found->pdata[0])->path, "/b9.jpg"));
  g_assert_true (g_str_has_suffix (((CsScanFile *) found->pdata[1])->path, "/b10.jpg"));
  g_assert_null (((CsScanFile *) found->pdata[0])->folder);
  g_assert_cmpuint (failures->len, ==, 2);
  for (guint i = 0; i < failures->len; i++)
    g_assert_null (strchr (failures->pdata[i], '\033'));
}

static void
test_stopped (void)
{
  g_autofree char *folder = new_folder ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  put (folder, "one.jpg", "x");
  g_ptr_array_add (files, g_file_new_for_path (folder));
  g_cancellable_cancel (cancellable);
  found = cs_scan (files, failures, cancellable);
  g_assert_cmpuint (found->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/scan/order", test_order);
  g_test_add_func ("/intake/scan/links", test_links);
  g_test_add_func ("/intake/scan/deep", test_deep);
  g_test_add_func ("/intake/scan/closed", test_closed);
  g_test_add_func ("/intake/scan/files", test_files);
  g_test_add_func ("/intake/scan/stopped", test_stopped);

  return g_test_run ();
}
