/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Descriptors for the caller to close, or -1 with a sentence */

/* A file of the person's, for reading: a regular one with something in it; no link is followed */
int cs_fd_open (const char *path,
                GError    **error);
/* A file in memory with these bytes, for what wants a descriptor */
int cs_fd_from_bytes (GBytes  *bytes,
                      GError **error);

/* All of it, or FALSE with errno */
gboolean cs_fd_write_all (int           fd,
                          gconstpointer data,
                          gsize         length);
/* As much as there is from offset on, length at most: how many bytes, or -1 with
 * errno; where the descriptor stands does not change
 */
gssize   cs_fd_read_at (int      fd,
                        gpointer data,
                        gsize    length,
                        goffset  offset);

G_END_DECLS
