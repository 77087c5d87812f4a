/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-image-words.h"
#include "cs-image.h"

static void
test_settings (void)
{
  CsPictureSettings before = CS_PICTURE_SETTINGS_DEFAULT, after;
  g_autofree char  *json = NULL;
  g_autofree char  *again = NULL;

  before.crop = FALSE;
  before.air = 0.125;
  before.max_side = 1600;
  json = cs_picture_settings_to_json (&before);
  g_assert_true (cs_picture_settings_from_json (&after, json));
  again = cs_picture_settings_to_json (&after);
  g_assert_cmpstr (json, ==, again);
  g_assert_false (after.crop);
  g_assert_true (after.straighten);
  g_assert_cmpfloat (after.air, ==, 0.125);
  g_assert_cmpint (after.max_side, ==, 1600);
}

static void
test_settings_from_outside (void)
{
  CsPictureSettings settings;

  g_assert_false (cs_picture_settings_from_json (&settings, NULL));
  g_assert_false (cs_picture_settings_from_json (&settings, "[]"));
  g_assert_true (settings.crop);

  g_assert_true (cs_picture_settings_from_json (&settings, "{\"max_side\":-5,\"quality\":1000,\"air\":7,\"crop\":\"no\"}"));
  g_assert_cmpint (settings.max_side, ==, 16);
  g_assert_cmpint (settings.quality, ==, 100);
  g_assert_cmpfloat (settings.air, ==, 1);
  g_assert_true (settings.crop);
}

static void
assert_words (CsPart      part,
              CsWirePart  said,
              gboolean    applied,
              const char *sentence)
{
  CsPicturePart *words = cs_image_words_part (part, &said);

  g_assert_cmpint (words->applied, ==, applied);
  g_assert_cmpstr (words->sentence, ==, sentence);
  g_free (words->sentence);
  g_free (words);
}

static void
test_words (void)
{
  assert_words (CS_PART_STRAIGHTEN, (CsWirePart) { CS_OUTCOME_DONE, 0, -1.84 }, TRUE, "Turned 1.8° to the left");
  assert_words (CS_PART_STRAIGHTEN, (CsWirePart) { CS_OUTCOME_NOTHING, 0, 0 }, FALSE, "Nothing to straighten");
  assert_words (CS_PART_CROP, (CsWirePart) { CS_OUTCOME_DONE, 0, 0 }, TRUE, "Cropped to the product");
  assert_words (CS_PART_CROP, (CsWirePart) { CS_OUTCOME_OFF, 0, 0 }, FALSE, "Not cropped: that is switched off");
  assert_words (CS_PART_WHITE_BALANCE, (CsWirePart) { CS_OUTCOME_DONE, CS_HOW_YELLOW, 0.03 }, TRUE, "Took out a yellow cast");
  assert_words (CS_PART_EXPOSURE, (CsWirePart) { CS_OUTCOME_DONE, 0, 0.4 }, TRUE, "Made 0.4 stop brighter");

  /* What a broken helper might say */
  assert_words (CS_PART_EXPOSURE, (CsWirePart) { 77, 99, 0.0 / 0.0 }, FALSE, "The brightness is right already");
  assert_words (CS_PART_WHITE_BALANCE, (CsWirePart) { CS_OUTCOME_DONE, 4000000000u, 1e300 }, TRUE, "Took out a colour cast");
}

static void
test_problems (void)
{
  for (guint problem = 0; problem < CS_N_PROBLEMS + 3; problem++)
    for (guint kind = 0; kind < CS_N_KINDS + 3; kind++)
      {
        CsWireAnswer answer = { .problem = problem, .kind = kind };
        g_autoptr (GError) error = cs_image_words_problem (&answer);

        g_assert_cmpuint (strlen (error->message), >, 10);
        g_assert_nonnull (cs_image_words_mime (kind));
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/picture/settings", test_settings);
  g_test_add_func ("/image/picture/settings-from-outside", test_settings_from_outside);
  g_test_add_func ("/image/picture/words", test_words);
  g_test_add_func ("/image/picture/problems", test_problems);

  return g_test_run ();
}
