/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-evidence.h"
#include "cs-hash.h"
#include "cs-suggestion.h"

static CsEvidence *
make_evidence (void)
{
  const char *const both[] = { "note.1", "photo.1", NULL };
  CsEvidence       *self = cs_evidence_new ();
  CsFact           *fact;

  fact = cs_evidence_add_fact (self, CS_FACT_NOTE, "note.1", "竹编");
  fact->start = 6;
  fact->end = 12;
  fact = cs_evidence_add_fact (self, CS_FACT_PHOTO, "photo.1", "100% \"棉\"");
  fact->where = g_strdup ("label.jpg");
  fact->photo = 7;
  fact->x = 0.125;
  fact->y = 0.25;
  fact->width = 0.333333;
  fact->height = 0.05;
  fact->confidence = 93.125;

  cs_evidence_add_phrase (self, 0, 6, CS_PHRASE_GROUNDED, both);
  cs_evidence_add_phrase (self, 6, 7, CS_PHRASE_GLUE, NULL);

  return self;
}

static void
test_round_trip (void)
{
  g_autoptr (CsEvidence) before = make_evidence ();
  g_autofree char *json = cs_evidence_to_json (before);
  g_autoptr (CsEvidence) after = cs_evidence_from_json (json);
  g_autofree char *again = cs_evidence_to_json (after);
  CsFact          *fact = cs_evidence_find (after, "photo.1");

  g_assert_cmpstr (json, ==, again);
  g_assert_nonnull (fact);
  g_assert_cmpint (fact->kind, ==, CS_FACT_PHOTO);
  g_assert_cmpstr (fact->text, ==, "100% \"棉\"");
  g_assert_cmpstr (fact->where, ==, "label.jpg");
  g_assert_cmpint (fact->photo, ==, 7);
  g_assert_cmpfloat_with_epsilon (fact->width, 0.333333, 1e-6);
  g_assert_cmpfloat_with_epsilon (fact->confidence, 93.125, 1e-6);
  g_assert_cmpuint (cs_evidence_find (after, "note.1")->end, ==, 12);
  g_assert_cmpuint (after->phrases->len, ==, 2);
}

static void
test_malformed (void)
{
  const char *const bad[] = {
    "{}",
    "{\"facts\":7,\"phrases\":{}}",
    "{\"facts\":[null,7,{},{\"id\":\"a\"},{\"id\":\"a\",\"kind\":\"dream\"}],\"phrases\":[null,{\"start\":-5,\"end\":\"x\",\"facts\":[1]}]}",
  };

  g_assert_null (cs_evidence_from_json (NULL));
  g_assert_null (cs_evidence_from_json ("["));
  g_assert_null (cs_evidence_from_json ("[]"));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CsEvidence) evidence = cs_evidence_from_json (bad[i]);

      g_assert_nonnull (evidence);
      g_assert_false (cs_evidence_is_grounded (evidence));
      g_assert_null (cs_evidence_find (evidence, "a"));
    }
}

static void
test_grounded (void)
{
  const char *const missing[] = { "note.9", NULL };
  g_autoptr (CsEvidence) good = make_evidence ();
  g_autoptr (CsEvidence) unsourced = make_evidence ();
  g_autoptr (CsEvidence) dangling = make_evidence ();
  g_autoptr (CsEvidence) bare = make_evidence ();

  g_assert_true (cs_evidence_is_grounded (good));
  g_assert_false (cs_evidence_is_grounded (NULL));
  cs_evidence_add_phrase (unsourced, 7, 8, CS_PHRASE_UNSOURCED, NULL);
  g_assert_false (cs_evidence_is_grounded (unsourced));
  cs_evidence_add_phrase (dangling, 7, 8, CS_PHRASE_GROUNDED, missing);
  g_assert_false (cs_evidence_is_grounded (dangling));
  cs_evidence_add_phrase (bare, 7, 8, CS_PHRASE_GROUNDED, NULL);
  g_assert_false (cs_evidence_is_grounded (bare));
}

static CsSuggestion *
make_suggestion (void)
{
  CsSuggestion *self = cs_suggestion_new ();

  self->product = 3;
  self->field = CS_FIELD_TITLE;
  self->engine = g_strdup ("text");
  self->variant = 1;
  self->text = g_strdup ("竹编 ");
  self->language = g_strdup ("zh");
  self->evidence = make_evidence ();
  self->remarks = g_strdupv ((char *[]) { "One.", NULL });
  cs_suggestion_seal (self);

  return self;
}

/* Whatever is shown changes the hash; what is not shown does not */
static void
test_seal (void)
{
  g_autoptr (CsSuggestion) first = make_suggestion ();

  g_assert_true (cs_hash_is_valid (first->hash));

  for (guint change = 0; change < 9; change++)
    {
      g_autoptr (CsSuggestion) other = make_suggestion ();

      switch (change)
        {
        case 0:
          other->product++;
          break;
        case 1:
          other->photo = 5;
          break;
        case 2:
          other->field = CS_FIELD_DESCRIPTION;
          break;
        case 3:
          other->variant = 2;
          break;
        case 4:
          other->is_question = TRUE;
          break;
        case 5:
          g_set_str (&other->text, "竹编");
          break;
        case 6:
          g_set_str (&other->remarks[0], "Two.");
          break;
        case 7:
          g_set_str (&other->picture, first->hash);
          break;
        default:
          ((CsFact *) other->evidence->facts->pdata[0])->end++;
          break;
        }

      cs_suggestion_seal (other);
      g_assert_cmpstr (other->hash, !=, first->hash);
    }

  first->id = 9;
  first->made_at = 77;
  {
    g_autofree char *before = g_strdup (first->hash);

    cs_suggestion_seal (first);
    g_assert_cmpstr (before, ==, first->hash);
  }
}

static void
test_suggestion_grounded (void)
{
  g_autoptr (CsSuggestion) self = make_suggestion ();

  g_assert_true (cs_suggestion_is_grounded (self));
  self->is_question = TRUE;
  g_assert_false (cs_suggestion_is_grounded (self));
  self->is_question = FALSE;
  self->field = CS_FIELD_PICTURE;
  g_assert_false (cs_suggestion_is_grounded (self));

  /* A picture must have been measured, and be of those that may be accepted */
  self->picture = g_strdup (self->hash);
  g_assert_false (cs_suggestion_is_grounded (self));
  self->receipt = g_strdup_printf ("{\"picture\":\"%s\",\"within\":true,"
                                   "\"geometry\":{\"turn\":0,\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"out_width\":9,\"out_height\":9},"
                                   "\"light\":{\"gains\":[1,1,1],\"lift\":1,\"stops\":0}}",
                                   self->picture);
  g_assert_true (cs_suggestion_is_grounded (self));
  self->abstains = TRUE;
  g_assert_false (cs_suggestion_is_grounded (self));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/evidence/round-trip", test_round_trip);
  g_test_add_func ("/model/evidence/malformed", test_malformed);
  g_test_add_func ("/model/evidence/grounded", test_grounded);
  g_test_add_func ("/model/suggestion/seal", test_seal);
  g_test_add_func ("/model/suggestion/grounded", test_suggestion_grounded);

  return g_test_run ();
}
