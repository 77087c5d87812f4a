/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

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
} CsEnginePhoto;

/* All that an engine may know: it reads no database and no folder */
typedef struct
{
  CsProduct *product;
  GPtrArray *photos; /* (element-type CsEnginePhoto) */
} CsEngineRequest;

#define CS_TYPE_ENGINE_REQUEST (cs_engine_request_get_type ())

CS_DECLARE_RECORD (CsEngineRequest, cs_engine_request)

void cs_engine_request_take_photo (CsEngineRequest *self,
                                   CsPhoto         *photo,
                                   int              fd,
                                   char            *reading,
                                   char            *settings);

#define CS_TYPE_ENGINE (cs_engine_get_type ())

G_DECLARE_DERIVABLE_TYPE (CsEngine, cs_engine, CS, ENGINE, GObject)

/**
 * CsEngineClass:
 * @id: stored with every suggestion; never changes
 * @get_title: how the seller knows it, translated
 * @dup_input: a hash over all of @request that @suggest looks at, with the
 *   engine's own version: the same input is not run again
 * @suggest: resolves to a #GPtrArray of CsSuggestion, sealed, id 0; a product
 *   that gives it nothing to go by gets questions, never inventions
 */
struct _CsEngineClass
{
  GObjectClass parent_class;

  const char *id;

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
