/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-scene-shot.h"

/* What a file with generated parts says of them: in it, and on it */

static void
assert_fields (const char *aigc,
               const char *producer)
{
  static const char *const names[] = { "ProduceID", "ContentPropagator", "PropagateID" };
  g_autoptr (JsonNode) node = aigc != NULL ? cs_json_parse (aigc, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);

  g_assert_nonnull (object);
  g_assert_cmpstr (cs_json_string (object, "Label", NULL), ==, "1");
  g_assert_cmpstr (cs_json_string (object, "ContentProducer", NULL), ==, producer);
  g_assert_cmpstr (cs_json_string (object, "ContentPropagator", NULL), ==, producer);
  g_assert_cmpstr (cs_json_string (object, "PropagateID", NULL), ==, cs_json_string (object, "ProduceID", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (const char *p = cs_json_string (object, names[i], ""); *p != '\0'; p++)
      g_assert_true (*p > 0x20 && *p < 0x7f && *p != '"' && *p != '\\');
}

/* In each format once, with nothing of a clock in it, and none where no pixel is a model's */
static void
test_labels (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (GBytes) backdrop = garden_file (&shot, &settings);
  g_autofree char *whole = read_tag (backdrop, "Xmp.iptcExt.DigitalSourceType");

  g_assert_cmpstr (settings.producer, ==, "OpenAI-gpt-image-1.5----");
  g_assert_cmpstr (whole, ==, "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
  for (CsPictureFormat format = 0; format < CS_N_FORMATS; format++)
    {
      g_autoptr (CsPicture) picture = NULL;
      g_autoptr (CsPicture) again = NULL;
      g_autoptr (CsPicture) white = NULL;
      CsPictureSettings plain = settings;
      g_autofree char *source = NULL;
      g_autofree char *aigc = NULL;

      settings.format = plain.format = format;
      picture = finish (&shot, &settings, backdrop);
      again = finish (&shot, &settings, backdrop);
      g_assert_cmpstr (picture->hash, ==, again->hash);
      source = read_tag (picture->file, "Xmp.iptcExt.DigitalSourceType");
      aigc = read_tag (picture->file, "Xmp.TC260.AIGC");
      g_assert_cmpstr (source, ==, "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia");
      assert_fields (aigc, "OpenAI-gpt-image-1.5----");
      g_assert_cmpuint (count (picture->file, "<TC260:AIGC>"), ==, 1);
      g_assert_cmpuint (count (picture->file, "\"AIGC\""), ==, 0);
      g_assert_cmpuint (count (picture->file, "DigitalSourceType>http"), ==, 1);

      plain.background = CS_BACKGROUND_WHITE;
      white = finish (&shot, &plain, backdrop);
      g_assert_cmpuint (count (white->file, "TC260"), ==, 0);
    }
}

/* The photo with labels of its own, as @type */
static int
labelled_photo (const char *aigc,
                const char *source)
{
  g_autoptr (GdkPixbuf) pixbuf = paint (PHOTO, PHOTO, paint_photo);
  g_autoptr (GBytes) bytes = save (pixbuf, "png");
  g_autofree char *path = NULL;
  g_autoptr (GExiv2Metadata) tags = gexiv2_metadata_new ();
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("cs-scene-XXXXXX.png", &path, &error);

  g_assert_no_error (error);
  g_assert_true (write (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) == (gssize) g_bytes_get_size (bytes));
  gexiv2_metadata_open_path (tags, path, &error);
  g_assert_no_error (error);
  gexiv2_metadata_try_set_tag_string (tags, "Xmp.TC260.AIGC", aigc, &error);
  g_assert_no_error (error);
  if (source != NULL)
    gexiv2_metadata_try_set_tag_string (tags, "Xmp.iptcExt.DigitalSourceType", source, &error);
  g_assert_no_error (error);
  gexiv2_metadata_save_file (tags, path, &error);
  g_assert_no_error (error);
  close (fd);
  fd = g_open (path, O_RDONLY | O_CLOEXEC);
  g_unlink (path);

  return fd;
}

static void
test_labels_carried_over (void)
{
  static const char sure[] = "{\"Label\":\"1\",\"ContentProducer\":\"001191110102MAD55U9H0F10002\",\"ProduceID\":\"their-42\"}";
  static const char maybe[] = "{\"AIGC\":{\"Label\":\"3\",\"ContentPropagator\":\"a-market\",\"PropagateID\":\"m-7\"}}";
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (GBytes) backdrop = garden_file (&shot, &settings);
  const char *texts[] = { sure, maybe, "no JSON at all" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (Shot) labelled = { labelled_photo (texts[i], NULL), painted_fd (paint_mask) };
      g_autoptr (CsPicture) picture = finish (&labelled, &settings, backdrop);
      g_autofree char *aigc = read_tag (picture->file, "Xmp.TC260.AIGC");
      g_autofree char *trace = g_uri_escape_string (texts[i], NULL, FALSE);

      g_assert_cmpuint (count (picture->file, "<TC260:AIGC>"), ==, 1);
      if (i == 0)
        g_assert_cmpstr (aigc, ==, sure);
      else
        {
          g_assert_nonnull (strstr (aigc, "\"Label\":\"1\""));
          g_assert_nonnull (strstr (aigc, trace));
        }
      if (i == 1)
        g_assert_nonnull (strstr (aigc, "\"ContentPropagator\":\"a-market\""));
    }
}

/* What came already generated stays so as a whole */
static void
test_whole_stays_whole (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (GBytes) backdrop = garden_file (&shot, &settings);
  g_auto (Shot) labelled = { labelled_photo ("{\"Label\":\"1\"}", "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"),
                             painted_fd (paint_mask) };
  g_autoptr (CsPicture) picture = finish (&labelled, &settings, backdrop);
  g_autofree char *source = read_tag (picture->file, "Xmp.iptcExt.DigitalSourceType");

  g_assert_cmpstr (source, ==, "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
}

/* The seller's own background that says it is by AI makes the picture so, too */
static void
test_own_backdrop_with_label (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (GBytes) backdrop = garden_file (&shot, &settings);
  g_autoptr (CsPicture) picture = NULL;
  g_autofree char *aigc = NULL;

  settings.producer[0] = '\0';
  settings.mark = CS_MARK_ZH;
  picture = finish (&shot, &settings, backdrop);
  aigc = read_tag (picture->file, "Xmp.TC260.AIGC");
  assert_fields (aigc, "OpenAI-gpt-image-1.5----");
}

static CsPicturePart *
find_mark (CsPicture *picture)
{
  for (guint i = 0; i < picture->parts->len; i++)
    {
      CsPicturePart *part = picture->parts->pdata[i];

      if (g_str_equal (part->part, "mark"))
        return part;
    }

  g_assert_not_reached ();
}

/* Rows and columns of near-white letters in what differs between the two */
static void
find_letters (GdkPixbuf *with,
              GdkPixbuf *without,
              int       *top,
              int       *bottom,
              int       *left,
              int       *right)
{
  int width = gdk_pixbuf_get_width (with), height = gdk_pixbuf_get_height (with);

  *top = height;
  *left = width;
  *bottom = *right = -1;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *a = gdk_pixbuf_get_pixels (with) + y * gdk_pixbuf_get_rowstride (with) + x * 3;
        const guint8 *b = gdk_pixbuf_get_pixels (without) + y * gdk_pixbuf_get_rowstride (without) + x * 3;

        if (a[0] < 250 || a[1] < 250 || a[2] < 250 || (a[0] == b[0] && a[1] == b[1] && a[2] == b[2]))
          continue;
        *top = MIN (*top, y);
        *bottom = MAX (*bottom, y);
        *left = MIN (*left, x);
        *right = MAX (*right, x);
      }
}

/* At a corner, at least 5 % of the shorter side high, and nothing else is touched */
static void
test_mark (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (GBytes) backdrop = garden_file (&shot, &settings);

  for (CsMark mark = CS_MARK_ZH; mark < CS_N_MARKS; mark++)
    {
      g_autoptr (CsPicture) marked = NULL;
      g_autoptr (CsPicture) bare = NULL;
      g_autoptr (GdkPixbuf) with = NULL;
      g_autoptr (GdkPixbuf) without = NULL;
      int top, bottom, left, right, side;

      settings.format = CS_FORMAT_PNG;
      settings.air = 0.9;
      settings.mark = mark;
      marked = finish (&shot, &settings, backdrop);
      settings.mark = CS_MARK_OFF;
      bare = finish (&shot, &settings, backdrop);
      keep (mark == CS_MARK_ZH ? "mark-zh.png" : "mark-en.png", marked->file);
      g_assert_true (find_mark (marked)->applied);
      g_assert_null (find_mark (bare)->sentence);

      with = load (marked->file);
      without = load (bare->file);
      side = MIN (gdk_pixbuf_get_width (with), gdk_pixbuf_get_height (with));
      g_assert_cmpint (side, ==, gdk_pixbuf_get_width (without));
      find_letters (with, without, &top, &bottom, &left, &right);
      g_assert_cmpfloat (bottom - top + 1, >=, 0.05 * side);
      g_assert_cmpfloat (bottom - top + 1, <, 0.08 * side);
      g_assert_cmpint (bottom, <, gdk_pixbuf_get_height (with) - side / 100);
      g_assert_cmpint (right, <, gdk_pixbuf_get_width (with) - side / 100);
      g_assert_cmpint (top, >, gdk_pixbuf_get_height (with) * 3 / 4);
    }
}

/* A product that fills its picture: the picture grows, and stays true */
static void
test_mark_needs_room (void)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = make_settings ();
  g_autoptr (GBytes) backdrop = garden_file (&shot, &settings);
  g_autoptr (CsPicture) marked = NULL;
  g_autoptr (CsPicture) bare = NULL;

  settings.air = 0;
  settings.shape = CS_SHAPE_PHOTO;
  bare = finish (&shot, &settings, backdrop);
  settings.mark = CS_MARK_EN;
  marked = finish (&shot, &settings, backdrop);
  keep ("mark-room.jpg", marked->file);
  g_assert_true (find_mark (marked)->applied);
  g_assert_nonnull (strstr (find_mark (marked)->sentence, "airier"));
  g_assert_cmpint (marked->width * bare->height, !=, 0);
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

  cs_test_add_fiber ("/image/scene-labels/labels", test_labels);
  cs_test_add_fiber ("/image/scene-labels/labels-carried-over", test_labels_carried_over);
  cs_test_add_fiber ("/image/scene-labels/whole-stays-whole", test_whole_stays_whole);
  cs_test_add_fiber ("/image/scene-labels/own-backdrop-with-label", test_own_backdrop_with_label);
  cs_test_add_fiber ("/image/scene-labels/mark", test_mark);
  cs_test_add_fiber ("/image/scene-labels/mark-needs-room", test_mark_needs_room);

  result = g_test_run ();
  g_clear_object (&image);

  return result;
}
