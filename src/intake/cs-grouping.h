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

/* What a file name says of the product, folded; NULL where a camera, a phone or
 * a file manager made it up ("IMG_1234", "photo (3)") or it names a view only
 * ("front").
 */
char      *cs_grouping_dup_stem (const char *name);
/* A folder name that somebody chose: not "DCIM", "Downloads", "新建文件夹" */
gboolean   cs_grouping_is_telling (const char *folder);

G_END_DECLS
