/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-alibaba-private.h"
#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-json.h"

#define PRODUCTS "com.alibaba.product"
#define PAGE     20

CsRequest *
cs_alibaba_build_read (CsChannel  *channel,
                       const char *remote_id)
{
  JsonNode   *node;
  JsonObject *root = cs_channel_json_make_root (&node);

  cs_channel_json_set_string (root, "productID", remote_id);
  cs_channel_json_set_string (root, "webSite", "1688");

  return cs_alibaba_make_request (channel, PRODUCTS, "alibaba.product.get", node, NULL);
}

/* The cursor is the number of the page, from 1 */
CsRequest *
cs_alibaba_build_pull (CsChannel  *channel,
                       const char *cursor)
{
  JsonNode   *node;
  JsonObject *root = cs_channel_json_make_root (&node);

  cs_channel_json_set_string (root, "pageNo", cursor != NULL ? cursor : "1");
  json_object_set_int_member (root, "pageSize", PAGE);
  cs_channel_json_set_string (root, "webSite", "1688");

  return cs_alibaba_make_request (channel, PRODUCTS, "alibaba.product.list.get", node, NULL);
}

/* As machines write it, whatever the language */
static char *
dup_decimal (double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strconcat (g_ascii_formatd (digits, sizeof digits, "%.2f", number), " CNY", NULL);
}

static char *
dup_price (JsonObject *object,
           const char *member)
{
  JsonNode        *node = object != NULL ? json_object_get_member (object, member) : NULL;
  CsMoney          price;
  g_autofree char *amount = NULL;

  /* It gives amounts as numbers, 49.9: never more than two decimals */
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return dup_decimal (json_node_get_double (node));

  if (object == NULL || !cs_channel_json_get_price (object, member, "CNY", &price))
    return NULL;

  amount = cs_money_to_decimal (&price);

  return g_strdup_printf ("%s CNY", amount);
}

static char **
dup_pictures (JsonObject *product)
{
  JsonArray  *array = cs_json_array (cs_json_object (product, "image"), "images");
  const char *text;
  g_autoptr (GStrvBuilder) pictures = g_strv_builder_new ();

  for (guint i = 0; (text = cs_json_array_string (array, i)) != NULL; i++)
    {
      if (g_str_has_prefix (text, "http"))
        g_strv_builder_add (pictures, text);
      else
        g_strv_builder_take (pictures, g_strconcat ("https://cbu01.alicdn.com/", text, NULL));
    }

  return g_strv_builder_end (pictures);
}

static void
fill_variants (CsRemoteListing *remote,
               JsonArray       *skus)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *variants = json_array_new ();

  json_node_take_array (node, variants);
  for (guint i = 0; i < json_array_get_length (skus); i++)
    {
      JsonObject      *sku = cs_json_array_object (skus, i);
      JsonArray       *attributes = cs_json_array (sku, "attributes");
      JsonObject      *variant = json_object_new ();
      JsonObject      *options = json_object_new ();
      g_autofree char *price = dup_price (sku, "price");

      for (guint k = 0; attributes != NULL && k < json_array_get_length (attributes); k++)
        {
          JsonObject *attribute = cs_json_array_object (attributes, k);

          cs_channel_json_set_string (options, cs_json_string (attribute, "attributeName", ""),
                                      cs_json_string (attribute, "attributeValue", cs_json_string (attribute, "value", "")));
        }
      json_object_set_object_member (variant, "options", options);
      cs_channel_json_set_string (variant, "sku", cs_json_string (sku, "cargoNumber", NULL));
      cs_channel_json_set_string (variant, "price", price);
      json_object_set_int_member (variant, "stock", cs_json_int (sku, "amountOnSale", -1));
      json_array_add_object_element (variants, variant);
    }
  remote->variants = cs_json_canonical (node);
}

/* The seller's own number, an attribute */
static const char *
find_number (JsonObject *product)
{
  JsonArray *attributes = cs_json_array (product, "attributes");

  for (guint i = 0; attributes != NULL && i < json_array_get_length (attributes); i++)
    {
      JsonObject *attribute = cs_json_array_object (attributes, i);

      if (cs_json_int (attribute, "attributeID", 0) == 3151 || g_str_equal (cs_json_string (attribute, "attributeName", ""), "货号"))
        return cs_json_string (attribute, "value", NULL);
    }

  return NULL;
}

static CsRemoteListing *
parse_product (JsonObject *product)
{
  g_autofree char *id = cs_channel_json_dup_id (product, "productID");
  JsonObject      *sale = cs_json_object (product, "saleInfo");
  JsonArray       *skus = cs_json_array (product, "skuInfos");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  CsRemoteListing *remote;

  if (id == NULL)
    return NULL;

  json_node_set_object (node, product);
  remote = cs_remote_listing_make (id);
  remote->sku = g_strdup (find_number (product));
  remote->version = g_strdup (cs_json_string (product, "lastUpdateTime", NULL));
  remote->live = g_strcmp0 (cs_json_string (product, "status", NULL), "published") == 0;
  remote->url = g_strdup_printf ("https://detail.1688.com/offer/%s.html", id);
  remote->title = g_strdup (cs_json_string (product, "subject", NULL));
  remote->description = cs_channel_html_to_text (cs_json_string (product, "description", NULL));
  remote->price = dup_price (cs_json_array_object (cs_json_array (sale, "priceRanges"), 0), "price");
  remote->stock = cs_json_int (sale, "amountOnSale", -1);
  remote->pictures = dup_pictures (product);
  if (skus != NULL && json_array_get_length (skus) > 0)
    fill_variants (remote, skus);
  remote->body = cs_json_canonical (node);

  return remote;
}

/* {"productInfo": {…}}, or a page with "pageResult" */
CsRemotePage *
cs_alibaba_parse_listings (CsChannel *channel,
                           JsonNode  *reply,
                           GError   **error)
{
  JsonObject      *object = cs_json_node_object (reply);
  JsonObject      *result = cs_json_object (cs_json_object (object, "result"), "pageResult");
  JsonArray       *array = cs_json_array (result, "resultList");
  CsRemotePage    *page = cs_remote_page_new ();
  gint64           number = cs_json_int (result, "currentPage", 0);
  CsRemoteListing *remote;

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  if (array == NULL && (remote = parse_product (cs_json_object (object, "productInfo"))))
    g_ptr_array_add (page->listings, remote);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if ((remote = parse_product (cs_json_array_object (array, i))))
        g_ptr_array_add (page->listings, remote);
    }
  if (array != NULL && number > 0 && number * PAGE < cs_json_int (result, "totalRecords", 0))
    page->next = g_strdup_printf ("%" G_GINT64_FORMAT, number + 1);

  return page;
}

CsRequest *
cs_alibaba_build_inquiry (CsChannel *channel,
                          CsInquiry *inquiry)
{
  JsonNode   *node;
  JsonObject *root;

  if (inquiry->n_answers > 0 || (inquiry->kind == CS_INQUIRY_ATTRIBUTES && inquiry->category == NULL))
    return NULL;

  root = cs_channel_json_make_root (&node);
  if (inquiry->kind == CS_INQUIRY_SHOP)
    return cs_alibaba_make_request (channel, "com.alibaba.account", "alibaba.account.basic", node, NULL);

  cs_channel_json_set_string (root, "webSite", "1688");
  if (inquiry->kind == CS_INQUIRY_PROFILE)
    {
      json_object_set_int_member (root, "pageNo", 1);
      json_object_set_int_member (root, "pageSize", 50);
      cs_channel_json_set_string (root, "albumType", "MY");
      return cs_alibaba_make_request (channel, PRODUCTS, "alibaba.photobank.album.getList", node, NULL);
    }

  cs_channel_json_set_string (root, "categoryID", inquiry->category != NULL ? inquiry->category : "0");

  return cs_alibaba_make_request (channel, PRODUCTS, inquiry->kind == CS_INQUIRY_ATTRIBUTES ? "alibaba.category.attribute.get" : "alibaba.category.get", node, NULL);
}

static void
parse_profile (CsForm     *form,
               JsonObject *object)
{
  JsonArray   *albums = cs_json_array (cs_json_object (object, "result"), "albumInfos");
  CsFormField *field = cs_form_add (form, CS_FORM_CHOICE, "album_id", _("Album for pictures"));

  if (albums == NULL)
    albums = cs_json_array (object, "albumInfos");
  field->required = TRUE;
  for (guint i = 0; albums != NULL && i < json_array_get_length (albums); i++)
    {
      JsonObject      *album = cs_json_array_object (albums, i);
      g_autofree char *id = cs_channel_json_dup_id (album, "albumID");

      if (id == NULL)
        continue;
      cs_form_field_add_choice (field, id, cs_json_string (album, "name", id), NULL);
      if (field->value == NULL)
        field->value = g_strdup (id);
    }

  field = cs_form_add (form, CS_FORM_NUMBER, "least", _("Smallest quantity of an order"));
  field->value = g_strdup ("1");
  field = cs_form_add (form, CS_FORM_TEXT, "unit", _("Unit that it is sold in"));
  field->value = g_strdup ("件");
  field = cs_form_add (form, CS_FORM_TEXT, "freight_id", _("Number of the shipping template"));
}

static void
parse_categories (CsForm     *form,
                  JsonObject *object)
{
  JsonObject  *category = cs_json_array_object (cs_json_array (object, "categoryInfo"), 0);
  JsonArray   *children = cs_json_array (category, "childCategorys");
  CsFormField *field = cs_form_add (form, CS_FORM_CHOICE, "category", _("Category"));

  for (guint i = 0; children != NULL && i < json_array_get_length (children); i++)
    {
      JsonObject      *child = cs_json_array_object (children, i);
      g_autofree char *id = cs_channel_json_dup_id (child, "id");

      if (id != NULL)
        cs_form_field_add_choice (field, id, cs_json_string (child, "name", id), NULL);
    }
}

static void
parse_attribute (CsForm     *form,
                 JsonObject *attribute)
{
  g_autofree char *id = cs_channel_json_dup_id (attribute, "attrID");
  JsonArray       *values = cs_json_array (attribute, "attrValues");
  CsFormField     *field;

  if (id == NULL || cs_json_bool (attribute, "isSKUAttribute", FALSE))
    return;

  field = cs_form_add (form, values != NULL && json_array_get_length (values) > 0 ? CS_FORM_CHOICE : CS_FORM_TEXT,
                       id, cs_json_string (attribute, "name", id));
  field->required = cs_json_bool (attribute, "required", FALSE);
  /* A value goes there by its name */
  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      const char *name = cs_json_string (cs_json_array_object (values, i), "name", NULL);

      if (name != NULL)
        cs_form_field_add_choice (field, name, name, NULL);
    }
}

gboolean
cs_alibaba_parse_inquiry (CsChannel *channel,
                          CsInquiry *inquiry,
                          JsonNode  *reply,
                          GError   **error)
{
  JsonObject *object = cs_json_node_object (reply);
  JsonObject *result = cs_json_object (object, "result");
  JsonObject *first = cs_json_array_object (cs_json_array (result, "toReturn"), 0);
  JsonArray  *attributes = cs_json_array (object, "attributes");

  if (inquiry->kind == CS_INQUIRY_SHOP)
    {
      inquiry->shop->name = g_strdup (cs_json_string (first != NULL ? first : result, "companyName",
                                                      cs_json_string (first != NULL ? first : result, "sellerName", "1688")));
      inquiry->shop->currency = g_strdup ("CNY");
    }
  else if (inquiry->kind == CS_INQUIRY_PROFILE)
    parse_profile (inquiry->form, object);
  else if (inquiry->kind == CS_INQUIRY_CATEGORIES)
    parse_categories (inquiry->form, object);
  else
    for (guint i = 0; attributes != NULL && i < json_array_get_length (attributes); i++)
      parse_attribute (inquiry->form, cs_json_array_object (attributes, i));

  return TRUE;
}
