/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-products-private.h"
#include "cs-roster.h"
#include "cs-text.h"

/* Lists are windows on the database: all ids in their order, and the rows of
 * those that are looked at. The ids come from the roster in memory and from the
 * index of words.
 */

#define ALL_STAGES ((1u << CS_N_STAGES) - 1)

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

/* By id. (FTS5 is several times as fast this way round as the other.) The index
 * holds no archived product.
 */
static gboolean
find_matches (CsDb       *db,
              const char *match,
              GArray     *ids,
              GError    **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT rowid FROM search WHERE search MATCH :match ORDER BY rowid");

  cs_stmt_bind (stmt, ":match", match);
  while (cs_stmt_next (stmt, error))
    {
      gint64 id = cs_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  return cs_stmt_is_done (stmt);
}

/* The entries that are asked for, by id. matches: only these, or NULL. */
static GArray *
choose (const Args *args,
        GArray     *roster,
        GArray     *matches)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (CsRosterEntry));
  guint   next = 0;

  for (guint i = 0; i < roster->len; i++)
    {
      const CsRosterEntry *entry = &g_array_index (roster, CsRosterEntry, i);

      if (matches != NULL)
        {
          while (next < matches->len && g_array_index (matches, gint64, next) < entry->id)
            next++;
          if (next == matches->len)
            break;
          if (g_array_index (matches, gint64, next) != entry->id)
            continue;
        }

      if (!entry->archived && ((args->stages >> entry->stage) & 1))
        g_array_append_vals (chosen, entry, 1);
    }

  return chosen;
}

static GArray *
order (const Args *args,
       GArray     *chosen)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), chosen->len);

  if (args->order == CS_ORDER_REVIEW)
    {
      for (int queue = -1; queue <= 2; queue++)
        {
          for (guint i = 0; i < chosen->len; i++)
            {
              if (g_array_index (chosen, CsRosterEntry, i).queue == queue)
                g_array_append_val (ids, g_array_index (chosen, CsRosterEntry, i).id);
            }
        }
    }
  else
    {
      for (guint i = chosen->len; i > 0; i--)
        g_array_append_val (ids, g_array_index (chosen, CsRosterEntry, i - 1).id);
    }

  return ids;
}

static DexFuture *
list_products (CsDb    *db,
               gpointer data)
{
  Args *args = data;
  g_autoptr (GArray) matches = args->match != NULL ? g_array_new (FALSE, FALSE, sizeof (gint64)) : NULL;
  g_autoptr (GArray) chosen = NULL;
  g_autoptr (GError) error = NULL;
  GArray *roster;

  if ((matches != NULL && !find_matches (db, args->match, matches, &error)) ||
      !(roster = cs_roster_get (db, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  chosen = choose (args, roster, matches);

  return dex_future_new_take_boxed (G_TYPE_ARRAY, order (args, chosen));
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
