/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-conflict-dialog.h"
#include "cs-entry-item.h"
#include "cs-entry-row.h"
#include "cs-fiber.h"
#include "cs-sign-dialog.h"
#include "cs-window.h"

struct _CsEntryRow
{
  AdwBin parent_instance;

  CsEntryItem *item;
};

G_DEFINE_FINAL_TYPE (CsEntryRow, cs_entry_row, ADW_TYPE_BIN)

typedef enum
{
  PROP_ITEM = 1,
} CsEntryRowProperty;

static GParamSpec *properties[PROP_ITEM + 1];

/* A row is used again for other entries while one scrolls: a command keeps its own item */
typedef struct
{
  CsEntryRow  *row;
  CsEntryItem *item;
  gboolean     withdraw;
} Command;

static void
command_free (Command *command)
{
  g_clear_object (&command->row);
  g_clear_object (&command->item);
  g_free (command);
}

static void
run (CsEntryRow  *self,
     DexFiberFunc fiber,
     gboolean     withdraw)
{
  Command *command;

  if (self->item == NULL)
    return;

  command = g_new0 (Command, 1);
  command->row = g_object_ref (self);
  command->item = g_object_ref (self->item);
  command->withdraw = withdraw;
  dex_future_disown (cs_fiber_spawn (fiber, command, (GDestroyNotify) command_free));
}

/* A shop that did not answer rests: a person who wants it sent now has it asked at once */
static gboolean
await_awake (CsDesk  *desk,
             gint64   id,
             GError **error)
{
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_desk_list_accounts (desk), error);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      CsAccount *account = accounts->pdata[i];

      if (account->id == id && account->paused_until > g_get_real_time () / G_USEC_PER_SEC)
        return dex_await (cs_shops_check (cs_desk_get_shops (desk), id), error);
    }

  return accounts != NULL;
}

static DexFuture *
mend_fiber (gpointer data)
{
  Command       *command = data;
  CsDesk        *desk = cs_entry_item_get_desk (command->item);
  CsOutboxEntry *entry = cs_entry_item_get_entry (command->item);
  gint64         account = entry->account;
  g_autoptr (GError) error = NULL;

  /* One that is signed and waits only has to be sent */
  if (!await_awake (desk, account, &error) ||
      (entry->state != CS_OUTBOX_READY && !dex_await (cs_desk_retry (desk, entry->id), &error)) ||
      !dex_await (cs_desk_sync (desk, account), &error))
    cs_window_report (GTK_WIDGET (command->row), error);

  return dex_future_new_true ();
}

static void
mend_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsEntryRow    *self = CS_ENTRY_ROW (widget);
  CsOutboxEntry *entry = self->item != NULL ? cs_entry_item_get_entry (self->item) : NULL;

  if (entry != NULL && (entry->state == CS_OUTBOX_CONFLICT || entry->state == CS_OUTBOX_DIFFERS))
    adw_dialog_present (cs_conflict_dialog_new (cs_entry_item_get_desk (self->item), entry), widget);
  else
    run (self, mend_fiber, FALSE);
}

static DexFuture *
prepare_fiber (gpointer data)
{
  Command         *command = data;
  CsDesk          *desk = cs_entry_item_get_desk (command->item);
  CsOutboxEntry   *entry = cs_entry_item_get_entry (command->item);
  g_autofree char *account_name = g_strdup (entry->account_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDraft) draft = NULL;

  if (command->withdraw)
    draft = dex_await_boxed (cs_desk_prepare_withdrawal (desk, entry->id), &error);
  else
    draft = dex_await_boxed (cs_desk_prepare_rollback (desk, entry->id), &error);

  if (draft == NULL)
    {
      cs_window_report (GTK_WIDGET (command->row), error);
      return dex_future_new_false ();
    }

  adw_dialog_present (cs_sign_dialog_new_for_draft (desk, draft, account_name), GTK_WIDGET (command->row));

  return dex_future_new_true ();
}

static void
roll_back_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  run (CS_ENTRY_ROW (widget), prepare_fiber, FALSE);
}

static void
withdraw_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  run (CS_ENTRY_ROW (widget), prepare_fiber, TRUE);
}

static DexFuture *
offer_fiber (gpointer data)
{
  Command         *command = data;
  CsDesk          *desk = cs_entry_item_get_desk (command->item);
  CsOutboxEntry   *entry = cs_entry_item_get_entry (command->item);
  g_autofree char *account_name = g_strdup (entry->account_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts =
    dex_await_boxed (cs_shops_prepare_offers (cs_desk_get_shops (desk), entry->account, &entry->product, 1), &error);

  if (drafts == NULL)
    cs_window_report (GTK_WIDGET (command->row), error);
  else if (drafts->len == 0)
    gtk_widget_activate_action (GTK_WIDGET (command->row), "window.toast", "s", _("Price and stock there are as they are here"));
  else
    adw_dialog_present (cs_sign_dialog_new_for_drafts (desk, drafts, account_name), GTK_WIDGET (command->row));

  return dex_future_new_true ();
}

static void
offer_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  run (CS_ENTRY_ROW (widget), offer_fiber, FALSE);
}

static void
review_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CsEntryRow *self = CS_ENTRY_ROW (widget);

  if (self->item != NULL)
    gtk_widget_activate_action (widget, "window.review-product", "x", cs_entry_item_get_entry (self->item)->product);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsEntryRow *self = CS_ENTRY_ROW (widget);

  if (self->item != NULL)
    gtk_widget_activate_action (widget, "shop.open-listing", "x", cs_entry_item_get_entry (self->item)->id);
}

/* What happened, step by step */

static const char *
get_outcome_label (const char *outcome)
{
  static const struct
  {
    const char *outcome;
    const char *label;
  } labels[] = {
    { "done", N_("done") },
    { "refused", N_("refused") },
    { "later", N_("to be tried again") },
    { "unknown", N_("not known") },
    { "not-found", N_("not there") },
    { "sign-in", N_("sign in needed") },
    { "conflict", N_("conflict") },
    { "found", N_("found there") },
    { "too-early", N_("not shown there yet") },
    { "not-sent", N_("not sent") },
  };

  if (outcome == NULL)
    return _("begun");

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (g_str_equal (labels[i].outcome, outcome))
        return _(labels[i].label);
    }

  return outcome;
}

static char *
describe_steps (GPtrArray *steps)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      CsOutboxStep *step = g_ptr_array_index (steps, i);
      g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (step->begun_at / G_USEC_PER_SEC);
      g_autofree char *when = then != NULL ? g_date_time_format (then, "%x %X") : NULL;

      g_string_append_printf (text, "%s%s · %s · %s", i > 0 ? "\n" : "", when != NULL ? when : "",
                              step->step, get_outcome_label (step->outcome));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static DexFuture *
steps_fiber (gpointer data)
{
  Command         *command = data;
  CsOutboxEntry   *entry = cs_entry_item_get_entry (command->item);
  g_autofree char *title = g_strdup (entry->title);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autofree char *text = NULL;
  AdwDialog       *dialog;

  steps = dex_await_boxed (cs_desk_get_steps (cs_entry_item_get_desk (command->item), entry->id), &error);
  if (steps == NULL)
    {
      cs_window_report (GTK_WIDGET (command->row), error);
      return dex_future_new_false ();
    }

  text = steps->len > 0 ? describe_steps (steps) : g_strdup (_("Nothing was sent yet."));
  dialog = adw_alert_dialog_new (title, text);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (command->row));

  return dex_future_new_true ();
}

static void
steps_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  run (CS_ENTRY_ROW (widget), steps_fiber, FALSE);
}

/* The class */

static void
update_actions (CsEntryRow *self)
{
  CsOutboxEntry *entry = self->item != NULL ? cs_entry_item_get_entry (self->item) : NULL;
  gboolean       is_there = entry != NULL && cs_outbox_entry_is_there (entry);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entry.open", is_there);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entry.withdraw", is_there);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entry.offer", is_there);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entry.roll-back",
                                 entry != NULL && !entry->is_past &&
                                   (entry->state == CS_OUTBOX_DONE || entry->state == CS_OUTBOX_DIFFERS));
}

static void
set_item (CsEntryRow  *self,
          CsEntryItem *item)
{
  if (item == self->item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update_actions, self);

  g_set_object (&self->item, item);

  if (item != NULL)
    g_signal_connect_object (item, "notify::pill", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);

  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

static void
cs_entry_row_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsEntryRow *self = CS_ENTRY_ROW (object);

  switch ((CsEntryRowProperty) prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_entry_row_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  CsEntryRow *self = CS_ENTRY_ROW (object);

  switch ((CsEntryRowProperty) prop_id)
    {
    case PROP_ITEM:
      set_item (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_entry_row_dispose (GObject *object)
{
  CsEntryRow *self = CS_ENTRY_ROW (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update_actions, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_ENTRY_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (cs_entry_row_parent_class)->dispose (object);
}

static void
cs_entry_row_class_init (CsEntryRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_entry_row_dispose;
  object_class->get_property = cs_entry_row_get_property;
  object_class->set_property = cs_entry_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         CS_TYPE_ENTRY_ITEM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-entry-row.ui");

  gtk_widget_class_install_action (widget_class, "entry.mend", NULL, mend_action);
  gtk_widget_class_install_action (widget_class, "entry.review", NULL, review_action);
  gtk_widget_class_install_action (widget_class, "entry.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "entry.roll-back", NULL, roll_back_action);
  gtk_widget_class_install_action (widget_class, "entry.offer", NULL, offer_action);
  gtk_widget_class_install_action (widget_class, "entry.withdraw", NULL, withdraw_action);
  gtk_widget_class_install_action (widget_class, "entry.steps", NULL, steps_action);
}

static void
cs_entry_row_init (CsEntryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
