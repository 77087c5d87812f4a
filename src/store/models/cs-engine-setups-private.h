/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine-setups.h"
#include "cs-store-private.h"

G_BEGIN_DECLS

/* Where there is no such engine: NULL with CS_ERROR_NOT_FOUND */
CsEngineSetup *cs_engine_setups_load (CsDb       *db,
                                      const char *id,
                                      gboolean   *removed,
                                      GError    **error);

G_END_DECLS
