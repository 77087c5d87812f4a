/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-error.h"
#include "cs-price.h"

#define MICROS   1000000
#define MILLION  1000000
#define DECIMALS 6

/* What amounts of tokens and prices come to never gets near this: a reply that
 * says otherwise is not believed
 */
#define MOST ((gint64) 1000000 * MICROS)

static gint64
share (gint64 price,
       gint64 tokens)
{
  gint64 product;

  if (tokens <= 0 || price == 0)
    return 0;

  if (price < 0)
    return CS_PRICE_UNKNOWN;

  if (__builtin_mul_overflow (price, tokens, &product))
    return MOST;

  return MIN (product / MILLION + (product % MILLION != 0), MOST);
}

gint64
cs_price_of (const CsPrice *self,
             gint64         input,
             gint64         output,
             guint          pictures)
{
  gint64 parts[] = {
    share (self->input, input),
    share (self->output, output),
    /* A price for each picture, not for a million */
    pictures == 0 ? 0 : self->picture < 0 ? CS_PRICE_UNKNOWN : MIN (self->picture, MOST) * MIN (pictures, 1000),
  };
  gint64 sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] < 0)
        return CS_PRICE_UNKNOWN;
      sum += parts[i];
    }

  return sum;
}

static const char *
skip_currency (const char *text)
{
  while (g_ascii_isalpha (*text) || *text == ' ')
    text++;

  return text;
}

gboolean
cs_price_parse (const char *text,
                const char *currency,
                gint64     *micros,
                GError    **error)
{
  g_autofree char *typed = g_strstrip (g_strdup (text != NULL ? text : ""));
  char  *at = typed;
  gint64      value = 0;
  int         decimals = -1;
  gboolean    any = FALSE;

  for (; g_ascii_isdigit (*at) || (*at == '.' && decimals < 0); at++)
    {
      if (*at == '.')
        {
          decimals = 0;
          continue;
        }

      any = TRUE;
      /* Beyond a millionth only noughts are no loss */
      if (decimals == DECIMALS ? *at != '0' : value > MOST)
        break;
      if (decimals == DECIMALS)
        continue;
      value = value * 10 + (*at - '0');
      if (decimals >= 0)
        decimals++;
    }

  for (int i = MAX (decimals, 0); i < DECIMALS && value <= MOST; i++)
    value *= 10;

  if (!any || value > MOST || *skip_currency (at) != '\0')
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("“%s” is not an amount. Write it like this: 2.50"), typed);
      return FALSE;
    }

  g_strstrip (at);
  if (*at != '\0' && currency != NULL && *currency != '\0' && g_ascii_strcasecmp (at, currency) != 0)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("“%s” is no amount in %s, and only that is reckoned with here."), typed, currency);
      return FALSE;
    }

  *micros = value;

  return TRUE;
}

/**
 * cs_price_to_display:
 *
 * Two decimals, and where these say nothing as many as it takes for two
 * figures that do; "unknown" in words where it is.
 */
char *
cs_price_to_display (gint64      micros,
                     const char *currency)
{
  g_autofree char *number = NULL;
  guint   decimals = 2;
  gint64  unit = MICROS / 100;

  if (micros < 0)
    return g_strdup (_("unknown"));

  while (decimals < DECIMALS && micros != 0 && micros / unit < 10 && micros < MICROS)
    {
      decimals++;
      unit /= 10;
    }

  /* Rounded up, as what is booked is */
  micros = (micros + unit - 1) / unit;
  number = g_strdup_printf ("%0*" G_GINT64_FORMAT, (int) decimals + 1, micros);

  return g_strdup_printf ("%.*s.%s%s%s", (int) (strlen (number) - decimals), number, number + strlen (number) - decimals,
                          currency != NULL && *currency != '\0' ? " " : "", currency != NULL ? currency : "");
}
