/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-geometry.h"
#include "cs-image.h"
#include "cs-lab.h"
#include "cs-metadata.h"
#include "cs-preview.h"

#include "cs-shot.h"

/* The suggested picture by measure: what happened to which pixels */

/* "True to life": the product's pixels are the photo's own, bit for bit, on
 * whatever ground and at whatever size; with anything else they are not
 */
static void
test_true_to_life (void)
{
  g_auto (Shot) shot = { 0 };

  shot_take (&shot, 900, 700, (CsRect) { 250, 150, 380, 440 }, (guint8[]) { 196, 193, 186 }, red);
  for (int background = 0; background < CS_N_BACKGROUNDS; background++)
    for (int i = 0; i < 4; i++)
      {
        CsWireRequest request = usual (CS_OP_IMPROVE);
        CsWireAnswer  answer;
        g_autoptr (CsFrame) picture = NULL;
        g_autoptr (CsFrame) original = NULL;
        g_autofree guint8 *alpha = NULL;
        int n = 0, n_apart = 0;

        request.settings.background = background;
        request.settings.shadow = i % CS_N_SHADOWS;
        request.settings.max_side = i % 2 ? 300 : 2000;
        request.settings.polish = i == 3 ? 0.35 : 0;
        picture = improve (&request, &shot, &answer);
        original = cs_geometry_apply (&answer.receipt.geometry, shot.frame);
        alpha = cs_geometry_apply_mask (&answer.receipt.geometry, shot.matte->alpha, 900, 700);
        g_assert_cmpint (picture->width, ==, original->width);

        for (int p = 0; p < picture->width * picture->height; p++)
          if (alpha[p] == 255)
            {
              n++;
              n_apart += memcmp (picture->data + p * 3, original->data + p * 3, 3) != 0;
            }
        g_assert_cmpint (n, >, picture->width * picture->height / 5);
        if (i == 3)
          g_assert_cmpint (n_apart, >, n / 2);
        else
          g_assert_cmpint (n_apart, ==, 0);
        g_assert_true (answer.receipt.within);
        g_assert_true (answer.receipt.known);
        g_assert_cmpint (answer.receipt.changed > 0, ==, i == 3);
      }
}

static void
assert_corner (const CsFrame *picture,
               const guint8  *rgb)
{
  g_assert_cmpmem (picture->data, 3, rgb, 3);
  g_assert_cmpmem (cs_frame_at (picture, picture->width - 1, picture->height - 1), 3, rgb, 3);
}

static void
test_backgrounds (void)
{
  g_auto (Shot) shot = { 0 };
  CsWireRequest request = usual (CS_OP_IMPROVE);
  CsWireAnswer  answer;

  shot_usual (&shot);
  {
    g_autoptr (CsFrame) white = improve (&request, &shot, &answer);

    assert_corner (white, (guint8[]) { 255, 255, 255 });
    g_assert_cmpint (answer.parts[CS_PART_BACKGROUND].how, ==, CS_HOW_WHITE);
  }
  {
    g_autoptr (CsFrame) pale = NULL;
    CsLab lab;

    request.settings.background = CS_BACKGROUND_PRODUCT;
    pale = improve (&request, &shot, &answer);
    lab = cs_lab_from_srgb (pale->data);
    g_assert_cmpfloat (lab.l, >, 0.9);
    g_assert_cmpfloat_with_epsilon (cs_lab_hue (lab), cs_lab_hue (cs_lab_from_srgb (red)), 8);
    g_assert_cmpint (answer.parts[CS_PART_BACKGROUND].how, ==, CS_HOW_PALE_PEACH);
  }
  {
    g_autoptr (CsFrame) own = NULL;
    g_autoptr (CsFrame) backdrop = cs_frame_new (60, 20, 3);

    /* Green left, blue in the middle, green right: only the middle is seen */
    for (int i = 0; i < 60 * 20; i++)
      memcpy (backdrop->data + i * 3, i % 60 >= 20 && i % 60 < 40 ? (guint8[]) { 0, 0, 200 } : (guint8[]) { 0, 200, 0 }, 3);
    shot.backdrop = file_of (backdrop);
    request.settings.background = CS_BACKGROUND_OWN;
    own = improve (&request, &shot, &answer);
    g_assert_cmpmem (cs_frame_at (own, own->width / 4, 3), 3, ((guint8[]) { 0, 0, 200 }), 3);
    g_assert_cmpint (answer.parts[CS_PART_BACKGROUND].how, ==, CS_HOW_OWN);
  }
  {
    g_autoptr (CsFrame) none = NULL;

    g_clear_fd (&shot.backdrop, NULL);
    none = improve (&request, &shot, &answer);
    assert_corner (none, (guint8[]) { 255, 255, 255 });
    g_assert_cmpint (answer.parts[CS_PART_BACKGROUND].how, ==, CS_HOW_NO_BACKDROP);
  }
}

/* Every combination, twice the same */
static void
test_combinations (void)
{
  g_auto (Shot) shot = { 0 };
  const CsKind kinds[] = { CS_KIND_JPEG, CS_KIND_PNG, CS_KIND_WEBP };

  shot_take (&shot, 200, 160, (CsRect) { 55, 40, 80, 86 }, paper, red);
  for (int i = 0; i < CS_N_BACKGROUNDS * CS_N_SHADOWS * CS_N_SHAPES * CS_N_FORMATS; i++)
    {
      CsWireRequest   request = usual (CS_OP_IMPROVE);
      CsWireSettings *settings = &request.settings;
      g_auto (CsWork) once = { 0 };
      g_auto (CsWork) twice = { 0 };

      settings->background = i % CS_N_BACKGROUNDS;
      settings->shadow = i / CS_N_BACKGROUNDS % CS_N_SHADOWS;
      settings->shape = i / CS_N_BACKGROUNDS / CS_N_SHADOWS % CS_N_SHAPES;
      settings->format = i / CS_N_BACKGROUNDS / CS_N_SHADOWS / CS_N_SHAPES;
      ask (&once, &request, &shot);
      g_assert_cmpint (once.answer.problem, ==, CS_PROBLEM_NONE);
      g_assert_cmpint (once.answer.kind, ==, kinds[settings->format]);
      g_assert_true (once.answer.receipt.within);
      if (settings->background != CS_BACKGROUND_KEEP && settings->shape != CS_SHAPE_PHOTO)
        g_assert_cmpfloat_with_epsilon ((double) once.answer.width / once.answer.height,
                                        settings->shape == CS_SHAPE_SQUARE ? 1 : 0.75, 0.006);
      if (i % 7 != 0)
        continue;
      ask (&twice, &request, &shot);
      g_assert_true (g_bytes_equal (once.payload, twice.payload));
    }
}

static double
brightness (const CsFrame *frame)
{
  double sum = 0;

  for (int i = 0; i < frame->width * frame->height * 3; i++)
    sum += frame->data[i];

  return sum / (frame->width * frame->height * 3);
}

/* From end to end every slider goes one way only */
static void
test_sliders (void)
{
  g_auto (Shot) shot = { 0 };
  double light = 0, share = 2;

  shot_take (&shot, 600, 500, (CsRect) { 200, 150, 220, 260 }, (guint8[]) { 180, 178, 176 }, (guint8[]) { 90, 60, 50 });
  for (int i = 0; i <= 10; i++)
    {
      CsWireRequest request = usual (CS_OP_IMPROVE);
      CsWireAnswer  answer;
      g_autoptr (CsFrame) picture = NULL;

      request.settings.polish = i / 10.0;
      picture = improve (&request, &shot, &answer);
      g_assert_cmpfloat (brightness (picture), >=, light - 0.3);
      g_assert_cmpint (answer.parts[CS_PART_CLEAN].outcome == CS_OUTCOME_DONE, ==, i > 5);
      if (i == 10)
        g_assert_cmpfloat (answer.parts[CS_PART_EXPOSURE].amount, >, 0.2);
      light = MAX (light, brightness (picture));
    }

  for (int i = 0; i <= 10; i++)
    {
      CsWireRequest request = usual (CS_OP_IMPROVE);
      CsWireAnswer  answer;
      g_autoptr (CsFrame) picture = NULL;

      request.settings.air = i / 10.0;
      picture = improve (&request, &shot, &answer);
      g_assert_cmpfloat (answer.receipt.share, <=, share);
      share = answer.receipt.share;
      /* What the words say is what is in the picture */
      g_assert_cmpfloat_with_epsilon (answer.parts[CS_PART_CROP].amount, 262.0 / picture->height, 0.02);
    }
  g_assert_cmpfloat (share, <, 0.35);
}

/* Where the product goes on beyond the photo, the picture ends with it */
static void
test_touching (void)
{
  g_auto (Shot) shot = { 0 };
  CsWireRequest request = usual (CS_OP_IMPROVE);
  CsWireAnswer  answer;
  g_autoptr (CsFrame) picture = NULL;

  shot_take (&shot, 600, 500, (CsRect) { 200, 200, 220, 500 }, paper, red);
  picture = improve (&request, &shot, &answer);
  g_assert_cmpint (picture->width, ==, picture->height);
  g_assert_cmpint (cs_frame_at (picture, picture->width / 2, picture->height - 1)[1], <, 100);
  g_assert_cmpint (cs_frame_at (picture, picture->width / 2, 0)[1], ==, 255);
}

/* Green behind a grey thing: on white its rim is grey, not green */
static void
test_spill (void)
{
  g_auto (Shot) shot = { 0 };
  CsWireRequest request = usual (CS_OP_IMPROVE);
  CsWireAnswer  answer;
  g_autoptr (CsFrame) picture = NULL;
  g_autofree guint8 *alpha = NULL;
  double green = 0, green_before = 0;
  int    n = 0;

  shot_take (&shot, 500, 400, (CsRect) { 150, 90, 200, 220 }, (guint8[]) { 20, 200, 40 }, (guint8[]) { 120, 120, 120 });
  picture = improve (&request, &shot, &answer);
  alpha = cs_geometry_apply_mask (&answer.receipt.geometry, shot.matte->alpha, 500, 400);
  {
    g_autoptr (CsFrame) original = cs_geometry_apply (&answer.receipt.geometry, shot.frame);

    for (int p = 0; p < picture->width * picture->height; p++)
      if (alpha[p] > 30 && alpha[p] < 225)
        {
          green += picture->data[p * 3 + 1] - picture->data[p * 3];
          green_before += original->data[p * 3 + 1] - original->data[p * 3];
          n++;
        }
  }
  g_assert_cmpint (n, >, 300);
  g_assert_cmpfloat (green_before / n, >, 60);
  g_assert_cmpfloat (fabs (green / n), <, 4);
}

/* A soft shadow beside the product, on a ground whose light changes slowly */
static void
cast_shadow (Shot *shot)
{
  for (int y = 0; y < shot->frame->height; y++)
    for (int x = 0; x < shot->frame->width; x++)
      {
        double dark = 0.35 * exp (-(pow ((x - 500) / 110.0, 2) + pow ((y - 560) / 45.0, 2)));
        int    alpha = *cs_matte_at (shot->matte, x, y);
        double factor = 1 - (dark + 0.03 * x / shot->frame->width) * (255 - alpha) / 255;

        for (int c = 0; c < 3; c++)
          cs_frame_at (shot->frame, x, y)[c] *= factor;
      }

  g_clear_fd (&shot->photo, NULL);
  shot->photo = file_of (shot->frame);
}

static void
test_shadows (void)
{
  g_auto (Shot) shot = { 0 };
  const CsHow hows[] = { CS_HOW_SOFT, CS_HOW_REMOVED, CS_HOW_PLAIN };

  shot_usual (&shot);
  cast_shadow (&shot);
  for (int shadow = 0; shadow < CS_N_SHADOWS; shadow++)
    {
      CsWireRequest request = usual (CS_OP_IMPROVE);
      CsWireAnswer  answer;
      g_autoptr (CsFrame) picture = NULL;
      g_autofree guint8 *alpha = NULL;
      int darkest = 255, x0, y0;

      request.settings.shadow = shadow;
      picture = improve (&request, &shot, &answer);
      g_assert_cmpint (answer.parts[CS_PART_SHADOW].how, ==, hows[shadow]);
      alpha = cs_geometry_apply_mask (&answer.receipt.geometry, shot.matte->alpha, 900, 700);
      for (int p = 0; p < picture->width * picture->height; p++)
        if (alpha[p] == 0)
          darkest = MIN (darkest, picture->data[p * 3]);

      assert_corner (picture, (guint8[]) { 255, 255, 255 });
      if (shadow == CS_SHADOW_NONE)
        g_assert_cmpint (darkest, ==, 255);
      else
        g_assert_cmpint (darkest, <, 225);
      if (shadow != CS_SHADOW_KEEP)
        continue;

      /* Where it fell: right of the middle, low; and not left of it */
      x0 = (560 - answer.receipt.geometry.x * 900);
      y0 = (580 - answer.receipt.geometry.y * 700);
      g_assert_cmpint (cs_frame_at (picture, x0, y0)[0], <, 235);
      g_assert_cmpint (cs_frame_at (picture, (280 - answer.receipt.geometry.x * 900), y0)[0], >, 250);
    }
}

/* A pattern is no shadow */
static void
test_shadow_on_pattern (void)
{
  g_auto (Shot) shot = { 0 };
  CsWireRequest request = usual (CS_OP_IMPROVE);
  CsWireAnswer  answer;
  g_autoptr (CsFrame) picture = NULL;

  shot_usual (&shot);
  for (int y = 0; y < 700; y++)
    for (int x = 0; x < 900; x++)
      if (*cs_matte_at (shot.matte, x, y) == 0 && (x / 25 + y / 25) % 2 == 0)
        memset (cs_frame_at (shot.frame, x, y), 150, 3);
  g_clear_fd (&shot.photo, NULL);
  shot.photo = file_of (shot.frame);

  request.settings.shadow = CS_SHADOW_KEEP;
  picture = improve (&request, &shot, &answer);
  g_assert_cmpint (answer.parts[CS_PART_SHADOW].how, ==, CS_HOW_CONTACT);
}

/* Without a mask, or with one that has nothing in it, the background stays */
static void
test_without_mask (void)
{
  g_auto (Shot) shot = { 0 };
  CsWireRequest request = usual (CS_OP_IMPROVE);
  CsWireAnswer  answer;

  shot_usual (&shot);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (CsFrame) picture = NULL;

      g_clear_fd (&shot.mask, NULL);
      if (i == 1)
        {
          g_autoptr (GBytes) empty = NULL;

          memset (shot.matte->alpha, 0, 900 * 700);
          empty = cs_mask_file_write (shot.matte, NULL);
          shot.mask = fd_of (empty);
        }
      picture = improve (&request, &shot, &answer);
      g_assert_cmpint (answer.parts[CS_PART_BACKGROUND].outcome, ==, CS_OUTCOME_UNSURE);
      g_assert_false (answer.receipt.known);
      g_assert_true (answer.receipt.within);
      g_assert_cmpint (picture->width, ==, picture->height);
      /* The paper, lit like all the rest */
      g_assert_cmpint (picture->data[0], <, 250);
    }
}

/* A file that is no mask costs this photo, with a problem that has a sentence */
static void
test_bad_mask (void)
{
  g_auto (Shot) shot = { 0 };
  CsWireRequest request = usual (CS_OP_IMPROVE);
  g_auto (CsWork) work = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("no mask at all", 14);

  shot_usual (&shot);
  g_clear_fd (&shot.mask, NULL);
  shot.mask = fd_of (bytes);
  ask (&work, &request, &shot);
  g_assert_cmpint (work.answer.problem, !=, CS_PROBLEM_NONE);
  g_assert_null (work.payload);
}

static void
test_sizes (void)
{
  const int sizes[][2] = { { 1, 1 }, { 8, 8 }, { 3, 200 }, { 2000, 200 }, { 150, 1500 }, { 17, 5 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int masked = 0; masked < 2; masked++)
      for (int op = CS_OP_IMPROVE; op <= CS_OP_PREVIEW; op++)
        {
          int           width = sizes[i][0], height = sizes[i][1];
          g_auto (Shot) shot = { 0 };
          CsWireRequest request = usual (op);
          g_auto (CsWork) work = { 0 };

          if (op == CS_OP_RENDER)
            continue;
          shot_take (&shot, width, height, (CsRect) { width / 4, height / 4, width / 2 + 1, height / 2 + 1 }, paper, red);
          if (!masked)
            g_clear_fd (&shot.mask, NULL);
          request.settings.polish = 0.8;
          ask (&work, &request, &shot);
          g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_NONE);
          /* Never blown up; margins apart, nothing is longer than it was */
          g_assert_cmpint (MAX (work.answer.width, work.answer.height), <=, MAX (MAX (width, height) * 1.7, 500));
        }
  cs_preview_forget ();
}

/* 201 megapixels by their header alone */
static void
test_too_large (void)
{
  const guint8 head[] = { 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                          0, 0, 0x4e, 0x20, 0, 0, 0x27, 0x4c, 8, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (head, sizeof head);

  for (CsOp op = CS_OP_IMPROVE; op <= CS_OP_PREVIEW; op++)
    {
      CsWireRequest request = usual (op);
      g_autofd int  fd = fd_of (bytes);
      g_auto (CsWork) work = { 0 };

      request.max_side = 500;
      cs_work_do (&work, &request, (int[CS_WIRE_MAX_FDS]) { fd, -1, -1, -1 });
      g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_MEGAPIXELS);
    }
}

/* With nothing switched on, a photo of whatever kind comes out as it is shown:
 * turned upright, in sRGB, its inks and its sixteen bits taken down to eight
 */
static void
test_kinds (void)
{
  char       *folder = cs_image_test_make_files ();
  const char *names[] = { "turned-3.jpg", "turned-6.jpg", "turned-8.jpg", "cmyk.jpg", "wide-gamut.jpg", "sixteen-bit.png",
                          "clear.png", "picture.tiff", "picture.bmp", "animated.gif", "labelled.png" };
  int         n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CsWireRequest as_is = usual (CS_OP_IMPROVE), decode = usual (CS_OP_DECODE);
      g_autofd int  fd = cs_image_test_open (folder, names[i]);
      g_auto (CsWork) work = { 0 };
      g_auto (CsWork) shown = { 0 };
      g_autoptr (CsFrame) picture = NULL;

      if (fd < 0)
        continue;
      n++;
      as_is.settings.switches = 0;
      as_is.settings.shape = CS_SHAPE_PHOTO;
      as_is.settings.background = CS_BACKGROUND_KEEP;
      as_is.settings.max_side = decode.max_side = 5000;
      cs_work_do (&work, &as_is, (int[CS_WIRE_MAX_FDS]) { fd, -1, -1, -1 });
      cs_work_do (&shown, &decode, (int[CS_WIRE_MAX_FDS]) { fd, -1, -1, -1 });
      g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_NONE);
      g_assert_cmpint (work.answer.width, ==, shown.answer.width);
      g_assert_cmpint (work.answer.height, ==, shown.answer.height);
      picture = picture_of (&work);
      if (!shown.answer.has_alpha)
        g_assert_cmpmem (picture->data, (gsize) picture->width * picture->height * 3,
                         g_bytes_get_data (shown.payload, NULL), g_bytes_get_size (shown.payload));
    }

  g_assert_cmpint (n, >=, 7);
  cs_image_test_remove_files (folder);
}

/* Labels of what AI made stay in each format, and nothing else does */
static void
test_labels (void)
{
  char        *folder = cs_image_test_make_files ();
  g_autofd int fd = cs_image_test_open (folder, "tagged.jpg");

  for (int format = 0; format < CS_N_FORMATS; format++)
    {
      CsWireRequest request = usual (CS_OP_IMPROVE);
      g_auto (CsWork) work = { 0 };
      g_auto (CsMetadata) metadata = { 0 };

      request.settings.format = format;
      cs_work_do (&work, &request, (int[CS_WIRE_MAX_FDS]) { fd, -1, -1, -1 });
      g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_NONE);
      cs_metadata_read (&metadata, g_bytes_get_data (work.payload, NULL), g_bytes_get_size (work.payload));
      g_assert_nonnull (metadata.labels);
      g_assert_nonnull (strstr (metadata.labels, "trainedAlgorithmicMedia"));
      g_assert_cmpint (metadata.taken_at, ==, 0);
    }

  cs_image_test_remove_files (folder);
}

/* What is seen while a slider moves is what comes out */
static void
test_preview (void)
{
  g_auto (Shot) shot = { 0 };

  shot_take (&shot, 1000, 800, (CsRect) { 320, 200, 400, 450 }, paper, red);
  for (int i = 0; i < 12; i++)
    {
      CsWireRequest request = usual (CS_OP_PREVIEW), full = usual (CS_OP_IMPROVE);
      g_auto (CsWork) work = { 0 };
      g_autoptr (CsFrame) picture = NULL;
      g_autoptr (CsFrame) small = NULL;
      const guint8 *seen;
      double apart = 0;

      request.settings.polish = i % 4 / 3.0;
      request.settings.air = i / 11.0;
      request.settings.background = i % 3;
      request.settings.shadow = i % 2 ? CS_SHADOW_DRAWN : CS_SHADOW_NONE;
      g_strlcpy (request.key, "one photo", sizeof request.key);
      full.settings = request.settings;
      ask (&work, &request, &shot);
      g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_NONE);
      g_assert_cmpint (MAX (work.answer.width, work.answer.height), ==, 400);

      picture = improve (&full, &shot, NULL);
      small = cs_frame_scale (picture, work.answer.width, work.answer.height);
      seen = g_bytes_get_data (work.payload, NULL);
      for (int p = 0; p < small->width * small->height * 3; p++)
        apart += abs (small->data[p] - seen[p]);
      /* Grain is taken out of what is seen, and there is less of that in a small picture */
      g_assert_cmpfloat (apart / (small->width * small->height * 3), <, request.settings.polish > 0.5 ? 4 : 2.5);
    }
  cs_preview_forget ();
}

/* Another photo's light, in place of its own */
static void
test_alike (void)
{
  g_auto (Shot) shot = { 0 };
  CsWireRequest request = usual (CS_OP_PLAN), alike = usual (CS_OP_IMPROVE);
  CsWireAnswer  answer;
  g_auto (CsWork) plan = { 0 };
  g_autoptr (CsFrame) picture = NULL;

  shot_take (&shot, 600, 500, (CsRect) { 200, 150, 220, 260 }, (guint8[]) { 200, 194, 184 }, red);
  ask (&plan, &request, &shot);
  g_assert_cmpint (plan.answer.problem, ==, CS_PROBLEM_NONE);
  g_assert_true (plan.answer.light.sure);
  g_assert_cmpfloat (plan.answer.light.gains[2], >, plan.answer.light.gains[0]);
  g_assert_cmpfloat (plan.answer.light.lift, >, 1);

  alike.has_light = TRUE;
  alike.light = (CsWireLight) { .gains = { 1, 1, 1.2 }, .lift = 1.1, .sure = TRUE };
  picture = improve (&alike, &shot, &answer);
  g_assert_cmpfloat_with_epsilon (answer.receipt.light.gains[2], 1.2, 1e-5);
  g_assert_cmpfloat_with_epsilon (answer.receipt.light.lift, 1.1, 1e-5);
  g_assert_cmpint (answer.parts[CS_PART_WHITE_BALANCE].how, ==, CS_HOW_ALIKE);

  alike.settings.polish = 0.175;
  g_clear_pointer (&picture, cs_frame_free);
  picture = improve (&alike, &shot, &answer);
  g_assert_cmpfloat_with_epsilon (answer.receipt.light.gains[2], sqrt (1.2), 1e-4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* Loaders complain of broken files, and rightly */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  cs_raster_prepare ();
  cs_metadata_prepare ();

  g_test_add_func ("/image/make/true-to-life", test_true_to_life);
  g_test_add_func ("/image/make/backgrounds", test_backgrounds);
  g_test_add_func ("/image/make/combinations", test_combinations);
  g_test_add_func ("/image/make/sliders", test_sliders);
  g_test_add_func ("/image/make/touching", test_touching);
  g_test_add_func ("/image/make/spill", test_spill);
  g_test_add_func ("/image/make/shadows", test_shadows);
  g_test_add_func ("/image/make/shadow-on-pattern", test_shadow_on_pattern);
  g_test_add_func ("/image/make/without-mask", test_without_mask);
  g_test_add_func ("/image/make/bad-mask", test_bad_mask);
  g_test_add_func ("/image/make/sizes", test_sizes);
  g_test_add_func ("/image/make/too-large", test_too_large);
  g_test_add_func ("/image/make/kinds", test_kinds);
  g_test_add_func ("/image/make/labels", test_labels);
  g_test_add_func ("/image/make/preview", test_preview);
  g_test_add_func ("/image/make/alike", test_alike);

  return g_test_run ();
}
