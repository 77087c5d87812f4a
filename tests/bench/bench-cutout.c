/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How well products are cut out, against scenes whose alpha is known exactly
 * (scenes/render.py makes them): the network's rough mask as it is, what
 * CsImage makes of it, and the region that is found by colours alone. The
 * network comes from the folder that CS_SHARED names.
 *
 * IoU: what both have of what either has, at half alpha. Boundary F: how much
 * of the one outline lies within two pixels of the other, both ways. Error: the
 * mean difference in alpha, in hundredths.
 */

#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <png.h>

#include "cs-bench-photos.h"
#include "cs-image-private.h"
#include "cs-mask-file.h"
#include "cs-region.h"
#include "cs-source.h"

#define NEAR  2 /* pixels */
#define WRONG 0.80

typedef struct
{
  double iou;
  double boundary;
  double error;
} Score;

typedef enum
{
  WAY_ROUGH,
  WAY_OURS,
  WAY_COLOURS,
  N_WAYS,
} Way;

typedef struct
{
  char  *name;
  int    n;
  int    abstained;
  int    wrong; /* of those that were sure */
  double seconds;
  Score  sums[N_WAYS];
  Score  sure; /* ours, of those that were sure */
} Tally;

typedef struct
{
  const char *folder;
  char       *model;
} Bench;

static void
tally_free (gpointer data)
{
  Tally *self = data;

  g_free (self->name);
  g_free (self);
}

/* The alpha of the product alone, which was rendered at twice the size */
static CsMatte *
truth_read (const char *path)
{
  png_image          image = { .version = PNG_IMAGE_VERSION };
  g_autofree guint8 *pixels = NULL;
  CsMatte           *matte;

  if (!png_image_begin_read_from_file (&image, path))
    g_error ("%s: %s", path, image.message);
  image.format = PNG_FORMAT_RGBA;
  pixels = g_malloc (PNG_IMAGE_SIZE (image));
  if (!png_image_finish_read (&image, NULL, pixels, 0, NULL))
    g_error ("%s: %s", path, image.message);

  matte = cs_matte_new (image.width / 2, image.height / 2);
  for (int y = 0; y < matte->height; y++)
    for (int x = 0; x < matte->width; x++)
      {
        const guint8 *p = pixels + ((gsize) y * 2 * image.width + x * 2) * 4 + 3, *q = p + (gsize) image.width * 4;

        *cs_matte_at (matte, x, y) = (p[0] + p[4] + q[0] + q[4] + 2) / 4;
      }

  return matte;
}

static gboolean
is_outline (const CsMatte *matte,
            int            x,
            int            y)
{
  return *cs_matte_at (matte, x, y) > 127 &&
         ((x > 0 && *cs_matte_at (matte, x - 1, y) <= 127) || (x + 1 < matte->width && *cs_matte_at (matte, x + 1, y) <= 127) ||
          (y > 0 && *cs_matte_at (matte, x, y - 1) <= 127) || (y + 1 < matte->height && *cs_matte_at (matte, x, y + 1) <= 127));
}

static gboolean
has_outline_near (const CsMatte *matte,
                  int            x,
                  int            y)
{
  for (int v = MAX (0, y - NEAR); v <= MIN (matte->height - 1, y + NEAR); v++)
    for (int u = MAX (0, x - NEAR); u <= MIN (matte->width - 1, x + NEAR); u++)
      if ((u - x) * (u - x) + (v - y) * (v - y) <= NEAR * NEAR && is_outline (matte, u, v))
        return TRUE;

  return FALSE;
}

/* How much of the outline of @self lies near that of @other */
static double
outline_share (const CsMatte *self,
               const CsMatte *other)
{
  int n = 0, near = 0;

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      if (is_outline (self, x, y))
        {
          n++;
          near += has_outline_near (other, x, y);
        }

  return n > 0 ? (double) near / n : 0;
}

static Score
score_mask (const CsMatte *mask,
            const CsMatte *truth)
{
  g_autoptr (CsMatte) fitted = cs_matte_scale (mask, truth->width, truth->height);
  int    n = truth->width * truth->height, both = 0, either = 0, apart = 0;
  double precision = outline_share (fitted, truth), recall = outline_share (truth, fitted);

  for (int i = 0; i < n; i++)
    {
      gboolean has = fitted->alpha[i] > 127, should = truth->alpha[i] > 127;

      both += has && should;
      either += has || should;
      apart += abs (fitted->alpha[i] - truth->alpha[i]);
    }

  return (Score) {
    either > 0 ? (double) both / either : 1,
    precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0,
    apart / 2.55 / n,
  };
}

static void
score_add (Score *sum,
           Score  score)
{
  sum->iou += score.iou;
  sum->boundary += score.boundary;
  sum->error += score.error;
}

/* What the network alone says */
static CsMatte *
find_rough (CsImage *image,
            int      photo,
            GError **error)
{
  g_autoptr (CsPixels) pixels = dex_await_boxed (cs_image_decode (image, photo, 1024), error);
  g_autoptr (CsPixels) rough = NULL;
  CsMatte *matte;

  if (pixels == NULL ||
      !(rough = dex_await_boxed (cs_image_network_run (cs_image_get_network (image), pixels), error)))
    return NULL;

  matte = cs_matte_new (rough->width, rough->height);
  memcpy (matte->alpha, g_bytes_get_data (rough->bytes, NULL), (gsize) rough->width * rough->height);

  return matte;
}

static CsMatte *
find_by_colours (int      photo,
                 GError **error)
{
  g_auto (CsSource) source = { 0 };
  g_auto (CsRegion) region = { 0 };
  g_autoptr (CsFrame) frame = NULL;
  CsMatte *matte;

  if (!cs_source_open (&source, photo, error) || !(frame = cs_source_decode (&source, 0, FALSE, error)))
    return NULL;

  cs_region_find (&region, frame);
  matte = cs_matte_new (region.width, region.height);
  memcpy (matte->alpha, region.mask, (gsize) region.width * region.height);

  return matte;
}

static gboolean
bench_scene (CsImage    *image,
             const char *folder,
             const char *name,
             Tally      *tally,
             GError    **error)
{
  g_autofree char *photo_name = g_strconcat (name, ".jpg", NULL);
  g_autofree char *truth_name = g_strconcat (name, ".png", NULL);
  g_autofree char *photo_path = g_build_filename (folder, photo_name, NULL);
  g_autofree char *truth_path = g_build_filename (folder, truth_name, NULL);
  g_autoptr (CsMatte) truth = truth_read (truth_path);
  g_autoptr (CsMatte) rough = NULL;
  g_autoptr (CsMatte) colours = NULL;
  g_autoptr (CsMatte) ours = NULL;
  g_autoptr (CsCutout) cutout = NULL;
  g_autofd int photo = open (photo_path, O_RDONLY | O_CLOEXEC);
  gint64       begun;
  Score        score;

  if (!(rough = find_rough (image, photo, error)) || !(colours = find_by_colours (photo, error)))
    return FALSE;

  begun = g_get_monotonic_time ();
  if (!(cutout = dex_await_boxed (cs_image_cut_out (image, photo, 0), error)) ||
      !(ours = cs_mask_file_read_data (g_bytes_get_data (cutout->mask, NULL), g_bytes_get_size (cutout->mask), error)))
    return FALSE;
  tally->seconds += (g_get_monotonic_time () - begun) / 1e6;

  score = score_mask (ours, truth);
  tally->n++;
  score_add (&tally->sums[WAY_OURS], score);
  score_add (&tally->sums[WAY_ROUGH], score_mask (rough, truth));
  score_add (&tally->sums[WAY_COLOURS], score_mask (colours, truth));
  tally->abstained += !cutout->sure;
  tally->wrong += cutout->sure && score.iou < WRONG;
  if (cutout->sure)
    score_add (&tally->sure, score);

  return TRUE;
}

static void
tally_add (Tally       *self,
           const Tally *other)
{
  self->n += other->n;
  self->abstained += other->abstained;
  self->wrong += other->wrong;
  self->seconds += other->seconds;
  for (Way way = 0; way < N_WAYS; way++)
    {
      self->sums[way].iou += other->sums[way].iou;
      self->sums[way].boundary += other->sums[way].boundary;
      self->sums[way].error += other->sums[way].error;
    }
  score_add (&self->sure, other->sure);
}

static void
tally_print (const Tally *self)
{
  int sure = MAX (1, self->n - self->abstained);

  g_print ("%-8s %3d", self->name, self->n);
  for (Way way = 0; way < N_WAYS; way++)
    g_print ("   %.3f %.3f %5.2f", self->sums[way].iou / self->n, self->sums[way].boundary / self->n, self->sums[way].error / self->n);
  g_print ("   %3d   %.3f %.3f %3d\n", self->abstained, self->sure.iou / sure, self->sure.boundary / sure, self->wrong);
}

static Tally *
tally_of (GPtrArray  *tallies,
          const char *name)
{
  Tally *tally;

  for (guint i = 0; i < tallies->len; i++)
    if (g_str_equal (((Tally *) tallies->pdata[i])->name, name))
      return tallies->pdata[i];

  tally = g_new0 (Tally, 1);
  tally->name = g_strdup (name);
  g_ptr_array_add (tallies, tally);

  return tally;
}

static DexFuture *
bench_fiber (gpointer data)
{
  Bench *bench = data;
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GPtrArray) tallies = g_ptr_array_new_with_free_func (tally_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (bench->folder, "list.txt", NULL);
  g_autofree char *list = NULL;
  g_auto (GStrv) lines = NULL;
  Tally all = { .name = (char *) "all" };

  cs_image_set_network (image, open (bench->model, O_RDONLY | O_CLOEXEC), NULL);
  if (!g_file_get_contents (path, &list, NULL, &error))
    g_error ("%s", error->message);

  lines = g_strsplit (list, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);

      if (!bench_scene (image, bench->folder, words[1], tally_of (tallies, words[0]), &error))
        g_error ("%s: %s", words[1], error->message);
    }

  g_print ("%-8s %3s   %-17s   %-17s   %-17s   %s   %s\n%-8s %3s   %-17s   %-17s   %-17s   %s   %s\n",
           "", "", "network alone", "cut-out", "colours alone", "not", "cut-out where sure",
           "class", "n", "IoU   F     error", "IoU   F     error", "IoU   F     error", "sure", "IoU   F  wrong");
  for (guint i = 0; i < tallies->len; i++)
    {
      tally_print (tallies->pdata[i]);
      tally_add (&all, tallies->pdata[i]);
    }
  tally_print (&all);
  g_print ("%.0f ms a photo; wrong: IoU below %.2f though sure\n", all.seconds / all.n * 1e3, WRONG);

  return dex_future_new_true ();
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *model = cs_bench_shared ("models/u2netp.onnx");
  g_autoptr (DexFuture) future = NULL;
  Bench bench = { .folder = argc > 1 ? argv[1] : NULL, .model = model };

  if (bench.folder == NULL || model == NULL)
    {
      g_print ("%s\n", model == NULL ? "no cut-outs: CS_SHARED names no folder with models/u2netp.onnx" : "usage: bench-cutout SCENES");
      return bench.folder == NULL ? 2 : 0;
    }

  dex_init ();
  future = dex_scheduler_spawn (NULL, 0, bench_fiber, &bench, NULL);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
