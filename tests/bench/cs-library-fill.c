/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fiber.h"
#include "cs-hash.h"
#include "cs-library-fill.h"
#include "cs-photos.h"
#include "cs-products-private.h"
#include "cs-progress.h"

static const char *const colours[] = { "Red", "Blue", "Green", "Ivory", "Black", "Grey", "Amber", "Violet" };
static const char *const makes[] = { "hand-woven", "stoneware", "walnut", "linen", "enamelled", "brass", "felt", "bamboo" };
static const char *const things[] = { "basket", "mug", "necklace", "lamp", "shirt", "tray", "vase", "kettle", "cushion", "box" };
static const char *const chinese_makes[] = { "手工竹编", "粗陶", "胡桃木", "亚麻", "珐琅", "黄铜", "羊毛毡", "藤编" };
static const char *const chinese_things[] = { "果篮", "马克杯", "项链", "台灯", "衬衫", "托盘", "花瓶", "水壶", "靠垫", "收纳盒" };

#define PICK(list, n) ((list)[(n) % G_N_ELEMENTS (list)])

/* So many in one transaction: more of them do not fit into the page cache */
#define CHUNK 1000

typedef struct
{
  CsStore *store;
  guint    begin;
  guint    end;
  guint    n;
  char   **thumbnails;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_object_unref (args->store);
  g_strfreev (args->thumbnails);
  g_free (args);
}

static char *
dup_title (guint    i,
           gboolean chinese)
{
  if (chinese)
    return g_strdup_printf ("%s%s 直径%ucm 四川", PICK (chinese_makes, i / 3), PICK (chinese_things, i / 7), 10 + i % 40);

  return g_strdup_printf ("%s %s %s, %u cm", PICK (colours, i), PICK (makes, i / 5), PICK (things, i / 11), 10 + i % 40);
}

static gboolean
add_value (CsDb       *db,
           gint64      product,
           CsField     field,
           const char *value,
           GError    **error)
{
  gboolean changed;

  return cs_products_write_value (db, product, field, value, &changed, error);
}

static gboolean
add_values (CsDb    *db,
            gint64   product,
            guint    i,
            GError **error)
{
  g_autofree char *note = dup_title (i, i % 2);
  g_autofree char *sku = g_strdup_printf ("LX-%06u", i);
  g_autofree char *price = g_strdup_printf ("%u.50 EUR", 5 + i % 200);

  return add_value (db, product, CS_FIELD_NOTE, note, error) &&
         add_value (db, product, CS_FIELD_SKU, sku, error) &&
         add_value (db, product, CS_FIELD_PRICE, price, error) &&
         (i % 4 != 0 || add_value (db, product, CS_FIELD_BRAND, PICK (colours, i / 4), error));
}

static gboolean
add_photos (CsDb    *db,
            gint64   product,
            guint    i,
            char   **thumbnails,
            GError **error)
{
  guint n_thumbnails = thumbnails != NULL ? g_strv_length (thumbnails) : 0;

  for (guint j = 0; j < 2; j++)
    {
      g_autoptr (CsPhoto) photo = cs_photo_new ();
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %u", product, j);
      gint64 id;

      photo->hash = cs_hash_data (text, strlen (text));
      photo->thumbnail = n_thumbnails > 0 ? g_strdup (thumbnails[(i * 2 + j) % n_thumbnails]) : NULL;
      photo->name = g_strdup_printf ("DSC%05u.JPG", i * 2 + j);
      photo->mime = g_strdup ("image/jpeg");
      photo->width = 6000;
      photo->height = 4000;
      photo->likeness = g_str_hash (text);
      if (!cs_photos_insert (db, photo, &id, error) ||
          !cs_photos_place (db, id, product, j, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_suggestion (CsDb       *db,
                gint64      product,
                CsField     field,
                const char *text,
                gboolean    decided,
                GError    **error)
{
  g_autoptr (CsEvidence) evidence = cs_evidence_new ();
  g_autofree char *json = NULL;
  g_autofree char *hash = cs_hash_data (text, strlen (text));
  g_autoptr (CsStmt) suggest =
    cs_db_prepare (db, "INSERT INTO suggestion (item, engine, variant, is_question, text, language, evidence, hash, made_at, standing)"
                       "  VALUES (:item, 'text', 1, 0, :text, 'en', :evidence, :hash, 1, 'current')");
  g_autoptr (CsStmt) decide =
    cs_db_prepare (db, "INSERT INTO decision (item, product, photo, field, verdict, suggestion, shown, value, press, face, made_at)"
                       "  VALUES (:item, :product, 0, :field, 'accept', :suggestion, :hash, :text, :suggestion, 'window', 1)");
  gint64 item;

  evidence->facts = evidence->facts != NULL ? evidence->facts : g_ptr_array_new ();
  cs_evidence_add_fact (evidence, CS_FACT_NOTE, "note.1", text);
  cs_evidence_add_phrase (evidence, 0, strlen (text), CS_PHRASE_GROUNDED, (const char *const[]){ "note.1", NULL });
  json = cs_evidence_to_json (evidence);

  if (!cs_progress_ensure_item (db, product, 0, field, &item, error))
    return FALSE;

  cs_stmt_bind (suggest, ":item", item);
  cs_stmt_bind (suggest, ":text", text);
  cs_stmt_bind (suggest, ":evidence", json);
  cs_stmt_bind (suggest, ":hash", hash);
  if (!cs_stmt_run (suggest, error))
    return FALSE;

  cs_stmt_bind (decide, ":item", item);
  cs_stmt_bind (decide, ":product", product);
  cs_stmt_bind (decide, ":field", cs_field_get_name (field));
  cs_stmt_bind (decide, ":suggestion", cs_db_last_id (db));
  cs_stmt_bind (decide, ":hash", hash);
  cs_stmt_bind (decide, ":text", text);

  return (!decided || cs_stmt_run (decide, error)) && cs_progress_update_item (db, item, error);
}

static gboolean
add_suggestions (CsDb    *db,
                 gint64   product,
                 guint    i,
                 GError **error)
{
  g_autofree char *title = dup_title (i, i % 2);
  g_autofree char *description = g_strdup_printf ("%s. Made by hand; each piece differs a little from the next.", title);
  g_autofree char *keywords = g_strdup_printf ("%s\n%s\n%s", PICK (things, i / 11), PICK (makes, i / 5), PICK (colours, i));
  gboolean decided = i % 10 >= 7;
  g_autoptr (CsStmt) run =
    cs_db_prepare (db, "INSERT INTO engine_run (product, engine, input, facts, made_at) VALUES (:product, 'text', 'x', 1, 1)");
  g_autoptr (CsStmt) seen = cs_db_prepare (db, "UPDATE product SET seen = 1 WHERE id = :product");

  cs_stmt_bind (run, ":product", product);
  cs_stmt_bind (seen, ":product", product);

  /* Also seen where there is nothing yet: a window that is opened on it would begin to draft */
  if (!cs_stmt_run (seen, error))
    return FALSE;
  if (i % 10 == 0)
    return TRUE;

  return cs_stmt_run (run, error) &&
         add_suggestion (db, product, CS_FIELD_TITLE, title, decided, error) &&
         add_suggestion (db, product, CS_FIELD_DESCRIPTION, description, decided, error) &&
         add_suggestion (db, product, CS_FIELD_KEYWORDS, keywords, decided, error);
}

static DexFuture *
fill (CsDb    *db,
      gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;

  if (!cs_db_exec (db, "INSERT OR IGNORE INTO engine VALUES ('text')", &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = args->begin; i < args->end; i++)
    {
      gint64 product;

      if (!cs_products_insert (db, &product, &error) ||
          !add_values (db, product, i, &error) ||
          !add_photos (db, product, i, args->thumbnails, &error) ||
          !add_suggestions (db, product, i, &error) ||
          !cs_progress_update_product (db, product, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

static DexFuture *
fill_fiber (gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < args->n; i += CHUNK)
    {
      args->begin = i;
      args->end = MIN (i + CHUNK, args->n);
      if (!dex_await (cs_store_write (args->store, fill, args, NULL), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

DexFuture *
cs_library_fill (CsStore           *store,
                 guint              n,
                 const char *const *thumbnails)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->store = g_object_ref (store);
  args->n = n;
  args->thumbnails = g_strdupv ((char **) thumbnails);

  return cs_fiber_spawn_disowned (fill_fiber, args, args_free);
}
