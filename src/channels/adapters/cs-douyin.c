/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-channel-json.h"
#include "cs-douyin-private.h"
#include "cs-json.h"
#include "cs-signature.h"
#include "cs-text.h"

/* Douyin Shop, 抖店, by its published reference
 * (https://op.jinritemai.com/docs/api-docs/14/249 and those beside it); never
 * tried against the live service. What it answers is taken as it comes.
 *
 * A product is added as a draft (commit false) with our key as its outer id, and
 * committed by a step of its own. It fetches pictures from https addresses, so
 * they have to lie where the seller put them (terms: picture_base). Prices are
 * in fen. It does not say for sure which product bears an outer id, so that
 * what only looks the same is for a person to tell.
 */

/* https://op.jinritemai.com, limits of 2026: title 16 to 60 units, 5 pictures */
#define SHORTEST_TITLE 16
#define LONGEST_TITLE  60
#define MOST_PICTURES  5
/* "No brand", from the reference of product.addV2 */
#define NO_BRAND 596120136

struct _CsDouyin
{
  CsChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (CsDouyin, cs_douyin, CS_TYPE_CHANNEL)

/* Parameters are signed as text: written once, with what its gateway escapes */
CsRequest *
cs_douyin_make_request (CsChannel  *channel,
                        const char *method,
                        JsonNode   *parameters)
{
  g_autofree char *path = g_strdelimit (g_strdup (method), ".", '/');
  g_autofree char *json = cs_json_canonical (parameters);
  g_autoptr (GString) text = g_string_new (json);
  g_autoptr (GBytes) body = NULL;
  CsRequest *request = cs_channel_make_request (channel, "POST", "/%s", path);

  g_string_replace (text, "&", "\\u0026", 0);
  g_string_replace (text, "<", "\\u003c", 0);
  g_string_replace (text, ">", "\\u003e", 0);
  body = g_string_free_to_bytes (g_steal_pointer (&text));
  cs_request_set_body (request, "application/json", body);
  json_node_unref (parameters);

  return request;
}

/* The clock of the gateway is that of China */
static char *
dup_time (gint64 now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) time = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (time, "%Y-%m-%d %H:%M:%S");
}

static void
cs_douyin_sign (CsChannel *channel,
                CsRequest *request,
                gint64     now)
{
  const char      *key = cs_channel_get_secret (channel, "app_key");
  const char      *secret = cs_channel_get_secret (channel, "app_secret");
  const char      *token = cs_channel_get_secret (channel, "access_token");
  g_autoptr (GUri) uri = g_uri_parse (request->address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *method = uri != NULL ? g_strdelimit (g_strdup (g_uri_get_path (uri) + 1), "/", '.') : NULL;
  g_autofree char *time = dup_time (now);
  g_autofree char *escaped = g_uri_escape_string (time, NULL, FALSE);
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *address = NULL;
  gsize            length;
  const char      *body = request->body != NULL ? g_bytes_get_data (request->body, &length) : NULL;

  if (method == NULL || key == NULL || secret == NULL)
    return;

  text = body != NULL ? g_strndup (body, length) : g_strdup ("{}");
  g_hash_table_insert (parameters, (gpointer) "app_key", (gpointer) key);
  g_hash_table_insert (parameters, (gpointer) "method", method);
  g_hash_table_insert (parameters, (gpointer) "param_json", text);
  g_hash_table_insert (parameters, (gpointer) "timestamp", time);
  g_hash_table_insert (parameters, (gpointer) "v", (gpointer) "2");
  signature = cs_signature_make (CS_SIGNATURE_DOUYIN, secret, NULL, parameters, NULL);
  address = g_strdup_printf ("%s?method=%s&app_key=%s&access_token=%s&timestamp=%s&v=2&sign=%s&sign_method=hmac-sha256",
                             request->address, method, key, token != NULL ? token : "", escaped, signature);
  g_set_str (&request->address, address);
}

static CsChannelStep *
make_step (const char *name)
{
  CsChannelStep *step = cs_channel_step_make (name);

  if (g_str_has_prefix (name, "material."))
    {
      step->writes = FALSE;
      step->reads = TRUE;
    }

  return step;
}

/* A picture is uploaded, and looked at until it was checked */
static CsChannelStep *
next_picture (CsListing *listing,
              CsJournal *journal)
{
  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);
      g_autofree char *checked = g_strdup_printf ("material.%u", i);
      JsonObject      *detail = cs_journal_get_detail (journal, name);

      if (!cs_journal_is_done (journal, name))
        return cs_channel_step_make (name);
      if (cs_json_string (detail, "picture", NULL) == NULL && !cs_journal_is_done (journal, checked))
        return make_step (checked);
    }

  return NULL;
}

/* Price and stock go SKU by SKU: "offer" is the first one's price */
static CsChannelStep *
next_offer (CsJournal *journal)
{
  JsonArray *skus = cs_json_array (cs_journal_get_detail (journal, "shown"), "skus");

  if (!cs_journal_is_done (journal, "shown"))
    return make_step ("shown");

  for (guint i = 0; skus != NULL && i < json_array_get_length (skus); i++)
    {
      g_autofree char *price = i == 0 ? g_strdup ("offer") : g_strdup_printf ("price.%u", i);
      g_autofree char *stock = g_strdup_printf ("stock.%u", i);

      if (!cs_journal_is_done (journal, price))
        return make_step (price);
      if (!cs_journal_is_done (journal, stock))
        return make_step (stock);
    }

  return NULL;
}

static CsChannelStep *
cs_douyin_next_step (CsChannel *channel,
                     CsListing *listing,
                     CsJournal *journal)
{
  gboolean       creates = listing->operation == CS_OPERATION_CREATE;
  const char    *write = creates ? "create" : "update";
  CsChannelStep *step;

  if (listing->operation == CS_OPERATION_WITHDRAW)
    return cs_journal_is_done (journal, "withdraw") ? NULL : cs_channel_step_make ("withdraw");

  if (listing->operation == CS_OPERATION_OFFER)
    return next_offer (journal);

  if (!cs_journal_is_done (journal, write))
    return (step = next_picture (listing, journal)) != NULL ? step : cs_channel_step_make (write);

  return creates && listing->live && !cs_journal_is_done (journal, "publish") ? cs_channel_step_make ("publish") : NULL;
}

static const char *
get_picture (CsJournal *journal,
             guint      index)
{
  g_autofree char *name = g_strdup_printf ("picture.%u", index);
  g_autofree char *checked = g_strdup_printf ("material.%u", index);
  const char      *address = cs_json_string (cs_journal_get_detail (journal, name), "picture", NULL);

  return address != NULL ? address : cs_json_string (cs_journal_get_detail (journal, checked), "picture", "");
}

static char *
dup_pictures (CsListing *listing,
              CsJournal *journal)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < listing->pictures->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", get_picture (journal, i));

  return g_string_free_and_steal (text);
}

static JsonArray *
get_variants (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0
           ? json_node_get_array (node)
           : NULL;
}

/* "红色 L": its own separators are taken out */
static char *
dup_option (JsonObject *variant)
{
  JsonObject *options = cs_json_object (variant, "options");
  g_autoptr (GList) names = options != NULL ? json_object_get_members (options) : NULL;
  GString *text = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", cs_json_string (options, l->data, ""));

  return g_strdelimit (text->len > 0 ? g_string_free_and_steal (text) : (g_string_free (text, TRUE), g_strdup ("默认")), ",|^", ' ');
}

static void
add_row (JsonArray  *rows,
         GString    *names,
         CsListing  *listing,
         JsonObject *variant)
{
  JsonObject      *row = json_object_new ();
  g_autofree char *option = dup_option (variant);
  const char      *sku = cs_json_string (variant, "sku", NULL);
  const char      *own = cs_json_string (variant, "price", NULL);
  CsMoney          price = listing->price;

  if (own != NULL)
    cs_money_parse (own, price.currency, &price, NULL);
  cs_channel_json_set_string (row, "code", sku != NULL ? sku : listing->sku);
  json_object_set_int_member (row, "price", price.minor);
  cs_channel_json_set_string (row, "spec_detail_name1", option);
  json_object_set_int_member (row, "stock_num", MAX (cs_json_int (variant, "stock", listing->stock), 0));
  json_array_add_object_element (rows, row);
  g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "", option);
}

static void
set_rows (JsonObject *root,
          CsListing  *listing)
{
  g_autoptr (JsonNode) node = listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;
  g_autoptr (JsonNode) rows = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *specs = NULL;
  JsonArray *variants = get_variants (node);
  JsonArray *array = json_array_new ();

  json_node_take_array (rows, array);
  for (guint i = 0; i < (variants != NULL ? json_array_get_length (variants) : 1); i++)
    add_row (array, names, listing, variants != NULL ? cs_json_array_object (variants, i) : NULL);

  text = cs_json_canonical (rows);
  specs = g_strdup_printf ("规格|%s", names->str);
  cs_channel_json_set_string (root, "spec_name", "规格");
  cs_channel_json_set_string (root, "specs", specs);
  cs_channel_json_set_string (root, "spec_prices", text);
}

/* {"1687": [{"diy_type", "name", "value"}]}: chosen values by id, written ones by name */
static void
set_attributes (JsonObject *root,
                CsListing  *listing)
{
  g_autoptr (JsonNode) node = listing->attributes != NULL ? cs_json_parse (listing->attributes, -1, NULL) : NULL;
  g_autoptr (JsonNode) out = NULL;
  g_autofree char *text = NULL;
  JsonObject *from = cs_json_node_object (node);
  JsonObject *into = cs_channel_json_make_root (&out);
  g_autoptr (GList) names = from != NULL ? json_object_get_members (from) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonArray *list = cs_json_array (from, l->data);
      JsonArray *values = json_array_new ();

      for (guint i = 0; i < (list != NULL ? json_array_get_length (list) : 1); i++)
        {
          const char *chosen = list != NULL ? cs_json_array_string (list, i) : cs_json_string (from, l->data, NULL);
          JsonObject *value = json_object_new ();
          gint64      id = chosen != NULL ? g_ascii_strtoll (chosen, NULL, 10) : 0;

          json_object_set_int_member (value, "diy_type", id > 0 ? 0 : 1);
          cs_channel_json_set_string (value, "name", chosen);
          json_object_set_int_member (value, "value", id);
          json_array_add_object_element (values, value);
        }
      json_object_set_array_member (into, l->data, values);
    }
  if (names == NULL)
    return;

  text = cs_json_canonical (out);
  cs_channel_json_set_string (root, "product_format_new", text);
}

static CsRequest *
build_product (CsChannel  *channel,
               CsListing  *listing,
               CsJournal  *journal,
               const char *remote_id,
               gboolean    commit)
{
  JsonNode        *node;
  JsonObject      *root = cs_channel_json_make_root (&node);
  g_autoptr (JsonNode) terms = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  JsonObject      *chosen = cs_json_node_object (terms);
  g_autofree char *pictures = dup_pictures (listing, journal);

  json_object_set_boolean_member (root, "commit", commit);
  cs_channel_json_set_string (root, "outer_product_id", listing->key);
  cs_channel_json_set_string (root, "name", listing->title);
  cs_channel_json_set_string (root, "pic", pictures);
  cs_channel_json_set_string (root, "description", pictures);
  cs_channel_json_set_string (root, "recommend_remark", listing->description);
  cs_channel_json_set_string (root, "mobile", cs_json_string (chosen, "mobile", NULL));
  json_object_set_int_member (root, "category_leaf_id", listing->category_id != NULL ? g_ascii_strtoll (listing->category_id, NULL, 10) : 0);
  json_object_set_int_member (root, "product_type", 0);
  json_object_set_int_member (root, "reduce_type", g_ascii_strtoll (cs_json_string (chosen, "reduce_type", "1"), NULL, 10));
  json_object_set_int_member (root, "freight_id", g_ascii_strtoll (cs_json_string (chosen, "freight_id", "0"), NULL, 10));
  json_object_set_int_member (root, "delivery_delay_day", g_ascii_strtoll (cs_json_string (chosen, "delivery_delay_day", "2"), NULL, 10));
  json_object_set_int_member (root, "standard_brand_id", NO_BRAND);
  set_rows (root, listing);
  set_attributes (root, listing);
  if (remote_id != NULL)
    json_object_set_int_member (root, "product_id", g_ascii_strtoll (remote_id, NULL, 10));

  return cs_douyin_make_request (channel, remote_id != NULL ? "product.editV2" : "product.addV2", node);
}

static CsRequest *
build_picture (CsChannel *channel,
               CsListing *listing,
               guint      index,
               GError   **error)
{
  CsListingPicture *picture = listing->pictures->pdata[index];
  g_autoptr (JsonNode) terms = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  const char       *base = cs_json_string (cs_json_node_object (terms), "picture_base", "");
  g_autofree char  *name = g_uri_escape_string (picture->name != NULL ? picture->name : "", NULL, FALSE);
  g_autofree char  *url = g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", name, NULL);
  JsonNode         *node;
  JsonObject       *root;

  if (!g_str_has_prefix (base, "https://"))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("Douyin fetches pictures from an https address only. Say on the shop's page where yours lie, then approve it again."));
      return NULL;
    }

  root = cs_channel_json_make_root (&node);
  cs_channel_json_set_string (root, "folder_id", "0");
  cs_channel_json_set_string (root, "material_name", picture->name);
  cs_channel_json_set_string (root, "url", url);

  return cs_douyin_make_request (channel, "material.uploadImageSync", node);
}

static CsRequest *
build_offer (CsChannel     *channel,
             CsListing     *listing,
             CsChannelStep *step,
             CsJournal     *journal,
             const char    *remote_id)
{
  gboolean    price = g_str_equal (step->name, "offer") || g_str_has_prefix (step->name, "price.");
  const char *dot = strchr (step->name, '.');
  guint       index = dot != NULL ? (guint) g_ascii_strtoull (dot + 1, NULL, 10) : 0;
  JsonObject *sku = cs_json_array_object (cs_json_array (cs_journal_get_detail (journal, "shown"), "skus"), index);
  g_autoptr (JsonNode) node = listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;
  JsonArray  *variants = get_variants (node);
  CsMoney     money = listing->price;
  gint64      stock = listing->stock;
  JsonNode   *out;
  JsonObject *root = cs_channel_json_make_root (&out);

  for (guint i = 0; variants != NULL && i < json_array_get_length (variants); i++)
    {
      JsonObject *variant = cs_json_array_object (variants, i);
      const char *own = cs_json_string (variant, "price", NULL);

      if (g_strcmp0 (cs_json_string (variant, "sku", NULL), cs_json_string (sku, "code", NULL)) != 0)
        continue;
      if (own != NULL)
        cs_money_parse (own, money.currency, &money, NULL);
      stock = cs_json_int (variant, "stock", stock);
    }

  json_object_set_int_member (root, "product_id", g_ascii_strtoll (remote_id, NULL, 10));
  json_object_set_int_member (root, "sku_id", g_ascii_strtoll (cs_json_string (sku, "id", "0"), NULL, 10));
  if (price)
    json_object_set_int_member (root, "price", money.minor);
  else
    {
      json_object_set_int_member (root, "stock_num", MAX (stock, 0));
      json_object_set_boolean_member (root, "incremental", FALSE);
    }

  return cs_douyin_make_request (channel, price ? "sku.editPrice" : "sku.syncStock", out);
}

static CsRequest *
build_simple (CsChannel  *channel,
              const char *method,
              const char *member,
              const char *value)
{
  JsonNode   *node;
  JsonObject *root = cs_channel_json_make_root (&node);

  cs_channel_json_set_string (root, member, value);

  return cs_douyin_make_request (channel, method, node);
}

static CsRequest *
cs_douyin_build (CsChannel     *channel,
                 CsListing     *listing,
                 CsChannelStep *step,
                 CsJournal     *journal,
                 GBytes        *picture,
                 GError       **error)
{
  const char *remote_id = listing->remote_id != NULL ? listing->remote_id : cs_journal_get_remote_id (journal);

  if (step->picture >= 0)
    return build_picture (channel, listing, step->picture, error);

  if (g_str_has_prefix (step->name, "material."))
    {
      g_autofree char *name = g_strconcat ("picture.", step->name + strlen ("material."), NULL);

      return build_simple (channel, "material.queryMaterialDetail", "material_id",
                           cs_json_string (cs_journal_get_detail (journal, name), "material", ""));
    }

  if (step->creates)
    return build_product (channel, listing, journal, NULL, FALSE);

  if (remote_id == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("It is not known which product in the shop this is about. Approve it again."));
      return NULL;
    }

  if (g_str_equal (step->name, "shown"))
    return cs_douyin_build_read (channel, remote_id);
  if (g_str_equal (step->name, "withdraw"))
    return build_simple (channel, "product.setOffline", "product_id", remote_id);
  if (g_str_equal (step->name, "update") || g_str_equal (step->name, "publish"))
    return build_product (channel, listing, journal, remote_id, listing->live);

  return build_offer (channel, listing, step, journal, remote_id);
}

static void
keep_skus (JsonObject *members,
           JsonObject *data)
{
  JsonArray *rows = cs_json_array (data, "spec_prices");
  JsonArray *skus = json_array_new ();

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject      *sku = json_object_new ();
      g_autofree char *id = cs_channel_json_dup_id (cs_json_array_object (rows, i), "sku_id");

      cs_channel_json_set_string (sku, "id", id);
      cs_channel_json_set_string (sku, "code", cs_json_string (cs_json_array_object (rows, i), "code", NULL));
      json_array_add_object_element (skus, sku);
    }
  json_object_set_array_member (members, "skus", skus);
}

/* 3 is checked and good, 4 was refused, all else is still looked at
 * (https://op.jinritemai.com/docs/api-docs/69/1145)
 */
static gboolean
keep_material (JsonObject    *members,
               JsonObject    *material,
               CsChannelStep *step,
               GError       **error)
{
  gint64           state = cs_json_int (material, "audit_status", 0);
  g_autofree char *id = cs_channel_json_dup_id (material, "material_id");

  if (state == 3 && cs_json_string (material, "byte_url", NULL) != NULL)
    cs_channel_json_set_string (members, "picture", cs_json_string (material, "byte_url", NULL));
  else if (state == 4)
    g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("Douyin refused a picture: %s"), cs_json_string (material, "audit_reject_desc", ""));
  else if (step->picture >= 0 && id != NULL)
    cs_channel_json_set_string (members, "material", id);
  else
    g_set_error_literal (error, CS_ERROR, CS_ERROR_LATER, _("Douyin is still looking at a picture. It goes on by itself."));

  return json_object_get_size (members) > 0;
}

static JsonNode *
cs_douyin_parse (CsChannel     *channel,
                 CsListing     *listing,
                 CsChannelStep *step,
                 CsReply       *reply,
                 JsonNode      *json,
                 GError       **error)
{
  JsonObject      *data = cs_douyin_get_data (json);
  JsonObject      *info = cs_json_object (data, "material_info");
  g_autofree char *id = cs_channel_json_dup_id (data, "product_id");
  g_autoptr (JsonNode) detail = NULL;
  JsonObject *members = cs_channel_json_make_root (&detail);

  if (step->picture >= 0 || g_str_has_prefix (step->name, "material."))
    return keep_material (members, info != NULL ? info : data, step, error) ? g_steal_pointer (&detail) : NULL;

  if (step->creates && id == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNKNOWN, _("Douyin gave an answer that cannot be read."));
      return NULL;
    }

  if (g_str_equal (step->name, "shown"))
    keep_skus (members, data);
  else
    cs_channel_json_set_string (members, "remote_id", id != NULL ? id : listing->remote_id);

  return g_steal_pointer (&detail);
}

static gboolean
is_about_sign_in (const char *sub_code)
{
  static const char *const parts[] = { "access-token", "access_token", "authorization-no-existed", "authorization-closed", "token-expired", "token-invalid" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (strstr (sub_code, parts[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* https://op.jinritemai.com/docs/guide-docs/212/1427 */
static gboolean
cs_douyin_find_fault (CsChannel     *channel,
                      CsChannelStep *step,
                      JsonNode      *json,
                      CsError       *code,
                      char         **sentence)
{
  JsonObject *object = cs_json_node_object (json);
  gint64      number = cs_json_int (object, "code", 0);
  const char *sub_code = cs_json_string (object, "sub_code", "");
  const char *message = cs_json_string (object, "sub_msg", cs_json_string (object, "msg", ""));

  if (number == 10000)
    return FALSE;

  if (is_about_sign_in (sub_code) || number == 30001 || number == 30002)
    *code = CS_ERROR_SIGN_IN;
  else if (strstr (sub_code, "limit") != NULL || number == 80000)
    *code = CS_ERROR_LATER;
  else if (number == 20000 || number == 20001 || number == 50001 || number == 90000 || object == NULL)
    *code = step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER;
  else
    {
      *code = CS_ERROR_REFUSED;
      *sentence = g_strdup_printf (_("Douyin did not accept it: %s Change it, then approve it again."), message);
    }

  return TRUE;
}

static void
cs_douyin_check (CsChannel *channel,
                 CsListing *listing,
                 GPtrArray *findings)
{
  g_autoptr (JsonNode) terms = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  JsonObject *chosen = cs_json_node_object (terms);
  guint       units = listing->title != NULL ? cs_text_units (listing->title) : 0;

  if (units < SHORTEST_TITLE || units > LONGEST_TITLE)
    g_ptr_array_add (findings, g_strdup_printf (_("The title is %u units long (a Chinese character is two); Douyin takes %d to %d."),
                                                units, SHORTEST_TITLE, LONGEST_TITLE));
  if (listing->pictures->len == 0 || listing->pictures->len > MOST_PICTURES)
    g_ptr_array_add (findings, g_strdup_printf (_("There are %u pictures; Douyin takes 1 to %d."), listing->pictures->len, MOST_PICTURES));
  if (listing->category_id == NULL)
    g_ptr_array_add (findings, g_strdup (_("Choose a category of Douyin.")));
  if (g_strcmp0 (listing->price.currency, "CNY") != 0)
    g_ptr_array_add (findings, g_strdup (_("Douyin wants a price in CNY.")));
  if (cs_json_string (chosen, "mobile", NULL) == NULL)
    g_ptr_array_add (findings, g_strdup (_("Douyin wants a telephone number for customers. Give it on the shop's page.")));
  if (!g_str_has_prefix (cs_json_string (chosen, "picture_base", ""), "https://"))
    g_ptr_array_add (findings, g_strdup (_("Douyin fetches pictures from an https address only. Say on the shop's page where yours lie.")));
}

/* An application of the seller's own for one shop gets its token without a browser
 * (https://op.jinritemai.com/docs/guide-docs/9/22, grant authorization_self)
 */
static CsRequest *
cs_douyin_build_refresh (CsChannel *channel)
{
  const char *shop = cs_channel_get_secret (channel, "shop_id");
  JsonNode   *node;
  JsonObject *root;

  if (shop == NULL)
    return NULL;

  root = cs_channel_json_make_root (&node);
  cs_channel_json_set_string (root, "code", "");
  cs_channel_json_set_string (root, "grant_type", "authorization_self");
  cs_channel_json_set_string (root, "shop_id", shop);

  return cs_douyin_make_request (channel, "token.create", node);
}

static gboolean
cs_douyin_parse_tokens (CsChannel  *channel,
                        JsonNode   *reply,
                        gint64      now,
                        JsonObject *secrets,
                        GError    **error)
{
  JsonObject      *data = cs_douyin_get_data (reply);
  const char      *token = cs_json_string (data, "access_token", NULL);
  g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, now + cs_json_int (data, "expires_in", 3600));

  if (token == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN, _("Douyin gave no token: %s"),
                   cs_json_string (cs_json_node_object (reply), "sub_msg", ""));
      return FALSE;
    }

  cs_channel_json_set_string (secrets, "access_token", token);
  cs_channel_json_set_string (secrets, "expires_at", expires);

  return TRUE;
}

static void
cs_douyin_class_init (CsDouyinClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "douyin",
    .version = "douyin/1",
    .settle_seconds = 600,
    .has_drafts = TRUE,
    .rewrites = 1u << CS_FIELD_DESCRIPTION,
    .per_second = 2,
    .burst = 2,
    .signs_tokens = TRUE,
  };
  channel_class->next_step = cs_douyin_next_step;
  channel_class->build = cs_douyin_build;
  channel_class->parse = cs_douyin_parse;
  channel_class->find_fault = cs_douyin_find_fault;
  channel_class->build_read = cs_douyin_build_read;
  channel_class->build_pull = cs_douyin_build_pull;
  channel_class->parse_listings = cs_douyin_parse_listings;
  channel_class->check = cs_douyin_check;
  channel_class->build_inquiry = cs_douyin_build_inquiry;
  channel_class->parse_inquiry = cs_douyin_parse_inquiry;
  channel_class->build_refresh = cs_douyin_build_refresh;
  channel_class->parse_tokens = cs_douyin_parse_tokens;
  channel_class->sign = cs_douyin_sign;
}

static void
cs_douyin_init (CsDouyin *self)
{
}

static const CsChannelAsk asks[] = {
  { .name = "app_key", .label = N_("App key") },
  { .name = "app_secret", .label = N_("App secret"), .secret = TRUE },
  { .name = "shop_id", .label = N_("Shop ID") },
  { NULL },
};

static const char *const steps[] = {
  N_("Register in the Douyin e-commerce open platform as a merchant, and make an application for your own shop. Douyin looks at it before it works."),
  N_("Ask for the permissions for products, SKUs and materials there, and authorize your shop."),
  N_("Copy the application's key and secret, and your shop's ID, into the fields below."),
  NULL,
};

const CsChannelKind cs_douyin_kind = {
  .kind = "douyin",
  .name = N_("Douyin Shop"),
  .summary = N_("Shops in the Douyin app"),
  .address = "https://openapi-fxg.jinritemai.com",
  .way = CS_SIGN_IN_KEYS,
  .asks = asks,
  .steps = steps,
  .verified = N_("Signatures are checked with known values. Not verified against the live service."),
  .page = "https://op.jinritemai.com",
};
