/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-compare-view.h"
#include "cs-fiber.h"
#include "cs-picture-loader.h"
#include "cs-picture-pane.h"
#include "cs-picture-parts.h"
#include "cs-window.h"

/* Before the first layout */
#define USUAL_SIDE 1024

typedef enum
{
  ORIGINAL,
  SUGGESTION,
  N_PICTURES
} Which;

static const char *const properties_of[N_PICTURES] = { "original", "suggestion" };

struct _CsPicturePane
{
  AdwBin parent_instance;

  CsReviewSheet *sheet;
  guint          photo;
  CsReviewItem  *item;               /* the picture's, or NULL */
  char          *hashes[N_PICTURES]; /* what is shown or on its way */
  guint          stamps[N_PICTURES];
  guint          making; /* stamp of the picture being made anew */

  /* Template */
  CsCompareView  *compare;
  GtkLabel       *position;
  GtkWidget      *stepper;
  GtkWidget      *previous;
  GtkWidget      *next;
  GtkLabel       *zoom;
  GtkLabel       *words;
  CsPictureParts *parts;
  GtkWidget      *spinner;
};

G_DEFINE_FINAL_TYPE (CsPicturePane, cs_picture_pane, ADW_TYPE_BIN)

typedef enum
{
  PROP_SCROLL_ZOOMS = 1,
} CsPicturePaneProperty;

static GParamSpec *properties[PROP_SCROLL_ZOOMS + 1];

enum
{
  STEPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void update (CsPicturePane *self);

/* Pictures */

typedef struct
{
  CsPicturePane *self;
  Which          which;
  guint          stamp;
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
  Wait *wait = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (wait->stamp != wait->self->stamps[wait->which] || wait->self->sheet == NULL)
    return NULL;

  if (value != NULL)
    g_object_set (wait->self->compare, properties_of[wait->which], g_value_get_object (value), NULL);
  else
    gtk_label_set_label (wait->self->words, error->message);

  return NULL;
}

/* The best that is at hand, so that something is there in the first frame */
static GdkTexture *
dup_at_hand (CsPictureLoader *loader,
             const char      *hash,
             const char      *thumbnail)
{
  for (int side = CS_COMPARE_MAX_SIDE; side >= 512; side /= 2)
    {
      GdkTexture *texture = cs_picture_loader_dup_cached (loader, hash, side);

      if (texture != NULL)
        return texture;
    }

  return thumbnail != NULL ? cs_picture_loader_dup_cached (loader, thumbnail, CS_PICTURE_THUMBNAIL) : NULL;
}

static void
load (CsPicturePane *self,
      Which          which,
      const char    *hash,
      const char    *thumbnail,
      gboolean       keep_until_there)
{
  CsPictureLoader *loader = cs_picture_loader_get (cs_review_sheet_get_desk (self->sheet));
  g_autoptr (GdkTexture) texture = NULL;
  Wait *wait;

  self->stamps[which]++;
  g_set_str (&self->hashes[which], hash);
  if (hash == NULL)
    {
      g_object_set (self->compare, properties_of[which], NULL, NULL);
      return;
    }

  texture = cs_picture_loader_dup_cached (loader, hash, cs_picture_pane_get_wanted_side (self));
  if (texture != NULL)
    {
      g_object_set (self->compare, properties_of[which], texture, NULL);
      return;
    }

  if (!keep_until_there)
    {
      texture = dup_at_hand (loader, hash, thumbnail);
      g_object_set (self->compare, properties_of[which], texture, NULL);
    }
  wait = g_new0 (Wait, 1);
  *wait = (Wait) { g_object_ref (self), which, self->stamps[which] };
  dex_future_disown (dex_future_finally (cs_picture_loader_load (loader, hash, cs_picture_pane_get_wanted_side (self)),
                                         loaded_cb, wait, (GDestroyNotify) wait_free));
}

static CsPhoto *
get_photo (CsPicturePane *self)
{
  return self->sheet != NULL ? cs_review_sheet_get_photo (self->sheet, self->photo) : NULL;
}

static const char *
get_note (CsPicturePane *self)
{
  if (self->item == NULL || cs_review_item_get_item (self->item)->state == CS_ITEM_EMPTY)
    return _("No suggestion for this photo yet");
  if (cs_review_item_get_item (self->item)->state == CS_ITEM_KEPT)
    return _("The original is kept");

  return NULL;
}

static void
update_pictures (CsPicturePane *self,
                 gboolean       is_same_photo)
{
  CsPhoto    *photo = get_photo (self);
  const char *hash = photo != NULL ? photo->hash : NULL;
  const char *suggested = self->item != NULL ? cs_review_item_get_picture (self->item) : NULL;

  if (g_strcmp0 (self->hashes[ORIGINAL], hash) != 0)
    load (self, ORIGINAL, hash, photo != NULL ? photo->thumbnail : NULL, FALSE);
  if (g_strcmp0 (self->hashes[SUGGESTION], suggested) != 0)
    load (self, SUGGESTION, suggested, NULL, is_same_photo);
  g_object_set (self->compare, "note", get_note (self), NULL);
}

static void
wanted_side_cb (CsPicturePane *self)
{
  for (Which which = 0; which < N_PICTURES && self->sheet != NULL; which++)
    {
      g_autofree char *hash = g_strdup (self->hashes[which]);

      if (hash != NULL)
        load (self, which, hash, NULL, TRUE);
    }
}

static void
zoom_changed_cb (CsPicturePane *self)
{
  g_autofree char *percent = g_strdup_printf ("%d %%", (int) (cs_compare_view_get_zoom (self->compare) * 100 + 0.5));

  gtk_label_set_label (self->zoom, percent);
}

/* Words and switches */

static void
update_description (CsPicturePane *self,
                    CsPhoto       *photo)
{
  g_autofree char *title = cs_review_sheet_dup_title (self->sheet);
  CsSuggestion    *suggestion = self->item != NULL ? cs_review_item_get_suggestion (self->item) : NULL;
  g_autofree char *label = NULL;

  if (photo == NULL)
    label = g_strdup (_("This product has no photo"));
  else if (suggestion != NULL && suggestion->picture != NULL)
    label = g_strdup_printf (_("Original photo of %s beside the suggested picture. %s"), title,
                             suggestion->text != NULL ? suggestion->text : "");
  else
    label = g_strdup_printf (_("Original photo of %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->compare), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_words (CsPicturePane *self)
{
  CsSuggestion *suggestion = self->item != NULL ? cs_review_item_get_suggestion (self->item) : NULL;
  gboolean      has_parts = suggestion != NULL && suggestion->settings != NULL;
  CsPhoto      *photo = get_photo (self);
  g_auto (GStrv) lines = NULL;
  g_autofree char *words = NULL;

  if (suggestion != NULL && suggestion->text != NULL)
    {
      lines = g_strsplit (suggestion->text, "\n", -1);
      words = g_strjoinv (" · ", lines);
    }
  else if (photo != NULL)
    {
      words = g_strdup (photo->finding);
    }
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL && *words != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->parts), has_parts);
  gtk_widget_set_sensitive (GTK_WIDGET (self->parts),
                            has_parts && (self->making != 0 || !cs_review_item_get_busy (self->item)));
  if (has_parts && self->making == 0)
    cs_picture_parts_set_settings (self->parts, suggestion->settings);
}

static void
update_stepper (CsPicturePane *self)
{
  guint            n = self->sheet != NULL ? cs_review_sheet_get_n_photos (self->sheet) : 0;
  g_autofree char *position = g_strdup_printf (_("Photo %u of %u"), MIN (self->photo + 1, n), n);

  gtk_label_set_label (self->position, position);
  gtk_widget_set_visible (self->stepper, n > 1);
  gtk_widget_set_sensitive (self->previous, self->photo > 0);
  gtk_widget_set_sensitive (self->next, self->photo + 1 < n);
}

static gboolean
take_item (CsPicturePane *self,
           CsReviewItem  *item)
{
  if (self->item == item)
    return FALSE;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->making = 0;
  gtk_widget_set_visible (self->spinner, FALSE);

  return TRUE;
}

static void
update (CsPicturePane *self)
{
  CsPhoto *photo;
  gboolean is_other;

  if (self->sheet == NULL)
    return;

  if (self->photo >= cs_review_sheet_get_n_photos (self->sheet))
    self->photo = 0;
  photo = get_photo (self);
  is_other = take_item (self, photo != NULL ? cs_review_sheet_find (self->sheet, CS_FIELD_PICTURE, photo->id) : NULL);
  update_pictures (self, !is_other);
  update_words (self);
  update_stepper (self);
  update_description (self, photo);
}

/* A picture with other switches. The last one asked for is the one that counts. */

typedef struct
{
  CsPicturePane *self;
  CsReviewSheet *sheet;
  CsReviewItem  *item;
  guint          stamp;
  char          *settings;
} Making;

static void
making_free (Making *making)
{
  g_clear_object (&making->self);
  g_clear_object (&making->sheet);
  g_clear_object (&making->item);
  g_clear_pointer (&making->settings, g_free);
  g_free (making);
}

static DexFuture *
make_fiber (gpointer data)
{
  Making        *making = data;
  CsPicturePane *self = making->self;
  CsItem        *item = cs_review_item_get_item (making->item);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSuggestion) suggestion = NULL;
  gboolean is_last;

  suggestion = dex_await_boxed (cs_desk_suggest_picture (cs_review_sheet_get_desk (making->sheet),
                                                         item->product, item->photo, making->settings),
                                &error);
  is_last = self->item == making->item && self->making == making->stamp;
  if (suggestion == NULL && is_last)
    cs_window_report (GTK_WIDGET (self), error);
  dex_await (cs_review_sheet_refresh (making->sheet), NULL);

  if (self->item == making->item && self->making == making->stamp)
    {
      self->making = 0;
      gtk_widget_set_visible (self->spinner, FALSE);
    }
  if (self->item != making->item || self->making == 0)
    cs_review_item_set_busy (making->item, FALSE);
  if (self->sheet != NULL)
    update (self);

  return dex_future_new_true ();
}

static void
switched_cb (CsPicturePane *self)
{
  static guint last;
  Making      *making;

  if (self->item == NULL || self->sheet == NULL)
    return;

  making = g_new0 (Making, 1);
  making->self = g_object_ref (self);
  making->sheet = g_object_ref (self->sheet);
  making->item = g_object_ref (self->item);
  making->settings = cs_picture_parts_dup_settings (self->parts);
  making->stamp = ++last;
  self->making = making->stamp;
  gtk_widget_set_visible (self->spinner, TRUE);
  cs_review_item_set_busy (self->item, TRUE);
  dex_future_disown (cs_fiber_spawn (make_fiber, making, (GDestroyNotify) making_free));
}

static void
previous_cb (CsPicturePane *self)
{
  cs_picture_pane_step (self, -1);
}

static void
next_cb (CsPicturePane *self)
{
  cs_picture_pane_step (self, 1);
}

static void
cs_picture_pane_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch ((CsPicturePaneProperty) prop_id)
    {
    case PROP_SCROLL_ZOOMS:
      g_object_get_property (G_OBJECT (CS_PICTURE_PANE (object)->compare), "scroll-zooms", value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_picture_pane_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch ((CsPicturePaneProperty) prop_id)
    {
    case PROP_SCROLL_ZOOMS:
      g_object_set_property (G_OBJECT (CS_PICTURE_PANE (object)->compare), "scroll-zooms", value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_picture_pane_dispose (GObject *object)
{
  CsPicturePane *self = CS_PICTURE_PANE (object);

  take_item (self, NULL);
  if (self->sheet != NULL)
    g_signal_handlers_disconnect_by_data (self->sheet, self);
  g_clear_object (&self->sheet);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PICTURE_PANE);
  for (Which which = 0; which < N_PICTURES; which++)
    g_clear_pointer (&self->hashes[which], g_free);

  G_OBJECT_CLASS (cs_picture_pane_parent_class)->dispose (object);
}

static void
cs_picture_pane_class_init (CsPicturePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_picture_pane_dispose;
  G_OBJECT_CLASS (klass)->get_property = cs_picture_pane_get_property;
  G_OBJECT_CLASS (klass)->set_property = cs_picture_pane_set_property;
  properties[PROP_SCROLL_ZOOMS] =
    g_param_spec_boolean ("scroll-zooms", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
  signals[STEPPED] = g_signal_new ("stepped", CS_TYPE_PICTURE_PANE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (CS_TYPE_COMPARE_VIEW);
  g_type_ensure (CS_TYPE_PICTURE_PARTS);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-picture-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, compare);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, position);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, stepper);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, previous);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, next);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, zoom);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, words);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, parts);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, spinner);
  gtk_widget_class_bind_template_callback (widget_class, wanted_side_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
cs_picture_pane_init (CsPicturePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_picture_pane_set_sheet (CsPicturePane *self,
                           CsReviewSheet *sheet)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  if (self->sheet == sheet)
    return;

  if (self->sheet != NULL)
    g_signal_handlers_disconnect_by_func (self->sheet, update, self);
  g_set_object (&self->sheet, sheet);
  self->photo = 0;
  cs_compare_view_reset (self->compare);
  if (sheet == NULL)
    return;

  g_signal_connect_object (sheet, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
cs_picture_pane_set_photo (CsPicturePane *self,
                           guint          photo)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  if (self->photo == photo)
    return;

  self->photo = photo;
  cs_compare_view_reset (self->compare);
  update (self);
}

guint
cs_picture_pane_get_photo (CsPicturePane *self)
{
  g_return_val_if_fail (CS_IS_PICTURE_PANE (self), 0);

  return self->photo;
}

/* As the person's own step: says so with "stepped" */
gboolean
cs_picture_pane_step (CsPicturePane *self,
                      int            step)
{
  gint64 photo;

  g_return_val_if_fail (CS_IS_PICTURE_PANE (self), FALSE);

  photo = (gint64) self->photo + step;
  if (self->sheet == NULL || photo < 0 || photo >= cs_review_sheet_get_n_photos (self->sheet))
    return FALSE;

  cs_picture_pane_set_photo (self, photo);
  g_signal_emit (self, signals[STEPPED], 0, self->photo);

  return TRUE;
}

void
cs_picture_pane_set_swapped (CsPicturePane *self,
                             gboolean       swapped)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  cs_compare_view_set_swapped (self->compare, swapped);
}

void
cs_picture_pane_zoom (CsPicturePane *self,
                      double         factor)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  if (factor > 0)
    cs_compare_view_zoom (self->compare, factor);
  else
    cs_compare_view_reset (self->compare);
}

int
cs_picture_pane_get_wanted_side (CsPicturePane *self)
{
  int side;

  g_return_val_if_fail (CS_IS_PICTURE_PANE (self), USUAL_SIDE);

  side = cs_compare_view_get_wanted_side (self->compare);
  return side > 0 ? side : USUAL_SIDE;
}

/* Where a picture is edited */
void
cs_picture_pane_focus_parts (CsPicturePane *self)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  gtk_widget_child_focus (GTK_WIDGET (self->parts), GTK_DIR_TAB_FORWARD);
}
