/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-json.h"
#include "cs-woocommerce-private.h"

/* What a shop says of itself:
 *
 *   shop        GET /wp-json/ (its name, and whether WooCommerce is there),
 *               wc/v3/settings/general (the currency), wc/v3/settings/tax, and
 *               wp/v2/users/me (whether pictures may be uploaded)
 *   profile     wc/v3/products/shipping_classes, wc/v3/taxes/classes
 *   categories  wc/v3/products/categories, page by page
 *   attributes  wc/v3/products/attributes and the terms of each
 */

/* A shop with more attributes, or one with more terms, is typed for */
#define MOST_ATTRIBUTES 30

static const CsChannelAsk asks[] = {
  { .name = "address",
    .label = N_ ("Address of the shop"),
    .help = N_ ("As in the browser, for example “myshop.example” or “example.com/shop”") },
  { .name = "user",
    .label = N_ ("User name in WordPress"),
    .help = N_ ("A shop manager or administrator"),
    .optional = TRUE,
    .with = "password" },
  { .name = "password",
    .label = N_ ("Application password"),
    .help = N_ ("Not the one that you sign in with: it is made in WordPress under Users › Profile › Application Passwords"),
    .secret = TRUE,
    .optional = TRUE,
    .with = "user" },
  { .name = "key",
    .label = N_ ("Consumer key"),
    .help = N_ ("Instead of a user and password; pictures cannot be sent with it"),
    .secret = TRUE,
    .optional = TRUE,
    .with = "secret" },
  { .name = "secret",
    .label = N_ ("Consumer secret"),
    .secret = TRUE,
    .optional = TRUE,
    .with = "key" },
  { .name = NULL },
};

static const char *const steps[] = {
  N_ ("In WordPress, open Users › Profile and go down to “Application Passwords”."),
  N_ ("Type a name such as “Countersign” and press “Add Application Password”."),
  N_ ("Copy the password that is shown, and paste it here with your user name."),
  NULL,
};

const CsChannelKind cs_woocommerce_kind = {
  .kind = "woocommerce",
  .name = "WooCommerce",
  .summary = N_ ("A shop of your own with WordPress"),
  .way = CS_SIGN_IN_KEYS,
  .asks = asks,
  .steps = steps,
  .minutes = 1,
  .verified = N_ ("Tried with a copy of how WooCommerce 10.0 answers; not verified against the live service."),
};

static CsRequest *
build_shop (CsChannel *channel,
            CsInquiry *inquiry)
{
  const char *password = cs_channel_get_secret (channel, "password");

  switch (inquiry->n_answers)
    {
    case 0:
      return cs_channel_make_request (channel, "GET", "/wp-json/?_fields=name,home,namespaces");

    case 1:
      return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/settings/general");

    case 2:
      return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/settings/tax");

    case 3:
      return password != NULL && password[0] != '\0'
               ? cs_channel_make_request (channel, "GET", "/wp-json/wp/v2/users/me?context=edit&_fields=id,capabilities")
               : NULL;

    default:
      return NULL;
    }
}

static CsRequest *
build_categories (CsChannel *channel,
                  CsInquiry *inquiry)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *html = cs_channel_html_escape (inquiry->search);
  g_autofree char *search = g_uri_escape_string (html, NULL, FALSE);
  g_autofree char *parent = g_uri_escape_string (inquiry->category != NULL ? inquiry->category : "", NULL, FALSE);

  if (inquiry->n_answers > 0 && !cs_json_bool (inquiry->notes, "more", FALSE))
    return NULL;

  if (search[0] != '\0')
    g_string_append_printf (query, "&search=%s", search);
  if (parent[0] != '\0')
    g_string_append_printf (query, "&parent=%s", parent);

  return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products/categories?per_page=%d&page=%u&orderby=name%s",
                                  CS_WOOCOMMERCE_MOST, inquiry->n_answers + 1, query->str);
}

/* The fields are made from the first answer; each further one has the terms of the next */
static CsRequest *
build_attributes (CsChannel *channel,
                  CsInquiry *inquiry)
{
  CsFormField *field;
  const char  *id;

  if (inquiry->n_answers == 0)
    return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products/attributes");

  if (inquiry->n_answers > inquiry->form->fields->len || inquiry->n_answers > MOST_ATTRIBUTES)
    return NULL;

  field = inquiry->form->fields->pdata[inquiry->n_answers - 1];
  id = field->name + strlen ("attribute-");

  return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products/attributes/%s/terms?per_page=%d", id, CS_WOOCOMMERCE_MOST);
}

CsRequest *
cs_woocommerce_build_inquiry (CsChannel *channel,
                              CsInquiry *inquiry)
{
  static const char *const profile[] = { "/wp-json/wc/v3/products/shipping_classes?per_page=100", "/wp-json/wc/v3/taxes/classes" };

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      return build_shop (channel, inquiry);

    case CS_INQUIRY_PROFILE:
      return inquiry->n_answers < G_N_ELEMENTS (profile)
               ? cs_channel_make_request (channel, "GET", "%s", profile[inquiry->n_answers])
               : NULL;

    case CS_INQUIRY_CATEGORIES:
      return build_categories (channel, inquiry);

    case CS_INQUIRY_ATTRIBUTES:
      return build_attributes (channel, inquiry);

    default:
      return NULL;
    }
}

static gboolean
refuse_reading (CsChannel *channel,
                GError   **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), cs_woocommerce_get_shop (channel));

  return FALSE;
}

static void
add_remark (CsShop     *shop,
            const char *sentence)
{
  g_autofree char *before = g_steal_pointer (&shop->remark);

  shop->remark = before != NULL ? g_strconcat (before, " ", sentence, NULL) : g_strdup (sentence);
}

/* Any page of a shop answers to the parameter: the shop is to be known by one address
 * only. Which of its hosts that names, and whether with https, is the shop's own affair.
 */
static gboolean
check_home (CsChannel  *channel,
            const char *home,
            GError    **error)
{
  g_autoptr (GUri) ours = g_uri_parse (cs_channel_get_address (channel), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GUri) theirs = home != NULL ? g_uri_parse (home, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autofree char *path = theirs != NULL ? g_strdup (g_uri_get_path (theirs)) : NULL;

  while (path != NULL && g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';

  if (ours == NULL || theirs == NULL || g_strcmp0 (g_uri_get_host (ours), g_uri_get_host (theirs)) != 0 ||
      g_uri_get_port (ours) != g_uri_get_port (theirs) || g_str_equal (g_uri_get_path (ours), path))
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("This is a page of the shop at “%s%s”. Add it with that address."),
               g_uri_get_host (ours), path);

  return FALSE;
}

static gboolean
parse_index (CsChannel  *channel,
             CsInquiry  *inquiry,
             JsonObject *index,
             GError    **error)
{
  JsonArray *namespaces = cs_json_array (index, "namespaces");
  gboolean   has_shop = FALSE;

  if (namespaces == NULL)
    return refuse_reading (channel, error);

  for (guint i = 0; i < json_array_get_length (namespaces); i++)
    has_shop = has_shop || g_strcmp0 (cs_json_array_string (namespaces, i), "wc/v3") == 0;

  if (!has_shop)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("This is a site with WordPress, but WooCommerce is not active there. Switch it on under Plugins, or correct the address."));
      return FALSE;
    }

  if (cs_json_bool (inquiry->notes, "plain", FALSE) && !check_home (channel, cs_json_string (index, "home", NULL), error))
    return FALSE;

  inquiry->shop->name = cs_channel_html_to_text (cs_json_string (index, "name", ""));
  inquiry->shop->page = g_strdup (cs_json_string (index, "home", NULL));

  return TRUE;
}

/* [{"id": "woocommerce_currency", "value": "EUR", …}] */
static const char *
find_setting (JsonArray  *settings,
              const char *id)
{
  for (guint i = 0; settings != NULL && i < json_array_get_length (settings); i++)
    {
      JsonObject *one = cs_json_array_object (settings, i);

      if (g_str_equal (cs_json_string (one, "id", ""), id))
        return cs_json_string (one, "value", NULL);
    }

  return NULL;
}

static gboolean
parse_general (CsChannel *channel,
               CsInquiry *inquiry,
               JsonArray *settings,
               GError   **error)
{
  const char *currency = find_setting (settings, "woocommerce_currency");
  const char *decimals = find_setting (settings, "woocommerce_price_num_decimals");
  const char *taxes = find_setting (settings, "woocommerce_calc_taxes");

  if (currency == NULL || strlen (currency) != 3)
    return refuse_reading (channel, error);

  inquiry->shop->currency = g_strdup (currency);
  json_object_set_boolean_member (inquiry->notes, "taxes", g_strcmp0 (taxes, "yes") == 0);
  if (decimals != NULL && g_ascii_strtoull (decimals, NULL, 10) < cs_money_exponent (currency))
    add_remark (inquiry->shop, _("The shop shows its prices rounded: see WooCommerce › Settings › General, “Number of decimals”."));

  return TRUE;
}

static void
parse_tax (CsInquiry *inquiry,
           JsonArray *settings)
{
  gboolean includes = g_strcmp0 (find_setting (settings, "woocommerce_prices_include_tax"), "yes") == 0;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *profile = cs_channel_json_make_root (&node);

  json_object_set_string_member (profile, "prices_include_tax", includes ? "true" : "false");
  if (cs_json_bool (inquiry->notes, "plain", FALSE))
    json_object_set_string_member (profile, CS_WOOCOMMERCE_LINKS, "plain");
  inquiry->shop->profile = cs_json_canonical (node);
  if (cs_json_bool (inquiry->notes, "taxes", FALSE))
    add_remark (inquiry->shop, includes ? _("Prices in this shop are with tax.") : _("Prices in this shop are without tax."));
}

static void
parse_user (CsInquiry  *inquiry,
            JsonObject *user)
{
  if (!cs_json_bool (cs_json_object (user, "capabilities"), "upload_files", FALSE))
    add_remark (inquiry->shop, _("This user may not upload pictures; products can only be sent without."));
}

static gboolean
parse_shop (CsChannel *channel,
            CsInquiry *inquiry,
            JsonNode  *reply,
            GError   **error)
{
  const char *password = cs_channel_get_secret (channel, "password");
  JsonArray  *array = JSON_NODE_HOLDS_ARRAY (reply) ? json_node_get_array (reply) : NULL;

  switch (inquiry->n_answers)
    {
    case 0:
      return parse_index (channel, inquiry, cs_json_node_object (reply), error);

    case 1:
      return parse_general (channel, inquiry, array, error);

    case 2:
      parse_tax (inquiry, array);
      if (password == NULL || password[0] == '\0')
        add_remark (inquiry->shop, _("With a consumer key alone no pictures can be sent; an application password can do both."));
      return TRUE;

    default:
      parse_user (inquiry, cs_json_node_object (reply));
      return TRUE;
    }
}

static void
add_choices (CsFormField *field,
             JsonArray   *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject      *one = cs_json_array_object (array, i);
      g_autofree char *name = cs_channel_html_to_text (cs_json_string (one, "name", ""));
      const char      *slug = cs_json_string (one, "slug", NULL);

      if (slug != NULL)
        cs_form_field_add_choice (field, slug, name, NULL);
    }
}

static void
add_own_questions (CsForm *form)
{
  cs_form_add (form, CS_FORM_TEXT, "brand_label", _("What the shop calls the brand"))->longest = 28;
  cs_form_add (form, CS_FORM_TEXT, "material_label", _("What the shop calls the material"))->longest = 28;
  cs_form_add (form, CS_FORM_TEXT, "size_label", _("What the shop calls the size"))->longest = 28;
}

static void
parse_profile (CsInquiry *inquiry,
               JsonArray *array)
{
  CsFormField *field;

  if (inquiry->n_answers == 0)
    {
      add_own_questions (inquiry->form);
      if (array == NULL || json_array_get_length (array) == 0)
        return;
      field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "shipping_class", _("Shipping class"));
    }
  else
    {
      field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "tax_status", _("Tax"));
      cs_form_field_add_choice (field, "taxable", _("Taxed"), NULL);
      cs_form_field_add_choice (field, "shipping", _("Only its shipping is taxed"), NULL);
      cs_form_field_add_choice (field, "none", _("Not taxed"), NULL);
      field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "tax_class", _("Tax rate"));
    }

  add_choices (field, array);
}

static gboolean
parse_categories (CsChannel *channel,
                  CsInquiry *inquiry,
                  JsonArray *array,
                  GError   **error)
{
  CsFormField *field = cs_form_find (inquiry->form, "category");

  if (array == NULL)
    return refuse_reading (channel, error);

  if (field == NULL)
    field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "category", _("Category"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject      *one = cs_json_array_object (array, i);
      g_autofree char *id = cs_channel_json_dup_id (one, "id");
      g_autofree char *parent = cs_channel_json_dup_id (one, "parent");
      g_autofree char *name = cs_channel_html_to_text (cs_json_string (one, "name", ""));

      if (id != NULL)
        cs_form_field_add_choice (field, id, name, parent);
    }
  json_object_set_boolean_member (inquiry->notes, "more", json_array_get_length (array) == CS_WOOCOMMERCE_MOST);

  return TRUE;
}

static void
add_attribute (CsForm     *form,
               JsonObject *attribute)
{
  g_autofree char *id = cs_channel_json_dup_id (attribute, "id");
  g_autofree char *label = cs_channel_html_to_text (cs_json_string (attribute, "name", ""));
  g_autofree char *name = g_strconcat ("attribute-", id, NULL);

  if (id != NULL && label[0] != '\0')
    cs_form_add (form, CS_FORM_TEXT, name, label);
}

/* A full page may not be all of them: then it is typed. So is one without any. */
static void
add_terms (CsFormField *field,
           JsonArray   *array)
{
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n == 0 || n == CS_WOOCOMMERCE_MOST)
    return;

  field->kind = CS_FORM_CHOICES;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = cs_channel_html_to_text (cs_json_string (cs_json_array_object (array, i), "name", ""));

      if (name[0] != '\0')
        cs_form_field_add_choice (field, name, name, NULL);
    }
}

static gboolean
parse_attributes (CsChannel *channel,
                  CsInquiry *inquiry,
                  JsonArray *array,
                  GError   **error)
{
  if (array == NULL)
    return refuse_reading (channel, error);

  if (inquiry->n_answers > 0)
    add_terms (inquiry->form->fields->pdata[inquiry->n_answers - 1], array);
  else
    for (guint i = 0; i < json_array_get_length (array); i++)
      add_attribute (inquiry->form, cs_json_array_object (array, i));

  return TRUE;
}

gboolean
cs_woocommerce_parse_inquiry (CsChannel *channel,
                              CsInquiry *inquiry,
                              JsonNode  *reply,
                              GError   **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (reply) ? json_node_get_array (reply) : NULL;

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      return parse_shop (channel, inquiry, reply, error);

    case CS_INQUIRY_CATEGORIES:
      return parse_categories (channel, inquiry, array, error);

    case CS_INQUIRY_ATTRIBUTES:
      return parse_attributes (channel, inquiry, array, error);

    case CS_INQUIRY_PROFILE:
    default:
      parse_profile (inquiry, array);
      return TRUE;
    }
}
