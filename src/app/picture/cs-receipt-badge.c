/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cs-receipt-badge.h"
#include "cs-receipt.h"

/* Above it more than the light is touched: noise and sharpness */
#define MOST_POLISH_OF_LIGHT 0.5

struct _CsReceiptBadge
{
  AdwBin parent_instance;

  char *receipt; /* what is shown, as JSON */
  int   n_lines;

  /* Template */
  GtkLabel  *label;
  GtkLabel  *sentence;
  GtkWidget *refused;
  GtkGrid   *lines;
};

G_DEFINE_FINAL_TYPE (CsReceiptBadge, cs_receipt_badge, ADW_TYPE_BIN)

enum
{
  SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkMenuButton *
get_button (CsReceiptBadge *self)
{
  return GTK_MENU_BUTTON (adw_bin_get_child (ADW_BIN (self)));
}

/* Takes value */
static void
add_line (CsReceiptBadge *self,
          const char     *name,
          char           *value)
{
  g_autofree char *text = value;
  GtkWidget       *left = gtk_label_new (name);
  GtkWidget       *right = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_xalign (GTK_LABEL (right), 0);
  gtk_widget_set_valign (left, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (left), TRUE);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (left), 16);
  gtk_label_set_max_width_chars (GTK_LABEL (right), 24);
  gtk_widget_add_css_class (left, "dimmed");
  gtk_grid_attach (self->lines, left, 0, self->n_lines, 1, 1);
  gtk_grid_attach (self->lines, right, 1, self->n_lines, 1, 1);
  self->n_lines++;
}

static void
clear_lines (CsReceiptBadge *self)
{
  while (self->n_lines > 0)
    gtk_grid_remove_row (self->lines, --self->n_lines);
}

static char *
describe_share (double share)
{
  if (share <= 0)
    return g_strdup (_("none"));
  if (share < 0.001)
    return g_strdup (_("less than 0.1 %"));

  if (share < 0.1)
    return g_strdup_printf (_("%.1f %%"), share * 100);

  return g_strdup_printf (_("%.0f %%"), share * 100);
}

static char *
describe_change (const CsChange *change)
{
  if (change->mean <= 0 && change->p99 <= 0)
    return g_strdup (_("nothing"));

  /* Translators: how much colours differ: on average, and in the hundredth part that differs most */
  return g_strdup_printf (_("ΔE %.1f on average, %.1f where most"), change->mean, change->p99);
}

static char *
describe_turn (double degrees)
{
  if (fabs (degrees) < 0.05)
    return g_strdup (_("no"));

  return degrees > 0 ? g_strdup_printf (_("%.1f° to the right"), degrees)
                     : g_strdup_printf (_("%.1f° to the left"), -degrees);
}

static char *
describe_cut (CsReceipt *receipt)
{
  double width = CLAMP (receipt->x + receipt->width, 0, 1) - CLAMP (receipt->x, 0, 1);
  double height = CLAMP (receipt->y + receipt->height, 0, 1) - CLAMP (receipt->y, 0, 1);

  if (width > 0.999 && height > 0.999)
    return g_strdup (_("all of it"));

  return g_strdup_printf (_("%.0f %% of its width, %.0f %% of its height"), width * 100, height * 100);
}

static char *
describe_size (CsReceipt *receipt,
               CsPhoto   *photo)
{
  double across = photo != NULL ? receipt->width * photo->width : 0;

  if (across <= 0)
    return g_strdup_printf (_("%d × %d pixels"), receipt->out_width, receipt->out_height);

  return g_strdup_printf (_("%d × %d pixels, the product at %.0f %% of its size in the photo"),
                          receipt->out_width, receipt->out_height, 100 * receipt->out_width / across);
}

static void
update_lines (CsReceiptBadge *self,
              CsReceipt      *receipt,
              CsPhoto        *photo)
{
  clear_lines (self);
  add_line (self, receipt->known ? _("Changed pixels of the product") : _("Changed pixels"), describe_share (receipt->changed));
  add_line (self, _("How much"), describe_change (&receipt->product));
  if (fabs (receipt->stops) >= 0.05)
    add_line (self, _("Light"), receipt->stops > 0 ? g_strdup_printf (_("%.1f stop brighter"), receipt->stops) : g_strdup_printf (_("%.1f stop darker"), -receipt->stops));
  add_line (self, _("Turned"), describe_turn (receipt->turn));
  add_line (self, _("Kept of the photo"), describe_cut (receipt));
  add_line (self, _("Size"), describe_size (receipt, photo));
  if (receipt->known)
    add_line (self, _("Background"), receipt->outside > 0 ? g_strdup_printf (_("%.0f %% of it changed"), receipt->outside * 100) : g_strdup (_("as it was")));
  add_line (self, _("Added by saving it as a file"), describe_change (&receipt->encoding));
}

/* Bit for bit, only lit, or more than that */
static const char *
get_style (CsReceipt *receipt)
{
  if (!receipt->within)
    return "refused";

  return receipt->changed <= 0 ? "unchanged" : "changed";
}

/* In the corner of a picture that may be as narrow as a finger */
static char *
dup_label (CsReceipt  *receipt,
           const char *style,
           const char *sentence)
{
  if (g_str_equal (style, "unchanged"))
    return g_strdup_printf ("✓ %s", sentence);

  if (g_str_equal (style, "changed") && receipt->known)
    return receipt->polish > MOST_POLISH_OF_LIGHT
             /* Translators: ΔE is a measure of how different two colours are */
             ? g_strdup_printf (_("Polished · ΔE %.1f"), receipt->product.mean)
             : g_strdup_printf (_("Light only · ΔE %.1f"), receipt->product.mean);

  return g_strdup (sentence);
}

static void
show_receipt (CsReceiptBadge *self,
              CsReceipt      *receipt,
              CsPhoto        *photo)
{
  static const char *const styles[] = { "refused", "unchanged", "changed" };
  const char              *style = get_style (receipt);
  g_autofree char         *sentence = cs_receipt_to_sentence (receipt);
  g_autofree char         *label = dup_label (receipt, style, sentence);
  g_autofree char         *spoken = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (get_button (self)), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (get_button (self)), style);
  gtk_label_set_label (self->label, label);
  gtk_label_set_label (self->sentence, sentence);
  gtk_widget_set_visible (self->refused, !receipt->within);
  update_lines (self, receipt, photo);
  /* Translators: what the receipt of a picture says, for example "Receipt: Product unchanged" */
  spoken = g_strdup_printf (_("Receipt: %s"), sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_button (self)), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
save_cb (CsReceiptBadge *self)
{
  gtk_menu_button_popdown (get_button (self));
  g_signal_emit (self, signals[SAVE], 0);
}

static void
cs_receipt_badge_dispose (GObject *object)
{
  CsReceiptBadge *self = CS_RECEIPT_BADGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_RECEIPT_BADGE);
  g_clear_pointer (&self->receipt, g_free);

  G_OBJECT_CLASS (cs_receipt_badge_parent_class)->dispose (object);
}

static void
cs_receipt_badge_class_init (CsReceiptBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_receipt_badge_dispose;
  signals[SAVE] = g_signal_new ("save", CS_TYPE_RECEIPT_BADGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-receipt-badge.ui");
  gtk_widget_class_bind_template_child (widget_class, CsReceiptBadge, label);
  gtk_widget_class_bind_template_child (widget_class, CsReceiptBadge, sentence);
  gtk_widget_class_bind_template_child (widget_class, CsReceiptBadge, refused);
  gtk_widget_class_bind_template_child (widget_class, CsReceiptBadge, lines);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
cs_receipt_badge_init (CsReceiptBadge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_receipt_badge_set (CsReceiptBadge *self,
                      CsSuggestion   *suggestion,
                      CsPhoto        *photo)
{
  const char *json = suggestion != NULL ? suggestion->receipt : NULL;
  g_autoptr (CsReceipt) receipt = json != NULL ? cs_receipt_from_json (json) : NULL;

  g_return_if_fail (CS_IS_RECEIPT_BADGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), receipt != NULL);
  if (!g_set_str (&self->receipt, json))
    return;

  if (receipt != NULL)
    show_receipt (self, receipt, photo);
  else
    gtk_menu_button_popdown (get_button (self));
}
