/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-error.h"
#include "cs-fd.h"
#include "cs-image-private.h"
#include "cs-image-process.h"
#include "cs-image-words.h"

/* The network's helper as the client sees it: one process, since a network takes
 * all cores and most memory by itself. It is given the model once; a photo that
 * it fails at costs it its life, and the next photo gets a new one.
 */
#define TIMEOUT_MSEC 60000

/* How many helpers in a row may die before they are up */
#define MAX_FAILED_STARTS 3

typedef struct
{
  CsPixels       *pixels;
  DexPromise     *promise;
  CsImageNetwork *network; /* not owned; NULL once it is no longer in its queue */
  gulong          cancelled;
} Run;

struct _CsImageNetwork
{
  int             model; /* descriptor, or -1 */
  CsWireProfile   profile;
  guint           serial; /* of the model */
  gboolean        trial;  /* nothing is known of the model yet */
  CsImageProcess *process;
  guint           loaded; /* serial of the model that the process has or is taking; 0 for none */
  gboolean        loading;
  GQueue          queue;
  Run            *running;
  GPtrArray      *waiting; /* promises for a hello */
  guint           pump;
  guint           timeout_msec;
  guint           failed_starts;
};

static void network_pump_later (CsImageNetwork *self);

static void
run_free (Run *self)
{
  g_signal_handler_disconnect (dex_promise_get_cancellable (self->promise), self->cancelled);
  dex_clear (&self->promise);
  cs_pixels_unref (self->pixels);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
run_on_cancelled (GCancellable *cancellable,
                  Run          *self)
{
  if (self->network != NULL && g_queue_remove (&self->network->queue, self))
    run_free (self);
}

static Run *
run_new (CsImageNetwork *network,
         CsPixels       *pixels)
{
  Run *self = g_new0 (Run, 1);

  self->pixels = cs_pixels_ref (pixels);
  self->network = network;
  self->promise = dex_promise_new_cancellable ();
  self->cancelled = g_signal_connect (dex_promise_get_cancellable (self->promise), "cancelled",
                                      G_CALLBACK (run_on_cancelled), self);

  return self;
}

/* Takes @run and @error */
static void
run_reject (Run    *run,
            GError *error)
{
  g_autoptr (Run) self = run;

  dex_promise_reject (self->promise, error);
}

static CsPixels *
run_read_mask (const CsWireAnswer *answer,
               GBytes             *payload)
{
  g_autoptr (CsPixels) mask = NULL;

  if (payload == NULL || answer->width <= 0 || answer->height <= 0 || answer->labels != 0 ||
      (guint64) answer->width * answer->height != g_bytes_get_size (payload))
    return NULL;

  mask = cs_pixels_new ();
  mask->width = mask->stride = answer->width;
  mask->height = answer->height;
  mask->bytes = g_bytes_ref (payload);

  return g_steal_pointer (&mask);
}

/* Three bytes a pixel, on white where something shines through */
static int
run_to_fd (Run     *self,
           GError **error)
{
  CsPixels          *pixels = self->pixels;
  int                channels = pixels->has_alpha ? 4 : 3;
  gsize              length = (gsize) pixels->width * pixels->height * 3;
  const guint8      *data = g_bytes_get_data (pixels->bytes, NULL);
  g_autofree guint8 *packed = g_malloc (length);
  g_autoptr (GBytes) bytes = NULL;
  guint8 *out = packed;

  for (int y = 0; y < pixels->height; y++)
    {
      const guint8 *in = data + (gsize) y * pixels->stride;

      for (int x = 0; x < pixels->width; x++, in += channels, out += 3)
        for (int c = 0; c < 3; c++)
          out[c] = channels == 3 ? in[c] : (in[c] * in[3] + 255 * (255 - in[3]) + 127) / 255;
    }

  bytes = g_bytes_new_take (g_steal_pointer (&packed), length);

  return cs_fd_from_bytes (bytes, error);
}

static GError *
network_failed (CsImageNetwork *self,
                gboolean        late)
{
  const char *sentence;

  if (self->trial)
    sentence = late ? _ ("This model takes too long on this computer")
                    : _ ("This file is no model that finds products: it made its helper program fail");
  else
    sentence = late ? _ ("Cutting out this photo took too long")
                    : _ ("Cutting out this photo failed");

  return g_error_new_literal (CS_ERROR, CS_ERROR_UNREADABLE, sentence);
}

static Run *
network_pop (CsImageNetwork *self)
{
  Run *run = g_queue_pop_head (&self->queue);

  if (run != NULL)
    run->network = NULL;

  return run;
}

static void
network_reject_queued (CsImageNetwork *self,
                       const GError   *error)
{
  Run *run;

  while ((run = network_pop (self)))
    run_reject (run, g_error_copy (error));

  for (guint i = 0; i < self->waiting->len; i++)
    dex_promise_reject (self->waiting->pdata[i], g_error_copy (error));
  g_ptr_array_set_size (self->waiting, 0);
}

static void
network_drop_process (CsImageNetwork *self)
{
  g_clear_pointer (&self->process, cs_image_process_free);
  self->loaded = 0;
  self->loading = FALSE;
}

/* What the photo at hand, or the first in the queue for which the model was
 * being taken, is told when the process has gone
 */
static void
network_on_gone (CsImageNetwork *self)
{
  gboolean started = cs_image_process_get_hello (self->process)->magic == CS_WIRE_MAGIC;
  gboolean late = cs_image_process_is_late (self->process);
  Run     *run = g_steal_pointer (&self->running);

  if (run == NULL && self->loading && self->loaded == self->serial)
    run = network_pop (self);
  if (run != NULL)
    run_reject (run, network_failed (self, late));
  if (!started)
    self->failed_starts++;

  network_drop_process (self);
}

static void
network_on_loaded (CsImageNetwork     *self,
                   const CsWireAnswer *answer)
{
  Run *run;

  self->loading = FALSE;
  if (answer->problem == CS_PROBLEM_NONE)
    return;

  if (self->loaded == self->serial && (run = network_pop (self)))
    run_reject (run, cs_image_words_problem (answer));
  network_drop_process (self);
}

static void
network_on_mask (CsImageNetwork     *self,
                 const CsWireAnswer *answer,
                 GBytes             *payload)
{
  g_autoptr (Run) run = g_steal_pointer (&self->running);
  CsPixels *mask;

  if (answer->problem != CS_PROBLEM_NONE)
    dex_promise_reject (run->promise, cs_image_words_problem (answer));
  else if ((mask = run_read_mask (answer, payload)))
    dex_promise_resolve_boxed (run->promise, CS_TYPE_PIXELS, mask);
  else
    dex_promise_reject (run->promise, network_failed (self, FALSE));
}

static void
network_on_hello (CsImageNetwork *self)
{
  self->failed_starts = 0;
  for (guint i = 0; i < self->waiting->len; i++)
    dex_promise_resolve_string (self->waiting->pdata[i],
                                g_strdup (cs_image_process_get_hello (self->process)->languages));
  g_ptr_array_set_size (self->waiting, 0);
}

static void
network_on_process (CsImageProcess     *process,
                    const CsWireAnswer *answer,
                    GBytes             *payload,
                    gpointer            user_data)
{
  CsImageNetwork *self = user_data;
  g_autoptr (GBytes) bytes = payload;

  if (cs_image_process_get_state (process) == CS_IMAGE_PROCESS_GONE)
    network_on_gone (self);
  else if (answer == NULL)
    network_on_hello (self);
  else if (self->loading)
    network_on_loaded (self, answer);
  else if (self->running != NULL)
    network_on_mask (self, answer, bytes);

  network_pump_later (self);
}

static void
network_start (CsImageNetwork *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) told = NULL;

  if (self->failed_starts < MAX_FAILED_STARTS)
    {
      self->process = cs_image_process_new (CS_NETWORK_HELPER, network_on_process, self, &error);
      if (self->process != NULL)
        return;
      g_message ("Network helper: %s", error->message);
    }

  self->failed_starts = 0;
  told = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                              _ ("The part of this program that cuts products out does not start. Installing the program again may help."));
  network_reject_queued (self, told);
}

static void
network_ask (CsImageNetwork *self,
             CsNetRequest   *request,
             int             fd)
{
  request->magic = CS_WIRE_MAGIC;
  if (!cs_image_process_ask (self->process, request, sizeof *request, &fd, 1, self->timeout_msec))
    network_on_gone (self);
}

static void
network_ask_load (CsImageNetwork *self)
{
  CsNetRequest request = { .op = CS_NET_OP_LOAD, .profile = self->profile };

  self->loading = TRUE;
  self->loaded = self->serial;
  network_ask (self, &request, self->model);
}

static void
network_ask_run (CsImageNetwork *self)
{
  CsNetRequest request = { .op = CS_NET_OP_RUN };
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;

  self->running = network_pop (self);
  fd = run_to_fd (self->running, &error);
  if (fd < 0)
    {
      run_reject (g_steal_pointer (&self->running), g_steal_pointer (&error));
      network_pump_later (self);
      return;
    }

  request.width = self->running->pixels->width;
  request.height = self->running->pixels->height;
  network_ask (self, &request, fd);
}

/* A process has known one model only: what another one may have done to it is
 * gone with it, and so is its memory
 */
static gboolean
network_on_pump (gpointer user_data)
{
  CsImageNetwork *self = user_data;

  self->pump = 0;

  if (self->model < 0 && self->queue.length > 0)
    {
      g_autoptr (GError) error = g_error_new_literal (CS_ERROR, CS_ERROR_NOT_FOUND,
                                                      _ ("There is no model to cut products out with"));
      Run *run;

      while ((run = network_pop (self)))
        run_reject (run, g_error_copy (error));
    }

  if (self->process != NULL && cs_image_process_get_state (self->process) == CS_IMAGE_PROCESS_IDLE &&
      self->loaded != 0 && self->loaded != self->serial)
    network_drop_process (self);

  if (self->waiting->len > 0 && self->process != NULL &&
      cs_image_process_get_state (self->process) == CS_IMAGE_PROCESS_IDLE)
    network_on_hello (self);

  if (self->queue.length == 0 && self->waiting->len == 0)
    return G_SOURCE_REMOVE;

  if (self->process == NULL)
    network_start (self);
  else if (cs_image_process_get_state (self->process) != CS_IMAGE_PROCESS_IDLE)
    return G_SOURCE_REMOVE;
  else if (self->loaded != self->serial)
    network_ask_load (self);
  else
    network_ask_run (self);

  if (self->process == NULL)
    network_pump_later (self);

  return G_SOURCE_REMOVE;
}

/* From the main loop, as the picture helpers: not on the small stack of the fiber that asks */
static void
network_pump_later (CsImageNetwork *self)
{
  if (self->pump == 0)
    self->pump = g_idle_add_full (G_PRIORITY_DEFAULT, network_on_pump, self, NULL);
}

/* trial: what is said of a failure is said of the model, not of a photo */
CsImageNetwork *
cs_image_network_new (gboolean trial)
{
  CsImageNetwork *self = g_new0 (CsImageNetwork, 1);

  self->trial = trial;
  self->model = -1;
  self->serial = 1;
  self->timeout_msec = TIMEOUT_MSEC;
  self->waiting = g_ptr_array_new_with_free_func (dex_unref);
  g_queue_init (&self->queue);

  return self;
}

void
cs_image_network_free (CsImageNetwork *self)
{
  g_autoptr (GError) stopped = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped"));

  g_clear_handle_id (&self->pump, g_source_remove);
  network_drop_process (self);
  network_reject_queued (self, stopped);
  if (self->running != NULL)
    run_reject (g_steal_pointer (&self->running), g_error_copy (stopped));

  g_clear_fd (&self->model, NULL);
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

/* A photo that is being cut out is so by the network that it began with */
void
cs_image_network_set (CsImageNetwork *self,
                      int             model,
                      const char     *profile)
{
  g_clear_fd (&self->model, NULL);
  self->model = model;
  cs_image_profile_from_json (&self->profile, profile);
  self->serial++;
  network_pump_later (self);
}

gboolean
cs_image_network_is_set (CsImageNetwork *self)
{
  return self->model >= 0;
}

void
cs_image_network_set_timeout (CsImageNetwork *self,
                              guint           msec)
{
  self->timeout_msec = msec;
}

guint
cs_image_network_get_timeout (CsImageNetwork *self)
{
  return self->timeout_msec;
}

/* A step in between: when it is dropped, the promise is told */
static DexFuture *
network_pass (DexFuture *future,
              gpointer   user_data)
{
  return dex_ref (future);
}

DexFuture *
cs_image_network_run (CsImageNetwork *self,
                      CsPixels       *pixels)
{
  Run *run;

  if (self->model < 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _ ("There is no model to cut products out with"));

  run = run_new (self, pixels);
  g_queue_push_tail (&self->queue, run);
  network_pump_later (self);

  return dex_future_finally (dex_ref (DEX_FUTURE (run->promise)), network_pass, NULL, NULL);
}

/* Resolves to the version of ONNX Runtime */
DexFuture *
cs_image_network_examine (CsImageNetwork *self)
{
  DexPromise *promise = dex_promise_new ();

  g_ptr_array_add (self->waiting, dex_ref (promise));
  network_pump_later (self);

  return DEX_FUTURE (promise);
}

void
cs_image_set_network (CsImage    *self,
                      int         model,
                      const char *profile)
{
  g_return_if_fail (CS_IS_IMAGE (self));

  cs_image_network_set (cs_image_get_network (self), model, profile);
}

DexFuture *
cs_image_try_network (CsImage    *self,
                      int         model,
                      const char *profile)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (model >= 0);

  return cs_image_try (model, profile, cs_image_network_get_timeout (cs_image_get_network (self)));
}
