/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-grouping.h"
#include "cs-photo-name.h"

static void
test_stems (void)
{
  static const struct
  {
    const char *name;
    const char *stem;
  } table[] = {
    { "basket-1.jpg", "basket" },
    { "basket_front.jpg", "basket" },
    { "Basket (2).JPG", "basket" },
    { "basket2.jpg", "basket" },
    { "basket front 3.jpeg", "basket" },
    { "竹篮-正面.jpg", "竹篮" },
    { "竹篮_2.png", "竹篮" },
    { "竹篮（3）.png", "竹篮" },
    { "blue mug.webp", "blue mug" },
    { "T-Shirt_4c8f245e-a039-46fd-a6b9-1bb51e83fc05.jpg",
      "t shirt 4c8f245e a039 46fd a6b9 1bb51e83fc05" },
    { "Arla-Natural-Yoghurt_001.jpg", "arla natural yoghurt" },
    { "Backpack.jpg", "backpack" },
    { "IMG_1234.JPG", NULL },
    { "IMG-20230501-WA0003.jpg", NULL },
    { "DSC01234.ARW", NULL },
    { "DSC_0012.jpg", NULL },
    { "P1010001.JPG", NULL },
    { "PXL_20230101_123456789.jpg", NULL },
    { "20230101_123456.jpg", NULL },
    { "mmexport1682900000000.jpg", NULL },
    { "微信图片_20230501120000.jpg", NULL },
    { "Screenshot 2023-05-01 at 12.00.00.png", NULL },
    { "photo (3).jpg", NULL },
    { "1.jpg", NULL },
    { "front.jpg", NULL },
    { "正面.jpg", NULL },
    { "7f3a9c2b4d1e.jpg", NULL },
    { "0b5f7f85-fa44-4406-91ed-6b730e4b6fa1.jpg", NULL },
    { ".jpg", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *stem = cs_photo_name_dup_stem (table[i].name);

      g_test_message ("%s", table[i].name);
      if (table[i].stem != NULL || stem == NULL)
        g_assert_cmpstr (stem, ==, table[i].stem);
      else if (!g_str_equal (table[i].name, ".jpg"))
        g_error ("“%s” gave “%s”", table[i].name, stem);
    }
}

static void
test_folders (void)
{
  static const char *const telling[] = { "bamboo-basket", "竹篮", "Mug 350", "red shoes", "B2390 hat", "冬装新款" };
  static const char *const dull[] = {
    "DCIM", "100CANON", "101APPLE", "Camera Roll", "新建文件夹", "新建文件夹 (2)", "New folder 3", "Downloads",
    "Pictures", "桌面", "2024-05-01", "20240501", "1", "untitled folder", "微信图片",
  };

  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    {
      g_test_message ("%s", telling[i]);
      g_assert_true (cs_photo_name_is_telling (telling[i]));
    }

  for (guint i = 0; i < G_N_ELEMENTS (dull); i++)
    {
      g_test_message ("%s", dull[i]);
      g_assert_false (cs_photo_name_is_telling (dull[i]));
    }

  g_assert_false (cs_photo_name_is_telling (NULL));
}

/* What a product is called while nothing better is known */
static void
test_captions (void)
{
  static const struct
  {
    const char *folder;
    const char *name;
    const char *caption;
  } table[] = {
    { "竹篮", "1.jpg", "竹篮" },
    { "red shoes", "IMG_1234.JPG", "red shoes" },
    { "DCIM", "IMG_1234.JPG", "IMG_1234" },
    { "新建文件夹 (2)", "竹篮.jpg", "竹篮" },
    { "2024-05-01", "blue mug.v2.jpeg", "blue mug.v2" },
    { NULL, "basket.jpg", "basket" },
    { NULL, ".jpg", ".jpg" },
    { NULL, "no extension", "no extension" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *caption = cs_photo_name_dup_caption (table[i].folder, table[i].name);

      g_assert_cmpstr (caption, ==, table[i].caption);
    }
}

typedef struct
{
  const char *name;
  gint64      taken_at;
  guint64     likeness;
} Shot;

/* Writes groups as "0 2|1" */
static char *
group (const char *folder,
       gboolean    one_of_several,
       const Shot *shots,
       guint       n)
{
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_photo_unref);
  g_autoptr (GPtrArray) groups = NULL;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      CsPhoto *photo = cs_photo_new ();

      photo->name = g_strdup (shots[i].name);
      photo->folder = g_strdup (folder);
      photo->taken_at = shots[i].taken_at;
      photo->likeness = shots[i].likeness;
      g_ptr_array_add (photos, photo);
    }

  groups = cs_grouping_group (photos, one_of_several);
  for (guint i = 0; i < groups->len; i++)
    {
      GArray *members = groups->pdata[i];

      for (guint j = 0; j < members->len; j++)
        g_string_append_printf (out, "%s%u", j > 0 ? " " : i > 0 ? "|" : "", g_array_index (members, guint, j));
    }

  return g_string_free_and_steal (out);
}

#define assert_groups(folder, several, shots, expected)                             \
  G_STMT_START {                                                                    \
    g_autofree char *__groups = group (folder, several, shots, G_N_ELEMENTS (shots)); \
    g_assert_cmpstr (__groups, ==, expected);                                       \
  } G_STMT_END

/* Hashes that are far apart, and one that is 12 bits from the first */
#define ONE 0x0000000000000000
#define ONE_TURNED 0x0000000000000fff
#define TWO G_GUINT64_CONSTANT (0xffffffff00000000)
#define THREE 0x00000000ffffffff

static void
test_names (void)
{
  const Shot shots[] = {
    { "basket-1.jpg", 0, ONE },
    { "mug front.jpg", 0, TWO },
    { "basket-2.jpg", 0, TWO },
    { "mug back.jpg", 0, THREE },
    { "IMG_1.jpg", 0, 0xf0f0f0f0f0f0f0f0 },
  };

  assert_groups (NULL, FALSE, shots, "0 2|1 3|4");
}

/* What a person named differently is not joined for looking alike */
static void
test_names_before_likeness (void)
{
  const Shot shots[] = { { "red mug.jpg", 100, ONE }, { "blue mug.jpg", 101, ONE } };

  assert_groups ("mugs", FALSE, shots, "0|1");
}

static void
test_bursts (void)
{
  const Shot shots[] = {
    { "IMG_0001.JPG", 1000, ONE },
    { "IMG_0002.JPG", 1012, ONE_TURNED }, /* another side, in one go */
    { "IMG_0003.JPG", 1020, TWO },        /* another thing, soon after */
    { "IMG_0004.JPG", 1200, TWO },        /* the same again: a near-duplicate */
    { "IMG_0005.JPG", 1300, TWO ^ ONE_TURNED }, /* much later, and not near */
  };

  assert_groups ("DCIM", FALSE, shots, "0 1|2 3|4");
}

static void
test_named_folder (void)
{
  const Shot cameras[] = { { "IMG_1.jpg", 0, ONE }, { "IMG_2.jpg", 0, TWO }, { "IMG_3.jpg", 0, THREE } };
  const Shot views[] = { { "front.jpg", 0, ONE }, { "back.jpg", 0, TWO }, { "1.jpg", 0, THREE } };
  const Shot mixed[] = { { "mug.jpg", 0, ONE }, { "shirt.jpg", 0, TWO }, { "hat.jpg", 0, THREE } };
  Shot       many[13];

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = (Shot) { "IMG_1.jpg", 0, G_GUINT64_CONSTANT (0x123456789abcdef1) * (i + 1) };

  assert_groups ("竹篮", FALSE, cameras, "0 1 2");
  assert_groups ("竹篮", FALSE, views, "0 1 2");
  assert_groups ("stock", FALSE, mixed, "0|1|2");
  assert_groups ("summer dress", TRUE, mixed, "0 1 2");
  assert_groups ("100CANON", TRUE, cameras, "0|1|2");
  assert_groups (NULL, TRUE, cameras, "0|1|2");
  {
    g_autofree char *groups = group ("stock", TRUE, many, G_N_ELEMENTS (many));

    g_assert_nonnull (strchr (groups, '|'));
  }
}

static void
test_nothing (void)
{
  g_autofree char *groups = group ("x", TRUE, NULL, 0);

  g_assert_cmpstr (groups, ==, "");
}

/* A folder of 20,000 must not take a second */
static void
test_many (void)
{
  const guint n = 20000;
  g_autofree Shot *shots = g_new0 (Shot, n);
  g_autofree char *groups = NULL;

  for (guint i = 0; i < n; i++)
    shots[i] = (Shot) { "IMG_0001.JPG", i * 100, i * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) };

  groups = group ("DCIM", FALSE, shots, n);
  g_assert_true (g_str_has_prefix (groups, "0|"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/grouping/stems", test_stems);
  g_test_add_func ("/intake/grouping/folders", test_folders);
  g_test_add_func ("/intake/grouping/captions", test_captions);
  g_test_add_func ("/intake/grouping/names", test_names);
  g_test_add_func ("/intake/grouping/names-before-likeness", test_names_before_likeness);
  g_test_add_func ("/intake/grouping/bursts", test_bursts);
  g_test_add_func ("/intake/grouping/named-folder", test_named_folder);
  g_test_add_func ("/intake/grouping/nothing", test_nothing);
  g_test_add_func ("/intake/grouping/many", test_many);

  return g_test_run ();
}
