/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An amount in the currency's smallest unit: 1250 "EUR" is 12.50 €, 1250 "JPY"
 * is 1250 ¥. No amount is ever a floating point number.
 */
typedef struct
{
  gint64 minor;
  char   currency[4]; /* ISO 4217, or "" where none is known */
} CsMoney;

guint    cs_money_exponent (const char *currency);
gboolean cs_money_parse (const char *text,
                         const char *default_currency,
                         CsMoney    *money,
                         GError    **error);
/* "12.50": without the currency */
char    *cs_money_to_decimal (const CsMoney *money);
char    *cs_money_to_display (const CsMoney *money);

G_END_DECLS
