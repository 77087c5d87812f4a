/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-grouping.h"
#include "cs-text.h"

/* Four things tell that photos are of one product, in this order: a folder
 * that somebody named for it, a file name that somebody gave, photos taken in
 * one go that look alike, and near-duplicates. Where a person gave two names,
 * likeness does not overrule them: a red and a blue mug look the same to a
 * perceptual hash. What is grouped wrongly costs a drag with the mouse either
 * way, so nothing here tries to be clever.
 */

/* A folder with more photos than this is a collection */
#define MOST_OF_ONE_PRODUCT 12

/* Photos of one product are taken in one go, with a hand on the camera */
#define BURST_SECONDS 30

/* And from about the same place: unrelated photos differ in 32 bits of 64,
 * another side of the same thing before the same background in less than 20.
 */
#define BURST_DISTANCE 20

static const char *const dull_folders[] = {
  "dcim", "camera", "camera roll", "camera uploads", "photos", "photo", "pictures", "picture",
  "images", "image", "img", "imgs", "downloads", "download", "desktop", "documents", "my pictures",
  "new folder", "untitled folder", "untitled", "tmp", "temp", "upload", "uploads", "export",
  "exports", "import", "screenshots", "wechat", "weixin", "whatsapp images", "saved pictures",
  "products", "product", "new", "all", "misc", "stuff", "originals", "edited", "raw", "jpg", "jpeg",
  "图片", "照片", "相册", "相机", "相机胶卷", "下载", "桌面", "文档", "我的图片", "新建文件夹", "未命名文件夹",
  "微信图片", "截图", "产品", "商品", "产品图", "商品图", "新品", "全部", "其他", "原图", "素材",
  "圖片", "相簿", "相機", "下載", "文件", "新增資料夾", "未命名檔案夾", "產品", "商品圖",
};

/* Words for the view, which say nothing of the product */
static const char *const views[] = {
  "front", "back", "side", "sides", "left", "right", "top", "bottom", "inside", "outside", "detail",
  "details", "close", "closeup", "up", "main", "cover", "label", "tag", "box", "pack", "package",
  "packaging", "model", "worn", "scene", "white", "bg", "copy", "edited", "edit", "final", "large",
  "small", "hero", "alt", "view", "angle", "zoom", "square", "web", "hd", "of",
  "正面", "背面", "反面", "侧面", "左侧", "右侧", "顶部", "底部", "内部", "外部", "细节", "特写", "主图",
  "封面", "标签", "吊牌", "包装", "模特", "场景", "白底", "详情", "副本", "正", "反", "侧", "俯视", "平铺",
  "側面", "細節", "標籤", "包裝", "場景", "詳情",
};

/* What cameras, phones and file managers call a photo by themselves */
static const char *const camera_names[] = {
  "img", "image", "images", "dsc", "dscn", "dscf", "dscx", "sam", "pxl", "mvimg", "gopr", "dji", "vid", "wa",
  "photo", "photos", "picture", "pic", "pics", "screenshot", "screen", "shot", "scan", "snapshot", "wechat", "weixin",
  "wechatimg", "mmexport", "qq", "whatsapp", "fb", "untitled", "unnamed", "download", "file", "from", "at", "hdr",
  "burst", "portrait", "pano", "cimg", "pict", "kimg", "hpim", "imag", "p", "s", "cam", "temp",
  "tmp", "am", "pm", "jpg", "jpeg", "png", "heic", "pasted", "clipboard",
  "微信图片", "图片", "照片", "截图", "屏幕截图", "截屏", "未命名", "新建", "下载", "图像", "相片",
  "圖片", "截圖", "螢幕截圖", "下載",
};

static gboolean
is_among (const char        *word,
          const char *const *list,
          guint              n)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (word, list[i]))
        return TRUE;
    }

  return FALSE;
}

#define AMONG(word, list) is_among ((word), (list), G_N_ELEMENTS (list))

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || (g_unichar_ispunct (c) && c != '.' && c != '%' && c != '+') ||
         g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static char *
without_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  if (dot == NULL || dot == name || strlen (dot) > 6)
    return g_strdup (name);

  return g_strndup (name, dot - name);
}

/* The words of a name, folded, split at separators and between letters and digits */
static GPtrArray *
split_name (const char *name)
{
  g_autofree char *bare = without_extension (name);
  g_autofree char *folded = cs_text_fold (bare);
  GPtrArray  *words = g_ptr_array_new_with_free_func (g_free);
  const char *start = folded;
  const char *p;

  for (p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_separator (c))
        continue;

      if (p > start)
        g_ptr_array_add (words, g_strndup (start, p - start));
      start = g_utf8_next_char (p);
    }

  if (p > start)
    g_ptr_array_add (words, g_strndup (start, p - start));

  return words;
}

/* A counter behind the name: up to three digits, or letters and digits as a camera counts */
static gboolean
is_counter (const char *word)
{
  return strlen (word) <= 3 && strspn (word, "0123456789") == strlen (word);
}

static gboolean
is_view (const char *word)
{
  gsize letters = strcspn (word, "0123456789");

  if (letters == 0)
    return is_counter (word);

  if (strspn (word + letters, "0123456789") == strlen (word + letters) && strlen (word + letters) <= 3)
    {
      g_autofree char *view = g_strndup (word, letters);

      return AMONG (view, views);
    }

  return FALSE;
}

/* Digits, hexadecimal digits with a digit among them, or a word that cameras use, with digits or without */
static gboolean
is_machine_made (const char *word)
{
  gsize            letters = strcspn (word, "0123456789");
  gsize            length = strlen (word);
  g_autofree char *head = g_strndup (word, letters);

  if (strspn (word, "0123456789.") == length)
    return TRUE;

  if (length >= 6 && letters < length && strspn (word, "0123456789abcdef") == length)
    return TRUE;

  return AMONG (head, camera_names) && strspn (word + letters, "0123456789.") == length - letters;
}

/* An id in groups of hexadecimal digits, as phones and shops write them */
static gboolean
is_minted (GPtrArray *words)
{
  gsize length = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = words->pdata[i];

      if (strspn (word, "0123456789abcdef") != strlen (word))
        return FALSE;
      length += strlen (word);
    }

  return length >= 16;
}

/**
 * cs_grouping_dup_stem:
 *
 * "basket-1.jpg", "basket_front.jpg" and "Basket (2).JPG" all give "basket".
 */
char *
cs_grouping_dup_stem (const char *name)
{
  g_autoptr (GPtrArray) words = NULL;
  g_autoptr (GString) stem = g_string_new (NULL);
  gboolean telling = FALSE;

  g_return_val_if_fail (name != NULL, NULL);

  words = split_name (name);
  if (is_minted (words))
    return NULL;

  while (words->len > 0 && is_view (words->pdata[words->len - 1]))
    g_ptr_array_set_size (words, words->len - 1);

  for (guint i = 0; i < words->len; i++)
    {
      telling |= !is_machine_made (words->pdata[i]) && !is_view (words->pdata[i]);
      g_string_append_printf (stem, "%s%s", i > 0 ? " " : "", (char *) words->pdata[i]);
    }

  /* "basket1", "篮子2": a counter without a separator */
  while (telling && stem->len > 1 && g_ascii_isdigit (stem->str[stem->len - 1]) &&
         words->len == 1 && strcspn (stem->str, "0123456789") + 2 >= stem->len)
    g_string_truncate (stem, stem->len - 1);

  return telling ? g_string_free_and_steal (g_steal_pointer (&stem)) : NULL;
}

gboolean
cs_grouping_is_telling (const char *folder)
{
  g_autofree char *folded = NULL;
  g_autoptr (GPtrArray) words = NULL;

  if (folder == NULL)
    return FALSE;

  folded = cs_text_fold (folder);
  g_strstrip (folded);
  if (AMONG (folded, dull_folders))
    return FALSE;

  /* "100CANON", "2024-05-01", "新建文件夹 (2)", "New folder 3" */
  words = split_name (folder);
  while (words->len > 0 && is_counter (words->pdata[words->len - 1]))
    g_ptr_array_set_size (words, words->len - 1);

  if (words->len == 1)
    {
      const char *word = words->pdata[0];

      if (AMONG (word, dull_folders) ||
          (strlen (word) >= 6 && strlen (word) <= 8 && strspn (word, "0123456789") == 3))
        return FALSE;
    }

  if (words->len == 2)
    {
      g_autofree char *both = g_strconcat (words->pdata[0], " ", words->pdata[1], NULL);

      if (AMONG (both, dull_folders))
        return FALSE;
    }

  for (guint i = 0; i < words->len; i++)
    {
      if (!is_machine_made (words->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/* Groups as a union of photos: each points to a photo of its group, the first to itself */
static guint
find_first (guint *group,
            guint  i)
{
  while (group[i] != i)
    i = group[i] = group[group[i]];

  return i;
}

static void
join (guint *group,
      guint  a,
      guint  b)
{
  a = find_first (group, a);
  b = find_first (group, b);
  group[MAX (a, b)] = MIN (a, b);
}

static guint
distance (const CsPhoto *a,
          const CsPhoto *b)
{
  return __builtin_popcountll (a->likeness ^ b->likeness);
}

static gboolean
are_one_go (const CsPhoto *a,
            const CsPhoto *b)
{
  return a->taken_at != 0 && b->taken_at != 0 &&
         ABS (a->taken_at - b->taken_at) <= BURST_SECONDS &&
         distance (a, b) <= BURST_DISTANCE;
}

static void
join_by_name (char **stems,
              guint  n,
              guint *group)
{
  g_autoptr (GHashTable) firsts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      gpointer first;

      if (stems[i] == NULL)
        continue;

      if (g_hash_table_lookup_extended (firsts, stems[i], NULL, &first))
        join (group, GPOINTER_TO_UINT (first), i);
      else
        g_hash_table_insert (firsts, stems[i], GUINT_TO_POINTER (i));
    }
}

/* Each photo with a made-up name against those just before it: photos of one
 * product come one after the other, so that a folder of thousands stays fast.
 */
static void
join_by_likeness (GPtrArray *photos,
                  char     **stems,
                  guint     *group)
{
  for (guint i = 1; i < photos->len; i++)
    {
      const CsPhoto *photo = photos->pdata[i];

      for (guint j = i; j > 0 && i - j < MOST_OF_ONE_PRODUCT; j--)
        {
          const CsPhoto *other = photos->pdata[j - 1];

          if (stems[i] != NULL && stems[j - 1] != NULL)
            continue;

          if (cs_photo_is_like (photo, other) || (j == i && are_one_go (photo, other)))
            join (group, i, j - 1);
        }
    }
}

static gboolean
is_one_product (GPtrArray *photos,
                char     **stems,
                gboolean   one_of_several)
{
  const char *only = NULL;

  if (photos->len > MOST_OF_ONE_PRODUCT ||
      !cs_grouping_is_telling (((CsPhoto *) photos->pdata[0])->folder))
    return FALSE;

  if (one_of_several)
    return TRUE;

  /* Alone, it is one product unless its files are named for several */
  for (guint i = 0; i < photos->len; i++)
    {
      if (stems[i] != NULL && only != NULL && !g_str_equal (stems[i], only))
        return FALSE;
      if (stems[i] != NULL)
        only = stems[i];
    }

  return TRUE;
}

static GPtrArray *
collect (const guint *group,
         guint        n)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) by_first = g_ptr_array_new ();

  g_ptr_array_set_size (by_first, n);
  for (guint i = 0; i < n; i++)
    {
      guint first = find_first ((guint *) group, i);

      if (first == i)
        {
          by_first->pdata[i] = g_array_new (FALSE, FALSE, sizeof i);
          g_ptr_array_add (groups, by_first->pdata[i]);
        }
      g_array_append_val ((GArray *) by_first->pdata[first], i);
    }

  return groups;
}

GPtrArray *
cs_grouping_group (GPtrArray *photos,
                   gboolean   one_of_several)
{
  g_auto (GStrv) stems = NULL;
  g_autofree guint *group = NULL;

  g_return_val_if_fail (photos != NULL, NULL);

  stems = g_new0 (char *, photos->len + 1);
  group = g_new (guint, photos->len + 1);
  for (guint i = 0; i < photos->len; i++)
    {
      stems[i] = cs_grouping_dup_stem (((CsPhoto *) photos->pdata[i])->name);
      group[i] = i;
    }

  if (photos->len > 0 && is_one_product (photos, stems, one_of_several))
    {
      for (guint i = 1; i < photos->len; i++)
        join (group, 0, i);
    }
  else
    {
      join_by_name (stems, photos->len, group);
      join_by_likeness (photos, stems, group);
    }

  for (guint i = 0; i < photos->len; i++)
    g_clear_pointer (&stems[i], g_free);

  return collect (group, photos->len);
}
