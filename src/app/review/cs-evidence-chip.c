/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-evidence-chip.h"

struct _CsEvidenceChip
{
  GtkButton parent_instance;

  CsEvidenceSource *source;
  gboolean          under_pointer;
  gboolean          focused;

  /* Template */
  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (CsEvidenceChip, cs_evidence_chip, GTK_TYPE_BUTTON)

typedef enum
{
  PROP_POINTED = 1,
} CsEvidenceChipProperty;

static GParamSpec *properties[PROP_POINTED + 1];

static void
set_pointed (CsEvidenceChip *self,
             gboolean       *reason,
             gboolean        holds)
{
  gboolean before = cs_evidence_chip_get_pointed (self);

  *reason = holds;
  if (before != cs_evidence_chip_get_pointed (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POINTED]);
}

static void
entered_cb (CsEvidenceChip *self)
{
  set_pointed (self, &self->under_pointer, TRUE);
}

static void
left_cb (CsEvidenceChip *self)
{
  set_pointed (self, &self->under_pointer, FALSE);
}

/* A focus that came with a click or from the window being shown is not a question */
static void
focus_visible_cb (CsEvidenceChip *self,
                  GtkStateFlags   before)
{
  GtkStateFlags now = gtk_widget_get_state_flags (GTK_WIDGET (self));

  if (((before ^ now) & (GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_VISIBLE)) != 0)
    set_pointed (self, &self->focused,
                 (now & GTK_STATE_FLAG_FOCUSED) != 0 && (now & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0);
}

/* For a finger, which does not hover */
static void
clicked_cb (CsEvidenceChip *self)
{
  set_pointed (self, &self->focused, !self->focused);
}

static void
cs_evidence_chip_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch ((CsEvidenceChipProperty) prop_id)
    {
    case PROP_POINTED:
      g_value_set_boolean (value, cs_evidence_chip_get_pointed (CS_EVIDENCE_CHIP (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_evidence_chip_dispose (GObject *object)
{
  CsEvidenceChip *self = CS_EVIDENCE_CHIP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_EVIDENCE_CHIP);
  g_clear_pointer (&self->source, cs_evidence_source_unref);

  G_OBJECT_CLASS (cs_evidence_chip_parent_class)->dispose (object);
}

static void
cs_evidence_chip_class_init (CsEvidenceChipClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_evidence_chip_dispose;
  object_class->get_property = cs_evidence_chip_get_property;

  properties[PROP_POINTED] =
    g_param_spec_boolean ("pointed", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-evidence-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, CsEvidenceChip, icon);
  gtk_widget_class_bind_template_child (widget_class, CsEvidenceChip, label);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_visible_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
cs_evidence_chip_init (CsEvidenceChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_evidence_chip_new (CsEvidenceSource *source)
{
  CsEvidenceChip  *self = g_object_new (CS_TYPE_EVIDENCE_CHIP, NULL);
  g_autofree char *label = cs_evidence_source_dup_label (source);
  const char      *remark = cs_evidence_source_get_remark (source);

  self->source = cs_evidence_source_ref (source);
  gtk_image_set_from_icon_name (self->icon, cs_evidence_source_get_icon (source));
  gtk_label_set_label (self->label, label);
  gtk_widget_add_css_class (GTK_WIDGET (self), cs_evidence_source_get_style (source));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, remark != NULL ? remark : "", -1);

  return GTK_WIDGET (self);
}

CsEvidenceSource *
cs_evidence_chip_get_source (CsEvidenceChip *self)
{
  g_return_val_if_fail (CS_IS_EVIDENCE_CHIP (self), NULL);

  return self->source;
}

gboolean
cs_evidence_chip_get_pointed (CsEvidenceChip *self)
{
  g_return_val_if_fail (CS_IS_EVIDENCE_CHIP (self), FALSE);

  return self->under_pointer || self->focused;
}
