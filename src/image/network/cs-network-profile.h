/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-wire.h"

G_BEGIN_DECLS

/* What a model says of itself */
typedef struct
{
  const char *input;  /* names */
  const char *output; /* of the last one */
  int         width;  /* of the input; 0 for any */
  int         height;
  guint       n_outputs;
} CsNetworkShape;

/* What is known of a network, once all is told */
typedef struct
{
  int          width; /* of the input */
  int          height;
  guint        mask; /* which of the outputs */
  float        mean[3];
  float        deviation[3];
  gboolean     divide_by_max;
  CsWireOutput output;
} CsNetworkProfile;

gboolean cs_network_profile_init (CsNetworkProfile     *self,
                                  const CsNetworkShape *shape,
                                  const CsWireProfile  *told);

G_END_DECLS
