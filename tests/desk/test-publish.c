/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-hash.h"
#include "cs-http.h"
#include "cs-test-desk.h"

#define NOTE "手工竹编果篮 直径28cm 四川"

static GBytes *
fetch (const char *address)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRequest) request = cs_request_make ("GET", address);
  g_autoptr (CsReply) reply = await_boxed (cs_http_send (http, request, NULL));

  g_assert_cmpuint (reply->status, ==, 200);

  return g_bytes_ref (reply->body);
}

static gboolean
page_says (const char *address,
           const char *text)
{
  g_autoptr (GBytes) body = fetch (address);
  gsize       length;
  const char *page = g_bytes_get_data (body, &length);

  return g_strstr_len (page, length, text) != NULL;
}

static char *
shop_address (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  char *address = dex_await_string (cs_desk_get_shop_address (self->desk, first_account (self)), &error);

  g_assert_no_error (error);

  return address;
}

static CsOutboxEntry *
newest_entry (Fixture *self)
{
  g_autoptr (GPtrArray) entries = await_boxed (cs_desk_list_outbox (self->desk, 0));

  g_assert_cmpuint (entries->len, >, 0);

  return cs_outbox_entry_ref (entries->pdata[0]);
}

static gint64
publish (Fixture    *self,
         const char *folder)
{
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (CsOutboxEntry) entry = NULL;
  gint64 product = make_product (self, folder, NOTE);

  await_ok (cs_desk_set_value (self->desk, product, CS_FIELD_PRICE, "89 CNY"));
  await_uint (cs_desk_suggest (self->desk, &product, 1));
  decide_all (self, product);
  draft = prepare_one (self, product);
  for (guint i = 0; i < draft->findings->len; i++)
    g_test_message ("%s", (char *) draft->findings->pdata[i]);
  g_assert_cmpuint (draft->findings->len, ==, 0);
  g_assert_cmpuint (await_uint (approve_one (self, draft)), ==, 1);
  g_assert_cmpuint (await_uint (cs_desk_sync (self->desk, 0)), ==, 1);
  entry = newest_entry (self);
  g_test_message ("%s: %s", cs_outbox_state_get_name (entry->state), entry->message);
  g_assert_cmpint (entry->state, ==, CS_OUTBOX_DONE);

  return product;
}

static void
test_whole_way (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (CsDraft) again = NULL;
  g_autofree char *address = NULL;
  g_autofree char *page = NULL;
  gint64 product;

  fixture_init (&self);
  product = publish (&self, "竹篮");
  entry = newest_entry (&self);
  g_assert_nonnull (entry->url);
  page = dex_await_string (cs_desk_get_listing_address (self.desk, entry->id), NULL);
  g_assert_cmpstr (page, ==, entry->url);
  g_assert_true (page_says (entry->url, "竹编"));
  address = shop_address (&self);
  g_assert_true (g_str_has_prefix (address, "http://127.0.0.1:") || g_str_has_prefix (address, "http://localhost:"));
  g_assert_true (page_says (address, "竹编"));

  rows = await_boxed (cs_desk_get_rows (self.desk, &product, 1));
  g_assert_cmpint (((CsProductRow *) rows->pdata[0])->stage, ==, CS_STAGE_PUBLISHED);

  /* There already: nothing to sign */
  again = prepare_one (&self, product);
  g_assert_false (again->is_new);
  g_assert_cmpuint (again->findings->len, ==, 1);
  assert_refused (approve_one (&self, again), CS_ERROR_REFUSED);
}

/* What is frozen is frozen in full, and the same each time */
static void
test_freezing (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsDraft) one = NULL;
  g_autoptr (CsDraft) two = NULL;
  g_autoptr (CsProduct) loaded = NULL;
  g_autoptr (GPtrArray) items = NULL;
  guint  n_as_accepted = 0;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_PRICE, "89 CNY"));
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_STOCK, "12"));
  await_uint (cs_desk_suggest (self.desk, &product, 1));
  decide_all (&self, product);
  loaded = await_boxed (cs_desk_get_product (self.desk, product));

  one = prepare_one (&self, product);
  g_assert_cmpstr (one->listing->key, ==, loaded->key);
  g_assert_cmpstr (one->listing->sku, ==, loaded->key);
  g_assert_cmpint (one->listing->price.minor, ==, 8900);
  g_assert_cmpstr (one->listing->price.currency, ==, "CNY");
  g_assert_cmpint (one->listing->stock, ==, 12);
  g_assert_cmpint (one->listing->operation, ==, CS_OPERATION_CREATE);
  g_assert_nonnull (one->listing->adapter);
  g_assert_cmpuint (one->listing->pictures->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      CsListingPicture *picture = one->listing->pictures->pdata[i];
      g_autofree char  *path = cs_desk_dup_picture_path (self.desk, picture->hash);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_nonnull (picture->alt_text);
      g_assert_true (g_str_has_prefix (picture->name, loaded->key));
    }

  /* What was accepted is what goes out, to the byte */
  items = await_boxed (cs_desk_get_items (self.desk, product));
  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      for (guint j = 0; item->field == CS_FIELD_PICTURE && j < 2; j++)
        n_as_accepted += g_str_equal (item->value, ((CsListingPicture *) one->listing->pictures->pdata[j])->hash);
    }
  g_assert_cmpuint (n_as_accepted, ==, 2);

  /* Also after a restart, when no rendering is remembered */
  fixture_close (&self);
  fixture_open (&self);
  two = prepare_one (&self, product);
  g_assert_cmpstr (one->listing->hash, ==, two->listing->hash);
}

/* A photo that says it was made by a model: a JPEG with that in its XMP */
static GBytes *
labelled_photo (void)
{
  static const char packet[] =
    "http://ns.adobe.com/xap/1.0/\0"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\""
    " Iptc4xmpExt:DigitalSourceType=\"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia\"/>"
    "</rdf:RDF></x:xmpmeta>";
  const guint length = sizeof packet - 1 + 2;
  g_autoptr (GBytes) plain = cs_test_photo (77, 800, 600);
  gsize         size;
  const guint8 *data = g_bytes_get_data (plain, &size);
  GByteArray   *out = g_byte_array_new ();

  g_byte_array_append (out, data, 2);
  g_byte_array_append (out, (guint8[]) { 0xff, 0xe1, length >> 8, length & 0xff }, 4);
  g_byte_array_append (out, (const guint8 *) packet, sizeof packet - 1);
  g_byte_array_append (out, data + 2, size - 2);

  return g_byte_array_free_to_bytes (out);
}

/* What says that a model made it goes out with it: in the payload and in the picture */
static void
test_labels (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GBytes) photo = labelled_photo ();
  g_autoptr (CsImportSummary) summary = NULL;
  g_autoptr (CsDraft) draft = NULL;
  g_autofree char *path = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *content = NULL;
  CsListingPicture *picture;
  gint64 product;
  gsize  length;

  fixture_init (&self);
  path = cs_test_put (self.photos, "mug.jpg", photo);
  summary = import_name (&self, "mug.jpg");
  product = g_array_index (summary->products, gint64, 0);
  await_uint (cs_desk_suggest (self.desk, &product, 1));
  decide_all (&self, product);

  draft = prepare_one (&self, product);
  g_assert_nonnull (draft->listing->labels);
  g_test_message ("%s", draft->listing->labels);
  picture = draft->listing->pictures->pdata[0];
  g_assert_nonnull (strstr (draft->listing->labels, picture->name));
  g_assert_nonnull (strstr (draft->listing->labels, "rainedAlgorithmicMedia"));
  sent = cs_desk_dup_picture_path (self.desk, picture->hash);
  g_assert_true (g_file_get_contents (sent, &content, &length, NULL));
  g_assert_nonnull (memmem (content, length, "trainedAlgorithmicMedia", strlen ("trainedAlgorithmicMedia")));
}

static void
test_stale_approval (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (CsDraft) fresh = NULL;
  g_autoptr (CsDraft) voided = NULL;
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autoptr (GPtrArray) none = NULL;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  decide_all (&self, product);
  draft = prepare_one (&self, product);
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_PRICE, "90 CNY"));
  await_uint (cs_desk_suggest (self.desk, &product, 1));
  decide_all (&self, product);
  assert_refused (approve_one (&self, draft), CS_ERROR_STALE);
  none = await_boxed (cs_desk_list_outbox (self.desk, 0));
  g_assert_cmpuint (none->len, ==, 0);

  fresh = prepare_one (&self, product);
  g_assert_cmpuint (await_uint (approve_one (&self, fresh)), ==, 1);
  assert_refused (approve_one (&self, fresh), CS_ERROR_REFUSED);

  /* An edit voids what has not gone out */
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_PRICE, "91 CNY"));
  entry = newest_entry (&self);
  g_assert_cmpint (entry->state, ==, CS_OUTBOX_VOIDED);
  await_uint (cs_desk_sync (self.desk, 0));
  voided = prepare_one (&self, product);
  g_assert_true (voided->is_new);
}

static void
test_not_ready (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsDraft) draft = NULL;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  draft = prepare_one (&self, product);
  g_assert_cmpuint (draft->findings->len, >=, 2);
  assert_refused (approve_one (&self, draft), CS_ERROR_REFUSED);
}

static void
edit_title (Fixture    *self,
            gint64      product,
            const char *title)
{
  g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));

  await_ok (cs_desk_decide (self->desk, find_item (items, CS_FIELD_TITLE), NULL, CS_VERDICT_EDIT, title, "window"));
}

static CsOutboxEntry *
sign_and_send (Fixture *self,
               CsDraft *draft)
{
  CsOutboxEntry *entry;

  for (guint i = 0; i < draft->findings->len; i++)
    g_test_message ("%s", (char *) draft->findings->pdata[i]);
  g_assert_cmpuint (await_uint (approve_one (self, draft)), ==, 1);
  await_uint (cs_desk_sync (self->desk, 0));
  entry = newest_entry (self);
  g_test_message ("%s: %s", cs_outbox_state_get_name (entry->state), entry->message);
  g_assert_cmpint (entry->state, ==, CS_OUTBOX_DONE);

  return entry;
}

static void
test_update_and_rollback (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsDraft) update = NULL;
  g_autoptr (CsDraft) back = NULL;
  g_autoptr (CsDraft) away = NULL;
  g_autoptr (CsOutboxEntry) first = NULL;
  g_autoptr (CsOutboxEntry) updated = NULL;
  g_autoptr (CsOutboxEntry) rolled = NULL;
  g_autoptr (CsOutboxEntry) gone = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *address = NULL;
  gint64 product;

  fixture_init (&self);
  product = publish (&self, "basket");
  first = newest_entry (&self);

  edit_title (&self, product, "Another title altogether");
  update = prepare_one (&self, product);
  g_assert_false (update->is_new);
  g_assert_cmpstr (update->listing->remote_id, ==, first->remote_id);
  updated = sign_and_send (&self, update);
  g_assert_cmpstr (updated->remote_id, ==, first->remote_id);
  g_assert_true (page_says (updated->url, "Another title altogether"));

  back = await_boxed (cs_desk_prepare_rollback (self.desk, updated->id));
  g_assert_nonnull (strstr (back->listing->title, "竹编"));
  rolled = sign_and_send (&self, back);
  g_assert_false (page_says (rolled->url, "Another title altogether"));

  away = await_boxed (cs_desk_prepare_withdrawal (self.desk, rolled->id));
  g_assert_cmpint (away->listing->operation, ==, CS_OPERATION_WITHDRAW);
  gone = sign_and_send (&self, away);
  address = shop_address (&self);
  g_assert_false (page_says (address, "竹编"));

  /* Only what is there now says so; the entries before tell what became of them */
  all = await_boxed (cs_desk_list_outbox (self.desk, 0));
  g_assert_cmpuint (all->len, ==, 4);
  for (guint i = 0; i < all->len; i++)
    {
      CsOutboxEntry *entry = all->pdata[i];

      g_assert_false (cs_outbox_entry_is_there (entry));
      g_assert_cmpint (entry->is_past, ==, i > 0);
      g_assert_cmpstr (cs_outbox_entry_get_label (entry), ==, i > 0 ? "Taken off since" : "Withdrawn");
    }
}

static void
empty_field (Fixture *self,
             gint64   product,
             CsField  field)
{
  g_autoptr (GPtrArray) before = await_boxed (cs_desk_get_items (self->desk, product));
  g_autoptr (GPtrArray) after = NULL;
  CsItem *item = find_item (before, field);

  await_ok (cs_desk_decide (self->desk, item, item->suggestions->pdata[0], CS_VERDICT_EDIT, " \n", "window"));
  after = await_boxed (cs_desk_get_items (self->desk, product));
  item = find_item (after, field);
  g_assert_cmpint (item->state, ==, CS_ITEM_EDITED);
  g_assert_cmpstr (item->value, ==, "");
}

/* A seller may want no bullet points: then none go out, not even those of before */
static void
test_emptied (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  CsListingPicture *picture;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_PRICE, "89 CNY"));
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_BULLETS, "Old point"));
  await_uint (cs_desk_suggest (self.desk, &product, 1));
  empty_field (&self, product, CS_FIELD_BULLETS);
  empty_field (&self, product, CS_FIELD_KEYWORDS);
  empty_field (&self, product, CS_FIELD_DESCRIPTION);
  empty_field (&self, product, CS_FIELD_ALT_TEXT);
  decide_all (&self, product);

  rows = await_boxed (cs_desk_get_rows (self.desk, &product, 1));
  g_assert_cmpint (((CsProductRow *) rows->pdata[0])->stage, ==, CS_STAGE_READY);
  draft = prepare_one (&self, product);
  g_assert_cmpuint (g_strv_length (draft->listing->bullets), ==, 0);
  g_assert_cmpuint (g_strv_length (draft->listing->keywords), ==, 0);
  g_assert_null (draft->listing->description);
  picture = draft->listing->pictures->pdata[0];
  g_assert_null (picture->alt_text);
  entry = sign_and_send (&self, draft);
  g_assert_false (page_says (entry->url, "Old point"));
}

static void
test_export (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsProduct) loaded = NULL;
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *json = NULL;
  g_autofree char *second = NULL;
  g_autofree char *content = NULL;
  g_autofree char *hash = NULL;
  gsize  length;
  gint64 product;
  gint64 other;

  fixture_init (&self);
  folder = g_build_filename (self.folder, "out", NULL);
  other = make_product (&self, "mug", NULL);
  assert_refused (cs_desk_export (self.desk, &other, 1, folder), CS_ERROR_REFUSED);

  product = publish (&self, "basket");
  loaded = await_boxed (cs_desk_get_product (self.desk, product));
  entry = newest_entry (&self);
  g_assert_cmpuint (await_uint (cs_desk_export (self.desk, &product, 1, folder)), ==, 1);
  json = g_build_filename (folder, loaded->key, "listing.json", NULL);
  g_assert_true (g_file_get_contents (json, &content, &length, NULL));
  hash = cs_hash_data (content, length);
  g_assert_cmpstr (hash, ==, entry->payload);

  /* Nothing that is there is written over */
  g_assert_cmpuint (await_uint (cs_desk_export (self.desk, &product, 1, folder)), ==, 1);
  second = g_strdup_printf ("%s/%s-2/listing.json", folder, loaded->key);
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/desk/publish/whole-way", test_whole_way);
  cs_test_add_fiber ("/desk/publish/freezing", test_freezing);
  cs_test_add_fiber ("/desk/publish/labels", test_labels);
  cs_test_add_fiber ("/desk/publish/stale-approval", test_stale_approval);
  cs_test_add_fiber ("/desk/publish/not-ready", test_not_ready);
  cs_test_add_fiber ("/desk/publish/update-and-rollback", test_update_and_rollback);
  cs_test_add_fiber ("/desk/publish/emptied", test_emptied);
  cs_test_add_fiber ("/desk/publish/export", test_export);

  return g_test_run ();
}
