/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-review-page.h"

struct _CsReviewPage
{
  AdwNavigationPage parent_instance;

  CsDesk *desk;
};

G_DEFINE_FINAL_TYPE (CsReviewPage, cs_review_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_DESK = 1,
} CsReviewPageProperty;

static GParamSpec *properties[PROP_DESK + 1];

static void
cs_review_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CsReviewPage *self = CS_REVIEW_PAGE (object);

  switch ((CsReviewPageProperty) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_review_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CsReviewPage *self = CS_REVIEW_PAGE (object);

  switch ((CsReviewPageProperty) prop_id)
    {
    case PROP_DESK:
      g_set_object (&self->desk, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_review_page_dispose (GObject *object)
{
  CsReviewPage *self = CS_REVIEW_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_REVIEW_PAGE);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_review_page_parent_class)->dispose (object);
}

static void
cs_review_page_class_init (CsReviewPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_review_page_dispose;
  object_class->get_property = cs_review_page_get_property;
  object_class->set_property = cs_review_page_set_property;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL,
                         CS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-review-page.ui");
}

static void
cs_review_page_init (CsReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_review_page_show_product (CsReviewPage *self,
                             gint64        product)
{
  g_return_if_fail (CS_IS_REVIEW_PAGE (self));
}
