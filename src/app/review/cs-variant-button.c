/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-review-item.h"
#include "cs-text.h"
#include "cs-variant-button.h"

/* Keys for the first nine */
#define N_KEYS 9

struct _CsVariantButton
{
  GtkToggleButton parent_instance;

  /* Template */
  GtkLabel *key;
  GtkLabel *engine;
  GtkLabel *text;
  GtkImage *mark;
  GtkLabel *cost;
};

G_DEFINE_FINAL_TYPE (CsVariantButton, cs_variant_button, GTK_TYPE_TOGGLE_BUTTON)

static void
cs_variant_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_VARIANT_BUTTON);

  G_OBJECT_CLASS (cs_variant_button_parent_class)->dispose (object);
}

static void
cs_variant_button_class_init (CsVariantButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_variant_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-variant-button.ui");
  gtk_widget_class_bind_template_child (widget_class, CsVariantButton, key);
  gtk_widget_class_bind_template_child (widget_class, CsVariantButton, engine);
  gtk_widget_class_bind_template_child (widget_class, CsVariantButton, text);
  gtk_widget_class_bind_template_child (widget_class, CsVariantButton, mark);
  gtk_widget_class_bind_template_child (widget_class, CsVariantButton, cost);
}

static void
cs_variant_button_init (CsVariantButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_variant_button_new (void)
{
  return g_object_new (CS_TYPE_VARIANT_BUTTON, NULL);
}

static const char *
get_mark (CsSuggestion *suggestion)
{
  if (suggestion->is_question)
    return _("A question to you");
  if (suggestion->field == CS_FIELD_PICTURE)
    return NULL;
  if (cs_evidence_contradicts (suggestion->evidence))
    return _("Contradicts what is known");
  if (!cs_suggestion_is_grounded (suggestion))
    return _("Some of it has no source");

  return NULL;
}

void
cs_variant_button_set (CsVariantButton *self,
                       guint            number,
                       const char      *engine,
                       CsSuggestion    *suggestion)
{
  g_autofree char *key = number <= N_KEYS ? g_strdup_printf ("%u", number) : g_strdup ("");
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  const char      *mark;
  const char      *cost;

  g_return_if_fail (CS_IS_VARIANT_BUTTON (self));
  g_return_if_fail (suggestion != NULL);

  text = cs_text_clean (suggestion->text != NULL ? suggestion->text : "", FALSE);
  mark = get_mark (suggestion);
  cost = cs_suggestion_get_price (suggestion);
  gtk_label_set_label (self->key, key);
  gtk_widget_set_visible (GTK_WIDGET (self->key), *key != '\0');
  gtk_label_set_label (self->engine, engine);
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), mark != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->mark), mark);
  gtk_label_set_label (self->cost, cost != NULL ? cost : "");
  gtk_widget_set_visible (GTK_WIDGET (self->cost), cost != NULL);

  /* Translators: a variant's number, whose it is, its text, what is marked in it, its cost */
  label = g_strdup_printf (_("Variant %u, %s: %s. %s %s"), number, engine, text, mark != NULL ? mark : "",
                           cost != NULL ? cost : "");
  g_strchomp (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
