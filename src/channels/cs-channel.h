/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-account.h"
#include "cs-error.h"
#include "cs-field.h"
#include "cs-inquiry.h"
#include "cs-journal.h"
#include "cs-listing.h"
#include "cs-rate-limit.h"
#include "cs-request.h"
#include "cs-secrets.h"

G_BEGIN_DECLS

/* One request of several that bring a listing about. Names are journalled:
 * "picture.0", "create", "update", "offer", "publish", "unpublish", "withdraw".
 * Where one of these takes several requests, the later ones have a name of the
 * adapter's own ("inventory", "staged.0"); such a step must be safe to repeat.
 * "shown" reads what is there.
 */
typedef struct
{
  char    *name;
  int      picture; /* which picture of the listing it sends, or -1 */
  gboolean creates; /* a listing comes into being: never sent again before it was looked up */
  gboolean writes;  /* what stands there is changed: it is read before, and compared with what was signed */
  gboolean reads;   /* nothing is changed there: no answer to it leaves anything unknown, and it is asked again like any reading */
  gboolean bare;    /* a 2xx answer without JSON is an answer: parse gets NULL for it */
  gboolean foreign; /* goes to another host, with what that host was named with: no credentials of ours */
} CsChannelStep;

#define CS_TYPE_CHANNEL_STEP (cs_channel_step_get_type ())

CS_DECLARE_RECORD (CsChannelStep, cs_channel_step)

CsChannelStep *cs_channel_step_make (const char *name);

/* What a marketplace is like, as far as the publisher must know */
typedef struct
{
  const char *kind;           /* as in CsAccount, "practice" */
  const char *version;        /* of the adapter, signed with every listing: goes up when the same listing would be sent otherwise */
  guint       settle_seconds; /* until a listing that was created can be found: "not found" counts only then */
  gboolean    finds_by_key;   /* else all that is there is paged through */
  gboolean    bears_key;      /* what was created shows our key, or the SKU that we gave it, from the first moment on; else a look-up
                               * finds what looks the same, and a person says whether it is ours */
  gboolean    has_drafts;     /* a listing can be there without customers seeing it */
  guint       rewrites;       /* bits 1 << CsField: what the shop words or rounds by itself, so that it is not compared */
  double      per_second;     /* how often it may be asked, until its replies teach better */
  double      burst;
  guint       answer_seconds; /* how long an answer may take; 0 for a minute */
  gboolean    signs_tokens;   /* what asks for tokens is signed like any other */
  gboolean    has_no_rest;    /* nothing to sign in to and no network: the practice shop, a folder */
} CsChannelTraits;

/* A piece of what is there already */
typedef struct
{
  GPtrArray *listings; /* (element-type CsRemoteListing) */
  char      *next;     /* where to go on, or NULL */
} CsRemotePage;

#define CS_TYPE_REMOTE_PAGE (cs_remote_page_get_type ())

CS_DECLARE_RECORD (CsRemotePage, cs_remote_page)

#define CS_TYPE_CHANNEL (cs_channel_get_type ())

G_DECLARE_DERIVABLE_TYPE (CsChannel, cs_channel, CS, CHANNEL, GObject)

/**
 * CsChannelClass:
 * @traits: what the marketplace is like
 * @open: (nullable): called before each conversation, where the address becomes
 *   known late (a server to start). It and @perform are the only slots that may
 *   wait. Resolves to the address that requests go to; by default the account's.
 * @next_step: the step that follows those finished in the journal, or NULL
 *   where nothing is left to do
 * @build: the request of a step, from the frozen listing, what finished steps
 *   yielded, the picture's bytes where the step sends one, and nothing else
 * @parse: what a 2xx reply to a step yielded, as it is journalled: an object
 *   with "remote_id", "version", "url" and what @build wants later on. json is
 *   NULL where the step is bare and the answer held none; headers are in reply.
 * @classify: (nullable): who must act after a reply that is not 2xx; step is NULL
 *   where something was only read. May set a sentence, with what the person should do.
 * @find_fault: (nullable): for marketplaces that answer 2xx with an error inside:
 *   TRUE where the reply is one, with who must act and perhaps a sentence
 * @learn: (nullable): what a reply says of how often it may be asked, beyond
 *   `Retry-After` and `RateLimit-…`, which the base reads. now: monotonic, microseconds.
 * @build_look_up: the n-th request that finds a listing by our own key, and by its
 *   SKU so that a stranger with it is seen, also among drafts and in the trash;
 *   NULL where there is no n-th. What all of them find is put together. Not
 *   asked where traits.finds_by_key is false. “Not found” is an answer.
 * @build_read: the request for one listing
 * @build_pull: the request for a page of what is there; cursor NULL for the first
 * @parse_listings: the listings of a 2xx reply to the three above, and where
 *   the next page begins. Each with what the channel showed in `body`.
 * @build_more: (nullable): where a listing takes more than one request to be
 *   read: the next one, or NULL once it is whole
 * @parse_more: (nullable): puts the 2xx reply to that into the listing; NULL where
 *   nothing was found there
 * @compare: (nullable): adds a sentence for each difference that the base does
 *   not see (it compares title, description, price, SKU, pictures by number,
 *   and whether customers see it)
 * @compare_created: (nullable): where steps after "create" bring about the rest of
 *   a listing: adds a sentence for each difference in what "create" alone sends.
 *   By it a create whose outcome nobody saw is known again.
 * @check: (nullable): adds a sentence for each thing that the marketplace is known
 *   to refuse or to cut off: too long a title, too many pictures, no category
 * @build_trial: (nullable): the marketplace's own dry run of a listing, which
 *   changes nothing there; NULL where it has none for this one
 * @parse_trial: (nullable): adds a sentence for each thing that it said it would refuse
 * @build_inquiry: (nullable): the next request of an inquiry, or NULL once it is answered
 * @parse_inquiry: (nullable): puts the 2xx reply to that into the inquiry
 * @ask_otherwise: (nullable): after the first request of an inquiry failed: TRUE
 *   where build_inquiry() can ask it in another way
 * @build_refresh: (nullable): for tokens that expire: the request for new ones from
 *   what cs_channel_get_secret() knows, or NULL where they cannot be had without
 *   the person. The base asks for it in time ("expires_at", seconds since 1970,
 *   is among the secrets) and after a 401.
 * @build_authorize: (nullable): where the browser is sent to; state and challenge
 *   (PKCE, S256) come back with the code. redirect: where to.
 * @build_exchange: (nullable): the request that makes tokens of that code
 * @parse_tokens: (nullable): puts what @build_refresh or @build_exchange was
 *   answered into secrets: "access_token", "refresh_token", "expires_at". now:
 *   seconds since 1970.
 * @parse_token_reply: (nullable): instead of @parse_tokens, for those that answer
 *   with a token in a header
 * @sign: (nullable): puts credentials into a request, last of all; never into
 *   one of a foreign step. now: seconds since 1970, for those that sign the time.
 * @perform: (nullable): instead of sending: for channels that are no network.
 *   Resolves to a CsReply. Must be as safe to repeat as the step says.
 * @finish: (nullable): called when nothing more of the account is due at present;
 *   where a channel has work of its own for the whole batch. Resolves to true.
 *
 * What one marketplace does differently. But for @open, @perform and @finish none
 * of these does I/O, waits, reads a clock or touches the library: sending,
 * limits, retries, paging, comparing, signing in and tracing are the base's, so an
 * adapter is a translation and its test a table of replies.
 *
 * How marketplaces differ is in the order of the steps and in the traits. A
 * shop with a media library takes "picture.N" first and names the ids in
 * "create"; one that attaches pictures to a listing has "create" first. One
 * that puts by SKU and may be told twice still has a "create": what it answers
 * to a look-up is the proof. One with an item and an offer makes two steps of
 * them, of which only the one that cannot be repeated is "create". One that
 * accepts at once and checks later has long settle_seconds, and its reading
 * back tells what became of it. One with no search by key has finds_by_key
 * false and is paged through, drafts included.
 */
struct _CsChannelClass
{
  GObjectClass parent_class;

  CsChannelTraits traits;

  DexFuture     *(*open) (CsChannel *self);
  CsChannelStep *(*next_step) (CsChannel *self,
                               CsListing *listing,
                               CsJournal *journal);
  CsRequest     *(*build) (CsChannel     *self,
                           CsListing     *listing,
                           CsChannelStep *step,
                           CsJournal     *journal,
                           GBytes        *picture,
                           GError       **error);
  JsonNode      *(*parse) (CsChannel     *self,
                           CsListing     *listing,
                           CsChannelStep *step,
                           CsReply       *reply,
                           JsonNode      *json,
                           GError       **error);
  CsError        (*classify) (CsChannel     *self,
                              CsChannelStep *step,
                              CsReply       *reply,
                              JsonNode      *json,
                              char         **sentence);
  gboolean       (*find_fault) (CsChannel     *self,
                                CsChannelStep *step,
                                JsonNode      *json,
                                CsError       *code,
                                char         **sentence);
  void           (*learn) (CsChannel   *self,
                           CsReply     *reply,
                           JsonNode    *json,
                           CsRateLimit *limit,
                           gint64       now);
  CsRequest     *(*build_look_up) (CsChannel *self,
                                   CsListing *listing,
                                   guint      n);
  CsRequest     *(*build_read) (CsChannel  *self,
                                const char *remote_id);
  CsRequest     *(*build_pull) (CsChannel  *self,
                                const char *cursor);
  CsRemotePage  *(*parse_listings) (CsChannel *self,
                                    JsonNode  *reply,
                                    GError   **error);
  CsRequest     *(*build_more) (CsChannel       *self,
                                CsRemoteListing *remote);
  gboolean       (*parse_more) (CsChannel       *self,
                                CsRemoteListing *remote,
                                JsonNode        *reply,
                                GError         **error);
  void           (*compare) (CsChannel       *self,
                             CsListing       *listing,
                             CsRemoteListing *remote,
                             GPtrArray       *differences);
  void           (*compare_created) (CsChannel       *self,
                                     CsListing       *listing,
                                     CsRemoteListing *remote,
                                     GPtrArray       *differences);
  void           (*check) (CsChannel *self,
                           CsListing *listing,
                           GPtrArray *findings);
  CsRequest     *(*build_trial) (CsChannel *self,
                                 CsListing *listing);
  gboolean       (*parse_trial) (CsChannel *self,
                                 CsListing *listing,
                                 JsonNode  *reply,
                                 GPtrArray *findings,
                                 GError   **error);
  CsRequest     *(*build_inquiry) (CsChannel *self,
                                   CsInquiry *inquiry);
  gboolean       (*parse_inquiry) (CsChannel *self,
                                   CsInquiry *inquiry,
                                   JsonNode  *reply,
                                   GError   **error);
  gboolean       (*ask_otherwise) (CsChannel *self,
                                   CsInquiry *inquiry);
  CsRequest     *(*build_refresh) (CsChannel *self);
  char          *(*build_authorize) (CsChannel  *self,
                                     const char *redirect,
                                     const char *state,
                                     const char *challenge);
  CsRequest     *(*build_exchange) (CsChannel  *self,
                                    const char *redirect,
                                    const char *code,
                                    const char *verifier);
  gboolean       (*parse_tokens) (CsChannel  *self,
                                  JsonNode   *reply,
                                  gint64      now,
                                  JsonObject *secrets,
                                  GError    **error);
  gboolean       (*parse_token_reply) (CsChannel  *self,
                                       CsReply    *reply,
                                       gint64      now,
                                       JsonObject *secrets,
                                       GError    **error);
  void           (*sign) (CsChannel *self,
                          CsRequest *request,
                          gint64     now);
  DexFuture     *(*perform) (CsChannel     *self,
                             CsChannelStep *step,
                             CsRequest     *request);
  DexFuture     *(*finish) (CsChannel *self);
};

const CsChannelTraits *cs_channel_get_traits (CsChannel *self);
CsAccount             *cs_channel_get_account (CsChannel *self);
/* Seconds since 1970 until when the marketplace wants to be left alone, or 0 */
gint64                 cs_channel_get_held_until (CsChannel *self);
/* When to try again after so many failures in a row: never before that */
gint64                 cs_channel_get_next_at (CsChannel *self,
                                               guint      n_failures);

/* Resolves to the address that requests go to */
DexFuture     *cs_channel_open (CsChannel *self) G_GNUC_WARN_UNUSED_RESULT;
CsChannelStep *cs_channel_next_step (CsChannel *self,
                                     CsListing *listing,
                                     CsJournal *journal);
CsRequest     *cs_channel_build (CsChannel     *self,
                                 CsListing     *listing,
                                 CsChannelStep *step,
                                 CsJournal     *journal,
                                 GBytes        *picture,
                                 GError       **error);
/* Asked when a request's turn has come, right before it leaves: a future that rejects keeps it here */
typedef DexFuture *(*CsChannelGate) (gpointer data);

/* Sends once, and where @gate is not NULL only if that lets it. Resolves to the
 * JsonNode to be journalled; rejects with CS_ERROR, or with what the gate said.
 */
DexFuture     *cs_channel_send (CsChannel     *self,
                                CsListing     *listing,
                                CsChannelStep *step,
                                CsRequest     *request,
                                CsChannelGate  gate,
                                gpointer       data,
                                GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsRemoteListing: those that bear our key, or our SKU;
 * where traits.bears_key is false also those with the same title and description
 */
DexFuture     *cs_channel_look_up (CsChannel *self,
                                   CsListing *listing) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsRemoteListing, or rejects with CS_ERROR_NOT_FOUND */
DexFuture     *cs_channel_read (CsChannel  *self,
                                const char *remote_id) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsRemotePage */
DexFuture     *cs_channel_pull (CsChannel  *self,
                                const char *cursor) G_GNUC_WARN_UNUSED_RESULT;
/* Sentences that name what is different from what was signed; empty where nothing
 * is. Of an offer only price and stock.
 */
GPtrArray     *cs_channel_compare (CsChannel       *self,
                                   CsListing       *listing,
                                   CsRemoteListing *remote,
                                   gboolean         with_state);
/* Price and stock in words, as they are there and as they were when an offer was signed */
char          *cs_channel_dup_offer (CsRemoteListing *remote);
char          *cs_channel_dup_seen_offer (CsListing *listing);
gboolean       cs_channel_is_as_seen (CsListing       *listing,
                                      CsRemoteListing *remote);

/* Whether everything that stands there is either as it was before or as it was
 * signed: then it is half of a change of our own, and nobody else's. before: NULL
 * where that is not known.
 */
gboolean       cs_channel_is_half_changed (CsChannel       *self,
                                           CsListing       *listing,
                                           CsRemoteListing *before,
                                           CsRemoteListing *remote);

/* The same for what the step "create" alone has sent */
GPtrArray     *cs_channel_compare_created (CsChannel       *self,
                                           CsListing       *listing,
                                           CsRemoteListing *remote);

/* Sentences of what would be refused, as far as is known here; empty where nothing is */
GPtrArray     *cs_channel_check (CsChannel *self,
                                 CsListing *listing);
/* The marketplace's own dry run beside it, where it has one: changes nothing
 * there. Resolves to a #GPtrArray of sentences.
 */
DexFuture     *cs_channel_try (CsChannel *self,
                               CsListing *listing) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsInquiry with its answer; rejects with CS_ERROR_NOT_FOUND where
 * this marketplace has no such thing to say
 */
DexFuture     *cs_channel_inquire (CsChannel    *self,
                                   CsInquiryKind kind,
                                   const char   *category,
                                   const char   *search) G_GNUC_WARN_UNUSED_RESULT;
/* Nothing more is due at present. Resolves to true. */
DexFuture     *cs_channel_finish (CsChannel *self) G_GNUC_WARN_UNUSED_RESULT;

/* Signing in. Secrets are an object of strings, in the keyring as JSON; they are
 * wiped when the channel is let go.
 */
/* What they are kept under there */
char          *cs_channel_dup_keyring_name (CsAccount *account);
/* For this channel only, before they are kept: to test what was just typed */
void           cs_channel_set_secrets (CsChannel  *self,
                                       JsonObject *secrets);
/* What it knows now, also what was made new since: to be kept with another account. (transfer full) */
JsonObject    *cs_channel_dup_secrets (CsChannel *self);
/* Resolves to true once they are in the keyring; session: only until the program
 * ends. Rejects with CS_ERROR_NO_KEYRING.
 */
DexFuture     *cs_channel_keep_secrets (CsChannel *self,
                                        gboolean   session) G_GNUC_WARN_UNUSED_RESULT;
/* Makes tokens of the code that the browser came back with. Resolves to true. */
DexFuture     *cs_channel_exchange (CsChannel  *self,
                                    const char *redirect,
                                    const char *code,
                                    const char *verifier) G_GNUC_WARN_UNUSED_RESULT;
char          *cs_channel_dup_authorize_address (CsChannel  *self,
                                                 const char *redirect,
                                                 const char *state,
                                                 const char *challenge);

/*< protected >*/
const char *cs_channel_get_address (CsChannel *self);
/* One of the secrets, or NULL; known once the channel was opened */
const char *cs_channel_get_secret (CsChannel  *self,
                                   const char *name);
/* One of the account's profile, or NULL: what the seller chose, and what the shop said of itself */
const char *cs_channel_get_profile (CsChannel  *self,
                                    const char *name);
/* Within parse_listings(): the address that the reply was asked for at, for those
 * whose pages do not say which they are. NULL elsewhere.
 */
const char *cs_channel_get_asked (CsChannel *self);
/* Within parse_listings(): a header of the reply, or NULL */
const char *cs_channel_get_answered (CsChannel  *self,
                                     const char *header);
/* The account's name, else where it is: to begin or end a sentence with */
const char *cs_channel_get_name (CsChannel *self);
/* A request to what the account's address begins with; format: the rest, its parts escaped by the caller */
CsRequest  *cs_channel_make_request (CsChannel  *self,
                                     const char *method,
                                     const char *format,
                                     ...) G_GNUC_PRINTF (3, 4);
CsError     cs_channel_classify_status (CsChannelStep *step,
                                        CsReply       *reply);

G_END_DECLS
