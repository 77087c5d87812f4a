/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-hash.h"
#include "cs-progress.h"
#include "cs-text.h"

/* What a product is found by: its key, SKUs, brand, note and titles (its own,
 * those suggested and the one decided). Each is written once, so that accepting
 * a suggestion changes nothing here and costs nothing.
 */

static gboolean
collect (CsStmt    *stmt,
         gint64     product,
         GPtrArray *lines,
         GError   **error)
{
  cs_stmt_bind (stmt, ":product", product);
  while (cs_stmt_next (stmt, error))
    {
      const char *line = cs_stmt_text (stmt, 0);

      if (line != NULL && !g_ptr_array_find_with_equal_func (lines, line, g_str_equal, NULL))
        g_ptr_array_add (lines, g_strdup (line));
    }

  return cs_stmt_is_done (stmt);
}

/* NULL with an error; "" where nothing is to be found, as for an archived product */
static char *
dup_text (CsDb    *db,
          gint64   product,
          GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT key FROM product WHERE id = :product AND archived = 0"
                       "  UNION ALL SELECT value FROM product_value WHERE product = :product"
                       "    AND field IN ('brand', 'note', 'sku', 'title')"
                       "  UNION ALL SELECT sku FROM variant WHERE product = :product AND sku IS NOT NULL"
                       "  UNION ALL SELECT s.text FROM item i JOIN suggestion s ON s.item = i.id"
                       "    WHERE i.product = :product AND i.photo = 0 AND i.field = 'title'"
                       "      AND s.standing = 'current' AND s.is_question = 0"
                       "  UNION ALL SELECT d.value FROM item i JOIN decision d ON d.id = i.decision"
                       "    WHERE i.product = :product AND i.photo = 0 AND i.field = 'title'");
  g_autoptr (CsStmt) archived = cs_db_prepare (db, "SELECT archived FROM product WHERE id = :product");
  gint64 is_archived;

  cs_stmt_bind (archived, ":product", product);
  if (!cs_stmt_find_int64 (archived, &is_archived, 1, error))
    return NULL;

  if (is_archived)
    return g_strdup ("");

  if (!collect (stmt, product, lines, error))
    return NULL;

  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static gint64
get_mark (const char *text)
{
  g_autofree char *hash = text[0] != '\0' ? cs_hash_data (text, strlen (text)) : NULL;

  if (hash == NULL)
    return 0;

  /* Fifteen digits, so that it is never negative; 0 is for what is not in the index */
  hash[15] = '\0';

  return (gint64) g_ascii_strtoull (hash, NULL, 16) | 1;
}

static gboolean
write_terms (CsDb       *db,
             gint64      product,
             const char *text,
             gboolean    was_there,
             GError    **error)
{
  g_autofree char *terms = cs_text_search_terms (text);
  g_autoptr (CsStmt) remove = cs_db_prepare (db, "DELETE FROM search WHERE rowid = :product");
  g_autoptr (CsStmt) insert = cs_db_prepare (db, "INSERT INTO search (rowid, terms) VALUES (:product, :terms)");

  cs_stmt_bind (remove, ":product", product);
  cs_stmt_bind (insert, ":product", product);
  cs_stmt_bind (insert, ":terms", terms);

  return (!was_there || cs_stmt_run (remove, error)) &&
         (text[0] == '\0' || cs_stmt_run (insert, error));
}

gboolean
cs_index_update_product (CsDb    *db,
                         gint64   product,
                         GError **error)
{
  g_autofree char *text = dup_text (db, product, error);
  g_autoptr (CsStmt) find = cs_db_prepare (db, "SELECT terms FROM product WHERE id = :product");
  g_autoptr (CsStmt) update = cs_db_prepare (db, "UPDATE product SET terms = :terms WHERE id = :product");
  gint64 mark;
  gint64 stored;

  if (text == NULL)
    return FALSE;

  cs_stmt_bind (find, ":product", product);
  if (!cs_stmt_find_int64 (find, &stored, 0, error))
    return FALSE;

  if ((mark = get_mark (text)) == stored)
    return TRUE;

  cs_stmt_bind (update, ":terms", mark);
  cs_stmt_bind (update, ":product", product);

  return write_terms (db, product, text, stored != 0, error) && cs_stmt_run (update, error);
}
