/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-common-light.h"

static void
light_free (gpointer light)
{
  if (light != NULL)
    cs_picture_light_unref (light);
}

static void
add (GPtrArray *lights,
     double     red,
     double     green,
     double     blue,
     gboolean   sure)
{
  CsPictureLight *light = cs_picture_light_new ();

  *light = (CsPictureLight) { { red, green, blue }, 1, sure };
  g_ptr_array_add (lights, light);
}

static GPtrArray *
lights_new (void)
{
  return g_ptr_array_new_with_free_func (light_free);
}

/* Close ones meet in the middle, and one without a light of its own gets theirs */
static void
test_shared (void)
{
  g_autoptr (GPtrArray) lights = lights_new ();
  g_autoptr (GPtrArray) found = NULL;

  add (lights, 0.95, 1.0, 1.10, TRUE);
  add (lights, 1.00, 1.1, 1.15, TRUE);
  add (lights, 1.70, 1.0, 0.50, FALSE);
  found = cs_common_light_find (lights);

  g_assert_cmpuint (found->len, ==, 3);
  for (guint i = 0; i < found->len; i++)
    {
      CsPictureLight *light = found->pdata[i];
      CsPictureLight *first = found->pdata[0];

      g_assert_nonnull (light);
      g_assert_true (light->sure);
      g_assert_cmpfloat_with_epsilon (light->gains[0], 0.9747, 0.001);
      g_assert_cmpfloat_with_epsilon (light->gains[1], 1.0488, 0.001);
      g_assert_cmpfloat (light->gains[2], ==, first->gains[2]);
      g_assert_cmpfloat (light->lift, ==, 1);
    }
}

/* Another lamp or another exposure is another light; alone in it, a photo's own is best */
static void
test_apart (void)
{
  g_autoptr (GPtrArray) lights = lights_new ();
  g_autoptr (GPtrArray) found = NULL;

  add (lights, 0.9, 1.0, 1.1, TRUE);
  add (lights, 1.3, 1.0, 0.8, TRUE); /* cast */
  add (lights, 1.8, 2.0, 2.2, TRUE); /* exposure: one stop */
  g_ptr_array_add (lights, NULL);    /* takes no part */
  add (lights, 0.9, 1.0, 1.1, TRUE);
  add (lights, 1.0, 1.0, 1.0, FALSE);
  found = cs_common_light_find (lights);

  g_assert_nonnull (found->pdata[0]);
  g_assert_null (found->pdata[1]);
  g_assert_null (found->pdata[2]);
  g_assert_null (found->pdata[3]);
  g_assert_nonnull (found->pdata[4]);
  g_assert_nonnull (found->pdata[5]);
  g_assert_cmpfloat_with_epsilon (((CsPictureLight *) found->pdata[5])->gains[0], 0.9, 1e-6);
}

/* Where none is sure, each is left to itself; what makes no sense does no harm */
static void
test_unsure (void)
{
  g_autoptr (GPtrArray) lights = lights_new ();
  g_autoptr (GPtrArray) none = lights_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) nothing = NULL;

  add (lights, 1, 1, 1, FALSE);
  add (lights, 0, 0, 0, FALSE);
  found = cs_common_light_find (lights);
  g_assert_null (found->pdata[0]);
  g_assert_null (found->pdata[1]);

  nothing = cs_common_light_find (none);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engines/common-light/shared", test_shared);
  g_test_add_func ("/engines/common-light/apart", test_apart);
  g_test_add_func ("/engines/common-light/unsure", test_unsure);

  return g_test_run ();
}
