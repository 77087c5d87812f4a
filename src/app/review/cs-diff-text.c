/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-diff-text.h"
#include "cs-diff.h"

#define BULLET  "•  "
#define BETWEEN "  ·  "

/* Colours that keep a contrast of 4.5 and more on the card of their scheme.
 * None of them says anything alone: what is removed is struck out, what is
 * added is bolder, what has no source has a wavy line.
 */
static const CsDiffPalette light = {
  .marks = {
    [CS_DIFF_MARK_REMOVED] = { { 0.62, 0.07, 0.13, 1 }, { 0.99, 0.87, 0.87, 1 } },
    [CS_DIFF_MARK_ADDED] = { { 0.05, 0.30, 0.17, 1 }, { 0.82, 0.95, 0.87, 1 } },
    [CS_DIFF_MARK_UNSOURCED] = { { 0.61, 0.24, 0.00, 1 }, { 1.00, 0.90, 0.76, 1 } },
    [CS_DIFF_MARK_CONTRADICTS] = { { 0.62, 0.05, 0.30, 1 }, { 0.99, 0.86, 0.93, 1 } },
  },
};

static const CsDiffPalette dark = {
  .marks = {
    [CS_DIFF_MARK_REMOVED] = { { 1.00, 0.68, 0.67, 1 }, { 0.36, 0.13, 0.15, 1 } },
    [CS_DIFF_MARK_ADDED] = { { 0.72, 0.97, 0.83, 1 }, { 0.09, 0.30, 0.20, 1 } },
    [CS_DIFF_MARK_UNSOURCED] = { { 1.00, 0.80, 0.52, 1 }, { 0.37, 0.23, 0.05, 1 } },
    [CS_DIFF_MARK_CONTRADICTS] = { { 1.00, 0.71, 0.87, 1 }, { 0.38, 0.09, 0.24, 1 } },
  },
};

static void
append_line_start (GString     *shown,
                   CsDiffLayout layout,
                   gboolean     is_first)
{
  if (layout == CS_DIFF_LAYOUT_BULLETS)
    g_string_append (shown, is_first ? BULLET : "\n" BULLET);
  else if (!is_first)
    g_string_append (shown, BETWEEN);
}

CsDiffText *
cs_diff_text_new (const char  *text,
                  CsDiffLayout layout)
{
  CsDiffText *self = g_new0 (CsDiffText, 1);
  g_autoptr (GString) shown = g_string_new (NULL);

  text = text != NULL ? text : "";
  self->length = strlen (text);
  self->map = g_new (guint, self->length + 1);
  if (layout != CS_DIFF_LAYOUT_TEXT && self->length > 0)
    append_line_start (shown, layout, TRUE);

  for (guint i = 0; i < self->length; i++)
    {
      self->map[i] = shown->len;
      if (layout != CS_DIFF_LAYOUT_TEXT && text[i] == '\n')
        append_line_start (shown, layout, FALSE);
      else
        g_string_append_c (shown, text[i]);
    }
  self->map[self->length] = shown->len;
  self->shown = g_string_free (g_steal_pointer (&shown), FALSE);

  return self;
}

void
cs_diff_text_free (CsDiffText *self)
{
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->map, g_free);
  g_free (self);
}

guint
cs_diff_text_to_shown (const CsDiffText *self,
                       guint             offset)
{
  return self->map[MIN (offset, self->length)];
}

/* The byte of the text that stands at an offset of what is shown */
guint
cs_diff_text_to_source (const CsDiffText *self,
                        guint             offset)
{
  guint low = 0;
  guint high = self->length;

  while (low < high)
    {
      guint middle = (low + high + 1) / 2;

      if (self->map[middle] <= offset)
        low = middle;
      else
        high = middle - 1;
    }

  return low;
}

static void
add_mark (GArray        *marks,
          CsDiffMarkKind kind,
          guint          start,
          guint          end)
{
  const CsDiffMark mark = { kind, start, end };

  if (start < end)
    g_array_append_val (marks, mark);
}

/**
 * cs_diff_marks:
 *
 * What is to be seen in the text of one side. Without an earlier text nothing
 * counts as added: all of it is. Marks of evidence come last, so that they are
 * drawn over those of the diff.
 *
 * Returns: (element-type CsDiffMark):
 */
GArray *
cs_diff_marks (const char *before,
               const char *after,
               CsDiffSide  side,
               CsEvidence *evidence)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (CsDiffMark));

  if (before != NULL && *before != '\0' && after != NULL)
    {
      g_autoptr (GArray) runs = cs_diff_words (before, after);

      for (guint i = 0; i < runs->len; i++)
        {
          const CsDiffRun *run = &g_array_index (runs, CsDiffRun, i);

          if (side == CS_DIFF_SIDE_BEFORE && run->kind == CS_DIFF_REMOVED)
            add_mark (marks, CS_DIFF_MARK_REMOVED, run->start, run->end);
          else if (side == CS_DIFF_SIDE_AFTER && run->kind == CS_DIFF_ADDED)
            add_mark (marks, CS_DIFF_MARK_ADDED, run->start, run->end);
        }
    }

  if (side == CS_DIFF_SIDE_AFTER && evidence != NULL && evidence->phrases != NULL)
    {
      for (guint i = 0; i < evidence->phrases->len; i++)
        {
          const CsPhrase *phrase = g_ptr_array_index (evidence->phrases, i);

          if (phrase->state == CS_PHRASE_UNSOURCED)
            add_mark (marks, CS_DIFF_MARK_UNSOURCED, phrase->start, phrase->end);
          else if (phrase->state == CS_PHRASE_CONTRADICTS)
            add_mark (marks, CS_DIFF_MARK_CONTRADICTS, phrase->start, phrase->end);
        }
    }

  return marks;
}

static void
insert (PangoAttrList  *list,
        PangoAttribute *attribute,
        guint           start,
        guint           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_change (list, attribute);
}

/* The papers are drawn by the label itself: rounded, and under what is pointed at */
PangoAttrList *
cs_diff_attributes (GArray              *marks,
                    const CsDiffText    *text,
                    const CsDiffPalette *palette)
{
  PangoAttrList *list = pango_attr_list_new ();

  for (guint i = 0; i < marks->len; i++)
    {
      const CsDiffMark *mark = &g_array_index (marks, CsDiffMark, i);
      const GdkRGBA    *ink = &palette->marks[mark->kind].ink;
      guint             start = cs_diff_text_to_shown (text, mark->start);
      guint             end = cs_diff_text_to_shown (text, mark->end);

      insert (list, pango_attr_foreground_new (ink->red * 65535, ink->green * 65535, ink->blue * 65535), start, end);
      switch (mark->kind)
        {
        case CS_DIFF_MARK_REMOVED:
          insert (list, pango_attr_strikethrough_new (TRUE), start, end);
          break;

        case CS_DIFF_MARK_ADDED:
          insert (list, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD), start, end);
          break;

        case CS_DIFF_MARK_UNSOURCED:
          insert (list, pango_attr_underline_new (PANGO_UNDERLINE_ERROR), start, end);
          break;

        case CS_DIFF_MARK_CONTRADICTS:
        default:
          insert (list, pango_attr_underline_new (PANGO_UNDERLINE_DOUBLE), start, end);
          insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
          break;
        }
    }

  return list;
}

const CsDiffPalette *
cs_diff_palette_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}

static char *
list_runs (GArray     *runs,
           CsDiffKind  kind,
           const char *text)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const CsDiffRun *run = &g_array_index (runs, CsDiffRun, i);
      g_autofree char *words = NULL;

      if (run->kind != kind)
        continue;

      words = g_strstrip (g_strndup (text + run->start, run->end - run->start));
      if (*words != '\0')
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", words);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* What a screen reader says of the difference; NULL where there is none to speak of */
char *
cs_diff_to_speech (const char *before,
                   const char *after)
{
  g_autoptr (GArray) runs = NULL;
  g_autofree char *removed = NULL;
  g_autofree char *added = NULL;

  if (before == NULL || *before == '\0' || after == NULL)
    return NULL;

  runs = cs_diff_words (before, after);
  removed = list_runs (runs, CS_DIFF_REMOVED, before);
  added = list_runs (runs, CS_DIFF_ADDED, after);
  if (*removed != '\0' && *added != '\0')
    return g_strdup_printf (_("Removed: %s. Added: %s."), removed, added);
  if (*removed != '\0')
    return g_strdup_printf (_("Removed: %s."), removed);
  if (*added != '\0')
    return g_strdup_printf (_("Added: %s."), added);

  return NULL;
}
