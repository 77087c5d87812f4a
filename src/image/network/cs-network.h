/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-wire.h"

G_BEGIN_DECLS

/* A segmentation network in ONNX Runtime. Errors are CS_PROBLEM_QUARK. */
typedef struct _CsNetwork CsNetwork;

gboolean    cs_network_prepare (void);
const char *cs_network_get_version (void);
CsNetwork  *cs_network_new (int                  fd,
                            const CsWireProfile *told,
                            GError             **error);
void        cs_network_free (CsNetwork *self);
GBytes     *cs_network_run (CsNetwork    *self,
                            const guint8 *pixels,
                            int           width,
                            int           height,
                            int          *mask_width,
                            int          *mask_height,
                            GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsNetwork, cs_network_free)

G_END_DECLS
