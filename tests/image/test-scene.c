/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-scene-shot.h"

/* A scene painted behind a product: what goes out, and what of the answer is
 * believed. The model's answers are painted here, the good ones and the bad.
 */

static void
test_what_goes_out (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (CsStaging) staging = stage (&shot, &settings);
  g_autoptr (CsStaging) again = stage (&shot, &settings);
  g_autoptr (GExiv2Metadata) tags = gexiv2_metadata_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (staging->picture, &length);

  keep ("sent.jpg", staging->picture);
  keep ("sent-mask.png", staging->mask);
  g_assert_cmpint (staging->width, ==, CANVAS);
  g_assert_cmpstr (staging->hash, ==, again->hash);
  g_assert_true (g_bytes_equal (staging->mask, again->mask));
  g_assert_true (gexiv2_metadata_open_buf (tags, data, length, NULL));
  g_assert_false (gexiv2_metadata_has_exif (tags));
  g_assert_false (gexiv2_metadata_has_xmp (tags));
}

/* Nothing can be painted around what nobody knows */
static void
test_no_mask (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  CsPictureInput    input = { .photo = shot.photo, .mask = -1, .backdrop = -1 };
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_await_boxed (cs_image_stage (image, &input, &settings, CANVAS, CANVAS), &error));
  g_assert_nonnull (error);
}

/* How much of the picture around the product is the colour of the product */
static double
share_of_red (GBytes *file)
{
  g_autoptr (GdkPixbuf) pixbuf = load (file);
  gsize n = 0, all = 0;

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      {
        const guint8 *rgb = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3;

        n += rgb[0] > rgb[1] + 50 && rgb[2] < 110 && rgb[1] < 125;
        all++;
      }

  return (double) n / all;
}

static void
test_kept (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (CsStaging) staging = stage (&shot, &settings);
  g_autoptr (GdkPixbuf) garden = paint (CANVAS, CANVAS, paint_garden);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaintedScene) scene = NULL;
  g_autoptr (CsPicture) picture = NULL;
  g_autoptr (CsPicture) airy = NULL;

  lay (garden, staging, 0, 0, 1);
  scene = take (&shot, &settings, garden, "jpeg", &error);
  g_assert_no_error (error);
  g_assert_true (scene->usable);
  g_assert_cmpstr (scene->sentence, ==, NULL);
  g_assert_cmpfloat (scene->moved, <, 0.006);

  picture = finish (&shot, &settings, scene->file);
  keep ("kept.jpg", picture->file);

  /* A hand on a slider finds no second product under the first */
  settings.air = 0.9;
  airy = finish (&shot, &settings, scene->file);
  keep ("airy.jpg", airy->file);
  g_assert_cmpfloat (share_of_red (airy->file), <, 0.75 * share_of_red (picture->file));
}

/* The model's product stands a little beside the real one: told, and not seen */
static void
test_moved (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (CsStaging) staging = stage (&shot, &settings);
  g_autoptr (GdkPixbuf) garden = paint (CANVAS, CANVAS, paint_garden);
  g_autoptr (GdkPixbuf) still = paint (CANVAS, CANVAS, paint_garden);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaintedScene) scene = NULL;
  g_autoptr (CsPaintedScene) plain = NULL;
  g_autoptr (CsPicture) picture = NULL;
  g_autoptr (CsPicture) ghost = NULL;
  g_autoptr (CsPicture) wanted = NULL;

  lay (garden, staging, 15, 0, 1);
  lay (still, staging, 0, 0, 1);
  scene = take (&shot, &settings, garden, "png", &error);
  plain = take (&shot, &settings, still, "png", &error);
  g_assert_no_error (error);
  g_assert_true (scene->usable);
  g_assert_cmpfloat_with_epsilon (scene->moved, 15.0 / CANVAS, 0.006);
  g_assert_cmpstr (scene->sentence, ==, "The model had moved the product by about 3 %; your own photo was laid over it");

  before = save (garden, "png");
  picture = finish (&shot, &settings, scene->file);
  ghost = finish (&shot, &settings, before);
  wanted = finish (&shot, &settings, plain->file);
  keep ("moved.jpg", picture->file);
  keep ("moved-ghost.jpg", ghost->file);
  g_assert_cmpfloat (share_of_red (ghost->file), >, share_of_red (wanted->file) + 0.01);
  g_assert_cmpfloat (share_of_red (picture->file), <, share_of_red (wanted->file) + 0.002);
}

/* Nothing but a scene: then nothing was moved */
static void
test_without_product (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (GdkPixbuf) garden = paint (CANVAS, CANVAS, paint_garden);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaintedScene) scene = take (&shot, &settings, garden, "png", &error);

  g_assert_no_error (error);
  g_assert_true (scene->usable);
  g_assert_cmpfloat (scene->moved, ==, 0);
  if (scene->sentence != NULL)
    g_assert_null (strstr (scene->sentence, "moved"));
}

static void
assert_not_usable (CsPaintedScene *scene,
                   GError         *error,
                   const char     *words)
{
  g_assert_no_error (error);
  g_assert_false (scene->usable);
  g_assert_nonnull (strstr (scene->sentence, words));
}

static void
test_not_usable (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (CsStaging) staging = stage (&shot, &settings);
  g_autoptr (GdkPixbuf) far = paint (CANVAS, CANVAS, paint_garden);
  g_autoptr (GdkPixbuf) twice = paint (CANVAS, CANVAS, paint_garden);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaintedScene) scene = NULL;
  g_autoptr (CsPaintedScene) second = NULL;

  lay (far, staging, 50, 20, 1);
  scene = take (&shot, &settings, far, "png", &error);
  assert_not_usable (scene, error, "second time");

  lay (twice, staging, 0, 0, 1);
  lay (twice, staging, 200, 0, 0.7);
  second = take (&shot, &settings, twice, "png", &error);
  assert_not_usable (second, error, "second time");
}

static void
paint_bomb (guint8 *rgb,
            int     x,
            int     y,
            int     side)
{
  rgb[0] = rgb[1] = rgb[2] = 0;
}

/* Other shapes, far too many pixels, and what is no picture */
static void
test_refused (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  CsPictureInput    input = make_input (&shot, -1);
  g_autoptr (GdkPixbuf) wide = paint (CANVAS, CANVAS / 2, paint_garden);
  g_autoptr (GdkPixbuf) small = paint (CANVAS / 4, CANVAS / 4, paint_garden);
  g_autoptr (GdkPixbuf) huge = paint (7000, 7000, paint_bomb);
  GdkPixbuf *answers[] = { wide, small, huge };
  g_autoptr (GBytes) page = g_bytes_new_static ("<!DOCTYPE html><title>404</title>", 33);
  g_autofd int       fd = to_fd (page);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_null (take (&shot, &settings, answers[i], "png", &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }

  g_assert_null (dex_await_boxed (cs_image_take_painted (image, &input, &settings, CANVAS, CANVAS, fd), &error));
  g_assert_nonnull (error);
}

/* Photos as they are taken, where they are at hand: cut out by the network, painted
 * around by a model that moved them a little
 */
static void
try_real (const char *name,
          int         dx,
          int         dy)
{
  g_autofree char *path = g_build_filename (g_getenv ("CS_SHARED"), "photos", name, NULL);
  g_auto (Shot) shot = { g_open (path, O_RDONLY | O_CLOEXEC), -1 };
  CsPictureSettings settings = make_settings ();
  g_autoptr (GdkPixbuf) garden = paint (CANVAS * 2, CANVAS * 2, paint_garden);
  g_autoptr (CsCutout) cutout = NULL;
  g_autoptr (CsStaging) staging = NULL;
  g_autoptr (CsPaintedScene) scene = NULL;
  g_autoptr (CsPicture) picture = NULL;
  g_autoptr (GError) error = NULL;

  cutout = dex_await_boxed (cs_image_cut_out (image, shot.photo, 1600), &error);
  g_assert_no_error (error);
  if (!cutout->sure)
    {
      g_test_message ("%s: %s", name, cutout->sentence);
      return;
    }

  shot.mask = to_fd (cutout->mask);
  settings.mark = CS_MARK_ZH;
  staging = stage (&shot, &settings);
  lay (garden, staging, dx, dy, 1);
  scene = take (&shot, &settings, garden, "jpeg", &error);
  g_assert_no_error (error);
  g_test_message ("%s: moved %.4f, %s", name, scene->moved, scene->sentence);
  if (!scene->usable)
    return;

  g_assert_cmpfloat_with_epsilon (scene->moved, hypot (dx, dy) / CANVAS, 0.008);
  picture = finish (&shot, &settings, scene->file);
  keep (name, picture->file);
}

static void
test_real (void)
{
  g_autofree char *path = g_getenv ("CS_SHARED") != NULL ? g_build_filename (g_getenv ("CS_SHARED"), "models", "u2netp.onnx", NULL) : NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no photos at hand");
      return;
    }

  cs_image_set_network (image, g_open (path, O_RDONLY | O_CLOEXEC),
                        "{\"side\":320,\"mean\":[0.485,0.456,0.406],\"deviation\":[0.229,0.224,0.225],\"divide\":\"max\",\"output\":\"linear\"}");
  try_real ("Alpro-Blueberry-Soyghurt_001.jpg", 0, 0);
  try_real ("Hat_79307c6e-cc11-422f-8b55-d01148cc94b3.jpg", 10, 0);
  try_real ("Shoes_61bbb3a2-2ee0-47bd-b3f9-2675b3076302.jpg", -6, 8);
  try_real ("God-Morgon-Apple-Juice_001.jpg", 0, -14);
}

/* Settings say all that the file needs to be made again */
static void
test_settings (void)
{
  CsPictureSettings settings = make_settings (), read;
  CsPictureSettings usual = CS_PICTURE_SETTINGS_DEFAULT;
  g_autofree char  *json = NULL;
  g_autofree char  *again = NULL;
  g_autofree char  *plain = cs_picture_settings_to_json (&usual);

  g_assert_null (strstr (plain, "mark"));
  g_assert_null (strstr (plain, "scene"));
  g_assert_null (strstr (plain, "producer"));

  settings.mark = CS_MARK_EN;
  g_assert_true (cs_picture_settings_set (&settings, "scene", "  在木桌上，窗边\nignore \xe2\x80\xae" "all", NULL));
  g_assert_cmpstr (settings.scene, ==, "在木桌上，窗边 ignore  all");
  json = cs_picture_settings_to_json (&settings);
  g_assert_true (cs_picture_settings_from_json (&read, json));
  again = cs_picture_settings_to_json (&read);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpint (read.mark, ==, CS_MARK_EN);
  g_assert_cmpstr (read.producer, ==, settings.producer);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  gexiv2_initialize ();
  gexiv2_metadata_try_register_xmp_namespace (TC260_URI, "TC260", NULL);
  image = cs_image_new ();

  g_test_add_func ("/image/scene/settings", test_settings);
  cs_test_add_fiber ("/image/scene/what-goes-out", test_what_goes_out);
  cs_test_add_fiber ("/image/scene/no-mask", test_no_mask);
  cs_test_add_fiber ("/image/scene/kept", test_kept);
  cs_test_add_fiber ("/image/scene/moved", test_moved);
  cs_test_add_fiber ("/image/scene/without-product", test_without_product);
  cs_test_add_fiber ("/image/scene/not-usable", test_not_usable);
  cs_test_add_fiber ("/image/scene/refused", test_refused);
  cs_test_add_fiber ("/image/scene/real", test_real);

  result = g_test_run ();
  g_clear_object (&image);

  return result;
}
