/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-json.h"
#include "cs-woocommerce-private.h"

/* Variants are products of their own under the product, "variations", made and
 * changed in one batch. Each has a SKU, which the shop takes only once: what a
 * batch that nobody saw the end of has made already is known by it. The steps:
 *
 *   variants.seen   what is there
 *   variants        makes what is missing, changes what is there, hides what is not
 *                   among ours any more
 *   variants.again  only where a SKU was refused: is it a variation of ours after all?
 *   variants.rest   and those are changed
 *   variants.done   the product's version after all that
 *
 * Of price and stock alone the batch is the "offer".
 */

static void
variant_free (CsWoocommerceVariant *self)
{
  g_free (self->sku);
  g_free (self);
}

CsChannelStep *
cs_woocommerce_own_step (const char *name)
{
  static const char *const readings[] = { "shown", "category", "variants.seen", "variants.again", "variants.done", NULL };
  CsChannelStep *step = cs_channel_step_make (name);

  step->writes = FALSE;
  step->reads = g_strv_contains (readings, name) || g_str_has_prefix (name, "pictures");

  return step;
}

static JsonArray *
get_variants (JsonNode *tree)
{
  return tree != NULL && JSON_NODE_HOLDS_ARRAY (tree) ? json_node_get_array (tree) : NULL;
}

guint
cs_woocommerce_count_variants (CsListing *listing)
{
  g_autoptr (JsonNode) tree = listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;
  JsonArray *array = get_variants (tree);

  return array != NULL ? json_array_get_length (array) : 0;
}

/* Its own price, else the product's */
static gboolean
read_price (CsListing            *listing,
            JsonObject           *one,
            CsWoocommerceVariant *variant,
            GError              **error)
{
  const char *text = cs_json_string (one, "price", NULL);

  variant->price = listing->price;
  if (text == NULL || text[0] == '\0')
    return TRUE;

  return cs_money_parse (text, listing->price.currency, &variant->price, error);
}

GPtrArray *
cs_woocommerce_read_variants (CsListing *listing,
                              JsonNode **tree,
                              GError   **error)
{
  g_autoptr (GPtrArray) variants = g_ptr_array_new_with_free_func ((GDestroyNotify) variant_free);
  JsonArray *array;

  *tree = listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;
  array = get_variants (*tree);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject           *one = cs_json_array_object (array, i);
      CsWoocommerceVariant *variant = g_new0 (CsWoocommerceVariant, 1);
      const char           *sku = cs_json_string (one, "sku", "");

      g_ptr_array_add (variants, variant);
      variant->options = cs_json_object (one, "options");
      variant->stock = cs_json_int (one, "stock", -1);
      variant->picture = CLAMP (cs_json_int (one, "picture", -1), -1, G_MAXINT);
      variant->sku = sku[0] != '\0' ? g_strdup (sku)
                                    : g_strdup_printf ("%s-%u", listing->sku != NULL ? listing->sku : listing->key, i + 1);
      if (!read_price (listing, one, variant, error))
        return NULL;
    }

  return g_steal_pointer (&variants);
}

CsChannelStep *
cs_woocommerce_next_variant_step (CsListing *listing,
                                  CsJournal *journal)
{
  static const char *const all[] = { "variants.seen", "variants", "variants.again", "variants.rest", "variants.done" };
  JsonObject *written = cs_journal_get_detail (journal, "variants");
  gboolean    is_offer = listing->operation == CS_OPERATION_OFFER;

  if (cs_woocommerce_count_variants (listing) == 0)
    return NULL;

  if (is_offer && cs_journal_is_done (journal, all[0]) && !cs_journal_is_done (journal, "offer"))
    return cs_channel_step_make ("offer");

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      gboolean is_doubt = i == 2 || i == 3;

      if (is_offer && i > 0 && i < 4)
        continue;

      if (!cs_journal_is_done (journal, all[i]) && (!is_doubt || cs_json_bool (written, "doubt", FALSE)))
        return cs_woocommerce_own_step (all[i]);
    }

  return NULL;
}

static char *
fold (const char *html)
{
  g_autofree char *plain = cs_channel_html_to_text (html);

  return g_utf8_casefold (plain, -1);
}

/* "colour=red\nsize=l\n", to be compared */
static char *
describe_pairs (GPtrArray *pairs)
{
  GString *out = g_string_new (NULL);

  g_ptr_array_sort_values (pairs, (GCompareFunc) g_strcmp0);
  for (guint i = 0; i < pairs->len; i++)
    g_string_append_printf (out, "%s\n", (char *) pairs->pdata[i]);

  return g_string_free_and_steal (out);
}

static char *
describe_options (JsonObject *options)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (options == NULL)
    return g_strdup ("");

  json_object_iter_init_ordered (&iter, options);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *folded = fold (name);
      g_autofree char *value = fold (cs_json_string (options, name, ""));

      g_ptr_array_add (pairs, g_strconcat (folded, "=", value, NULL));
    }

  return describe_pairs (pairs);
}

static char *
describe_variation (JsonObject *variation)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  JsonArray *attributes = cs_json_array (variation, "attributes");

  for (guint i = 0; attributes != NULL && i < json_array_get_length (attributes); i++)
    {
      JsonObject      *one = cs_json_array_object (attributes, i);
      g_autofree char *name = fold (cs_json_string (one, "name", ""));
      g_autofree char *value = fold (cs_json_string (one, "option", ""));

      g_ptr_array_add (pairs, g_strconcat (name, "=", value, NULL));
    }

  return describe_pairs (pairs);
}

/* {"seen": [{"id", "sku", "is"}]} of what is there */
static JsonNode *
parse_seen (JsonNode *json)
{
  JsonNode   *node;
  JsonObject *detail = cs_channel_json_make_root (&node);
  JsonArray  *seen = json_array_new ();
  JsonArray  *array = get_variants (json);

  json_object_set_array_member (detail, "seen", seen);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject      *variation = cs_json_array_object (array, i);
      JsonObject      *one = json_object_new ();
      g_autofree char *id = cs_channel_json_dup_id (variation, "id");
      g_autofree char *is = describe_variation (variation);

      cs_channel_json_set_string (one, "id", id);
      cs_channel_json_set_string (one, "sku", cs_json_string (variation, "sku", ""));
      cs_channel_json_set_string (one, "is", is);
      json_array_add_object_element (seen, one);
    }

  return node;
}

/* By its SKU; one that was made in the shop without any, by what is different about it */
static JsonObject *
find_seen (JsonArray            *seen,
           CsWoocommerceVariant *variant)
{
  g_autofree char *is = describe_options (variant->options);

  for (guint i = 0; seen != NULL && i < json_array_get_length (seen); i++)
    {
      JsonObject *one = cs_json_array_object (seen, i);

      if (g_str_equal (cs_json_string (one, "sku", ""), variant->sku))
        return one;
    }

  for (guint i = 0; seen != NULL && i < json_array_get_length (seen); i++)
    {
      JsonObject *one = cs_json_array_object (seen, i);

      if (cs_json_string (one, "sku", "")[0] == '\0' && g_str_equal (cs_json_string (one, "is", ""), is))
        return one;
    }

  return NULL;
}

static void
set_picture (JsonObject           *object,
             CsListing            *listing,
             CsWoocommerceVariant *variant,
             CsJournal            *journal)
{
  const char *id;
  JsonObject *image;

  if (variant->picture < 0 || (guint) variant->picture >= listing->pictures->len ||
      !(id = cs_woocommerce_get_picture (listing, journal, variant->picture)))
    return;

  image = json_object_new ();
  json_object_set_int_member (image, "id", g_ascii_strtoll (id, NULL, 10));
  json_object_set_object_member (object, "image", image);
}

static void
set_attributes (JsonObject           *object,
                CsWoocommerceVariant *variant,
                CsJournal            *journal)
{
  JsonArray     *array = json_array_new ();
  JsonObjectIter iter;
  const char    *name;

  json_object_set_array_member (object, "attributes", array);
  if (variant->options == NULL)
    return;

  json_object_iter_init_ordered (&iter, variant->options);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      JsonObject *one = json_object_new ();
      gint64      id = cs_woocommerce_get_attribute_id (journal, name);

      if (id > 0)
        json_object_set_int_member (one, "id", id);
      else
        json_object_set_string_member (one, "name", name);
      json_object_set_string_member (one, "option", cs_json_string (variant->options, name, ""));
      json_array_add_object_element (array, one);
    }
}

/* A variant as it is to be; of an offer its price and stock alone */
static JsonObject *
write_variant (CsListing            *listing,
               CsWoocommerceVariant *variant,
               CsJournal            *journal)
{
  JsonObject *object = json_object_new ();

  cs_channel_json_set_price (object, "regular_price", &variant->price);
  if (variant->stock >= 0)
    {
      json_object_set_boolean_member (object, "manage_stock", TRUE);
      json_object_set_int_member (object, "stock_quantity", variant->stock);
    }

  if (listing->operation == CS_OPERATION_OFFER)
    return object;

  json_object_set_string_member (object, "sku", variant->sku);
  json_object_set_string_member (object, "status", "publish");
  set_attributes (object, variant, journal);
  set_picture (object, listing, variant, journal);

  return object;
}

/* A variation that is not among ours any more is switched off, as the shop's own
 * page does it: it can be switched on again. Where the batch is full, reading back
 * tells of those that are left.
 */
static void
hide_others (JsonArray  *seen,
             GHashTable *kept,
             JsonArray  *update,
             guint       n_room)
{
  for (guint i = 0; seen != NULL && i < json_array_get_length (seen) && n_room > 0; i++)
    {
      const char *id = cs_json_string (cs_json_array_object (seen, i), "id", NULL);
      JsonObject *one;

      if (id == NULL || g_hash_table_contains (kept, id))
        continue;

      one = json_object_new ();
      json_object_set_int_member (one, "id", g_ascii_strtoll (id, NULL, 10));
      json_object_set_string_member (one, "status", "private");
      json_array_add_object_element (update, one);
      n_room--;
    }
}

static gboolean
refuse_missing (CsChannel            *channel,
                CsWoocommerceVariant *variant,
                GError              **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT,
               _("The variant “%s” is not in %s any more. Approve the whole product again."), variant->sku,
               cs_woocommerce_get_shop (channel));

  return FALSE;
}

static gboolean
fill_batch (CsChannel  *channel,
            CsListing  *listing,
            CsJournal  *journal,
            gboolean    is_rest,
            JsonObject *batch,
            GError    **error)
{
  JsonArray *seen = cs_json_array (cs_journal_get_detail (journal, is_rest ? "variants.again" : "variants.seen"), "seen");
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) tree = NULL;
  g_autoptr (GPtrArray) variants = cs_woocommerce_read_variants (listing, &tree, error);
  JsonArray *create = json_array_new ();
  JsonArray *update = json_array_new ();

  json_object_set_array_member (batch, "create", create);
  json_object_set_array_member (batch, "update", update);
  for (guint i = 0; variants != NULL && i < variants->len; i++)
    {
      CsWoocommerceVariant *variant = variants->pdata[i];
      JsonObject           *there = find_seen (seen, variant);
      const char           *id = cs_json_string (there, "id", NULL);
      JsonObject           *one;

      if (id == NULL && (is_rest || listing->operation == CS_OPERATION_OFFER))
        return refuse_missing (channel, variant, error);

      one = write_variant (listing, variant, journal);
      if (id != NULL)
        {
          json_object_set_int_member (one, "id", g_ascii_strtoll (id, NULL, 10));
          g_hash_table_add (kept, (gpointer) id);
        }
      json_array_add_object_element (id != NULL ? update : create, one);
    }

  if (variants != NULL && listing->operation != CS_OPERATION_OFFER && !is_rest)
    hide_others (seen, kept, update, CS_WOOCOMMERCE_MOST - MIN (variants->len, CS_WOOCOMMERCE_MOST));

  return variants != NULL;
}

CsRequest *
cs_woocommerce_build_variants (CsChannel     *channel,
                               CsListing     *listing,
                               CsChannelStep *step,
                               CsJournal     *journal,
                               const char    *id,
                               GError       **error)
{
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (CsRequest) request = NULL;

  if (g_str_equal (step->name, "variants.done"))
    return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products/%s?context=edit", id);

  if (g_str_equal (step->name, "variants.seen") || g_str_equal (step->name, "variants.again"))
    return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products/%s/variations?per_page=%d&context=edit",
                                    id, CS_WOOCOMMERCE_MOST);

  request = cs_channel_make_request (channel, "POST", "/wp-json/wc/v3/products/%s/variations/batch", id);
  if (!fill_batch (channel, listing, journal, g_str_equal (step->name, "variants.rest"),
                   cs_channel_json_make_root (&body), error))
    return NULL;

  cs_request_set_json (request, body);

  return g_steal_pointer (&request);
}

/* Of one of the batch: TRUE where it was done, or where its SKU is there already */
static gboolean
judge_item (CsChannel  *channel,
            JsonObject *item,
            gboolean   *is_doubt,
            GError    **error)
{
  JsonObject      *fault = cs_json_object (item, "error");
  g_autofree char *message = NULL;

  if (fault == NULL)
    return TRUE;

  if (g_str_equal (cs_json_string (fault, "code", ""), "product_invalid_sku") ||
      g_str_equal (cs_json_string (fault, "code", ""), "woocommerce_rest_product_not_created"))
    {
      *is_doubt = TRUE;
      return TRUE;
    }

  message = cs_channel_html_to_text (cs_json_string (fault, "message", ""));
  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("%s did not accept a variant: %s"), cs_woocommerce_get_shop (channel), message);

  return FALSE;
}

static JsonNode *
parse_batch (CsChannel *channel,
             JsonNode  *json,
             gboolean   is_rest,
             GError   **error)
{
  static const char *const lists[] = { "create", "update" };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *detail = cs_channel_json_make_root (&node);
  gboolean    is_doubt = FALSE;

  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    {
      JsonArray *items = cs_json_array (cs_json_node_object (json), lists[k]);

      for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
        {
          if (!judge_item (channel, cs_json_array_object (items, i), &is_doubt, error))
            return NULL;
        }
    }

  if (is_rest && is_doubt)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("Another product in %s has the SKU of one of the variants. Give the variant another SKU, then approve the product again."),
                   cs_woocommerce_get_shop (channel));
      return NULL;
    }

  json_object_set_boolean_member (detail, "doubt", is_doubt);

  return g_steal_pointer (&node);
}

/* A SKU that was refused and is none of this product's variations is somebody else's */
static gboolean
check_again (CsChannel *channel,
             CsListing *listing,
             JsonNode  *detail,
             GError   **error)
{
  JsonArray *seen = cs_json_array (cs_json_node_object (detail), "seen");
  g_autoptr (JsonNode) tree = NULL;
  g_autoptr (GPtrArray) variants = cs_woocommerce_read_variants (listing, &tree, error);

  for (guint i = 0; variants != NULL && i < variants->len; i++)
    {
      CsWoocommerceVariant *variant = variants->pdata[i];

      if (find_seen (seen, variant) != NULL)
        continue;

      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("Another product in %s has the SKU “%s”, perhaps in its trash. Give the variant another SKU, or remove the other product, then approve this one again."),
                   cs_woocommerce_get_shop (channel), variant->sku);
      return FALSE;
    }

  return variants != NULL;
}

JsonNode *
cs_woocommerce_parse_variants (CsChannel     *channel,
                               CsListing     *listing,
                               CsChannelStep *step,
                               JsonNode      *json,
                               GError       **error)
{
  g_autoptr (JsonNode) detail = NULL;
  gboolean is_list = g_str_equal (step->name, "variants.seen") || g_str_equal (step->name, "variants.again");

  if (is_list ? get_variants (json) == NULL : cs_json_node_object (json) == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_UNKNOWN, _("%s gave an answer that cannot be read."), cs_woocommerce_get_shop (channel));
      return NULL;
    }

  if (!is_list)
    return parse_batch (channel, json, g_str_equal (step->name, "variants.rest"), error);

  detail = parse_seen (json);
  if (g_str_equal (step->name, "variants.again") && !check_again (channel, listing, detail, error))
    return NULL;

  return g_steal_pointer (&detail);
}

/* What differs about it, and what it has from the product; its own price and stock
 * the base has compared
 */
static gboolean
is_as_signed (CsWoocommerceVariant *variant,
              JsonObject           *there)
{
  g_autofree char *ours = describe_options (variant->options);
  g_autofree char *theirs = describe_options (cs_json_object (there, "options"));
  CsMoney price;

  if (!g_str_equal (ours, theirs))
    return FALSE;

  return variant->price.currency[0] == '\0' ||
         (cs_channel_json_get_price (there, "price", variant->price.currency, &price) && price.minor == variant->price.minor);
}

void
cs_woocommerce_compare_variants (CsListing       *listing,
                                 CsRemoteListing *remote,
                                 GPtrArray       *differences)
{
  g_autoptr (JsonNode) tree = NULL;
  g_autoptr (GPtrArray) variants = cs_woocommerce_read_variants (listing, &tree, NULL);
  g_autoptr (JsonNode) shown = remote->variants != NULL ? cs_json_parse (remote->variants, -1, NULL) : NULL;
  JsonArray *theirs = get_variants (shown);
  guint      n_theirs = theirs != NULL ? json_array_get_length (theirs) : 0;

  if (variants == NULL || variants->len == 0)
    return;

  if (n_theirs != variants->len)
    g_ptr_array_add (differences, g_strdup_printf (_("You approved %u variants; the shop shows %u."), variants->len, n_theirs));

  for (guint i = 0; i < variants->len; i++)
    {
      CsWoocommerceVariant *variant = variants->pdata[i];
      JsonObject           *there = NULL;

      for (guint k = 0; k < n_theirs && there == NULL; k++)
        {
          JsonObject *one = cs_json_array_object (theirs, k);

          if (g_str_equal (cs_json_string (one, "sku", ""), variant->sku))
            there = one;
        }

      if (there == NULL || !is_as_signed (variant, there))
        g_ptr_array_add (differences, g_strdup_printf (_("The variant “%s” in the shop is not as you approved it."), variant->sku));
    }
}
