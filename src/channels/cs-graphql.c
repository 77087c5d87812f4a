/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-json.h"
#include "cs-channel-private.h"
#include "cs-graphql.h"
#include "cs-json.h"
#include "cs-text.h"

/* What GraphQL says of replies is in https://spec.graphql.org/October2021/#sec-Response:
 * without "data" nothing was begun; with it, also with null, something was, and
 * only a look at the shop tells how much of it.
 */

/* Of a sentence of the marketplace's own */
#define MESSAGE_UNITS 240

/* https://www.apollographql.com/docs/apollo-server/data/errors/ and those that
 * several marketplaces use
 */
static const CsGraphqlCode common_codes[] = {
  { "UNAUTHENTICATED", FALSE, CS_ERROR_SIGN_IN },
  { "FORBIDDEN", FALSE, CS_ERROR_SIGN_IN },
  { "ACCESS_DENIED", FALSE, CS_ERROR_SIGN_IN },
  { "THROTTLED", FALSE, CS_ERROR_LATER },
  { "BAD_USER_INPUT", FALSE, CS_ERROR_REFUSED },
  { "GRAPHQL_PARSE_FAILED", FALSE, CS_ERROR_REFUSED },
  { "GRAPHQL_VALIDATION_FAILED", FALSE, CS_ERROR_REFUSED },
  { NULL },
};

const char *
cs_graphql_get_shop (CsChannel *channel)
{
  return cs_channel_get_name (channel);
}

static JsonNode *
write_operation (const char *query,
                 JsonObject *variables)
{
  JsonNode   *node;
  JsonObject *object = cs_channel_json_make_root (&node);

  json_object_set_string_member (object, "query", query);
  if (variables != NULL)
    json_object_set_object_member (object, "variables", variables);

  return node;
}

CsRequest *
cs_graphql_make_request (CsChannel  *channel,
                         const char *path,
                         const char *query,
                         JsonObject *variables)
{
  CsRequest *request = cs_channel_make_request (channel, "POST", "%s", path);
  g_autoptr (JsonNode) operation = write_operation (query, variables);

  cs_request_set_header (request, "Accept", "application/json");
  cs_request_set_json (request, operation);

  return request;
}

CsRequest *
cs_graphql_make_upload (CsChannel  *channel,
                        const char *path,
                        const char *query,
                        JsonObject *variables,
                        const char *place,
                        const char *file_name,
                        const char *content_type,
                        GBytes     *file)
{
  CsRequest *request = cs_channel_make_request (channel, "POST", "%s", path);
  g_autoptr (JsonNode) operation = write_operation (query, variables);
  g_autoptr (JsonNode) map = NULL;
  JsonObject *places = cs_channel_json_make_root (&map);
  g_autofree char *operation_text = cs_json_canonical (operation);
  g_autofree char *map_text = NULL;
  g_autoptr (GBytes) operation_bytes = g_bytes_new (operation_text, strlen (operation_text));
  g_autoptr (GBytes) map_bytes = NULL;

  cs_channel_json_set_strings (places, "0", (char *[]){ (char *) place, NULL });
  map_text = cs_json_canonical (map);
  map_bytes = g_bytes_new (map_text, strlen (map_text));

  cs_request_set_header (request, "Accept", "application/json");
  /* Servers that guard against foreign web pages want a header that no page can send */
  cs_request_set_header (request, "Apollo-Require-Preflight", "true");
  cs_request_set_multipart (request,
                            (CsFormPart[]){
                              { "operations", NULL, NULL, operation_bytes },
                              { "map", NULL, NULL, map_bytes },
                              { "0", file_name, content_type, file },
                            },
                            3);

  return request;
}

JsonObject *
cs_graphql_get_data (JsonNode   *reply,
                     const char *member)
{
  JsonObject *data = cs_json_object (cs_json_node_object (reply), "data");

  return member != NULL ? cs_json_object (data, member) : data;
}

static const CsGraphqlCode *
find_code (const CsGraphqlCode *codes,
           const char          *name)
{
  for (guint i = 0; name != NULL && codes != NULL && codes[i].name != NULL; i++)
    {
      if (g_str_equal (codes[i].name, name))
        return &codes[i];
    }

  for (guint i = 0; name != NULL && common_codes[i].name != NULL; i++)
    {
      if (g_str_equal (common_codes[i].name, name))
        return &common_codes[i];
    }

  return NULL;
}

static char *
write_sentence (CsChannel  *channel,
                CsError     code,
                const char *message,
                const char *field)
{
  const char      *shop = cs_channel_get_name (channel);
  g_autofree char *short_message = NULL;

  if (message == NULL || message[0] == '\0' || (code != CS_ERROR_REFUSED && code != CS_ERROR_CONFLICT && code != CS_ERROR_SIGN_IN))
    return NULL;

  short_message = cs_text_ellipsize (message, MESSAGE_UNITS);
  if (code == CS_ERROR_SIGN_IN)
    return g_strdup_printf (_("%s does not allow this with the keys that it was given: %s"), shop, short_message);

  if (field != NULL)
    return g_strdup_printf (_("%s did not accept the product (%s): %s"), shop, field, short_message);

  return g_strdup_printf (_("%s did not accept the product: %s"), shop, short_message);
}

/* Whether anything of what was asked for was answered */
static gboolean
has_answer (JsonObject *data)
{
  g_autoptr (GList) members = data != NULL ? json_object_get_values (data) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (!JSON_NODE_HOLDS_NULL ((JsonNode *) l->data))
        return TRUE;
    }

  return FALSE;
}

/* One of "errors": a name that is known tells, else whether anything was begun */
static CsError
judge_error (CsChannelStep       *step,
             JsonObject          *reply,
             JsonObject          *error,
             const CsGraphqlCode *codes)
{
  const char          *name = cs_json_string (cs_json_object (error, "extensions"), "code", NULL);
  const CsGraphqlCode *known = find_code (codes, name);
  CsError              code;

  if (known == NULL && !json_object_has_member (reply, "data"))
    code = name == NULL ? CS_ERROR_REFUSED : step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER;
  else if (known == NULL)
    code = step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER;
  else
    code = known->code;

  /* Refused, but part of it was done */
  if (step != NULL && step->picture < 0 && code == CS_ERROR_REFUSED && has_answer (cs_json_object (reply, "data")))
    return CS_ERROR_UNKNOWN;

  return code;
}

static gboolean
find_error (CsChannel           *channel,
            CsChannelStep       *step,
            JsonObject          *reply,
            const CsGraphqlCode *codes,
            CsError             *code,
            char               **sentence)
{
  JsonArray *errors = cs_json_array (reply, "errors");
  gboolean   found = FALSE;

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonObject *error = cs_json_array_object (errors, i);
      CsError     judged = judge_error (step, reply, error, codes);

      /* What nobody knows outweighs what is known */
      if (found && judged != CS_ERROR_UNKNOWN)
        continue;

      found = TRUE;
      *code = judged;
      g_free (*sentence);
      *sentence = write_sentence (channel, judged, cs_json_string (error, "message", NULL), NULL);
    }

  return found;
}

static gboolean
judge_result (CsChannel           *channel,
              JsonObject          *result,
              const char          *name,
              const CsGraphqlCode *codes,
              CsError             *code,
              char               **sentence)
{
  const CsGraphqlCode *known = find_code (codes, name);
  JsonArray           *path = cs_json_array (result, "field");
  const char          *field = NULL;

  if (known != NULL && known->is_none)
    return FALSE;

  for (guint i = 0; path != NULL && i < json_array_get_length (path); i++)
    field = cs_json_array_string (path, i) != NULL ? cs_json_array_string (path, i) : field;

  *code = known != NULL ? known->code : CS_ERROR_REFUSED;
  *sentence = write_sentence (channel, *code, cs_json_string (result, "message", NULL), field);

  return TRUE;
}

static gboolean
find_in_result (CsChannel           *channel,
                JsonObject          *result,
                const CsGraphqlCode *codes,
                CsError             *code,
                char               **sentence)
{
  JsonArray  *errors = cs_json_array (result, "userErrors");
  const char *name = cs_json_string (result, "errorCode", NULL);

  if (name != NULL)
    return judge_result (channel, result, name, codes, code, sentence);

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonObject *error = cs_json_array_object (errors, i);

      if (judge_result (channel, error, cs_json_string (error, "code", NULL), codes, code, sentence))
        return TRUE;
    }

  return FALSE;
}

/* User errors and error results, in an answer or in a list of them */
static gboolean
find_in_answer (CsChannel           *channel,
                JsonNode            *answer,
                const CsGraphqlCode *codes,
                CsError             *code,
                char               **sentence)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (answer) ? json_node_get_array (answer) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      if (find_in_result (channel, cs_json_array_object (list, i), codes, code, sentence))
        return TRUE;
    }

  return find_in_result (channel, cs_json_node_object (answer), codes, code, sentence);
}

gboolean
cs_graphql_find_fault (CsChannel           *channel,
                       CsChannelStep       *step,
                       JsonNode            *json,
                       const CsGraphqlCode *codes,
                       CsError             *code,
                       char               **sentence)
{
  JsonObject *reply = cs_json_node_object (json);
  JsonObject *data = cs_json_object (reply, "data");
  g_autoptr (GList) answers = NULL;

  if (find_error (channel, step, reply, codes, code, sentence))
    return TRUE;

  answers = data != NULL ? json_object_get_values (data) : NULL;
  for (GList *l = answers; l != NULL; l = l->next)
    {
      if (find_in_answer (channel, l->data, codes, code, sentence))
        return TRUE;
    }

  return FALSE;
}

CsError
cs_graphql_classify (CsChannel           *channel,
                     CsChannelStep       *step,
                     CsReply             *reply,
                     JsonNode            *json,
                     const CsGraphqlCode *codes,
                     char               **sentence)
{
  CsError code = cs_channel_classify_status (step, reply);

  /* What is wrong with a query is told with 400 */
  if (code == CS_ERROR_REFUSED)
    find_error (channel, step, cs_json_node_object (json), codes, &code, sentence);

  return code;
}
