/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-channel-private.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-practice-channel.h"
#include "cs-test.h"

#define HASH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static CsListing *
make_listing (CsOperation operation,
              gboolean    live)
{
  CsListing *listing = cs_listing_new ();

  listing->operation = operation;
  listing->channel = g_strdup ("practice");
  listing->key = g_strdup ("CS-7");
  listing->remote_id = operation != CS_OPERATION_CREATE ? g_strdup ("12") : NULL;
  listing->live = live;
  listing->title = g_strdup ("竹编果篮 <b>");
  listing->description = g_strdup ("Woven\nby hand");
  listing->bullets = g_strsplit ("round|light", "|", -1);
  listing->sku = g_strdup ("B-1");
  listing->price.minor = 4990;
  g_strlcpy (listing->price.currency, "CNY", sizeof listing->price.currency);
  listing->stock = 3;
  cs_listing_add_picture (listing, HASH, "image/jpeg", "CS-7-1.jpg", "A basket");
  cs_listing_add_picture (listing, HASH, "image/jpeg", "CS-7-2.jpg", "Its rim");
  cs_listing_freeze (listing);

  return listing;
}

static CsChannel *
make_channel (void)
{
  g_autoptr (CsAccount) account = cs_account_new ();
  CsChannel *channel;

  account->id = 1;
  account->channel = g_strdup ("practice");
  account->address = g_strdup ("");
  channel = cs_practice_channel_new_for_address (account, "http://127.0.0.1:9/", "t");
  g_assert_true (dex_await (cs_channel_open (channel), NULL));

  return channel;
}

static JsonNode *
parse_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = cs_json_parse (text, -1, &error);

  g_assert_no_error (error);

  return node;
}

/* Plays the steps through, with what the shop would yield */
static void
assert_plan (CsOperation operation,
             gboolean    live,
             const char *expected)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (operation, live);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (GString) plan = g_string_new (NULL);
  g_autoptr (GBytes) picture = g_bytes_new_static ("xyz", 3);

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (CsChannelStep) step = cs_channel_next_step (channel, listing, journal);
      g_autoptr (JsonNode) detail = NULL;
      g_autoptr (CsRequest) request = NULL;
      g_autoptr (GError) error = NULL;

      if (step == NULL)
        break;

      request = cs_channel_build (channel, listing, step, journal, step->picture >= 0 ? picture : NULL, &error);
      g_assert_no_error (error);
      g_string_append_printf (plan, "%s: %s %s\n", step->name, request->method,
                              request->address + strlen ("http://127.0.0.1:9"));
      detail = parse_json (step->picture >= 0 ? "{\"picture\":\"p\"}" : "{\"remote_id\":\"12\",\"version\":\"3\"}");
      cs_journal_add (journal, step->name, "done", detail);
    }

  g_assert_cmpstr (plan->str, ==, expected);
}

static void
test_plans (void)
{
  assert_plan (CS_OPERATION_CREATE, TRUE,
               "picture.0: POST /api/pictures\n"
               "picture.1: POST /api/pictures\n"
               "create: POST /api/products\n"
               "publish: POST /api/products/12/publish\n");
  assert_plan (CS_OPERATION_CREATE, FALSE,
               "picture.0: POST /api/pictures\n"
               "picture.1: POST /api/pictures\n"
               "create: POST /api/products\n");
  assert_plan (CS_OPERATION_UPDATE, TRUE,
               "picture.0: POST /api/pictures\n"
               "picture.1: POST /api/pictures\n"
               "update: PUT /api/products/12\n"
               "publish: POST /api/products/12/publish\n");
  assert_plan (CS_OPERATION_OFFER, TRUE, "offer: POST /api/products/12/offer\n");
  assert_plan (CS_OPERATION_UPDATE, FALSE,
               "picture.0: POST /api/pictures\n"
               "picture.1: POST /api/pictures\n"
               "update: PUT /api/products/12\n"
               "unpublish: POST /api/products/12/withdraw\n");
  assert_plan (CS_OPERATION_WITHDRAW, FALSE,
               "withdraw: POST /api/products/12/withdraw\n");
}

static void
test_body (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("create");
  g_autoptr (JsonNode) first = parse_json ("{\"picture\":\"p0\"}");
  g_autoptr (JsonNode) second = parse_json ("{\"picture\":\"p1\"}");
  g_autoptr (CsRequest) request = NULL;
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *expected = NULL;

  cs_journal_add (journal, "picture.0", "done", first);
  cs_journal_add (journal, "picture.1", "done", second);
  request = cs_channel_build (channel, listing, step, journal, NULL, NULL);
  text = g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
  g_assert_cmpstr (text, ==,
                   "{\"bullets\":[\"round\",\"light\"],\"description\":\"Woven\\u000aby hand\",\"key\":\"CS-7\","
                   "\"keywords\":[],\"pictures\":[{\"alt\":\"A basket\",\"id\":\"p0\"},{\"alt\":\"Its rim\",\"id\":\"p1\"}],"
                   "\"price\":{\"amount\":\"49.90\",\"currency\":\"CNY\"},\"sku\":\"B-1\",\"stock\":3,"
                   "\"title\":\"竹编果篮 <b>\"}");
  hash = cs_request_dup_hash (request);
  expected = cs_hash_data (text, strlen (text));
  g_assert_cmpstr (hash, ==, expected);
}

static void
test_parse (void)
{
  const struct
  {
    const char *step;
    const char *reply;
    const char *detail; /* NULL: no telling */
  } cases[] = {
    { "picture.0", "{\"id\":\"p\"}", "{\"picture\":\"p\"}" },
    { "picture.0", "{}", NULL },
    { "create", "{\"id\":\"4\",\"version\":1,\"url\":\"/p/4\"}",
      "{\"remote_id\":\"4\",\"url\":\"http://127.0.0.1:9/p/4\",\"version\":\"1\"}" },
    { "create", "{\"id\":\"4\"}", NULL },
    { "create", "{\"id\":4,\"version\":1}", NULL },
    { "create", "[]", NULL },
    { "create", "\"4\"", NULL },
    { "publish", "{\"id\":\"4\",\"version\":\"1\"}", NULL },
  };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChannelStep) step = cs_channel_step_make (cases[i].step);
      g_autoptr (JsonNode) reply = parse_json (cases[i].reply);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) detail = CS_CHANNEL_GET_CLASS (channel)->parse (channel, listing, step, NULL, reply, &error);
      g_autofree char *text = detail != NULL ? cs_json_canonical (detail) : NULL;

      g_assert_cmpstr (text, ==, cases[i].detail);
      if (cases[i].detail == NULL)
        g_assert_error (error, CS_ERROR, CS_ERROR_UNKNOWN);
    }
}

/* Who must act, by status: what was being done matters */
static void
test_classify (void)
{
  const struct
  {
    guint       status;
    const char *step; /* NULL: only read */
    CsError     code;
  } cases[] = {
    { 400, "create", CS_ERROR_REFUSED },
    { 401, "create", CS_ERROR_SIGN_IN },
    { 403, NULL, CS_ERROR_SIGN_IN },
    { 404, NULL, CS_ERROR_NOT_FOUND },
    { 404, "update", CS_ERROR_CONFLICT },
    { 404, "create", CS_ERROR_REFUSED },
    { 408, "create", CS_ERROR_UNKNOWN },
    { 409, "create", CS_ERROR_UNKNOWN },
    { 409, "update", CS_ERROR_CONFLICT },
    { 422, "create", CS_ERROR_REFUSED },
    { 429, "create", CS_ERROR_LATER },
    { 500, "create", CS_ERROR_UNKNOWN },
    { 500, NULL, CS_ERROR_LATER },
    { 502, "publish", CS_ERROR_UNKNOWN },
    { 503, "create", CS_ERROR_UNKNOWN },
    { 301, "create", CS_ERROR_REFUSED },
    { 307, "create", CS_ERROR_UNKNOWN },
    { 302, NULL, CS_ERROR_LATER },
  };
  g_autoptr (CsChannel) channel = make_channel ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsReply) reply = cs_reply_new ();
      g_autoptr (CsChannelStep) step = cases[i].step != NULL ? cs_channel_step_make (cases[i].step) : NULL;
      g_autofree char *sentence = NULL;

      reply->status = cases[i].status;
      g_assert_cmpint (CS_CHANNEL_GET_CLASS (channel)->classify (channel, step, reply, NULL, &sentence), ==, cases[i].code);
    }
}

#define SHOWN(title, state, alt)                                                               \
  "{\"id\":\"12\",\"key\":\"CS-7\",\"version\":3,\"state\":\"" state "\",\"title\":\"" title "\"," \
  "\"description\":\"Woven\\nby hand\",\"sku\":\"B-1\",\"stock\":3,\"bullets\":[\"round\",\"light\"]," \
  "\"price\":{\"amount\":\"49.90\",\"currency\":\"CNY\"},"                                       \
  "\"pictures\":[{\"id\":\"" HASH "\",\"alt\":\"" alt "\"},{\"id\":\"" HASH "\",\"alt\":\"Its rim\"}]}"

static void
test_compare (void)
{
  const struct
  {
    const char *reply;
    guint       n_differences;
  } cases[] = {
    { SHOWN ("竹编果篮 <b>", "live", "A basket"), 0 },
    { SHOWN ("竹编果篮  <b> ", "live", "A basket"), 0 }, /* white space */
    { SHOWN ("竹编果篮", "live", "A basket"), 1 },
    { SHOWN ("竹编果篮 <b>", "draft", "A basket"), 1 },
    { SHOWN ("竹编果篮 <b>", "live", "A mug"), 1 },
    { SHOWN ("x", "withdrawn", "y"), 3 },
  };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) reply = parse_json (cases[i].reply);
      g_autoptr (CsRemotePage) page = CS_CHANNEL_GET_CLASS (channel)->parse_listings (channel, reply, NULL);
      g_autoptr (GPtrArray) differences = NULL;

      g_assert_cmpuint (page->listings->len, ==, 1);
      differences = cs_channel_compare (channel, listing, page->listings->pdata[0], TRUE);
      g_assert_cmpuint (differences->len, ==, cases[i].n_differences);
    }
}

static void
test_pages (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (JsonNode) good = parse_json ("{\"products\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"next\":\"1\"}");
  g_autoptr (JsonNode) none = parse_json ("{\"products\":[]}");
  const char *const bad[] = { "{\"products\":[{\"id\":\"1\"},7]}", "{}", "[]", "{\"products\":{}}" };
  CsChannelClass   *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, good, NULL);
  g_autoptr (CsRemotePage) empty = klass->parse_listings (channel, none, NULL);

  g_assert_cmpuint (page->listings->len, ==, 2);
  g_assert_cmpstr (page->next, ==, "1");
  g_assert_cmpuint (empty->listings->len, ==, 0);
  g_assert_null (empty->next);

  /* "Nothing found" is only what says so: anything else is no answer */
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) node = parse_json (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (klass->parse_listings (channel, node, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_LATER);
    }
}

/* Where the sign-in fails and the clocks differ, it is the clock that is named */
static void
test_clock (void)
{
  const struct
  {
    int         lead; /* of this computer, seconds */
    const char *words;
  } cases[] = {
    { 0, "Sign in to the shop again" },
    { 100, "Sign in to the shop again" },
    { 3 * 3600, "180 minutes ahead" },
    { -600, "10 minutes behind" },
  };
  g_autoptr (CsChannel) channel = make_channel ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsReply) reply = cs_reply_new ();
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      /* Half a minute of leeway for a slow test */
      g_autoptr (GDateTime) date = g_date_time_add_seconds (now, cases[i].lead < 0 ? -cases[i].lead + 30 : -cases[i].lead);
      g_autofree char *text = soup_date_time_to_string (date, SOUP_DATE_HTTP);
      g_autoptr (GError) error = NULL;

      reply->status = 401;
      reply->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
      soup_message_headers_append (reply->headers, "Date", text);
      error = cs_channel_explain (channel, NULL, reply, NULL);
      g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/channels/practice-channel/plans", test_plans);
  cs_test_add_fiber ("/channels/practice-channel/body", test_body);
  cs_test_add_fiber ("/channels/practice-channel/parse", test_parse);
  cs_test_add_fiber ("/channels/practice-channel/classify", test_classify);
  cs_test_add_fiber ("/channels/practice-channel/clock", test_clock);
  cs_test_add_fiber ("/channels/practice-channel/compare", test_compare);
  cs_test_add_fiber ("/channels/practice-channel/pages", test_pages);

  return g_test_run ();
}
