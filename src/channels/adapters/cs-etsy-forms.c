/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-etsy-private.h"
#include "cs-json.h"

/* What Etsy wants to know, and what it is known to refuse. Limits: Etsy Open
 * API v3 description of August 2026 (characters, pictures, eras), and Etsy's
 * help pages for sellers (lengths of titles and tags, numbers of tags).
 */
#define NAME          "Etsy"
#define LONGEST_TITLE 140
#define MOST_TAGS     13
#define LONGEST_TAG   20
#define MOST_PICTURES 20
#define LONGEST_ALT   500
#define MOST_STOCK    999
#define MOST_OPTIONS  2
#define MOST_CHOICES  400

static gboolean
is_title_character (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_MATH_SYMBOL:
    case G_UNICODE_SPACE_SEPARATOR:
      return TRUE;

    default:
      return c == 0x2122 || c == 0xa9 || c == 0xae;
    }
}

static gboolean
is_tag_character (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_isdigit (c) || g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR ||
         strchr ("-'", c < 128 ? (int) c : 1) != NULL || c == 0x2122 || c == 0xa9 || c == 0xae;
}

/* The first character of a text that is not allowed in it, or 0 */
static gunichar
find_stranger (const char *text,
               gboolean (*is_allowed) (gunichar c))
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (!is_allowed (g_utf8_get_char (c)))
        return g_utf8_get_char (c);
    }

  return 0;
}

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
check_title (CsListing *listing,
             GPtrArray *findings)
{
  static const char once[] = "%:&+";
  const char *title = listing->title != NULL ? listing->title : "";
  gunichar    stranger = find_stranger (title, is_title_character);
  char        shown[7] = "";

  g_unichar_to_utf8 (stranger, shown);
  if (title[0] == '\0')
    add (findings, _("%s wants a title."), NAME);
  if (g_utf8_strlen (title, -1) > LONGEST_TITLE)
    add (findings, _("%s takes titles of at most %d characters; this one has %ld."), NAME, LONGEST_TITLE, g_utf8_strlen (title, -1));
  if (stranger != 0)
    add (findings, _("Etsy does not take “%s” in a title."), shown);
  for (guint i = 0; once[i] != '\0'; i++)
    {
      const char *first = strchr (title, once[i]);

      if (first != NULL && strchr (first + 1, once[i]) != NULL)
        add (findings, _("Etsy takes “%c” only once in a title."), once[i]);
    }
}

static void
check_tags (CsListing *listing,
            GPtrArray *findings)
{
  guint n = listing->keywords != NULL ? g_strv_length (listing->keywords) : 0;

  if (n > MOST_TAGS)
    add (findings, _("%s takes at most %d keywords; this product has %u."), NAME, MOST_TAGS, n);
  for (guint i = 0; i < n; i++)
    {
      const char *tag = listing->keywords[i];
      gunichar    stranger = find_stranger (tag, is_tag_character);

      if (g_utf8_strlen (tag, -1) > LONGEST_TAG)
        add (findings, _("The keyword “%s” is longer than the %d characters that Etsy takes."), tag, LONGEST_TAG);
      if (stranger != 0)
        add (findings, _("Etsy takes only letters and numbers in keywords: “%s”."), tag);
    }
}

static void
check_pictures (CsListing *listing,
                GPtrArray *findings)
{
  if (listing->live && listing->pictures->len == 0)
    add (findings, _("%s puts nothing on sale without a picture."), NAME);
  if (listing->pictures->len > MOST_PICTURES)
    add (findings, _("%s takes at most %d pictures; this product has %u."), NAME, MOST_PICTURES, listing->pictures->len);
  for (guint i = 0; i < listing->pictures->len; i++)
    {
      CsListingPicture *picture = listing->pictures->pdata[i];

      if (picture->alt_text != NULL && g_utf8_strlen (picture->alt_text, -1) > LONGEST_ALT)
        add (findings, _("The description of picture %u is longer than the %d characters that Etsy takes."), i + 1, LONGEST_ALT);
    }
}

static void
check_offer (CsListing *listing,
             GPtrArray *findings)
{
  g_auto (GStrv) options = cs_etsy_dup_options (listing);
  gint64  quantity = cs_etsy_get_quantity (listing);
  CsMoney price;

  if (!cs_etsy_get_price (listing, &price) || price.minor <= 0)
    add (findings, _("%s wants a price."), NAME);
  if (quantity < 1 || quantity > MOST_STOCK)
    add (findings, _("Etsy wants a stock between 1 and %d."), MOST_STOCK);
  if (g_strv_length (options) > MOST_OPTIONS)
    add (findings, _("Etsy takes products that differ in at most two things, such as color and size."));
}

void
cs_etsy_check (CsChannel *channel,
               CsListing *listing,
               GPtrArray *findings)
{
  g_autoptr (JsonNode) node = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  JsonObject *terms = cs_json_node_object (node);

  check_title (listing, findings);
  if (listing->description == NULL || listing->description[0] == '\0')
    add (findings, _("%s wants a description."), NAME);
  check_tags (listing, findings);
  check_pictures (listing, findings);
  check_offer (listing, findings);
  if (listing->category_id == NULL)
    add (findings, _("Choose a category of %s for this product."), NAME);
  if (cs_json_string (terms, "who_made", NULL) == NULL || cs_json_string (terms, "when_made", NULL) == NULL)
    add (findings, _("Say in the shop's settings who made your products, and when: Etsy wants to know."));
  if (listing->live && cs_json_string (terms, "shipping_profile_id", NULL) == NULL)
    add (findings, _("Choose in the shop's settings how you ship: Etsy puts nothing on sale without it."));
}

/* Inquiries */

static const char *
note (CsInquiry  *inquiry,
      const char *name)
{
  return cs_json_string (inquiry->notes, name, NULL);
}

CsRequest *
cs_etsy_build_inquiry (CsChannel *channel,
                       CsInquiry *inquiry)
{
  static const char *const profile[] = { "shipping-profiles", "policies/return", "readiness-state-definitions" };
  const char      *shop = cs_channel_get_profile (channel, "shop_id");
  g_autofree char *category = g_uri_escape_string (inquiry->category != NULL ? inquiry->category : "", NULL, FALSE);

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      if (inquiry->n_answers == 0)
        return cs_channel_make_request (channel, "GET", "/v3/application/users/me");
      return inquiry->n_answers == 1 ? cs_channel_make_request (channel, "GET", "/v3/application/shops/%s", note (inquiry, "shop_id")) : NULL;

    case CS_INQUIRY_PROFILE:
      return shop != NULL && inquiry->n_answers < G_N_ELEMENTS (profile)
               ? cs_channel_make_request (channel, "GET", "/v3/application/shops/%s/%s", shop, profile[inquiry->n_answers])
               : NULL;

    case CS_INQUIRY_CATEGORIES:
      return inquiry->n_answers == 0 ? cs_channel_make_request (channel, "GET", "/v3/application/seller-taxonomy/nodes") : NULL;

    case CS_INQUIRY_ATTRIBUTES:
      return inquiry->n_answers == 0 && category[0] != '\0'
               ? cs_channel_make_request (channel, "GET", "/v3/application/seller-taxonomy/nodes/%s/properties", category)
               : NULL;

    default:
      return NULL;
    }
}

static char *
dup_id (JsonObject *object,
        const char *member)
{
  gint64 id = cs_json_int (object, member, 0);

  return id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;
}

static gboolean
parse_shop (CsInquiry  *inquiry,
            JsonObject *reply)
{
  g_autofree char *shop_id = dup_id (reply, "shop_id");

  if (shop_id == NULL)
    return FALSE;

  if (inquiry->n_answers == 0)
    {
      json_object_set_string_member (inquiry->notes, "shop_id", shop_id);
      return TRUE;
    }

  inquiry->shop->name = g_strdup (cs_json_string (reply, "shop_name", NULL));
  inquiry->shop->currency = g_strdup (cs_json_string (reply, "currency_code", NULL));
  inquiry->shop->page = g_strdup (cs_json_string (reply, "url", NULL));
  inquiry->shop->profile = g_strdup_printf ("{\"shop_id\":\"%s\"}", shop_id);

  return inquiry->shop->name != NULL;
}

static CsFormField *
add_choice (CsForm     *form,
            const char *name,
            const char *label,
            gboolean    required)
{
  CsFormField *field = cs_form_add (form, CS_FORM_CHOICE, name, label);

  field->required = required;

  return field;
}

/* What Etsy asks of every listing, in its own words for each */
static void
add_made (CsForm *form)
{
  static const char *const who[][2] = {
    { "i_did", N_("I did") }, { "someone_else", N_("Another company or person") }, { "collective", N_("A member of my shop") },
  };
  static const char *const eras[] = {
    "2020_2026", "2010_2019", "2007_2009", "before_2007", "2000_2006", "1990s", "1980s", "1970s", "1960s", "1950s",
    "1940s", "1930s", "1920s", "1910s", "1900s", "1800s", "1700s", "before_1700",
  };
  CsFormField *field = add_choice (form, "who_made", _("Who made your products?"), TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    cs_form_field_add_choice (field, who[i][0], _(who[i][1]), NULL);

  field = add_choice (form, "when_made", _("When were they made?"), TRUE);
  cs_form_field_add_choice (field, "made_to_order", _("Made to order"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (eras); i++)
    {
      g_autofree char *label = g_strdelimit (g_strdup (eras[i]), "_", g_str_has_prefix (eras[i], "before") ? ' ' : '-');

      cs_form_field_add_choice (field, eras[i], label, NULL);
    }

  cs_form_add (form, CS_FORM_SWITCH, "is_supply", _("They are supplies or tools to make something with"));
  cs_form_add (form, CS_FORM_SWITCH, "should_auto_renew", _("Renew listings by themselves when they run out (Etsy charges for each)"));
}

static char *
dup_policy (JsonObject *policy)
{
  gint64      days = cs_json_int (policy, "return_deadline", 0);
  gboolean    returns = cs_json_bool (policy, "accepts_returns", FALSE);
  gboolean    exchanges = cs_json_bool (policy, "accepts_exchanges", FALSE);
  const char *what = returns && exchanges ? _("Returns and exchanges") : returns ? _("Returns") : exchanges ? _("Exchanges") : NULL;

  if (what == NULL)
    return g_strdup (_("No returns"));

  return g_strdup_printf (ngettext ("%s within %u day", "%s within %u days", (guint) CLAMP (days, 0, 10000)), what,
                          (guint) CLAMP (days, 0, 10000));
}

static gboolean
parse_profile (CsInquiry  *inquiry,
               JsonObject *reply)
{
  static const char *const ids[] = { "shipping_profile_id", "return_policy_id", "readiness_state_id" };
  const char  *labels[] = { _("Shipping profile"), _("Return policy"), _("Processing time") };
  JsonArray   *results = cs_json_array (reply, "results");
  guint        n = MIN (inquiry->n_answers, 2);
  CsFormField *field;

  if (results == NULL)
    return FALSE;

  field = add_choice (inquiry->form, ids[n], labels[n], n == 0);
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject      *entry = cs_json_array_object (results, i);
      g_autofree char *id = dup_id (entry, ids[n]);
      g_autofree char *label = n == 1 ? dup_policy (entry)
                                      : g_strdup (cs_json_string (entry, n == 0 ? "title" : "processing_days_display_label", NULL));

      if (id != NULL && !cs_json_bool (entry, "is_deleted", FALSE))
        cs_form_field_add_choice (field, id, label, NULL);
    }

  if (field->choices->len == 1)
    g_set_str (&field->value, ((CsFormChoice *) field->choices->pdata[0])->value);
  if (n == 2)
    add_made (inquiry->form);

  return TRUE;
}

static gboolean
is_wanted (CsInquiry  *inquiry,
           const char *parent,
           const char *path)
{
  g_autofree char *folded = NULL;
  g_autofree char *search = NULL;

  if (inquiry->search == NULL || inquiry->search[0] == '\0')
    return g_strcmp0 (parent, inquiry->category) == 0;

  folded = g_utf8_casefold (path, -1);
  search = g_utf8_casefold (inquiry->search, -1);

  return strstr (folded, search) != NULL;
}

/* Depth first; the way to a node is its label, so that two of one name differ */
static void
add_nodes (CsInquiry   *inquiry,
           CsFormField *field,
           JsonArray   *nodes,
           const char  *parent,
           const char  *above,
           guint        depth)
{
  for (guint i = 0; nodes != NULL && depth < 16 && i < json_array_get_length (nodes); i++)
    {
      JsonObject      *node = cs_json_array_object (nodes, i);
      const char      *name = cs_json_string (node, "name", NULL);
      g_autofree char *id = dup_id (node, "id");
      g_autofree char *path = NULL;

      if (id == NULL || name == NULL)
        continue;

      path = above[0] != '\0' ? g_strdup_printf ("%s › %s", above, name) : g_strdup (name);
      if (is_wanted (inquiry, parent, path) && field->choices->len < MOST_CHOICES)
        cs_form_field_add_choice (field, id, inquiry->search != NULL && inquiry->search[0] != '\0' ? path : name, parent);
      add_nodes (inquiry, field, cs_json_array (node, "children"), id, path, depth + 1);
    }
}

static gboolean
parse_categories (CsInquiry  *inquiry,
                  JsonObject *reply)
{
  JsonArray *results = cs_json_array (reply, "results");

  if (results == NULL)
    return FALSE;

  add_nodes (inquiry, add_choice (inquiry->form, "category", _("Category"), TRUE), results, NULL, "", 0);

  return TRUE;
}

/* A value goes back as its number and its name, "12:Blue" */
static void
add_property (CsForm     *form,
              JsonObject *property)
{
  g_autofree char *id = dup_id (property, "property_id");
  g_autofree char *name = g_strdup_printf ("property.%s", id != NULL ? id : "");
  const char      *label = cs_json_string (property, "display_name", cs_json_string (property, "name", NULL));
  JsonArray       *values = cs_json_array (property, "possible_values");
  CsFormField     *field;

  /* One without values wants a measure in a scale of its own, which Etsy's own page asks better */
  if (id == NULL || label == NULL || !cs_json_bool (property, "supports_attributes", FALSE) ||
      values == NULL || json_array_get_length (values) == 0)
    return;

  field = cs_form_add (form, cs_json_bool (property, "is_multivalued", FALSE) ? CS_FORM_CHOICES : CS_FORM_CHOICE, name, label);
  field->required = cs_json_bool (property, "is_required", FALSE);
  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      JsonObject      *value = cs_json_array_object (values, i);
      g_autofree char *value_id = dup_id (value, "value_id");
      g_autofree char *whole = g_strdup_printf ("%s:%s", value_id, cs_json_string (value, "name", ""));

      if (value_id != NULL)
        cs_form_field_add_choice (field, whole, cs_json_string (value, "name", ""), NULL);
    }
}

static gboolean
parse_attributes (CsInquiry  *inquiry,
                  JsonObject *reply)
{
  JsonArray *results = cs_json_array (reply, "results");

  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    add_property (inquiry->form, cs_json_array_object (results, i));

  return results != NULL;
}

gboolean
cs_etsy_parse_inquiry (CsChannel *channel,
                       CsInquiry *inquiry,
                       JsonNode  *reply,
                       GError   **error)
{
  JsonObject *object = cs_json_node_object (reply);
  gboolean    is_read = FALSE;

  switch (inquiry->kind)
    {
    case CS_INQUIRY_SHOP:
      is_read = parse_shop (inquiry, object);
      break;

    case CS_INQUIRY_PROFILE:
      is_read = parse_profile (inquiry, object);
      break;

    case CS_INQUIRY_CATEGORIES:
      is_read = parse_categories (inquiry, object);
      break;

    case CS_INQUIRY_ATTRIBUTES:
      is_read = parse_attributes (inquiry, object);
      break;

    default:
      break;
    }

  if (!is_read)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), "Etsy");

  return is_read;
}
