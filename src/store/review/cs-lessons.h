/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-hand.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Resolves to a #GPtrArray of CsLesson: the decisions on texts that stand
 * (accepted, edited, rejected), newest first, at most most. Those that were taken
 * back or put off are none.
 */
DexFuture *cs_lessons_list (CsStore *store,
                            guint    most) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a gint64 that is another one whenever a decision came or was taken back */
DexFuture *cs_lessons_get_last (CsStore *store) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
