/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fiber.h"
#include "cs-ready-ask.h"

/* What is in this shop, or on its way there */
static GHashTable *
await_there (CsDesk  *desk,
             gint64   account,
             GError **error)
{
  g_autoptr (GPtrArray) entries = dex_await_boxed (cs_desk_list_outbox (desk, account), error);
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (entries == NULL)
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = g_ptr_array_index (entries, i);

      if (!entry->is_past && entry->operation != CS_OPERATION_WITHDRAW && entry->state != CS_OUTBOX_VOIDED)
        g_hash_table_add (there, g_memdup2 (&entry->product, sizeof entry->product));
    }

  return g_steal_pointer (&there);
}

typedef struct
{
  CsDesk *desk;
  gint64  account;
  GArray *fresh;
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->desk);
  g_clear_pointer (&question->fresh, g_array_unref);
  g_free (question);
}

static DexFuture *
ask_fiber (gpointer data)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) elsewhere = NULL;
  g_autoptr (GHashTable) there = NULL;

  if (!(ids = dex_await_boxed (cs_desk_list_products (question->desk, NULL, 1 << CS_STAGE_READY), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_array_append_vals (question->fresh, ids->data, ids->len);
  if (question->account == 0)
    return dex_future_new_take_boxed (G_TYPE_ARRAY, g_steal_pointer (&ids));

  if (!(elsewhere = dex_await_boxed (cs_desk_list_products (question->desk, NULL, 1 << CS_STAGE_PUBLISHED), &error)) ||
      (elsewhere->len > 0 && !(there = await_there (question->desk, question->account, &error))))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < elsewhere->len; i++)
    {
      gint64 id = g_array_index (elsewhere, gint64, i);

      if (!g_hash_table_contains (there, &id))
        g_array_append_val (ids, id);
    }

  return dex_future_new_take_boxed (G_TYPE_ARRAY, g_steal_pointer (&ids));
}

DexFuture *
cs_ready_ask (CsDesk *desk,
              gint64  account,
              GArray *fresh)
{
  Question *question;

  dex_return_error_if_fail (CS_IS_DESK (desk));
  dex_return_error_if_fail (fresh != NULL);

  question = g_new0 (Question, 1);
  question->desk = g_object_ref (desk);
  question->account = account;
  question->fresh = g_array_ref (fresh);

  return cs_fiber_spawn (ask_fiber, question, (GDestroyNotify) question_free);
}
