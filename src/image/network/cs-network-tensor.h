/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-network-profile.h"

G_BEGIN_DECLS

/* Photos to numbers, and numbers to masks */
float  *cs_network_tensor_new (const CsNetworkProfile *profile,
                               const guint8           *pixels,
                               int                     width,
                               int                     height);
GBytes *cs_network_tensor_to_mask (const CsNetworkProfile *profile,
                                   const float            *values,
                                   gsize                   n);
void    cs_network_tensor_to_half (const float *from,
                                   guint16     *to,
                                   gsize        n);
void    cs_network_tensor_from_half (const guint16 *from,
                                     float         *to,
                                     gsize          n);

G_END_DECLS
