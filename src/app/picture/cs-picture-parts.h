/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_TYPE_PICTURE_PARTS (cs_picture_parts_get_type ())

/**
 * CsPictureParts:
 *
 * The parts of the picture work as switches, over the recipe's JSON; members
 * that it does not know stay as they are. Emits "switched" when the person
 * turns one.
 */
G_DECLARE_FINAL_TYPE (CsPictureParts, cs_picture_parts, CS, PICTURE_PARTS, AdwBin)

void  cs_picture_parts_set_settings (CsPictureParts *self,
                                     const char     *settings);
char *cs_picture_parts_dup_settings (CsPictureParts *self);

G_END_DECLS
