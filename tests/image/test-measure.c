/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>

#include "cs-cutout.h"
#include "cs-encode.h"
#include "cs-forgery.h"
#include "cs-image-test.h"
#include "cs-image.h"
#include "cs-improve.h"
#include "cs-mask-file.h"
#include "cs-measure.h"
#include "cs-raster.h"
#include "cs-region.h"
#include "cs-work.h"

/* Pictures that are what they say, and pictures that are not: the one kind is
 * always let through, the other never. With CS_SWEEP=1 every photo with every
 * setting; else some of them, and fewer where a checker of memory looks on.
 */
#ifdef __SANITIZE_ADDRESS__
#define HONEST_OF 60
#define FORGED_WAYS 2
#else
#define HONEST_OF 20
#define FORGED_WAYS 7
#endif

static int
to_memfd (gconstpointer data,
          gsize         length)
{
  int fd = memfd_create ("test", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, data, length), ==, length);

  return fd;
}

/* A photo, and where its product is, as a network would have said */
typedef struct
{
  int photo;
  int mask;
} Scene;

static void
scene_clear (Scene *self)
{
  g_clear_fd (&self->photo, NULL);
  g_clear_fd (&self->mask, NULL);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static void
scene_init (Scene      *self,
            const char *path)
{
  g_auto (CsSource) source = { 0 };
  g_auto (CsRegion) region = { 0 };
  g_autoptr (CsFrame) small = NULL;
  g_autoptr (CsMatte) rough = NULL;
  g_autoptr (CsMatte) mask = NULL;
  g_autoptr (GBytes) file = NULL;
  CsMaskVerdict verdict;

  self->photo = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_true (cs_source_open (&source, self->photo, NULL));
  small = cs_source_decode (&source, 640, FALSE, NULL);
  g_assert_nonnull (small);
  cs_region_find (&region, small);
  rough = cs_matte_new (region.width, region.height);
  memcpy (rough->alpha, region.mask, (gsize) region.width * region.height);
  mask = cs_cutout_make (&(CsCutoutLooks) { .rough = rough }, small, small->width, small->height, &verdict);
  file = cs_mask_file_write (mask, NULL);
  self->mask = to_memfd (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
}

/* How a picture is made: the settings that matter here */
typedef struct
{
  const char     *name;
  double          polish;
  CsPictureFormat format;
  int             quality;
  int             side;
  gboolean        masked;
  CsBackground    background;
  CsShadow        shadow;
  CsShape         shape;
  double          air;
} How;

static const How hows[] = {
  { "usual", 0.35, CS_FORMAT_JPEG, 90, 1400, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
  { "true, small", 0, CS_FORMAT_JPEG, 60, 700, TRUE, CS_BACKGROUND_GREY, CS_SHADOW_DRAWN, CS_SHAPE_PORTRAIT, 0 },
  { "polished", 1, CS_FORMAT_JPEG, 85, 1000, TRUE, CS_BACKGROUND_PRODUCT, CS_SHADOW_NONE, CS_SHAPE_SQUARE, 1 },
  { "WebP", 0.35, CS_FORMAT_WEBP, 80, 900, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.5 },
  { "PNG", 0.2, CS_FORMAT_PNG, 90, 900, TRUE, CS_BACKGROUND_GREY, CS_SHADOW_KEEP, CS_SHAPE_PHOTO, 0.2 },
  { "no mask", 0.35, CS_FORMAT_JPEG, 75, 1000, FALSE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
  { "WebP, true", 0, CS_FORMAT_WEBP, 60, 700, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
  { "fine", 0.3, CS_FORMAT_JPEG, 95, 1000, FALSE, CS_BACKGROUND_KEEP, CS_SHADOW_KEEP, CS_SHAPE_PHOTO, 0.2 },
  { "WebP, polished", 0.8, CS_FORMAT_WEBP, 90, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
  { "PNG, polished, no mask", 1, CS_FORMAT_PNG, 90, 700, FALSE, CS_BACKGROUND_KEEP, CS_SHADOW_KEEP, CS_SHAPE_PHOTO, 0.2 },
};

static CsWireRequest
request_for (const How *how)
{
  return (CsWireRequest) {
    .op = CS_OP_IMPROVE,
    .settings = {
      .switches = (1u << CS_WIRE_N_PARTS) - 1, .shape = how->shape, .background = how->background, .shadow = how->shadow,
      .format = how->format, .max_side = how->side, .quality = how->quality, .polish = how->polish, .air = how->air,
    },
  };
}

static void
do_work (const Scene         *scene,
         gboolean             masked,
         int                  picture,
         const CsWireRequest *request,
         CsWork              *work)
{
  const int fds[CS_WIRE_MAX_FDS] = { scene->photo, masked ? scene->mask : -1, -1, picture };

  cs_work_do (work, request, fds);
}

/* What is found of a file, with what its maker claims */
static void
measure_file (const Scene         *scene,
              const How           *how,
              GBytes              *file,
              const CsWireReceipt *claim,
              CsWireReceipt       *found)
{
  g_auto (CsWork) work = { 0 };
  CsWireRequest request = request_for (how);
  g_autofd int  fd = to_memfd (g_bytes_get_data (file, NULL), g_bytes_get_size (file));

  request.op = CS_OP_MEASURE;
  request.receipt = *claim;
  do_work (scene, how->masked, fd, &request, &work);
  g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_NONE);
  *found = work.answer.receipt;
}

static GPtrArray *
list_photos (void)
{
  g_autofree char *shared = cs_image_test_shared ("photos");
  const char      *folders[] = { CS_SAMPLES, shared };
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *command = folders[i] != NULL ? g_strdup_printf ("find %s ( -name *.jpg -o -name *.png ) -not -path */scenes/*", folders[i]) : NULL;
      g_autofree char *out = NULL;
      g_auto (GStrv) lines = NULL;

      if (command == NULL)
        continue;
      g_assert_true (g_spawn_command_line_sync (command, &out, NULL, NULL, NULL));
      lines = g_strsplit (out, "\n", -1);
      for (guint j = 0; lines[j] != NULL; j++)
        if (*lines[j] != '\0')
          g_ptr_array_add (paths, g_strdup (lines[j]));
    }

  g_ptr_array_sort_values (paths, (GCompareFunc) g_strcmp0);
  g_assert_cmpuint (paths->len, >, 0);

  return g_steal_pointer (&paths);
}

static void
report (const char          *what,
        const char          *path,
        const How           *how,
        const CsWireReceipt *receipt)
{
  g_test_message ("%s: %s, %s: within %u known %u share %.3f changed %.3f product %.2f %.2f %.2f beyond %.3f %.2f %.2f encoding %.2f %.2f %.2f "
                  "light %.3f %.3f %.3f %.3f",
                  what, path, how->name, receipt->within, receipt->known, receipt->share, receipt->changed,
                  receipt->product.mean, receipt->product.p99, receipt->product.worst,
                  receipt->beyond.mean, receipt->beyond.p99, receipt->beyond.worst,
                  receipt->encoding.mean, receipt->encoding.p99, receipt->encoding.worst,
                  receipt->light.gains[0], receipt->light.gains[1], receipt->light.gains[2], receipt->light.lift);
}

static gint64 time_making, time_measuring; /* µs */

/* Made by the program itself: let through, and found to be what its maker said */
static gboolean
try_honest (const char *path,
            const How  *how)
{
  g_auto (Scene) scene = { -1, -1 };
  g_auto (CsWork) work = { 0 };
  CsWireRequest request = request_for (how);
  CsWireReceipt found;
  gint64        begun, made;

  scene_init (&scene, path);
  begun = g_get_monotonic_time ();
  do_work (&scene, how->masked, -1, &request, &work);
  made = g_get_monotonic_time ();
  g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_NONE);
  measure_file (&scene, how, work.payload, &work.answer.receipt, &found);
  time_making += made - begun;
  time_measuring += g_get_monotonic_time () - made;

  if (g_getenv ("CS_SWEEP") != NULL || !found.within || !work.answer.receipt.within)
    {
      report ("made", path, how, &work.answer.receipt);
      report ("found", path, how, &found);
    }

  /* Bit for bit, where it is to be true to life */
  if (how->polish == 0)
    {
      g_assert_cmpfloat (work.answer.receipt.changed, ==, 0);
      g_assert_cmpfloat (work.answer.receipt.product.worst, ==, 0);
      g_assert_cmpfloat (found.changed, ==, 0);
      g_assert_cmpfloat (found.product.worst, ==, 0);
    }
  if (how->polish <= 0.5 && found.within && found.known && work.answer.receipt.known)
    {
      if (fabs (found.product.mean - work.answer.receipt.product.mean) > 1e-6)
        {
          report ("made", path, how, &work.answer.receipt);
          report ("found", path, how, &found);
        }
      g_assert_cmpfloat (work.answer.receipt.beyond.worst, ==, 0);
      g_assert_cmpfloat_with_epsilon (found.product.mean, work.answer.receipt.product.mean, 1e-6);
      g_assert_cmpfloat_with_epsilon (found.changed, work.answer.receipt.changed, 1e-6);
    }

  return found.within && work.answer.receipt.within;
}

static void
test_honest (void)
{
  g_autoptr (GPtrArray) paths = list_photos ();
  guint n = 0, n_refused = 0;

  for (guint i = 0; i < paths->len; i++)
    for (guint h = 0; h < G_N_ELEMENTS (hows); h++)
      {
        if (g_getenv ("CS_SWEEP") == NULL && (i + h * 3) % HONEST_OF > 1)
          continue;
        n++;
        n_refused += !try_honest (paths->pdata[i], &hows[h]);
      }

  g_test_message ("%u honest pictures, %u refused; measuring took %.2f of the time of making", n, n_refused,
                  (double) time_measuring / MAX (1, time_making));
  g_assert_cmpuint (n_refused, ==, 0);
}

static CsFrame *
copy_of (const CsFrame *frame)
{
  return cs_frame_crop (frame, &(CsRect) { 0, 0, frame->width, frame->height });
}

typedef struct
{
  guint n;
  guint n_refused;
} Tally;

static void
forge_one (const Scene *scene,
           const char  *path,
           const How   *how,
           CsMade      *made,
           guint        which,
           Tally       *tally)
{
  g_autoptr (CsFrame) kept = copy_of (made->picture);
  g_autoptr (GBytes) file = NULL;
  CsForgery forgery = { made->picture, made->alpha, g_rand_new_with_seed (which + 7), cs_forgery_find_box (made) };
  CsWireReceipt claim = { .geometry = made->plan.geometry, .light = made->plan.light, .within = TRUE };
  CsWireReceipt found;
  CsKind        kind;

  if (cs_forgery_kinds[which].forge (&forgery))
    {
      file = cs_encode (made->picture, how->format, how->quality, NULL, &kind, NULL);
      measure_file (scene, how, file, &claim, &found);
      tally->n++;
      tally->n_refused += !found.within;
      if (found.within)
        report (cs_forgery_kinds[which].name, path, how, &found);
    }

  g_rand_free (forgery.rand);
  memcpy (made->picture->data, kept->data, (gsize) kept->width * kept->height * 3);
}

static void
test_forged (void)
{
  static const How ways[] = {
    { "true, JPEG 95", 0, CS_FORMAT_JPEG, 95, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
    { "usual, JPEG 90", 0.35, CS_FORMAT_JPEG, 90, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
    { "usual, JPEG 75", 0.35, CS_FORMAT_JPEG, 75, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
    { "true, JPEG 60", 0, CS_FORMAT_JPEG, 60, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
    { "usual, PNG", 0.35, CS_FORMAT_PNG, 90, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
    { "usual, WebP 90", 0.35, CS_FORMAT_WEBP, 90, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
    { "polished, JPEG 90", 1, CS_FORMAT_JPEG, 90, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 },
  };
  g_autoptr (GPtrArray) paths = list_photos ();
  Tally tallies[CS_N_FORGERIES] = { 0 };
  guint step = g_getenv ("CS_SWEEP") != NULL ? 1 : 17, n_passed = 0;

  for (guint i = 0; i < paths->len; i += step)
    for (guint w = 0; w < MIN (FORGED_WAYS, G_N_ELEMENTS (ways)); w++)
      {
        g_auto (Scene) scene = { -1, -1 };
        g_auto (CsMade) made = { 0 };
        g_auto (CsSource) source = { 0 };
        CsWireRequest request = request_for (&ways[w]);

        scene_init (&scene, paths->pdata[i]);
        g_assert_true (cs_source_open (&source, scene.photo, NULL));
        g_assert_true (cs_improve (&made, &source, &request, (int[]) { scene.photo, scene.mask, -1, -1 }, NULL));
        for (guint f = 0; f < CS_N_FORGERIES; f++)
          if (ways[w].polish <= cs_forgery_kinds[f].most_polish)
            forge_one (&scene, paths->pdata[i], &ways[w], &made, f, &tallies[f]);
      }

  for (guint f = 0; f < CS_N_FORGERIES; f++)
    {
      g_test_message ("%s: %u of %u refused", cs_forgery_kinds[f].name, tallies[f].n_refused, tallies[f].n);
      g_assert_cmpuint (tallies[f].n, >, 0);
      n_passed += tallies[f].n - tallies[f].n_refused;
    }
  g_assert_cmpuint (n_passed, ==, 0);
}

/* Only what is claimed is false; the picture is as honest as can be */
static void
test_lies (void)
{
  const How how = { "usual", 0.35, CS_FORMAT_JPEG, 90, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 };
  const How to_life = { "true", 0, CS_FORMAT_JPEG, 90, 640, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 };
  g_auto (Scene) scene = { -1, -1 };
  g_auto (CsWork) work = { 0 };
  CsWireRequest request = request_for (&how);
  CsWireReceipt found, claim;

  scene_init (&scene, CS_SAMPLES "/bamboo-basket/1.jpg");
  do_work (&scene, TRUE, -1, &request, &work);
  claim = work.answer.receipt;
  measure_file (&scene, &how, work.payload, &claim, &found);
  g_assert_true (found.within);

  /* Where the photo lies in it */
  for (guint i = 0; i < 8; i++)
    {
      claim = work.answer.receipt;
      claim.geometry.x += i == 0 ? 0.01 : 0;
      claim.geometry.y += i == 1 ? 0.01 : 0;
      claim.geometry.turn += i == 2 ? 1.5 : i == 3 ? 30 : 0;
      claim.geometry.width *= i == 4 ? 1.02 : i == 5 ? 1.3 : 1;
      claim.geometry.out_width += i == 6 ? 1 : 0;
      claim.geometry.out_height -= i == 7 ? 40 : 0;
      measure_file (&scene, &how, work.payload, &claim, &found);
      g_test_message ("geometry %u: beyond %.2f %.2f", i, found.beyond.mean, found.beyond.worst);
      g_assert_false (found.within);
    }

  /* In what light */
  for (guint i = 0; i < 5; i++)
    {
      claim = work.answer.receipt;
      claim.light.lift *= i == 0 ? 1.3 : i == 1 ? 40 : 1;
      claim.light.gains[0] *= i == 2 ? 1.2 : i == 3 ? 3 : i == 4 ? NAN : 1;
      measure_file (&scene, &how, work.payload, &claim, &found);
      g_assert_false (found.within);
    }

  /* A light is no light that the settings do not allow, even where it is the true one */
  {
    g_auto (CsWork) lit = { 0 };
    CsWireRequest   other = request_for (&how);

    other.has_light = TRUE;
    other.light = (CsWireLight) { .gains = { 1.1, 1, 0.9 }, .lift = 1.4, .stops = 0.4, .sure = TRUE };
    do_work (&scene, TRUE, -1, &other, &lit);
    measure_file (&scene, &how, lit.payload, &lit.answer.receipt, &found);
    g_assert_true (found.within);
    g_assert_cmpfloat (found.changed, >, 0.5);
    measure_file (&scene, &to_life, lit.payload, &lit.answer.receipt, &found);
    g_assert_false (found.within);
  }

  /* Whether it says itself that all is well is of no interest */
  claim = work.answer.receipt;
  claim.within = FALSE;
  claim.share = claim.changed = 7;
  measure_file (&scene, &how, work.payload, &claim, &found);
  g_assert_true (found.within);
}

/* What cannot be applied at all is no reason to fall over */
static void
test_nonsense (void)
{
  const How how = hows[0];
  g_auto (Scene) scene = { -1, -1 };
  CsWireRequest request = request_for (&how);
  g_autofd int  picture = to_memfd ("no picture", 10);
  const CsWireGeometry geometries[] = {
    { 0 },
    { NAN, 0, 0, 1, 1, 100, 100 },
    { 0, 1e300, 0, 1, 1, 100, 100 },
    { 0, 0, 0, -1, 1, 100, 100 },
    { 0, 0, 0, 1, 1, G_MAXINT, G_MAXINT },
    { 0, 0, 0, 1, 1, 100, 100 },
  };

  scene_init (&scene, CS_SAMPLES "/bamboo-basket/1.jpg");
  for (guint i = 0; i < G_N_ELEMENTS (geometries); i++)
    for (guint op = 0; op < 2; op++)
      {
        g_auto (CsWork) work = { 0 };

        request.op = op == 0 ? CS_OP_MEASURE : CS_OP_CHANGES;
        request.max_side = 500;
        request.receipt = (CsWireReceipt) { .geometry = geometries[i], .light = { { 1, 1, 1 }, 1 } };
        do_work (&scene, TRUE, picture, &request, &work);
        g_assert_cmpint (work.answer.problem, !=, CS_PROBLEM_NONE);
        g_assert_null (work.payload);
      }
}

/* The map over a picture that was painted on: nothing where nothing was done,
 * dark where it was; CS_KEEP keeps it for a look
 */
static void
test_changes (void)
{
  const How how = { "usual", 0.35, CS_FORMAT_JPEG, 90, 900, TRUE, CS_BACKGROUND_WHITE, CS_SHADOW_KEEP, CS_SHAPE_SQUARE, 0.2 };
  g_auto (Scene) scene = { -1, -1 };
  g_auto (CsMade) made = { 0 };
  g_auto (CsSource) source = { 0 };
  CsWireRequest request = request_for (&how);

  scene_init (&scene, CS_SAMPLES "/bamboo-basket/1.jpg");
  g_assert_true (cs_source_open (&source, scene.photo, NULL));
  g_assert_true (cs_improve (&made, &source, &request, (int[]) { scene.photo, scene.mask, -1, -1 }, NULL));
  request.op = CS_OP_CHANGES;
  request.max_side = 600;
  request.receipt = (CsWireReceipt) { .geometry = made.plan.geometry, .light = made.plan.light };

  for (guint forged = 0; forged < 2; forged++)
    {
      g_auto (CsWork) work = { 0 };
      g_autoptr (GBytes) file = NULL;
      g_autofd int fd = -1;
      guint  n_seen = 0, n_hatched = 0;
      CsKind kind;
      const guint8 *rgba;

      if (forged)
        {
          CsForgery forgery = { made.picture, made.alpha, g_rand_new_with_seed (3), cs_forgery_find_box (&made) };

          g_assert_true (cs_forgery_kinds[0].forge (&forgery));
          g_rand_free (forgery.rand);
        }
      file = cs_encode (made.picture, how.format, how.quality, NULL, &kind, NULL);
      fd = to_memfd (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
      do_work (&scene, TRUE, fd, &request, &work);
      g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_NONE);
      g_assert_cmpint (MAX (work.answer.width, work.answer.height), ==, 600);
      g_assert_true (work.answer.has_alpha);

      rgba = g_bytes_get_data (work.payload, NULL);
      for (int i = 0; i < work.answer.width * work.answer.height; i++)
        {
          n_seen += rgba[i * 4 + 3] > 100;
          n_hatched += rgba[i * 4 + 3] > 0 && rgba[i * 4 + 3] < 100 && rgba[i * 4] == rgba[i * 4 + 2];
        }
      g_test_message ("%u pixels of the map are seen, %u hatched", n_seen, n_hatched);
      g_assert_cmpuint (n_hatched, >, 1000);
      if (forged)
        g_assert_cmpuint (n_seen, >, 500);
      else
        g_assert_cmpuint (n_seen, ==, 0);

      if (forged && g_getenv ("CS_KEEP") != NULL)
        {
          g_autofree char *name = g_build_filename (g_getenv ("CS_KEEP"), "changes.rgba", NULL);
          g_autofree char *picture = g_build_filename (g_getenv ("CS_KEEP"), "changes.jpg", NULL);

          g_file_set_contents (name, (const char *) rgba, g_bytes_get_size (work.payload), NULL);
          g_file_set_contents (picture, g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cs_raster_prepare ();
  cs_metadata_prepare ();

  g_test_add_func ("/measure/honest", test_honest);
  g_test_add_func ("/measure/forged", test_forged);
  g_test_add_func ("/measure/lies", test_lies);
  g_test_add_func ("/measure/nonsense", test_nonsense);
  g_test_add_func ("/measure/changes", test_changes);

  return g_test_run ();
}
