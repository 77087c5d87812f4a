/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the program remembers for this person; NULL where no such key is installed */
GSettings *cs_settings_dup (const char *key);

G_END_DECLS
