/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <onnxruntime_c_api.h>

#include "cs-network-tensor.h"
#include "cs-network.h"

/* What a mask may have at most, by side */
#define MOST_SIDE 4096

struct _CsNetwork
{
  OrtSession               *session;
  char                     *input; /* names */
  char                     *output;
  ONNXTensorElementDataType type; /* of the input */
  CsNetworkProfile          profile;
};

/* There is one of each in the process */
static const OrtApi  *ort;
static OrtEnv        *env;
static OrtMemoryInfo *memory;

static void
session_options_free (OrtSessionOptions *options)
{
  ort->ReleaseSessionOptions (options);
}

static void
type_info_free (OrtTypeInfo *info)
{
  ort->ReleaseTypeInfo (info);
}

static void
shape_info_free (OrtTensorTypeAndShapeInfo *info)
{
  ort->ReleaseTensorTypeAndShapeInfo (info);
}

static void
value_free (OrtValue *value)
{
  ort->ReleaseValue (value);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrtSessionOptions, session_options_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrtTypeInfo, type_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrtTensorTypeAndShapeInfo, shape_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrtValue, value_free)

static gboolean
network_fail (GError  **error,
              CsProblem problem)
{
  g_set_error_literal (error, CS_PROBLEM_QUARK, problem, "network");

  return FALSE;
}

/* Takes @status. Want of memory has no code of its own. */
static gboolean
network_check (OrtStatus *status,
               CsProblem  problem,
               GError   **error)
{
  const char *message;

  if (status == NULL)
    return TRUE;

  message = ort->GetErrorMessage (status);
  g_message ("ONNX Runtime: %s", message);
  if (strstr (message, "bad_alloc") != NULL || strstr (message, "allocate memory") != NULL)
    problem = CS_PROBLEM_NETWORK_MEMORY;
  ort->ReleaseStatus (status);

  return network_fail (error, problem);
}

static void
network_silence (void           *param,
                 OrtLoggingLevel severity,
                 const char     *category,
                 const char     *id,
                 const char     *location,
                 const char     *message)
{
}

/**
 * cs_network_prepare:
 *
 * What has to look at the machine, before the way to it is closed. FALSE where
 * ONNX Runtime is older than the one that we were built with.
 */
gboolean
cs_network_prepare (void)
{
  ort = OrtGetApiBase ()->GetApi (ORT_API_VERSION);

  return ort != NULL &&
         ort->CreateEnvWithCustomLogger (network_silence, NULL, ORT_LOGGING_LEVEL_FATAL, "countersign", &env) == NULL &&
         ort->CreateCpuMemoryInfo (OrtArenaAllocator, OrtMemTypeDefault, &memory) == NULL;
}

const char *
cs_network_get_version (void)
{
  return OrtGetApiBase ()->GetVersionString ();
}

/* Measured with the small network: without the plan that the runtime makes of
 * its memory at the second photo it takes 220 MB instead of 400 at the same
 * speed, and without its arena more, at half of it.
 */
static OrtSessionOptions *
network_options (GError **error)
{
  g_autoptr (OrtSessionOptions) options = NULL;

  if (!network_check (ort->CreateSessionOptions (&options), CS_PROBLEM_NETWORK_MEMORY, error) ||
      !network_check (ort->DisableMemPattern (options), CS_PROBLEM_NETWORK_MEMORY, error) ||
      !network_check (ort->SetIntraOpNumThreads (options, g_get_num_processors ()), CS_PROBLEM_NETWORK_MEMORY, error) ||
      !network_check (ort->SetInterOpNumThreads (options, 1), CS_PROBLEM_NETWORK_MEMORY, error))
    return NULL;

  return g_steal_pointer (&options);
}

static gboolean
network_open (CsNetwork *self,
              int        fd,
              GError   **error)
{
  g_autoptr (OrtSessionOptions) options = network_options (error);
  struct stat st;
  gpointer    file;
  OrtStatus  *status;

  if (options == NULL)
    return FALSE;
  if (fd < 0 || fstat (fd, &st) < 0 || !S_ISREG (st.st_mode) || st.st_size <= 0 || st.st_size > CS_WIRE_MAX_MODEL)
    return network_fail (error, CS_PROBLEM_NETWORK_FILE);

  /* Looked at where it lies: the session takes what it needs of it */
  file = mmap (NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (file == MAP_FAILED)
    return network_fail (error, CS_PROBLEM_NETWORK_MEMORY);

  status = ort->CreateSessionFromArray (env, file, st.st_size, options, &self->session);
  munmap (file, st.st_size);

  return network_check (status, CS_PROBLEM_NETWORK_FILE, error);
}

static char *
network_dup_name (OrtStatus *(*get) (const OrtSession *session, size_t index, OrtAllocator *allocator, char **name),
                  CsNetwork *self,
                  guint      index)
{
  OrtAllocator    *allocator = NULL;
  char            *name = NULL;
  g_autofree char *copy = NULL;

  if (!network_check (ort->GetAllocatorWithDefaultOptions (&allocator), CS_PROBLEM_NETWORK_KIND, NULL) ||
      !network_check (get (self->session, index, allocator, &name), CS_PROBLEM_NETWORK_KIND, NULL))
    return NULL;

  copy = g_strdup (name);
  allocator->Free (allocator, name);

  return g_steal_pointer (&copy);
}

/* Three planes of any or a fixed size, in single or half precision */
static gboolean
network_read_input (CsNetwork      *self,
                    CsNetworkShape *shape)
{
  g_autoptr (OrtTypeInfo) info = NULL;
  const OrtTensorTypeAndShapeInfo *tensor = NULL;
  size_t                           n = 0;
  gint64                           sides[4];

  if (!network_check (ort->SessionGetInputTypeInfo (self->session, 0, &info), CS_PROBLEM_NETWORK_KIND, NULL) ||
      !network_check (ort->CastTypeInfoToTensorInfo (info, &tensor), CS_PROBLEM_NETWORK_KIND, NULL) ||
      tensor == NULL ||
      !network_check (ort->GetTensorElementType (tensor, &self->type), CS_PROBLEM_NETWORK_KIND, NULL) ||
      !network_check (ort->GetDimensionsCount (tensor, &n), CS_PROBLEM_NETWORK_KIND, NULL) ||
      n != G_N_ELEMENTS (sides) ||
      !network_check (ort->GetDimensions (tensor, sides, n), CS_PROBLEM_NETWORK_KIND, NULL))
    return FALSE;

  if (self->type != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT && self->type != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16)
    return FALSE;
  if (sides[0] > 1 || sides[1] != 3 || sides[2] > G_MAXINT || sides[3] > G_MAXINT)
    return FALSE;

  shape->height = MAX (sides[2], 0);
  shape->width = MAX (sides[3], 0);

  return TRUE;
}

static gboolean
network_inspect (CsNetwork           *self,
                 const CsWireProfile *told,
                 GError             **error)
{
  CsNetworkShape   shape = { 0 };
  size_t           n_inputs = 0, n_outputs = 0;
  g_autofree char *last = NULL;

  if (!network_check (ort->SessionGetInputCount (self->session, &n_inputs), CS_PROBLEM_NETWORK_KIND, error) ||
      !network_check (ort->SessionGetOutputCount (self->session, &n_outputs), CS_PROBLEM_NETWORK_KIND, error))
    return FALSE;
  if (n_inputs != 1 || n_outputs < 1 || !network_read_input (self, &shape))
    return network_fail (error, CS_PROBLEM_NETWORK_KIND);

  self->input = network_dup_name (ort->SessionGetInputName, self, 0);
  last = network_dup_name (ort->SessionGetOutputName, self, n_outputs - 1);
  if (self->input == NULL || last == NULL)
    return network_fail (error, CS_PROBLEM_NETWORK_KIND);

  shape.input = self->input;
  shape.output = last;
  shape.n_outputs = n_outputs;
  if (!cs_network_profile_init (&self->profile, &shape, told))
    return network_fail (error, CS_PROBLEM_NETWORK_KIND);

  self->output = network_dup_name (ort->SessionGetOutputName, self, self->profile.mask);

  return self->output != NULL || network_fail (error, CS_PROBLEM_NETWORK_KIND);
}

/**
 * cs_network_new:
 * @fd: an ONNX file
 * @told: what its profile tells
 */
CsNetwork *
cs_network_new (int                  fd,
                const CsWireProfile *told,
                GError             **error)
{
  g_autoptr (CsNetwork) self = g_new0 (CsNetwork, 1);

  return network_open (self, fd, error) && network_inspect (self, told, error) ? g_steal_pointer (&self) : NULL;
}

void
cs_network_free (CsNetwork *self)
{
  if (self->session != NULL)
    ort->ReleaseSession (self->session);
  g_free (self->input);
  g_free (self->output);
  g_free (self);
}

/* One plane, whatever else there may be of it */
static gboolean
network_read_sides (const OrtTensorTypeAndShapeInfo *tensor,
                    int                             *width,
                    int                             *height)
{
  size_t n = 0;
  gint64 sides[4];

  if (!network_check (ort->GetDimensionsCount (tensor, &n), CS_PROBLEM_NETWORK_KIND, NULL) ||
      n < 2 || n > G_N_ELEMENTS (sides) ||
      !network_check (ort->GetDimensions (tensor, sides, n), CS_PROBLEM_NETWORK_KIND, NULL))
    return FALSE;

  for (size_t i = 0; i + 2 < n; i++)
    if (sides[i] != 1)
      return FALSE;
  if (sides[n - 2] < 1 || sides[n - 2] > MOST_SIDE || sides[n - 1] < 1 || sides[n - 1] > MOST_SIDE)
    return FALSE;

  *height = sides[n - 2];
  *width = sides[n - 1];

  return TRUE;
}

static GBytes *
network_read_mask (CsNetwork *self,
                   OrtValue  *value,
                   int       *width,
                   int       *height)
{
  g_autoptr (OrtTensorTypeAndShapeInfo) tensor = NULL;
  g_autofree float         *widened = NULL;
  ONNXTensorElementDataType type = ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED;
  int                       is_tensor = 0;
  gpointer                  data = NULL;
  gsize                     n;

  if (value == NULL ||
      !network_check (ort->IsTensor (value, &is_tensor), CS_PROBLEM_NETWORK_KIND, NULL) || !is_tensor ||
      !network_check (ort->GetTensorTypeAndShape (value, &tensor), CS_PROBLEM_NETWORK_KIND, NULL) ||
      !network_check (ort->GetTensorElementType (tensor, &type), CS_PROBLEM_NETWORK_KIND, NULL) ||
      !network_read_sides (tensor, width, height) ||
      !network_check (ort->GetTensorMutableData (value, &data), CS_PROBLEM_NETWORK_KIND, NULL))
    return NULL;

  n = (gsize) *width * *height;
  if (type == ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16)
    {
      widened = g_new (float, n);
      cs_network_tensor_from_half (data, widened, n);
      data = widened;
    }
  else if (type != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT)
    return NULL;

  return cs_network_tensor_to_mask (&self->profile, data, n);
}

/**
 * cs_network_run:
 * @pixels: RGB, upright, without padding
 *
 * Returns: (nullable): mask_width × mask_height bytes, 255 for the product
 */
GBytes *
cs_network_run (CsNetwork    *self,
                const guint8 *pixels,
                int           width,
                int           height,
                int          *mask_width,
                int          *mask_height,
                GError      **error)
{
  const gint64        sides[] = { 1, 3, self->profile.height, self->profile.width };
  gsize               n = (gsize) 3 * self->profile.height * self->profile.width;
  gboolean            half = self->type == ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16;
  g_autofree float   *values = cs_network_tensor_new (&self->profile, pixels, width, height);
  g_autofree guint16 *halves = NULL;
  g_autoptr (OrtValue) input = NULL;
  g_autoptr (OrtValue) output = NULL;
  GBytes *mask;

  if (half)
    {
      halves = g_new (guint16, n);
      cs_network_tensor_to_half (values, halves, n);
    }

  if (!network_check (ort->CreateTensorWithDataAsOrtValue (memory, half ? (gpointer) halves : (gpointer) values,
                                                           n * (half ? sizeof *halves : sizeof *values),
                                                           sides, G_N_ELEMENTS (sides), self->type, &input),
                      CS_PROBLEM_NETWORK_RUN, error) ||
      !network_check (ort->Run (self->session, NULL,
                                (const char *const[]){ self->input }, (const OrtValue *const[]){ input }, 1,
                                (const char *const[]){ self->output }, 1, &output),
                      CS_PROBLEM_NETWORK_RUN, error))
    return NULL;

  mask = network_read_mask (self, output, mask_width, mask_height);
  if (mask == NULL)
    network_fail (error, CS_PROBLEM_NETWORK_KIND);

  return mask;
}
