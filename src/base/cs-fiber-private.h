/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cs-fiber-mend.c: once, before the first fiber */
void cs_fiber_mend (void);

G_END_DECLS
