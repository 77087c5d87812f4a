/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-amazon-private.h"
#include "cs-json.h"

/* What Amazon wants to know: each product type has a JSON Schema, at an address
 * of its own. What in it is one value becomes a field; what is made of several
 * is asked for as it stands, as JSON. Limits: Amazon's rules for titles of
 * 2026-07-27 and for bullet points, and the search terms' 250 bytes.
 */
#define NAME             "Amazon"
#define LONGEST_TITLE    75
#define LONGEST_KEYWORDS 249
#define MOST_BULLETS     5
#define MOST_FIELDS      120
#define MOST_CHOICES     5000

/* These come from the product itself */
static const char *const own[] = {
  "item_name", "brand", "product_description", "bullet_point", "generic_keyword", "condition_type", "purchasable_offer",
  "fulfillment_availability", "list_price", NULL,
};

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

/* Amazon fetches pictures by itself, so they have to be on the web already */
static void
check_pictures (CsListing *listing,
                GPtrArray *findings)
{
  g_autoptr (JsonNode) node = listing->attributes != NULL ? cs_json_parse (listing->attributes, -1, NULL) : NULL;
  JsonObject *attributes = cs_json_node_object (node);
  gboolean    has_any = FALSE;

  for (guint i = 0; i < CS_AMAZON_MOST_PICTURES; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);
      const char      *address = cs_json_string (attributes, name, "");

      if (address[0] == '\0')
        continue;
      has_any = TRUE;
      if (!g_str_has_prefix (address, "https://"))
        add (findings, _("Amazon takes pictures from addresses that begin with https:// only: %s"), address);
    }

  if (!has_any)
    add (findings, _("Amazon does not take pictures from here: it fetches them from the web. Put this product into another shop of yours first and paste the addresses of its pictures there into the category's form, or use a folder for Amazon and upload its pictures in Seller Central."));
}

void
cs_amazon_check (CsChannel *channel,
                 CsListing *listing,
                 GPtrArray *findings)
{
  glong            title = listing->title != NULL ? g_utf8_strlen (listing->title, -1) : 0;
  g_autofree char *keywords = listing->keywords != NULL ? g_strjoinv (", ", listing->keywords) : NULL;

  if (!listing->live)
    add (findings, _("Amazon has no drafts: what is sent there is put on sale. Set the shop to “on sale”, or send it when it may be."));
  if (title == 0)
    add (findings, _("%s wants a title."), NAME);
  if (title > LONGEST_TITLE)
    add (findings, _("%s takes titles of at most %d characters; this one has %ld."), NAME, LONGEST_TITLE, title);
  if (listing->bullets != NULL && g_strv_length (listing->bullets) > MOST_BULLETS)
    add (findings, _("Amazon takes at most %d bullet points."), MOST_BULLETS);
  if (keywords != NULL && strlen (keywords) > LONGEST_KEYWORDS)
    add (findings, _("Amazon takes keywords of %d bytes all together; these have %u."), LONGEST_KEYWORDS, (guint) strlen (keywords));
  if (listing->price.currency[0] == '\0' || listing->price.minor <= 0)
    add (findings, _("%s wants a price."), NAME);
  if (listing->stock < 0)
    add (findings, _("%s wants to know how many there are."), NAME);
  if (listing->category_id == NULL)
    add (findings, _("Choose a category of %s for this product."), NAME);
  if (listing->variants != NULL)
    add (findings, _("Products that come in several variants cannot be sent to %s from here. Use a folder for it: its sheets can hold variants."), NAME);
  check_pictures (listing, findings);
}

/* Inquiries */

static void
add_condition (CsForm *form)
{
  static const char *const conditions[][2] = {
    { "new_new", N_("New") }, { "used_like_new", N_("Like new") }, { "used_very_good", N_("Used, very good") },
    { "used_good", N_("Used, good") }, { "used_acceptable", N_("Used, acceptable") },
  };
  CsFormField *field = cs_form_add (form, CS_FORM_CHOICE, "condition", _("Condition of your products"));

  field->required = TRUE;
  field->value = g_strdup ("new_new");
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    cs_form_field_add_choice (field, conditions[i][0], _(conditions[i][1]), NULL);
}

static CsRequest *
build_attributes (CsChannel *channel,
                  CsInquiry *inquiry)
{
  const CsAmazonCountry *country = cs_amazon_get_country (channel);
  const char            *seller = cs_channel_get_profile (channel, "seller_id");
  const char            *link = cs_json_string (inquiry->notes, "schema", NULL);
  g_autofree char       *type = g_uri_escape_string (inquiry->category != NULL ? inquiry->category : "", NULL, FALSE);
  g_autofree char       *escaped = g_uri_escape_string (seller != NULL ? seller : "", NULL, FALSE);

  if (inquiry->n_answers == 0 && type[0] != '\0')
    return cs_channel_make_request (channel, "GET", "/definitions/2020-09-01/productTypes/%s?marketplaceIds=%s&requirements=LISTING&locale=%s%s%s",
                                    type, country->id, country->language, escaped[0] != '\0' ? "&sellerId=" : "", escaped);

  return inquiry->n_answers == 1 && link != NULL ? cs_request_make ("GET", link) : NULL;
}

CsRequest *
cs_amazon_build_inquiry (CsChannel *channel,
                         CsInquiry *inquiry)
{
  const CsAmazonCountry *country = cs_amazon_get_country (channel);
  const char            *seller = cs_channel_get_profile (channel, "seller_id");
  g_autofree char       *escaped = g_uri_escape_string (seller != NULL ? seller : "", NULL, FALSE);
  g_autofree char       *search = g_uri_escape_string (inquiry->search != NULL ? inquiry->search : "", NULL, FALSE);

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      return inquiry->n_answers == 0 ? cs_channel_make_request (channel, "GET", "/listings/2021-08-01/items/%s?marketplaceIds=%s&pageSize=1", escaped, country->id) : NULL;

    case CS_INQUIRY_PROFILE:
      /* Amazon has nothing to say about it: the one question is ours */
      if (inquiry->form->fields->len == 0)
        add_condition (inquiry->form);
      return NULL;

    case CS_INQUIRY_CATEGORIES:
      return inquiry->n_answers == 0 ? cs_channel_make_request (channel, "GET", "/definitions/2020-09-01/productTypes?marketplaceIds=%s&locale=%s%s%s", country->id,
                                                                country->language, search[0] != '\0' ? "&keywords=" : "", search)
                                     : NULL;

    case CS_INQUIRY_ATTRIBUTES:
      return build_attributes (channel, inquiry);

    default:
      return NULL;
    }
}

static gboolean
parse_shop (CsChannel  *channel,
            CsInquiry  *inquiry,
            JsonObject *reply)
{
  const CsAmazonCountry *country = cs_amazon_get_country (channel);
  const char            *seller = cs_channel_get_profile (channel, "seller_id");
  g_autoptr (JsonObject) profile = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  if (cs_json_array (reply, "items") == NULL)
    return FALSE;

  inquiry->shop->name = g_strdup (strchr (country->site, '.') + 1);
  inquiry->shop->currency = g_strdup (country->currency);
  inquiry->shop->page = g_strdup_printf ("https://%s/", country->site);

  /* Which shop of Amazon's it is: its address is that of many */
  json_object_set_string_member (profile, "marketplace", country->id);
  json_object_set_string_member (profile, "seller_id", seller != NULL ? seller : "");
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, json_object_ref (profile));
  inquiry->shop->profile = cs_json_canonical (node);

  return TRUE;
}

static gboolean
parse_types (CsInquiry  *inquiry,
             JsonObject *reply)
{
  JsonArray   *types = cs_json_array (reply, "productTypes");
  CsFormField *field;

  if (types == NULL)
    return FALSE;

  field = cs_form_add (inquiry->form, CS_FORM_CHOICE, "category", _("Category"));
  field->required = TRUE;
  for (guint i = 0; i < json_array_get_length (types) && field->choices->len < MOST_CHOICES; i++)
    {
      JsonObject *type = cs_json_array_object (types, i);
      const char *name = cs_json_string (type, "name", NULL);

      if (name != NULL)
        cs_form_field_add_choice (field, name, cs_json_string (type, "displayName", name), NULL);
    }

  return TRUE;
}

static gboolean
has_text (JsonArray  *list,
          const char *text)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      if (g_strcmp0 (cs_json_array_string (list, i), text) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_choices (CsFormField *field,
             JsonObject  *value)
{
  JsonArray *values = cs_json_array (value, "enum");
  JsonArray *names = cs_json_array (value, "enumNames");

  for (guint i = 0; values != NULL && i < json_array_get_length (values) && field->choices->len < MOST_CHOICES; i++)
    {
      const char *choice = cs_json_array_string (values, i);

      if (choice != NULL)
        cs_form_field_add_choice (field, choice, names != NULL && i < json_array_get_length (names) ? cs_json_array_string (names, i) : choice, NULL);
    }
}

/* A value with its own name by what it is, see cs_amazon_name_attribute() */
static void
add_attribute (CsForm     *form,
               const char *name,
               JsonObject *schema,
               gboolean    required)
{
  JsonObject      *parts = cs_json_object (cs_json_object (schema, "items"), "properties");
  JsonObject      *value = cs_json_object (parts, "value");
  const char      *type = cs_json_string (value, "type", "");
  gboolean         has_enum = cs_json_array (value, "enum") != NULL;
  gboolean         is_number = g_str_equal (type, "number") || g_str_equal (type, "integer");
  gboolean         is_switch = g_str_equal (type, "boolean");
  gboolean         is_text = g_str_equal (type, "string");
  const char      *kind = is_number ? "number" : is_switch ? "switch" : !is_text ? "raw" : cs_json_object (parts, "language_tag") != NULL ? "text" : "value";
  g_autofree char *field_name = g_strdup_printf ("%s.%s", kind, name);
  CsFormField     *field;

  /* What is made of several parts is asked for only where it must be there */
  if (g_str_equal (kind, "raw") && !required)
    return;

  field = cs_form_add (form, is_number ? CS_FORM_NUMBER : is_switch ? CS_FORM_SWITCH : has_enum ? CS_FORM_CHOICE : CS_FORM_TEXT,
                       field_name, cs_json_string (schema, "title", name));
  field->required = required;
  field->help = g_strdup (g_str_equal (kind, "raw") ? _("As JSON, the way Amazon's definition of this product type has it.") : cs_json_string (schema, "description", NULL));
  field->longest = CLAMP (cs_json_int (value, "maxLength", 0), 0, 100000);
  add_choices (field, value);
}

static void
add_pictures (CsForm *form)
{
  for (guint i = 0; i < CS_AMAZON_MOST_PICTURES; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);
      g_autofree char *label = i == 0 ? g_strdup (_("Web address of the main picture")) : g_strdup_printf (_("Web address of picture %u"), i + 1);
      CsFormField     *field = cs_form_add (form, CS_FORM_TEXT, name, label);

      field->help = i == 0 ? g_strdup (_("Amazon fetches pictures by itself, from an address that begins with https:// and that everybody can open, such as that of a picture in another shop of yours.")) : NULL;
    }
}

static gboolean
parse_schema (CsInquiry  *inquiry,
              JsonObject *schema)
{
  JsonObject *properties = cs_json_object (schema, "properties");
  JsonArray  *required = cs_json_array (schema, "required");
  g_autoptr (GList) names = properties != NULL ? json_object_get_members (properties) : NULL;

  if (properties == NULL)
    return FALSE;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (GList *l = names; l != NULL && inquiry->form->fields->len < MOST_FIELDS; l = l->next)
        {
          gboolean is_required = has_text (required, l->data);

          if (is_required == (pass == 0) && !g_strv_contains (own, l->data) && strstr (l->data, "product_image_locator") == NULL)
            add_attribute (inquiry->form, l->data, cs_json_object (properties, l->data), is_required);
        }
    }
  add_pictures (inquiry->form);

  return TRUE;
}

/* The definition says where its schema is */
static gboolean
parse_definition (CsInquiry  *inquiry,
                  JsonObject *reply)
{
  const char *link = cs_json_string (cs_json_object (cs_json_object (reply, "schema"), "link"), "resource", NULL);

  if (link == NULL || !g_str_has_prefix (link, "https://"))
    return FALSE;

  json_object_set_string_member (inquiry->notes, "schema", link);

  return TRUE;
}

gboolean
cs_amazon_parse_inquiry (CsChannel *channel,
                         CsInquiry *inquiry,
                         JsonNode  *reply,
                         GError   **error)
{
  JsonObject *object = cs_json_node_object (reply);
  gboolean    is_read = FALSE;

  if (inquiry->kind == CS_INQUIRY_SHOP)
    is_read = parse_shop (channel, inquiry, object);
  else if (inquiry->kind == CS_INQUIRY_CATEGORIES)
    is_read = parse_types (inquiry, object);
  else if (inquiry->kind == CS_INQUIRY_ATTRIBUTES)
    is_read = inquiry->n_answers == 0 ? parse_definition (inquiry, object) : parse_schema (inquiry, object);

  if (!is_read)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), NAME);

  return is_read;
}
