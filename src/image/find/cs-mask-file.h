/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-matte.h"

G_BEGIN_DECLS

/* Masks as files: PNG, white the product, black the rest. Written as 8-bit
 * grey; read with any depth, of any size up to that of the largest photo:
 * colours as their grey, what shines through as black. Errors are CsProblems.
 */
CsMatte *cs_mask_file_read (int      fd,
                            GError **error);
CsMatte *cs_mask_file_read_data (const guint8 *data,
                                 gsize         length,
                                 GError      **error);
GBytes  *cs_mask_file_write (const CsMatte *matte,
                             GError       **error);

G_END_DECLS
