/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-metadata.h"
#include "cs-sniff.h"

G_BEGIN_DECLS

/* One photo as a request brings it: its bytes, read once, and what is known of them */
typedef struct
{
  guint8    *data;
  gsize      length;
  CsSniff    sniff;
  CsMetadata metadata;
  gboolean   cut_short;
  int        width; /* as shown; known after decoding */
  int        height;
} CsSource;

gboolean cs_source_open (CsSource *self,
                         int       fd,
                         GError  **error);
CsFrame *cs_source_decode (CsSource *self,
                           int       wanted_side,
                           gboolean  keep_alpha,
                           GError  **error);
CsFrame *cs_source_decode_at_least (CsSource *self,
                                    int       max_side,
                                    GError  **error);
CsFrame *cs_source_decode_no_smaller (CsSource *self,
                                      int       side,
                                      GError  **error);
void     cs_source_clear (CsSource *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsSource, cs_source_clear)

G_END_DECLS
