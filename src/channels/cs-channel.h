/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-account.h"
#include "cs-error.h"
#include "cs-field.h"
#include "cs-journal.h"
#include "cs-listing.h"
#include "cs-request.h"

G_BEGIN_DECLS

/* One request of several that bring a listing about. Names are journalled:
 * "picture.0", "create", "update", "publish", "unpublish", "withdraw".
 */
typedef struct
{
  char    *name;
  int      picture; /* which picture of the listing it sends, or -1 */
  gboolean creates; /* a listing comes into being: never sent again before it was looked up */
  gboolean writes;  /* what stands there is changed: it is read before, and compared with what was signed */
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
  gboolean    has_drafts;     /* a listing can be there without customers seeing it */
  guint       rewrites;       /* bits 1 << CsField: what the shop words or rounds by itself, so that it is not compared */
  double      per_second;     /* how often it may be asked, until its replies teach better */
  double      burst;
  guint       answer_seconds; /* how long an answer may take; 0 for a minute */
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
 * @open: (nullable): called before each conversation; where the address or the
 *   credentials become known late (a token to refresh, a server to start). The
 *   only slot that may wait. Resolves to the address that requests go to.
 * @next_step: the step that follows those finished in the journal, or NULL
 *   where nothing is left to do
 * @build: the request of a step, from the frozen listing, what finished steps
 *   yielded, the picture's bytes where the step sends one, and nothing else
 * @parse: what a 2xx reply to a step yielded, as it is journalled: an object
 *   with "remote_id", "version", "url" and what @build wants later on
 * @classify: (nullable): who must act after any other reply; step is NULL where
 *   something was only read. May set a sentence, with what the person should do.
 * @build_look_up: the request that finds a listing by our own key, and by its
 *   SKU so that a stranger with it is seen; where traits.finds_by_key is false,
 *   NULL
 * @build_read: the request for one listing
 * @build_pull: the request for a page of what is there; cursor NULL for the first
 * @parse_listings: the listings of a 2xx reply to the three above, and where
 *   the next page begins. Each with what the channel showed in `body`.
 * @compare: (nullable): adds a sentence for each difference that the base does
 *   not see (it compares title, description, price, SKU, pictures by number,
 *   and whether customers see it)
 * @sign: (nullable): puts credentials into a request, last of all
 *
 * What one marketplace does differently. But for @open none of these does I/O,
 * waits, reads a clock or touches the library: sending, limits, retries,
 * paging, comparing and tracing are the base's, so an adapter is a translation
 * and its test a table of replies.
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
                           JsonNode      *reply,
                           GError       **error);
  CsError        (*classify) (CsChannel     *self,
                              CsChannelStep *step,
                              CsReply       *reply,
                              JsonNode      *json,
                              char         **sentence);
  CsRequest     *(*build_look_up) (CsChannel *self,
                                   CsListing *listing);
  CsRequest     *(*build_read) (CsChannel  *self,
                                const char *remote_id);
  CsRequest     *(*build_pull) (CsChannel  *self,
                                const char *cursor);
  CsRemotePage  *(*parse_listings) (CsChannel *self,
                                    JsonNode  *reply,
                                    GError   **error);
  void           (*compare) (CsChannel       *self,
                             CsListing       *listing,
                             CsRemoteListing *remote,
                             GPtrArray       *differences);
  void           (*sign) (CsChannel *self,
                          CsRequest *request);
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
/* Sends once. Resolves to the JsonNode to be journalled; rejects with CS_ERROR. */
DexFuture     *cs_channel_send (CsChannel     *self,
                                CsListing     *listing,
                                CsChannelStep *step,
                                CsRequest     *request) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsRemoteListing: those that bear our key, or our SKU */
DexFuture     *cs_channel_look_up (CsChannel *self,
                                   CsListing *listing) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsRemoteListing, or rejects with CS_ERROR_NOT_FOUND */
DexFuture     *cs_channel_read (CsChannel  *self,
                                const char *remote_id) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsRemotePage */
DexFuture     *cs_channel_pull (CsChannel  *self,
                                const char *cursor) G_GNUC_WARN_UNUSED_RESULT;
/* Sentences that name what is different from what was signed; empty where nothing is */
GPtrArray     *cs_channel_compare (CsChannel       *self,
                                   CsListing       *listing,
                                   CsRemoteListing *remote,
                                   gboolean         with_state);

/*< protected >*/
const char *cs_channel_get_address (CsChannel *self);
CsError     cs_channel_classify_status (CsChannelStep *step,
                                        CsReply       *reply);

G_END_DECLS
