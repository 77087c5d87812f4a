/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "cs-asked.h"
#include "cs-db.h"
#include "cs-engine-setups.h"
#include "cs-ledger-book.h"
#include "cs-ledger.h"
#include "cs-schema.h"
#include "cs-store-private.h"
#include "cs-store-test.h"

#define ADDRESS "https://models.example/v1"
#define STEP_2  "40471beee9d6a01f4889c69540cc7c1d454a31cd7fe926da6af6ce4c0156db5a"
#define UNIT    ((gint64) 1000000)

static CsEngineSetup *
make_setup (const char *id)
{
  CsEngineSetup *setup = cs_engine_setup_new ();

  setup->id = g_strdup (id);
  setup->provider = g_strdup ("custom");
  setup->title = g_strdup ("A model");
  setup->address = g_strdup (ADDRESS);
  setup->model = g_strdup ("m-1");
  g_strlcpy (setup->price.currency, "CNY", 4);
  setup->price.input = 1 * UNIT;
  setup->price.output = 10 * UNIT;
  setup->price.picture = CS_PRICE_UNKNOWN;
  setup->budget = -1;

  return setup;
}

static void
put (CsStore       *store,
     CsEngineSetup *setup)
{
  cs_test_true (cs_engine_setups_put (store, setup, "window"));
}

static void
allow (CsStore *store,
       gboolean texts,
       gboolean photos)
{
  cs_test_true (cs_engine_setups_allow (store, "m", ADDRESS, texts, photos, "window"));
}

/* One that may be asked, with a month's budget */
static void
add_engine (CsStore *store,
            gint64   budget)
{
  g_autoptr (CsEngineSetup) setup = make_setup ("m");

  setup->budget = budget;
  put (store, setup);
  allow (store, TRUE, TRUE);
}

/* 1000 tokens there and 1000 back: 1000 + 10000 micros */
#define ONE ((gint64) 11000)

static CsIntent
make_intent (gint64      product,
             const char *key)
{
  return (CsIntent) { .engine = "m", .product = product, .key = key, .bytes = 4000, .input = 1000, .output = 1000 };
}

static DexFuture *
begin (CsStore    *store,
       gint64      product,
       const char *key)
{
  CsIntent intent = make_intent (product, key);

  return cs_ledger_begin (store, &intent);
}

static DexFuture *
end (CsStore    *store,
     gint64      id,
     CsSentState state,
     const char *reply,
     gint64      input,
     gint64      output)
{
  g_autoptr (GBytes) bytes = reply != NULL ? g_bytes_new (reply, strlen (reply)) : NULL;
  CsSettlement settlement = { .state = state, .reply = bytes, .input = input, .output = output, .message = "because" };

  return cs_ledger_end (store, id, &settlement);
}

static CsSent *
get_sent (CsStore *store,
          gint64   id)
{
  g_autoptr (GPtrArray) list = cs_test_boxed (cs_ledger_list (store, 0, 1000));

  for (guint i = 0; i < list->len; i++)
    {
      CsSent *sent = list->pdata[i];

      if (sent->id == id)
        return cs_sent_ref (sent);
    }

  g_assert_not_reached ();
}

static gint64
get_spent (CsStore *store)
{
  return cs_test_int64 (cs_ledger_get_spent (store, "m"));
}

static void
test_setups (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (CsEngineSetup) setup = make_setup ("qwen");
  g_autoptr (CsEngineSetup) second = make_setup ("custom");
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *id = NULL;
  CsEngineSetup *kept;

  setup->never_photos = TRUE;
  setup->budget = 5 * UNIT;
  setup->at_once = 3;
  setup->has_key = TRUE;
  setup->may_text = TRUE; /* nobody agreed */
  setup->learned = g_strdup ("{\"form\":1}");
  put (library.store, setup);
  put (library.store, second);
  cs_test_library_reopen (&library);
  list = cs_test_boxed (cs_engine_setups_list (library.store));
  g_assert_cmpuint (list->len, ==, 2);
  kept = list->pdata[0];
  g_assert_cmpstr (kept->id, ==, "qwen");
  g_assert_cmpstr (kept->address, ==, ADDRESS);
  g_assert_cmpstr (kept->price.currency, ==, "CNY");
  g_assert_cmpint (kept->price.output, ==, 10 * UNIT);
  g_assert_cmpint (kept->price.picture, ==, CS_PRICE_UNKNOWN);
  g_assert_cmpint (kept->budget, ==, 5 * UNIT);
  g_assert_cmpint (kept->at_once, ==, 3);
  g_assert_true (kept->never_photos);
  g_assert_true (kept->has_key);
  g_assert_false (kept->may_text);
  g_assert_false (kept->may_photos);
  g_assert_cmpstr (kept->learned, ==, "{\"form\":1}");

  /* Its name is never another one's, also when it is gone */
  cs_test_true (cs_engine_setups_remove (library.store, "qwen"));
  cs_test_rejects (cs_engine_setups_remove (library.store, "qwen"), CS_ERROR, CS_ERROR_NOT_FOUND);
  id = cs_test_string (cs_engine_setups_find_id (library.store, "qwen"));
  g_assert_cmpstr (id, ==, "qwen-2");
  g_clear_pointer (&list, g_ptr_array_unref);
  list = cs_test_boxed (cs_engine_setups_list (library.store));
  g_assert_cmpuint (list->len, ==, 1);
  g_clear_pointer (&id, g_free);
  id = cs_test_string (cs_engine_setups_find_id (library.store, "text"));
  g_assert_cmpstr (id, ==, "text-2");
}

static void
test_consent (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsEngineSetup) setup = make_setup ("m");
  g_autoptr (GPtrArray) list = NULL;
  CsIntent photos = make_intent (product, "photos");

  photos.pictures = 1;
  put (store, setup);
  cs_test_rejects (begin (store, product, "a"), CS_ERROR, CS_ERROR_NOT_ALLOWED);

  /* Words of our own are nobody's; a photo is somebody's whatever is said of it */
  cs_test_int64 (begin (store, 0, "trial"));
  photos.product = 0;
  cs_test_rejects (cs_ledger_begin (store, &photos), CS_ERROR, CS_ERROR_NOT_ALLOWED);
  photos.product = product;

  allow (store, TRUE, FALSE);
  cs_test_int64 (begin (store, product, "a"));
  cs_test_rejects (cs_ledger_begin (store, &photos), CS_ERROR, CS_ERROR_NOT_ALLOWED);
  allow (store, TRUE, TRUE);
  cs_test_int64 (cs_ledger_begin (store, &photos));

  /* The switch stands above what was agreed to */
  setup->never_photos = TRUE;
  put (store, setup);
  cs_test_rejects (cs_ledger_begin (store, &photos), CS_ERROR, CS_ERROR_NOT_ALLOWED);
  setup->never_photos = FALSE;

  /* Another address takes it back, and going back does not bring it again */
  g_set_str (&setup->address, "https://elsewhere.example/v1");
  put (store, setup);
  cs_test_rejects (begin (store, product, "b"), CS_ERROR, CS_ERROR_NOT_ALLOWED);
  cs_test_rejects (cs_engine_setups_allow (store, "m", ADDRESS, TRUE, TRUE, "window"), CS_ERROR, CS_ERROR_STALE);
  g_set_str (&setup->address, ADDRESS);
  put (store, setup);
  cs_test_rejects (begin (store, product, "b"), CS_ERROR, CS_ERROR_NOT_ALLOWED);

  /* So does the person; photos alone are nothing to agree to */
  allow (store, TRUE, TRUE);
  cs_test_int64 (begin (store, product, "c"));
  allow (store, FALSE, TRUE);
  cs_test_rejects (begin (store, product, "d"), CS_ERROR, CS_ERROR_NOT_ALLOWED);
  cs_test_rejects (cs_ledger_begin (store, &photos), CS_ERROR, CS_ERROR_NOT_ALLOWED);

  /* One that is gone is not asked, agreed or not */
  allow (store, TRUE, TRUE);
  cs_test_true (cs_engine_setups_remove (store, "m"));
  cs_test_rejects (begin (store, product, "e"), CS_ERROR, CS_ERROR_NOT_ALLOWED);

  list = cs_test_boxed (cs_ledger_list (store, 0, 100));
  g_assert_cmpuint (list->len, ==, 4);
}

/* The month's budget, with what is in flight */
static void
test_month (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);
  guint  n = 0;
  gint64 ids[3] = { 0 };

  /* Three and a bit; ten are asked for at once */
  add_engine (store, 3 * ONE + ONE - 1);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%u", i);

      g_ptr_array_add (futures, begin (store, product, key));
    }

  for (guint i = 0; i < futures->len; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 id = dex_await_int64 (dex_ref (futures->pdata[i]), &error);

      if (error == NULL)
        ids[n++] = id;
      else
        g_assert_error (error, CS_ERROR, CS_ERROR_BUDGET);
      g_assert_cmpuint (n, <=, 3);
    }
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpint (get_spent (store), ==, 3 * ONE);

  /* One that cost nothing makes room, one that cost less makes a little */
  cs_test_true (end (store, ids[0], CS_SENT_REFUSED, NULL, -1, -1));
  g_assert_cmpint (get_spent (store), ==, 2 * ONE);
  cs_test_true (end (store, ids[1], CS_SENT_ANSWERED, "short", 500, 100));
  g_assert_cmpint (get_spent (store), ==, ONE + 500 + 1000);
  cs_test_int64 (begin (store, product, "another"));
  cs_test_int64 (begin (store, product, "one-more"));
  cs_test_rejects (begin (store, product, "too-much"), CS_ERROR, CS_ERROR_BUDGET);
  g_assert_cmpint (get_spent (store), <=, 4 * ONE - 1);

  /* What was lost was spent */
  cs_test_true (end (store, ids[2], CS_SENT_LOST, NULL, -1, -1));
  cs_test_rejects (begin (store, product, "too-much"), CS_ERROR, CS_ERROR_BUDGET);
}

/* Taking it away and adding it anew, a second one beside it, another price's
 * currency: the month goes on
 */
static void
test_same_month (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsEngineSetup) again = make_setup ("n");
  g_autoptr (CsEngineSetup) apart = make_setup ("o");
  g_autoptr (CsEngineSetup) painter = make_setup ("p");
  CsIntent intent = make_intent (product, "again");
  gint64   id;

  add_engine (store, 2 * ONE);
  id = cs_test_int64 (begin (store, product, "a"));
  cs_test_true (end (store, id, CS_SENT_ANSWERED, "{}", 1000, 1000));
  cs_test_true (cs_engine_setups_remove (store, "m"));

  again->budget = 2 * ONE - 1;
  put (store, again);
  cs_test_true (cs_engine_setups_allow (store, "n", ADDRESS, TRUE, TRUE, "window"));
  g_assert_cmpint (cs_test_int64 (cs_ledger_get_spent (store, "n")), ==, ONE);
  intent.engine = "n";
  cs_test_rejects (cs_ledger_begin (store, &intent), CS_ERROR, CS_ERROR_BUDGET);

  /* In dollars it would be as if nothing had been paid */
  again->budget = 100 * ONE;
  g_strlcpy (again->price.currency, "USD", 4);
  put (store, again);
  cs_test_rejects (cs_ledger_begin (store, &intent), CS_ERROR, CS_ERROR_BUDGET);
  again->budget = -1;
  put (store, again);
  cs_test_int64 (cs_ledger_begin (store, &intent));

  /* Others are paid by others */
  g_set_str (&apart->address, "https://elsewhere.example/v1");
  put (store, apart);
  g_assert_cmpint (cs_test_int64 (cs_ledger_get_spent (store, "o")), ==, 0);
  painter->kind = CS_ENGINE_PICTURES;
  put (store, painter);
  g_assert_cmpint (cs_test_int64 (cs_ledger_get_spent (store, "p")), ==, 0);
  g_set_str (&apart->provider, "qwen");
  put (store, apart);
  g_set_str (&again->provider, "qwen");
  g_strlcpy (again->price.currency, "CNY", 4);
  put (store, again);
  g_assert_cmpint (cs_test_int64 (cs_ledger_get_spent (store, "o")), ==, 0);
  id = cs_test_int64 (cs_ledger_begin (store, &intent));
  g_assert_cmpint (cs_test_int64 (cs_ledger_get_spent (store, "o")), ==, ONE);
}

static void
test_no_price (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsEngineSetup) setup = make_setup ("m");
  g_autoptr (CsSent) sent = NULL;
  gint64 id;

  setup->price = CS_PRICE_NONE;
  put (store, setup);
  allow (store, TRUE, TRUE);
  id = cs_test_int64 (begin (store, product, "a"));
  cs_test_true (end (store, id, CS_SENT_ANSWERED, "{}", 10, 10));
  sent = get_sent (store, id);
  g_assert_cmpint (sent->cost, ==, CS_PRICE_UNKNOWN);

  setup->budget = 100 * UNIT;
  put (store, setup);
  cs_test_rejects (begin (store, product, "b"), CS_ERROR, CS_ERROR_BUDGET);
}

static void
test_batch (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   products[] = { cs_test_make_product (store, 1), cs_test_make_product (store, 1), cs_test_make_product (store, 1) };
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (CsLedgerSum) sum = NULL;
  CsAskedBatch *batch;
  CsIntent intent;
  gint64   id, other;

  add_engine (store, -1);
  id = cs_test_int64 (cs_asked_begin (store, "m", products, 3, 2 * ONE, "{}"));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      intent = make_intent (products[i], key);
      intent.batch = id;
      cs_test_int64 (cs_ledger_begin (store, &intent));
    }
  intent = make_intent (products[2], "2");
  intent.batch = id;
  cs_test_rejects (cs_ledger_begin (store, &intent), CS_ERROR, CS_ERROR_BUDGET);
  sum = cs_test_boxed (cs_ledger_sum_batch (store, id, 0));
  g_assert_cmpuint (sum->n, ==, 2);
  g_assert_cmpint (sum->cost, ==, 2 * ONE);
  g_assert_true (sum->estimated);
  g_assert_cmpstr (sum->currency, ==, "CNY");

  cs_test_true (cs_asked_settle (store, id, products[0], CS_ASKED_DONE, NULL));
  cs_test_true (cs_asked_settle (store, id, products[1], CS_ASKED_FAILED, "Nobody knows"));
  cs_test_library_reopen (&library);
  store = library.store;
  open = cs_test_boxed (cs_asked_list_open (store, 0));
  g_assert_cmpuint (open->len, ==, 1);
  batch = open->pdata[0];
  g_assert_cmpint (batch->id, ==, id);
  g_assert_cmpint (batch->budget, ==, 2 * ONE);
  g_assert_cmpstr (batch->settings, ==, "{}");
  g_assert_cmpuint (batch->products->len, ==, 1);
  g_assert_cmpint (g_array_index (batch->products, gint64, 0), ==, products[2]);

  /* Asked for again it is not open twice */
  other = cs_test_int64 (cs_asked_begin (store, "m", &products[2], 1, -1, NULL));
  g_clear_pointer (&open, g_ptr_array_unref);
  open = cs_test_boxed (cs_asked_list_open (store, 0));
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpint (((CsAskedBatch *) open->pdata[0])->id, ==, other);

  cs_test_true (cs_asked_settle (store, other, 0, CS_ASKED_DROPPED, NULL));
  g_clear_pointer (&open, g_ptr_array_unref);
  open = cs_test_boxed (cs_asked_list_open (store, 0));
  g_assert_cmpuint (open->len, ==, 0);
}

static void
test_replies (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsKeptReply) kept = NULL;
  g_autoptr (CsKeptReply) again = NULL;
  g_autoptr (CsSent) sent = NULL;
  gint64 id;

  add_engine (store, -1);
  cs_test_rejects (cs_ledger_find_reply (store, "key"), CS_ERROR, CS_ERROR_NOT_FOUND);
  id = cs_test_int64 (begin (store, product, "key"));
  cs_test_rejects (cs_ledger_find_reply (store, "key"), CS_ERROR, CS_ERROR_NOT_FOUND);
  cs_test_true (end (store, id, CS_SENT_ANSWERED, "{\"content\":\"竹篮\"}", 900, 30));
  cs_test_library_reopen (&library);
  store = library.store;
  kept = cs_test_boxed (cs_ledger_find_reply (store, "key"));
  g_assert_cmpint (kept->sent, ==, id);
  g_assert_cmpmem (g_bytes_get_data (kept->bytes, NULL), g_bytes_get_size (kept->bytes), "{\"content\":\"竹篮\"}", 20);
  again = cs_test_boxed (cs_ledger_get_reply (store, id));
  g_assert_true (g_bytes_equal (kept->bytes, again->bytes));

  sent = get_sent (store, id);
  g_assert_cmpint (sent->state, ==, CS_SENT_ANSWERED);
  g_assert_cmpint (sent->input, ==, 900);
  g_assert_cmpint (sent->output, ==, 30);
  g_assert_false (sent->estimated);
  g_assert_cmpint (sent->cost, ==, 900 + 300);
  g_assert_cmpint (sent->ended_at, >=, sent->made_at);

  /* One outcome each; what failed is no answer */
  cs_test_rejects (end (store, id, CS_SENT_FAILED, NULL, 1, 1), CS_ERROR, CS_ERROR_STALE);
  id = cs_test_int64 (begin (store, product, "other"));
  cs_test_true (end (store, id, CS_SENT_FAILED, "nonsense", 900, 30));
  cs_test_rejects (cs_ledger_find_reply (store, "other"), CS_ERROR, CS_ERROR_NOT_FOUND);
  cs_test_rejects (cs_ledger_get_reply (store, id), CS_ERROR, CS_ERROR_NOT_FOUND);
}

/* Those of a process that is gone */
static void
test_lost (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsSent) lost = NULL;
  g_autoptr (CsSent) kept = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first, second;

  add_engine (store, -1);
  first = cs_test_int64 (begin (store, product, "a"));
  second = cs_test_int64 (begin (store, product, "b"));
  cs_test_true (end (store, first, CS_SENT_ANSWERED, "{}", 100, 1));
  cs_test_library_reopen (&library);
  store = library.store;
  g_assert_cmpuint (dex_await_uint (cs_ledger_settle_lost (store), &error), ==, 1);
  g_assert_no_error (error);
  lost = get_sent (store, second);
  g_assert_cmpint (lost->state, ==, CS_SENT_LOST);
  g_assert_true (lost->estimated);
  g_assert_cmpint (lost->cost, ==, ONE);
  g_assert_nonnull (lost->message);
  kept = get_sent (store, first);
  g_assert_cmpint (kept->state, ==, CS_SENT_ANSWERED);
  g_assert_cmpint (get_spent (store), ==, ONE + 110);
}

/* Usage that cannot be is not believed, either way */
static void
test_booking (void)
{
  static const struct
  {
    CsSentState state;
    gint64      input, output;
    guint       bytes;
    gint64      least, most; /* micros */
    gboolean    estimated;
  } cases[] = {
    { CS_SENT_ANSWERED, 1000, 200, 800, 3000, 3000, FALSE },
    { CS_SENT_ANSWERED, -1, -1, 800, 1000 + 10 * 200, 1000 + 10 * 800, TRUE },
    { CS_SENT_ANSWERED, G_MAXINT64, G_MAXINT64, 800, 11000, 11000, TRUE },
    { CS_SENT_ANSWERED, 0, 0, 6400, 1000 + 10 * 1000, 1000 + 10 * 6400, TRUE },
    { CS_SENT_ANSWERED, G_MININT64, -7, 800, 1000 + 10 * 200, 1000 + 10 * 800, TRUE },
    { CS_SENT_FAILED, 1000, 0, 0, 1000, 1000, FALSE },
    { CS_SENT_FAILED, -1, -1, 0, 11000, 11000, TRUE },
    { CS_SENT_LOST, 5, 5, 0, 11000, 11000, TRUE },
    { CS_SENT_REFUSED, 5, 5, 0, 0, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsExpected expected = { .price = { "CNY", UNIT, 10 * UNIT, -1 }, .input = 1000, .output = 1000, .estimate = ONE };
      g_autofree char *text = g_strnfill (cases[i].bytes, 'x');
      g_autoptr (GBytes) reply = cases[i].bytes > 0 ? g_bytes_new (text, cases[i].bytes) : NULL;
      CsSettlement settlement = { .state = cases[i].state, .reply = reply, .input = cases[i].input, .output = cases[i].output };
      CsBooked booked = cs_ledger_book (&expected, &settlement);

      g_test_message ("case %u: %" G_GINT64_FORMAT, i, booked.cost);
      g_assert_cmpint (booked.cost, >=, cases[i].least);
      g_assert_cmpint (booked.cost, <=, cases[i].most);
      g_assert_cmpint (booked.estimated, ==, cases[i].estimated);
    }

  /* What was thought aloud is paid for, where nobody says how many tokens it took; and what cannot be is not believed */
  for (guint i = 0; i < 3; i++)
    {
      static const gint64 bytes[] = { 80000, G_MAXINT64, -5 };
      CsExpected   expected = { .price = { "CNY", UNIT, 10 * UNIT, -1 }, .input = 1000, .output = 1000, .estimate = ONE };
      g_autoptr (GBytes) reply = g_bytes_new_static ("12345678", 8);
      CsSettlement settlement = { .state = CS_SENT_ANSWERED, .reply = reply, .input = -1, .output = -1, .bytes = bytes[i] };
      CsBooked     booked = cs_ledger_book (&expected, &settlement);

      g_assert_cmpint (booked.output, >=, i < 2 ? 80000 / 8 : 1);
      g_assert_cmpint (booked.output, <=, i == 0 ? 80000 : i == 1 ? 1000000000 : 8);
      g_assert_true (booked.estimated);
      g_assert_cmpint (booked.cost, >, 0);
    }

  /* By the piece, or by what they take */
  g_assert_cmpint (cs_ledger_estimate (&(CsPrice) { "CNY", -1, -1, 200000 }, 5000, 0, 3), ==, 600000);
  g_assert_cmpint (cs_ledger_estimate (&(CsPrice) { "USD", UNIT, 10 * UNIT, -1 }, 1000, 1000, 3), ==, ONE);
  g_assert_cmpint (cs_ledger_estimate (&(CsPrice) { "USD", UNIT, -1, -1 }, 1000, 1000, 0), ==, CS_PRICE_UNKNOWN);
  g_assert_cmpint (cs_ledger_estimate (&(CsPrice) { "USD", -1, -1, -1 }, 0, 0, 1), ==, CS_PRICE_UNKNOWN);
}

static CsSuggestion *
make_suggestion (gint64      product,
                 int         variant,
                 const char *text,
                 gint64      sent)
{
  CsSuggestion *suggestion = cs_test_make_suggestion (product, CS_FIELD_TITLE, variant, text);

  g_set_str (&suggestion->engine, "m");
  suggestion->sent = sent;
  cs_suggestion_seal (suggestion);

  return suggestion;
}

/* What a model suggests stands beside what the others do, with its share of the cost */
static void
test_shares (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  gint64   facts = cs_test_get_facts (store, product);
  g_autoptr (GPtrArray) suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_autoptr (CsItem) item = NULL;
  g_autoptr (CsSent) sent = NULL;
  g_autoptr (GArray) behind = NULL;
  g_autoptr (GArray) unsuggested = NULL;
  g_auto (GStrv) stale = NULL;
  CsSuggestion *shown;
  gint64 id;

  add_engine (store, -1);
  id = cs_test_int64 (begin (store, product, "a"));
  cs_test_true (end (store, id, CS_SENT_ANSWERED, "{}", 1000, 100));
  g_ptr_array_add (suggestions, make_suggestion (product, 1, "Bamboo basket", id));
  g_ptr_array_add (suggestions, make_suggestion (product, 2, "Basket of bamboo", id));
  g_ptr_array_add (suggestions, make_suggestion (product, 3, "A basket", id));
  cs_test_true (cs_suggestions_put (store, product, facts, "m", "input", suggestions));
  cs_test_suggest (store, product, "input", cs_test_make_suggestion (product, CS_FIELD_TITLE, 1, "Basket"), NULL);

  /* The program's own first, also when it came later */
  item = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_assert_cmpuint (item->suggestions->len, ==, 4);
  shown = item->suggestions->pdata[0];
  g_assert_cmpstr (shown->engine, ==, "text");
  g_assert_null (shown->cost);
  g_assert_cmpint (shown->sent, ==, 0);
  shown = item->suggestions->pdata[1];
  g_assert_cmpstr (shown->engine, ==, "m");
  g_assert_cmpint (shown->sent, ==, id);
  g_assert_cmpstr (shown->cost, ==, "0.00067 CNY"); /* 2000 / 3, rounded up */

  /* A model is asked by a person: no product waits for it */
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (store));
  g_assert_cmpuint (unsuggested->len, ==, 0);

  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_REJECT, NULL));
  sent = get_sent (store, id);
  g_assert_cmpuint (sent->n_suggestions, ==, 3);
  g_assert_cmpuint (sent->n_accepted, ==, 0);
  g_clear_pointer (&sent, cs_sent_unref);
  {
    g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
    CsDecision *decision = cs_test_make_decision (item, CS_VERDICT_ACCEPT, NULL);

    decision->suggestion = shown->id;
    g_set_str (&decision->shown, shown->hash);
    g_ptr_array_add (decisions, decision);
    cs_test_true (cs_decisions_add (store, decisions));
  }
  sent = get_sent (store, id);
  g_assert_cmpuint (sent->n_accepted, ==, 1);

  /* What stands behind them, and whether the facts are still those */
  behind = cs_test_boxed (cs_ledger_list_behind (store, "m", product));
  g_assert_cmpuint (behind->len, ==, 1);
  g_assert_cmpint (g_array_index (behind, gint64, 0), ==, id);
  stale = cs_test_boxed (cs_asked_list_stale (store, product));
  g_assert_cmpuint (g_strv_length (stale), ==, 0);
  cs_test_true (cs_products_set (store, product, CS_FIELD_NOTE, "Made of willow"));
  g_clear_pointer (&stale, g_strfreev);
  stale = cs_test_boxed (cs_asked_list_stale (store, product));
  g_assert_cmpuint (g_strv_length (stale), ==, 1);
  g_assert_cmpstr (stale[0], ==, "m");
}

static CsSuggestion *
make_denied (gint64 product)
{
  const char *const facts[] = { "note.1", NULL };
  CsSuggestion *suggestion = cs_test_make_suggestion (product, CS_FIELD_TITLE, 1, "Basket 32cm");

  suggestion->evidence = cs_evidence_new ();
  cs_evidence_add_fact (suggestion->evidence, CS_FACT_NOTE, "note.1", "28cm");
  cs_evidence_add_phrase (suggestion->evidence, 0, 7, CS_PHRASE_GLUE, NULL);
  cs_evidence_add_phrase (suggestion->evidence, 7, 11, CS_PHRASE_CONTRADICTS, facts);
  cs_suggestion_seal (suggestion);

  return suggestion;
}

/* What a fact denies is not accepted by the store, nor in any client */
static void
test_denied (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autofree char *path = cs_test_library_dup_path (&library, "library.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDb) db = NULL;

  cs_test_suggest (store, product, "input", make_denied (product), NULL);
  g_assert_false (dex_await (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_ACCEPT, NULL), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "28cm"));
  g_clear_error (&error);

  cs_test_library_close (&library);
  db = cs_db_open (path, CS_DB_WRITE, &error);
  g_assert_no_error (error);
  cs_db_set_signing (db, TRUE);
  g_assert_false (cs_db_exec (db, "INSERT INTO decision (item, product, photo, field, verdict, suggestion, value, press, face, made_at)"
                                  "  SELECT item, 1, 0, 'title', 'accept', id, text, 1, 'x', 1 FROM suggestion", &error));
  g_assert_nonnull (strstr (cs_db_get_message (db), "a fact denies"));
  g_clear_error (&error);
  g_clear_pointer (&db, cs_db_close);

  /* The person's own words stand */
  cs_test_library_reopen (&library);
  cs_test_true (cs_test_decide (library.store, product, CS_FIELD_TITLE, CS_VERDICT_EDIT, "Basket 28cm"));
}

/* What another client of the same file may not do */
static void
test_triggers (void)
{
  CS_TEST_LIBRARY (library);
  gint64 product = cs_test_make_product (library.store, 1);
  g_autofree char *path = cs_test_library_dup_path (&library, "library.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDb) db = NULL;
  gint64 id;
  static const char *const refused[] = {
    "UPDATE sent SET address = 'https://elsewhere.example' WHERE state = 'in-flight'",
    "UPDATE sent SET state = 'answered', ended_at = 1, product = NULL WHERE state = 'in-flight'",
    "UPDATE sent SET cost = 0 WHERE state = 'answered'",
    "UPDATE sent SET state = 'refused', cost = 0, reply = NULL WHERE state = 'answered'",
    "DELETE FROM sent",
    "INSERT OR REPLACE INTO sent SELECT * FROM sent WHERE state = 'answered'",
    "INSERT INTO sent (engine, title, address, model, product, key, made_at, bytes, pictures, expected_input, expected_output,"
    "  makes, currency, price_input, price_output, price_picture, estimate, state)"
    "  VALUES ('m', 't', 'https://elsewhere.example', 'm', 1, 'k', 1, 1, 0, 1, 1, 0, '', -1, -1, -1, -1, 'in-flight')",
    "UPDATE consent SET photos = 1",
    "DELETE FROM consent",
    "DELETE FROM engine_setup",
    "UPDATE engine_setup SET id = 'other'",
    "UPDATE suggestion SET sent = 1",
  };

  add_engine (library.store, -1);
  id = cs_test_int64 (begin (library.store, product, "a"));
  cs_test_true (end (library.store, id, CS_SENT_ANSWERED, "{}", 1000, 100));
  cs_test_int64 (begin (library.store, product, "b"));
  cs_test_suggest (library.store, product, "input", cs_test_make_suggestion (product, CS_FIELD_TITLE, 1, "Basket"), NULL);
  cs_test_library_close (&library);
  db = cs_db_open (path, CS_DB_WRITE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%s", refused[i]);
      g_assert_false (cs_db_exec (db, refused[i], &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
}

/* A library of step 2 comes to step 3 as it was */
static void
test_migrated (void)
{
  CS_TEST_LIBRARY (library);
  const char *const steps[] = { cs_schema_steps[0], cs_schema_steps[1], NULL };
  g_autofree char  *path = cs_test_library_dup_path (&library, "library.db");
  g_autofree char  *log = g_strconcat (path, "-wal", NULL);
  g_autofree char  *index = g_strconcat (path, "-shm", NULL);
  g_autofree char  *hash = cs_hash_data (cs_schema_steps[1], strlen (cs_schema_steps[1]));
  g_autoptr (CsItem) item = NULL;
  g_autoptr (GArray) unsuggested = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDb) db = NULL;
  CsSuggestion *shown;

  /* A step that was released is never changed */
  g_assert_cmpstr (hash, ==, STEP_2);

  cs_test_library_close (&library);
  g_remove (path);
  g_remove (log);
  g_remove (index);
  library.store = cs_store_open_with_steps (library.folder, CS_STORE_WRITE, steps, &error);
  g_assert_no_error (error);
  cs_test_library_close (&library);
  db = cs_db_open (path, CS_DB_WRITE, &error);
  g_assert_no_error (error);
  cs_db_exec (db,
              "INSERT INTO product (id, key, made_at, changed_at, stage, queue, seen) VALUES (1, 'k', 1, 1, 1, 0, 1);"
              "INSERT INTO item (id, product, photo, field, state) VALUES (1, 1, 0, 'title', 'pending');"
              "INSERT INTO suggestion (item, engine, variant, is_question, text, hash, made_at, standing)"
              "  VALUES (1, 'text', 1, 0, 'Basket', 'h', 1, 'current');"
              "INSERT INTO engine (id) VALUES ('text');"
              "INSERT INTO engine_run (product, engine, input, facts, made_at) VALUES (1, 'text', 'i', 1, 1)",
              &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, cs_db_close);

  cs_test_library_reopen (&library);
  cs_test_true (cs_store_check (library.store));
  item = cs_test_get_item (library.store, 1, CS_FIELD_TITLE);
  g_assert_cmpuint (item->suggestions->len, ==, 1);
  shown = item->suggestions->pdata[0];
  g_assert_cmpstr (shown->text, ==, "Basket");
  g_assert_cmpint (shown->sent, ==, 0);
  g_assert_null (shown->cost);
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (library.store));
  g_assert_cmpuint (unsuggested->len, ==, 0);
  add_engine (library.store, -1);
  cs_test_int64 (begin (library.store, 1, "a"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/ledger/setups", test_setups);
  cs_test_add_fiber ("/ledger/consent", test_consent);
  cs_test_add_fiber ("/ledger/month", test_month);
  cs_test_add_fiber ("/ledger/same-month", test_same_month);
  cs_test_add_fiber ("/ledger/no-price", test_no_price);
  cs_test_add_fiber ("/ledger/batch", test_batch);
  cs_test_add_fiber ("/ledger/replies", test_replies);
  cs_test_add_fiber ("/ledger/lost", test_lost);
  g_test_add_func ("/ledger/booking", test_booking);
  cs_test_add_fiber ("/ledger/shares", test_shares);
  cs_test_add_fiber ("/ledger/denied", test_denied);
  cs_test_add_fiber ("/ledger/triggers", test_triggers);
  cs_test_add_fiber ("/ledger/migrated", test_migrated);

  return g_test_run ();
}
