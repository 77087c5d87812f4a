/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-error.h"
#include "cs-money.h"

static const struct
{
  const char *text;
  const char *default_currency;
  gint64      minor;
  const char *currency;
} prices[] = {
  { "¥89", NULL, 8900, "CNY" },
  { "￥89.5", NULL, 8950, "CNY" },
  { "¥1500", "JPY", 1500, "JPY" },
  { "89元", NULL, 8900, "CNY" },
  { "89块", "EUR", 8900, "CNY" },
  { "¥89元", NULL, 8900, "CNY" },
  { "RMB 12", NULL, 1200, "CNY" },
  { "12,50 €", NULL, 1250, "EUR" },
  { "€12", NULL, 1200, "EUR" },
  { "1.299,00 EUR", NULL, 129900, "EUR" },
  { "1.299 EUR", NULL, 129900, "EUR" },
  { "1,299.00 USD", NULL, 129900, "USD" },
  { "1,299", "USD", 129900, "USD" },
  { "1 299,50", "EUR", 129950, "EUR" },
  { "1'299.50 CHF", NULL, 129950, "CHF" },
  { "$5", NULL, 500, "USD" },
  { "$5", "AUD", 500, "AUD" },
  { "$5 AUD", "CNY", 500, "AUD" },
  { "HK$20", NULL, 2000, "HKD" },
  { "usd 5.1", NULL, 510, "USD" },
  { "0.99", "GBP", 99, "GBP" },
  { "12", NULL, 1200, "" },
  { "12.500", "KWD", 12500, "KWD" },
  { "12.500", "USD", 1250, "USD" },
  { "１２．５", "CNY", 1250, "CNY" },
  { "1,234,567", "JPY", 1234567, "JPY" },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      g_autoptr (GError) error = NULL;
      CsMoney money;

      g_test_message ("%s", prices[i].text);
      cs_money_parse (prices[i].text, prices[i].default_currency, &money, &error);
      g_assert_no_error (error);
      g_assert_cmpint (money.minor, ==, prices[i].minor);
      g_assert_cmpstr (money.currency, ==, prices[i].currency);
    }
}

static void
test_refuse (void)
{
  const char *nonsense[] = {
    "",
    " ",
    "free",
    "免费",
    "-5",
    "89-99",
    "1.2万",
    "5元3角",
    "12.345",
    "1,2,3",
    "12..5",
    "1,29,000",
    "5 USD EUR",
    "$5 ¥6",
    "99999999999999",
    "¥",
    "12.505 USD",
    ".5",
    "5.",
    "0x10",
    "1e5",
    "١٢",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (GError) error = NULL;
      CsMoney money = { 7, "" };

      g_test_message ("%s", nonsense[i]);
      g_assert_false (cs_money_parse (nonsense[i], "USD", &money, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
      g_assert_cmpint (money.minor, ==, 7);
    }
}

static void
assert_written (CsMoney     money,
                const char *decimal,
                const char *display)
{
  g_autofree char *written = cs_money_to_decimal (&money);
  g_autofree char *shown = cs_money_to_display (&money);

  g_assert_cmpstr (written, ==, decimal);
  g_assert_cmpstr (shown, ==, display);
}

static void
test_write (void)
{
  assert_written ((CsMoney) { 8900, "CNY" }, "89.00", "¥89.00");
  assert_written ((CsMoney) { 1250, "JPY" }, "1250", "JP¥1250");
  assert_written ((CsMoney) { 5, "EUR" }, "0.05", "€0.05");
  assert_written ((CsMoney) { 1250, "CHF" }, "12.50", "12.50 CHF");
  assert_written ((CsMoney) { 1250, "" }, "12.50", "12.50");
  assert_written ((CsMoney) { 12500, "KWD" }, "12.500", "12.500 KWD");
  assert_written ((CsMoney) { -105, "USD" }, "-1.05", "-$1.05");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/money/parse", test_parse);
  g_test_add_func ("/base/money/refuse", test_refuse);
  g_test_add_func ("/base/money/write", test_write);

  return g_test_run ();
}
