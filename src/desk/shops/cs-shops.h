/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-account.h"
#include "cs-channel-kind.h"
#include "cs-form.h"
#include "cs-outbox-entry.h"
#include "cs-shop.h"

G_BEGIN_DECLS

#define CS_TYPE_SHOPS (cs_shops_get_type ())

/**
 * CsShops:
 *
 * What the program does with marketplaces beside sending: adding an account and
 * signing in, seeing what is there already, what sending would change, and
 * answering what only a person can. The window and the command line call this
 * (from cs_desk_get_shops()) and nothing below it. Lives on the main thread.
 * What cannot be done where the library is open for reading only rejects with
 * CS_ERROR_IN_USE.
 *
 * Accounts are listed by cs_desk_list_accounts(); the desk's "changed" with
 * CS_DESK_ACCOUNTS tells when they move.
 */
G_DECLARE_FINAL_TYPE (CsShops, cs_shops, CS, SHOPS, GObject)

/* Adding */

/* (element-type CsChannelKind) (transfer container): what can be added, in order */
GPtrArray           *cs_shops_list_kinds (CsShops *self);
/* NULL where this version knows no such kind */
const CsChannelKind *cs_shops_find_kind (CsShops    *self,
                                         const char *kind);
/* What was typed for a new account: an object of strings, named as
 * CsChannelKind.asks. An address is completed ("myshop.example" → https) and
 * refused with a sentence where it may not be sent to.
 */
/* Signs in with what was typed and asks the shop who it is; nothing is kept.
 * Resolves to a CsShop. Rejects with CS_ERROR_REFUSED or CS_ERROR_SIGN_IN and a
 * sentence that says what is wrong and where to mend it.
 */
DexFuture *cs_shops_test (CsShops    *self,
                          const char *kind,
                          JsonObject *typed) G_GNUC_WARN_UNUSED_RESULT;
/* Tests, then keeps: the account in the library, the secrets in the keyring.
 * session: the secrets only until the program ends (chosen by the person after
 * CS_ERROR_NO_KEYRING). Resolves to the account's id (gint64).
 */
DexFuture *cs_shops_add (CsShops    *self,
                         const char *kind,
                         JsonObject *typed,
                         gboolean    session) G_GNUC_WARN_UNUSED_RESULT;
/* New secrets for an account that is there: the queue that waited for them goes
 * on. typed without address or name. Resolves to a CsShop.
 */
DexFuture *cs_shops_sign_in_again (CsShops    *self,
                                   gint64      account,
                                   JsonObject *typed,
                                   gboolean    session) G_GNUC_WARN_UNUSED_RESULT;
/* Secrets for this process alone, not tried: where there is no keyring they are
 * handed over each time. Resolves to true.
 */
DexFuture *cs_shops_lend (CsShops    *self,
                          gint64      account,
                          JsonObject *typed) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the account still works. Resolves to a CsShop. */
DexFuture *cs_shops_check (CsShops *self,
                           gint64   account) G_GNUC_WARN_UNUSED_RESULT;
/* Removes the account and its secrets; the history stays. Resolves to true. */
DexFuture *cs_shops_remove (CsShops *self,
                            gint64   account) G_GNUC_WARN_UNUSED_RESULT;

/* Signing in with the browser (CS_SIGN_IN_BROWSER): one at a time, another one ends it */
#define CS_TYPE_SIGN_IN (cs_sign_in_get_type ())

/**
 * CsSignIn:
 *
 * Waits on a port of this computer for the browser to come back, at most ten
 * minutes. Letting it go closes the port.
 */
G_DECLARE_FINAL_TYPE (CsSignIn, cs_sign_in, CS, SIGN_IN, GObject)

/* Resolves to a CsSignIn that listens. typed as for cs_shops_test(). Rejects with
 * CS_ERROR_LATER where another program has the port that the marketplace knows.
 */
DexFuture  *cs_shops_begin_sign_in (CsShops    *self,
                                    const char *kind,
                                    JsonObject *typed) G_GNUC_WARN_UNUSED_RESULT;
/* To be opened in the browser */
const char *cs_sign_in_get_address (CsSignIn *self);
/* What the seller has to enter at the marketplace as the redirect, where that is wanted */
const char *cs_sign_in_get_redirect (CsSignIn *self);
/* Resolves to a JsonObject (as a JsonNode): typed with the tokens beside it, for
 * cs_shops_add(). Rejects with CS_ERROR_SIGN_IN where the person said no.
 */
DexFuture  *cs_sign_in_wait (CsSignIn *self) G_GNUC_WARN_UNUSED_RESULT;
/* Where the browser cannot come back: the address it ended at, pasted. FALSE with a sentence where it is none of ours. */
gboolean    cs_sign_in_paste (CsSignIn   *self,
                              const char *address,
                              GError    **error);

/* Forms, as the marketplace asks them */

/* What holds for the whole account (shipping, returns, tax, draft or live),
 * filled in as far as it is known. Resolves to a CsForm; rejects with
 * CS_ERROR_NOT_FOUND where there is nothing to say.
 */
DexFuture *cs_shops_get_profile (CsShops *self,
                                 gint64   account) G_GNUC_WARN_UNUSED_RESULT;
/* values: canonical JSON as cs_form_check() takes. Resolves to true. */
DexFuture *cs_shops_set_profile (CsShops    *self,
                                 gint64      account,
                                 const char *values) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsForm with one field, "category". under and search: or NULL. */
DexFuture *cs_shops_list_categories (CsShops    *self,
                                     gint64      account,
                                     const char *under,
                                     const char *search) G_GNUC_WARN_UNUSED_RESULT;
/* What the product's category there wants to know, filled in from facts and
 * from what was chosen for the same category before. category NULL for the one
 * chosen. Resolves to a CsForm.
 */
DexFuture *cs_shops_get_attributes (CsShops    *self,
                                    gint64      account,
                                    gint64      product,
                                    const char *category) G_GNUC_WARN_UNUSED_RESULT;
/* What was chosen, for these products; a suggestion that stands for it is void,
 * and so is an approval that has not gone out. Resolves to true.
 */
DexFuture *cs_shops_set_attributes (CsShops      *self,
                                    gint64        account,
                                    const gint64 *products,
                                    guint         n_products,
                                    const char   *category,
                                    const char   *category_label,
                                    const char   *values) G_GNUC_WARN_UNUSED_RESULT;

/* What is there already */
typedef struct
{
  guint      n_listings;
  guint      n_new;     /* became products */
  guint      n_matched; /* by our key or by SKU with products that are here */
  guint      n_known;   /* were linked before */
  guint      n_moved;   /* of those: changed there since they were last seen */
  guint      n_doubtful; /* several products here have that SKU: left for the person */
  guint      n_photos;
  gboolean   stopped;
  GPtrArray *failures;  /* (element-type utf8) "title: reason" */
} CsPullSummary;

#define CS_TYPE_PULL_SUMMARY (cs_pull_summary_get_type ())

CS_DECLARE_RECORD (CsPullSummary, cs_pull_summary)

char      *cs_pull_summary_to_text (CsPullSummary *self);
/* Reads all that is in the shop: listings that bear our key or the SKU of one
 * product here are linked to it, the others become products with their texts,
 * variants and pictures as originals. One job in the desk's "jobs"; stopped or
 * killed it goes on where it was. Resolves to a CsPullSummary.
 */
DexFuture *cs_shops_pull (CsShops *self,
                          gint64   account) G_GNUC_WARN_UNUSED_RESULT;
/* Says which listing there a product is, or that it is none (NULL). Resolves to true. */
DexFuture *cs_shops_link (CsShops    *self,
                          gint64      account,
                          gint64      product,
                          const char *remote_id) G_GNUC_WARN_UNUSED_RESULT;

/* Before sending */

/* A field as it was, as it is there and as it was approved; in words */
typedef struct
{
  char *name;   /* as the member of CsListing */
  char *label;  /* translated */
  char *before; /* as it was when last sent from here or last seen, or NULL */
  char *theirs; /* as it is there now, or NULL */
  char *ours;   /* as approved */
} CsDifference;

typedef struct
{
  gint64      entry;   /* or 0 where it is not approved yet */
  gint64      product;
  gint64      account;
  char       *title;
  CsOperation operation;
  GPtrArray  *differences; /* (element-type CsDifference): what would change there, field by field; all of it where it is new */
  GPtrArray  *findings;    /* (element-type utf8) what the marketplace would refuse */
  char       *obstacle;    /* why it would not be sent at all: moved there, not there any more, a stranger has its SKU; or NULL */
} CsTrial;

#define CS_TYPE_TRIAL (cs_trial_get_type ())

CS_DECLARE_RECORD (CsTrial, cs_trial)

/* The dry run of what is approved and not sent yet: reads, and asks what has a
 * dry run of its own, changes nothing. account 0 for all. Resolves to a
 * #GPtrArray of CsTrial. One job in "jobs".
 */
DexFuture *cs_shops_try_outbox (CsShops *self,
                                gint64   account) G_GNUC_WARN_UNUSED_RESULT;
/* The same of products that are ready and not approved yet */
DexFuture *cs_shops_try (CsShops      *self,
                         gint64        account,
                         const gint64 *products,
                         guint         n_products) G_GNUC_WARN_UNUSED_RESULT;

/* When only a person can tell */

/**
 * CsAnswer:
 * @CS_ANSWER_OURS: send what was approved over what is there now; the draft that
 *   cs_shops_resolve() yields is to be signed like any other
 * @CS_ANSWER_THEIRS: what is there now is right: it becomes the product's
 *   original, nothing is sent
 * @CS_ANSWER_IS_IT: the listing that was found is what our create became
 * @CS_ANSWER_IS_NOT_IT: it is not there: it may be sent again
 */
typedef enum
{
  CS_ANSWER_OURS,
  CS_ANSWER_THEIRS,
  CS_ANSWER_IS_IT,
  CS_ANSWER_IS_NOT_IT,
} CsAnswer;

/* A conflict, in three columns. answers: bits 1 << CsAnswer that can be given. */
typedef struct
{
  gint64     entry;
  char      *title;
  char      *sentence;    /* what happened */
  guint      answers;
  GPtrArray *differences; /* (element-type CsDifference) those that differ, others left out */
  GPtrArray *candidates;  /* (element-type CsRemoteListing) what may be ours; empty where that is not the question */
} CsConflict;

#define CS_TYPE_CONFLICT (cs_conflict_get_type ())

CS_DECLARE_RECORD (CsConflict, cs_conflict)

/* Reads what is there now. Resolves to a CsConflict; rejects with CS_ERROR_NOT_FOUND where the entry is in none. */
DexFuture *cs_shops_get_conflict (CsShops *self,
                                  gint64   entry) G_GNUC_WARN_UNUSED_RESULT;
/* remote_id: of the candidate, for IS_IT; else NULL. Resolves to a CsDraft to be
 * shown and signed for OURS, else to true. Rejects with CS_ERROR_STALE where
 * what is there has moved since it was shown.
 */
DexFuture *cs_shops_resolve (CsShops    *self,
                             CsConflict *shown,
                             CsAnswer    answer,
                             const char *remote_id) G_GNUC_WARN_UNUSED_RESULT;

/* Price and stock alone: drafts (#GPtrArray of CsDraft, operation OFFER) to be
 * shown and signed; those without a listing there or without a difference are left out
 */
DexFuture *cs_shops_prepare_offers (CsShops      *self,
                                    gint64        account,
                                    const gint64 *products,
                                    guint         n_products) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
