/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>

#include "cs-retry.h"

#define LONGEST_DELAY (60 * 60)
#define LONGEST_AFTER (24 * 60 * 60)

/**
 * cs_retry_delay:
 * @attempts: how many have failed, from 1
 * @chance: 0..1, so that many that failed together do not come back together
 *
 * Returns: seconds to wait: 2, 4, 8 … an hour, each between one half and the whole of it
 */
guint
cs_retry_delay (guint  attempts,
                double chance)
{
  guint longest = attempts < 12 ? 1u << MAX (attempts, 1) : LONGEST_DELAY;

  longest = MIN (longest, LONGEST_DELAY);

  return longest / 2 + (guint) (CLAMP (chance, 0, 1) * (longest - longest / 2) + 0.5);
}

/**
 * cs_retry_after:
 * @header: the value of Retry-After (RFC 9110, 10.2.3): seconds or a date; or NULL
 * @now: seconds since 1970
 *
 * Returns: seconds to wait, a day at most, or -1 where @header says nothing
 */
gint64
cs_retry_after (const char *header,
                gint64      now)
{
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (header == NULL)
    return -1;

  if (g_ascii_string_to_unsigned (header, 10, 0, G_MAXINT64, &seconds, NULL))
    return MIN ((gint64) seconds, LONGEST_AFTER);

  if ((date = soup_date_time_new_from_http_string (header)))
    return CLAMP (g_date_time_to_unix (date) - now, 0, LONGEST_AFTER);

  return -1;
}
