/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-json.h"
#include "cs-graphql.h"
#include "cs-json.h"
#include "cs-listing-variants.h"
#include "cs-vendure-private.h"

/* Vendure's Admin API (https://docs.vendure.io/reference/graphql-api/admin/), as
 * seen on Vendure 3.7 and read in its source.
 *
 * A product and what can be bought of it, its variants, are made one after the
 * other: "create" makes the product, hidden, with its texts and pictures;
 * "options" and "attach" what its variants differ in; "variants" makes those, with
 * price and stock. The shop refuses a second variant with the same options, so
 * that a step that nobody saw the end of does no harm; "made" reads what that came
 * to, before customers see it. An update looks at what is
 * there ("shown"), then changes the texts ("update"), then the variants ("changed")
 * and adds those that are new ("added").
 *
 * SKUs are not unique there. Our key is in a custom field of the product, where
 * the shop has one; else it ends the product's address.
 */

#define PULL_LENGTH 50

struct _CsVendureChannel
{
  CsChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (CsVendureChannel, cs_vendure_channel, CS_TYPE_CHANNEL)

/* https://docs.vendure.io/reference/typescript-api/errors/error-types/ */
static const CsGraphqlCode codes[] = {
  { "USER_INPUT_ERROR", FALSE, CS_ERROR_REFUSED },
  { "ILLEGAL_OPERATION", FALSE, CS_ERROR_REFUSED },
  { "ENTITY_NOT_FOUND", FALSE, CS_ERROR_CONFLICT },
  { "CHANNEL_NOT_FOUND", FALSE, CS_ERROR_SIGN_IN },
  { "INVALID_CREDENTIALS_ERROR", FALSE, CS_ERROR_SIGN_IN },
  { "NATIVE_AUTH_STRATEGY_ERROR", FALSE, CS_ERROR_SIGN_IN },
  { NULL },
};

const char *
cs_vendure_get_language (CsChannel *channel)
{
  const char *language = cs_channel_get_profile (channel, "language");

  return language != NULL && language[0] != '\0' ? language : "en";
}

gboolean
cs_vendure_has_key_field (CsChannel *channel)
{
  return g_strcmp0 (cs_channel_get_profile (channel, "key_field"), "none") != 0;
}

gboolean
cs_vendure_has_tax_in_prices (CsChannel *channel)
{
  return g_strcmp0 (cs_channel_get_profile (channel, "prices_hold_tax"), "true") == 0;
}

guint
cs_vendure_get_precision (CsChannel *channel)
{
  const char *digits = cs_channel_get_profile (channel, "precision");

  return digits != NULL ? MIN (g_ascii_strtoull (digits, NULL, 10), 6) : 2;
}

/* What is pasted may be the address of its API or of a page of its dashboard */
static DexFuture *
cs_vendure_channel_open (CsChannel *channel)
{
  static const char *const pages[] = { "/admin-api", "/shop-api", "/dashboard", "/admin", "?" };
  const char      *typed = cs_channel_get_account (channel)->address;
  g_autofree char *address = g_strdup (typed != NULL ? typed : "");
  gsize            length;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      char *page = strstr (address, pages[i]);

      if (page != NULL)
        *page = '\0';
    }

  length = strlen (address);
  while (length > 0 && address[length - 1] == '/')
    address[--length] = '\0';

  return dex_future_new_for_string (address);
}

static void
cs_vendure_channel_sign (CsChannel *channel,
                         CsRequest *request,
                         gint64     now)
{
  const char      *key = cs_channel_get_secret (channel, "api_key");
  const char      *token = cs_channel_get_secret (channel, "access_token");
  const char      *part = cs_channel_get_profile (channel, "channel_token");
  g_autofree char *bearer = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;

  if (key != NULL && key[0] != '\0')
    cs_request_set_header (request, "vendure-api-key", key);
  else if (bearer != NULL)
    cs_request_set_header (request, "Authorization", bearer);

  if (part != NULL && part[0] != '\0')
    cs_request_set_header (request, "vendure-token", part);
}

/* A session is as good as new each time */
static CsRequest *
cs_vendure_channel_build_refresh (CsChannel *channel)
{
  const char *user = cs_channel_get_secret (channel, "user");
  const char *password = cs_channel_get_secret (channel, "password");
  JsonObject *variables;

  if (user == NULL || password == NULL || user[0] == '\0')
    return NULL;

  variables = json_object_new ();
  json_object_set_string_member (variables, "user", user);
  json_object_set_string_member (variables, "password", password);

  return cs_graphql_make_request (channel, CS_VENDURE_PATH,
                                  "mutation ($user: String!, $password: String!) {"
                                  " login(username: $user, password: $password) {"
                                  " __typename ... on ErrorResult { errorCode message } } }",
                                  variables);
}

static gboolean
cs_vendure_channel_parse_token_reply (CsChannel  *channel,
                                      CsReply    *reply,
                                      gint64      now,
                                      JsonObject *secrets,
                                      GError    **error)
{
  g_autoptr (JsonNode) json = cs_reply_dup_json (reply, NULL);
  const char *what = cs_json_string (cs_graphql_get_data (json, "login"), "__typename", "");
  const char *token = cs_reply_get_header (reply, "vendure-auth-token");

  if (!g_str_equal (what, "CurrentUser") || token == NULL || token[0] == '\0')
    return FALSE;

  json_object_set_string_member (secrets, "access_token", token);

  return TRUE;
}

/* Changes nothing, or may be told twice */
static CsChannelStep *
make_own_step (const char *name)
{
  CsChannelStep *step = cs_channel_step_make (name);

  step->writes = FALSE;
  step->reads = step->reads || g_str_equal (name, "made");

  return step;
}

/* Changing a text is no reason to upload its pictures again */
static CsChannelStep *
next_picture (CsListing *listing,
              CsJournal *journal)
{
  JsonObject *known = cs_json_object (cs_journal_get_detail (journal, "shown"), "assets");

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);
      g_autofree char *file = cs_vendure_dup_file_name (listing->pictures->pdata[i]);

      if (!cs_journal_is_done (journal, name) && cs_json_string (known, file, NULL) == NULL)
        return cs_channel_step_make (name);
    }

  return NULL;
}

static CsChannelStep *
next_of_create (CsListing *listing,
                CsJournal *journal)
{
  CsChannelStep *step = NULL;
  const char    *option_step;

  if (!cs_journal_is_done (journal, "create"))
    return (step = next_picture (listing, journal)) != NULL ? step : cs_channel_step_make ("create");

  if ((option_step = cs_vendure_get_option_step (listing, journal)))
    return make_own_step (option_step);

  if (!cs_journal_is_done (journal, "variants"))
    return cs_channel_step_make ("variants");

  if (!listing->live || cs_journal_is_done (journal, "publish"))
    return NULL;

  return cs_journal_is_done (journal, "made") ? cs_channel_step_make ("publish") : make_own_step ("made");
}

static CsChannelStep *
next_of_update (CsListing *listing,
                CsJournal *journal)
{
  const char    *last = listing->live ? "publish" : "unpublish";
  CsChannelStep *step;
  const char    *own;

  if (!cs_journal_is_done (journal, "shown"))
    return make_own_step ("shown");

  if (!cs_journal_is_done (journal, "update"))
    {
      if ((step = next_picture (listing, journal)))
        return step;
      if ((own = cs_vendure_get_option_step (listing, journal)))
        return make_own_step (own);
    }

  if ((own = cs_vendure_get_update_step (listing, journal)))
    return cs_channel_step_make (own);

  return cs_journal_is_done (journal, last) ? NULL : cs_channel_step_make (last);
}

static CsChannelStep *
cs_vendure_channel_next_step (CsChannel *channel,
                              CsListing *listing,
                              CsJournal *journal)
{
  switch (listing->operation)
    {
    case CS_OPERATION_WITHDRAW:
      return cs_journal_is_done (journal, "withdraw") ? NULL : cs_channel_step_make ("withdraw");

    case CS_OPERATION_OFFER:
      if (!cs_journal_is_done (journal, "shown"))
        return make_own_step ("shown");
      return cs_journal_is_done (journal, "offer") ? NULL : cs_channel_step_make ("offer");

    case CS_OPERATION_UPDATE:
      return next_of_update (listing, journal);

    case CS_OPERATION_CREATE:
    default:
      return next_of_create (listing, journal);
    }
}

static CsRequest *
build_picture (CsChannel        *channel,
               CsListingPicture *picture,
               GBytes           *bytes)
{
  JsonObject      *variables = json_object_new ();
  JsonObject      *input = json_object_new ();
  JsonArray       *inputs = json_array_new ();
  g_autofree char *name = cs_vendure_dup_file_name (picture);

  json_object_set_null_member (input, "file");
  json_array_add_object_element (inputs, input);
  json_object_set_array_member (variables, "input", inputs);

  return cs_graphql_make_upload (channel, CS_VENDURE_PATH,
                                 "mutation ($input: [CreateAssetInput!]!) { createAssets(input: $input) {"
                                 " __typename ... on Asset { id name } ... on ErrorResult { errorCode message } } }",
                                 variables, "variables.input.0.file", name,
                                 picture->mime != NULL ? picture->mime : "application/octet-stream", bytes);
}

static CsRequest *
build_shown (CsChannel  *channel,
             const char *id)
{
  JsonObject      *variables = json_object_new ();
  g_autofree char *fields = cs_vendure_dup_fields (channel);
  g_autofree char *query = g_strdup_printf ("query ($id: ID!) { product(id: $id) %s }", fields);

  json_object_set_string_member (variables, "id", id);

  return cs_graphql_make_request (channel, CS_VENDURE_PATH, query, variables);
}

static CsRequest *
build_state (CsChannel  *channel,
             const char *id,
             gboolean    enabled)
{
  JsonObject      *variables = json_object_new ();
  JsonObject      *input = json_object_new ();
  g_autofree char *fields = cs_vendure_dup_fields (channel);
  g_autofree char *query = g_strdup_printf ("mutation ($input: UpdateProductInput!) { updateProduct(input: $input) %s }", fields);

  json_object_set_string_member (input, "id", id);
  json_object_set_boolean_member (input, "enabled", enabled);
  json_object_set_object_member (variables, "input", input);

  return cs_graphql_make_request (channel, CS_VENDURE_PATH, query, variables);
}

static CsRequest *
cs_vendure_channel_build (CsChannel     *channel,
                          CsListing     *listing,
                          CsChannelStep *step,
                          CsJournal     *journal,
                          GBytes        *picture,
                          GError       **error)
{
  const char *id = listing->remote_id != NULL ? listing->remote_id : cs_journal_get_remote_id (journal);

  if (step->picture >= 0)
    return build_picture (channel, listing->pictures->pdata[step->picture], picture);

  if (step->creates)
    return cs_vendure_build_create (channel, listing, journal);

  if (g_str_equal (step->name, "options"))
    return cs_vendure_build_options (channel, listing, journal, error);

  if (id == NULL || id[0] == '\0')
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("It is not known which product in %s this is about. Approve the product again."), cs_graphql_get_shop (channel));
      return NULL;
    }

  if (g_str_equal (step->name, "shown") || g_str_equal (step->name, "made"))
    return build_shown (channel, id);
  if (g_str_equal (step->name, "attach"))
    return cs_vendure_build_attach (channel, journal, id);
  if (g_strv_contains ((const char *const[]){ "variants", "leaving", "changed", "added", NULL }, step->name))
    return cs_vendure_build_variants (channel, listing, step, journal, id, error);
  if (g_str_equal (step->name, "update"))
    return cs_vendure_build_update (channel, listing, journal, id);
  if (g_str_equal (step->name, "offer"))
    return cs_vendure_build_offer (channel, listing, journal, error);

  return build_state (channel, id, g_str_equal (step->name, "publish"));
}

static gboolean
refuse_reading (CsChannel *channel,
                GError   **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_UNKNOWN, _("%s gave an answer that cannot be read."), cs_graphql_get_shop (channel));

  return FALSE;
}

/* The product as the step left it: under its own name, or with one of its variants */
static JsonObject *
find_product (JsonNode *reply)
{
  static const char *const names[] = { "last", "product", "createProduct", "updateProduct" };
  JsonObject *data = cs_graphql_get_data (reply, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *product = cs_json_object (data, names[i]);
      JsonArray  *variants = cs_json_array (data, names[i]);

      if (product != NULL)
        return product;
      if (variants != NULL)
        return cs_json_object (cs_json_array_object (variants, 0), "product");
    }

  return NULL;
}

static const char *
get_message (JsonNode *json)
{
  return cs_json_string (cs_json_array_object (cs_json_array (cs_json_node_object (json), "errors"), 0), "message", "");
}

/* They were made now, or by a request that nobody saw the end of */
static gboolean
has_variants (JsonNode *json)
{
  return cs_json_array (cs_graphql_get_data (json, NULL), "createProductVariants") != NULL ||
         strstr (get_message (json), "with the selected options already exists") != NULL;
}

static JsonNode *
cs_vendure_channel_parse (CsChannel     *channel,
                          CsListing     *listing,
                          CsChannelStep *step,
                          CsReply       *reply,
                          JsonNode      *json,
                          GError       **error)
{
  g_autoptr (JsonNode) detail = NULL;
  g_autofree char *version = NULL;
  JsonObject      *members = NULL;
  JsonObject      *product;
  const char      *id;

  if (g_str_equal (step->name, "options"))
    return (detail = cs_vendure_parse_options (json)) != NULL || refuse_reading (channel, error)
             ? g_steal_pointer (&detail)
             : NULL;

  members = cs_channel_json_make_root (&detail);
  if (g_str_equal (step->name, "attach") || g_str_equal (step->name, "leaving"))
    return g_steal_pointer (&detail);

  if (g_str_equal (step->name, "variants"))
    return has_variants (json) || refuse_reading (channel, error) ? g_steal_pointer (&detail) : NULL;

  if (step->picture >= 0)
    {
      id = cs_json_string (cs_json_array_object (cs_json_array (cs_graphql_get_data (json, NULL), "createAssets"), 0), "id", NULL);
      cs_channel_json_set_string (members, "asset", id);
      return id != NULL || refuse_reading (channel, error) ? g_steal_pointer (&detail) : NULL;
    }

  product = find_product (json);
  id = cs_json_string (product, "id", NULL);
  if (g_str_equal (step->name, "shown") && product == NULL && cs_graphql_get_data (json, NULL) != NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT, _("This product is not in %s any more."), cs_graphql_get_shop (channel));
      return NULL;
    }

  if (id == NULL && !refuse_reading (channel, error))
    return NULL;

  if (g_str_equal (step->name, "shown"))
    return cs_vendure_describe (product);

  version = cs_vendure_dup_version (product);
  json_object_set_string_member (members, "remote_id", id);
  json_object_set_string_member (members, "version", version);

  return g_steal_pointer (&detail);
}

static CsError
cs_vendure_channel_classify (CsChannel     *channel,
                             CsChannelStep *step,
                             CsReply       *reply,
                             JsonNode      *json,
                             char         **sentence)
{
  return cs_graphql_classify (channel, step, reply, json, codes, sentence);
}

/* The custom field takes a key once, and a product that was deleted keeps it: the
 * database's own words are all that is told of that
 */
static gboolean
is_taken (JsonNode *json)
{
  static const char *const words[] = { "UNIQUE constraint failed", "duplicate key value", "Duplicate entry" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (get_message (json), words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
cs_vendure_channel_find_fault (CsChannel     *channel,
                               CsChannelStep *step,
                               JsonNode      *json,
                               CsError       *code,
                               char         **sentence)
{
  if (step != NULL && g_str_equal (step->name, "variants") && has_variants (json))
    return FALSE;

  if (!cs_graphql_find_fault (channel, step, json, codes, code, sentence))
    return FALSE;

  if (step != NULL && step->creates && is_taken (json))
    {
      g_free (*sentence);
      *code = CS_ERROR_UNKNOWN;
      *sentence = g_strdup_printf (_("%s has or had this product already."), cs_graphql_get_shop (channel));
    }

  return TRUE;
}

static CsRequest *
build_list (CsChannel  *channel,
            const char *filter,
            JsonObject *variables)
{
  g_autofree char *fields = cs_vendure_dup_fields (channel);
  g_autofree char *query = g_strdup_printf ("%s items %s } }", filter, fields);

  return cs_graphql_make_request (channel, CS_VENDURE_PATH, query, variables);
}

static CsRequest *
cs_vendure_channel_build_look_up (CsChannel *channel,
                                  CsListing *listing,
                                  guint      n)
{
  JsonObject *variables;
  g_autofree char *end = NULL;

  if (n > 1 || (n == 1 && (listing->sku == NULL || listing->sku[0] == '\0')))
    return NULL;

  variables = json_object_new ();
  if (n == 1)
    {
      json_object_set_string_member (variables, "sku", listing->sku);
      return build_list (channel, "query ($sku: String!) { products(options: { filter: { sku: { eq: $sku } } }) { totalItems", variables);
    }

  if (cs_vendure_has_key_field (channel))
    {
      json_object_set_string_member (variables, "key", listing->key);
      return build_list (channel,
                         "query ($key: String!) { products(options: { filter: { " CS_VENDURE_KEY_FIELD ": { eq: $key } } }) { totalItems",
                         variables);
    }

  end = g_ascii_strdown (listing->key, -1);
  json_object_set_string_member (variables, "end", end);

  return build_list (channel, "query ($end: String!) { products(options: { filter: { slug: { contains: $end } } }) { totalItems", variables);
}

static CsRequest *
cs_vendure_channel_build_read (CsChannel  *channel,
                               const char *remote_id)
{
  return build_shown (channel, remote_id);
}

static CsRequest *
cs_vendure_channel_build_pull (CsChannel  *channel,
                               const char *cursor)
{
  JsonObject *variables = json_object_new ();

  json_object_set_int_member (variables, "skip", cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) : 0);
  json_object_set_int_member (variables, "take", PULL_LENGTH);

  return build_list (channel,
                     "query ($skip: Int!, $take: Int!) { products(options: { skip: $skip, take: $take, sort: { id: ASC } }) { totalItems",
                     variables);
}

static void
cs_vendure_channel_check (CsChannel *channel,
                          CsListing *listing,
                          GPtrArray *findings)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) variants = cs_listing_variants_read (listing, &reason);

  if (listing->title == NULL || listing->title[0] == '\0')
    g_ptr_array_add (findings, g_strdup (_("The title is missing.")));
  /* A variant without a price costs nothing there */
  if (listing->price.currency[0] == '\0')
    g_ptr_array_add (findings, g_strdup (_("The price is missing.")));
  if (variants == NULL)
    g_ptr_array_add (findings, g_strdup (reason->message));
}

static void
cs_vendure_channel_class_init (CsVendureChannelClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "vendure",
    .version = "vendure/1",
    .settle_seconds = 3,
    .finds_by_key = TRUE,
    .bears_key = TRUE,
    .has_drafts = TRUE,
    /* Texts are compared as a person reads them, price and SKU by variant, and
     * stock is sold meanwhile: see cs_vendure_compare()
     */
    .rewrites = 1 << CS_FIELD_DESCRIPTION | 1 << CS_FIELD_SKU | 1 << CS_FIELD_PRICE | 1 << CS_FIELD_STOCK,
    .per_second = 20,
    .burst = 20,
  };
  channel_class->open = cs_vendure_channel_open;
  channel_class->next_step = cs_vendure_channel_next_step;
  channel_class->build = cs_vendure_channel_build;
  channel_class->parse = cs_vendure_channel_parse;
  channel_class->classify = cs_vendure_channel_classify;
  channel_class->find_fault = cs_vendure_channel_find_fault;
  channel_class->build_look_up = cs_vendure_channel_build_look_up;
  channel_class->build_read = cs_vendure_channel_build_read;
  channel_class->build_pull = cs_vendure_channel_build_pull;
  channel_class->parse_listings = cs_vendure_parse_listings;
  channel_class->compare = cs_vendure_compare;
  channel_class->compare_created = cs_vendure_compare_created;
  channel_class->check = cs_vendure_channel_check;
  channel_class->build_inquiry = cs_vendure_build_inquiry;
  channel_class->parse_inquiry = cs_vendure_parse_inquiry;
  channel_class->build_refresh = cs_vendure_channel_build_refresh;
  channel_class->parse_token_reply = cs_vendure_channel_parse_token_reply;
  channel_class->sign = cs_vendure_channel_sign;
}

static void
cs_vendure_channel_init (CsVendureChannel *self)
{
}
