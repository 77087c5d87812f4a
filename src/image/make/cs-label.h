/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

/* The labels of a picture that a model painted part of, one of each kind, as
 * cs_metadata_labels_to_xmp() takes them
 */
char    *cs_label_merge (const char *photo,
                         const char *painted,
                         const char *producer,
                         const char *number);
/* Of one that a model painted all of */
char    *cs_label_whole (const char *labels,
                         const char *producer,
                         const char *number);
gboolean cs_label_is_generated (const char *labels);
/* What tells the content from any other: by its pixels, so that the same picture
 * has the same one
 */
char    *cs_label_number (const CsFrame *picture);

G_END_DECLS
