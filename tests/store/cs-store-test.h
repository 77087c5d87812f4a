/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-hash.h"
#include "cs-accounts.h"
#include "cs-remotes.h"
#include "cs-blobs.h"
#include "cs-decisions.h"
#include "cs-imports.h"
#include "cs-outbox.h"
#include "cs-products.h"
#include "cs-store.h"
#include "cs-test.h"

G_BEGIN_DECLS

/* A library in a folder of its own, gone when the variable goes out of scope */
typedef struct
{
  char    *folder;
  CsStore *store;
} CsTestLibrary;

void cs_test_library_close (CsTestLibrary *self);
void cs_test_library_clear (CsTestLibrary *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsTestLibrary, cs_test_library_clear)

#define CS_TEST_LIBRARY(name) g_auto (CsTestLibrary) name = cs_test_library_new ()

CsTestLibrary cs_test_library_new (void);
void          cs_test_library_reopen (CsTestLibrary *self);
char         *cs_test_library_dup_path (CsTestLibrary *self,
                                        const char    *name);

/* Each stands for an await that must succeed */
void       cs_test_true (DexFuture *future);
gint64     cs_test_int64 (DexFuture *future);
gpointer   cs_test_boxed (DexFuture *future);
char      *cs_test_string (DexFuture *future);
void       cs_test_rejects (DexFuture *future,
                            GQuark     domain,
                            int        code);
/* Rejects, whatever the reason */
void       cs_test_fails (DexFuture *future);

gint64        cs_test_make_product (CsStore *store,
                                    guint    n_photos);
CsSuggestion *cs_test_make_suggestion (gint64      product,
                                       CsField     field,
                                       int         variant,
                                       const char *text);
gint64        cs_test_get_facts (CsStore *store,
                                 gint64   product);
/* The last argument is NULL; takes the suggestions */
void          cs_test_suggest (CsStore    *store,
                               gint64      product,
                               const char *input,
                               ...) G_GNUC_NULL_TERMINATED;
CsItem       *cs_test_get_item (CsStore *store,
                                gint64   product,
                                CsField  field);
CsDecision   *cs_test_make_decision (CsItem     *item,
                                     CsVerdict   verdict,
                                     const char *value);
DexFuture    *cs_test_decide (CsStore    *store,
                              gint64      product,
                              CsField     field,
                              CsVerdict   verdict,
                              const char *value);
CsItemState   cs_test_get_state (CsStore *store,
                                 gint64   product,
                                 CsField  field);
CsStage       cs_test_get_stage (CsStore *store,
                                 gint64   product);
/* A product whose title is accepted, so that it can be approved */
gint64        cs_test_make_ready (CsStore    *store,
                                  const char *title);
CsListing    *cs_test_make_listing (CsStore    *store,
                                    gint64      product,
                                    const char *title);
gint64        cs_test_approve (CsStore    *store,
                               gint64      product,
                               const char *title);
CsOutboxState cs_test_get_outbox_state (CsStore *store,
                                        gint64   entry);

/* What was measured of a picture: no more of it than a decision looks at */
char         *cs_test_make_receipt (const char *picture,
                                    gboolean    within);

G_END_DECLS
