/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-edit-order.h"
#include "cs-edit-reply.h"
#include "cs-model-engine.h"

G_BEGIN_DECLS

/* A scene for one photo: from what is asked for to what the recipe says of it.
 * What waits is for fibers only.
 */
typedef struct
{
  CsEnginePhoto     *photo; /* borrowed */
  CsPictureSettings  settings;
  CsEditOrder        order;
  gboolean           usable;   /* a scene came that may stand behind the product */
  char              *sentence; /* what the model had done to the product, or why its scene is of no use; or NULL */
  gint64             sent;
} CsEditPainting;

CsEditPainting *cs_edit_painting_new (const CsModelParts  *parts,
                                      const CsEditProfile *profile,
                                      CsEngineRequest     *request,
                                      CsEnginePhoto       *photo);
void            cs_edit_painting_free (CsEditPainting *self);
/* Why there can be no scene for it, or NULL */
char           *cs_edit_painting_find_obstacle (CsEditPainting  *self,
                                                CsEngineRequest *request);
/* Fills in the picture and the mask that go out */
gboolean        cs_edit_painting_prepare (CsEditPainting *self,
                                          CsImage        *image,
                                          GError        **error);
/* What came back, or was kept of it: from then on the photo's recipe has the scene
 * behind the product, or leaves the photo as it is
 */
gboolean        cs_edit_painting_take (CsEditPainting    *self,
                                       CsImage           *image,
                                       const CsEditReply *reply,
                                       GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsEditPainting, cs_edit_painting_free)

G_END_DECLS
