/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "cs-network-tensor.h"
#include "cs-network.h"

#include "cs-onnx-test.h"

/* The network helper's work, in this process, where leaks and overruns are seen */

#define PLAIN_PROFILE(side) ((CsNetworkProfile){ (side), (side), 0, { 0, 0, 0 }, { 1, 1, 1 }, FALSE, CS_OUTPUT_LINEAR })

static void
assert_family (const char  *input,
               const char  *output,
               int          side,
               guint        n_outputs,
               int          wanted_side,
               float        wanted_mean,
               guint        wanted_mask,
               CsWireOutput wanted_output)
{
  CsNetworkShape   shape = { input, output, side, side, n_outputs };
  CsWireProfile    told = { 0 };
  CsNetworkProfile profile;

  g_assert_true (cs_network_profile_init (&profile, &shape, &told));
  g_assert_cmpint (profile.width, ==, wanted_side);
  g_assert_cmpint (profile.height, ==, wanted_side);
  g_assert_cmpfloat (profile.mean[0], ==, wanted_mean);
  g_assert_cmpuint (profile.mask, ==, wanted_mask);
  g_assert_cmpint (profile.output, ==, wanted_output);
}

/* The names and sizes that the published exports have */
static void
test_families (void)
{
  assert_family ("input.1", "1959", 320, 7, 320, 0.485f, 0, CS_OUTPUT_LINEAR);
  assert_family ("input.1", "1959", 0, 1, 320, 0.485f, 0, CS_OUTPUT_LINEAR);
  assert_family ("input_image", "side6", 1024, 12, 1024, 0.5f, 0, CS_OUTPUT_STRETCH);
  assert_family ("input", "output", 1024, 1, 1024, 0.5f, 0, CS_OUTPUT_STRETCH);
  assert_family ("input", "output", 0, 1, 1024, 0.5f, 0, CS_OUTPUT_STRETCH);
  assert_family ("input_image", "output_image", 1024, 1, 1024, 0.485f, 0, CS_OUTPUT_EITHER);
  assert_family ("pixel_values", "alphas", 1024, 1, 1024, 0.485f, 0, CS_OUTPUT_EITHER);
  assert_family ("pixel_values", "alphas", 0, 4, 1024, 0.485f, 3, CS_OUTPUT_EITHER);
}

static void
test_told (void)
{
  CsNetworkShape   any = { "x", "y", 0, 0, 1 }, fixed = { "x", "y", 320, 320, 1 };
  CsWireProfile    told = { CS_TOLD_SIDE | CS_TOLD_DEVIATION | CS_TOLD_OUTPUT | CS_TOLD_DIVIDE, 448, { 9, 9, 9 }, { 2, 3, 4 }, FALSE, CS_OUTPUT_SIGMOID };
  CsNetworkProfile profile;

  g_assert_true (cs_network_profile_init (&profile, &any, &told));
  g_assert_cmpint (profile.width, ==, 448);
  g_assert_cmpfloat (profile.mean[0], ==, 0.485f);
  g_assert_cmpfloat (profile.deviation[2], ==, 4);
  g_assert_false (profile.divide_by_max);
  g_assert_cmpint (profile.output, ==, CS_OUTPUT_SIGMOID);

  /* A size that is built in cannot be talked over */
  g_assert_true (cs_network_profile_init (&profile, &fixed, &told));
  g_assert_cmpint (profile.width, ==, 320);

  told.deviation[1] = 0;
  g_assert_false (cs_network_profile_init (&profile, &any, &told));
  told.deviation[1] = NAN;
  g_assert_false (cs_network_profile_init (&profile, &any, &told));
  told.deviation[1] = 1;
  told.output = CS_N_OUTPUTS;
  g_assert_false (cs_network_profile_init (&profile, &any, &told));
  told.output = CS_OUTPUT_LINEAR;
  told.side = 1 << 20;
  g_assert_false (cs_network_profile_init (&profile, &any, &told));
}

/* Each number is the mean of the pixels that it stands for */
static void
test_scale (void)
{
  CsNetworkProfile  profile = PLAIN_PROFILE (8);
  guint8            pixels[24 * 16 * 3];
  g_autofree float *values = NULL;

  for (int y = 0; y < 16; y++)
    for (int x = 0; x < 24; x++)
      {
        pixels[(y * 24 + x) * 3] = x * 10;
        pixels[(y * 24 + x) * 3 + 1] = y * 15;
        pixels[(y * 24 + x) * 3 + 2] = (x + y) % 2 * 200;
      }

  values = cs_network_tensor_new (&profile, pixels, 24, 16);
  for (int y = 0; y < 8; y++)
    for (int x = 0; x < 8; x++)
      {
        g_assert_cmpfloat_with_epsilon (values[y * 8 + x] * 255, (x * 3 + 1) * 10, 0.01);
        g_assert_cmpfloat_with_epsilon (values[64 + y * 8 + x] * 255, (y * 2 + 0.5) * 15, 0.01);
        g_assert_cmpfloat_with_epsilon (values[128 + y * 8 + x] * 255, 100, 0.01);
      }
}

static void
test_normalise (void)
{
  CsNetworkProfile  profile = PLAIN_PROFILE (8);
  guint8            pixels[3 * 5 * 3];
  g_autofree float *values = NULL;

  memset (pixels, 51, sizeof pixels);
  for (gsize i = 0; i < sizeof pixels; i += 3)
    pixels[i] = 102;
  profile.mean[0] = 0.5f;
  profile.deviation[0] = 0.25f;
  values = cs_network_tensor_new (&profile, pixels, 3, 5);
  g_assert_cmpfloat_with_epsilon (values[0], -0.4, 1e-5);
  g_assert_cmpfloat_with_epsilon (values[8 * 8], 0.2, 1e-5);

  g_clear_pointer (&values, g_free);
  profile.divide_by_max = TRUE;
  values = cs_network_tensor_new (&profile, pixels, 3, 5);
  g_assert_cmpfloat_with_epsilon (values[0], 2, 1e-5);
  g_assert_cmpfloat_with_epsilon (values[8 * 8 * 2], 0.5, 1e-5);
}

static void
assert_mask (CsWireOutput output,
             float        a,
             float        b,
             int          wanted_a,
             int          wanted_b)
{
  CsNetworkProfile profile = PLAIN_PROFILE (8);
  const float      values[] = { a, b };
  g_autoptr (GBytes) mask = NULL;
  const guint8 *data;

  profile.output = output;
  mask = cs_network_tensor_to_mask (&profile, values, 2);
  if (wanted_a < 0)
    {
      g_assert_null (mask);
      return;
    }

  data = g_bytes_get_data (mask, NULL);
  g_assert_cmpint (data[0], ==, wanted_a);
  g_assert_cmpint (data[1], ==, wanted_b);
}

static void
test_masks (void)
{
  assert_mask (CS_OUTPUT_LINEAR, 0, 1, 0, 255);
  assert_mask (CS_OUTPUT_LINEAR, -0.005f, 1.005f, 0, 255);
  assert_mask (CS_OUTPUT_LINEAR, -3, 4, -1, -1);
  assert_mask (CS_OUTPUT_LINEAR, 0, NAN, -1, -1);
  assert_mask (CS_OUTPUT_SIGMOID, 0, 100, 128, 255);
  assert_mask (CS_OUTPUT_SIGMOID, -1e30f, 1e30f, 0, 255);
  assert_mask (CS_OUTPUT_EITHER, 0.25f, 1, 64, 255);
  assert_mask (CS_OUTPUT_EITHER, 0, 100, 128, 255);
  assert_mask (CS_OUTPUT_EITHER, 0, INFINITY, -1, -1);
  assert_mask (CS_OUTPUT_STRETCH, 0.1f, 0.9f, 0, 255);
  assert_mask (CS_OUTPUT_STRETCH, -7, 3, 0, 255);
  /* Nothing found stays nothing */
  assert_mask (CS_OUTPUT_STRETCH, 0, 0.01f, 0, 3);
}

static void
test_halves (void)
{
  for (guint i = 0; i < 0x10000; i++)
    {
      guint16 half = i, back;
      float   value;

      cs_network_tensor_from_half (&half, &value, 1);
      if ((i & 0x7c00) == 0x7c00)
        {
          g_assert_false (isfinite (value));
          continue;
        }
      cs_network_tensor_to_half (&value, &back, 1);
      g_assert_cmpuint (back, ==, half);
    }
}

static GBytes *
run (CsOnnx   kind,
     int     *width,
     int     *height,
     GError **error)
{
  CsWireProfile told = { 0 };
  g_autofd int  fd = cs_onnx_test_open (kind, 32);
  g_autoptr (CsNetwork) network = cs_network_new (fd, &told, error);
  guint8 pixels[40 * 20 * 3];

  memset (pixels, 240, sizeof pixels);
  memset (pixels, 10, sizeof pixels / 2);

  return network != NULL ? cs_network_run (network, pixels, 40, 20, width, height, error) : NULL;
}

static void
test_run (void)
{
  const CsOnnx good[] = { CS_ONNX_DARK, CS_ONNX_DARK_HALF };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      int width, height;
      g_autoptr (GBytes) mask = run (good[i], &width, &height, &error);
      const guint8 *data;

      g_assert_no_error (error);
      g_assert_cmpint (width, ==, 32);
      g_assert_cmpint (height, ==, 32);
      data = g_bytes_get_data (mask, NULL);
      g_assert_cmpint (data[0], >, 250);
      g_assert_cmpint (data[32 * 32 - 1], <, 5);
    }
}

static void
test_run_bad (void)
{
  for (CsOnnx kind = CS_ONNX_COLOURS; kind < CS_N_ONNX; kind++)
    {
      g_autoptr (GError) error = NULL;
      int width, height;

      /* These need a process that can be killed */
      if (kind == CS_ONNX_ENDLESS || kind == CS_ONNX_GROWING || kind == CS_ONNX_HUGE)
        continue;

      g_assert_null (run (kind, &width, &height, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == CS_PROBLEM_QUARK);
      g_assert_cmpint (error->code, >=, CS_PROBLEM_NETWORK_FILE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cs_network_prepare ());

  g_test_add_func ("/image/network-work/families", test_families);
  g_test_add_func ("/image/network-work/told", test_told);
  g_test_add_func ("/image/network-work/scale", test_scale);
  g_test_add_func ("/image/network-work/normalise", test_normalise);
  g_test_add_func ("/image/network-work/masks", test_masks);
  g_test_add_func ("/image/network-work/halves", test_halves);
  g_test_add_func ("/image/network-work/run", test_run);
  g_test_add_func ("/image/network-work/run-bad", test_run_bad);

  return g_test_run ();
}
