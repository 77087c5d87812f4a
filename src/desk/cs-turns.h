/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Whose turn it is to ask one model: so many at a time, and nobody while the
 * provider asks for patience; whoever was told to wait goes more slowly for a
 * while. Main thread.
 */
typedef struct _CsTurns CsTurns;

CsTurns   *cs_turns_new (void);
CsTurns   *cs_turns_ref (CsTurns *self);
void       cs_turns_unref (CsTurns *self);
/* How many at a time, when nobody complains */
void       cs_turns_set_most (CsTurns *self,
                              guint    most);
guint      cs_turns_get_most (CsTurns *self);
/* Resolves to true once it may be used, in the order in which they were asked for */
DexFuture *cs_turns_take (CsTurns *self) G_GNUC_WARN_UNUSED_RESULT;
/* It is not waited for any more: it may have come meanwhile */
void       cs_turns_forget (CsTurns   *self,
                            DexFuture *turn);
/* well: an answer came */
void       cs_turns_give_back (CsTurns *self,
                               gboolean well);
/* until: microseconds of the monotonic clock */
void       cs_turns_hold (CsTurns *self,
                          gint64   until);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsTurns, cs_turns_unref)

G_END_DECLS
