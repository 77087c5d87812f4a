/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-asking.h"
#include "cs-consent-dialog.h"
#include "cs-engine-item.h"
#include "cs-engine-roster.h"
#include "cs-fiber.h"
#include "cs-scene-dialog.h"
#include "cs-window.h"

/* From here on one product alone is worth a question: a tenth of the currency's unit (micros) */
#define NOTICEABLE 100000

typedef struct
{
  GtkWidget *widget;
  CsDesk    *desk;
  CsEngines *engines;
  char      *engine;
  GArray    *products; /* of gint64 */
  char      *settings;

  CsSendPlan *plan; /* whose cost the person saw already, or NULL */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_object (&asking->widget);
  g_clear_object (&asking->desk);
  g_clear_object (&asking->engines);
  g_clear_pointer (&asking->products, g_array_unref);
  g_free (asking->engine);
  g_free (asking->settings);
  g_clear_pointer (&asking->plan, cs_send_plan_unref);
  g_free (asking);
}

/* What stands in the way, with the way to where it is mended */
static void
tell (Asking     *asking,
      const char *sentence,
      gboolean    to_models)
{
  AdwToast *toast = adw_toast_new (sentence);

  adw_toast_set_use_markup (toast, FALSE);
  if (to_models)
    {
      adw_toast_set_button_label (toast, _("_Models"));
      adw_toast_set_action_name (toast, "win.models");
      adw_toast_set_timeout (toast, 0);
    }
  gtk_accessible_announce (GTK_ACCESSIBLE (asking->widget), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  cs_window_add_toast (asking->widget, toast);
}

static void
fail (Asking *asking,
      GError *error)
{
  if (g_error_matches (error, CS_ERROR, CS_ERROR_SIGN_IN) || g_error_matches (error, CS_ERROR, CS_ERROR_BUDGET))
    tell (asking, error->message, TRUE);
  else
    cs_window_report (asking->widget, error);
}

/* Asking the person */

static void
consented_cb (AdwDialog  *dialog,
              int         consent,
              DexPromise *promise)
{
  dex_promise_resolve_int (promise, consent);
}

static DexFuture *
ask_consent (Asking     *asking,
             CsSendPlan *plan)
{
  AdwDialog  *dialog = cs_consent_dialog_new (plan);
  DexPromise *promise = dex_promise_new ();

  g_signal_connect_data (dialog, "answered", G_CALLBACK (consented_cb), dex_ref (promise),
                         (GClosureNotify) (GCallback) dex_unref, 0);
  adw_dialog_present (dialog, asking->widget);

  return DEX_FUTURE (promise);
}

static void
confirmed_cb (AdwAlertDialog *dialog,
              const char     *response,
              DexPromise     *promise)
{
  dex_promise_resolve_int (promise, g_str_equal (response, "send") ? CS_CONSENT_ALL : CS_CONSENT_NONE);
}

char *
cs_asking_dup_estimate (CsSendPlan *plan)
{
  g_autofree char *host = cs_engine_setup_dup_host (plan->setup);
  g_autofree char *estimate = cs_price_to_display (plan->estimate, plan->setup->price.currency);
  g_autofree char *spent = cs_price_to_display (MAX (plan->spent, 0), plan->setup->price.currency);
  g_autofree char *budget = plan->setup->budget >= 0 ? cs_price_to_display (plan->setup->budget, plan->setup->price.currency) : NULL;

  if (plan->finding != NULL)
    return g_strdup_printf ("%s\n%s", host, plan->finding);
  if (plan->estimate < 0)
    return g_strdup_printf (_("It goes to %s. What it will cost is not known here."), host);
  if (plan->estimate == 0)
    return g_strdup_printf (_("It goes to %s and costs nothing."), host);
  if (budget == NULL)
    return g_strdup_printf (_("It goes to %s and will cost %s at most."), host, estimate);

  /* Translators: a computer's address, what it will cost, what was spent this month, the month's budget */
  return g_strdup_printf (_("It goes to %s and will cost %s at most. This month %s of %s are spent."), host, estimate, spent, budget);
}

static DexFuture *
ask_confirmation (Asking     *asking,
                  CsSendPlan *plan)
{
  guint            n = plan->n_products - plan->n_kept;
  DexPromise      *promise = dex_promise_new ();
  g_autofree char *heading = g_strdup_printf (ngettext ("Ask About %u Product?", "Ask About %u Products?", n), n);
  g_autofree char *estimate = cs_asking_dup_estimate (plan);
  g_autofree char *body = g_strdup_printf ("%s\n%s", plan->setup->title, estimate);
  AdwDialog       *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "send", _("_Send"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "send", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "send");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (confirmed_cb), dex_ref (promise),
                         (GClosureNotify) (GCallback) dex_unref, 0);
  adw_dialog_present (dialog, asking->widget);

  return DEX_FUTURE (promise);
}

static void
scene_chosen_cb (AdwDialog  *dialog,
                 gboolean    yes,
                 DexPromise *promise)
{
  dex_promise_resolve_boolean (promise, yes);
}

/* Which scene, and with it what that costs. FALSE: none. */
static gboolean
ask_scene (Asking        *asking,
           CsEngineSetup *setup)
{
  CsEngineRoster  *roster = cs_engine_roster_get (asking->engines);
  g_autofree char *name = cs_engine_roster_dup_name (roster, setup->id);
  g_autoptr (AdwDialog) dialog = g_object_ref_sink (cs_scene_dialog_new (asking->engines, setup->id, name, asking->products));
  DexPromise *promise = dex_promise_new ();
  CsSendPlan *plan;

  g_signal_connect_data (dialog, "answered", G_CALLBACK (scene_chosen_cb), dex_ref (promise),
                         (GClosureNotify) (GCallback) dex_unref, 0);
  adw_dialog_present (dialog, asking->widget);
  if (!dex_await_boolean (DEX_FUTURE (promise), NULL))
    return FALSE;

  asking->settings = cs_scene_dialog_dup_settings (CS_SCENE_DIALOG (dialog));
  if ((plan = cs_scene_dialog_get_plan (CS_SCENE_DIALOG (dialog))))
    asking->plan = cs_send_plan_ref (plan);

  return TRUE;
}

/* More than one product, or a price that is felt */
static gboolean
is_worth_a_question (CsSendPlan *plan)
{
  gint64 left = plan->setup->budget >= 0 ? plan->setup->budget - plan->spent : -1;

  if (plan->n_products - plan->n_kept > 1 || plan->finding != NULL)
    return TRUE;

  return plan->estimate >= NOTICEABLE || (left >= 0 && plan->estimate > left / 10);
}

/* "Texts only" is an answer for next time too: it stands as a switch beside the model */
static gboolean
keep_answer (Asking     *asking,
             CsSendPlan *plan,
             CsConsent   consent,
             GError    **error)
{
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsEngineSetup) kept = NULL;

  if (!dex_await (cs_engines_allow (asking->engines, asking->engine, plan->address, TRUE, consent == CS_CONSENT_ALL), error))
    return FALSE;

  if (consent != CS_CONSENT_TEXTS || plan->pictures == NULL || plan->pictures->len == 0)
    return TRUE;

  setup = cs_engine_setup_copy (plan->setup);
  setup->never_photos = TRUE;
  kept = dex_await_boxed (cs_engines_put (asking->engines, setup, NULL, CS_SECRET_IN_KEYRING), error);

  return kept != NULL;
}

/* Says what came of it; what is left over is said where it can be gone on with */
static DexFuture *
summed_up (Asking       *asking,
           CsAskSummary *summary)
{
  g_autofree char *text = cs_ask_summary_to_text (summary);

  gtk_widget_activate_action (asking->widget, "window.left-over", "s",
                              summary->finding != NULL && !summary->stopped ? summary->finding : "");
  if (summary->n_left == 0)
    tell (asking, text, FALSE);
  else
    gtk_accessible_announce (GTK_ACCESSIBLE (asking->widget), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);

  return dex_future_new_true ();
}

static DexFuture *
ask_fiber (gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsAskSummary) summary = NULL;

  summary = dex_await_boxed (cs_engines_ask (asking->engines, asking->engine, (const gint64 *) asking->products->data,
                                             asking->products->len, -1, asking->settings),
                             &error);
  if (summary == NULL)
    {
      fail (asking, error);
      return dex_future_new_false ();
    }

  return summed_up (asking, summary);
}

static CsSendPlan *
make_plan (Asking  *asking,
           GError **error)
{
  if (asking->plan != NULL)
    return cs_send_plan_ref (asking->plan);

  return dex_await_boxed (cs_engines_plan (asking->engines, asking->engine, (const gint64 *) asking->products->data,
                                           asking->products->len, asking->settings),
                          error);
}

static DexFuture *
begin_fiber (gpointer data)
{
  Asking        *asking = data;
  CsEngineSetup *setup = cs_engine_roster_find (cs_engine_roster_get (asking->engines), asking->engine);
  CsConsent      consent = CS_CONSENT_ALL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSendPlan) plan = NULL;

  if (asking->settings == NULL && setup != NULL && setup->kind == CS_ENGINE_PICTURES && !ask_scene (asking, setup))
    return dex_future_new_false ();

  if (!(plan = make_plan (asking, &error)))
    {
      fail (asking, error);
      return dex_future_new_false ();
    }

  if (plan->n_kept < plan->n_products)
    {
      if (plan->blocked)
        {
          tell (asking, plan->finding, TRUE);
          return dex_future_new_false ();
        }

      if (plan->wants_text || plan->wants_photos)
        consent = dex_await_int (ask_consent (asking, plan), NULL);
      else if (asking->plan == NULL && is_worth_a_question (plan))
        consent = dex_await_int (ask_confirmation (asking, plan), NULL);
      if (consent == CS_CONSENT_NONE)
        return dex_future_new_false ();

      if ((plan->wants_text || plan->wants_photos) && !keep_answer (asking, plan, consent, &error))
        {
          fail (asking, error);
          return dex_future_new_false ();
        }
    }

  return ask_fiber (asking);
}

static Asking *
asking_new (GtkWidget  *widget,
            CsDesk     *desk)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->widget = g_object_ref (widget);
  asking->desk = g_object_ref (desk);
  asking->engines = g_object_ref (cs_desk_get_engines (desk));

  return asking;
}

DexFuture *
cs_asking_begin (GtkWidget  *widget,
                 CsDesk     *desk,
                 const char *engine,
                 GArray     *products,
                 const char *settings)
{
  Asking *asking;

  dex_return_error_if_fail (GTK_IS_WIDGET (widget));
  dex_return_error_if_fail (engine != NULL);
  dex_return_error_if_fail (cs_desk_get_engines (desk) != NULL);

  if (products->len == 0)
    return dex_future_new_false ();

  asking = asking_new (widget, desk);
  asking->engine = g_strdup (engine);
  asking->products = g_array_copy (products);
  asking->settings = g_strdup (settings);

  return cs_fiber_spawn (begin_fiber, asking, asking_free);
}

static DexFuture *
go_on_fiber (gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsAskSummary) summary = dex_await_boxed (cs_engines_go_on (asking->engines), &error);

  if (summary == NULL)
    {
      fail (asking, error);
      return dex_future_new_false ();
    }

  return summed_up (asking, summary);
}

DexFuture *
cs_asking_go_on (GtkWidget *widget,
                 CsDesk    *desk)
{
  dex_return_error_if_fail (GTK_IS_WIDGET (widget));
  dex_return_error_if_fail (cs_desk_get_engines (desk) != NULL);

  return cs_fiber_spawn (go_on_fiber, asking_new (widget, desk), asking_free);
}
