/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gdk/gdk.h>

#include "cs-error.h"
#include "cs-fake-engines.h"
#include "cs-fiber.h"

struct _CsEngines
{
  GObject parent_instance;

  GPtrArray  *setups;
  GPtrArray  *found;
  GPtrArray  *sent;
  GListStore *drafting;
  GString    *log;
  guint       unfinished;
  int         failure; /* CsError, or -1 */
  char       *sentence;
  guint       pictures;
  gint64      estimate;
  guint       n_kept;
  char       *finding;
};

G_DEFINE_FINAL_TYPE (CsEngines, cs_engines, G_TYPE_OBJECT)

static void
cs_send_plan_clear (CsSendPlan *self)
{
  g_clear_pointer (&self->setup, cs_engine_setup_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_free (self->address);
  g_free (self->text);
  g_free (self->finding);
}

CS_DEFINE_RECORD (CsSendPlan, cs_send_plan)

static void
cs_scene_choice_clear (CsSceneChoice *self)
{
  g_free (self->name);
  g_free (self->words);
}

CS_DEFINE_RECORD (CsSceneChoice, cs_scene_choice)

GPtrArray *
cs_engines_list_scenes (void)
{
  static const char *const names[] = { "table-window", "linen" };
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_scene_choice_unref);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CsSceneChoice *choice = cs_scene_choice_new ();

      choice->name = g_strdup (names[i]);
      choice->words = g_strdup_printf ("On %s", names[i]);
      g_ptr_array_add (choices, choice);
    }

  return choices;
}

static void
cs_ask_summary_clear (CsAskSummary *self)
{
  g_free (self->finding);
}

CS_DEFINE_RECORD (CsAskSummary, cs_ask_summary)

char *
cs_ask_summary_to_text (CsAskSummary *self)
{
  return g_strdup_printf ("%u done, %u left", self->n_done, self->n_left);
}

static void
cs_engines_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  CsEngines *self = CS_ENGINES (object);

  if (prop_id == 1)
    g_value_set_uint (value, self->unfinished);
  else
    g_value_set_object (value, self->drafting);
}

static void
cs_engines_finalize (GObject *object)
{
  CsEngines *self = CS_ENGINES (object);

  g_clear_pointer (&self->setups, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  g_clear_object (&self->drafting);
  g_string_free (self->log, TRUE);
  g_free (self->sentence);
  g_free (self->finding);

  G_OBJECT_CLASS (cs_engines_parent_class)->finalize (object);
}

static void
cs_engines_class_init (CsEnginesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_engines_finalize;
  G_OBJECT_CLASS (klass)->get_property = cs_engines_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1,
                                   g_param_spec_uint ("unfinished", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE));
  g_object_class_install_property (G_OBJECT_CLASS (klass), 2,
                                   g_param_spec_object ("drafting", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READABLE));
  g_signal_new ("changed", CS_TYPE_ENGINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_engines_init (CsEngines *self)
{
  self->setups = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_engine_setup_unref);
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_engine_setup_unref);
  self->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_sent_unref);
  self->drafting = g_list_store_new (CS_TYPE_DRAFTING);
  self->log = g_string_new (NULL);
  self->failure = -1;
  self->estimate = 2100;
}

CsEngines *
cs_desk_get_engines (CsDesk *desk)
{
  CsEngines *self = g_object_get_data (G_OBJECT (desk), "engines");

  if (self == NULL)
    {
      self = g_object_new (CS_TYPE_ENGINES, NULL);
      g_object_set_data_full (G_OBJECT (desk), "engines", self, g_object_unref);
    }

  return self;
}

const char *
cs_fake_engines_get_log (CsDesk *desk)
{
  return cs_desk_get_engines (desk)->log->str;
}

void
cs_fake_engines_fail_next (CsDesk     *desk,
                           int         code,
                           const char *sentence)
{
  CsEngines *self = cs_desk_get_engines (desk);

  self->failure = code;
  g_set_str (&self->sentence, sentence);
}

void
cs_fake_engines_set_plan (CsDesk     *desk,
                          guint       pictures,
                          gint64      estimate,
                          guint       n_kept,
                          const char *finding)
{
  CsEngines *self = cs_desk_get_engines (desk);

  self->pictures = pictures;
  self->estimate = estimate;
  self->n_kept = n_kept;
  g_set_str (&self->finding, finding);
}

void
cs_fake_engines_set_unfinished (CsDesk *desk,
                                guint   n)
{
  cs_desk_get_engines (desk)->unfinished = n;
  g_object_notify (G_OBJECT (cs_desk_get_engines (desk)), "unfinished");
}

static CsEngineSetup *
make (const char *id,
      const char *provider,
      const char *title,
      const char *address,
      const char *model)
{
  CsEngineSetup *setup = cs_engine_setup_new ();

  setup->id = g_strdup (id);
  setup->provider = g_strdup (provider);
  setup->title = g_strdup (title);
  setup->address = g_strdup (address);
  setup->model = g_strdup (model);
  setup->budget = -1;

  return setup;
}

void
cs_fake_engines_add (CsDesk     *desk,
                     const char *id,
                     gint64      budget)
{
  CsEngines     *self = cs_desk_get_engines (desk);
  CsEngineSetup *setup = make (id, "qwen", "Qwen · qwen3-vl-plus", "https://models.example/v1", "qwen3-vl-plus");

  setup->has_key = TRUE;
  setup->budget = budget;
  setup->price = (CsPrice) { "CNY", 1000000, 10000000, CS_PRICE_UNKNOWN };
  g_ptr_array_add (self->setups, setup);
  g_signal_emit_by_name (self, "changed");
}

void
cs_fake_engines_run_here (CsDesk *desk)
{
  g_ptr_array_add (cs_desk_get_engines (desk)->found, make (NULL, "ollama", "Ollama · gemma3", "http://127.0.0.1:11434/v1", "gemma3"));
}

void
cs_fake_engines_add_sent (CsDesk     *desk,
                          gint64      product,
                          gint64      cost,
                          guint       n_accepted,
                          const char *message)
{
  CsEngines *self = cs_desk_get_engines (desk);
  CsSent    *sent = cs_sent_new ();

  sent->id = self->sent->len + 1;
  sent->engine = g_strdup ("qwen");
  sent->title = g_strdup ("Qwen · qwen3-vl-plus");
  sent->address = g_strdup ("https://models.example/v1/chat/completions");
  sent->model = g_strdup ("qwen3-vl-plus");
  sent->product = product;
  sent->state = message != NULL ? CS_SENT_FAILED : CS_SENT_ANSWERED;
  sent->made_at = g_get_real_time () / G_USEC_PER_SEC;
  sent->bytes = 412000;
  sent->pictures = 2;
  sent->cost = cost;
  sent->n_suggestions = 4;
  sent->n_accepted = n_accepted;
  sent->message = g_strdup (message);
  g_strlcpy (sent->currency, "CNY", sizeof sent->currency);
  g_ptr_array_insert (self->sent, 0, sent);
}

CsDrafting *
cs_fake_engines_draft (CsDesk *desk,
                       gint64  product)
{
  CsEngines *self = cs_desk_get_engines (desk);
  g_autoptr (CsDrafting) drafting = cs_drafting_new (product, "Qwen");

  g_list_store_append (self->drafting, drafting);

  return drafting; /* the list holds it */
}

/* What is asked of it */

static DexFuture *
take_failure (CsEngines *self)
{
  int code = self->failure;

  self->failure = -1;

  return code >= 0 ? dex_future_new_reject (CS_ERROR, code, "%s", self->sentence) : NULL;
}

static CsEngineSetup *
find (CsEngines  *self,
      const char *id)
{
  for (guint i = 0; i < self->setups->len; i++)
    if (g_strcmp0 (((CsEngineSetup *) self->setups->pdata[i])->id, id) == 0)
      return self->setups->pdata[i];

  g_assert_not_reached ();
}

/* Records are read only: another one takes its place */
static CsEngineSetup *
change (CsEngines  *self,
        const char *id)
{
  CsEngineSetup *before = find (self, id);
  CsEngineSetup *after = cs_engine_setup_copy (before);
  guint          position;

  g_assert_true (g_ptr_array_find (self->setups, before, &position));
  self->setups->pdata[position] = after;
  cs_engine_setup_unref (before);

  return after;
}

static DexFuture *
copy_list (GPtrArray *list,
           gpointer (*ref) (gpointer),
           GDestroyNotify unref)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (unref);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (copy, ref (list->pdata[i]));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, copy);
}

DexFuture *
cs_engines_list_providers (CsEngines *self)
{
  static const struct
  {
    const char *id, *title, *words, *address, *key_page;
    gboolean    is_here;
  } known[] = {
    { "qwen", "Qwen", "Of Alibaba Cloud. Takes a key.", "https://models.example/v1", "https://keys.example/", FALSE },
    { "ollama", "Ollama", "A program that runs models on this computer.", "http://127.0.0.1:11434/v1", NULL, TRUE },
    { "custom", "Another Server", "Any address that speaks as OpenAI does.", NULL, NULL, FALSE },
  };
  GPtrArray *providers = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_provider_unref);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      CsProvider      *provider = cs_provider_new ();
      CsProviderModel *model;

      provider->id = g_strdup (known[i].id);
      provider->title = g_strdup (known[i].title);
      provider->words = g_strdup (known[i].words);
      provider->address = g_strdup (known[i].address);
      provider->key_page = g_strdup (known[i].key_page);
      provider->is_here = known[i].is_here;
      provider->wants_key = i == 0;
      g_ptr_array_add (providers, provider);
      if (i > 0)
        continue;

      model = cs_provider_add_model (provider, "qwen3-vl-plus");
      model->sees = TRUE;
      model->price = (CsPrice) { "CNY", 1000000, 10000000, CS_PRICE_UNKNOWN };
      model->price_source = g_strdup ("prices.example, 2026-11");
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, providers);
}

DexFuture *
cs_engines_look_around (CsEngines *self)
{
  return copy_list (self->found, (gpointer (*) (gpointer)) cs_engine_setup_ref, (GDestroyNotify) cs_engine_setup_unref);
}

DexFuture *
cs_engines_list_models (CsEngines     *self,
                        CsEngineSetup *setup,
                        const char    *secret)
{
  GPtrArray *models = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (models, g_strdup ("qwen3-vl-plus"));
  g_ptr_array_add (models, g_strdup ("qwen3-vl-flash"));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, models);
}

DexFuture *
cs_engines_list (CsEngines *self)
{
  return copy_list (self->setups, (gpointer (*) (gpointer)) cs_engine_setup_ref, (GDestroyNotify) cs_engine_setup_unref);
}

DexFuture *
cs_engines_put (CsEngines     *self,
                CsEngineSetup *setup,
                const char    *secret,
                CsSecretPlace  place)
{
  DexFuture     *failure;
  CsEngineSetup *kept = cs_engine_setup_copy (setup);
  guint          position = self->setups->len;

  g_string_append_printf (self->log, "put:%s:%s:%s:%d:%d:%" G_GINT64_FORMAT "\n", setup->id != NULL ? setup->id : "new", setup->model,
                          secret != NULL ? secret : "-", place, setup->never_photos, setup->budget);
  if ((failure = take_failure (self)) != NULL)
    {
      cs_engine_setup_unref (kept);
      return failure;
    }

  if (kept->id == NULL)
    {
      kept->id = g_strdup (kept->provider);
      g_ptr_array_add (self->setups, kept);
    }
  else
    {
      g_assert_true (g_ptr_array_find (self->setups, find (self, kept->id), &position));
      /* What was agreed to is not taken from there */
      kept->may_text = ((CsEngineSetup *) self->setups->pdata[position])->may_text;
      kept->may_photos = ((CsEngineSetup *) self->setups->pdata[position])->may_photos;
      cs_engine_setup_unref (self->setups->pdata[position]);
      self->setups->pdata[position] = kept;
    }
  kept->has_key |= secret != NULL;
  g_signal_emit_by_name (self, "changed");

  return dex_future_new_take_boxed (CS_TYPE_ENGINE_SETUP, cs_engine_setup_ref (kept));
}

DexFuture *
cs_engines_remove (CsEngines  *self,
                   const char *id)
{
  g_string_append_printf (self->log, "remove:%s\n", id);
  g_ptr_array_remove (self->setups, find (self, id));
  g_signal_emit_by_name (self, "changed");

  return dex_future_new_true ();
}

DexFuture *
cs_engines_try (CsEngines    *self,
                const char   *id,
                GCancellable *cancellable)
{
  DexFuture *failure;

  g_string_append_printf (self->log, "try:%s\n", id);
  if ((failure = take_failure (self)) != NULL)
    return failure;

  return dex_future_new_take_string (g_strdup ("It answers and looks at photos."));
}

/* A picture that is one, two pixels wide */
static GBytes *
make_picture (void)
{
  static const guint8 pixels[] = { 255, 0, 0, 0, 255, 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (2, 1, GDK_MEMORY_R8G8B8, bytes, sizeof pixels);

  return gdk_texture_save_to_png_bytes (texture);
}

DexFuture *
cs_engines_plan (CsEngines    *self,
                 const char   *id,
                 const gint64 *products,
                 guint         n_products,
                 const char   *settings)
{
  CsSendPlan *plan = cs_send_plan_new ();
  DexFuture  *failure;

  g_string_append_printf (self->log, "plan:%s:%u\n", id, n_products);
  if ((failure = take_failure (self)) != NULL)
    {
      cs_send_plan_unref (plan);
      return failure;
    }

  plan->setup = cs_engine_setup_ref (find (self, id));
  plan->address = g_strdup_printf ("%s/chat/completions", plan->setup->address);
  plan->is_here = cs_engine_setup_is_here (plan->setup);
  plan->text = g_strdup ("1. note: 竹编果篮 直径28cm");
  plan->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < self->pictures && !plan->setup->never_photos; i++)
    g_ptr_array_add (plan->pictures, make_picture ());
  plan->n_products = n_products;
  plan->n_kept = MIN (self->n_kept, n_products);
  plan->estimate = self->estimate;
  plan->wants_text = !plan->setup->may_text;
  plan->wants_photos = plan->pictures->len > 0 && !plan->setup->may_photos;
  plan->finding = g_strdup (self->finding);
  plan->blocked = self->finding != NULL && self->estimate < 0;

  return dex_future_new_take_boxed (CS_TYPE_SEND_PLAN, plan);
}

DexFuture *
cs_engines_allow (CsEngines  *self,
                  const char *id,
                  const char *address,
                  gboolean    texts,
                  gboolean    photos)
{
  CsEngineSetup *setup = change (self, id);

  g_string_append_printf (self->log, "allow:%s:%d:%d\n", id, texts, photos);
  setup->may_text = texts;
  setup->may_photos = photos;
  g_signal_emit_by_name (self, "changed");

  return dex_future_new_true ();
}

static DexFuture *
sum_up (CsEngines *self,
        guint      n_done)
{
  CsAskSummary *summary = cs_ask_summary_new ();

  summary->n_done = n_done;
  summary->n_left = self->unfinished;
  summary->finding = g_strdup (self->unfinished > 0 ? "The month’s budget is used up." : NULL);

  return dex_future_new_take_boxed (CS_TYPE_ASK_SUMMARY, summary);
}

DexFuture *
cs_engines_ask (CsEngines    *self,
                const char   *id,
                const gint64 *products,
                guint         n_products,
                gint64        budget,
                const char   *settings)
{
  DexFuture *failure;

  g_string_append_printf (self->log, "ask:%s", id);
  for (guint i = 0; i < n_products; i++)
    g_string_append_printf (self->log, ":%" G_GINT64_FORMAT, products[i]);
  g_string_append_c (self->log, '\n');
  if ((failure = take_failure (self)) != NULL)
    return failure;

  return sum_up (self, n_products);
}

guint
cs_engines_get_n_unfinished (CsEngines *self)
{
  return self->unfinished;
}

DexFuture *
cs_engines_go_on (CsEngines *self)
{
  g_string_append (self->log, "go-on\n");
  self->unfinished = 0;
  g_object_notify (G_OBJECT (self), "unfinished");

  return sum_up (self, 1);
}

DexFuture *
cs_engines_drop_unfinished (CsEngines *self)
{
  g_string_append (self->log, "drop\n");
  self->unfinished = 0;
  g_object_notify (G_OBJECT (self), "unfinished");

  return dex_future_new_true ();
}

GListModel *
cs_engines_get_drafting (CsEngines *self)
{
  return G_LIST_MODEL (self->drafting);
}

DexFuture *
cs_engines_list_sent (CsEngines *self,
                      gint64     before,
                      guint      most)
{
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_sent_unref);

  for (guint i = 0; i < self->sent->len && page->len < most; i++)
    {
      CsSent *sent = self->sent->pdata[i];

      if (before == 0 || sent->id < before)
        g_ptr_array_add (page, cs_sent_ref (sent));
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, page);
}
