/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-image.h"

G_BEGIN_DECLS

/* One light for photos that were taken in the same one, so that the pictures of
 * a product look alike. lights: (element-type CsPictureLight), each photo's own,
 * NULL where it takes no part. Returns the same number of them: what each shall
 * be lit with, NULL where its own is best.
 */
GPtrArray *cs_common_light_find (GPtrArray *lights);

G_END_DECLS
