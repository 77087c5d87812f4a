/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-consent-dialog.h"

/* Of the small pictures, in pixels */
#define SIDE 112

struct _CsConsentDialog
{
  AdwDialog parent_instance;

  CsSendPlan *plan;
  CsConsent   answer;
  gboolean    answered;

  /* Template */
  AdwNavigationView *navigation;
  GtkTextView       *text;
  AdwWrapBox        *pictures;
  GtkWidget         *large_page;
  GtkPicture        *large;
  GtkWidget         *cancel;
};

G_DEFINE_FINAL_TYPE (CsConsentDialog, cs_consent_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_ADDRESS = 1,
  PROP_MODEL,
  PROP_WARNING,
  PROP_AMOUNT,
  PROP_COST,
  PROP_PICTURES_HEADING,
  PROP_HAS_PICTURES,
  PROP_TEXTS_MAKE_SENSE,
  PROP_TEXTS_LABEL,
} CsConsentDialogProperty;

enum
{
  ANSWERED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_TEXTS_LABEL + 1];
static guint       signals[N_SIGNALS];

static gboolean
has_pictures (CsConsentDialog *self)
{
  return self->plan != NULL && self->plan->pictures != NULL && self->plan->pictures->len > 0;
}

/* Who paints behind a product has to see it */
static gboolean
texts_make_sense (CsConsentDialog *self)
{
  return self->plan->setup->kind == CS_ENGINE_WRITES || !has_pictures (self);
}

static void
answer (CsConsentDialog *self,
        CsConsent        consent)
{
  self->answer = consent;
  adw_dialog_close (ADW_DIALOG (self));
}

/* What is safe is in the hand first; the page itself would begin with what goes */
static void
shown_cb (CsConsentDialog *self)
{
  gtk_widget_grab_focus (self->cancel);
}

static void
send_texts_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  answer (CS_CONSENT_DIALOG (widget), CS_CONSENT_TEXTS);
}

static void
send_all_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  answer (CS_CONSENT_DIALOG (widget), CS_CONSENT_ALL);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  answer (CS_CONSENT_DIALOG (widget), CS_CONSENT_NONE);
}

static void
cs_consent_dialog_closed (AdwDialog *dialog)
{
  CsConsentDialog *self = CS_CONSENT_DIALOG (dialog);

  if (self->answered)
    return;

  self->answered = TRUE;
  g_signal_emit (self, signals[ANSWERED], 0, self->answer);
}

/* What is said of it */

static char *
dup_warning (CsConsentDialog *self)
{
  if (self->plan->is_here)
    return g_strdup (_("This is a server on this computer. It may pass on what it gets: that is up to whoever set it up."));

  return g_strdup (_("This leaves your computer. What becomes of it there is up to whoever runs that address."));
}

/* How many there are, and of which the very same was asked before */
static char *
dup_amount (CsConsentDialog *self)
{
  guint            n = self->plan->n_products - MIN (self->plan->n_kept, self->plan->n_products);
  g_autofree char *products = g_strdup_printf (ngettext ("%u product", "%u products", n), n);

  if (n > 1)
    return g_strdup_printf (_("%s. Below is what goes for the first of them; of the others the same kind of thing goes."), products);

  return g_strdup_printf (_("%s. Below is all that goes, exactly as it goes."), products);
}

static char *
dup_cost (CsConsentDialog *self)
{
  CsEngineSetup   *setup = self->plan->setup;
  g_autofree char *estimate = cs_price_to_display (self->plan->estimate, setup->price.currency);
  g_autofree char *spent = cs_price_to_display (MAX (self->plan->spent, 0), setup->price.currency);
  g_autofree char *budget = setup->budget >= 0 ? cs_price_to_display (setup->budget, setup->price.currency) : NULL;

  if (self->plan->finding != NULL)
    return g_strdup (self->plan->finding);
  if (self->plan->estimate < 0)
    return g_strdup (_("What it will cost is not known here."));
  if (self->plan->estimate == 0)
    return g_strdup (_("It costs nothing."));
  if (budget == NULL)
    return g_strdup_printf (_("It will cost %s at most."), estimate);

  /* Translators: what it will cost, what was spent this month, the month's budget */
  return g_strdup_printf (_("It will cost %s at most. This month %s of %s are spent."), estimate, spent, budget);
}

static void
show_large_cb (CsConsentDialog *self,
               GtkWidget       *button)
{
  GtkWidget *picture = gtk_button_get_child (GTK_BUTTON (button));

  gtk_picture_set_paintable (self->large, gtk_image_get_paintable (GTK_IMAGE (picture)));
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->large_page));
}

/* The files were made by this program's own helper a moment ago */
static void
add_picture (CsConsentDialog *self,
             GBytes          *bytes,
             guint            number)
{
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, NULL);
  g_autofree char *size = g_format_size (g_bytes_get_size (bytes));
  g_autofree char *words = NULL;
  GtkWidget       *picture;
  GtkWidget       *button;

  if (texture == NULL)
    return;

  words = g_strdup_printf (_("Picture %u: %d × %d, %s. Look at it closely."), number,
                           gdk_texture_get_width (texture), gdk_texture_get_height (texture), size);
  picture = gtk_image_new_from_paintable (GDK_PAINTABLE (texture));
  gtk_image_set_pixel_size (GTK_IMAGE (picture), SIDE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), picture);
  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (show_large_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->pictures, button);
}

static char *
dup_pictures_heading (CsConsentDialog *self)
{
  guint n = has_pictures (self) ? self->plan->pictures->len : 0;

  return g_strdup_printf (ngettext ("%u picture, without its place and camera", "%u pictures, without their place and camera", n), n);
}

static void
cs_consent_dialog_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  CsConsentDialog *self = CS_CONSENT_DIALOG (object);

  if (self->plan == NULL)
    return;

  switch ((CsConsentDialogProperty) prop_id)
    {
    case PROP_ADDRESS:
      g_value_set_string (value, self->plan->address);
      break;

    case PROP_MODEL:
      g_value_set_string (value, self->plan->setup->title);
      break;

    case PROP_WARNING:
      g_value_take_string (value, dup_warning (self));
      break;

    case PROP_AMOUNT:
      g_value_take_string (value, dup_amount (self));
      break;

    case PROP_COST:
      g_value_take_string (value, dup_cost (self));
      break;

    case PROP_PICTURES_HEADING:
      g_value_take_string (value, dup_pictures_heading (self));
      break;

    case PROP_HAS_PICTURES:
      g_value_set_boolean (value, has_pictures (self));
      break;

    case PROP_TEXTS_MAKE_SENSE:
      g_value_set_boolean (value, texts_make_sense (self));
      break;

    case PROP_TEXTS_LABEL:
      g_value_set_string (value, has_pictures (self) ? _("Send Texts _Only") : _("_Send Texts"));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_consent_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_CONSENT_DIALOG);

  G_OBJECT_CLASS (cs_consent_dialog_parent_class)->dispose (object);
}

static void
cs_consent_dialog_finalize (GObject *object)
{
  g_clear_pointer (&CS_CONSENT_DIALOG (object)->plan, cs_send_plan_unref);

  G_OBJECT_CLASS (cs_consent_dialog_parent_class)->finalize (object);
}

static void
cs_consent_dialog_class_init (CsConsentDialogClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    CsConsentDialogProperty property;
    const char             *name;
  } strings[] = {
    { PROP_ADDRESS, "address" },
    { PROP_MODEL, "model" },
    { PROP_WARNING, "warning" },
    { PROP_AMOUNT, "amount" },
    { PROP_COST, "cost" },
    { PROP_PICTURES_HEADING, "pictures-heading" },
    { PROP_TEXTS_LABEL, "texts-label" },
  };

  G_OBJECT_CLASS (klass)->dispose = cs_consent_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_consent_dialog_finalize;
  G_OBJECT_CLASS (klass)->get_property = cs_consent_dialog_get_property;
  ADW_DIALOG_CLASS (klass)->closed = cs_consent_dialog_closed;
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].property] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);
  properties[PROP_TEXTS_MAKE_SENSE] = g_param_spec_boolean ("texts-make-sense", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_PICTURES] = g_param_spec_boolean ("has-pictures", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
  signals[ANSWERED] = g_signal_new ("answered", CS_TYPE_CONSENT_DIALOG, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-consent-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsConsentDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, CsConsentDialog, text);
  gtk_widget_class_bind_template_child (widget_class, CsConsentDialog, pictures);
  gtk_widget_class_bind_template_child (widget_class, CsConsentDialog, large_page);
  gtk_widget_class_bind_template_child (widget_class, CsConsentDialog, large);
  gtk_widget_class_bind_template_child (widget_class, CsConsentDialog, cancel);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_install_action (widget_class, "consent.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "consent.texts", NULL, send_texts_action);
  gtk_widget_class_install_action (widget_class, "consent.all", NULL, send_all_action);
}

static void
cs_consent_dialog_init (CsConsentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
cs_consent_dialog_new (CsSendPlan *plan)
{
  CsConsentDialog *self = g_object_new (CS_TYPE_CONSENT_DIALOG, NULL);

  self->plan = cs_send_plan_ref (plan);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), plan->text != NULL ? plan->text : "", -1);
  for (guint i = 0; has_pictures (self) && i < plan->pictures->len; i++)
    add_picture (self, g_ptr_array_index (plan->pictures, i), i + 1);
  for (guint i = PROP_ADDRESS; i <= PROP_TEXTS_LABEL; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "consent.texts", texts_make_sense (self));

  return ADW_DIALOG (self);
}
