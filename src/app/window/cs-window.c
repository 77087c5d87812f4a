/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-account-item.h"
#include "cs-fiber.h"
#include "cs-gtk-future.h"
#include "cs-job-row.h"
#include "cs-hand-page.h"
#include "cs-left-over-bar.h"
#include "cs-models-page.h"
#include "cs-product-page.h"
#include "cs-products-page.h"
#include "cs-published-page.h"
#include "cs-ready-page.h"
#include "cs-review-page.h"
#include "cs-sent-page.h"
#include "cs-settings.h"
#include "cs-sidebar-row.h"
#include "cs-window-private.h"

/* Below this a window is narrow (pixels) */
#define NARROW 600

G_DEFINE_FINAL_TYPE (CsWindow, cs_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  PROP_N_PRODUCTS = 1,
  PROP_N_REVIEW,
  PROP_N_READY,
  PROP_N_FAILED,
  PROP_ACCOUNTS,
  PROP_HAS_JOBS,
} CsWindowProperty;

static GParamSpec *properties[PROP_HAS_JOBS + 1];

/* Pages are made when they are first shown, so that the window opens at once */
static const struct
{
  const char *tag;
  GType (*get_type) (void);
} pages[] = {
  { "products", cs_products_page_get_type },
  { "review", cs_review_page_get_type },
  { "ready", cs_ready_page_get_type },
  { "published", cs_published_page_get_type },
  { "models", cs_models_page_get_type },
  { "sent", cs_sent_page_get_type },
  { "hand", cs_hand_page_get_type },
};

/* Those that have a row in the sidebar, and a key */
#define N_SIDEBAR_PAGES 4

static AdwNavigationPage *
ensure_page (CsWindow   *self,
             const char *tag)
{
  AdwNavigationPage *page = adw_navigation_view_find_page (self->navigation, tag);

  for (guint i = 0; page == NULL && i < G_N_ELEMENTS (pages); i++)
    {
      if (!g_str_equal (pages[i].tag, tag))
        continue;

      page = g_object_new (pages[i].get_type (), "desk", self->desk, "tag", tag, NULL);
      adw_navigation_view_add (self->navigation, page);
    }

  return page;
}

static void
select_row (CsWindow   *self,
            const char *tag)
{
  for (guint i = 0; i < N_SIDEBAR_PAGES; i++)
    {
      if (g_str_equal (pages[i].tag, tag))
        gtk_list_box_select_row (self->pages, gtk_list_box_get_row_at_index (self->pages, i));
    }
}

/* From the sidebar into the page, so that its keys work at once */
static void
move_focus (CsWindow          *self,
            AdwNavigationPage *page)
{
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

static void
show_page (CsWindow   *self,
           const char *tag)
{
  AdwNavigationPage *page;

  if (self->desk == NULL || (page = ensure_page (self, tag)) == NULL)
    return;

  if (adw_navigation_view_get_visible_page (self->navigation) != page)
    adw_navigation_view_replace_with_tags (self->navigation, (const char *[]) { tag, NULL }, 1);

  select_row (self, tag);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  move_focus (self, page);
}

static void
show_page_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  show_page (CS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
row_activated (CsWindow     *self,
               CsSidebarRow *row)
{
  show_page (self, cs_sidebar_row_get_page (row));
}

static void
channel_activated (CsWindow *self,
                   guint     position)
{
  g_autoptr (CsAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), position);

  gtk_widget_activate_action (GTK_WIDGET (self), "shop.show", "x", cs_account_item_get_account (item)->id);
}

static gboolean
lies_below (CsWindow          *self,
            AdwNavigationPage *page)
{
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (self->navigation);

  for (guint i = 0; i < g_list_model_get_n_items (stack); i++)
    {
      g_autoptr (AdwNavigationPage) other = g_list_model_get_item (stack, i);

      if (other == page)
        return TRUE;
    }

  return FALSE;
}

/* "win.models" lies over the page that it was opened from, and leads back to it */
static void
show_over_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  CsWindow          *self = CS_WINDOW (widget);
  AdwNavigationPage *page;

  if (self->desk == NULL || (page = ensure_page (self, strchr (action_name, '.') + 1)) == NULL ||
      adw_navigation_view_get_visible_page (self->navigation) == page)
    return;

  /* Below another one: back to it, so that no page lies in the way twice */
  if (lies_below (self, page))
    adw_navigation_view_pop_to_page (self->navigation, page);
  else
    adw_navigation_view_push (self->navigation, page);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  move_focus (self, page);
}

static void
show_product_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->desk == NULL)
    return;

  show_page (self, "products");
  adw_navigation_view_push (self->navigation,
                            ADW_NAVIGATION_PAGE (cs_product_page_new (self->desk, g_variant_get_int64 (parameter))));
}

static void
review_product_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->desk == NULL)
    return;

  show_page (self, "review");
  cs_review_page_show_product (CS_REVIEW_PAGE (ensure_page (self, "review")), g_variant_get_int64 (parameter));
}

static void
toast_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  cs_window_add_toast (widget, adw_toast_new (g_variant_get_string (parameter, NULL)));
}

static void
show_models_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  AdwNavigationPage *page = CS_WINDOW (widget)->desk != NULL ? ensure_page (CS_WINDOW (widget), "models") : NULL;

  if (page == NULL)
    return;

  cs_models_page_show_view (CS_MODELS_PAGE (page), g_variant_get_string (parameter, NULL));
  gtk_widget_activate_action (widget, "win.models", NULL);
}

/* Why a model was not asked about all that it was to be asked about */
static void
left_over_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  cs_left_over_bar_set_reason (CS_WINDOW (widget)->left_over, g_variant_get_string (parameter, NULL));
}

/* A sentence, the button's label, and the page that it leads to */
static void
toast_to_page_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  const char *text, *label, *tag;
  AdwToast   *toast;

  g_variant_get (parameter, "(&s&s&s)", &text, &label, &tag);

  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, "window.show-page");
  adw_toast_set_action_target_value (toast, g_variant_new_string (tag));
  cs_window_add_toast (widget, toast);
}

/* What the sidebar shows */

static DexFuture *
count_fiber (gpointer data)
{
  CsWindow *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) counts = dex_await_boxed (cs_desk_count_products (self->desk), &error);

  if (counts == NULL)
    {
      g_debug ("Products were not counted: %s", error->message);
      return dex_future_new_false ();
    }

  for (guint i = 0; i < CS_N_STAGES; i++)
    self->counts[i] = i < counts->len ? g_array_index (counts, guint, i) : 0;

  for (guint i = PROP_N_PRODUCTS; i <= PROP_N_FAILED; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);

  return dex_future_new_true ();
}

/* A list that is put anew loses the place that the keys are at */
static gboolean
shows_accounts (CsWindow  *self,
                GPtrArray *accounts)
{
  gboolean same = g_list_model_get_n_items (G_LIST_MODEL (self->accounts)) == accounts->len;

  for (guint i = 0; same && i < accounts->len; i++)
    {
      g_autoptr (CsAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      same = cs_account_item_shows (item, g_ptr_array_index (accounts, i));
    }

  return same;
}

static DexFuture *
accounts_fiber (gpointer data)
{
  CsWindow *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_desk_list_accounts (self->desk), &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (accounts == NULL)
    {
      cs_window_report (GTK_WIDGET (self), error);
      return dex_future_new_false ();
    }

  if (shows_accounts (self, accounts))
    return dex_future_new_true ();

  for (guint i = 0; i < accounts->len; i++)
    g_ptr_array_add (items, cs_account_item_new (g_ptr_array_index (accounts, i)));

  g_list_store_splice (self->accounts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->accounts)),
                       items->pdata, items->len);

  return dex_future_new_true ();
}

static gboolean
count_now (gpointer data)
{
  CsWindow *self = data;

  self->counting = 0;
  if (self->desk != NULL)
    {
      dex_future_disown (cs_fiber_spawn (count_fiber, g_object_ref (self), g_object_unref));
      /* Sending pauses a shop, and finds that it wants a sign-in */
      dex_future_disown (cs_fiber_spawn (accounts_fiber, g_object_ref (self), g_object_unref));
    }

  return G_SOURCE_REMOVE;
}

static void
desk_changed (CsDesk      *desk,
              CsDeskChange what,
              gint64       product,
              CsWindow    *self)
{
  if (what == CS_DESK_ACCOUNTS)
    dex_future_disown (cs_fiber_spawn (accounts_fiber, g_object_ref (self), g_object_unref));
  else if (self->counting == 0)
    self->counting = g_timeout_add (200, count_now, self);
}

static DexFuture *
resume_fiber (gpointer data)
{
  CsWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_desk_resume (self->desk, TRUE), &error))
    cs_window_report (GTK_WIDGET (self), error);

  return dex_future_new_true ();
}

/* Work under way */

static void
tell_finished (CsWindow *self,
               CsJob    *job)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *body = NULL;

  if (application == NULL || gtk_window_is_active (GTK_WINDOW (self)) ||
      cs_job_is_stopped (job) || cs_job_get_total (job) < 2)
    return;

  notification = g_notification_new (cs_job_get_title (job));
  body = g_strdup_printf (_("Done: %u of %u"), cs_job_get_done (job), cs_job_get_total (job));
  g_notification_set_body (notification, body);
  g_application_send_notification (G_APPLICATION (application), "job", notification);
}

static void
job_finished (CsWindow   *self,
              GParamSpec *pspec,
              CsJob      *job)
{
  tell_finished (self, job);
}

static void
jobs_changed (CsWindow   *self,
              guint       position,
              guint       removed,
              guint       added,
              GListModel *jobs)
{
  gboolean has_jobs = g_list_model_get_n_items (jobs) > 0;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (CsJob) job = g_list_model_get_item (jobs, i);

      g_signal_connect_object (job, "notify::finished", G_CALLBACK (job_finished), self, G_CONNECT_SWAPPED);
    }

  if (self->has_jobs == has_jobs)
    return;

  self->has_jobs = has_jobs;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_JOBS]);
}

static GtkWidget *
make_job_row (gpointer item,
              gpointer data)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), cs_job_row_new (item));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, cs_job_get_title (item), -1);

  return row;
}

/* The library */

static void
show_trouble (CsWindow     *self,
              const GError *error)
{
  static const struct
  {
    CsError     code;
    const char *title;
    const char *advice;
  } troubles[] = {
    { CS_ERROR_IN_USE, N_("Your Library Is in Use"), N_("Close the other one, then try again.") },
    { CS_ERROR_NEWER, N_("Your Library Is Newer"), NULL },
    { CS_ERROR_CORRUPT, N_("Your Library Is Damaged"), N_("Put back a backup of it, then try again.") },
    { CS_ERROR_READ_ONLY, N_("Your Library Cannot Be Written To"),
      N_("Check that the disk is not full and that the folder is yours to change, then try again.") },
  };
  const char      *title = N_("Your Library Did Not Open");
  const char      *advice = N_("Nothing was changed.");
  g_autofree char *description = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      if (g_error_matches (error, CS_ERROR, troubles[i].code))
        {
          title = troubles[i].title;
          advice = troubles[i].advice;
        }
    }

  /* The description is markup, the message may hold a folder's name */
  description = advice != NULL ? g_markup_printf_escaped ("%s\n\n%s", error->message, _(advice))
                               : g_markup_escape_text (error->message, -1);
  adw_status_page_set_title (self->trouble, _(title));
  adw_status_page_set_description (self->trouble, description);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

static void
set_desk (CsWindow *self,
          CsDesk   *desk)
{
  self->desk = g_object_ref (desk);
  self->jobs = g_object_ref (cs_desk_get_jobs (desk));

  g_signal_connect_object (desk, "changed", G_CALLBACK (desk_changed), self, 0);
  g_signal_connect_object (self->jobs, "items-changed", G_CALLBACK (jobs_changed), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->job_list, self->jobs, make_job_row, NULL, NULL);
  gtk_list_box_bind_model (self->narrow_job_list, self->jobs, make_job_row, NULL, NULL);
  jobs_changed (self, 0, 0, g_list_model_get_n_items (self->jobs), self->jobs);

  cs_left_over_bar_set_desk (self->left_over, desk);
  gtk_stack_set_visible_child_name (self->stack, "library");
  show_page (self, "products");

  count_now (self);
  dex_future_disown (cs_fiber_spawn (resume_fiber, g_object_ref (self), g_object_unref));
  cs_window_offer_model (self);
}

static void
reopen_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CsWindow *self = CS_WINDOW (widget);
  g_autoptr (GError) error = NULL;
  CsDesk *desk;

  if (self->desk != NULL)
    return;

  desk = cs_application_open_desk (CS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), &error);
  if (desk != NULL)
    set_desk (self, desk);
  else
    show_trouble (self, error);
}

static void
cs_window_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  CsWindow *self = CS_WINDOW (object);
  guint     n_products = 0;

  for (guint i = 0; i < CS_N_STAGES; i++)
    n_products += self->counts[i];

  switch ((CsWindowProperty) prop_id)
    {
    case PROP_N_PRODUCTS:
      g_value_set_uint (value, n_products);
      break;

    case PROP_N_REVIEW:
      g_value_set_uint (value, self->counts[CS_STAGE_REVIEW]);
      break;

    case PROP_N_READY:
      g_value_set_uint (value, self->counts[CS_STAGE_READY]);
      break;

    case PROP_N_FAILED:
      g_value_set_uint (value, self->counts[CS_STAGE_FAILED]);
      break;

    case PROP_ACCOUNTS:
      g_value_set_object (value, self->accounts);
      break;

    case PROP_HAS_JOBS:
      g_value_set_boolean (value, self->has_jobs);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_window_dispose (GObject *object)
{
  CsWindow *self = CS_WINDOW (object);

  g_clear_handle_id (&self->counting, g_source_remove);
  g_clear_handle_id (&self->offering, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_WINDOW);
  g_clear_object (&self->jobs);
  g_clear_object (&self->accounts);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "window.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "window.toast-to-page", "(sss)", toast_to_page_action);
  gtk_widget_class_install_action (widget_class, "window.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "window.show-product", "x", show_product_action);
  gtk_widget_class_install_action (widget_class, "win.models", NULL, show_over_action);
  gtk_widget_class_install_action (widget_class, "window.models", "s", show_models_action);
  gtk_widget_class_install_action (widget_class, "win.sent", NULL, show_over_action);
  gtk_widget_class_install_action (widget_class, "window.left-over", "s", left_over_action);
  gtk_widget_class_install_action (widget_class, "win.hand", NULL, show_over_action);
  gtk_widget_class_install_action (widget_class, "window.review-product", "x", review_product_action);
  gtk_widget_class_install_action (widget_class, "library.reopen", NULL, reopen_action);

  for (guint i = 0; i < N_SIDEBAR_PAGES; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK,
                                         "window.show-page", "s", pages[i].tag);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_5, GDK_ALT_MASK, "win.models", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_6, GDK_ALT_MASK, "win.sent", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_7, GDK_ALT_MASK, "win.hand", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, split);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, job_list);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, narrow_job_list);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, left_over);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, channel_activated);
}

static void
cs_window_class_init (CsWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_window_dispose;
  object_class->get_property = cs_window_get_property;

  properties[PROP_N_PRODUCTS] =
    g_param_spec_uint ("n-products", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_REVIEW] =
    g_param_spec_uint ("n-review", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_READY] =
    g_param_spec_uint ("n-ready", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_FAILED] =
    g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCOUNTS] =
    g_param_spec_object ("accounts", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_JOBS] =
    g_param_spec_boolean ("has-jobs", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (CS_TYPE_ACCOUNT_ITEM);
  g_type_ensure (CS_TYPE_LEFT_OVER_BAR);
  g_type_ensure (CS_TYPE_SIDEBAR_ROW);

  bind_template (widget_class);
  install_actions (widget_class);
  cs_window_class_init_import (widget_class);
  cs_window_class_init_help (widget_class);
  cs_window_class_init_shops (widget_class);
}

/* Size and state are remembered where the settings' schema is installed */
static void
bind_settings (CsWindow *self)
{
  g_autoptr (GSettings) settings = cs_settings_dup ("window-width");

  if (settings == NULL)
    return;

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
cs_window_init (CsWindow *self)
{
  self->accounts = g_list_store_new (CS_TYPE_ACCOUNT_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_window_init_import (self);
  bind_settings (self);
}

/**
 * cs_window_new:
 * @desk: (nullable): the open library
 * @error: why there is none
 */
CsWindow *
cs_window_new (CsApplication *application,
               CsDesk        *desk,
               const GError  *error)
{
  CsWindow *self = g_object_new (CS_TYPE_WINDOW, "application", application, NULL);

  if (desk != NULL)
    set_desk (self, desk);
  else
    show_trouble (self, error);

  return self;
}

/* A sentence is of use as a whole: it takes as many lines as it needs, and leaves
 * its button the room that a narrow window has
 */
static void
wrap_toast (CsWindow *self,
            AdwToast *toast)
{
  const char *title = adw_toast_get_title (toast);
  gboolean    is_narrow = gtk_widget_get_width (GTK_WIDGET (self)) < NARROW;
  int         columns = !is_narrow ? 60 : adw_toast_get_button_label (toast) != NULL ? 16 : 26;
  GtkWidget  *label;

  if (title == NULL || *title == '\0')
    return;

  label = g_object_new (GTK_TYPE_LABEL, "label", title, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                        "natural-wrap-mode", is_narrow ? GTK_NATURAL_WRAP_INHERIT : GTK_NATURAL_WRAP_NONE,
                        "max-width-chars", columns, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
}

void
cs_window_add_toast (GtkWidget *widget,
                     AdwToast  *toast)
{
  GtkWidget *window;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (ADW_IS_TOAST (toast));

  adw_toast_set_use_markup (toast, FALSE);
  if ((window = gtk_widget_get_ancestor (widget, CS_TYPE_WINDOW)) == NULL)
    {
      g_object_unref (g_object_ref_sink (toast));
      return;
    }

  wrap_toast (CS_WINDOW (window), toast);
  adw_toast_overlay_add_toast (CS_WINDOW (window)->toasts, toast);
}

void
cs_window_settle_focus (GtkWidget *page)
{
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (page));

  root = gtk_widget_get_root (page);
  if (root != NULL && gtk_widget_get_mapped (page) && gtk_root_get_focus (root) == NULL)
    gtk_widget_grab_focus (page);
}

void
cs_window_report (GtkWidget    *widget,
                  const GError *error)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (error != NULL);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, DEX_ERROR, DEX_ERROR_FIBER_CANCELLED))
    gtk_widget_activate_action (widget, "window.toast", "s", error->message);
}
