/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-edit-engine.h"
#include "cs-edit-painting.h"
#include "cs-edit-scenes.h"
#include "cs-edit-sending.h"
#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-find-product.h"
#include "cs-hash.h"
#include "cs-picture-engine.h"

/* Where the product is, is found here; what stands around it is asked for; and the
 * picture is then made by the very engine that makes all the others, with what
 * came back as its background. So nothing that a model sends ever reaches the
 * product's pixels, and everything that the person can set goes on working.
 */

/* Behind the embedded engine's, which costs nothing */
#define VARIANT 2

struct _CsEditEngine
{
  CsModelEngine parent_instance;

  CsEngine *pictures; /* makes the pictures, once there is a background */
};

G_DEFINE_FINAL_TYPE (CsEditEngine, cs_edit_engine, CS_TYPE_MODEL_ENGINE)

typedef struct
{
  CsEditEngine       *engine;
  const CsModelParts *parts; /* the engine's */
  CsEngineRequest    *request;
  GCancellable       *cancellable;
  CsEditProfile      *profile;
  GPtrArray          *paintings; /* CsEditPainting */
  char               *obstacle;  /* the first reason why there was no scene, or NULL */
  char               *input;

  /* What is read again */
  GBytes *reply;
  gint64  sent;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->engine);
  g_clear_pointer (&work->request, cs_engine_request_unref);
  g_clear_object (&work->cancellable);
  g_clear_pointer (&work->paintings, g_ptr_array_unref);
  g_clear_pointer (&work->profile, cs_edit_profile_free);
  g_clear_pointer (&work->reply, g_bytes_unref);
  g_free (work->obstacle);
  g_free (work->input);
  g_free (work);
}

static Work *
work_new (CsEditEngine    *self,
          CsEngineRequest *request,
          GCancellable    *cancellable)
{
  Work *work = g_new0 (Work, 1);

  work->engine = g_object_ref (self);
  work->parts = cs_model_engine_get_parts (CS_MODEL_ENGINE (self));
  work->request = request != NULL ? cs_engine_request_ref (request) : NULL;
  work->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  work->profile = cs_edit_profile_new (work->parts->provider->profile);
  work->paintings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_edit_painting_free);
  if (request != NULL)
    work->input = cs_engine_dup_input (CS_ENGINE (self), request);

  return work;
}

static gboolean
is_cancelled (GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
note_obstacle (Work          *work,
               CsEnginePhoto *photo,
               const char    *sentence)
{
  g_set_str (&photo->trouble, sentence);
  if (work->obstacle == NULL)
    work->obstacle = g_strdup (sentence);
}

/* Everything that can be done before anything goes out, of those that are wanted
 * and still open.
 * FALSE where it was stopped; one photo that cannot be prepared costs that photo.
 */
static gboolean
prepare (Work    *work,
         GError **error)
{
  for (guint i = 0; work->request->photos != NULL && i < work->request->photos->len; i++)
    {
      CsEnginePhoto     *photo = work->request->photos->pdata[i];
      g_autoptr (CsEditPainting) painting = NULL;
      g_autofree char   *obstacle = NULL;
      g_autoptr (GError) reason = NULL;

      if (!photo->wanted || photo->decided)
        continue;
      if (g_cancellable_set_error_if_cancelled (work->cancellable, error) ||
          !cs_find_product (work->parts->image, work->request, photo, error))
        return FALSE;

      painting = cs_edit_painting_new (work->parts, work->profile, work->request, photo);
      if ((obstacle = cs_edit_painting_find_obstacle (painting, work->request)))
        note_obstacle (work, photo, obstacle);
      else if (cs_edit_painting_prepare (painting, work->parts->image, &reason))
        g_ptr_array_add (work->paintings, g_steal_pointer (&painting));
      else if (is_cancelled (reason))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      else
        note_obstacle (work, photo, reason->message);
    }

  if (work->obstacle == NULL && work->paintings->len == 0)
    work->obstacle = work->request->photos != NULL && work->request->photos->len > 0
                       ? g_strdup (_ ("Its pictures are decided. Take a decision back to have a scene painted."))
                       : g_strdup (_ ("There is no photo to paint a scene for."));

  return TRUE;
}

static void
plan_texts (Work        *work,
            CsModelPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) keys = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; i < work->paintings->len; i++)
    {
      CsEditPainting  *painting = work->paintings->pdata[i];
      g_autofree char *key = cs_edit_order_dup_key (&painting->order);

      if (g_strcmp0 (painting->order.prompt, last) != 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", painting->order.prompt);
      last = painting->order.prompt;
      g_string_append_printf (keys, "%s%s", keys->len > 0 ? "\n" : "", key);
      g_ptr_array_add (plan->pictures, g_bytes_ref (painting->order.picture));
    }

  plan->text = g_strdup (text->str);
  if (work->paintings->len > 0)
    plan->key = g_strdup (keys->str);
}

static DexFuture *
plan_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (CsModelPlan) plan = cs_model_plan_new ();
  g_autoptr (GError) error = NULL;

  if (!prepare (work, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  plan->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  plan->makes = work->paintings->len;
  plan_texts (work, plan);
  /* Nothing goes: it is said why */
  if (work->paintings->len == 0)
    g_set_str (&plan->text, work->obstacle);

  return dex_future_new_take_boxed (CS_TYPE_MODEL_PLAN, g_steal_pointer (&plan));
}

static DexFuture *
cs_edit_engine_plan (CsModelEngine   *engine,
                     CsEngineRequest *request)
{
  return cs_fiber_spawn (plan_fiber, work_new (CS_EDIT_ENGINE (engine), request, NULL), work_free);
}

static CsEditPainting *
find_painting (Work  *work,
               gint64 photo)
{
  for (guint i = 0; i < work->paintings->len; i++)
    {
      CsEditPainting *painting = work->paintings->pdata[i];

      if (painting->photo->photo->id == photo)
        return painting;
    }

  return NULL;
}

static void
add_line (GString    *text,
          const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
}

/* What the maker said of the picture, and before it what a model had to do with it */
static void
describe (Work           *work,
          CsEditPainting *painting,
          CsSuggestion   *suggestion)
{
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *by = g_strdup_printf (_ ("The background was painted by %s"), work->parts->setup->title);

  if (painting->usable)
    {
      g_strv_builder_add (remarks, by);
      add_line (text, by);
    }
  if (painting->sentence != NULL)
    {
      g_strv_builder_add (remarks, painting->sentence);
      add_line (text, painting->sentence);
    }
  if (painting->usable && suggestion->remarks != NULL)
    g_strv_builder_addv (remarks, (const char **) suggestion->remarks);
  if (painting->usable && suggestion->text != NULL)
    add_line (text, suggestion->text);

  g_strfreev (suggestion->remarks);
  suggestion->remarks = g_strv_builder_end (remarks);
  g_set_str (&suggestion->text, text->str);
}

static void
claim (Work           *work,
       CsEditPainting *painting,
       CsSuggestion   *suggestion)
{
  g_set_str (&suggestion->engine, work->parts->setup->id);
  g_set_str (&suggestion->input, work->input);
  suggestion->variant = VARIANT;
  suggestion->sent = painting->sent;
  suggestion->abstains = !painting->usable;
  describe (work, painting, suggestion);
  cs_suggestion_seal (suggestion);
}

/* The pictures with what was painted behind the product, by the engine that makes
 * all pictures. Resolves to the suggestions.
 */
static DexFuture *
finish (Work    *work,
        GError **error)
{
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (gboolean));
  GPtrArray *photos = work->request->photos;

  for (guint i = 0; i < photos->len; i++)
    {
      CsEnginePhoto *photo = photos->pdata[i];

      g_array_append_val (wanted, photo->wanted);
      photo->wanted = find_painting (work, photo->photo->id) != NULL;
    }

  if (work->engine->pictures == NULL)
    work->engine->pictures = cs_picture_engine_new (work->parts->image);
  suggestions = dex_await_boxed (cs_engine_suggest (work->engine->pictures, work->request, work->cancellable), error);
  for (guint i = 0; i < photos->len; i++)
    ((CsEnginePhoto *) photos->pdata[i])->wanted = g_array_index (wanted, gboolean, i);
  if (suggestions == NULL)
    return NULL;

  for (guint i = 0; i < suggestions->len; i++)
    claim (work, find_painting (work, ((CsSuggestion *) suggestions->pdata[i])->photo), suggestions->pdata[i]);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&suggestions));
}

/* Asks for one scene and takes what comes. FALSE with an error. */
static gboolean
paint (Work           *work,
       CsEditPainting *painting,
       GError        **error)
{
  g_autofree char *settings = cs_picture_settings_to_json (&painting->settings);
  g_autofree char *mask = painting->photo->mask_hash != NULL ? g_strdup (painting->photo->mask_hash) : g_strdup ("");
  CsEditSending    sending = {
    .parts = work->parts,
    .order = &painting->order,
    .product = work->request->product->id,
    .about = { painting->photo->photo->hash, mask, settings, painting->order.model, painting->order.width, painting->order.height, NULL },
    .cancellable = work->cancellable,
  };
  g_auto (CsEditReply) reply = { 0 };
  g_autoptr (GBytes) kept = NULL;
  gboolean done = cs_edit_sending_run (&sending, error);

  kept = sending.reply;
  painting->sent = sending.sent;
  if (!done)
    return FALSE;

  if (!cs_edit_reply_unpack (&reply, kept))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, _ ("What was kept of the model’s answer cannot be read any more."));
      return FALSE;
    }

  return cs_edit_painting_take (painting, work->parts->image, &reply, error);
}

/* A scene that cannot be had costs that photo; what would be so with every other
 * photo ends it
 */
static gboolean
ends_all (GError *error)
{
  return is_cancelled (error) ||
         g_error_matches (error, CS_ERROR, CS_ERROR_BUDGET) ||
         g_error_matches (error, CS_ERROR, CS_ERROR_NOT_ALLOWED) ||
         g_error_matches (error, CS_ERROR, CS_ERROR_SIGN_IN) ||
         g_error_matches (error, CS_ERROR, CS_ERROR_LATER);
}

static DexFuture *
suggest_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) first = NULL;
  DexFuture *future;

  if (work->parts->setup->never_photos)
    return cs_fiber_refuse (CS_ERROR_NOT_ALLOWED, "%s", _ ("This model may never be sent photos, so it cannot paint scenes. Allow it in its settings."));

  if (!prepare (work, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < work->paintings->len;)
    {
      CsEditPainting *painting = work->paintings->pdata[i];

      if (paint (work, painting, &error))
        {
          i++;
          continue;
        }

      g_info ("No scene for %s: %s", painting->photo->photo->name, error->message);
      note_obstacle (work, painting->photo, error->message);
      g_ptr_array_remove_index (work->paintings, i);
      if (first == NULL)
        first = g_error_copy (error);
      if (ends_all (error))
        break;
      g_clear_error (&error);
    }

  /* What was paid for before it ended is not thrown away, but a stop is a stop */
  if (error != NULL && (is_cancelled (error) || work->paintings->len == 0))
    return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint i = work->paintings->len; error != NULL && i > 0; i--)
    if (((CsEditPainting *) work->paintings->pdata[i - 1])->sent == 0)
      g_ptr_array_remove_index (work->paintings, i - 1);
  g_clear_error (&error);

  if (work->paintings->len == 0)
    return first != NULL ? dex_future_new_for_error (g_steal_pointer (&first))
                         : cs_fiber_refuse (CS_ERROR_REFUSED, "%s", work->obstacle);

  future = finish (work, &error);

  return future != NULL ? future : dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
cs_edit_engine_suggest (CsEngine        *engine,
                        CsEngineRequest *request,
                        GCancellable    *cancellable)
{
  return cs_fiber_spawn_disowned (suggest_fiber, work_new (CS_EDIT_ENGINE (engine), request, cancellable), work_free);
}

static CsEnginePhoto *
find_photo (Work       *work,
            const char *hash)
{
  for (guint i = 0; work->request->photos != NULL && i < work->request->photos->len; i++)
    {
      CsEnginePhoto *photo = work->request->photos->pdata[i];

      if (g_strcmp0 (photo->photo->hash, hash) == 0)
        return photo;
    }

  return NULL;
}

/* As it was asked for then, whatever is set now: the scene fits that alone */
static DexFuture *
read_fiber (gpointer data)
{
  Work *work = data;
  g_auto (CsEditReply) reply = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *obstacle = NULL;
  CsPictureSettings asked;
  CsEnginePhoto   *photo;
  CsEditPainting  *painting;
  DexFuture       *future;

  if (!cs_edit_reply_unpack (&reply, work->reply))
    return cs_fiber_refuse (CS_ERROR_UNREADABLE, "%s", _ ("What was kept of the model’s answer cannot be read any more."));

  /* The photo may have gone to another product meanwhile */
  if (!(photo = find_photo (work, reply.photo)))
    return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref));

  g_set_str (&photo->settings, reply.settings);
  painting = cs_edit_painting_new (work->parts, work->profile, work->request, photo);
  painting->sent = work->sent;
  /* What was taken away then is not put back now */
  if (cs_picture_settings_from_json (&asked, reply.settings))
    painting->settings.mark = asked.mark;
  g_ptr_array_add (work->paintings, painting);
  if (!cs_find_product (work->parts->image, work->request, photo, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if ((obstacle = cs_edit_painting_find_obstacle (painting, work->request)))
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", obstacle);

  if (!cs_edit_painting_take (painting, work->parts->image, &reply, &error) || !(future = finish (work, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return future;
}

static DexFuture *
cs_edit_engine_read (CsModelEngine   *engine,
                     CsEngineRequest *request,
                     GBytes          *reply,
                     gint64           sent)
{
  Work *work = work_new (CS_EDIT_ENGINE (engine), request, NULL);

  work->reply = g_bytes_ref (reply);
  work->sent = sent;

  return cs_fiber_spawn (read_fiber, work, work_free);
}

static DexFuture *
try_fiber (gpointer data)
{
  Work *work = data;
  g_auto (CsEditOrder) order = {
    .profile = work->profile,
    .address = g_strdup (work->parts->setup->address),
    .model = g_strdup (work->parts->setup->model),
    .prompt = g_strdup ("-"),
  };
  CsEditSending sending = { .parts = work->parts, .order = &order, .cancellable = work->cancellable };
  g_autoptr (GError) error = NULL;

  cs_edit_profile_choose_size (work->profile, 1, &order.width, &order.height);
  if (!cs_edit_sending_try (&sending, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (g_strdup_printf (_ ("%s answers and takes the key. Nothing was painted, so nothing was spent."),
                                                      work->parts->name));
}

static DexFuture *
cs_edit_engine_try (CsModelEngine *engine,
                    GCancellable  *cancellable)
{
  return cs_fiber_spawn_disowned (try_fiber, work_new (CS_EDIT_ENGINE (engine), NULL, cancellable), work_free);
}

/* Everything that decides what is asked for, and what is made of it */
static char *
cs_edit_engine_dup_input (CsEngine        *engine,
                          CsEngineRequest *request)
{
  const CsModelParts *parts = cs_model_engine_get_parts (CS_MODEL_ENGINE (engine));
  g_autoptr (GString) all = g_string_new (CS_EDIT_ENGINE_VERSION "\n" CS_PICTURE_ENGINE_VERSION);

  g_string_append_printf (all, "\n%s %s\n%s\n%s", parts->setup->address, parts->setup->model,
                          parts->provider->profile != NULL ? parts->provider->profile : "",
                          request->network != NULL ? request->network : "");
  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto *photo = request->photos->pdata[i];
      const char    *recipe = photo->settings != NULL ? photo->settings : request->standard;

      g_string_append_printf (all, "\n%" G_GINT64_FORMAT " %s %d %s", photo->photo->id, photo->photo->hash,
                              photo->wanted != FALSE, recipe != NULL ? recipe : "");
    }

  return cs_hash_data (all->str, all->len);
}

static void
cs_edit_engine_dispose (GObject *object)
{
  g_clear_object (&CS_EDIT_ENGINE (object)->pictures);

  G_OBJECT_CLASS (cs_edit_engine_parent_class)->dispose (object);
}

static void
cs_edit_engine_class_init (CsEditEngineClass *klass)
{
  GObjectClass       *object_class = G_OBJECT_CLASS (klass);
  CsEngineClass      *engine_class = CS_ENGINE_CLASS (klass);
  CsModelEngineClass *model_class = CS_MODEL_ENGINE_CLASS (klass);

  object_class->dispose = cs_edit_engine_dispose;
  engine_class->dup_input = cs_edit_engine_dup_input;
  engine_class->suggest = cs_edit_engine_suggest;
  model_class->plan = cs_edit_engine_plan;
  model_class->read = cs_edit_engine_read;
  model_class->try = cs_edit_engine_try;
}

static void
cs_edit_engine_init (CsEditEngine *self)
{
}

CsEngine *
cs_edit_engine_new (void)
{
  return g_object_new (CS_TYPE_EDIT_ENGINE, NULL);
}
