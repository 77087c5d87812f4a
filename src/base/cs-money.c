/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-error.h"
#include "cs-money.h"
#include "cs-text.h"

/* No price is this high: what is above it was not meant as one */
#define MAX_MAJOR_DIGITS 12

static const struct
{
  const char *currency;
  guint       exponent;
} exponents[] = {
  { "BHD", 3 },
  { "CLP", 0 },
  { "ISK", 0 },
  { "JOD", 3 },
  { "JPY", 0 },
  { "KRW", 0 },
  { "KWD", 3 },
  { "OMR", 3 },
  { "PYG", 0 },
  { "TND", 3 },
  { "UGX", 0 },
  { "VND", 0 },
  { "XAF", 0 },
  { "XOF", 0 },
  { "XPF", 0 },
};

/* What stands for a currency, folded; the longer ones first where one begins
 * with another. A lone "$" or "¥" is that of the default currency if it is one
 * of its kind.
 */
static const struct
{
  const char *sign;
  const char *currency;
} signs[] = {
  { "us$", "USD" },
  { "hk$", "HKD" },
  { "nt$", "TWD" },
  { "au$", "AUD" },
  { "ca$", "CAD" },
  { "nz$", "NZD" },
  { "mx$", "MXN" },
  { "jp¥", "JPY" },
  { "cn¥", "CNY" },
  { "a$", "AUD" },
  { "c$", "CAD" },
  { "s$", "SGD" },
  { "r$", "BRL" },
  { "人民币", "CNY" },
  { "块钱", "CNY" },
  { "rmb", "CNY" },
  { "日元", "JPY" },
  { "美元", "USD" },
  { "美金", "USD" },
  { "欧元", "EUR" },
  { "英镑", "GBP" },
  { "港币", "HKD" },
  { "港元", "HKD" },
  { "新台币", "TWD" },
  { "euros", "EUR" },
  { "euro", "EUR" },
  { "dollars", "$" },
  { "dollar", "$" },
  { "pounds", "GBP" },
  { "yuan", "CNY" },
  { "元", "CNY" },
  { "块", "CNY" },
  { "圆", "CNY" },
  { "円", "JPY" },
  { "¥", "¥" },
  { "$", "$" },
  { "€", "EUR" },
  { "£", "GBP" },
  { "₩", "KRW" },
  { "₹", "INR" },
  { "₽", "RUB" },
  { "₫", "VND" },
  { "฿", "THB" },
  { "₱", "PHP" },
  { "₺", "TRY" },
  { "zł", "PLN" },
};

/* Where the point groups thousands and the comma begins the decimals */
static const char *const comma_currencies[] = {
  "EUR",
  "BRL",
  "PLN",
  "DKK",
  "NOK",
  "SEK",
  "TRY",
  "IDR",
  "VND",
  "RUB",
  "CZK",
  "HUF",
  "RON",
  "ARS",
  "CLP",
  NULL,
};

static const char *const known_currencies[] = {
  "AED",
  "ARS",
  "AUD",
  "BGN",
  "BHD",
  "BRL",
  "CAD",
  "CHF",
  "CLP",
  "CNY",
  "COP",
  "CZK",
  "DKK",
  "EGP",
  "EUR",
  "GBP",
  "HKD",
  "HUF",
  "IDR",
  "ILS",
  "INR",
  "ISK",
  "JOD",
  "JPY",
  "KRW",
  "KWD",
  "KZT",
  "MAD",
  "MXN",
  "MYR",
  "NGN",
  "NOK",
  "NZD",
  "OMR",
  "PEN",
  "PHP",
  "PKR",
  "PLN",
  "PYG",
  "QAR",
  "RON",
  "RSD",
  "RUB",
  "SAR",
  "SEK",
  "SGD",
  "THB",
  "TND",
  "TRY",
  "TWD",
  "UAH",
  "UGX",
  "USD",
  "UYU",
  "VND",
  "XAF",
  "XOF",
  "XPF",
  "ZAR",
  NULL,
};

static const struct
{
  const char *currency;
  const char *sign;
} display_signs[] = {
  { "CNY", "¥" },
  { "JPY", "JP¥" },
  { "USD", "$" },
  { "EUR", "€" },
  { "GBP", "£" },
  { "HKD", "HK$" },
  { "TWD", "NT$" },
  { "AUD", "A$" },
  { "CAD", "C$" },
  { "NZD", "NZ$" },
  { "SGD", "S$" },
  { "MXN", "MX$" },
  { "BRL", "R$" },
  { "KRW", "₩" },
  { "INR", "₹" },
};

/**
 * cs_money_exponent:
 *
 * How many decimals @currency has: 2 for most, and where none is known.
 */
guint
cs_money_exponent (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (exponents); i++)
    {
      if (g_strcmp0 (exponents[i].currency, currency) == 0)
        return exponents[i].exponent;
    }

  return 2;
}

static const char *
resolve_sign (const char *currency,
              const char *default_currency)
{
  if (strcmp (currency, "$") == 0)
    {
      const char *const dollars[] = { "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", NULL };

      return default_currency != NULL && g_strv_contains (dollars, default_currency) ? default_currency : "USD";
    }

  if (strcmp (currency, "¥") == 0)
    return g_strcmp0 (default_currency, "JPY") == 0 ? "JPY" : "CNY";

  return currency;
}

/* Takes one currency off the beginning or the end of @text (folded) */
static const char *
take_currency (char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      gsize length = strlen (signs[i].sign);
      gsize all = strlen (text);

      if (g_str_has_prefix (text, signs[i].sign))
        memmove (text, text + length, all - length + 1);
      else if (g_str_has_suffix (text, signs[i].sign))
        text[all - length] = '\0';
      else
        continue;

      g_strstrip (text);
      return signs[i].currency;
    }

  for (guint i = 0; known_currencies[i] != NULL; i++)
    {
      gsize all = strlen (text);

      if (g_ascii_strncasecmp (text, known_currencies[i], 3) == 0)
        memmove (text, text + 3, all - 3 + 1);
      else if (all > 3 && g_ascii_strcasecmp (text + all - 3, known_currencies[i]) == 0)
        text[all - 3] = '\0';
      else
        continue;

      g_strstrip (text);
      return known_currencies[i];
    }

  return NULL;
}

static gboolean
is_grouped (const char *digits,
            gsize       length,
            char        separator)
{
  gsize run = 0;
  gsize first = TRUE;

  for (gsize i = 0; i <= length; i++)
    {
      if (i == length || digits[i] == separator)
        {
          if (first ? run < 1 || run > 3 : run != 3)
            return FALSE;
          first = FALSE;
          run = 0;
        }
      else if (g_ascii_isdigit (digits[i]))
        run++;
      else
        return FALSE;
    }

  return TRUE;
}

static char
find_decimal_separator (const char *text,
                        const char *currency)
{
  const char *point = strrchr (text, '.');
  const char *comma = strrchr (text, ',');
  const char *last = point > comma ? point : comma;
  guint       exponent = cs_money_exponent (currency);
  gboolean    comma_decimals = g_strv_contains (comma_currencies, currency);

  if (last == NULL)
    return 0;

  if (point != NULL && comma != NULL)
    return *last;

  /* One kind only, more than once: groups */
  if (strchr (text, *last) != last)
    return 0;

  /* "1,299": three digits after it are a group, unless this currency counts
   * thousandths, or writes groups with the other one.
   */
  if (strlen (last + 1) == 3 && exponent != 3 && text[0] != '0' && (*last == ',' || comma_decimals))
    return 0;

  return *last;
}

static gboolean
parse_number (char       *text,
              const char *currency,
              gint64     *minor)
{
  guint  exponent = cs_money_exponent (currency);
  char   decimal = find_decimal_separator (text, currency);
  char  *fraction = decimal != 0 ? strrchr (text, decimal) : NULL;
  gsize  length = fraction != NULL ? (gsize) (fraction - text) : strlen (text);
  char   group = memchr (text, ',', length) ? ',' : memchr (text, '.', length)  ? '.'
                                                  : memchr (text, '\'', length) ? '\''
                                                                                : ' ';
  gint64 value = 0;
  gsize  n_digits = 0;

  if (length == 0 || (strspn (text, "0123456789") < length && !is_grouped (text, length, group)))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        continue;
      value = value * 10 + (text[i] - '0');
      if (++n_digits > MAX_MAJOR_DIGITS)
        return FALSE;
    }

  if (fraction != NULL)
    {
      fraction++;
      if (*fraction == '\0' || strspn (fraction, "0123456789") != strlen (fraction))
        return FALSE;

      /* "12.500" is 12.50; "12.505" is not a price */
      if (strlen (fraction) > exponent && strspn (fraction + exponent, "0") != strlen (fraction + exponent))
        return FALSE;
    }

  for (guint i = 0; i < exponent; i++)
    {
      gboolean digit = fraction != NULL && *fraction != '\0';

      value = value * 10 + (digit ? *fraction - '0' : 0);
      fraction += digit;
    }

  *minor = value;

  return TRUE;
}

/**
 * cs_money_parse:
 * @text: as a person writes a price: "¥89", "89元", "12,50 €", "1,299.00 USD"
 * @default_currency: (nullable): ISO 4217, where @text names none
 *
 * What is not plainly one price (a range, "from 5", "1.2万", a negative number,
 * more decimals than the currency has) is refused with %CS_ERROR_REFUSED.
 */
gboolean
cs_money_parse (const char *text,
                const char *default_currency,
                CsMoney    *money,
                GError    **error)
{
  g_autofree char *clean = cs_text_clean (text, FALSE);
  g_autofree char *folded = cs_text_fold (clean);
  const char      *currency;
  const char      *second;
  gint64           minor;

  g_return_val_if_fail (money != NULL, FALSE);

  currency = take_currency (folded);
  second = currency != NULL ? take_currency (folded) : NULL;

  /* "$5 AUD", "¥89元": the one that says more counts */
  if (second != NULL && strlen (second) == 3 && strlen (currency) < 3)
    {
      const char *sign = currency;

      currency = second;
      second = sign;
    }
  if (second != NULL)
    second = resolve_sign (second, currency);

  if (currency != NULL)
    currency = resolve_sign (currency, default_currency);
  else
    currency = default_currency != NULL && g_strv_contains (known_currencies, default_currency) ? default_currency : "";

  if ((second != NULL && strcmp (second, currency) != 0) || !parse_number (folded, currency, &minor))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("“%s” is not a price"), clean);
      return FALSE;
    }

  money->minor = minor;
  g_strlcpy (money->currency, currency, sizeof money->currency);

  return TRUE;
}

/**
 * cs_money_to_decimal:
 *
 * The number alone with all its decimals and a point, "12.50"; the currency
 * stands beside it.
 */
char *
cs_money_to_decimal (const CsMoney *money)
{
  guint   exponent = cs_money_exponent (money->currency);
  guint64 minor = money->minor < 0 ? -(guint64) money->minor : (guint64) money->minor;
  guint64 unit = 1;

  for (guint i = 0; i < exponent; i++)
    unit *= 10;

  if (exponent == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, money->minor < 0 ? "-" : "", minor);

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, money->minor < 0 ? "-" : "",
                          minor / unit, (int) exponent, minor % unit);
}

/**
 * cs_money_to_display:
 *
 * To be shown: "¥89.00", "€12.50", "12.50 CHF", or the number alone where the
 * currency is not known.
 */
char *
cs_money_to_display (const CsMoney *money)
{
  g_autofree char *decimal = cs_money_to_decimal (money);

  for (guint i = 0; i < G_N_ELEMENTS (display_signs); i++)
    {
      if (strcmp (display_signs[i].currency, money->currency) == 0)
        return money->minor < 0
                 ? g_strconcat ("-", display_signs[i].sign, decimal + 1, NULL)
                 : g_strconcat (display_signs[i].sign, decimal, NULL);
    }

  if (money->currency[0] == '\0')
    return g_steal_pointer (&decimal);

  return g_strconcat (decimal, " ", money->currency, NULL);
}
