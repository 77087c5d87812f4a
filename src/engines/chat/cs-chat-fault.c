/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-chat-fault.h"
#include "cs-error.h"
#include "cs-json.h"
#include "cs-text.h"

/* What of a message is looked at, and what is shown of it */
#define MOST_BYTES 4096
#define MOST_UNITS 300

/* So many letters of a key tell which one it is */
#define TELLING 12

static char *
dup_plain (const char *text)
{
  g_autofree char *bounded = g_strndup (text, MIN (strlen (text), MOST_BYTES));
  g_autofree char *plain = cs_text_clean (bounded, FALSE);

  return *plain != '\0' ? cs_text_ellipsize (plain, MOST_UNITS) : NULL;
}

/* A member as text, whether it is a string or a number */
static char *
dup_scalar (JsonObject *object,
            const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  GType     type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING)
    return dup_plain (json_node_get_string (node));
  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return NULL;
}

static void
take (char **to,
      char  *text)
{
  if (*to == NULL)
    *to = text;
  else
    g_free (text);
}

static char *
dup_compact (JsonNode *node)
{
  g_autofree char *json = cs_json_canonical (node);

  return dup_plain (json);
}

/* A string, or a validator's list of places and words: all of it says what was refused */
static char *
dup_any (JsonObject *object,
         const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;

  return JSON_NODE_HOLDS_VALUE (node) ? dup_scalar (object, member) : dup_compact (node);
}

static void
read_object (CsChatFault *self,
             JsonObject  *object)
{
  take (&self->message, dup_any (object, "message"));
  take (&self->message, dup_scalar (object, "msg"));
  take (&self->message, dup_scalar (object, "error_msg"));
  take (&self->message, dup_any (object, "detail"));
  take (&self->code, dup_scalar (object, "code"));
  take (&self->code, dup_scalar (object, "error_code"));
  take (&self->type, dup_scalar (object, "type"));
  take (&self->type, dup_scalar (object, "status"));
  take (&self->param, dup_scalar (object, "param"));
}

/* An error's own place: "error" as an object, a string or true; the first of a list */
static gboolean
read_node (CsChatFault *self,
           JsonNode    *node,
           guint        depth)
{
  JsonObject *object;
  JsonNode   *error;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0 && depth < 3)
    return read_node (self, json_array_get_element (json_node_get_array (node), 0), depth + 1);

  object = cs_json_node_object (node);
  if (object == NULL)
    return FALSE;

  error = json_object_get_member (object, "error");
  if (error == NULL || JSON_NODE_HOLDS_NULL (error))
    return FALSE;

  if (JSON_NODE_HOLDS_ARRAY (error) && json_array_get_length (json_node_get_array (error)) > 0)
    error = json_array_get_element (json_node_get_array (error), 0);
  if (cs_json_node_object (error) != NULL)
    {
      /* One in another */
      if (depth < 3)
        read_node (self, error, depth + 1);
      read_object (self, cs_json_node_object (error));
      if (cs_json_object (cs_json_node_object (error), "metadata") != NULL)
        take (&self->message, dup_scalar (cs_json_object (cs_json_node_object (error), "metadata"), "raw"));
    }
  else if (JSON_NODE_HOLDS_VALUE (error) && json_node_get_value_type (error) == G_TYPE_STRING)
    take (&self->message, dup_plain (json_node_get_string (error)));
  else
    take (&self->code, dup_scalar (object, "error"));
  /* What stands beside it */
  read_object (self, object);

  return TRUE;
}

/* A number that stands for an HTTP status, as OpenRouter's inside a 200 */
static void
guess_status (CsChatFault *self)
{
  gint64 code = self->code != NULL ? g_ascii_strtoll (self->code, NULL, 10) : 0;

  if ((self->status == 0 || self->status == 200) && code >= 400 && code < 600)
    self->status = code;
}

CsChatFault *
cs_chat_fault_new (guint       status,
                   const char *body,
                   gssize      length)
{
  CsChatFault    *self = g_new0 (CsChatFault, 1);
  gsize           size = body == NULL ? 0 : length < 0 ? strlen (body) : (gsize) length;
  g_autofree char *text = g_strndup (body != NULL ? body : "", MIN (size, 64 * 1024));
  g_autoptr (JsonNode) node = NULL;

  self->status = status;
  g_strstrip (text);
  if (*text == '{' || *text == '[')
    node = cs_json_parse (text, -1, NULL);

  if (node != NULL && !read_node (self, node, 0))
    {
      if (JSON_NODE_HOLDS_ARRAY (node))
        take (&self->message, dup_compact (node));
      else if (cs_json_node_object (node) != NULL)
        read_object (self, cs_json_node_object (node));
    }
  /* A page of a proxy says nothing to a seller */
  else if (node == NULL && *text != '<' && *text != '\0')
    self->message = dup_plain (text);
  guess_status (self);

  return self;
}

CsChatFault *
cs_chat_fault_find (JsonNode *node)
{
  g_autoptr (CsChatFault) self = g_new0 (CsChatFault, 1);
  JsonNode   *first = node;
  JsonObject *object;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    first = json_array_get_element (json_node_get_array (node), 0);
  object = cs_json_node_object (first);

  if (read_node (self, node, 0))
    {
      guess_status (self);
      return g_steal_pointer (&self);
    }

  /* {"code":20012,"message":"…","data":null}: an answer has choices */
  if (object != NULL && !json_object_has_member (object, "choices") && !json_object_has_member (object, "usage") &&
      (json_object_has_member (object, "message") || json_object_has_member (object, "msg") ||
       json_object_has_member (object, "detail")))
    {
      read_object (self, object);
      guess_status (self);
      if (self->message != NULL)
        return g_steal_pointer (&self);
    }

  return NULL;
}

void
cs_chat_fault_free (CsChatFault *self)
{
  g_free (self->code);
  g_free (self->type);
  g_free (self->param);
  g_free (self->message);
  g_free (self);
}

char *
cs_chat_dup_bearer (const char *secret)
{
  g_autoptr (GString) bearer = g_string_new ("Bearer ");

  for (const char *p = secret != NULL ? secret : ""; *p != '\0'; p++)
    if (g_ascii_isgraph (*p))
      g_string_append_c (bearer, *p);

  return bearer->len > strlen ("Bearer ") ? g_strdup (bearer->str) : NULL;
}

/* Also one that was cut short: its first letters alone are looked for */
char *
cs_chat_dup_without (const char *text,
                     const char *secret)
{
  g_autofree char *first = g_strndup (secret != NULL ? secret : "", TELLING);
  GString    *out = g_string_new (NULL);
  const char *hit;

  /* One that is hardly any would be found everywhere */
  while (strlen (first) >= 4 && (hit = strstr (text, first)) != NULL)
    {
      gsize same = strlen (first);

      while (secret[same] != '\0' && hit[same] == secret[same])
        same++;
      g_string_append_len (out, text, hit - text);
      g_string_append (out, "…");
      text = hit + same;
    }
  g_string_append (out, text);

  return g_string_free_and_steal (out);
}

/* Some say the key again: what is shown and kept must not have it */
void
cs_chat_fault_hide (CsChatFault *self,
                    const char  *secret)
{
  char **texts[] = { &self->message, &self->code, &self->type, &self->param };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*texts[i] != NULL)
      {
        char *hidden = cs_chat_dup_without (*texts[i], secret);

        g_free (*texts[i]);
        *texts[i] = hidden;
      }
}

static gboolean
contains (const char *text,
          const char *word)
{
  g_autofree char *lower = text != NULL ? g_utf8_strdown (text, -1) : NULL;

  return lower != NULL && strstr (lower, word) != NULL;
}

gboolean
cs_chat_fault_names (const CsChatFault *self,
                     const char        *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);

  return contains (self->message, lower) || contains (self->param, lower) || contains (self->code, lower) ||
         contains (self->type, lower);
}

static gboolean
names_any (const CsChatFault *self,
           const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (cs_chat_fault_names (self, words[i]))
      return TRUE;

  return FALSE;
}

static gboolean
has_code (const CsChatFault *self,
          const char *const *codes)
{
  return self->code != NULL && g_strv_contains (codes, self->code);
}

CsChatFaultKind
cs_chat_fault_get_kind (const CsChatFault *self)
{
  /* 1113: Zhipu's empty account [unverified], 30001: SiliconFlow's [unverified] */
  static const char *const money_codes[] = { "1113", "30001", "insufficient_quota", "insufficient_balance", "Arrearage", "AccountOverdueError", NULL };
  static const char *const money_words[] = { "insufficient balance", "insufficient_quota", "insufficient quota", "not enough credit",
                                             "insufficient credits", "exceeded_current_quota", "account balance", "balance is insufficient", "arrearage", "overdue",
                                             "billing details", "余额不足", "欠费", NULL };
  static const char *const key_words[] = { "invalid_api_key", "incorrect api key", "invalid api key", "api key not valid",
                                           "invalidapikey", "api_key_invalid", "unauthorized", NULL };
  /* 1000..1004: Zhipu's about keys, 1301: its rules, 1302 and 1305: too many at once [unverified] */
  static const char *const key_codes[] = { "1000", "1001", "1002", "1003", "1004", "invalid_api_key", "InvalidApiKey", NULL };
  static const char *const busy_codes[] = { "1302", "1303", "1305", "rate_limit_exceeded", "rate_limit_reached_error", NULL };
  static const char *const content_words[] = { "content_filter", "content filter", "content_policy", "data_inspection_failed", "datainspectionfailed",
                                               "inappropriate content", "sensitivecontent", "moderation", "敏感", "不安全", NULL };
  static const char *const long_words[] = { "context_length_exceeded", "maximum context length", "context length", "context window",
                                            "exceed_context_size", "exceeds the available context", "too many tokens", "prompt is too long",
                                            "input is too long", "range of input length", NULL };
  static const char *const model_words[] = { "model_not_found", "modelnotfound", "model_not_exist", "no such model", "model not exist",
                                             "model does not exist", "unknown model", "invalid model", "model not found", "模型不存在",
                                             "invalidendpointormodel", "not a valid model", NULL };
  static const char *const busy_words[] = { "rate limit", "rate_limit", "too many requests", "throttling", "overloaded", "try again later", NULL };

  static const char *const model_codes[] = { "1211", "1212", "1220", "ModelNotFound", "model_not_found", NULL };
  static const char *const pace_words[] = { "retry", "per minute", "perminute", "rate limit", NULL };

  if (has_code (self, money_codes) || self->status == 402)
    return CS_CHAT_FAULT_MONEY;
  if (self->status == 401)
    return CS_CHAT_FAULT_KEY;
  if (names_any (self, money_words) ||
      (cs_chat_fault_names (self, "exceeded your current quota") && !names_any (self, pace_words)))
    return CS_CHAT_FAULT_MONEY;
  if (has_code (self, busy_codes) || self->status == 429)
    return CS_CHAT_FAULT_BUSY;
  if (names_any (self, content_words) || g_strcmp0 (self->code, "1301") == 0)
    return CS_CHAT_FAULT_CONTENT;
  if (self->status == 401 || self->status == 403 || has_code (self, key_codes) || names_any (self, key_words))
    return CS_CHAT_FAULT_KEY;
  if (names_any (self, long_words) || self->status == 413)
    return CS_CHAT_FAULT_TOO_LONG;
  if (has_code (self, model_codes) || names_any (self, model_words) ||
      (cs_chat_fault_names (self, "model") && (cs_chat_fault_names (self, "does not exist") || cs_chat_fault_names (self, "not found") ||
                                               cs_chat_fault_names (self, "not loaded") || self->status == 404)))
    return CS_CHAT_FAULT_MODEL;
  /* Nothing is at that address at all */
  if (self->status == 404 || self->status == 405)
    return CS_CHAT_FAULT_OTHER;
  if (self->status == 408 || self->status == 409 || self->status == 425 || self->status >= 500 || names_any (self, busy_words))
    return CS_CHAT_FAULT_BUSY;
  if (self->status == 400 || self->status == 422)
    return CS_CHAT_FAULT_PARAMETER;

  /* Sent elsewhere: a key does not follow */
  if (self->status >= 300 && self->status < 400)
    return CS_CHAT_FAULT_OTHER;

  /* In a stream without a number: it was working, and something broke */
  return self->status < 400 ? CS_CHAT_FAULT_BUSY : CS_CHAT_FAULT_OTHER;
}

static char *
make_quote (const CsChatFault *self)
{
  /* Translators: what a provider answered, added to a sentence about it */
  return self->message != NULL ? g_strdup_printf (_(" It says: “%s”"), self->message) : g_strdup ("");
}

GError *
cs_chat_fault_to_error (const CsChatFault *self,
                        const char        *provider,
                        const char        *model)
{
  g_autofree char *quote = make_quote (self);

  switch (cs_chat_fault_get_kind (self))
    {
    case CS_CHAT_FAULT_KEY:
      return g_error_new (CS_ERROR, CS_ERROR_SIGN_IN, _("%s does not take this key. Open the model’s settings and paste the key again.%s"), provider, quote);
    case CS_CHAT_FAULT_MONEY:
      return g_error_new (CS_ERROR, CS_ERROR_SIGN_IN, _("There is no money left in your account at %s. Top it up there, then go on.%s"), provider, quote);
    case CS_CHAT_FAULT_MODEL:
      return g_error_new (CS_ERROR, CS_ERROR_SIGN_IN, _("%s has no model “%s”. Open the model’s settings and choose another.%s"), provider, model, quote);
    case CS_CHAT_FAULT_TOO_LONG:
      return g_error_new (CS_ERROR, CS_ERROR_REFUSED, _("This product is more than “%s” can read at once. Shorten its note, or choose another model.%s"), model, quote);
    case CS_CHAT_FAULT_CONTENT:
      return g_error_new (CS_ERROR, CS_ERROR_REFUSED, _("%s did not write about this product: its own rules keep it from doing so. Write the texts yourself, or ask another model.%s"), provider, quote);
    case CS_CHAT_FAULT_BUSY:
      return g_error_new (CS_ERROR, CS_ERROR_LATER, _("%s is busy. Go on in a while.%s"), provider, quote);
    case CS_CHAT_FAULT_PARAMETER:
    case CS_CHAT_FAULT_OTHER:
    default:
      if (self->status >= 300 && self->status < 400)
        return g_error_new (CS_ERROR, CS_ERROR_REFUSED, _("%s sends whoever asks on to another address. Your texts, photos and key do not follow. Check the address in its settings."), provider);
      return g_error_new (CS_ERROR, CS_ERROR_REFUSED, _("%s did not understand the question. Check the address and the model in its settings.%s"), provider, quote);
    }
}
