/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-careless-shop.h"
#include "cs-publisher.h"
#include "cs-sync-test.h"

G_BEGIN_DECLS

/* A library with one product, a publisher, and the careless shop that it sends to */
typedef struct
{
  char           *folder;
  CsStore        *store;
  CsPublisher    *publisher;
  CsCarelessShop *shop;
  CsAccount      *account;
  gint64          product;
} CsFixture;

void   cs_fixture_init (CsFixture *self);
void   cs_fixture_clear (CsFixture *self);
gint64 cs_fixture_sign_create (CsFixture *self);
gint64 cs_fixture_sign_update (CsFixture  *self,
                               const char *title);
/* How many were settled */
guint  cs_fixture_run (CsFixture *self);
void   cs_fixture_assert_state (CsFixture    *self,
                                gint64        entry,
                                CsOutboxState state);
void   cs_fixture_assert_journal (CsFixture  *self,
                                  gint64      entry,
                                  const char *expected);

G_END_DECLS
