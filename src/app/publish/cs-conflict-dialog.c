/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-conflict-dialog.h"
#include "cs-difference-list.h"
#include "cs-fiber.h"
#include "cs-key-button.h"
#include "cs-sign-dialog.h"
#include "cs-window.h"

struct _CsConflictDialog
{
  AdwDialog parent_instance;

  CsDesk        *desk;
  CsOutboxEntry *entry;
  CsConflict    *conflict; /* as shown, or NULL */
  char          *why;      /* it could not be read */
  char          *trouble;  /* the answer could not be taken */
  gboolean       busy;
  GPtrArray     *rows;     /* of candidates, borrowed */

  /* Template */
  AdwPreferencesGroup *candidates;
  CsDifferenceList    *differences;
};

G_DEFINE_FINAL_TYPE (CsConflictDialog, cs_conflict_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_STATE = 1,
  PROP_WHY,
  PROP_TROUBLE,
  PROP_HAS_TROUBLE,
  PROP_SENTENCE,
  PROP_CAN_OURS,
  PROP_CAN_THEIRS,
  PROP_CAN_IS_NOT_IT,
  PROP_NOTHING,
} CsConflictDialogProperty;

static GParamSpec *properties[PROP_NOTHING + 1];

static gboolean
can_answer (CsConflictDialog *self,
            CsAnswer          answer)
{
  return self->conflict != NULL && (self->conflict->answers & (1u << answer)) != 0;
}

static void
update (CsConflictDialog *self)
{
  static const struct
  {
    const char *action;
    CsAnswer    answer;
  } actions[] = {
    { "conflict.ours", CS_ANSWER_OURS },
    { "conflict.theirs", CS_ANSWER_THEIRS },
    { "conflict.is-it", CS_ANSWER_IS_IT },
    { "conflict.is-not-it", CS_ANSWER_IS_NOT_IT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].action, !self->busy && can_answer (self, actions[i].answer));
  for (guint i = PROP_STATE; i <= PROP_NOTHING; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* Reading */

static char *
describe_candidate (CsRemoteListing *remote)
{
  g_autofree char *sku = remote->sku != NULL ? g_strdup_printf (_("SKU %s"), remote->sku) : NULL;
  const char      *parts[] = { sku, remote->price, remote->live ? _("on sale") : _("draft"), remote->url, NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts) - 1; i++)
    {
      if (parts[i] != NULL && *parts[i] != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
add_candidate (CsConflictDialog *self,
               CsRemoteListing  *remote,
               guint             position)
{
  g_autofree char *words = describe_candidate (remote);
  g_autofree char *label = g_strdup_printf (_("“%s” is it"), remote->title != NULL ? remote->title : remote->remote_id);
  GtkWidget       *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                       "use-markup", FALSE,
                                       "title", remote->title != NULL ? remote->title : remote->remote_id,
                                       "subtitle", words,
                                       NULL);
  GtkWidget       *button = gtk_button_new_with_label (_("This Is It"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "conflict.is-it");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", position);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->candidates, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_conflict (CsConflictDialog *self)
{
  GPtrArray *candidates = self->conflict->candidates;
  guint      n = candidates != NULL ? candidates->len : 0;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->candidates, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < n; i++)
    add_candidate (self, candidates->pdata[i], i);
  gtk_widget_set_visible (GTK_WIDGET (self->candidates), n > 0);
  cs_difference_list_show (self->differences, self->conflict->differences, _("Approved"));
}

static DexFuture *
read_fiber (gpointer data)
{
  CsConflictDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsConflict) conflict =
    dex_await_boxed (cs_shops_get_conflict (cs_desk_get_shops (self->desk), self->entry->id), &error);

  self->busy = FALSE;
  if (self->differences == NULL)
    return dex_future_new_false ();

  g_clear_pointer (&self->conflict, cs_conflict_unref);
  self->conflict = g_steal_pointer (&conflict);
  g_set_str (&self->why, error != NULL ? error->message : NULL);
  if (self->conflict != NULL)
    show_conflict (self);
  update (self);

  return dex_future_new_true ();
}

static void
read_conflict (CsConflictDialog *self)
{
  self->busy = TRUE;
  g_clear_pointer (&self->conflict, cs_conflict_unref);
  g_clear_pointer (&self->why, g_free);
  update (self);
  dex_future_disown (cs_fiber_spawn (read_fiber, g_object_ref (self), g_object_unref));
}

/* Answering */

typedef struct
{
  CsConflictDialog *dialog;
  CsAnswer          answer;
  char             *remote_id;
} Answer;

static void
answer_free (Answer *answer)
{
  g_clear_object (&answer->dialog);
  g_free (answer->remote_id);
  g_free (answer);
}

static DexFuture *
sync_fiber (gpointer data)
{
  CsConflictDialog *self = data;
  g_autoptr (GError) error = NULL;

  /* What goes wrong with a listing stands at the listing */
  if (!dex_await (cs_desk_sync (self->desk, self->entry->account), &error))
    g_debug ("Sending ended: %s", error->message);

  return dex_future_new_true ();
}

static void
finish (CsConflictDialog *self,
        CsAnswer          answer,
        CsDraft          *draft)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (answer == CS_ANSWER_OURS && draft != NULL && window != NULL)
    adw_dialog_present (cs_sign_dialog_new_for_draft (self->desk, draft, self->entry->account_name), window);
  else if (answer == CS_ANSWER_THEIRS)
    gtk_widget_activate_action (GTK_WIDGET (self), "window.toast", "s", _("What is in the shop stays as it is"));
  else
    dex_future_disown (cs_fiber_spawn (sync_fiber, g_object_ref (self), g_object_unref));

  adw_dialog_force_close (ADW_DIALOG (self));
}

static DexFuture *
answer_fiber (gpointer data)
{
  Answer           *answer = data;
  CsConflictDialog *self = answer->dialog;
  g_autoptr (CsConflict) shown = cs_conflict_ref (self->conflict);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDraft) draft = NULL;
  DexFuture *future = cs_shops_resolve (cs_desk_get_shops (self->desk), shown, answer->answer, answer->remote_id);

  if (answer->answer == CS_ANSWER_OURS)
    draft = dex_await_boxed (future, &error);
  else
    dex_await (future, &error);

  self->busy = FALSE;
  if (self->differences == NULL)
    return dex_future_new_false ();

  if (error == NULL)
    {
      finish (self, answer->answer, draft);
      return dex_future_new_true ();
    }

  g_set_str (&self->trouble, error->message);
  if (g_error_matches (error, CS_ERROR, CS_ERROR_STALE))
    read_conflict (self);
  update (self);

  return dex_future_new_false ();
}

static void
take_answer (CsConflictDialog *self,
             CsAnswer          answer,
             const char       *remote_id)
{
  Answer *given;

  if (self->busy || !can_answer (self, answer))
    return;

  self->busy = TRUE;
  g_clear_pointer (&self->trouble, g_free);
  update (self);
  given = g_new0 (Answer, 1);
  given->dialog = g_object_ref (self);
  given->answer = answer;
  given->remote_id = g_strdup (remote_id);
  dex_future_disown (cs_fiber_spawn (answer_fiber, given, (GDestroyNotify) answer_free));
}

static void
ours_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  take_answer (CS_CONFLICT_DIALOG (widget), CS_ANSWER_OURS, NULL);
}

static void
theirs_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  take_answer (CS_CONFLICT_DIALOG (widget), CS_ANSWER_THEIRS, NULL);
}

static void
is_it_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CsConflictDialog *self = CS_CONFLICT_DIALOG (widget);
  guint             position = g_variant_get_uint32 (parameter);

  if (self->conflict != NULL && position < self->conflict->candidates->len)
    take_answer (self, CS_ANSWER_IS_IT, ((CsRemoteListing *) self->conflict->candidates->pdata[position])->remote_id);
}

static void
is_not_it_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  take_answer (CS_CONFLICT_DIALOG (widget), CS_ANSWER_IS_NOT_IT, NULL);
}

static void
again_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  read_conflict (CS_CONFLICT_DIALOG (widget));
}

/* The class */

static void
cs_conflict_dialog_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  CsConflictDialog *self = CS_CONFLICT_DIALOG (object);

  switch ((CsConflictDialogProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_string (value, self->why != NULL ? "failed" : self->conflict != NULL ? "conflict"
                                                                                       : "loading");
      break;

    case PROP_WHY:
      g_value_take_string (value, self->why != NULL ? g_markup_escape_text (self->why, -1) : NULL);
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble != NULL ? self->trouble : "");
      break;

    case PROP_HAS_TROUBLE:
      g_value_set_boolean (value, self->trouble != NULL);
      break;

    case PROP_SENTENCE:
      g_value_set_string (value, self->conflict != NULL ? self->conflict->sentence : NULL);
      break;

    case PROP_CAN_OURS:
      g_value_set_boolean (value, can_answer (self, CS_ANSWER_OURS));
      break;

    case PROP_CAN_THEIRS:
      g_value_set_boolean (value, can_answer (self, CS_ANSWER_THEIRS));
      break;

    case PROP_CAN_IS_NOT_IT:
      g_value_set_boolean (value, can_answer (self, CS_ANSWER_IS_NOT_IT));
      break;

    case PROP_NOTHING:
      g_value_set_boolean (value, self->conflict != NULL && can_answer (self, CS_ANSWER_OURS) &&
                                    (self->conflict->differences == NULL || self->conflict->differences->len == 0));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_conflict_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_CONFLICT_DIALOG);

  G_OBJECT_CLASS (cs_conflict_dialog_parent_class)->dispose (object);
}

static void
cs_conflict_dialog_finalize (GObject *object)
{
  CsConflictDialog *self = CS_CONFLICT_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->entry, cs_outbox_entry_unref);
  g_clear_pointer (&self->conflict, cs_conflict_unref);
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (cs_conflict_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CS_TYPE_DIFFERENCE_LIST);
  g_type_ensure (CS_TYPE_KEY_BUTTON);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsConflictDialog, candidates);
  gtk_widget_class_bind_template_child (widget_class, CsConflictDialog, differences);
  gtk_widget_class_install_action (widget_class, "conflict.ours", NULL, ours_action);
  gtk_widget_class_install_action (widget_class, "conflict.theirs", NULL, theirs_action);
  gtk_widget_class_install_action (widget_class, "conflict.is-it", "u", is_it_action);
  gtk_widget_class_install_action (widget_class, "conflict.is-not-it", NULL, is_not_it_action);
  gtk_widget_class_install_action (widget_class, "conflict.again", NULL, again_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, 0, "conflict.ours", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_2, 0, "conflict.theirs", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, 0, "conflict.is-not-it", NULL);
}

static void
cs_conflict_dialog_class_init (CsConflictDialogClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_conflict_dialog_dispose;
  object_class->finalize = cs_conflict_dialog_finalize;
  object_class->get_property = cs_conflict_dialog_get_property;
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, flags);
  properties[PROP_WHY] = g_param_spec_string ("why", NULL, NULL, NULL, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  properties[PROP_HAS_TROUBLE] = g_param_spec_boolean ("has-trouble", NULL, NULL, FALSE, flags);
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);
  properties[PROP_CAN_OURS] = g_param_spec_boolean ("can-ours", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_THEIRS] = g_param_spec_boolean ("can-theirs", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_IS_NOT_IT] = g_param_spec_boolean ("can-is-not-it", NULL, NULL, FALSE, flags);
  properties[PROP_NOTHING] = g_param_spec_boolean ("nothing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
cs_conflict_dialog_init (CsConflictDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
cs_conflict_dialog_new (CsDesk        *desk,
                        CsOutboxEntry *entry)
{
  CsConflictDialog *self;

  g_return_val_if_fail (CS_IS_DESK (desk), NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  self = g_object_new (CS_TYPE_CONFLICT_DIALOG, "title", entry->title != NULL ? entry->title : "", NULL);
  self->desk = g_object_ref (desk);
  self->entry = cs_outbox_entry_ref (entry);
  read_conflict (self);

  return ADW_DIALOG (self);
}
