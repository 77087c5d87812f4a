/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-douyin-private.h"
#include "cs-json.h"

#define PAGE 100

JsonObject *
cs_douyin_get_data (JsonNode *json)
{
  return cs_json_object (cs_json_node_object (json), "data");
}

CsRequest *
cs_douyin_build_read (CsChannel  *channel,
                      const char *remote_id)
{
  JsonNode   *node;
  JsonObject *root = cs_channel_json_make_root (&node);

  cs_channel_json_set_string (root, "product_id", remote_id);

  return cs_douyin_make_request (channel, "product.detail", node);
}

/* The cursor is the number of the page, from 1 */
CsRequest *
cs_douyin_build_pull (CsChannel  *channel,
                      const char *cursor)
{
  JsonNode   *node;
  JsonObject *root = cs_channel_json_make_root (&node);

  json_object_set_int_member (root, "page", cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) : 1);
  json_object_set_int_member (root, "size", PAGE);

  return cs_douyin_make_request (channel, "product.listV2", node);
}

/* Amounts are in fen */
static char *
dup_price (JsonObject *object,
           const char *member)
{
  CsMoney          price = { .minor = cs_json_int (object, member, -1), .currency = "CNY" };
  g_autofree char *amount = price.minor >= 0 ? cs_money_to_decimal (&price) : NULL;

  return amount != NULL ? g_strdup_printf ("%s CNY", amount) : NULL;
}

static char **
dup_pictures (JsonObject *product)
{
  JsonArray  *array = cs_json_array (product, "pic");
  const char *one = cs_json_string (product, "img", NULL);
  const char *text;
  g_autoptr (GStrvBuilder) pictures = g_strv_builder_new ();

  for (guint i = 0; (text = cs_json_array_string (array, i)) != NULL; i++)
    g_strv_builder_add (pictures, text);
  if (array == NULL && one != NULL)
    g_strv_builder_add (pictures, one);

  return g_strv_builder_end (pictures);
}

static void
fill_variants (CsRemoteListing *remote,
               JsonArray       *rows)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *variants = json_array_new ();

  json_node_take_array (node, variants);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject      *row = cs_json_array_object (rows, i);
      JsonObject      *variant = json_object_new ();
      JsonObject      *options = json_object_new ();
      g_autofree char *price = dup_price (row, "price");

      cs_channel_json_set_string (options, "规格", cs_json_string (row, "spec_detail_name1", NULL));
      json_object_set_object_member (variant, "options", options);
      cs_channel_json_set_string (variant, "sku", cs_json_string (row, "code", NULL));
      cs_channel_json_set_string (variant, "price", price);
      json_object_set_int_member (variant, "stock", cs_json_int (row, "stock_num", -1));
      json_array_add_object_element (variants, variant);
    }
  remote->variants = cs_json_canonical (node);
}

/* On sale is what is online and was checked
 * (https://op.jinritemai.com/docs/question-docs/92/2070)
 */
static CsRemoteListing *
parse_product (JsonObject *product)
{
  g_autofree char *id = cs_channel_json_dup_id (product, "product_id");
  JsonArray       *rows = cs_json_array (product, "spec_prices");
  JsonObject      *first = rows != NULL ? cs_json_array_object (rows, 0) : NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  CsRemoteListing *remote;

  if (id == NULL)
    return NULL;

  json_node_set_object (node, product);
  remote = cs_remote_listing_make (id);
  remote->key = g_strdup (cs_json_string (product, "outer_product_id", NULL));
  remote->sku = g_strdup (cs_json_string (first, "code", NULL));
  remote->version = cs_channel_json_dup_id (product, "update_time");
  remote->live = cs_json_int (product, "status", -1) == 0 && cs_json_int (product, "check_status", 0) == 3;
  remote->title = g_strdup (cs_json_string (product, "name", NULL));
  remote->description = cs_channel_html_to_text (cs_json_string (product, "description", NULL));
  remote->price = first != NULL ? dup_price (first, "price") : dup_price (product, "discount_price");
  remote->stock = cs_json_int (first, "stock_num", -1);
  remote->pictures = dup_pictures (product);
  if (rows != NULL && json_array_get_length (rows) > 1)
    fill_variants (remote, rows);
  remote->body = cs_json_canonical (node);

  return remote;
}

/* One product, or {"data": […], "page", "total"} */
CsRemotePage *
cs_douyin_parse_listings (CsChannel *channel,
                          JsonNode  *reply,
                          GError   **error)
{
  JsonObject      *data = cs_douyin_get_data (reply);
  JsonArray       *array = cs_json_array (data, "data");
  CsRemotePage    *page = cs_remote_page_new ();
  gint64           number = cs_json_int (data, "page", 0);
  CsRemoteListing *remote;

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  if (array == NULL && (remote = parse_product (data)))
    g_ptr_array_add (page->listings, remote);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if ((remote = parse_product (cs_json_array_object (array, i))))
        g_ptr_array_add (page->listings, remote);
    }
  if (array != NULL && number > 0 && number * PAGE < cs_json_int (data, "total", 0))
    page->next = g_strdup_printf ("%" G_GINT64_FORMAT, number + 1);

  return page;
}

CsRequest *
cs_douyin_build_inquiry (CsChannel *channel,
                         CsInquiry *inquiry)
{
  JsonNode   *node;
  JsonObject *root;

  if (inquiry->n_answers > 0 || (inquiry->kind == CS_INQUIRY_ATTRIBUTES && inquiry->category == NULL))
    return NULL;

  root = cs_channel_json_make_root (&node);
  if (inquiry->kind == CS_INQUIRY_PROFILE)
    {
      cs_channel_json_set_string (root, "page", "0");
      cs_channel_json_set_string (root, "size", "100");
      return cs_douyin_make_request (channel, "freightTemplate.list", node);
    }

  json_object_set_int_member (root, inquiry->kind == CS_INQUIRY_ATTRIBUTES ? "category_leaf_id" : "cid",
                              inquiry->category != NULL ? g_ascii_strtoll (inquiry->category, NULL, 10) : 0);

  return cs_douyin_make_request (channel, inquiry->kind == CS_INQUIRY_ATTRIBUTES ? "product.getCatePropertyV2" : "shop.getShopCategory", node);
}

static void
parse_profile (CsInquiry  *inquiry,
               JsonObject *data)
{
  JsonArray   *templates = cs_json_array (data, "List");
  CsFormField *field = cs_form_add (inquiry->form, CS_FORM_TEXT, "mobile", _("Telephone number for customers"));

  field->required = TRUE;
  field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "freight_id", _("Shipping template"));
  cs_form_field_add_choice (field, "0", _("Free shipping"), NULL);
  field->value = g_strdup ("0");
  for (guint i = 0; templates != NULL && i < json_array_get_length (templates); i++)
    {
      JsonObject      *template = cs_json_object (cs_json_array_object (templates, i), "template");
      g_autofree char *id = cs_channel_json_dup_id (template, "id");

      if (id != NULL)
        cs_form_field_add_choice (field, id, cs_json_string (template, "template_name", id), NULL);
    }

  field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "reduce_type", _("Stock is taken down"));
  cs_form_field_add_choice (field, "1", _("when it is ordered"), NULL);
  cs_form_field_add_choice (field, "2", _("when it is paid"), NULL);
  field->value = g_strdup ("1");
  field = cs_form_add (inquiry->form, CS_FORM_NUMBER, "delivery_delay_day", _("Days until it is sent"));
  field->value = g_strdup ("2");
  field = cs_form_add (inquiry->form, CS_FORM_TEXT, "picture_base", _("Address of your pictures"));
  field->required = TRUE;
  field->help = g_strdup (_("Douyin fetches pictures from an https address only. Put the pictures of a package (“Douyin Shop, as a package”) into your own web space, and give the address of that folder here."));
}

static void
parse_categories (CsInquiry *inquiry,
                  JsonNode  *reply)
{
  JsonArray   *array = cs_json_array (cs_json_node_object (reply), "data");
  CsFormField *field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "category", _("Category"));

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject      *category = cs_json_array_object (array, i);
      g_autofree char *id = cs_channel_json_dup_id (category, "id");
      g_autofree char *parent = cs_channel_json_dup_id (category, "parent_id");

      if (id != NULL && cs_json_bool (category, "enable", TRUE))
        cs_form_field_add_choice (field, id, cs_json_string (category, "name", id), g_strcmp0 (parent, "0") != 0 ? parent : NULL);
    }
}

static void
parse_attribute (CsForm     *form,
                 JsonObject *property)
{
  g_autofree char *id = cs_channel_json_dup_id (property, "property_id");
  JsonArray       *options = cs_json_array (property, "options");
  const char      *type = cs_json_string (property, "type", "");
  CsFormField     *field;

  if (id == NULL || cs_json_int (property, "status", 0) == 1)
    return;

  field = cs_form_add (form, g_str_equal (type, "multi_select") ? CS_FORM_CHOICES : g_str_equal (type, "select") ? CS_FORM_CHOICE : CS_FORM_TEXT,
                       id, cs_json_string (property, "property_name", id));
  field->required = cs_json_int (property, "required", 0) == 1;
  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++)
    {
      JsonObject      *option = cs_json_array_object (options, i);
      g_autofree char *value = cs_channel_json_dup_id (option, "value_id");

      if (value != NULL)
        cs_form_field_add_choice (field, value, cs_json_string (option, "name", value), NULL);
    }
}

gboolean
cs_douyin_parse_inquiry (CsChannel *channel,
                         CsInquiry *inquiry,
                         JsonNode  *reply,
                         GError   **error)
{
  JsonArray  *properties = cs_json_array (cs_douyin_get_data (reply), "data");
  const char *shop = cs_channel_get_secret (channel, "shop_id");

  if (inquiry->kind == CS_INQUIRY_SHOP)
    {
      inquiry->shop->name = g_strdup_printf (_("Douyin Shop %s"), shop != NULL ? shop : "");
      inquiry->shop->currency = g_strdup ("CNY");
    }
  else if (inquiry->kind == CS_INQUIRY_PROFILE)
    parse_profile (inquiry, cs_json_node_object (reply));
  else if (inquiry->kind == CS_INQUIRY_CATEGORIES)
    parse_categories (inquiry, reply);
  else
    for (guint i = 0; properties != NULL && i < json_array_get_length (properties); i++)
      parse_attribute (inquiry->form, cs_json_array_object (properties, i));

  return TRUE;
}
