/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-json.h"
#include "cs-outbox.h"
#include "cs-shops-private.h"
#include "cs-test-desk.h"

#define NOTE "手工竹编果篮 直径28cm 四川"

static gint64
publish (Fixture    *self,
         const char *folder,
         const char *sku)
{
  g_autoptr (CsDraft) draft = NULL;
  gint64 product = make_product (self, folder, NOTE);

  await_ok (cs_desk_set_value (self->desk, product, CS_FIELD_PRICE, "89 CNY"));
  await_ok (cs_desk_set_value (self->desk, product, CS_FIELD_STOCK, "5"));
  if (sku != NULL)
    await_ok (cs_desk_set_value (self->desk, product, CS_FIELD_SKU, sku));
  await_uint (cs_desk_suggest (self->desk, &product, 1));
  decide_all (self, product);
  draft = prepare_one (self, product);
  g_assert_cmpuint (draft->findings->len, ==, 0);
  g_assert_cmpuint (await_uint (approve_one (self, draft)), ==, 1);
  g_assert_cmpuint (await_uint (cs_desk_sync (self->desk, 0)), ==, 1);

  return product;
}

static void
publish_again (Fixture *self,
               gint64   product,
               CsField  field,
               const char *value)
{
  g_autoptr (CsDraft) draft = NULL;

  await_ok (cs_desk_set_value (self->desk, product, field, value));
  await_uint (cs_desk_suggest (self->desk, &product, 1));
  decide_all (self, product);
  draft = prepare_one (self, product);
  g_assert_cmpuint (draft->findings->len, ==, 0);
  g_assert_cmpuint (await_uint (approve_one (self, draft)), ==, 1);
  g_assert_cmpuint (await_uint (cs_desk_sync (self->desk, 0)), ==, 1);
}

/* Another library's account leads to the same practice shop */
static void
share_shop (Fixture *from,
            Fixture *to)
{
  g_autoptr (CsAccount) account = cs_account_new ();
  CsChannel *channel;

  account->id = first_account (from);
  account->channel = g_strdup ("practice");
  account->address = g_strdup ("");
  channel = cs_publisher_get_channel (from->desk->publisher, account, NULL);
  g_assert_nonnull (channel);
  cs_publisher_set_channel (to->desk->publisher, first_account (to), channel);
}

static CsPullSummary *
pull (Fixture *self)
{
  CsPullSummary   *summary = await_boxed (cs_shops_pull (cs_desk_get_shops (self->desk), first_account (self)));
  g_autofree char *text = cs_pull_summary_to_text (summary);

  g_test_message ("%s", text);
  for (guint i = 0; i < summary->failures->len; i++)
    g_test_message ("  %s", (char *) summary->failures->pdata[i]);

  return summary;
}

static CsProduct *
find_product (Fixture    *self,
              const char *typed)
{
  gint64 id = await_int64 (cs_desk_find_product (self->desk, typed));

  return await_boxed (cs_desk_get_product (self->desk, id));
}

static void
test_pull (void)
{
  g_auto (Fixture) a = { 0 };
  g_auto (Fixture) b = { 0 };
  g_autoptr (CsPullSummary) first = NULL;
  g_autoptr (CsPullSummary) second = NULL;
  g_autoptr (CsPullSummary) third = NULL;
  g_autoptr (CsProduct) original = NULL;
  g_autoptr (CsProduct) adopted = NULL;
  g_autoptr (CsProduct) later = NULL;
  g_autoptr (CsProduct) matched = NULL;
  gint64 basket;
  gint64 own;

  fixture_init (&a);
  fixture_init (&b);
  basket = publish (&a, "basket", "B-1");
  publish (&a, "bowl", "B-2");
  share_shop (&a, &b);
  own = make_product (&b, "bowl of mine", NULL);
  await_ok (cs_desk_set_value (b.desk, own, CS_FIELD_SKU, "B-2"));

  /* One becomes a product with what it says as its originals, the other is the one that is here */
  first = pull (&b);
  g_assert_cmpuint (first->n_listings, ==, 2);
  g_assert_cmpuint (first->n_new, ==, 1);
  g_assert_cmpuint (first->n_matched, ==, 1);
  g_assert_cmpuint (first->n_photos, ==, 2);
  g_assert_cmpuint (first->failures->len, ==, 0);
  g_assert_false (first->stopped);
  original = await_boxed (cs_desk_get_product (a.desk, basket));
  adopted = find_product (&b, "B-1");
  g_assert_cmpstr (adopted->key, ==, original->key);
  g_assert_cmpstr (adopted->values[CS_FIELD_PRICE], ==, "89.00 CNY");
  g_assert_cmpstr (adopted->values[CS_FIELD_STOCK], ==, "5");
  g_assert_nonnull (strstr (adopted->values[CS_FIELD_TITLE], "竹编"));
  g_assert_cmpuint (adopted->photos->len, ==, 2);
  matched = await_boxed (cs_desk_get_product (b.desk, own));
  g_assert_nonnull (strstr (matched->values[CS_FIELD_TITLE], "竹编"));
  g_assert_cmpuint (matched->photos->len, ==, 2);

  /* Asked again nothing is new */
  second = pull (&b);
  g_assert_cmpuint (second->n_known, ==, 2);
  g_assert_cmpuint (second->n_moved + second->n_new + second->n_matched + second->n_photos, ==, 0);

  /* What was from the shop follows it */
  publish_again (&a, basket, CS_FIELD_STOCK, "3");
  third = pull (&b);
  g_assert_cmpuint (third->n_moved, ==, 1);
  later = find_product (&b, "B-1");
  g_assert_cmpstr (later->values[CS_FIELD_STOCK], ==, "3");
}

/* What was adopted goes back as a change of the same listing */
static void
test_adopted_goes_out (void)
{
  g_auto (Fixture) a = { 0 };
  g_auto (Fixture) b = { 0 };
  g_autoptr (CsPullSummary) summary = NULL;
  g_autoptr (CsProduct) adopted = NULL;
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 product;

  fixture_init (&a);
  fixture_init (&b);
  publish (&a, "basket", "B-1");
  share_shop (&a, &b);
  summary = pull (&b);
  adopted = find_product (&b, "B-1");
  product = adopted->id;
  await_uint (cs_desk_suggest (b.desk, &product, 1));
  decide_all (&b, product);
  await_ok (cs_desk_set_value (b.desk, product, CS_FIELD_PRICE, "95 CNY"));
  await_uint (cs_desk_suggest (b.desk, &product, 1));
  decide_all (&b, product);
  draft = prepare_one (&b, product);
  g_assert_cmpuint (draft->findings->len, ==, 0);
  g_assert_false (draft->is_new);
  g_assert_cmpuint (await_uint (approve_one (&b, draft)), ==, 1);
  g_assert_cmpuint (await_uint (cs_desk_sync (b.desk, 0)), ==, 1);
  entries = await_boxed (cs_desk_list_outbox (b.desk, 0));
  g_assert_cmpint (((CsOutboxEntry *) entries->pdata[0])->state, ==, CS_OUTBOX_DONE);
}

/* Several products with one SKU: the person says which */
static void
test_doubtful (void)
{
  g_auto (Fixture) a = { 0 };
  g_auto (Fixture) b = { 0 };
  g_autoptr (CsPullSummary) summary = NULL;
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (GPtrArray) remotes = NULL;
  gint64 one, two;

  fixture_init (&a);
  fixture_init (&b);
  publish (&a, "basket", "B-1");
  share_shop (&a, &b);
  one = make_product (&b, "one", NULL);
  two = make_product (&b, "two", NULL);
  await_ok (cs_desk_set_value (b.desk, one, CS_FIELD_SKU, "B-1"));
  await_ok (cs_desk_set_value (b.desk, two, CS_FIELD_SKU, "B-1"));
  summary = pull (&b);
  g_assert_cmpuint (summary->n_doubtful, ==, 1);
  g_assert_cmpuint (summary->n_new + summary->n_matched, ==, 0);

  /* It bears the mark of another product, so it is neither */
  assert_refused (cs_shops_link (cs_desk_get_shops (b.desk), first_account (&b), one, "1"), CS_ERROR_REFUSED);
  assert_refused (cs_shops_link (cs_desk_get_shops (b.desk), first_account (&b), one, "no such"), CS_ERROR_NOT_FOUND);
  await_ok (cs_shops_link (cs_desk_get_shops (b.desk), first_account (&b), one, NULL));
}

static void
assert_address (const char *typed,
                const char *kept)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = cs_shops_complete_address (typed, &error);

  g_assert_cmpstr (address, ==, kept);
  if (kept == NULL)
    g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  else
    g_assert_no_error (error);
}

static void
test_addresses (void)
{
  assert_address ("myshop.example", "https://myshop.example");
  assert_address ("  https://MyShop.example/ ", "https://myshop.example");
  assert_address ("https://myshop.example/blog/wp-admin/index.php?a=1#x", "https://myshop.example/blog");
  assert_address ("https://myshop.example:8443/shop//", "https://myshop.example:8443/shop");
  assert_address ("127.0.0.1:8080", "http://127.0.0.1:8080");
  assert_address ("localhost:8080/wp-json/wc/v3", "http://localhost:8080");
  assert_address ("http://[::1]:3000/", "http://[::1]:3000");
  assert_address ("https://bücher.example", "https://xn--bcher-kva.example");
  assert_address ("http://myshop.example", NULL);
  assert_address ("http://127.0.0.1.example", NULL);
  assert_address ("ftp://myshop.example", NULL);
  assert_address ("file:///etc/passwd", NULL);
  assert_address ("javascript:alert(1)", NULL);
  assert_address ("https://me:secret@myshop.example", NULL);
  assert_address ("https://", NULL);
  assert_address ("", NULL);
  assert_address (NULL, NULL);
}

/* Chosen for one account, it is no other's, and what was signed without it is void */
static void
test_attributes_of_account (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsDraft) before = NULL;
  g_autoptr (CsDraft) after = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  decide_all (&self, product);
  before = prepare_one (&self, product);
  g_assert_null (before->listing->category_id);
  g_assert_null (before->listing->attributes);
  g_assert_cmpuint (await_uint (approve_one (&self, before)), ==, 1);

  assert_refused (cs_shops_set_attributes (cs_desk_get_shops (self.desk), 77, &product, 1, "12", "Baskets", "{}"),
                  CS_ERROR_NOT_FOUND);
  await_ok (cs_shops_set_attributes (cs_desk_get_shops (self.desk), first_account (&self), &product, 1,
                                     "12", "Baskets", "{\"weave\":\"fine\",\"for\":[\"fruit\",\"bread\"]}"));
  entries = await_boxed (cs_desk_list_outbox (self.desk, 0));
  g_assert_cmpint (((CsOutboxEntry *) entries->pdata[0])->state, ==, CS_OUTBOX_VOIDED);
  after = prepare_one (&self, product);
  g_assert_cmpstr (after->listing->category_id, ==, "12");
  g_assert_cmpstr (after->listing->category, ==, "Baskets");
  g_assert_cmpstr (after->listing->attributes, ==, "{\"for\":[\"fruit\",\"bread\"],\"weave\":\"fine\"}");
  g_assert_cmpstr (after->listing->hash, !=, before->listing->hash);
}

/* What waited for a shop that is removed goes nowhere */
static void
test_remove (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 account;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  decide_all (&self, product);
  draft = prepare_one (&self, product);
  account = draft->account;
  g_assert_cmpuint (await_uint (approve_one (&self, draft)), ==, 1);
  await_ok (cs_shops_remove (cs_desk_get_shops (self.desk), account));
  accounts = await_boxed (cs_desk_list_accounts (self.desk));
  g_assert_cmpuint (accounts->len, ==, 0);
  entries = await_boxed (cs_desk_list_outbox (self.desk, 0));
  g_assert_cmpint (((CsOutboxEntry *) entries->pdata[0])->state, ==, CS_OUTBOX_VOIDED);
  assert_refused (cs_desk_retry (self.desk, ((CsOutboxEntry *) entries->pdata[0])->id), CS_ERROR_NOT_SIGNED);
  g_assert_cmpuint (await_uint (cs_desk_sync (self.desk, 0)), ==, 0);
  rows = await_boxed (cs_desk_get_rows (self.desk, &product, 1));
  g_assert_cmpint (((CsProductRow *) rows->pdata[0])->stage, ==, CS_STAGE_READY);
  assert_refused (cs_shops_check (cs_desk_get_shops (self.desk), account), CS_ERROR_NOT_FOUND);
  assert_refused (cs_shops_remove (cs_desk_get_shops (self.desk), account), CS_ERROR_NOT_FOUND);
}

static CsDifference *
find_difference (GPtrArray  *differences,
                 const char *name)
{
  for (guint i = 0; i < differences->len; i++)
    {
      CsDifference *difference = differences->pdata[i];

      if (g_str_equal (difference->name, name))
        return difference;
    }

  return NULL;
}

static CsTrial *
try_one (Fixture *self)
{
  g_autoptr (GPtrArray) trials = await_boxed (cs_shops_try_outbox (cs_desk_get_shops (self->desk), 0));

  g_assert_cmpuint (trials->len, ==, 1);

  return cs_trial_ref (trials->pdata[0]);
}

/* Signs what the product has come to, and sends nothing */
static void
sign (Fixture *self,
      gint64   product)
{
  g_autoptr (CsDraft) draft = NULL;

  await_uint (cs_desk_suggest (self->desk, &product, 1));
  decide_all (self, product);
  draft = prepare_one (self, product);
  g_assert_cmpuint (draft->findings->len, ==, 0);
  g_assert_cmpuint (await_uint (approve_one (self, draft)), ==, 1);
}

/* A dry run tells what would change, and changes nothing */
static void
test_try (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsTrial) create = NULL;
  g_autoptr (CsTrial) update = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) trials = NULL;
  CsDifference *price;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_PRICE, "89 CNY"));
  sign (&self, product);
  create = try_one (&self);
  g_assert_cmpint (create->operation, ==, CS_OPERATION_CREATE);
  g_assert_null (create->obstacle);
  g_assert_nonnull (find_difference (create->differences, "title"));
  g_assert_null (find_difference (create->differences, "title")->theirs);
  before = await_boxed (cs_desk_list_outbox (self.desk, 0));
  g_assert_cmpint (((CsOutboxEntry *) before->pdata[0])->state, ==, CS_OUTBOX_READY);

  g_assert_cmpuint (await_uint (cs_desk_sync (self.desk, 0)), ==, 1);
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_PRICE, "95 CNY"));
  await_uint (cs_desk_suggest (self.desk, &product, 1));
  decide_all (&self, product);
  trials = await_boxed (cs_shops_try (cs_desk_get_shops (self.desk), first_account (&self), &product, 1));
  g_assert_cmpuint (trials->len, ==, 1);
  g_assert_cmpuint (((CsTrial *) trials->pdata[0])->differences->len, ==, 1);
  sign (&self, product);
  update = try_one (&self);
  g_assert_cmpint (update->operation, ==, CS_OPERATION_UPDATE);
  g_assert_null (update->obstacle);
  g_assert_cmpuint (update->differences->len, ==, 1);
  price = find_difference (update->differences, "price");
  g_assert_nonnull (strstr (price->before, "89"));
  g_assert_nonnull (strstr (price->theirs, "89"));
  g_assert_nonnull (strstr (price->ours, "95"));
  after = await_boxed (cs_desk_list_outbox (self.desk, 0));
  g_assert_cmpint (((CsOutboxEntry *) after->pdata[0])->state, ==, CS_OUTBOX_READY);
  g_assert_cmpuint (((CsOutboxEntry *) after->pdata[0])->attempts, ==, 0);
}

/* Two libraries change one listing: nothing is written over before a person has
 * seen both
 */
static gint64
make_conflict (Fixture *a,
               Fixture *b)
{
  g_autoptr (CsPullSummary) summary = NULL;
  g_autoptr (CsProduct) adopted = NULL;
  g_autoptr (CsTrial) trial = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 basket = publish (a, "basket", "B-1");

  share_shop (a, b);
  summary = pull (b);
  adopted = find_product (b, "B-1");
  await_ok (cs_desk_set_value (b->desk, adopted->id, CS_FIELD_PRICE, "99 CNY"));
  sign (b, adopted->id);
  publish_again (a, basket, CS_FIELD_PRICE, "70 CNY");
  trial = try_one (b);
  g_assert_nonnull (trial->obstacle);
  await_uint (cs_desk_sync (b->desk, 0));
  entries = await_boxed (cs_desk_list_outbox (b->desk, 0));
  g_assert_cmpint (((CsOutboxEntry *) entries->pdata[0])->state, ==, CS_OUTBOX_CONFLICT);

  return ((CsOutboxEntry *) entries->pdata[0])->id;
}

static void
test_conflict_ours (void)
{
  g_auto (Fixture) a = { 0 };
  g_auto (Fixture) b = { 0 };
  g_autoptr (CsConflict) conflict = NULL;
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  CsDifference *price;
  gint64 entry;

  fixture_init (&a);
  fixture_init (&b);
  entry = make_conflict (&a, &b);
  conflict = await_boxed (cs_shops_get_conflict (cs_desk_get_shops (b.desk), entry));
  g_assert_cmpuint (conflict->answers, ==, (1u << CS_ANSWER_OURS) | (1u << CS_ANSWER_THEIRS));
  g_assert_cmpuint (conflict->candidates->len, ==, 0);
  price = find_difference (conflict->differences, "price");
  g_assert_nonnull (strstr (price->theirs, "70"));
  g_assert_nonnull (strstr (price->ours, "99"));
  assert_refused (cs_shops_resolve (cs_desk_get_shops (b.desk), conflict, CS_ANSWER_IS_IT, "1"), CS_ERROR_REFUSED);

  draft = await_boxed (cs_shops_resolve (cs_desk_get_shops (b.desk), conflict, CS_ANSWER_OURS, NULL));
  g_assert_cmpuint (draft->findings->len, ==, 0);
  g_assert_cmpuint (await_uint (approve_one (&b, draft)), ==, 1);
  g_assert_cmpuint (await_uint (cs_desk_sync (b.desk, 0)), ==, 1);
  entries = await_boxed (cs_desk_list_outbox (b.desk, 0));
  g_assert_cmpint (((CsOutboxEntry *) entries->pdata[0])->state, ==, CS_OUTBOX_DONE);
  assert_refused (cs_shops_get_conflict (cs_desk_get_shops (b.desk), entry), CS_ERROR_NOT_FOUND);
}

static void
test_conflict_theirs (void)
{
  g_auto (Fixture) a = { 0 };
  g_auto (Fixture) b = { 0 };
  g_autoptr (CsConflict) stale = NULL;
  g_autoptr (CsConflict) conflict = NULL;
  g_autoptr (CsOutboxEntry) settled = NULL;
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (CsProduct) basket = NULL;
  gint64 entry;

  fixture_init (&a);
  fixture_init (&b);
  entry = make_conflict (&a, &b);
  stale = await_boxed (cs_shops_get_conflict (cs_desk_get_shops (b.desk), entry));
  basket = find_product (&a, "B-1");
  publish_again (&a, basket->id, CS_FIELD_PRICE, "75 CNY");
  assert_refused (cs_shops_resolve (cs_desk_get_shops (b.desk), stale, CS_ANSWER_THEIRS, NULL), CS_ERROR_STALE);

  conflict = await_boxed (cs_shops_get_conflict (cs_desk_get_shops (b.desk), entry));
  await_ok (cs_shops_resolve (cs_desk_get_shops (b.desk), conflict, CS_ANSWER_THEIRS, NULL));
  settled = await_boxed (cs_outbox_get (b.desk->store, entry));
  g_assert_cmpint (settled->state, ==, CS_OUTBOX_VOIDED);
  product = find_product (&b, "B-1");
  g_assert_nonnull (strstr (product->values[CS_FIELD_PRICE], "75"));
  g_assert_cmpuint (await_uint (cs_desk_sync (b.desk, 0)), ==, 0);
}

/* Price and stock go by the numbers that were seen */
static void
test_offers (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) offers = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (CsDraft) rollback = NULL;
  g_autoptr (CsTrial) trial = NULL;
  gint64 product;

  fixture_init (&self);
  product = publish (&self, "basket", "B-1");
  none = await_boxed (cs_shops_prepare_offers (cs_desk_get_shops (self.desk), first_account (&self), &product, 1));
  g_assert_cmpuint (none->len, ==, 0);

  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_STOCK, "2"));
  offers = await_boxed (cs_shops_prepare_offers (cs_desk_get_shops (self.desk), first_account (&self), &product, 1));
  g_assert_cmpuint (offers->len, ==, 1);
  g_assert_cmpint (((CsDraft *) offers->pdata[0])->listing->operation, ==, CS_OPERATION_OFFER);
  g_assert_nonnull (strstr (((CsDraft *) offers->pdata[0])->listing->seen, "\"stock\":5"));
  g_assert_cmpuint (await_uint (approve_one (&self, offers->pdata[0])), ==, 1);
  trial = try_one (&self);
  g_assert_null (trial->obstacle);
  g_assert_cmpuint (trial->differences->len, ==, 1);
  g_assert_cmpstr (find_difference (trial->differences, "stock")->theirs, ==, "5");
  g_assert_cmpuint (await_uint (cs_desk_sync (self.desk, 0)), ==, 1);
  entries = await_boxed (cs_desk_list_outbox (self.desk, 0));
  g_assert_cmpint (((CsOutboxEntry *) entries->pdata[0])->state, ==, CS_OUTBOX_DONE);

  /* Back to the listing of before, not to an offer without a text */
  rollback = await_boxed (cs_desk_prepare_rollback (self.desk, ((CsOutboxEntry *) entries->pdata[0])->id));
  g_assert_cmpint (rollback->listing->operation, ==, CS_OPERATION_UPDATE);
  g_assert_nonnull (rollback->listing->description);
  g_assert_cmpint (rollback->listing->stock, ==, 5);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shops/addresses", test_addresses);
  cs_test_add_fiber ("/shops/pull", test_pull);
  cs_test_add_fiber ("/shops/adopted-goes-out", test_adopted_goes_out);
  cs_test_add_fiber ("/shops/doubtful", test_doubtful);
  cs_test_add_fiber ("/shops/attributes", test_attributes_of_account);
  cs_test_add_fiber ("/shops/remove", test_remove);
  cs_test_add_fiber ("/shops/try", test_try);
  cs_test_add_fiber ("/shops/conflict/ours", test_conflict_ours);
  cs_test_add_fiber ("/shops/conflict/theirs", test_conflict_theirs);
  cs_test_add_fiber ("/shops/offers", test_offers);

  return g_test_run ();
}
