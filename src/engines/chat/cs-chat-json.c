/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-chat-json.h"

#define MOST_DEPTH  12
#define MOST_VALUES 4000
#define MOST_TEXT   (32 * 1024)

typedef struct
{
  const char *at;
  guint       depth;
  guint       n_values;
  gboolean    keep_cut;
  gboolean    broken; /* nothing more is read: it ended too soon, or makes no sense */
  gboolean    cut;    /* the value that was read last was cut off */
} Reader;

static JsonNode *read_value (Reader *self);

static void
skip_space (Reader *self)
{
  while (*self->at == ' ' || *self->at == '\t' || *self->at == '\n' || *self->at == '\r')
    self->at++;
}

static void
append_unichar (GString *text,
                gunichar c)
{
  if (c != 0)
    g_string_append_unichar (text, g_unichar_validate (c) ? c : 0xfffd);
}

/* Four digits after \u; -1 where they are none */
static int
read_hex (const char *at)
{
  int value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }

  return value;
}

static void
read_unicode (Reader  *self,
              GString *text)
{
  int high = read_hex (self->at);
  int low;

  if (high < 0)
    return;

  self->at += 4;
  if (high >= 0xd800 && high < 0xdc00 && self->at[0] == '\\' && self->at[1] == 'u' &&
      (low = read_hex (self->at + 2)) >= 0xdc00 && low < 0xe000)
    {
      self->at += 6;
      append_unichar (text, 0x10000 + ((gunichar) (high - 0xd800) << 10) + (gunichar) (low - 0xdc00));
    }
  else
    append_unichar (text, high >= 0xd800 && high < 0xe000 ? 0xfffd : (gunichar) high);
}

static void
read_escape (Reader  *self,
             GString *text)
{
  char c = *self->at;

  if (c == '\0')
    return;

  self->at++;
  switch (c)
    {
    case 'n':
      g_string_append_c (text, '\n');
      break;
    case 't':
    case 'r':
    case 'b':
    case 'f':
      g_string_append_c (text, ' ');
      break;
    case 'u':
      read_unicode (self, text);
      break;
    default:
      /* What needs no escaping, too; its other bytes follow by themselves */
      g_string_append_c (text, c);
    }
}

/* A quotation mark ends a text where what follows could follow one; others belong to it */
static gboolean
ends_text (const char *after)
{
  gboolean line = FALSE;

  for (; *after == ' ' || *after == '\t' || *after == '\n' || *after == '\r'; after++)
    line = line || *after == '\n';

  return *after == '\0' || strchr (",}]:", *after) != NULL || (line && *after == '"');
}

/* NULL where it was cut off and such are not kept */
static char *
read_text (Reader *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char quote = *self->at++;

  while (*self->at != '\0')
    {
      if (*self->at == quote && ends_text (self->at + 1))
        {
          self->at++;
          return g_string_free_and_steal (g_steal_pointer (&text));
        }

      if (*self->at == '\\')
        {
          self->at++;
          read_escape (self, text);
        }
      else
        g_string_append_c (text, *self->at++);

      if (text->len > MOST_TEXT)
        break;
    }

  self->broken = self->cut = TRUE;
  if (!self->keep_cut || text->len > MOST_TEXT)
    return NULL;

  return g_utf8_make_valid (text->str, text->len);
}

static JsonNode *
make_text (Reader *self)
{
  g_autofree char *text = read_text (self);
  JsonNode *node;

  if (text == NULL)
    return NULL;

  node = json_node_alloc ();
  json_node_init_string (node, text);

  return node;
}

static JsonNode *
make_number (const char *text)
{
  char    *end;
  double   value = g_ascii_strtod (text, &end);
  JsonNode *node = json_node_alloc ();

  if (end == text || *end != '\0' || !isfinite (value))
    return json_node_init_null (node);
  if (value == floor (value) && fabs (value) < 9e15)
    return json_node_init_int (node, (gint64) value);

  return json_node_init_double (node, value);
}

/* A number or a bare word: true, false, and everything else is nothing */
static JsonNode *
read_word (Reader *self)
{
  const char *start = self->at;
  g_autofree char *word = NULL;

  while (g_ascii_isalnum (*self->at) || (*self->at != '\0' && strchr ("+-._", *self->at) != NULL))
    self->at++;
  if (self->at == start)
    {
      self->broken = TRUE;
      return NULL;
    }
  /* It may go on: "tru", "12" */
  if (*self->at == '\0')
    {
      self->broken = self->cut = TRUE;
      return NULL;
    }

  word = g_strndup (start, MIN ((gsize) (self->at - start), 64));
  if (g_ascii_strcasecmp (word, "true") == 0 || g_ascii_strcasecmp (word, "false") == 0)
    return json_node_init_boolean (json_node_alloc (), g_ascii_tolower (*word) == 't');

  return make_number (word);
}

/* "name" or name; NULL where there is none */
static char *
read_name (Reader *self)
{
  const char *start = self->at;

  if (*self->at == '"' || *self->at == '\'')
    {
      gboolean         keep_cut = self->keep_cut;
      g_autofree char *name = NULL;

      self->keep_cut = FALSE;
      name = read_text (self);
      self->keep_cut = keep_cut;
      skip_space (self);
      if (name != NULL && *self->at == ':')
        return g_steal_pointer (&name);

      return NULL;
    }

  while (g_ascii_isalnum (*self->at) || *self->at == '_')
    self->at++;
  if (self->at > start && *self->at == ':')
    return g_strndup (start, self->at - start);

  return NULL;
}

static gboolean
is_nothing (JsonNode *node)
{
  return JSON_NODE_HOLDS_NULL (node) ||
         (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) == '\0');
}

/* Of two of a name the later one counts, unless it says nothing */
static void
set_member (JsonObject *object,
            const char *name,
            JsonNode   *node)
{
  if (json_object_has_member (object, name) && is_nothing (node))
    json_node_unref (node);
  else
    json_object_set_member (object, name, node);
}

static void
read_members (Reader     *self,
              JsonObject *object)
{
  while (!self->broken)
    {
      g_autofree char *name = NULL;
      JsonNode        *node;

      skip_space (self);
      while (*self->at == ',')
        {
          self->at++;
          skip_space (self);
        }
      if (*self->at == '}')
        {
          self->at++;
          return;
        }
      if (*self->at == '\0' || (name = read_name (self)) == NULL)
        break;

      self->at++;
      if ((node = read_value (self)) != NULL)
        set_member (object, name, node);
    }

  self->broken = TRUE;
}

static void
read_elements (Reader    *self,
               JsonArray *array)
{
  while (!self->broken)
    {
      JsonNode *node;

      skip_space (self);
      while (*self->at == ',')
        {
          self->at++;
          skip_space (self);
        }
      if (*self->at == ']')
        {
          self->at++;
          return;
        }
      if (*self->at == '\0' || (node = read_value (self)) == NULL)
        break;

      json_array_add_element (array, node);
    }

  self->broken = TRUE;
}

static JsonNode *
read_value (Reader *self)
{
  JsonNode *node = NULL;

  skip_space (self);
  if (++self->n_values > MOST_VALUES || self->depth >= MOST_DEPTH)
    {
      self->broken = TRUE;
      return NULL;
    }

  if (*self->at == '{')
    {
      g_autoptr (JsonObject) object = json_object_new ();

      self->at++;
      self->depth++;
      read_members (self, object);
      self->depth--;
      node = json_node_init_object (json_node_alloc (), object);
    }
  else if (*self->at == '[')
    {
      g_autoptr (JsonArray) array = json_array_new ();

      self->at++;
      self->depth++;
      read_elements (self, array);
      self->depth--;
      node = json_node_init_array (json_node_alloc (), array);
    }
  else if (*self->at == '"' || *self->at == '\'')
    node = make_text (self);
  else
    node = read_word (self);

  return node;
}

JsonNode *
cs_chat_json_read (const char  *text,
                   gboolean     keep_cut,
                   gboolean    *whole,
                   const char **end)
{
  Reader    self = { .at = text, .keep_cut = keep_cut };
  JsonNode *node = *text == '{' ? read_value (&self) : NULL;

  *whole = node != NULL && !self.broken;
  *end = self.at;
  /* "{is}" and the like */
  if (node != NULL && !*whole && json_object_get_size (json_node_get_object (node)) == 0)
    g_clear_pointer (&node, json_node_unref);

  return node;
}
