/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cs-channel-kinds.h"
#include "cs-folder-channel.h"
#include "cs-folder-store.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-test.h"

/* Packages for import pages: rows of every table against what a person would
 * have typed, and the folder as a shop that is published to.
 */

#define TITLE "竹编果篮"

static CsListing *
make_listing (CsOperation operation,
              const char *variants)
{
  CsListing       *listing = cs_listing_new ();
  g_autofree char *hash = cs_hash_data ("xyz", 3);

  listing->operation = operation;
  listing->channel = g_strdup ("package-shopify");
  listing->key = g_strdup ("CS-7");
  listing->live = TRUE;
  listing->title = g_strdup (TITLE);
  listing->description = g_strdup ("=cmd|' /C calc'!A0\nWoven, \"by hand\" <b>");
  listing->bullets = g_strsplit ("round|light", "|", -1);
  listing->keywords = g_strsplit ("basket|bamboo", "|", -1);
  listing->sku = g_strdup ("B-1");
  listing->price.minor = 4990;
  g_strlcpy (listing->price.currency, "CNY", sizeof listing->price.currency);
  listing->stock = 3;
  listing->variants = g_strdup (variants);
  cs_listing_add_picture (listing, hash, "image/jpeg", "CS-7-1.jpg", "A basket");
  cs_listing_add_picture (listing, hash, "image/jpeg", "CS-7-2.jpg", "Its rim");
  cs_listing_freeze (listing);

  return listing;
}

#define VARIANTS                                                                                          \
  "[{\"options\":{\"size\":\"M\"},\"sku\":\"B-1-M\",\"price\":\"49.90 CNY\",\"stock\":2,\"picture\":0},"   \
  "{\"options\":{\"size\":\"L\"},\"sku\":\"B-1-L\",\"price\":\"59.90 CNY\",\"stock\":0,\"picture\":-1}]"

/* The column's cells below the head, with "|" between rows */
static char *
dup_column (const CsSheet *sheet,
            CsListing     *listing,
            const char    *header)
{
  g_autoptr (GPtrArray) head = cs_sheet_make_head (sheet);
  g_autoptr (GPtrArray) rows = cs_sheet_make_rows (sheet, listing);
  GPtrArray *names = head->pdata[head->len - 1];
  GString   *text = g_string_new (NULL);

  for (guint x = 0; x < names->len; x++)
    {
      if (!g_str_equal (((CsSheetCell *) names->pdata[x])->text, header))
        continue;

      for (guint y = 0; y < rows->len; y++)
        {
          GPtrArray *row = rows->pdata[y];

          g_assert_cmpuint (row->len, ==, names->len);
          g_string_append_printf (text, "%s%s", y > 0 ? "|" : "", ((CsSheetCell *) row->pdata[x])->text);
        }
      return g_string_free_and_steal (text);
    }

  g_assert_not_reached ();
}

static void
assert_column (const char *sheet,
               const char *variants,
               const char *header,
               const char *expected)
{
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, variants);
  g_autofree char *found = dup_column (cs_sheet_find (sheet), listing, header);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_rows (void)
{
  assert_column ("shopify", NULL, "Title", TITLE "|");
  assert_column ("shopify", NULL, "Product image URL", "CS-7-1.jpg|CS-7-2.jpg");
  assert_column ("shopify", NULL, "Option1 value", "Default Title|");
  assert_column ("shopify", VARIANTS, "Option1 value", "M|L");
  assert_column ("shopify", VARIANTS, "SKU", "B-1-M|B-1-L");
  assert_column ("shopify", VARIANTS, "Price", "49.90|59.90");
  assert_column ("shopify", VARIANTS, "Inventory tracker", "shopify|shopify");
  assert_column ("woocommerce", NULL, "Type", "simple");
  assert_column ("woocommerce", VARIANTS, "Type", "variable|variation|variation");
  assert_column ("woocommerce", VARIANTS, "Parent", "|B-1|B-1");
  assert_column ("woocommerce", VARIANTS, "Attribute 1 value(s)", "M, L|M|L");
  assert_column ("woocommerce", VARIANTS, "In stock?", "|1|0");
  assert_column ("woocommerce", VARIANTS, "Images", "CS-7-1.jpg, CS-7-2.jpg||");
  assert_column ("etsy", VARIANTS, "QUANTITY", "2");
  assert_column ("etsy", VARIANTS, "VARIATION 1 VALUES", "M, L");
  assert_column ("etsy", NULL, "IMAGE2", "CS-7-2.jpg");
  assert_column ("ebay", VARIANTS, "Relationship details", "|size=M|size=L");
  assert_column ("amazon", VARIANTS, "parent_child", "parent|child|child");
  assert_column ("amazon", NULL, "bullet_point2", "light");
  assert_column ("taobao", VARIANTS, "商家编码", "B-1-M|B-1-L");
  assert_column ("taobao", VARIANTS, "宝贝标题", TITLE "|" TITLE);
  assert_column ("pinduoduo", VARIANTS, "商品规格", "size=M|size=L");
}

static void
test_bytes (void)
{
  static const char *const sheets[] = { "shopify", "woocommerce", "etsy", "ebay", "amazon", "taobao", "1688", "pinduoduo", "douyin" };
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, VARIANTS);

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      const CsSheet *sheet = cs_sheet_find (sheets[i]);
      g_autoptr (GPtrArray) rows = cs_sheet_make_rows (sheet, listing);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = cs_sheet_to_bytes (sheet, rows, &error);
      gsize       length;
      const char *text = g_bytes_get_data (bytes, &length);
      const char *formula = g_strstr_len (text, length, "=cmd|");

      g_assert_no_error (error);
      /* Where the description stands as plain text, a spreadsheet must not run it */
      if (formula != NULL && formula > text)
        g_assert_true (formula[-1] == '\'' || formula[-1] == '>');
      if (g_str_equal (sheets[i], "taobao") || g_str_equal (sheets[i], "1688"))
        {
          g_autofree char *title = g_convert (TITLE, -1, "GB18030", "UTF-8", NULL, NULL, NULL);

          g_assert_nonnull (g_strstr_len (text, length, title));
        }
      else
        g_assert_nonnull (g_strstr_len (text, length, TITLE));
    }
}

static void
test_limits (void)
{
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, NULL);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  GString *longer = g_string_new (NULL);

  for (guint i = 0; i < 31; i++)
    g_string_append (longer, "竹");
  g_free (listing->title);
  listing->title = g_string_free_and_steal (longer);

  cs_sheet_check (cs_sheet_find ("taobao"), listing, findings);
  g_assert_cmpuint (findings->len, ==, 1);
  cs_sheet_check (cs_sheet_find ("etsy"), listing, findings);
  g_assert_cmpuint (findings->len, ==, 1);
}

typedef struct
{
  char      *folder;
  CsChannel *channel;
} Fixture;

static void
fixture_clear (Fixture *self)
{
  g_autoptr (GSubprocess) remove = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-rf", self->folder, NULL);

  g_clear_object (&self->channel);
  g_assert_true (g_subprocess_wait_check (remove, NULL, NULL));
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
fixture_init (Fixture *self)
{
  g_autoptr (CsAccount) account = cs_account_new ();
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("cs-package-XXXXXX", NULL);
  account->id = 1;
  account->channel = g_strdup ("package-shopify");
  account->name = g_strdup ("Baskets & <more>");
  account->currency = g_strdup ("CNY");
  account->address = g_filename_to_uri (self->folder, NULL, NULL);
  self->channel = cs_channel_kinds_make (account, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dex_await (cs_channel_open (self->channel), &error));
}

/* Sends all steps, as the publisher does */
static void
send_all (Fixture   *self,
          CsListing *listing)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (GBytes) picture = g_bytes_new_static ("xyz", 3);
  g_autoptr (GError) error = NULL;

  for (;;)
    {
      g_autoptr (CsChannelStep) step = cs_channel_next_step (self->channel, listing, journal);
      g_autoptr (CsRequest) request = NULL;
      g_autoptr (JsonNode) detail = NULL;

      if (step == NULL)
        return;

      request = cs_channel_build (self->channel, listing, step, journal, step->picture >= 0 ? picture : NULL, &error);
      g_assert_no_error (error);
      detail = dex_await_boxed (cs_channel_send (self->channel, listing, step, request, NULL, NULL, NULL), &error);
      g_assert_no_error (error);
      cs_journal_add (journal, step->name, "done", detail);
    }
}

static gboolean
has_file (Fixture    *self,
          const char *name,
          char      **text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  return g_file_get_contents (path, text, NULL, NULL);
}

static void
assert_differences (Fixture   *self,
                    CsListing *listing,
                    guint      n)
{
  g_autoptr (CsRemoteListing) remote = dex_await_boxed (cs_channel_read (self->channel, listing->key), NULL);
  g_autoptr (GPtrArray) differences = NULL;

  g_assert_nonnull (remote);
  differences = cs_channel_compare (self->channel, listing, remote, TRUE);
  g_assert_cmpuint (differences->len, ==, n);
}

static void
test_package (void)
{
  g_auto (Fixture) self = { NULL };
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, VARIANTS);
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *csv = NULL, *page = NULL, *book = NULL;
  g_autofree char *picture = NULL;

  fixture_init (&self);
  found = dex_await_boxed (cs_channel_look_up (self.channel, listing), NULL);
  g_assert_cmpuint (found->len, ==, 0);

  send_all (&self, listing);
  assert_differences (&self, listing, 0);

  /* Tables stand once nothing more is due, and only then */
  g_assert_false (has_file (&self, "shopify-products.csv", &csv));
  g_assert_true (dex_await (cs_channel_finish (self.channel), NULL));
  g_assert_true (has_file (&self, "shopify-products.csv", &csv));
  g_assert_true (has_file (&self, "shopify-products.xlsx", &book));
  g_assert_true (has_file (&self, "index.html", &page));
  g_assert_true (g_str_has_prefix (csv, "Title,URL handle,"));
  g_assert_nonnull (strstr (page, "Baskets &amp; &lt;more&gt;"));
  g_assert_null (strstr (page, "<b>\n"));
  g_assert_null (strstr (page, "hand\" <b>"));

  /* Somebody opened a picture and saved it */
  picture = g_build_filename (self.folder, "pictures", "CS-7-2.jpg", NULL);
  g_assert_true (g_file_set_contents (picture, "other", -1, NULL));
  assert_differences (&self, listing, 1);
  g_unlink (picture);
  assert_differences (&self, listing, 1);
}

static void
test_offer_and_withdraw (void)
{
  g_auto (Fixture) self = { NULL };
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, NULL);
  g_autoptr (CsListing) offer = make_listing (CS_OPERATION_OFFER, NULL);
  g_autoptr (CsListing) withdraw = make_listing (CS_OPERATION_WITHDRAW, NULL);
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autofree char *csv = NULL;

  fixture_init (&self);
  send_all (&self, listing);
  offer->price.minor = 3990;
  offer->stock = 1;
  cs_listing_freeze (offer);
  send_all (&self, offer);
  remote = dex_await_boxed (cs_channel_read (self.channel, "CS-7"), NULL);
  g_assert_cmpstr (remote->price, ==, "39.90 CNY");
  g_assert_cmpint (remote->stock, ==, 1);
  g_assert_cmpstr (remote->title, ==, TITLE);

  send_all (&self, withdraw);
  g_clear_pointer (&remote, cs_remote_listing_unref);
  remote = dex_await_boxed (cs_channel_read (self.channel, "CS-7"), NULL);
  g_assert_false (remote->live);
  g_assert_true (dex_await (cs_channel_finish (self.channel), NULL));
  g_assert_true (has_file (&self, "shopify-products.csv", &csv));
  g_assert_null (strstr (csv, TITLE));
}

/* Nothing leads out of the folder, whatever a listing calls itself */
static void
test_outside (void)
{
  g_auto (Fixture) self = { NULL };
  static const char *const bad[] = { "/pictures/..%2F..%2Fevil.jpg", "/listings/..", "/pictures/.bashrc", "/evil", "/pictures/a%00b" };

  fixture_init (&self);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *address = g_strconcat (cs_channel_get_address (self.channel), bad[i], NULL);
      g_autoptr (CsRequest) request = cs_request_make ("PUT", address);
      g_autoptr (CsReply) reply = NULL;
      g_autoptr (GError) error = NULL;

      reply = cs_folder_store_answer (self.folder, request, &error);
      g_assert_null (reply);
      g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
    }
}

static void
test_missing_drive (void)
{
  g_auto (Fixture) self = { NULL };
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, NULL);
  g_autofree char *blocked = NULL;
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  /* A file where a folder is wanted stands in for a drive that is not there */
  fixture_init (&self);
  blocked = g_build_filename (self.folder, "listings", NULL);
  g_assert_true (g_file_set_contents (blocked, "", 0, NULL));
  address = g_strconcat (cs_channel_get_address (self.channel), "/listings/CS-7", NULL);
  request = cs_request_make ("PUT", address);
  cs_request_set_body (request, "application/json", listing->bytes);
  reply = cs_folder_store_answer (self.folder, request, &error);
  g_assert_null (reply);
  g_assert_error (error, CS_ERROR, CS_ERROR_LATER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/channels/folder/rows", test_rows);
  g_test_add_func ("/channels/folder/bytes", test_bytes);
  g_test_add_func ("/channels/folder/limits", test_limits);
  cs_test_add_fiber ("/channels/folder/package", test_package);
  cs_test_add_fiber ("/channels/folder/offer-and-withdraw", test_offer_and_withdraw);
  cs_test_add_fiber ("/channels/folder/outside", test_outside);
  cs_test_add_fiber ("/channels/folder/missing-drive", test_missing_drive);

  return g_test_run ();
}
