/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int      cs_sandbox_landlock_abi (void);
gboolean cs_sandbox_enter (const char *readable_dir,
                           guint64     max_data,
                           int        *landlock,
                           GError    **error);

G_END_DECLS
