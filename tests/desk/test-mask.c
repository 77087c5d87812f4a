/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-test-desk.h"

/* The mask of a photo under the brush, and what is kept of it */

#define await_object(future)                                           \
  ({                                                                   \
    g_autoptr (GError) __error = NULL;                                 \
    gpointer __value = dex_await_object ((future), &__error);          \
    g_assert_no_error (__error);                                       \
    __value;                                                           \
  })

#define await_string(future)                                           \
  ({                                                                   \
    g_autoptr (GError) __error = NULL;                                 \
    char *__value = dex_await_string ((future), &__error);             \
    g_assert_no_error (__error);                                       \
    __value;                                                           \
  })

static gsize
count (CsMaskEdit *edit)
{
  const guint8 *mask = cs_mask_edit_get_mask (edit);
  gsize n = 0;

  for (gsize i = 0; i < (gsize) cs_mask_edit_get_width (edit) * cs_mask_edit_get_height (edit); i++)
    n += mask[i] > 127;

  return n;
}

static gint64
find_photo (Fixture *self,
            gint64   product)
{
  g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));

  return find_item (items, CS_FIELD_PICTURE)->photo;
}

static void
changed_cb (CsMaskEdit *edit,
            int         x,
            int         y,
            int         width,
            int         height,
            int        *area)
{
  g_assert_cmpint (x, >=, 0);
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (x + width, <=, cs_mask_edit_get_width (edit));
  g_assert_cmpint (y + height, <=, cs_mask_edit_get_height (edit));
  *area += width * height;
}

static void
notify_cb (guint *n)
{
  (*n)++;
}

static void
test_strokes (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsMaskEdit) edit = NULL;
  gint64 product;
  gsize  one;
  guint  n_notified = 0;
  int    area = 0;

  fixture_init (&self);
  product = make_product (&self, "basket", NULL);
  edit = await_object (cs_desk_edit_mask (self.desk, product, find_photo (&self, product)));
  g_signal_connect (edit, "changed", G_CALLBACK (changed_cb), &area);
  g_signal_connect_swapped (edit, "notify::can-undo", G_CALLBACK (notify_cb), &n_notified);

  /* The photo's size, for it is smaller than what is edited at most; no mask yet */
  g_assert_cmpint (cs_mask_edit_get_width (edit), ==, 400);
  g_assert_cmpint (cs_mask_edit_get_height (edit), ==, 300);
  g_assert_cmpuint (count (edit), ==, 0);
  g_assert_cmpuint (cs_mask_edit_get_photo (edit)[0], >, 200);

  cs_mask_edit_begin_stroke (edit, CS_BRUSH_BRING_BACK, 0.05, 0.5, 0.5, 1);
  cs_mask_edit_move_stroke (edit, 0.55, 0.5, 1);
  cs_mask_edit_end_stroke (edit);
  one = count (edit);
  g_assert_cmpuint (one, >, 100);
  g_assert_cmpint (area, >, 0);
  g_assert_true (cs_mask_edit_can_undo (edit));
  g_assert_cmpuint (n_notified, ==, 1);

  cs_mask_edit_begin_stroke (edit, CS_BRUSH_TAKE_AWAY, 0.05, 0.5, 0.5, 1);
  cs_mask_edit_end_stroke (edit);
  g_assert_cmpuint (count (edit), <, one);
  cs_mask_edit_undo (edit);
  g_assert_cmpuint (count (edit), ==, one);
  g_assert_true (cs_mask_edit_can_redo (edit));
  cs_mask_edit_undo (edit);
  g_assert_cmpuint (count (edit), ==, 0);
  g_assert_false (cs_mask_edit_can_undo (edit));
  cs_mask_edit_redo (edit);
  g_assert_cmpuint (count (edit), ==, one);
}

/* What is kept is a picture's mask, and what is edited next */
static void
test_kept (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsMaskEdit) edit = NULL;
  g_autoptr (CsMaskEdit) again = NULL;
  g_autoptr (CsSuggestion) suggestion = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *same = NULL;
  g_autofree char *path = NULL;
  g_autofree char *settings = NULL;
  gint64 product;
  gint64 photo;

  fixture_init (&self);
  product = make_product (&self, "basket", NULL);
  photo = find_photo (&self, product);
  edit = await_object (cs_desk_edit_mask (self.desk, product, photo));
  cs_mask_edit_begin_stroke (edit, CS_BRUSH_BRING_BACK, 0.1, 0.5, 0.5, 1);
  cs_mask_edit_end_stroke (edit);
  hash = await_string (cs_desk_keep_mask (self.desk, edit));
  path = cs_desk_dup_picture_path (self.desk, hash);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  same = await_string (cs_desk_keep_mask (self.desk, edit));
  g_assert_cmpstr (hash, ==, same);

  settings = g_strdup_printf ("{\"mask\":\"%s\"}", hash);
  suggestion = await_boxed (cs_desk_suggest_picture (self.desk, product, photo, settings));
  g_assert_cmpstr (suggestion->mask, ==, hash);
  again = await_object (cs_desk_edit_mask (self.desk, product, photo));
  g_assert_cmpint (cs_mask_edit_get_width (again), ==, cs_mask_edit_get_width (edit));
  g_assert_cmpmem (cs_mask_edit_get_mask (again), 400 * 300, cs_mask_edit_get_mask (edit), 400 * 300);
}

static void
test_refused (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) items = NULL;
  CsItem *picture;
  gint64  product;

  fixture_init (&self);
  product = make_product (&self, "basket", NULL);
  items = await_boxed (cs_desk_get_items (self.desk, product));
  picture = find_item (items, CS_FIELD_PICTURE);

  assert_refused (cs_desk_edit_mask (self.desk, product, picture->photo + 99), CS_ERROR_NOT_FOUND);
  await_ok (cs_desk_decide (self.desk, picture, picture->suggestions->pdata[0], CS_VERDICT_REJECT, NULL, "window"));
  assert_refused (cs_desk_edit_mask (self.desk, product, picture->photo), CS_ERROR_REFUSED);
}

int
main (int   argc,
      char *argv[])
{
  /* What a person has there that finds products is no part of it: nothing is found */
  g_setenv ("XDG_DATA_HOME", "/nonexistent/countersign", TRUE);
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  cs_test_add_fiber ("/mask/strokes", test_strokes);
  cs_test_add_fiber ("/mask/refused", test_refused);
  cs_test_add_fiber ("/mask/kept", test_kept);

  return g_test_run ();
}
