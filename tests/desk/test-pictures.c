/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "../image/cs-onnx-test.h"
#include "cs-accounts.h"
#include "cs-image.h"
#include "cs-test-desk.h"

/* Pictures as the window asks for them, and what a network changes of them */

static CsItem *
find_picture (GPtrArray *items,
              guint      index)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field == CS_FIELD_PICTURE && n++ == index)
        return item;
    }

  g_assert_not_reached ();
}

static CsSuggestion *
get_picture (Fixture *self,
             gint64   product,
             guint    index)
{
  g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));
  CsItem *item = find_picture (items, index);

  g_assert_cmpuint (item->suggestions->len, ==, 1);

  return cs_suggestion_ref (item->suggestions->pdata[0]);
}

static char *
make_settings (double       air,
               CsBackground background)
{
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;

  settings.air = air;
  settings.background = background;

  return cs_picture_settings_to_json (&settings);
}

static CsPictureSettings
read_settings (CsSuggestion *suggestion)
{
  CsPictureSettings settings;

  g_assert_true (cs_picture_settings_from_json (&settings, suggestion->settings));

  return settings;
}

static void
accept_picture (Fixture *self,
                gint64   product,
                guint    index)
{
  g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));
  CsItem *item = find_picture (items, index);

  await_ok (cs_desk_decide (self->desk, item, item->suggestions->pdata[0], CS_VERDICT_ACCEPT, NULL, "window"));
}

static char *
add_network (Fixture *self,
             CsOnnx   kind)
{
  CsWorkshop          *workshop = cs_desk_get_workshop (self->desk);
  g_autoptr (GBytes)   bytes = cs_onnx_test_new (kind, 64);
  g_autofree char     *path = g_build_filename (self->folder, "mine.onnx", NULL);
  g_autoptr (GFile)    file = g_file_new_for_path (path);
  g_autoptr (CsCutoutModel) model = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
  model = await_boxed (cs_workshop_add_model (workshop, file));
  g_assert_true (model->is_here);

  return g_strdup (model->id);
}

/* Models are the person's, not the library's: each test begins with none */
static void
remove_networks (Fixture *self)
{
  CsWorkshop *workshop = cs_desk_get_workshop (self->desk);
  g_autoptr (GPtrArray) models = await_boxed (cs_workshop_list_models (workshop));

  for (guint i = 0; i < models->len; i++)
    {
      CsCutoutModel *model = models->pdata[i];

      if (model->is_here)
        await_ok (cs_workshop_remove_model (workshop, model->id));
    }
  g_assert_false (cs_workshop_has_model (workshop));
}

/* The same settings for all that are not decided; the decided one stays */
static void
test_all (void)
{
  g_auto (Fixture) self;
  g_autofree char *settings = make_settings (0.7, CS_BACKGROUND_GREY);
  g_autoptr (CsSuggestion) before = NULL;
  g_autoptr (CsSuggestion) decided = NULL;
  gint64 product;

  fixture_init (&self);
  product = make_product_of (&self, "basket", NULL, 3);
  accept_picture (&self, product, 1);
  before = get_picture (&self, product, 1);

  g_assert_cmpuint (await_uint (cs_desk_suggest_pictures (self.desk, product, settings)), ==, 2);
  for (guint i = 0; i < 3; i += 2)
    {
      g_autoptr (CsSuggestion) now = get_picture (&self, product, i);

      g_assert_cmpstr (now->settings, ==, settings);
    }
  decided = get_picture (&self, product, 1);
  g_assert_cmpint (decided->id, ==, before->id);

  assert_refused (cs_desk_suggest_pictures (self.desk, product, "no settings"), CS_ERROR_REFUSED);
  assert_refused (cs_desk_suggest_pictures (self.desk, 999, settings), CS_ERROR_NOT_FOUND);
}

static void
test_last (void)
{
  g_auto (Fixture) self;
  g_autofree char *settings = make_settings (0.9, CS_BACKGROUND_PRODUCT);
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NULL);
  assert_refused (cs_desk_get_last_picture_settings (self.desk), CS_ERROR_NOT_FOUND);
  await_uint (cs_desk_suggest_pictures (self.desk, product, settings));
  accept_picture (&self, product, 0);
  last = dex_await_string (cs_desk_get_last_picture_settings (self.desk), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (last, ==, settings);
}

static gint64
get_photo (Fixture *self,
           gint64   product,
           guint    index)
{
  g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));

  return find_picture (items, index)->photo;
}

/* Of many steps of a slider only the last one counts, and nothing of it is kept */
static void
test_preview (void)
{
  g_auto (Fixture) self;
  DexFuture *steps[6];
  g_autoptr (GVariant) shown = NULL;
  g_autoptr (CsSuggestion) before = NULL;
  g_autoptr (CsSuggestion) after = NULL;
  g_autoptr (GError) error = NULL;
  guint  n_stopped = 0;
  gint64 product, photo;
  int    width, height;

  fixture_init (&self);
  product = make_product (&self, "basket", NULL);
  photo = get_photo (&self, product, 0);
  before = get_picture (&self, product, 0);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *settings = make_settings (i / 10.0, CS_BACKGROUND_WHITE);

      steps[i] = cs_desk_preview_picture (self.desk, product, photo, settings, 160);
    }

  for (guint i = 0; i < G_N_ELEMENTS (steps) - 1; i++)
    {
      g_autoptr (GError) reason = NULL;

      if (!dex_await (steps[i], &reason))
        {
          g_assert_error (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          n_stopped++;
        }
    }
  g_assert_cmpuint (n_stopped, >=, 4);

  shown = dex_await_variant (steps[G_N_ELEMENTS (steps) - 1], &error);
  g_assert_no_error (error);
  g_variant_get_child (shown, 0, "i", &width);
  g_variant_get_child (shown, 1, "i", &height);
  g_assert_cmpint (MAX (width, height), ==, 160);

  after = get_picture (&self, product, 0);
  g_assert_cmpint (after->id, ==, before->id);
  assert_refused (cs_desk_preview_picture (self.desk, product, 999, "{}", 160), CS_ERROR_NOT_FOUND);
  assert_refused (cs_desk_preview_picture (self.desk, product, photo, "[", 160), CS_ERROR_REFUSED);
}

/* A background is checked as any photo is, and kept with the library */
static void
test_backdrop (void)
{
  g_auto (Fixture) self;
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  g_autofree char *path = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *recipe = NULL;
  g_autoptr (GFile) photo = NULL;
  g_autoptr (GFile) none = g_file_new_for_path ("/etc/passwd");
  g_autoptr (GFile) away = g_file_new_for_uri ("https://example.org/wall.jpg");
  g_autoptr (CsSuggestion) made = NULL;
  g_autoptr (GError) error = NULL;
  gint64 product;

  fixture_init (&self);
  cs_test_put_photo (self.photos, "wall.jpg", 77);
  path = g_build_filename (self.photos, "wall.jpg", NULL);
  photo = g_file_new_for_path (path);
  hash = dex_await_string (cs_desk_keep_backdrop (self.desk, photo), &error);
  g_assert_no_error (error);
  kept = cs_desk_dup_picture_path (self.desk, hash);
  g_assert_true (g_file_test (kept, G_FILE_TEST_IS_REGULAR));
  assert_refused (cs_desk_keep_backdrop (self.desk, none), CS_ERROR_UNREADABLE);
  assert_refused (cs_desk_keep_backdrop (self.desk, away), CS_ERROR_REFUSED);

  product = make_product (&self, "basket", NULL);
  settings.background = CS_BACKGROUND_OWN;
  g_strlcpy (settings.backdrop, hash, sizeof settings.backdrop);
  recipe = cs_picture_settings_to_json (&settings);
  made = await_boxed (cs_desk_suggest_picture (self.desk, product, get_photo (&self, product, 0), recipe));
  g_assert_cmpstr (read_settings (made).backdrop, ==, hash);
}

static void
set_profile (Fixture    *self,
             const char *profile)
{
  g_autoptr (CsStore) store = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  CsAccount *account;

  fixture_close (self);
  store = cs_store_open (self->library, CS_STORE_WRITE, &error);
  g_assert_no_error (error);
  accounts = await_boxed (cs_accounts_list (store));
  account = accounts->pdata[0];
  g_set_str (&account->profile, profile);
  g_assert_cmpint (await_int64 (cs_accounts_put (store, account)), ==, account->id);
  cs_store_close (store);
  fixture_open (self);
}

/* What the shop wants is what pictures are made like, where the person set nothing */
static void
test_profile (void)
{
  g_auto (Fixture) self;
  g_autofree char *settings = make_settings (0.9, CS_BACKGROUND_PRODUCT);
  g_autoptr (CsSuggestion) usual = NULL;
  g_autoptr (CsSuggestion) set = NULL;
  CsPictureSettings read;
  gint64 product;

  fixture_init (&self);
  set_profile (&self, "{\"live\":true,\"picture_shape\":\"portrait\",\"picture_background\":\"grey\","
                      "\"picture_format\":\"none such\",\"picture_side\":800}");

  product = make_product (&self, "vase", NULL);
  usual = get_picture (&self, product, 0);
  read = read_settings (usual);
  g_assert_cmpint (read.shape, ==, CS_SHAPE_PORTRAIT);
  g_assert_cmpint (read.background, ==, CS_BACKGROUND_GREY);
  g_assert_cmpint (read.format, ==, CS_FORMAT_JPEG);
  g_assert_cmpint (read.max_side, ==, 800);

  set = await_boxed (cs_desk_suggest_picture (self.desk, product, get_photo (&self, product, 0), settings));
  g_assert_cmpstr (set->settings, ==, settings);
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_NOTE, "A vase of clay"));
  g_assert_cmpuint (await_uint (cs_desk_suggest (self.desk, &product, 1)), ==, 1);
  g_clear_pointer (&set, cs_suggestion_unref);
  set = get_picture (&self, product, 0);
  g_assert_cmpstr (set->settings, ==, settings);
}

static gboolean
has_remark (CsSuggestion *suggestion,
            const char   *words)
{
  for (guint i = 0; suggestion->remarks[i] != NULL; i++)
    if (strstr (suggestion->remarks[i], words) != NULL)
      return TRUE;

  return FALSE;
}

/* Whether it was looked for, whatever was found: without a network one line says how to get one */
static gboolean
await_network (Fixture *self,
               gint64   product,
               guint    index,
               gboolean there)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (CsSuggestion) now = get_picture (self, product, index);

      if (has_remark (now, "Cut-out Models") != there)
        return TRUE;
      dex_await (dex_timeout_new_msec (50), NULL);
    }

  return FALSE;
}

/* With a network, the pictures that wait are made anew by themselves; what the
 * person set of them stays, and so does what is decided
 */
static void
test_network (void)
{
  g_auto (Fixture) self;
  g_autofree char *settings = make_settings (0.6, CS_BACKGROUND_GREY);
  g_autofree char *id = NULL;
  g_autoptr (CsSuggestion) without = NULL;
  g_autoptr (CsSuggestion) decided = NULL;
  g_autoptr (CsSuggestion) first = NULL;
  g_autoptr (CsSuggestion) second = NULL;
  g_autoptr (CsSuggestion) set = NULL;
  gint64 product;

  fixture_init (&self);
  remove_networks (&self);
  product = make_product_of (&self, "basket", NULL, 3);
  without = get_picture (&self, product, 0);
  g_assert_true (has_remark (without, "Cut-out Models"));
  accept_picture (&self, product, 0);
  set = await_boxed (cs_desk_suggest_picture (self.desk, product, get_photo (&self, product, 1), settings));

  /* Of a file of the person's own nothing is known: it waits to be chosen */
  id = add_network (&self, CS_ONNX_DARK);
  g_assert_false (cs_workshop_has_model (cs_desk_get_workshop (self.desk)));
  await_ok (cs_workshop_use_model (cs_desk_get_workshop (self.desk), id));
  g_assert_true (cs_workshop_has_model (cs_desk_get_workshop (self.desk)));

  g_assert_true (await_network (&self, product, 1, TRUE));
  g_assert_true (await_network (&self, product, 2, TRUE));
  first = get_picture (&self, product, 1);
  second = get_picture (&self, product, 2);
  g_assert_cmpstr (first->settings, ==, settings);
  g_assert_false (first->abstains);
  g_assert_cmpstr (second->settings, !=, settings);
  decided = get_picture (&self, product, 0);
  g_assert_cmpint (decided->id, ==, without->id);

  await_ok (cs_workshop_use_model (cs_desk_get_workshop (self.desk), NULL));
  g_assert_true (await_network (&self, product, 2, FALSE));
  remove_networks (&self);
}

/* A network that was chosen while the library was closed, and a kill in between: made up for */
static void
test_network_later (void)
{
  g_auto (Fixture) self;
  g_autoptr (CsWorkshop) workshop = cs_workshop_new ();
  g_autofree char *id = NULL;
  gint64 product;

  fixture_init (&self);
  remove_networks (&self);
  product = make_product (&self, "basket", NULL);
  await_ok (cs_desk_resume (self.desk, FALSE));
  id = add_network (&self, CS_ONNX_DARK);
  fixture_close (&self);

  await_ok (cs_workshop_use_model (workshop, id));
  fixture_open (&self);
  await_ok (cs_desk_resume (self.desk, FALSE));
  g_assert_true (await_network (&self, product, 0, TRUE));

  /* And while it is open, as the command line does beside the window */
  await_ok (cs_workshop_use_model (workshop, NULL));
  g_assert_true (await_network (&self, product, 0, FALSE));
  g_assert_false (cs_workshop_has_model (cs_desk_get_workshop (self.desk)));
  remove_networks (&self);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *data = g_dir_make_tmp ("cs-data-XXXXXX", NULL);
  int code;

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/desk/pictures/all", test_all);
  cs_test_add_fiber ("/desk/pictures/last", test_last);
  cs_test_add_fiber ("/desk/pictures/preview", test_preview);
  cs_test_add_fiber ("/desk/pictures/backdrop", test_backdrop);
  cs_test_add_fiber ("/desk/pictures/profile", test_profile);
  cs_test_add_fiber ("/desk/pictures/network", test_network);
  cs_test_add_fiber ("/desk/pictures/network-later", test_network_later);
  code = g_test_run ();
  remove_tree (data);

  return code;
}
