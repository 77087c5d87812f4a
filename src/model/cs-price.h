/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a model costs: millionths of the currency's unit ("micros"), so that the
 * price of one token of the cheapest model is no fraction.
 */
#define CS_PRICE_UNKNOWN ((gint64) -1)

typedef struct
{
  char   currency[4]; /* ISO 4217, or "" */
  gint64 input;       /* micros for a million tokens that go there */
  gint64 output;      /* micros for a million tokens that come back */
  gint64 picture;     /* micros for a picture that is made */
} CsPrice;

#define CS_PRICE_NONE ((CsPrice) { .input = CS_PRICE_UNKNOWN, .output = CS_PRICE_UNKNOWN, .picture = CS_PRICE_UNKNOWN })

/* Micros, rounded up: what is booked is never less than what is owed. Unknown
 * where a price that is needed is.
 */
gint64   cs_price_of (const CsPrice *self,
                      gint64         input,
                      gint64         output,
                      guint          pictures);
/* "0.0021 CNY" as typed, into micros; currency may stand behind it or be left out.
 * One that is not the given currency is refused, unless that is NULL or "".
 */
gboolean cs_price_parse (const char *text,
                         const char *currency,
                         gint64     *micros,
                         GError    **error);
/* For people: as many digits as it takes to be no nought, "0.0021 CNY" */
char    *cs_price_to_display (gint64      micros,
                              const char *currency);

G_END_DECLS
