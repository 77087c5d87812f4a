/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-decisions.h"
#include "cs-products-private.h"
#include "cs-progress.h"
#include "cs-suggestions.h"

/* The review of one product. Items have a row once something happened to them;
 * those that have none are put beside them as empty, so that the person can
 * write where no engine had anything to say.
 */

static CsItem *
add_item (GPtrArray  *items,
          gint64      product,
          gint64      photo,
          CsField     field,
          const char *original)
{
  CsItem *item = cs_item_new ();

  item->product = product;
  item->photo = photo;
  item->field = field;
  item->original = g_strdup (original);
  item->suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_ptr_array_add (items, item);

  return item;
}

static CsItem *
find_item (GPtrArray *items,
           gint64     photo,
           CsField    field)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->photo == photo && item->field == field)
        return item;
    }

  return NULL;
}

static gboolean
add_fields (CsDb      *db,
            gint64     product,
            GPtrArray *items,
            GError   **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT field, value FROM product_value WHERE product = :product");
  CsField field;

  for (field = CS_FIELD_TITLE; field <= CS_FIELD_KEYWORDS; field++)
    add_item (items, product, 0, field, NULL);

  cs_stmt_bind (stmt, ":product", product);
  while (cs_stmt_next (stmt, error))
    {
      CsItem *item = cs_field_from_name (cs_stmt_text (stmt, 0), &field) ? find_item (items, 0, field) : NULL;

      if (item != NULL)
        g_set_str (&item->original, cs_stmt_text (stmt, 1));
    }

  return cs_stmt_is_done (stmt);
}

static gboolean
add_photos (CsDb      *db,
            gint64     product,
            GPtrArray *items,
            GError   **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT id, hash FROM photo WHERE product = :product ORDER BY position, id");
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();

  cs_stmt_bind (stmt, ":product", product);
  while (cs_stmt_next (stmt, error))
    {
      add_item (items, product, cs_stmt_int64 (stmt, 0), CS_FIELD_ALT_TEXT, NULL);
      add_item (pictures, product, cs_stmt_int64 (stmt, 0), CS_FIELD_PICTURE, cs_stmt_text (stmt, 1));
    }

  g_ptr_array_extend_and_steal (items, g_steal_pointer (&pictures));

  return cs_stmt_is_done (stmt);
}

static gboolean
fill_states (CsDb      *db,
             gint64     product,
             GPtrArray *items,
             GError   **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT i.photo, i.field, i.state, i.decision, d.value FROM item i"
                       "  LEFT JOIN decision d ON d.id = i.decision WHERE i.product = :product");
  CsField field;

  cs_stmt_bind (stmt, ":product", product);
  while (cs_stmt_next (stmt, error))
    {
      CsItem *item = cs_field_from_name (cs_stmt_text (stmt, 1), &field)
                       ? find_item (items, cs_stmt_int64 (stmt, 0), field)
                       : NULL;

      if (item == NULL)
        continue;

      item->state = cs_progress_state_from_name (cs_stmt_text (stmt, 2));
      item->decision = cs_stmt_int64 (stmt, 3);
      if (item->state == CS_ITEM_ACCEPTED || item->state == CS_ITEM_EDITED)
        item->value = cs_stmt_dup_text (stmt, 4);
      else if (item->state == CS_ITEM_KEPT)
        item->value = g_strdup (item->original);
    }

  return cs_stmt_is_done (stmt);
}

static gboolean
fill_suggestions (CsDb      *db,
                  gint64     product,
                  GPtrArray *items,
                  GError   **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT " CS_SUGGESTIONS_COLUMNS "FROM item i JOIN suggestion s ON s.item = i.id"
                       "  WHERE i.product = :product AND s.standing = 'current' ORDER BY s.is_question, s.variant, s.sent IS NOT NULL, s.id");

  cs_stmt_bind (stmt, ":product", product);
  while (cs_stmt_next (stmt, error))
    {
      CsSuggestion *suggestion = cs_suggestions_read (stmt, 0, error);
      CsItem       *item;

      if (suggestion == NULL)
        return FALSE;

      if ((item = find_item (items, suggestion->photo, suggestion->field)))
        g_ptr_array_add (item->suggestions, suggestion);
      else
        cs_suggestion_unref (suggestion);
    }

  return cs_stmt_is_done (stmt);
}

static DexFuture *
list_items (CsDb    *db,
            gpointer data)
{
  gint64 product = *(gint64 *) data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_item_unref);
  g_autoptr (GError) error = NULL;

  if (!cs_products_exists (db, product, &error) ||
      !add_fields (db, product, items, &error) ||
      !add_photos (db, product, items, &error) ||
      !fill_states (db, product, items, &error) ||
      !fill_suggestions (db, product, items, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&items));
}

DexFuture *
cs_items_list (CsStore *store,
               gint64   product)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_read (store, list_items, g_memdup2 (&product, sizeof product), g_free);
}
