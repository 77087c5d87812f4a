/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-error.h"
#include "cs-ground-sheet.h"
#include "cs-ground.h"
#include "cs-json.h"
#include "cs-text.h"

#define MAX_FACTS 1000
#define MAX_DEPTH 8
#define MAX_TEXT 20000

typedef struct
{
  CsEvidence *evidence;
  guint       depth;
} Reader;

static void read_node (Reader     *self,
                       const char *path,
                       const char *key,
                       JsonNode   *node);

static gboolean
is_listed (const char        *key,
           const char *const *names)
{
  g_autofree char *folded = cs_text_fold (key);

  g_strdelimit (folded, "_- ", '_');

  return g_strv_contains (names, folded);
}

/* What people search, and what is about the file or the picture rather than the product */
static gboolean
is_hint (const char *key)
{
  static const char *const names[] = {
    "keywords", "keyword", "hints", "hint", "tags", "search_terms", "search_term", "phrases", "seo_keywords", "generic_keywords",
    "关键词", "关键字", "搜索词", "热词", "标签", "提示词", "phrase", "labels", "language", "lang", "id", "product_id", "image_url", "url", "photo_url", "_", "$schema", "comment", NULL,
  };

  return is_listed (key, names);
}

static CsFactKind
kind_of (const char *key)
{
  static const char *const notes[] = { "note", "notes", "remark", "remarks", "memo", "facts", "fact", "seller_note", "备注", "说明", "笔记", "卖家备注", NULL };
  static const char *const titles[] = { "title", "name", "product_name", "product_title", "listing_title", "标题", "商品标题", "名称", "品名", "商品名称", "商品名", "产品名称", NULL };
  static const char *const texts[] = { "description", "desc", "bullets", "bullet", "bullet_points", "features", "text", "body", "story", "details", "描述", "商品描述", "详情", "卖点", "特点", "亮点", NULL };
  static const char *const photos[] = { "photo", "photos", "photo_text", "ocr", "label_text", "照片", "图片文字", NULL };
  static const char *const files[] = { "file", "filename", "file_name", "image", "images", "文件名", NULL };
  static const char *const folders[] = { "folder", "文件夹", NULL };

  if (is_listed (key, notes))
    return CS_FACT_NOTE;
  if (is_listed (key, titles))
    return CS_FACT_TITLE;
  if (is_listed (key, texts))
    return CS_FACT_TEXT;
  if (is_listed (key, photos))
    return CS_FACT_PHOTO;
  if (is_listed (key, files))
    return CS_FACT_FILE;
  if (is_listed (key, folders))
    return CS_FACT_FOLDER;

  return CS_FACT_FIELD;
}

/* "note.2" and "attributes.height" are known by "note" and "height" */
static char *
dup_name (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  guint n = g_strv_length (parts);

  while (n > 1 && *parts[n - 1] != '\0' && strspn (parts[n - 1], "0123456789") == strlen (parts[n - 1]))
    n--;

  return g_strdup (n > 0 ? parts[n - 1] : path);
}

static void
add (Reader     *self,
     const char *id,
     const char *key,
     const char *text)
{
  g_autofree char *clean = cs_text_clean (text, TRUE);
  g_autofree char *unique = g_strdup (id);
  CsFactKind       kind = kind_of (key);
  CsFact          *fact;

  /* An address of a picture says nothing of what it shows */
  if (kind == CS_FACT_FILE && (strstr (clean, "://") != NULL || strlen (clean) > 200))
    return;
  if (*clean == '\0' || strlen (clean) > MAX_TEXT || (self->evidence->facts != NULL && self->evidence->facts->len >= MAX_FACTS))
    return;

  for (guint n = 2; cs_evidence_find (self->evidence, unique) != NULL; n++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s.%u", id, n);
    }

  fact = cs_evidence_add_fact (self->evidence, kind, unique, clean);
  if (kind == CS_FACT_FIELD)
    fact->where = g_strdup (key);
}

static char *
dup_value (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING: return json_node_dup_string (node);
    case G_TYPE_BOOLEAN: return g_strdup (json_node_get_boolean (node) ? "yes" : "no");
    case G_TYPE_INT64: return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_DOUBLE: return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.10g", json_node_get_double (node)));
    default: return NULL;
    }
}

/* {"value": 28, "unit": "cm"} */
static char *
dup_measure (JsonObject *object)
{
  const char *unit = cs_json_string (object, "unit", cs_json_string (object, "单位", NULL));
  JsonNode   *node = json_object_get_member (object, "value");

  node = node != NULL ? node : json_object_get_member (object, "数值");
  if (unit != NULL && node != NULL && JSON_NODE_HOLDS_VALUE (node))
    {
      g_autofree char *value = dup_value (node);

      return value != NULL ? g_strdup_printf ("%s %s", value, unit) : NULL;
    }

  return NULL;
}

/* {"id": "note.1", "text": "…"}, {"name": "Colour", "value": "red"} */
static gboolean
read_fact (Reader     *self,
           const char *path,
           JsonObject *object)
{
  static const char *const texts[] = { "text", "value", "fact", "content", "文本", "内容", "值" };
  static const char *const names[] = { "name", "key", "label", "field", "attribute", "属性", "名称", "字段" };
  const char      *id = cs_json_string (object, "id", NULL);
  const char      *name = NULL;
  JsonNode        *node = NULL;
  g_autofree char *value = NULL;
  g_autofree char *key = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts) && node == NULL; i++)
    node = json_object_get_member (object, texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (names) && name == NULL; i++)
    name = cs_json_string (object, names[i], NULL);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || (id == NULL && name == NULL && json_object_get_size (object) > 2) ||
      (value = dup_value (node)) == NULL)
    return FALSE;

  if (name == NULL)
    name = cs_json_string (object, "where", cs_json_string (object, "source", NULL));
  key = name != NULL ? g_strdup (name) : dup_name (id != NULL ? id : path);
  /* In a list of facts it is what is printed on the thing */
  if (!is_hint (key) || strcmp (key, "标签") == 0)
    add (self, id != NULL ? id : path, key, value);

  return TRUE;
}

static void
read_members (Reader     *self,
              const char *path,
              JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char      *key = l->data;
      g_autofree char *below = *path != '\0' ? g_strdup_printf ("%s.%s", path, key) : g_strdup (key);

      if (!is_hint (key))
        read_node (self, below, key, json_object_get_member (object, key));
    }
}

static void
read_object (Reader     *self,
             const char *path,
             const char *key,
             JsonObject *object)
{
  g_autofree char *measure = dup_measure (object);

  if (measure != NULL)
    add (self, path, key, measure);
  else if (*path == '\0' || !read_fact (self, path, object))
    read_members (self, path, object);
}

static void
read_node (Reader     *self,
           const char *path,
           const char *key,
           JsonNode   *node)
{
  if (++self->depth <= MAX_DEPTH)
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        read_object (self, path, key, json_node_get_object (node));
      else if (JSON_NODE_HOLDS_ARRAY (node))
        {
          JsonArray *array = json_node_get_array (node);

          for (guint i = 0; i < json_array_get_length (array) && i < MAX_FACTS; i++)
            {
              g_autofree char *below = g_strdup_printf ("%s.%u", *path != '\0' ? path : "fact", i + 1);

              read_node (self, below, *key != '\0' ? key : "facts", json_array_get_element (array, i));
            }
        }
      else if (JSON_NODE_HOLDS_VALUE (node))
        {
          g_autofree char *value = dup_value (node);

          if (value != NULL)
            add (self, *path != '\0' ? path : "fact", *key != '\0' ? key : "facts", value);
        }
    }
  self->depth--;
}

CsEvidence *
cs_ground_sheet_read (const char *json,
                      gssize      length,
                      GError    **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (CsEvidence) evidence = cs_evidence_new ();
  JsonNode  *root;
  JsonArray *products;
  Reader     self = { evidence, 0 };

  if (!(node = cs_json_parse (json, length, NULL)))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, _ ("This file is no JSON."));
      return NULL;
    }

  root = node;
  products = cs_json_array (cs_json_node_object (node), "products");
  if (products != NULL && json_array_get_length (products) > 1)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, _ ("This file is about several products. Give one at a time."));
      return NULL;
    }

  if (products != NULL && json_array_get_length (products) == 1)
    root = json_array_get_element (products, 0);

  read_node (&self, "", "", root);
  if (evidence->facts == NULL || evidence->facts->len == 0)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, _ ("This file has no facts about a product."));
      return NULL;
    }

  return g_steal_pointer (&evidence);
}

static const char *
name_of (CsPhraseState state)
{
  switch (state)
    {
    case CS_PHRASE_CONTRADICTS: return "contradicts";
    case CS_PHRASE_UNSOURCED: return "not-in-facts";
    case CS_PHRASE_GROUNDED:
    case CS_PHRASE_GLUE:
    default: return "grounded";
    }
}

static JsonArray *
dup_strings (char **strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);

  return array;
}

static JsonArray *
dup_parts (CsEvidence *facts,
           const char *text)
{
  g_autofree char *json = cs_evidence_to_json (facts);
  g_autoptr (CsEvidence) evidence = cs_evidence_from_json (json);
  JsonArray *array = json_array_new ();

  cs_ground_check (evidence, CS_FIELD_DESCRIPTION, text);
  for (guint i = 0; evidence->phrases != NULL && i < evidence->phrases->len; i++)
    {
      CsPhrase        *phrase = evidence->phrases->pdata[i];
      g_autofree char *slice = g_strndup (text + phrase->start, phrase->end - phrase->start);
      JsonObject      *object;

      if (phrase->state == CS_PHRASE_GLUE)
        continue;

      object = json_object_new ();
      json_object_set_string_member (object, "text", slice);
      json_object_set_string_member (object, "verdict", name_of (phrase->state));
      json_object_set_array_member (object, "facts", dup_strings (phrase->facts));
      json_object_set_string_member (object, "remark", phrase->remark != NULL ? phrase->remark : "");
      json_array_add_object_element (array, object);
    }

  return array;
}

JsonObject *
cs_ground_sheet_judge (CsEvidence *facts,
                       const char *phrase)
{
  g_autoptr (CsGroundVerdict) verdict = cs_ground_judge (facts, phrase);
  JsonObject *object = json_object_new ();
  JsonArray  *kinds = json_array_new ();

  for (guint i = 0; i < verdict->kinds->len; i++)
    json_array_add_string_element (kinds, verdict->kinds->pdata[i]);
  if (verdict->kinds->len == 0)
    json_array_add_string_element (kinds, "none");

  json_object_set_string_member (object, "phrase", phrase);
  json_object_set_string_member (object, "verdict", name_of (verdict->state));
  json_object_set_array_member (object, "facts", dup_strings (verdict->facts));
  json_object_set_array_member (object, "kinds", kinds);
  json_object_set_array_member (object, "parts", dup_parts (facts, phrase));
  json_object_set_string_member (object, "remark", verdict->remark != NULL ? verdict->remark : "");

  return object;
}
