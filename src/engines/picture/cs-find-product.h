/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"
#include "cs-image.h"

G_BEGIN_DECLS

/* Finds the product in a photo, unless that was done before; waits, so for fibers
 * only. FALSE where it was stopped; a photo that it cannot be found in is no
 * failure of the others.
 */
gboolean cs_find_product (CsImage         *image,
                          CsEngineRequest *request,
                          CsEnginePhoto   *photo,
                          GError         **error);

G_END_DECLS
