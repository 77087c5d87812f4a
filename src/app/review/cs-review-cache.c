/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fiber.h"
#include "cs-picture-loader.h"
#include "cs-review-cache.h"

#define N_KEPT 8

struct _CsReviewCache
{
  GObject parent_instance;

  CsDesk *desk;
  GQueue  sheets; /* last used first */
};

G_DEFINE_FINAL_TYPE (CsReviewCache, cs_review_cache, G_TYPE_OBJECT)

static void
cs_review_cache_finalize (GObject *object)
{
  CsReviewCache *self = CS_REVIEW_CACHE (object);

  g_queue_clear_full (&self->sheets, g_object_unref);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_review_cache_parent_class)->finalize (object);
}

static void
cs_review_cache_class_init (CsReviewCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_review_cache_finalize;
}

static void
cs_review_cache_init (CsReviewCache *self)
{
  g_queue_init (&self->sheets);
}

CsReviewCache *
cs_review_cache_new (CsDesk *desk)
{
  CsReviewCache *self = g_object_new (CS_TYPE_REVIEW_CACHE, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

static GList *
find (CsReviewCache *self,
      gint64         product)
{
  for (GList *link = self->sheets.head; link != NULL; link = link->next)
    {
      if (cs_review_sheet_get_id (link->data) == product)
        return link;
    }

  return NULL;
}

static void
drop_oldest (CsReviewCache *self)
{
  GList *link = self->sheets.tail;

  while (self->sheets.length > N_KEPT && link != NULL)
    {
      GList *before = link->prev;

      if (!cs_review_sheet_has_draft (link->data))
        {
          g_object_unref (link->data);
          g_queue_delete_link (&self->sheets, link);
        }
      link = before;
    }
}

CsReviewSheet *
cs_review_cache_get (CsReviewCache *self,
                     gint64         product)
{
  GList         *link;
  CsReviewSheet *sheet;

  g_return_val_if_fail (CS_IS_REVIEW_CACHE (self), NULL);

  if ((link = find (self, product)) != NULL)
    {
      g_queue_unlink (&self->sheets, link);
      g_queue_push_head_link (&self->sheets, link);
      return g_object_ref (link->data);
    }

  sheet = cs_review_sheet_new (self->desk, product);
  g_queue_push_head (&self->sheets, g_object_ref (sheet));
  drop_oldest (self);

  return sheet;
}

typedef struct
{
  CsReviewSheet *sheet;
  int            max_side;
} Prefetch;

static void
prefetch_free (Prefetch *prefetch)
{
  g_clear_object (&prefetch->sheet);
  g_free (prefetch);
}

static void
warm (CsDesk     *desk,
      const char *hash,
      int         max_side)
{
  if (hash != NULL)
    dex_future_disown (cs_picture_loader_load (cs_picture_loader_get (desk), hash, max_side));
}

static DexFuture *
prefetch_fiber (gpointer data)
{
  Prefetch *prefetch = data;
  CsDesk   *desk = cs_review_sheet_get_desk (prefetch->sheet);
  g_autoptr (GError) error = NULL;
  CsPhoto      *photo;
  CsReviewItem *picture;

  if (cs_review_sheet_get_product (prefetch->sheet) == NULL &&
      !dex_await (cs_review_sheet_refresh (prefetch->sheet), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!(photo = cs_review_sheet_get_photo (prefetch->sheet, 0)))
    return dex_future_new_true ();

  warm (desk, photo->hash, prefetch->max_side);
  picture = cs_review_sheet_find (prefetch->sheet, CS_FIELD_PICTURE, photo->id);
  if (picture != NULL)
    warm (desk, cs_review_item_get_picture (picture), prefetch->max_side);

  return dex_future_new_true ();
}

void
cs_review_cache_prefetch (CsReviewCache *self,
                          gint64         product,
                          int            max_side)
{
  Prefetch *prefetch;

  g_return_if_fail (CS_IS_REVIEW_CACHE (self));

  if (product == 0)
    return;

  prefetch = g_new0 (Prefetch, 1);
  prefetch->sheet = cs_review_cache_get (self, product);
  prefetch->max_side = max_side;
  dex_future_disown (cs_fiber_spawn (prefetch_fiber, prefetch, (GDestroyNotify) prefetch_free));
}

void
cs_review_cache_invalidate (CsReviewCache *self,
                            gint64         product)
{
  g_return_if_fail (CS_IS_REVIEW_CACHE (self));

  for (GList *link = self->sheets.head; link != NULL; link = link->next)
    {
      if (product == 0 || cs_review_sheet_get_id (link->data) == product)
        dex_future_disown (cs_review_sheet_refresh (link->data));
    }
}
