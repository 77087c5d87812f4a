/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-difference.h"
#include "cs-encode.h"
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

/* Where what encoding adds cannot be known exactly, so much of it in a block, in
 * ΔE2000, and so many times what is known of it, is left to chance
 */
#define CHANCE_LEAST 1.0f
#define CHANCE_TIMES 2.0f

/* And of all such pixels together, in parts of what encoding adds */
#define CHANCE_MEAN 0.20
#define CHANCE_P99  0.50

/* How often what lies around the product is put right; see refine() */
#define MOST_ROUNDS 2

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

  file = cs_encode (frame, kind == CS_KIND_WEBP ? CS_FORMAT_WEBP : CS_FORMAT_JPEG, self->settings.quality, NULL, &kind, error);

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

/* How much each block of the file may differ from what was expected, encoded alike */
static float *
find_chance (const CsMeasure *self,
             const CsFrame   *expected,
             const CsFrame   *alike,
             CsKind           kind)
{
  int    columns = cs_difference_blocks (alike->width), rows = cs_difference_blocks (alike->height);
  float *chance = g_new0 (float, (gsize) columns * rows);

  for (int row = 0; row < rows && !is_lossless (kind); row++)
    for (int column = 0; column < columns; column++)
      {
        gboolean inside = is_inside (self, column, row);

        /* A few of its pixels tell enough of a whole block */
        if (kind != CS_KIND_JPEG || !inside)
          chance[row * columns + column] =
            CHANCE_LEAST + CHANCE_TIMES * cs_difference_block (alike, expected, self->alpha, column, row, inside ? 2 : 1);
      }

  return chance;
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
         cs_limits_allow_geometry (&self->geometry, self->aspect) &&
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

/* A finished file against what it should be */
typedef struct
{
  const CsMeasure *measure;
  const CsFrame   *finished;
  CsKind           kind;
  CsFrame         *expected; /* before encoding */
  CsFrame         *alike;    /* after it */
  double           left;     /* of the product's pixels, that something is left to chance of */
} Trial;

static void
trial_clear (Trial *self)
{
  g_clear_pointer (&self->expected, cs_frame_free);
  g_clear_pointer (&self->alike, cs_frame_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

static gboolean
trial_encode (Trial   *self,
              GError **error)
{
  g_clear_pointer (&self->alike, cs_frame_free);
  self->alike = encode_alike (self->measure, self->expected, self->kind, error);

  return self->alike != NULL;
}

/* How many of the product's pixels lie where something is left to chance */
static double
share_left_to_chance (const CsMeasure *self,
                      const float     *chance)
{
  int   width = self->original->width, columns = cs_difference_blocks (width);
  gsize n = 0, n_left = 0;

  for (int y = 0; y < self->original->height; y++)
    for (int x = 0; x < width; x++)
      if (self->alpha[(gsize) y * width + x] >= CS_MEASURE_PRODUCT)
        {
          n++;
          n_left += chance[y / CS_DIFFERENCE_BLOCK * columns + x / CS_DIFFERENCE_BLOCK] > 0;
        }

  return n > 0 ? (double) n_left / n : 0;
}

/* What is allowed of @settings, and for what is left to chance */
static void
trial_find_limit (Trial                *self,
                  const CsWireSettings *settings,
                  const CsWireChange   *encoding,
                  CsWireChange         *limit)
{
  cs_limits_find (settings, limit);
  limit->mean += CHANCE_MEAN * self->left * encoding->mean;
  limit->p99 += CHANCE_P99 * self->left * encoding->p99;
}

static void
trial_compare (Trial         *self,
               CsWireReceipt *receipt)
{
  g_autofree float *chance = find_chance (self->measure, self->expected, self->alike, self->kind);

  self->left = share_left_to_chance (self->measure, chance);
  cs_difference_find (self->expected, self->alike, self->measure->alpha, &receipt->encoding);
  trial_find_limit (self, &self->measure->settings, &receipt->encoding, &receipt->limit);
  cs_difference_find_more (self->finished, self->alike, self->measure->alpha, chance, &receipt->beyond);
  receipt->beyond.mean = MAX (receipt->beyond.mean, cs_difference_shift (self->finished, self->alike, self->measure->alpha));
}

/* What lies around the product is known only as it came out of the encoder.
 * What would come out of it as that is looked for: one step towards it at a time.
 */
static void
trial_refine (Trial *self)
{
  gsize n = (gsize) self->finished->width * self->finished->height;

  for (gsize i = 0; i < n; i++)
    if (self->measure->alpha[i] < CS_MEASURE_PRODUCT)
      for (gsize at = i * 3; at < i * 3 + 3; at++)
        self->expected->data[at] = CLAMP (self->expected->data[at] + self->finished->data[at] - self->alike->data[at], 0, 255);
}

/* Of the product's pixels, those that are not the original's: by the light, or
 * by more than can be encoding's
 */
static void
trial_describe (Trial         *self,
                CsWireReceipt *receipt)
{
  const CsFrame *original = self->measure->original;
  const guint8  *alpha = self->measure->alpha;
  CsWireChange   base;

  receipt->outside = cs_difference_share (original, self->finished, alpha, CS_DIFFERENCE_OUTSIDE);
  receipt->changed = cs_difference_share (original, self->expected, alpha, CS_DIFFERENCE_PRODUCT);
  trial_find_limit (self, &(CsWireSettings) { 0 }, &receipt->encoding, &base);
  if (is_no_more (&receipt->beyond, &base))
    {
      cs_difference_find (original, self->expected, alpha, &receipt->product);
      return;
    }

  cs_difference_find (original, self->finished, alpha, &receipt->product);
  receipt->changed = MAX (receipt->changed, cs_difference_share (self->finished, self->alike, alpha, CS_DIFFERENCE_PRODUCT));
}

/* Until it is as expected, or it is plain that it is not */
static gboolean
trial_hold (Trial         *self,
            CsWireReceipt *receipt,
            GError       **error)
{
  self->expected = expect (self->measure, self->finished);
  for (int round = 0;; round++)
    {
      if (!trial_encode (self, error))
        return FALSE;

      trial_compare (self, receipt);
      if (is_no_more (&receipt->beyond, &receipt->limit) || is_lossless (self->kind) || round == MOST_ROUNDS)
        return TRUE;
      trial_refine (self);
    }
}

gboolean
cs_measure_finished (const CsMeasure *self,
                     const CsFrame   *finished,
                     CsKind           kind,
                     CsWireReceipt   *receipt,
                     GError         **error)
{
  g_auto (Trial) trial = { self, finished, kind };

  begin (self, receipt);
  if (finished->width != self->original->width || finished->height != self->original->height)
    return TRUE;

  if (!trial_hold (&trial, receipt, error))
    return FALSE;

  trial_describe (&trial, receipt);
  receipt->within = judge (self, receipt);

  return TRUE;
}

float *
cs_measure_map (const CsMeasure *self,
                const CsFrame   *finished,
                CsKind           kind,
                GError         **error)
{
  g_auto (Trial) trial = { self, finished, kind };
  int    columns = cs_difference_blocks (finished->width), rows = cs_difference_blocks (finished->height);
  float *blocks;
  CsWireReceipt receipt;

  begin (self, &receipt);
  if (!trial_hold (&trial, &receipt, error))
    return NULL;

  blocks = find_chance (self, trial.expected, trial.alike, kind);
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        float *block = &blocks[row * columns + column];

        *block = MAX (0, cs_difference_block (finished, trial.alike, self->alpha, column, row, 1) - *block);
      }

  return blocks;
}
