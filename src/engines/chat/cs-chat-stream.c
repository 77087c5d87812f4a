/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-json.h"
#include "cs-chat-plain.h"
#include "cs-chat-stream.h"
#include "cs-event-stream.h"
#include "cs-json.h"

#define MOST_CONTENT (1024 * 1024)
#define MOST_EVENT   (2 * 1024 * 1024)
#define MOST_WHOLE   (4 * 1024 * 1024)
/* More than this no request of ours can have used: not believed */
#define MOST_TOKENS  10000000

typedef enum
{
  BODY_UNKNOWN, /* nothing but white space so far */
  BODY_EVENTS,
  BODY_WHOLE,   /* one JSON value, or something else */
} Body;

struct _CsChatStream
{
  Body           body;
  CsEventStream *events;
  GString       *whole;
  GString       *content;
  gsize          thought; /* bytes that it thought aloud beside it */
  gint64         tokens;  /* that all of it comes to, about, in tenths */
  gint64         most;    /* of them, or 0 for as many as come */
  char          *finish;
  gint64         input;
  gint64         output;
  CsChatFault   *fault;
  gboolean       done;    /* [DONE], or a whole answer */
  gboolean       answers; /* at least one chunk was one */
  gboolean       over;    /* nothing more is looked at */
};

CsChatStream *
cs_chat_stream_new (void)
{
  CsChatStream *self = g_new0 (CsChatStream, 1);

  self->events = cs_event_stream_new (MOST_EVENT);
  self->whole = g_string_new (NULL);
  self->content = g_string_new (NULL);
  self->input = self->output = -1;

  return self;
}

void
cs_chat_stream_free (CsChatStream *self)
{
  cs_event_stream_free (self->events);
  g_string_free (self->whole, TRUE);
  g_string_free (self->content, TRUE);
  g_free (self->finish);
  g_clear_pointer (&self->fault, cs_chat_fault_free);
  g_free (self);
}

/* A count, as a number or as a text; -1 where it is none that can be */
static gint64
get_count (JsonObject *usage,
           const char *member)
{
  const char *text = cs_json_string (usage, member, NULL);
  double      count = cs_json_double (usage, member, -1);

  if (text != NULL)
    count = g_ascii_strtod (text, NULL);

  return count >= 0 && count <= MOST_TOKENS ? (gint64) count : -1;
}

static void
read_usage (CsChatStream *self,
            JsonObject   *usage)
{
  gint64 input = MAX (get_count (usage, "prompt_tokens"), get_count (usage, "input_tokens"));
  gint64 output = MAX (get_count (usage, "completion_tokens"), get_count (usage, "output_tokens"));

  /* All noughts are no answer to what it cost */
  if (usage == NULL || input + output <= 0)
    return;

  if (input >= 0)
    self->input = input;
  if (output >= 0)
    self->output = output;
}

static void
append_content (CsChatStream *self,
                const char   *text)
{
  g_string_append (self->content, text);
  self->tokens += cs_chat_count_tenths (text);
  if (self->content->len > MOST_CONTENT)
    {
      g_autofree char *valid = NULL;

      g_string_truncate (self->content, MOST_CONTENT);
      valid = g_utf8_make_valid (self->content->str, -1);
      g_string_assign (self->content, valid);
      g_set_str (&self->finish, "length");
      self->over = TRUE;
    }
}

/* A text, or parts of which some are texts */
static void
read_content (CsChatStream *self,
              JsonObject   *message)
{
  const char *text = cs_json_string (message, "content", NULL);
  JsonArray  *parts = cs_json_array (message, "content");

  if (text != NULL)
    append_content (self, text);
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts) && !self->over; i++)
    {
      JsonObject *part = cs_json_array_object (parts, i);
      const char *kind = cs_json_string (part, "type", "text");

      if (g_str_equal (kind, "text") || g_str_equal (kind, "output_text"))
        append_content (self, cs_json_string (part, "text", ""));
    }

  if (cs_json_string (message, "refusal", NULL) != NULL)
    g_set_str (&self->finish, "refusal");
}

static void
weigh_thought (CsChatStream *self,
               JsonObject   *message)
{
  const char *text = cs_json_string (message, "reasoning_content", cs_json_string (message, "reasoning", NULL));

  if (text != NULL)
    {
      self->thought += strlen (text);
      self->tokens += cs_chat_count_tenths (text);
    }
}

static void
read_choice (CsChatStream *self,
             JsonObject   *choice)
{
  const char *finish = cs_json_string (choice, "finish_reason", NULL);
  gboolean    refused = g_strcmp0 (self->finish, "refusal") == 0;

  read_content (self, cs_json_object (choice, "delta"));
  read_content (self, cs_json_object (choice, "message"));
  weigh_thought (self, cs_json_object (choice, "delta"));
  weigh_thought (self, cs_json_object (choice, "message"));
  refused = refused || g_strcmp0 (self->finish, "refusal") == 0;
  if (finish != NULL && *finish != '\0' && !refused && !self->over)
    {
      g_autofree char *bounded = g_strndup (finish, 40);

      g_free (self->finish);
      self->finish = g_utf8_make_valid (bounded, -1);
    }
  /* Moonshot's stands here */
  read_usage (self, cs_json_object (choice, "usage"));
}

/* The first answer, wherever it stands among several; NULL where this is of another one */
static JsonObject *
find_choice (JsonArray *choices)
{
  for (guint i = 0; choices != NULL && i < json_array_get_length (choices); i++)
    {
      JsonObject *choice = cs_json_array_object (choices, i);

      if (choice != NULL && cs_json_int (choice, "index", 0) == 0)
        return choice;
    }

  return NULL;
}

static void
read_chunk (CsChatStream *self,
            JsonNode     *node)
{
  JsonObject *object = cs_json_node_object (node);
  JsonArray  *choices = cs_json_array (object, "choices");
  JsonObject *choice;

  if ((self->fault = cs_chat_fault_find (node)) != NULL)
    {
      self->over = TRUE;
      return;
    }

  if (choices != NULL)
    self->answers = TRUE;
  if ((choice = find_choice (choices)) != NULL)
    read_choice (self, choice);
  read_usage (self, cs_json_object (object, "usage"));
}

/* More than was reckoned with is not read on, so that it is not written on */
static void
stop_in_time (CsChatStream *self)
{
  if (self->most <= 0 || self->tokens <= self->most || self->over || self->finish != NULL)
    return;

  g_set_str (&self->finish, CS_CHAT_FINISH_LONG);
  self->over = TRUE;
}

/* Some servers write numbers that JSON does not have; what they wrote was paid for all the same */
static JsonNode *
parse (const char *text)
{
  JsonNode *node = cs_json_parse (text, -1, NULL);
  const char *end;
  gboolean whole = FALSE;

  if (node == NULL && *text == '{' && (node = cs_chat_json_read (text, FALSE, &whole, &end)) != NULL && !whole)
    g_clear_pointer (&node, json_node_unref);

  return node;
}

static void
read_events (CsChatStream *self)
{
  while (!self->over)
    {
      g_autofree char *data = cs_event_stream_pop (self->events);
      g_autoptr (JsonNode) node = NULL;

      if (data == NULL)
        return;

      g_strstrip (data);
      if (g_str_equal (data, "[DONE]"))
        self->done = self->over = TRUE;
      /* Events that are none of ours are passed over */
      else if ((*data == '{' || *data == '[') && (node = parse (data)) != NULL)
        {
          read_chunk (self, node);
          stop_in_time (self);
        }
    }
}

static void
read_whole (CsChatStream *self)
{
  const char *text = self->whole->str;
  g_autoptr (JsonNode) node = NULL;

  if (g_str_has_prefix (text, "\ufeff"))
    text += strlen ("\ufeff");
  if (g_utf8_validate (text, -1, NULL))
    node = parse (text);
  if (node == NULL)
    return;

  read_chunk (self, node);
  self->done = self->answers && self->fault == NULL;
}

/* What kind of body it is shows at its first character: JSON, a page, or lines with names */
static void
look_at_body (CsChatStream *self)
{
  const char *text = self->whole->str;

  if (g_str_has_prefix (text, "\ufeff"))
    text += strlen ("\ufeff");
  while (g_ascii_isspace (*text))
    text++;
  /* A mark that is not all there yet */
  if (*text == '\0' || (self->whole->len < 3 && (guchar) *text == 0xef))
    return;

  self->body = *text == '{' || *text == '[' || *text == '<' ? BODY_WHOLE : BODY_EVENTS;
}

void
cs_chat_stream_set_most (CsChatStream *self,
                         gint64        tokens)
{
  self->most = tokens * 10;
}

gboolean
cs_chat_stream_push (CsChatStream *self,
                     const char   *bytes,
                     gsize         length)
{
  if (self->over)
    return FALSE;

  if (self->body != BODY_EVENTS)
    {
      gboolean known = self->body != BODY_UNKNOWN;

      if (self->whole->len + length > MOST_WHOLE)
        {
          self->over = TRUE;
          return FALSE;
        }
      g_string_append_len (self->whole, bytes, length);
      if (!known)
        look_at_body (self);
      if (self->body != BODY_EVENTS)
        return TRUE;
      bytes = self->whole->str;
      length = self->whole->len;
    }

  if (!cs_event_stream_push (self->events, bytes, length, NULL))
    self->over = TRUE;
  read_events (self);

  return !self->over;
}

void
cs_chat_stream_end (CsChatStream *self)
{
  if (self->over)
    return;

  if (self->body == BODY_EVENTS)
    {
      cs_event_stream_end (self->events);
      read_events (self);
    }
  else
    read_whole (self);
  self->over = TRUE;
}

const char *
cs_chat_stream_get_content (CsChatStream *self)
{
  return self->content->str;
}

gsize
cs_chat_stream_get_length (CsChatStream *self)
{
  return self->content->len;
}

gsize
cs_chat_stream_get_written (CsChatStream *self)
{
  return self->content->len + self->thought;
}

const char *
cs_chat_stream_get_finish (CsChatStream *self)
{
  return self->finish;
}

gboolean
cs_chat_stream_is_complete (CsChatStream *self)
{
  return self->fault == NULL && (self->done || self->finish != NULL);
}

gint64
cs_chat_stream_get_input (CsChatStream *self)
{
  return self->input;
}

gint64
cs_chat_stream_get_output (CsChatStream *self)
{
  return self->output;
}

const CsChatFault *
cs_chat_stream_get_fault (CsChatStream *self)
{
  return self->fault;
}

gboolean
cs_chat_stream_is_foreign (CsChatStream *self)
{
  return !self->answers && self->fault == NULL;
}

gboolean
cs_chat_stream_is_page (CsChatStream *self)
{
  const char *text = self->whole->str;

  if (g_str_has_prefix (text, "\ufeff"))
    text += strlen ("\ufeff");
  while (g_ascii_isspace (*text))
    text++;

  return cs_chat_stream_is_foreign (self) && *text == '<';
}
