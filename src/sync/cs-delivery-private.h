/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-delivery.h"

G_BEGIN_DECLS

/* One entry on its way. The functions here return FALSE once the entry is
 * settled or the library has failed: then there is nothing more to do now.
 */
typedef struct
{
  CsStore       *store;
  CsChannel     *channel;
  CsAccount     *account;
  CsOutboxEntry *entry;
  GCancellable  *cancellable;
  CsDeliveryFunc changed;
  gpointer       data;

  CsListing    *listing; /* NULL until it was released */
  CsJournal    *journal;
  char         *url;
  guint         n_failures; /* steps that ended in "later" or "unknown" */
  gint64        written_at; /* seconds since 1970: when something last may have happened there */
  gboolean      created_now; /* a moment ago, and not in an earlier attempt */
  gint64        created_at; /* seconds since 1970: when what we created was said to be there; or 0 */
  gboolean      looked;     /* what stands there was compared with what was signed */
  gboolean      no_answer;  /* the last thing that was sent had none */
  CsOutboxState state;
  GError       *error; /* the library has failed */
} CsDelivery;

gint64   cs_delivery_now (void);
gboolean cs_delivery_settle (CsDelivery   *self,
                             CsOutboxState state,
                             const char   *message,
                             gint64        next_at);
gboolean cs_delivery_begin (CsDelivery *self,
                            const char *step,
                            const char *body,
                            gint64     *id);
gboolean cs_delivery_end (CsDelivery *self,
                          gint64      id,
                          const char *step,
                          const char *outcome,
                          JsonNode   *detail);
/* A step or a reading did not succeed: journals and settles by who must act */
gboolean cs_delivery_fail (CsDelivery    *self,
                           gint64         id,
                           const char    *name,
                           CsChannelStep *step,
                           GError        *reason);
gboolean cs_delivery_keep_remote (CsDelivery      *self,
                                  CsRemoteListing *remote);
JsonNode *cs_delivery_describe (CsRemoteListing *remote);

/* cs-delivery-look.c: what is there already */
gboolean cs_delivery_look_up (CsDelivery *self);
gboolean cs_delivery_read_before (CsDelivery *self);
gboolean cs_delivery_read_draft (CsDelivery *self);
gboolean cs_delivery_read_between (CsDelivery *self);
gboolean cs_delivery_read_back (CsDelivery *self);
gboolean cs_delivery_settle_voided (CsDelivery *self);
gboolean cs_delivery_settle_gone (CsDelivery *self,
                                  gint64      id,
                                  const char *name);

G_END_DECLS
