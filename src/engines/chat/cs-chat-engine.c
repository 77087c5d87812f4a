/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-chat-engine-private.h"
#include "cs-chat-suggest.h"
#include "cs-chat-talk.h"
#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-ground.h"
#include "cs-hash.h"
#include "cs-json.h"

/* Part of every input hash: raise it when the same facts would be asked about
 * differently
 */
#define VERSION "chat/1"

/* As facts D3.9 has it: enough to read a label, and what most take */
#define PHOTO_SIDE    1536
#define PHOTO_QUALITY 85
#define TRY_OUTPUT    400

struct _CsChatEngine
{
  CsModelEngine parent_instance;

  guint pace;
};

G_DEFINE_FINAL_TYPE (CsChatEngine, cs_chat_engine, CS_TYPE_MODEL_ENGINE)

/* What one asking works with, on the main thread */
typedef struct
{
  CsChatEngine    *self;
  CsEngineRequest *request; /* or NULL: a try */
  GCancellable    *cancellable;
  GBytes          *kept;
  gint64           sent;
  gboolean         planned; /* nothing is sent: what would go once the person agrees */
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->self);
  g_clear_pointer (&work->request, cs_engine_request_unref);
  g_clear_object (&work->cancellable);
  g_clear_pointer (&work->kept, g_bytes_unref);
  g_free (work);
}

static Work *
work_new (CsChatEngine    *self,
          CsEngineRequest *request,
          GCancellable    *cancellable)
{
  Work *work = g_new0 (Work, 1);

  work->self = g_object_ref (self);
  work->request = request != NULL ? cs_engine_request_ref (request) : NULL;
  work->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  return work;
}

static const CsModelParts *
get_parts (CsChatEngine *self)
{
  return cs_model_engine_get_parts (CS_MODEL_ENGINE (self));
}

/* Photos go where the person agreed that they go, to models that can see. Before
 * anything was agreed to, a plan shows them: that is what is asked.
 */
static gboolean
sends_photos (CsChatEngine *self,
              gboolean      planned)
{
  const CsModelParts *parts = get_parts (self);
  CsEngineSetup      *setup = parts->setup;
  GPtrArray          *models = parts->provider->models;

  if (setup->never_photos || !(setup->may_photos || (planned && !setup->may_text)))
    return FALSE;

  for (guint i = 0; models != NULL && i < models->len; i++)
    {
      CsProviderModel *model = models->pdata[i];

      if (g_strcmp0 (model->id, setup->model) == 0)
        return model->sees;
    }

  return TRUE;
}

static CsChatProfile *
make_profile (CsChatEngine *self)
{
  const CsModelParts *parts = get_parts (self);

  return cs_chat_profile_new (parts->provider->profile, cs_model_engine_get_learned (CS_MODEL_ENGINE (self)),
                              parts->setup->address, parts->setup->model);
}

static void
append_input (GString    *all,
              const char *text)
{
  /* With its length before it, two values cannot be taken for one */
  g_string_append_printf (all, "%" G_GSIZE_FORMAT ":%s\n", text != NULL ? strlen (text) : 0, text != NULL ? text : "");
}

static char *
cs_chat_engine_dup_input (CsEngine        *engine,
                          CsEngineRequest *request)
{
  CsChatEngine *self = CS_CHAT_ENGINE (engine);
  const CsModelParts *parts = get_parts (self);
  gboolean      photos = sends_photos (self, FALSE);
  g_autoptr (GString) all = g_string_new (VERSION "\n");
  g_autoptr (CsEvidence) facts = cs_ground_gather (request);
  g_autoptr (CsChatPrompt) prompt = cs_chat_prompt_new (request, facts, 0);

  append_input (all, parts->setup->address);
  append_input (all, parts->setup->model);
  append_input (all, prompt->system);
  append_input (all, prompt->user);
  for (guint i = 0; photos && request->photos != NULL && i < request->photos->len; i++)
    append_input (all, ((CsEnginePhoto *) request->photos->pdata[i])->photo->hash);

  return cs_hash_data (all->str, all->len);
}

static DexFuture *
gather_compute (gpointer data)
{
  return dex_future_new_take_boxed (CS_TYPE_EVIDENCE, cs_ground_gather (data));
}

typedef struct
{
  CsEngineRequest *request;
  DexFuture       *future;
} Render;

static void
render_free (Render *render)
{
  cs_engine_request_unref (render->request);
  dex_unref (render->future);
  g_free (render);
}

/* Its file stays open until the helper is done with it, also where nobody waits any more */
static DexFuture *
render_fiber (gpointer data)
{
  Render *render = data;

  dex_await (dex_ref (render->future), NULL);

  return dex_ref (render->future);
}

static DexFuture *
begin_render (CsChatEngine  *self,
              CsChatTalk    *talk,
              CsEnginePhoto *photo)
{
  Render    *render = g_new0 (Render, 1);
  DexFuture *future;

  render->request = cs_engine_request_ref (talk->request);
  render->future = cs_image_render (get_parts (self)->image, photo->fd, PHOTO_SIDE, PHOTO_QUALITY);
  future = cs_fiber_spawn_disowned (render_fiber, render, (GDestroyNotify) render_free);

  return talk->stopped != NULL ? dex_future_first (future, dex_ref (talk->stopped), NULL) : future;
}

/* As it goes: upright, scaled, stripped. One that cannot be made stays here. */
static void
add_photo (CsChatEngine  *self,
           CsChatTalk    *talk,
           CsEnginePhoto *photo)
{
  g_autoptr (CsPicture) picture = dex_await_boxed (begin_render (self, talk, photo), NULL);
  gint64 pixels;

  if (picture == NULL || picture->file == NULL)
    return;

  pixels = (gint64) picture->width * picture->height;
  g_ptr_array_add (talk->pictures, g_bytes_ref (picture->file));
  g_ptr_array_add (talk->hashes, g_strdup (photo->photo->hash));
  g_array_append_val (talk->sizes, pixels);
  g_array_append_val (talk->photos, photo->photo->id);
}

static gboolean
add_photos (Work       *work,
            CsChatTalk *talk,
            GError    **error)
{
  CsChatEngine *self = work->self;
  GPtrArray    *photos = work->request->photos;

  talk->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  talk->hashes = g_ptr_array_new_with_free_func (g_free);
  talk->sizes = g_array_new (FALSE, FALSE, sizeof (gint64));
  talk->photos = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (get_parts (self)->image == NULL || !sends_photos (self, work->planned))
    return TRUE;

  for (guint i = 0; photos != NULL && i < photos->len && talk->pictures->len < talk->profile->most_pictures; i++)
    {
      CsEnginePhoto *photo = photos->pdata[i];

      if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
        return FALSE;
      if (photo->fd >= 0)
        add_photo (self, talk, photo);
    }

  return TRUE;
}

static CsChatTalk *
make_talk (Work    *work,
           GError **error)
{
  g_autoptr (CsChatTalk) talk = cs_chat_talk_new (CS_MODEL_ENGINE (work->self));

  talk->profile = make_profile (work->self);
  talk->pace = work->self->pace;
  talk->product = work->request->product->id;
  talk->request = cs_engine_request_ref (work->request);
  if (work->request->drafting != NULL)
    talk->drafting = g_object_ref (work->request->drafting);
  if (work->cancellable != NULL)
    talk->stopped = dex_cancellable_new_from_cancellable (work->cancellable);

  if (!(talk->facts = dex_await_boxed (cs_fiber_compute (gather_compute, cs_engine_request_ref (work->request), (GDestroyNotify) cs_engine_request_unref), error)) ||
      !add_photos (work, talk, error))
    return NULL;

  cs_chat_talk_set_photos (talk, talk->pictures->len);

  return g_steal_pointer (&talk);
}

/* Plain data for another thread */
typedef struct
{
  CsEngineRequest *request;
  GBytes          *kept;
  char            *engine;
  char            *input;
  gint64           sent;
} Reading;

static void
reading_free (Reading *reading)
{
  cs_engine_request_unref (reading->request);
  g_bytes_unref (reading->kept);
  g_free (reading->engine);
  g_free (reading->input);
  g_free (reading);
}

static DexFuture *
read_compute (gpointer data)
{
  Reading   *reading = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *suggestions = cs_chat_suggest (reading->request, reading->kept, reading->engine, reading->input, reading->sent, &error);

  if (suggestions == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, suggestions);
}

static DexFuture *
begin_reading (CsChatEngine    *self,
               CsEngineRequest *request,
               GBytes          *kept,
               gint64           sent)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->request = cs_engine_request_ref (request);
  reading->kept = g_bytes_ref (kept);
  reading->engine = g_strdup (cs_engine_get_id (CS_ENGINE (self)));
  reading->input = cs_engine_dup_input (CS_ENGINE (self), request);
  reading->sent = sent;

  return cs_fiber_compute (read_compute, reading, (GDestroyNotify) reading_free);
}

static gboolean
ask (Work         *work,
     CsChatAnswer *answer,
     GError      **error)
{
  g_autoptr (CsChatTalk) talk = make_talk (work, error);
  gboolean asked = talk != NULL && cs_chat_talk_run (talk, answer, error);

  if (work->request->drafting != NULL)
    cs_drafting_finish (work->request->drafting);

  return asked;
}

/* request is kept by this fiber until the computing one let it go: what it holds
 * of the main thread ends here
 */
static DexFuture *
suggest_fiber (gpointer data)
{
  Work *work = data;
  g_auto (CsChatAnswer) answer = { NULL, 0 };
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;

  if (!ask (work, &answer, &error) ||
      !(suggestions = dex_await_boxed (begin_reading (work->self, work->request, answer.kept, answer.sent), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&suggestions));
}

static DexFuture *
refuse_without_parts (CsChatEngine *self)
{
  const CsModelParts *parts = get_parts (self);

  if (parts->setup == NULL || parts->http == NULL || parts->meter == NULL || parts->setup->address == NULL || parts->setup->model == NULL)
    return cs_fiber_refuse (CS_ERROR_REFUSED, _("This model has no address or no name. Open its settings."));

  return NULL;
}

static DexFuture *
cs_chat_engine_suggest (CsEngine        *engine,
                        CsEngineRequest *request,
                        GCancellable    *cancellable)
{
  CsChatEngine *self = CS_CHAT_ENGINE (engine);
  DexFuture    *refused = refuse_without_parts (self);

  if (refused != NULL)
    return refused;

  /* Once it was sent it is paid for: what comes of it is kept, whoever waits */
  return cs_fiber_spawn_disowned (suggest_fiber, work_new (self, request, cancellable), (GDestroyNotify) work_free);
}

static char *
make_plan_text (CsChatPrompt *prompt)
{
  return g_strdup_printf ("%s\n\n%s", prompt->system, prompt->user);
}

static DexFuture *
plan_fiber (gpointer data)
{
  Work     *work = data;
  g_autoptr (CsChatTalk) talk = NULL;
  g_autoptr (CsModelPlan) plan = cs_model_plan_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  CsSending sending;

  if (!(talk = make_talk (work, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  body = cs_chat_talk_make_body (talk, &sending);
  plan->text = make_plan_text (talk->prompt);
  plan->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < talk->n_photos; i++)
    g_ptr_array_add (plan->pictures, g_bytes_ref (talk->pictures->pdata[i]));
  plan->input = sending.input;
  plan->output = sending.output;
  plan->key = sending.key;

  return dex_future_new_take_boxed (CS_TYPE_MODEL_PLAN, g_steal_pointer (&plan));
}

static DexFuture *
cs_chat_engine_plan (CsModelEngine   *engine,
                     CsEngineRequest *request)
{
  Work *work = work_new (CS_CHAT_ENGINE (engine), request, NULL);

  work->planned = TRUE;

  return cs_fiber_spawn (plan_fiber, work, (GDestroyNotify) work_free);
}

/* Whoever computes may let the request go last; what it holds of the main thread must not end there */
static DexFuture *
read_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *suggestions = dex_await_boxed (begin_reading (work->self, work->request, work->kept, work->sent), &error);

  if (suggestions == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, suggestions);
}

static DexFuture *
cs_chat_engine_read (CsModelEngine   *engine,
                     CsEngineRequest *request,
                     GBytes          *reply,
                     gint64           sent)
{
  Work *work = work_new (CS_CHAT_ENGINE (engine), request, NULL);

  work->kept = g_bytes_ref (reply);
  work->sent = sent;

  return cs_fiber_spawn (read_fiber, work, (GDestroyNotify) work_free);
}

static DexFuture *
try_fiber (gpointer data)
{
  Work *work = data;
  const CsModelParts *parts = get_parts (work->self);
  g_autoptr (CsChatTalk) talk = cs_chat_talk_new (CS_MODEL_ENGINE (work->self));
  g_auto (CsChatAnswer) answer = { NULL, 0 };
  g_autoptr (GError) error = NULL;

  talk->only_try = TRUE;
  talk->profile = make_profile (work->self);
  talk->output = TRY_OUTPUT;
  talk->pace = work->self->pace;
  if (work->cancellable != NULL)
    talk->stopped = dex_cancellable_new_from_cancellable (work->cancellable);
  talk->prompt = g_new0 (CsChatPrompt, 1);
  talk->prompt->language = g_strdup ("en");
  talk->prompt->user = g_strchomp (cs_chat_prompt_load ("en", "try"));

  if (!cs_chat_talk_run (talk, &answer, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (g_strdup_printf (_("%s answers: “%s” is ready."), parts->name, parts->setup->model));
}

static DexFuture *
cs_chat_engine_try (CsModelEngine *engine,
                    GCancellable  *cancellable)
{
  CsChatEngine *self = CS_CHAT_ENGINE (engine);
  DexFuture    *refused = refuse_without_parts (self);

  if (refused != NULL)
    return refused;

  return cs_fiber_spawn_disowned (try_fiber, work_new (self, NULL, cancellable), (GDestroyNotify) work_free);
}

static void
cs_chat_engine_class_init (CsChatEngineClass *klass)
{
  CsEngineClass      *engine_class = CS_ENGINE_CLASS (klass);
  CsModelEngineClass *model_class = CS_MODEL_ENGINE_CLASS (klass);

  engine_class->dup_input = cs_chat_engine_dup_input;
  engine_class->suggest = cs_chat_engine_suggest;
  model_class->plan = cs_chat_engine_plan;
  model_class->read = cs_chat_engine_read;
  model_class->try = cs_chat_engine_try;
}

static void
cs_chat_engine_init (CsChatEngine *self)
{
  self->pace = 1000;
}

CsEngine *
cs_chat_engine_new (void)
{
  return g_object_new (CS_TYPE_CHAT_ENGINE, NULL);
}

void
cs_chat_engine_set_pace (CsChatEngine *self,
                         guint         msec)
{
  g_return_if_fail (CS_IS_CHAT_ENGINE (self));

  self->pace = msec;
}
