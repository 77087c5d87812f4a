/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-decisions.h"
#include "cs-json.h"
#include "cs-price.h"
#include "cs-products-private.h"
#include "cs-progress.h"
#include "cs-suggestions.h"

/* What engines made. A row is frozen: running an engine again adds rows, and
 * where the new one is the same as the old one it adds nothing, so that what a
 * person is looking at stays what it was.
 */

typedef struct
{
  gint64     product;
  gint64     facts;
  char      *engine;
  char      *input;
  GPtrArray *suggestions;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_free (args->engine);
  g_free (args->input);
  g_clear_pointer (&args->suggestions, g_ptr_array_unref);
  g_free (args);
}

/* A request is paid for as a whole: each suggestion that it brought bears a share */
static char *
dup_share (CsStmt *stmt,
           int     first)
{
  gint64 cost = cs_stmt_int64 (stmt, first);
  gint64 n = MAX (cs_stmt_int64 (stmt, first + 2), 1);

  if (cs_stmt_is_null (stmt, first) || cost < 0)
    return NULL;

  return cs_price_to_display (cost / n + (cost % n != 0), cs_stmt_text (stmt, first + 1));
}

static char **
read_remarks (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (cs_json_array_string (array, i) != NULL)
        g_strv_builder_add (remarks, cs_json_array_string (array, i));
    }

  return g_strv_builder_end (remarks);
}

static char *
write_remarks (char **remarks)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  if (remarks == NULL)
    return NULL;

  array = json_array_new ();
  for (guint i = 0; remarks[i] != NULL; i++)
    json_array_add_string_element (array, remarks[i]);
  node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);

  return cs_json_canonical (node);
}

CsSuggestion *
cs_suggestions_read (CsStmt  *stmt,
                     int      first,
                     GError **error)
{
  g_autoptr (CsSuggestion) self = cs_suggestion_new ();

  if (!cs_field_from_name (cs_stmt_text (stmt, first + 3), &self->field))
    {
      cs_db_refuse_damage (cs_stmt_text (stmt, first + 3), error);
      return NULL;
    }

  self->id = cs_stmt_int64 (stmt, first);
  self->product = cs_stmt_int64 (stmt, first + 1);
  self->photo = cs_stmt_int64 (stmt, first + 2);
  self->engine = cs_stmt_dup_text (stmt, first + 4);
  self->variant = cs_stmt_int64 (stmt, first + 5);
  self->is_question = cs_stmt_int64 (stmt, first + 6) != 0;
  self->text = cs_stmt_dup_text (stmt, first + 7);
  self->language = cs_stmt_dup_text (stmt, first + 8);
  if (!cs_stmt_is_null (stmt, first + 9))
    self->evidence = cs_evidence_from_json (cs_stmt_text (stmt, first + 9));
  self->remarks = read_remarks (cs_stmt_text (stmt, first + 10));
  self->picture = cs_stmt_dup_text (stmt, first + 11);
  self->settings = cs_stmt_dup_text (stmt, first + 12);
  self->hash = cs_stmt_dup_text (stmt, first + 13);
  self->input = cs_stmt_dup_text (stmt, first + 14);
  self->made_at = cs_stmt_int64 (stmt, first + 15);
  self->receipt = cs_stmt_dup_text (stmt, first + 16);
  self->mask = cs_stmt_dup_text (stmt, first + 17);
  self->abstains = cs_stmt_int64 (stmt, first + 18) != 0;
  self->sent = cs_stmt_int64 (stmt, first + 19);
  self->cost = dup_share (stmt, first + 20);

  return g_steal_pointer (&self);
}

static gboolean
insert (CsDb               *db,
        gint64              item,
        const char         *engine,
        const CsSuggestion *suggestion,
        const char         *standing,
        GError            **error)
{
  g_autofree char *evidence = suggestion->evidence != NULL ? cs_evidence_to_json (suggestion->evidence) : NULL;
  g_autofree char *remarks = write_remarks (suggestion->remarks);
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO suggestion (item, engine, variant, is_question, text, language, evidence, remarks,"
                       "    picture, settings, receipt, mask, abstains, hash, input, made_at, standing, sent)"
                       "  VALUES (:item, :engine, :variant, :is_question, :text, :language, :evidence, :remarks,"
                       "    :picture, :settings, :receipt, :mask, :abstains, :hash, :input, :made_at, :standing, nullif (:sent, 0))");

  cs_stmt_bind (stmt, ":item", item);
  cs_stmt_bind (stmt, ":engine", engine);
  cs_stmt_bind (stmt, ":variant", suggestion->variant);
  cs_stmt_bind (stmt, ":is_question", suggestion->is_question != FALSE);
  cs_stmt_bind (stmt, ":text", suggestion->text);
  cs_stmt_bind (stmt, ":language", suggestion->language);
  cs_stmt_bind (stmt, ":evidence", evidence);
  cs_stmt_bind (stmt, ":remarks", remarks);
  cs_stmt_bind (stmt, ":picture", suggestion->picture);
  cs_stmt_bind (stmt, ":settings", suggestion->settings);
  cs_stmt_bind (stmt, ":receipt", suggestion->receipt);
  cs_stmt_bind (stmt, ":mask", suggestion->mask);
  cs_stmt_bind (stmt, ":abstains", suggestion->abstains != FALSE);
  cs_stmt_bind (stmt, ":hash", suggestion->hash);
  cs_stmt_bind (stmt, ":input", suggestion->input);
  cs_stmt_bind (stmt, ":made_at", suggestion->made_at != 0 ? suggestion->made_at : g_get_real_time ());
  cs_stmt_bind (stmt, ":standing", standing);
  cs_stmt_bind (stmt, ":sent", suggestion->sent);

  return cs_stmt_run (stmt, error);
}

/* One item's new suggestions by one engine, against those that are there */
typedef struct
{
  gint64     item;
  GPtrArray *suggestions; /* (element-type CsSuggestion), borrowed */
} Share;

static void
share_free (gpointer data)
{
  Share *share = data;

  g_ptr_array_unref (share->suggestions);
  g_free (share);
}

static gboolean
load_standing (CsDb       *db,
               gint64      item,
               const char *engine,
               const char *standing,
               GHashTable *hashes,
               GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT id, variant, hash FROM suggestion"
                       "  WHERE item = :item AND standing = :standing AND engine = :engine");

  cs_stmt_bind (stmt, ":item", item);
  cs_stmt_bind (stmt, ":engine", engine);
  cs_stmt_bind (stmt, ":standing", standing);
  while (cs_stmt_next (stmt, error))
    g_hash_table_insert (hashes,
                         g_strdup_printf ("%d %s", (int) cs_stmt_int64 (stmt, 1), cs_stmt_text (stmt, 2)),
                         GSIZE_TO_POINTER (cs_stmt_int64 (stmt, 0)));

  return cs_stmt_is_done (stmt);
}

static gboolean
is_same (GHashTable *hashes,
         GPtrArray  *suggestions)
{
  if (g_hash_table_size (hashes) != suggestions->len)
    return FALSE;

  for (guint i = 0; i < suggestions->len; i++)
    {
      const CsSuggestion *suggestion = suggestions->pdata[i];
      g_autofree char    *name = g_strdup_printf ("%d %s", suggestion->variant, suggestion->hash);

      if (!g_hash_table_contains (hashes, name))
        return FALSE;
    }

  return TRUE;
}

static gboolean
retire (CsDb       *db,
        gint64      item,
        const char *engine,
        const char *standing,
        GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE suggestion SET standing = 'superseded'"
                       "  WHERE item = :item AND standing = :standing AND engine = :engine");

  cs_stmt_bind (stmt, ":item", item);
  cs_stmt_bind (stmt, ":engine", engine);
  cs_stmt_bind (stmt, ":standing", standing);

  return cs_stmt_run (stmt, error);
}

static gboolean
is_decided (CsDb     *db,
            gint64    item,
            gboolean *decided,
            GError  **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT state IN ('accepted', 'edited', 'kept') FROM item WHERE id = :item");
  gint64 value;

  cs_stmt_bind (stmt, ":item", item);
  if (!cs_stmt_find_int64 (stmt, &value, 0, error))
    return FALSE;

  *decided = value != 0;

  return TRUE;
}

/* Over a decided item nothing moves: the new ones wait in reserve for its undoing */
static gboolean
put_share (CsDb        *db,
           const Share *share,
           const char  *engine,
           GError     **error)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *standing;
  gboolean    decided;

  if (!is_decided (db, share->item, &decided, error) ||
      !load_standing (db, share->item, engine, "current", hashes, error))
    return FALSE;

  if (is_same (hashes, share->suggestions))
    return retire (db, share->item, engine, "reserve", error);

  standing = decided ? "reserve" : "current";
  if (!retire (db, share->item, engine, standing, error))
    return FALSE;

  for (guint i = 0; i < share->suggestions->len; i++)
    {
      if (!insert (db, share->item, engine, share->suggestions->pdata[i], standing, error))
        return FALSE;
    }

  return cs_progress_update_item (db, share->item, error);
}

static Share *
get_share (GPtrArray *shares,
           gint64     item)
{
  Share *share;

  for (guint i = 0; i < shares->len; i++)
    {
      share = shares->pdata[i];
      if (share->item == item)
        return share;
    }

  share = g_new0 (Share, 1);
  share->item = item;
  share->suggestions = g_ptr_array_new ();
  g_ptr_array_add (shares, share);

  return share;
}

/* Items that the engine had something for, and now has nothing, count as well */
static gboolean
share_former (CsDb       *db,
              const Args *args,
              GPtrArray  *shares,
              GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT DISTINCT s.item FROM item i JOIN suggestion s ON s.item = i.id"
                       "  WHERE i.product = :product AND s.standing IN ('current', 'reserve') AND s.engine = :engine");

  cs_stmt_bind (stmt, ":product", args->product);
  cs_stmt_bind (stmt, ":engine", args->engine);
  while (cs_stmt_next (stmt, error))
    get_share (shares, cs_stmt_int64 (stmt, 0));

  return cs_stmt_is_done (stmt);
}

/* A photo that was moved away while the engine worked takes nothing with it */
static gboolean
share_out (CsDb       *db,
           const Args *args,
           GPtrArray  *shares,
           GError    **error)
{
  for (guint i = 0; i < args->suggestions->len; i++)
    {
      CsSuggestion *suggestion = args->suggestions->pdata[i];
      gint64        photo = cs_field_is_of_photo (suggestion->field) ? suggestion->photo : 0;
      g_autoptr (GError) local = NULL;
      gint64 item;

      if (cs_progress_ensure_item (db, args->product, photo, suggestion->field, &item, &local))
        g_ptr_array_add (get_share (shares, item)->suggestions, suggestion);
      else if (!g_error_matches (local, CS_ERROR, CS_ERROR_STALE))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
note_run (CsDb       *db,
          const Args *args,
          GError    **error)
{
  g_autoptr (CsStmt) engine = cs_db_prepare (db, "INSERT OR IGNORE INTO engine (id, expected)"
                                                        "  SELECT :engine, NOT EXISTS (SELECT 1 FROM engine_setup WHERE id = :engine)");
  g_autoptr (CsStmt) run =
    cs_db_prepare (db, "INSERT OR REPLACE INTO engine_run (product, engine, input, facts, made_at)"
                       "  SELECT id, :engine, :input, :facts, :now FROM product WHERE id = :product");
  g_autoptr (CsStmt) seen =
    cs_db_prepare (db, "UPDATE product SET seen ="
                       "  (SELECT count(*) FROM engine_run r JOIN engine e ON e.id = r.engine"
                       "     WHERE r.product = product.id AND r.facts = product.facts AND e.expected = 1)"
                       "  WHERE id = :product");

  cs_stmt_bind (engine, ":engine", args->engine);
  cs_stmt_bind (run, ":engine", args->engine);
  cs_stmt_bind (run, ":input", args->input);
  cs_stmt_bind (run, ":facts", args->facts);
  cs_stmt_bind (run, ":now", g_get_real_time ());
  cs_stmt_bind (run, ":product", args->product);
  cs_stmt_bind (seen, ":product", args->product);

  return cs_stmt_run (engine, error) && cs_stmt_run (run, error) && cs_stmt_run (seen, error);
}

static DexFuture *
put_suggestions (CsDb    *db,
                 gpointer data)
{
  Args *args = data;
  g_autoptr (GPtrArray) shares = g_ptr_array_new_with_free_func (share_free);
  g_autoptr (GError) error = NULL;

  if (!cs_products_exists (db, args->product, &error) ||
      !note_run (db, args, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (args->suggestions == NULL)
    return dex_future_new_true ();

  if (!share_out (db, args, shares, &error) ||
      !share_former (db, args, shares, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < shares->len; i++)
    {
      if (!put_share (db, shares->pdata[i], args->engine, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return cs_store_settle (cs_progress_update_product (db, args->product, &error), &error);
}

DexFuture *
cs_suggestions_put (CsStore    *store,
                    gint64      product,
                    gint64      facts,
                    const char *engine,
                    const char *input,
                    GPtrArray  *suggestions)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (engine != NULL);

  args = g_new0 (Args, 1);
  args->product = product;
  args->facts = facts;
  args->engine = g_strdup (engine);
  args->input = g_strdup (input);
  if (suggestions != NULL)
    args->suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  for (guint i = 0; suggestions != NULL && i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];

      if (suggestion->hash == NULL || !cs_field_is_reviewed (suggestion->field))
        {
          args_free (args);
          return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A suggestion is not sealed");
        }
      g_ptr_array_add (args->suggestions, cs_suggestion_ref (suggestion));
    }

  return cs_store_write (store, put_suggestions, args, args_free);
}

static DexFuture *
get_input (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT input FROM engine_run WHERE product = :product AND engine = :engine");

  cs_stmt_bind (stmt, ":product", args->product);
  cs_stmt_bind (stmt, ":engine", args->engine);
  if (cs_stmt_next (stmt, &error))
    return dex_future_new_take_string (cs_stmt_dup_text (stmt, 0));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (NULL);
}

DexFuture *
cs_suggestions_get_input (CsStore    *store,
                          gint64      product,
                          const char *engine)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (engine != NULL);

  args = g_new0 (Args, 1);
  args->product = product;
  args->engine = g_strdup (engine);

  return cs_store_read (store, get_input, args, args_free);
}

static DexFuture *
get_suggestion (CsDb    *db,
                gpointer data)
{
  gint64 *id = data;
  g_autoptr (CsSuggestion) suggestion = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT " CS_SUGGESTIONS_COLUMNS "FROM suggestion s JOIN item i ON i.id = s.item WHERE s.id = :id");

  cs_stmt_bind (stmt, ":id", *id);
  if (cs_stmt_next (stmt, &error) && (suggestion = cs_suggestions_read (stmt, 0, &error)))
    return dex_future_new_take_boxed (CS_TYPE_SUGGESTION, g_steal_pointer (&suggestion));

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no such suggestion."));
}

DexFuture *
cs_suggestions_get (CsStore *store,
                    gint64   id)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_read (store, get_suggestion, g_memdup2 (&id, sizeof id), g_free);
}

static DexFuture *
expect_engines (CsDb    *db,
                gpointer data)
{
  char **engines = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; engines[i] != NULL; i++)
    {
      g_autoptr (CsStmt) stmt = cs_db_prepare (db, "INSERT OR IGNORE INTO engine (id) VALUES (:engine)");

      cs_stmt_bind (stmt, ":engine", engines[i]);
      if (!cs_stmt_run (stmt, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

DexFuture *
cs_suggestions_expect (CsStore           *store,
                       const char *const *engines)
{
  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (engines != NULL);

  return cs_store_write (store, expect_engines, g_strdupv ((char **) engines), (GDestroyNotify) g_strfreev);
}

/* Every engine that is to see all products has to have seen it as it is now */
static DexFuture *
list_unsuggested (CsDb    *db,
                  gpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT id FROM product WHERE archived = 0"
                       "  AND seen < (SELECT max (count(*), 1) FROM engine WHERE expected = 1) ORDER BY id");

  while (cs_stmt_next (stmt, &error))
    {
      gint64 id = cs_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_ARRAY, g_steal_pointer (&ids));
}

DexFuture *
cs_items_list_unsuggested (CsStore *store)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_read (store, list_unsuggested, NULL, NULL);
}
