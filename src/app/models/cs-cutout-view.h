/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_CUTOUT_VIEW (cs_cutout_view_get_type ())

/**
 * CsCutoutView:
 *
 * The networks that find the product in a photo: which there are, what each is
 * good at and may be used for; to be downloaded, brought as a file, used and
 * removed. Before anything is asked of another computer, which one is said.
 * Properties: desk, state ("loading", "failed" or "list"), trouble, summary.
 */
G_DECLARE_FINAL_TYPE (CsCutoutView, cs_cutout_view, CS, CUTOUT_VIEW, AdwBin)

/* What the file chooser comes to */
void cs_cutout_view_add_file (CsCutoutView *self,
                              GFile        *file);

G_END_DECLS
