/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-spill.h"

/* At its rim a product's pixels are mixed with the background that it stood
 * before. What they would be without is told from what is near: wholly product
 * on one side, wholly background on the other (after Forte, "Approximate fast
 * foreground colour estimation", 2021). First from a wide neighbourhood, then
 * from a narrow one. Pixels that are wholly product are never written to.
 */
#define N_PLANES 8 /* red green blue of the product, its weight; the same of the background */

typedef struct
{
  const CsFrame *from;  /* product colours are taken from here */
  const CsFrame *mixed; /* and those of the background from here */
  const guint8  *alpha;
  int            radius;
  guint32       *columns; /* N_PLANES for each column: sums over the rows in reach */
  guint8         product[256];
  guint8         ground[256];
} Window;

/* What is nearly all product, or nearly none, says more than what is between */
static void
window_weigh (Window *self)
{
  for (int i = 0; i < 256; i++)
    {
      self->product[i] = (guint32) i * i / 255 * i / 255 * i / 255 / 4;
      self->ground[255 - i] = self->product[i];
    }
}

static void
window_add_row (Window *self,
                int     y,
                int     sign)
{
  const guint8 *in = cs_frame_at (self->from, 0, y), *mixed = cs_frame_at (self->mixed, 0, y);
  const guint8 *alpha = self->alpha + (gsize) y * self->from->width;
  guint32      *out = self->columns;

  for (int x = 0; x < self->from->width; x++, in += 3, mixed += 3, out += N_PLANES)
    {
      guint32 product = self->product[alpha[x]] * sign, ground = self->ground[alpha[x]] * sign;

      out[0] += in[0] * product;
      out[1] += in[1] * product;
      out[2] += in[2] * product;
      out[3] += product;
      out[4] += mixed[0] * ground;
      out[5] += mixed[1] * ground;
      out[6] += mixed[2] * ground;
      out[7] += ground;
    }
}

static gboolean
row_has_rim (const guint8 *alpha,
             int           width)
{
  for (int x = 0; x < width; x++)
    if (alpha[x] != 0 && alpha[x] != 255)
      return TRUE;

  return FALSE;
}

/* What a mixed pixel is of the product, told from the sums around it */
static void
unmix (const guint64 *sums,
       const guint8  *mixed,
       int            alpha,
       guint8        *out)
{
  for (int c = 0; c < 3; c++)
    {
      int product = sums[3] > 0 ? (int) (sums[c] / sums[3]) : mixed[c];
      int ground = sums[7] > 0 ? (int) (sums[4 + c] / sums[7]) : mixed[c];
      int rest = mixed[c] * 255 - alpha * product - (255 - alpha) * ground;

      out[c] = CLAMP (product + alpha * rest / (255 * 255), 0, 255);
    }
}

static void
window_write_row (const Window *self,
                  CsFrame      *to,
                  int           y)
{
  int           width = to->width;
  const guint8 *alpha = self->alpha + (gsize) y * width;
  guint64       sums[N_PLANES] = { 0 };

  for (int x = 0; x < MIN (self->radius, width); x++)
    for (int p = 0; p < N_PLANES; p++)
      sums[p] += self->columns[(gsize) x * N_PLANES + p];

  for (int x = 0; x < width; x++)
    {
      if (x + self->radius < width)
        for (int p = 0; p < N_PLANES; p++)
          sums[p] += self->columns[(gsize) (x + self->radius) * N_PLANES + p];
      if (x - self->radius - 1 >= 0)
        for (int p = 0; p < N_PLANES; p++)
          sums[p] -= self->columns[(gsize) (x - self->radius - 1) * N_PLANES + p];

      if (alpha[x] != 0 && alpha[x] != 255)
        unmix (sums, cs_frame_at (self->mixed, x, y), alpha[x], cs_frame_at (to, x, y));
    }
}

static void
spill_pass (const CsFrame *from,
            const CsFrame *mixed,
            CsFrame       *to,
            const guint8  *alpha,
            int            radius)
{
  Window              window = { .from = from, .mixed = mixed, .alpha = alpha, .radius = radius };
  g_autofree guint32 *columns = g_new0 (guint32, (gsize) to->width * N_PLANES);

  window.columns = columns;
  window_weigh (&window);
  for (int y = 0; y < MIN (radius, to->height); y++)
    window_add_row (&window, y, 1);

  for (int y = 0; y < to->height; y++)
    {
      if (y + radius < to->height)
        window_add_row (&window, y + radius, 1);
      if (y - radius - 1 >= 0)
        window_add_row (&window, y - radius - 1, -1);
      if (row_has_rim (alpha + (gsize) y * to->width, to->width))
        window_write_row (&window, to, y);
    }
}

/**
 * cs_spill_remove:
 * @alpha: how much of each pixel of @frame is product
 *
 * Takes the old background's colour out of the rim, that is where @alpha is
 * neither 0 nor 255; all else stays as it is, bit for bit.
 */
void
cs_spill_remove (CsFrame      *frame,
                 const guint8 *alpha)
{
  int      side = cs_frame_side (frame);
  gsize    length = (gsize) frame->width * frame->height * 3;
  CsFrame  mixed = *frame;
  g_autofree guint8 *copy = g_memdup2 (frame->data, length);
  g_autofree guint8 *once = g_memdup2 (frame->data, length);
  CsFrame  first = *frame;

  mixed.data = copy;
  first.data = once;
  spill_pass (&mixed, &mixed, &first, alpha, MAX (2, side / 30));
  spill_pass (&first, &mixed, frame, alpha, MAX (2, side / 250));
}
