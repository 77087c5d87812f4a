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

G_END_DECLS
