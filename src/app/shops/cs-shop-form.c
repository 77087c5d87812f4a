/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-gtk-future.h"
#include "cs-shop-form.h"
#include "cs-window.h"

struct _CsShopForm
{
  AdwNavigationPage parent_instance;

  CsDesk              *desk;
  const CsChannelKind *kind;
  CsAccount           *account; /* signed in to again, or NULL */
  gint64               added;   /* the account that came of it, or 0 */
  GPtrArray           *rows;    /* GtkEditable, as kind->asks; NULL where one is not asked */
  JsonObject          *typed;   /* what the browser's sign-in added, or NULL: to be kept still */
  CsSignIn            *sign_in; /* the browser is waited for, or NULL */
  gboolean             busy;
  gboolean             works;
  gboolean             no_keyring;
  char                *said;
  char                *trouble;

  /* Template */
  AdwPreferencesPage  *page;
  AdwPreferencesGroup *about;
  AdwPreferencesGroup *answer;
  AdwExpanderRow      *steps;
  AdwActionRow        *key_page;
  GtkEditable         *pasted;
  GtkLabel            *verified;
  GtkWidget           *pull;
  GtkWidget           *done;
};

G_DEFINE_FINAL_TYPE (CsShopForm, cs_shop_form, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SAID = 1,
  PROP_TROUBLE,
  PROP_BUSY,
  PROP_NO_KEYRING,
  PROP_WORKS,
  PROP_WAITING,
  PROP_CAN_PULL,
  PROP_SAVE_LABEL,
} CsShopFormProperty;

enum
{
  DONE,
  N_SIGNALS
};

static GParamSpec *properties[PROP_SAVE_LABEL + 1];
static guint       signals[N_SIGNALS];

static void
update (CsShopForm *self)
{
  for (guint i = PROP_SAID; i <= PROP_SAVE_LABEL; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save", !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save-for-session", !self->busy && self->no_keyring);
}

static void
say (CsShopForm *self,
     const char *said,
     const char *trouble)
{
  g_set_str (&self->said, said);
  g_set_str (&self->trouble, trouble);
  update (self);
}

static gboolean
is_of_account (const CsChannelAsk *ask)
{
  return g_str_equal (ask->name, "address") || g_str_equal (ask->name, "name") ||
         g_str_equal (ask->name, "currency") || g_str_has_prefix (ask->name, "profile.");
}

/* What stands in the rows; what the browser brought stays beside it */
static JsonObject *
read_typed (CsShopForm *self)
{
  JsonObject *typed = json_object_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkEditable     *row = self->rows->pdata[i];
      g_autofree char *text = row != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (row))) : NULL;

      if (text != NULL && *text != '\0')
        json_object_set_string_member (typed, self->kind->asks[i].name, text);
    }

  return typed;
}

static const CsChannelAsk *
find_lack (CsShopForm *self,
           JsonObject *typed)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const CsChannelAsk *ask = &self->kind->asks[i];

      if (self->rows->pdata[i] != NULL && !ask->optional && !json_object_has_member (typed, ask->name))
        return ask;
    }

  return NULL;
}

typedef struct
{
  CsShopForm *form;
  JsonObject *typed;
  gboolean    session;
} Task;

static void
task_free (Task *task)
{
  g_clear_object (&task->form);
  g_clear_pointer (&task->typed, json_object_unref);
  g_free (task);
}

/* Whose shop it is, in a sentence */
static DexFuture *
tell (CsShopForm *self,
      const char *name,
      const char *currency,
      const char *remark)
{
  g_autofree char *said = *currency != '\0'
                            ? g_strdup_printf (_("“%s” answers. Prices there are in %s."), name, currency)
                            : g_strdup_printf (_("“%s” answers."), name);
  g_autofree char *whole = remark != NULL ? g_strconcat (said, " ", remark, NULL) : NULL;

  self->works = TRUE;
  /* It is added: there is nothing to go back to */
  if (self->added != 0)
    adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), FALSE);
  say (self, whole != NULL ? whole : said, NULL);
  gtk_widget_grab_focus (gtk_widget_get_visible (self->pull) ? self->pull : self->done);

  return dex_future_new_true ();
}

static DexFuture *
fail (CsShopForm *self,
      GError     *error)
{
  self->busy = FALSE;
  self->no_keyring = g_error_matches (error, CS_ERROR, CS_ERROR_NO_KEYRING);
  say (self, NULL, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : error->message);

  return dex_future_new_false ();
}

static DexFuture *
save_fiber (gpointer data)
{
  Task       *task = data;
  CsShopForm *self = task->form;
  CsShops    *shops = cs_desk_get_shops (self->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsShop) shop = NULL;

  if (self->account != NULL)
    {
      if (!(shop = dex_await_boxed (cs_shops_sign_in_again (shops, self->account->id, task->typed, task->session), &error)))
        return fail (self, error);
    }
  else
    {
      self->added = dex_await_int64 (cs_shops_add (shops, self->kind->kind, task->typed, task->session), &error);
      if (error == NULL)
        shop = dex_await_boxed (cs_shops_check (shops, self->added), &error);
      if (shop == NULL)
        return fail (self, error);
    }

  self->busy = FALSE;
  self->no_keyring = FALSE;

  return tell (self, shop->name != NULL ? shop->name : "", shop->currency != NULL ? shop->currency : "", shop->remark);
}

static void
keep (CsShopForm *self,
      JsonObject *typed,
      gboolean    session)
{
  Task *task = g_new0 (Task, 1);

  task->form = g_object_ref (self);
  task->typed = json_object_ref (typed);
  task->session = session;
  self->busy = TRUE;
  say (self, _("Asking the shop who it is…"), NULL);
  dex_future_disown (cs_fiber_spawn (save_fiber, task, (GDestroyNotify) task_free));
}

/* The browser is opened and waited for; what it brings is kept like what is typed */
static DexFuture *
browser_fiber (gpointer data)
{
  Task       *task = data;
  CsShopForm *self = task->form;
  GtkRoot    *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (CsSignIn) sign_in = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  /* Where the account is, which may be a place for trying things out */
  if (self->account != NULL && self->account->address != NULL && !json_object_has_member (task->typed, "address"))
    json_object_set_string_member (task->typed, "address", self->account->address);

  sign_in = dex_await_object (cs_shops_begin_sign_in (cs_desk_get_shops (self->desk), self->kind->kind, task->typed), &error);
  if (sign_in == NULL)
    return fail (self, error);

  g_set_object (&self->sign_in, sign_in);
  say (self, _("Your browser asks you to allow it. Come back here afterwards."), NULL);
  dex_await (cs_gtk_launch (cs_sign_in_get_address (sign_in), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL), NULL);
  node = dex_await_boxed (cs_sign_in_wait (sign_in), &error);
  g_clear_object (&self->sign_in);
  if (node == NULL)
    return fail (self, error);

  g_clear_pointer (&self->typed, json_object_unref);
  self->typed = json_object_ref (json_node_get_object (node));
  keep (self, self->typed, task->session);

  return dex_future_new_true ();
}

static void
save (CsShopForm *self,
      gboolean    session)
{
  g_autoptr (JsonObject) typed = read_typed (self);
  const CsChannelAsk *lack = find_lack (self, typed);
  Task *task;

  self->works = FALSE;
  if (lack != NULL)
    {
      g_autofree char *sentence = g_strdup_printf (_("“%s” is missing."), _(lack->label));

      say (self, NULL, sentence);
      return;
    }

  if (self->kind->way != CS_SIGN_IN_BROWSER)
    {
      keep (self, typed, session);
      return;
    }

  /* Tokens that are there already are not asked for twice */
  if (session && self->typed != NULL)
    {
      keep (self, self->typed, TRUE);
      return;
    }

  task = g_new0 (Task, 1);
  task->form = g_object_ref (self);
  task->typed = json_object_ref (typed);
  task->session = session;
  self->busy = TRUE;
  say (self, NULL, NULL);
  dex_future_disown (cs_fiber_spawn (browser_fiber, task, (GDestroyNotify) task_free));
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  save (CS_SHOP_FORM (widget), FALSE);
}

static void
save_for_session_action (GtkWidget  *widget,
                         const char *action_name,
                         GVariant   *parameter)
{
  save (CS_SHOP_FORM (widget), TRUE);
}

static void
done_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[DONE], 0);
}

static void
pull_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsShopForm *self = CS_SHOP_FORM (widget);

  gtk_widget_activate_action (widget, "shop.pull", "x", self->account != NULL ? self->account->id : self->added);
  g_signal_emit (self, signals[DONE], 0);
}

/* Back would lead to choosing what was chosen */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  if (CS_SHOP_FORM (widget)->added == 0 || !CS_SHOP_FORM (widget)->works)
    return FALSE;

  gtk_widget_activate_action (widget, "form.done", NULL);

  return TRUE;
}

static void
row_activated_cb (CsShopForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), self->works ? "form.done" : "form.save", NULL);
}

static void
pasted_cb (CsShopForm *self)
{
  g_autoptr (GError) error = NULL;

  if (self->sign_in != NULL && !cs_sign_in_paste (self->sign_in, gtk_editable_get_text (self->pasted), &error))
    say (self, self->said, error->message);
}

static DexFuture *
key_page_fiber (gpointer data)
{
  CsShopForm *self = data;
  GtkRoot    *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_gtk_launch (self->kind->page, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL), &error) &&
      !cs_gtk_is_dismissed (error))
    say (self, NULL, error->message);

  return dex_future_new_true ();
}

static void
key_page_cb (CsShopForm *self)
{
  dex_future_disown (cs_fiber_spawn (key_page_fiber, g_object_ref (self), g_object_unref));
}

static DexFuture *
folder_fiber (gpointer data)
{
  GtkWidget *row = data;
  GtkRoot   *root = gtk_widget_get_root (row);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GFile) folder = NULL;
  g_autofree char *path = NULL;

  gtk_file_dialog_set_title (dialog, _("Choose a Folder"));
  folder = dex_await_object (cs_gtk_choose_folder (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL), NULL);
  if (folder != NULL && (path = g_file_get_path (folder)) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), path);

  return dex_future_new_true ();
}

static void
choose_folder_cb (GtkWidget *row)
{
  dex_future_disown (cs_fiber_spawn (folder_fiber, g_object_ref (row), g_object_unref));
}

static void
add_folder_button (GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("C_hoose…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_folder_cb), row, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

/* A row for each thing that is asked, below what explains it */
static void
add_row (CsShopForm         *self,
         const CsChannelAsk *ask)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char     *label = ask->optional ? g_strdup_printf (_("%s (may stay empty)"), _(ask->label)) : g_strdup (_(ask->label));
  /* A group's description is markup */
  g_autofree char *help = ask->help != NULL ? g_markup_escape_text (_(ask->help), -1) : NULL;
  GtkWidget       *row = ask->secret ? adw_password_entry_row_new () : adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  if (ask->standard != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), ask->standard);
  if (g_str_equal (ask->name, "address"))
    {
      adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_URL);
      if (self->kind->way == CS_SIGN_IN_FOLDER)
        add_folder_button (row);
    }
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_description (group, help);
  adw_preferences_group_add (group, row);
  adw_preferences_page_add (self->page, group);
  self->rows->pdata[ask - self->kind->asks] = row;
}

static void
add_rows (CsShopForm *self)
{
  guint n = 0;

  while (self->kind->asks != NULL && self->kind->asks[n].name != NULL)
    n++;
  g_ptr_array_set_size (self->rows, n);

  for (guint i = 0; i < n; i++)
    {
      if (self->account == NULL || !is_of_account (&self->kind->asks[i]))
        add_row (self, &self->kind->asks[i]);
    }

  /* What comes of it stands below what is asked */
  g_object_ref (self->answer);
  adw_preferences_page_remove (self->page, self->answer);
  adw_preferences_page_add (self->page, self->answer);
  g_object_unref (self->answer);
}

static void
add_steps (CsShopForm *self)
{
  const CsChannelKind *kind = self->kind;
  g_autofree char     *time = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->key_page), kind->page != NULL);
  if (kind->page != NULL)
    adw_action_row_set_subtitle (self->key_page, kind->page);
  if (kind->steps == NULL)
    return;

  time = kind->minutes > 0
           ? g_strdup_printf (ngettext ("Takes about %u minute", "Takes about %u minutes", kind->minutes), kind->minutes)
           : g_strdup (_("Takes days: the marketplace looks at it first"));
  gtk_widget_set_visible (GTK_WIDGET (self->steps), TRUE);
  adw_expander_row_set_subtitle (self->steps, time);
  for (guint i = 0; kind->steps[i] != NULL; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u. %s", i + 1, _(kind->steps[i]));
      GtkWidget       *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "title-lines", 0, NULL);

      adw_expander_row_add_row (self->steps, row);
    }
}

static gboolean
has_text (CsShopForm *self,
          const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_not (CsShopForm *self,
        gboolean    value)
{
  return !value;
}

static const char *
get_save_label (CsShopForm *self)
{
  if (self->kind != NULL && self->kind->way == CS_SIGN_IN_BROWSER)
    return _("_Sign In in the Browser");

  return self->account != NULL ? _("_Sign In") : _("_Add and Test");
}

static void
cs_shop_form_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsShopForm *self = CS_SHOP_FORM (object);

  switch ((CsShopFormProperty) prop_id)
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

    case PROP_WAITING:
      g_value_set_boolean (value, self->sign_in != NULL);
      break;

    case PROP_CAN_PULL:
      g_value_set_boolean (value, self->works && self->kind->way != CS_SIGN_IN_FOLDER);
      break;

    case PROP_SAVE_LABEL:
      g_value_set_string (value, get_save_label (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* What is to be typed comes first, whatever explains it above */
static void
cs_shop_form_shown (AdwNavigationPage *page)
{
  CsShopForm *self = CS_SHOP_FORM (page);

  ADW_NAVIGATION_PAGE_CLASS (cs_shop_form_parent_class)->shown (page);
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (self->rows->pdata[i] == NULL)
        continue;

      gtk_widget_grab_focus (self->rows->pdata[i]);
      return;
    }
}

static void
cs_shop_form_dispose (GObject *object)
{
  CsShopForm *self = CS_SHOP_FORM (object);

  g_clear_object (&self->sign_in);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SHOP_FORM);

  G_OBJECT_CLASS (cs_shop_form_parent_class)->dispose (object);
}

static void
cs_shop_form_finalize (GObject *object)
{
  CsShopForm *self = CS_SHOP_FORM (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->account, cs_account_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->typed, json_object_unref);
  g_clear_pointer (&self->said, g_free);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (cs_shop_form_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-shop-form.ui");
  gtk_widget_class_bind_template_child (widget_class, CsShopForm, page);
  gtk_widget_class_bind_template_child (widget_class, CsShopForm, about);
  gtk_widget_class_bind_template_child (widget_class, CsShopForm, answer);
  gtk_widget_class_bind_template_child (widget_class, CsShopForm, steps);
  gtk_widget_class_bind_template_child (widget_class, CsShopForm, key_page);
  gtk_widget_class_bind_template_child (widget_class, CsShopForm, pasted);
  gtk_widget_class_bind_template_child (widget_class, CsShopForm, verified);
  gtk_widget_class_bind_template_child (widget_class, CsShopForm, pull);
  gtk_widget_class_bind_template_child (widget_class, CsShopForm, done);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, is_not);
  gtk_widget_class_bind_template_callback (widget_class, key_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, pasted_cb);
}

static void
cs_shop_form_class_init (CsShopFormClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_shop_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_shop_form_finalize;
  G_OBJECT_CLASS (klass)->get_property = cs_shop_form_get_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = cs_shop_form_shown;
  properties[PROP_SAID] = g_param_spec_string ("said", NULL, NULL, NULL, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_NO_KEYRING] = g_param_spec_boolean ("no-keyring", NULL, NULL, FALSE, flags);
  properties[PROP_WORKS] = g_param_spec_boolean ("works", NULL, NULL, FALSE, flags);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_PULL] = g_param_spec_boolean ("can-pull", NULL, NULL, FALSE, flags);
  properties[PROP_SAVE_LABEL] = g_param_spec_string ("save-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
  signals[DONE] = g_signal_new ("done", CS_TYPE_SHOP_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.save-for-session", NULL, save_for_session_action);
  gtk_widget_class_install_action (widget_class, "form.pull", NULL, pull_action);
  gtk_widget_class_install_action (widget_class, "form.done", NULL, done_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
cs_shop_form_init (CsShopForm *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
cs_shop_form_new (CsDesk              *desk,
                  const CsChannelKind *kind,
                  CsAccount           *account)
{
  CsShopForm      *self = g_object_new (CS_TYPE_SHOP_FORM, NULL);
  g_autofree char *summary = g_markup_escape_text (_(kind->summary), -1);

  self->desk = g_object_ref (desk);
  self->kind = kind;
  self->account = account != NULL ? cs_account_ref (account) : NULL;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), account != NULL ? account->name : _(kind->name));
  adw_preferences_group_set_description (self->about, summary);
  gtk_label_set_label (self->verified, kind->verified != NULL ? _(kind->verified) : "");
  add_steps (self);
  add_rows (self);
  update (self);

  return ADW_NAVIGATION_PAGE (self);
}
