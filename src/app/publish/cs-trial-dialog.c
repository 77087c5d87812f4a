/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-draft-item.h"
#include "cs-fiber.h"
#include "cs-trial-dialog.h"
#include "cs-trial-page.h"

struct _CsTrialDialog
{
  AdwDialog parent_instance;

  CsDesk     *desk;
  gint64      account;
  GArray     *products; /* or NULL */
  GPtrArray  *trials;   /* or NULL while it runs */
  char       *why;      /* it could not be found out */

  /* Template */
  AdwNavigationView *navigation;
  GtkListBox        *list;
};

G_DEFINE_FINAL_TYPE (CsTrialDialog, cs_trial_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_STATE = 1,
  PROP_WHY,
  PROP_SUMMARY,
} CsTrialDialogProperty;

static GParamSpec *properties[PROP_SUMMARY + 1];

static void
update (CsTrialDialog *self)
{
  for (guint i = PROP_STATE; i <= PROP_SUMMARY; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static gboolean
is_held (CsTrial *trial)
{
  return trial->obstacle != NULL || (trial->findings != NULL && trial->findings->len > 0);
}

/* "Changes what is there · Title, Price" */
static char *
dup_words (CsTrial *trial)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (trial->obstacle != NULL)
    return g_strdup (trial->obstacle);
  if (is_held (trial))
    return g_strdup (trial->findings->pdata[0]);

  g_string_append (text, cs_draft_operation_get_label (trial->operation));
  for (guint i = 0; trial->operation != CS_OPERATION_CREATE && trial->differences != NULL && i < trial->differences->len; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? " · " : _(", "), ((CsDifference *) trial->differences->pdata[i])->label);
  if (trial->operation == CS_OPERATION_UPDATE && trial->differences != NULL && trial->differences->len == 0)
    g_string_assign (text, _("Nothing would change."));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
add_row (CsTrialDialog *self,
         CsTrial       *trial)
{
  g_autofree char *words = dup_words (trial);
  GtkWidget       *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                       "use-markup", FALSE,
                                       "title", trial->title != NULL ? trial->title : "",
                                       "title-lines", 2,
                                       "subtitle", words,
                                       "activatable", TRUE,
                                       NULL);
  GtkWidget       *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  if (is_held (trial))
    {
      GtkWidget *warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (warning, "error");
      gtk_accessible_update_property (GTK_ACCESSIBLE (warning), GTK_ACCESSIBLE_PROPERTY_LABEL, _("would not go"), -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), warning);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  gtk_list_box_append (self->list, row);
}

static DexFuture *
try_fiber (gpointer data)
{
  CsTrialDialog *self = data;
  CsShops       *shops = cs_desk_get_shops (self->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) trials = NULL;

  if (self->products != NULL)
    trials = dex_await_boxed (cs_shops_try (shops, self->account, (const gint64 *) (gpointer) self->products->data,
                                            self->products->len),
                              &error);
  else
    trials = dex_await_boxed (cs_shops_try_outbox (shops, self->account), &error);

  if (self->list == NULL)
    return dex_future_new_false ();

  if (trials == NULL)
    g_set_str (&self->why, error->message);
  for (guint i = 0; trials != NULL && i < trials->len; i++)
    add_row (self, trials->pdata[i]);
  self->trials = g_steal_pointer (&trials);
  update (self);

  return dex_future_new_true ();
}

static void
begin (CsTrialDialog *self)
{
  g_clear_pointer (&self->why, g_free);
  update (self);
  dex_future_disown (cs_fiber_spawn (try_fiber, g_object_ref (self), g_object_unref));
}

static void
again_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  begin (CS_TRIAL_DIALOG (widget));
}

static void
row_activated_cb (CsTrialDialog *self,
                  GtkListBoxRow *row)
{
  adw_navigation_view_push (self->navigation, cs_trial_page_new (self->trials->pdata[gtk_list_box_row_get_index (row)]));
}

static char *
dup_summary (CsTrialDialog *self)
{
  guint n = self->trials != NULL ? self->trials->len : 0;
  guint n_held = 0;

  for (guint i = 0; i < n; i++)
    n_held += is_held (self->trials->pdata[i]);

  if (n_held > 0)
    return g_strdup_printf (ngettext ("%u of %u would not go as it is. Nothing was sent.",
                                      "%u of %u would not go as they are. Nothing was sent.", n_held),
                            n_held, n);

  return g_strdup_printf (ngettext ("%u listing would go. Nothing was sent.",
                                    "All %u listings would go. Nothing was sent.", n),
                          n);
}

static const char *
get_state (CsTrialDialog *self)
{
  if (self->why != NULL)
    return "failed";
  if (self->trials == NULL)
    return "loading";

  return self->trials->len > 0 ? "list" : "empty";
}

static void
cs_trial_dialog_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CsTrialDialog *self = CS_TRIAL_DIALOG (object);

  switch ((CsTrialDialogProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_string (value, get_state (self));
      break;

    case PROP_WHY:
      g_value_take_string (value, self->why != NULL ? g_markup_escape_text (self->why, -1) : NULL);
      break;

    case PROP_SUMMARY:
      g_value_take_string (value, dup_summary (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_trial_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_TRIAL_DIALOG);

  G_OBJECT_CLASS (cs_trial_dialog_parent_class)->dispose (object);
}

static void
cs_trial_dialog_finalize (GObject *object)
{
  CsTrialDialog *self = CS_TRIAL_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->products, g_array_unref);
  g_clear_pointer (&self->trials, g_ptr_array_unref);
  g_clear_pointer (&self->why, g_free);

  G_OBJECT_CLASS (cs_trial_dialog_parent_class)->finalize (object);
}

static void
cs_trial_dialog_class_init (CsTrialDialogClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_trial_dialog_dispose;
  object_class->finalize = cs_trial_dialog_finalize;
  object_class->get_property = cs_trial_dialog_get_property;
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, flags);
  properties[PROP_WHY] = g_param_spec_string ("why", NULL, NULL, NULL, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-trial-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsTrialDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, CsTrialDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "trial.again", NULL, again_action);
}

static void
cs_trial_dialog_init (CsTrialDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
cs_trial_dialog_new (CsDesk *desk,
                     gint64  account,
                     GArray *products)
{
  CsTrialDialog *self;

  g_return_val_if_fail (CS_IS_DESK (desk), NULL);

  self = g_object_new (CS_TYPE_TRIAL_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->account = account;
  self->products = products != NULL ? g_array_ref (products) : NULL;
  begin (self);

  return ADW_DIALOG (self);
}
