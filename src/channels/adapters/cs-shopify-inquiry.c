/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-json.h"
#include "cs-graphql.h"
#include "cs-json.h"
#include "cs-shopify-private.h"

/* What the shop says of itself, and how one is added. Since January 2026 an app of
 * the seller's own gives no token to paste but a client ID and secret, which tokens
 * of a day are asked for with
 * (https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant);
 * those from before go on as they are.
 */

static const char *const steps[] = {
  N_("In the shop's admin page, open Settings › Apps › Develop apps, then “Build apps in Dev Dashboard”, and make an app of any name."),
  N_("Give it these scopes: read_products, write_products, read_inventory, write_inventory, read_locations, read_publications, write_publications, write_files. Then press “Release”."),
  N_("Install the app in your shop. A page that opens then can be closed."),
  N_("In the Dev Dashboard, open the app's settings and copy its client ID and secret to here."),
  NULL,
};

static const CsChannelAsk asks[] = {
  { .name = "address", .label = N_("Address"), .help = N_("As in the admin page, for example “myshop.myshopify.com”") },
  { .name = "client_id", .label = N_("Client ID"), .optional = TRUE, .with = "client_secret" },
  { .name = "client_secret", .label = N_("Client secret"), .secret = TRUE, .optional = TRUE, .with = "client_id" },
  { .name = "token", .label = N_("Access token"), .help = N_("Instead, of an app that was made before 2026"), .secret = TRUE, .optional = TRUE },
  { NULL },
};

const CsChannelKind cs_shopify_kind = {
  .kind = "shopify",
  .name = "Shopify",
  .summary = N_("A shop at Shopify"),
  .way = CS_SIGN_IN_KEYS,
  .asks = asks,
  .steps = steps,
  .minutes = 10,
  .verified = N_("Each request is checked against Shopify's own schema of 2026-10; not verified against the live service."),
  .page = "https://dev.shopify.com/dashboard",
};

static CsRequest *
ask (CsChannel  *channel,
     const char *query,
     JsonObject *variables)
{
  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH, query, variables);
}

static JsonObject *
make_after (CsInquiry *inquiry)
{
  JsonObject *variables = json_object_new ();
  const char *after = cs_json_string (inquiry->notes, "after", NULL);

  if (after != NULL)
    json_object_set_string_member (variables, "after", after);

  return variables;
}

/* Roots, then what is under one; or what answers a search */
static CsRequest *
build_categories (CsChannel *channel,
                  CsInquiry *inquiry)
{
  JsonObject *variables = make_after (inquiry);

  if (inquiry->search != NULL && inquiry->search[0] != '\0')
    json_object_set_string_member (variables, "search", inquiry->search);
  else if (inquiry->category != NULL && inquiry->category[0] != '\0')
    json_object_set_string_member (variables, "childrenOf", inquiry->category);

  return ask (channel,
              "query ($search: String, $childrenOf: ID, $after: String) { taxonomy {"
              " categories(first: 100, after: $after, search: $search, childrenOf: $childrenOf) {"
              " nodes { id fullName parentId isArchived } pageInfo { hasNextPage endCursor } } } }",
              variables);
}

CsRequest *
cs_shopify_build_inquiry (CsChannel *channel,
                          CsInquiry *inquiry)
{
  gboolean is_over = inquiry->n_answers > 0 && cs_json_string (inquiry->notes, "after", NULL) == NULL;

  if (is_over)
    return NULL;

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      return ask (channel,
                  "{ shop { name currencyCode taxesIncluded url } locations(first: 50) { nodes { id name isActive } }"
                  " publications(first: 20, catalogType: APP) { nodes { id catalog { title } } } }",
                  NULL);

    case CS_INQUIRY_PROFILE:
      return ask (channel,
                  "{ locations(first: 50) { nodes { id name isActive } }"
                  " publications(first: 20, catalogType: APP) { nodes { id catalog { title } } } }",
                  NULL);

    case CS_INQUIRY_CATEGORIES:
      return build_categories (channel, inquiry);

    case CS_INQUIRY_ATTRIBUTES:
      return ask (channel,
                  "query ($after: String) { metafieldDefinitions(ownerType: PRODUCT, first: 100, after: $after) {"
                  " nodes { namespace key name description type { name } validations { name value } }"
                  " pageInfo { hasNextPage endCursor } } }",
                  make_after (inquiry));

    default:
      return NULL;
    }
}

static void
note_next (CsInquiry  *inquiry,
           JsonObject *list)
{
  JsonObject *info = cs_json_object (list, "pageInfo");
  const char *after = cs_json_bool (info, "hasNextPage", FALSE) ? cs_json_string (info, "endCursor", NULL) : NULL;

  if (after != NULL)
    json_object_set_string_member (inquiry->notes, "after", after);
  else if (json_object_has_member (inquiry->notes, "after"))
    json_object_remove_member (inquiry->notes, "after");
}

/* "Online Store" is its name in every language of the admin page */
static const char *
find_publication (JsonObject *data)
{
  JsonArray *nodes = cs_shopify_get_nodes (data, "publications");

  for (guint i = 0; nodes != NULL && i < json_array_get_length (nodes); i++)
    {
      JsonObject *one = cs_json_array_object (nodes, i);

      if (strstr (cs_json_string (cs_json_object (one, "catalog"), "title", ""), "Online Store") != NULL)
        return cs_json_string (one, "id", NULL);
    }

  return NULL;
}

static const char *
find_location (JsonObject *data)
{
  JsonArray *nodes = cs_shopify_get_nodes (data, "locations");

  for (guint i = 0; nodes != NULL && i < json_array_get_length (nodes); i++)
    {
      if (cs_json_bool (cs_json_array_object (nodes, i), "isActive", FALSE))
        return cs_json_string (cs_json_array_object (nodes, i), "id", NULL);
    }

  return NULL;
}

static gboolean
parse_shop (CsInquiry  *inquiry,
            JsonObject *data)
{
  JsonObject *about = cs_json_object (data, "shop");
  gboolean    with_tax = cs_json_bool (about, "taxesIncluded", FALSE);
  g_autoptr (JsonNode) profile = NULL;
  JsonObject *members = cs_channel_json_make_root (&profile);

  if (cs_json_string (about, "name", NULL) == NULL || cs_json_string (about, "currencyCode", NULL) == NULL)
    return FALSE;

  cs_channel_json_set_string (members, "location", find_location (data));
  cs_channel_json_set_string (members, "publication", find_publication (data));
  inquiry->shop->name = g_strdup (cs_json_string (about, "name", NULL));
  inquiry->shop->currency = g_strdup (cs_json_string (about, "currencyCode", NULL));
  inquiry->shop->page = g_strdup (cs_json_string (about, "url", NULL));
  inquiry->shop->profile = cs_json_canonical (profile);
  inquiry->shop->remark = g_strdup (with_tax ? _("Prices in this shop are with tax.") : _("Prices in this shop are without tax."));

  return TRUE;
}

static gboolean
parse_profile (CsInquiry  *inquiry,
               JsonObject *data)
{
  CsFormField *place = cs_form_add (inquiry->form, CS_FORM_CHOICE, "location", _("Where stock is kept"));
  CsFormField *where = cs_form_add (inquiry->form, CS_FORM_CHOICE, "publication", _("Where it is sold"));
  JsonArray   *places = cs_shopify_get_nodes (data, "locations");
  JsonArray   *publications = cs_shopify_get_nodes (data, "publications");

  for (guint i = 0; places != NULL && i < json_array_get_length (places); i++)
    {
      JsonObject *one = cs_json_array_object (places, i);

      if (cs_json_bool (one, "isActive", FALSE))
        cs_form_field_add_choice (place, cs_json_string (one, "id", ""), cs_json_string (one, "name", ""), NULL);
    }

  for (guint i = 0; publications != NULL && i < json_array_get_length (publications); i++)
    {
      JsonObject *one = cs_json_array_object (publications, i);

      cs_form_field_add_choice (where, cs_json_string (one, "id", ""), cs_json_string (cs_json_object (one, "catalog"), "title", ""), NULL);
    }

  g_set_str (&place->value, find_location (data));
  g_set_str (&where->value, find_publication (data));

  return places != NULL;
}

static gboolean
parse_categories (CsInquiry  *inquiry,
                  JsonObject *data)
{
  JsonObject  *list = cs_json_object (cs_json_object (data, "taxonomy"), "categories");
  JsonArray   *nodes = cs_json_array (list, "nodes");
  CsFormField *field = cs_form_find (inquiry->form, "category");

  if (field == NULL)
    field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "category", _("Category"));

  for (guint i = 0; nodes != NULL && i < json_array_get_length (nodes); i++)
    {
      JsonObject *one = cs_json_array_object (nodes, i);

      if (!cs_json_bool (one, "isArchived", FALSE))
        cs_form_field_add_choice (field, cs_json_string (one, "id", ""), cs_json_string (one, "fullName", ""),
                                  cs_json_string (one, "parentId", NULL));
    }

  note_next (inquiry, list);

  return nodes != NULL;
}

/* Validations are texts: {"name": "choices", "value": "[\"a\"]"}, {"name": "max", "value": "80"} */
static const char *
find_validation (JsonObject *definition,
                 const char *name)
{
  JsonArray *validations = cs_json_array (definition, "validations");

  for (guint i = 0; validations != NULL && i < json_array_get_length (validations); i++)
    {
      JsonObject *one = cs_json_array_object (validations, i);

      if (g_str_equal (cs_json_string (one, "name", ""), name))
        return cs_json_string (one, "value", NULL);
    }

  return NULL;
}

static void
add_attribute (CsInquiry  *inquiry,
               JsonObject *definition)
{
  const char      *type = cs_json_string (cs_json_object (definition, "type"), "name", "");
  const char      *choices = find_validation (definition, "choices");
  const char      *longest = find_validation (definition, "max");
  g_autofree char *name = g_strdup_printf ("%s.%s", cs_json_string (definition, "namespace", ""), cs_json_string (definition, "key", ""));
  g_autoptr (JsonNode) tree = choices != NULL ? cs_json_parse (choices, -1, NULL) : NULL;
  JsonArray   *list = tree != NULL && JSON_NODE_HOLDS_ARRAY (tree) ? json_node_get_array (tree) : NULL;
  CsFormKind   kind;
  CsFormField *field;

  if (g_str_equal (type, "number_integer") || g_str_equal (type, "number_decimal"))
    kind = CS_FORM_NUMBER;
  else if (g_str_equal (type, "boolean"))
    kind = CS_FORM_SWITCH;
  else if (g_str_equal (type, "single_line_text_field"))
    kind = list != NULL ? CS_FORM_CHOICE : CS_FORM_TEXT;
  else
    return;

  field = cs_form_add (inquiry->form, kind, name, cs_json_string (definition, "name", name));
  field->help = g_strdup (cs_json_string (definition, "description", NULL));
  if (kind == CS_FORM_TEXT && longest != NULL)
    field->longest = MIN (g_ascii_strtoull (longest, NULL, 10), G_MAXUINT16);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      if (cs_json_array_string (list, i) != NULL)
        cs_form_field_add_choice (field, cs_json_array_string (list, i), cs_json_array_string (list, i), NULL);
    }
}

static gboolean
parse_attributes (CsInquiry  *inquiry,
                  JsonObject *data)
{
  JsonObject *list = cs_json_object (data, "metafieldDefinitions");
  JsonArray  *nodes = cs_json_array (list, "nodes");

  for (guint i = 0; nodes != NULL && i < json_array_get_length (nodes); i++)
    {
      JsonObject *one = cs_json_array_object (nodes, i);

      if (!g_str_equal (cs_json_string (one, "namespace", ""), CS_SHOPIFY_NAMESPACE))
        add_attribute (inquiry, one);
    }

  note_next (inquiry, list);

  return nodes != NULL;
}

gboolean
cs_shopify_parse_inquiry (CsChannel *channel,
                          CsInquiry *inquiry,
                          JsonNode  *reply,
                          GError   **error)
{
  JsonObject *data = cs_graphql_get_data (reply, NULL);
  gboolean    is_read = FALSE;

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      is_read = parse_shop (inquiry, data);
      break;

    case CS_INQUIRY_PROFILE:
      is_read = parse_profile (inquiry, data);
      break;

    case CS_INQUIRY_CATEGORIES:
      is_read = parse_categories (inquiry, data);
      break;

    case CS_INQUIRY_ATTRIBUTES:
      is_read = parse_attributes (inquiry, data);
      break;

    default:
      break;
    }

  if (!is_read)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), cs_graphql_get_shop (channel));

  return is_read;
}
