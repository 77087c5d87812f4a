/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-image.h"
#include "cs-wire.h"

G_BEGIN_DECLS

gboolean  cs_image_look_closer (const CsPixels *rough,
                                const CsPixels *photo,
                                CsWireCrop     *crop);
CsPixels *cs_image_look_crop (const CsPixels   *photo,
                              const CsWireCrop *crop);

G_END_DECLS
