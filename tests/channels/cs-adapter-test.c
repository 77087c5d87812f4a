/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-channel-kinds.h"
#include "cs-json.h"

#define HASH      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define MOST      60

JsonNode *
cs_adapter_test_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = cs_json_parse (text, -1, &error);

  g_assert_no_error (error);

  return node;
}

CsChannel *
cs_adapter_test_make_channel (const CsChannelKind *kind,
                              const char          *address,
                              const char          *profile,
                              const char          *secrets)
{
  g_autoptr (CsAccount) account = cs_account_new ();
  g_autoptr (GError) error = NULL;
  CsChannel *channel;

  account->id = 1;
  account->channel = g_strdup (kind->kind);
  account->name = g_strdup ("Bamboo & Co");
  account->address = g_strdup (address);
  account->currency = g_strdup ("EUR");
  account->profile = g_strdup (profile);
  channel = cs_channel_kinds_make (account, NULL, &error);
  g_assert_no_error (error);
  if (secrets != NULL)
    {
      g_autoptr (JsonNode) node = cs_adapter_test_json (secrets);

      cs_channel_set_secrets (channel, json_node_get_object (node));
    }
  g_assert_true (dex_await (cs_channel_open (channel), &error));
  g_assert_no_error (error);

  return channel;
}

CsListing *
cs_adapter_test_make_listing (const char *kind,
                              CsOperation operation,
                              gboolean    live)
{
  CsListing *listing = cs_listing_new ();

  listing->operation = operation;
  listing->account = 1;
  listing->channel = g_strdup (kind);
  listing->key = g_strdup ("CS-0123456789ABCDEF");
  listing->remote_id = operation != CS_OPERATION_CREATE ? g_strdup ("4711") : NULL;
  listing->live = live;
  listing->title = g_strdup ("Bamboo basket <round> & light");
  listing->description = g_strdup ("Woven by hand.\n\nFor \"fruit\".");
  listing->bullets = g_strsplit ("Round|Light", "|", -1);
  listing->keywords = g_strsplit ("bamboo basket|竹编", "|", -1);
  listing->sku = g_strdup ("B-1");
  listing->price.minor = 4990;
  g_strlcpy (listing->price.currency, "EUR", sizeof listing->price.currency);
  listing->stock = 3;
  listing->brand = g_strdup ("Bamboo & Co");
  listing->material = g_strdup ("bamboo, cotton");
  cs_listing_add_picture (listing, HASH, "image/jpeg", "CS-1.jpg", "A basket");
  cs_listing_add_picture (listing, HASH, "image/jpeg", "CS-2.jpg", "Its rim");

  return listing;
}

void
cs_adapter_test_add_variants (CsListing *listing)
{
  listing->variants = g_strdup ("[{\"options\":{\"Color\":\"Red\",\"Size\":\"L\"},\"picture\":0,\"price\":\"49.90 EUR\",\"sku\":\"B-1-R\",\"stock\":1},"
                                "{\"options\":{\"Color\":\"Blue\",\"Size\":\"L\"},\"picture\":-1,\"price\":\"39.95 EUR\",\"sku\":\"B-1-B\",\"stock\":4}]");
}

char *
cs_adapter_test_describe (CsRequest *request,
                          gboolean   with_body)
{
  g_autoptr (GUri) uri = request != NULL ? g_uri_parse (request->address, G_URI_FLAGS_ENCODED, NULL) : NULL;
  const char *text;
  gsize       length;
  GString    *out;

  if (request == NULL)
    return NULL;

  g_assert_nonnull (uri);
  out = g_string_new (request->method);
  g_string_append_printf (out, " %s", g_uri_get_path (uri));
  if (g_uri_get_query (uri) != NULL)
    g_string_append_printf (out, "?%s", g_uri_get_query (uri));
  if (!with_body || request->body == NULL || g_str_has_prefix (request->content_type, "multipart/"))
    return g_string_free_and_steal (out);

  text = g_bytes_get_data (request->body, &length);
  g_string_append_printf (out, " %.*s", (int) length, text);

  return g_string_free_and_steal (out);
}

static const char *
find_reply (const CsRecordedReply *replies,
            const char            *step)
{
  for (guint i = 0; replies[i].step != NULL; i++)
    {
      if (g_str_has_prefix (step, replies[i].step))
        return replies[i].reply;
    }

  g_error ("No reply was recorded for the step %s", step);
}

CsReply *
cs_adapter_test_reply (guint       status,
                       const char *headers,
                       const char *body)
{
  CsReply       *reply = cs_reply_new ();
  g_auto (GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);

  reply->status = status;
  reply->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  reply->body = g_bytes_new (body != NULL ? body : "", body != NULL ? strlen (body) : 0);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');

      if (colon == NULL)
        continue;
      *colon = '\0';
      soup_message_headers_append (reply->headers, lines[i], g_strstrip (colon + 1));
    }

  return reply;
}

char *
cs_adapter_test_play (CsChannel             *channel,
                      CsListing             *listing,
                      const CsRecordedReply *replies,
                      gboolean               with_bodies)
{
  return cs_adapter_test_play_with (channel, listing, replies, with_bodies, NULL, NULL);
}

char *
cs_adapter_test_play_with (CsChannel             *channel,
                           CsListing             *listing,
                           const CsRecordedReply *replies,
                           gboolean               with_bodies,
                           CsAdapterTestFunc      func,
                           gpointer               user_data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (GBytes) picture = g_bytes_new_static ("\xff\xd8\xff", 3);
  GString *plan = g_string_new (NULL);

  if (listing->bytes == NULL)
    cs_listing_freeze (listing);

  for (guint i = 0;; i++)
    {
      g_autoptr (CsChannelStep) step = cs_channel_next_step (channel, listing, journal);
      g_autoptr (CsRequest) request = NULL;
      g_autoptr (CsRequest) again = NULL;
      g_autoptr (CsReply) reply = NULL;
      g_autoptr (JsonNode) json = NULL;
      g_autoptr (JsonNode) detail = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_autofree char *hash = NULL;
      g_autofree char *hash_again = NULL;

      if (step == NULL)
        return g_string_free_and_steal (plan);

      g_assert_cmpuint (i, <, MOST);
      request = cs_channel_build (channel, listing, step, journal, step->picture >= 0 ? picture : NULL, &error);
      g_assert_no_error (error);
      again = cs_channel_build (channel, listing, step, journal, step->picture >= 0 ? picture : NULL, NULL);
      hash = cs_request_dup_hash (request);
      hash_again = cs_request_dup_hash (again);
      g_assert_cmpstr (hash, ==, hash_again);

      if (func != NULL)
        func (channel, listing, step, request, user_data);

      text = cs_adapter_test_describe (request, with_bodies);
      g_string_append_printf (plan, "%s: %s\n", step->name, text);
      reply = cs_adapter_test_reply (200, NULL, find_reply (replies, step->name));
      json = cs_reply_dup_json (reply, NULL);
      g_assert_true (json != NULL || step->bare);
      detail = CS_CHANNEL_GET_CLASS (channel)->parse (channel, listing, step, reply, json, &error);
      g_assert_no_error (error);
      g_assert_nonnull (detail);
      cs_journal_add (journal, step->name, "done", detail);
    }
}

void
cs_adapter_test_assert_fault (CsChannel  *channel,
                              const char *name,
                              guint       status,
                              const char *body,
                              CsError     expected,
                              const char *part)
{
  g_autoptr (CsChannelStep) step = name != NULL ? cs_channel_step_make (name) : NULL;
  g_autoptr (CsReply) reply = cs_adapter_test_reply (status, NULL, body);
  g_autoptr (JsonNode) json = cs_reply_dup_json (reply, NULL);
  g_autofree char *sentence = NULL;
  CsError          code = CS_CHANNEL_GET_CLASS (channel)->classify (channel, step, reply, json, &sentence);

  g_test_message ("%s %u %s", name != NULL ? name : "read", status, body != NULL ? body : "");
  g_assert_cmpint (code, ==, expected);
  if (part == NULL)
    {
      g_assert_null (sentence);
      return;
    }

  g_assert_nonnull (sentence);
  g_test_message ("%s", sentence);
  g_assert_nonnull (strstr (sentence, part));
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
  g_assert_null (strchr (sentence, '\n'));
}

char *
cs_adapter_test_join (GPtrArray *sentences)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (text, "%s\n", (char *) sentences->pdata[i]);

  return g_string_free_and_steal (text);
}

static const char *const junk[] = {
  "null", "[]", "{}", "7", "\"x\"", "[null]", "[[]]", "{\"results\":null}", "{\"results\":7}", "{\"results\":[7]}",
  "{\"results\":[{\"listing_id\":\"x\"}]}", "{\"listing_id\":-1}", "{\"listing_id\":{}}", "{\"listing_id\":1,\"price\":7,\"tags\":{},\"images\":[1]}",
  "{\"products\":[7,null,{\"offerings\":[]},{\"property_values\":[7],\"offerings\":7}]}", "{\"error\":{}}", "{\"errors\":[7]}",
  "{\"errors\":[{\"message\":7}]}", "{\"items\":[{\"sku\":7}]}", "{\"inventoryItems\":[{}]}", "{\"offers\":[null]}", "{\"sku\":[]}",
  "{\"summaries\":[7],\"issues\":{},\"attributes\":[]}", "{\"summaries\":[{\"status\":7}],\"attributes\":{\"item_name\":[7]}}",
  "{\"offerId\":7}", "{\"status\":7}", "{\"imageUrl\":7}", "{\"schema\":7}", "{\"categorySuggestions\":7}", "{\"aspects\":[7]}",
  "{\"shop_id\":\"x\",\"shop_name\":7}", "{\"access_token\":7,\"refresh_token\":null,\"expires_in\":\"never\"}",
};

static void
read_inquiries (CsChannel *channel,
                JsonNode  *json)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);

  for (guint kind = CS_INQUIRY_SHOP; klass->parse_inquiry != NULL && kind <= CS_INQUIRY_ATTRIBUTES; kind++)
    {
      g_autoptr (CsInquiry) inquiry = cs_inquiry_make (kind, "12", "bask");

      for (; inquiry->n_answers < 5; inquiry->n_answers++)
        {
          g_autoptr (CsRequest) request = klass->build_inquiry (channel, inquiry);

          if (request == NULL || !klass->parse_inquiry (channel, inquiry, json, NULL))
            break;
        }
    }
}

static void
read_listings (CsChannel *channel,
               CsListing *listing,
               JsonNode  *json)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, json, NULL);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; page != NULL && i < page->listings->len; i++)
    {
      g_autoptr (GPtrArray) differences = cs_channel_compare (channel, listing, page->listings->pdata[i], TRUE);

      g_assert_nonnull (((CsRemoteListing *) page->listings->pdata[i])->remote_id);
      g_assert_nonnull (differences);
      if (klass->parse_more != NULL)
        klass->parse_more (channel, page->listings->pdata[i], json, NULL);
    }
  if (klass->parse_trial != NULL)
    klass->parse_trial (channel, listing, json, findings, NULL);
}

void
cs_adapter_test_assert_hostile (CsChannel *channel,
                                CsListing *listing)
{
  static const char *const steps[] = { "picture.0", "create", "update", "publish", "unpublish", "withdraw", "offer", "inventory", "item" };
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);

  for (guint i = 0; i < G_N_ELEMENTS (junk); i++)
    {
      g_autoptr (JsonNode) json = cs_adapter_test_json (junk[i]);
      g_autoptr (CsReply) reply = cs_adapter_test_reply (400, NULL, junk[i]);
      g_autoptr (JsonObject) secrets = json_object_new ();

      g_test_message ("%s", junk[i]);
      for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
        {
          g_autoptr (CsChannelStep) step = cs_channel_step_make (steps[k]);
          g_autoptr (GError) error = NULL;
          g_autofree char *sentence = NULL;
          g_autoptr (JsonNode) detail = klass->parse (channel, listing, step, reply, json, &error);

          g_assert_true ((detail == NULL) == (error != NULL));
          klass->classify (channel, step, reply, json, &sentence);
        }
      read_inquiries (channel, json);
      read_listings (channel, listing, json);
      if (klass->parse_tokens != NULL && klass->parse_tokens (channel, json, 1000, secrets, NULL))
        g_error ("Tokens were made of %s", junk[i]);
    }
}

void
cs_adapter_test_assert_inner_faults (CsChannel          *channel,
                                     const CsInnerFault *faults,
                                     guint               n_faults)
{
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("create");

  for (guint i = 0; i < n_faults; i++)
    {
      g_autoptr (JsonNode) json = cs_adapter_test_json (faults[i].reply);
      g_autofree char *sentence = NULL;
      CsError  code = CS_ERROR_REFUSED;
      gboolean found = CS_CHANNEL_GET_CLASS (channel)->find_fault (channel, step, json, &code, &sentence);

      g_assert_cmpint (found ? (int) code : -1, ==, faults[i].code);
    }
}

void
cs_adapter_test_assert_plan (CsChannel             *channel,
                             CsListing             *listing,
                             const CsRecordedReply *replies,
                             const char            *expected)
{
  g_autofree char *plan = NULL;

  cs_listing_freeze (listing);
  plan = cs_adapter_test_play (channel, listing, replies, FALSE);
  g_assert_cmpstr (plan, ==, expected);
  cs_listing_unref (listing);
}

void
cs_adapter_test_assert_check (CsChannel *channel,
                              CsListing *listing)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) worse = NULL;

  cs_listing_freeze (listing);
  findings = cs_channel_check (channel, listing);
  g_assert_cmpuint (findings->len, ==, 0);

  g_clear_pointer (&listing->category_id, g_free);
  g_clear_pointer (&listing->terms, g_free);
  g_set_str (&listing->title, "");
  cs_listing_freeze (listing);
  worse = cs_channel_check (channel, listing);
  g_assert_cmpuint (worse->len, >=, 3);
  cs_listing_unref (listing);
}
