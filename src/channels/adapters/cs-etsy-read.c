/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-channel-form.h"
#include "cs-etsy-private.h"
#include "cs-hash.h"
#include "cs-json.h"

#define PULL_LENGTH 100

/* Each has to be asked for by itself; drafts first, since a look-up is mostly about them */
static const char *const states[] = { "draft", "active", "inactive", "sold_out", "expired" };

static void
refuse_reply (GError **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), "Etsy");
}

/* What a person decides on. Stock is left out: it moves with every sale. */
char *
cs_etsy_dup_version (JsonObject *listing)
{
  static const char *const members[] = {
    "title", "description", "state", "tags", "materials", "taxonomy_id", "price", "shipping_profile_id",
    "return_policy_id", "who_made", "when_made", "is_supply", "should_auto_renew",
  };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;
  JsonObject      *seen = json_object_new ();

  json_node_take_object (node, seen);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (json_object_has_member (listing, members[i]))
        json_object_set_member (seen, members[i], json_node_copy (json_object_get_member (listing, members[i])));
    }

  text = cs_json_canonical (node);
  hash = cs_hash_data (text, strlen (text));

  return g_strdup_printf ("%.16s", hash);
}

CsRequest *
cs_etsy_build_read (CsChannel  *channel,
                    const char *remote_id)
{
  g_autofree char *id = g_uri_escape_string (remote_id, NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/v3/application/listings/%s?includes=Images", id);
}

static void
read_cursor (const char *cursor,
             guint      *state,
             guint      *offset)
{
  g_auto (GStrv) parts = g_strsplit (cursor != NULL ? cursor : "", ".", 2);

  *state = *offset = 0;
  if (g_strv_length (parts) == 2)
    {
      *state = MIN (g_ascii_strtoull (parts[0], NULL, 10), G_N_ELEMENTS (states) - 1);
      *offset = MIN (g_ascii_strtoull (parts[1], NULL, 10), G_MAXINT32);
    }
}

CsRequest *
cs_etsy_build_pull (CsChannel  *channel,
                    const char *cursor)
{
  const char *shop = cs_channel_get_profile (channel, "shop_id");
  guint       state, offset;

  read_cursor (cursor, &state, &offset);
  return cs_channel_make_request (channel, "GET",
                                  "/v3/application/shops/%s/listings?state=%s&limit=%d&offset=%u&sort_on=created&sort_order=asc&includes=Images",
                                  shop != NULL ? shop : "0", states[state], PULL_LENGTH, offset);
}

static char **
dup_texts (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      char *text = cs_channel_form_decode (cs_json_array_string (array, i));

      if (text != NULL)
        g_strv_builder_take (builder, text);
    }

  return g_strv_builder_end (builder);
}

static char **
dup_pictures (JsonArray *images)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; images != NULL && i < json_array_get_length (images); i++)
    {
      const char *address = cs_json_string (cs_json_array_object (images, i), "url_fullxfull", NULL);

      if (address != NULL)
        g_strv_builder_add (builder, address);
    }

  return g_strv_builder_end (builder);
}

static char *
dup_price (JsonObject *money)
{
  g_autofree char *amount = cs_channel_form_dup_amount (cs_json_int (money, "amount", -1), cs_json_int (money, "divisor", 0));

  return amount != NULL && amount[0] != '-' ? g_strdup_printf ("%s %s", amount, cs_json_string (money, "currency_code", "")) : NULL;
}

/* Our key stands in for a missing SKU, so it is found among them */
static void
take_skus (CsRemoteListing *remote,
           JsonArray       *skus)
{
  for (guint i = 0; skus != NULL && i < json_array_get_length (skus); i++)
    {
      const char *sku = cs_json_array_string (skus, i);

      if (sku == NULL || sku[0] == '\0')
        continue;
      if (remote->sku == NULL)
        remote->sku = g_strdup (sku);
      if (remote->key == NULL && cs_channel_form_is_key (sku))
        remote->key = g_strdup (sku);
    }
}

static CsRemoteListing *
parse_listing (JsonNode *node)
{
  JsonObject      *listing = cs_json_node_object (node);
  gint64           id = cs_json_int (listing, "listing_id", 0);
  gint64           category = cs_json_int (listing, "taxonomy_id", 0);
  g_autofree char *remote_id = id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;
  CsRemoteListing *remote;

  if (remote_id == NULL)
    return NULL;

  remote = cs_remote_listing_make (remote_id);
  remote->version = cs_etsy_dup_version (listing);
  remote->url = g_strdup (cs_json_string (listing, "url", NULL));
  remote->live = g_str_equal (cs_json_string (listing, "state", ""), "active");
  remote->title = cs_channel_form_decode (cs_json_string (listing, "title", NULL));
  remote->description = cs_channel_form_decode (cs_json_string (listing, "description", NULL));
  remote->price = dup_price (cs_json_object (listing, "price"));
  remote->stock = cs_json_int (listing, "quantity", -1);
  remote->category_id = category > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, category) : NULL;
  remote->keywords = dup_texts (cs_json_array (listing, "tags"));
  remote->pictures = dup_pictures (cs_json_array (listing, "images"));
  remote->body = cs_json_canonical (node);
  take_skus (remote, cs_json_array (listing, "skus"));

  return remote;
}

/* A page does not say which it is: the address that it was asked for at does */
static gboolean
read_asked (CsChannel *channel,
            guint     *state,
            guint     *offset)
{
  const char *asked = cs_channel_get_asked (channel);
  const char *name = asked != NULL ? strstr (asked, "?state=") : NULL;
  const char *number = asked != NULL ? strstr (asked, "&offset=") : NULL;

  *offset = number != NULL ? MIN (g_ascii_strtoull (number + strlen ("&offset="), NULL, 10), G_MAXINT32) : 0;
  for (*state = 0; name != NULL && *state < G_N_ELEMENTS (states); (*state)++)
    {
      g_autofree char *part = g_strdup_printf ("?state=%s&", states[*state]);

      if (g_str_has_prefix (name, part))
        return TRUE;
    }

  return FALSE;
}

/* One listing, or {"count", "results": […]} */
CsRemotePage *
cs_etsy_parse_listings (CsChannel *channel,
                        JsonNode  *reply,
                        GError   **error)
{
  JsonArray       *results = cs_json_array (cs_json_node_object (reply), "results");
  guint            n = results != NULL ? json_array_get_length (results) : 0;
  guint            state, offset;
  gboolean         is_page = read_asked (channel, &state, &offset);
  CsRemoteListing *remote;
  g_autoptr (CsRemotePage) page = cs_remote_page_new ();

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  if (results == NULL && !is_page && (remote = parse_listing (reply)))
    {
      g_ptr_array_add (page->listings, remote);
      return g_steal_pointer (&page);
    }

  for (guint i = 0; i < n; i++)
    {
      if (!(remote = parse_listing (json_array_get_element (results, i))))
        break;
      g_ptr_array_add (page->listings, remote);
    }

  if (results == NULL || !is_page || page->listings->len != n)
    {
      refuse_reply (error);
      return NULL;
    }

  if (n >= PULL_LENGTH)
    page->next = g_strdup_printf ("%u.%u", state, offset + n);
  else if (state + 1 < G_N_ELEMENTS (states))
    page->next = g_strdup_printf ("%u.0", state + 1);

  return g_steal_pointer (&page);
}

/* Only what varies takes a second request: SKU, price and stock of the others stand in the first reply */
CsRequest *
cs_etsy_build_more (CsChannel       *channel,
                    CsRemoteListing *remote)
{
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);
  JsonObject *listing = cs_json_node_object (node);

  if (remote->variants != NULL ||
      (!cs_json_bool (listing, "has_variations", FALSE) && cs_json_array (listing, "skus") != NULL))
    return NULL;

  return cs_channel_make_request (channel, "GET", "/v3/application/listings/%s/inventory", remote->remote_id);
}

static JsonObject *
make_variant (JsonObject *product)
{
  JsonObject      *variant = json_object_new ();
  JsonObject      *options = json_object_new ();
  JsonArray       *values = cs_json_array (product, "property_values");
  JsonObject      *offering = cs_json_array_object (cs_json_array (product, "offerings"), 0);
  g_autofree char *price = dup_price (cs_json_object (offering, "price"));

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      JsonObject *value = cs_json_array_object (values, i);
      g_autofree char *name = cs_channel_form_decode (cs_json_string (value, "property_name", NULL));
      g_autofree char *text = cs_channel_form_decode (cs_json_array_string (cs_json_array (value, "values"), 0));

      if (name != NULL && text != NULL)
        json_object_set_string_member (options, name, text);
    }

  json_object_set_object_member (variant, "options", options);
  json_object_set_string_member (variant, "sku", cs_json_string (product, "sku", ""));
  json_object_set_string_member (variant, "price", price != NULL ? price : "");
  json_object_set_int_member (variant, "stock", cs_json_int (offering, "quantity", -1));

  return variant;
}

gboolean
cs_etsy_parse_more (CsChannel       *channel,
                    CsRemoteListing *remote,
                    JsonNode        *reply,
                    GError         **error)
{
  JsonArray *products = cs_json_array (cs_json_node_object (reply), "products");
  JsonArray *skus = json_array_new ();
  JsonArray *variants = json_array_new ();
  g_autoptr (JsonNode) skus_node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (skus_node, skus);
  json_node_take_array (node, variants);
  if (products == NULL)
    {
      refuse_reply (error);
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (products); i++)
    {
      JsonObject *product = cs_json_array_object (products, i);
      JsonArray  *values = cs_json_array (product, "property_values");

      if (product == NULL || cs_json_bool (product, "is_deleted", FALSE))
        continue;
      json_array_add_string_element (skus, cs_json_string (product, "sku", ""));
      if (values != NULL && json_array_get_length (values) > 0)
        json_array_add_object_element (variants, make_variant (product));
    }

  take_skus (remote, skus);
  g_free (remote->variants);
  remote->variants = cs_json_canonical (node);

  return TRUE;
}

static void
compare_price (CsListing       *listing,
               CsRemoteListing *remote,
               GPtrArray       *differences)
{
  g_autofree char *shown = NULL;
  CsMoney          approved, there;

  if (!cs_etsy_get_price (listing, &approved) ||
      (remote->price != NULL && cs_money_parse (remote->price, approved.currency, &there, NULL) &&
       there.minor == approved.minor && g_str_equal (there.currency, approved.currency)))
    return;

  shown = cs_money_to_display (&approved);
  g_ptr_array_add (differences, g_strdup_printf (_("You approved the price %s; the shop shows %s."), shown,
                                                 remote->price != NULL ? remote->price : _("nothing")));
}

static gboolean
is_same_text (const char *approved,
              const char *there)
{
  g_auto (GStrv) a = g_strsplit_set (approved != NULL ? approved : "", " \t\r\n", -1);
  g_auto (GStrv) b = g_strsplit_set (there != NULL ? there : "", " \t\r\n", -1);
  guint i = 0, k = 0;

  for (;;)
    {
      while (a[i] != NULL && a[i][0] == '\0')
        i++;
      while (b[k] != NULL && b[k][0] == '\0')
        k++;
      if (a[i] == NULL || b[k] == NULL || !g_str_equal (a[i], b[k]))
        return a[i] == NULL && b[k] == NULL;
      i++;
      k++;
    }
}

/* Etsy keeps the words and not their order or their capitals */
static gboolean
has_keywords (CsListing       *listing,
              CsRemoteListing *remote)
{
  guint n = listing->keywords != NULL ? g_strv_length (listing->keywords) : 0;

  if (n != (remote->keywords != NULL ? g_strv_length (remote->keywords) : 0))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *approved = g_utf8_casefold (listing->keywords[i], -1);
      gboolean         is_there = FALSE;

      for (guint k = 0; k < n && !is_there; k++)
        {
          g_autofree char *there = g_utf8_casefold (remote->keywords[k], -1);

          is_there = g_str_equal (approved, there);
        }

      if (!is_there)
        return FALSE;
    }

  return TRUE;
}

static void
compare_texts (CsListing       *listing,
               CsRemoteListing *remote,
               GPtrArray       *differences)
{
  g_autofree char *description = cs_etsy_dup_description (listing);

  if (!is_same_text (description, remote->description))
    g_ptr_array_add (differences, g_strdup (_("The description in the shop is not the one that you approved.")));
  if (!has_keywords (listing, remote))
    g_ptr_array_add (differences, g_strdup (_("The keywords in the shop are not those that you approved.")));
  if (g_strcmp0 (listing->category_id, remote->category_id) != 0)
    g_ptr_array_add (differences, g_strdup (_("The category in the shop is not what you approved.")));
}

/* Pictures and SKUs come later */
void
cs_etsy_compare_created (CsChannel       *channel,
                         CsListing       *listing,
                         CsRemoteListing *remote,
                         GPtrArray       *differences)
{
  if (!is_same_text (listing->title, remote->title))
    g_ptr_array_add (differences, g_strdup_printf (_("You approved the title “%s”; the shop shows “%s”."), listing->title,
                                                   remote->title != NULL ? remote->title : _("nothing")));
  compare_price (listing, remote, differences);
  compare_texts (listing, remote, differences);
}

void
cs_etsy_compare (CsChannel       *channel,
                 CsListing       *listing,
                 CsRemoteListing *remote,
                 GPtrArray       *differences)
{
  gint64 quantity = cs_etsy_get_quantity (listing);

  compare_price (listing, remote, differences);
  compare_texts (listing, remote, differences);

  /* Less is what was sold meanwhile */
  if (quantity >= 0 && remote->stock > quantity)
    g_ptr_array_add (differences, g_strdup (_("The stock in the shop is not what you approved.")));
}
