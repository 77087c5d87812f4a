/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * Reading JSON that a model wrote: what is right is read as it stands, and what
 * is nearly right as it was meant (a comma too many or too few, names without
 * quotation marks, line ends and quotation marks within texts, NaN). What breaks
 * off or breaks is read up to there. Bounded in depth, in values and in the
 * length of texts; never a warning, never an assertion.
 */

/* text: valid UTF-8 that begins with "{". keep_cut: a text that was cut off counts
 * as far as it came (for the eye); else it is left out. whole: was it closed?
 * end: where it ended. NULL where it is no object.
 */
JsonNode *cs_chat_json_read (const char  *text,
                             gboolean     keep_cut,
                             gboolean    *whole,
                             const char **end);

G_END_DECLS
