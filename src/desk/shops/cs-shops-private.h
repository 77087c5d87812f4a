/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kinds.h"
#include "cs-desk-private.h"
#include "cs-shops.h"

G_BEGIN_DECLS

/* What the files of CsShops share: accounts (cs-shops-accounts.c), what was typed
 * for them (cs-shops-typed.c), forms (cs-shops-forms.c), what is there already
 * (cs-shops-pull.c), dry runs (cs-shops-try.c), conflicts (cs-shops-conflict.c).
 */
struct _CsShops
{
  GObject parent_instance;

  CsDesk     *desk; /* whose it is; NULL once that is gone */
  CsStore    *store;
  CsSecrets  *secrets;
  DexFuture  *adding;  /* accounts are added one after the other: the last one begun */
  CsSignIn   *signing_in; /* weak: the one that waits for the browser */
  GHashTable *pulling; /* account (gint64) → DexFuture of who reads it */
};

/* The arguments of a use case on their way into its fiber; each takes what it needs */
typedef struct
{
  CsShops             *shops;
  CsDesk              *desk;
  const CsChannelKind *kind;
  gint64               account;
  gint64               product;
  gint64               entry;
  GArray              *ids;
  JsonObject          *typed;
  gboolean             session;
  char                *text;
  char                *other;
  char                *label;
  CsConflict          *conflict;
  CsAnswer             answer;
  DexFuture           *before; /* to be waited for first, or NULL */
} CsShopsCall;

CsShops     *cs_shops_new (CsDesk *desk);
/* NULL where the desk is gone: then the future that it rejects with is in refusal */
CsShopsCall *cs_shops_call_new (CsShops    *self,
                                DexFuture **refusal);
/* The same of what changes something: also NULL where the library is open for reading only */
CsShopsCall *cs_shops_call_to_write (CsShops    *self,
                                     DexFuture **refusal);
void         cs_shops_call_free (CsShopsCall *call);

/* What was typed for a new account, taken apart */

/* The account as it will be kept, but for what the shop says of itself; id 0.
 * NULL with CS_ERROR_REFUSED and a sentence.
 */
CsAccount   *cs_shops_read_typed (const CsChannelKind *kind,
                                  JsonObject          *typed,
                                  GError             **error);
/* (transfer full): what goes into the keyring of it */
JsonObject  *cs_shops_read_secrets (const CsChannelKind *kind,
                                    JsonObject          *typed);
/* Whether all that has to be typed was; with_account: also what is the account's own */
gboolean     cs_shops_check_typed (const CsChannelKind *kind,
                                   JsonObject          *typed,
                                   gboolean             with_account,
                                   GError             **error);
/* An address as it is typed → as it is kept; NULL with CS_ERROR_REFUSED */
char        *cs_shops_complete_address (const char *typed,
                                        GError    **error);
/* Two canonical objects in one; what more says stands. (transfer full) */
char        *cs_shops_join_profiles (const char *profile,
                                     const char *more);

/* These wait, so they are for fibers only */
CsAccount   *cs_shops_await_account (CsShops *self,
                                     gint64   account,
                                     GError **error);
/* (transfer none), of the publisher; *account: (optional) */
CsChannel   *cs_shops_await_channel (CsShops    *self,
                                     gint64      id,
                                     CsAccount **account,
                                     GError    **error);
/* (element-type CsDifference): what would change. before: what was signed last, or
 * NULL; then product: its originals, or NULL; theirs: what is there now, NULL where
 * it is new there
 */
GPtrArray   *cs_shops_compare (CsListing       *before,
                               CsProduct       *product,
                               CsRemoteListing *theirs,
                               CsListing       *ours);
GPtrArray   *cs_shops_new_differences (void);

/* What reading a shop is about */
typedef struct
{
  CsShops       *shops;
  CsDesk        *desk;
  CsAccount     *account;
  CsChannel     *channel;
  CsJob         *job;
  CsPullSummary *summary;
  GArray        *products; /* gint64: to be suggested for */
  gboolean       is_here;  /* the shop is on this computer, and so may its pictures be */
} CsPull;

/* Fetches the pictures that are still to be fetched. FALSE where the library fails. */
gboolean     cs_shops_await_photos (CsPull  *pull,
                                    GError **error);
/* (transfer full) (element-type utf8): what the listing's category wants to know and it does not say, as far as
 * that was asked before; asks nobody
 */
GPtrArray   *cs_shops_await_missing (CsShops   *self,
                                     CsAccount *account,
                                     CsListing *listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsShopsCall, cs_shops_call_free)

G_END_DECLS
