/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"
#include "cs-engine-setup.h"
#include "cs-http.h"
#include "cs-image.h"
#include "cs-meter.h"
#include "cs-provider.h"

G_BEGIN_DECLS

#define CS_TYPE_MODEL_ENGINE (cs_model_engine_get_type ())

/**
 * CsModelEngine:
 *
 * An engine that asks a model over HTTP: what the chat engine and the
 * picture-edit engine have in common. It sends nothing that its meter did not
 * permit, and what it makes of a reply is a function of the reply and the
 * product alone: a stored reply can be read again at any time, for nothing,
 * and is when the product's facts changed.
 *
 * Main thread. "learned-changed": what refusals taught is different now, see
 * cs_model_engine_get_learned().
 */
G_DECLARE_DERIVABLE_TYPE (CsModelEngine, cs_model_engine, CS, MODEL_ENGINE, CsEngine)

/* What would go for one product, for the person to look at before the first
 * time, and to know what it will cost.
 */
typedef struct
{
  char      *text;     /* all texts exactly as they go, in order, in words that a person can read */
  GPtrArray *pictures; /* (element-type GBytes): the JPEG files exactly as they go */
  gint64     input;    /* tokens, estimated */
  gint64     output;   /* at most */
  guint      makes;    /* pictures that are made */
  char      *key;      /* of the request, see CsSending; of several, one a line */
} CsModelPlan;

#define CS_TYPE_MODEL_PLAN (cs_model_plan_get_type ())

CS_DECLARE_RECORD (CsModelPlan, cs_model_plan)

/**
 * CsModelEngineClass:
 * @plan: resolves to a CsModelPlan
 * @read: what a stored reply comes to with the product as it is now: resolves to
 *   a #GPtrArray of sealed CsSuggestion, their engine the setup's id, sent as given
 * @try: sends the smallest request that shows that address, key and model work
 *   (through the meter, product 0). Resolves to a sentence for the seller.
 */
struct _CsModelEngineClass
{
  CsEngineClass parent_class;

  DexFuture *(*plan) (CsModelEngine   *self,
                      CsEngineRequest *request);
  DexFuture *(*read) (CsModelEngine   *self,
                      CsEngineRequest *request,
                      GBytes          *reply,
                      gint64           sent);
  DexFuture *(*try) (CsModelEngine *self,
                     GCancellable  *cancellable);
};

/* What one is made with; all borrowed. secret NULL where there is none. */
typedef struct
{
  CsEngineSetup *setup;
  CsProvider    *provider;
  const char    *secret;
  CsHttp        *http;
  CsImage       *image;
  CsMeter       *meter;
  const char    *name; /* of who runs it, for sentences: said by cs_model_engine_set_parts() */
} CsModelParts;

void           cs_model_engine_set_parts (CsModelEngine      *self,
                                          const CsModelParts *parts);
/* Borrowed, as the parts were given */
const CsModelParts *cs_model_engine_get_parts (CsModelEngine *self);
/* JSON: what its provider's refusals taught (which JSON form it takes, which
 * parameter it does not want), to be kept with the setup; or NULL
 */
const char    *cs_model_engine_get_learned (CsModelEngine *self);
void           cs_model_engine_set_learned (CsModelEngine *self,
                                            const char    *json);
DexFuture     *cs_model_engine_plan (CsModelEngine   *self,
                                     CsEngineRequest *request) G_GNUC_WARN_UNUSED_RESULT;
DexFuture     *cs_model_engine_read (CsModelEngine   *self,
                                     CsEngineRequest *request,
                                     GBytes          *reply,
                                     gint64           sent) G_GNUC_WARN_UNUSED_RESULT;
DexFuture     *cs_model_engine_try (CsModelEngine *self,
                                    GCancellable  *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
