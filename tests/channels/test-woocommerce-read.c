/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-channel-private.h"
#include "cs-json.h"
#include "cs-test.h"
#include "cs-woocommerce.h"
#include "woocommerce-replies.h"

static CsChannel *
make_channel (void)
{
  return cs_adapter_test_make_channel (&cs_woocommerce_kind, ADDRESS, NULL, PASSWORD);
}

static CsListing *
make_listing (CsOperation operation,
              gboolean    live,
              gboolean    varies)
{
  CsListing *listing = cs_adapter_test_make_listing ("woocommerce", operation, live);

  listing->category = g_strdup ("Kitchen > Baskets");
  listing->attributes = g_strdup ("{\"Care\":[\"Dry\",\"Cool\"],\"attribute-5\":\"Twill\"}");
  if (varies)
    cs_adapter_test_add_variants (listing);
  cs_listing_freeze (listing);

  return listing;
}

static CsRemotePage *
parse_page (CsChannel  *channel,
            const char *text)
{
  g_autoptr (JsonNode) json = cs_adapter_test_json (text);
  g_autoptr (GError) error = NULL;
  CsRemotePage *page = CS_CHANNEL_GET_CLASS (channel)->parse_listings (channel, json, &error);

  g_assert_no_error (error);

  return page;
}

static void
test_look_up (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, FALSE);
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRequest) any = klass->build_look_up (channel, listing, 0);
  g_autoptr (CsRequest) trash = klass->build_look_up (channel, listing, 1);
  g_autofree char *first = cs_adapter_test_describe (any, FALSE);
  g_autofree char *second = cs_adapter_test_describe (trash, FALSE);

  g_assert_cmpstr (first, ==, "GET " REST "?sku=B-1&status=any&per_page=100&context=edit");
  g_assert_cmpstr (second, ==, "GET " REST "?sku=B-1&status=trash&per_page=100&context=edit");
  g_assert_null (klass->build_look_up (channel, listing, 2));
}

static void
test_listings (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRemotePage) page = parse_page (channel, "[" SIMPLE ("publish") ",{\"id\":9,\"name\":\"Bare\",\"regular_price\":\"1.2345\",\"status\":\"trash\"}]");
  CsRemoteListing *first = page->listings->pdata[0];
  CsRemoteListing *bare = page->listings->pdata[1];

  g_assert_null (page->next);
  g_assert_cmpstr (first->remote_id, ==, "4711");
  g_assert_cmpstr (first->key, ==, "CS-0123456789ABCDEF");
  g_assert_cmpstr (first->title, ==, "Bamboo basket <round> & light");
  g_assert_cmpstr (first->description, ==, "Woven by hand.\n\nFor \"fruit\".");
  g_assert_cmpstr (first->bullets[0], ==, "Round");
  g_assert_cmpuint (g_strv_length (first->bullets), ==, 2);
  g_assert_cmpstr (first->keywords[1], ==, "Bamboo basket");
  g_assert_cmpstr (first->price, ==, "49.90 EUR");
  g_assert_cmpint (first->stock, ==, 3);
  g_assert_cmpstr (first->category, ==, "Baskets");
  g_assert_cmpstr (first->category_id, ==, "21");
  g_assert_cmpstr (first->attributes, ==, "{\"Brand\":\"Bamboo & Co\",\"Care\":\"Dry, Cool\",\"Material\":\"bamboo, cotton\",\"Weave\":\"Twill\"}");
  g_assert_cmpstr (first->pictures[1], ==, "https://bamboo.example/2.jpg");
  g_assert_true (first->live);
  g_assert_null (first->variants);

  g_assert_cmpstr (bare->price, ==, "1.23 EUR");
  g_assert_cmpint (bare->stock, ==, -1);
  g_assert_false (bare->live);
  g_assert_null (bare->key);
}

static void
test_variations (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRemotePage) page = parse_page (channel, VARIABLE ("publish"));
  g_autoptr (JsonNode) shown = cs_adapter_test_json ("[" RED "," BLUE "," GREY "]");
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  CsRemoteListing *remote = page->listings->pdata[0];
  g_autoptr (CsRequest) more = klass->build_more (channel, remote);
  g_autofree char *request = cs_adapter_test_describe (more, FALSE);

  g_assert_cmpstr (request, ==, "GET " REST "/4711/variations?per_page=100&page=1&context=edit");
  g_assert_true (klass->parse_more (channel, remote, shown, NULL));
  g_assert_null (klass->build_more (channel, remote));
  g_assert_cmpstr (remote->variants, ==,
                   "[{\"options\":{\"Color\":\"Red\",\"Size\":\"L\"},\"price\":\"49.90\",\"sku\":\"B-1-R\",\"stock\":1},"
                   "{\"options\":{\"Color\":\"Blue\",\"Size\":\"L\"},\"price\":\"39.95\",\"sku\":\"B-1-B\",\"stock\":4}]");
  g_assert_cmpstr (remote->price, ==, "39.95 EUR");
}

static void
test_pages (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRequest) request = klass->build_pull (channel, "3");
  g_autofree char *text = cs_adapter_test_describe (request, FALSE);
  g_autoptr (GString) full = g_string_new ("[");
  g_autoptr (CsRemotePage) page = NULL;

  g_assert_cmpstr (text, ==, "GET " REST "?per_page=100&orderby=id&order=asc&status=any&context=edit&page=3");
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (full, "%s{\"id\":%u}", i > 0 ? "," : "", i + 1);
  g_string_append (full, "]");
  cs_channel_get_private (channel)->asked = request->address;
  page = parse_page (channel, full->str);
  cs_channel_get_private (channel)->asked = NULL;
  g_assert_cmpstr (page->next, ==, "4");
}

/* The version moves with what we write, and with the shop's own date; not with how a text is shown */
static void
test_version (void)
{
  static const struct
  {
    const char *there;
    gboolean    moves;
  } cases[] = {
    { "{\"id\":1,\"date_modified_gmt\":\"2026-11-23T10:00:00\",\"name\":\"A &amp; B\",\"description\":\"<p>x</p>\",\"stock_quantity\":3,\"total_sales\":1}", FALSE },
    { "{\"id\":1,\"date_modified_gmt\":\"2026-11-23T10:00:00\",\"name\":\"A & B\",\"description\":\"<p>x</p>\\n\",\"stock_quantity\":3}", FALSE },
    { "{\"id\":1,\"date_modified_gmt\":\"2026-11-23T10:00:01\",\"name\":\"A & B\",\"description\":\"<p>x</p>\",\"stock_quantity\":3}", TRUE },
    { "{\"id\":1,\"date_modified_gmt\":\"2026-11-23T10:00:00\",\"name\":\"A & B\",\"description\":\"<p>x</p>\",\"stock_quantity\":2}", TRUE },
    { "{\"id\":1,\"date_modified_gmt\":\"2026-11-23T10:00:00\",\"name\":\"A & C\",\"description\":\"<p>x</p>\",\"stock_quantity\":3}", TRUE },
    { "{\"id\":1,\"date_modified_gmt\":\"2026-11-23T10:00:00\",\"name\":\"A & B\",\"description\":\"<p>x</p>\",\"stock_quantity\":3,\"images\":[{\"id\":4}]}", TRUE },
  };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRemotePage) first = parse_page (channel, cases[0].there);
  const char *version = ((CsRemoteListing *) first->listings->pdata[0])->version;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsRemotePage) page = parse_page (channel, cases[i].there);

      g_test_message ("%s", cases[i].there);
      g_assert_true (g_str_equal (version, ((CsRemoteListing *) page->listings->pdata[0])->version) != cases[i].moves);
    }
}

static char *
compare (CsListing  *listing,
         const char *there,
         const char *variations,
         gboolean    created)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRemotePage) page = parse_page (channel, there);
  g_autoptr (GPtrArray) differences = NULL;

  if (variations != NULL)
    {
      g_autoptr (JsonNode) shown = cs_adapter_test_json (variations);

      g_assert_true (CS_CHANNEL_GET_CLASS (channel)->parse_more (channel, page->listings->pdata[0], shown, NULL));
    }

  differences = created ? cs_channel_compare_created (channel, listing, page->listings->pdata[0])
                        : cs_channel_compare (channel, listing, page->listings->pdata[0], TRUE);

  return cs_adapter_test_join (differences);
}

static void
assert_difference (const char *from,
                   const char *to,
                   const char *part)
{
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, FALSE);
  g_autoptr (GString) there = g_string_new (SIMPLE ("publish"));
  g_autofree char *text = NULL;

  g_assert_cmpuint (g_string_replace (there, from, to, 0), >, 0);
  text = compare (listing, there->str, NULL, FALSE);
  g_test_message ("%s → %s: %s", from, to, text);
  if (part == NULL)
    g_assert_cmpstr (text, ==, "");
  else
    g_assert_nonnull (strstr (text, part));
}

static void
test_compare (void)
{
  assert_difference ("\"id\"", "\"id\"", NULL);
  assert_difference ("<p>Woven by hand.</p>\\n<p>", "<p>Woven by hand.</p>\\n\\n\\n<p class=\\\"x\\\">", NULL);
  assert_difference ("49.9", "49.90", NULL);
  assert_difference ("\"Bamboo basket\"", "\"bamboo basket\"", NULL);
  assert_difference ("49.9", "49.99", "49.90");
  assert_difference ("&lt;round&gt;", "round", "title");
  assert_difference ("Woven", "Made", "description");
  assert_difference ("\"stock_quantity\":3", "\"stock_quantity\":2", "stock");
  assert_difference ("\"manage_stock\":true", "\"manage_stock\":false", "stock");
  assert_difference ("<li>Light</li>", "", "bullet points");
  assert_difference ("\"name\":\"Bamboo basket\"}", "\"name\":\"Basket\"}", "keywords");
  assert_difference ("\"Baskets\"", "\"Uncategorized\"", "category");
  assert_difference ("Twill", "Plain", "attribute");
  assert_difference ("cotton", "wool", "Material");
  assert_difference ("Its rim", "A rim", "picture 2");
  assert_difference ("\"publish\"", "\"draft\"", "do not see it");
  assert_difference (",{\"id\":902,\"src\":\"https://bamboo.example/2.jpg\",\"alt\":\"Its rim\"}", "", "pictures");
  assert_difference ("\"B-1\"", "\"B-2\"", "SKU");
}

static void
test_compare_variants (void)
{
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, TRUE);
  g_autofree char *same = compare (listing, VARIABLE ("publish"), "[" BLUE "," RED "," GREY "]", FALSE);
  g_autofree char *less = compare (listing, VARIABLE ("publish"), "[" RED "]", FALSE);
  g_autofree char *other = compare (listing, VARIABLE ("publish"), "[" BLUE "," VARIATION ("51", "B-1-R", "49.90", "0", "Red", "publish") "]", FALSE);
  g_autofree char *color = compare (listing, VARIABLE ("publish"), "[" BLUE "," VARIATION ("51", "B-1-R", "49.90", "1", "Pink", "publish") "]", FALSE);
  g_autofree char *created = compare (listing, VARIABLE ("draft"), NULL, TRUE);

  g_assert_cmpstr (same, ==, "");
  g_assert_nonnull (strstr (less, "2 variants"));
  g_assert_nonnull (strstr (other, "B-1-R"));
  g_assert_nonnull (strstr (color, "B-1-R"));
  g_assert_cmpstr (created, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/channels/woocommerce-read/look-up", test_look_up);
  cs_test_add_fiber ("/channels/woocommerce-read/listings", test_listings);
  cs_test_add_fiber ("/channels/woocommerce-read/variations", test_variations);
  cs_test_add_fiber ("/channels/woocommerce-read/pages", test_pages);
  cs_test_add_fiber ("/channels/woocommerce-read/version", test_version);
  cs_test_add_fiber ("/channels/woocommerce-read/compare", test_compare);
  cs_test_add_fiber ("/channels/woocommerce-read/compare-variants", test_compare_variants);

  return g_test_run ();
}
