/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-drafting.h"
#include "cs-hand.h"
#include "cs-job.h"
#include "cs-product.h"
#include "cs-suggestion.h"

G_BEGIN_DECLS

/* One photo of the product as an engine gets it */
typedef struct
{
  CsPhoto *photo;
  int      fd;       /* the original, readable; closed with the request */
  char    *reading;  /* JSON, see cs_image_read(); or NULL where nothing was read */
  char    *settings; /* JSON, see CsPictureSettings: what the person set, or NULL */
  gboolean wanted;   /* FALSE: here only for what is done alike on all photos */
  gboolean decided;  /* the person has decided on its picture: nothing is to be paid for another */

  /* Where the product is in it, as far as that is known already; an engine that
   * finds it puts it here, with the mask's file in found, so that it can be kept
   */
  int     mask; /* PNG, or -1 */
  char   *mask_hash;
  gboolean sure;
  char   *sentence; /* why it cannot be right, or NULL */
  GBytes *found;

  int     backdrop; /* what stands behind the product, where settings name it; or -1 */
  GBytes *painted;  /* that, fresh from a model and to be kept under its hash; or NULL */
  char   *trouble;  /* why the engine could make nothing of it, once it was asked; or NULL */
} CsEnginePhoto;

/* All that an engine may know: it reads no database and no folder */
typedef struct
{
  CsProduct *product;
  GPtrArray *photos;   /* (element-type CsEnginePhoto) */
  char      *network;  /* what tells the network for cutting out from others, or NULL where there is none */
  int        mask_side; /* of masks that are found, pixels; 0 for the photo's own */
  char      *standard; /* JSON, see CsPictureSettings: where the person set nothing; or NULL for the usual */
  CsHand    *hand;     /* how the seller writes, or NULL */
  CsDrafting *drafting; /* whoever watches a model write, or NULL */
} CsEngineRequest;

#define CS_TYPE_ENGINE_REQUEST (cs_engine_request_get_type ())

CS_DECLARE_RECORD (CsEngineRequest, cs_engine_request)

CsEnginePhoto *cs_engine_request_take_photo (CsEngineRequest *self,
                                             CsPhoto         *photo,
                                             int              fd,
                                             char            *reading,
                                             char            *settings);
/* Takes mask, a descriptor or -1 */
void           cs_engine_photo_set_mask (CsEnginePhoto *self,
                                         int            mask,
                                         const char    *hash,
                                         gboolean       sure,
                                         const char    *sentence);

#define CS_TYPE_ENGINE (cs_engine_get_type ())

G_DECLARE_DERIVABLE_TYPE (CsEngine, cs_engine, CS, ENGINE, GObject)

/**
 * CsEngineClass:
 * @get_id: stored with every suggestion; never changes
 * @get_title: how the seller knows it, translated
 * @dup_input: a hash over all of @request that @suggest looks at, with the
 *   engine's own version: the same input is not run again
 * @suggest: resolves to a #GPtrArray of CsSuggestion, sealed, id 0; a product
 *   that gives it nothing to go by gets questions, never inventions
 */
struct _CsEngineClass
{
  GObjectClass parent_class;

  const char *(*get_id) (CsEngine *self);
  const char *(*get_title) (CsEngine *self);
  char *(*dup_input) (CsEngine        *self,
                      CsEngineRequest *request);
  DexFuture *(*suggest) (CsEngine        *self,
                         CsEngineRequest *request,
                         GCancellable    *cancellable);
};

const char *cs_engine_get_id (CsEngine *self);
const char *cs_engine_get_title (CsEngine *self);
char       *cs_engine_dup_input (CsEngine        *self,
                                 CsEngineRequest *request);
DexFuture  *cs_engine_suggest (CsEngine        *self,
                               CsEngineRequest *request,
                               GCancellable    *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
