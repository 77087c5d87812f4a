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

/* From now on "models-changed" is told of what other processes do, too */
void     cs_workshop_watch (CsWorkshop *self);
/* Resolves once it is known which network is in use: a file that was touched is read through first */
DexFuture *cs_workshop_settle (CsWorkshop *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
