/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fiber.h"
#include "cs-id-list.h"
#include "cs-list-edit.h"

/* How it works: `entries` finds the live item of an id, so that two who ask for
 * one product get one object. It does not own the items: `kept` does, for the
 * last KEPT of them, and the views for what they show. An item that dies takes
 * its entry along. `wanted` are ids to be read; the first one starts a fiber
 * that waits for the main loop to come round once, so that a whole screen's
 * worth is read with one query, then reads in pages until nothing is wanted.
 */
#define KEPT 256
#define PAGE 64

struct _CsIdList
{
  GObject parent_instance;

  CsDesk       *desk;
  CsIdListFetch fetch;
  gpointer      source;
  CsIdListDress dress;
  gpointer      dress_data;

  GArray     *ids;     /* gint64 */
  GHashTable *entries; /* gint64 → Entry */
  GQueue      kept;    /* of CsRowItem, last used first */
  GHashTable *marks;   /* set of gint64 */
  GQueue      wanted;  /* of Entry's own copy of the id */
  gboolean    reading;
};

typedef struct
{
  gint64     id;
  CsIdList  *list;
  CsRowItem *item; /* not owned */
  GList     *kept; /* its link, or NULL */
  gboolean   wanted;
} Entry;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsIdList, cs_id_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  MARKS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Reading */

static GArray *
take_page (CsIdList *self)
{
  GArray *page = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (page->len < PAGE && self->wanted.length > 0)
    {
      g_autofree gint64 *id = g_queue_pop_head (&self->wanted);
      Entry             *entry = g_hash_table_lookup (self->entries, id);

      /* What was scrolled past in the meantime is not read */
      if (entry == NULL || !entry->wanted)
        continue;

      entry->wanted = FALSE;
      g_array_append_val (page, *id);
    }

  return page;
}

static void
fill (CsIdList  *self,
      GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      CsProductRow *row = g_ptr_array_index (rows, i);
      CsRowItem    *item = cs_id_list_peek (self, row->id);

      if (item != NULL)
        cs_row_item_set_row (item, row);
    }
}

static DexFuture *
next_turn (gpointer data)
{
  return dex_future_new_true ();
}

static DexFuture *
read_fiber (gpointer data)
{
  CsIdList *self = data;

  /* The view asks for its other rows before this comes back */
  dex_await (dex_scheduler_spawn (NULL, 0, next_turn, NULL, NULL), NULL);

  while (self->wanted.length > 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) page = take_page (self);
      g_autoptr (GPtrArray) rows = NULL;

      if (page->len == 0)
        continue;

      rows = dex_await_boxed (self->fetch (self->source, (const gint64 *) page->data, page->len), &error);
      if (rows != NULL)
        fill (self, rows);
      else
        g_debug ("Rows were not read: %s", error->message);
    }

  self->reading = FALSE;

  return dex_future_new_true ();
}

static void
want (CsIdList *self,
      Entry    *entry)
{
  if (entry->wanted)
    return;

  entry->wanted = TRUE;
  g_queue_push_tail (&self->wanted, g_memdup2 (&entry->id, sizeof entry->id));

  if (!self->reading)
    {
      self->reading = TRUE;
      dex_future_disown (cs_fiber_spawn (read_fiber, g_object_ref (self), g_object_unref));
    }
}

/* Items */

static void
item_gone (gpointer data,
           GObject *item)
{
  Entry *entry = data;

  g_hash_table_remove (entry->list->entries, &entry->id);
}

static void
use (CsIdList *self,
     Entry    *entry)
{
  if (entry->kept != NULL)
    {
      g_queue_unlink (&self->kept, entry->kept);
      g_queue_push_head_link (&self->kept, entry->kept);
      return;
    }

  g_queue_push_head (&self->kept, g_object_ref (entry->item));
  entry->kept = self->kept.head;

  if (self->kept.length > KEPT)
    {
      g_autoptr (CsRowItem) oldest = g_queue_pop_tail (&self->kept);
      gint64 id = cs_row_item_get_id (oldest);
      Entry *other = g_hash_table_lookup (self->entries, &id);

      other->kept = NULL;
    }
}

static void
marked_by_person (gint64   id,
                  gboolean marked,
                  gpointer data)
{
  cs_id_list_set_marked (data, id, marked);
}

static Entry *
add_entry (CsIdList  *self,
           gint64     id,
           CsRowItem *item)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->id = id;
  entry->list = self;
  entry->item = item;
  g_object_weak_ref (G_OBJECT (item), item_gone, entry);
  g_hash_table_insert (self->entries, &entry->id, entry);

  return entry;
}

static gpointer
cs_id_list_get_item (GListModel *model,
                     guint       position)
{
  CsIdList *self = CS_ID_LIST (model);
  g_autoptr (CsRowItem) item = NULL;
  Entry *entry;
  gint64 id;

  if (position >= self->ids->len)
    return NULL;

  id = g_array_index (self->ids, gint64, position);
  if ((entry = g_hash_table_lookup (self->entries, &id)) != NULL)
    {
      item = g_object_ref (entry->item);
    }
  else
    {
      item = cs_row_item_new (self->desk, id);
      entry = add_entry (self, id, item);
      cs_row_item_set_marked (item, g_hash_table_contains (self->marks, &id));
      cs_row_item_set_mark_func (item, marked_by_person, self);
      if (self->dress != NULL)
        self->dress (item, self->dress_data);
      want (self, entry);
    }

  use (self, entry);

  return g_steal_pointer (&item);
}

static guint
cs_id_list_get_n_items (GListModel *model)
{
  return CS_ID_LIST (model)->ids->len;
}

static GType
cs_id_list_get_item_type (GListModel *model)
{
  return CS_TYPE_ROW_ITEM;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = cs_id_list_get_item;
  iface->get_n_items = cs_id_list_get_n_items;
  iface->get_item_type = cs_id_list_get_item_type;
}

static void
forget_item (gpointer key,
             gpointer value,
             gpointer data)
{
  Entry *entry = value;

  cs_row_item_set_mark_func (entry->item, NULL, NULL);
  g_object_weak_unref (G_OBJECT (entry->item), item_gone, entry);
}

static void
cs_id_list_finalize (GObject *object)
{
  CsIdList *self = CS_ID_LIST (object);

  g_hash_table_foreach (self->entries, forget_item, NULL);
  g_queue_clear_full (&self->kept, g_object_unref);
  g_queue_clear_full (&self->wanted, g_free);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->marks, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_id_list_parent_class)->finalize (object);
}

static void
cs_id_list_class_init (CsIdListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_id_list_finalize;

  signals[MARKS_CHANGED] = g_signal_new ("marks-changed", CS_TYPE_ID_LIST, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_id_list_init (CsIdList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->marks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->kept);
  g_queue_init (&self->wanted);
}

static DexFuture *
fetch_from_desk (gpointer      source,
                 const gint64 *ids,
                 guint         n_ids)
{
  return cs_desk_get_rows (source, ids, n_ids);
}

CsIdList *
cs_id_list_new (CsDesk *desk)
{
  return cs_id_list_new_full (desk, fetch_from_desk, desk);
}

/**
 * cs_id_list_new_full:
 * @desk: (nullable): where thumbnails come from
 * @source: for @fetch; outlives the list
 */
CsIdList *
cs_id_list_new_full (CsDesk       *desk,
                     CsIdListFetch fetch,
                     gpointer      source)
{
  CsIdList *self = g_object_new (CS_TYPE_ID_LIST, NULL);

  g_set_object (&self->desk, desk);
  self->fetch = fetch;
  self->source = source;

  return self;
}

void
cs_id_list_set_dress (CsIdList     *self,
                      CsIdListDress dress,
                      gpointer      data)
{
  g_return_if_fail (CS_IS_ID_LIST (self));

  self->dress = dress;
  self->dress_data = data;
}

void
cs_id_list_set_ids (CsIdList *self,
                    GArray   *ids)
{
  g_autoptr (GArray) edits = NULL;

  g_return_if_fail (CS_IS_ID_LIST (self));
  g_return_if_fail (ids != NULL);

  edits = cs_list_edit_compute ((const gint64 *) self->ids->data, self->ids->len,
                                (const gint64 *) ids->data, ids->len);

  for (guint i = 0; i < edits->len; i++)
    {
      const CsListEdit *edit = &g_array_index (edits, CsListEdit, i);

      if (edit->removed > 0)
        g_array_remove_range (self->ids, edit->position, edit->removed);
      if (edit->added > 0)
        g_array_insert_vals (self->ids, edit->position, &g_array_index (ids, gint64, edit->position), edit->added);

      g_list_model_items_changed (G_LIST_MODEL (self), edit->position, edit->removed, edit->added);
    }
}

void
cs_id_list_replace_ids (CsIdList *self,
                        GArray   *ids)
{
  guint n_before;

  g_return_if_fail (CS_IS_ID_LIST (self));
  g_return_if_fail (ids != NULL);

  n_before = self->ids->len;
  g_array_set_size (self->ids, 0);
  if (ids->len > 0)
    g_array_append_vals (self->ids, ids->data, ids->len);

  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, ids->len);
}

GArray *
cs_id_list_get_ids (CsIdList *self)
{
  g_return_val_if_fail (CS_IS_ID_LIST (self), NULL);

  return self->ids;
}

gboolean
cs_id_list_find (CsIdList *self,
                 gint64    id,
                 guint    *position)
{
  g_return_val_if_fail (CS_IS_ID_LIST (self), FALSE);

  for (guint i = 0; i < self->ids->len; i++)
    {
      if (g_array_index (self->ids, gint64, i) == id)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

CsRowItem *
cs_id_list_peek (CsIdList *self,
                 gint64    id)
{
  Entry *entry;

  g_return_val_if_fail (CS_IS_ID_LIST (self), NULL);

  entry = g_hash_table_lookup (self->entries, &id);

  return entry != NULL ? entry->item : NULL;
}

void
cs_id_list_refresh (CsIdList *self,
                    gint64    id)
{
  GHashTableIter iter;
  Entry         *entry;

  g_return_if_fail (CS_IS_ID_LIST (self));

  if (id != 0)
    {
      if ((entry = g_hash_table_lookup (self->entries, &id)) != NULL)
        want (self, entry);
      return;
    }

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    want (self, entry);
}

/* Marks */

static gboolean
set_mark (CsIdList *self,
          gint64    id,
          gboolean  marked)
{
  CsRowItem *item;

  if (g_hash_table_contains (self->marks, &id) == !!marked)
    return FALSE;

  if (marked)
    g_hash_table_add (self->marks, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->marks, &id);

  if ((item = cs_id_list_peek (self, id)) != NULL)
    cs_row_item_set_marked (item, marked);

  return TRUE;
}

void
cs_id_list_set_marked (CsIdList *self,
                       gint64    id,
                       gboolean  marked)
{
  g_return_if_fail (CS_IS_ID_LIST (self));

  if (set_mark (self, id, marked))
    g_signal_emit (self, signals[MARKS_CHANGED], 0);
}

void
cs_id_list_mark (CsIdList *self,
                 GArray   *ids,
                 gboolean  marked)
{
  gboolean changed = FALSE;

  g_return_if_fail (CS_IS_ID_LIST (self));
  g_return_if_fail (ids != NULL);

  for (guint i = 0; i < ids->len; i++)
    changed |= set_mark (self, g_array_index (ids, gint64, i), marked);

  if (changed)
    g_signal_emit (self, signals[MARKS_CHANGED], 0);
}

void
cs_id_list_mark_all (CsIdList *self,
                     gboolean  marked)
{
  g_return_if_fail (CS_IS_ID_LIST (self));

  cs_id_list_mark (self, self->ids, marked);
}

GArray *
cs_id_list_dup_marked (CsIdList *self)
{
  GArray *marked = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (CS_IS_ID_LIST (self), marked);

  for (guint i = 0; i < self->ids->len; i++)
    {
      gint64 id = g_array_index (self->ids, gint64, i);

      if (g_hash_table_contains (self->marks, &id))
        g_array_append_val (marked, id);
    }

  return marked;
}

guint
cs_id_list_get_n_marked (CsIdList *self)
{
  g_autoptr (GArray) marked = NULL;

  g_return_val_if_fail (CS_IS_ID_LIST (self), 0);

  marked = cs_id_list_dup_marked (self);

  return marked->len;
}
