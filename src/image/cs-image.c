/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-hash.h"
#include "cs-image-answer.h"
#include "cs-image-private.h"
#include "cs-image-process.h"
#include "cs-image-words.h"
#include "cs-image.h"
#include "cs-json.h"

#define TIMEOUT_MSEC 20000

/* How many helpers in a row may die before they are up */
#define MAX_FAILED_STARTS 3

typedef struct
{
  CsWireRequest   wire;
  int             fds[CS_WIRE_MAX_FDS];
  DexPromise     *promise;
  CsImage        *image; /* not owned; NULL once it is no longer in its queue */
  CsImageProcess *process;
  gulong          cancelled;
} Request;

struct _CsImage
{
  GObject parent_instance;

  GPtrArray *processes;
  GQueue     urgent; /* what someone is looking at */
  GQueue     queue;
  GPtrArray *running;
  GPtrArray *waiting; /* promises for a hello */
  guint      pump;
  guint      timeout_msec;
  guint      failed_starts;

  CsImageNetwork *network;
  CsImageSeats    seats;
};

G_DEFINE_FINAL_TYPE (CsImage, cs_image, G_TYPE_OBJECT)

static void cs_image_pump_later (CsImage *self);

static void
request_free (Request *self)
{
  g_signal_handler_disconnect (dex_promise_get_cancellable (self->promise), self->cancelled);
  dex_clear (&self->promise);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* Nobody waits any more. What is queued goes; what a helper is at may end. */
static void
request_on_cancelled (GCancellable *cancellable,
                      Request      *self)
{
  if (self->image == NULL)
    return;

  if (g_queue_remove (&self->image->queue, self) || g_queue_remove (&self->image->urgent, self))
    request_free (self);
}

static Request *
request_new (CsImage             *image,
             const CsWireRequest *wire,
             const int           *fds)
{
  Request *self = g_new0 (Request, 1);

  self->wire = *wire;
  self->wire.magic = CS_WIRE_MAGIC;
  memcpy (self->fds, fds, sizeof self->fds);
  for (CsWireFd which = 0; which < CS_WIRE_MAX_FDS; which++)
    self->wire.fds |= (fds[which] >= 0) << which;
  self->image = image;
  self->promise = dex_promise_new_cancellable ();
  self->cancelled = g_signal_connect (dex_promise_get_cancellable (self->promise), "cancelled",
                                      G_CALLBACK (request_on_cancelled), self);

  return self;
}

static void
request_reject (Request    *request,
                GQuark      domain,
                int         code,
                const char *sentence)
{
  g_autoptr (Request) self = request;

  dex_promise_reject (self->promise, g_error_new_literal (domain, code, sentence));
}

static void
request_settle (Request            *request,
                const CsWireAnswer *answer,
                GBytes             *bytes,
                gboolean            late)
{
  g_autoptr (Request) self = request;

  if (answer == NULL)
    dex_promise_reject (self->promise,
                        g_error_new_literal (CS_ERROR, CS_ERROR_UNREADABLE,
                                             late ? _ ("This photo took too long to read")
                                                  : _ ("Reading this photo failed; the file may be damaged")));
  else if (answer->problem != CS_PROBLEM_NONE)
    dex_promise_reject (self->promise, cs_image_words_problem (answer));
  else if (!cs_image_answer_resolve (self->promise, &self->wire, answer, bytes))
    dex_promise_reject (self->promise,
                        g_error_new_literal (CS_ERROR, CS_ERROR_UNREADABLE,
                                             _ ("Reading this photo failed; the file may be damaged")));
}

static void
cs_image_reject_queued (CsImage    *self,
                        GQuark      domain,
                        int         code,
                        const char *sentence)
{
  Request *request;

  while ((request = g_queue_pop_head (&self->urgent)) || (request = g_queue_pop_head (&self->queue)))
    {
      request->image = NULL;
      request_reject (request, domain, code, sentence);
    }

  for (guint i = 0; i < self->waiting->len; i++)
    dex_promise_reject (self->waiting->pdata[i], g_error_new_literal (domain, code, sentence));
  g_ptr_array_set_size (self->waiting, 0);
}

static Request *
cs_image_find_running (CsImage        *self,
                       CsImageProcess *process,
                       guint          *index)
{
  for (guint i = 0; i < self->running->len; i++)
    {
      Request *request = self->running->pdata[i];

      if (request->process == process)
        {
          *index = i;
          return request;
        }
    }

  return NULL;
}

static char *
hello_to_json (const CsWireHello *hello)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *formats = json_array_new ();

  for (CsKind kind = CS_KIND_JPEG; kind < CS_KIND_SVG; kind++)
    if (hello->kinds & (1u << kind))
      json_array_add_string_element (formats, cs_image_words_mime (kind));

  json_object_set_array_member (object, "formats", formats);
  json_object_set_int_member (object, "landlock", hello->landlock);
  json_object_set_boolean_member (object, "seccomp", hello->seccomp != 0);
  json_object_set_string_member (object, "text", hello->languages);
  json_node_set_object (node, object);

  return cs_json_canonical (node);
}

static void
cs_image_on_started (CsImage        *self,
                     CsImageProcess *process)
{
  self->failed_starts = 0;
  for (guint i = 0; i < self->waiting->len; i++)
    dex_promise_resolve_string (self->waiting->pdata[i], hello_to_json (cs_image_process_get_hello (process)));
  g_ptr_array_set_size (self->waiting, 0);
}

static void
cs_image_on_process (CsImageProcess     *process,
                     const CsWireAnswer *answer,
                     GBytes             *payload,
                     gpointer            user_data)
{
  CsImage *self = CS_IMAGE (user_data);
  g_autoptr (GBytes) bytes = payload;
  gboolean gone = cs_image_process_get_state (process) == CS_IMAGE_PROCESS_GONE;
  gboolean started = cs_image_process_get_hello (process)->magic == CS_WIRE_MAGIC;
  guint    index;
  Request *request = cs_image_find_running (self, process, &index);

  if (request != NULL)
    {
      g_ptr_array_remove_index_fast (self->running, index);
      request_settle (request, answer, bytes, cs_image_process_is_late (process));
    }
  else if (!gone)
    cs_image_on_started (self, process);

  if (gone)
    {
      if (!started)
        self->failed_starts++;
      g_ptr_array_remove_fast (self->processes, process);
    }

  cs_image_pump_later (self);
}

/* One of the decoded photos is the network's */
guint
cs_image_max_helpers (void)
{
  return MIN (g_get_num_processors (), CS_IMAGE_MAX_DECODED - 1);
}

/* The helper that has a photo at hand from the last time that it was looked at */
static CsImageProcess *
cs_image_find_holder (CsImage       *self,
                      const Request *request)
{
  if (request->wire.op != CS_OP_PREVIEW || request->wire.key[0] == '\0')
    return NULL;

  for (guint i = 0; i < self->processes->len; i++)
    {
      CsImageProcess *process = self->processes->pdata[i];

      if (cs_image_process_get_state (process) != CS_IMAGE_PROCESS_GONE &&
          g_str_equal (cs_image_process_get_key (process), request->wire.key))
        return process;
    }

  return NULL;
}

/* A slider's next step waits for the helper that did the one before, unless
 * that is at something that takes longer than to begin anew
 */
static gboolean
cs_image_suits (CsImage        *self,
                CsImageProcess *process,
                const Request  *request)
{
  CsImageProcess *holder = cs_image_find_holder (self, request);
  Request        *running;
  guint           index;

  if (holder == NULL || holder == process)
    return TRUE;

  running = cs_image_find_running (self, holder, &index);

  return running != NULL && running->wire.op != CS_OP_PREVIEW;
}

static Request *
cs_image_take_for (CsImage        *self,
                   CsImageProcess *process,
                   GQueue         *queue)
{
  for (GList *l = queue->head; l != NULL; l = l->next)
    {
      Request *request = l->data;

      if (!cs_image_suits (self, process, request))
        continue;

      g_queue_delete_link (queue, l);
      return request;
    }

  return NULL;
}

/* Gives each idle helper a request, and starts another helper where there are
 * more requests than those and fewer helpers than there may be.
 */
static gboolean
cs_image_give_one (CsImage        *self,
                   CsImageProcess *process)
{
  Request *request = cs_image_take_for (self, process, &self->urgent);

  if (request == NULL)
    request = cs_image_take_for (self, process, &self->queue);
  if (request == NULL)
    return FALSE;

  if (!cs_image_process_ask (process, &request->wire, sizeof request->wire, request->fds, CS_WIRE_MAX_FDS, self->timeout_msec))
    {
      g_queue_push_head (&self->urgent, request);
      return FALSE;
    }

  if (request->wire.op == CS_OP_PREVIEW)
    cs_image_process_set_key (process, request->wire.key);
  request->image = NULL;
  request->process = process;
  g_ptr_array_add (self->running, request);

  return TRUE;
}

static void
cs_image_start_one (CsImage *self)
{
  g_autoptr (GError) error = NULL;
  CsImageProcess *process;

  if (self->failed_starts >= MAX_FAILED_STARTS)
    {
      self->failed_starts = 0;
      cs_image_reject_queued (self, G_IO_ERROR, G_IO_ERROR_FAILED,
                              _ ("The part of this program that reads photos does not start. Installing the program again may help."));
      return;
    }

  process = cs_image_process_new (CS_IMAGE_HELPER, cs_image_on_process, self, &error);
  if (process == NULL)
    {
      g_message ("Picture helper: %s", error->message);
      self->failed_starts = 0;
      cs_image_reject_queued (self, G_IO_ERROR, G_IO_ERROR_FAILED,
                              _ ("The part of this program that reads photos is missing. Installing the program again may help."));
      return;
    }

  g_ptr_array_add (self->processes, process);
}

static gboolean
cs_image_on_pump (gpointer user_data)
{
  CsImage *self = CS_IMAGE (user_data);
  guint    wanted, starting = 0;

  self->pump = 0;

  for (guint i = self->processes->len; i > 0; i--)
    {
      CsImageProcess *process = self->processes->pdata[i - 1];

      if (cs_image_process_get_state (process) == CS_IMAGE_PROCESS_IDLE)
        cs_image_give_one (self, process);
      if (cs_image_process_get_state (process) == CS_IMAGE_PROCESS_STARTING)
        starting++;
      if (cs_image_process_get_state (process) == CS_IMAGE_PROCESS_GONE)
        g_ptr_array_remove_index_fast (self->processes, i - 1);
    }

  wanted = self->queue.length + (self->waiting->len > 0);
  for (GList *l = self->urgent.head; l != NULL; l = l->next)
    wanted += cs_image_find_holder (self, l->data) == NULL;

  for (; wanted > starting && self->processes->len < cs_image_max_helpers (); starting++)
    {
      guint before = self->processes->len;

      cs_image_start_one (self);
      if (self->processes->len == before)
        break;
    }

  return G_SOURCE_REMOVE;
}

/* From the main loop: helpers are started and promises kept on its stack, not
 * on that of whichever fiber asks
 */
static void
cs_image_pump_later (CsImage *self)
{
  if (self->pump == 0)
    self->pump = g_idle_add_full (G_PRIORITY_DEFAULT, cs_image_on_pump, self, NULL);
}

static void
cs_image_dispose (GObject *object)
{
  CsImage *self = CS_IMAGE (object);

  g_clear_handle_id (&self->pump, g_source_remove);
  g_ptr_array_set_size (self->processes, 0);
  cs_image_reject_queued (self, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped"));
  while (self->running->len > 0)
    request_reject (g_ptr_array_steal_index_fast (self->running, 0),
                    G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped"));

  G_OBJECT_CLASS (cs_image_parent_class)->dispose (object);
}

static void
cs_image_finalize (GObject *object)
{
  CsImage *self = CS_IMAGE (object);

  g_clear_pointer (&self->processes, g_ptr_array_unref);
  g_clear_pointer (&self->running, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->network, cs_image_network_free);

  G_OBJECT_CLASS (cs_image_parent_class)->finalize (object);
}

static void
cs_image_class_init (CsImageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_image_dispose;
  object_class->finalize = cs_image_finalize;
}

static void
cs_image_init (CsImage *self)
{
  self->processes = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_image_process_free);
  self->running = g_ptr_array_new ();
  self->waiting = g_ptr_array_new_with_free_func (dex_unref);
  self->timeout_msec = TIMEOUT_MSEC;
  self->network = cs_image_network_new (FALSE);
  cs_image_seats_init (&self->seats);
  g_queue_init (&self->urgent);
  g_queue_init (&self->queue);
}

CsImage *
cs_image_new (void)
{
  return g_object_new (CS_TYPE_IMAGE, NULL);
}

/**
 * cs_image_set_timeout:
 *
 * Sets how long one photo may take, by the clock, before the helper that is at
 * it is killed: unless told otherwise 20 seconds, and 60 for a network.
 */
void
cs_image_set_timeout (CsImage *self,
                      guint    msec)
{
  g_return_if_fail (CS_IS_IMAGE (self));

  self->timeout_msec = msec;
  cs_image_network_set_timeout (self->network, msec);
}

static DexFuture *
cs_image_await_hello (CsImage *self)
{
  DexPromise *promise;

  for (guint i = 0; i < self->processes->len; i++)
    {
      const CsWireHello *hello = cs_image_process_get_hello (self->processes->pdata[i]);

      if (hello->magic == CS_WIRE_MAGIC)
        return dex_future_new_take_string (hello_to_json (hello));
    }

  promise = dex_promise_new ();
  g_ptr_array_add (self->waiting, dex_ref (promise));
  cs_image_pump_later (self);

  return DEX_FUTURE (promise);
}

static DexFuture *
cs_image_examine_fiber (gpointer data)
{
  CsImage *self = CS_IMAGE (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *hello = NULL;
  g_autofree char *version = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!(hello = dex_await_string (cs_image_await_hello (self), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  version = dex_await_string (cs_image_network_examine (self->network), NULL);
  node = cs_json_parse (hello, -1, NULL);
  json_object_set_string_member (cs_json_node_object (node), "network", version != NULL ? version : "");

  return dex_future_new_take_string (cs_json_canonical (node));
}

/**
 * cs_image_examine:
 *
 * For "doctor": starts helpers where none are up, and asks what they can read
 * and how they are closed in.
 *
 * Returns: a future that resolves to canonical JSON: {"formats":["image/jpeg", …],
 *   "landlock":7,"network":"1.21.0","seccomp":true,"text":"eng+chi_sim"};
 *   landlock is 0 where the kernel has none, network "" where there is no ONNX Runtime
 */
DexFuture *
cs_image_examine (CsImage *self)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));

  return cs_fiber_spawn (cs_image_examine_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
cs_image_pass (DexFuture *future,
               gpointer   user_data)
{
  return dex_ref (future);
}

/* What a person waits for in front of the screen */
static gboolean
wire_is_urgent (const CsWireRequest *wire)
{
  return wire->op == CS_OP_DECODE || wire->op == CS_OP_PREVIEW || wire->op == CS_OP_CHANGES || wire->op == CS_OP_MASK;
}

DexFuture *
cs_image_ask (CsImage             *self,
              const CsWireRequest *wire,
              const int           *fds)
{
  Request *request;

  for (CsWireFd which = 0; which < CS_WIRE_MAX_FDS; which++)
    {
      gboolean   wanted = which == CS_FD_PHOTO && wire->op != CS_OP_MASK;
      DexFuture *refused = wanted || fds[which] >= 0 ? cs_image_refuse_file (fds[which]) : NULL;

      if (refused != NULL)
        return refused;
    }

  request = request_new (self, wire, fds);
  g_queue_push_tail (wire_is_urgent (wire) ? &self->urgent : &self->queue, request);
  cs_image_pump_later (self);

  /* A step in between: when it is dropped, the promise is told */
  return dex_future_finally (dex_ref (DEX_FUTURE (request->promise)), cs_image_pass, NULL, NULL);
}

CsImageNetwork *
cs_image_get_network (CsImage *self)
{
  return self->network;
}

CsImageSeats *
cs_image_get_seats (CsImage *self)
{
  return &self->seats;
}
