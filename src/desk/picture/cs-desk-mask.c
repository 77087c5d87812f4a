/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cs-blobs.h"
#include "cs-cutouts.h"
#include "cs-decisions.h"
#include "cs-desk-private.h"
#include "cs-mask-edit-private.h"

/* A photo's mask, for a person to set right with a brush, and the kept result */

/* What a brush works on: more is not seen, and a stroke has to follow the hand */
#define EDIT_SIDE 1600

/* Pixels without padding and without alpha: what can be seen through stands on white */
static DexFuture *
pack_fiber (gpointer data)
{
  CsPixels     *pixels = data;
  const guint8 *from = g_bytes_get_data (pixels->bytes, NULL);
  int           step = pixels->has_alpha ? 4 : 3;
  gsize         size = (gsize) pixels->width * pixels->height * 3;
  guint8       *packed = g_malloc (size);

  for (int y = 0; y < pixels->height; y++)
    for (int x = 0; x < pixels->width; x++)
      {
        const guint8 *in = from + (gsize) y * pixels->stride + (gsize) x * step;
        guint8       *out = packed + ((gsize) y * pixels->width + x) * 3;
        int           alpha = pixels->has_alpha ? in[3] : 255;

        for (guint i = 0; i < 3; i++)
          out[i] = (in[i] * alpha + 255 * (255 - alpha) + 127) / 255;
      }

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_take (packed, size));
}

typedef struct
{
  CsPixels *mask; /* grey, as colours; or NULL for nothing */
  int       width;
  int       height;
} Scaling;

static void
scaling_free (Scaling *self)
{
  g_clear_pointer (&self->mask, cs_pixels_unref);
  g_free (self);
}

/* Between the four pixels around a place */
static guint8
sample (const CsPixels *pixels,
        double          x,
        double          y)
{
  const guint8 *from = g_bytes_get_data (pixels->bytes, NULL);
  int           step = pixels->has_alpha ? 4 : 3;
  double        cx = CLAMP (x, 0, pixels->width - 1);
  double        cy = CLAMP (y, 0, pixels->height - 1);
  int           left = floor (cx);
  int           top = floor (cy);
  gsize         right = MIN (left + 1, pixels->width - 1);
  gsize         bottom = MIN (top + 1, pixels->height - 1);
  const guint8 *above = from + (gsize) top * pixels->stride;
  const guint8 *below = from + bottom * pixels->stride;
  double        up = above[left * step] + (cx - left) * (above[right * step] - above[left * step]);
  double        down = below[left * step] + (cx - left) * (below[right * step] - below[left * step]);

  return up + (cy - top) * (down - up) + 0.5;
}

static DexFuture *
scale_fiber (gpointer data)
{
  Scaling *scaling = data;
  gsize    size = (gsize) scaling->width * scaling->height;
  guint8  *mask = g_malloc0 (size);

  for (int y = 0; scaling->mask != NULL && y < scaling->height; y++)
    for (int x = 0; x < scaling->width; x++)
      mask[(gsize) y * scaling->width + x] =
        sample (scaling->mask,
                (x + 0.5) * scaling->mask->width / scaling->width - 0.5,
                (y + 0.5) * scaling->mask->height / scaling->height - 0.5);

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_take (mask, size));
}

static CsItem *
find_open_picture (GPtrArray *items,
                   gint64     photo,
                   GError   **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field != CS_FIELD_PICTURE || item->photo != photo)
        continue;

      if (!cs_item_state_is_decided (item->state))
        return item;

      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("You have decided on this picture already. Undo that first."));
      return NULL;
    }

  g_set_error_literal (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("This photo is not here any more."));

  return NULL;
}

static CsPixels *
decode_blob (CsDesk     *self,
             const char *hash,
             GError    **error)
{
  g_autofd int fd = cs_blobs_open (self->store, hash, error);

  return fd != -1 ? dex_await_boxed (cs_image_decode (self->image, fd, EDIT_SIDE), error) : NULL;
}

/* What the picture was made with; where there was no mask that could be right,
 * what the network found all the same is something to begin with
 */
static char *
find_mask (CsDesk *self,
           CsItem *item)
{
  CsSuggestion    *suggestion = item->suggestions->len > 0 ? item->suggestions->pdata[0] : NULL;
  g_autofree char *network = cs_workshop_dup_network (self->workshop);
  g_autoptr (CsKeptCutout) kept = NULL;

  if (suggestion != NULL && suggestion->mask != NULL)
    return g_strdup (suggestion->mask);

  if (network != NULL)
    kept = dex_await_boxed (cs_cutouts_get (self->store, item->original, network), NULL);

  return kept != NULL ? g_strdup (kept->mask) : NULL;
}

static gboolean
decode_mask (CsDesk    *self,
             CsItem    *item,
             CsPixels **mask,
             GError   **error)
{
  g_autofree char *hash = find_mask (self, item);

  *mask = NULL;
  if (hash == NULL)
    return TRUE;

  return (*mask = decode_blob (self, hash, error)) != NULL;
}

static DexFuture *
scale_mask (CsPixels *photo,
            CsPixels *mask)
{
  Scaling *scaling = g_new0 (Scaling, 1);

  scaling->mask = mask != NULL ? cs_pixels_ref (mask) : NULL;
  scaling->width = photo->width;
  scaling->height = photo->height;

  return cs_fiber_compute (scale_fiber, scaling, (GDestroyNotify) scaling_free);
}

static DexFuture *
cs_desk_edit_mask_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  CsItem     *item;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (CsPixels) photo = NULL;
  g_autoptr (CsPixels) mask = NULL;
  g_autoptr (GBytes) photo_bytes = NULL;
  g_autoptr (GBytes) mask_bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (!(items = dex_await_boxed (cs_items_list (self->store, call->id), &error)) ||
      !(item = find_open_picture (items, call->other, &error)) ||
      !(photo = decode_blob (self, item->original, &error)) ||
      !decode_mask (self, item, &mask, &error) ||
      !(photo_bytes = dex_await_boxed (cs_fiber_compute (pack_fiber, cs_pixels_ref (photo),
                                                         (GDestroyNotify) cs_pixels_unref), &error)) ||
      !(mask_bytes = dex_await_boxed (scale_mask (photo, mask), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_object (cs_mask_edit_new (photo_bytes, mask_bytes, photo->width, photo->height));
}

DexFuture *
cs_desk_edit_mask (CsDesk *self,
                   gint64  product,
                   gint64  photo)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->id = product;
  call->other = photo;

  /* Not stopped half-way: the helper reads from our descriptors until it answers */
  return cs_fiber_spawn_disowned (cs_desk_edit_mask_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

typedef struct
{
  CsDesk *desk;
  GBytes *mask;
  int     width;
  int     height;
} Keeping;

static void
keeping_free (Keeping *self)
{
  g_clear_object (&self->desk);
  g_clear_pointer (&self->mask, g_bytes_unref);
  g_free (self);
}

static DexFuture *
cs_desk_keep_mask_fiber (gpointer data)
{
  Keeping *keeping = data;
  CsDesk  *self = keeping->desk;
  g_autoptr (CsCutout) cutout = NULL;
  g_autoptr (GError) error = NULL;

  if (!(cutout = dex_await_boxed (cs_image_keep_mask (self->image, keeping->mask, keeping->width, keeping->height),
                                  &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return cs_blobs_put_bytes (self->store, cutout->mask);
}

DexFuture *
cs_desk_keep_mask (CsDesk     *self,
                   CsMaskEdit *edit)
{
  DexFuture *refusal;
  Keeping   *keeping;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (CS_IS_MASK_EDIT (edit));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  cs_mask_edit_end_stroke (edit);
  keeping = g_new0 (Keeping, 1);
  keeping->desk = g_object_ref (self);
  keeping->width = cs_mask_edit_get_width (edit);
  keeping->height = cs_mask_edit_get_height (edit);
  keeping->mask = g_bytes_new (cs_mask_edit_get_mask (edit), (gsize) keeping->width * keeping->height);

  return cs_fiber_spawn_disowned (cs_desk_keep_mask_fiber, keeping, (GDestroyNotify) keeping_free);
}
