/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-accounts.h"
#include "cs-outbox.h"
#include "cs-products.h"

G_BEGIN_DECLS

/* A library with things signed in it, for tests that publish. Fibers only. */

typedef struct
{
  CsOperation operation;
  gboolean    live;
  const char *title;
  const char *sku;
  const char *remote_id;
  const char *remote_version;
  guint       n_pictures;
  const char *price; /* or NULL for 12.50 */
  gint64      stock; /* 0 for 2 */
  const char *seen;  /* of an offer */
} CsSigned;

CsStore   *cs_sync_test_open (const char *folder);
CsAccount *cs_sync_test_get_account (CsStore *store);
gint64     cs_sync_test_add_product (CsStore    *store,
                                     const char *title);
/* An account with a fault shop, see tests/channels/fault_shop.py */
gint64     cs_sync_test_add_account (CsStore    *store,
                                     const char *channel,
                                     const char *address);
CsListing *cs_sync_test_make_listing (CsStore        *store,
                                      CsAccount      *account,
                                      const char     *adapter,
                                      gint64          product,
                                      const CsSigned *what);
/* The outbox entry; in the library's only account, or in the one that is named */
gint64     cs_sync_test_sign_for (CsStore        *store,
                                  CsAccount      *account,
                                  const char     *adapter,
                                  gint64          product,
                                  const CsSigned *what);
gint64     cs_sync_test_sign (CsStore        *store,
                              gint64          product,
                              const CsSigned *what);
CsOutboxEntry *cs_sync_test_get (CsStore *store,
                                 gint64   entry);
/* "create:unknown look-up:not-found …" */
char          *cs_sync_test_dup_journal (CsStore *store,
                                         gint64   entry);
void           cs_sync_test_remove (const char *folder);

G_END_DECLS
