/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-form.h"
#include "cs-channel-json.h"
#include "cs-graphql.h"
#include "cs-json.h"
#include "cs-listing-variants.h"
#include "cs-shopify-private.h"

/* Shopify's Admin API in GraphQL, 2026-10, by its schema
 * (https://shopify.dev/docs/api/admin-graphql) and
 * https://shopify.dev/docs/apps/build/custom-data/metafields/working-with-custom-ids
 * for finding products by our key.
 *
 * `productSet` writes a product as a whole, and again where it is there: "create"
 * asks for it by our key, so that there can only ever be one. It deletes what a
 * list leaves out, so that an update looks first ("shown") and sends what is there
 * and not ours along. Pictures are uploaded to a place that the shop names
 * ("staged.N", then "picture.N", to another host, without our credentials).
 *
 * Price and stock alone do not touch the rest; stock is set only where it still is
 * what was seen, and with a key of its own, so that it may be told twice.
 */

#define PULL_LENGTH 10

/* What a write costs about, in points: below that much the next one waits
 * (https://shopify.dev/docs/api/usage/limits#graphql-admin-api-rate-limits)
 */
#define NEXT_COST 120

struct _CsShopifyChannel
{
  CsChannel parent_instance;

  gboolean knows_key; /* the metafield's definition was seen to be there */
};

G_DEFINE_FINAL_TYPE (CsShopifyChannel, cs_shopify_channel, CS_TYPE_CHANNEL)

/* https://shopify.dev/docs/api/usage/response-codes and the enums of user errors in the schema */
static const CsGraphqlCode codes[] = {
  { "MAX_COST_EXCEEDED", FALSE, CS_ERROR_REFUSED },
  { "SHOP_INACTIVE", FALSE, CS_ERROR_SIGN_IN },
  { "INTERNAL_SERVER_ERROR", FALSE, CS_ERROR_UNKNOWN },
  /* The definition of our key is there already */
  { "TAKEN", TRUE, CS_ERROR_REFUSED },
  { "PRODUCT_DOES_NOT_EXIST", FALSE, CS_ERROR_CONFLICT },
  { "PRODUCT_VARIANT_DOES_NOT_EXIST", FALSE, CS_ERROR_CONFLICT },
  { "CHANGE_FROM_QUANTITY_STALE", FALSE, CS_ERROR_CONFLICT },
  { "COMPARE_QUANTITY_STALE", FALSE, CS_ERROR_CONFLICT },
  { "IDEMPOTENCY_CONCURRENT_REQUEST", FALSE, CS_ERROR_LATER },
  { NULL },
};

char *
cs_shopify_dup_term (CsChannel  *channel,
                     CsListing  *listing,
                     const char *name)
{
  g_autoptr (JsonNode) tree = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  const char *said = cs_json_string (cs_json_node_object (tree), name, NULL);

  if (said == NULL || said[0] == '\0')
    said = cs_channel_get_profile (channel, name);

  return said != NULL && said[0] != '\0' ? g_strdup (said) : NULL;
}

/* "shop.myshopify.com", with or without what a browser shows around it */
static DexFuture *
cs_shopify_channel_open (CsChannel *channel)
{
  const char      *typed = cs_channel_get_account (channel)->address;
  const char      *address = typed != NULL ? typed : "";
  const char      *scheme = g_str_has_prefix (address, "http://") ? "http" : "https";
  const char      *host = strstr (address, "://") != NULL ? strstr (address, "://") + 3 : address;
  g_auto (GStrv) parts = g_strsplit_set (host, "/?#", -1);

  if (g_strv_length (parts) > 2 && g_str_equal (parts[0], "admin.shopify.com") && g_str_equal (parts[1], "store"))
    return dex_future_new_take_string (g_strdup_printf ("https://%s.myshopify.com", parts[2]));

  return dex_future_new_take_string (g_strdup_printf ("%s://%s", scheme, parts[0] != NULL ? parts[0] : ""));
}

static void
cs_shopify_channel_sign (CsChannel *channel,
                         CsRequest *request,
                         gint64     now)
{
  const char *token = cs_channel_get_secret (channel, "token");

  if (token == NULL || token[0] == '\0')
    token = cs_channel_get_secret (channel, "access_token");
  if (token != NULL)
    cs_request_set_header (request, "X-Shopify-Access-Token", token);
}

/* https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant */
static CsRequest *
cs_shopify_channel_build_refresh (CsChannel *channel)
{
  const char *id = cs_channel_get_secret (channel, "client_id");
  const char *secret = cs_channel_get_secret (channel, "client_secret");
  g_autoptr (GString) form = g_string_new (NULL);
  CsRequest *request;

  if (id == NULL || secret == NULL || id[0] == '\0' || secret[0] == '\0')
    return NULL;

  request = cs_channel_make_request (channel, "POST", "/admin/oauth/access_token");
  cs_channel_form_add (form, "grant_type", "client_credentials");
  cs_channel_form_add (form, "client_id", id);
  cs_channel_form_add (form, "client_secret", secret);
  cs_channel_form_send (form, request);

  return request;
}

static gboolean
cs_shopify_channel_parse_tokens (CsChannel  *channel,
                                 JsonNode   *reply,
                                 gint64      now,
                                 JsonObject *secrets,
                                 GError    **error)
{
  JsonObject      *object = cs_json_node_object (reply);
  const char      *token = cs_json_string (object, "access_token", NULL);
  gint64           seconds = CLAMP (cs_json_int (object, "expires_in", 0), 0, 366 * 24 * 60 * 60);
  g_autofree char *expires_at = g_strdup_printf ("%" G_GINT64_FORMAT, now + seconds);

  if (token == NULL || token[0] == '\0')
    return FALSE;

  json_object_set_string_member (secrets, "access_token", token);
  if (seconds > 0)
    json_object_set_string_member (secrets, "expires_at", expires_at);

  return TRUE;
}

/* Points in a bucket: a reply says what is left, and how fast it fills */
static void
cs_shopify_channel_learn (CsChannel   *channel,
                          CsReply     *reply,
                          JsonNode    *json,
                          CsRateLimit *limit,
                          gint64       now)
{
  JsonObject *cost = cs_json_object (cs_json_object (cs_json_node_object (json), "extensions"), "cost");
  JsonObject *status = cs_json_object (cost, "throttleStatus");
  double      left = cs_json_double (status, "currentlyAvailable", -1);
  double      fill = cs_json_double (status, "restoreRate", 0);
  double      most = cs_json_double (status, "maximumAvailable", 0);
  double      wanted = CLAMP (cs_json_double (cost, "requestedQueryCost", 0), NEXT_COST, 1000);

  if (status == NULL || !(left >= 0) || !(fill >= 1) || !(most >= 1))
    return;

  wanted = MIN (wanted, most);
  if (left < wanted)
    cs_rate_limit_hold (limit, now + (gint64) ((wanted - left) / fill * G_USEC_PER_SEC));
}

static CsChannelStep *
make_own_step (const char *name)
{
  CsChannelStep *step = cs_channel_step_make (name);

  step->writes = FALSE;

  return step;
}

static gboolean
is_there (CsJournal *journal,
          CsListing *listing,
          guint      n)
{
  JsonArray *media = cs_shopify_get_nodes (cs_json_object (cs_journal_get_detail (journal, "shown"), "product"), "media");

  for (guint i = 0; media != NULL && i < json_array_get_length (media); i++)
    {
      if (cs_shopify_is_picture (listing, n, cs_json_array_object (media, i)))
        return TRUE;
    }

  return FALSE;
}

static CsChannelStep *
next_picture (CsListing *listing,
              CsJournal *journal)
{
  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *staged = g_strdup_printf ("staged.%u", i);
      g_autofree char *picture = g_strdup_printf ("picture.%u", i);
      CsChannelStep   *step;

      if (cs_journal_is_done (journal, picture) || is_there (journal, listing, i))
        continue;

      if (!cs_journal_is_done (journal, staged))
        return make_own_step (staged);

      step = cs_channel_step_make (picture);
      step->foreign = step->bare = TRUE;

      return step;
    }

  return NULL;
}

static CsChannelStep *
next_of_offer (CsListing *listing,
               CsJournal *journal)
{
  if (!cs_journal_is_done (journal, "shown"))
    return make_own_step ("shown");
  if (!cs_journal_is_done (journal, "offer") && listing->price.currency[0] != '\0')
    return cs_channel_step_make ("offer");

  return !cs_journal_is_done (journal, "stock") && cs_shopify_has_stock (listing) ? cs_channel_step_make ("stock") : NULL;
}

static CsChannelStep *
cs_shopify_channel_next_step (CsChannel *channel,
                              CsListing *listing,
                              CsJournal *journal)
{
  CsShopifyChannel *self = CS_SHOPIFY_CHANNEL (channel);
  gboolean          creates = listing->operation == CS_OPERATION_CREATE;
  const char       *write = creates ? "create" : "update";
  const char       *last = listing->live ? "publish" : "unpublish";
  CsChannelStep    *step;

  if (listing->operation == CS_OPERATION_WITHDRAW)
    return cs_journal_is_done (journal, "withdraw") ? NULL : cs_channel_step_make ("withdraw");

  if (listing->operation == CS_OPERATION_OFFER)
    return next_of_offer (listing, journal);

  if (!cs_journal_is_done (journal, write))
    {
      if (creates && !self->knows_key && !cs_journal_is_done (journal, "definition"))
        return make_own_step ("definition");
      if (!creates && !cs_journal_is_done (journal, "shown"))
        return make_own_step ("shown");
      return (step = next_picture (listing, journal)) != NULL ? step : cs_channel_step_make (write);
    }

  if (cs_journal_is_done (journal, last) || (creates && !listing->live))
    return NULL;

  return cs_channel_step_make (last);
}

static CsRequest *
build_definition (CsChannel *channel)
{
  JsonObject *variables = json_object_new ();
  JsonObject *definition = json_object_new ();

  json_object_set_string_member (definition, "name", "Countersign");
  json_object_set_string_member (definition, "namespace", CS_SHOPIFY_NAMESPACE);
  json_object_set_string_member (definition, "key", CS_SHOPIFY_KEY);
  json_object_set_string_member (definition, "ownerType", "PRODUCT");
  json_object_set_string_member (definition, "type", "id");
  json_object_set_object_member (variables, "definition", definition);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "mutation ($definition: MetafieldDefinitionInput!) {"
                                  " metafieldDefinitionCreate(definition: $definition) {"
                                  " createdDefinition { id } userErrors { code field message } } }",
                                  variables);
}

static CsRequest *
build_staged (CsChannel *channel,
              CsListing *listing,
              guint      n)
{
  CsListingPicture *picture = listing->pictures->pdata[n];
  JsonObject       *variables = json_object_new ();
  JsonArray        *inputs = json_array_new ();
  JsonObject       *input = json_object_new ();
  g_autofree char  *name = cs_shopify_dup_file_name (listing, n);

  json_object_set_string_member (input, "filename", name);
  json_object_set_string_member (input, "mimeType", picture->mime != NULL ? picture->mime : "image/jpeg");
  json_object_set_string_member (input, "resource", "IMAGE");
  json_object_set_string_member (input, "httpMethod", "POST");
  json_array_add_object_element (inputs, input);
  json_object_set_array_member (variables, "input", inputs);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "mutation ($input: [StagedUploadInput!]!) { stagedUploadsCreate(input: $input) {"
                                  " stagedTargets { url resourceUrl parameters { name value } } userErrors { field message } } }",
                                  variables);
}

/* To where the shop said, with what it said, the file last */
static CsRequest *
build_picture (CsChannel *channel,
               CsListing *listing,
               CsJournal *journal,
               guint      n,
               GBytes    *bytes,
               GError   **error)
{
  CsListingPicture *picture = listing->pictures->pdata[n];
  g_autofree char  *staged = g_strdup_printf ("staged.%u", n);
  g_autofree char  *name = cs_shopify_dup_file_name (listing, n);
  JsonObject       *target = cs_journal_get_detail (journal, staged);
  const char       *url = cs_json_string (target, "url", NULL);
  JsonArray        *parameters = cs_json_array (target, "parameters");
  guint             n_parameters = parameters != NULL ? json_array_get_length (parameters) : 0;
  g_autofree CsFormPart *parts = g_new0 (CsFormPart, n_parameters + 1);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  CsRequest *request;

  if (url == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("%s named no place for a picture. Approve the product again."),
                   cs_graphql_get_shop (channel));
      return NULL;
    }

  for (guint i = 0; i < n_parameters; i++)
    {
      JsonObject *parameter = cs_json_array_object (parameters, i);
      const char *value = cs_json_string (parameter, "value", "");

      g_ptr_array_add (values, g_bytes_new (value, strlen (value)));
      parts[i] = (CsFormPart){ cs_json_string (parameter, "name", ""), NULL, NULL, values->pdata[i] };
    }
  parts[n_parameters] = (CsFormPart){ "file", name, picture->mime != NULL ? picture->mime : "image/jpeg", bytes };

  request = cs_request_make ("POST", url);
  cs_request_set_multipart (request, parts, n_parameters + 1);

  return request;
}

/* For an offer: how many are at the place that stock is set at */
static CsRequest *
build_stocked (CsChannel  *channel,
               const char *id,
               const char *location)
{
  JsonObject *variables = json_object_new ();

  json_object_set_string_member (variables, "id", id);
  json_object_set_string_member (variables, "location", location);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "query ($id: ID!, $location: ID!) { product(id: $id) { ...Fields"
                                  " variants(first: 100) { nodes { inventoryItem { inventoryLevel(locationId: $location) {"
                                  " quantities(names: [\"available\"]) { quantity } } } } } } } " CS_SHOPIFY_FIELDS,
                                  variables);
}

static CsRequest *
build_shown (CsChannel  *channel,
             CsListing  *listing,
             const char *id)
{
  g_autofree char *location = cs_shopify_dup_term (channel, listing, "location");
  JsonObject      *variables;

  if (listing->operation == CS_OPERATION_OFFER && location != NULL)
    return build_stocked (channel, id, location);

  variables = json_object_new ();
  json_object_set_string_member (variables, "id", id);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "query ($id: ID!) { product(id: $id) { ...Fields"
                                  " collections(first: 50) { nodes { id ruleSet { appliedDisjunctively } } pageInfo { hasNextPage } }"
                                  " metafields(first: 100) { nodes { namespace key type value } pageInfo { hasNextPage } } } } " CS_SHOPIFY_FIELDS,
                                  variables);
}

static CsRequest *
build_state (CsChannel  *channel,
             CsListing  *listing,
             const char *id,
             gboolean    is_live)
{
  JsonObject      *variables = json_object_new ();
  JsonObject      *product = json_object_new ();
  g_autofree char *publication = is_live ? cs_shopify_dup_term (channel, listing, "publication") : NULL;

  json_object_set_string_member (product, "id", id);
  json_object_set_string_member (product, "status", is_live ? "ACTIVE" : "DRAFT");
  json_object_set_object_member (variables, "product", product);
  if (publication == NULL)
    return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                    "mutation ($product: ProductUpdateInput!) { productUpdate(product: $product) {"
                                    " product { ...Fields } userErrors { field message } } } " CS_SHOPIFY_FIELDS,
                                    variables);

  json_object_set_string_member (variables, "id", id);
  json_object_set_string_member (variables, "publication", publication);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "mutation ($product: ProductUpdateInput!, $id: ID!, $publication: ID!) {"
                                  " publishablePublish(id: $id, input: [{ publicationId: $publication }]) { userErrors { field message } }"
                                  " productUpdate(product: $product) { product { ...Fields } userErrors { field message } } } " CS_SHOPIFY_FIELDS,
                                  variables);
}

static guint
get_number (const char *step)
{
  return MIN (g_ascii_strtoull (strchr (step, '.') + 1, NULL, 10), G_MAXINT);
}

static CsRequest *
cs_shopify_channel_build (CsChannel     *channel,
                          CsListing     *listing,
                          CsChannelStep *step,
                          CsJournal     *journal,
                          GBytes        *picture,
                          GError       **error)
{
  const char *id = listing->remote_id != NULL ? listing->remote_id : cs_journal_get_remote_id (journal);

  if (step->picture >= 0)
    return build_picture (channel, listing, journal, step->picture, picture, error);
  if (g_str_equal (step->name, "definition"))
    return build_definition (channel);
  if (g_str_has_prefix (step->name, "staged.") && get_number (step->name) < listing->pictures->len)
    return build_staged (channel, listing, get_number (step->name));

  if (!step->creates && (id == NULL || id[0] == '\0'))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("It is not known which product in %s this is about. Approve the product again."), cs_graphql_get_shop (channel));
      return NULL;
    }

  if (step->creates || g_str_equal (step->name, "update"))
    return cs_shopify_build_set (channel, listing, journal, error);
  if (g_str_equal (step->name, "shown"))
    return build_shown (channel, listing, id);
  if (g_str_equal (step->name, "offer"))
    return cs_shopify_build_prices (channel, listing, journal, error);
  if (g_str_equal (step->name, "stock"))
    return cs_shopify_build_stock (channel, listing, journal, error);

  return build_state (channel, listing, id, g_str_equal (step->name, "publish"));
}

static JsonNode *
cs_shopify_channel_parse (CsChannel     *channel,
                          CsListing     *listing,
                          CsChannelStep *step,
                          CsReply       *reply,
                          JsonNode      *json,
                          GError       **error)
{
  JsonNode *detail = cs_shopify_parse (channel, listing, step, json, error);

  if (detail != NULL && g_str_equal (step->name, "definition"))
    CS_SHOPIFY_CHANNEL (channel)->knows_key = TRUE;

  return detail;
}

static CsError
cs_shopify_channel_classify (CsChannel     *channel,
                             CsChannelStep *step,
                             CsReply       *reply,
                             JsonNode      *json,
                             char         **sentence)
{
  /* A place for a picture is good for some hours */
  if (step != NULL && step->foreign && reply->status >= 400 && reply->status < 500 && reply->status != 429)
    {
      *sentence = g_strdup_printf (_("The place that %s named for a picture does not take it any more. Approve the product again."),
                                   cs_graphql_get_shop (channel));
      return CS_ERROR_REFUSED;
    }

  /* Frozen, or its owner has not paid: https://shopify.dev/docs/api/usage/response-codes */
  if (reply->status == 402 || reply->status == 423)
    {
      *sentence = g_strdup_printf (_("Shopify has locked %s. Sign in to its admin page to see why, then press “Try again”."),
                                   cs_graphql_get_shop (channel));
      return CS_ERROR_SIGN_IN;
    }

  return cs_graphql_classify (channel, step, reply, json, codes, sentence);
}

/* Nobody can have a key before there are keys: then nothing is found */
static gboolean
lacks_definition (CsChannelStep *step,
                  JsonNode      *json)
{
  JsonArray  *errors = cs_json_array (cs_json_node_object (json), "errors");
  JsonObject *error = cs_json_array_object (errors, 0);

  return step == NULL && errors != NULL && json_array_get_length (errors) == 1 &&
         g_strcmp0 (cs_json_array_string (cs_json_array (error, "path"), 0), "byKey") == 0 &&
         strstr (cs_json_string (error, "message", ""), "definition") != NULL;
}

static gboolean
cs_shopify_channel_find_fault (CsChannel     *channel,
                               CsChannelStep *step,
                               JsonNode      *json,
                               CsError       *code,
                               char         **sentence)
{
  if ((step != NULL && step->foreign) || lacks_definition (step, json))
    return FALSE;

  return cs_graphql_find_fault (channel, step, json, codes, code, sentence);
}

/* Drafts and what is archived are found as well */
static CsRequest *
cs_shopify_channel_build_look_up (CsChannel *channel,
                                  CsListing *listing,
                                  guint      n)
{
  JsonObject *variables;
  g_autoptr (GString) search = NULL;

  if (n > 1 || (n == 1 && (listing->sku == NULL || listing->sku[0] == '\0')))
    return NULL;

  variables = json_object_new ();
  if (n == 0)
    {
      json_object_set_string_member (variables, "value", listing->key);
      return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                      "query ($value: String!) { byKey: productByIdentifier(identifier: { customId: {"
                                      " namespace: \"" CS_SHOPIFY_NAMESPACE "\", key: \"" CS_SHOPIFY_KEY "\", value: $value } }) { ...Fields } } " CS_SHOPIFY_FIELDS,
                                      variables);
    }

  search = g_string_new ("sku:\"");
  for (const char *p = listing->sku; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (search, '\\');
      g_string_append_c (search, *p);
    }
  g_string_append_c (search, '"');
  json_object_set_string_member (variables, "search", search->str);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "query ($search: String!) { bySku: productVariants(first: 2, query: $search) {"
                                  " nodes { product { ...Fields } } } } " CS_SHOPIFY_FIELDS,
                                  variables);
}

static CsRequest *
cs_shopify_channel_build_read (CsChannel  *channel,
                               const char *remote_id)
{
  JsonObject *variables = json_object_new ();

  json_object_set_string_member (variables, "id", remote_id);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH, "query ($id: ID!) { product(id: $id) { ...Fields } } " CS_SHOPIFY_FIELDS, variables);
}

/* Less of each, so that a page costs less than a query may */
static CsRequest *
cs_shopify_channel_build_pull (CsChannel  *channel,
                               const char *cursor)
{
  JsonObject *variables = json_object_new ();

  json_object_set_int_member (variables, "first", PULL_LENGTH);
  if (cursor != NULL)
    json_object_set_string_member (variables, "after", cursor);

  return cs_graphql_make_request (channel, CS_SHOPIFY_PATH,
                                  "query ($first: Int!, $after: String) { products(first: $first, after: $after, sortKey: ID) {"
                                  " pageInfo { hasNextPage endCursor } nodes { id title handle descriptionHtml status tags vendor productType"
                                  " onlineStoreUrl category { id fullName }"
                                  " key: metafield(namespace: \"" CS_SHOPIFY_NAMESPACE "\", key: \"" CS_SHOPIFY_KEY "\") { value }"
                                  " options { id name optionValues { id name } }"
                                  " media(first: 10) { nodes { __typename id alt status ... on MediaImage { image { url } } } pageInfo { hasNextPage } }"
                                  " variants(first: 10) { nodes { id sku price inventoryQuantity selectedOptions { name value }"
                                  " inventoryItem { id tracked } } pageInfo { hasNextPage } } } } }",
                                  variables);
}

/* https://shopify.dev/docs/api/admin-graphql/latest/mutations/productSet and
 * https://help.shopify.com/manual/products/details
 */
static void
cs_shopify_channel_check (CsChannel *channel,
                          CsListing *listing,
                          GPtrArray *findings)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) variants = cs_listing_variants_read (listing, &reason);
  g_autofree char  *location = cs_shopify_dup_term (channel, listing, "location");
  CsListingVariant *first = variants != NULL && variants->len > 0 ? variants->pdata[0] : NULL;
  const char       *currency = cs_channel_get_account (channel)->currency;

  if (listing->title == NULL || listing->title[0] == '\0')
    g_ptr_array_add (findings, g_strdup (_("The title is missing.")));
  else if (g_utf8_strlen (listing->title, -1) > 255)
    g_ptr_array_add (findings, g_strdup (_("The title is longer than 255 characters.")));
  if (listing->price.currency[0] == '\0')
    g_ptr_array_add (findings, g_strdup (_("The price is missing.")));
  else if (currency != NULL && currency[0] != '\0' && !g_str_equal (listing->price.currency, currency))
    g_ptr_array_add (findings, g_strdup_printf (_("The price is in %s; this shop sells in %s."), listing->price.currency, currency));
  if (variants == NULL)
    g_ptr_array_add (findings, g_strdup (reason->message));
  if (variants != NULL && variants->len > CS_SHOPIFY_MOST_VARIANTS)
    g_ptr_array_add (findings, g_strdup_printf (_("There are %u variants; %u at most can be sent."), variants->len, CS_SHOPIFY_MOST_VARIANTS));
  if (first != NULL && g_strv_length (first->names) > 3)
    g_ptr_array_add (findings, g_strdup (_("Variants differ in more than three options.")));
  if (listing->pictures->len > CS_SHOPIFY_MOST_MEDIA)
    g_ptr_array_add (findings, g_strdup_printf (_("There are %u pictures; %u at most can be sent."), listing->pictures->len, CS_SHOPIFY_MOST_MEDIA));
  if (cs_shopify_has_stock (listing) && location == NULL)
    g_ptr_array_add (findings, g_strdup (_("It is not said where stock is kept: choose a place in the shop's settings here.")));
}

static void
cs_shopify_channel_class_init (CsShopifyChannelClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "shopify",
    .version = "shopify/1",
    .settle_seconds = 15,
    .finds_by_key = TRUE,
    .bears_key = TRUE,
    .has_drafts = TRUE,
    /* Compared by cs_shopify_compare(): texts as a person reads them, price and
     * SKU by variant, pictures beside those that are the seller's own
     */
    .rewrites = 1 << CS_FIELD_DESCRIPTION | 1 << CS_FIELD_SKU | 1 << CS_FIELD_PRICE | 1 << CS_FIELD_PICTURE | 1 << CS_FIELD_STOCK,
    /* 100 points a second on the smallest plan */
    .per_second = 4,
    .burst = 8,
  };
  channel_class->open = cs_shopify_channel_open;
  channel_class->next_step = cs_shopify_channel_next_step;
  channel_class->build = cs_shopify_channel_build;
  channel_class->parse = cs_shopify_channel_parse;
  channel_class->classify = cs_shopify_channel_classify;
  channel_class->find_fault = cs_shopify_channel_find_fault;
  channel_class->learn = cs_shopify_channel_learn;
  channel_class->build_look_up = cs_shopify_channel_build_look_up;
  channel_class->build_read = cs_shopify_channel_build_read;
  channel_class->build_pull = cs_shopify_channel_build_pull;
  channel_class->parse_listings = cs_shopify_parse_listings;
  channel_class->build_more = cs_shopify_build_more;
  channel_class->parse_more = cs_shopify_parse_more;
  channel_class->compare = cs_shopify_compare;
  channel_class->check = cs_shopify_channel_check;
  channel_class->build_inquiry = cs_shopify_build_inquiry;
  channel_class->parse_inquiry = cs_shopify_parse_inquiry;
  channel_class->build_refresh = cs_shopify_channel_build_refresh;
  channel_class->parse_tokens = cs_shopify_channel_parse_tokens;
  channel_class->sign = cs_shopify_channel_sign;
}

static void
cs_shopify_channel_init (CsShopifyChannel *self)
{
}
