/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-evidence-source.h"

static const char *const size_fact[] = { "note.1", NULL };
static const char *const both_facts[] = { "note.1", "photo.1", NULL };
static const char *const lost_fact[] = { "gone.9", NULL };

static void
test_sources (void)
{
  const char *text = "28cm, 棉 28cm 真皮";
  g_autoptr (CsEvidence) evidence = cs_evidence_new ();
  g_autoptr (GPtrArray) sources = NULL;
  CsEvidenceSource *source;
  g_autofree char  *note = NULL;
  g_autofree char  *unsourced = NULL;

  cs_evidence_add_fact (evidence, CS_FACT_NOTE, "note.1", "直径28cm");
  cs_evidence_add_fact (evidence, CS_FACT_PHOTO, "photo.1", "100% 棉");
  cs_evidence_add_phrase (evidence, 0, 4, CS_PHRASE_GROUNDED, size_fact);
  cs_evidence_add_phrase (evidence, 4, 6, CS_PHRASE_GLUE, NULL);
  cs_evidence_add_phrase (evidence, 6, 10, CS_PHRASE_GROUNDED, both_facts);
  cs_evidence_add_phrase (evidence, 10, 15, CS_PHRASE_GROUNDED, size_fact);
  cs_evidence_add_phrase (evidence, 15, strlen (text), CS_PHRASE_UNSOURCED, NULL);

  sources = cs_evidence_sources (evidence, text);
  g_assert_cmpuint (sources->len, ==, 3);

  source = g_ptr_array_index (sources, 0);
  note = cs_evidence_source_dup_label (source);
  g_assert_nonnull (strstr (note, "直径28cm"));
  g_assert_cmpuint (source->phrases->len, ==, 3);
  g_assert_true (cs_evidence_source_has_phrase (source, 3));
  g_assert_false (cs_evidence_source_has_phrase (source, 4));
  g_assert_cmpstr (cs_evidence_source_get_style (source), ==, "note");

  source = g_ptr_array_index (sources, 2);
  unsourced = cs_evidence_source_dup_label (source);
  g_assert_nonnull (strstr (unsourced, "真皮"));
  g_assert_null (source->fact);
  g_assert_cmpstr (cs_evidence_source_get_style (source), ==, "unsourced");
  g_assert_cmpstr (cs_evidence_source_get_icon (source), ==, "dialog-warning-symbolic");
}

/* What the database holds is never trusted: phrases beyond the text, facts that are not there */
static void
test_damaged (void)
{
  g_autoptr (CsEvidence) evidence = cs_evidence_new ();
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (GPtrArray) none = cs_evidence_sources (NULL, "text");

  cs_evidence_add_phrase (evidence, 90, 200, CS_PHRASE_GROUNDED, lost_fact);
  sources = cs_evidence_sources (evidence, "short");
  g_assert_cmpuint (sources->len, ==, 1);
  g_assert_cmpstr (((CsEvidenceSource *) g_ptr_array_index (sources, 0))->words, ==, "");
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/evidence-source/sources", test_sources);
  g_test_add_func ("/app/evidence-source/damaged", test_damaged);

  return g_test_run ();
}
