/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-engine-dialog.h"
#include "cs-engine-form.h"
#include "cs-fiber.h"
#include "cs-pick-page.h"

struct _CsEngineDialog
{
  AdwDialog parent_instance;

  CsEngines     *engines;
  CsEngineKind   kind;
  CsEngineSetup *setup;     /* the one that is changed, or NULL */
  GPtrArray     *providers; /* CsProvider, once they are read */
  CsPickPage    *who;

  /* Template */
  AdwNavigationView *navigation;
};

G_DEFINE_FINAL_TYPE (CsEngineDialog, cs_engine_dialog, ADW_TYPE_DIALOG)

static CsProvider *
find_provider (CsEngineDialog *self,
               const char     *id)
{
  for (guint i = 0; self->providers != NULL && i < self->providers->len; i++)
    {
      CsProvider *provider = g_ptr_array_index (self->providers, i);

      if (g_strcmp0 (provider->id, id) == 0)
        return provider;
    }

  return NULL;
}

static void
done_cb (CsEngineDialog *self)
{
  adw_dialog_force_close (ADW_DIALOG (self));
}

static AdwNavigationPage *
create_form (CsEngineDialog *self,
             CsProvider     *provider)
{
  AdwNavigationPage *form = cs_engine_form_new (self->engines, provider, self->setup);

  g_signal_connect_object (form, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);

  return form;
}

static void
picked_cb (CsEngineDialog *self,
           const char     *id)
{
  CsProvider *provider = find_provider (self, id);

  if (provider != NULL)
    adw_navigation_view_push (self->navigation, create_form (self, provider));
}

static void
show_providers (CsEngineDialog *self)
{
  for (guint i = 0; i < self->providers->len; i++)
    {
      CsProvider *provider = g_ptr_array_index (self->providers, i);

      if (provider->kind == self->kind)
        cs_pick_page_add (self->who, provider->id, provider->title, provider->words);
    }
  cs_pick_page_finish (self->who, NULL);
}

/* A setup whose provider this program does not know any more is one of the seller's own */
static CsProvider *
find_provider_of (CsEngineDialog *self)
{
  CsProvider *provider = find_provider (self, self->setup->provider);

  for (guint i = 0; provider == NULL && i < self->providers->len; i++)
    {
      CsProvider *other = g_ptr_array_index (self->providers, i);

      if (other->kind == self->setup->kind && other->address == NULL)
        provider = other;
    }

  return provider;
}

static DexFuture *
read_fiber (gpointer data)
{
  CsEngineDialog *self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray  *providers = dex_await_boxed (cs_engines_list_providers (self->engines), &error);
  CsProvider *provider;

  if (providers == NULL)
    {
      cs_pick_page_finish (self->who, error->message);
      return dex_future_new_false ();
    }

  g_clear_pointer (&self->providers, g_ptr_array_unref);
  self->providers = providers;
  if (self->navigation == NULL)
    return dex_future_new_false ();

  if (self->setup == NULL)
    {
      show_providers (self);
      return dex_future_new_true ();
    }

  if ((provider = find_provider_of (self)) != NULL)
    adw_navigation_view_replace (self->navigation, (AdwNavigationPage *[]) { create_form (self, provider) }, 1);
  else
    cs_pick_page_finish (self->who, _("Nobody who runs it is known any more. Remove it, and add it again."));

  return dex_future_new_true ();
}

static void
cs_engine_dialog_dispose (GObject *object)
{
  CsEngineDialog *self = CS_ENGINE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_ENGINE_DIALOG);
  g_clear_object (&self->who);
  g_clear_object (&self->engines);
  g_clear_pointer (&self->setup, cs_engine_setup_unref);
  g_clear_pointer (&self->providers, g_ptr_array_unref);

  G_OBJECT_CLASS (cs_engine_dialog_parent_class)->dispose (object);
}

static void
cs_engine_dialog_class_init (CsEngineDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_engine_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-engine-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsEngineDialog, navigation);
}

static void
cs_engine_dialog_init (CsEngineDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static AdwDialog *
create (CsEngines     *engines,
        CsEngineKind   kind,
        CsEngineSetup *setup)
{
  CsEngineDialog *self = g_object_new (CS_TYPE_ENGINE_DIALOG, NULL);
  const char     *hint = kind == CS_ENGINE_WRITES
                           ? _("Who runs the model? What you sell is sent there when you ask it, and not before you have seen exactly what.")
                           : _("Who runs the model that paints? Your photos are sent there when you ask it, and not before you have seen exactly which.");

  self->engines = g_object_ref (engines);
  self->kind = kind;
  self->setup = setup != NULL ? cs_engine_setup_ref (setup) : NULL;
  self->who = g_object_ref_sink (cs_pick_page_new (setup == NULL ? _("Add a Model") : _("Change the Model"), setup == NULL ? hint : NULL));
  g_signal_connect_object (self->who, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->who));
  dex_future_disown (cs_fiber_spawn (read_fiber, g_object_ref (self), g_object_unref));

  return ADW_DIALOG (self);
}

AdwDialog *
cs_engine_dialog_new (CsEngines   *engines,
                      CsEngineKind kind)
{
  g_return_val_if_fail (CS_IS_ENGINES (engines), NULL);

  return create (engines, kind, NULL);
}

AdwDialog *
cs_engine_dialog_new_for (CsEngines     *engines,
                          CsEngineSetup *setup)
{
  g_return_val_if_fail (CS_IS_ENGINES (engines), NULL);
  g_return_val_if_fail (setup != NULL, NULL);

  return create (engines, setup->kind, setup);
}
