/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-photo-name.h"
#include "cs-text.h"

/* What the names of photos and of their folders say, and which of them nobody
 * chose
 */

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
 * cs_photo_name_dup_stem:
 *
 * "basket-1.jpg", "basket_front.jpg" and "Basket (2).JPG" all give "basket".
 */
char *
cs_photo_name_dup_stem (const char *name)
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
cs_photo_name_is_telling (const char *folder)
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

/**
 * cs_photo_name_dup_caption:
 * @folder: (nullable): the last part of its folder's path
 *
 * Returns: what a product is called whose first photo this is, as long as
 *   nothing better is known
 */
char *
cs_photo_name_dup_caption (const char *folder,
                           const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (folder != NULL && cs_photo_name_is_telling (folder))
    return g_strdup (folder);

  return without_extension (name);
}
