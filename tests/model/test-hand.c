/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-hand.h"
#include "cs-json.h"

static void
test_round_trip (void)
{
  g_autoptr (CsHand) self = cs_hand_new ();
  g_autoptr (CsHand) read = NULL;
  g_autoptr (CsHand) copy = NULL;
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;
  g_autofree char *copied = NULL;

  self->learning_off = TRUE;
  self->pinned = g_strsplit ("青禾手作|by Ann", "|", -1);
  self->never = g_strsplit ("高端|\"quoted\"", "|", -1);
  self->order = g_strsplit ("brand|product|size", "|", -1);
  self->learned = g_strsplit ("never:高端|order|offer:手作", "|", -1);
  self->unlearned = g_strsplit ("never:家用", "|", -1);
  self->tone = g_strdup ("Plain.\nNo exclamation marks.");

  json = cs_hand_to_json (self);
  read = cs_hand_from_json (json);
  again = cs_hand_to_json (read);
  copy = cs_hand_copy (self);
  copied = cs_hand_to_json (copy);

  g_assert_cmpstr (json, ==, again);
  g_assert_cmpstr (json, ==, copied);
  g_assert_false (read->off);
  g_assert_true (read->learning_off);
  g_assert_cmpstr (read->pinned[1], ==, "by Ann");
  g_assert_cmpstr (read->never[1], ==, "\"quoted\"");
  g_assert_cmpstr (read->order[2], ==, "size");
  g_assert_cmpstr (read->tone, ==, self->tone);
  g_assert_true (cs_hand_is_learned (read, "never:高端"));
  g_assert_false (cs_hand_is_learned (read, "never:家用"));
  g_assert_true (cs_hand_is_unlearned (read, "never:家用"));
  g_assert_null (read->examples);
}

/* Whatever stands in the file, something comes out that can be used */
static void
test_damaged (void)
{
  const char *const broken[] = {
    NULL, "", "{", "[]", "7", "null", "\"never\"", "{\"never\":7,\"order\":{},\"off\":\"yes\",\"tone\":[]}",
    "{\"never\":[null,7,[],{},\"\",\"  \",\"\\u0001\"]}",
  };
  g_autoptr (GString) many = g_string_new ("{\"never\":[\"a\"");
  g_autofree char *wide = g_strnfill (5000, 'x');
  g_autofree char *long_json = g_strdup_printf ("{\"never\":[\"%s\",\"short\"],\"tone\":\"%s\"}", wide, wide);
  g_autoptr (CsHand) bounded = NULL;
  g_autoptr (CsHand) cut = cs_hand_from_json (long_json);
  g_autoptr (CsHand) odd = cs_hand_from_json ("{\"order\":[\"size\",\"rm -rf\",\"size\",\"brand\"],\"pinned\":[\"two\\nlines\\u202e\",\"two lines\"]}");

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (CsHand) self = cs_hand_from_json (broken[i]);

      g_assert_nonnull (self);
      g_assert_false (self->off);
      g_assert_cmpuint (g_strv_length (self->never), ==, 0);
      g_assert_cmpuint (g_strv_length (self->order), ==, 0);
      g_assert_null (self->tone);
    }

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (many, ",\"w%u\"", i);
  g_string_append (many, "]}");
  bounded = cs_hand_from_json (many->str);
  g_assert_cmpuint (g_strv_length (bounded->never), <=, 200);

  g_assert_cmpuint (g_strv_length (cut->never), ==, 1);
  g_assert_cmpstr (cut->never[0], ==, "short");
  g_assert_cmpuint (strlen (cut->tone), <=, 1200);

  g_assert_cmpuint (g_strv_length (odd->order), ==, 2);
  g_assert_cmpstr (odd->order[1], ==, "brand");
  g_assert_cmpuint (g_strv_length (odd->pinned), ==, 1);
  g_assert_cmpstr (odd->pinned[0], ==, "two lines");
}

static void
test_roles (void)
{
  for (guint i = 0; cs_hand_roles[i] != NULL; i++)
    g_assert_nonnull (cs_hand_get_role_label (cs_hand_roles[i]));
  g_assert_null (cs_hand_get_role_label ("hot"));
  g_assert_null (cs_hand_get_role_label (NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hand/round-trip", test_round_trip);
  g_test_add_func ("/hand/damaged", test_damaged);
  g_test_add_func ("/hand/roles", test_roles);

  return g_test_run ();
}
