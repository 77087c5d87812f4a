/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-products.h"
#include "cs-pulls.h"
#include "cs-remotes.h"
#include "cs-store-test.h"

static CsRemoteListing *
make_remote (guint       number,
             const char *version)
{
  g_autofree char *id = g_strdup_printf ("%u", number);
  CsRemoteListing *remote = cs_remote_listing_make (id);

  remote->account = 1;
  remote->version = g_strdup (version);
  remote->sku = g_strdup_printf ("S-%u", number);
  remote->title = g_strdup_printf ("Basket %u", number);
  remote->price = g_strdup ("12.5");
  remote->stock = 4;
  remote->live = TRUE;

  return remote;
}

static GPtrArray *
make_page (guint       first,
           guint       n,
           const char *version)
{
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (page, make_remote (first + i, version));

  return page;
}

static CsAdoption *
take (CsStore    *store,
      guint       first,
      guint       n,
      const char *version,
      const char *next)
{
  g_autoptr (GPtrArray) page = make_page (first, n, version);

  return cs_test_boxed (cs_pulls_take (store, 1, "EUR", page, next));
}

/* Where a page brought it to is where the next run goes on, also after a kill */
static void
test_goes_on (void)
{
  CS_TEST_LIBRARY (library);
  g_autofree char *begun = cs_test_string (cs_pulls_begin (library.store, 1));
  g_autofree char *left = NULL;
  g_autofree char *after = NULL;
  g_autoptr (CsAdoption) first = take (library.store, 1, 5, "1", "page-2");
  g_autoptr (CsAdoption) last = NULL;
  g_autoptr (CsAdoption) again = NULL;

  g_assert_null (begun);
  g_assert_cmpuint (first->n_new, ==, 5);
  g_assert_cmpuint (first->products->len, ==, 5);
  cs_test_library_reopen (&library);
  left = cs_test_string (cs_pulls_begin (library.store, 1));
  g_assert_cmpstr (left, ==, "page-2");
  last = take (library.store, 6, 5, "1", NULL);
  g_assert_cmpuint (last->n_new, ==, 5);
  after = cs_test_string (cs_pulls_begin (library.store, 1));
  g_assert_null (after);

  /* A page that is read twice is known */
  again = take (library.store, 1, 10, "1", NULL);
  g_assert_cmpuint (again->n_known, ==, 10);
  g_assert_cmpuint (again->n_new + again->n_matched + again->n_moved, ==, 0);
}

/* What the seller wrote here stays; what was the shop's follows the shop */
static void
test_follows (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (CsAdoption) first = take (library.store, 1, 1, "1", NULL);
  g_autoptr (CsAdoption) second = NULL;
  g_autoptr (GPtrArray) page = make_page (1, 1, "2");
  g_autoptr (CsProduct) product = NULL;
  CsRemoteListing *remote = page->pdata[0];
  gint64 id = g_array_index (first->products, gint64, 0);

  g_assert_true (dex_await (cs_products_set (library.store, id, CS_FIELD_TITLE, "My basket"), NULL));
  g_set_str (&remote->title, "Their basket");
  g_set_str (&remote->price, "13");
  second = cs_test_boxed (cs_pulls_take (library.store, 1, "EUR", page, NULL));
  g_assert_cmpuint (second->n_moved, ==, 1);
  product = cs_test_boxed (cs_products_get (library.store, id));
  g_assert_cmpstr (product->values[CS_FIELD_TITLE], ==, "My basket");
  g_assert_cmpstr (product->values[CS_FIELD_PRICE], ==, "13.00 EUR");
}

/* Nothing of what a shop says is trusted */
static void
test_hostile (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (GPtrArray) page = make_page (1, 1, "1");
  g_autoptr (CsAdoption) adoption = NULL;
  g_autoptr (CsProduct) product = NULL;
  g_autofree char *taken = NULL;
  CsRemoteListing *remote = page->pdata[0];
  gint64 other = cs_test_int64 (cs_products_add (library.store));

  product = cs_test_boxed (cs_products_get (library.store, other));
  taken = g_strdup (product->key);
  g_clear_pointer (&product, cs_product_unref);
  g_set_str (&remote->title, "A\x1b[2J\nB'; DROP TABLE product; --");
  g_set_str (&remote->price, "a lot");
  remote->stock = -9;
  remote->key = g_strdup ("no key of ours");
  remote->variants = g_strdup ("[1, {\"sku\": 7, \"stock\": \"x\"}, {\"options\": [], \"price\": {}}]");
  remote->attributes = g_strdup ("[\"no object\"]");
  adoption = cs_test_boxed (cs_pulls_take (library.store, 1, "EUR", page, NULL));
  g_assert_cmpuint (adoption->n_new, ==, 1);
  product = cs_test_boxed (cs_products_get (library.store, g_array_index (adoption->products, gint64, 0)));
  g_assert_null (strchr (product->values[CS_FIELD_TITLE], '\x1b'));
  g_assert_null (strchr (product->values[CS_FIELD_TITLE], '\n'));
  g_assert_null (product->values[CS_FIELD_PRICE]);
  g_assert_null (product->values[CS_FIELD_STOCK]);
  g_assert_cmpstr (product->key, !=, "no key of ours");
  g_assert_cmpstr (product->key, !=, taken);
}

static double
measure (CsStore *store,
         guint    first,
         guint    n)
{
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < n; i += 100)
    {
      g_autoptr (CsAdoption) adoption = take (store, first + i, 100, "1", "more");

      g_assert_cmpuint (adoption->n_new, ==, 100);
    }

  return (g_get_monotonic_time () - begun) / 1e6;
}

/* A page takes as long at the end of a large shop as at its beginning */
static void
test_many (void)
{
  CS_TEST_LIBRARY (library);
  double first = measure (library.store, 1, 500);
  double rest = measure (library.store, 501, 3000);
  double last = measure (library.store, 3501, 500);

  g_test_message ("the first five hundred: %.2f s, the last: %.2f s, all: %.2f s", first, last, first + rest + last);
  g_assert_cmpfloat (last, <, 4 * first + 1);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);

  cs_test_add_fiber ("/pulls/goes-on", test_goes_on);
  cs_test_add_fiber ("/pulls/follows", test_follows);
  cs_test_add_fiber ("/pulls/hostile", test_hostile);
  cs_test_add_fiber ("/pulls/many", test_many);

  return g_test_run ();
}
