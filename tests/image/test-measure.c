/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>

#include "cs-geometry.h"
#include "cs-image-test.h"
#include "cs-jpeg.h"
#include "cs-light.h"
#include "cs-measure.h"
#include "cs-raster.h"
#include "cs-region.h"
#include "cs-source.h"

/* Pictures that are what they say, and pictures that are not: the one kind is
 * always let through, the other never.
 */

/* A picture on its way: the photo as it lies in it, and what was made of that */
typedef struct
{
  CsMeasure measure;
  CsFrame  *original;
  CsFrame  *made;
  guint8   *alpha;
} Scene;

static void
scene_clear (Scene *self)
{
  g_clear_pointer (&self->original, cs_frame_free);
  g_clear_pointer (&self->made, cs_frame_free);
  g_clear_pointer (&self->alpha, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

typedef struct
{
  double   turn;
  double   polish;
  int      side;
  gboolean masked;
} How;

/* As an honest maker does it: resampled, lit, set on another background */
static void
scene_compose (Scene *self)
{
  gsize   n = (gsize) self->original->width * self->original->height;
  CsLight light;

  cs_light_from_wire (&light, &self->measure.light);
  self->made = cs_frame_new (self->original->width, self->original->height, 3);
  memcpy (self->made->data, self->original->data, n * 3);
  cs_light_apply (&light, self->made);

  for (gsize i = 0; i < n; i++)
    for (int c = 0; self->measure.known && self->alpha[i] < CS_MEASURE_PRODUCT && c < 3; c++)
      {
        guint8 *p = &self->made->data[i * 3 + c];

        *p = (*p * self->alpha[i] + (c == 2 ? 236 : 240) * (255 - self->alpha[i]) + 127) / 255;
      }
}

static gboolean
scene_init (Scene      *self,
            const char *path,
            const How  *how)
{
  g_auto (CsSource) source = { 0 };
  g_auto (CsRegion) region = { 0 };
  g_autoptr (CsFrame) small = NULL;
  g_autofd int fd = open (path, O_RDONLY | O_CLOEXEC);
  double strength = MIN (how->polish / 0.35, 1);

  *self = (Scene) { 0 };
  g_assert_true (cs_source_open (&source, fd, NULL));
  small = cs_source_decode (&source, 512, FALSE, NULL);
  g_assert_nonnull (small);
  cs_region_find (&region, small);
  self->measure.aspect = (double) source.width / source.height;

  self->measure.geometry = CS_GEOMETRY_WHOLE (0, 0);
  self->measure.geometry.turn = how->turn;
  self->measure.geometry.x = self->measure.geometry.y = -0.033;
  self->measure.geometry.width = self->measure.geometry.height = 1.07;
  self->measure.geometry.out_width = how->side * MIN (1, self->measure.aspect) + 0.5;
  self->measure.geometry.out_height = how->side / MAX (1, self->measure.aspect) + 0.5;
  cs_geometry_round (&self->measure.geometry);
  self->measure.light = (CsWireLight) { { exp2 (0.13 * strength), 1, exp2 (-0.21 * strength) }, exp2 (0.55 * strength) };
  cs_measure_round_light (&self->measure.light);
  self->measure.settings = (CsWireSettings) {
    .switches = ~0u, .polish = how->polish, .quality = 90, .max_side = how->side,
  };

  self->original = cs_geometry_decode (&self->measure.geometry, &source, NULL);
  g_assert_nonnull (self->original);
  self->alpha = cs_geometry_apply_mask (&self->measure.geometry, how->masked ? region.mask : NULL, region.width, region.height);
  self->measure.visible = cs_measure_visible (&self->measure.geometry, how->masked ? region.mask : NULL, region.width, region.height);
  self->measure.original = self->original;
  self->measure.alpha = self->alpha;
  self->measure.known = how->masked;
  scene_compose (self);

  return TRUE;
}

/* The made picture as a file, and what it looks like from then on */
static CsFrame *
encode (const Scene *scene,
        CsKind       kind)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) profile = NULL;
  CsFrame *decoded;
  gboolean cut_short;

  if (kind == CS_KIND_PNG)
    {
      decoded = cs_frame_new (scene->made->width, scene->made->height, 3);
      memcpy (decoded->data, scene->made->data, (gsize) decoded->width * decoded->height * 3);
      return decoded;
    }

  file = cs_jpeg_encode (scene->made, scene->measure.settings.quality, NULL, NULL);
  decoded = cs_jpeg_decode (g_bytes_get_data (file, NULL), g_bytes_get_size (file), 0, &profile, &cut_short, NULL);
  g_assert_nonnull (decoded);

  return decoded;
}

typedef struct
{
  CsKind kind;
  int    quality;
} Format;

static const Format formats[] = {
  { CS_KIND_PNG, 90 },
  { CS_KIND_JPEG, 95 },
  { CS_KIND_JPEG, 90 },
  { CS_KIND_JPEG, 85 },
  { CS_KIND_JPEG, 75 },
  { CS_KIND_JPEG, 60 },
};

static void
measure (Scene         *scene,
         const Format  *format,
         CsWireReceipt *receipt)
{
  g_autoptr (CsFrame) decoded = NULL;

  scene->measure.settings.quality = format->quality;
  decoded = encode (scene, format->kind);
  g_assert_true (cs_measure_finished (&scene->measure, decoded, format->kind, receipt, NULL));
}

static GPtrArray *
list_photos (void)
{
  g_autofree char *shared = cs_image_test_shared ("photos");
  const char      *folders[] = { shared, CS_SAMPLES };
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *command = folders[i] != NULL ? g_strdup_printf ("find %s -name '*.jpg' -o -name '*.png'", folders[i]) : NULL;
      g_autofree char *out = NULL;
      g_auto (GStrv) lines = NULL;

      if (command == NULL)
        continue;
      g_assert_true (g_spawn_command_line_sync (command, &out, NULL, NULL, NULL));
      lines = g_strsplit (out, "\n", -1);
      for (guint j = 0; lines[j] != NULL; j++)
        if (*lines[j] != '\0' && strstr (lines[j], "scenes") == NULL)
          g_ptr_array_add (paths, g_strdup (lines[j]));
    }

  g_ptr_array_sort_values (paths, (GCompareFunc) g_strcmp0);

  return g_steal_pointer (&paths);
}

static void
test_honest (void)
{
  const How hows[] = {
    { 0, 0, 1200, TRUE },
    { 1.7, 0.35, 900, TRUE },
    { 0, 0.35, 600, FALSE },
    { -3.1, 0.2, 2000, TRUE },
  };
  g_autoptr (GPtrArray) paths = list_photos ();
  guint  n = 0, n_refused = 0;
  double worst[3] = { 0 };

  for (guint i = 0; i < paths->len; i++)
    for (guint h = 0; h < G_N_ELEMENTS (hows); h++)
      {
        g_auto (Scene) scene = { 0 };

        scene_init (&scene, paths->pdata[i], &hows[h]);
        for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
          {
            CsWireReceipt receipt;

            measure (&scene, &formats[f], &receipt);
            n++;
            worst[0] = MAX (worst[0], receipt.beyond.mean);
            worst[1] = MAX (worst[1], receipt.beyond.p99);
            worst[2] = MAX (worst[2], receipt.beyond.worst);
            if (!receipt.within)
              {
                n_refused++;
                g_test_message ("%s how %u kind %u quality %d: share %.2f visible %.3f beyond %.3f %.2f %.2f encoding %.2f %.2f %.2f",
                                (char *) paths->pdata[i], h, formats[f].kind, formats[f].quality, receipt.share, scene.measure.visible,
                                receipt.beyond.mean, receipt.beyond.p99, receipt.beyond.worst,
                                receipt.encoding.mean, receipt.encoding.p99, receipt.encoding.worst);
              }
          }
      }

  g_test_message ("%u honest pictures, %u refused; beyond at most %.3f %.2f %.2f", n, n_refused, worst[0], worst[1], worst[2]);
  g_assert_cmpuint (n_refused, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cs_raster_prepare ();
  cs_metadata_prepare ();

  g_test_add_func ("/measure/honest", test_honest);

  return g_test_run ();
}
