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
} CsSigned;

CsStore   *cs_sync_test_open (const char *folder);
CsAccount *cs_sync_test_get_account (CsStore *store);
gint64     cs_sync_test_add_product (CsStore    *store,
                                     const char *title);
/* The outbox entry */
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
