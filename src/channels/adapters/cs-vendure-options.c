/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-channel-json.h"
#include "cs-graphql.h"
#include "cs-json.h"
#include "cs-listing-variants.h"
#include "cs-vendure-private.h"

/* What variants differ in, "Size" and "Colour", are groups of options with names
 * of their own. They are made first, all in one request, then attached to the
 * product. A group that was made by a request that nobody saw the end of is made
 * again: no customer ever sees one that belongs to no product.
 */

/* The groups that the product has, as the journal tells */
static JsonArray *
get_groups_there (CsJournal *journal)
{
  return journal != NULL ? cs_json_array (cs_journal_get_detail (journal, "shown"), "groups") : NULL;
}

static JsonObject *
find_named (JsonArray  *list,
            const char *name)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *one = cs_json_array_object (list, i);

      if (g_strcmp0 (cs_json_string (one, "name", NULL), name) == 0)
        return one;
    }

  return NULL;
}

static void
set_names (CsChannel  *channel,
           JsonObject *input,
           const char *code,
           const char *name)
{
  JsonArray  *translations = json_array_new ();
  JsonObject *translation = json_object_new ();

  json_object_set_string_member (translation, "languageCode", cs_vendure_get_language (channel));
  json_object_set_string_member (translation, "name", name);
  json_array_add_object_element (translations, translation);
  json_object_set_array_member (input, "translations", translations);
  json_object_set_string_member (input, "code", code);
}

static void
add_value (CsChannel  *channel,
           JsonArray  *options,
           const char *code,
           guint       n,
           const char *value)
{
  JsonObject      *option = json_object_new ();
  g_autofree char *own = g_strdup_printf ("%s-%u", code, n);

  set_names (channel, option, own, value);
  json_array_add_object_element (options, option);
}

typedef struct
{
  CsChannel  *channel;
  CsListing  *listing;
  GString    *head;
  GString    *body;
  JsonObject *variables;
} Writing;

static void
add_group (Writing    *writing,
           guint       n,
           const char *name,
           GPtrArray  *values)
{
  JsonObject      *input = json_object_new ();
  JsonArray       *options = json_array_new ();
  g_autofree char *key = g_ascii_strdown (writing->listing->key, -1);
  g_autofree char *code = g_strdup_printf ("%s-%u", key, n);
  g_autofree char *variable = g_strdup_printf ("group%u", n);

  set_names (writing->channel, input, code, name);
  for (guint i = 0; i < values->len; i++)
    add_value (writing->channel, options, code, i, values->pdata[i]);
  json_object_set_array_member (input, "options", options);
  json_object_set_object_member (writing->variables, variable, input);
  g_string_append_printf (writing->head, "%s$%s: CreateProductOptionGroupInput!", writing->head->len > 0 ? ", " : "", variable);
  g_string_append_printf (writing->body, " %s: createProductOptionGroup(input: $%s) { id name options { id name } }", variable, variable);
}

static void
add_values (Writing    *writing,
            guint       n,
            JsonObject *group,
            GPtrArray  *values)
{
  JsonArray *options = cs_json_array (group, "options");

  for (guint i = 0; i < values->len; i++)
    {
      g_autofree char *variable = g_strdup_printf ("value%u_%u", n, i);
      g_autofree char *code = g_strdup_printf ("%s-%s", cs_json_string (group, "id", ""), (char *) values->pdata[i]);
      JsonObject      *input;

      if (find_named (options, values->pdata[i]) != NULL)
        continue;

      input = json_object_new ();
      set_names (writing->channel, input, code, values->pdata[i]);
      json_object_set_string_member (input, "productOptionGroupId", cs_json_string (group, "id", ""));
      json_object_set_object_member (writing->variables, variable, input);
      g_string_append_printf (writing->head, "%s$%s: CreateProductOptionInput!", writing->head->len > 0 ? ", " : "", variable);
      g_string_append_printf (writing->body, " %s: createProductOption(input: $%s) { id name group { id name } }", variable, variable);
    }
}

CsRequest *
cs_vendure_build_options (CsChannel *channel,
                          CsListing *listing,
                          CsJournal *journal,
                          GError   **error)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read (listing, error);
  g_autoptr (JsonObject) variables = json_object_new ();
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *query = NULL;
  Writing    writing = { channel, listing, head, body, variables };
  CsListingVariant *first;

  if (variants == NULL)
    return NULL;

  first = variants->len > 0 ? variants->pdata[0] : NULL;
  for (guint i = 0; first != NULL && first->names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) values = cs_listing_variants_get_values (variants, first->names[i]);
      JsonObject *group = find_named (get_groups_there (journal), first->names[i]);

      if (group == NULL)
        add_group (&writing, i, first->names[i], values);
      else
        add_values (&writing, i, group, values);
    }

  query = g_strdup_printf ("mutation (%s) {%s }", head->str, body->str);

  return cs_graphql_make_request (channel, CS_VENDURE_PATH, query, g_steal_pointer (&variables));
}

/* {"groups": [{"id","name","options":[{"id","name"}]}], "values": [{"id","name","group"}]} */
JsonNode *
cs_vendure_parse_options (JsonNode *reply)
{
  JsonObject *data = cs_graphql_get_data (reply, NULL);
  g_autoptr (JsonNode) detail = NULL;
  JsonObject *members = cs_channel_json_make_root (&detail);
  JsonArray  *groups = json_array_new ();
  JsonArray  *values = json_array_new ();
  g_autoptr (GList) names = data != NULL ? json_object_get_members (data) : NULL;

  json_object_set_array_member (members, "groups", groups);
  json_object_set_array_member (members, "values", values);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *one = cs_json_object (data, l->data);
      JsonObject *group = cs_json_object (one, "group");
      JsonObject *value;

      if (cs_json_string (one, "id", NULL) == NULL || cs_json_string (one, "name", NULL) == NULL)
        return NULL;

      if (group == NULL)
        {
          json_array_add_object_element (groups, json_object_ref (one));
          continue;
        }

      value = json_object_new ();
      json_object_set_string_member (value, "id", cs_json_string (one, "id", ""));
      json_object_set_string_member (value, "name", cs_json_string (one, "name", ""));
      json_object_set_string_member (value, "group", cs_json_string (group, "name", ""));
      json_array_add_object_element (values, value);
    }

  return data != NULL ? g_steal_pointer (&detail) : NULL;
}

static JsonArray *
get_groups_made (CsJournal *journal)
{
  return cs_json_array (cs_journal_get_detail (journal, "options"), "groups");
}

CsRequest *
cs_vendure_build_attach (CsChannel  *channel,
                         CsJournal  *journal,
                         const char *id)
{
  JsonObject *variables = json_object_new ();
  JsonArray  *groups = get_groups_made (journal);
  g_autoptr (GString) head = g_string_new ("mutation ($id: ID!");
  g_autoptr (GString) body = g_string_new (NULL);

  json_object_set_string_member (variables, "id", id);
  for (guint i = 0; groups != NULL && i < json_array_get_length (groups); i++)
    {
      g_autofree char *name = g_strdup_printf ("group%u", i);

      json_object_set_string_member (variables, name, cs_json_string (cs_json_array_object (groups, i), "id", ""));
      g_string_append_printf (head, ", $%s: ID!", name);
      g_string_append_printf (body, " %s: addOptionGroupToProduct(productId: $id, optionGroupId: $%s) { id }", name, name);
    }
  g_string_append_printf (head, ") {%s }", body->str);

  return cs_graphql_make_request (channel, CS_VENDURE_PATH, head->str, variables);
}

static gboolean
is_whole (GPtrArray *variants,
          CsJournal *journal)
{
  CsListingVariant *first = variants->pdata[0];

  for (guint i = 0; first->names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) values = cs_listing_variants_get_values (variants, first->names[i]);
      JsonObject *group = find_named (get_groups_there (journal), first->names[i]);

      for (guint k = 0; k < values->len; k++)
        {
          if (find_named (cs_json_array (group, "options"), values->pdata[k]) == NULL)
            return FALSE;
        }
    }

  return TRUE;
}

const char *
cs_vendure_get_option_step (CsListing *listing,
                            CsJournal *journal)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read (listing, NULL);
  JsonArray *made = get_groups_made (journal);

  if (variants == NULL || variants->len == 0)
    return NULL;

  if (!cs_journal_is_done (journal, "options") && !is_whole (variants, journal))
    return "options";

  return made != NULL && json_array_get_length (made) > 0 && !cs_journal_is_done (journal, "attach") ? "attach" : NULL;
}

static const char *
find_option (CsJournal  *journal,
             const char *name,
             const char *value)
{
  JsonArray  *values = cs_json_array (cs_journal_get_detail (journal, "options"), "values");
  JsonObject *group = find_named (get_groups_made (journal), name);
  JsonObject *option;

  if (group == NULL)
    group = find_named (get_groups_there (journal), name);

  if ((option = find_named (cs_json_array (group, "options"), value)))
    return cs_json_string (option, "id", NULL);

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      JsonObject *one = cs_json_array_object (values, i);

      if (g_strcmp0 (cs_json_string (one, "group", NULL), name) == 0 && g_strcmp0 (cs_json_string (one, "name", NULL), value) == 0)
        return cs_json_string (one, "id", NULL);
    }

  return NULL;
}

JsonArray *
cs_vendure_get_option_ids (CsJournal *journal,
                           char     **names,
                           char     **values)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *id = find_option (journal, names[i], values[i]);

      if (id != NULL)
        json_array_add_string_element (ids, id);
    }

  return ids;
}
