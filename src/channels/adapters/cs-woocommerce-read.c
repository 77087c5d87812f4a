/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-channel-private.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-woocommerce-private.h"

/* What the shop says is there. Nothing of it is trusted: what is missing or of
 * another type is as if it had not been said.
 */

/* In the body that is kept: what build_more() brought */
#define VARIATIONS "countersign_variations"

static void
add_member (GString    *out,
            JsonObject *object,
            const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  g_autofree char *text = node != NULL ? cs_json_canonical (node) : NULL;

  g_string_append_printf (out, "%s=%s\n", member, text != NULL ? text : "");
}

/* By their meaning: where a plug-in formats what is read, it is no change */
static void
add_text (GString    *out,
          JsonObject *object,
          const char *member)
{
  g_autofree char *text = cs_channel_html_to_text (cs_json_string (object, member, ""));

  g_string_append_printf (out, "%s=%s\n", member, text);
}

static void
add_list (GString           *out,
          JsonObject        *object,
          const char        *member,
          const char *const *parts)
{
  JsonArray *array = cs_json_array (object, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      for (guint k = 0; parts[k] != NULL; k++)
        add_member (out, cs_json_array_object (array, i), parts[k]);
    }
}

/* There is no version and no ETag. The date is of whole seconds, so what we
 * write ourselves is hashed beside it; and the date tells of what is not in it.
 */
char *
cs_woocommerce_dup_version (JsonObject *product)
{
  static const char *const members[] = { "type", "status", "sku", "regular_price", "sale_price", "manage_stock", "stock_quantity", "catalog_visibility" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *hash = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    add_member (text, product, members[i]);
  add_text (text, product, "name");
  add_text (text, product, "description");
  add_text (text, product, "short_description");
  add_list (text, product, "categories", (const char *const[]){ "id", NULL });
  add_list (text, product, "tags", (const char *const[]){ "id", NULL });
  add_list (text, product, "images", (const char *const[]){ "id", "alt", NULL });
  add_list (text, product, "attributes", (const char *const[]){ "id", "name", "options", NULL });
  hash = cs_hash_data (text->str, text->len);

  return g_strdup_printf ("%s/%.16s", cs_json_string (product, "date_modified_gmt", ""), hash);
}

static char *
dup_key (JsonObject *product)
{
  JsonArray *meta = cs_json_array (product, "meta_data");

  for (guint i = 0; meta != NULL && i < json_array_get_length (meta); i++)
    {
      JsonObject *one = cs_json_array_object (meta, i);

      if (g_str_equal (cs_json_string (one, "key", ""), CS_WOOCOMMERCE_KEY))
        return g_strdup (cs_json_string (one, "value", NULL));
    }

  return NULL;
}

/* The texts of a list's members, decoded */
static char **
dup_texts (JsonObject *product,
           const char *list,
           const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = cs_json_array (product, list);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = cs_json_string (cs_json_array_object (array, i), member, NULL);

      if (text != NULL)
        g_strv_builder_take (builder, cs_channel_html_to_text (text));
    }

  return g_strv_builder_end (builder);
}

static char **
dup_pictures (JsonObject *product)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = cs_json_array (product, "images");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, cs_json_string (cs_json_array_object (array, i), "src", ""));

  return g_strv_builder_end (builder);
}

static gint64
get_stock (JsonObject *object)
{
  JsonNode *manages = object != NULL ? json_object_get_member (object, "manage_stock") : NULL;

  /* A variation may say "parent" */
  if (manages == NULL || !cs_json_bool (object, "manage_stock", FALSE))
    return -1;

  return MAX (cs_json_int (object, "stock_quantity", -1), -1);
}

static char *
dup_attributes (JsonObject *product)
{
  JsonArray *array = cs_json_array (product, "attributes");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = cs_channel_json_make_root (&node);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject      *one = cs_json_array_object (array, i);
      JsonArray       *options = cs_json_array (one, "options");
      g_autofree char *name = cs_channel_html_to_text (cs_json_string (one, "name", ""));
      g_autoptr (GString) value = g_string_new (NULL);

      if (cs_json_bool (one, "variation", FALSE) || name[0] == '\0')
        continue;

      for (guint k = 0; options != NULL && k < json_array_get_length (options); k++)
        {
          g_autofree char *option = cs_channel_html_to_text (cs_json_array_string (options, k));

          g_string_append_printf (value, "%s%s", k > 0 ? ", " : "", option);
        }
      if (value->len > 0)
        json_object_set_string_member (object, name, value->str);
    }

  return json_object_get_size (object) > 0 ? cs_json_canonical (node) : NULL;
}

/* Since WooCommerce 9.6 a brand is something of its own */
static char *
dup_brand (JsonObject *product)
{
  JsonArray  *brands = cs_json_array (product, "brands");
  const char *name = cs_json_string (cs_json_array_object (brands, 0), "name", NULL);

  return name != NULL ? cs_channel_html_to_text (name) : NULL;
}

static void
fill_texts (CsRemoteListing *remote,
            JsonObject      *product)
{
  remote->title = cs_channel_html_to_text (cs_json_string (product, "name", ""));
  remote->description = cs_channel_html_to_text (cs_json_string (product, "description", ""));
  remote->bullets = cs_channel_html_to_list (cs_json_string (product, "short_description", ""));
  remote->keywords = dup_texts (product, "tags", "name");
  remote->attributes = dup_attributes (product);
  remote->brand = dup_brand (product);
}

static CsRemoteListing *
parse_product (CsChannel *channel,
               JsonNode  *node)
{
  JsonObject      *product = cs_json_node_object (node);
  JsonArray       *categories = cs_json_array (product, "categories");
  JsonObject      *category = cs_json_array_object (categories, 0);
  g_autofree char *id = cs_channel_json_dup_id (product, "id");
  CsRemoteListing *remote;

  if (id == NULL)
    return NULL;

  remote = cs_remote_listing_make (id);
  remote->key = dup_key (product);
  remote->sku = g_strdup (cs_json_string (product, "sku", NULL));
  remote->version = cs_woocommerce_dup_version (product);
  remote->url = g_strdup (cs_json_string (product, "permalink", NULL));
  remote->live = g_str_equal (cs_json_string (product, "status", ""), "publish");
  remote->price = cs_channel_json_dup_price (product, "regular_price", cs_channel_get_account (channel)->currency);
  remote->stock = get_stock (product);
  if (category != NULL)
    {
      remote->category = cs_channel_html_to_text (cs_json_string (category, "name", ""));
      remote->category_id = cs_channel_json_dup_id (category, "id");
    }
  remote->pictures = dup_pictures (product);
  remote->body = cs_json_canonical (node);
  fill_texts (remote, product);

  return remote;
}

/* One product, or a list of them */
CsRemotePage *
cs_woocommerce_parse_listings (CsChannel *channel,
                               JsonNode  *reply,
                               GError   **error)
{
  g_autoptr (CsRemotePage) page = cs_remote_page_new ();
  JsonArray       *array = JSON_NODE_HOLDS_ARRAY (reply) ? json_node_get_array (reply) : NULL;
  guint            n = array != NULL ? json_array_get_length (array) : 1;
  CsRemoteListing *remote;

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  for (guint i = 0; i < n; i++)
    {
      if (!(remote = parse_product (channel, array != NULL ? json_array_get_element (array, i) : reply)))
        {
          g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), cs_woocommerce_get_shop (channel));
          return NULL;
        }
      g_ptr_array_add (page->listings, remote);
    }

  if (array != NULL)
    page->next = cs_woocommerce_dup_next (channel, n);

  return g_steal_pointer (&page);
}

/* A product tells the ids of its variations; what they are is asked for */
CsRequest *
cs_woocommerce_build_more (CsChannel       *channel,
                           CsRemoteListing *remote)
{
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);
  JsonObject *product = cs_json_node_object (node);
  JsonArray  *ids = cs_json_array (product, "variations");
  JsonArray  *shown = cs_json_array (product, VARIATIONS);
  guint       n_ids = ids != NULL ? json_array_get_length (ids) : 0;
  guint       n_shown = shown != NULL ? json_array_get_length (shown) : 0;
  g_autofree char *id = g_uri_escape_string (remote->remote_id, NULL, FALSE);

  if (n_ids == 0 || (shown != NULL && (n_shown >= n_ids || n_shown % CS_WOOCOMMERCE_MOST != 0 || n_shown == 0)))
    return NULL;

  return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products/%s/variations?per_page=%d&page=%u&context=edit",
                                  id, CS_WOOCOMMERCE_MOST, n_shown / CS_WOOCOMMERCE_MOST + 1);
}

static JsonObject *
read_variation (CsChannel  *channel,
                JsonObject *variation)
{
  JsonArray       *attributes = cs_json_array (variation, "attributes");
  JsonObject      *object = json_object_new ();
  JsonObject      *options = json_object_new ();
  const char      *currency = cs_channel_get_account (channel)->currency;
  g_autofree char *price = cs_channel_json_dup_price (variation, "regular_price", currency);

  for (guint i = 0; attributes != NULL && i < json_array_get_length (attributes); i++)
    {
      JsonObject      *one = cs_json_array_object (attributes, i);
      g_autofree char *name = cs_channel_html_to_text (cs_json_string (one, "name", ""));
      g_autofree char *option = cs_channel_html_to_text (cs_json_string (one, "option", ""));

      json_object_set_string_member (options, name, option);
    }

  if (price != NULL)
    price[strcspn (price, " ")] = '\0';
  json_object_set_object_member (object, "options", options);
  json_object_set_string_member (object, "price", price != NULL ? price : "");
  json_object_set_string_member (object, "sku", cs_json_string (variation, "sku", ""));
  json_object_set_int_member (object, "stock", get_stock (variation));

  return object;
}

/* Those that are switched on; their stock and their lowest price are the product's */
static void
fill_variants (CsChannel       *channel,
               CsRemoteListing *remote,
               JsonArray       *shown)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray  *array = json_array_new ();
  const char *currency = cs_channel_get_account (channel)->currency;
  CsMoney     lowest = { .minor = -1 };

  json_node_take_array (node, array);
  for (guint i = 0; i < json_array_get_length (shown); i++)
    {
      JsonObject *variation = cs_json_array_object (shown, i);
      CsMoney     price;

      if (variation == NULL || !g_str_equal (cs_json_string (variation, "status", "publish"), "publish"))
        continue;

      json_array_add_object_element (array, read_variation (channel, variation));
      if (cs_channel_json_get_price (variation, "regular_price", currency, &price) &&
          (lowest.minor < 0 || price.minor < lowest.minor))
        lowest = price;
    }

  g_free (remote->variants);
  remote->variants = json_array_get_length (array) > 0 ? cs_json_canonical (node) : NULL;
  if (lowest.minor >= 0)
    {
      g_autofree char *decimal = cs_money_to_decimal (&lowest);

      g_free (remote->price);
      remote->price = g_strdup_printf ("%s %s", decimal, lowest.currency);
    }
}

gboolean
cs_woocommerce_parse_more (CsChannel       *channel,
                           CsRemoteListing *remote,
                           JsonNode        *reply,
                           GError         **error)
{
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);
  JsonArray *more = reply != NULL && JSON_NODE_HOLDS_ARRAY (reply) ? json_node_get_array (reply) : NULL;
  g_autoptr (JsonNode) whole = NULL;
  JsonObject    *body = cs_channel_json_make_root (&whole);
  JsonArray     *known = cs_json_array (cs_json_node_object (node), VARIATIONS);
  JsonArray     *shown = json_array_new ();
  JsonObjectIter iter;
  const char    *member;
  JsonNode      *value;

  for (guint i = 0; known != NULL && i < json_array_get_length (known); i++)
    json_array_add_element (shown, json_node_copy (json_array_get_element (known, i)));
  for (guint i = 0; more != NULL && i < json_array_get_length (more); i++)
    json_array_add_element (shown, json_node_copy (json_array_get_element (more, i)));

  json_object_iter_init_ordered (&iter, cs_json_node_object (node));
  while (json_object_iter_next_ordered (&iter, &member, &value))
    json_object_set_member (body, member, json_node_copy (value));
  json_object_set_array_member (body, VARIATIONS, shown);
  fill_variants (channel, remote, shown);
  g_free (remote->body);
  remote->body = cs_json_canonical (whole);

  if (more == NULL && reply != NULL)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), cs_woocommerce_get_shop (channel));

  return more != NULL || reply == NULL;
}

static char *
fold (const char *html)
{
  g_autofree char *plain = cs_channel_html_to_text (html);

  return g_utf8_casefold (plain, -1);
}

static GHashTable *
make_set (char **texts)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_autofree char *escaped = cs_channel_html_escape (texts[i]);

      g_hash_table_add (set, fold (escaped));
    }

  return set;
}

/* In any order: the shop sorts its tags */
static gboolean
is_same_set (char **ours,
             char **theirs)
{
  g_autoptr (GHashTable) a = make_set (ours);
  g_autoptr (GHashTable) b = make_set (theirs);
  GHashTableIter iter;
  gpointer       text;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    {
      if (!g_hash_table_contains (b, text))
        return FALSE;
    }

  return g_hash_table_size (a) == g_hash_table_size (b);
}

static gboolean
is_same_list (char **ours,
              char **theirs)
{
  g_autofree char *a = g_strjoinv ("\n", ours != NULL ? ours : (char *[]){ NULL });
  g_autofree char *b = g_strjoinv ("\n", theirs != NULL ? theirs : (char *[]){ NULL });
  g_autofree char *html = cs_channel_html_escape (b);

  return cs_channel_html_is_same (a, html);
}

/* Whether all that the option says is said there */
static gboolean
has_options (JsonArray *ours,
             JsonArray *theirs)
{
  for (guint i = 0; i < json_array_get_length (ours); i++)
    {
      g_autofree char *escaped = cs_channel_html_escape (cs_json_array_string (ours, i));
      g_autofree char *wanted = fold (escaped);
      gboolean         found = FALSE;

      for (guint k = 0; theirs != NULL && k < json_array_get_length (theirs); k++)
        {
          g_autofree char *there = fold (cs_json_array_string (theirs, k));

          found = found || g_str_equal (there, wanted);
        }

      if (!found)
        return FALSE;
    }

  return TRUE;
}

static void
compare_attributes (CsListing  *listing,
                    JsonObject *product,
                    GPtrArray  *differences)
{
  g_autoptr (JsonArray) ours = cs_woocommerce_write_attributes (listing);
  JsonArray *theirs = cs_json_array (product, "attributes");

  for (guint i = 0; i < json_array_get_length (ours); i++)
    {
      JsonObject      *one = cs_json_array_object (ours, i);
      gint64           id = cs_json_int (one, "id", 0);
      g_autofree char *name = fold (cs_json_string (one, "name", ""));
      gboolean         found = FALSE;

      for (guint k = 0; theirs != NULL && k < json_array_get_length (theirs) && !found; k++)
        {
          JsonObject      *there = cs_json_array_object (theirs, k);
          g_autofree char *their_name = fold (cs_json_string (there, "name", ""));

          found = (id > 0 ? cs_json_int (there, "id", 0) == id : g_str_equal (their_name, name)) &&
                  has_options (cs_json_array (one, "options"), cs_json_array (there, "options"));
        }

      if (!found && id > 0)
        g_ptr_array_add (differences, g_strdup (_("An attribute in the shop is not what you approved.")));
      else if (!found)
        g_ptr_array_add (differences, g_strdup_printf (_("“%s” in the shop is not what you approved."), cs_json_string (one, "name", "")));
    }
}

static gboolean
is_in_category (CsListing  *listing,
                JsonObject *product)
{
  JsonArray       *categories = cs_json_array (product, "categories");
  g_autofree char *name = cs_woocommerce_dup_category_name (listing);
  g_autofree char *escaped = cs_channel_html_escape (name);
  g_autofree char *wanted = fold (escaped);

  for (guint i = 0; categories != NULL && i < json_array_get_length (categories); i++)
    {
      JsonObject      *one = cs_json_array_object (categories, i);
      g_autofree char *id = cs_channel_json_dup_id (one, "id");
      g_autofree char *there = fold (cs_json_string (one, "name", ""));

      if (listing->category_id != NULL ? g_strcmp0 (id, listing->category_id) == 0 : g_str_equal (there, wanted))
        return TRUE;
    }

  return listing->category_id == NULL && wanted[0] == '\0';
}

static void
compare_alt_texts (CsListing  *listing,
                   JsonObject *product,
                   GPtrArray  *differences)
{
  JsonArray *images = cs_json_array (product, "images");

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      CsListingPicture *picture = listing->pictures->pdata[i];
      JsonObject       *there = cs_json_array_object (images, i);

      if (there != NULL && picture->alt_text != NULL && !cs_channel_html_is_same (picture->alt_text, cs_json_string (there, "alt", "")))
        g_ptr_array_add (differences, g_strdup_printf (_("The description of picture %u is not the one that you approved."), i + 1));
    }
}

static void
compare_texts (CsListing       *listing,
               CsRemoteListing *remote,
               GPtrArray       *differences)
{
  g_autoptr (JsonNode) node = remote->body != NULL ? cs_json_parse (remote->body, -1, NULL) : NULL;
  JsonObject *product = cs_json_node_object (node);

  if (!is_same_list (listing->bullets, remote->bullets))
    g_ptr_array_add (differences, g_strdup (_("The bullet points in the shop are not those that you approved.")));
  if (!is_same_set (listing->keywords, remote->keywords))
    g_ptr_array_add (differences, g_strdup (_("The keywords in the shop are not those that you approved.")));
  if (!is_in_category (listing, product))
    g_ptr_array_add (differences, g_strdup (_("The category in the shop is not what you approved.")));
  compare_attributes (listing, product, differences);
  compare_alt_texts (listing, product, differences);
}

void
cs_woocommerce_compare (CsChannel       *channel,
                        CsListing       *listing,
                        CsRemoteListing *remote,
                        GPtrArray       *differences)
{
  if (cs_woocommerce_count_variants (listing) > 0)
    cs_woocommerce_compare_variants (listing, remote, differences);
  else if (listing->stock >= 0 && listing->stock != remote->stock)
    g_ptr_array_add (differences, g_strdup (_("The stock in the shop is not what you approved.")));

  compare_texts (listing, remote, differences);
}

/* What a product with variants costs, they say */
void
cs_woocommerce_compare_created (CsChannel       *channel,
                                CsListing       *listing,
                                CsRemoteListing *remote,
                                GPtrArray       *differences)
{
  if (cs_woocommerce_count_variants (listing) == 0)
    {
      cs_channel_compare_listing (listing, remote, 0, differences);
      cs_woocommerce_compare (channel, listing, remote, differences);
      return;
    }

  cs_channel_compare_listing (listing, remote, 1u << CS_FIELD_PRICE, differences);
  compare_texts (listing, remote, differences);
}
