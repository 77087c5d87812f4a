/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-photo.h"

G_BEGIN_DECLS

/* Which photos are of one product: pure, fast, and never across folders.
 * photos: (element-type CsPhoto) of one folder, in the order they came, with
 * name, folder, taken_at and likeness set. one_of_several: other folders with
 * photos lie beside this one, and none in it. Returns groups in order, each a
 * #GArray of guint indices into photos.
 */
GPtrArray *cs_grouping_group (GPtrArray *photos,
                              gboolean   one_of_several);

G_END_DECLS
