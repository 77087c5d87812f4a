/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-review-sheet.h"

struct _CsReviewSheet
{
  GObject parent_instance;

  CsDesk       *desk;
  gint64        id;
  CsProduct    *product;
  GListStore   *items;
  CsReviewItem *focus;
  GArray       *unsure;  /* photos (gint64) that nothing could be cut out of when it was laid out */
  gboolean      put_off; /* nothing but what was put off was left when it was laid out */

  DexFuture *reading; /* the refresh under way, or NULL */
  DexFuture *next;    /* the one that is to follow it, or NULL */
};

G_DEFINE_FINAL_TYPE (CsReviewSheet, cs_review_sheet, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cs_review_sheet_dispose (GObject *object)
{
  CsReviewSheet *self = CS_REVIEW_SHEET (object);

  dex_clear (&self->reading);
  dex_clear (&self->next);
  g_clear_pointer (&self->product, cs_product_unref);
  g_clear_pointer (&self->unsure, g_array_unref);
  g_clear_object (&self->focus);
  g_clear_object (&self->items);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_review_sheet_parent_class)->dispose (object);
}

static void
cs_review_sheet_class_init (CsReviewSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_review_sheet_dispose;
  signals[CHANGED] = g_signal_new ("changed", CS_TYPE_REVIEW_SHEET, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_review_sheet_init (CsReviewSheet *self)
{
  self->items = g_list_store_new (CS_TYPE_REVIEW_ITEM);
  self->unsure = g_array_new (FALSE, FALSE, sizeof (gint64));
}

CsReviewSheet *
cs_review_sheet_new (CsDesk *desk,
                     gint64  product)
{
  CsReviewSheet *self = g_object_new (CS_TYPE_REVIEW_SHEET, NULL);

  self->desk = g_object_ref (desk);
  self->id = product;
  return self;
}

gint64
cs_review_sheet_get_id (CsReviewSheet *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), 0);

  return self->id;
}

CsDesk *
cs_review_sheet_get_desk (CsReviewSheet *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), NULL);

  return self->desk;
}

CsProduct *
cs_review_sheet_get_product (CsReviewSheet *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), NULL);

  return self->product;
}

GListModel *
cs_review_sheet_get_items (CsReviewSheet *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), NULL);

  return G_LIST_MODEL (self->items);
}

/* Borrowed: the store keeps it */
static CsReviewItem *
get_item (CsReviewSheet *self,
          guint          index)
{
  g_autoptr (CsReviewItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), index);

  return item;
}

static guint
get_n_items (CsReviewSheet *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

CsReviewItem *
cs_review_sheet_find (CsReviewSheet *self,
                      CsField        field,
                      gint64         photo)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), NULL);

  for (guint i = 0; i < get_n_items (self); i++)
    {
      CsReviewItem *item = get_item (self, i);

      if (cs_review_item_is (item, field, photo))
        return item;
    }

  return NULL;
}

/* Merging */

static gboolean
is_at (CsReviewSheet *self,
       guint          index,
       CsItem        *record)
{
  return cs_review_item_is (get_item (self, index), record->field, record->photo);
}

/* Replaces no more of the list than what came, went or moved */
static void
splice (CsReviewSheet *self,
        GPtrArray     *records)
{
  g_autoptr (GPtrArray) middle = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_before = get_n_items (self);
  guint head = 0;
  guint tail = 0;

  while (head < n_before && head < records->len && is_at (self, head, g_ptr_array_index (records, head)))
    head++;
  while (tail < n_before - head && tail < records->len - head &&
         is_at (self, n_before - tail - 1, g_ptr_array_index (records, records->len - tail - 1)))
    tail++;

  for (guint i = head; i < records->len - tail; i++)
    {
      CsItem       *record = g_ptr_array_index (records, i);
      CsReviewItem *known = cs_review_sheet_find (self, record->field, record->photo);

      g_ptr_array_add (middle, known != NULL ? g_object_ref (known) : cs_review_item_new (record));
    }

  if (middle->len > 0 || n_before - head - tail > 0)
    g_list_store_splice (self->items, head, n_before - head - tail, middle->pdata, middle->len);
}

static gboolean
has_state (CsReviewSheet *self,
           CsItemState    state)
{
  for (guint i = 0; i < get_n_items (self); i++)
    {
      if (cs_review_item_get_item (get_item (self, i))->state == state)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_unsure (CsReviewSheet *self,
           CsItem        *record)
{
  for (guint i = 0; record->field == CS_FIELD_PICTURE && i < self->unsure->len; i++)
    {
      if (g_array_index (self->unsure, gint64, i) == record->photo)
        return TRUE;
    }

  return FALSE;
}

static void
find_unsure (CsReviewSheet *self,
             GPtrArray     *records)
{
  g_array_set_size (self->unsure, 0);
  for (guint i = 0; i < records->len; i++)
    {
      CsItem       *record = g_ptr_array_index (records, i);
      CsSuggestion *suggestion = record->suggestions != NULL && record->suggestions->len > 0 ? g_ptr_array_index (record->suggestions, 0) : NULL;

      if (record->field == CS_FIELD_PICTURE && !cs_item_state_is_decided (record->state) && suggestion != NULL &&
          suggestion->abstains)
        g_array_append_val (self->unsure, record->photo);
    }
}

/* Pictures that wait for a person's eye stand before all else; as long as the
 * product lies here, also after they were seen to: nothing jumps away under a hand.
 */
static GPtrArray *
put_unsure_first (CsReviewSheet *self,
                  GPtrArray     *records)
{
  GPtrArray *ordered = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_item_unref);

  for (int unsure = TRUE; unsure >= FALSE; unsure--)
    for (guint i = 0; i < records->len; i++)
      {
        CsItem *record = g_ptr_array_index (records, i);

        if (is_unsure (self, record) == unsure)
          g_ptr_array_add (ordered, cs_item_ref (record));
      }

  return ordered;
}

static void
take_up (CsReviewSheet *self,
         CsProduct     *product,
         GPtrArray     *read)
{
  gboolean is_first = self->product == NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (self->focus == NULL)
    find_unsure (self, read);
  records = put_unsure_first (self, read);
  g_clear_pointer (&self->product, cs_product_unref);
  self->product = cs_product_ref (product);
  splice (self, records);
  for (guint i = 0; i < records->len; i++)
    cs_review_item_set_item (get_item (self, i), g_ptr_array_index (records, i));

  if (is_first)
    self->put_off = !has_state (self, CS_ITEM_PENDING);
  else if (has_state (self, CS_ITEM_PENDING))
    self->put_off = FALSE;
  if (self->focus != NULL && !g_list_store_find (self->items, self->focus, NULL))
    g_clear_object (&self->focus);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Reading */

static DexFuture *
refresh_fiber (gpointer data)
{
  CsReviewSheet *self = data;
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  if (!(product = dex_await_boxed (cs_desk_get_product (self->desk, self->id), &error)) ||
      !(records = dex_await_boxed (cs_desk_get_items (self->desk, self->id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (self->items != NULL)
    take_up (self, product, records);

  return dex_future_new_true ();
}

static DexFuture *
read_again (CsReviewSheet *self)
{
  return cs_fiber_spawn (refresh_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
follow_cb (DexFuture *future,
           gpointer   data)
{
  return read_again (data);
}

static DexFuture *
read_cb (DexFuture *future,
         gpointer   data)
{
  CsReviewSheet *self = data;

  dex_clear (&self->reading);
  self->reading = g_steal_pointer (&self->next);

  return dex_ref (future);
}

/* A reading that began before the call may have missed what it was made for, so
 * a call during one asks for one more; any number of calls share it.
 */
DexFuture *
cs_review_sheet_refresh (CsReviewSheet *self)
{
  dex_return_error_if_fail (CS_IS_REVIEW_SHEET (self));

  if (self->reading == NULL)
    {
      self->reading = dex_future_finally (read_again (self), read_cb, g_object_ref (self), g_object_unref);
      return dex_ref (self->reading);
    }

  if (self->next == NULL)
    {
      DexFuture *follow = dex_future_finally (dex_ref (self->reading), follow_cb, g_object_ref (self), g_object_unref);

      self->next = dex_future_finally (follow, read_cb, g_object_ref (self), g_object_unref);
    }

  return dex_ref (self->next);
}

/* Walking */

static int
get_position (CsReviewSheet *self,
              CsReviewItem  *item)
{
  guint position;

  return item != NULL && g_list_store_find (self->items, item, &position) ? (int) position : -1;
}

/* The item above (-1) or below (1), whatever its state; NULL at the end */
CsReviewItem *
cs_review_sheet_get_neighbour (CsReviewSheet *self,
                               CsReviewItem  *from,
                               int            step)
{
  int position;

  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), NULL);

  position = get_position (self, from) + step;
  return position >= 0 && position < (int) get_n_items (self) ? get_item (self, position) : NULL;
}

static gboolean
waits (CsReviewItem *item,
       CsItemState   state,
       gboolean      also_busy)
{
  return cs_review_item_get_item (item)->state == state && (also_busy || !cs_review_item_get_busy (item)) &&
         (!cs_review_item_is_question (item) || cs_review_item_has_answer (item));
}

/* The next item to decide on: below, else from the top again. What was put off
 * is asked about when the product comes round again, and then once, downwards.
 * also_busy: count those whose decision is under way.
 */
CsReviewItem *
cs_review_sheet_get_next (CsReviewSheet *self,
                          CsReviewItem  *after,
                          gboolean       also_busy)
{
  guint n = get_n_items (self);
  int   start;

  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), NULL);

  start = get_position (self, after);
  for (guint i = 1; i <= n; i++)
    {
      CsReviewItem *item = get_item (self, (start + i) % n);

      if (item != after && waits (item, CS_ITEM_PENDING, also_busy))
        return item;
    }

  for (guint i = start + 1; self->put_off && i < n; i++)
    {
      if (waits (get_item (self, i), CS_ITEM_LATER, also_busy))
        return get_item (self, i);
    }

  return NULL;
}

/* Nothing waits for a decision any more, not even what was put off */
gboolean
cs_review_sheet_is_done (CsReviewSheet *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), FALSE);

  return self->product != NULL && !has_state (self, CS_ITEM_PENDING) && !has_state (self, CS_ITEM_LATER);
}

gboolean
cs_review_sheet_has_draft (CsReviewSheet *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), FALSE);

  for (guint i = 0; i < get_n_items (self); i++)
    {
      if (cs_review_item_get_draft (get_item (self, i)) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* What the product is called as far as anyone knows */
char *
cs_review_sheet_dup_title (CsReviewSheet *self)
{
  CsReviewItem *item;
  const char   *title = NULL;
  CsPhoto      *photo;

  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), NULL);

  item = cs_review_sheet_find (self, CS_FIELD_TITLE, 0);
  if (item != NULL && !cs_review_item_is_question (item))
    title = cs_review_item_get_shown (item);
  if (title == NULL && self->product != NULL)
    title = self->product->values[CS_FIELD_TITLE];
  if (title == NULL && (photo = cs_review_sheet_get_photo (self, 0)) != NULL)
    title = photo->name;

  return g_strdup (title != NULL ? title : _("Product"));
}

guint
cs_review_sheet_get_n_photos (CsReviewSheet *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), 0);

  return self->product != NULL && self->product->photos != NULL ? self->product->photos->len : 0;
}

CsPhoto *
cs_review_sheet_get_photo (CsReviewSheet *self,
                           guint          index)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), NULL);

  return index < cs_review_sheet_get_n_photos (self) ? g_ptr_array_index (self->product->photos, index) : NULL;
}

int
cs_review_sheet_find_photo (CsReviewSheet *self,
                            gint64         photo)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), -1);

  for (guint i = 0; i < cs_review_sheet_get_n_photos (self); i++)
    {
      if (cs_review_sheet_get_photo (self, i)->id == photo)
        return i;
    }

  return -1;
}

CsReviewItem *
cs_review_sheet_get_focus (CsReviewSheet *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_SHEET (self), NULL);

  return self->focus;
}

void
cs_review_sheet_set_focus (CsReviewSheet *self,
                           CsReviewItem  *item)
{
  g_return_if_fail (CS_IS_REVIEW_SHEET (self));

  g_set_object (&self->focus, item);
}
