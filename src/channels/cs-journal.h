/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-outbox-entry.h"

G_BEGIN_DECLS

/* What an outbox entry's steps add up to: which are finished and what they
 * yielded, and which were begun without anybody having seen how they ended.
 *
 * A step is *open* where its last word is an intent or "unknown" (a picture never
 * is, nor a step with a name of the adapter's own: sending it again does no harm). Looking closes it: "look-up" closes
 * "create", "read-before" any other. "found" finishes the step with what was
 * found, "not-found" is the proof that it did not happen; any other outcome
 * proves nothing.
 *
 * Where a person looked and said that what was found is not ours, "look-up" has
 * the outcome "not-found" and in its detail the ids there: {"strangers": ["7"]}.
 * Those are not asked about again.
 */
typedef struct _CsJournal CsJournal;

CsJournal  *cs_journal_new (GPtrArray *steps);
void        cs_journal_free (CsJournal *self);
gboolean    cs_journal_is_done (CsJournal  *self,
                                const char *step);
JsonObject *cs_journal_get_detail (CsJournal  *self,
                                   const char *step);
const char *cs_journal_get_open (CsJournal *self);
const char *cs_journal_get_remote_id (CsJournal *self);
const char *cs_journal_get_version (CsJournal *self);
/* How often nobody saw the end of a step; "picture." for all that begin so */
guint       cs_journal_count_unknown (CsJournal  *self,
                                      const char *step);
gboolean    cs_journal_is_stranger (CsJournal  *self,
                                    const char *remote_id);
void        cs_journal_add (CsJournal  *self,
                            const char *step,
                            const char *outcome,
                            JsonNode   *detail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJournal, cs_journal_free)

G_END_DECLS
