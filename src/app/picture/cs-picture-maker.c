/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fiber.h"
#include "cs-picture-loader.h"
#include "cs-picture-maker.h"

/* A whole picture under way: it belongs to its fiber, which takes up whatever
 * is wanted last, and outlives the maker's interest in its item.
 */
typedef struct
{
  CsPictureMaker *maker;
  CsReviewSheet  *sheet;
  CsReviewItem   *item;
  char           *wanted;
} Making;

struct _CsPictureMaker
{
  GObject parent_instance;

  CsReviewSheet *sheet;
  CsReviewItem  *item;
  Making        *making; /* of this item, or NULL; borrowed */

  char    *wanted; /* the next preview's settings, or NULL */
  int      wanted_side;
  gboolean is_previewing;
  guint    stamp; /* moves when previews of before are not to be shown */
};

G_DEFINE_FINAL_TYPE (CsPictureMaker, cs_picture_maker, G_TYPE_OBJECT)

enum
{
  PREVIEWED,
  PREVIEW_FAILED,
  MADE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cs_picture_maker_finalize (GObject *object)
{
  CsPictureMaker *self = CS_PICTURE_MAKER (object);

  g_clear_object (&self->sheet);
  g_clear_object (&self->item);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (cs_picture_maker_parent_class)->finalize (object);
}

static void
cs_picture_maker_class_init (CsPictureMakerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_picture_maker_finalize;
  signals[PREVIEWED] = g_signal_new ("previewed", CS_TYPE_PICTURE_MAKER, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1, GDK_TYPE_TEXTURE);
  signals[PREVIEW_FAILED] = g_signal_new ("preview-failed", CS_TYPE_PICTURE_MAKER, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MADE] = g_signal_new ("made", CS_TYPE_PICTURE_MAKER, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
cs_picture_maker_init (CsPictureMaker *self)
{
}

CsPictureMaker *
cs_picture_maker_new (void)
{
  return g_object_new (CS_TYPE_PICTURE_MAKER, NULL);
}

void
cs_picture_maker_take (CsPictureMaker *self,
                       CsReviewSheet  *sheet,
                       CsReviewItem   *item)
{
  g_return_if_fail (CS_IS_PICTURE_MAKER (self));

  if (self->item != item)
    {
      cs_picture_maker_drop_preview (self);
      self->making = NULL;
    }
  g_set_object (&self->sheet, sheet);
  g_set_object (&self->item, item);
}

/* Previews */

static DexFuture *
preview_once (CsPictureMaker *self)
{
  CsItem          *item = cs_review_item_get_item (self->item);
  g_autofree char *settings = g_steal_pointer (&self->wanted);

  return cs_desk_preview_picture (cs_review_sheet_get_desk (self->sheet), item->product, item->photo,
                                  settings, self->wanted_side);
}

static DexFuture *
preview_fiber (gpointer data)
{
  CsPictureMaker *self = data;

  while (self->wanted != NULL)
    {
      guint stamp = self->stamp;
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) pixels = dex_await_variant (preview_once (self), &error);
      g_autoptr (GdkTexture) texture = pixels != NULL ? cs_picture_texture_new (pixels, &error) : NULL;

      if (stamp != self->stamp)
        continue;
      if (texture != NULL)
        g_signal_emit (self, signals[PREVIEWED], 0, texture);
      else if (self->wanted == NULL)
        g_signal_emit (self, signals[PREVIEW_FAILED], 0, error->message);
    }
  self->is_previewing = FALSE;

  return dex_future_new_true ();
}

void
cs_picture_maker_preview (CsPictureMaker *self,
                          const char     *settings,
                          int             max_side)
{
  g_return_if_fail (CS_IS_PICTURE_MAKER (self));

  if (self->item == NULL || self->sheet == NULL)
    return;

  g_set_str (&self->wanted, settings);
  self->wanted_side = max_side;
  if (self->is_previewing)
    return;

  self->is_previewing = TRUE;
  dex_future_disown (cs_fiber_spawn (preview_fiber, g_object_ref (self), g_object_unref));
}

void
cs_picture_maker_drop_preview (CsPictureMaker *self)
{
  g_return_if_fail (CS_IS_PICTURE_MAKER (self));

  self->stamp++;
  g_clear_pointer (&self->wanted, g_free);
}

/* Whole pictures */

static void
making_free (Making *making)
{
  g_clear_object (&making->maker);
  g_clear_object (&making->sheet);
  g_clear_object (&making->item);
  g_clear_pointer (&making->wanted, g_free);
  g_free (making);
}

static void
finish (Making     *making,
        const char *settings,
        const char *sentence)
{
  CsPictureMaker *self = making->maker;
  gboolean        is_ours = self->making == making;

  if (is_ours)
    {
      self->making = NULL;
      cs_picture_maker_drop_preview (self);
    }
  cs_review_item_set_busy (making->item, FALSE);
  if (is_ours)
    g_signal_emit (self, signals[MADE], 0, settings, sentence);
}

static DexFuture *
make_fiber (gpointer data)
{
  Making          *making = data;
  CsDesk          *desk = cs_review_sheet_get_desk (making->sheet);
  g_autofree char *settings = NULL;
  g_autoptr (GError) error = NULL;

  while (making->wanted != NULL)
    {
      CsItem *item = cs_review_item_get_item (making->item);
      g_autoptr (CsSuggestion) suggestion = NULL;

      g_clear_error (&error);
      g_free (settings);
      settings = g_steal_pointer (&making->wanted);
      suggestion = dex_await_boxed (cs_desk_suggest_picture (desk, item->product, item->photo, settings), &error);
      dex_await (cs_review_sheet_refresh (making->sheet), NULL);
    }
  finish (making, settings, error != NULL ? error->message : NULL);

  return dex_future_new_true ();
}

void
cs_picture_maker_make (CsPictureMaker *self,
                       const char     *settings)
{
  Making *making;

  g_return_if_fail (CS_IS_PICTURE_MAKER (self));

  if (self->item == NULL || self->sheet == NULL)
    return;

  if (self->making != NULL)
    {
      g_set_str (&self->making->wanted, settings);
      return;
    }

  making = g_new0 (Making, 1);
  making->maker = g_object_ref (self);
  making->sheet = g_object_ref (self->sheet);
  making->item = g_object_ref (self->item);
  making->wanted = g_strdup (settings);
  self->making = making;
  cs_review_item_set_busy (making->item, TRUE);
  dex_future_disown (cs_fiber_spawn (make_fiber, making, (GDestroyNotify) making_free));
}

gboolean
cs_picture_maker_is_making (CsPictureMaker *self)
{
  g_return_val_if_fail (CS_IS_PICTURE_MAKER (self), FALSE);

  return self->making != NULL;
}
