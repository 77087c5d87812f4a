/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_PHOTO_ITEM (cs_photo_item_get_type ())

/* A photo of a product in a list. Properties: thumbnail, name, number, remark
 * (near-duplicate or finding), has-remark, label (for a screen reader).
 */
G_DECLARE_FINAL_TYPE (CsPhotoItem, cs_photo_item, CS, PHOTO_ITEM, GObject)

CsPhotoItem *cs_photo_item_new (CsDesk  *desk,
                                CsPhoto *photo,
                                guint    number,
                                guint    alike); /* number of the photo that it looks like, or 0 */
CsPhoto     *cs_photo_item_get_photo (CsPhotoItem *self);

G_END_DECLS
