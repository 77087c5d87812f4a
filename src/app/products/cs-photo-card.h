/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-photo-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CS_TYPE_PHOTO_CARD (cs_photo_card_get_type ())

/**
 * CsPhotoCard:
 *
 * A photo among those of its product. Dragged onto another it asks its page,
 * with "photo.drop" (xx: onto, dragged), to put it there.
 */
G_DECLARE_FINAL_TYPE (CsPhotoCard, cs_photo_card, CS, PHOTO_CARD, GtkFlowBoxChild)

GtkWidget   *cs_photo_card_new (CsPhotoItem *item);
CsPhotoItem *cs_photo_card_get_item (CsPhotoCard *self);

G_END_DECLS
