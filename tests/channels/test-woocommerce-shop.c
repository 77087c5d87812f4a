/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "cs-adapter-test.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-test.h"
#include "cs-woocommerce.h"

/* Whole ways through a shop that speaks as WooCommerce does (fault_shop.py), with
 * nothing between the adapter and the network but the base
 */

#define KEYS     "{\"key\":\"ck_0123456789abcdef\",\"secret\":\"cs_0123456789abcdef\"}"
#define PASSWORD "{\"user\":\"seller\",\"password\":\"abcd efgh ijkl mnop qrst uvwx\"}"

static char *address;

static GSubprocess *
start_shop (const char *folder)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                                           "python3", "-B", g_getenv ("CS_FAULT_SHOP"), folder, "--with-input", NULL);
  g_autoptr (GDataInputStream) lines = NULL;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

      g_assert_no_error (error);
      if (i == 1)
        address = g_strdup_printf ("http://127.0.0.1:%s", strrchr (line, ' ') + 1);
    }

  return process;
}

static CsChannel *
make_channel (const char *secrets)
{
  return cs_adapter_test_make_channel (&cs_woocommerce_kind, address, NULL, secrets);
}

static CsListing *
make_listing (CsOperation operation,
              const char *key,
              const char *remote_id,
              gboolean    varies)
{
  g_autoptr (GBytes) first = g_bytes_new_static ("\xff\xd8\xff\x01", 4);
  g_autoptr (GBytes) second = g_bytes_new_static ("\xff\xd8\xff\x02", 4);
  CsListing *listing = cs_adapter_test_make_listing ("woocommerce", operation, TRUE);

  g_set_str (&listing->key, key);
  g_set_str (&listing->sku, key);
  g_set_str (&listing->remote_id, remote_id);
  listing->category = g_strdup_printf ("Kitchen > %s & bowls", key);
  g_free (((CsListingPicture *) listing->pictures->pdata[0])->hash);
  g_free (((CsListingPicture *) listing->pictures->pdata[1])->hash);
  ((CsListingPicture *) listing->pictures->pdata[0])->hash = cs_hash_bytes (first);
  ((CsListingPicture *) listing->pictures->pdata[1])->hash = cs_hash_bytes (second);
  if (varies)
    listing->variants = g_strdup_printf ("[{\"options\":{\"Color\":\"Red\",\"Size\":\"L & XL\"},\"picture\":1,\"price\":\"49.90 EUR\",\"sku\":\"%s-R\",\"stock\":1},"
                                         "{\"options\":{\"Color\":\"Blue\",\"Size\":\"M\"},\"picture\":-1,\"price\":null,\"sku\":\"\",\"stock\":-1}]",
                                         key);
  cs_listing_freeze (listing);

  return listing;
}

/* All steps; a step that is named is sent twice, as after an outcome that nobody saw */
static char *
deliver (CsChannel  *channel,
         CsListing  *listing,
         const char *twice,
         char      **id)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (GString) names = g_string_new (NULL);
  gboolean was_twice = FALSE;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (CsChannelStep) step = cs_channel_next_step (channel, listing, journal);
      g_autofree char *bytes = g_strdup_printf ("\xff\xd8\xff%c", step != NULL ? step->picture + 1 : 0);
      g_autoptr (GBytes) picture = g_bytes_new (bytes, 4);
      g_autoptr (CsRequest) request = NULL;
      g_autoptr (JsonNode) detail = NULL;
      g_autoptr (GError) error = NULL;

      if (step == NULL)
        break;

      request = cs_channel_build (channel, listing, step, journal, step->picture >= 0 ? picture : NULL, &error);
      g_assert_no_error (error);
      detail = dex_await_boxed (cs_channel_send (channel, listing, step, request, NULL, NULL, NULL), &error);
      g_assert_no_error (error);
      g_string_append_printf (names, "%s ", step->name);
      if (!was_twice && g_strcmp0 (step->name, twice) == 0)
        {
          was_twice = TRUE;
          continue;
        }
      cs_journal_add (journal, step->name, "done", detail);
    }

  if (id != NULL)
    *id = g_strdup (cs_journal_get_remote_id (journal));

  return g_string_free_and_steal (g_steal_pointer (&names));
}

static CsRemoteListing *
await_read (CsChannel  *channel,
            const char *id)
{
  g_autoptr (GError) error = NULL;
  CsRemoteListing *remote = dex_await_boxed (cs_channel_read (channel, id), &error);

  g_assert_no_error (error);

  return remote;
}

static void
assert_as_signed (CsChannel  *channel,
                  CsListing  *listing,
                  const char *id)
{
  g_autoptr (CsRemoteListing) remote = await_read (channel, id);
  g_autoptr (GPtrArray) differences = cs_channel_compare (channel, listing, remote, TRUE);
  g_autofree char *text = cs_adapter_test_join (differences);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (remote->key, ==, listing->key);
}

static void
test_create (void)
{
  g_autoptr (CsChannel) channel = make_channel (PASSWORD);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, "CS-SIMPLE", NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *names = deliver (channel, listing, NULL, &id);
  g_autoptr (GPtrArray) found = dex_await_boxed (cs_channel_look_up (channel, listing), &error);

  g_assert_cmpstr (names, ==, "picture.0 picture.1 category category.new tags create publish ");
  assert_as_signed (channel, listing, id);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((CsRemoteListing *) found->pdata[0])->remote_id, ==, id);
}

/* Each step that is safe to repeat leaves the same behind when it is repeated */
static void
test_twice (void)
{
  static const char *const steps[] = { "picture.1", "category.new", "tags", "variants.seen", "variants", "variants.done", "publish" };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (CsChannel) channel = make_channel (PASSWORD);
      g_autofree char *key = g_strdup_printf ("CS-TWICE-%u", i);
      g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, key, NULL, TRUE);
      g_autofree char *id = NULL;
      g_autofree char *names = deliver (channel, listing, steps[i], &id);

      g_test_message ("%s: %s", steps[i], names);
      assert_as_signed (channel, listing, id);
      if (g_str_equal (steps[i], "variants"))
        g_assert_true (g_str_has_suffix (names, "variants.seen variants variants variants.again variants.rest variants.done publish "));
    }
}

static void
test_change (void)
{
  g_autoptr (CsChannel) channel = make_channel (PASSWORD);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, "CS-CHANGE", NULL, TRUE);
  g_autofree char *id = NULL;
  g_autofree char *names = deliver (channel, listing, NULL, &id);
  g_autoptr (CsListing) update = make_listing (CS_OPERATION_UPDATE, "CS-CHANGE", id, TRUE);
  g_autoptr (CsListing) offer = make_listing (CS_OPERATION_OFFER, "CS-CHANGE", id, TRUE);
  g_autoptr (CsListing) withdraw = make_listing (CS_OPERATION_WITHDRAW, "CS-CHANGE", id, TRUE);
  g_autoptr (CsRemoteListing) gone = NULL;

  g_set_str (&update->title, "5 < 6 \\ 7");
  g_set_str (&update->description, NULL);
  g_clear_pointer (&update->keywords, g_strfreev);
  g_set_str (&update->variants, "[{\"options\":{\"Color\":\"Red\",\"Size\":\"S\"},\"picture\":0,\"price\":\"9.90\",\"sku\":\"CS-CHANGE-R\",\"stock\":7}]");
  cs_listing_freeze (update);
  g_clear_pointer (&names, g_free);
  names = deliver (channel, update, NULL, NULL);
  g_assert_cmpstr (names, ==, "shown pictures category update variants.seen variants variants.done publish ");
  assert_as_signed (channel, update, id);

  g_set_str (&offer->variants, "[{\"options\":{\"Color\":\"Red\",\"Size\":\"S\"},\"picture\":0,\"price\":\"8.50\",\"sku\":\"CS-CHANGE-R\",\"stock\":2}]");
  cs_listing_freeze (offer);
  g_clear_pointer (&names, g_free);
  names = deliver (channel, offer, NULL, NULL);
  g_assert_cmpstr (names, ==, "variants.seen offer variants.done ");
  assert_as_signed (channel, offer, id);

  g_clear_pointer (&names, g_free);
  names = deliver (channel, withdraw, NULL, NULL);
  gone = await_read (channel, id);
  g_assert_false (gone->live);
}

/* Signed with the key in the query; pictures are refused before anything is sent */
static void
test_keys (void)
{
  g_autoptr (CsChannel) channel = make_channel (KEYS);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, "CS-KEYS", NULL, FALSE);
  g_autofree char *id = NULL;
  g_autofree char *names = NULL;

  g_ptr_array_set_size (listing->pictures, 0);
  cs_listing_freeze (listing);
  names = deliver (channel, listing, NULL, &id);
  assert_as_signed (channel, listing, id);
}

static void
test_wrong_password (void)
{
  g_autoptr (CsChannel) channel = make_channel ("{\"user\":\"seller\",\"password\":\"wrong\"}");
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, "CS-WRONG", NULL, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_await_boxed (cs_channel_look_up (channel, listing), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
}

static void
test_shop (void)
{
  g_autoptr (CsChannel) channel = make_channel (PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsInquiry) inquiry = dex_await_boxed (cs_channel_inquire (channel, CS_INQUIRY_SHOP, NULL, NULL), &error);
  g_autoptr (CsInquiry) categories = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (inquiry->shop->name, ==, "Fault shop 0");
  g_assert_cmpstr (inquiry->shop->currency, ==, "EUR");
  g_assert_cmpstr (inquiry->shop->page, ==, address);

  categories = dex_await_boxed (cs_channel_inquire (channel, CS_INQUIRY_CATEGORIES, NULL, "uncat"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cs_form_find (categories->form, "category")->choices->len, ==, 1);
}

/* All of what the tests before have made, with its variants */
static void
test_pull (void)
{
  g_autoptr (CsChannel) channel = make_channel (PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRemotePage) page = dex_await_boxed (cs_channel_pull (channel, NULL), &error);
  guint n_variants = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (page->listings->len, ==, 10);
  for (guint i = 0; i < page->listings->len; i++)
    n_variants += ((CsRemoteListing *) page->listings->pdata[i])->variants != NULL;
  g_assert_cmpuint (n_variants, ==, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("countersign-woo-XXXXXX", NULL);
  g_autofree char *database = g_build_filename (folder, "shop-0.db", NULL);
  g_autoptr (GSubprocess) process = NULL;
  CsChannelClass *klass;
  int result;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("CS_FAULT_SHOP") == NULL)
    {
      g_test_skip ("CS_FAULT_SHOP names no shop");
      return 77;
    }

  process = start_shop (folder);
  klass = g_type_class_ref (CS_TYPE_WOOCOMMERCE_CHANNEL);
  klass->traits.per_second = klass->traits.burst = 1000;
  cs_test_add_fiber ("/channels/woocommerce-shop/create", test_create);
  cs_test_add_fiber ("/channels/woocommerce-shop/twice", test_twice);
  cs_test_add_fiber ("/channels/woocommerce-shop/change", test_change);
  cs_test_add_fiber ("/channels/woocommerce-shop/keys", test_keys);
  cs_test_add_fiber ("/channels/woocommerce-shop/wrong-password", test_wrong_password);
  cs_test_add_fiber ("/channels/woocommerce-shop/shop", test_shop);
  cs_test_add_fiber ("/channels/woocommerce-shop/pull", test_pull);
  result = g_test_run ();

  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_unlink (database);
  g_rmdir (folder);
  g_free (address);
  g_type_class_unref (klass);

  return result;
}
