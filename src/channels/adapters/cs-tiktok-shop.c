/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-json.h"
#include "cs-signature.h"
#include "cs-tiktok-shop-private.h"

/* TikTok Shop (https://partner.tiktokshop.com/docv2/page/products-api-overview,
 * versions 202309 and 202502), from its published reference; never tried against
 * the live service. What it answers is taken as it comes.
 *
 * A product is created with an idempotency key, our own, so that saying it twice
 * makes one; it goes to be checked and is on sale once that is done, which the
 * reading back tells. A draft is the same with another save mode.
 */

#define PAGE 50
/* https://seller-us.tiktok.com/university/essay?knowledge_id=7073362639816491 */
#define MOST_PICTURES  9
#define SHORTEST_TITLE 25
#define LONGEST_TITLE  255

struct _CsTiktokShop
{
  CsChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (CsTiktokShop, cs_tiktok_shop, CS_TYPE_CHANNEL)

static gboolean
is_multipart (CsRequest *request)
{
  return request->content_type != NULL && g_str_has_prefix (request->content_type, "multipart/");
}

static void
append_query (GString    *query,
              const char *name,
              const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", name, escaped);
}

static void
cs_tiktok_shop_sign (CsChannel *channel,
                     CsRequest *request,
                     gint64     now)
{
  const char      *key = cs_channel_get_secret (channel, "app_key");
  const char      *secret = cs_channel_get_secret (channel, "app_secret");
  const char      *token = cs_channel_get_secret (channel, "access_token");
  const char      *cipher = cs_channel_get_profile (channel, "shop_cipher");
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, now);
  g_autoptr (GUri) uri = g_uri_parse (request->address, G_URI_FLAGS_ENCODED_QUERY, NULL);
  g_autoptr (GHashTable) parameters = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *signature = NULL;
  GHashTableIter iter;
  gpointer name, value;

  if (uri == NULL || key == NULL || secret == NULL)
    return;

  parameters = g_uri_get_query (uri) != NULL
                 ? g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL)
                 : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (parameters, g_strdup ("app_key"), g_strdup (key));
  g_hash_table_replace (parameters, g_strdup ("timestamp"), g_strdup (timestamp));
  if (cipher != NULL && !g_str_has_prefix (g_uri_get_path (uri), "/authorization/") && !is_multipart (request))
    g_hash_table_replace (parameters, g_strdup ("shop_cipher"), g_strdup (cipher));
  signature = cs_signature_make (CS_SIGNATURE_TIKTOK_SHOP, secret, g_uri_get_path (uri), parameters,
                                 is_multipart (request) ? NULL : request->body);
  g_hash_table_replace (parameters, g_strdup ("sign"), g_strdup (signature));

  g_hash_table_iter_init (&iter, parameters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    append_query (query, name, value);

  g_free (request->address);
  request->address = g_strconcat (cs_channel_get_address (channel), g_uri_get_path (uri), "?", query->str, NULL);
  if (token != NULL)
    cs_request_set_header (request, "x-tts-access-token", token);
}

/* What there is to be said of one product, in order */
static CsChannelStep *
cs_tiktok_shop_next_step (CsChannel *channel,
                          CsListing *listing,
                          CsJournal *journal)
{
  static const char *const offer[] = { "shown", "offer", "stock", NULL };
  static const char *const update[] = { "shown", "update", NULL };
  static const char *const create[] = { "create", NULL };
  static const char *const withdraw[] = { "withdraw", NULL };
  const char *const       *steps = listing->operation == CS_OPERATION_OFFER      ? offer
                                   : listing->operation == CS_OPERATION_UPDATE   ? update
                                   : listing->operation == CS_OPERATION_WITHDRAW ? withdraw
                                                                                 : create;
  gboolean with_pictures = listing->operation == CS_OPERATION_CREATE || listing->operation == CS_OPERATION_UPDATE;

  for (guint i = 0; with_pictures && i < listing->pictures->len && !cs_journal_is_done (journal, steps[0]); i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);

      if (!cs_journal_is_done (journal, name))
        return cs_channel_step_make (name);
    }

  for (guint i = 0; steps[i] != NULL; i++)
    {
      if (!cs_journal_is_done (journal, steps[i]))
        return cs_channel_step_make (steps[i]);
    }

  return NULL;
}

static CsRequest *
build_picture (CsChannel *channel,
               CsListing *listing,
               guint      index,
               GBytes    *bytes)
{
  CsListingPicture *picture = listing->pictures->pdata[index];
  CsRequest        *request = cs_channel_make_request (channel, "POST", "/product/202309/images/upload");
  g_autoptr (GBytes) use = g_bytes_new_static ("MAIN_IMAGE", strlen ("MAIN_IMAGE"));
  CsFormPart parts[] = {
    { "data", picture->name != NULL ? picture->name : "picture.jpg", picture->mime, bytes },
    { "use_case", NULL, NULL, use },
  };

  cs_request_set_multipart (request, parts, G_N_ELEMENTS (parts));

  return request;
}

static JsonNode *
parse_tree (const char *json)
{
  return json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
}

static void
set_amount (JsonObject *sku,
            CsListing  *listing,
            const char *own)
{
  JsonObject *price = json_object_new ();
  CsMoney     money = listing->price;

  if (own != NULL)
    cs_money_parse (own, money.currency, &money, NULL);
  cs_channel_json_set_price (price, "amount", &money);
  cs_channel_json_set_string (price, "currency", money.currency);
  json_object_set_object_member (sku, "price", price);
}

static void
set_inventory (JsonObject *sku,
               const char *warehouse,
               gint64      stock)
{
  JsonArray  *array = json_array_new ();
  JsonObject *row = json_object_new ();

  cs_channel_json_set_string (row, "warehouse_id", warehouse);
  json_object_set_int_member (row, "quantity", MAX (stock, 0));
  json_array_add_object_element (array, row);
  json_object_set_array_member (sku, "inventory", array);
}

static void
set_options (JsonObject *sku,
             JsonObject *options)
{
  g_autoptr (GList) names = options != NULL ? json_object_get_members (options) : NULL;
  JsonArray *array = json_array_new ();

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *attribute = json_object_new ();

      cs_channel_json_set_string (attribute, "name", l->data);
      cs_channel_json_set_string (attribute, "value_name", cs_json_string (options, l->data, ""));
      json_array_add_object_element (array, attribute);
    }
  json_object_set_array_member (sku, "sales_attributes", array);
}

/* Which parts of a SKU a request speaks of */
typedef enum
{
  WITH_PRICE = 1 << 0,
  WITH_STOCK = 1 << 1,
  WITH_ALL = 1 << 2,
} SkuParts;

static void
add_sku (JsonArray  *skus,
         CsListing  *listing,
         JsonObject *terms,
         CsJournal  *journal,
         JsonObject *variant,
         SkuParts    parts)
{
  JsonObject *sku = json_object_new ();
  JsonObject *ids = cs_json_object (cs_journal_get_detail (journal, "shown"), "skus");
  const char *code = cs_json_string (variant, "sku", NULL) != NULL ? cs_json_string (variant, "sku", NULL) : listing->sku;
  gint64      stock = variant != NULL ? cs_json_int (variant, "stock", listing->stock) : listing->stock;

  cs_channel_json_set_string (sku, "id", cs_json_string (ids, code != NULL ? code : "", NULL));
  if (parts & WITH_ALL)
    {
      cs_channel_json_set_string (sku, "seller_sku", code);
      set_options (sku, cs_json_object (variant, "options"));
    }
  if (parts & (WITH_ALL | WITH_PRICE))
    set_amount (sku, listing, cs_json_string (variant, "price", NULL));
  if (parts & (WITH_ALL | WITH_STOCK))
    set_inventory (sku, cs_json_string (terms, "warehouse_id", NULL), stock);
  json_array_add_object_element (skus, sku);
}

static void
set_skus (JsonObject *root,
          CsListing  *listing,
          CsJournal  *journal,
          SkuParts    parts)
{
  g_autoptr (JsonNode) terms = parse_tree (listing->terms);
  g_autoptr (JsonNode) node = parse_tree (listing->variants);
  JsonArray *variants = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonArray *skus = json_array_new ();

  for (guint i = 0; variants != NULL && i < json_array_get_length (variants); i++)
    add_sku (skus, listing, cs_json_node_object (terms), journal, cs_json_array_object (variants, i), parts);
  if (json_array_get_length (skus) == 0)
    add_sku (skus, listing, cs_json_node_object (terms), journal, NULL, parts);

  json_object_set_array_member (root, "skus", skus);
}

static void
set_pictures (JsonObject *root,
              CsListing  *listing,
              CsJournal  *journal)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);
      JsonObject      *image = json_object_new ();

      cs_channel_json_set_string (image, "uri", cs_json_string (cs_journal_get_detail (journal, name), "picture", NULL));
      json_array_add_object_element (array, image);
    }
  json_object_set_array_member (root, "main_images", array);
}

/* Chosen values stand by id, written ones by name */
static void
add_attribute (JsonArray  *array,
               const char *id,
               JsonNode   *chosen)
{
  JsonObject *attribute = json_object_new ();
  JsonArray  *values = json_array_new ();
  JsonArray  *list = JSON_NODE_HOLDS_ARRAY (chosen) ? json_node_get_array (chosen) : NULL;
  guint       n = list != NULL ? json_array_get_length (list) : 1;

  for (guint i = 0; i < n; i++)
    {
      const char *text = list != NULL ? cs_json_array_string (list, i) : json_node_get_string (chosen);
      JsonObject *value = json_object_new ();
      guint64     number;

      if (text == NULL)
        {
          json_object_unref (value);
          continue;
        }
      cs_channel_json_set_string (value, g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT64, &number, NULL) ? "id" : "name", text);
      json_array_add_object_element (values, value);
    }
  cs_channel_json_set_string (attribute, "id", id);
  json_object_set_array_member (attribute, "values", values);
  json_array_add_object_element (array, attribute);
}

static void
set_attributes (JsonObject *root,
                CsListing  *listing)
{
  g_autoptr (JsonNode) node = parse_tree (listing->attributes);
  JsonObject *object = cs_json_node_object (node);
  JsonArray  *array = json_array_new ();
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    add_attribute (array, l->data, json_object_get_member (object, l->data));
  json_object_set_array_member (root, "product_attributes", array);
}

static void
set_product (CsRequest *request,
             CsListing *listing,
             CsJournal *journal)
{
  JsonNode        *node;
  JsonObject      *root = cs_channel_json_make_root (&node);
  g_autofree char *paragraphs = cs_channel_html_from_text (listing->description);
  g_autofree char *bullets = cs_channel_html_from_list (listing->bullets);
  g_autofree char *description = g_strconcat (paragraphs, bullets, NULL);
  g_autoptr (JsonNode) terms = parse_tree (listing->terms);
  JsonObject *weight = json_object_new ();

  cs_channel_json_set_string (root, "save_mode", listing->live ? "LISTING" : "AS_DRAFT");
  if (listing->operation == CS_OPERATION_CREATE)
    cs_channel_json_set_string (root, "idempotency_key", listing->key);
  cs_channel_json_set_string (root, "external_product_id", listing->key);
  cs_channel_json_set_string (root, "title", listing->title);
  cs_channel_json_set_string (root, "description", description);
  cs_channel_json_set_string (root, "category_id", listing->category_id);
  cs_channel_json_set_string (weight, "value", cs_json_string (cs_json_node_object (terms), "package_weight", "1"));
  cs_channel_json_set_string (weight, "unit", cs_json_string (cs_json_node_object (terms), "weight_unit", "KILOGRAM"));
  json_object_set_object_member (root, "package_weight", weight);
  set_pictures (root, listing, journal);
  set_attributes (root, listing);
  set_skus (root, listing, journal, WITH_ALL);
  cs_request_set_json (request, node);
  json_node_unref (node);
}

static void
set_body (CsRequest *request,
          CsListing *listing,
          CsJournal *journal,
          SkuParts   parts,
          const char *remote_id)
{
  JsonNode   *node;
  JsonObject *root = cs_channel_json_make_root (&node);

  if (remote_id != NULL)
    cs_channel_json_set_strings (root, "product_ids", (char *[]){ (char *) remote_id, NULL });
  else
    set_skus (root, listing, journal, parts);
  cs_request_set_json (request, node);
  json_node_unref (node);
}

static CsRequest *
cs_tiktok_shop_build (CsChannel     *channel,
                      CsListing     *listing,
                      CsChannelStep *step,
                      CsJournal     *journal,
                      GBytes        *picture,
                      GError       **error)
{
  const char      *remote_id = listing->remote_id != NULL ? listing->remote_id : cs_journal_get_remote_id (journal);
  g_autofree char *id = g_uri_escape_string (remote_id != NULL ? remote_id : "", NULL, FALSE);
  CsRequest       *request;

  if (step->picture >= 0)
    return build_picture (channel, listing, step->picture, picture);

  if (!step->creates && id[0] == '\0')
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("It is not known which product in the shop this is about. Approve it again."));
      return NULL;
    }

  if (g_str_equal (step->name, "shown"))
    return cs_channel_make_request (channel, "GET", "/product/202309/products/%s", id);

  if (g_str_equal (step->name, "withdraw"))
    {
      request = cs_channel_make_request (channel, "POST", "/product/202309/products/deactivate");
      set_body (request, listing, journal, 0, remote_id);
      return request;
    }

  if (g_str_equal (step->name, "offer") || g_str_equal (step->name, "stock"))
    {
      gboolean price = g_str_equal (step->name, "offer");

      request = cs_channel_make_request (channel, "POST", "/product/202309/products/%s/%s/update", id, price ? "prices" : "inventory");
      set_body (request, listing, journal, price ? WITH_PRICE : WITH_STOCK, NULL);
      return request;
    }

  request = step->creates ? cs_channel_make_request (channel, "POST", "/product/202309/products")
                          : cs_channel_make_request (channel, "PUT", "/product/202309/products/%s", id);
  set_product (request, listing, journal);

  return request;
}

/* Our codes and the shop's own ids for them */
static void
keep_skus (JsonObject *members,
           JsonObject *product)
{
  JsonArray  *array = cs_json_array (product, "skus");
  JsonObject *skus = json_object_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *sku = cs_json_array_object (array, i);
      const char *code = cs_json_string (sku, "seller_sku", NULL);

      if (code != NULL)
        cs_channel_json_set_string (skus, code, cs_json_string (sku, "id", NULL));
    }
  json_object_set_object_member (members, "skus", skus);
}

static JsonNode *
cs_tiktok_shop_parse (CsChannel     *channel,
                      CsListing     *listing,
                      CsChannelStep *step,
                      CsReply       *reply,
                      JsonNode      *json,
                      GError       **error)
{
  JsonObject      *data = cs_tiktok_shop_get_data (json);
  JsonNode        *detail;
  JsonObject      *members = cs_channel_json_make_root (&detail);
  g_autofree char *id = cs_channel_json_dup_id (data, "product_id");
  const char      *uri = cs_json_string (data, "uri", NULL);

  if ((step->picture >= 0 && uri == NULL) || (step->creates && id == NULL))
    {
      json_node_unref (detail);
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNKNOWN, _("TikTok Shop gave an answer that cannot be read."));
      return NULL;
    }

  if (step->picture >= 0)
    cs_channel_json_set_string (members, "picture", uri);
  else if (g_str_equal (step->name, "shown"))
    keep_skus (members, data);
  else
    cs_channel_json_set_string (members, "remote_id", id != NULL ? id : listing->remote_id);

  return detail;
}

/* https://partner.tiktokshop.com/docv2/page/common-errors: codes of 105… are about
 * the sign-in, 36009004 and 106… about the pace, 36009… and 98… are the platform's own
 */
static gboolean
cs_tiktok_shop_find_fault (CsChannel     *channel,
                           CsChannelStep *step,
                           JsonNode      *json,
                           CsError       *code,
                           char         **sentence)
{
  JsonObject      *object = cs_json_node_object (json);
  gint64           number = cs_json_int (object, "code", 0);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  const char      *message = cs_json_string (object, "message", "");

  if (object != NULL && number == 0)
    return FALSE;

  if (g_str_has_prefix (digits, "105"))
    *code = CS_ERROR_SIGN_IN;
  else if (number == 36009004 || g_str_has_prefix (digits, "106"))
    *code = CS_ERROR_LATER;
  else if (g_str_has_prefix (digits, "36009") || g_str_has_prefix (digits, "98"))
    *code = step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER;
  else if (step == NULL && number == 12052048)
    *code = CS_ERROR_NOT_FOUND;
  else
    {
      *code = CS_ERROR_REFUSED;
      *sentence = g_strdup_printf (_("TikTok Shop did not accept it: %s Change it, then approve it again."), message);
    }

  return TRUE;
}

static CsRequest *
build_search (CsChannel  *channel,
              const char *sku,
              const char *cursor)
{
  g_autofree char *token = g_uri_escape_string (cursor != NULL ? cursor : "", NULL, FALSE);
  CsRequest       *request = cursor != NULL
                               ? cs_channel_make_request (channel, "POST", "/product/202502/products/search?page_size=%d&page_token=%s", PAGE, token)
                               : cs_channel_make_request (channel, "POST", "/product/202502/products/search?page_size=%d", PAGE);
  JsonNode   *node;
  JsonObject *root = cs_channel_json_make_root (&node);

  if (sku != NULL)
    cs_channel_json_set_strings (root, "seller_skus", (char *[]){ (char *) sku, NULL });
  cs_request_set_json (request, node);
  json_node_unref (node);

  return request;
}

static CsRequest *
cs_tiktok_shop_build_look_up (CsChannel *channel,
                              CsListing *listing,
                              guint      n)
{
  g_autoptr (JsonNode) node = parse_tree (listing->variants);
  JsonArray  *variants = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *first = variants != NULL ? cs_json_string (cs_json_array_object (variants, 0), "sku", NULL) : NULL;

  if (n > 0)
    return NULL;

  return build_search (channel, first != NULL ? first : listing->sku, NULL);
}

CsRequest *
cs_tiktok_shop_build_read (CsChannel  *channel,
                           const char *remote_id)
{
  g_autofree char *id = g_uri_escape_string (remote_id, NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/product/202309/products/%s", id);
}

static CsRequest *
cs_tiktok_shop_build_pull (CsChannel  *channel,
                           const char *cursor)
{
  return build_search (channel, NULL, cursor);
}

static CsRequest *
cs_tiktok_shop_build_more (CsChannel       *channel,
                           CsRemoteListing *remote)
{
  return remote->body == NULL ? cs_tiktok_shop_build_read (channel, remote->remote_id) : NULL;
}

static void
cs_tiktok_shop_compare (CsChannel       *channel,
                        CsListing       *listing,
                        CsRemoteListing *remote,
                        GPtrArray       *differences)
{
  if (listing->variants == NULL && listing->stock >= 0 && remote->stock >= 0 && remote->stock != listing->stock)
    g_ptr_array_add (differences, g_strdup_printf (_("You approved a stock of %d; the shop shows %d."),
                                                   (int) listing->stock, (int) remote->stock));
}

static void
cs_tiktok_shop_check (CsChannel *channel,
                      CsListing *listing,
                      GPtrArray *findings)
{
  glong            length = listing->title != NULL ? g_utf8_strlen (listing->title, -1) : 0;
  g_autoptr (JsonNode) terms = parse_tree (listing->terms);

  if (length < SHORTEST_TITLE || length > LONGEST_TITLE)
    g_ptr_array_add (findings, g_strdup_printf (_("The title has %d characters; TikTok Shop takes %d to %d."),
                                                (int) length, SHORTEST_TITLE, LONGEST_TITLE));
  if (listing->pictures->len == 0 || listing->pictures->len > MOST_PICTURES)
    g_ptr_array_add (findings, g_strdup_printf (_("There are %u pictures; TikTok Shop takes 1 to %d."), listing->pictures->len, MOST_PICTURES));
  if (listing->category_id == NULL)
    g_ptr_array_add (findings, g_strdup (_("Choose a category of TikTok Shop.")));
  if (cs_json_string (cs_json_node_object (terms), "warehouse_id", NULL) == NULL)
    g_ptr_array_add (findings, g_strdup (_("Choose the warehouse that TikTok Shop sends from, on the shop's page.")));
  if (listing->price.currency[0] == '\0')
    g_ptr_array_add (findings, g_strdup (_("TikTok Shop wants a price.")));
}

/* The seller's own application gives a refresh token, which is renewed with each use
 * (https://partner.tiktokshop.com/docv2/page/get-access-token)
 */
static CsRequest *
cs_tiktok_shop_build_refresh (CsChannel *channel)
{
  const char      *token = cs_channel_get_secret (channel, "refresh_token");
  g_autofree char *key = g_uri_escape_string (cs_channel_get_secret (channel, "app_key") != NULL ? cs_channel_get_secret (channel, "app_key") : "", NULL, FALSE);
  g_autofree char *secret = g_uri_escape_string (cs_channel_get_secret (channel, "app_secret") != NULL ? cs_channel_get_secret (channel, "app_secret") : "", NULL, FALSE);
  g_autofree char *escaped = g_uri_escape_string (token != NULL ? token : "", NULL, FALSE);
  gboolean         here = g_str_has_prefix (cs_channel_get_account (channel)->address, "http://127.0.0.1");
  g_autofree char *address = g_strdup_printf ("%s/api/v2/token/refresh?app_key=%s&app_secret=%s&refresh_token=%s&grant_type=refresh_token",
                                              here ? cs_channel_get_account (channel)->address : "https://auth.tiktok-shops.com",
                                              key, secret, escaped);

  return token != NULL && token[0] != '\0' ? cs_request_make ("GET", address) : NULL;
}

static gboolean
cs_tiktok_shop_parse_tokens (CsChannel  *channel,
                             JsonNode   *reply,
                             gint64      now,
                             JsonObject *secrets,
                             GError    **error)
{
  JsonObject      *data = cs_tiktok_shop_get_data (reply);
  const char      *token = cs_json_string (data, "access_token", NULL);
  g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, cs_json_int (data, "access_token_expire_in", now + 3600));

  if (token == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_SIGN_IN, _("TikTok Shop wants you to sign in again."));
      return FALSE;
    }

  cs_channel_json_set_string (secrets, "access_token", token);
  cs_channel_json_set_string (secrets, "refresh_token", cs_json_string (data, "refresh_token", NULL));
  cs_channel_json_set_string (secrets, "expires_at", expires);

  return TRUE;
}

static void
cs_tiktok_shop_class_init (CsTiktokShopClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "tiktok-shop",
    .version = "tiktok-shop/1",
    .settle_seconds = 600,
    .finds_by_key = TRUE,
    .bears_key = TRUE,
    .has_drafts = TRUE,
    .rewrites = 1u << CS_FIELD_DESCRIPTION,
    .per_second = 5,
    .burst = 5,
  };
  channel_class->next_step = cs_tiktok_shop_next_step;
  channel_class->build = cs_tiktok_shop_build;
  channel_class->parse = cs_tiktok_shop_parse;
  channel_class->find_fault = cs_tiktok_shop_find_fault;
  channel_class->build_look_up = cs_tiktok_shop_build_look_up;
  channel_class->build_read = cs_tiktok_shop_build_read;
  channel_class->build_pull = cs_tiktok_shop_build_pull;
  channel_class->parse_listings = cs_tiktok_shop_parse_listings;
  channel_class->build_more = cs_tiktok_shop_build_more;
  channel_class->parse_more = cs_tiktok_shop_parse_more;
  channel_class->compare = cs_tiktok_shop_compare;
  channel_class->check = cs_tiktok_shop_check;
  channel_class->build_inquiry = cs_tiktok_shop_build_inquiry;
  channel_class->parse_inquiry = cs_tiktok_shop_parse_inquiry;
  channel_class->build_refresh = cs_tiktok_shop_build_refresh;
  channel_class->parse_tokens = cs_tiktok_shop_parse_tokens;
  channel_class->sign = cs_tiktok_shop_sign;
}

static void
cs_tiktok_shop_init (CsTiktokShop *self)
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
  N_("Register as a developer for your own shop in TikTok Shop Partner Center, and make a custom app. TikTok looks at it before it works."),
  N_("Give the app the scopes “Product Basic” and “Product Write”, and authorize your shop with it."),
  N_("Copy the app's key and secret, and the access token and refresh token that the authorization gave, into the fields below."),
  NULL,
};

const CsChannelKind cs_tiktok_shop_kind = {
  .kind = "tiktok-shop",
  .name = "TikTok Shop",
  .summary = N_("Shops in the TikTok app"),
  .address = "https://open-api.tiktokglobalshop.com",
  .way = CS_SIGN_IN_KEYS,
  .asks = asks,
  .steps = steps,
  .verified = N_("Signatures are checked with the published values. Not verified against the live service."),
  .page = "https://partner.tiktokshop.com",
};
