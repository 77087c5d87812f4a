/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-key-button.h"

struct _CsKeyButton
{
  GtkButton parent_instance;

  char    *caption;
  char    *key;
  gboolean show_key;
};

G_DEFINE_FINAL_TYPE (CsKeyButton, cs_key_button, GTK_TYPE_BUTTON)

typedef enum
{
  PROP_CAPTION = 1,
  PROP_KEY,
  PROP_SHOW_KEY,
} CsKeyButtonProperty;

static GParamSpec *properties[PROP_SHOW_KEY + 1];

static void
cs_key_button_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CsKeyButton *self = CS_KEY_BUTTON (object);

  switch ((CsKeyButtonProperty) prop_id)
    {
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;

    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;

    case PROP_SHOW_KEY:
      g_value_set_boolean (value, self->show_key);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_key_button_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CsKeyButton *self = CS_KEY_BUTTON (object);
  gboolean     changed = FALSE;

  switch ((CsKeyButtonProperty) prop_id)
    {
    case PROP_CAPTION:
      if ((changed = g_set_str (&self->caption, g_value_get_string (value))))
        gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->caption, -1);
      break;

    case PROP_KEY:
      if ((changed = g_set_str (&self->key, g_value_get_string (value))))
        gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, self->key, -1);
      break;

    case PROP_SHOW_KEY:
      changed = self->show_key != g_value_get_boolean (value);
      self->show_key = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
cs_key_button_dispose (GObject *object)
{
  CsKeyButton *self = CS_KEY_BUTTON (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_KEY_BUTTON);
  g_clear_pointer (&self->caption, g_free);
  g_clear_pointer (&self->key, g_free);

  G_OBJECT_CLASS (cs_key_button_parent_class)->dispose (object);
}

static void
cs_key_button_class_init (CsKeyButtonClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = cs_key_button_dispose;
  object_class->get_property = cs_key_button_get_property;
  object_class->set_property = cs_key_button_set_property;

  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_SHOW_KEY] = g_param_spec_boolean ("show-key", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), CS_RESOURCE_PATH "/cs-key-button.ui");
}

static void
cs_key_button_init (CsKeyButton *self)
{
  self->show_key = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}
