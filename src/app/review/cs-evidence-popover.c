/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-crop-paintable.h"
#include "cs-evidence-popover.h"
#include "cs-fiber.h"
#include "cs-picture-loader.h"

/* Pixels on the longer side: enough to read a label in a piece of it */
#define PHOTO_SIDE 1600

struct _CsEvidencePopover
{
  GtkPopover parent_instance;

  guint stamp; /* an answer for an earlier source is dropped */

  /* Template */
  GtkLabel   *heading;
  GtkLabel   *remark;
  GtkLabel   *quote;
  GtkPicture *picture;
};

G_DEFINE_FINAL_TYPE (CsEvidencePopover, cs_evidence_popover, GTK_TYPE_POPOVER)

static void
cs_evidence_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_EVIDENCE_POPOVER);

  G_OBJECT_CLASS (cs_evidence_popover_parent_class)->dispose (object);
}

static void
cs_evidence_popover_class_init (CsEvidencePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_evidence_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-evidence-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CsEvidencePopover, heading);
  gtk_widget_class_bind_template_child (widget_class, CsEvidencePopover, quote);
  gtk_widget_class_bind_template_child (widget_class, CsEvidencePopover, remark);
  gtk_widget_class_bind_template_child (widget_class, CsEvidencePopover, picture);
}

static void
cs_evidence_popover_init (CsEvidencePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The whole text that the fact was found in, where it is the seller's own */
static const char *
get_source_text (CsProduct *product,
                 CsFact    *fact)
{
  switch (fact->kind)
    {
    case CS_FACT_NOTE:
      return product->values[CS_FIELD_NOTE];

    case CS_FACT_TITLE:
      return product->values[CS_FIELD_TITLE];

    case CS_FACT_TEXT:
      return g_strcmp0 (fact->where, cs_field_get_label (CS_FIELD_BULLETS)) == 0
               ? product->values[CS_FIELD_BULLETS]
               : product->values[CS_FIELD_DESCRIPTION];

    case CS_FACT_FIELD:
    case CS_FACT_PHOTO:
    case CS_FACT_COLOUR:
    case CS_FACT_FILE:
    case CS_FACT_FOLDER:
    case CS_FACT_SHEET:
    case CS_FACT_HAND:
    default:
      return NULL;
    }
}

static void
show_quote (CsEvidencePopover *self,
            CsProduct         *product,
            CsEvidenceSource  *source)
{
  const char *text = product != NULL ? get_source_text (product, source->fact) : NULL;
  guint       start = source->fact->start;
  guint       end = source->fact->end;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);

  /* The text may have moved since: then the words alone are shown */
  if (text == NULL || start >= end || end > strlen (text) ||
      strncmp (text + start, source->fact->text, end - start) != 0)
    {
      text = source->fact->text;
      start = 0;
      end = strlen (text);
    }
  weight->start_index = line->start_index = start;
  weight->end_index = line->end_index = end;
  pango_attr_list_insert (attributes, weight);
  pango_attr_list_insert (attributes, line);
  gtk_label_set_label (self->quote, text);
  gtk_label_set_attributes (self->quote, attributes);
}

static CsPhoto *
find_photo (CsProduct *product,
            gint64     id)
{
  for (guint i = 0; product != NULL && product->photos != NULL && i < product->photos->len; i++)
    {
      CsPhoto *photo = g_ptr_array_index (product->photos, i);

      if (photo->id == id)
        return photo;
    }

  return NULL;
}

typedef struct
{
  CsEvidencePopover *self;
  guint              stamp;
  graphene_rect_t    piece;
} Wait;

static void
wait_free (Wait *wait)
{
  g_clear_object (&wait->self);
  g_free (wait);
}

static DexFuture *
loaded_cb (DexFuture *future,
           gpointer   data)
{
  Wait         *wait = data;
  const GValue *value = dex_future_get_value (future, NULL);
  g_autoptr (GdkPaintable) piece = NULL;

  if (value == NULL || wait->stamp != wait->self->stamp)
    return NULL;

  piece = wait->piece.size.width > 0
            ? cs_crop_paintable_new (g_value_get_object (value), &wait->piece)
            : g_object_ref (GDK_PAINTABLE (g_value_get_object (value)));
  gtk_picture_set_paintable (wait->self->picture, piece);
  gtk_widget_set_visible (GTK_WIDGET (wait->self->picture), TRUE);

  return NULL;
}

static void
show_photo (CsEvidencePopover *self,
            CsDesk            *desk,
            CsProduct         *product,
            CsFact            *fact)
{
  CsPhoto         *photo = fact->photo != 0 ? find_photo (product, fact->photo) : NULL;
  gboolean         has_piece = fact->width > 0 && fact->height > 0;
  g_autofree char *description = NULL;
  DexFuture       *loading;
  Wait            *wait;

  gtk_widget_set_visible (GTK_WIDGET (self->picture), FALSE);
  gtk_picture_set_paintable (self->picture, NULL);
  if (photo == NULL)
    return;

  description = has_piece ? g_strdup_printf (_("The piece of the photo that reads “%s”"), fact->text)
                          : g_strdup_printf (_("The photo %s"), photo->name);
  gtk_picture_set_alternative_text (self->picture, description);
  loading = cs_picture_loader_load (cs_picture_loader_get (desk),
                                    has_piece || photo->thumbnail == NULL ? photo->hash : photo->thumbnail,
                                    has_piece || photo->thumbnail == NULL ? PHOTO_SIDE : CS_PICTURE_THUMBNAIL);
  wait = g_new0 (Wait, 1);
  wait->self = g_object_ref (self);
  wait->stamp = self->stamp;
  graphene_rect_init (&wait->piece, fact->x, fact->y, fact->width, fact->height);
  dex_future_disown (dex_future_then (loading, loaded_cb, wait, (GDestroyNotify) wait_free));
}

void
cs_evidence_popover_show_source (CsEvidencePopover  *self,
                                 CsDesk             *desk,
                                 CsProduct          *product,
                                 CsEvidenceSource   *source,
                                 const GdkRectangle *place)
{
  g_autofree char *heading = NULL;
  const char      *remark;

  g_return_if_fail (CS_IS_EVIDENCE_POPOVER (self));

  self->stamp++;
  heading = cs_evidence_source_dup_heading (source);
  remark = cs_evidence_source_get_remark (source);
  gtk_label_set_label (self->heading, heading);
  if (source->fact != NULL)
    {
      show_quote (self, product, source);
      show_photo (self, desk, product, source->fact);
    }
  else
    {
      gtk_widget_set_visible (GTK_WIDGET (self->picture), FALSE);
      gtk_label_set_attributes (self->quote, NULL);
      gtk_label_set_label (self->quote, _("Nothing that you gave and no photo says this. Check it before you accept it."));
    }
  gtk_label_set_label (self->remark, remark != NULL ? remark : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remark), remark != NULL);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), place);
  gtk_popover_popup (GTK_POPOVER (self));
}
