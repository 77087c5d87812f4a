/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-evidence.h"

G_BEGIN_DECLS

/* What somebody else's program knows of a product, as facts: any JSON of fields
 * with English or Chinese names, {"facts": […]}, a list, or {"products": […]} of
 * one. Ids that are given are kept, others are made from where a value stands
 * ("attributes.height"). Keywords are hints and left out. NULL with a sentence
 * where it is no such file.
 */
CsEvidence *cs_ground_sheet_read (const char *json,
                                  gssize      length,
                                  GError    **error);
/* What becomes of a phrase, as one object: "phrase", "verdict", "facts", "kinds",
 * "parts" and "remark"
 */
JsonObject *cs_ground_sheet_judge (CsEvidence *facts,
                                   const char *phrase);

G_END_DECLS
