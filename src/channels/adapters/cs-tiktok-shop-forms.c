/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-json.h"
#include "cs-json.h"
#include "cs-tiktok-shop-private.h"

/* The money of the shop's country; where it is none of these, the person says it */
static const char *
find_currency (const char *region)
{
  static const char *const currencies[][2] = {
    { "US", "USD" }, { "GB", "GBP" }, { "ID", "IDR" }, { "MY", "MYR" }, { "PH", "PHP" },
    { "SG", "SGD" }, { "TH", "THB" }, { "VN", "VND" }, { "MX", "MXN" }, { "BR", "BRL" },
    { "DE", "EUR" }, { "ES", "EUR" }, { "FR", "EUR" }, { "IE", "EUR" }, { "IT", "EUR" }, { "JP", "JPY" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      if (g_strcmp0 (currencies[i][0], region) == 0)
        return currencies[i][1];
    }

  return "";
}

CsRequest *
cs_tiktok_shop_build_inquiry (CsChannel *channel,
                              CsInquiry *inquiry)
{
  g_autofree char *category = g_uri_escape_string (inquiry->category != NULL ? inquiry->category : "", NULL, FALSE);

  if (inquiry->n_answers > 0)
    return NULL;

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      return cs_channel_make_request (channel, "GET", "/authorization/202309/shops");

    case CS_INQUIRY_PROFILE:
      return cs_channel_make_request (channel, "GET", "/logistics/202309/warehouses");

    case CS_INQUIRY_CATEGORIES:
      return cs_channel_make_request (channel, "GET", "/product/202309/categories");

    case CS_INQUIRY_ATTRIBUTES:
      return category[0] != '\0' ? cs_channel_make_request (channel, "GET", "/product/202309/categories/%s/attributes", category) : NULL;

    default:
      return NULL;
    }
}

static gboolean
parse_shop (CsInquiry  *inquiry,
            JsonObject *data,
            GError    **error)
{
  JsonArray  *shops = cs_json_array (data, "shops");
  JsonObject *shop = shops != NULL ? cs_json_array_object (shops, 0) : NULL;
  JsonNode   *node;
  JsonObject *profile;

  if (cs_json_string (shop, "cipher", NULL) == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_SIGN_IN,
                           _("The app is not authorized for any shop. Authorize your shop with it in Partner Center, then try again."));
      return FALSE;
    }

  profile = cs_channel_json_make_root (&node);
  cs_channel_json_set_string (profile, "shop_cipher", cs_json_string (shop, "cipher", NULL));
  cs_channel_json_set_string (profile, "shop_id", cs_json_string (shop, "id", NULL));
  inquiry->shop->name = g_strdup (cs_json_string (shop, "name", "TikTok Shop"));
  inquiry->shop->currency = g_strdup (find_currency (cs_json_string (shop, "region", NULL)));
  inquiry->shop->profile = cs_json_canonical (node);
  json_node_unref (node);

  return TRUE;
}

static void
parse_profile (CsInquiry  *inquiry,
               JsonObject *data)
{
  JsonArray   *warehouses = cs_json_array (data, "warehouses");
  CsFormField *field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "warehouse_id", _("Warehouse that it is sent from"));

  field->required = TRUE;
  for (guint i = 0; warehouses != NULL && i < json_array_get_length (warehouses); i++)
    {
      JsonObject      *warehouse = cs_json_array_object (warehouses, i);
      g_autofree char *id = cs_channel_json_dup_id (warehouse, "id");

      if (id == NULL)
        continue;
      cs_form_field_add_choice (field, id, cs_json_string (warehouse, "name", id), NULL);
      if (cs_json_bool (warehouse, "is_default", FALSE) || field->value == NULL)
        g_set_str (&field->value, id);
    }

  field = cs_form_add (inquiry->form, CS_FORM_NUMBER, "package_weight", _("Weight of a package"));
  field->required = TRUE;
  field->value = g_strdup ("1");
  field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "weight_unit", _("Unit of weight"));
  cs_form_field_add_choice (field, "KILOGRAM", _("Kilograms"), NULL);
  cs_form_field_add_choice (field, "POUND", _("Pounds"), NULL);
  field->value = g_strdup ("KILOGRAM");
}

static void
parse_categories (CsInquiry  *inquiry,
                  JsonObject *data)
{
  JsonArray   *categories = cs_json_array (data, "categories");
  CsFormField *field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "category", _("Category"));

  for (guint i = 0; categories != NULL && i < json_array_get_length (categories); i++)
    {
      JsonObject      *category = cs_json_array_object (categories, i);
      g_autofree char *id = cs_channel_json_dup_id (category, "id");
      g_autofree char *parent = cs_channel_json_dup_id (category, "parent_id");

      if (id != NULL)
        cs_form_field_add_choice (field, id, cs_json_string (category, "local_name", id),
                                  g_strcmp0 (parent, "0") != 0 ? parent : NULL);
    }
}

static void
parse_attribute (CsForm     *form,
                 JsonObject *attribute)
{
  g_autofree char *id = cs_channel_json_dup_id (attribute, "id");
  JsonArray       *values = cs_json_array (attribute, "values");
  gboolean         several = cs_json_bool (attribute, "is_multiple_selection", FALSE);
  CsFormField     *field;

  /* What makes variants is said by the variants themselves */
  if (id == NULL || g_str_equal (cs_json_string (attribute, "type", ""), "SALES_PROPERTY"))
    return;

  field = cs_form_add (form, values == NULL ? CS_FORM_TEXT : several ? CS_FORM_CHOICES : CS_FORM_CHOICE,
                       id, cs_json_string (attribute, "name", id));
  /* It is spelt so in version 202309 */
  field->required = cs_json_bool (attribute, "is_requried", cs_json_bool (attribute, "is_required", FALSE));
  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      JsonObject      *value = cs_json_array_object (values, i);
      g_autofree char *value_id = cs_channel_json_dup_id (value, "id");

      if (value_id != NULL)
        cs_form_field_add_choice (field, value_id, cs_json_string (value, "name", value_id), NULL);
    }
}

gboolean
cs_tiktok_shop_parse_inquiry (CsChannel *channel,
                              CsInquiry *inquiry,
                              JsonNode  *reply,
                              GError   **error)
{
  JsonObject *data = cs_tiktok_shop_get_data (reply);
  JsonArray  *attributes = cs_json_array (data, "attributes");

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      return parse_shop (inquiry, data, error);

    case CS_INQUIRY_PROFILE:
      parse_profile (inquiry, data);
      return TRUE;

    case CS_INQUIRY_CATEGORIES:
      parse_categories (inquiry, data);
      return TRUE;

    case CS_INQUIRY_ATTRIBUTES:
      for (guint i = 0; attributes != NULL && i < json_array_get_length (attributes); i++)
        parse_attribute (inquiry->form, cs_json_array_object (attributes, i));
      return TRUE;

    default:
      return TRUE;
    }
}
