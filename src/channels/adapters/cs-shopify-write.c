/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-graphql.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-listing-variants.h"
#include "cs-shopify-private.h"

#define HASH_CHARS 12

/* What a create, an update and an offer send. What "shown" saw there and is not
 * ours goes along in each list, because a list deletes what it leaves out.
 */

char *
cs_shopify_dup_file_name (CsListing *listing,
                          guint      n)
{
  CsListingPicture *picture = listing->pictures->pdata[n];
  const char       *end = g_strcmp0 (picture->mime, "image/png") == 0    ? "png"
                          : g_strcmp0 (picture->mime, "image/webp") == 0 ? "webp"
                                                                         : "jpg";

  return g_strdup_printf ("%s-%.*s.%s", listing->key, HASH_CHARS, picture->hash, end);
}

char *
cs_shopify_write_description (CsListing *listing)
{
  g_autofree char *text = cs_channel_html_from_text (listing->description);
  g_autofree char *list = cs_channel_html_from_list (listing->bullets);

  return g_strconcat (text, list, NULL);
}

gboolean
cs_shopify_has_stock (CsListing *listing)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, NULL);

  for (guint i = 0; variants != NULL && i < variants->len; i++)
    {
      if (((CsListingVariant *) variants->pdata[i])->stock >= 0)
        return TRUE;
    }

  return FALSE;
}

/* NULL before a create */
static JsonObject *
get_shown (CsJournal *journal)
{
  return cs_json_object (cs_journal_get_detail (journal, "shown"), "product");
}

/* The id of a picture of ours that is there already, or where it was uploaded to */
static JsonObject *
write_file (CsListing *listing,
            CsJournal *journal,
            guint      n)
{
  CsListingPicture *picture = listing->pictures->pdata[n];
  JsonArray        *media = cs_shopify_get_nodes (get_shown (journal), "media");
  g_autofree char  *staged = g_strdup_printf ("staged.%u", n);
  g_autofree char  *name = cs_shopify_dup_file_name (listing, n);
  JsonObject       *file = json_object_new ();

  cs_channel_json_set_string (file, "alt", picture->alt_text);
  for (guint i = 0; media != NULL && i < json_array_get_length (media); i++)
    {
      JsonObject *medium = cs_json_array_object (media, i);

      if (!cs_shopify_is_picture (listing, n, medium))
        continue;
      json_object_set_string_member (file, "id", cs_json_string (medium, "id", ""));
      return file;
    }

  json_object_set_string_member (file, "originalSource", cs_json_string (cs_journal_get_detail (journal, staged), "source", ""));
  json_object_set_string_member (file, "filename", name);
  json_object_set_string_member (file, "contentType", "IMAGE");

  return file;
}

/* Ours first, then what the seller has put there; what we sent once and was taken
 * out of the listing goes
 */
static void
set_files (JsonObject *input,
           CsListing  *listing,
           CsJournal  *journal)
{
  JsonArray *media = cs_shopify_get_nodes (get_shown (journal), "media");
  JsonArray *files = json_array_new ();

  for (guint i = 0; i < listing->pictures->len; i++)
    json_array_add_object_element (files, write_file (listing, journal, i));

  for (guint i = 0; media != NULL && i < json_array_get_length (media); i++)
    {
      JsonObject *medium = cs_json_array_object (media, i);
      JsonObject *file;

      if (cs_shopify_is_our_medium (listing->key, medium))
        continue;
      file = json_object_new ();
      json_object_set_string_member (file, "id", cs_json_string (medium, "id", ""));
      json_array_add_object_element (files, file);
    }

  json_object_set_array_member (input, "files", files);
}

static void
add_metafield (JsonArray  *metafields,
               const char *space,
               const char *key,
               const char *type,
               const char *value)
{
  JsonObject *metafield = json_object_new ();

  json_object_set_string_member (metafield, "namespace", space);
  json_object_set_string_member (metafield, "key", key);
  cs_channel_json_set_string (metafield, "type", type);
  json_object_set_string_member (metafield, "value", value);
  json_array_add_object_element (metafields, metafield);
}

/* Names of attributes are "namespace.key", as the form has them */
static void
add_attributes (JsonArray  *metafields,
                JsonObject *attributes)
{
  g_autoptr (GList) names = attributes != NULL ? json_object_get_members (attributes) : NULL;

  names = g_list_sort (g_steal_pointer (&names), (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char      *dot = strrchr (l->data, '.');
      const char      *value = cs_json_string (attributes, l->data, "");
      g_autofree char *space = dot != NULL ? g_strndup (l->data, dot - (char *) l->data) : NULL;

      if (space != NULL && value[0] != '\0')
        add_metafield (metafields, space, dot + 1, NULL, value);
    }
}

static void
set_metafields (JsonObject *input,
                CsListing  *listing,
                CsJournal  *journal)
{
  g_autoptr (JsonNode) tree = listing->attributes != NULL ? cs_json_parse (listing->attributes, -1, NULL) : NULL;
  JsonObject *attributes = cs_json_node_object (tree);
  JsonArray  *there = cs_shopify_get_nodes (get_shown (journal), "metafields");
  JsonArray  *metafields = json_array_new ();

  add_metafield (metafields, CS_SHOPIFY_NAMESPACE, CS_SHOPIFY_KEY, "id", listing->key);
  add_attributes (metafields, attributes);
  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      JsonObject      *one = cs_json_array_object (there, i);
      const char      *space = cs_json_string (one, "namespace", "");
      const char      *key = cs_json_string (one, "key", "");
      g_autofree char *name = g_strdup_printf ("%s.%s", space, key);

      /* What another app keeps for itself cannot be written, nor taken away */
      if (g_str_equal (space, CS_SHOPIFY_NAMESPACE) || g_str_has_prefix (space, "app--") ||
          cs_json_string (attributes, name, NULL) != NULL)
        continue;
      add_metafield (metafields, space, key, cs_json_string (one, "type", NULL), cs_json_string (one, "value", ""));
    }

  json_object_set_array_member (input, "metafields", metafields);
}

/* Those that products are put into by hand */
static void
set_collections (JsonObject *input,
                 CsJournal  *journal)
{
  JsonArray *there = cs_shopify_get_nodes (get_shown (journal), "collections");
  JsonArray *ids = json_array_new ();

  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      JsonObject *one = cs_json_array_object (there, i);

      if (cs_json_object (one, "ruleSet") == NULL)
        json_array_add_string_element (ids, cs_json_string (one, "id", ""));
    }

  if (there != NULL)
    json_object_set_array_member (input, "collections", ids);
  else
    json_array_unref (ids);
}

/* Tags have no order and no case there: ours, and those that are there */
static void
set_tags (JsonObject *input,
          CsListing  *listing,
          CsJournal  *journal)
{
  JsonArray *there = cs_json_array (get_shown (journal), "tags");
  JsonArray *tags = json_array_new ();

  for (guint i = 0; listing->keywords != NULL && listing->keywords[i] != NULL; i++)
    json_array_add_string_element (tags, listing->keywords[i]);

  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      const char *tag = cs_json_array_string (there, i);
      gboolean    is_ours = tag == NULL;

      for (guint k = 0; !is_ours && listing->keywords != NULL && listing->keywords[k] != NULL; k++)
        is_ours = g_ascii_strcasecmp (listing->keywords[k], tag) == 0;
      if (!is_ours)
        json_array_add_string_element (tags, tag);
    }

  json_object_set_array_member (input, "tags", tags);
}

static gboolean
is_same_variant (CsListingVariant *variant,
                 JsonObject       *there)
{
  JsonArray *selected = cs_json_array (there, "selectedOptions");

  if (variant->names[0] == NULL)
    return cs_shopify_is_default (there);

  if (selected == NULL || json_array_get_length (selected) != g_strv_length (variant->names))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (selected); i++)
    {
      JsonObject *option = cs_json_array_object (selected, i);
      const char *value = cs_listing_variant_get_value (variant, cs_json_string (option, "name", ""));

      if (g_strcmp0 (value, cs_json_string (option, "value", "")) != 0)
        return FALSE;
    }

  return TRUE;
}

/* By what it differs in, else by its SKU */
static JsonObject *
find_there (CsJournal        *journal,
            CsListingVariant *variant)
{
  JsonArray *there = cs_shopify_get_nodes (get_shown (journal), "variants");

  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      if (is_same_variant (variant, cs_json_array_object (there, i)))
        return cs_json_array_object (there, i);
    }

  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      JsonObject *one = cs_json_array_object (there, i);

      if (g_strcmp0 (cs_json_string (one, "sku", NULL), variant->sku) == 0 &&
          (variant->names[0] == NULL) == cs_shopify_is_default (one))
        return one;
    }

  return NULL;
}

static void
add_option_value (JsonArray  *values,
                  const char *option,
                  const char *name)
{
  JsonObject *value = json_object_new ();

  json_object_set_string_member (value, "optionName", option);
  json_object_set_string_member (value, "name", name);
  json_array_add_object_element (values, value);
}

static void
set_quantity (CsChannel        *channel,
              CsListing        *listing,
              JsonObject       *input,
              CsListingVariant *variant)
{
  g_autofree char *location = cs_shopify_dup_term (channel, listing, "location");
  JsonArray       *quantities;
  JsonObject      *quantity;

  if (variant->stock < 0 || location == NULL)
    return;

  quantities = json_array_new ();
  quantity = json_object_new ();
  json_object_set_string_member (quantity, "locationId", location);
  json_object_set_string_member (quantity, "name", "available");
  json_object_set_int_member (quantity, "quantity", MIN (variant->stock, G_MAXINT32));
  json_array_add_object_element (quantities, quantity);
  json_object_set_array_member (input, "inventoryQuantities", quantities);
}

static JsonObject *
write_variant (CsChannel        *channel,
               CsListing        *listing,
               CsJournal        *journal,
               CsListingVariant *variant)
{
  JsonObject *there = find_there (journal, variant);
  JsonObject *input = json_object_new ();
  JsonObject *item = json_object_new ();
  JsonArray  *values = json_array_new ();

  cs_channel_json_set_string (input, "id", cs_json_string (there, "id", NULL));
  for (guint i = 0; variant->names[i] != NULL; i++)
    add_option_value (values, variant->names[i], variant->values[i]);
  if (variant->names[0] == NULL)
    add_option_value (values, "Title", "Default Title");
  json_object_set_array_member (input, "optionValues", values);
  json_object_set_string_member (input, "sku", variant->sku);
  cs_channel_json_set_price (input, "price", &variant->price);
  if (variant->stock >= 0)
    json_object_set_boolean_member (item, "tracked", TRUE);
  json_object_set_object_member (input, "inventoryItem", item);
  set_quantity (channel, listing, input, variant);
  if (variant->picture >= 0 && variant->picture < (int) listing->pictures->len)
    json_object_set_object_member (input, "file", write_file (listing, journal, variant->picture));

  return input;
}

/* A variant that is there and not among ours stays as it is: only named */
static void
add_kept (JsonArray *inputs,
          CsJournal *journal,
          GPtrArray *variants)
{
  JsonArray        *there = cs_shopify_get_nodes (get_shown (journal), "variants");
  CsListingVariant *first = variants->pdata[0];

  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      JsonObject *one = cs_json_array_object (there, i);
      JsonArray  *selected = cs_json_array (one, "selectedOptions");
      JsonArray  *values;
      JsonObject *input;
      gboolean    is_ours = cs_shopify_is_default (one) || first->names[0] == NULL;

      for (guint k = 0; k < variants->len; k++)
        is_ours = is_ours || find_there (journal, variants->pdata[k]) == one;
      if (is_ours)
        continue;

      input = json_object_new ();
      values = json_array_new ();
      for (guint k = 0; selected != NULL && k < json_array_get_length (selected); k++)
        {
          JsonObject *option = cs_json_array_object (selected, k);

          add_option_value (values, cs_json_string (option, "name", ""), cs_json_string (option, "value", ""));
        }
      json_object_set_string_member (input, "id", cs_json_string (one, "id", ""));
      json_object_set_array_member (input, "optionValues", values);
      json_array_add_object_element (inputs, input);
    }
}

static void
add_value (JsonArray  *values,
           const char *name)
{
  JsonObject *value;

  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      if (g_str_equal (cs_json_string (cs_json_array_object (values, i), "name", ""), name))
        return;
    }

  value = json_object_new ();
  json_object_set_string_member (value, "name", name);
  json_array_add_object_element (values, value);
}

/* Each option with all values that any variant has, of ours and of those that stay */
static void
set_options (JsonObject *input,
             CsJournal  *journal,
             GPtrArray  *variants)
{
  CsListingVariant *first = variants->pdata[0];
  JsonArray        *there = cs_json_array (get_shown (journal), "options");
  JsonArray        *options = json_array_new ();
  const char *const none[] = { "Title", NULL };
  const char *const *names = first->names[0] != NULL ? (const char *const *) first->names : none;

  for (guint i = 0; names[i] != NULL; i++)
    {
      JsonObject *option = json_object_new ();
      JsonArray  *values = json_array_new ();
      g_autoptr (GPtrArray) ours = cs_listing_variants_get_values (variants, names[i]);

      for (guint k = 0; k < ours->len; k++)
        add_value (values, ours->pdata[k]);
      if (first->names[0] == NULL)
        add_value (values, "Default Title");

      for (guint k = 0; first->names[0] != NULL && there != NULL && k < json_array_get_length (there); k++)
        {
          JsonObject *one = cs_json_array_object (there, k);
          JsonArray  *old = cs_json_array (one, "optionValues");

          for (guint m = 0; g_str_equal (cs_json_string (one, "name", ""), names[i]) && old != NULL && m < json_array_get_length (old); m++)
            add_value (values, cs_json_string (cs_json_array_object (old, m), "name", ""));
        }

      json_object_set_string_member (option, "name", names[i]);
      json_object_set_array_member (option, "values", values);
      json_array_add_object_element (options, option);
    }

  json_object_set_array_member (input, "productOptions", options);
}

/* Other options there than ours: their variants could not be kept */
static gboolean
check_options (CsChannel *channel,
               CsJournal *journal,
               GPtrArray *variants,
               GError   **error)
{
  JsonArray        *there = cs_json_array (get_shown (journal), "options");
  CsListingVariant *first = variants->pdata[0];

  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      const char *name = cs_json_string (cs_json_array_object (there, i), "name", "");

      if (g_str_equal (name, "Title") || cs_listing_variant_get_value (first, name) != NULL)
        continue;

      g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT,
                   _("In %s the variants of this product differ in “%s”, which is not among its options here. Nothing was changed. Read the shop again, then approve the product again."),
                   cs_graphql_get_shop (channel), name);
      return FALSE;
    }

  return TRUE;
}

CsRequest *
cs_shopify_build_set (CsChannel *channel,
                      CsListing *listing,
                      CsJournal *journal,
                      GError   **error)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, error);
  g_autofree char *description = cs_shopify_write_description (listing);
  JsonObject      *variables;
  JsonObject      *identifier;
  JsonObject      *custom;
  JsonObject      *input;
  JsonArray       *inputs;

  if (variants == NULL || !check_options (channel, journal, variants, error))
    return NULL;

  variables = json_object_new ();
  identifier = json_object_new ();
  input = json_object_new ();
  inputs = json_array_new ();
  if (listing->remote_id != NULL)
    json_object_set_string_member (identifier, "id", listing->remote_id);
  else
    {
      custom = json_object_new ();
      json_object_set_string_member (custom, "namespace", CS_SHOPIFY_NAMESPACE);
      json_object_set_string_member (custom, "key", CS_SHOPIFY_KEY);
      json_object_set_string_member (custom, "value", listing->key);
      json_object_set_object_member (identifier, "customId", custom);
      json_object_set_string_member (input, "status", "DRAFT");
    }

  json_object_set_string_member (input, "title", listing->title != NULL ? listing->title : "");
  json_object_set_string_member (input, "descriptionHtml", description);
  cs_channel_json_set_string (input, "vendor", listing->brand);
  if (listing->category_id != NULL && listing->category_id[0] != '\0')
    json_object_set_string_member (input, "category", listing->category_id);
  set_tags (input, listing, journal);
  set_metafields (input, listing, journal);
  set_collections (input, journal);
  set_files (input, listing, journal);
  set_options (input, journal, variants);
  for (guint i = 0; i < variants->len; i++)
    json_array_add_object_element (inputs, write_variant (channel, listing, journal, variants->pdata[i]));
  add_kept (inputs, journal, variants);
  json_object_set_array_member (input, "variants", inputs);
  json_object_set_object_member (variables, "identifier", identifier);
  json_object_set_object_member (variables, "input", input);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "mutation ($identifier: ProductSetIdentifiers!, $input: ProductSetInput!) {"
                                  " productSet(identifier: $identifier, input: $input, synchronous: true) {"
                                  " product { ...Fields } userErrors { code field message } } } " CS_SHOPIFY_FIELDS,
                                  variables);
}

static JsonObject *
require_there (CsChannel        *channel,
               CsJournal        *journal,
               CsListingVariant *variant,
               GError          **error)
{
  JsonObject *there = find_there (journal, variant);

  if (there == NULL)
    g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT, _("%s has no variant with the SKU “%s” any more. Nothing was changed."),
                 cs_graphql_get_shop (channel), variant->sku);

  return there;
}

CsRequest *
cs_shopify_build_prices (CsChannel *channel,
                         CsListing *listing,
                         CsJournal *journal,
                         GError   **error)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, error);
  g_autoptr (JsonArray) inputs = json_array_new ();
  JsonObject *variables;

  for (guint i = 0; variants != NULL && i < variants->len; i++)
    {
      CsListingVariant *variant = variants->pdata[i];
      JsonObject       *there = require_there (channel, journal, variant, error);
      JsonObject       *input;

      if (there == NULL)
        return NULL;
      input = json_object_new ();
      json_object_set_string_member (input, "id", cs_json_string (there, "id", ""));
      cs_channel_json_set_price (input, "price", &variant->price);
      json_array_add_object_element (inputs, input);
    }

  if (variants == NULL)
    return NULL;

  variables = json_object_new ();
  json_object_set_string_member (variables, "id", listing->remote_id);
  json_object_set_array_member (variables, "variants", json_array_ref (inputs));

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "mutation ($id: ID!, $variants: [ProductVariantsBulkInput!]!) {"
                                  " productVariantsBulkUpdate(productId: $id, variants: $variants) {"
                                  " product { ...Fields } userErrors { code field message } } } " CS_SHOPIFY_FIELDS,
                                  variables);
}

/* The same listing has the same key, so that it counts once */
static char *
dup_idempotency_key (CsListing *listing)
{
  g_autofree char *text = g_strconcat (listing->hash, " stock", NULL);

  return cs_hash_data (text, strlen (text));
}

static JsonObject *
write_quantity (CsListingVariant *variant,
                JsonObject       *there,
                const char       *location)
{
  JsonObject *input = json_object_new ();
  JsonObject *item = cs_json_object (there, "inventoryItem");
  JsonArray  *levels = cs_json_array (cs_json_object (item, "inventoryLevel"), "quantities");
  gint64      seen = cs_json_int (cs_json_array_object (levels, 0), "quantity", 0);

  json_object_set_string_member (input, "inventoryItemId", cs_json_string (item, "id", ""));
  json_object_set_string_member (input, "locationId", location);
  json_object_set_int_member (input, "quantity", MIN (variant->stock, G_MAXINT32));
  json_object_set_int_member (input, "changeFromQuantity",
                              CLAMP (seen, G_MININT32, G_MAXINT32));

  return input;
}

CsRequest *
cs_shopify_build_stock (CsChannel *channel,
                        CsListing *listing,
                        CsJournal *journal,
                        GError   **error)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, error);
  g_autoptr (JsonArray) quantities = json_array_new ();
  g_autofree char *location = cs_shopify_dup_term (channel, listing, "location");
  g_autofree char *key = dup_idempotency_key (listing);
  JsonObject      *variables;
  JsonObject      *input;

  if (location == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("It is not said where stock is kept: choose a place in the shop's settings here."));
      return NULL;
    }

  for (guint i = 0; variants != NULL && i < variants->len; i++)
    {
      JsonObject *there = require_there (channel, journal, variants->pdata[i], error);

      if (there == NULL)
        return NULL;
      if (((CsListingVariant *) variants->pdata[i])->stock >= 0)
        json_array_add_object_element (quantities, write_quantity (variants->pdata[i], there, location));
    }

  if (variants == NULL)
    return NULL;

  input = json_object_new ();
  json_object_set_string_member (input, "name", "available");
  json_object_set_string_member (input, "reason", "correction");
  json_object_set_array_member (input, "quantities", json_array_ref (quantities));
  variables = json_object_new ();
  json_object_set_object_member (variables, "input", input);
  json_object_set_string_member (variables, "key", key);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "mutation ($input: InventorySetQuantitiesInput!, $key: String!) {"
                                  " inventorySetQuantities(input: $input) @idempotent(key: $key) {"
                                  " inventoryAdjustmentGroup { id } userErrors { code field message } } }",
                                  variables);
}
