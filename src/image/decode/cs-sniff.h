/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-wire.h"

G_BEGIN_DECLS

/* What the first bytes of a file say, without decoding anything */
typedef struct
{
  CsKind   kind;
  gint64   width; /* 0 where the header does not say (HEIC may not) */
  gint64   height;
  gboolean cut_short; /* the file ends before its own structure does */
} CsSniff;

void cs_sniff (CsSniff      *self,
               const guint8 *data,
               gsize         length);

G_END_DECLS
