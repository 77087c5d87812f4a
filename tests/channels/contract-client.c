/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-amazon.h"
#include "cs-channel-private.h"
#include "cs-ebay.h"
#include "cs-etsy.h"
#include "cs-http.h"
#include "cs-json.h"
#include "cs-test.h"

/* Sends every request that the adapters build to servers that hold it against
 * the marketplaces' own documents (contracts.py), and reads what they answer.
 */

typedef struct
{
  guint   status;
  CsError expected;
} Forced;

typedef struct
{
  const CsChannelKind   *kind;
  const char            *address;
  const char            *profile;
  const char            *secrets;
  const char            *terms;
  const char            *category;
  const char            *attributes;
  const CsRecordedReply *replies;
  const char            *varied_id;   /* of one that comes in several, where it is another sort of id */
  gboolean               one_variant; /* takes nothing that comes in several */
  gboolean               always_live; /* has no drafts */
  const char            *forced_step; /* that the errors are asked of */
  CsOperation            forced_operation;
  Forced                 forced[8];
} Contract;

static const CsRecordedReply etsy_replies[] = {
  { "picture.", "{\"listing_image_id\":801}" },
  { "", "{\"listing_id\":4711}" },
  { NULL },
};

static const CsRecordedReply ebay_replies[] = {
  { "picture.", "{\"imageUrl\":\"https://i.ebayimg.com/0.jpg\"}" },
  { "place", "{\"responses\":[{\"statusCode\":400,\"sku\":\"B-1-R\",\"errors\":[{\"errorId\":25002,\"parameters\":[{\"name\":\"offerId\",\"value\":\"900\"}]}]},"
             "{\"statusCode\":200,\"sku\":\"B-1-B\",\"offerId\":\"901\"}]}" },
  { "seen", "{\"responses\":[]}" },
  { "find", "{\"offers\":[{\"offerId\":\"801\",\"marketplaceId\":\"EBAY_DE\"}]}" },
  { "", "{}" },
  { NULL },
};

static const CsRecordedReply amazon_replies[] = {
  { "", "{\"sku\":\"B-1\",\"status\":\"ACCEPTED\",\"submissionId\":\"1\"}" },
  { NULL },
};

static const Contract contracts[] = {
  {
    .kind = &cs_etsy_kind,
    .address = "https://openapi.etsy.com",
    .profile = "{\"shop_id\":\"77\"}",
    .secrets = "{\"keystring\":\"ks\",\"shared_secret\":\"sh\",\"access_token\":\"12.at\",\"refresh_token\":\"12.rt\"}",
    .terms = "{\"is_supply\":\"false\",\"readiness_state_id\":\"9\",\"return_policy_id\":\"5\",\"should_auto_renew\":\"true\","
             "\"shipping_profile_id\":\"4\",\"when_made\":\"made_to_order\",\"who_made\":\"i_did\"}",
    .category = "1234",
    .attributes = "{\"property.200\":[\"1:Red\",\"2:Blue\"]}",
    .replies = etsy_replies,
    .forced_step = "create",
    .forced = { { 400, CS_ERROR_REFUSED }, { 401, CS_ERROR_SIGN_IN }, { 403, CS_ERROR_SIGN_IN }, { 404, CS_ERROR_REFUSED }, { 500, CS_ERROR_UNKNOWN } },
  },
  {
    .kind = &cs_ebay_kind,
    .address = "https://api.ebay.com",
    .profile = "{\"marketplace\":\"EBAY_DE\"}",
    .secrets = "{\"client_id\":\"ci\",\"client_secret\":\"cs\",\"runame\":\"ru\",\"access_token\":\"at\"}",
    .terms = "{\"condition\":\"NEW\",\"fulfillment_policy_id\":\"61\",\"location_key\":\"home\",\"marketplace\":\"EBAY_DE\","
             "\"payment_policy_id\":\"62\",\"return_policy_id\":\"63\"}",
    .category = "20625",
    .attributes = "{\"aspect.Farbe\":[\"Rot\"],\"aspect.Material\":\"Bambus\"}",
    .replies = ebay_replies,
    .varied_id = "group:CS-0123456789ABCDEF",
    .forced_step = "create",
    .forced = { { 400, CS_ERROR_REFUSED }, { 500, CS_ERROR_UNKNOWN } },
  },
  {
    .kind = &cs_amazon_kind,
    .address = "https://sellingpartnerapi-eu.amazon.com",
    .profile = "{\"marketplace\":\"A1PA6795UKMFR9\",\"seller_id\":\"A1SELLER\"}",
    .secrets = "{\"client_id\":\"ci\",\"client_secret\":\"cs\",\"access_token\":\"Atza|x\",\"refresh_token\":\"Atzr|x\"}",
    .terms = "{\"condition\":\"new_new\",\"marketplace\":\"A1PA6795UKMFR9\",\"seller_id\":\"A1SELLER\"}",
    .category = "BASKET",
    .attributes = "{\"number.item_weight\":\"2\",\"picture.0\":\"https://shop.example/0.jpg\",\"text.color\":\"Natur\"}",
    .replies = amazon_replies,
    .forced_step = "create",
    .one_variant = TRUE,
    .always_live = TRUE,
    .forced = { { 400, CS_ERROR_REFUSED }, { 403, CS_ERROR_SIGN_IN }, { 413, CS_ERROR_REFUSED }, { 429, CS_ERROR_LATER },
                { 500, CS_ERROR_UNKNOWN }, { 503, CS_ERROR_UNKNOWN } },
  },
};

/* Where Prism stands in for what an address begins with */
static char *
dup_place (const char *address)
{
  g_auto (GStrv) lines = g_strsplit (g_getenv ("CS_PRISM"), "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", 2);
      g_autoptr (GUri) uri = g_uri_parse (parts[0], G_URI_FLAGS_ENCODED, NULL);

      /* The document's servers have the path already */
      if (g_str_has_prefix (address, parts[0]))
        return g_strconcat (parts[1], address + strlen (parts[0]) - strlen (g_uri_get_path (uri)), NULL);
    }

  return NULL;
}

static CsReply *
send (CsChannel  *channel,
      CsRequest  *built,
      const char *prefer)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRequest) request = cs_request_copy (built);
  g_autofree char *place = dup_place (built->address);
  g_autoptr (GError) error = NULL;
  CsReply *reply;

  if (place == NULL)
    return NULL;

  g_set_str (&request->address, place);
  CS_CHANNEL_GET_CLASS (channel)->sign (channel, request, 1000);
  if (prefer != NULL)
    cs_request_set_header (request, "Prefer", prefer);
  reply = dex_await_boxed (cs_http_send (http, request, NULL), &error);
  g_assert_no_error (error);

  return reply;
}

/* Returns: (nullable): what was answered, which says that the request is as the document wants it */
static JsonNode *
assert_taken (CsChannel *channel,
              CsRequest *request)
{
  g_autofree char *text = cs_adapter_test_describe (request, TRUE);
  g_autoptr (CsReply) reply = send (channel, request, NULL);

  if (reply == NULL)
    {
      g_test_message ("no document for %s", text);
      return NULL;
    }

  g_test_message ("%s", text);
  if (!cs_reply_is_success (reply))
    g_error ("%s: %u %s %.*s", text, reply->status, cs_reply_get_header (reply, "sl-violations"),
             (int) MIN (g_bytes_get_size (reply->body), 2000), (const char *) g_bytes_get_data (reply->body, NULL));

  return cs_reply_dup_json (reply, NULL);
}

static CsListing *
make_listing (const Contract *contract,
              CsOperation     operation,
              gboolean        live,
              gboolean        varies)
{
  CsListing *listing = cs_adapter_test_make_listing (contract->kind->kind, operation, live || contract->always_live);

  listing->category_id = g_strdup (contract->category);
  listing->attributes = g_strdup (contract->attributes);
  listing->terms = g_strdup (contract->terms);
  listing->seen = operation == CS_OPERATION_OFFER ? g_strdup ("{\"price\":\"49.90 EUR\",\"stock\":3}") : NULL;
  if (varies && !contract->one_variant)
    cs_adapter_test_add_variants (listing);
  if (varies && contract->varied_id != NULL && listing->remote_id != NULL)
    g_set_str (&listing->remote_id, contract->varied_id);
  cs_listing_freeze (listing);

  return listing;
}

static void
step_cb (CsChannel     *channel,
         CsListing     *listing,
         CsChannelStep *step,
         CsRequest     *request,
         gpointer       user_data)
{
  g_autoptr (JsonNode) json = assert_taken (channel, request);
  g_autoptr (CsReply) reply = cs_adapter_test_reply (200, NULL, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) detail = NULL;

  if (json == NULL && !step->bare)
    return;

  detail = CS_CHANNEL_GET_CLASS (channel)->parse (channel, listing, step, reply, json, &error);
  g_assert_true ((detail == NULL) == (error != NULL));
}

static CsChannel *
make_channel (const Contract *contract)
{
  return cs_adapter_test_make_channel (contract->kind, contract->address, contract->profile, contract->secrets);
}

static void
test_writes (const Contract *contract)
{
  static const struct
  {
    CsOperation operation;
    gboolean    live;
    gboolean    varies;
  } ways[] = {
    { CS_OPERATION_CREATE, TRUE, FALSE }, { CS_OPERATION_CREATE, FALSE, TRUE }, { CS_OPERATION_UPDATE, TRUE, TRUE },
    { CS_OPERATION_UPDATE, FALSE, FALSE }, { CS_OPERATION_OFFER, TRUE, FALSE }, { CS_OPERATION_OFFER, TRUE, TRUE },
    { CS_OPERATION_WITHDRAW, FALSE, FALSE }, { CS_OPERATION_WITHDRAW, FALSE, TRUE },
  };
  g_autoptr (CsChannel) channel = make_channel (contract);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (CsListing) listing = make_listing (contract, ways[i].operation, ways[i].live, ways[i].varies);
      g_autofree char *plan = cs_adapter_test_play_with (channel, listing, contract->replies, FALSE, step_cb, NULL);

      g_assert_cmpstr (plan, !=, "");
    }
}

/* However many parts it has */
static void
read_more (CsChannel       *channel,
           CsRemoteListing *remote)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);

  for (guint i = 0; klass->build_more != NULL && i < 8; i++)
    {
      g_autoptr (CsRequest) more = klass->build_more (channel, remote);
      g_autoptr (JsonNode) rest = more != NULL ? assert_taken (channel, more) : NULL;

      if (rest == NULL || !klass->parse_more (channel, remote, rest, NULL))
        return;
    }
}

static void
read_request (CsChannel *channel,
              CsRequest *request)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (JsonNode) json = assert_taken (channel, request);
  g_autoptr (CsRemotePage) page = NULL;

  cs_channel_get_private (channel)->asked = request->address;
  page = json != NULL ? klass->parse_listings (channel, json, NULL) : NULL;
  cs_channel_get_private (channel)->asked = NULL;

  for (guint i = 0; page != NULL && i < page->listings->len; i++)
    read_more (channel, page->listings->pdata[i]);
}

static void
test_reads (const Contract *contract)
{
  g_autoptr (CsChannel) channel = make_channel (contract);
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsListing) listing = make_listing (contract, CS_OPERATION_CREATE, TRUE, FALSE);
  g_autoptr (CsRequest) read = klass->build_read (channel, "4711");
  g_autoptr (CsRequest) trial = NULL;

  read_request (channel, read);
  if (contract->varied_id != NULL)
    {
      g_autoptr (CsRequest) varied = klass->build_read (channel, contract->varied_id);

      read_request (channel, varied);
    }
  {
    g_autoptr (CsRequest) pull = klass->build_pull (channel, NULL);

    read_request (channel, pull);
  }
  for (guint i = 0; klass->build_look_up != NULL; i++)
    {
      g_autoptr (CsRequest) look_up = klass->build_look_up (channel, listing, i);

      if (look_up == NULL)
        break;
      read_request (channel, look_up);
    }

  trial = klass->build_trial != NULL ? klass->build_trial (channel, listing) : NULL;
  if (trial != NULL)
    {
      g_autoptr (JsonNode) json = assert_taken (channel, trial);
      g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

      if (json != NULL)
        klass->parse_trial (channel, listing, json, findings, NULL);
    }
}

static void
test_inquiries (const Contract *contract)
{
  g_autoptr (CsChannel) channel = make_channel (contract);
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);

  for (guint kind = CS_INQUIRY_SHOP; kind <= CS_INQUIRY_ATTRIBUTES; kind++)
    {
      for (guint searched = 0; searched < 2; searched++)
        {
          g_autoptr (CsInquiry) inquiry = cs_inquiry_make (kind, searched ? NULL : contract->category, searched ? "basket" : NULL);

          for (; inquiry->n_answers < 10; inquiry->n_answers++)
            {
              g_autoptr (CsRequest) request = klass->build_inquiry (channel, inquiry);
              g_autoptr (JsonNode) json = request != NULL ? assert_taken (channel, request) : NULL;

              if (json == NULL || !klass->parse_inquiry (channel, inquiry, json, NULL))
                break;
            }
        }
    }
}

static void
forced_cb (CsChannel     *channel,
           CsListing     *listing,
           CsChannelStep *step,
           CsRequest     *request,
           gpointer       user_data)
{
  const Contract *contract = user_data;

  if (!g_str_equal (step->name, contract->forced_step))
    return;

  for (guint i = 0; contract->forced[i].status != 0; i++)
    {
      g_autofree char *prefer = g_strdup_printf ("code=%u", contract->forced[i].status);
      g_autoptr (CsReply) reply = send (channel, request, prefer);
      g_autoptr (JsonNode) json = NULL;
      g_autofree char *sentence = NULL;

      if (reply == NULL)
        return;

      g_assert_cmpuint (reply->status, ==, contract->forced[i].status);
      json = cs_reply_dup_json (reply, NULL);
      g_assert_cmpint (CS_CHANNEL_GET_CLASS (channel)->classify (channel, step, reply, json, &sentence), ==, contract->forced[i].expected);
      g_test_message ("%u: %s", reply->status, sentence != NULL ? sentence : "");
    }
}

/* Error answers as the document has them */
static void
test_errors (const Contract *contract)
{
  g_autoptr (CsChannel) channel = make_channel (contract);
  g_autoptr (CsListing) listing = make_listing (contract, contract->forced_operation, TRUE, FALSE);
  g_autofree char *plan = cs_adapter_test_play_with (channel, listing, contract->replies, FALSE, forced_cb, (gpointer) contract);

  g_assert_nonnull (strstr (plan, contract->forced_step));
}

/* What is checked can be found wrong */
static void
test_can_fail (const Contract *contract)
{
  g_autoptr (CsChannel) channel = make_channel (contract);
  g_autofree char *address = g_strconcat (contract->address, "/v3/application/shops/77/listings", NULL);
  g_autoptr (CsRequest) request = cs_request_make ("POST", address);
  g_autoptr (GBytes) body = g_bytes_new_static ("title=x", 7);
  g_autoptr (CsReply) reply = NULL;

  cs_request_set_body (request, "application/x-www-form-urlencoded", body);
  reply = send (channel, request, NULL);
  g_assert_false (cs_reply_is_success (reply));
  g_assert_nonnull (strstr (cs_reply_get_header (reply, "sl-violations"), "taxonomy_id"));
}

typedef struct
{
  void (*run) (const Contract *contract);
  const Contract *contract;
} Case;

static DexFuture *
case_fiber (gpointer data)
{
  Case *one = data;

  one->run (one->contract);

  return dex_future_new_true ();
}

static void
run_case (gconstpointer data)
{
  g_autoptr (DexFuture) future = dex_scheduler_spawn (NULL, 0, case_fiber, (gpointer) data, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

static void
add_case (const Contract *contract,
          const char     *name,
          void (*run) (const Contract *contract))
{
  g_autofree char *path = g_strdup_printf ("/channels/contracts/%s/%s", contract->kind->kind, name);
  Case *one = g_new (Case, 1);

  one->run = run;
  one->contract = contract;
  g_test_add_data_func_full (path, one, run_case, g_free);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  if (g_getenv ("CS_PRISM") == NULL)
    {
      g_print ("1..0 # SKIP contracts.py starts this\n");
      return 0;
    }

  add_case (&contracts[0], "can-fail", test_can_fail);
  for (guint i = 0; i < G_N_ELEMENTS (contracts); i++)
    {
      add_case (&contracts[i], "writes", test_writes);
      add_case (&contracts[i], "reads", test_reads);
      add_case (&contracts[i], "inquiries", test_inquiries);
      add_case (&contracts[i], "errors", test_errors);
    }

  return g_test_run ();
}
