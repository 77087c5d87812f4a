/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-rate-limit.h"
#include "cs-retry.h"

#define TOO_MANY_REQUESTS 429
#define SLOWEST           0.02 /* one request in fifty seconds */
#define LONGEST_RESET     (24 * 60 * 60)

/* Numbers above are seconds since 1970, numbers below are seconds from now:
 * both are in use for the same header.
 */
#define EPOCH_SECONDS 1000000000

struct _CsRateLimit
{
  double per_second; /* as it is now */
  double allowed;    /* as the channel states it: never more than this */
  double burst;
  double tokens; /* below 0: that many wait in line */
  gint64 counted_at;
  gint64 held_until;
};

CsRateLimit *
cs_rate_limit_new (double per_second,
                   double burst)
{
  CsRateLimit *self = g_new0 (CsRateLimit, 1);

  self->per_second = self->allowed = MAX (per_second, SLOWEST);
  self->burst = self->tokens = MAX (burst, 1);

  return self;
}

void
cs_rate_limit_free (CsRateLimit *self)
{
  g_free (self);
}

double
cs_rate_limit_get_rate (CsRateLimit *self)
{
  return self->per_second;
}

gint64
cs_rate_limit_take (CsRateLimit *self,
                    gint64       now)
{
  gint64 wait;

  if (self->counted_at != 0)
    self->tokens += (now - self->counted_at) * self->per_second / G_USEC_PER_SEC;
  self->tokens = MIN (self->tokens, self->burst) - 1;
  self->counted_at = now;

  wait = self->tokens < 0 ? -self->tokens * G_USEC_PER_SEC / self->per_second : 0;

  return MAX (wait, self->held_until - now);
}

void
cs_rate_limit_hold (CsRateLimit *self,
                    gint64       until)
{
  self->held_until = MAX (self->held_until, until);
}

static const char *
get_header (SoupMessageHeaders *headers,
            const char         *name)
{
  g_autofree char *prefixed = g_strconcat ("X-", name, NULL);
  const char      *value = soup_message_headers_get_one (headers, name);

  return value != NULL ? value : soup_message_headers_get_one (headers, prefixed);
}

/* RateLimit-Remaining and -Reset, with or without X-: what is left, and the
 * seconds until there is more
 */
static void
learn_remaining (CsRateLimit        *self,
                 SoupMessageHeaders *headers,
                 gint64              now)
{
  const char *remaining = get_header (headers, "RateLimit-Remaining");
  const char *reset = get_header (headers, "RateLimit-Reset");
  guint64     left, seconds;

  if (remaining == NULL || reset == NULL ||
      !g_ascii_string_to_unsigned (remaining, 10, 0, G_MAXINT, &left, NULL) ||
      !g_ascii_string_to_unsigned (reset, 10, 0, G_MAXINT64, &seconds, NULL))
    return;

  if (seconds > EPOCH_SECONDS)
    seconds = MAX ((gint64) seconds - g_get_real_time () / G_USEC_PER_SEC, 0);

  if (left == 0)
    cs_rate_limit_hold (self, now + (gint64) MIN (seconds, LONGEST_RESET) * G_USEC_PER_SEC);
}

/**
 * cs_rate_limit_learn:
 *
 * Being told "too many" halves the pace and holds until the time that the
 * reply names; each success wins a twentieth of the allowed pace back.
 */
void
cs_rate_limit_learn (CsRateLimit        *self,
                     guint               status,
                     SoupMessageHeaders *headers,
                     gint64              now)
{
  gint64 seconds = -1;

  if (headers != NULL)
    {
      learn_remaining (self, headers, now);
      seconds = cs_retry_after (soup_message_headers_get_one (headers, "Retry-After"),
                                g_get_real_time () / G_USEC_PER_SEC);
    }

  if (status == TOO_MANY_REQUESTS)
    self->per_second = MAX (self->per_second / 2, SLOWEST);
  else if (SOUP_STATUS_IS_SUCCESSFUL (status))
    self->per_second = MIN (self->per_second + self->allowed / 20, self->allowed);

  if (seconds > 0 && (status == TOO_MANY_REQUESTS || status == SOUP_STATUS_SERVICE_UNAVAILABLE))
    cs_rate_limit_hold (self, now + seconds * G_USEC_PER_SEC);
}
