/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib/gstdio.h>

#include "cs-channel.h"
#include "cs-desk.h"
#include "cs-engine.h"
#include "cs-fiber.h"
#include "cs-image.h"
#include "cs-imports.h"
#include "cs-publisher.h"
#include "cs-store.h"
#include "cs-workshop-private.h"

G_BEGIN_DECLS

/* What the use cases share. Each cs-desk-*.c is one of them. */
struct _CsDesk
{
  GObject parent_instance;

  CsStore     *store;
  CsWorkshop  *workshop;
  CsImage     *image; /* the workshop's */
  CsEngine    *engines[2]; /* in the order in which they are asked */
  CsEngines   *models;     /* what the seller added to them */
  CsSecrets   *secrets;    /* keys of models and of shops */
  CsPublisher *publisher;
  CsShops     *shops;
  guint        publishing_source; /* wakes what a shop asked to be sent later */
  GListStore  *jobs;
  gboolean     reading; /* opened beside the process that holds the library */
  gboolean     closed;

  /* Changes are told once for each turn of the main loop: see cs_desk_changed() */
  GHashTable *changes;
  guint       changes_source;

  /* Imports go one after the other: the last one begun */
  DexFuture *importing;

  /* The same for what another network changes: see cs_desk_follow_network() */
  DexFuture *following;

  /* Products that wait for suggestions: see cs-desk-suggest.c */
  GQueue      waiting;  /* gint64 *, in order */
  GHashTable *wanted;   /* gint64 → DexPromise, both waiting and at work */
  GHashTable *again;    /* gint64: changed while it was at work */
  CsJob      *suggesting;
  guint       n_suggesting;

  /* A hand on a slider: see cs-desk-pictures.c */
  struct
  {
    CsEngineRequest *request;   /* what the last one was made from, or NULL */
    char            *equipment; /* its photo, mask and backdrop */
    DexFuture       *busy;      /* borrowed: the one under way, or NULL */
    guint64          turn;
  } preview;

  /* What a picture came out as, by "source/side/quality": see cs-desk-draft.c */
  GHashTable *rendered;
};

/* The arguments of a use case on their way into its fiber; each takes what it needs */
typedef struct
{
  CsDesk    *desk;
  gint64     id;
  gint64     other;
  GArray    *ids;     /* gint64 */
  GPtrArray *records;
  gpointer   record;
  GDestroyNotify record_free;
  char      *text;
  char      *face;
  guint      number;
} CsDeskCall;

CsDeskCall *cs_desk_call_new (CsDesk *self);
void        cs_desk_call_free (CsDeskCall *call);
GArray     *cs_desk_copy_ids (const gint64 *ids,
                              guint         n_ids);

/* A future that rejects where the library is open for reading only, else NULL */
DexFuture *cs_desk_refuse_reading (CsDesk *self);
void       cs_desk_changed (CsDesk      *self,
                            CsDeskChange what,
                            gint64       product);
/* Tells of a change once future resolves, whether or not anyone still waits for it */
DexFuture *cs_desk_announce (CsDesk      *self,
                             DexFuture   *future,
                             CsDeskChange what,
                             gint64       product) G_GNUC_WARN_UNUSED_RESULT;
/* A job that the seller sees until it is finished; (transfer full) */
CsJob     *cs_desk_begin_job (CsDesk     *self,
                              const char *title);
void       cs_desk_end_job (CsDesk *self,
                            CsJob  *job);

/* Puts products in the queue for suggestions; resolves when all of them are through */
DexFuture *cs_desk_want_suggestions (CsDesk       *self,
                                     const gint64 *ids,
                                     guint         n_ids) G_GNUC_WARN_UNUSED_RESULT;
/* The same, and nobody waits */
void       cs_desk_suggest_later (CsDesk *self,
                                  gint64  product);
/* Makes pictures anew that another network may make better: those of products
 * that are not through the review. Resolves to true.
 */
DexFuture *cs_desk_follow_network (CsDesk *self) G_GNUC_WARN_UNUSED_RESULT;
/* What the engines get; waits for photos to be read. Resolves to a CsEngineRequest. */
DexFuture *cs_desk_make_request (CsDesk       *self,
                                 gint64        product,
                                 GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps the pictures that suggestions bring along and the masks that were found
 * for them; waits, so for fibers only
 */
gboolean   cs_desk_keep_pictures (CsDesk          *self,
                                  CsEngineRequest *request,
                                  GPtrArray       *suggestions,
                                  GError         **error);
/* The masks alone; waits, so for fibers only */
gboolean   cs_desk_keep_cutouts (CsDesk          *self,
                                 CsEngineRequest *request,
                                 GError         **error);
/* Opens what a photo's settings name: mask and backdrop; waits, so for fibers only */
void       cs_desk_equip_photo (CsDesk          *self,
                                CsEngineRequest *request,
                                CsEnginePhoto   *photo);
/* What was kept at hand for previews; product 0 for whatever it is */
void       cs_desk_forget_preview (CsDesk *self,
                                   gint64  product);
/* Files that are handed out; nothing is written over. These wait, so they are for
 * fibers only. The name need not be one that a folder can have; source 0 or more
 * is taken and copied, else bytes are written.
 */
char      *cs_desk_make_folder (const char *parent,
                                const char *name,
                                GError    **error);
gboolean   cs_desk_write_file (const char *folder,
                               const char *name,
                               int         source,
                               GBytes     *bytes,
                               GError    **error);

/* Where the person sits: "window" or "terminal" */
const char *cs_engines_get_face (CsEngines *self);

/* Resolves to pixels as the faces get them, see cs_desk_load_pixels() */
DexFuture *cs_desk_wrap_pixels (CsPixels *pixels) G_GNUC_WARN_UNUSED_RESULT;
/* Waits for future, but no longer than until it is stopped. What it waited for
 * goes on by itself: it may be using a descriptor.
 */
DexFuture *cs_desk_or_stopped (DexFuture    *future,
                               GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
gboolean   cs_desk_is_stop (GError       *error,
                            GCancellable *cancellable);

/* Goes on with imports that a stop or a kill left. Resolves to a CsImportSummary. */
DexFuture *cs_desk_resume_imports (CsDesk *self) G_GNUC_WARN_UNUSED_RESULT;

CsImportSummary *cs_desk_new_summary (void);
/* Waits, so for fibers only; batch 0: all that is unfinished */
CsImportSummary *cs_desk_run_import (CsDesk  *self,
                                     CsJob   *job,
                                     gint64   batch,
                                     GError **error);
/* Measures and keeps what is behind fd, a file called path. What the file is to
 * blame for is CS_ERROR_UNREADABLE, anything else the library. Waits, so for
 * fibers only.
 */
CsPhoto         *cs_desk_keep_photo (CsDesk     *self,
                                     int         fd,
                                     const char *path,
                                     GError    **error);
/* The photo that was measured, without its name and folder */
CsPhoto         *cs_desk_new_photo (CsImageInfo *info,
                                    const char  *hash,
                                    const char  *thumbnail);
gboolean         cs_desk_is_sample (const char *folder);
/* Waits, so for fibers only */
gboolean         cs_desk_give_sample_values (CsDesk     *self,
                                             gint64      product,
                                             const char *path,
                                             GError    **error);

/* What drafts of one account have in common */
typedef struct
{
  CsDesk     *desk;
  CsAccount  *account;
  CsChannel  *channel; /* borrowed of the publisher, or NULL */
  char       *obstacle; /* why nothing can go to this account, or NULL */
  GHashTable *newest;  /* product (gint64) → its newest CsOutboxEntry there */
} CsDraftContext;

/* These wait, so they are for fibers only */
CsDraftContext *cs_draft_context_new (CsDesk  *self,
                                      gint64   account,
                                      GError **error);
void            cs_draft_context_free (CsDraftContext *self);
/* Freezes what a product's decisions come to */
CsDraft        *cs_draft_context_make (CsDraftContext *self,
                                       gint64          product,
                                       GError        **error);
/* What going back behind an entry, or taking it off, comes to */
CsDraft        *cs_draft_context_make_rollback (CsDraftContext *self,
                                                CsOutboxEntry  *entry,
                                                GError        **error);
CsDraft        *cs_draft_context_make_withdrawal (CsDraftContext *self,
                                                  CsOutboxEntry  *entry,
                                                  GError        **error);

/* Price and stock alone, see cs-shops-offer.c */
CsDraft        *cs_draft_context_make_offer (CsDraftContext *self,
                                             gint64          product,
                                             GError        **error);
/* Parts of a listing: what is sold, and where it goes */
void            cs_draft_fill_offer (CsListing *listing,
                                     CsProduct *product,
                                     CsDraft   *draft,
                                     CsAccount *account);
void            cs_draft_context_fill_place (CsDraftContext  *self,
                                             CsListing       *listing,
                                             CsRemoteListing *remote);

/* The pictures that go out with a draft */
gboolean        cs_draft_context_add_pictures (CsDraftContext *self,
                                               CsListing      *listing,
                                               CsProduct      *product,
                                               GPtrArray      *items,
                                               GError        **error);
/* What goes out for a field or a photo: what was decided, else what stood there; or NULL */
const char     *cs_draft_find_final (GPtrArray *items,
                                     CsField    field,
                                     gint64     photo);

/* What the drafts of the three kinds share */
void            cs_draft_context_add_finding (CsDraft    *draft,
                                              const char *sentence);
void            cs_draft_context_check_outbox (CsDraftContext *self,
                                               CsDraft        *draft);
gboolean        cs_draft_context_find_remote (CsDraftContext   *self,
                                              gint64            product,
                                              CsRemoteListing **remote,
                                              GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDraftContext, cs_draft_context_free)

G_END_DECLS
