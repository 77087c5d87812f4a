/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-evidence-chip.h"
#include "cs-evidence-popover.h"
#include "cs-evidence-view.h"

/* A pointer that only passes shows nothing (ms) */
#define DWELL 220

struct _CsEvidenceView
{
  AdwBin parent_instance;

  CsDesk      *desk;
  CsProduct   *product;
  CsEvidence  *evidence;
  CsDiffLabel *label;
  GPtrArray   *chips;

  CsEvidenceSource *source; /* what is pointed at */
  GdkRectangle      place;
  guint             dwell;

  CsEvidencePopover *popover;

  /* Template */
  AdwWrapBox *wrap;
};

G_DEFINE_FINAL_TYPE (CsEvidenceView, cs_evidence_view, ADW_TYPE_BIN)

typedef enum
{
  PROP_LABEL = 1,
} CsEvidenceViewProperty;

static GParamSpec *properties[PROP_LABEL + 1];

static gboolean
dwelt_cb (gpointer data)
{
  CsEvidenceView *self = data;

  self->dwell = 0;
  if (self->source != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    cs_evidence_popover_show_source (self->popover, self->desk, self->product, self->source, &self->place);

  return G_SOURCE_REMOVE;
}

static void
set_source (CsEvidenceView     *self,
            CsEvidenceSource   *source,
            const GdkRectangle *place)
{
  g_clear_handle_id (&self->dwell, g_source_remove);
  if (source != NULL)
    cs_evidence_source_ref (source);
  g_clear_pointer (&self->source, cs_evidence_source_unref);
  self->source = source;
  if (source == NULL)
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return;
    }

  self->place = *place;
  self->dwell = g_timeout_add (DWELL, dwelt_cb, self);
}

static GdkRectangle
get_place (CsEvidenceView     *self,
           GtkWidget          *widget,
           const GdkRectangle *within)
{
  graphene_point_t point = GRAPHENE_POINT_INIT (within->x, within->y);

  if (!gtk_widget_compute_point (widget, GTK_WIDGET (self), &point, &point))
    graphene_point_init (&point, 0, 0);

  return (GdkRectangle) { point.x, point.y, within->width, within->height };
}

static void
chip_pointed_cb (CsEvidenceChip *chip,
                 GParamSpec     *pspec,
                 CsEvidenceView *self)
{
  CsEvidenceSource  *source = cs_evidence_chip_get_source (chip);
  const GdkRectangle whole = { 0, 0, gtk_widget_get_width (GTK_WIDGET (chip)), gtk_widget_get_height (GTK_WIDGET (chip)) };
  GdkRectangle       place = get_place (self, GTK_WIDGET (chip), &whole);

  if (cs_evidence_chip_get_pointed (chip))
    {
      set_source (self, source, &place);
      if (self->label != NULL)
        cs_diff_label_set_pointed (self->label, source->phrases);
    }
  else if (self->source == source)
    {
      set_source (self, NULL, NULL);
      if (self->label != NULL)
        cs_diff_label_set_pointed (self->label, NULL);
    }
}

/* Marks the chips of a phrase; the first of them is the one whose source is shown */
static void
phrase_pointed_cb (CsDiffLabel    *label,
                   int             phrase,
                   CsEvidenceView *self)
{
  CsEvidenceSource *first = NULL;
  GdkRectangle      within;
  GdkRectangle      place;
  const guint       index = phrase;
  g_autoptr (GArray) phrases = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->chips->len; i++)
    {
      CsEvidenceChip   *chip = g_ptr_array_index (self->chips, i);
      CsEvidenceSource *source = cs_evidence_chip_get_source (chip);
      gboolean          rests = phrase >= 0 && cs_evidence_source_has_phrase (source, phrase);

      if (rests)
        gtk_widget_add_css_class (GTK_WIDGET (chip), "pointed");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (chip), "pointed");
      if (rests && first == NULL)
        first = source;
    }

  if (phrase >= 0)
    g_array_append_val (phrases, index);
  cs_diff_label_set_pointed (label, phrases);
  if (first == NULL || !cs_diff_label_get_phrase (label, phrase, &within))
    {
      set_source (self, NULL, NULL);
      return;
    }

  place = get_place (self, GTK_WIDGET (label), &within);
  set_source (self, first, &place);
}

static void
set_label (CsEvidenceView *self,
           CsDiffLabel    *label)
{
  if (self->label != NULL)
    g_signal_handlers_disconnect_by_data (self->label, self);
  g_set_object (&self->label, label);
  if (label != NULL)
    g_signal_connect_object (label, "pointed", G_CALLBACK (phrase_pointed_cb), self, 0);
}

static void
clear_chips (CsEvidenceView *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    adw_wrap_box_remove (self->wrap, g_ptr_array_index (self->chips, i));
  g_ptr_array_set_size (self->chips, 0);
}

static void
cs_evidence_view_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch ((CsEvidenceViewProperty) prop_id)
    {
    case PROP_LABEL:
      set_label (CS_EVIDENCE_VIEW (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_evidence_view_dispose (GObject *object)
{
  CsEvidenceView *self = CS_EVIDENCE_VIEW (object);

  g_clear_handle_id (&self->dwell, g_source_remove);
  if (self->chips != NULL)
    clear_chips (self);
  set_label (self, NULL);
  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_EVIDENCE_VIEW);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->source, cs_evidence_source_unref);
  g_clear_pointer (&self->evidence, cs_evidence_unref);
  g_clear_pointer (&self->product, cs_product_unref);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_evidence_view_parent_class)->dispose (object);
}

static void
cs_evidence_view_class_init (CsEvidenceViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_evidence_view_dispose;
  object_class->set_property = cs_evidence_view_set_property;

  properties[PROP_LABEL] =
    g_param_spec_object ("label", NULL, NULL, CS_TYPE_DIFF_LABEL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-evidence-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsEvidenceView, wrap);
}

static void
cs_evidence_view_init (CsEvidenceView *self)
{
  self->chips = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->popover = g_object_new (CS_TYPE_EVIDENCE_POPOVER, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

/* evidence, text: NULL where there is none to show */
void
cs_evidence_view_set_evidence (CsEvidenceView *self,
                               CsDesk         *desk,
                               CsProduct      *product,
                               CsEvidence     *evidence,
                               const char     *text)
{
  g_autoptr (GPtrArray) sources = NULL;

  g_return_if_fail (CS_IS_EVIDENCE_VIEW (self));

  g_set_object (&self->desk, desk);
  if (product != NULL)
    cs_product_ref (product);
  g_clear_pointer (&self->product, cs_product_unref);
  self->product = product;
  if (self->evidence == evidence)
    return;

  g_clear_pointer (&self->evidence, cs_evidence_unref);
  self->evidence = evidence != NULL ? cs_evidence_ref (evidence) : NULL;
  set_source (self, NULL, NULL);
  clear_chips (self);
  sources = cs_evidence_sources (evidence, text);
  for (guint i = 0; i < sources->len; i++)
    {
      GtkWidget *chip = cs_evidence_chip_new (g_ptr_array_index (sources, i));

      g_signal_connect_object (chip, "notify::pointed", G_CALLBACK (chip_pointed_cb), self, 0);
      g_ptr_array_add (self->chips, chip);
      adw_wrap_box_append (self->wrap, chip);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), sources->len > 0);
}
