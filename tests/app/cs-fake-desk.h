/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"

G_BEGIN_DECLS

/* A desk in memory, for the review page alone: what it is told to be, as slow
 * and as unreliable as a test wants it. It stands in for src/desk at link time.
 */
CsDesk *cs_fake_desk_new (void);
gint64  cs_fake_desk_add (CsDesk     *self,
                          const char *title,
                          guint       n_photos,
                          const char *photo_path);
void    cs_fake_desk_set_delay (CsDesk *self,
                                guint   milliseconds);
void    cs_fake_desk_fail_next (CsDesk *self,
                                int     code);
/* The items of a product as they stand, and every decision as "field:verdict:value" in order */
CsItem     *cs_fake_desk_find (CsDesk *self,
                               gint64  product,
                               CsField field,
                               gint64  photo);
const char *cs_fake_desk_get_log (CsDesk *self);
/* The suggestions of a product are made anew, with other ids and this title */
void cs_fake_desk_suggest_anew (CsDesk     *self,
                                gint64      product,
                                const char *title);
/* Another engine suggests this beside what is there; state of its second half, with a remark */
void cs_fake_desk_suggest_beside (CsDesk       *self,
                                  gint64        product,
                                  CsField       field,
                                  const char   *engine,
                                  const char   *text,
                                  CsPhraseState state);
/* The suggested picture of a photo is made anew, with this receipt */
void cs_fake_desk_set_receipt (CsDesk     *self,
                               gint64      product,
                               gint64      photo,
                               const char *receipt,
                               gboolean    abstains);
/* The most previews that were ever under way at the same time */
guint cs_fake_desk_get_max_previews (CsDesk *self);
/* What the program said last in a toast or as an error */
const char *cs_fake_desk_get_said (void);

G_END_DECLS
