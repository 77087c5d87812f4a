/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"

G_BEGIN_DECLS

/* The models of the desk in memory: two providers, nobody added at first, and a
 * server on this computer where a test wants one. Nothing is asked of any computer.
 */

/* Adds one without asking: id "qwen", or what is given */
void        cs_fake_engines_add (CsDesk     *desk,
                                 const char *id,
                                 gint64      budget);
/* A server answers on this computer from now on */
void        cs_fake_engines_run_here (CsDesk *desk);
/* The next thing that is asked of it does not come about: CsError, sentence */
void        cs_fake_engines_fail_next (CsDesk     *desk,
                                       int         code,
                                       const char *sentence);
/* What asking would come to from now on; pictures: how many go along. A finding
 * where nothing is known of the cost keeps anything from going.
 */
void        cs_fake_engines_set_plan (CsDesk     *desk,
                                      guint       pictures,
                                      gint64      estimate,
                                      guint       n_kept,
                                      const char *finding);
void        cs_fake_engines_set_unfinished (CsDesk *desk,
                                            guint   n);
void        cs_fake_engines_add_sent (CsDesk     *desk,
                                      gint64      product,
                                      gint64      cost,
                                      guint       n_accepted,
                                      const char *message);
/* A model begins to write */
CsDrafting *cs_fake_engines_draft (CsDesk *desk,
                                   gint64  product);
/* What was asked, a line each */
const char *cs_fake_engines_get_log (CsDesk *desk);

G_END_DECLS
