/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-diff-text.h"

static char *
join_marks (GArray        *marks,
            CsDiffMarkKind kind,
            const char    *text)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < marks->len; i++)
    {
      const CsDiffMark *mark = &g_array_index (marks, CsDiffMark, i);

      if (mark->kind == kind)
        {
          g_string_append_len (joined, text + mark->start, mark->end - mark->start);
          g_string_append_c (joined, '|');
        }
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
test_map (void)
{
  g_autoptr (CsDiffText) plain = cs_diff_text_new ("a\nb", CS_DIFF_LAYOUT_TEXT);
  g_autoptr (CsDiffText) bullets = cs_diff_text_new ("竹\nb", CS_DIFF_LAYOUT_BULLETS);
  g_autoptr (CsDiffText) keywords = cs_diff_text_new ("竹编\n果篮", CS_DIFF_LAYOUT_KEYWORDS);
  g_autoptr (CsDiffText) nothing = cs_diff_text_new (NULL, CS_DIFF_LAYOUT_BULLETS);

  g_assert_cmpstr (plain->shown, ==, "a\nb");
  g_assert_cmpstr (bullets->shown, ==, "•  竹\n•  b");
  g_assert_cmpuint (cs_diff_text_to_shown (bullets, 0), ==, strlen ("•  "));
  g_assert_cmpuint (cs_diff_text_to_shown (bullets, 4), ==, strlen ("•  竹\n•  "));
  g_assert_cmpuint (cs_diff_text_to_shown (bullets, 5), ==, strlen (bullets->shown));
  g_assert_cmpuint (cs_diff_text_to_shown (bullets, 99), ==, strlen (bullets->shown));
  g_assert_cmpstr (keywords->shown, ==, "竹编  ·  果篮");
  g_assert_cmpstr (nothing->shown, ==, "");

  for (guint i = 0; i < keywords->length; i++)
    g_assert_cmpuint (cs_diff_text_to_source (keywords, cs_diff_text_to_shown (keywords, i)), ==, i);
  g_assert_cmpuint (cs_diff_text_to_source (keywords, 0), ==, 0);
  g_assert_cmpuint (cs_diff_text_to_source (bullets, 0), ==, 0);
}

static void
test_marks (void)
{
  const char *before = "新款 爆款 凉鞋";
  const char *after = "蛇纹 凉鞋";
  g_autoptr (GArray) left = cs_diff_marks (before, after, CS_DIFF_SIDE_BEFORE, NULL);
  g_autoptr (GArray) right = cs_diff_marks (before, after, CS_DIFF_SIDE_AFTER, NULL);
  g_autoptr (GArray) fresh = cs_diff_marks (NULL, after, CS_DIFF_SIDE_AFTER, NULL);
  g_autoptr (GArray) same = cs_diff_marks (after, after, CS_DIFF_SIDE_AFTER, NULL);
  g_autofree char *removed = join_marks (left, CS_DIFF_MARK_REMOVED, before);
  g_autofree char *added = join_marks (right, CS_DIFF_MARK_ADDED, after);

  g_assert_nonnull (strstr (removed, "爆款"));
  g_assert_null (strstr (removed, "凉鞋"));
  g_assert_nonnull (strstr (added, "蛇纹"));
  g_assert_null (strstr (added, "凉鞋"));
  g_assert_cmpuint (fresh->len, ==, 0);
  g_assert_cmpuint (same->len, ==, 0);
}

static void
test_evidence_is_marked (void)
{
  g_autoptr (CsEvidence) evidence = cs_evidence_new ();
  const char *text = "真皮凉鞋";
  g_autoptr (GArray) marks = NULL;
  g_autofree char *unsourced = NULL;

  cs_evidence_add_phrase (evidence, 0, 6, CS_PHRASE_UNSOURCED, NULL);
  cs_evidence_add_phrase (evidence, 6, 12, CS_PHRASE_GROUNDED, NULL);
  marks = cs_diff_marks (NULL, text, CS_DIFF_SIDE_AFTER, evidence);
  unsourced = join_marks (marks, CS_DIFF_MARK_UNSOURCED, text);
  g_assert_cmpstr (unsourced, ==, "真皮|");
  g_assert_cmpuint (marks->len, ==, 1);
}

static gboolean
has_attribute (PangoAttrList *list,
               PangoAttrType  type,
               guint          at)
{
  g_autoptr (PangoAttrIterator) iter = pango_attr_list_get_iterator (list);

  do
    {
      int start;
      int end;

      pango_attr_iterator_range (iter, &start, &end);
      if ((guint) start <= at && at < (guint) end)
        return pango_attr_iterator_get (iter, type) != NULL;
    }
  while (pango_attr_iterator_next (iter));

  return FALSE;
}

/* No mark may be told by its colour alone */
static void
test_attributes (void)
{
  const PangoAttrType shape[] = { PANGO_ATTR_STRIKETHROUGH, PANGO_ATTR_WEIGHT, PANGO_ATTR_UNDERLINE, PANGO_ATTR_UNDERLINE };
  g_autoptr (CsDiffText) text = cs_diff_text_new ("ab\ncd", CS_DIFF_LAYOUT_KEYWORDS);

  for (guint kind = 0; kind < CS_DIFF_N_MARKS; kind++)
    {
      const CsDiffMark mark = { kind, 3, 5 };
      g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (CsDiffMark));
      g_autoptr (PangoAttrList) list = NULL;

      g_array_append_val (marks, mark);
      list = cs_diff_attributes (marks, text, cs_diff_palette_get (kind % 2 == 0));
      g_assert_true (has_attribute (list, shape[kind], cs_diff_text_to_shown (text, 3)));
      g_assert_true (has_attribute (list, PANGO_ATTR_FOREGROUND, cs_diff_text_to_shown (text, 4)));
      g_assert_false (has_attribute (list, shape[kind], 0));
    }
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green) + 0.0722 * linear (color->blue);
}

static void
test_contrast (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      for (guint kind = 0; kind < CS_DIFF_N_MARKS; kind++)
        {
          const CsDiffColor *color = &cs_diff_palette_get (dark)->marks[kind];
          double             a = luminance (&color->ink) + 0.05;
          double             b = luminance (&color->paper) + 0.05;

          g_assert_cmpfloat (MAX (a, b) / MIN (a, b), >=, 4.5);
        }
    }
}

static void
test_speech (void)
{
  g_autofree char *both = cs_diff_to_speech ("red basket", "round basket");
  g_autofree char *none = cs_diff_to_speech ("basket", "basket");
  g_autofree char *fresh = cs_diff_to_speech (NULL, "basket");

  g_assert_cmpstr (both, ==, "Removed: red. Added: round.");
  g_assert_null (none);
  g_assert_null (fresh);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/diff-text/map", test_map);
  g_test_add_func ("/app/diff-text/marks", test_marks);
  g_test_add_func ("/app/diff-text/evidence-is-marked", test_evidence_is_marked);
  g_test_add_func ("/app/diff-text/attributes", test_attributes);
  g_test_add_func ("/app/diff-text/contrast", test_contrast);
  g_test_add_func ("/app/diff-text/speech", test_speech);

  return g_test_run ();
}
