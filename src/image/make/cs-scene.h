/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-framing.h"
#include "cs-matte.h"
#include "cs-shade.h"

G_BEGIN_DECLS

/* The photo as it lies after being turned, or not */
typedef struct
{
  gboolean known;
  CsFrame *frame; /* without the corners that turning brings in */
  CsRegion region;
  CsRect   inside; /* frame, in pixels of the turned small photo */
  CsStaged product;
} CsView;

/* By what it would be straightened: on a new ground only the product's own
 * lines count, else those of all that is seen
 */
typedef enum
{
  CS_TURN_PRODUCT,
  CS_TURN_PHOTO,
  CS_N_TURNS,
} CsTurn;

/* What is known of a photo before anything is decided: all of it from a small
 * copy, and independent of what is wanted
 */
typedef struct
{
  int         width; /* of the photo as shown */
  int         height;
  CsFrame    *small;
  CsMatte    *mask; /* of small; NULL where nobody knows where the product is */
  gboolean    lost; /* there was a mask, and nothing in it */
  double      degrees[CS_N_TURNS];
  CsOutcome   straight[CS_N_TURNS];
  CsView      as_it_is;
  CsView      straightened[CS_N_TURNS]; /* filled when it is asked for */
  CsWireLight light;
  CsWirePart  balance;
  CsWirePart  exposure;
  CsLab       colour; /* of the product */
  CsShade    *shade;  /* the photo's own shadow, of the photo; NULL where there is none that is soft */
} CsScene;

/* How large the small copy is to be, on its longer side */
#define CS_SCENE_SIDE 640

void          cs_scene_init (CsScene       *self,
                             CsFrame       *small,
                             const CsMatte *mask,
                             int            width,
                             int            height);
const CsView *cs_scene_get_view (CsScene *self,
                                 CsTurn   turn,
                                 gboolean straightened);
void          cs_scene_clear (CsScene *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsScene, cs_scene_clear)

G_END_DECLS
