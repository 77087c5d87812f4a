/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-sidebar-row.h"

struct _CsSidebarRow
{
  GtkListBoxRow parent_instance;

  char    *page;
  char    *icon_name;
  char    *title;
  guint    count;
  gboolean urgent;
};

G_DEFINE_FINAL_TYPE (CsSidebarRow, cs_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

typedef enum
{
  PROP_PAGE = 1,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_COUNT,
  PROP_URGENT,
  PROP_COUNT_TEXT,
  PROP_COUNT_CLASSES,
} CsSidebarRowProperty;

static GParamSpec *properties[PROP_COUNT_CLASSES + 1];

static void
name_row (CsSidebarRow *self)
{
  g_autofree char *label = NULL;

  if (self->title == NULL)
    return;

  if (self->count > 0)
    /* Translators: what a screen reader says of a page in the sidebar: its name and how much waits there */
    label = g_strdup_printf (_("%s, %u"), self->title, self->count);
  else
    label = g_strdup (self->title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
take_count_classes (CsSidebarRow *self,
                    GValue       *value)
{
  const char *classes[] = { "count", "caption", self->urgent ? "accent" : NULL, NULL };

  g_value_set_boxed (value, classes);
}

static void
cs_sidebar_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CsSidebarRow *self = CS_SIDEBAR_ROW (object);

  switch ((CsSidebarRowProperty) prop_id)
    {
    case PROP_PAGE:
      g_value_set_string (value, self->page);
      break;

    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;

    case PROP_URGENT:
      g_value_set_boolean (value, self->urgent);
      break;

    case PROP_COUNT_TEXT:
      g_value_take_string (value, self->count > 0 ? g_strdup_printf ("%'u", self->count) : g_strdup (""));
      break;

    case PROP_COUNT_CLASSES:
      take_count_classes (self, value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_sidebar_row_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CsSidebarRow *self = CS_SIDEBAR_ROW (object);

  switch ((CsSidebarRowProperty) prop_id)
    {
    case PROP_PAGE:
      g_set_str (&self->page, g_value_get_string (value));
      break;

    case PROP_ICON_NAME:
      g_set_str (&self->icon_name, g_value_get_string (value));
      break;

    case PROP_TITLE:
      g_set_str (&self->title, g_value_get_string (value));
      name_row (self);
      break;

    case PROP_COUNT:
      self->count = g_value_get_uint (value);
      name_row (self);
      g_object_notify_by_pspec (object, properties[PROP_COUNT_TEXT]);
      break;

    case PROP_URGENT:
      self->urgent = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, properties[PROP_COUNT_CLASSES]);
      break;

    case PROP_COUNT_TEXT:
    case PROP_COUNT_CLASSES:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_sidebar_row_finalize (GObject *object)
{
  CsSidebarRow *self = CS_SIDEBAR_ROW (object);

  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->icon_name, g_free);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (cs_sidebar_row_parent_class)->finalize (object);
}

static void
cs_sidebar_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_SIDEBAR_ROW);

  G_OBJECT_CLASS (cs_sidebar_row_parent_class)->dispose (object);
}

static void
cs_sidebar_row_class_init (CsSidebarRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_sidebar_row_dispose;
  object_class->finalize = cs_sidebar_row_finalize;
  object_class->get_property = cs_sidebar_row_get_property;
  object_class->set_property = cs_sidebar_row_set_property;

  properties[PROP_PAGE] =
    g_param_spec_string ("page", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] =
    g_param_spec_string ("icon-name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNT] =
    g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_URGENT] =
    g_param_spec_boolean ("urgent", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNT_TEXT] =
    g_param_spec_string ("count-text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNT_CLASSES] =
    g_param_spec_boxed ("count-classes", NULL, NULL, G_TYPE_STRV, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-sidebar-row.ui");
}

static void
cs_sidebar_row_init (CsSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
cs_sidebar_row_get_page (CsSidebarRow *self)
{
  g_return_val_if_fail (CS_IS_SIDEBAR_ROW (self), NULL);

  return self->page;
}
