/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-graphql.h"
#include "cs-json.h"
#include "cs-listing-variants.h"
#include "cs-vendure-private.h"

#define HASH_CHARS 12
#define SLUG_CHARS 80

/* What a create, an update and an offer send */

char *
cs_vendure_dup_file_name (CsListingPicture *picture)
{
  g_autofree char *stem = g_strdup (picture->name != NULL ? picture->name : "picture");
  char            *dot = strrchr (stem, '.');
  const char      *end = g_strcmp0 (picture->mime, "image/png") == 0    ? "png"
                         : g_strcmp0 (picture->mime, "image/webp") == 0 ? "webp"
                                                                        : "jpg";

  if (dot != NULL)
    *dot = '\0';
  g_strcanon (stem, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-", '-');

  return g_strdup_printf ("%s-%.*s.%s", stem, HASH_CHARS, picture->hash, end);
}

char *
cs_vendure_write_description (CsListing *listing)
{
  g_autofree char *text = cs_channel_html_from_text (listing->description);
  g_autofree char *list = cs_channel_html_from_list (listing->bullets);

  return g_strconcat (text, list, NULL);
}

/* The shop takes any address, also none; a title that has no Latin letters gives
 * none, then our key is one
 */
static char *
make_slug (CsChannel *channel,
           CsListing *listing)
{
  g_autofree char *latin = g_str_to_ascii (listing->title != NULL ? listing->title : "", "C");
  g_autofree char *key = g_ascii_strdown (listing->key, -1);
  GString *slug = g_string_new (NULL);

  for (const char *p = latin; *p != '\0' && slug->len < SLUG_CHARS; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (slug, g_ascii_tolower (*p));
      else if (slug->len > 0 && slug->str[slug->len - 1] != '-' && *p != '?')
        g_string_append_c (slug, '-');
    }

  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);

  if (slug->len < 3)
    g_string_assign (slug, key);
  else if (!cs_vendure_has_key_field (channel))
    g_string_append_printf (slug, "-%s", key);

  return g_string_free_and_steal (slug);
}

static void
set_translation (CsChannel  *channel,
                 JsonObject *input,
                 const char *name,
                 const char *description,
                 const char *slug)
{
  JsonArray  *translations = json_array_new ();
  JsonObject *translation = json_object_new ();

  json_object_set_string_member (translation, "languageCode", cs_vendure_get_language (channel));
  cs_channel_json_set_string (translation, "name", name);
  cs_channel_json_set_string (translation, "description", description);
  cs_channel_json_set_string (translation, "slug", slug);
  json_array_add_object_element (translations, translation);
  json_object_set_array_member (input, "translations", translations);
}

static const char *
get_asset (CsListing *listing,
           CsJournal *journal,
           guint      n)
{
  g_autofree char *step = g_strdup_printf ("picture.%u", n);
  g_autofree char *file = cs_vendure_dup_file_name (listing->pictures->pdata[n]);
  JsonObject      *known = cs_json_object (cs_journal_get_detail (journal, "shown"), "assets");

  return cs_json_string (cs_journal_get_detail (journal, step), "asset", cs_json_string (known, file, NULL));
}

static void
set_assets (JsonObject *input,
            CsListing  *listing,
            CsJournal  *journal)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      const char *id = get_asset (listing, journal, i);

      if (id != NULL)
        json_array_add_string_element (ids, id);
    }

  if (json_array_get_length (ids) > 0)
    json_object_set_string_member (input, "featuredAssetId", json_array_get_string_element (ids, 0));
  json_object_set_array_member (input, "assetIds", ids);
}

/* Ours, beside those that the shop gave the product itself */
static void
set_facets (JsonObject *input,
            CsListing  *listing,
            CsJournal  *journal)
{
  JsonArray *there = cs_json_array (cs_journal_get_detail (journal, "shown"), "facets");
  JsonArray *ids = json_array_new ();
  gboolean   is_there = FALSE;

  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      const char *id = cs_json_array_string (there, i);

      is_there = is_there || g_strcmp0 (id, listing->category_id) == 0;
      if (id != NULL)
        json_array_add_string_element (ids, id);
    }

  if (!is_there && listing->category_id != NULL && listing->category_id[0] != '\0')
    json_array_add_string_element (ids, listing->category_id);
  json_object_set_array_member (input, "facetValueIds", ids);
}

static JsonObject *
write_product (CsChannel *channel,
               CsListing *listing,
               CsJournal *journal,
               gboolean   is_new)
{
  JsonObject      *input = json_object_new ();
  g_autofree char *description = cs_vendure_write_description (listing);
  g_autofree char *slug = is_new ? make_slug (channel, listing) : NULL;

  set_translation (channel, input, listing->title != NULL ? listing->title : "", description, slug);
  set_assets (input, listing, journal);
  set_facets (input, listing, journal);
  if (is_new)
    json_object_set_boolean_member (input, "enabled", FALSE);
  if (is_new && cs_vendure_has_key_field (channel))
    {
      JsonObject *fields = json_object_new ();

      json_object_set_string_member (fields, CS_VENDURE_KEY_FIELD, listing->key);
      json_object_set_object_member (input, "customFields", fields);
    }

  return input;
}

CsRequest *
cs_vendure_build_create (CsChannel *channel,
                         CsListing *listing,
                         CsJournal *journal)
{
  JsonObject      *variables = json_object_new ();
  g_autofree char *fields = cs_vendure_dup_fields (channel);
  g_autofree char *query = g_strdup_printf ("mutation ($input: CreateProductInput!) { createProduct(input: $input) %s }", fields);

  json_object_set_object_member (variables, "input", write_product (channel, listing, journal, TRUE));

  return cs_graphql_make_request (channel, CS_VENDURE_PATH, query, variables);
}

/* Amounts are whole numbers with as many digits after the point as the shop has,
 * whatever the currency
 */
static gboolean
set_price (CsChannel     *channel,
           JsonObject    *input,
           const CsMoney *price,
           GError       **error)
{
  guint  there = cs_vendure_get_precision (channel);
  guint  here = cs_money_exponent (price->currency);
  gint64 amount = price->minor;

  if (price->currency[0] == '\0')
    return TRUE;

  for (; here < there && amount < G_MAXINT64 / 10; here++)
    amount *= 10;
  for (; here > there && amount % 10 == 0; here--)
    amount /= 10;

  if (here != there || amount > G_MAXINT32 || amount < 0)
    {
      g_autofree char *shown = cs_money_to_display (price);

      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("%s cannot hold the price %s. Change it, then approve the product again."),
                   cs_graphql_get_shop (channel), shown);
      return FALSE;
    }

  json_object_set_int_member (input, "price", amount);

  return TRUE;
}

static JsonObject *
get_terms (CsListing *listing,
           JsonNode **tree)
{
  *tree = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;

  return cs_json_node_object (*tree);
}

/* What is promised to others already is on hand until it leaves */
static void
set_stock (JsonObject *input,
           CsListing  *listing,
           CsListingVariant  *variant,
           JsonObject *there)
{
  g_autoptr (JsonNode) tree = NULL;
  const char *location = cs_json_string (get_terms (listing, &tree), "stock_location", NULL);
  gint64      on_hand = variant->stock + cs_json_int (there, "allocated", 0);
  JsonArray  *levels;
  JsonObject *level;

  if (variant->stock < 0)
    return;

  json_object_set_string_member (input, "trackInventory", "TRUE");
  if (location == NULL || location[0] == '\0')
    {
      json_object_set_int_member (input, "stockOnHand", on_hand);
      return;
    }

  levels = json_array_new ();
  level = json_object_new ();
  json_object_set_string_member (level, "stockLocationId", location);
  json_object_set_int_member (level, "stockOnHand", on_hand);
  json_array_add_object_element (levels, level);
  json_object_set_array_member (input, "stockLevels", levels);
}

static char *
make_variant_name (CsListing *listing,
                   CsListingVariant *variant)
{
  g_autofree char *values = g_strjoinv (" ", variant->values);

  return g_strstrip (g_strjoin (" ", listing->title != NULL ? listing->title : "", values, NULL));
}

/* there: what the shop calls it, or NULL for one that is new */
static JsonObject *
write_variant (CsChannel  *channel,
               CsListing  *listing,
               CsJournal  *journal,
               CsListingVariant  *variant,
               JsonObject *there,
               GError    **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (JsonNode) tree = NULL;
  g_autofree char *name = make_variant_name (listing, variant);
  const char      *tax = cs_json_string (get_terms (listing, &tree), "tax_category", NULL);
  const char      *asset = variant->picture >= 0 && variant->picture < (int) listing->pictures->len
                             ? get_asset (listing, journal, variant->picture)
                             : NULL;

  if (!set_price (channel, input, &variant->price, error))
    return NULL;

  cs_channel_json_set_string (input, "id", cs_json_string (there, "id", NULL));
  json_object_set_string_member (input, "sku", variant->sku);
  set_translation (channel, input, name, NULL, NULL);
  set_stock (input, listing, variant, there);
  if (tax != NULL && tax[0] != '\0')
    json_object_set_string_member (input, "taxCategoryId", tax);
  if (there == NULL && variant->names[0] != NULL)
    json_object_set_array_member (input, "optionIds", cs_vendure_get_option_ids (journal, variant->names, variant->values));
  if (asset != NULL)
    {
      json_object_set_string_member (input, "featuredAssetId", asset);
      cs_channel_json_set_strings (input, "assetIds", (char *[]){ (char *) asset, NULL });
    }

  return g_steal_pointer (&input);
}

/* By its SKU, else by its options; the one variant of a product without options is its own */
static JsonObject *
find_there (CsListing *listing,
            CsJournal *journal,
            CsListingVariant *variant)
{
  JsonArray       *there = cs_json_array (cs_journal_get_detail (journal, "shown"), "variants");
  g_autofree char *options = g_strjoinv ("\n", variant->values);

  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      JsonObject *one = cs_json_array_object (there, i);

      if (g_str_equal (cs_json_string (one, "sku", ""), variant->sku) &&
          (variant->names[0] != NULL) == cs_json_bool (one, "has_options", FALSE))
        return one;
    }

  for (guint i = 0; there != NULL && i < json_array_get_length (there); i++)
    {
      JsonObject *one = cs_json_array_object (there, i);

      if (variant->names[0] != NULL ? g_str_equal (cs_json_string (one, "options", ""), options)
                                    : json_array_get_length (there) == 1 && !cs_json_bool (one, "has_options", FALSE))
        return one;
    }

  return NULL;
}

/* A product that gets variants has had one without options: it cannot stay */
static JsonArray *
list_leaving (CsListing *listing,
              CsJournal *journal)
{
  JsonArray *there = cs_json_array (cs_journal_get_detail (journal, "shown"), "variants");
  JsonArray *ids = json_array_new ();

  for (guint i = 0; there != NULL && cs_listing_variants_has_any (listing) && i < json_array_get_length (there); i++)
    {
      JsonObject *one = cs_json_array_object (there, i);

      if (!cs_json_bool (one, "has_options", FALSE) && cs_json_string (one, "id", NULL) != NULL)
        json_array_add_string_element (ids, cs_json_string (one, "id", NULL));
    }

  return ids;
}

/* Two mutations in one request confuse the server (3.7: the second is given the
 * first one's ids), so that each of these is a request of its own. The texts go
 * first: as after a create, it is known by them alone whether they went.
 */
const char *
cs_vendure_get_update_step (CsListing *listing,
                            CsJournal *journal)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, NULL);
  g_autoptr (JsonArray) leaving = list_leaving (listing, journal);
  guint n_there = 0;

  for (guint i = 0; variants != NULL && i < variants->len; i++)
    n_there += find_there (listing, journal, variants->pdata[i]) != NULL;

  if (!cs_journal_is_done (journal, "update"))
    return "update";
  if (json_array_get_length (leaving) > 0 && !cs_journal_is_done (journal, "leaving"))
    return "leaving";
  if (n_there > 0 && !cs_journal_is_done (journal, "changed"))
    return "changed";
  if (variants != NULL && n_there < variants->len && !cs_journal_is_done (journal, "added"))
    return "added";

  return NULL;
}

static JsonArray *
write_variants (CsChannel  *channel,
                CsListing  *listing,
                CsJournal  *journal,
                const char *id,
                gboolean    that_are_there,
                GError    **error)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, error);
  g_autoptr (JsonArray) inputs = json_array_new ();

  for (guint i = 0; variants != NULL && i < variants->len; i++)
    {
      JsonObject *there = find_there (listing, journal, variants->pdata[i]);
      JsonObject *input;

      if ((there != NULL) != that_are_there)
        continue;
      if (!(input = write_variant (channel, listing, journal, variants->pdata[i], there, error)))
        return NULL;
      if (there == NULL)
        json_object_set_string_member (input, "productId", id);
      json_array_add_object_element (inputs, input);
    }

  return variants != NULL ? g_steal_pointer (&inputs) : NULL;
}

CsRequest *
cs_vendure_build_variants (CsChannel     *channel,
                           CsListing     *listing,
                           CsChannelStep *step,
                           CsJournal     *journal,
                           const char    *id,
                           GError       **error)
{
  gboolean         changes = g_str_equal (step->name, "changed");
  g_autofree char *fields = cs_vendure_dup_fields (channel);
  g_autofree char *query = NULL;
  JsonObject      *variables;
  JsonArray       *inputs;

  if (g_str_equal (step->name, "leaving"))
    {
      variables = json_object_new ();
      json_object_set_array_member (variables, "ids", list_leaving (listing, journal));
      return cs_graphql_make_request (channel, CS_VENDURE_PATH,
                                      "mutation ($ids: [ID!]!) { deleteProductVariants(ids: $ids) { result message } }", variables);
    }

  if (!(inputs = write_variants (channel, listing, journal, id, changes, error)))
    return NULL;

  variables = json_object_new ();
  json_object_set_array_member (variables, "input", inputs);

  /* In English, so that it is understood where they are there already: then a
   * request that nobody saw the end of has made them, all of them or none
   */
  if (g_str_equal (step->name, "variants"))
    return cs_graphql_make_request (channel, CS_VENDURE_PATH "?languageCode=en",
                                    "mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id } }",
                                    variables);

  query = g_strdup_printf ("mutation ($input: [%s!]!) { last: %s(input: $input) { id product %s } }",
                           changes ? "UpdateProductVariantInput" : "CreateProductVariantInput",
                           changes ? "updateProductVariants" : "createProductVariants", fields);

  return cs_graphql_make_request (channel, CS_VENDURE_PATH, query, variables);
}

CsRequest *
cs_vendure_build_update (CsChannel  *channel,
                         CsListing  *listing,
                         CsJournal  *journal,
                         const char *id)
{
  JsonObject      *variables = json_object_new ();
  JsonObject      *product = write_product (channel, listing, journal, FALSE);
  g_autofree char *fields = cs_vendure_dup_fields (channel);
  g_autofree char *query = g_strdup_printf ("mutation ($input: UpdateProductInput!) { updateProduct(input: $input) %s }", fields);

  json_object_set_string_member (product, "id", id);
  json_object_set_object_member (variables, "input", product);

  return cs_graphql_make_request (channel, CS_VENDURE_PATH, query, variables);
}

/* Price and stock alone, of variants that are there */
CsRequest *
cs_vendure_build_offer (CsChannel *channel,
                        CsListing *listing,
                        CsJournal *journal,
                        GError   **error)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, error);
  g_autoptr (JsonArray) inputs = json_array_new ();
  g_autofree char *fields = cs_vendure_dup_fields (channel);
  g_autofree char *query = g_strdup_printf ("mutation ($input: [UpdateProductVariantInput!]!) { last: updateProductVariants(input: $input) { id product %s } }", fields);
  JsonObject *variables;

  for (guint i = 0; variants != NULL && i < variants->len; i++)
    {
      CsListingVariant  *variant = variants->pdata[i];
      JsonObject *there = find_there (listing, journal, variant);
      JsonObject *input;

      if (there == NULL)
        {
          g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT, _("%s has no variant with the SKU “%s” any more. Nothing was changed."),
                       cs_graphql_get_shop (channel), variant->sku);
          return NULL;
        }

      input = json_object_new ();
      json_array_add_object_element (inputs, input);
      json_object_set_string_member (input, "id", cs_json_string (there, "id", ""));
      set_stock (input, listing, variant, there);
      if (!set_price (channel, input, &variant->price, error))
        return NULL;
    }

  if (variants == NULL)
    return NULL;

  variables = json_object_new ();
  json_object_set_array_member (variables, "input", json_array_ref (inputs));

  return cs_graphql_make_request (channel, CS_VENDURE_PATH, query, variables);
}
