/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-decisions.h"
#include "cs-products-private.h"
#include "cs-progress.h"
#include "cs-receipt.h"

/* Decisions are appended, and taking one back appends as well: what stands for
 * an item is its last decision that no other one takes back.
 */

typedef struct
{
  gint64     product;
  guint      most;
  char      *face;
  GPtrArray *decisions;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_free (args->face);
  g_clear_pointer (&args->decisions, g_ptr_array_unref);
  g_free (args);
}

static gboolean
refuse_stale (GError **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_STALE, _("This has changed since it was shown. Look at it again."));

  return FALSE;
}

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, sentence);

  return FALSE;
}

/* What a decision refers to, as it is stored: what is accepted is taken from
 * there, not from the caller
 */
typedef struct
{
  gboolean is_question;
  gboolean is_refused; /* a picture that was not measured, or changes its product */
  char    *denied;     /* what a fact says to the contrary, or NULL */
  char    *value;
} Shown;

static void
shown_clear (Shown *shown)
{
  g_free (shown->value);
  g_free (shown->denied);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shown, shown_clear)

static gboolean
load_shown (CsDb             *db,
            gint64            item,
            const CsDecision *decision,
            Shown            *shown,
            GError          **error)
{
  g_autoptr (CsEvidence) evidence = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT is_question, CASE WHEN :is_picture THEN picture ELSE text END, hash, receipt, evidence FROM suggestion"
                       "  WHERE id = :suggestion AND item = :item AND standing = 'current'");

  cs_stmt_bind (stmt, ":suggestion", decision->suggestion);
  cs_stmt_bind (stmt, ":item", item);
  cs_stmt_bind (stmt, ":is_picture", decision->field == CS_FIELD_PICTURE);
  if (!cs_stmt_next (stmt, error))
    return cs_stmt_is_done (stmt) && refuse_stale (error);

  if (g_strcmp0 (cs_stmt_text (stmt, 2), decision->shown) != 0)
    return refuse_stale (error);

  shown->is_question = cs_stmt_int64 (stmt, 0) != 0;
  shown->value = cs_stmt_dup_text (stmt, 1);
  shown->is_refused = decision->field == CS_FIELD_PICTURE && !cs_receipt_allows (cs_stmt_text (stmt, 3), shown->value);
  evidence = cs_stmt_is_null (stmt, 4) ? NULL : cs_evidence_from_json (cs_stmt_text (stmt, 4));
  shown->denied = cs_evidence_dup_denial (evidence);

  return TRUE;
}

/* Nothing was shown, so there must not be anything by now */
static gboolean
check_nothing_shown (CsDb             *db,
                     gint64            item,
                     const CsDecision *decision,
                     GError          **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT 1 FROM suggestion WHERE item = :item AND standing = 'current' LIMIT 1");
  gint64 found;

  if (decision->verdict == CS_VERDICT_EDIT)
    return TRUE;

  cs_stmt_bind (stmt, ":item", item);
  if (!cs_stmt_find_int64 (stmt, &found, 0, error))
    return FALSE;

  if (found)
    return refuse_stale (error);

  return refuse (error, _("There is nothing to decide on here yet."));
}

static gboolean
check_verdict (const CsDecision *decision,
               const Shown      *shown,
               GError          **error)
{
  switch (decision->verdict)
    {
    case CS_VERDICT_ACCEPT:
      if (shown->is_question || shown->value == NULL)
        return refuse (error, _("A question cannot be accepted. Answer it, or write your own text."));
      if (shown->is_refused)
        return refuse (error, _("This picture changes the product itself, or was never measured. Make it anew, or keep the original."));
      if (shown->denied != NULL)
        return refuse (error, shown->denied);
      return TRUE;

    case CS_VERDICT_EDIT:
      if (decision->value == NULL || (decision->field == CS_FIELD_TITLE && decision->value[0] == '\0'))
        return refuse (error, _("Write something first."));
      return TRUE;

    case CS_VERDICT_REJECT:
    case CS_VERDICT_LATER:
      return TRUE;

    case CS_VERDICT_UNDO:
    default:
      return refuse (error, _("This cannot be decided so."));
    }
}

static gboolean
insert (CsDb             *db,
        const CsDecision *decision,
        gint64            item,
        const char       *value,
        gint64            press,
        gint64           *id,
        GError          **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO decision (item, product, photo, field, verdict, suggestion, shown, value, undoes,"
                       "    press, face, made_at)"
                       "  VALUES (:item, :product, :photo, :field, :verdict, nullif (:suggestion, 0), :shown, :value,"
                       "    nullif (:undoes, 0), :press, :face, :made_at)");

  cs_stmt_bind (stmt, ":item", item);
  cs_stmt_bind (stmt, ":product", decision->product);
  cs_stmt_bind (stmt, ":photo", decision->photo);
  cs_stmt_bind (stmt, ":field", cs_field_get_name (decision->field));
  cs_stmt_bind (stmt, ":verdict", cs_verdict_get_name (decision->verdict));
  cs_stmt_bind (stmt, ":suggestion", decision->suggestion);
  cs_stmt_bind (stmt, ":shown", decision->shown);
  cs_stmt_bind (stmt, ":value", value);
  cs_stmt_bind (stmt, ":undoes", decision->undoes);
  cs_stmt_bind (stmt, ":press", press);
  cs_stmt_bind (stmt, ":face", decision->face != NULL ? decision->face : "");
  cs_stmt_bind (stmt, ":made_at", decision->made_at != 0 ? decision->made_at : g_get_real_time ());
  if (!cs_stmt_run (stmt, error))
    return FALSE;

  *id = cs_db_last_id (db);

  return TRUE;
}

static gboolean
get_next_press (CsDb    *db,
                gint64  *press,
                GError **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT max (press) + 1 FROM decision");

  return cs_stmt_find_int64 (stmt, press, 1, error);
}

static gboolean
add_decision (CsDb             *db,
              const CsDecision *decision,
              gint64            press,
              GError          **error)
{
  g_auto (Shown) shown = { 0 };
  const char *value = NULL;
  gint64      photo = cs_field_is_of_photo (decision->field) ? decision->photo : 0;
  gint64      item;
  gint64      id;

  if (!cs_products_exists (db, decision->product, error) ||
      !cs_progress_ensure_item (db, decision->product, photo, decision->field, &item, error))
    return FALSE;

  if (decision->suggestion != 0 ? !load_shown (db, item, decision, &shown, error)
                                : !check_nothing_shown (db, item, decision, error))
    return FALSE;

  if (!check_verdict (decision, &shown, error))
    return FALSE;

  if (decision->verdict == CS_VERDICT_ACCEPT)
    value = shown.value;
  else if (decision->verdict == CS_VERDICT_EDIT)
    value = decision->value;

  return insert (db, decision, item, value, press, &id, error) &&
         cs_progress_update_item (db, item, error);
}

static void
note_product (GArray *products,
              gint64  product)
{
  for (guint i = 0; i < products->len; i++)
    {
      if (g_array_index (products, gint64, i) == product)
        return;
    }

  g_array_append_val (products, product);
}

static gboolean
edit_products (CsDb    *db,
               GArray  *products,
               GError **error)
{
  for (guint i = 0; i < products->len; i++)
    {
      gint64 product = g_array_index (products, gint64, i);

      if (!cs_progress_edit (db, product, CS_EDIT_OUTGOING, error) ||
          !cs_progress_update_product (db, product, error))
        return FALSE;
    }

  return TRUE;
}

static DexFuture *
add_decisions (CsDb    *db,
               gpointer data)
{
  Args *args = data;
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 press;

  if (!get_next_press (db, &press, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < args->decisions->len; i++)
    {
      const CsDecision *decision = args->decisions->pdata[i];

      if (!add_decision (db, decision, press, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      note_product (products, decision->product);
    }

  return cs_store_settle (edit_products (db, products, &error), &error);
}

DexFuture *
cs_decisions_add (CsStore   *store,
                  GPtrArray *decisions)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (decisions != NULL);

  args = g_new0 (Args, 1);
  args->decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
  for (guint i = 0; i < decisions->len; i++)
    {
      CsDecision *decision = decisions->pdata[i];

      if (!cs_field_is_reviewed (decision->field))
        {
          args_free (args);
          return dex_future_new_reject (CS_ERROR, CS_ERROR_REFUSED, _("This cannot be decided so."));
        }
      g_ptr_array_add (args->decisions, cs_decision_ref (decision));
    }

  return cs_store_write (store, add_decisions, args, args_free);
}

#define SELECT_DECISION                                                                           \
  "SELECT d.id, d.product, d.photo, d.field, d.verdict, d.suggestion, d.shown, d.value, d.undoes, " \
  "  d.press, d.face, d.made_at, d.item, i.product FROM decision d JOIN item i ON i.id = d.item "

static CsDecision *
read_decision (CsStmt  *stmt,
               GError **error)
{
  g_autoptr (CsDecision) decision = cs_decision_new ();

  if (!cs_field_from_name (cs_stmt_text (stmt, 3), &decision->field) ||
      !cs_verdict_from_name (cs_stmt_text (stmt, 4), &decision->verdict))
    {
      cs_db_refuse_damage (cs_stmt_text (stmt, 3), error);
      return NULL;
    }

  decision->id = cs_stmt_int64 (stmt, 0);
  decision->product = cs_stmt_int64 (stmt, 1);
  decision->photo = cs_stmt_int64 (stmt, 2);
  decision->suggestion = cs_stmt_int64 (stmt, 5);
  decision->shown = cs_stmt_dup_text (stmt, 6);
  decision->value = cs_stmt_dup_text (stmt, 7);
  decision->undoes = cs_stmt_int64 (stmt, 8);
  decision->group = cs_stmt_int64 (stmt, 9);
  decision->face = cs_stmt_dup_text (stmt, 10);
  decision->made_at = cs_stmt_int64 (stmt, 11);

  return g_steal_pointer (&decision);
}

/* The newest key press of which something stands */
static gboolean
find_last_press (CsDb    *db,
                 gint64  *press,
                 GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT press FROM decision d WHERE verdict <> 'undo'"
                       "  AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id)"
                       "  ORDER BY id DESC LIMIT 1");

  return cs_stmt_find_int64 (stmt, press, 0, error);
}

static gboolean
load_press (CsDb      *db,
            gint64     press,
            GPtrArray *decisions,
            GArray    *items,
            GArray    *products,
            GError   **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, SELECT_DECISION "WHERE d.press = :press AND d.verdict <> 'undo'"
                                       "  AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) ORDER BY d.id");

  cs_stmt_bind (stmt, ":press", press);
  while (cs_stmt_next (stmt, error))
    {
      CsDecision *decision = read_decision (stmt, error);
      gint64      item = cs_stmt_int64 (stmt, 12);

      if (decision == NULL)
        return FALSE;

      /* The photo may have moved since: what changes is the product that it is in */
      g_ptr_array_add (decisions, decision);
      g_array_append_val (items, item);
      note_product (products, cs_stmt_int64 (stmt, 13));
    }

  return cs_stmt_is_done (stmt);
}

static gboolean
take_back (CsDb             *db,
           const CsDecision *decision,
           gint64            item,
           const char       *face,
           gint64            press,
           GError          **error)
{
  g_autoptr (CsDecision) undo = cs_decision_new ();
  gint64 id;

  undo->product = decision->product;
  undo->photo = decision->photo;
  undo->field = decision->field;
  undo->verdict = CS_VERDICT_UNDO;
  undo->undoes = decision->id;
  undo->face = g_strdup (face);

  return insert (db, undo, item, NULL, press, &id, error) &&
         cs_progress_update_item (db, item, error);
}

static DexFuture *
undo_decisions (CsDb    *db,
                gpointer data)
{
  Args *args = data;
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 last;
  gint64 press;

  if (!find_last_press (db, &last, &error) ||
      !load_press (db, last, decisions, items, products, &error) ||
      !get_next_press (db, &press, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < decisions->len; i++)
    {
      if (!take_back (db, decisions->pdata[i], g_array_index (items, gint64, i), args->face, press, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  if (!edit_products (db, products, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&decisions));
}

DexFuture *
cs_decisions_undo (CsStore    *store,
                   const char *face)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (face != NULL);

  args = g_new0 (Args, 1);
  args->face = g_strdup (face);

  return cs_store_write (store, undo_decisions, args, args_free);
}

/* With those of the products that were merged into it, and of photos that came to it */
static DexFuture *
list_decisions (CsDb    *db,
                gpointer data)
{
  Args *args = data;
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    args->product == 0
      ? cs_db_prepare (db, SELECT_DECISION "ORDER BY d.id DESC LIMIT :most")
      : cs_db_prepare (db, SELECT_DECISION
                       "WHERE d.id IN ("
                       "    SELECT id FROM decision WHERE product = :product"
                       "    UNION SELECT d2.id FROM decision d2 JOIN product p ON p.id = d2.product"
                       "      WHERE p.merged_into = :product"
                       "    UNION SELECT d3.id FROM item i3 JOIN decision d3 ON d3.item = i3.id"
                       "      WHERE i3.product = :product)"
                       "  ORDER BY d.id DESC LIMIT :most");

  if (args->product != 0)
    cs_stmt_bind (stmt, ":product", args->product);
  cs_stmt_bind (stmt, ":most", args->most);
  while (cs_stmt_next (stmt, &error))
    {
      CsDecision *decision = read_decision (stmt, &error);

      if (decision == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      g_ptr_array_add (decisions, decision);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&decisions));
}

DexFuture *
cs_decisions_list (CsStore *store,
                   gint64   product,
                   guint    most)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->product = product;
  args->most = most;

  return cs_store_read (store, list_decisions, args, args_free);
}

static DexFuture *
get_last_picture_settings (CsDb    *db,
                           gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT s.settings FROM decision d JOIN suggestion s ON s.id = d.suggestion"
                       "  WHERE d.field = 'picture' AND d.verdict = 'accept' AND s.settings IS NOT NULL"
                       "    AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id)"
                       "  ORDER BY d.id DESC LIMIT 1");

  if (cs_stmt_next (stmt, &error))
    return dex_future_new_take_string (cs_stmt_dup_text (stmt, 0));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (NULL);
}

DexFuture *
cs_decisions_get_last_picture_settings (CsStore *store)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_read (store, get_last_picture_settings, NULL, NULL);
}
