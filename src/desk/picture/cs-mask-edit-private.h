/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-mask-edit.h"

G_BEGIN_DECLS

/* photo: width × height × 3 bytes of sRGB; mask: width × height bytes */
CsMaskEdit *cs_mask_edit_new (GBytes *photo,
                              GBytes *mask,
                              int     width,
                              int     height);

G_END_DECLS
