/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-image.h"
#include "cs-workshop.h"

G_BEGIN_DECLS

/* What the picture work is asked of, with the network that is in use; borrowed */
CsImage *cs_workshop_get_image (CsWorkshop *self);
/* What tells the network in use from others, also where only what is known of it
 * changed; NULL where there is none
 */
char    *cs_workshop_dup_network (CsWorkshop *self);

G_END_DECLS
