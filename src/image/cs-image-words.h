/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-image.h"
#include "cs-wire.h"

G_BEGIN_DECLS

const char    *cs_image_words_mime (CsKind kind);
GError        *cs_image_words_problem (const CsWireAnswer *answer);
char          *cs_image_words_finding (guint32 finding);
char          *cs_image_words_verdict (guint32 verdict);
CsPicturePart *cs_image_words_part (CsPart            part,
                                    const CsWirePart *said);

char          *cs_image_words_painted (const CsWirePainted *painted);

G_END_DECLS
