/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-difference.h"
#include "cs-jpeg.h"
#include "cs-light.h"
#include "cs-limits.h"
#include "cs-measure.h"
#include "cs-raster.h"

/* What a picture changed of its photo.
 *
 * A finished file is believed nothing: the photo is taken again, resampled as
 * the receipt claims, lit as it claims, and encoded as the settings say. Where
 * the product is, the outcome must be what is in the file: so what encoding does
 * is not in the way of seeing a small change. Blocks that JPEG encodes from
 * product pixels alone come out bit for bit; where others mix in, the pixels
 * that the file itself has there are put around the product, and a little is
 * left to chance.
 */
#define MCU 16 /* pixels: the largest unit that JPEG encodes by itself */

/* Of what encoding adds to a block, where that cannot be known exactly */
#define CHANCE 1.5

/* Less of the product in the picture is none */
#define LEAST_PRODUCT 64   /* pixels */
#define LEAST_VISIBLE 0.97 /* of the mask */

static double
round_number (double value)
{
  return isfinite (value) ? round (value * 1e6) / 1e6 : 0;
}

/**
 * cs_measure_round_light:
 *
 * To what a receipt can say and somebody else can read again
 */
void
cs_measure_round_light (CsWireLight *light)
{
  for (int c = 0; c < 3; c++)
    light->gains[c] = round_number (light->gains[c]);
  light->lift = round_number (light->lift);
  light->stops = round_number (light->stops);
}

/**
 * cs_measure_visible:
 * @mask: (nullable): of the photo, at any size
 *
 * Returns: how much of the mask's product @geometry shows, 0..1
 */
double
cs_measure_visible (const CsWireGeometry *geometry,
                    const guint8         *mask,
                    int                   width,
                    int                   height)
{
  double sine = sin (geometry->turn * G_PI / 180), cosine = cos (geometry->turn * G_PI / 180);
  int    step = MAX (1, MAX (width, height) / 500);
  gint64 n = 0, n_shown = 0;

  for (int y = 0; mask != NULL && y < height; y += step)
    for (int x = 0; x < width; x += step)
      {
        double dx = x + 0.5 - width / 2.0, dy = y + 0.5 - height / 2.0;
        double u = ((dx * cosine - dy * sine) / width + 0.5 - geometry->x) / geometry->width;
        double v = ((dx * sine + dy * cosine) / height + 0.5 - geometry->y) / geometry->height;

        if (mask[(gsize) y * width + x] < CS_MEASURE_PRODUCT)
          continue;
        n++;
        n_shown += u >= 0 && u <= 1 && v >= 0 && v <= 1;
      }

  return n > 0 ? (double) n_shown / n : mask == NULL;
}

static CsFrame *
copy_frame (const CsFrame *frame)
{
  CsFrame *copy = cs_frame_new (frame->width, frame->height, frame->channels);

  memcpy (copy->data, frame->data, (gsize) frame->width * frame->height * frame->channels);

  return copy;
}

/* What the product must look like, in what the file has around it */
static CsFrame *
expect (const CsMeasure *self,
        const CsFrame   *around)
{
  g_autoptr (CsFrame) expected = copy_frame (self->original);
  gsize   n = (gsize) expected->width * expected->height;
  CsLight light;

  cs_light_from_wire (&light, &self->light);
  cs_light_apply (&light, expected);
  for (gsize i = 0; around != NULL && i < n; i++)
    if (self->alpha[i] < CS_MEASURE_PRODUCT)
      memcpy (expected->data + i * 3, around->data + i * 3, 3);

  return g_steal_pointer (&expected);
}

static CsFrame *
decode (CsKind   kind,
        GBytes  *file,
        GError **error)
{
  g_autoptr (GBytes) profile = NULL;
  g_autoptr (CsFrame) frame = NULL;
  gsize         length;
  const guint8 *data = g_bytes_get_data (file, &length);
  gboolean      cut_short = FALSE;
  int           orientation = 1;

  frame = kind == CS_KIND_JPEG ? cs_jpeg_decode (data, length, 0, &profile, &cut_short, error)
                               : cs_raster_decode (kind, data, length, &profile, &orientation, &cut_short, error);

  return frame != NULL ? cs_frame_on_white (g_steal_pointer (&frame)) : NULL;
}

static gboolean
is_lossless (CsKind kind)
{
  return kind != CS_KIND_JPEG && kind != CS_KIND_WEBP;
}

/* As the maker of the file would have: what of it encoding may account for */
static CsFrame *
encode_alike (const CsMeasure *self,
              const CsFrame   *frame,
              CsKind           kind,
              GError         **error)
{
  g_autoptr (GBytes) file = NULL;

  if (is_lossless (kind))
    return copy_frame (frame);

  file = cs_jpeg_encode (frame, self->settings.quality, NULL, error);

  return file != NULL ? decode (kind, file, error) : NULL;
}

/* Whether JPEG encodes a block from product pixels alone */
static gboolean
is_inside (const CsMeasure *self,
           int              column,
           int              row)
{
  int width = self->original->width, height = self->original->height;
  int x0 = column * CS_DIFFERENCE_BLOCK / MCU * MCU, y0 = row * CS_DIFFERENCE_BLOCK / MCU * MCU;

  for (int y = y0; y < MIN (y0 + MCU, height); y++)
    for (int x = x0; x < MIN (x0 + MCU, width); x++)
      if (self->alpha[(gsize) y * width + x] < CS_MEASURE_PRODUCT)
        return FALSE;

  return TRUE;
}

/* The block that differs most from what was expected, encoded alike */
static double
find_strangest (const CsMeasure *self,
                const CsFrame   *finished,
                const CsFrame   *alike,
                const CsFrame   *expected,
                CsKind           kind)
{
  int    columns = (finished->width + CS_DIFFERENCE_BLOCK - 1) / CS_DIFFERENCE_BLOCK;
  int    rows = (finished->height + CS_DIFFERENCE_BLOCK - 1) / CS_DIFFERENCE_BLOCK;
  double worst = 0;

  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        double value;

        if (cs_difference_block_most (finished, alike, self->alpha, column, row) <= worst)
          continue;
        value = cs_difference_block (finished, alike, self->alpha, column, row, 1);
        if (value > worst && !is_lossless (kind) && (kind != CS_KIND_JPEG || !is_inside (self, column, row)))
          value -= CHANCE * cs_difference_block (alike, expected, self->alpha, column, row, 1);
        worst = MAX (worst, value);
      }

  return worst;
}

static gsize
count_product (const CsMeasure *self)
{
  gsize n = (gsize) self->original->width * self->original->height, count = 0;

  for (gsize i = 0; i < n; i++)
    count += self->alpha[i] >= CS_MEASURE_PRODUCT;

  return count;
}

static gboolean
is_no_more (const CsWireChange *change,
            const CsWireChange *limit)
{
  return change->mean <= limit->mean && change->p99 <= limit->p99 && change->worst <= limit->worst;
}

static void
begin (const CsMeasure *self,
       CsWireReceipt   *receipt)
{
  gsize n = (gsize) self->original->width * self->original->height;

  *receipt = (CsWireReceipt) {
    .known = self->known,
    .geometry = self->geometry,
    .light = self->light,
    .share = (double) count_product (self) / n,
  };
  cs_limits_find (&self->settings, &receipt->limit);
}

static gboolean
judge (const CsMeasure     *self,
       const CsWireReceipt *receipt)
{
  double n = (double) self->original->width * self->original->height;

  return receipt->share * n >= LEAST_PRODUCT &&
         (!self->known || self->visible >= LEAST_VISIBLE) &&
         cs_limits_allow_light (&self->settings, &self->light) &&
         is_no_more (&receipt->beyond, &receipt->limit);
}

gboolean
cs_measure_made (const CsMeasure *self,
                 const CsFrame   *made,
                 GBytes          *file,
                 CsWireReceipt   *receipt,
                 GError         **error)
{
  g_autoptr (CsFrame) expected = expect (self, NULL);
  g_autoptr (CsFrame) encoded = NULL;
  CsSniff sniff;

  cs_sniff (&sniff, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  begin (self, receipt);
  cs_difference_find (self->original, made, self->alpha, &receipt->product);
  cs_difference_find (expected, made, self->alpha, &receipt->beyond);
  receipt->changed = cs_difference_share (self->original, made, self->alpha, CS_DIFFERENCE_PRODUCT);
  receipt->outside = cs_difference_share (self->original, made, self->alpha, CS_DIFFERENCE_OUTSIDE);
  g_clear_pointer (&expected, cs_frame_free);

  if (!(encoded = decode (sniff.kind, file, error)))
    return FALSE;

  cs_difference_find (made, encoded, self->alpha, &receipt->encoding);
  receipt->within = judge (self, receipt);

  return TRUE;
}

/* Of the product's pixels, those that are not the original's: by the light, or
 * by more than can be encoding's
 */
static double
share_changed (const CsMeasure *self,
               const CsFrame   *expected,
               const CsFrame   *finished,
               const CsFrame   *alike,
               gboolean         is_as_expected)
{
  double lit = cs_difference_share (self->original, expected, self->alpha, CS_DIFFERENCE_PRODUCT);

  return is_as_expected ? lit : MAX (lit, cs_difference_share (finished, alike, self->alpha, CS_DIFFERENCE_PRODUCT));
}

gboolean
cs_measure_finished (const CsMeasure *self,
                     const CsFrame   *finished,
                     CsKind           kind,
                     CsWireReceipt   *receipt,
                     GError         **error)
{
  g_autoptr (CsFrame) expected = NULL;
  g_autoptr (CsFrame) alike = NULL;
  CsWireChange base;

  begin (self, receipt);
  if (finished->width != self->original->width || finished->height != self->original->height)
    return TRUE;

  expected = expect (self, finished);
  if (!(alike = encode_alike (self, expected, kind, error)))
    return FALSE;

  cs_difference_find (finished, alike, self->alpha, &receipt->beyond);
  cs_difference_find (expected, alike, self->alpha, &receipt->encoding);
  receipt->beyond.worst = find_strangest (self, finished, alike, expected, kind);
  receipt->outside = cs_difference_share (self->original, finished, self->alpha, CS_DIFFERENCE_OUTSIDE);

  cs_limits_find (&(CsWireSettings) { 0 }, &base);
  receipt->changed = share_changed (self, expected, finished, alike, is_no_more (&receipt->beyond, &base));
  cs_difference_find (self->original, is_no_more (&receipt->beyond, &base) ? expected : finished, self->alpha, &receipt->product);
  receipt->within = judge (self, receipt);

  return TRUE;
}
