/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-json.h"
#include "cs-remotes.h"
#include "cs-sync-fixture.h"
#include "cs-test.h"

/* A marketplace where a change takes two requests that do not say what they made
 * of the listing, as an item and its offer do. It lives in the channel itself.
 */

#define CS_TYPE_TWO_PARTS (cs_two_parts_get_type ())

G_DECLARE_FINAL_TYPE (CsTwoParts, cs_two_parts, CS, TWO_PARTS, CsChannel)

struct _CsTwoParts
{
  CsChannel parent_instance;

  char    *title;
  char    *price;
  gboolean is_there;
  guint    n_busy;    /* so many requests for the second part are turned away */
  guint    n_lost;    /* so many answers to the first part are lost */
  guint    n_changes;
};

G_DEFINE_FINAL_TYPE (CsTwoParts, cs_two_parts, CS_TYPE_CHANNEL)

static CsChannelStep *
two_parts_next_step (CsChannel *channel,
                     CsListing *listing,
                     CsJournal *journal)
{
  if (listing->operation == CS_OPERATION_CREATE)
    return cs_journal_is_done (journal, "create") ? NULL : cs_channel_step_make ("create");

  if (!cs_journal_is_done (journal, "item"))
    return cs_channel_step_make ("item");

  return cs_journal_is_done (journal, "update") ? NULL : cs_channel_step_make ("update");
}

static CsRequest *
two_parts_build (CsChannel     *channel,
                 CsListing     *listing,
                 CsChannelStep *step,
                 CsJournal     *journal,
                 GBytes        *picture,
                 GError       **error)
{
  CsRequest       *request = cs_request_make ("PUT", "https://shop.example/");
  g_autofree char *price = cs_money_to_decimal (&listing->price);
  JsonObject      *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  json_object_set_string_member (object, "title", listing->title);
  json_object_set_string_member (object, "price", price);
  cs_request_set_json (request, node);

  return request;
}

static JsonNode *
two_parts_parse (CsChannel     *channel,
                 CsListing     *listing,
                 CsChannelStep *step,
                 CsReply       *reply,
                 JsonNode      *json,
                 GError       **error)
{
  return cs_json_parse ("{\"remote_id\":\"1\"}", -1, NULL);
}

static CsRequest *
two_parts_build_read (CsChannel  *channel,
                      const char *remote_id)
{
  return cs_request_make ("GET", "https://shop.example/");
}

static CsRequest *
two_parts_build_look_up (CsChannel *channel,
                         CsListing *listing,
                         guint      n)
{
  return n == 0 ? cs_request_make ("GET", "https://shop.example/") : NULL;
}

static CsRemotePage *
two_parts_parse_listings (CsChannel *channel,
                          JsonNode  *reply,
                          GError   **error)
{
  CsTwoParts      *self = CS_TWO_PARTS (channel);
  CsRemotePage    *page = cs_remote_page_new ();
  CsRemoteListing *remote = cs_remote_listing_make ("1");

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  remote->title = g_strdup (self->title);
  remote->version = g_strdup_printf ("%s/%s", self->title, self->price);
  remote->live = TRUE;
  remote->body = g_strdup ("{}");
  if (self->is_there)
    g_ptr_array_add (page->listings, cs_remote_listing_ref (remote));
  cs_remote_listing_unref (remote);

  return page;
}

static DexFuture *
two_parts_perform (CsChannel     *channel,
                   CsChannelStep *step,
                   CsRequest     *request)
{
  CsTwoParts *self = CS_TWO_PARTS (channel);
  CsReply    *reply = cs_reply_new ();

  reply->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  reply->body = g_bytes_new_static ("{}", 2);
  reply->status = 200;
  if (step != NULL && g_str_equal (step->name, "update") && self->n_busy > 0)
    {
      self->n_busy--;
      reply->status = 429;
    }
  else if (step != NULL)
    {
      g_autoptr (JsonNode) node = cs_json_parse (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body), NULL);
      JsonObject *sent = cs_json_node_object (node);

      self->is_there = TRUE;
      self->n_changes++;
      if (!g_str_equal (step->name, "update"))
        g_set_str (&self->title, cs_json_string (sent, "title", NULL));
      if (!g_str_equal (step->name, "item"))
        g_set_str (&self->price, cs_json_string (sent, "price", NULL));
      if (g_str_equal (step->name, "item") && self->n_lost > 0)
        {
          self->n_lost--;
          reply->status = 500;
        }
    }

  return dex_future_new_take_boxed (CS_TYPE_REPLY, reply);
}

static void
cs_two_parts_finalize (GObject *object)
{
  CsTwoParts *self = CS_TWO_PARTS (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->price, g_free);

  G_OBJECT_CLASS (cs_two_parts_parent_class)->finalize (object);
}

static void
cs_two_parts_class_init (CsTwoPartsClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cs_two_parts_finalize;

  channel_class->traits = (CsChannelTraits) {
    .kind = "practice",
    .version = "practice/1",
    .finds_by_key = TRUE,
    .bears_key = TRUE,
    .has_no_rest = TRUE,
    .per_second = 100,
    .burst = 100,
    .rewrites = ~0u,
  };
  channel_class->next_step = two_parts_next_step;
  channel_class->build = two_parts_build;
  channel_class->parse = two_parts_parse;
  channel_class->build_read = two_parts_build_read;
  channel_class->build_look_up = two_parts_build_look_up;
  channel_class->parse_listings = two_parts_parse_listings;
  channel_class->perform = two_parts_perform;
}

static void
cs_two_parts_init (CsTwoParts *self)
{
}

static CsTwoParts *
use_two_parts (CsFixture *fixture)
{
  CsTwoParts *channel = g_object_new (CS_TYPE_TWO_PARTS, "account", fixture->account, NULL);

  cs_publisher_set_channel (fixture->publisher, fixture->account->id, CS_CHANNEL (channel));

  return channel;
}

/* Turned away between the two parts: what we changed ourselves is no conflict later on */
static void
test_goes_on (void)
{
  CsFixture fixture;
  g_autoptr (CsTwoParts) channel = NULL;
  gint64 entry;

  cs_fixture_init (&fixture);
  channel = use_two_parts (&fixture);
  cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  channel->n_busy = 1;
  entry = cs_fixture_sign_update (&fixture, "Round basket");
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  cs_fixture_assert_journal (&fixture, entry,
                             "read-before:done item:done read-between:done update:later read-before:done update:done read-back:done");
  g_assert_cmpuint (channel->n_changes, ==, 3);
  cs_fixture_clear (&fixture);
}

/* Nobody heard that the first part was changed: it is our own doing all the same */
static void
test_lost (void)
{
  CsFixture fixture;
  g_autoptr (CsTwoParts) channel = NULL;
  gint64 entry;

  cs_fixture_init (&fixture);
  channel = use_two_parts (&fixture);
  cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  channel->n_lost = 1;
  entry = cs_fixture_sign_update (&fixture, "Round basket");
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  cs_fixture_assert_journal (&fixture, entry,
                             "read-before:done item:unknown read-before:done item:done read-between:done update:done read-back:done");
  g_assert_cmpstr (channel->title, ==, "Round basket");
  cs_fixture_clear (&fixture);
}

static DexFuture *
meddle_fiber (gpointer user_data)
{
  CsTwoParts *channel = user_data;

  while (channel->n_busy > 0 || channel->n_lost > 0)
    dex_await (dex_timeout_new_msec (10), NULL);
  g_set_str (&channel->title, "Changed by somebody");

  return dex_future_new_true ();
}

/* What somebody else changed meanwhile is one all the same */
static void
test_meddled (void)
{
  CsFixture fixture;
  g_autoptr (CsTwoParts) channel = NULL;
  g_autoptr (DexFuture) meddling = NULL;
  gint64 entry;

  cs_fixture_init (&fixture);
  channel = use_two_parts (&fixture);
  cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  channel->n_busy = 1;
  entry = cs_fixture_sign_update (&fixture, "Round basket");
  meddling = dex_scheduler_spawn (NULL, 0, meddle_fiber, channel, NULL);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_CONFLICT);
  cs_fixture_assert_journal (&fixture, entry,
                             "read-before:done item:done read-between:done update:later read-before:conflict");
  g_assert_cmpstr (channel->title, ==, "Changed by somebody");
  cs_fixture_clear (&fixture);
}

static void
test_lost_and_meddled (void)
{
  CsFixture fixture;
  g_autoptr (CsTwoParts) channel = NULL;
  g_autoptr (DexFuture) meddling = NULL;
  gint64 entry;

  cs_fixture_init (&fixture);
  channel = use_two_parts (&fixture);
  cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  channel->n_lost = 1;
  entry = cs_fixture_sign_update (&fixture, "Round basket");
  meddling = dex_scheduler_spawn (NULL, 0, meddle_fiber, channel, NULL);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_CONFLICT);
  cs_fixture_assert_journal (&fixture, entry, "read-before:done item:unknown read-before:conflict");
  g_assert_cmpstr (channel->title, ==, "Changed by somebody");
  cs_fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/sync/several/goes-on", test_goes_on);
  cs_test_add_fiber ("/sync/several/lost", test_lost);
  cs_test_add_fiber ("/sync/several/meddled", test_meddled);
  cs_test_add_fiber ("/sync/several/lost-and-meddled", test_lost_and_meddled);

  return g_test_run ();
}
