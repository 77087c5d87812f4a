/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-draft-item.h"
#include "cs-draft-page.h"
#include "cs-fiber.h"
#include "cs-sign-dialog.h"
#include "cs-window.h"

/* Listings prepared at a time: their pictures are rendered, which takes a while */
#define PREPARED_AT_ONCE 4

struct _CsSignDialog
{
  AdwDialog parent_instance;

  CsDesk     *desk;
  gint64      account;
  char       *account_name;
  gboolean    is_practice;
  gboolean    can_sign;
  gboolean    ready; /* all is prepared and shown */
  gboolean    signing;
  GArray     *ids;    /* to be prepared; NULL for a draft that came ready */
  GPtrArray  *drafts; /* of CsDraft, exactly as shown */
  GListStore *items;  /* of CsDraftItem */
  char       *problem;

  /* Template */
  AdwNavigationView *navigation;
};

G_DEFINE_FINAL_TYPE (CsSignDialog, cs_sign_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_ITEMS = 1,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_SUMMARY,
  PROP_DESTINATION,
  PROP_SIGN_LABEL,
  PROP_CAN_SIGN,
  PROP_PROBLEM,
  PROP_HAS_PROBLEM,
} CsSignDialogProperty;

static GParamSpec *properties[PROP_HAS_PROBLEM + 1];

static guint
count_fitting (CsSignDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->drafts->len; i++)
    n += cs_draft_fits (g_ptr_array_index (self->drafts, i));

  return n;
}

static void
update (CsSignDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "listing.sign",
                                 self->ready && !self->signing && self->can_sign && count_fitting (self) > 0);

  for (guint i = PROP_STATE; i <= PROP_HAS_PROBLEM; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
set_problem (CsSignDialog *self,
             const char   *problem)
{
  g_set_str (&self->problem, problem);
  update (self);
}

static void
add_drafts (CsSignDialog *self,
            GPtrArray    *drafts)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      CsDraft *draft = g_ptr_array_index (drafts, i);
      g_autoptr (CsDraftItem) item = cs_draft_item_new (self->desk, draft);

      g_ptr_array_add (self->drafts, cs_draft_ref (draft));
      g_list_store_append (self->items, item);
    }

  update (self);
}

/* Preparing */

static DexFuture *
prepare_fiber (gpointer data)
{
  CsSignDialog *self = data;

  for (guint i = 0; self->desk != NULL && i < self->ids->len; i += PREPARED_AT_ONCE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) drafts =
        dex_await_boxed (cs_desk_prepare (self->desk, self->account, &g_array_index (self->ids, gint64, i),
                                          MIN (PREPARED_AT_ONCE, self->ids->len - i)),
                         &error);

      if (self->desk == NULL)
        return dex_future_new_false ();

      if (drafts != NULL)
        add_drafts (self, drafts);
      else
        set_problem (self, error->message);
    }

  self->ready = TRUE;
  update (self);

  return dex_future_new_true ();
}

static void
prepare (CsSignDialog *self)
{
  self->ready = FALSE;
  g_ptr_array_set_size (self->drafts, 0);
  g_list_store_remove_all (self->items);
  update (self);

  dex_future_disown (cs_fiber_spawn (prepare_fiber, g_object_ref (self), g_object_unref));
}

/* Signing */

static DexFuture *
sync_fiber (gpointer data)
{
  CsSignDialog *self = data;
  g_autoptr (CsDesk) desk = g_object_ref (self->desk);
  g_autoptr (GError) error = NULL;

  /* What goes wrong with a listing stands at the listing, on the Published page */
  if (!dex_await (cs_desk_sync (desk, self->account), &error))
    g_debug ("Sending ended: %s", error->message);

  return dex_future_new_true ();
}

static GPtrArray *
dup_fitting (CsSignDialog *self)
{
  GPtrArray *fitting = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_draft_unref);

  for (guint i = 0; i < self->drafts->len; i++)
    {
      CsDraft *draft = g_ptr_array_index (self->drafts, i);

      if (cs_draft_fits (draft))
        g_ptr_array_add (fitting, cs_draft_ref (draft));
    }

  return fitting;
}

static void
tell_signed (CsSignDialog *self,
             guint         n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u listing signed, on its way to %s",
                                                     "%u listings signed, on their way to %s", n),
                                           n, self->account_name);

  gtk_widget_activate_action (GTK_WIDGET (self), "window.toast-to-page", "(sss)", text, _("_Show"), "published");
}

static DexFuture *
sign_fiber (gpointer data)
{
  CsSignDialog *self = data;
  g_autoptr (GPtrArray) fitting = dup_fitting (self);
  g_autoptr (GError) error = NULL;
  guint n = dex_await_uint (cs_desk_approve (self->desk, fitting, "window"), &error);

  self->signing = FALSE;

  if (error == NULL)
    {
      tell_signed (self, n);
      dex_future_disown (cs_fiber_spawn (sync_fiber, g_object_ref (self), g_object_unref));
      adw_dialog_force_close (ADW_DIALOG (self));
      return dex_future_new_true ();
    }

  set_problem (self, error->message);
  adw_navigation_view_pop_to_tag (self->navigation, "drafts");

  /* Something moved while it was read: it is shown as it is now, to be read again */
  if (self->ids != NULL && g_error_matches (error, CS_ERROR, CS_ERROR_STALE))
    prepare (self);

  return dex_future_new_false ();
}

static void
sign_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsSignDialog *self = CS_SIGN_DIALOG (widget);

  if (!self->ready || self->signing || !self->can_sign)
    return;

  self->signing = TRUE;
  set_problem (self, NULL);
  dex_future_disown (cs_fiber_spawn (sign_fiber, g_object_ref (self), g_object_unref));
}

static void
draft_activated (CsSignDialog *self,
                 guint         position)
{
  g_autoptr (CsDraftItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL)
    adw_navigation_view_push (self->navigation, cs_draft_page_new (self->desk, cs_draft_item_get_draft (item)));
}

/* The class */

static char *
dup_sign_label (CsSignDialog *self)
{
  CsDraft *draft = self->drafts->len == 1 ? g_ptr_array_index (self->drafts, 0) : NULL;
  guint    n = count_fitting (self);

  if (draft != NULL && draft->listing != NULL && draft->listing->operation == CS_OPERATION_WITHDRAW)
    return g_strdup (_("_Withdraw It"));

  return g_strdup_printf (ngettext ("_Approve %u Listing", "_Approve %u Listings", n), n);
}

static char *
dup_destination (CsSignDialog *self)
{
  if (self->is_practice)
    return g_strdup_printf (_("Goes to %s, which runs on this computer. Nothing leaves it."), self->account_name);

  return g_strdup_printf (_("This, and nothing else, leaves this computer for %s."), self->account_name);
}

static char *
dup_progress (CsSignDialog *self)
{
  /* Translators: pictures are made ready to be sent: how many listings are done, of how many */
  return g_strdup_printf (_("Getting ready: %u of %u"), self->drafts->len,
                          self->ids != NULL ? self->ids->len : self->drafts->len);
}

static void
cs_sign_dialog_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CsSignDialog *self = CS_SIGN_DIALOG (object);

  switch ((CsSignDialogProperty) prop_id)
    {
    case PROP_ITEMS:
      g_value_set_object (value, self->items);
      break;

    case PROP_STATE:
      g_value_set_string (value, self->ready ? "drafts" : "preparing");
      break;

    case PROP_PROGRESS:
      g_value_take_string (value, dup_progress (self));
      break;

    case PROP_SUMMARY:
      g_value_take_string (value, cs_drafts_dup_summary (self->drafts));
      break;

    case PROP_DESTINATION:
      g_value_take_string (value, dup_destination (self));
      break;

    case PROP_SIGN_LABEL:
      g_value_take_string (value, dup_sign_label (self));
      break;

    case PROP_CAN_SIGN:
      g_value_set_boolean (value, self->can_sign);
      break;

    case PROP_PROBLEM:
      g_value_set_string (value, self->problem != NULL ? self->problem : "");
      break;

    case PROP_HAS_PROBLEM:
      g_value_set_boolean (value, self->problem != NULL);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_sign_dialog_closed (AdwDialog *dialog)
{
  CsSignDialog *self = CS_SIGN_DIALOG (dialog);

  /* Preparing goes no further; what was signed goes on */
  if (!self->signing && self->ids != NULL)
    g_array_set_size (self->ids, 0);
}

static void
cs_sign_dialog_dispose (GObject *object)
{
  CsSignDialog *self = CS_SIGN_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SIGN_DIALOG);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (cs_sign_dialog_parent_class)->dispose (object);
}

static void
cs_sign_dialog_finalize (GObject *object)
{
  CsSignDialog *self = CS_SIGN_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->account_name, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (cs_sign_dialog_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
cs_sign_dialog_class_init (CsSignDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwDialogClass *dialog_class = ADW_DIALOG_CLASS (klass);

  object_class->dispose = cs_sign_dialog_dispose;
  object_class->finalize = cs_sign_dialog_finalize;
  object_class->get_property = cs_sign_dialog_get_property;
  dialog_class->closed = cs_sign_dialog_closed;

  properties[PROP_ITEMS] =
    g_param_spec_object ("items", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = string_property ("state");
  properties[PROP_PROGRESS] = string_property ("progress");
  properties[PROP_SUMMARY] = string_property ("summary");
  properties[PROP_DESTINATION] = string_property ("destination");
  properties[PROP_SIGN_LABEL] = string_property ("sign-label");
  properties[PROP_CAN_SIGN] =
    g_param_spec_boolean ("can-sign", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] = string_property ("problem");
  properties[PROP_HAS_PROBLEM] =
    g_param_spec_boolean ("has-problem", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (CS_TYPE_DRAFT_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-sign-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsSignDialog, navigation);
  gtk_widget_class_bind_template_callback (widget_class, draft_activated);
  gtk_widget_class_install_action (widget_class, "listing.sign", NULL, sign_action);
}

static void
cs_sign_dialog_init (CsSignDialog *self)
{
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_draft_unref);
  self->items = g_list_store_new (CS_TYPE_DRAFT_ITEM);

  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
cs_sign_dialog_new (CsDesk    *desk,
                    CsAccount *account,
                    GArray    *ids,
                    gboolean   can_sign)
{
  CsSignDialog *self = g_object_new (CS_TYPE_SIGN_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  self->account = account->id;
  self->account_name = g_strdup (account->name);
  self->is_practice = g_strcmp0 (account->channel, "practice") == 0;
  self->can_sign = can_sign;
  self->ids = g_array_ref (ids);
  prepare (self);

  return ADW_DIALOG (self);
}

AdwDialog *
cs_sign_dialog_new_for_draft (CsDesk     *desk,
                              CsDraft    *draft,
                              const char *account_name)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new ();

  g_ptr_array_add (drafts, draft);

  return cs_sign_dialog_new_for_drafts (desk, drafts, account_name);
}

AdwDialog *
cs_sign_dialog_new_for_drafts (CsDesk     *desk,
                               GPtrArray  *drafts,
                               const char *account_name)
{
  CsSignDialog *self;
  CsDraft      *draft;

  g_return_val_if_fail (CS_IS_DESK (desk), NULL);
  g_return_val_if_fail (drafts != NULL && drafts->len > 0, NULL);

  self = g_object_new (CS_TYPE_SIGN_DIALOG, NULL);
  draft = g_ptr_array_index (drafts, 0);
  self->desk = g_object_ref (desk);
  self->account = draft->account;
  self->account_name = g_strdup (account_name);
  self->is_practice = draft->listing != NULL && g_strcmp0 (draft->listing->channel, "practice") == 0;
  self->can_sign = TRUE;
  self->ready = TRUE;
  add_drafts (self, drafts);

  return ADW_DIALOG (self);
}
