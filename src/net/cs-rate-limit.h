/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How often one account may be asked: a token bucket that the replies teach.
 * Time is handed in: microseconds of the monotonic clock.
 */
typedef struct _CsRateLimit CsRateLimit;

CsRateLimit *cs_rate_limit_new (double per_second,
                                double burst);
void         cs_rate_limit_free (CsRateLimit *self);
/* Takes a turn: microseconds until it may be used */
gint64       cs_rate_limit_take (CsRateLimit *self,
                                 gint64       now);
void         cs_rate_limit_hold (CsRateLimit *self,
                                 gint64       until);
void         cs_rate_limit_learn (CsRateLimit        *self,
                                  guint               status,
                                  SoupMessageHeaders *headers,
                                  gint64              now);
double       cs_rate_limit_get_rate (CsRateLimit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsRateLimit, cs_rate_limit_free)

G_END_DECLS
