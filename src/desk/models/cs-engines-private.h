/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk-meter.h"
#include "cs-desk-private.h"
#include "cs-engine-setups.h"
#include "cs-engines.h"
#include "cs-model-engine.h"
#include "cs-provider-catalogue.h"
#include "cs-secrets.h"

G_BEGIN_DECLS

/* What the files of CsEngines share: who there is (cs-engines.c), what it takes to
 * ask (cs-engines-model.c), plans (cs-engines-plan.c), batches (cs-engines-ask.c).
 */
struct _CsEngines
{
  GObject parent_instance;

  CsDesk              *desk; /* whose it is; NULL once that is gone */
  CsStore             *store;
  CsSecrets           *secrets;
  CsHttp              *http;
  CsProviderCatalogue *catalogue;
  GListStore          *drafting;
  GHashTable          *turns;   /* id of an engine → CsTurns */
  GHashTable          *asking;  /* key of a request → DexPromise: resolved once its answer is kept, or will not be */
  GHashTable          *session; /* ids whose key is for this session only */
  GHashTable          *running; /* gint64 batches that are at work */
  guint                n_unfinished;
  char                *face;

  /* How the seller writes, see cs-engines-hand.c */
  CsHand              *learned;      /* as it was learned last, or NULL */
  char                *learned_from; /* what was set then, as JSON; or NULL */
  gint64               learned_at;   /* the last decision then */
  guint                learning;     /* a timeout: decisions came */

  /* An engine without its parts; of tests */
  CsEngine *(*make) (CsEngineKind kind);
};

/* The arguments of a use case on their way into its fiber */
typedef struct
{
  CsEngines     *engines;
  CsDesk        *desk;
  char          *id;
  char          *address; /* that was shown */
  CsEngineSetup *setup;
  char          *secret;
  CsSecretPlace  place;
  GArray        *ids;
  gint64         budget;
  char          *settings;
  gboolean       texts;
  gboolean       photos;
  CsHand        *hand;
  GCancellable  *cancellable;
} CsEnginesCall;

CsEngines     *cs_engines_new (CsDesk *desk);
/* NULL where the desk is gone: then the future that it rejects with is in refusal */
CsEnginesCall *cs_engines_call_new (CsEngines  *self,
                                    DexFuture **refusal);
void           cs_engines_call_free (CsEnginesCall *call);
/* Decisions came or went: what is learned from them may be something else now */
void           cs_engines_note_decisions (CsEngines *self);
CsStore       *cs_engines_get_store (CsEngines *self);
GHashTable    *cs_engines_get_asking (CsEngines *self);
void           cs_engines_emit_changed (CsEngines *self);
/* What its key is called in the keyring, which other libraries share: a key is for
 * one house alone, whoever else is called the same
 */
char          *cs_engines_dup_secret_name (const char *id,
                                           const char *address);

/* These wait, so they are for fibers only. What a person agreed to send without
 * photos goes without photos.
 */
CsEngineSetup *cs_engines_load (CsEngines  *self,
                                const char *id,
                                GError    **error);
/* meter NULL: it is not going to send, and needs no key */
CsModelEngine *cs_engines_make_model (CsEngines     *self,
                                      CsEngineSetup *setup,
                                      CsMeter       *meter,
                                      GError       **error);
CsTurns       *cs_engines_get_turns (CsEngines     *self,
                                     CsEngineSetup *setup);
/* How a product's photos are to be made into pictures */
void           cs_engines_set_recipe (CsEngineRequest *request,
                                      const char      *settings);
/* Counts what can be gone on with */
void           cs_engines_count_unfinished (CsEngines *self);
/* The kept replies of models whose suggestions were checked with other facts are
 * read again with the product as it is now, which costs nothing
 */
gboolean       cs_engines_read_again (CsEngines       *self,
                                      CsEngineRequest *request,
                                      GCancellable    *cancellable,
                                      GError         **error);
/* Spend on a batch, or on what is left of it, until it is through */
CsAskSummary  *cs_engines_run_batch (CsEngines     *self,
                                     CsEngineSetup *setup,
                                     gint64         batch,
                                     GArray        *products,
                                     const char    *settings,
                                     GError       **reason);

G_END_DECLS
