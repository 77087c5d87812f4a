/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-wire.h"

G_BEGIN_DECLS

/* The helper's end of the socket (CS_WIRE_FD), whatever its work is */
gboolean cs_service_receive (gpointer request,
                             gsize    length,
                             int     *fds);
int      cs_service_pack (CsWireAnswer *answer,
                          GBytes       *payload,
                          GBytes       *labels);
gboolean cs_service_send (gconstpointer data,
                          gsize         length,
                          int           fd);

G_END_DECLS
