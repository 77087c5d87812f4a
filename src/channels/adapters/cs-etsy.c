/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-form.h"
#include "cs-etsy-private.h"
#include "cs-json.h"
#include "cs-text.h"

/* Etsy, by its Open API v3 (description of 2026-08-17, and the pages
 * "Authentication", "Rate limits" and "Listings tutorial" of its documentation).
 *
 * A listing is created as a draft, gets pictures, then prices, stock and SKUs
 * as its inventory, then what its category asks for, and is put on sale last.
 * All but the first may be told twice: a picture replaces what stands at its
 * rank, the inventory is put whole. Etsy cannot be asked by SKU, and a draft
 * bears none until its inventory is there. There is no way back to draft:
 * what is taken back is made inactive.
 *
 * Forms are what is written to; lists in them are parted by commas, whatever
 * the description says (https://github.com/etsy/open-api/issues/291). Prices
 * in the inventory are numbers. updateListing takes no price.
 */

#define SHOWN_UNITS   300
#define SECOND        G_USEC_PER_SEC
#define QUOTA_SECONDS 600

G_DEFINE_FINAL_TYPE (CsEtsy, cs_etsy, CS_TYPE_CHANNEL)

static JsonObject *
get_attributes (CsListing *listing,
                JsonNode **node)
{
  *node = listing->attributes != NULL ? cs_json_parse (listing->attributes, -1, NULL) : NULL;

  return cs_json_node_object (*node);
}

/* The next property of the category that is not written yet: "property.200" */
static char *
dup_property_step (CsListing *listing,
                   CsJournal *journal)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *attributes = get_attributes (listing, &node);
  g_autoptr (GList) members = attributes != NULL ? json_object_get_members (attributes) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *name = l->data;
      const char *id = g_str_has_prefix (name, "property.") ? name + strlen ("property.") : "";

      if (id[0] != '\0' && strspn (id, "0123456789") == strlen (id) && !cs_journal_is_done (journal, name))
        return g_strdup (name);
    }

  return NULL;
}

static CsChannelStep *
make_step (CsListing  *listing,
           const char *name)
{
  CsChannelStep *step = cs_channel_step_make (name);

  /* A picture takes the place of what stands at its rank */
  step->writes = !step->creates && (step->picture < 0 || listing->operation != CS_OPERATION_CREATE);

  /* The inventory before them has looked, and they move no version */
  if (g_str_has_prefix (name, "property."))
    step->writes = FALSE;

  return step;
}

static CsChannelStep *
next_picture (CsListing *listing,
              CsJournal *journal)
{
  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);

      if (!cs_journal_is_done (journal, name))
        return make_step (listing, name);
    }

  return NULL;
}

static CsChannelStep *
cs_etsy_next_step (CsChannel *channel,
                   CsListing *listing,
                   CsJournal *journal)
{
  g_autofree char *property = NULL;
  CsChannelStep   *step;

  if (listing->operation == CS_OPERATION_WITHDRAW)
    return cs_journal_is_done (journal, "withdraw") ? NULL : make_step (listing, "withdraw");

  if (listing->operation == CS_OPERATION_OFFER)
    return cs_journal_is_done (journal, "offer") ? NULL : make_step (listing, "offer");

  if (listing->operation == CS_OPERATION_CREATE && !cs_journal_is_done (journal, "create"))
    return make_step (listing, "create");

  if ((step = next_picture (listing, journal)))
    return step;

  if (!cs_journal_is_done (journal, "inventory"))
    return make_step (listing, "inventory");

  if ((property = dup_property_step (listing, journal)))
    return make_step (listing, property);

  if (listing->operation == CS_OPERATION_UPDATE && !cs_journal_is_done (journal, "update"))
    return make_step (listing, "update");

  return listing->live && !cs_journal_is_done (journal, "publish") ? make_step (listing, "publish") : NULL;
}

static char *
dup_materials (CsListing *listing)
{
  g_auto (GStrv) parts = g_strsplit (listing->material != NULL ? listing->material : "", ",", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_strstrip (parts[i])[0] != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", parts[i]);
    }

  return g_string_free_and_steal (text);
}

static char *
dup_picture_ids (CsListing *listing,
                 CsJournal *journal)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);
      const char      *id = cs_json_string (cs_journal_get_detail (journal, name), "picture", NULL);

      if (id != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", id);
    }

  return g_string_free_and_steal (text);
}

static void
add_fields (GString    *form,
            CsListing  *listing,
            JsonObject *terms)
{
  static const char *const names[] = {
    "shipping_profile_id", "return_policy_id", "shop_section_id", "who_made", "when_made", "is_supply", "should_auto_renew",
  };
  g_autofree char *description = cs_etsy_dup_description (listing);
  g_autofree char *tags = listing->keywords != NULL ? g_strjoinv (",", listing->keywords) : NULL;
  g_autofree char *materials = dup_materials (listing);

  cs_channel_form_add (form, "title", listing->title);
  cs_channel_form_add (form, "description", description);
  cs_channel_form_add (form, "taxonomy_id", listing->category_id);
  cs_channel_form_add (form, "tags", tags != NULL && tags[0] != '\0' ? tags : NULL);
  cs_channel_form_add (form, "materials", materials[0] != '\0' ? materials : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = cs_json_string (terms, names[i], NULL);

      cs_channel_form_add (form, names[i], value != NULL && value[0] != '\0' ? value : NULL);
    }
}

static gboolean
add_offer (GString    *form,
           CsListing  *listing,
           JsonObject *terms,
           GError    **error)
{
  gint64           quantity = cs_etsy_get_quantity (listing);
  g_autofree char *amount = NULL;
  g_autofree char *number = NULL;
  CsMoney          price;

  if (!cs_etsy_get_price (listing, &price) || quantity < 1)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("Etsy wants a price and how many there are. Fill them in, then approve the product again."));
      return FALSE;
    }

  amount = cs_money_to_decimal (&price);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, quantity);
  cs_channel_form_add (form, "price", amount);
  cs_channel_form_add (form, "quantity", number);
  cs_channel_form_add (form, "type", "physical");
  cs_channel_form_add (form, "readiness_state_id", cs_json_string (terms, "readiness_state_id", NULL));

  return TRUE;
}

static void
set_picture (CsRequest        *request,
             CsListingPicture *about,
             guint             index,
             GBytes           *picture)
{
  g_autofree char   *rank_text = g_strdup_printf ("%u", index + 1);
  const char        *alt_text = about->alt_text != NULL ? about->alt_text : "";
  g_autoptr (GBytes) rank = g_bytes_new (rank_text, strlen (rank_text));
  g_autoptr (GBytes) overwrite = g_bytes_new_static ("true", 4);
  g_autoptr (GBytes) alt = g_bytes_new (alt_text, strlen (alt_text));
  const CsFormPart parts[] = {
    { "rank", NULL, NULL, rank },
    { "overwrite", NULL, NULL, overwrite },
    { "alt_text", NULL, NULL, alt },
    { "image", about->name != NULL ? about->name : "picture.jpg", about->mime != NULL ? about->mime : "image/jpeg", picture },
  };

  cs_request_set_multipart (request, parts, G_N_ELEMENTS (parts));
}

/* "12:Blue", or several of these */
static void
set_property (CsRequest  *request,
              CsListing  *listing,
              const char *step)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *attributes = get_attributes (listing, &node);
  JsonArray  *list = cs_json_array (attributes, step);
  guint       n = list != NULL ? json_array_get_length (list) : 1;
  g_autoptr (GString) form = g_string_new (NULL);
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const char    *value = list != NULL ? cs_json_array_string (list, i) : cs_json_string (attributes, step, "");
      g_auto (GStrv) parts = g_strsplit (value != NULL ? value : "", ":", 2);

      if (g_strv_length (parts) != 2)
        continue;
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "", parts[0]);
      g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "", parts[1]);
    }

  cs_channel_form_add (form, "value_ids", ids->str);
  cs_channel_form_add (form, "values", names->str);
  cs_channel_form_send (form, request);
}

static CsRequest *
build_change (CsChannel     *channel,
              CsListing     *listing,
              CsChannelStep *step,
              CsJournal     *journal,
              JsonObject    *terms,
              const char    *shop,
              const char    *id)
{
  g_autoptr (GString) form = g_string_new (NULL);
  CsRequest *request;

  if (g_str_equal (step->name, "inventory") || g_str_equal (step->name, "offer"))
    {
      request = cs_channel_make_request (channel, "PUT", "/v3/application/listings/%s/inventory", id);
      cs_etsy_set_inventory (request, listing, terms);
      return request;
    }

  if (g_str_has_prefix (step->name, "property."))
    {
      request = cs_channel_make_request (channel, "PUT", "/v3/application/shops/%s/listings/%s/properties/%s", shop, id,
                                         step->name + strlen ("property."));
      set_property (request, listing, step->name);
      return request;
    }

  request = cs_channel_make_request (channel, "PATCH", "/v3/application/shops/%s/listings/%s", shop, id);
  if (g_str_equal (step->name, "update"))
    {
      g_autofree char *pictures = dup_picture_ids (listing, journal);

      add_fields (form, listing, terms);
      cs_channel_form_add (form, "image_ids", pictures[0] != '\0' ? pictures : NULL);
    }
  else
    cs_channel_form_add (form, "state", g_str_equal (step->name, "publish") ? "active" : "inactive");
  cs_channel_form_send (form, request);

  return request;
}

static CsRequest *
cs_etsy_build (CsChannel     *channel,
               CsListing     *listing,
               CsChannelStep *step,
               CsJournal     *journal,
               GBytes        *picture,
               GError       **error)
{
  const char      *remote_id = listing->remote_id != NULL ? listing->remote_id : cs_journal_get_remote_id (journal);
  g_autofree char *id = g_uri_escape_string (remote_id != NULL ? remote_id : "", NULL, FALSE);
  const char      *shop = cs_channel_get_profile (channel, "shop_id");
  g_autoptr (JsonNode) node = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  JsonObject *terms = cs_json_node_object (node);
  g_autoptr (GString) form = g_string_new (NULL);
  g_autoptr (CsRequest) request = NULL;

  if (shop == NULL || (id[0] == '\0' && !step->creates))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("It is not known which listing this is about. Check the shop in the settings, then approve the product again."));
      return NULL;
    }

  if (step->picture >= 0)
    {
      request = cs_channel_make_request (channel, "POST", "/v3/application/shops/%s/listings/%s/images", shop, id);
      set_picture (request, listing->pictures->pdata[step->picture], step->picture, picture);
      return g_steal_pointer (&request);
    }

  if (!step->creates)
    return build_change (channel, listing, step, journal, terms, shop, id);

  request = cs_channel_make_request (channel, "POST", "/v3/application/shops/%s/listings", shop);
  add_fields (form, listing, terms);
  if (!add_offer (form, listing, terms, error))
    return NULL;
  cs_channel_form_send (form, request);

  return g_steal_pointer (&request);
}

static JsonNode *
cs_etsy_parse (CsChannel     *channel,
               CsListing     *listing,
               CsChannelStep *step,
               CsReply       *reply,
               JsonNode      *json,
               GError       **error)
{
  JsonObject      *object = cs_json_node_object (json);
  gboolean         is_listing = step->picture < 0 && !g_str_equal (step->name, "inventory") &&
                        !g_str_equal (step->name, "offer") && !g_str_has_prefix (step->name, "property.");
  gint64           id = cs_json_int (object, step->picture >= 0 ? "listing_image_id" : "listing_id", 0);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autofree char *version = NULL;
  g_autoptr (JsonNode) detail = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (detail, json_object_new ());
  if (object == NULL || (id <= 0 && (is_listing || step->picture >= 0)))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_UNKNOWN, _("%s gave an answer that cannot be read."), "Etsy");
      return NULL;
    }

  if (step->picture >= 0)
    json_object_set_string_member (json_node_get_object (detail), "picture", text);
  if (!is_listing)
    return g_steal_pointer (&detail);

  version = cs_etsy_dup_version (object);
  json_object_set_string_member (json_node_get_object (detail), "remote_id", text);
  json_object_set_string_member (json_node_get_object (detail), "version", version);
  if (cs_json_string (object, "url", NULL) != NULL)
    json_object_set_string_member (json_node_get_object (detail), "url", cs_json_string (object, "url", NULL));

  return g_steal_pointer (&detail);
}

/* {"error": "…"}, with "error_description" where it is about signing in; of fields
 * a list of {"path": "/title", "type", "message"}
 * (https://github.com/etsy/open-api/issues/622)
 */
static char *
dup_message (JsonNode *json)
{
  JsonObject      *object = cs_json_node_object (json);
  JsonArray       *list = json != NULL && JSON_NODE_HOLDS_ARRAY (json) ? json_node_get_array (json) : cs_json_array (object, "error_list");
  JsonObject      *first = cs_json_array_object (list, 0);
  const char      *message = cs_json_string (object, "error_description", cs_json_string (object, "error", NULL));
  g_autofree char *text = first != NULL ? g_strdup_printf ("%s: %s", cs_json_string (first, "path", ""), cs_json_string (first, "message", ""))
                                        : g_strdup (message != NULL ? message : "");
  g_autofree char *clean = cs_text_clean (text, FALSE);

  return cs_text_ellipsize (clean, SHOWN_UNITS);
}

static CsError
cs_etsy_classify (CsChannel     *channel,
                  CsChannelStep *step,
                  CsReply       *reply,
                  JsonNode      *json,
                  char         **sentence)
{
  CsError          code = cs_channel_classify_status (step, reply);
  g_autofree char *shown = dup_message (json);

  /* Two changes of one listing at once; ours may be told again */
  if (reply->status == 409 && step != NULL && !step->creates)
    return CS_ERROR_LATER;

  if (code == CS_ERROR_REFUSED && shown[0] != '\0')
    *sentence = g_strdup_printf (_("%s did not accept it: %s"), "Etsy", shown);

  return code;
}

/* The day's share is of the last 24 hours, so it comes back bit by bit */
static void
cs_etsy_learn (CsChannel   *channel,
               CsReply     *reply,
               JsonNode    *json,
               CsRateLimit *limit,
               gint64       now)
{
  const char *left = cs_reply_get_header (reply, "x-remaining-today");

  if (left != NULL && g_ascii_isdigit (left[0]) && g_ascii_strtoll (left, NULL, 10) == 0)
    cs_rate_limit_hold (limit, now + QUOTA_SECONDS * SECOND);
}

/* The keys of an app are told with each request, "keystring:secret" */
static void
cs_etsy_sign (CsChannel *channel,
              CsRequest *request,
              gint64     now)
{
  const char      *keystring = cs_channel_get_secret (channel, "keystring");
  const char      *shared = cs_channel_get_secret (channel, "shared_secret");
  const char      *token = cs_channel_get_secret (channel, "access_token");
  g_autofree char *key = g_strdup_printf ("%s:%s", keystring != NULL ? keystring : "", shared != NULL ? shared : "");
  g_autofree char *bearer = g_strdup_printf ("Bearer %s", token != NULL ? token : "");

  cs_request_set_header (request, "x-api-key", key);
  cs_request_set_header (request, "Authorization", bearer);
}

/* Etsy takes plain http for localhost by its name only (its quick start) */
static char *
dup_redirect (const char *redirect)
{
  const char *by_number = "http://127.0.0.1:";

  return g_str_has_prefix (redirect, by_number) ? g_strconcat ("http://localhost:", redirect + strlen (by_number), NULL)
                                                : g_strdup (redirect);
}

static char *
cs_etsy_build_authorize (CsChannel  *channel,
                         const char *redirect,
                         const char *state,
                         const char *challenge)
{
  g_autofree char *named = dup_redirect (redirect);
  g_autoptr (GString) form = g_string_new (NULL);

  cs_channel_form_add (form, "response_type", "code");
  cs_channel_form_add (form, "client_id", cs_channel_get_secret (channel, "keystring"));
  cs_channel_form_add (form, "redirect_uri", named);
  cs_channel_form_add (form, "scope", "listings_r listings_w shops_r");
  cs_channel_form_add (form, "state", state);
  cs_channel_form_add (form, "code_challenge", challenge);
  cs_channel_form_add (form, "code_challenge_method", "S256");

  return g_strconcat ("https://www.etsy.com/oauth/connect?", form->str, NULL);
}

static CsRequest *
make_token_request (CsChannel *channel,
                    GString   *form)
{
  const char      *base = cs_channel_get_account (channel)->address;
  g_autofree char *address = g_strconcat (base != NULL && base[0] != '\0' ? base : cs_etsy_kind.address, "/v3/public/oauth/token", NULL);
  CsRequest       *request = cs_request_make ("POST", address);

  cs_channel_form_add (form, "client_id", cs_channel_get_secret (channel, "keystring"));
  cs_channel_form_send (form, request);

  return request;
}

static CsRequest *
cs_etsy_build_exchange (CsChannel  *channel,
                        const char *redirect,
                        const char *code,
                        const char *verifier)
{
  g_autofree char *named = dup_redirect (redirect);
  g_autoptr (GString) form = g_string_new (NULL);

  cs_channel_form_add (form, "grant_type", "authorization_code");
  cs_channel_form_add (form, "redirect_uri", named);
  cs_channel_form_add (form, "code", code);
  cs_channel_form_add (form, "code_verifier", verifier);

  return make_token_request (channel, form);
}

static CsRequest *
cs_etsy_build_refresh (CsChannel *channel)
{
  const char *token = cs_channel_get_secret (channel, "refresh_token");
  g_autoptr (GString) form = g_string_new (NULL);

  if (token == NULL)
    return NULL;

  cs_channel_form_add (form, "grant_type", "refresh_token");
  cs_channel_form_add (form, "refresh_token", token);

  return make_token_request (channel, form);
}

static gboolean
cs_etsy_parse_tokens (CsChannel  *channel,
                      JsonNode   *reply,
                      gint64      now,
                      JsonObject *secrets,
                      GError    **error)
{
  JsonObject      *object = cs_json_node_object (reply);
  const char      *access = cs_json_string (object, "access_token", NULL);
  const char      *refresh = cs_json_string (object, "refresh_token", NULL);
  gint64           seconds = cs_json_int (object, "expires_in", 3600);
  g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, now + CLAMP (seconds, 60, 86400));

  if (access == NULL || refresh == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN, _("%s gave an answer that cannot be read."), "Etsy");
      return FALSE;
    }

  json_object_set_string_member (secrets, "access_token", access);
  json_object_set_string_member (secrets, "refresh_token", refresh);
  json_object_set_string_member (secrets, "expires_at", expires);

  return TRUE;
}

static void
cs_etsy_class_init (CsEtsyClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "etsy",
    .version = "etsy/1",
    .settle_seconds = 120,
    .has_drafts = TRUE,
    /* Compared by compare(): the text holds the bullet points, variants have prices and SKUs of their own */
    .rewrites = 1u << CS_FIELD_DESCRIPTION | 1u << CS_FIELD_PRICE | 1u << CS_FIELD_SKU,
    /* 10 a second and 10,000 a day for a seller's own app */
    .per_second = 5,
    .burst = 5,
    .answer_seconds = 120,
  };
  channel_class->next_step = cs_etsy_next_step;
  channel_class->build = cs_etsy_build;
  channel_class->parse = cs_etsy_parse;
  channel_class->classify = cs_etsy_classify;
  channel_class->learn = cs_etsy_learn;
  channel_class->build_read = cs_etsy_build_read;
  channel_class->build_pull = cs_etsy_build_pull;
  channel_class->parse_listings = cs_etsy_parse_listings;
  channel_class->build_more = cs_etsy_build_more;
  channel_class->parse_more = cs_etsy_parse_more;
  channel_class->compare = cs_etsy_compare;
  channel_class->compare_created = cs_etsy_compare_created;
  channel_class->check = cs_etsy_check;
  channel_class->build_inquiry = cs_etsy_build_inquiry;
  channel_class->parse_inquiry = cs_etsy_parse_inquiry;
  channel_class->build_authorize = cs_etsy_build_authorize;
  channel_class->build_exchange = cs_etsy_build_exchange;
  channel_class->build_refresh = cs_etsy_build_refresh;
  channel_class->parse_tokens = cs_etsy_parse_tokens;
  channel_class->sign = cs_etsy_sign;
}

static void
cs_etsy_init (CsEtsy *self)
{
}

static const CsChannelAsk asks[] = {
  { .name = "keystring", .label = N_("Keystring of your app") },
  { .name = "shared_secret", .label = N_("Shared secret of your app"), .secret = TRUE },
  { NULL },
};

static const char *const steps[] = {
  N_("Register an app for your own shop at Etsy's page for developers. Etsy looks at it before it works, which takes from minutes to some days."),
  N_("There, press “Edit your callback URLs” at the app, and add exactly http://localhost:18731/return."),
  N_("Copy its keystring and its shared secret here, then sign in with the browser and allow it."),
  NULL,
};

const CsChannelKind cs_etsy_kind = {
  .kind = "etsy",
  .name = "Etsy",
  .summary = N_("The marketplace for handmade, vintage and craft supplies"),
  .address = "https://openapi.etsy.com",
  .way = CS_SIGN_IN_BROWSER,
  .asks = asks,
  .steps = steps,
  .verified = N_("Every request is checked against Etsy's published description of August 2026. Not verified against the live service."),
  .page = "https://www.etsy.com/developers/your-apps",
};
