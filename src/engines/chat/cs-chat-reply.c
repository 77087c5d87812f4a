/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-json.h"
#include "cs-chat-plain.h"
#include "cs-chat-reply.h"
#include "cs-json.h"
#include "cs-text.h"

/* Bounds, generous to what is of use: units as in cs_text_units() */
#define MOST_CONTENT     (1024 * 1024)
#define MOST_TRIES       48
#define MOST_TITLES      3
#define MOST_TITLE       240
#define MOST_DESCRIPTION 6000
#define MOST_BULLETS     10
#define MOST_BULLET      600
#define MOST_KEYWORDS    30
#define MOST_KEYWORD     80
#define MOST_ALTS        30
#define MOST_ALT         400
#define MOST_WORDS       8
#define MOST_WORD        300

/* What a member may be called: as it was asked for first */
static const char *const title_names[] = { "titles", "title", "标题", "標題", NULL };
static const char *const description_names[] = { "description", "描述", "商品描述", NULL };
static const char *const bullets_names[] = { "bullets", "bullet_points", "bulletPoints", "卖点", "賣點", NULL };
static const char *const keywords_names[] = { "keywords", "tags", "关键词", "關鍵詞", NULL };
static const char *const alts_names[] = { "alt_texts", "alt_text", "altTexts", "图片说明", NULL };
static const char *const questions_names[] = { "missing", "questions", "缺少", NULL };
static const char *const warnings_names[] = { "warnings", "警告", NULL };

static JsonNode *
find_member (JsonObject        *object,
             const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (object, names[i]);

      if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
        return node;
    }

  return NULL;
}

static gboolean
is_known (JsonObject *object)
{
  return find_member (object, title_names) != NULL || find_member (object, description_names) != NULL ||
         find_member (object, bullets_names) != NULL || find_member (object, keywords_names) != NULL ||
         find_member (object, alts_names) != NULL || find_member (object, questions_names) != NULL;
}

/* {"listing": {…}}: what was asked for, in a box */
static JsonObject *
open_box (JsonObject *object)
{
  JsonObjectIter iter;
  JsonNode      *node;

  if (is_known (object))
    return object;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &node))
    if (JSON_NODE_HOLDS_OBJECT (node) && is_known (json_node_get_object (node)))
      return json_node_get_object (node);

  return NULL;
}

/* The text that a value is: a string, a number, or an object with one inside */
static const char *
get_text (JsonNode *node,
          char    **buffer)
{
  static const char *const names[] = { "text", "title", "value", "content", "question", "keyword", NULL };
  GType type;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    node = find_member (json_node_get_object (node), names);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return json_node_get_string (node);
  if (type == G_TYPE_INT64)
    return *buffer = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return NULL;
}

/* Bullets and numbers that a model puts before the lines of a list */
static const char *
skip_marker (const char *text)
{
  const char *after = text;

  if (g_str_has_prefix (text, "• ") || g_str_has_prefix (text, "· "))
    return strchr (text, ' ') + 1;

  while (g_ascii_isdigit (*after))
    after++;
  if (after > text && after - text <= 2 && (*after == '.' || *after == ')') && after[1] == ' ')
    return after + 2;

  return text;
}

static gboolean
has_text (GPtrArray  *list,
          const char *text)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (list->pdata[i], text))
      return TRUE;

  return FALSE;
}

/* What is written where there is nothing to write */
static gboolean
says_nothing (const char *text)
{
  static const char *const nothing[] = { "", "none", "n/a", "na", "null", "unknown", "-", "...", "…", "无", "無", "暂无", "暫無", "未知", NULL };
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return g_strv_contains (nothing, lower);
}

typedef struct
{
  guint       most;
  guint       units; /* that one may have: longer ones are left out, not cut */
  const char *breaks; /* where one text is split into several, or NULL */
  gboolean    lists;  /* entries may bear a marker */
  gboolean    numbers; /* one may be nothing but a number */
  gboolean    talks;   /* it is to be read by the seller, not by buyers */
} Kind;

static void
add_text (CsChatReply *self,
          GPtrArray   *list,
          const Kind  *kind,
          const char  *text)
{
  g_autofree char *plain = cs_chat_plain (text, FALSE);
  const char      *said = kind->lists ? skip_marker (plain) : plain;

  if (says_nothing (said) || list->len >= kind->most || (kind->talks && cs_chat_is_lure (said)))
    return;
  if (cs_chat_is_meta (said))
    self->refuses = TRUE;
  else if (cs_text_units (said) <= kind->units && !has_text (list, said))
    g_ptr_array_add (list, g_strdup (said));
}

/* Chinese lists are parted by marks of more than one byte */
static char **
split (const char *text,
       const char *breaks)
{
  g_autoptr (GString) even = g_string_new (text);

  g_string_replace (even, "，", "\n", 0);
  g_string_replace (even, "、", "\n", 0);
  g_string_replace (even, "；", "\n", 0);

  return g_strsplit_set (strchr (breaks, ',') != NULL ? even->str : text, breaks, -1);
}

static void
add_value (CsChatReply *self,
           GPtrArray   *list,
           const Kind  *kind,
           JsonNode    *node)
{
  g_autofree char *buffer = NULL;
  const char      *text = get_text (node, &buffer);

  if (buffer != NULL && !kind->numbers)
    return;

  if (text != NULL && kind->breaks != NULL)
    {
      g_auto (GStrv) parts = split (text, kind->breaks);

      for (guint i = 0; parts[i] != NULL && list->len < kind->most; i++)
        add_text (self, list, kind, parts[i]);
    }
  else if (text != NULL)
    add_text (self, list, kind, text);
}

static void
add_values (CsChatReply *self,
            GPtrArray   *list,
            const Kind  *kind,
            JsonNode    *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array) && list->len < kind->most; i++)
    add_value (self, list, kind, json_array_get_element (array, i));
  if (array == NULL && node != NULL)
    add_value (self, list, kind, node);
}

/* Sentences go on on the same line, what does not end as one on the next */
static const char *
get_joint (const char *text)
{
  static const char *const ends[] = { ".", "!", "?", ".\"", "。", "！", "？", "。”", NULL };

  for (guint i = 0; ends[i] != NULL; i++)
    if (g_str_has_suffix (text, ends[i]))
      return i < 4 ? " " : "";

  return *text != '\0' ? "\n" : "";
}

/* Sentences, or paragraphs, or one text: as they were given, in one */
static void
read_description (CsChatReply *self,
                  JsonNode    *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GString) whole = g_string_new (NULL);

  for (guint i = 0; node != NULL && i < (array != NULL ? MIN (json_array_get_length (array), 40) : 1); i++)
    {
      g_autofree char *buffer = NULL;
      g_autofree char *plain = NULL;
      const char      *text = get_text (array != NULL ? json_array_get_element (array, i) : node, &buffer);

      if (text == NULL || buffer != NULL)
        continue;

      plain = cs_chat_plain (text, TRUE);
      if (cs_chat_is_meta (plain))
        self->refuses = TRUE;
      else if (!says_nothing (plain) && cs_text_units (whole->str) + cs_text_units (plain) <= MOST_DESCRIPTION)
        {
          g_string_append (whole, get_joint (whole->str));
          g_string_append (whole, plain);
        }
    }

  if (whole->len > 0)
    self->description = g_strdup (whole->str);
}

static void
cs_chat_alt_free (CsChatAlt *alt)
{
  g_free (alt->text);
  g_free (alt);
}

static void
read_alt (CsChatReply *self,
          JsonNode    *node,
          guint        position)
{
  g_autofree char *buffer = NULL;
  g_autofree char *plain = NULL;
  const char      *text = get_text (node, &buffer);
  JsonObject      *object = cs_json_node_object (node);
  const char      *named = cs_json_string (object, "photo", NULL);
  gint64           photo = cs_json_int (object, "photo", named != NULL ? g_ascii_strtoll (named, NULL, 10) : object == NULL ? position : 0);

  if (text == NULL || buffer != NULL || photo < 1 || photo > MOST_ALTS)
    return;

  for (guint i = 0; i < self->alts->len; i++)
    if (((CsChatAlt *) self->alts->pdata[i])->photo == photo)
      return;

  plain = cs_chat_plain (text, FALSE);
  if (!says_nothing (plain) && cs_text_units (plain) <= MOST_ALT && !cs_chat_is_meta (plain))
    {
      CsChatAlt *alt = g_new0 (CsChatAlt, 1);

      alt->photo = photo;
      alt->text = g_steal_pointer (&plain);
      g_ptr_array_add (self->alts, alt);
    }
}

static void
read_alts (CsChatReply *self,
           JsonNode    *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), 2 * MOST_ALTS); i++)
    read_alt (self, json_array_get_element (array, i), i + 1);
  if (array == NULL && node != NULL)
    read_alt (self, node, 1);
}

static CsChatReply *
cs_chat_reply_new (void)
{
  CsChatReply *self = g_new0 (CsChatReply, 1);

  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->bullets = g_ptr_array_new_with_free_func (g_free);
  self->keywords = g_ptr_array_new_with_free_func (g_free);
  self->questions = g_ptr_array_new_with_free_func (g_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->alts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_chat_alt_free);

  return self;
}

static void
read_object (CsChatReply *self,
             JsonObject  *object)
{
  static const Kind title = { MOST_TITLES, MOST_TITLE, NULL, FALSE, FALSE, FALSE };
  static const Kind bullet = { MOST_BULLETS, MOST_BULLET, "\n", TRUE, FALSE, FALSE };
  static const Kind keyword = { MOST_KEYWORDS, MOST_KEYWORD, "\n,;", FALSE, TRUE, FALSE };
  static const Kind word = { MOST_WORDS, MOST_WORD, NULL, TRUE, FALSE, TRUE };

  add_values (self, self->titles, &title, find_member (object, title_names));
  read_description (self, find_member (object, description_names));
  add_values (self, self->bullets, &bullet, find_member (object, bullets_names));
  add_values (self, self->keywords, &keyword, find_member (object, keywords_names));
  read_alts (self, find_member (object, alts_names));
  add_values (self, self->questions, &word, find_member (object, questions_names));
  add_values (self, self->warnings, &word, find_member (object, warnings_names));
}

/* What it thought aloud is not its answer. last: where a thought was never closed,
 * what it came to stands at the end.
 */
static const char *
skip_thoughts (const char *text,
               gboolean   *last)
{
  const char *closed = NULL;
  const char *brace = NULL;

  *last = FALSE;
  while (g_ascii_isspace (*text) || g_str_has_prefix (text, "\ufeff"))
    text += g_ascii_isspace (*text) ? 1 : strlen ("\ufeff");
  if (*text == '{' || *text == '[' || *text == '`')
    return text;

  for (const char *at = text; (at = strstr (at, "</think")) != NULL; at++)
    {
      /* One within the answer's own texts is not an end of thoughts */
      if (closed == NULL)
        brace = strchr (at, '{');
      else if (brace != NULL && brace < at)
        break;
      closed = at;
    }
  if (closed != NULL && strchr (closed, '>') != NULL)
    return strchr (closed, '>') + 1;

  *last = g_str_has_prefix (text, "<think") || g_str_has_prefix (text, "<reason");

  return text;
}

/* The first object that is one of ours (or the last); in one that is whole rather than not */
static JsonNode *
find_object (const char *text,
             gboolean    last,
             gboolean    keep_cut,
             gboolean   *whole)
{
  JsonNode *best = NULL;
  guint     tries = 0;

  *whole = FALSE;
  for (const char *at = strchr (text, '{'); at != NULL && tries < MOST_TRIES; tries++)
    {
      const char *end;
      gboolean    closed;
      g_autoptr (JsonNode) node = cs_chat_json_read (at, keep_cut, &closed, &end);

      if (node != NULL && open_box (json_node_get_object (node)) != NULL && (best == NULL || closed || !*whole))
        {
          g_clear_pointer (&best, json_node_unref);
          best = g_steal_pointer (&node);
          *whole = closed;
          if (closed && !last)
            break;
        }
      /* What was read is not looked into again, but for what broke off */
      at = strchr (closed && end > at ? end : at + 1, '{');
    }

  return best;
}

CsChatReply *
cs_chat_reply_read (const char *content,
                    gboolean    keep_cut)
{
  g_autoptr (CsChatReply) self = cs_chat_reply_new ();
  g_autofree char *bounded = g_strndup (content, MOST_CONTENT);
  g_autofree char *valid = g_utf8_make_valid (bounded, -1);
  g_autoptr (JsonNode) node = NULL;
  const char *text;
  gboolean    last;

  text = skip_thoughts (valid, &last);
  node = find_object (text, last, keep_cut, &self->whole);

  if (node == NULL)
    {
      g_autofree char *plain = keep_cut ? NULL : cs_chat_plain (last ? "" : text, FALSE);

      if (plain == NULL || *plain == '\0' || !cs_chat_is_meta (plain))
        return NULL;
      self->refuses = TRUE;
    }
  else
    read_object (self, open_box (json_node_get_object (node)));

  return g_steal_pointer (&self);
}

void
cs_chat_reply_free (CsChatReply *self)
{
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->bullets);
  g_ptr_array_unref (self->keywords);
  g_ptr_array_unref (self->alts);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->warnings);
  g_free (self->description);
  g_free (self);
}

gboolean
cs_chat_reply_is_usable (CsChatReply *self)
{
  return self->titles->len > 0 || self->description != NULL || self->bullets->len > 0 || self->questions->len > 0;
}
