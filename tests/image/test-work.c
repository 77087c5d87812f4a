/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-colours.h"
#include "cs-framing.h"
#include "cs-geometry.h"
#include "cs-likeness.h"
#include "cs-metadata.h"
#include "cs-raster.h"
#include "cs-reading.h"
#include "cs-sniff.h"
#include "cs-straighten.h"
#include "cs-work.h"

#include "cs-image-test.h"

/* The helper's work, done in this process, where a checker sees what it does to memory */

static void
paint (CsFrame *frame,
       CsRect   rect,
       int      r,
       int      g,
       int      b)
{
  for (int y = rect.y; y < rect.y + rect.height; y++)
    for (int x = rect.x; x < rect.x + rect.width; x++)
      {
        guint8 *p = cs_frame_at (frame, x, y);

        p[0] = r;
        p[1] = g;
        p[2] = b;
      }
}

static CsFrame *
scene (int    width,
       int    height,
       CsRect product)
{
  CsFrame *frame = cs_frame_new (width, height, 3);

  paint (frame, (CsRect) { 0, 0, width, height }, 232, 226, 210);
  paint (frame, product, 40, 60, 120);

  return frame;
}

static void
test_all_files (void)
{
  char *folder = cs_image_test_make_files ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    for (CsOp op = CS_OP_INSPECT; op <= CS_OP_RENDER; op++)
      {
        CsWireRequest request = { CS_WIRE_MAGIC, op, 1u << CS_FD_PHOTO, 500, .quality = 90, .settings = { ~0u, .max_side = 500, .quality = 90, .air = 0.2 } };
        g_autofd int  fd = cs_image_test_open (folder, name);
        g_auto (CsWork) work = { 0 };

        /* Its gigabyte is for the helper, which has limits */
        if (g_str_equal (name, "bomb.png"))
          continue;
        cs_work_do (&work, &request, (int[CS_WIRE_MAX_FDS]) { fd, -1, -1, -1 });
        g_assert_cmpuint (work.answer.problem, <, CS_N_PROBLEMS);
        g_assert_true ((work.payload != NULL) == (work.answer.problem == CS_PROBLEM_NONE));
      }

  cs_image_test_remove_files (folder);
}

/* Every file, broken in every way that a few thousand tries find */
static void
test_broken (void)
{
  char       *folder = cs_image_test_make_files ();
  const char *names[] = { "turned-6.jpg", "cmyk.jpg", "png-that-lies.jpg", "sixteen-bit.png", "picture.tiff",
                          "picture.bmp", "animated.gif", "labelled.png" };
  GRand      *random = g_rand_new_with_seed (20261123);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *broken_path = g_build_filename (folder, "broken", NULL);
      g_autofree char *data = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      for (int round = 0; round < 150; round++)
        {
          g_autofree char *broken = g_memdup2 (data, length);
          gsize            kept = round % 3 == 0 ? (gsize) g_rand_int_range (random, 1, length) : length;
          CsWireRequest    request = { CS_WIRE_MAGIC, CS_OP_INSPECT, 1u << CS_FD_PHOTO };
          g_auto (CsWork) work = { 0 };
          g_autofd int fd = -1;

          for (int n = g_rand_int_range (random, 0, 6); n > 0; n--)
            broken[g_rand_int_range (random, 0, length)] = g_rand_int_range (random, 0, 256);
          g_assert_true (g_file_set_contents (broken_path, broken, kept, NULL));
          fd = cs_image_test_open (folder, "broken");
          cs_work_do (&work, &request, (int[CS_WIRE_MAX_FDS]) { fd, -1, -1, -1 });
          g_assert_cmpuint (work.answer.problem, <, CS_N_PROBLEMS);
        }
    }

  g_rand_free (random);
  cs_image_test_remove_files (folder);
}

static void
test_sniff_short (void)
{
  const char *heads[] = { "\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "GIF89a", "RIFF....WEBPVP8X", "II*\0\xff\xff\xff\xff",
                          "MM\0*\0\0\0\x08", "BM..................", "\0\0\0\x18"
                                                                     "ftypheic\0\0\0\0mif1heic" };
  const gsize lengths[] = { 3, 8, 6, 16, 8, 8, 20, 24 };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    for (gsize length = 0; length <= lengths[i]; length++)
      {
        g_autofree guint8 *data = g_memdup2 (heads[i], length);
        CsSniff            sniff;

        cs_sniff (&sniff, data, length);
        g_assert_cmpint (sniff.kind, <, CS_N_KINDS);
      }
}

static void
test_scale (void)
{
  g_autoptr (CsFrame) frame = scene (301, 199, (CsRect) { 0, 0, 301, 199 });
  const int sizes[][2] = { { 1, 1 }, { 7, 3 }, { 150, 99 }, { 301, 199 }, { 600, 400 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (CsFrame) scaled = cs_frame_scale (frame, sizes[i][0], sizes[i][1]);

      for (int j = 0; j < sizes[i][0] * sizes[i][1]; j++)
        g_assert_cmpmem (scaled->data + j * 3, 3, frame->data, 3);
    }
}

/* Blobs of different sizes and shades, as photos are made of */
static CsFrame *
blobs (guint32 seed)
{
  CsFrame *frame = scene (400, 300, (CsRect) { 0, 0, 0, 0 });
  GRand   *random = g_rand_new_with_seed (seed);

  for (int i = 0; i < 60; i++)
    {
      int    side = g_rand_int_range (random, 15, 110), grey = g_rand_int_range (random, 0, 200);
      CsRect rect = { g_rand_int_range (random, 0, 400 - side), g_rand_int_range (random, 0, 300 - side), side, side };

      paint (frame, rect, grey, grey * 3 / 4, grey / 2);
    }

  g_rand_free (random);

  return frame;
}

static int
distance (const CsFrame *a,
          const CsFrame *b)
{
  return __builtin_popcountll (cs_likeness (a) ^ cs_likeness (b));
}

static void
test_likeness (void)
{
  g_autoptr (CsFrame) one = blobs (1);
  g_autoptr (CsFrame) other = blobs (2);
  g_autoptr (CsFrame) half = cs_frame_scale (one, 200, 150);
  g_autoptr (CsFrame) brighter = blobs (1);

  for (int i = 0; i < 400 * 300 * 3; i++)
    brighter->data[i] = MIN (brighter->data[i] * 11 / 10 + 8, 255);

  g_assert_cmpint (distance (one, half), <=, 4);
  g_assert_cmpint (distance (one, brighter), <=, 8);
  g_assert_cmpint (distance (one, other), >, 16);
}

static void
test_region (void)
{
  g_autoptr (CsFrame) frame = scene (400, 300, (CsRect) { 150, 80, 100, 140 });
  g_auto (CsRegion) region = { 0 };
  double scale;

  cs_region_find (&region, frame);
  scale = (double) region.width / frame->width;
  g_assert_true (region.sure);
  g_assert_cmpfloat_with_epsilon (region.box.x / scale, 150, 4);
  g_assert_cmpfloat_with_epsilon (region.box.y / scale, 80, 4);
  g_assert_cmpfloat_with_epsilon (region.box.width / scale, 100, 8);
  g_assert_cmpfloat_with_epsilon (region.box.height / scale, 140, 8);
}

/* Nothing there, or nothing but pattern: it must not claim a product */
static void
test_region_unsure (void)
{
  g_autoptr (CsFrame) empty = scene (300, 300, (CsRect) { 0, 0, 0, 0 });
  g_autoptr (CsFrame) pattern = scene (300, 300, (CsRect) { 0, 0, 0, 0 });
  g_auto (CsRegion) of_empty = { 0 };
  g_auto (CsRegion) of_pattern = { 0 };

  for (int y = 0; y < 300; y += 20)
    for (int x = (y / 20) % 2 * 20; x < 300; x += 40)
      paint (pattern, (CsRect) { x, y, 20, 20 }, 30, 30, 30);

  cs_region_find (&of_empty, empty);
  cs_region_find (&of_pattern, pattern);
  g_assert_false (of_empty.sure);
  g_assert_false (of_pattern.sure);
}

/* Framed by the photo's own background */
static CsFrame *
frame_alone (const CsFrame *frame,
             CsShape        shape,
             CsWirePart    *parts,
             CsFraming     *framing)
{
  g_auto (CsRegion) region = { 0 };
  CsWireGeometry geometry = { 0 };
  CsRect         inside;
  gboolean       shaped;

  memset (parts, 0, CS_WIRE_N_PARTS * sizeof *parts);
  cs_region_find (&region, frame);
  cs_framing_find (framing, frame, &region, TRUE, shape, 0.08, cs_frame_side (frame), parts);

  shaped = parts[CS_PART_SHAPE].outcome == CS_OUTCOME_DONE;
  geometry.x = framing->x;
  geometry.y = framing->y;
  geometry.width = framing->width;
  geometry.height = framing->height;
  geometry.out_width = framing->width * frame->width + 0.5;
  geometry.out_height = shaped ? geometry.out_width : framing->height * frame->height + 0.5;
  cs_geometry_inside (&geometry, &inside);

  return cs_framing_extend (cs_geometry_apply (&geometry, frame), &inside);
}

static void
test_framing (void)
{
  g_autoptr (CsFrame) middle = scene (400, 300, (CsRect) { 150, 80, 100, 140 });
  g_autoptr (CsFrame) tall = scene (300, 600, (CsRect) { 60, 30, 180, 540 });
  CsWirePart parts[CS_WIRE_N_PARTS];
  CsFraming  framing;

  {
    g_autoptr (CsFrame) cut = frame_alone (middle, CS_SHAPE_SQUARE, parts, &framing);

    g_assert_cmpint (cut->width, ==, cut->height);
    g_assert_cmpint (parts[CS_PART_CROP].outcome, ==, CS_OUTCOME_DONE);
    g_assert_cmpint (parts[CS_PART_SHAPE].how, ==, CS_HOW_CUT);
    g_assert_cmpfloat (framing.x, <, 150 / 400.0);
    g_assert_cmpfloat (framing.x + framing.width, >, 250 / 400.0);
    g_assert_cmpfloat (framing.y, <, 80 / 300.0);
    g_assert_cmpfloat (framing.y + framing.height, >, 220 / 300.0);
  }

  {
    g_autoptr (CsFrame) cut = frame_alone (tall, CS_SHAPE_SQUARE, parts, &framing);

    /* Of one colour all around: background may be added */
    g_assert_cmpint (cut->width, ==, cut->height);
    g_assert_cmpint (parts[CS_PART_SHAPE].how, ==, CS_HOW_PADDED);
    g_assert_cmpmem (cs_frame_at (cut, 0, 0), 3, ((guint8[]) { 232, 226, 210 }), 3);
    g_assert_cmpmem (cs_frame_at (cut, cut->width - 1, cut->height / 2), 3, ((guint8[]) { 232, 226, 210 }), 3);
  }
}

/* A product that reaches the edge is neither cut off nor padded where it does */
static void
test_framing_at_edge (void)
{
  g_autoptr (CsFrame) frame = scene (300, 500, (CsRect) { 0, 120, 300, 260 });
  CsWirePart parts[CS_WIRE_N_PARTS];
  CsFraming  framing;
  g_autoptr (CsFrame) cut = frame_alone (frame, CS_SHAPE_SQUARE, parts, &framing);

  g_assert_cmpint (cut->width, >=, 300);
  g_assert_cmpfloat (framing.x, <=, 0);
  g_assert_cmpfloat (framing.x + framing.width, >=, 1);
  g_assert_cmpmem (cs_frame_at (cut, 0, cut->height / 2), 3, ((guint8[]) { 40, 60, 120 }), 3);
}

static void
test_straighten (void)
{
  const double angles[] = { -3.5, -1.2, 0, 0.9, 2.4 };

  for (guint i = 0; i < G_N_ELEMENTS (angles); i++)
    {
      g_autoptr (CsFrame) frame = cs_frame_new (600, 450, 3);
      g_autoptr (CsFrame) askew = NULL;
      double degrees = 99;

      paint (frame, (CsRect) { 0, 0, 600, 450 }, 200, 200, 200);
      paint (frame, (CsRect) { 100, 80, 400, 12 }, 60, 60, 60);
      paint (frame, (CsRect) { 100, 360, 400, 12 }, 60, 60, 60);
      paint (frame, (CsRect) { 120, 80, 10, 290 }, 60, 60, 60);
      askew = cs_frame_rotate (frame, angles[i]);

      g_assert_true (cs_straighten_find (askew, &degrees));
      g_assert_cmpfloat_with_epsilon (degrees, -angles[i], 0.35);
    }
}

static void
test_straighten_unsure (void)
{
  g_autoptr (CsFrame) frame = scene (400, 400, (CsRect) { 0, 0, 0, 0 });
  double degrees = 99;

  for (int y = 0; y < 400; y++)
    for (int x = 0; x < 400; x++)
      if (hypot (x - 200, y - 200) < 120)
        paint (frame, (CsRect) { x, y, 1, 1 }, 20, 20, 20);

  g_assert_false (cs_straighten_find (frame, &degrees));
  g_assert_cmpfloat (degrees, ==, 0);
}

static void
test_colour_names (void)
{
  const struct
  {
    guint8      rgb[3];
    const char *name;
  } colours[] = {
    { { 10, 10, 10 }, "black" },
    { { 250, 250, 250 }, "white" },
    { { 128, 128, 128 }, "grey" },
    { { 220, 20, 30 }, "red" },
    { { 110, 15, 25 }, "dark red" },
    { { 255, 182, 193 }, "pink" },
    { { 255, 140, 0 }, "orange" },
    { { 255, 225, 30 }, "yellow" },
    { { 212, 175, 55 }, "gold" },
    { { 128, 128, 0 }, "olive" },
    { { 34, 139, 34 }, "green" },
    { { 10, 60, 25 }, "dark green" },
    { { 144, 238, 144 }, "light green" },
    { { 0, 128, 128 }, "teal" },
    { { 64, 224, 208 }, "turquoise" },
    { { 40, 80, 200 }, "blue" },
    { { 173, 216, 240 }, "light blue" },
    { { 25, 32, 70 }, "navy" },
    { { 110, 30, 130 }, "purple" },
    { { 200, 162, 215 }, "lilac" },
    { { 139, 69, 19 }, "brown" },
    { { 60, 35, 20 }, "dark brown" },
    { { 216, 201, 163 }, "beige" },
    { { 252, 246, 214 }, "cream" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    g_assert_cmpstr (cs_colours_name (cs_lab_from_srgb (colours[i].rgb)), ==, colours[i].name);
}

static void
test_labels (void)
{
  g_autofree char *none = cs_metadata_labels_to_xmp (NULL);
  g_autofree char *broken = cs_metadata_labels_to_xmp ("[");
  g_autofree char *sharp = cs_metadata_labels_to_xmp ("{\"tc260_aigc\":\"</TC260:AIGC><evil>\"}");

  g_assert_null (none);
  g_assert_null (broken);
  g_assert_null (strstr (sharp, "<evil>"));
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
  cs_reading_prepare (FALSE);

  g_test_add_func ("/image/helper-work/all-files", test_all_files);
  g_test_add_func ("/image/helper-work/broken", test_broken);
  g_test_add_func ("/image/helper-work/sniff-short", test_sniff_short);
  g_test_add_func ("/image/helper-work/scale", test_scale);
  g_test_add_func ("/image/helper-work/likeness", test_likeness);
  g_test_add_func ("/image/helper-work/region", test_region);
  g_test_add_func ("/image/helper-work/region-unsure", test_region_unsure);
  g_test_add_func ("/image/helper-work/framing", test_framing);
  g_test_add_func ("/image/helper-work/framing-at-edge", test_framing_at_edge);
  g_test_add_func ("/image/helper-work/straighten", test_straighten);
  g_test_add_func ("/image/helper-work/straighten-unsure", test_straighten_unsure);
  g_test_add_func ("/image/helper-work/colour-names", test_colour_names);
  g_test_add_func ("/image/helper-work/labels", test_labels);

  return g_test_run ();
}
