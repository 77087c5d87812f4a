/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint  cs_retry_delay (guint  attempts,
                       double chance);
gint64 cs_retry_after (const char *header,
                       gint64      now);

G_END_DECLS
