/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-listing.h"
#include "cs-photo.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Reading a shop, page by page: what a page brought and where the next one
 * begins are written in one job, so that it goes on there after a kill.
 */

/* What became of a page */
typedef struct
{
  guint   n_new;      /* became products */
  guint   n_matched;  /* by key or SKU with a product that was linked to none there */
  guint   n_known;    /* were linked before */
  guint   n_moved;    /* of those: another version than was last seen */
  guint   n_doubtful; /* several products here have the SKU */
  GArray *products;   /* (element-type gint64): that are new or have other facts now */
} CsAdoption;

#define CS_TYPE_ADOPTION (cs_adoption_get_type ())

CS_DECLARE_RECORD (CsAdoption, cs_adoption)

/* A picture that is still to be fetched */
typedef struct
{
  gint64 id;
  gint64 product;
  int    position;
  char  *address;
  char  *title; /* the product's */
} CsPullPicture;

#define CS_TYPE_PULL_PICTURE (cs_pull_picture_get_type ())

CS_DECLARE_RECORD (CsPullPicture, cs_pull_picture)

/* Begins to read the account's shop, or goes on where it was left. Resolves to
 * the cursor to go on from, NULL for the beginning.
 */
DexFuture *cs_pulls_begin (CsStore *store,
                           gint64   account) G_GNUC_WARN_UNUSED_RESULT;
/* Takes a page in: stores it, matches it, makes products of what matches none, and
 * notes their pictures. currency: of amounts that name none. next: where the next
 * page begins, or NULL where this was the last. Resolves to a CsAdoption.
 */
DexFuture *cs_pulls_take (CsStore    *store,
                          gint64      account,
                          const char *currency,
                          GPtrArray  *listings,
                          const char *next) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsPullPicture: the first n behind after (an id) */
DexFuture *cs_pulls_list_pictures (CsStore *store,
                                   gint64   account,
                                   gint64   after,
                                   guint    n) G_GNUC_WARN_UNUSED_RESULT;
/* How many there are. Resolves to a guint. */
DexFuture *cs_pulls_count_pictures (CsStore *store,
                                    gint64   account) G_GNUC_WARN_UNUSED_RESULT;
/* It was fetched (photo) or cannot be had (NULL). Resolves to whether it is a new photo, as a boolean. */
DexFuture *cs_pulls_settle_picture (CsStore *store,
                                    gint64   picture,
                                    CsPhoto *photo) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
