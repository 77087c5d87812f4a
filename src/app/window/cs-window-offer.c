/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cs-fiber.h"
#include "cs-settings.h"
#include "cs-window-private.h"

/* A model server that runs on this computer is told of once, by itself: who has
 * one need not know where to look for it, and who wants none is not asked again.
 */

#define OFFERED "model-offered"

/* Long enough for the window to be there, and for nobody to wait for it */
#define SECONDS 3

static void
show_offer (CsWindow   *self,
            const char *title)
{
  g_autofree char *text = g_strdup_printf (_("%s runs on this computer. It can draft texts as well."), title);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, _("Look at It"));
  adw_toast_set_action_name (toast, "window.models");
  adw_toast_set_action_target (toast, "s", "writing");
  cs_window_add_toast (GTK_WIDGET (self), toast);
}

static DexFuture *
offer_fiber (gpointer data)
{
  g_autoptr (CsWindow) self = g_weak_ref_get (data);
  CsEngines *engines = self != NULL && self->desk != NULL ? cs_desk_get_engines (self->desk) : NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (engines == NULL || !(added = dex_await_boxed (cs_engines_list (engines), NULL)) || added->len > 0)
    return dex_future_new_false ();

  found = dex_await_boxed (cs_engines_look_around (engines), NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      CsEngineSetup *setup = found->pdata[i];

      if (setup->kind != CS_ENGINE_WRITES)
        continue;

      settings = g_settings_new (CS_APP_ID);
      g_settings_set_boolean (settings, OFFERED, TRUE);
      show_offer (self, setup->title);
      return dex_future_new_true ();
    }

  return dex_future_new_false ();
}

static void
window_weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static gboolean
offer_cb (gpointer data)
{
  CsWindow *self = data;
  GWeakRef *window = g_new0 (GWeakRef, 1);

  self->offering = 0;

  g_weak_ref_init (window, data);
  dex_future_disown (cs_fiber_spawn (offer_fiber, window, window_weak_free));

  return G_SOURCE_REMOVE;
}

void
cs_window_offer_model (CsWindow *self)
{
  g_autoptr (GSettings) settings = cs_settings_dup (OFFERED);

  /* Where it cannot be remembered, it would be told every time */
  if (settings != NULL && !g_settings_get_boolean (settings, OFFERED))
    self->offering = g_timeout_add_seconds_full (G_PRIORITY_LOW, SECONDS, offer_cb, self, NULL);
}
