/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a file name says of the product, folded; NULL where a camera, a phone or
 * a file manager made it up ("IMG_1234", "photo (3)") or it names a view only
 * ("front").
 */
char    *cs_photo_name_dup_stem (const char *name);
/* A folder name that somebody chose: not "DCIM", "Downloads", "新建文件夹" */
gboolean cs_photo_name_is_telling (const char *folder);
char    *cs_photo_name_dup_caption (const char *folder,
                                    const char *name);

G_END_DECLS
