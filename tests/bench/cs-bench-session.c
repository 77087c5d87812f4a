/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sys/resource.h>

#include <onnxruntime_c_api.h>

#include "cs-bench-session.h"

#define SIDE 320

static const OrtApi *ort;

static void
check (OrtStatus *status)
{
  if (status != NULL)
    g_error ("%s", ort->GetErrorMessage (status));
}

static double
run_once (OrtSession     *session,
          const char     *input,
          const char     *output,
          const OrtValue *value)
{
  gint64    begun = g_get_monotonic_time ();
  OrtValue *result = NULL;

  check (ort->Run (session, NULL, &input, &value, 1, &output, 1, &result));
  ort->ReleaseValue (result);

  return (g_get_monotonic_time () - begun) / 1e6;
}

int
cs_bench_session (const char *model,
                  int         n_runs)
{
  const gint64       sides[] = { 1, 3, SIDE, SIDE };
  g_autofree float  *pixels = g_new (float, 3 * SIDE * SIDE);
  double             best = G_MAXDOUBLE;
  OrtEnv            *env = NULL;
  OrtSessionOptions *options = NULL;
  OrtSession        *session = NULL;
  OrtMemoryInfo     *memory = NULL;
  OrtAllocator      *allocator = NULL;
  OrtValue          *value = NULL;
  char              *input = NULL, *output = NULL;
  struct rusage      usage;

  for (int i = 0; i < 3 * SIDE * SIDE; i++)
    pixels[i] = (i % 1000 * 7919 % 1000) / 250.0f - 2;

  ort = OrtGetApiBase ()->GetApi (ORT_API_VERSION);
  check (ort->CreateEnv (ORT_LOGGING_LEVEL_FATAL, "bench", &env));
  check (ort->CreateSessionOptions (&options));
  check (ort->CreateSession (env, model, options, &session));
  check (ort->GetAllocatorWithDefaultOptions (&allocator));
  check (ort->SessionGetInputName (session, 0, allocator, &input));
  check (ort->SessionGetOutputName (session, 0, allocator, &output));
  check (ort->CreateCpuMemoryInfo (OrtArenaAllocator, OrtMemTypeDefault, &memory));
  check (ort->CreateTensorWithDataAsOrtValue (memory, pixels, sizeof (float) * 3 * SIDE * SIDE, sides, 4,
                                              ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &value));

  for (int i = 0; i < n_runs; i++)
    best = MIN (best, run_once (session, input, output, value));

  getrusage (RUSAGE_SELF, &usage);
  g_print ("%f %f\n", best, usage.ru_maxrss / 1024.0);

  return 0;
}
