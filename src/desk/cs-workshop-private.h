/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-image.h"
#include "cs-workshop.h"

G_BEGIN_DECLS

/* What the picture work is asked of, with the network that is in use; borrowed */
CsImage *cs_workshop_get_image (CsWorkshop *self);

G_END_DECLS
