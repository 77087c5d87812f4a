/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-difference-list.h"
#include "cs-trial-page.h"

struct _CsTrialPage
{
  AdwNavigationPage parent_instance;

  /* Template */
  GtkLabel         *obstacle;
  GtkLabel         *findings;
  GtkLabel         *nothing;
  CsDifferenceList *differences;
};

G_DEFINE_FINAL_TYPE (CsTrialPage, cs_trial_page, ADW_TYPE_NAVIGATION_PAGE)

static void
set_words (GtkLabel   *label,
           const char *words)
{
  gtk_label_set_label (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL && *words != '\0');
}

static void
cs_trial_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_TRIAL_PAGE);

  G_OBJECT_CLASS (cs_trial_page_parent_class)->dispose (object);
}

static void
cs_trial_page_class_init (CsTrialPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_DIFFERENCE_LIST);

  G_OBJECT_CLASS (klass)->dispose = cs_trial_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-trial-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsTrialPage, obstacle);
  gtk_widget_class_bind_template_child (widget_class, CsTrialPage, findings);
  gtk_widget_class_bind_template_child (widget_class, CsTrialPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, CsTrialPage, differences);
}

static void
cs_trial_page_init (CsTrialPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
cs_trial_page_new (CsTrial *trial)
{
  CsTrialPage *self = g_object_new (CS_TYPE_TRIAL_PAGE, "title", trial->title != NULL ? trial->title : "", NULL);
  g_autoptr (GString) findings = g_string_new (NULL);
  guint n = trial->differences != NULL ? trial->differences->len : 0;

  for (guint i = 0; trial->findings != NULL && i < trial->findings->len; i++)
    g_string_append_printf (findings, "%s%s", i > 0 ? "\n" : "", (const char *) trial->findings->pdata[i]);

  set_words (self->obstacle, trial->obstacle);
  set_words (self->findings, findings->str);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), n == 0 && trial->operation != CS_OPERATION_WITHDRAW);
  cs_difference_list_show (self->differences, trial->differences, trial->entry != 0 ? _("Approved") : _("Would be"));

  return ADW_NAVIGATION_PAGE (self);
}
