/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-pulls.h"
#include "cs-store-private.h"

G_BEGIN_DECLS

/* In cs-pulls-adopt.c: one listing of a page. now has what is to be counted. */
gboolean cs_pulls_adopt (CsDb            *db,
                         CsRemoteListing *remote,
                         const char      *currency,
                         CsAdoption      *adoption,
                         GError         **error);

G_END_DECLS
