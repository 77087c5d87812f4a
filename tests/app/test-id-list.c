/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-id-list.h"
#include "cs-list-edit.h"

/* A source of rows that counts what it is asked */
typedef struct
{
  guint n_queries;
  guint n_rows;
} Source;

static DexFuture *
fetch (gpointer      data,
       const gint64 *ids,
       guint         n_ids)
{
  Source    *source = data;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_product_row_unref);

  source->n_queries++;
  source->n_rows += n_ids;

  for (guint i = 0; i < n_ids; i++)
    {
      CsProductRow *row = cs_product_row_new ();

      row->id = ids[i];
      row->title = g_strdup_printf ("Product %" G_GINT64_FORMAT, ids[i]);
      g_ptr_array_add (rows, row);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, rows);
}

static GArray *
range (gint64 first,
       guint  n)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n; i++)
    g_array_append_vals (ids, &(gint64) { first + i }, 1);

  return ids;
}

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* Applies the edits to a copy and compares; returns how many ids came or went */
static guint
check_edits (GArray *before,
             GArray *after)
{
  g_autoptr (GArray) edits = cs_list_edit_compute ((gint64 *) before->data, before->len,
                                                   (gint64 *) after->data, after->len);
  g_autoptr (GArray) copy = g_array_copy (before);
  guint moved = 0;

  for (guint i = 0; i < edits->len; i++)
    {
      CsListEdit edit = g_array_index (edits, CsListEdit, i);

      g_assert_cmpuint (edit.position + edit.removed, <=, copy->len);
      g_assert_cmpuint (edit.position + edit.added, <=, after->len);
      if (edit.removed > 0)
        g_array_remove_range (copy, edit.position, edit.removed);
      if (edit.added > 0)
        g_array_insert_vals (copy, edit.position, &g_array_index (after, gint64, edit.position), edit.added);
      moved += edit.removed + edit.added;
    }

  g_assert_cmpmem (copy->data, copy->len * sizeof (gint64), after->data, after->len * sizeof (gint64));

  return moved;
}

static void
test_edits_few (void)
{
  g_autoptr (GArray) before = range (1, 1000);
  g_autoptr (GArray) after = g_array_copy (before);
  gint64 first = 1;

  g_assert_cmpuint (check_edits (before, after), ==, 0);

  /* Put off: the first one goes to the end, all others stay */
  g_array_remove_index (after, 0);
  g_array_append_val (after, first);
  g_assert_cmpuint (check_edits (before, after), ==, 2);

  /* And two go, in the middle and at the end */
  g_array_remove_index (after, 500);
  g_array_remove_index (after, 990);
  g_assert_cmpuint (check_edits (before, after), ==, 4);
}

static void
test_edits_any (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GArray) before = range (1, g_test_rand_int_range (0, 40));
      g_autoptr (GArray) after = range (1, g_test_rand_int_range (0, 40));

      for (guint i = 0; i < after->len; i++)
        {
          guint  j = g_test_rand_int_range (0, after->len);
          gint64 id = g_array_index (after, gint64, i);

          g_array_index (after, gint64, i) = g_array_index (after, gint64, j);
          g_array_index (after, gint64, j) = id;
        }

      check_edits (before, after);
    }
}

/* Opening costs no row; a screen costs one query; what went by is let go */
static void
test_reads_what_is_shown (void)
{
  Source source = { 0 };
  g_autoptr (CsIdList) list = cs_id_list_new_full (NULL, fetch, &source);
  g_autoptr (GArray) ids = range (1, 100000);
  g_autoptr (GPtrArray) screen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *title = NULL;
  gpointer         first;

  cs_id_list_set_ids (list, ids);
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 100000);
  g_assert_cmpuint (source.n_rows, ==, 0);

  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (screen, g_list_model_get_item (G_LIST_MODEL (list), 50000 + i));
  g_assert_null (cs_row_item_get_row (g_ptr_array_index (screen, 0)));
  settle ();
  g_assert_cmpuint (source.n_queries, ==, 1);
  g_assert_cmpuint (source.n_rows, ==, 40);
  g_object_get (g_ptr_array_index (screen, 7), "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Product 50008");

  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_object_add_weak_pointer (first, &first);
  g_object_unref (first);
  g_assert_nonnull (first);
  for (guint i = 1; i < 1000; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
  g_assert_null (first);
  settle ();
  g_assert_cmpuint (source.n_rows, <, 40 + 400);
}

static void
test_same_object (void)
{
  Source source = { 0 };
  g_autoptr (CsIdList) list = cs_id_list_new_full (NULL, fetch, &source);
  g_autoptr (GArray) ids = range (1, 10);
  g_autoptr (GArray) fewer = range (4, 7);
  g_autoptr (CsRowItem) fifth = NULL, again = NULL;

  cs_id_list_set_ids (list, ids);
  fifth = g_list_model_get_item (G_LIST_MODEL (list), 4);
  settle ();
  cs_id_list_set_ids (list, fewer);
  again = g_list_model_get_item (G_LIST_MODEL (list), 1);

  g_assert_true (fifth == again);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 7));

  settle ();
  source.n_rows = 0;
  cs_id_list_refresh (list, 5);
  settle ();
  g_assert_cmpuint (source.n_rows, ==, 1);
}

static void
count_signal (gpointer data)
{
  (*(guint *) data)++;
}

static void
test_marks (void)
{
  Source source = { 0 };
  g_autoptr (CsIdList) list = cs_id_list_new_full (NULL, fetch, &source);
  g_autoptr (GArray) ids = range (1, 100);
  g_autoptr (GArray) fewer = range (1, 50);
  g_autoptr (CsRowItem) item = NULL;
  guint n_signals = 0;

  g_signal_connect_swapped (list, "marks-changed", G_CALLBACK (count_signal), &n_signals);
  cs_id_list_set_ids (list, ids);
  item = g_list_model_get_item (G_LIST_MODEL (list), 2);

  cs_id_list_mark_all (list, TRUE);
  g_assert_cmpuint (n_signals, ==, 1);
  g_assert_true (cs_row_item_get_marked (item));

  g_object_set (item, "marked", FALSE, NULL);
  g_assert_cmpuint (n_signals, ==, 2);
  g_assert_cmpuint (cs_id_list_get_n_marked (list), ==, 99);

  /* What left the list is not signed */
  cs_id_list_set_ids (list, fewer);
  g_assert_cmpuint (cs_id_list_get_n_marked (list), ==, 49);
}

static void
test_replaced (void)
{
  Source source = { 0 };
  g_autoptr (CsIdList) list = cs_id_list_new_full (NULL, fetch, &source);
  g_autoptr (GArray) ids = range (1, 5000);
  g_autoptr (GArray) other = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_signals = 0;

  for (gint64 id = 4999; id > 0; id -= 7)
    g_array_append_val (other, id);

  cs_id_list_set_ids (list, ids);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (count_signal), &n_signals);
  cs_id_list_replace_ids (list, other);
  g_assert_cmpuint (n_signals, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, other->len);
  g_assert_cmpmem (cs_id_list_get_ids (list)->data, other->len * sizeof (gint64), other->data, other->len * sizeof (gint64));

  g_array_set_size (other, 0);
  cs_id_list_replace_ids (list, other);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/id-list/edits-few", test_edits_few);
  g_test_add_func ("/app/id-list/edits-any", test_edits_any);
  g_test_add_func ("/app/id-list/reads-what-is-shown", test_reads_what_is_shown);
  g_test_add_func ("/app/id-list/same-object", test_same_object);
  g_test_add_func ("/app/id-list/marks", test_marks);
  g_test_add_func ("/app/id-list/replaced", test_replaced);

  return g_test_run ();
}
