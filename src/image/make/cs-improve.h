/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-plan.h"
#include "cs-source.h"

G_BEGIN_DECLS

/* A suggested picture, and what it was made from */
typedef struct
{
  CsPlan   plan;
  gboolean known;    /* a mask told where the product is */
  double   visible;  /* of the product, what the picture shows: 0..1 */
  CsFrame *original; /* the photo as it lies in the picture, before anything else was done to it */
  guint8  *alpha;    /* how much of each pixel of the picture is product */
  CsFrame *picture;
  gboolean generated; /* some of its pixels are a model's */
  char    *painted;   /* labels of the backdrop, or NULL */
} CsMade;

gboolean cs_improve (CsMade              *self,
                     CsSource            *source,
                     const CsWireRequest *request,
                     const int           *fds,
                     GError             **error);
gboolean cs_improve_look (CsScene             *scene,
                          CsSource            *source,
                          const CsMatte       *mask,
                          CsFrame            **whole,
                          GError             **error);
void     cs_improve_plan (CsPlan              *plan,
                          CsScene             *scene,
                          const CsWireRequest *request,
                          const CsMatte       *mask,
                          int                  max_side);
void     cs_improve_mark (CsPlan       *plan,
                          guint32       mark,
                          CsFrame      *picture,
                          const guint8 *alpha);
gboolean cs_improve_read_mask (const int *fds,
                               CsMatte  **mask,
                               GError   **error);
void     cs_made_clear (CsMade *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsMade, cs_made_clear)

G_END_DECLS
