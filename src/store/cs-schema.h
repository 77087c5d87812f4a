/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-db.h"

G_BEGIN_DECLS

/* "CSGN": says whose file it is, in the header of library.db */
#define CS_SCHEMA_APPLICATION_ID 0x4353474e

extern const char *const cs_schema_steps[];

gboolean cs_schema_look (const char        *path,
                         const char *const *steps,
                         gboolean           deep,
                         GError           **error);
gboolean cs_schema_check (CsDb              *db,
                          const char        *path,
                          const char *const *steps,
                          GError           **error);
gboolean cs_schema_check_readable (CsDb              *db,
                                   const char *const *steps,
                                   GError           **error);
gboolean cs_schema_migrate (CsDb              *db,
                            const char        *path,
                            const char *const *steps,
                            GError           **error);

G_END_DECLS
