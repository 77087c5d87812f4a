/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-brush-dab.h"
#include "cs-brush.h"

/* Strokes on the mask. A stroke keeps what each tile that it touches was
 * before, and how much it is covered by now: where touches overlap, the
 * strongest one counts, so that going over a spot twice is no more than once.
 * Undoing changes the tiles of the mask with those that were kept, and doing
 * again is the same change once more.
 */

#define TILE       64
#define TILE_BYTES (TILE * TILE)
/* What the strokes that can be undone may take; the last one is always kept */
#define MOST_BYTES (24 * 1024 * 1024)
/* Between two touches, in parts of the radius */
#define SPACING 0.25
/* What is left of the brush where a pen hardly touches */
#define LIGHT_RADIUS   0.4
#define LIGHT_STRENGTH 0.3

typedef struct
{
  int    column;
  int    row;
  guint8 other[TILE_BYTES]; /* of the mask: as it was before, or after an undo as it was after */
} Tile;

struct _CsBrush
{
  GBytes *photo_bytes;
  CsBrushPhoto photo;
  guint8 *mask;
  int     columns;
  int     rows;

  GPtrArray *strokes; /* of GPtrArray of Tile: what can be undone, then what can be done again */
  guint      n_done;

  /* The stroke under way */
  CsBrushDab *dab;
  GPtrArray  *tiles; /* or NULL */
  Tile      **lookup; /* by place */
  guint8    **covers; /* by place */
  gboolean    bring_back;
  double      radius;
  double      x; /* where the last touch was */
  double      y;
  double      pressure;
};

static void
free_tiles (GPtrArray *tiles)
{
  g_ptr_array_unref (tiles);
}

CsBrush *
cs_brush_new (GBytes *photo,
              GBytes *mask,
              int     width,
              int     height)
{
  CsBrush *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (g_bytes_get_size (photo) >= (gsize) width * height * 3, NULL);
  g_return_val_if_fail (g_bytes_get_size (mask) >= (gsize) width * height, NULL);

  self = g_new0 (CsBrush, 1);
  self->photo_bytes = g_bytes_ref (photo);
  self->photo = (CsBrushPhoto) { g_bytes_get_data (photo, NULL), width, height };
  self->mask = g_memdup2 (g_bytes_get_data (mask, NULL), (gsize) width * height);
  self->columns = (width + TILE - 1) / TILE;
  self->rows = (height + TILE - 1) / TILE;
  self->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) free_tiles);
  self->lookup = g_new0 (Tile *, (gsize) self->columns * self->rows);
  self->covers = g_new0 (guint8 *, (gsize) self->columns * self->rows);
  self->dab = cs_brush_dab_new ();

  return self;
}

static void
forget_covers (CsBrush *self)
{
  for (gsize i = 0; i < (gsize) self->columns * self->rows; i++)
    {
      g_clear_pointer (&self->covers[i], g_free);
      self->lookup[i] = NULL;
    }
}

void
cs_brush_free (CsBrush *self)
{
  forget_covers (self);
  g_clear_pointer (&self->tiles, g_ptr_array_unref);
  g_ptr_array_unref (self->strokes);
  cs_brush_dab_free (self->dab);
  g_free (self->covers);
  g_free (self->lookup);
  g_free (self->mask);
  g_bytes_unref (self->photo_bytes);
  g_free (self);
}

const guint8 *
cs_brush_get_mask (CsBrush *self)
{
  return self->mask;
}

/* Tiles */

/* A row of a tile in the mask, and how many of its pixels there are; NULL below the photo */
static guint8 *
tile_line (CsBrush    *self,
           const Tile *tile,
           int         line,
           int        *n)
{
  int x = tile->column * TILE;
  int y = tile->row * TILE + line;

  *n = MIN (TILE, self->photo.width - x);

  return y < self->photo.height ? self->mask + (gsize) y * self->photo.width + x : NULL;
}

static Tile *
keep_tile (CsBrush *self,
           int      column,
           int      row)
{
  gsize   place = (gsize) row * self->columns + column;
  Tile   *tile = self->lookup[place];
  guint8 *pixels;
  int     n;

  if (tile != NULL)
    return tile;

  tile = g_new0 (Tile, 1);
  tile->column = column;
  tile->row = row;
  for (int line = 0; line < TILE && (pixels = tile_line (self, tile, line, &n)) != NULL; line++)
    memcpy (tile->other + line * TILE, pixels, n);
  g_ptr_array_add (self->tiles, tile);
  self->lookup[place] = tile;
  self->covers[place] = g_malloc0 (TILE_BYTES);

  return tile;
}

static gboolean
tile_differs (CsBrush    *self,
              const Tile *tile)
{
  guint8 *pixels;
  int     n;

  for (int line = 0; line < TILE && (pixels = tile_line (self, tile, line, &n)) != NULL; line++)
    if (memcmp (tile->other + line * TILE, pixels, n) != 0)
      return TRUE;

  return FALSE;
}

static void
tile_swap (CsBrush *self,
           Tile    *tile)
{
  guint8  line_before[TILE];
  guint8 *pixels;
  int     n;

  for (int line = 0; line < TILE && (pixels = tile_line (self, tile, line, &n)) != NULL; line++)
    {
      memcpy (line_before, pixels, n);
      memcpy (pixels, tile->other + line * TILE, n);
      memcpy (tile->other + line * TILE, line_before, n);
    }
}

/* Touching */

static void
join (int       *changed,
      const int *box)
{
  int right = MAX (changed[0] + changed[2], box[0] + box[2]);
  int bottom = MAX (changed[1] + changed[3], box[1] + box[3]);

  if (box[2] <= 0 || box[3] <= 0)
    return;

  if (changed[2] <= 0 || changed[3] <= 0)
    {
      memcpy (changed, box, 4 * sizeof *box);
      return;
    }

  changed[0] = MIN (changed[0], box[0]);
  changed[1] = MIN (changed[1], box[1]);
  changed[2] = right - changed[0];
  changed[3] = bottom - changed[1];
}

static guint8
blend (guint8   before,
       gboolean bring_back,
       guint8   cover)
{
  if (bring_back)
    return before + ((255 - before) * cover + 127) / 255;

  return before - (before * cover + 127) / 255;
}

static void
lay_on (CsBrush      *self,
        const guint8 *cover,
        const int    *box)
{
  for (int y = box[1]; y < box[1] + box[3]; y++)
    for (int x = box[0]; x < box[0] + box[2]; x++)
      {
        guint8 by = cover[(gsize) (y - box[1]) * box[2] + x - box[0]];
        Tile  *tile;
        gsize  inside;
        guint8 *most;

        if (by == 0)
          continue;

        tile = keep_tile (self, x / TILE, y / TILE);
        inside = (gsize) (y % TILE) * TILE + x % TILE;
        most = self->covers[(gsize) tile->row * self->columns + tile->column] + inside;
        if (by <= *most)
          continue;

        *most = by;
        self->mask[(gsize) y * self->photo.width + x] = blend (tile->other[inside], self->bring_back, by);
      }
}

static void
touch (CsBrush *self,
       double   x,
       double   y,
       double   pressure,
       int     *changed)
{
  CsBrushTouch where = {
    self->x, self->y, x, y,
    .radius = self->radius * (LIGHT_RADIUS + (1 - LIGHT_RADIUS) * pressure),
    .strength = LIGHT_STRENGTH + (1 - LIGHT_STRENGTH) * pressure,
  };
  const guint8 *cover;
  int           box[4];

  if ((cover = cs_brush_dab_cover (self->dab, &self->photo, &where, box)) != NULL)
    lay_on (self, cover, box);
  join (changed, box);
  self->x = x;
  self->y = y;
  self->pressure = pressure;
}

/* A hand may leave the photo, a device may say anything */
static gboolean
tame (CsBrush *self,
      double  *x,
      double  *y,
      double  *pressure)
{
  if (!isfinite (*x) || !isfinite (*y))
    return FALSE;

  *x = CLAMP (*x, -self->photo.width, 2.0 * self->photo.width);
  *y = CLAMP (*y, -self->photo.height, 2.0 * self->photo.height);
  *pressure = isfinite (*pressure) ? CLAMP (*pressure, 0, 1) : 1;

  return TRUE;
}

void
cs_brush_begin (CsBrush *self,
                gboolean bring_back,
                double   radius,
                double   x,
                double   y,
                double   pressure,
                int     *changed)
{
  memset (changed, 0, 4 * sizeof *changed);
  cs_brush_end (self);
  if (!tame (self, &x, &y, &pressure) || !isfinite (radius))
    return;

  self->tiles = g_ptr_array_new_with_free_func (g_free);
  self->bring_back = bring_back;
  self->radius = CLAMP (radius, 1, MAX (self->photo.width, self->photo.height) / 2.0);
  self->x = x;
  self->y = y;
  cs_brush_dab_begin (self->dab);
  touch (self, x, y, pressure, changed);
}

void
cs_brush_move (CsBrush *self,
               double   x,
               double   y,
               double   pressure,
               int     *changed)
{
  double from_x = self->x;
  double from_y = self->y;
  double from_pressure = self->pressure;
  double spacing;
  guint  n;

  memset (changed, 0, 4 * sizeof *changed);
  if (self->tiles == NULL || !tame (self, &x, &y, &pressure))
    return;

  spacing = MAX (self->radius * (LIGHT_RADIUS + (1 - LIGHT_RADIUS) * MIN (pressure, from_pressure)) * SPACING, 1);
  n = hypot (x - from_x, y - from_y) / spacing;
  for (guint i = 1; i <= n; i++)
    {
      double along = i * spacing / hypot (x - from_x, y - from_y);

      touch (self, from_x + (x - from_x) * along, from_y + (y - from_y) * along,
             from_pressure + (pressure - from_pressure) * along, changed);
    }
}

/* The oldest ones go first */
static void
bound_memory (CsBrush *self)
{
  gsize bytes = 0;
  guint first = self->strokes->len;

  while (first > 0)
    {
      bytes += ((GPtrArray *) self->strokes->pdata[first - 1])->len * sizeof (Tile);
      if (bytes > MOST_BYTES && first < self->strokes->len)
        break;
      first--;
    }
  if (first > 0)
    g_ptr_array_remove_range (self->strokes, 0, first);
  self->n_done = self->strokes->len;
}

void
cs_brush_end (CsBrush *self)
{
  g_autoptr (GPtrArray) tiles = g_steal_pointer (&self->tiles);

  if (tiles == NULL)
    return;

  forget_covers (self);
  for (guint i = tiles->len; i > 0; i--)
    if (!tile_differs (self, tiles->pdata[i - 1]))
      g_ptr_array_remove_index_fast (tiles, i - 1);
  if (tiles->len == 0)
    return;

  if (self->n_done < self->strokes->len)
    g_ptr_array_remove_range (self->strokes, self->n_done, self->strokes->len - self->n_done);
  g_ptr_array_add (self->strokes, g_steal_pointer (&tiles));
  bound_memory (self);
}

/* Undoing */

guint
cs_brush_get_n_undo (CsBrush *self)
{
  return self->n_done;
}

guint
cs_brush_get_n_redo (CsBrush *self)
{
  return self->strokes->len - self->n_done;
}

static void
swap (CsBrush   *self,
      GPtrArray *tiles,
      int       *changed)
{
  for (guint i = 0; i < tiles->len; i++)
    {
      Tile     *tile = tiles->pdata[i];
      const int x = tile->column * TILE;
      const int y = tile->row * TILE;
      const int box[4] = { x, y, MIN (TILE, self->photo.width - x), MIN (TILE, self->photo.height - y) };

      tile_swap (self, tile);
      join (changed, box);
    }
}

gboolean
cs_brush_undo (CsBrush *self,
               int     *changed)
{
  memset (changed, 0, 4 * sizeof *changed);
  cs_brush_end (self);
  if (self->n_done == 0)
    return FALSE;

  swap (self, self->strokes->pdata[--self->n_done], changed);

  return TRUE;
}

gboolean
cs_brush_redo (CsBrush *self,
               int     *changed)
{
  memset (changed, 0, 4 * sizeof *changed);
  cs_brush_end (self);
  if (self->n_done == self->strokes->len)
    return FALSE;

  swap (self, self->strokes->pdata[self->n_done++], changed);

  return TRUE;
}
