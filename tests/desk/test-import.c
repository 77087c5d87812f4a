/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <unistd.h>

#include "cs-hash.h"
#include "cs-test-desk.h"

static guint
count_products (Fixture *self)
{
  g_autoptr (GArray) ids = await_boxed (cs_desk_list_products (self->desk, NULL, 0));

  return ids->len;
}

static void
stop_all (Fixture *self)
{
  GListModel *jobs = cs_desk_get_jobs (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (CsJob) job = g_list_model_get_item (jobs, i);

      cs_job_stop (job);
    }
}

/* Every photo of every product, counted; each must be there byte for byte */
static guint
count_photos (Fixture *self)
{
  g_autoptr (GArray) ids = await_boxed (cs_desk_list_products (self->desk, NULL, 0));
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (CsProduct) product = await_boxed (cs_desk_get_product (self->desk, g_array_index (ids, gint64, i)));

      g_assert_cmpuint (product->photos->len, >, 0);
      for (guint j = 0; j < product->photos->len; j++, n++)
        {
          CsPhoto         *photo = product->photos->pdata[j];
          g_autofree char *path = cs_desk_dup_picture_path (self->desk, photo->hash);
          g_autofree char *thumbnail = cs_desk_dup_picture_path (self->desk, photo->thumbnail);
          g_autofree char *content = NULL;
          g_autofree char *hash = NULL;
          gsize            length;

          g_assert_true (g_file_get_contents (path, &content, &length, NULL));
          hash = cs_hash_data (content, length);
          g_assert_cmpstr (hash, ==, photo->hash);
          g_assert_true (g_file_test (thumbnail, G_FILE_TEST_EXISTS));
          g_assert_true (g_hash_table_add (hashes, g_strdup (photo->hash)));
        }
    }

  return n;
}

static void
test_folders (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsImportSummary) summary = NULL;

  fixture_init (&self);
  cs_test_put_photo (self.photos, "stock/竹篮/IMG_1.jpg", 1);
  cs_test_put_photo (self.photos, "stock/竹篮/IMG_2.jpg", 2);
  cs_test_put_photo (self.photos, "stock/mug/a.jpg", 3);
  cs_test_put_photo (self.photos, "stock/mug/b.jpg", 4);
  cs_test_put_photo (self.photos, "stock/hat-1.jpg", 5);
  cs_test_put_photo (self.photos, "stock/hat-2.jpg", 6);
  cs_test_put_photo (self.photos, "stock/scarf.jpg", 7);

  summary = import_name (&self, "stock");
  g_assert_cmpuint (summary->n_photos, ==, 7);
  g_assert_cmpuint (summary->n_products, ==, 4);
  g_assert_cmpuint (summary->n_failed, ==, 0);
  g_assert_false (summary->stopped);
  g_assert_cmpuint (count_products (&self), ==, 4);
  g_assert_cmpuint (count_photos (&self), ==, 7);
}

static void
test_summary (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsImportSummary) summary = NULL;
  g_autoptr (CsImportSummary) again = NULL;
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) lying = g_bytes_new_static ("this is not a picture at all", 28);
  g_autoptr (GBytes) photo = cs_test_photo (1, 400, 300);
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  g_autofree char *link = NULL;
  const char *names[] = { "good.jpg", "same.jpg", "empty.jpg", "bad\033[31m\nname.png" };

  fixture_init (&self);
  g_free (cs_test_put (self.photos, names[0], photo));
  g_free (cs_test_put (self.photos, names[1], photo));
  g_free (cs_test_put (self.photos, names[2], empty));
  g_free (cs_test_put (self.photos, names[3], lying));
  link = g_build_filename (self.photos, "link.jpg", NULL);
  g_assert_cmpint (symlink ("/dev/zero", link), ==, 0);

  summary = import_name (&self, ".");
  g_assert_cmpuint (summary->n_photos, ==, 1);
  g_assert_cmpuint (summary->n_twins, ==, 1);
  g_assert_cmpuint (summary->n_failed, ==, 3);
  g_assert_cmpuint (summary->failures->len, ==, 3);
  for (guint i = 0; i < summary->failures->len; i++)
    {
      g_test_message ("%s", (char *) summary->failures->pdata[i]);
      g_assert_null (strpbrk (summary->failures->pdata[i], "\033\n"));
    }

  text = cs_import_summary_to_text (summary);
  g_test_message ("%s", text);
  g_assert_true (g_str_has_prefix (text, "1 imported, 1 here already, 3 could not be read: "));
  g_assert_cmpuint (count_photos (&self), ==, 1);

  again = import_name (&self, "good.jpg");
  text_again = cs_import_summary_to_text (again);
  g_assert_cmpstr (text_again, ==, "0 imported, 1 here already");
  g_assert_cmpuint (count_products (&self), ==, 1);
}

static void
test_pasted (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GBytes) photo = cs_test_photo (1, 400, 300);
  g_autoptr (GBytes) lying = g_bytes_new_static ("no picture", 10);
  g_autoptr (CsImportSummary) summary = NULL;
  g_autoptr (CsImportSummary) again = NULL;
  g_autoptr (CsImportSummary) bad = NULL;
  g_autoptr (CsProduct) product = NULL;

  fixture_init (&self);
  summary = await_boxed (cs_desk_import_bytes (self.desk, photo, "Pasted picture"));
  again = await_boxed (cs_desk_import_bytes (self.desk, photo, "Pasted picture"));
  bad = await_boxed (cs_desk_import_bytes (self.desk, lying, "Pasted picture"));

  g_assert_cmpuint (summary->n_photos, ==, 1);
  g_assert_cmpuint (again->n_twins, ==, 1);
  g_assert_cmpuint (bad->n_failed, ==, 1);
  g_assert_cmpuint (count_photos (&self), ==, 1);
  product = await_boxed (cs_desk_get_product (self.desk, g_array_index (summary->products, gint64, 0)));
  g_assert_cmpstr (((CsPhoto *) product->photos->pdata[0])->name, ==, "Pasted picture");
}

static guint
count_done (Fixture *self)
{
  g_autoptr (CsJob) job = g_list_model_get_item (cs_desk_get_jobs (self->desk), 0);

  return job != NULL ? cs_job_get_done (job) : 0;
}

static void
test_stop_and_resume (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CsImportSummary) summary = NULL;
  DexFuture *future;
  gint64     begun;
  const guint n = 36;

  fixture_init (&self);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u/IMG_%u.jpg", i / 6, i);

      cs_test_put_photo (self.photos, name, i + 1);
    }

  g_ptr_array_add (files, g_file_new_for_path (self.photos));
  future = cs_desk_import (self.desk, files);
  while (count_done (&self) < 3)
    dex_await (dex_timeout_new_msec (2), NULL);

  begun = g_get_monotonic_time ();
  stop_all (&self);
  summary = await_boxed (future);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 2 * G_USEC_PER_SEC);
  g_assert_true (summary->stopped);
  g_assert_cmpuint (summary->n_photos, <, n);

  fixture_close (&self);
  fixture_open (&self);
  future = cs_desk_resume (self.desk, FALSE);
  while (count_photos (&self) < n)
    dex_await (dex_timeout_new_msec (20), NULL);

  /* All are in; that each is suggested for is another test's matter */
  stop_all (&self);
  await_ok (future);
  g_assert_cmpuint (count_products (&self), ==, n / 6);
}

/* Two at once: one after the other, and nothing twice */
static void
test_two_at_once (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CsImportSummary) one = NULL;
  g_autoptr (CsImportSummary) two = NULL;
  DexFuture *futures[2];

  fixture_init (&self);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("mug/IMG_%u.jpg", i);

      cs_test_put_photo (self.photos, name, i + 1);
    }

  g_ptr_array_add (files, g_file_new_for_path (self.photos));
  futures[0] = cs_desk_import (self.desk, files);
  futures[1] = cs_desk_import (self.desk, files);
  two = await_boxed (futures[1]);
  one = await_boxed (futures[0]);

  g_assert_cmpuint (one->n_photos, ==, 10);
  g_assert_cmpuint (two->n_photos, ==, 0);
  g_assert_cmpuint (two->n_twins, ==, 10);
  g_assert_cmpuint (count_photos (&self), ==, 10);
  g_assert_cmpuint (count_products (&self), ==, 1);
}

/* Each sample's folder is one product, with what its seller told of it */
static void
test_samples (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsImportSummary) summary = NULL;
  g_autoptr (CsImportSummary) again = NULL;
  g_autoptr (CsProduct) basket = NULL;
  gint64 id;

  fixture_init (&self);
  summary = await_boxed (cs_desk_import_samples (self.desk));
  g_assert_cmpuint (summary->n_failed, ==, 0);
  g_assert_cmpuint (summary->n_products, >=, 8);
  g_assert_cmpuint (summary->n_products, <=, 12);
  g_assert_cmpuint (count_photos (&self), ==, summary->n_photos);

  id = await_int64 (cs_desk_find_product (self.desk, "ZB-028"));
  basket = await_boxed (cs_desk_get_product (self.desk, id));
  g_assert_nonnull (strstr (basket->values[CS_FIELD_NOTE], "果篮"));
  g_assert_cmpuint (basket->photos->len, ==, 3);

  stop_all (&self);
  again = await_boxed (cs_desk_import_samples (self.desk));
  g_assert_cmpuint (again->n_photos, ==, 0);
  g_assert_cmpuint (again->n_twins, ==, summary->n_photos);
}

/* Who brings in again what was archived gets it back, as it was */
static void
test_back (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GArray) listed = NULL;
  g_autoptr (CsImportSummary) summary = NULL;
  g_autoptr (CsImportSummary) again = NULL;
  g_autoptr (CsImportSummary) third = NULL;
  g_autofree char *text = NULL;
  gint64 product;

  fixture_init (&self);
  cs_test_put_photo (self.photos, "basket/1.jpg", 1);
  cs_test_put_photo (self.photos, "basket/2.jpg", 2);
  summary = import_name (&self, "basket");
  g_assert_cmpuint (summary->n_products, ==, 1);
  product = g_array_index (summary->products, gint64, 0);
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_NOTE, "fruit basket"));
  await_ok (cs_desk_archive_products (self.desk, &product, 1, TRUE));
  stop_all (&self);

  again = import_name (&self, "basket");
  text = cs_import_summary_to_text (again);
  g_assert_cmpstr (text, ==, "0 imported, 2 here already, 1 was archived and is back");
  listed = await_boxed (cs_desk_list_products (self.desk, NULL, 0));
  g_assert_cmpuint (listed->len, ==, 1);
  g_assert_cmpint (g_array_index (listed, gint64, 0), ==, product);

  third = import_name (&self, "basket");
  g_assert_cmpuint (third->n_twins, ==, 2);
  g_assert_cmpuint (third->n_back, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/desk/import/folders", test_folders);
  cs_test_add_fiber ("/desk/import/summary", test_summary);
  cs_test_add_fiber ("/desk/import/pasted", test_pasted);
  cs_test_add_fiber ("/desk/import/back", test_back);
  cs_test_add_fiber ("/desk/import/samples", test_samples);
  cs_test_add_fiber ("/desk/import/stop-and-resume", test_stop_and_resume);
  cs_test_add_fiber ("/desk/import/two-at-once", test_two_at_once);

  return g_test_run ();
}
