/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-picture-recipe.h"

static void
count_cb (guint *n)
{
  ++*n;
}

static void
test_keeps_the_unknown (void)
{
  g_autoptr (CsPictureRecipe) recipe = cs_picture_recipe_new ();
  g_autofree char *json = NULL;
  g_autofree char *same = NULL;
  guint            n_loaded = 0;
  guint            n_changed = 0;

  g_signal_connect_swapped (recipe, "loaded", G_CALLBACK (count_cb), &n_loaded);
  g_signal_connect_swapped (recipe, "changed", G_CALLBACK (count_cb), &n_changed);
  cs_picture_recipe_load (recipe, "{\"air\":0.25,\"crop\":true,\"max_side\":2000,\"polish\":1}");
  g_assert_cmpuint (n_loaded, ==, 1);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_cmpfloat (cs_picture_recipe_get_share (recipe, "polish"), ==, 1);
  same = cs_picture_recipe_dup_json (recipe);
  g_assert_cmpstr (same, ==, "{\"air\":0.25,\"crop\":true,\"max_side\":2000,\"polish\":1}");

  cs_picture_recipe_set_share (recipe, "air", 0.50000001, FALSE);
  cs_picture_recipe_set_switch (recipe, "crop", FALSE);
  json = cs_picture_recipe_dup_json (recipe);
  g_assert_cmpstr (json, ==, "{\"air\":0.5,\"crop\":false,\"max_side\":2000,\"polish\":1}");
  g_assert_cmpuint (n_changed, ==, 2);
}

static void
test_usual (void)
{
  g_autoptr (CsPictureRecipe) recipe = cs_picture_recipe_new ();

  cs_picture_recipe_load (recipe, NULL);
  g_assert_cmpfloat (cs_picture_recipe_get_share (recipe, "polish"), ==, CS_PICTURE_RECIPE_POLISH);
  g_assert_cmpfloat (cs_picture_recipe_get_share (recipe, "air"), ==, CS_PICTURE_RECIPE_AIR);
  g_assert_cmpstr (cs_picture_recipe_get_choice (recipe, "shape"), ==, "square");
  g_assert_cmpstr (cs_picture_recipe_get_choice (recipe, "background"), ==, "white");
  g_assert_cmpstr (cs_picture_recipe_get_choice (recipe, "backdrop"), ==, "");
  g_assert_true (cs_picture_recipe_get_switch (recipe, "alike"));

  /* From before there were shapes; and what is no recipe */
  cs_picture_recipe_load (recipe, "{\"square\":false,\"polish\":7}");
  g_assert_cmpstr (cs_picture_recipe_get_choice (recipe, "shape"), ==, "photo");
  g_assert_cmpfloat (cs_picture_recipe_get_share (recipe, "polish"), ==, 1);
  cs_picture_recipe_set_choice (recipe, "shape", "square");
  g_assert_cmpstr (cs_picture_recipe_get_choice (recipe, "shape"), ==, "square");
  cs_picture_recipe_load (recipe, "[]");
  g_assert_cmpfloat (cs_picture_recipe_get_share (recipe, "air"), ==, CS_PICTURE_RECIPE_AIR);
}

/* Of another picture all but the mask, which fits its own photo only */
static void
test_take_over (void)
{
  g_autoptr (CsPictureRecipe) recipe = cs_picture_recipe_new ();
  g_autofree char *json = NULL;
  g_autofree char *after = NULL;

  cs_picture_recipe_load (recipe, "{\"air\":0.125,\"mask\":\"mine\"}");
  cs_picture_recipe_take_over (recipe, "{\"air\":0.75,\"mask\":\"of another\"}");
  json = cs_picture_recipe_dup_json (recipe);
  g_assert_cmpstr (json, ==, "{\"air\":0.75,\"mask\":\"mine\"}");

  cs_picture_recipe_load (recipe, "{\"air\":0.125}");
  cs_picture_recipe_take_over (recipe, "{\"air\":0.75,\"mask\":\"of another\"}");
  cs_picture_recipe_take_over (recipe, "not JSON");
  after = cs_picture_recipe_dup_json (recipe);
  g_assert_cmpstr (after, ==, "{\"air\":0.75}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/picture-recipe/keeps-the-unknown", test_keeps_the_unknown);
  g_test_add_func ("/app/picture-recipe/usual", test_usual);
  g_test_add_func ("/app/picture-recipe/take-over", test_take_over);

  return g_test_run ();
}
