/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-desk-private.h"
#include "cs-hash.h"
#include "cs-test-desk.h"

/* Who makes a picture says what was changed in it; the desk measures it. Here an
 * engine lies.
 */

#define NOTE "手工竹编果篮 直径28cm 四川"

typedef enum
{
  LIE_NONE,
  LIE_OTHER_PICTURE, /* with the receipt of the true one */
  LIE_NO_RECEIPT,
  LIE_NONSENSE,
} Lie;

#define FORGER_TYPE (forger_get_type ())

G_DECLARE_FINAL_TYPE (Forger, forger, FORGER, ENGINE, CsEngine)

struct _Forger
{
  CsEngine parent_instance;

  CsEngine *honest;
  Lie       lie;
  guint     turn;
};

G_DEFINE_FINAL_TYPE (Forger, forger, CS_TYPE_ENGINE)

static const char *
forger_get_title (CsEngine *engine)
{
  return "Forger";
}

static char *
forger_dup_input (CsEngine        *engine,
                  CsEngineRequest *request)
{
  return g_strdup_printf ("%u", FORGER_ENGINE (engine)->turn);
}

static DexFuture *
forge (DexFuture *future,
       gpointer   data)
{
  Forger    *self = data;
  GPtrArray *suggestions = g_value_get_boxed (dex_future_get_value (future, NULL));

  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];
      g_autoptr (CsReceipt) receipt = cs_receipt_from_json (suggestion->receipt);

      g_assert_true (receipt->within);
      if (self->lie == LIE_OTHER_PICTURE)
        {
          g_autoptr (GString) text = g_string_new (suggestion->receipt);

          g_bytes_unref (suggestion->picture_bytes);
          suggestion->picture_bytes = cs_test_photo (77, receipt->out_width, receipt->out_height);
          g_free (suggestion->picture);
          suggestion->picture = cs_hash_bytes (suggestion->picture_bytes);
          g_assert_cmpuint (g_string_replace (text, receipt->picture, suggestion->picture, 0), ==, 1);
          g_set_str (&suggestion->receipt, text->str);
          g_assert_true (cs_receipt_allows (suggestion->receipt, suggestion->picture));
        }
      else if (self->lie == LIE_NO_RECEIPT)
        g_clear_pointer (&suggestion->receipt, g_free);
      else if (self->lie == LIE_NONSENSE)
        {
          g_bytes_unref (suggestion->picture_bytes);
          suggestion->picture_bytes = g_bytes_new_static ("no picture at all", 17);
          g_free (suggestion->picture);
          suggestion->picture = cs_hash_bytes (suggestion->picture_bytes);
        }
      cs_suggestion_seal (suggestion);
    }

  return dex_ref (future);
}

static DexFuture *
forger_suggest (CsEngine        *engine,
                CsEngineRequest *request,
                GCancellable    *cancellable)
{
  Forger *self = FORGER_ENGINE (engine);

  return dex_future_then (cs_engine_suggest (self->honest, request, cancellable), forge, g_object_ref (self), g_object_unref);
}

static const char *
forger_get_id (CsEngine *engine)
{
  return "picture";
}

static void
forger_dispose (GObject *object)
{
  g_clear_object (&FORGER_ENGINE (object)->honest);
  G_OBJECT_CLASS (forger_parent_class)->dispose (object);
}

static void
forger_class_init (ForgerClass *klass)
{
  CsEngineClass *engine_class = CS_ENGINE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forger_dispose;
  engine_class->get_id = forger_get_id;
  engine_class->get_title = forger_get_title;
  engine_class->dup_input = forger_dup_input;
  engine_class->suggest = forger_suggest;
}

static void
forger_init (Forger *self)
{
}

/* In the place of the desk's own */
static void
employ (Fixture *self,
        Lie      lie)
{
  static guint turn;
  Forger *forger = g_object_new (FORGER_TYPE, NULL);

  forger->lie = lie;
  forger->turn = ++turn;
  forger->honest = self->desk->engines[1];
  self->desk->engines[1] = CS_ENGINE (forger);
}

static void
dismiss (Fixture *self)
{
  Forger *forger = FORGER_ENGINE (self->desk->engines[1]);

  self->desk->engines[1] = g_steal_pointer (&forger->honest);
  g_object_unref (forger);
}

static CsItem *
get_picture (Fixture *self,
             gint64   product)
{
  g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));

  return cs_item_ref (find_item (items, CS_FIELD_PICTURE));
}

static void
assert_cannot_be_accepted (Fixture *self,
                           gint64   product)
{
  g_autoptr (CsItem) item = get_picture (self, product);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  CsSuggestion *suggestion = item->suggestions->pdata[0];
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (one, item);
  g_assert_cmpint (item->state, ==, CS_ITEM_PENDING);
  g_assert_false (cs_receipt_allows (suggestion->receipt, suggestion->picture));
  g_assert_false (dex_await (cs_desk_decide (self->desk, item, suggestion, CS_VERDICT_ACCEPT, NULL, "window"), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_test_message ("%s", error->message);
  g_assert_cmpuint (await_uint (cs_desk_accept_grounded (self->desk, one, "window")), ==, 0);
}

static void
test_hard_stop (void)
{
  const Lie lies[] = { LIE_OTHER_PICTURE, LIE_NO_RECEIPT, LIE_NONSENSE };
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsItem) item = NULL;
  g_autoptr (CsItem) decided = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (CsReceipt) receipt = NULL;
  g_autofree char *sentence = NULL;
  CsSuggestion *suggestion;
  gint64 product;

  fixture_init (&self);
  product = make_product_of (&self, "basket", NOTE, 1);

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      employ (&self, lies[i]);
      g_assert_cmpuint (await_uint (cs_desk_suggest (self.desk, &product, 1)), ==, 1);
      assert_cannot_be_accepted (&self, product);
      dismiss (&self);
      fixture_close (&self);
      fixture_open (&self);
      assert_cannot_be_accepted (&self, product);
    }

  /* It can be rejected, and is what it was after that is taken back */
  item = get_picture (&self, product);
  await_ok (cs_desk_decide (self.desk, item, item->suggestions->pdata[0], CS_VERDICT_REJECT, NULL, "window"));
  undone = await_boxed (cs_desk_undo (self.desk, "window"));
  g_assert_cmpuint (undone->len, ==, 1);
  assert_cannot_be_accepted (&self, product);
  g_clear_pointer (&item, cs_item_unref);

  /* The way out: made anew, honestly */
  g_assert_cmpuint (await_uint (cs_desk_suggest (self.desk, &product, 1)), ==, 1);
  item = get_picture (&self, product);
  suggestion = item->suggestions->pdata[0];
  receipt = cs_receipt_from_json (suggestion->receipt);
  g_assert_true (receipt->within);
  g_assert_cmpstr (receipt->picture, ==, suggestion->picture);
  sentence = cs_receipt_to_sentence (receipt);
  g_test_message ("%s", sentence);
  await_ok (cs_desk_decide (self.desk, item, suggestion, CS_VERDICT_ACCEPT, NULL, "window"));
  decided = get_picture (&self, product);
  g_assert_cmpint (decided->state, ==, CS_ITEM_ACCEPTED);
}

/* What was shown is what is decided on, receipt and all */
static void
test_stale (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsItem) before = NULL;
  g_autoptr (CsSuggestion) anew = NULL;
  CsSuggestion *shown;
  gint64 product;

  fixture_init (&self);
  product = make_product_of (&self, "basket", NOTE, 1);
  before = get_picture (&self, product);
  shown = before->suggestions->pdata[0];
  anew = await_boxed (cs_desk_suggest_picture (self.desk, product, before->photo, "{\"polish\":0}"));
  g_assert_cmpstr (anew->hash, !=, shown->hash);
  assert_refused (cs_desk_decide (self.desk, before, shown, CS_VERDICT_ACCEPT, NULL, "window"), CS_ERROR_STALE);
}

/* True to life is true to the pixel, and the receipt says so */
static void
test_true_to_life (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsItem) item = NULL;
  g_autoptr (CsSuggestion) suggestion = NULL;
  g_autoptr (CsReceipt) receipt = NULL;
  gint64 product;

  fixture_init (&self);
  product = make_product_of (&self, "basket", NOTE, 1);
  item = get_picture (&self, product);
  suggestion = await_boxed (cs_desk_suggest_picture (self.desk, product, item->photo, "{\"polish\":0}"));
  receipt = cs_receipt_from_json (suggestion->receipt);
  g_assert_true (receipt->within);
  g_assert_cmpfloat (receipt->changed, ==, 0);
  g_assert_cmpfloat (receipt->product.worst, ==, 0);
}

static gsize
count_seen (GVariant *pixels)
{
  int      width, height, stride;
  gboolean has_alpha;
  g_autoptr (GVariant) bytes = NULL;
  const guint8 *data;
  gsize    n, seen = 0;

  g_variant_get (pixels, "(iiib@ay)", &width, &height, &stride, &has_alpha, &bytes);
  g_assert_true (has_alpha);
  data = g_variant_get_fixed_array (bytes, &n, 1);
  g_assert_cmpuint (n, ==, (gsize) stride * height);
  for (gsize i = 0; i < (gsize) width * height; i++)
    seen += data[i * 4 + 3] > 100;

  return seen;
}

static void
test_changes (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsItem) honest = NULL;
  g_autoptr (CsItem) forged = NULL;
  g_autoptr (CsItem) unmeasured = NULL;
  g_autoptr (GVariant) nothing = NULL;
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GError) error = NULL;
  gint64 product;

  fixture_init (&self);
  product = make_product_of (&self, "basket", NOTE, 1);
  honest = get_picture (&self, product);
  nothing = dex_await_variant (cs_desk_load_changes (self.desk, honest->suggestions->pdata[0], 400), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_seen (nothing), ==, 0);

  employ (&self, LIE_OTHER_PICTURE);
  await_ok (cs_desk_suggest (self.desk, &product, 1));
  forged = get_picture (&self, product);
  all = dex_await_variant (cs_desk_load_changes (self.desk, forged->suggestions->pdata[0], 400), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_seen (all), >, 5000);
  dismiss (&self);

  employ (&self, LIE_NO_RECEIPT);
  await_ok (cs_desk_suggest (self.desk, &product, 1));
  unmeasured = get_picture (&self, product);
  assert_refused (cs_desk_load_changes (self.desk, unmeasured->suggestions->pdata[0], 400), CS_ERROR_REFUSED);
  dismiss (&self);
}

static char *
read_file (const char *folder,
           const char *name,
           gsize      *length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));

  return contents;
}

static void
test_export (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsItem) item = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *json = NULL;
  g_autofree char *page = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *hash = NULL;
  CsSuggestion *suggestion;
  gint64 product;
  gsize  length;

  fixture_init (&self);
  product = make_product_of (&self, "basket", NOTE, 1);
  item = get_picture (&self, product);
  suggestion = item->suggestions->pdata[0];
  folder = g_file_new_build_filename (self.folder, "out", "receipts", NULL);
  await_ok (cs_desk_export_receipt (self.desk, suggestion, folder));
  await_ok (cs_desk_export_receipt (self.desk, suggestion, folder));

  /* Nothing is written over */
  first = g_build_filename (g_file_peek_path (folder), "IMG_0001", NULL);
  second = g_build_filename (g_file_peek_path (folder), "IMG_0001-2", NULL);
  json = read_file (second, "receipt.json", NULL);
  g_assert_cmpstr (json, ==, suggestion->receipt);
  picture = read_file (first, "picture.jpg", &length);
  hash = cs_hash_data (picture, length);
  g_assert_cmpstr (hash, ==, suggestion->picture);

  page = read_file (first, "receipt.html", NULL);
  g_assert_nonnull (strstr (page, hash));
  g_assert_nonnull (strstr (page, "data:image/jpeg;base64,"));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "http:"));
  g_assert_null (strstr (page, "https:"));
  if (g_getenv ("CS_KEEP") != NULL)
    {
      g_autofree char *kept = g_build_filename (g_getenv ("CS_KEEP"), "receipt.html", NULL);

      g_file_set_contents (kept, page, -1, NULL);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/receipts/hard-stop", test_hard_stop);
  cs_test_add_fiber ("/receipts/stale", test_stale);
  cs_test_add_fiber ("/receipts/true-to-life", test_true_to_life);
  cs_test_add_fiber ("/receipts/changes", test_changes);
  cs_test_add_fiber ("/receipts/export", test_export);

  return g_test_run ();
}
