/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-form-page.h"
#include "cs-form-view.h"

struct _CsFormPage
{
  AdwNavigationPage parent_instance;

  const char *state; /* of the stack */
  char       *why;
  char       *trouble;
  gboolean    has_category;
  gboolean    can_save;

  /* Template */
  GtkLabel     *hint;
  AdwActionRow *category;
  CsFormView   *form;
  GtkWidget    *nothing;
};

G_DEFINE_FINAL_TYPE (CsFormPage, cs_form_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_STATE = 1,
  PROP_WHY,
  PROP_TROUBLE,
  PROP_HAS_TROUBLE,
  PROP_HAS_CATEGORY,
  PROP_CAN_SAVE,
} CsFormPageProperty;

enum
{
  SAVE,
  CATEGORY,
  AGAIN,
  N_SIGNALS
};

static GParamSpec *properties[PROP_CAN_SAVE + 1];
static guint       signals[N_SIGNALS];

static void
update (CsFormPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save", self->can_save);
  for (guint i = PROP_STATE; i <= PROP_CAN_SAVE; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsFormPage      *self = CS_FORM_PAGE (widget);
  g_autofree char *values = NULL;

  if (!self->can_save || !cs_form_view_check (self->form))
    return;

  values = cs_form_view_dup_values (self->form);
  g_signal_emit (self, signals[SAVE], 0, values);
}

static void
again_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[AGAIN], 0);
}

static void
category_cb (CsFormPage *self)
{
  g_signal_emit (self, signals[CATEGORY], 0);
}

static void
cs_form_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsFormPage *self = CS_FORM_PAGE (object);

  switch ((CsFormPageProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_string (value, self->state);
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

    case PROP_HAS_CATEGORY:
      g_value_set_boolean (value, self->has_category);
      break;

    case PROP_CAN_SAVE:
      g_value_set_boolean (value, self->can_save);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_form_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_FORM_PAGE);

  G_OBJECT_CLASS (cs_form_page_parent_class)->dispose (object);
}

static void
cs_form_page_finalize (GObject *object)
{
  CsFormPage *self = CS_FORM_PAGE (object);

  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (cs_form_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CS_TYPE_FORM_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-form-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsFormPage, hint);
  gtk_widget_class_bind_template_child (widget_class, CsFormPage, category);
  gtk_widget_class_bind_template_child (widget_class, CsFormPage, form);
  gtk_widget_class_bind_template_child (widget_class, CsFormPage, nothing);
  gtk_widget_class_bind_template_callback (widget_class, category_cb);
  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.again", NULL, again_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "form.save", NULL);
}

static void
cs_form_page_class_init (CsFormPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_form_page_dispose;
  object_class->finalize = cs_form_page_finalize;
  object_class->get_property = cs_form_page_get_property;
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, flags);
  properties[PROP_WHY] = g_param_spec_string ("why", NULL, NULL, NULL, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  properties[PROP_HAS_TROUBLE] = g_param_spec_boolean ("has-trouble", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_CATEGORY] = g_param_spec_boolean ("has-category", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_SAVE] = g_param_spec_boolean ("can-save", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[SAVE] = g_signal_new ("save", CS_TYPE_FORM_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CATEGORY] = g_signal_new ("category", CS_TYPE_FORM_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[AGAIN] = g_signal_new ("again", CS_TYPE_FORM_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
cs_form_page_init (CsFormPage *self)
{
  self->state = "loading";
  gtk_widget_init_template (GTK_WIDGET (self));
}

CsFormPage *
cs_form_page_new (const char *title,
                  const char *hint)
{
  CsFormPage *self = g_object_new (CS_TYPE_FORM_PAGE, "title", title, NULL);

  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
  update (self);

  return self;
}

void
cs_form_page_set_form (CsFormPage *self,
                       CsForm     *form)
{
  g_return_if_fail (CS_IS_FORM_PAGE (self));

  cs_form_view_set_form (self->form, form);
  gtk_widget_set_visible (self->nothing, form != NULL && form->fields->len == 0);
  self->state = "form";
  self->can_save = form != NULL;
  g_clear_pointer (&self->trouble, g_free);
  update (self);
}

void
cs_form_page_set_category (CsFormPage *self,
                           const char *label)
{
  g_return_if_fail (CS_IS_FORM_PAGE (self));

  self->has_category = TRUE;
  adw_action_row_set_subtitle (self->category, label != NULL ? label : _("Not chosen"));
  update (self);
}

void
cs_form_page_begin (CsFormPage *self)
{
  g_return_if_fail (CS_IS_FORM_PAGE (self));

  self->state = "loading";
  self->can_save = FALSE;
  update (self);
}

void
cs_form_page_fail (CsFormPage   *self,
                   const GError *error)
{
  g_return_if_fail (CS_IS_FORM_PAGE (self));

  self->state = "failed";
  self->can_save = FALSE;
  g_set_str (&self->why, error->message);
  update (self);
}

void
cs_form_page_say (CsFormPage *self,
                  const char *trouble)
{
  g_return_if_fail (CS_IS_FORM_PAGE (self));

  self->state = "form";
  self->can_save = TRUE;
  g_set_str (&self->trouble, trouble);
  update (self);
}
