/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-json.h"
#include "cs-graphql.h"
#include "cs-json.h"
#include "cs-vendure-private.h"

/* What the shop says of itself, and how one is added */

static const char *const steps[] = {
  N_("In the shop's dashboard, under Settings › Roles, make a role that may read and change the catalogue, assets and settings."),
  N_("Under Settings › Administrators, make an administrator of that role for Countersign, and paste its sign-in here; or make an API key there."),
  N_("Ask whoever runs the shop to add a text field “countersignKey” to products, unique and not public. Without it our key stands at the end of each product's address."),
  NULL,
};

static const CsChannelAsk asks[] = {
  { .name = "address", .label = N_("Address"), .help = N_("Where the shop's Admin API is, without “/admin-api”") },
  { .name = "user", .label = N_("Name of the administrator"), .optional = TRUE, .with = "password" },
  { .name = "password", .label = N_("Password"), .secret = TRUE, .optional = TRUE, .with = "user" },
  { .name = "api_key", .label = N_("API key"), .help = N_("Instead of name and password"), .secret = TRUE, .optional = TRUE },
  { .name = "profile.channel_token", .label = N_("Token of the channel"), .help = N_("Only where the shop has several channels"), .optional = TRUE },
  { NULL },
};

const CsChannelKind cs_vendure_kind = {
  .kind = "vendure",
  .name = "Vendure",
  .summary = N_("A shop of your own with Vendure"),
  .way = CS_SIGN_IN_KEYS,
  .asks = asks,
  .steps = steps,
  .minutes = 10,
  .verified = N_("Tried against Vendure 3.7 with each version of Countersign."),
  .page = "https://docs.vendure.io/",
};

CsRequest *
cs_vendure_build_inquiry (CsChannel *channel,
                          CsInquiry *inquiry)
{
  JsonObject *variables;

  if (inquiry->n_answers > 0)
    return NULL;

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      return cs_graphql_make_request (channel, CS_VENDURE_PATH,
                                      "{ activeChannel { id code defaultLanguageCode defaultCurrencyCode pricesIncludeTax seller { name } }"
                                      " globalSettings { serverConfig { moneyStrategyPrecision"
                                      " entityCustomFields { entityName customFields { ... on CustomField { name } } } } } }",
                                      NULL);

    case CS_INQUIRY_PROFILE:
      return cs_graphql_make_request (channel, CS_VENDURE_PATH,
                                      "{ taxCategories { items { id name isDefault } } stockLocations { items { id name } } }", NULL);

    case CS_INQUIRY_CATEGORIES:
      variables = json_object_new ();
      json_object_set_string_member (variables, "search", inquiry->search != NULL ? inquiry->search : "");
      json_object_set_int_member (variables, "take", CS_VENDURE_MOST);
      return cs_graphql_make_request (channel, CS_VENDURE_PATH,
                                      "query ($search: String!, $take: Int!) {"
                                      " facetValues(options: { take: $take, filter: { name: { contains: $search } } }) {"
                                      " items { id name facet { id name } } } }",
                                      variables);

    case CS_INQUIRY_ATTRIBUTES:
    default:
      return NULL;
    }
}

static gboolean
has_field (JsonObject *config)
{
  JsonArray *entities = cs_json_array (config, "entityCustomFields");

  for (guint i = 0; entities != NULL && i < json_array_get_length (entities); i++)
    {
      JsonObject *entity = cs_json_array_object (entities, i);
      JsonArray  *fields = cs_json_array (entity, "customFields");

      for (guint k = 0; fields != NULL && k < json_array_get_length (fields); k++)
        {
          if (g_str_equal (cs_json_string (entity, "entityName", ""), "Product") &&
              g_str_equal (cs_json_string (cs_json_array_object (fields, k), "name", ""), CS_VENDURE_KEY_FIELD))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
parse_shop (CsInquiry  *inquiry,
            JsonObject *data)
{
  JsonObject *about = cs_json_object (data, "activeChannel");
  JsonObject *config = cs_json_object (cs_json_object (data, "globalSettings"), "serverConfig");
  const char *code = cs_json_string (about, "code", "");
  const char *seller = cs_json_string (cs_json_object (about, "seller"), "name", "Vendure");
  gboolean    with_tax = cs_json_bool (about, "pricesIncludeTax", FALSE);
  g_autoptr (JsonNode) profile = NULL;
  JsonObject *members = cs_channel_json_make_root (&profile);
  g_autofree char *precision = g_strdup_printf ("%u", (guint) CLAMP (cs_json_int (config, "moneyStrategyPrecision", 2), 0, 6));

  if (about == NULL || cs_json_string (about, "defaultCurrencyCode", NULL) == NULL)
    return FALSE;

  json_object_set_string_member (members, "language", cs_json_string (about, "defaultLanguageCode", "en"));
  json_object_set_string_member (members, "prices_hold_tax", with_tax ? "true" : "false");
  json_object_set_string_member (members, "precision", precision);
  json_object_set_string_member (members, "key_field", has_field (config) ? CS_VENDURE_KEY_FIELD : "none");
  inquiry->shop->name = g_strdup (code[0] == '\0' || g_str_has_prefix (code, "__") ? seller : code);
  inquiry->shop->currency = g_strdup (cs_json_string (about, "defaultCurrencyCode", NULL));
  inquiry->shop->profile = cs_json_canonical (profile);
  inquiry->shop->remark = g_strdup (with_tax ? _("Prices in this shop are with tax.") : _("Prices in this shop are without tax."));

  return TRUE;
}

static JsonArray *
get_items (JsonObject *data,
           const char *member)
{
  return cs_json_array (cs_json_object (data, member), "items");
}

static gboolean
parse_profile (CsInquiry  *inquiry,
               JsonObject *data)
{
  JsonArray   *taxes = get_items (data, "taxCategories");
  JsonArray   *places = get_items (data, "stockLocations");
  CsFormField *tax = cs_form_add (inquiry->form, CS_FORM_CHOICE, "tax_category", _("Tax"));
  CsFormField *place = cs_form_add (inquiry->form, CS_FORM_CHOICE, "stock_location", _("Where stock is kept"));

  for (guint i = 0; taxes != NULL && i < json_array_get_length (taxes); i++)
    {
      JsonObject *one = cs_json_array_object (taxes, i);

      cs_form_field_add_choice (tax, cs_json_string (one, "id", ""), cs_json_string (one, "name", ""), NULL);
      if (cs_json_bool (one, "isDefault", FALSE))
        g_set_str (&tax->value, cs_json_string (one, "id", ""));
    }

  for (guint i = 0; places != NULL && i < json_array_get_length (places); i++)
    {
      JsonObject *one = cs_json_array_object (places, i);

      cs_form_field_add_choice (place, cs_json_string (one, "id", ""), cs_json_string (one, "name", ""), NULL);
      if (i == 0)
        g_set_str (&place->value, cs_json_string (one, "id", ""));
    }

  return taxes != NULL && places != NULL;
}

/* Its collections gather products by such values */
static gboolean
parse_categories (CsInquiry  *inquiry,
                  JsonObject *data)
{
  JsonArray   *values = get_items (data, "facetValues");
  CsFormField *field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "category", _("Category"));

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      JsonObject      *one = cs_json_array_object (values, i);
      JsonObject      *facet = cs_json_object (one, "facet");
      g_autofree char *label = g_strdup_printf ("%s › %s", cs_json_string (facet, "name", ""), cs_json_string (one, "name", ""));

      cs_form_field_add_choice (field, cs_json_string (one, "id", ""), label, NULL);
    }

  return values != NULL;
}

gboolean
cs_vendure_parse_inquiry (CsChannel *channel,
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
    default:
      break;
    }

  if (!is_read)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), cs_graphql_get_shop (channel));

  return is_read;
}
