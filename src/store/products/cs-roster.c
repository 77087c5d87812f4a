/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>

#include "cs-roster.h"

/* product.touched goes up, over the whole table, with each change of what is in
 * an entry: a trigger sees to that. So "touched > the last one seen" is what
 * changed, and its index holds all that is read here.
 */

typedef struct
{
  GArray *entries;
  gint64  touched;
} CsRoster;

static void
cs_roster_free (gpointer data)
{
  CsRoster *self = data;

  g_array_unref (self->entries);
  g_free (self);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const CsRosterEntry *first = a;
  const CsRosterEntry *second = b;

  return first->id < second->id ? -1 : first->id > second->id;
}

static void
put (CsRoster            *self,
     guint                n_sorted,
     const CsRosterEntry *entry)
{
  CsRosterEntry *found = n_sorted > 0 ? bsearch (entry, self->entries->data, n_sorted, sizeof *entry, compare_ids) : NULL;

  if (found != NULL)
    *found = *entry;
  else
    g_array_append_vals (self->entries, entry, 1);
}

static gboolean
follow (CsRoster *self,
        CsDb     *db,
        GError  **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT id, stage, queue, archived, touched FROM product WHERE touched > :touched ORDER BY touched");
  guint n_sorted = self->entries->len;

  cs_stmt_bind (stmt, ":touched", self->touched);
  while (cs_stmt_next (stmt, error))
    {
      CsRosterEntry entry = {
        .id = cs_stmt_int64 (stmt, 0),
        .stage = cs_stmt_int64 (stmt, 1) & 0x1f,
        .queue = cs_stmt_int64 (stmt, 2),
        .archived = cs_stmt_int64 (stmt, 3),
      };

      put (self, n_sorted, &entry);
      self->touched = cs_stmt_int64 (stmt, 4);
    }

  /* Each product has one number, so nothing was appended twice */
  if (self->entries->len > n_sorted)
    g_array_sort (self->entries, compare_ids);

  return cs_stmt_is_done (stmt);
}

GArray *
cs_roster_get (CsDb    *db,
               GError **error)
{
  CsRoster *self = cs_db_get_data (db);

  if (self == NULL)
    {
      self = g_new0 (CsRoster, 1);
      self->entries = g_array_new (FALSE, FALSE, sizeof (CsRosterEntry));
      cs_db_set_data (db, self, cs_roster_free);
    }

  if (!follow (self, db, error))
    {
      /* Half-read: begun anew the next time */
      cs_db_set_data (db, NULL, NULL);
      return NULL;
    }

  return self->entries;
}
