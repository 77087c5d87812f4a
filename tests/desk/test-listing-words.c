/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"


#include "cs-listing-words.h"

static void
test_members (void)
{
  static const struct
  {
    const char *json;
    const char *words;
  } cases[] = {
    { "{\"prices_include_tax\":\"true\"}", "Prices with tax: yes" },
    { "{\"shipping_class\":\"parcels\",\"tax_class\":\"reduced-rate\"}", "Shipping class: parcels\nTax rate: reduced-rate" },
    { "{\"made_where\":\"Sichuan\",\"styles\":[\"plain\",\"woven\"]}", "Made where: Sichuan\nStyles: plain, woven" },
    { "{\"pictures\":{\"a.jpg\":{\"kind\":\"edited\",\"mark\":true}}}", "Pictures · A.jpg · Kind: edited\nPictures · A.jpg · Mark: yes" },
    { "{\"amount\":3,\"ratio\":1.5}", "Amount: 3\nRatio: 1.5" },
    { "{", "{" },
    { "{}", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = cs_listing_words_members (cases[i].json);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_variants (void)
{
  g_autofree char *two = cs_listing_words_variants ("[{\"options\":{\"Size\":\"M\",\"Colour\":\"blue\"},\"price\":\"12.50\",\"sku\":\"B-1-M\",\"stock\":3},"
                                                    "{\"options\":{\"Size\":\"L\"},\"price\":\"\",\"sku\":\"B-1-L\",\"stock\":-1}]", "EUR");
  g_autofree char *none = cs_listing_words_variants ("[]", "EUR");
  g_autofree char *broken = cs_listing_words_variants ("[", "EUR");

  g_assert_cmpstr (two, ==, "B-1-M: blue, M · €12.50 · 3\nB-1-L: L");
  g_assert_null (none);
  g_assert_null (broken);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/listing-words/members", test_members);
  g_test_add_func ("/desk/listing-words/variants", test_variants);

  return g_test_run ();
}
