/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "cs-alibaba-private.h"
#include "cs-channel-form.h"
#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-json.h"
#include "cs-signature.h"
#include "cs-text.h"

/* 1688.com, by its published reference (https://open.1688.com/api/, name space
 * com.alibaba.product); never tried against the live service. What it answers is
 * taken as it comes.
 *
 * It has no drafts and no search by the seller's own number, so a product whose
 * creation nobody saw the end of is looked for by its subject, and a person says
 * whether it is that one. It sells in quantities: the price is that of the first
 * range, from the smallest quantity of the account's profile on.
 */

/* Facts of 2026: subject of 60 units in its own editor, photos of 2 MB */
#define LONGEST_TITLE 60
#define MOST_PICTURES 5
#define MOST_BYTES    (2 * 1024 * 1024)

#define PRODUCTS "com.alibaba.product"

struct _CsAlibaba
{
  CsChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (CsAlibaba, cs_alibaba, CS_TYPE_CHANNEL)

static void
append_parameter (GString    *form,
                  const char *name,
                  JsonNode   *value)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_NULL (value))
    return;

  text = JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
           ? json_node_dup_string (value)
           : cs_json_canonical (value);
  cs_channel_form_add (form, name, text);
}

/* A file is not signed and goes as multipart; what is signed stands in the address then */
CsRequest *
cs_alibaba_make_request (CsChannel  *channel,
                         const char *name_space,
                         const char *method,
                         JsonNode   *parameters,
                         GBytes     *file)
{
  const char *key = cs_channel_get_secret (channel, "app_key");
  g_autofree char *escaped = g_uri_escape_string (key != NULL ? key : "", NULL, FALSE);
  g_autoptr (GString) form = g_string_new (NULL);
  CsRequest     *request;
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (parameters));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    append_parameter (form, name, value);
  json_node_unref (parameters);

  if (file == NULL)
    {
      request = cs_channel_make_request (channel, "POST", "/openapi/param2/1/%s/%s/%s", name_space, method, escaped);
      cs_channel_form_send (form, request);
    }
  else
    {
      CsFormPart part = { "imageBytes", "picture.jpg", "image/jpeg", file };

      request = cs_channel_make_request (channel, "POST", "/openapi/param2/1/%s/%s/%s?%s", name_space, method, escaped, form->str);
      cs_request_set_multipart (request, &part, 1);
    }

  return request;
}

static void
take_parameters (GHashTable *into,
                 const char *form)
{
  g_autoptr (GHashTable) table = form != NULL ? soup_form_decode (form) : NULL;
  GHashTableIter iter;
  gpointer name, value;

  if (table == NULL)
    return;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (into, g_strdup (name), g_strdup (value));
}

static void
cs_alibaba_sign (CsChannel *channel,
                 CsRequest *request,
                 gint64     now)
{
  const char      *secret = cs_channel_get_secret (channel, "app_secret");
  const char      *token = cs_channel_get_secret (channel, "access_token");
  g_autoptr (GUri) uri = g_uri_parse (request->address, G_URI_FLAGS_ENCODED_QUERY, NULL);
  g_autoptr (GHashTable) parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT "000", now);
  g_autofree char *escaped = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *address = NULL;
  g_autofree char *body = NULL;
  const char      *path;
  gsize            length;

  if (uri == NULL || secret == NULL || !g_str_has_prefix (g_uri_get_path (uri), "/openapi/"))
    return;

  path = g_uri_get_path (uri) + strlen ("/openapi/");
  if (request->body != NULL && !g_str_has_prefix (request->content_type, "multipart/"))
    {
      const char *text = g_bytes_get_data (request->body, &length);

      body = g_strndup (text, length);
    }
  take_parameters (parameters, body);
  take_parameters (parameters, g_uri_get_query (uri));
  g_hash_table_replace (parameters, g_strdup ("access_token"), g_strdup (token != NULL ? token : ""));
  g_hash_table_replace (parameters, g_strdup ("_aop_timestamp"), g_strdup (time));
  signature = cs_signature_make (CS_SIGNATURE_1688, secret, path, parameters, NULL);
  escaped = g_uri_escape_string (token != NULL ? token : "", NULL, FALSE);
  address = g_strdup_printf ("%s%saccess_token=%s&_aop_timestamp=%s&_aop_signature=%s", request->address,
                             g_uri_get_query (uri) != NULL ? "&" : "?", escaped, time, signature);
  g_set_str (&request->address, address);
}

static CsChannelStep *
cs_alibaba_next_step (CsChannel *channel,
                      CsListing *listing,
                      CsJournal *journal)
{
  const char *write = cs_operation_get_name (listing->operation);
  gboolean    with_pictures = listing->operation == CS_OPERATION_CREATE || listing->operation == CS_OPERATION_UPDATE;

  if (cs_journal_is_done (journal, write))
    return NULL;

  for (guint i = 0; with_pictures && i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);

      if (!cs_journal_is_done (journal, name))
        return cs_channel_step_make (name);
    }

  /* What is changed is written whole: it is read first, so that nothing is lost */
  if (listing->operation == CS_OPERATION_OFFER && !cs_journal_is_done (journal, "shown"))
    return cs_channel_step_make ("shown");

  return cs_channel_step_make (write);
}

static CsRequest *
build_picture (CsChannel *channel,
               CsListing *listing,
               guint      index,
               GBytes    *bytes,
               GError   **error)
{
  CsListingPicture *picture = listing->pictures->pdata[index];
  g_autoptr (JsonNode) terms = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  JsonNode         *node;
  JsonObject       *root;

  if (g_bytes_get_size (bytes) > MOST_BYTES)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("Picture %u is larger than the 2 MB that 1688 takes. Make it smaller, then approve it again."), index + 1);
      return NULL;
    }

  root = cs_channel_json_make_root (&node);
  cs_channel_json_set_string (root, "albumID", cs_json_string (cs_json_node_object (terms), "album_id", NULL));
  cs_channel_json_set_string (root, "name", picture->name != NULL ? picture->name : "picture");
  cs_channel_json_set_string (root, "webSite", "1688");

  return cs_alibaba_make_request (channel, PRODUCTS, "alibaba.photobank.photo.add", node, bytes);
}

static void
add_attribute (JsonArray  *array,
               const char *id,
               const char *name,
               const char *value)
{
  JsonObject *attribute = json_object_new ();

  if (id != NULL)
    json_object_set_int_member (attribute, "attributeID", g_ascii_strtoll (id, NULL, 10));
  cs_channel_json_set_string (attribute, "attributeName", name);
  cs_channel_json_set_string (attribute, "value", value);
  json_array_add_object_element (array, attribute);
}

static void
set_attributes (JsonObject *root,
                CsListing  *listing)
{
  g_autoptr (JsonNode) node = listing->attributes != NULL ? cs_json_parse (listing->attributes, -1, NULL) : NULL;
  JsonObject *chosen = cs_json_node_object (node);
  JsonArray  *array = json_array_new ();
  g_autoptr (GList) names = chosen != NULL ? json_object_get_members (chosen) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonArray *list = cs_json_array (chosen, l->data);

      for (guint i = 0; i < (list != NULL ? json_array_get_length (list) : 1); i++)
        add_attribute (array, l->data, NULL,
                       list != NULL ? cs_json_array_string (list, i) : cs_json_string (chosen, l->data, NULL));
    }

  /* The seller's own number for it is an attribute there too */
  add_attribute (array, "3151", "货号", listing->sku);
  json_object_set_array_member (root, "attributes", array);
}

static void
set_pictures (JsonObject *root,
              CsListing  *listing,
              CsJournal  *journal)
{
  JsonObject *image = json_object_new ();
  JsonArray  *array = json_array_new ();

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);

      json_array_add_string_element (array, cs_json_string (cs_journal_get_detail (journal, name), "picture", ""));
    }
  json_object_set_array_member (image, "images", array);
  json_object_set_object_member (root, "image", image);
}

static void
set_sale (JsonObject *root,
          CsListing  *listing,
          JsonObject *terms)
{
  JsonObject *sale = json_object_new ();
  JsonObject *range = json_object_new ();
  JsonArray  *ranges = json_array_new ();
  gint64      least = MAX (g_ascii_strtoll (cs_json_string (terms, "least", "1"), NULL, 10), 1);

  json_object_set_int_member (range, "startQuantity", least);
  cs_channel_json_set_price (range, "price", &listing->price);
  json_array_add_object_element (ranges, range);
  json_object_set_boolean_member (sale, "supportOnlineTrade", TRUE);
  json_object_set_array_member (sale, "priceRanges", ranges);
  json_object_set_int_member (sale, "amountOnSale", MAX (listing->stock, 0));
  json_object_set_int_member (sale, "minOrderQuantity", least);
  cs_channel_json_set_string (sale, "unit", cs_json_string (terms, "unit", "件"));
  json_object_set_object_member (root, "saleInfo", sale);
}

static void
set_skus (JsonObject *root,
          CsListing  *listing)
{
  g_autoptr (JsonNode) node = listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;
  JsonArray *variants = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonArray *skus = json_array_new ();

  for (guint i = 0; variants != NULL && i < json_array_get_length (variants); i++)
    {
      JsonObject *variant = cs_json_array_object (variants, i);
      JsonObject *options = cs_json_object (variant, "options");
      JsonObject *sku = json_object_new ();
      JsonArray  *attributes = json_array_new ();
      CsMoney     price = listing->price;
      g_autoptr (GList) names = options != NULL ? json_object_get_members (options) : NULL;

      for (GList *l = names; l != NULL; l = l->next)
        add_attribute (attributes, NULL, l->data, cs_json_string (options, l->data, ""));
      if (cs_json_string (variant, "price", NULL) != NULL)
        cs_money_parse (cs_json_string (variant, "price", NULL), price.currency, &price, NULL);
      json_object_set_array_member (sku, "attributes", attributes);
      cs_channel_json_set_string (sku, "cargoNumber", cs_json_string (variant, "sku", NULL));
      cs_channel_json_set_price (sku, "price", &price);
      json_object_set_int_member (sku, "amountOnSale", MAX (cs_json_int (variant, "stock", 0), 0));
      json_array_add_object_element (skus, sku);
    }
  if (json_array_get_length (skus) > 0)
    json_object_set_array_member (root, "skuInfos", skus);
  else
    json_array_unref (skus);
}

static CsRequest *
build_product (CsChannel  *channel,
               CsListing  *listing,
               CsJournal  *journal,
               const char *remote_id)
{
  g_autoptr (JsonNode) terms = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  JsonObject      *chosen = cs_json_node_object (terms);
  g_autofree char *paragraphs = cs_channel_html_from_text (listing->description);
  g_autofree char *bullets = cs_channel_html_from_list (listing->bullets);
  g_autofree char *description = g_strconcat (paragraphs, bullets, NULL);
  const char      *freight = cs_json_string (chosen, "freight_id", NULL);
  JsonNode        *node;
  JsonObject      *root = cs_channel_json_make_root (&node);

  cs_channel_json_set_string (root, "productType", "wholesale");
  cs_channel_json_set_string (root, "webSite", "1688");
  cs_channel_json_set_string (root, "language", "CHINESE");
  cs_channel_json_set_string (root, "bizType", "1");
  cs_channel_json_set_string (root, "subject", listing->title);
  cs_channel_json_set_string (root, "description", description);
  cs_channel_json_set_string (root, "categoryID", listing->category_id);
  cs_channel_json_set_string (root, "productID", remote_id);
  set_attributes (root, listing);
  set_pictures (root, listing, journal);
  set_sale (root, listing, chosen);
  set_skus (root, listing);
  if (freight != NULL)
    {
      JsonObject *shipping = json_object_new ();

      json_object_set_int_member (shipping, "freightTemplateID", g_ascii_strtoll (freight, NULL, 10));
      json_object_set_object_member (root, "shippingInfo", shipping);
    }

  return cs_alibaba_make_request (channel, PRODUCTS, remote_id != NULL ? "alibaba.product.edit" : "alibaba.product.add", node, NULL);
}

/* Stock of the product, and of each of its variants by the id that the shop gave it */
static CsRequest *
build_stock (CsChannel  *channel,
             CsListing  *listing,
             CsJournal  *journal,
             const char *remote_id)
{
  JsonObject *ids = cs_json_object (cs_journal_get_detail (journal, "shown"), "skus");
  g_autoptr (JsonNode) variants_node = listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;
  JsonArray  *variants = variants_node != NULL && JSON_NODE_HOLDS_ARRAY (variants_node) ? json_node_get_array (variants_node) : NULL;
  JsonNode   *node;
  JsonObject *root = cs_channel_json_make_root (&node);
  JsonArray  *changes = json_array_new ();
  JsonObject *change = json_object_new ();
  JsonArray  *skus = json_array_new ();

  json_object_set_int_member (change, "productId", g_ascii_strtoll (remote_id, NULL, 10));
  for (guint i = 0; variants != NULL && i < json_array_get_length (variants); i++)
    {
      JsonObject *variant = cs_json_array_object (variants, i);
      const char *id = cs_json_string (ids, cs_json_string (variant, "sku", ""), NULL);
      JsonObject *sku;

      if (id == NULL)
        continue;
      sku = json_object_new ();
      json_object_set_int_member (sku, "skuId", g_ascii_strtoll (id, NULL, 10));
      json_object_set_int_member (sku, "skuAmountChange", MAX (cs_json_int (variant, "stock", 0), 0));
      json_array_add_object_element (skus, sku);
    }
  if (json_array_get_length (skus) > 0)
    json_object_set_array_member (change, "skuStocks", skus);
  else
    {
      json_array_unref (skus);
      json_object_set_int_member (change, "productAmountChange", MAX (listing->stock, 0));
    }
  json_array_add_object_element (changes, change);
  json_object_set_array_member (root, "productStockChange", changes);
  /* The number that it is to be, not one to add */
  json_object_set_boolean_member (root, "increaseModify", FALSE);
  cs_channel_json_set_string (root, "webSite", "1688");

  return cs_alibaba_make_request (channel, PRODUCTS, "alibaba.product.modifyStock", node, NULL);
}

/* Its interface changes stock alone, but no price */
static gboolean
is_other_price (CsListing *listing)
{
  g_autoptr (JsonNode) node = listing->seen != NULL ? cs_json_parse (listing->seen, -1, NULL) : NULL;
  const char *seen = cs_json_string (cs_json_node_object (node), "price", NULL);
  CsMoney     price;

  return seen != NULL && cs_money_parse (seen, listing->price.currency, &price, NULL) && price.minor != listing->price.minor;
}

static CsRequest *
build_withdrawal (CsChannel  *channel,
                  const char *remote_id)
{
  JsonNode   *node;
  JsonObject *root = cs_channel_json_make_root (&node);

  cs_channel_json_set_strings (root, "productIds", (char *[]){ (char *) remote_id, NULL });
  cs_channel_json_set_string (root, "webSite", "1688");

  return cs_alibaba_make_request (channel, PRODUCTS, "alibaba.product.expire", node, NULL);
}

static CsRequest *
cs_alibaba_build (CsChannel     *channel,
                  CsListing     *listing,
                  CsChannelStep *step,
                  CsJournal     *journal,
                  GBytes        *picture,
                  GError       **error)
{
  const char *remote_id = listing->remote_id != NULL ? listing->remote_id : cs_journal_get_remote_id (journal);

  if (step->picture >= 0)
    return build_picture (channel, listing, step->picture, picture, error);

  if (step->creates)
    return build_product (channel, listing, journal, NULL);

  if (remote_id == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("It is not known which product in the shop this is about. Approve it again."));
      return NULL;
    }

  if (g_str_equal (step->name, "shown"))
    return cs_alibaba_build_read (channel, remote_id);
  if (g_str_equal (step->name, "withdraw"))
    return build_withdrawal (channel, remote_id);
  if (g_str_equal (step->name, "offer") && is_other_price (listing))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("1688 takes another price only with the whole product. Approve the product itself."));
      return NULL;
    }
  if (g_str_equal (step->name, "offer"))
    return build_stock (channel, listing, journal, remote_id);

  return build_product (channel, listing, journal, remote_id);
}

static void
keep_skus (JsonObject *members,
           JsonObject *product)
{
  JsonArray  *array = cs_json_array (product, "skuInfos");
  JsonObject *skus = json_object_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject      *sku = cs_json_array_object (array, i);
      g_autofree char *id = cs_channel_json_dup_id (sku, "skuId");
      const char      *code = cs_json_string (sku, "cargoNumber", NULL);

      if (code != NULL)
        cs_channel_json_set_string (skus, code, id);
    }
  json_object_set_object_member (members, "skus", skus);
}

static JsonNode *
cs_alibaba_parse (CsChannel     *channel,
                  CsListing     *listing,
                  CsChannelStep *step,
                  CsReply       *reply,
                  JsonNode      *json,
                  GError       **error)
{
  JsonObject      *object = cs_json_node_object (json);
  JsonObject      *result = cs_json_object (object, "result");
  const char      *url = cs_json_string (cs_json_object (object, "image"), "url", cs_json_string (cs_json_object (result, "image"), "url", NULL));
  g_autofree char *id = cs_channel_json_dup_id (object, "productID");
  g_autofree char *inner = cs_channel_json_dup_id (result, "productID");
  const char      *remote_id = id != NULL ? id : inner;
  g_autoptr (JsonNode) detail = NULL;
  JsonObject *members = cs_channel_json_make_root (&detail);

  if ((step->picture >= 0 && url == NULL) || (step->creates && remote_id == NULL))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNKNOWN, _("1688 gave an answer that cannot be read."));
      return NULL;
    }

  if (step->picture >= 0)
    cs_channel_json_set_string (members, "picture", url);
  else if (g_str_equal (step->name, "shown"))
    keep_skus (members, cs_json_object (object, "productInfo"));
  else
    cs_channel_json_set_string (members, "remote_id", remote_id != NULL ? remote_id : listing->remote_id);

  return g_steal_pointer (&detail);
}

static char *
dup_code (JsonObject *object)
{
  static const char *const names[] = { "error_code", "errorCode", "errCode" };

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (names); i++)
    {
      char *code = cs_channel_json_dup_id (object, names[i]);

      if (code != NULL && code[0] != '\0' && !g_str_equal (code, "0"))
        return code;
      g_free (code);
    }

  return NULL;
}

/* https://open.1688.com/doc/gateWayErrorCode.htm: errors stand at the top or in
 * "result", and a batch may have refused one of its rows
 */
static gboolean
cs_alibaba_find_fault (CsChannel     *channel,
                       CsChannelStep *step,
                       JsonNode      *json,
                       CsError       *code,
                       char         **sentence)
{
  JsonObject      *object = cs_json_node_object (json);
  JsonObject      *result = cs_json_object (object, "result");
  JsonObject      *row = cs_json_array_object (cs_json_array (object, "result"), 0);
  g_autofree char *outer = dup_code (object);
  g_autofree char *inner = dup_code (result);
  const char      *name = outer != NULL ? outer : inner != NULL ? inner : "";
  const char      *message = cs_json_string (object, "error_message", cs_json_string (object, "errorMsg", cs_json_string (result, "errorMsg", cs_json_string (row, "desc", name))));
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (object != NULL && name[0] == '\0' && cs_json_bool (object, "success", TRUE) && cs_json_bool (result, "success", TRUE) &&
      cs_json_bool (row, "result", TRUE))
    return FALSE;

  if (strstr (lower, "accesstoken") != NULL || strstr (lower, "invalid_token") != NULL || g_str_equal (name, "401"))
    *code = CS_ERROR_SIGN_IN;
  else if (strstr (lower, "qps") != NULL || strstr (lower, "limit") != NULL || strstr (lower, "frequen") != NULL)
    *code = CS_ERROR_LATER;
  else if (object == NULL || strstr (lower, "sys_error") != NULL || strstr (lower, "timeout") != NULL || g_str_has_prefix (name, "5"))
    *code = step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER;
  else
    {
      *code = CS_ERROR_REFUSED;
      *sentence = g_strdup_printf (_("1688 did not accept it: %s Change it, then approve it again."), message);
    }

  return TRUE;
}

static void
cs_alibaba_check (CsChannel *channel,
                  CsListing *listing,
                  GPtrArray *findings)
{
  g_autoptr (JsonNode) terms = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  guint units = listing->title != NULL ? cs_text_units (listing->title) : 0;

  if (units == 0 || units > LONGEST_TITLE)
    g_ptr_array_add (findings, g_strdup_printf (_("The title is %u units long (a Chinese character is two); 1688 takes 1 to %d."),
                                                units, LONGEST_TITLE));
  if (listing->pictures->len == 0 || listing->pictures->len > MOST_PICTURES)
    g_ptr_array_add (findings, g_strdup_printf (_("There are %u pictures; 1688 takes 1 to %d."), listing->pictures->len, MOST_PICTURES));
  if (listing->category_id == NULL)
    g_ptr_array_add (findings, g_strdup (_("Choose a category of 1688.")));
  if (g_strcmp0 (listing->price.currency, "CNY") != 0)
    g_ptr_array_add (findings, g_strdup (_("1688 wants a price in CNY.")));
  if (!listing->live)
    g_ptr_array_add (findings, g_strdup (_("1688 has no drafts: what goes there is on sale at once.")));
  if (cs_json_string (cs_json_node_object (terms), "album_id", NULL) == NULL)
    g_ptr_array_add (findings, g_strdup (_("Choose the album for pictures on the shop's page.")));
}

/* https://open.1688.com/doc/authDocument.htm: the refresh token lives for half a year */
static CsRequest *
cs_alibaba_build_refresh (CsChannel *channel)
{
  const char *token = cs_channel_get_secret (channel, "refresh_token");
  const char *key = cs_channel_get_secret (channel, "app_key");
  g_autofree char *escaped = g_uri_escape_string (key != NULL ? key : "", NULL, FALSE);
  g_autoptr (GString) form = g_string_new (NULL);
  CsRequest *request;

  if (token == NULL || token[0] == '\0')
    return NULL;

  request = cs_channel_make_request (channel, "POST", "/openapi/http/1/system.oauth2/getToken/%s", escaped);
  cs_channel_form_add (form, "grant_type", "refresh_token");
  cs_channel_form_add (form, "client_id", key);
  cs_channel_form_add (form, "client_secret", cs_channel_get_secret (channel, "app_secret"));
  cs_channel_form_add (form, "refresh_token", token);
  cs_channel_form_send (form, request);

  return request;
}

static gboolean
cs_alibaba_parse_tokens (CsChannel  *channel,
                         JsonNode   *reply,
                         gint64      now,
                         JsonObject *secrets,
                         GError    **error)
{
  JsonObject      *object = cs_json_node_object (reply);
  const char      *token = cs_json_string (object, "access_token", NULL);
  g_autofree char *seconds = cs_channel_json_dup_id (object, "expires_in");
  g_autofree char *expires = NULL;

  if (token == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_SIGN_IN, _("1688 wants you to sign in again."));
      return FALSE;
    }

  expires = g_strdup_printf ("%" G_GINT64_FORMAT, now + (seconds != NULL ? g_ascii_strtoll (seconds, NULL, 10) : 3600));
  cs_channel_json_set_string (secrets, "access_token", token);
  cs_channel_json_set_string (secrets, "refresh_token", cs_json_string (object, "refresh_token", NULL));
  cs_channel_json_set_string (secrets, "expires_at", expires);

  return TRUE;
}

static void
cs_alibaba_class_init (CsAlibabaClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "1688",
    .version = "1688/1",
    .settle_seconds = 600,
    .rewrites = 1u << CS_FIELD_DESCRIPTION,
    .per_second = 2,
    .burst = 2,
  };
  channel_class->next_step = cs_alibaba_next_step;
  channel_class->build = cs_alibaba_build;
  channel_class->parse = cs_alibaba_parse;
  channel_class->find_fault = cs_alibaba_find_fault;
  channel_class->build_read = cs_alibaba_build_read;
  channel_class->build_pull = cs_alibaba_build_pull;
  channel_class->parse_listings = cs_alibaba_parse_listings;
  channel_class->check = cs_alibaba_check;
  channel_class->build_inquiry = cs_alibaba_build_inquiry;
  channel_class->parse_inquiry = cs_alibaba_parse_inquiry;
  channel_class->build_refresh = cs_alibaba_build_refresh;
  channel_class->parse_tokens = cs_alibaba_parse_tokens;
  channel_class->sign = cs_alibaba_sign;
}

static void
cs_alibaba_init (CsAlibaba *self)
{
}

static const CsChannelAsk asks[] = {
  { .name = "app_key", .label = N_("App key") },
  { .name = "app_secret", .label = N_("App secret"), .secret = TRUE },
  { .name = "access_token", .label = N_("Access token"), .secret = TRUE },
  { .name = "refresh_token", .label = N_("Refresh token"), .help = N_("With it the access token is made new by itself."), .secret = TRUE, .optional = TRUE },
  { NULL },
};

static const char *const steps[] = {
  N_("Register in the 1688 open platform as a seller, and make an application for yourself. 1688 looks at it before it works."),
  N_("Ask for the permissions for products and for the photo bank there, and authorize your own account."),
  N_("Copy the application's key and secret, and the tokens of the authorization, into the fields below."),
  NULL,
};

const CsChannelKind cs_alibaba_kind = {
  .kind = "1688",
  .name = "1688",
  .summary = N_("The wholesale marketplace in China"),
  .address = "https://gw.open.1688.com",
  .way = CS_SIGN_IN_KEYS,
  .asks = asks,
  .steps = steps,
  .verified = N_("Signatures are checked with the published values. Not verified against the live service."),
  .page = "https://open.1688.com",
};
