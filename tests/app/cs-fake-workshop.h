/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"

G_BEGIN_DECLS

/* A workshop in memory, beside the desk in memory: three networks, of which one
 * is not for selling; nothing is asked of any other computer. It also gives the
 * masks that a brush works on.
 */

/* The next thing that is asked of it does not come about, with this sentence */
void        cs_fake_workshop_fail_next (CsDesk     *desk,
                                        const char *sentence);
/* Downloads wait at half of their bytes until this is off again */
void        cs_fake_workshop_hold (CsDesk  *desk,
                                   gboolean hold);
/* What was asked, a line each */
const char *cs_fake_workshop_get_log (CsDesk *desk);

/* The edit that was given last, and the hash that it was kept by */
CsMaskEdit *cs_fake_workshop_get_edit (CsDesk *desk);

#define CS_FAKE_MASK_HASH "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"

G_END_DECLS
