/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-decision.h"
#include "cs-lessons.h"
#include "cs-store-private.h"
#include "cs-text.h"

/* What one decision teaches: what stood there, and what the person made of it */
static CsLesson *
read_lesson (CsStmt  *stmt,
             GError **error)
{
  g_autoptr (CsLesson) lesson = cs_lesson_new ();
  CsVerdict   verdict;
  const char *category = cs_stmt_text (stmt, 6);
  const char *text;

  if (!cs_field_from_name (cs_stmt_text (stmt, 1), &lesson->field) ||
      !cs_verdict_from_name (cs_stmt_text (stmt, 2), &verdict))
    {
      cs_db_refuse_damage (cs_stmt_text (stmt, 1), error);
      return NULL;
    }

  lesson->product = cs_stmt_int64 (stmt, 0);
  lesson->suggested = cs_stmt_dup_text (stmt, 4);
  lesson->decided = verdict != CS_VERDICT_REJECT ? cs_stmt_dup_text (stmt, 3) : NULL;
  lesson->kind = g_strdup (category != NULL && *category != '\0' ? category : cs_stmt_text (stmt, 7));
  lesson->brand = cs_stmt_dup_text (stmt, 8);
  lesson->made_at = cs_stmt_int64 (stmt, 9);

  /* The person's own text says in which language it is, also over a suggestion in another */
  text = lesson->decided != NULL && *lesson->decided != '\0' ? lesson->decided : lesson->suggested;
  lesson->language = g_strdup (text == NULL ? cs_stmt_text (stmt, 5)
                               : cs_text_script (text) == CS_SCRIPT_HAN ? "zh" : "en");

  return g_steal_pointer (&lesson);
}

static DexFuture *
list_lessons (CsDb    *db,
              gpointer data)
{
  g_autoptr (GPtrArray) lessons = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_lesson_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT i.product, d.field, d.verdict, d.value,"
                       "    CASE WHEN s.is_question THEN NULL ELSE s.text END, s.language,"
                       "    (SELECT value FROM product_value c WHERE c.product = i.product AND c.field = 'category'),"
                       "    p.title,"
                       "    (SELECT value FROM product_value b WHERE b.product = i.product AND b.field = 'brand'),"
                       "    d.made_at"
                       "  FROM decision d"
                       "    JOIN item i ON i.id = d.item AND i.decision = d.id"
                       "    JOIN product p ON p.id = i.product"
                       "    LEFT JOIN suggestion s ON s.id = d.suggestion"
                       "  WHERE d.verdict IN ('accept', 'edit', 'reject')"
                       "    AND d.field IN ('title', 'description', 'bullets', 'keywords', 'alt-text')"
                       "  ORDER BY d.id DESC LIMIT :most");

  cs_stmt_bind (stmt, ":most", *(guint *) data);
  while (cs_stmt_next (stmt, &error))
    {
      CsLesson *lesson = read_lesson (stmt, &error);

      if (lesson == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      g_ptr_array_add (lessons, lesson);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&lessons));
}

DexFuture *
cs_lessons_list (CsStore *store,
                 guint    most)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_read (store, list_lessons, g_memdup2 (&most, sizeof most), g_free);
}

/* Decisions are only ever appended, also by taking one back */
static DexFuture *
get_last (CsDb    *db,
          gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT max (id) FROM decision");
  gint64 last;

  if (!cs_stmt_find_int64 (stmt, &last, 0, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_int64 (last);
}

DexFuture *
cs_lessons_get_last (CsStore *store)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_read (store, get_last, NULL, NULL);
}
