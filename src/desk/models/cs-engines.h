/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-drafting.h"
#include "cs-engine-setup.h"
#include "cs-hand.h"
#include "cs-job.h"
#include "cs-provider.h"
#include "cs-sent.h"

G_BEGIN_DECLS

/**
 * CsEngines:
 *
 * The models that the seller added, beside the embedded engines: where they are,
 * what they may be sent, what they cost and what they were sent; and how the
 * seller writes, which all engines are told. A desk has one of its own (see
 * cs_desk_get_engines()). Lives on the main thread.
 *
 * Signals:
 * "changed": an engine came, went or is different; the hand is; something was sent.
 * Properties: "drafting" (a #GListModel of CsDrafting: models writing at this
 *   moment); "unfinished" (guint: products of batches that were stopped, killed or
 *   ran into a budget, and can be gone on with).
 */
#define CS_TYPE_ENGINES (cs_engines_get_type ())

G_DECLARE_FINAL_TYPE (CsEngines, cs_engines, CS, ENGINES, GObject)

/* Who there is */

/* Resolves to a #GPtrArray of CsProvider, "custom" last of its kind */
DexFuture *cs_engines_list_providers (CsEngines *self) G_GNUC_WARN_UNUSED_RESULT;
/* Model servers on this computer that answer now. Looks at loopback only, and at
 * nothing but which models they have, and which of them see. Resolves to a #GPtrArray of CsEngineSetup
 * without an id, one for each model that could be added.
 */
DexFuture *cs_engines_look_around (CsEngines *self) G_GNUC_WARN_UNUSED_RESULT;
/* Which models are at an address. Resolves to a #GPtrArray of utf8. */
DexFuture *cs_engines_list_models (CsEngines     *self,
                                   CsEngineSetup *setup,
                                   const char    *secret) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsEngineSetup, those that were added, in that order */
DexFuture *cs_engines_list (CsEngines *self) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  CS_SECRET_IN_KEYRING,
  CS_SECRET_FOR_SESSION, /* until the program ends */
} CsSecretPlace;

/* Adds one (setup without an id) or changes one. secret NULL leaves the key as it
 * is, "" takes it away. Another address takes back what was agreed to. Resolves
 * to the CsEngineSetup as kept; rejects with CS_ERROR_NO_KEYRING having kept
 * nothing, CS_ERROR_REFUSED with a sentence where it cannot be so.
 */
DexFuture *cs_engines_put (CsEngines     *self,
                           CsEngineSetup *setup,
                           const char    *secret,
                           CsSecretPlace  place) G_GNUC_WARN_UNUSED_RESULT;
/* Its suggestions and what it was sent stay. Resolves to true. */
DexFuture *cs_engines_remove (CsEngines  *self,
                              const char *id) G_GNUC_WARN_UNUSED_RESULT;
/* Through whom a person speaks: "window", unless said otherwise; kept with what was agreed to */
void       cs_engines_set_face (CsEngines  *self,
                                const char *face);
/* Resolves to a sentence: what works. Sends a few words of ours, nothing of the seller's. */
DexFuture *cs_engines_try (CsEngines    *self,
                           const char   *id,
                           GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

/* What goes there */

/* What asking about these products would send, shown for the first of them exactly
 * as it would go, and what all of it would cost
 */
typedef struct
{
  CsEngineSetup *setup;
  char      *address;    /* in full, where it goes */
  gboolean   is_here;    /* this computer, which may pass it on */
  char      *text;       /* exactly as it goes */
  GPtrArray *pictures;   /* (element-type GBytes): JPEG, exactly as they go */
  guint      n_products;
  guint      n_kept;     /* of those, asked before and unchanged: nothing goes */
  gint64     estimate;   /* micros for all of it, or CS_PRICE_UNKNOWN */
  gint64     spent;      /* micros, this month */
  gboolean   wants_text; /* to be agreed to before it goes */
  gboolean   wants_photos;
  char      *finding;    /* why not all of it would be sent (no price for a budget, budget too small,
                          * no photo that a scene could be painted for), or NULL */
  gboolean   blocked;    /* nothing of it would be */
} CsSendPlan;

#define CS_TYPE_SEND_PLAN (cs_send_plan_get_type ())

CS_DECLARE_RECORD (CsSendPlan, cs_send_plan)

/* A plain scene that a model can be asked to paint, to be chosen by name */
typedef struct
{
  char *name;  /* the value of "scene" in the settings of cs_engines_ask() */
  char *words; /* as the seller sees it */
} CsSceneChoice;

#define CS_TYPE_SCENE_CHOICE (cs_scene_choice_get_type ())

CS_DECLARE_RECORD (CsSceneChoice, cs_scene_choice)

/* (element-type CsSceneChoice), the usual one first */
GPtrArray *cs_engines_list_scenes (void);
/* settings as for cs_engines_ask(). Resolves to a CsSendPlan. Opens no socket. */
DexFuture *cs_engines_plan (CsEngines    *self,
                            const char   *id,
                            const gint64 *products,
                            guint         n_products,
                            const char   *settings) G_GNUC_WARN_UNUSED_RESULT;
/* The person agreed, or took it back, having been shown this very address. Resolves
 * to true; rejects with CS_ERROR_STALE where the engine is at another one by now.
 */
DexFuture *cs_engines_allow (CsEngines  *self,
                             const char *id,
                             const char *address,
                             gboolean    texts,
                             gboolean    photos) G_GNUC_WARN_UNUSED_RESULT;

/* How a batch went */
typedef struct
{
  guint    n_done;   /* products with suggestions, or nothing to add */
  guint    n_kept;   /* of those, without sending anything */
  guint    n_failed;
  guint    n_left;   /* not asked any more: stopped, or the budget */
  gint64   cost;     /* micros, what was booked */
  gboolean estimated; /* some of it is an estimate */
  char     currency[4];
  gboolean stopped;
  char    *finding;  /* the first reason in words, or NULL */
} CsAskSummary;

#define CS_TYPE_ASK_SUMMARY (cs_ask_summary_get_type ())

CS_DECLARE_RECORD (CsAskSummary, cs_ask_summary)

char      *cs_ask_summary_to_text (CsAskSummary *self);
/* Asks about each product, unless the very same was asked before. budget: micros
 * for this batch, or -1. settings: of the pictures that are to be made, see
 * CsPictureSettings, or NULL; its member "scene" is what is to be painted around
 * the product: the name of one of cs_engines_list_scenes(), or the seller's words. One job in the desk's "jobs"; stops within two
 * seconds; what is left can be gone on with. Resolves to a CsAskSummary; rejects
 * with CS_ERROR_NOT_ALLOWED, CS_ERROR_SIGN_IN or CS_ERROR_BUDGET where nothing
 * could begin.
 */
DexFuture *cs_engines_ask (CsEngines    *self,
                           const char   *id,
                           const gint64 *products,
                           guint         n_products,
                           gint64        budget,
                           const char   *settings) G_GNUC_WARN_UNUSED_RESULT;
/* Products that a model was never asked about as they are now, oldest first; none
 * that are ready or published.
 * Resolves to a #GArray of gint64.
 */
DexFuture *cs_engines_list_unseen (CsEngines  *self,
                                   const char *id) G_GNUC_WARN_UNUSED_RESULT;
guint      cs_engines_get_n_unfinished (CsEngines *self);
/* Goes on with what is unfinished. Resolves to a CsAskSummary. */
DexFuture *cs_engines_go_on (CsEngines *self) G_GNUC_WARN_UNUSED_RESULT;
/* Leaves it at that. Resolves to true. */
DexFuture *cs_engines_drop_unfinished (CsEngines *self) G_GNUC_WARN_UNUSED_RESULT;
GListModel *cs_engines_get_drafting (CsEngines *self);
/* Everything ever sent, newest first; before 0 or the id to go on below; at most
 * most. Resolves to a #GPtrArray of CsSent.
 */
DexFuture *cs_engines_list_sent (CsEngines *self,
                                 gint64     before,
                                 guint      most) G_GNUC_WARN_UNUSED_RESULT;

/* The seller's hand */

/* As engines are told: what was set and what was learned. Resolves to a CsHand. */
DexFuture *cs_engines_get_hand (CsEngines *self) G_GNUC_WARN_UNUSED_RESULT;
/* What the seller set in it; drafts are made anew in the background. Resolves to true. */
DexFuture *cs_engines_set_hand (CsEngines *self,
                                CsHand    *hand) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
