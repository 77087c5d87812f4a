/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-evidence.h"

G_BEGIN_DECLS

typedef enum
{
  CS_DIFF_LAYOUT_TEXT,
  CS_DIFF_LAYOUT_BULLETS,  /* one entry a line, shown with a dot before each */
  CS_DIFF_LAYOUT_KEYWORDS, /* one entry a line, shown in one run with dots between */
} CsDiffLayout;

typedef enum
{
  CS_DIFF_SIDE_BEFORE,
  CS_DIFF_SIDE_AFTER,
} CsDiffSide;

/* A text as it is laid out, and where each of its bytes went */
typedef struct
{
  char  *shown;
  guint *map;    /* length + 1 offsets into shown */
  guint  length; /* bytes of the text itself */
} CsDiffText;

CsDiffText *cs_diff_text_new (const char  *text,
                              CsDiffLayout layout);
void        cs_diff_text_free (CsDiffText *self);
guint       cs_diff_text_to_shown (const CsDiffText *self,
                                   guint             offset);
guint       cs_diff_text_to_source (const CsDiffText *self,
                                    guint             offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDiffText, cs_diff_text_free)

typedef enum
{
  CS_DIFF_MARK_REMOVED,
  CS_DIFF_MARK_ADDED,
  CS_DIFF_MARK_UNSOURCED,
  CS_DIFF_MARK_CONTRADICTS,
} CsDiffMarkKind;

#define CS_DIFF_N_MARKS (CS_DIFF_MARK_CONTRADICTS + 1)

/* Bytes [start, end) of the text of its side */
typedef struct
{
  CsDiffMarkKind kind;
  guint          start;
  guint          end;
} CsDiffMark;

typedef struct
{
  GdkRGBA ink;   /* alpha 0: as the text around it */
  GdkRGBA paper; /* alpha 0: none */
} CsDiffColor;

typedef struct
{
  CsDiffColor marks[CS_DIFF_N_MARKS];
} CsDiffPalette;

GArray              *cs_diff_marks (const char *before,
                                    const char *after,
                                    CsDiffSide  side,
                                    CsEvidence *evidence);
PangoAttrList       *cs_diff_attributes (GArray              *marks,
                                         const CsDiffText    *text,
                                         const CsDiffPalette *palette);
const CsDiffPalette *cs_diff_palette_get (gboolean dark);
char                *cs_diff_to_speech (const char *before,
                                        const char *after);

G_END_DECLS
