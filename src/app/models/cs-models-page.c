/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cutout-view.h"
#include "cs-engines-view.h"
#include "cs-models-page.h"

struct _CsModelsPage
{
  AdwNavigationPage parent_instance;

  CsDesk *desk;

  /* Template */
  AdwViewStack *stack;
};

G_DEFINE_FINAL_TYPE (CsModelsPage, cs_models_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_DESK = 1,
} CsModelsPageProperty;

static GParamSpec *properties[PROP_DESK + 1];

/* The keys go to what is in view */
static gboolean
cs_models_page_grab_focus (GtkWidget *widget)
{
  GtkWidget *view = adw_view_stack_get_visible_child (CS_MODELS_PAGE (widget)->stack);

  if (view != NULL && gtk_widget_grab_focus (view))
    return TRUE;

  return GTK_WIDGET_CLASS (cs_models_page_parent_class)->grab_focus (widget);
}

static void
cs_models_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (prop_id == PROP_DESK)
    g_value_set_object (value, CS_MODELS_PAGE (object)->desk);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_models_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (prop_id == PROP_DESK)
    g_set_object (&CS_MODELS_PAGE (object)->desk, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
add_view (CsModelsPage *self,
          GtkWidget    *view,
          const char   *name,
          const char   *title,
          const char   *icon)
{
  adw_view_stack_add_titled_with_icon (self->stack, view, name, title, icon);
}

static void
cs_models_page_constructed (GObject *object)
{
  CsModelsPage *self = CS_MODELS_PAGE (object);

  G_OBJECT_CLASS (cs_models_page_parent_class)->constructed (object);

  if (self->desk == NULL)
    return;

  if (cs_desk_get_engines (self->desk) != NULL)
    {
      add_view (self, cs_engines_view_new (self->desk, CS_ENGINE_WRITES), "writing", _("Writing"), "document-edit-symbolic");
      add_view (self, cs_engines_view_new (self->desk, CS_ENGINE_PICTURES), "scenes", _("Scenes"), "image-x-generic-symbolic");
    }
  add_view (self, g_object_new (CS_TYPE_CUTOUT_VIEW, "desk", self->desk, NULL), "cutout", _("Cut-out"), "edit-cut-symbolic");
}

static void
cs_models_page_dispose (GObject *object)
{
  CsModelsPage *self = CS_MODELS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_MODELS_PAGE);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_models_page_parent_class)->dispose (object);
}

static void
cs_models_page_class_init (CsModelsPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = cs_models_page_constructed;
  object_class->dispose = cs_models_page_dispose;
  object_class->get_property = cs_models_page_get_property;
  object_class->set_property = cs_models_page_set_property;
  widget_class->grab_focus = cs_models_page_grab_focus;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, CS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-models-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsModelsPage, stack);
}

static void
cs_models_page_init (CsModelsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_models_page_show_view (CsModelsPage *self,
                          const char   *view)
{
  g_return_if_fail (CS_IS_MODELS_PAGE (self));

  if (adw_view_stack_get_child_by_name (self->stack, view) != NULL)
    adw_view_stack_set_visible_child_name (self->stack, view);
}
