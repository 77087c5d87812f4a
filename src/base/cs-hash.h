/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* SHA-256 as 64 lowercase hexadecimal digits */
#define CS_HASH_LENGTH 64

char    *cs_hash_bytes (GBytes *bytes);
char    *cs_hash_data (gconstpointer data,
                       gsize         length);
char    *cs_hash_fd (int      fd,
                     GError **error);
gboolean cs_hash_is_valid (const char *hash);

G_END_DECLS
