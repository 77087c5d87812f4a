/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-draft-page.h"
#include "cs-draft-words.h"
#include "cs-field.h"
#include "cs-listing-words.h"
#include "cs-picture-loader.h"

/* Pixels of a picture in the list of those that are sent */
#define PICTURE 256

struct _CsDraftPage
{
  AdwNavigationPage parent_instance;

  /* Template */
  AdwPreferencesGroup *findings;
  AdwPreferencesGroup *words;
  AdwPreferencesGroup *numbers;
  AdwPreferencesGroup *where;
  AdwPreferencesGroup *pictures;
  GtkLabel            *bytes;
  GtkLabel            *hash;
};

G_DEFINE_FINAL_TYPE (CsDraftPage, cs_draft_page, ADW_TYPE_NAVIGATION_PAGE)

/* What is empty is not sent, and not shown */
static void
add_value (AdwPreferencesGroup *group,
           const char          *name,
           const char          *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;

  row = g_object_new (ADW_TYPE_ACTION_ROW,
                      "title", name,
                      "subtitle", value,
                      "use-markup", FALSE,
                      "subtitle-selectable", TRUE,
                      "css-classes", (const char *[]) { "property", NULL },
                      NULL);
  adw_preferences_group_add (group, row);
}

static void
add_lines (AdwPreferencesGroup *group,
           const char          *name,
           char               **lines,
           const char          *separator)
{
  g_autofree char *joined = lines != NULL ? g_strjoinv (separator, lines) : NULL;

  add_value (group, name, joined);
}

static void
show_words (CsDraftPage *self,
            CsListing   *listing)
{
  add_value (self->words, cs_field_get_label (CS_FIELD_TITLE), listing->title);
  add_value (self->words, cs_field_get_label (CS_FIELD_DESCRIPTION), listing->description);
  add_lines (self->words, cs_field_get_label (CS_FIELD_BULLETS), listing->bullets, "\n");
  add_lines (self->words, cs_field_get_label (CS_FIELD_KEYWORDS), listing->keywords, " · ");
}

static void
show_numbers (CsDraftPage *self,
              CsListing   *listing)
{
  g_autofree char *price = cs_draft_words_price (listing);
  g_autofree char *stock = cs_draft_words_stock (listing);
  g_autofree char *attributes = cs_listing_words_members (listing->attributes);
  g_autofree char *variants = cs_listing_words_variants (listing->variants, listing->price.currency);

  add_value (self->numbers, cs_field_get_label (CS_FIELD_PRICE), price);
  add_value (self->numbers, cs_field_get_label (CS_FIELD_STOCK), stock);
  add_value (self->numbers, cs_field_get_label (CS_FIELD_SKU), listing->sku);
  add_value (self->numbers, cs_field_get_label (CS_FIELD_BRAND), listing->brand);
  add_value (self->numbers, cs_field_get_label (CS_FIELD_MATERIAL), listing->material);
  add_value (self->numbers, cs_field_get_label (CS_FIELD_SIZE), listing->size);
  add_value (self->numbers, cs_field_get_label (CS_FIELD_CATEGORY), listing->category);
  add_value (self->numbers, _("Attributes"), attributes);
  add_value (self->numbers, _("Variants"), variants);
  add_value (self->numbers, _("AI labels"), listing->labels != NULL ? _("Some of the pictures or texts here were made with AI.") : NULL);
}

static void
show_where (CsDraftPage *self,
            CsDraft     *draft)
{
  CsListing       *listing = draft->listing;
  g_autofree char *terms = cs_listing_words_members (listing->terms);

  add_value (self->where, _("What happens"), cs_draft_get_operation (draft));
  if (listing->operation == CS_OPERATION_CREATE || listing->operation == CS_OPERATION_UPDATE)
    add_value (self->where, _("Seen by customers"), listing->live ? _("Yes, at once") : _("No, it is put there as a draft"));
  add_value (self->where, _("Shipping, Returns and Tax"), terms);
  add_value (self->where, _("Channel"), listing->channel);
  add_value (self->where, _("Shop address"), listing->address);
  add_value (self->where, _("Listing there"), listing->remote_id);
  add_value (self->where, _("Our key"), listing->key);
}

static void
show_pictures (CsDraftPage *self,
               CsDesk      *desk,
               GPtrArray   *pictures)
{
  gtk_widget_set_visible (GTK_WIDGET (self->pictures), pictures != NULL && pictures->len > 0);

  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    {
      CsListingPicture *picture = g_ptr_array_index (pictures, i);
      g_autoptr (GdkPaintable) paintable = cs_picture_paintable_new (desk, picture->hash, PICTURE);
      const char *alt = picture->alt_text != NULL && *picture->alt_text != '\0' ? picture->alt_text : _("No description");
      GtkWidget  *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                      "title", alt,
                                      "subtitle", picture->name,
                                      "use-markup", FALSE,
                                      NULL);
      GtkWidget  *image = g_object_new (GTK_TYPE_PICTURE,
                                        "paintable", paintable,
                                        "alternative-text", alt,
                                        "width-request", 96,
                                        "height-request", 96,
                                        "css-classes", (const char *[]) { "row-picture", NULL },
                                        NULL);

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
      adw_preferences_group_add (self->pictures, row);
    }
}

/* The bytes as they are signed, with nothing added or left out */
static void
show_bytes (CsDraftPage *self,
            CsListing   *listing)
{
  gsize            length;
  const char      *data = g_bytes_get_data (listing->bytes, &length);
  g_autofree char *text = g_utf8_make_valid (data, length);

  gtk_label_set_text (self->bytes, text);
  gtk_label_set_text (self->hash, listing->hash);
}

static void
cs_draft_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_DRAFT_PAGE);

  G_OBJECT_CLASS (cs_draft_page_parent_class)->dispose (object);
}

static void
cs_draft_page_class_init (CsDraftPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_draft_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-draft-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsDraftPage, findings);
  gtk_widget_class_bind_template_child (widget_class, CsDraftPage, words);
  gtk_widget_class_bind_template_child (widget_class, CsDraftPage, numbers);
  gtk_widget_class_bind_template_child (widget_class, CsDraftPage, where);
  gtk_widget_class_bind_template_child (widget_class, CsDraftPage, pictures);
  gtk_widget_class_bind_template_child (widget_class, CsDraftPage, bytes);
  gtk_widget_class_bind_template_child (widget_class, CsDraftPage, hash);
}

static void
cs_draft_page_init (CsDraftPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
cs_draft_page_new (CsDesk  *desk,
                   CsDraft *draft)
{
  CsDraftPage *self = g_object_new (CS_TYPE_DRAFT_PAGE, "title", draft->title, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->findings), !cs_draft_fits (draft));
  for (guint i = 0; draft->findings != NULL && i < draft->findings->len; i++)
    add_value (self->findings, _("To fix"), g_ptr_array_index (draft->findings, i));

  if (draft->listing != NULL)
    {
      show_words (self, draft->listing);
      show_pictures (self, desk, draft->listing->pictures);
      show_numbers (self, draft->listing);
      show_where (self, draft);
      show_bytes (self, draft->listing);
    }

  return ADW_NAVIGATION_PAGE (self);
}
