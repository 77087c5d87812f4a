/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-image.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* What the files of CsImage share: cs-image.c keeps the helpers and their queue,
 * cs-image-ask.c words the requests, cs-image-network.c has the network's helper.
 */
#define CS_IMAGE_HELPER   "countersign-image-helper"
#define CS_NETWORK_HELPER "countersign-network-helper"

/* fds: CS_WIRE_MAX_FDS of them, by CsWireFd; -1 where there is none */
DexFuture *cs_image_ask (CsImage             *self,
                         const CsWireRequest *wire,
                         const int           *fds) G_GNUC_WARN_UNUSED_RESULT;
/* A descriptor that is no photo's file, as a future that rejects; else NULL */
DexFuture *cs_image_refuse_file (int fd);

/* A photo is decoded in a helper, or lies decoded on its way to the network */
#define CS_IMAGE_MAX_DECODED 4

guint cs_image_max_helpers (void);

typedef struct
{
  GQueue waiting; /* CsImageSeat, not owned */
  guint  n_free;
} CsImageSeats;

typedef struct
{
  DexPromise *turn;
  gboolean    taken;
} CsImageSeat;

void       cs_image_seats_init  (CsImageSeats *self);
DexFuture *cs_image_seats_enter (CsImageSeats *self,
                                 CsImageSeat  *seat) G_GNUC_WARN_UNUSED_RESULT;
void       cs_image_seats_leave (CsImageSeats *self,
                                 CsImageSeat  *seat);

typedef struct _CsImageNetwork CsImageNetwork;

CsImageNetwork *cs_image_network_new (gboolean trial);
void            cs_image_network_free (CsImageNetwork *self);
void            cs_image_network_set (CsImageNetwork *self,
                                      int             model,
                                      const char     *profile);
gboolean        cs_image_network_is_set (CsImageNetwork *self);
void            cs_image_network_set_timeout (CsImageNetwork *self,
                                              guint           msec);
guint           cs_image_network_get_timeout (CsImageNetwork *self);
/* Resolves to CsPixels of one byte a pixel (stride = width): the network's
 * rough mask, at the size that it gives
 */
DexFuture *cs_image_network_run (CsImageNetwork *self,
                                 CsPixels       *pixels) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the version of ONNX Runtime */
DexFuture *cs_image_network_examine (CsImageNetwork *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_image_try (int         model,
                         const char *profile,
                         guint       timeout_msec) G_GNUC_WARN_UNUSED_RESULT;
void       cs_image_profile_from_json (CsWireProfile *self,
                                       const char    *json);

CsImageNetwork *cs_image_get_network (CsImage *self);
CsImageSeats   *cs_image_get_seats (CsImage *self);

G_END_DECLS
