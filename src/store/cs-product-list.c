/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-products-private.h"
#include "cs-progress.h"
#include "cs-text.h"

/* Lists are windows on the database: all ids in their order, and the rows of
 * those that are looked at. The ids come from indexes that hold all that is
 * asked, so a list of 100,000 is one walk along an index.
 */

#define ALL_STAGES ((1u << CS_N_STAGES) - 1)
#define FEW 2000

typedef struct
{
  char   *match; /* as FTS5 wants it, or NULL */
  guint   stages;
  CsOrder order;
  GArray *ids;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_free (args->match);
  g_clear_pointer (&args->ids, g_array_unref);
  g_free (args);
}

static gboolean
collect_ids (CsStmt  *stmt,
             GArray  *ids,
             GError **error)
{
  while (cs_stmt_next (stmt, error))
    {
      gint64 id = cs_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  return cs_stmt_is_done (stmt);
}

/* The index holds no archived product, so its own order is the list */
static gboolean
find_matches (CsDb       *db,
              const char *match,
              GArray     *ids,
              GError    **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT rowid FROM search WHERE search MATCH :match ORDER BY rowid DESC");

  cs_stmt_bind (stmt, ":match", match);

  return collect_ids (stmt, ids, error);
}

static CsStmt *
prepare_walk (CsDb       *db,
              const Args *args)
{
  CsStmt *stmt;

  stmt = args->order == CS_ORDER_REVIEW
           ? cs_db_prepare (db, "SELECT id FROM product INDEXED BY product_queue"
                                "  WHERE archived = 0 AND (:stages >> stage) & 1 ORDER BY queue, id")
           : cs_db_prepare (db, "SELECT id FROM product INDEXED BY product_newest"
                                "  WHERE archived = 0 AND (:stages >> stage) & 1 ORDER BY id DESC");
  cs_stmt_bind (stmt, ":stages", args->stages);

  return stmt;
}

typedef struct
{
  gint64 id;
  gint64 queue;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  if (first->queue != second->queue)
    return first->queue < second->queue ? -1 : 1;

  return first->id < second->id ? -1 : first->id > second->id;
}

/* Few matches are looked up one by one */
static gboolean
keep_few (CsDb       *db,
          const Args *args,
          GArray     *matches,
          GArray     *ids,
          GError    **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT queue FROM product WHERE id = :id AND archived = 0 AND (:stages >> stage) & 1");

  for (guint i = 0; i < matches->len; i++)
    {
      Place place = { .id = g_array_index (matches, gint64, i) };

      cs_stmt_bind (stmt, ":id", place.id);
      cs_stmt_bind (stmt, ":stages", args->stages);
      if (!cs_stmt_find_int64 (stmt, &place.queue, -1, error))
        return FALSE;
      cs_stmt_rewind (stmt);

      if (place.queue >= 0)
        g_array_append_val (places, place);
    }

  if (args->order == CS_ORDER_REVIEW)
    g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    g_array_append_val (ids, g_array_index (places, Place, i).id);

  return TRUE;
}

/* Many are ticked off on the walk along the index of the order */
static gboolean
keep_many (CsDb       *db,
           const Args *args,
           GArray     *matches,
           GArray     *ids,
           GError    **error)
{
  gint64 largest = g_array_index (matches, gint64, 0);
  g_autofree guint8 *ticks = g_malloc0 (largest / 8 + 1);
  g_autoptr (CsStmt) walk = prepare_walk (db, args);

  for (guint i = 0; i < matches->len; i++)
    {
      gint64 id = g_array_index (matches, gint64, i);

      ticks[id / 8] |= 1 << (id % 8);
    }

  while (cs_stmt_next (walk, error))
    {
      gint64 id = cs_stmt_int64 (walk, 0);

      if (id > 0 && id <= largest && (ticks[id / 8] & (1 << (id % 8))))
        g_array_append_val (ids, id);
    }

  return cs_stmt_is_done (walk);
}

static gboolean
search (CsDb       *db,
        const Args *args,
        GArray     *ids,
        GError    **error)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (args->order == CS_ORDER_NEWEST && args->stages == ALL_STAGES)
    return find_matches (db, args->match, ids, error);

  if (!find_matches (db, args->match, matches, error))
    return FALSE;

  return matches->len <= FEW ? keep_few (db, args, matches, ids, error)
                             : keep_many (db, args, matches, ids, error);
}

static DexFuture *
list_products (CsDb    *db,
               gpointer data)
{
  Args *args = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  if (args->match != NULL)
    {
      if (!search (db, args, ids, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
  else
    {
      g_autoptr (CsStmt) walk = prepare_walk (db, args);

      if (!collect_ids (walk, ids, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_take_boxed (G_TYPE_ARRAY, g_steal_pointer (&ids));
}

DexFuture *
cs_products_list (CsStore              *store,
                  const CsProductQuery *query)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (query != NULL);

  args = g_new0 (Args, 1);
  args->match = query->search != NULL ? cs_text_search_query (query->search) : NULL;
  args->stages = query->stages != 0 ? query->stages & ALL_STAGES : ALL_STAGES;
  args->order = query->order;

  return cs_store_read (store, list_products, args, args_free);
}

static char *
dup_ids_json (GArray *ids)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (ids, gint64, i));
  g_string_append_c (json, ']');

  return g_string_free_and_steal (json);
}

/* Why a product is held back: what an engine asks, else what has no text */
static char *
dup_blocked_message (const char *question,
                     const char *open_field)
{
  CsField field = CS_FIELD_TITLE;

  if (question != NULL && question[0] != '\0')
    return g_strdup (question);

  if (open_field != NULL && cs_field_from_name (open_field, &field) && field != CS_FIELD_TITLE)
    return g_strdup_printf (_("Still missing: %s"), cs_field_get_label (field));

  return g_strdup (_("This product has no title yet."));
}

static CsProductRow *
read_row (CsStmt *stmt)
{
  CsProductRow *row = cs_product_row_new ();

  row->id = cs_stmt_int64 (stmt, 0);
  row->title = cs_stmt_dup_text (stmt, 1);
  row->thumbnail = cs_stmt_dup_text (stmt, 2);
  row->stage = CLAMP (cs_stmt_int64 (stmt, 3), 0, CS_N_STAGES - 1);
  row->n_photos = cs_stmt_int64 (stmt, 4);
  row->n_pending = cs_stmt_int64 (stmt, 5);
  row->sku = cs_stmt_dup_text (stmt, 6);
  row->price = cs_stmt_dup_text (stmt, 7);
  if (row->stage == CS_STAGE_BLOCKED)
    row->message = dup_blocked_message (cs_stmt_text (stmt, 8), cs_stmt_text (stmt, 9));
  else if (row->stage == CS_STAGE_FAILED)
    row->message = cs_stmt_dup_text (stmt, 10);

  return row;
}

static DexFuture *
get_rows (CsDb    *db,
          gpointer data)
{
  Args *args = data;
  g_autofree char *json = dup_ids_json (args->ids);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_product_row_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT p.id, p.title, p.thumbnail, p.stage, p.n_photos, p.n_pending,"
                       "  (SELECT value FROM product_value WHERE product = p.id AND field = 'sku'),"
                       "  (SELECT value FROM product_value WHERE product = p.id AND field = 'price'),"
                       "  CASE WHEN p.stage = :blocked THEN"
                       "    (SELECT s.text FROM item i JOIN suggestion s ON s.item = i.id"
                       "       WHERE i.product = p.id AND i.state = 'open' AND s.standing = 'current' AND s.is_question = 1"
                       "       ORDER BY i.field = 'title' DESC, i.id LIMIT 1) END,"
                       "  CASE WHEN p.stage = :blocked THEN"
                       "    (SELECT field FROM item WHERE product = p.id AND state = 'open'"
                       "       ORDER BY field = 'title' DESC, id LIMIT 1) END,"
                       "  CASE WHEN p.stage = :failed THEN"
                       "    (SELECT message FROM outbox WHERE product = p.id AND state IN ('failed', 'conflict', 'sign-in')"
                       "       ORDER BY id DESC LIMIT 1) END"
                       "  FROM json_each (:ids) j JOIN product p ON p.id = j.value ORDER BY j.key");

  cs_stmt_bind (stmt, ":ids", json);
  cs_stmt_bind (stmt, ":blocked", CS_STAGE_BLOCKED);
  cs_stmt_bind (stmt, ":failed", CS_STAGE_FAILED);
  while (cs_stmt_next (stmt, &error))
    g_ptr_array_add (rows, read_row (stmt));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&rows));
}

DexFuture *
cs_products_get_rows (CsStore      *store,
                      const gint64 *ids,
                      guint         n_ids)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (ids != NULL || n_ids == 0);

  args = g_new0 (Args, 1);
  args->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (args->ids, ids, n_ids);

  return cs_store_read (store, get_rows, args, args_free);
}

static DexFuture *
count_products (CsDb    *db,
                gpointer data)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT stage, n FROM stage_count");
  g_autoptr (GError) error = NULL;

  g_array_set_size (counts, CS_N_STAGES);
  while (cs_stmt_next (stmt, &error))
    {
      gint64 stage = cs_stmt_int64 (stmt, 0);

      if (stage >= 0 && stage < CS_N_STAGES)
        g_array_index (counts, guint, stage) = cs_stmt_int64 (stmt, 1);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_ARRAY, g_steal_pointer (&counts));
}

DexFuture *
cs_products_count (CsStore *store)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_read (store, count_products, NULL, NULL);
}
