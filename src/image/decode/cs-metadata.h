/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int    orientation; /* 1..8, as EXIF counts */
  gint64 taken_at;
  char  *labels; /* canonical JSON, or NULL */
} CsMetadata;

void  cs_metadata_prepare (void);
void  cs_metadata_read (CsMetadata   *self,
                        const guint8 *data,
                        gsize         length);
void  cs_metadata_clear (CsMetadata *self);
char *cs_metadata_labels_to_xmp (const char *labels);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsMetadata, cs_metadata_clear)

G_END_DECLS
