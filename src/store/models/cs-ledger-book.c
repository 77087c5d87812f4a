/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-ledger-book.h"

/* A reply says how many tokens it took, and it is believed within reason: one
 * that says a billion would use up a month's budget, one that says none would
 * make the budget worthless. Where it says nothing, or nothing that can be, what
 * went and what came is counted, and the row says that it is an estimate.
 */

/* A token is hardly ever more than this many bytes, nor fewer than two on the whole */
#define MOST_BYTES 64
#define BYTES      2

/* Counting differs from model to model, most of all for photos */
#define TIMES 16
#define SLACK 4096

/* Above what anybody counts: sums stay far from the end of the numbers */
#define MOST_TOKENS ((gint64) 1000000000)

static gint64
believe (gint64    told,
         gint64    least,
         gint64    most,
         gint64    otherwise,
         gboolean *estimated)
{
  if (told >= 0 && told >= least && told <= most)
    return told;

  *estimated = TRUE;

  return otherwise;
}

/* Pictures are paid for by the piece or by what they take, seldom both: a price
 * that is not there is none, as long as one of the two is
 */
gint64
cs_ledger_estimate (const CsPrice *price,
                    gint64         input,
                    gint64         output,
                    guint          makes)
{
  CsPrice known = *price;

  input = CLAMP (input, 0, MOST_TOKENS);
  output = CLAMP (output, 0, MOST_TOKENS);
  if (makes > 0 && known.picture >= 0)
    {
      known.input = MAX (known.input, 0);
      known.output = MAX (known.output, 0);
    }
  else if (makes > 0 && known.input >= 0 && known.output >= 0)
    {
      makes = 0;
    }

  return cs_price_of (&known, input, output, makes);
}

CsBooked
cs_ledger_book (const CsExpected   *expected,
                const CsSettlement *settlement)
{
  gint64   kept = settlement->reply != NULL ? (gint64) g_bytes_get_size (settlement->reply) : 0;
  gint64   size = CLAMP (settlement->bytes, kept, MAX (kept, MOST_TOKENS));
  gint64   received = expected->makes > 0 ? 0 : (size + BYTES - 1) / BYTES;
  gint64   least = expected->makes > 0 ? 0 : size / MOST_BYTES;
  gint64   input = CLAMP (expected->input, 0, MOST_TOKENS);
  gint64   output = CLAMP (expected->output, 0, MOST_TOKENS);
  CsBooked booked = { 0 };

  switch (settlement->state)
    {
    case CS_SENT_REFUSED:
      return booked;

    case CS_SENT_LOST:
    case CS_SENT_IN_FLIGHT:
    default:
      booked = (CsBooked) { input, output, expected->makes, TRUE, expected->estimate };
      return booked;

    case CS_SENT_ANSWERED:
    case CS_SENT_FAILED:
      break;
    }

  booked.input = believe (settlement->input, input / TIMES / 4, input * TIMES + SLACK, input, &booked.estimated);
  booked.output = believe (settlement->output, least, MAX (output * 4, received * 4) + SLACK,
                           settlement->output >= 0 && settlement->output > output ? MAX (output, received)
                           : settlement->state == CS_SENT_ANSWERED                ? received
                                                                                  : output,
                           &booked.estimated);
  booked.made = MIN (settlement->made, expected->makes);
  if (settlement->state == CS_SENT_ANSWERED && booked.made == 0)
    booked.made = expected->makes;
  booked.cost = cs_ledger_estimate (&expected->price, booked.input, booked.output, booked.made);

  return booked;
}
