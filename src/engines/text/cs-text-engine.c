/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-compose.h"
#include "cs-fiber.h"
#include "cs-hash.h"
#include "cs-text-engine.h"

/* Part of every input hash: raise it when the same facts would be written
 * differently
 */
#define VERSION "text/3"

struct _CsTextEngine
{
  CsEngine parent_instance;
};

G_DEFINE_FINAL_TYPE (CsTextEngine, cs_text_engine, CS_TYPE_ENGINE)

static void
append_input (GString    *all,
              const char *text)
{
  /* With its length before it, two values cannot be taken for one */
  g_string_append_printf (all, "%" G_GSIZE_FORMAT ":%s\n", text != NULL ? strlen (text) : 0, text != NULL ? text : "");
}

static void
append_list (GString    *all,
             const char *name,
             char      **list)
{
  append_input (all, name);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    append_input (all, list[i]);
}

/* Only what texts are composed with; nothing at all where there is nothing of it, so
 * that who never told how they write gets nothing made anew
 */
static void
append_hand (GString *all,
             CsHand  *hand)
{
  if (hand == NULL || hand->off ||
      ((hand->pinned == NULL || hand->pinned[0] == NULL) && (hand->never == NULL || hand->never[0] == NULL) &&
       (hand->order == NULL || hand->order[0] == NULL)))
    return;

  append_list (all, "pinned", hand->pinned);
  append_list (all, "never", hand->never);
  append_list (all, "order", hand->order);
}

static char *
cs_text_engine_dup_input (CsEngine        *engine,
                          CsEngineRequest *request)
{
  static const CsField fields[] = {
    CS_FIELD_TITLE,
    CS_FIELD_DESCRIPTION,
    CS_FIELD_BULLETS,
    CS_FIELD_NOTE,
    CS_FIELD_BRAND,
    CS_FIELD_MATERIAL,
    CS_FIELD_SIZE,
    CS_FIELD_CATEGORY,
  };
  g_autoptr (GString) all = g_string_new (VERSION "\n");

  /* The language of the window decides where nothing is written */
  append_input (all, g_get_language_names ()[0]);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    append_input (all, request->product->values[fields[i]]);

  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto *photo = request->photos->pdata[i];

      g_string_append_printf (all, "%" G_GINT64_FORMAT "\n", photo->photo->id);
      append_input (all, photo->photo->name);
      append_input (all, photo->photo->folder);
      append_input (all, photo->reading);
    }

  append_hand (all, request->hand);

  return cs_hash_data (all->str, all->len);
}

/* Stands where the title would: what is missing, in plain words */
static CsSuggestion *
make_question (CsFacts         *facts,
               CsEngineRequest *request)
{
  CsSuggestion *question = cs_suggestion_new ();
  GPtrArray    *known = facts->terms;

  question->product = request->product->id;
  question->field = CS_FIELD_TITLE;
  question->engine = g_strdup ("text");
  question->variant = 1;
  question->is_question = TRUE;
  question->text = g_strdup (known->len > 0 && !cs_facts_has (facts, CS_ROLE_VIEW) && cs_facts_has (facts, CS_ROLE_MATERIAL)
                               ? _ ("What is it? Add the word for it to your note, for example: fruit basket")
                               : _ ("What is it? Write a few words in the note, for example: handmade bamboo fruit basket, diameter 28cm"));
  question->language = g_strdup (facts->script == CS_SCRIPT_HAN ? "zh" : "en");
  question->remarks = g_new0 (char *, 1);

  return question;
}

typedef struct
{
  CsEngineRequest *request;
  GCancellable    *cancellable;
  char            *input;
} Work;

static void
work_free (Work *work)
{
  g_clear_pointer (&work->request, cs_engine_request_unref);
  g_clear_object (&work->cancellable);
  g_free (work->input);
  g_free (work);
}

static DexFuture *
compose (gpointer data)
{
  Work *work = data;
  g_autoptr (GPtrArray) suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_autoptr (CsFacts) facts = NULL;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (work->cancellable, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  facts = cs_facts_gather (work->request);

  if (cs_facts_has (facts, CS_ROLE_PRODUCT))
    cs_compose_titles (facts, work->request, suggestions);
  else
    g_ptr_array_add (suggestions, make_question (facts, work->request));

  cs_compose_description (facts, work->request, suggestions);
  cs_compose_bullets (facts, work->request, suggestions);
  cs_compose_keywords (facts, work->request, suggestions);
  cs_compose_alt_texts (facts, work->request, suggestions);

  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];

      if (suggestion->remarks == NULL)
        suggestion->remarks = g_new0 (char *, 1);
      suggestion->input = g_strdup (work->input);
      cs_suggestion_seal (suggestion);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&suggestions));
}

static DexFuture *
cs_text_engine_suggest (CsEngine        *engine,
                        CsEngineRequest *request,
                        GCancellable    *cancellable)
{
  Work *work = g_new0 (Work, 1);

  work->request = cs_engine_request_ref (request);
  work->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  work->input = cs_text_engine_dup_input (engine, request);

  return cs_fiber_compute (compose, work, (GDestroyNotify) work_free);
}

static const char *
cs_text_engine_get_id (CsEngine *engine)
{
  return "text";
}

static const char *
cs_text_engine_get_title (CsEngine *engine)
{
  return _ ("Built-in texts");
}

static void
cs_text_engine_class_init (CsTextEngineClass *klass)
{
  CsEngineClass *engine_class = CS_ENGINE_CLASS (klass);

  engine_class->get_id = cs_text_engine_get_id;
  engine_class->get_title = cs_text_engine_get_title;
  engine_class->dup_input = cs_text_engine_dup_input;
  engine_class->suggest = cs_text_engine_suggest;
}

static void
cs_text_engine_init (CsTextEngine *self)
{
}

CsEngine *
cs_text_engine_new (void)
{
  return g_object_new (CS_TYPE_TEXT_ENGINE, NULL);
}
