/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-list-edit.h"

/* The fewest rows come and go when the rows that stay are a longest increasing
 * subsequence of the new positions, in the old order: what a list keeps its
 * scroll position and focus by. Ids are unique, so this takes n log n where a
 * general diff takes n². Beyond MAX_EDITS one edit over the whole changed range
 * is cheaper than many small ones.
 */
#define MAX_EDITS 128

static guint *
new_positions (const gint64 *before,
               guint         n_before,
               const gint64 *after,
               guint         n_after)
{
  g_autoptr (GHashTable) table = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint *positions = g_new (guint, n_before);

  for (guint i = 0; i < n_after; i++)
    g_hash_table_insert (table, (gpointer) &after[i], GUINT_TO_POINTER (i + 1));

  for (guint i = 0; i < n_before; i++)
    positions[i] = GPOINTER_TO_UINT (g_hash_table_lookup (table, &before[i]));

  return positions;
}

/* Leaves in positions only those that stay (1-based), 0 for those that go */
static void
keep_longest_run (guint *positions,
                  guint  n_positions)
{
  g_autofree guint *tails = g_new (guint, n_positions + 1);    /* of runs by length: index of the last */
  g_autofree guint *previous = g_new (guint, n_positions + 1); /* index + 1 of the one before, 0 for none */
  guint             length = 0;
  guint             next;

  for (guint i = 0; i < n_positions; i++)
    {
      guint low = 0, high = length;

      if (positions[i] == 0)
        continue;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (positions[tails[middle]] < positions[i])
            low = middle + 1;
          else
            high = middle;
        }

      previous[i] = low > 0 ? tails[low - 1] + 1 : 0;
      tails[low] = i;
      length = MAX (length, low + 1);
    }

  next = length > 0 ? tails[length - 1] + 1 : 0;
  for (guint i = n_positions; i > 0; i--)
    {
      if (i == next)
        next = previous[i - 1];
      else
        positions[i - 1] = 0;
    }
}

static GArray *
edits_between_kept (const guint *positions,
                    guint        n_before,
                    guint        n_after,
                    guint        offset)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (CsListEdit));
  guint   removed = 0;
  guint   done = 0;

  for (guint i = 0; i <= n_before; i++)
    {
      guint stop = i == n_before ? n_after : positions[i] - 1;

      if (i < n_before && positions[i] == 0)
        {
          removed++;
          continue;
        }

      if (removed > 0 || stop > done)
        g_array_append_vals (edits, &(CsListEdit) { offset + done, removed, stop - done }, 1);

      removed = 0;
      done = stop + 1;
    }

  return edits;
}

/**
 * cs_list_edit_compute:
 *
 * Returns: (transfer full) (element-type CsListEdit): what makes @after of @before
 */
GArray *
cs_list_edit_compute (const gint64 *before,
                      guint         n_before,
                      const gint64 *after,
                      guint         n_after)
{
  g_autofree guint *positions = NULL;
  GArray           *edits;
  guint             head = 0;

  while (head < n_before && head < n_after && before[head] == after[head])
    head++;

  while (n_before > head && n_after > head && before[n_before - 1] == after[n_after - 1])
    n_before--, n_after--;

  positions = new_positions (before + head, n_before - head, after + head, n_after - head);
  keep_longest_run (positions, n_before - head);
  edits = edits_between_kept (positions, n_before - head, n_after - head, head);

  if (edits->len > MAX_EDITS)
    {
      g_array_set_size (edits, 0);
      g_array_append_vals (edits, &(CsListEdit) { head, n_before - head, n_after - head }, 1);
    }

  return edits;
}
