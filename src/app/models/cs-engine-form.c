/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-engine-form.h"
#include "cs-engine-item.h"
#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-gtk-future.h"
#include "cs-pick-page.h"

struct _CsEngineForm
{
  AdwNavigationPage parent_instance;

  CsEngines     *engines;
  CsProvider    *provider;
  CsEngineSetup *setup; /* as it is kept, or NULL */
  GCancellable  *cancellable;
  char          *price_source; /* of what stands in the fields, or NULL where it was typed */
  gboolean       filling;      /* the program writes into the fields, not the person */
  gboolean       busy;
  gboolean       works;
  gboolean       no_keyring;
  char          *said;
  char          *trouble;

  /* Template */
  AdwPreferencesGroup *key_group;
  GtkEditable         *key;
  AdwActionRow        *key_page;
  GtkEditable         *address;
  GtkEditable         *model;
  AdwExpanderRow      *prices;
  GtkEditable         *price_input;
  GtkEditable         *price_output;
  GtkEditable         *price_picture;
  GtkEditable         *currency;
  GtkEditable         *budget;
};

G_DEFINE_FINAL_TYPE (CsEngineForm, cs_engine_form, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SAID = 1,
  PROP_TROUBLE,
  PROP_BUSY,
  PROP_NO_KEYRING,
  PROP_WORKS,
  PROP_SAVE_LABEL,
} CsEngineFormProperty;

enum
{
  DONE,
  N_SIGNALS
};

static GParamSpec *properties[PROP_SAVE_LABEL + 1];
static guint       signals[N_SIGNALS];

static void
update (CsEngineForm *self)
{
  for (guint i = PROP_SAID; i <= PROP_SAVE_LABEL; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save", !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save-for-session", !self->busy && self->no_keyring);
}

static void
say (CsEngineForm *self,
     const char   *said,
     const char   *trouble)
{
  g_set_str (&self->said, said);
  g_set_str (&self->trouble, trouble);
  update (self);
}

/* Prices */

static void
set_amount (GtkEditable *row,
            gint64       micros)
{
  g_autofree char *text = micros >= 0 ? cs_price_to_display (micros, NULL) : g_strdup ("");

  gtk_editable_set_text (row, text);
}

/* Where the prices are from stands at their head, so that a stale one is seen */
static void
update_price_heading (CsEngineForm *self)
{
  const char      *currency = gtk_editable_get_text (self->currency);
  const char      *input = gtk_editable_get_text (self->price_input);
  const char      *output = gtk_editable_get_text (self->price_output);
  const char      *picture = gtk_editable_get_text (self->price_picture);
  g_autofree char *amounts = NULL;
  g_autofree char *subtitle = NULL;

  if (self->provider->kind == CS_ENGINE_PICTURES && *picture != '\0')
    amounts = g_strdup_printf (_("%s %s a picture"), picture, currency);
  else if (*input != '\0' && *output != '\0')
    /* Translators: price of what a model reads, of what it writes, currency */
    amounts = g_strdup_printf (_("reads %s, writes %s %s"), input, output, currency);

  if (amounts == NULL)
    subtitle = g_strdup (_("Not known: fill it in, so that a budget can be kept"));
  else if (self->price_source != NULL)
    subtitle = g_strdup_printf ("%s · %s", amounts, self->price_source);
  else
    subtitle = g_strdup_printf ("%s · %s", amounts, _("as you typed it"));
  adw_expander_row_set_subtitle (self->prices, subtitle);
}

static void
fill_price (CsEngineForm  *self,
            const CsPrice *price,
            const char    *source)
{
  self->filling = TRUE;
  set_amount (self->price_input, price->input);
  set_amount (self->price_output, price->output);
  set_amount (self->price_picture, price->picture);
  gtk_editable_set_text (self->currency, price->currency);
  self->filling = FALSE;
  g_set_str (&self->price_source, source);
  update_price_heading (self);
}

static void
price_typed_cb (CsEngineForm *self)
{
  if (self->filling)
    return;

  g_set_str (&self->price_source, NULL);
  update_price_heading (self);
}

static CsProviderModel *
find_model (CsProvider *provider,
            const char *id)
{
  for (guint i = 0; provider->models != NULL && i < provider->models->len; i++)
    {
      CsProviderModel *model = g_ptr_array_index (provider->models, i);

      if (g_strcmp0 (model->id, id) == 0)
        return model;
    }

  return NULL;
}

/* Another model has another price; one that nobody knows has none, except on this computer */
static void
model_typed_cb (CsEngineForm *self)
{
  CsProviderModel *model = find_model (self->provider, gtk_editable_get_text (self->model));

  if (self->filling || self->provider->is_here)
    return;

  if (model != NULL)
    fill_price (self, &model->price, model->price_source);
  else if (self->price_source != NULL)
    fill_price (self, &CS_PRICE_NONE, NULL);
}

/* The model is picked */

static void
model_picked_cb (CsEngineForm *self,
                 const char   *id)
{
  gtk_editable_set_text (self->model, id);
  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

/* What stands in the fields, as far as it is needed to ask who is there */
static CsEngineSetup *
create_setup (CsEngineForm *self)
{
  CsEngineSetup   *setup = self->setup != NULL ? cs_engine_setup_copy (self->setup) : cs_engine_setup_new ();
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (self->address)));
  g_autofree char *model = g_strstrip (g_strdup (gtk_editable_get_text (self->model)));

  while (g_str_has_suffix (address, "/"))
    address[strlen (address) - 1] = '\0';
  if (self->setup == NULL)
    {
      setup->kind = self->provider->kind;
      setup->provider = g_strdup (self->provider->id);
      setup->price = CS_PRICE_NONE;
      setup->budget = -1;
    }
  g_set_str (&setup->address, address);
  if (g_set_str (&setup->model, model) || setup->title == NULL)
    {
      g_free (setup->title);
      setup->title = cs_provider_dup_model_title (self->provider, address, model);
    }

  return setup;
}

typedef struct
{
  CsEngineForm  *form;
  CsPickPage    *page;
  CsEngineSetup *setup;
  char          *secret; /* NULL: as it is kept */
  CsSecretPlace  place;
} Task;

static Task *
task_new (CsEngineForm *self)
{
  Task       *task = g_new0 (Task, 1);
  const char *secret = gtk_editable_get_text (self->key);

  task->form = g_object_ref (self);
  task->setup = create_setup (self);
  task->secret = *secret != '\0' ? g_strstrip (g_strdup (secret)) : NULL;

  return task;
}

static void
task_free (Task *task)
{
  g_clear_object (&task->form);
  g_clear_object (&task->page);
  g_clear_pointer (&task->setup, cs_engine_setup_unref);
  if (task->secret != NULL)
    explicit_bzero (task->secret, strlen (task->secret));
  g_clear_pointer (&task->secret, g_free);
  g_free (task);
}

static DexFuture *
models_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = dex_await_boxed (cs_engines_list_models (task->form->engines, task->setup, task->secret), &error);

  for (guint i = 0; models != NULL && i < models->len; i++)
    cs_pick_page_add (task->page, g_ptr_array_index (models, i), NULL, NULL);
  cs_pick_page_finish (task->page, models == NULL ? error->message : NULL);

  return dex_future_new_true ();
}

static char *
dup_model_words (CsProviderModel *model)
{
  g_autofree char *input = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GString) words = g_string_new (model->sees ? _("Looks at photos") : _("Texts only"));

  if (model->price.input >= 0 && model->price.output >= 0)
    {
      input = cs_price_to_display (model->price.input, NULL);
      output = cs_price_to_display (model->price.output, model->price.currency);
      /* Translators: price of what a model reads, of what it writes with its currency */
      g_string_append_printf (words, " · ");
      g_string_append_printf (words, _("reads %s, writes %s"), input, output);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
choose_model_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  CsEngineForm *self = CS_ENGINE_FORM (widget);
  GtkWidget    *navigation = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW);
  Task         *task = task_new (self);

  task->page = g_object_ref_sink (cs_pick_page_new (_("Choose the Model"), NULL));
  for (guint i = 0; self->provider->models != NULL && i < self->provider->models->len; i++)
    {
      CsProviderModel *model = g_ptr_array_index (self->provider->models, i);
      g_autofree char *words = self->provider->kind == CS_ENGINE_WRITES ? dup_model_words (model) : NULL;

      cs_pick_page_add (task->page, model->id, NULL, words);
    }
  g_signal_connect_object (task->page, "picked", G_CALLBACK (model_picked_cb), self, G_CONNECT_SWAPPED);
  if (navigation != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (task->page));
  dex_future_disown (cs_fiber_spawn (models_fiber, task, (GDestroyNotify) task_free));
}

static DexFuture *
key_page_fiber (gpointer data)
{
  CsEngineForm *self = data;
  GtkRoot      *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_gtk_launch (self->provider->key_page, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL), &error) &&
      !cs_gtk_is_dismissed (error))
    say (self, NULL, error->message);

  return dex_future_new_true ();
}

static void
key_page_cb (CsEngineForm *self)
{
  dex_future_disown (cs_fiber_spawn (key_page_fiber, g_object_ref (self), g_object_unref));
}

/* Keeping, and trying at once */

static gboolean
read_amount (GtkEditable *row,
             const char  *currency,
             gint64      *micros,
             GError     **error)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  *micros = -1;

  return *text == '\0' || cs_price_parse (text, currency, micros, error);
}

static gboolean
read_money (CsEngineForm  *self,
            CsEngineSetup *setup,
            GError       **error)
{
  g_autofree char *currency = g_ascii_strup (gtk_editable_get_text (self->currency), -1);

  g_strstrip (currency);
  if (strlen (currency) > 3)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("“%s” is no currency. Write three letters, for example CNY."), currency);
      return FALSE;
    }

  g_strlcpy (setup->price.currency, currency, sizeof setup->price.currency);
  g_set_str (&setup->price_source, self->price_source);

  return read_amount (self->price_input, currency, &setup->price.input, error) &&
         read_amount (self->price_output, currency, &setup->price.output, error) &&
         read_amount (self->price_picture, currency, &setup->price.picture, error) &&
         read_amount (self->budget, currency, &setup->budget, error);
}

static const char *
find_lack (CsEngineForm *self,
           Task         *task)
{
  if (*task->setup->address == '\0')
    return _("Write the address of the server.");
  if (*task->setup->model == '\0')
    return _("Choose a model, or write its name.");
  /* Of a server of the seller's own nobody knows, until it says so */
  if (self->provider->wants_key && self->provider->address != NULL && !cs_engine_setup_is_here (task->setup) &&
      task->secret == NULL && (self->setup == NULL || !self->setup->has_key))
    return _("Paste your key first.");

  return NULL;
}

static DexFuture *
save_fiber (gpointer data)
{
  Task         *task = data;
  CsEngineForm *self = task->form;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsEngineSetup) kept = NULL;
  g_autofree char *said = NULL;

  kept = dex_await_boxed (cs_engines_put (self->engines, task->setup, task->secret, task->place), &error);
  if (kept == NULL)
    {
      self->busy = FALSE;
      self->no_keyring = g_error_matches (error, CS_ERROR, CS_ERROR_NO_KEYRING);
      say (self, NULL, error->message);
      return dex_future_new_false ();
    }

  g_clear_pointer (&self->setup, cs_engine_setup_unref);
  self->setup = cs_engine_setup_ref (kept);
  self->no_keyring = FALSE;
  say (self, _("Kept. Testing whether it answers…"), NULL);
  said = dex_await_string (cs_engines_try (self->engines, kept->id, self->cancellable), &error);
  self->busy = FALSE;
  self->works = said != NULL;
  say (self, said, said == NULL ? error->message : NULL);

  return dex_future_new_true ();
}

static void
save (CsEngineForm *self,
      CsSecretPlace place)
{
  Task *task = task_new (self);
  g_autoptr (GError) error = NULL;
  const char *lack = find_lack (self, task);

  task->place = place;
  self->works = FALSE;
  if (lack != NULL || !read_money (self, task->setup, &error))
    {
      say (self, NULL, lack != NULL ? lack : error->message);
      task_free (task);
      return;
    }

  self->busy = TRUE;
  say (self, NULL, NULL);
  dex_future_disown (cs_fiber_spawn (save_fiber, task, (GDestroyNotify) task_free));
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  save (CS_ENGINE_FORM (widget), CS_SECRET_IN_KEYRING);
}

static void
save_for_session_action (GtkWidget  *widget,
                         const char *action_name,
                         GVariant   *parameter)
{
  save (CS_ENGINE_FORM (widget), CS_SECRET_FOR_SESSION);
}

static void
form_activated_cb (CsEngineForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), self->works ? "form.done" : "form.save", NULL);
}

static void
done_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[DONE], 0);
}

/* The class */

static gboolean
has_text (CsEngineForm *self,
          const char   *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_not (CsEngineForm *self,
        gboolean      value)
{
  return !value;
}

static void
cs_engine_form_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CsEngineForm *self = CS_ENGINE_FORM (object);

  switch ((CsEngineFormProperty) prop_id)
    {
    case PROP_SAID:
      g_value_set_string (value, self->said);
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;

    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;

    case PROP_NO_KEYRING:
      g_value_set_boolean (value, self->no_keyring);
      break;

    case PROP_WORKS:
      g_value_set_boolean (value, self->works);
      break;

    case PROP_SAVE_LABEL:
      g_value_set_string (value, self->setup != NULL && self->setup->id != NULL ? _("_Save and Test") : _("_Add and Test"));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_engine_form_dispose (GObject *object)
{
  CsEngineForm *self = CS_ENGINE_FORM (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_ENGINE_FORM);

  G_OBJECT_CLASS (cs_engine_form_parent_class)->dispose (object);
}

static void
cs_engine_form_finalize (GObject *object)
{
  CsEngineForm *self = CS_ENGINE_FORM (object);

  g_clear_object (&self->engines);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->provider, cs_provider_unref);
  g_clear_pointer (&self->setup, cs_engine_setup_unref);
  g_clear_pointer (&self->price_source, g_free);
  g_clear_pointer (&self->said, g_free);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (cs_engine_form_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-engine-form.ui");
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, key_group);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, key);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, key_page);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, address);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, model);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, prices);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, price_input);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, price_output);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, price_picture);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, currency);
  gtk_widget_class_bind_template_child (widget_class, CsEngineForm, budget);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, is_not);
  gtk_widget_class_bind_template_callback (widget_class, key_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, model_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, price_typed_cb);
}

static void
cs_engine_form_class_init (CsEngineFormClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_engine_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_engine_form_finalize;
  G_OBJECT_CLASS (klass)->get_property = cs_engine_form_get_property;
  properties[PROP_SAID] = g_param_spec_string ("said", NULL, NULL, NULL, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_NO_KEYRING] = g_param_spec_boolean ("no-keyring", NULL, NULL, FALSE, flags);
  properties[PROP_WORKS] = g_param_spec_boolean ("works", NULL, NULL, FALSE, flags);
  properties[PROP_SAVE_LABEL] = g_param_spec_string ("save-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
  signals[DONE] = g_signal_new ("done", CS_TYPE_ENGINE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "form.choose-model", NULL, choose_model_action);
  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.save-for-session", NULL, save_for_session_action);
  gtk_widget_class_install_action (widget_class, "form.done", NULL, done_action);
}

static void
cs_engine_form_init (CsEngineForm *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What a new one begins with: the provider's usual model, its price, and a
 * month's budget that nobody regrets
 */
static void
fill_new (CsEngineForm *self)
{
  CsProvider      *provider = self->provider;
  CsProviderModel *usual = provider->models != NULL && provider->models->len > 0 ? g_ptr_array_index (provider->models, 0) : NULL;
  const CsPrice    nothing = { .currency = "" };

  gtk_editable_set_text (self->address, provider->address != NULL ? provider->address : "");
  if (usual != NULL)
    gtk_editable_set_text (self->model, usual->id);
  fill_price (self, provider->is_here ? &nothing : usual != NULL ? &usual->price
                                                                 : &CS_PRICE_NONE,
              usual != NULL ? usual->price_source : NULL);
  if (usual != NULL && usual->price.input > 0)
    gtk_editable_set_text (self->budget, g_str_equal (usual->price.currency, "CNY") ? "20.00" : "5.00");
}

static void
fill_known (CsEngineForm *self)
{
  CsEngineSetup *setup = self->setup;

  gtk_editable_set_text (self->address, setup->address != NULL ? setup->address : "");
  gtk_editable_set_text (self->model, setup->model != NULL ? setup->model : "");
  fill_price (self, &setup->price, setup->price_source);
  set_amount (self->budget, setup->budget);
}

AdwNavigationPage *
cs_engine_form_new (CsEngines     *engines,
                    CsProvider    *provider,
                    CsEngineSetup *setup)
{
  CsEngineForm *self = g_object_new (CS_TYPE_ENGINE_FORM, NULL);
  gboolean      pictures = provider->kind == CS_ENGINE_PICTURES;
  /* A group's description is markup */
  g_autofree char *words = provider->words != NULL ? g_markup_escape_text (provider->words, -1) : NULL;

  self->engines = g_object_ref (engines);
  self->provider = cs_provider_ref (provider);
  self->setup = setup != NULL ? cs_engine_setup_ref (setup) : NULL;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), setup != NULL ? setup->title : provider->title);
  self->filling = TRUE;
  if (setup != NULL)
    fill_known (self);
  else
    fill_new (self);
  self->filling = FALSE;
  update_price_heading (self);

  adw_preferences_group_set_description (self->key_group, words);
  gtk_widget_set_visible (GTK_WIDGET (self->key), !provider->is_here);
  gtk_widget_set_visible (GTK_WIDGET (self->key_page), provider->key_page != NULL);
  if (provider->key_page != NULL)
    adw_action_row_set_subtitle (self->key_page, provider->key_page);
  gtk_widget_set_visible (GTK_WIDGET (self->address), provider->address == NULL || provider->is_here || setup != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->price_input), !pictures);
  gtk_widget_set_visible (GTK_WIDGET (self->price_output), !pictures);
  gtk_widget_set_visible (GTK_WIDGET (self->price_picture), pictures);
  if (setup != NULL && setup->has_key)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), _("Another key (one is kept)"));
  update (self);

  return ADW_NAVIGATION_PAGE (self);
}
