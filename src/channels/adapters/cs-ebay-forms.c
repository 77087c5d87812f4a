/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-ebay-private.h"
#include "cs-json.h"
#include "cs-listing-variants.h"

/* What eBay wants to know, and what it is known to refuse. Limits: the
 * Inventory API's description 1.18.4 (title 80, SKU 50, pictures 24) and the
 * picture policy (at least one picture).
 */
#define NAME          "eBay"
#define LONGEST_TITLE 80
#define LONGEST_SKU   50
#define MOST_PICTURES 24
#define MOST_CHOICES  400

static void
add (GPtrArray  *findings,
     const char *format,
     ...) G_GNUC_PRINTF (2, 3);

static void
add (GPtrArray  *findings,
     const char *format,
     ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (findings, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
check_terms (CsListing *listing,
             GPtrArray *findings)
{
  static const char *const wanted[] = { "fulfillment_policy_id", "payment_policy_id", "return_policy_id", "location_key" };
  g_autoptr (JsonNode) node = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  JsonObject *terms = cs_json_node_object (node);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const char *value = cs_json_string (terms, wanted[i], NULL);

      if (value == NULL || value[0] == '\0')
        {
          add (findings, _("Choose in the shop's settings how you ship, how you are paid, what may be sent back, and where from: eBay puts nothing on sale without it."));
          return;
        }
    }
}

/* A listing there is one item or a group of them, and stays that */
static void
check_offers (CsListing *listing,
              GPtrArray *findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, &error);
  gboolean has_price = TRUE, has_stock = FALSE, knows_stock = TRUE;

  if (variants == NULL)
    {
      g_ptr_array_add (findings, g_strdup (error->message));
      return;
    }

  for (guint i = 0; i < variants->len; i++)
    {
      CsListingVariant *variant = variants->pdata[i];

      has_price = has_price && variant->price.currency[0] != '\0' && variant->price.minor > 0;
      has_stock = has_stock || variant->stock > 0;
      knows_stock = knows_stock && variant->stock >= 0;
    }

  if (!has_price)
    add (findings, _("%s wants a price."), NAME);
  if (!has_stock || !knows_stock)
    add (findings, _("%s wants to know how many there are."), NAME);
  if (variants->len > CS_EBAY_MOST_VARIANTS)
    add (findings, _("Products of at most %d variants can be sent to %s from here; this one has %u."), CS_EBAY_MOST_VARIANTS, NAME, variants->len);
  if (listing->remote_id != NULL && cs_listing_variants_has_any (listing) != cs_ebay_is_group (listing))
    add (findings, cs_ebay_is_group (listing)
                     ? _("On eBay this product has variants, and it cannot lose them all there. Add it as a product of its own.")
                     : _("On eBay this product has no variants, and it cannot get any there. Add it as a product of its own."));
}

void
cs_ebay_check (CsChannel *channel,
               CsListing *listing,
               GPtrArray *findings)
{
  glong title = listing->title != NULL ? g_utf8_strlen (listing->title, -1) : 0;

  if (title == 0)
    add (findings, _("%s wants a title."), NAME);
  if (title > LONGEST_TITLE)
    add (findings, _("%s takes titles of at most %d characters; this one has %ld."), NAME, LONGEST_TITLE, title);
  if (listing->sku != NULL && g_utf8_strlen (listing->sku, -1) > LONGEST_SKU)
    add (findings, _("%s takes SKUs of at most %d characters."), NAME, LONGEST_SKU);
  if (listing->description == NULL || listing->description[0] == '\0')
    add (findings, _("%s wants a description."), NAME);
  check_offers (listing, findings);
  if (listing->live && listing->pictures->len == 0)
    add (findings, _("%s puts nothing on sale without a picture."), NAME);
  if (listing->pictures->len > MOST_PICTURES)
    add (findings, _("%s takes at most %d pictures; this product has %u."), NAME, MOST_PICTURES, listing->pictures->len);
  if (listing->category_id == NULL)
    add (findings, _("Choose a category of %s for this product."), NAME);
  if (listing->live)
    check_terms (listing, findings);
}

/* Inquiries */

static const char *
get_marketplace (CsChannel *channel)
{
  return cs_ebay_find_country (cs_channel_get_profile (channel, "marketplace"))->id;
}

static CsRequest *
build_categories (CsChannel *channel,
                  CsInquiry *inquiry)
{
  g_autofree char *tree = g_uri_escape_string (cs_json_string (inquiry->notes, "tree", "0"), NULL, FALSE);
  g_autofree char *category = g_uri_escape_string (inquiry->category != NULL ? inquiry->category : "", NULL, FALSE);
  g_autofree char *search = g_uri_escape_string (inquiry->search != NULL ? inquiry->search : "", NULL, FALSE);

  if (inquiry->n_answers == 0)
    return cs_channel_make_request (channel, "GET", "/commerce/taxonomy/v1/get_default_category_tree_id?marketplace_id=%s", get_marketplace (channel));

  if (inquiry->n_answers > 1)
    return NULL;

  if (inquiry->kind == CS_INQUIRY_ATTRIBUTES)
    return cs_channel_make_request (channel, "GET", "/commerce/taxonomy/v1/category_tree/%s/get_item_aspects_for_category?category_id=%s", tree, category);

  if (search[0] != '\0')
    return cs_channel_make_request (channel, "GET", "/commerce/taxonomy/v1/category_tree/%s/get_category_suggestions?q=%s", tree, search);

  /* The whole tree is far too large to be shown, or to be fetched for that */
  return category[0] != '\0' ? cs_channel_make_request (channel, "GET", "/commerce/taxonomy/v1/category_tree/%s/get_category_subtree?category_id=%s", tree, category)
                             : NULL;
}

CsRequest *
cs_ebay_build_inquiry (CsChannel *channel,
                       CsInquiry *inquiry)
{
  static const char *const policies[] = { "fulfillment_policy", "payment_policy", "return_policy" };

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      return inquiry->n_answers == 0 ? cs_channel_make_request (channel, "GET", "/sell/account/v1/privilege") : NULL;

    case CS_INQUIRY_PROFILE:
      if (inquiry->n_answers < G_N_ELEMENTS (policies))
        return cs_channel_make_request (channel, "GET", "/sell/account/v1/%s?marketplace_id=%s", policies[inquiry->n_answers], get_marketplace (channel));
      return inquiry->n_answers == G_N_ELEMENTS (policies) ? cs_channel_make_request (channel, "GET", "/sell/inventory/v1/location?limit=100") : NULL;

    case CS_INQUIRY_CATEGORIES:
      return build_categories (channel, inquiry);

    case CS_INQUIRY_ATTRIBUTES:
      return inquiry->category != NULL ? build_categories (channel, inquiry) : NULL;

    default:
      return NULL;
    }
}

static gboolean
parse_shop (CsChannel  *channel,
            CsInquiry  *inquiry,
            JsonObject *reply)
{
  const CsEbayCountry *country = cs_ebay_find_country (cs_channel_get_profile (channel, "marketplace"));

  if (reply == NULL || !json_object_has_member (reply, "sellerRegistrationCompleted"))
    return FALSE;

  /* The address of the site says which eBay; who the seller is would take a permission more */
  inquiry->shop->name = g_strdup (strchr (country->site, '.') + 1);
  inquiry->shop->currency = g_strdup (country->currency);
  inquiry->shop->profile = g_strdup_printf ("{\"marketplace\":\"%s\"}", country->id);
  if (!cs_json_bool (reply, "sellerRegistrationCompleted", FALSE))
    inquiry->shop->remark = g_strdup (_("eBay says that your registration as a seller is not complete."));

  return TRUE;
}

static void
take_only (CsFormField *field)
{
  if (field->choices->len == 1)
    g_set_str (&field->value, ((CsFormChoice *) field->choices->pdata[0])->value);
}

static void
add_condition (CsForm *form)
{
  static const char *const conditions[][2] = {
    { "NEW", N_("New") }, { "LIKE_NEW", N_("Like new") }, { "NEW_OTHER", N_("New, without its packing") },
    { "USED_EXCELLENT", N_("Used") }, { "FOR_PARTS_OR_NOT_WORKING", N_("For parts, or not working") },
  };
  CsFormField *field = cs_form_add (form, CS_FORM_CHOICE, "condition", _("Condition of your products"));

  field->required = TRUE;
  field->value = g_strdup ("NEW");
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    cs_form_field_add_choice (field, conditions[i][0], _(conditions[i][1]), NULL);
}

static gboolean
parse_profile (CsInquiry  *inquiry,
               JsonObject *reply)
{
  static const struct
  {
    const char *list;
    const char *id;
    const char *name;
    const char *label;
  } parts[] = {
    { "fulfillmentPolicies", "fulfillmentPolicyId", "fulfillment_policy_id", N_("Shipping policy") },
    { "paymentPolicies", "paymentPolicyId", "payment_policy_id", N_("Payment policy") },
    { "returnPolicies", "returnPolicyId", "return_policy_id", N_("Return policy") },
    { "locations", "merchantLocationKey", "location_key", N_("Where it is sent from") },
  };
  guint        n = MIN (inquiry->n_answers, G_N_ELEMENTS (parts) - 1);
  JsonArray   *list = cs_json_array (reply, parts[n].list);
  CsFormField *field;

  if (reply == NULL)
    return FALSE;

  field = cs_form_add (inquiry->form, CS_FORM_CHOICE, parts[n].name, _(parts[n].label));
  field->required = TRUE;
  if (list == NULL || json_array_get_length (list) == 0)
    field->help = g_strdup (n < 3 ? _("There is none yet. Make one at eBay, under “Business policies”.")
                                  : _("There is none yet. eBay has no page for it: in its API Explorer for developers, call createInventoryLocation once, with your country and postal code."));
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *entry = cs_json_array_object (list, i);
      const char *id = cs_json_string (entry, parts[n].id, NULL);

      if (id != NULL && !g_str_equal (cs_json_string (entry, "merchantLocationStatus", "ENABLED"), "DISABLED"))
        cs_form_field_add_choice (field, id, cs_json_string (entry, "name", id), NULL);
    }

  take_only (field);
  if (n == G_N_ELEMENTS (parts) - 1)
    add_condition (inquiry->form);

  return TRUE;
}

static char *
dup_path (JsonObject *suggestion,
          const char *name)
{
  JsonArray *above = cs_json_array (suggestion, "categoryTreeNodeAncestors");
  GString   *path = g_string_new (name);

  for (guint i = 0; above != NULL && i < MIN (json_array_get_length (above), 16); i++)
    {
      const char *step = cs_json_string (cs_json_array_object (above, i), "categoryName", "");

      g_string_prepend (path, " › ");
      g_string_prepend (path, step);
    }

  return g_string_free_and_steal (path);
}

static void
add_node (CsFormField *field,
          JsonObject  *node,
          const char  *parent,
          guint        depth)
{
  JsonObject *category = cs_json_object (node, "category");
  const char *id = cs_json_string (category, "categoryId", NULL);
  JsonArray  *children = cs_json_array (node, "childCategoryTreeNodes");

  if (id == NULL || depth > 16)
    return;

  if (field->choices->len < MOST_CHOICES)
    cs_form_field_add_choice (field, id, cs_json_string (category, "categoryName", id), parent);
  for (guint i = 0; children != NULL && i < json_array_get_length (children); i++)
    add_node (field, cs_json_array_object (children, i), id, depth + 1);
}

static gboolean
parse_categories (CsInquiry  *inquiry,
                  JsonObject *reply)
{
  JsonArray   *suggestions = cs_json_array (reply, "categorySuggestions");
  CsFormField *field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "category", _("Category"));

  field->required = TRUE;
  add_node (field, cs_json_object (reply, "categorySubtreeNode"), NULL, 0);
  for (guint i = 0; suggestions != NULL && i < json_array_get_length (suggestions); i++)
    {
      JsonObject      *suggestion = cs_json_array_object (suggestions, i);
      JsonObject      *category = cs_json_object (suggestion, "category");
      const char      *id = cs_json_string (category, "categoryId", NULL);
      g_autofree char *path = dup_path (suggestion, cs_json_string (category, "categoryName", ""));

      if (id != NULL)
        cs_form_field_add_choice (field, id, path, NULL);
    }

  return reply != NULL;
}

static void
add_aspect (CsForm     *form,
            JsonObject *aspect)
{
  const char      *label = cs_json_string (aspect, "localizedAspectName", NULL);
  JsonObject      *limits = cs_json_object (aspect, "aspectConstraint");
  JsonArray       *values = cs_json_array (aspect, "aspectValues");
  gboolean         chosen = g_str_equal (cs_json_string (limits, "aspectMode", ""), "SELECTION_ONLY");
  gboolean         many = g_str_equal (cs_json_string (limits, "itemToAspectCardinality", ""), "MULTI");
  g_autofree char *name = g_strconcat ("aspect.", label, NULL);
  CsFormField     *field;

  if (label == NULL)
    return;

  field = cs_form_add (form, !chosen ? CS_FORM_TEXT : many ? CS_FORM_CHOICES : CS_FORM_CHOICE, name, label);
  field->required = cs_json_bool (limits, "aspectRequired", FALSE);
  field->longest = CLAMP (cs_json_int (limits, "aspectMaxLength", 0), 0, 10000);
  for (guint i = 0; chosen && values != NULL && i < json_array_get_length (values) && field->choices->len < MOST_CHOICES; i++)
    {
      const char *value = cs_json_string (cs_json_array_object (values, i), "localizedValue", NULL);

      if (value != NULL)
        cs_form_field_add_choice (field, value, value, NULL);
    }
}

static gboolean
parse_aspects (CsInquiry  *inquiry,
               JsonObject *reply)
{
  JsonArray *aspects = cs_json_array (reply, "aspects");

  for (guint i = 0; aspects != NULL && i < json_array_get_length (aspects); i++)
    add_aspect (inquiry->form, cs_json_array_object (aspects, i));

  return reply != NULL;
}

static gboolean
parse_tree (CsInquiry  *inquiry,
            JsonObject *reply)
{
  const char *tree = cs_json_string (reply, "categoryTreeId", NULL);

  if (tree == NULL || tree[0] == '\0')
    return FALSE;

  json_object_set_string_member (inquiry->notes, "tree", tree);
  if (inquiry->kind == CS_INQUIRY_CATEGORIES && inquiry->category == NULL && (inquiry->search == NULL || inquiry->search[0] == '\0'))
    cs_form_add (inquiry->form, CS_FORM_CHOICE, "category", _("Category"))->help = g_strdup (_("Type what it is, to find its category."));

  return TRUE;
}

gboolean
cs_ebay_parse_inquiry (CsChannel *channel,
                       CsInquiry *inquiry,
                       JsonNode  *reply,
                       GError   **error)
{
  JsonObject *object = cs_json_node_object (reply);
  gboolean    is_read = FALSE;

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      is_read = parse_shop (channel, inquiry, object);
      break;

    case CS_INQUIRY_PROFILE:
      is_read = parse_profile (inquiry, object);
      break;

    case CS_INQUIRY_CATEGORIES:
      is_read = inquiry->n_answers == 0 ? parse_tree (inquiry, object) : parse_categories (inquiry, object);
      break;

    case CS_INQUIRY_ATTRIBUTES:
      is_read = inquiry->n_answers == 0 ? parse_tree (inquiry, object) : parse_aspects (inquiry, object);
      break;

    default:
      break;
    }

  if (!is_read)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), NAME);

  return is_read;
}
