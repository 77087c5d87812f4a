/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-receipt.h"
#include "cs-suggestion.h"

#define GEOMETRY "\"geometry\":{\"turn\":-1.5,\"x\":0.1,\"y\":0.2,\"width\":0.7,\"height\":0.6,\"out_width\":2000,\"out_height\":1500}"

static const char whole[] =
  "{\"beyond\":{\"mean\":0.02,\"p99\":0,\"worst\":0.4},\"changed\":0.75,\"encoding\":{\"mean\":0.6,\"p99\":2,\"worst\":3},"
  GEOMETRY ",\"known\":true,\"light\":{\"gains\":[1.02,1,0.95],\"lift\":1.4,\"stops\":0.4},"
  "\"limit\":{\"mean\":0.1,\"p99\":0.5,\"worst\":1.5},\"outside\":0.97,\"picture\":\"abc\",\"polish\":0.35,"
  "\"product\":{\"mean\":0.94,\"p99\":3,\"worst\":4},\"share\":0.31,\"version\":1,\"within\":true}";

static void
test_read (void)
{
  g_autoptr (CsReceipt) self = cs_receipt_from_json (whole);

  g_assert_nonnull (self);
  g_assert_cmpstr (self->picture, ==, "abc");
  g_assert_true (self->known);
  g_assert_true (self->within);
  g_assert_cmpfloat (self->share, ==, 0.31);
  g_assert_cmpfloat (self->changed, ==, 0.75);
  g_assert_cmpfloat (self->outside, ==, 0.97);
  g_assert_cmpfloat (self->polish, ==, 0.35);
  g_assert_cmpfloat (self->turn, ==, -1.5);
  g_assert_cmpfloat (self->x, ==, 0.1);
  g_assert_cmpfloat (self->height, ==, 0.6);
  g_assert_cmpint (self->out_width, ==, 2000);
  g_assert_cmpfloat (self->gains[2], ==, 0.95);
  g_assert_cmpfloat (self->lift, ==, 1.4);
  g_assert_cmpfloat (self->stops, ==, 0.4);
  g_assert_cmpfloat (self->product.mean, ==, 0.94);
  g_assert_cmpfloat (self->beyond.worst, ==, 0.4);
  g_assert_cmpfloat (self->encoding.p99, ==, 2);
  g_assert_cmpfloat (self->limit.worst, ==, 1.5);
}

/* What is no receipt, and what leaves something out: never in favour of the picture */
static void
test_damaged (void)
{
  const char *none[] = { NULL, "", "{", "[]", "7", "null", "{\"geometry\":7}", "{\"within\":true}" };
  const char *poor[] = {
    "{" GEOMETRY "}",
    "{" GEOMETRY ",\"within\":\"yes\",\"picture\":\"abc\"}",
    "{" GEOMETRY ",\"within\":true}",
    "{" GEOMETRY ",\"within\":true,\"picture\":\"abd\",\"light\":{\"gains\":[\"x\",[],null]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_assert_null (cs_receipt_from_json (none[i]));
      g_assert_false (cs_receipt_allows (none[i], "abc"));
    }

  for (guint i = 0; i < G_N_ELEMENTS (poor); i++)
    {
      g_autoptr (CsReceipt) self = cs_receipt_from_json (poor[i]);

      g_assert_nonnull (self);
      g_assert_false (cs_receipt_allows (poor[i], "abc"));
    }

  g_assert_true (cs_receipt_allows (whole, "abc"));
  g_assert_false (cs_receipt_allows (whole, NULL));
}

static void
test_sentences (void)
{
  const struct
  {
    gboolean    known;
    gboolean    within;
    double      changed;
    double      mean;
    double      beyond;
    const char *sentence;
  } cases[] = {
    { TRUE, TRUE, 0, 0, 0, "Product unchanged" },
    { FALSE, TRUE, 0, 0, 0, "Photo unchanged" },
    { TRUE, TRUE, 0.9, 0.94, 0.02, "Product: light only, ΔE 0.9 on average" },
    { FALSE, TRUE, 0.9, 0.94, 0.02, "Photo: light only, ΔE 0.9 on average" },
    { TRUE, TRUE, 1, 2.2, 1.2, "Product: light, noise and sharpness, ΔE 2.2 on average" },
    { TRUE, FALSE, 1, 5, 12.34, "Product changed: ΔE 12.3 where it is most" },
    { TRUE, FALSE, 0, 0, 0, "Product changed: this is not the photo’s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsReceipt) self = cs_receipt_new ();
      g_autofree char *sentence = NULL;

      self->known = cases[i].known;
      self->within = cases[i].within;
      self->changed = cases[i].changed;
      self->product.mean = cases[i].mean;
      self->beyond.mean = cases[i].beyond;
      sentence = cs_receipt_to_sentence (self);
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

/* What can be accepted with others in one go */
static void
test_grounded (void)
{
  g_autoptr (CsSuggestion) self = cs_suggestion_new ();

  self->field = CS_FIELD_PICTURE;
  self->picture = g_strdup ("abc");
  g_assert_false (cs_suggestion_is_grounded (self));
  self->receipt = g_strdup (whole);
  g_assert_true (cs_suggestion_is_grounded (self));
  self->abstains = TRUE;
  g_assert_false (cs_suggestion_is_grounded (self));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/receipt/read", test_read);
  g_test_add_func ("/receipt/damaged", test_damaged);
  g_test_add_func ("/receipt/sentences", test_sentences);
  g_test_add_func ("/receipt/grounded", test_grounded);

  return g_test_run ();
}
