/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-picture-loader.h"
#include "cs-picture-pane-private.h"

/* Before the first layout */
#define USUAL_SIDE 1024

/* A heat map needs no more pixels than this */
#define CHANGES_SIDE 2048

/* Between the badge and the picture's edge, and beside the picture's name */
#define BADGE_INSET 8
#define NAME_WIDTH  118
#define NAME_MIDDLE 22

static const char *const properties_of[CS_PANE_N_PICTURES] = { "original", "suggestion" };

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

/* Pictures */

typedef struct
{
  CsPicturePane *self;
  CsPanePicture  which;
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
    cs_picture_pane_say_trouble (wait->self, error->message, NULL);

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
      CsPanePicture  which,
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
  *wait = (Wait){ g_object_ref (self), which, self->stamps[which] };
  dex_future_disown (dex_future_finally (cs_picture_loader_load (loader, hash, cs_picture_pane_get_wanted_side (self)),
                                         loaded_cb, wait, (GDestroyNotify) wait_free));
}

static CsPhoto *
get_photo (CsPicturePane *self)
{
  return self->sheet != NULL ? cs_review_sheet_get_photo (self->sheet, self->photo) : NULL;
}

/* What the picture beside the original is, or NULL */
CsSuggestion *
cs_picture_pane_get_suggestion (CsPicturePane *self)
{
  return self->item != NULL ? cs_review_item_get_suggestion (self->item) : NULL;
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

  if (g_strcmp0 (self->hashes[CS_PANE_ORIGINAL], hash) != 0)
    load (self, CS_PANE_ORIGINAL, hash, photo != NULL ? photo->thumbnail : NULL, FALSE);
  if (!self->is_touched && g_strcmp0 (self->hashes[CS_PANE_SUGGESTION], suggested) != 0)
    load (self, CS_PANE_SUGGESTION, suggested, NULL, is_same_photo);
  g_object_set (self->compare, "note", get_note (self), NULL);
}

static void
wanted_side_cb (CsPicturePane *self)
{
  for (CsPanePicture which = 0; which < CS_PANE_N_PICTURES && self->sheet != NULL; which++)
    {
      g_autofree char *hash = g_strdup (self->hashes[which]);

      if (hash != NULL && (which == CS_PANE_ORIGINAL || !self->previews))
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

/* What was done in words; where no mask could be right, why */
static char *
dup_words (CsPicturePane *self)
{
  CsSuggestion *suggestion = cs_picture_pane_get_suggestion (self);
  CsPhoto      *photo = get_photo (self);
  g_auto (GStrv) lines = NULL;

  if (suggestion == NULL || suggestion->text == NULL)
    return photo != NULL ? g_strdup (photo->finding) : NULL;

  lines = g_strsplit (suggestion->text, "\n", -1);

  return g_strjoinv (" · ", lines);
}

static void
update_words (CsPicturePane *self)
{
  CsSuggestion    *suggestion = cs_picture_pane_get_suggestion (self);
  g_autofree char *words = dup_words (self);
  gboolean         has_words = words != NULL && *words != '\0';
  gboolean         abstains = suggestion != NULL && suggestion->abstains;

  gtk_label_set_label (abstains ? self->why : self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), has_words && !abstains);
  gtk_widget_set_visible (self->why_row, has_words && abstains);
  /* Not of the preview, but what is below them stays where it is */
  gtk_widget_set_opacity (GTK_WIDGET (self->words), self->previews ? 0.3 : 1);
}

static gboolean
has_model (CsPicturePane *self)
{
  CsWorkshop *workshop = cs_desk_get_workshop (cs_review_sheet_get_desk (self->sheet));

  return workshop != NULL && cs_workshop_has_model (workshop);
}

gboolean
cs_picture_pane_is_open (CsPicturePane *self)
{
  CsSuggestion *suggestion;

  g_return_val_if_fail (CS_IS_PICTURE_PANE (self), FALSE);

  suggestion = cs_picture_pane_get_suggestion (self);

  return suggestion != NULL && suggestion->settings != NULL && cs_review_item_is_pending (self->item);
}

static void
update_controls (CsPicturePane *self)
{
  CsSuggestion *suggestion = cs_picture_pane_get_suggestion (self);
  gboolean      has_recipe = suggestion != NULL && suggestion->settings != NULL;
  gboolean      is_ours = self->is_touched || cs_picture_maker_is_making (self->maker);
  gboolean      is_open = cs_picture_pane_is_open (self);
  gboolean      is_free = is_open && (is_ours || !cs_review_item_get_busy (self->item));
  gboolean      has_mask = has_recipe && suggestion->mask != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->sliders), has_recipe);
  gtk_widget_set_visible (self->tools, has_recipe);
  gtk_widget_set_visible (self->decided, has_recipe && !is_open);
  gtk_widget_set_visible (self->no_model, is_open && !has_mask && !has_model (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->sliders), is_free);
  gtk_widget_set_sensitive (self->tools, is_free);
  gtk_widget_set_sensitive (GTK_WIDGET (self->background), has_mask || has_model (self));
  cs_picture_parts_set_has_mask (self->parts, has_mask || has_model (self));
  gtk_widget_set_visible (self->spinner, cs_picture_maker_is_making (self->maker) || self->errands > 0);
}

/* How the original lies in the suggestion that is shown */
static void
update_lie (CsPicturePane *self)
{
  CsSuggestion *suggestion = cs_picture_pane_get_suggestion (self);
  CsCompareLie  lie = CS_COMPARE_LIE_SAME;
  g_autoptr (CsReceipt) receipt = NULL;

  if (suggestion != NULL && suggestion->receipt != NULL && (receipt = cs_receipt_from_json (suggestion->receipt)) != NULL &&
      receipt->width > 0 && receipt->height > 0)
    lie = (CsCompareLie){ receipt->turn, receipt->x, receipt->y, receipt->width, receipt->height };
  cs_compare_view_set_lie (self->compare, &lie);
}

/* What the suggestion is and what can be done with it; not the pictures themselves */
void
cs_picture_pane_update_work (CsPicturePane *self)
{
  CsSuggestion *suggestion = cs_picture_pane_get_suggestion (self);
  gboolean      has_picture = suggestion != NULL && suggestion->picture != NULL &&
                         g_strcmp0 (self->hashes[CS_PANE_SUGGESTION], suggestion->picture) == 0;

  cs_picture_pane_load_recipe (self, FALSE);
  cs_receipt_badge_set (self->badge, has_picture && !self->previews ? suggestion : NULL, get_photo (self));
  update_controls (self);
  update_words (self);
}

/* Where the suggestion differs */

static DexFuture *
changes_loaded_cb (DexFuture *future,
                   gpointer   data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (wait->stamp != wait->self->changes_stamp || wait->self->sheet == NULL)
    return NULL;

  if (value != NULL)
    texture = cs_picture_texture_new (g_value_get_variant (value), &error);
  g_object_set (wait->self->compare, "changes", texture, NULL);
  if (texture == NULL)
    {
      g_clear_pointer (&wait->self->changes_of, g_free);
      cs_picture_pane_say_trouble (wait->self, error->message, NULL);
    }

  return NULL;
}

static gboolean
wants_changes (CsPicturePane *self)
{
  guint mode;

  g_object_get (self->compare, "mode", &mode, NULL);

  return mode == CS_COMPARE_CHANGES || self->is_marked;
}

/* Read when they are looked at, and kept as long as the same picture is shown */
static void
update_changes (CsPicturePane *self)
{
  CsSuggestion *suggestion = cs_picture_pane_get_suggestion (self);
  const char   *picture = self->hashes[CS_PANE_SUGGESTION];
  gboolean      has_changes = suggestion != NULL && picture != NULL && suggestion->receipt != NULL && !self->previews &&
                         g_strcmp0 (suggestion->picture, picture) == 0;
  Wait *wait;

  gtk_widget_set_visible (self->legend, wants_changes (self) && has_changes);
  if (!wants_changes (self) || (has_changes && g_strcmp0 (self->changes_of, picture) == 0))
    return;

  self->changes_stamp++;
  g_object_set (self->compare, "changes", NULL, NULL);
  g_set_str (&self->changes_of, has_changes ? picture : NULL);
  if (!has_changes)
    return;

  wait = g_new0 (Wait, 1);
  *wait = (Wait){ g_object_ref (self), CS_PANE_SUGGESTION, self->changes_stamp };
  dex_future_disown (dex_future_finally (cs_desk_load_changes (cs_review_sheet_get_desk (self->sheet), suggestion,
                                                               MIN (cs_picture_pane_get_wanted_side (self), CHANGES_SIDE)),
                                         changes_loaded_cb, wait, (GDestroyNotify) wait_free));
}

static void
mode_changed_cb (CsPicturePane *self)
{
  if (self->sheet == NULL)
    return;

  if (self->failed == NULL)
    cs_picture_pane_say_trouble (self, NULL, NULL);
  update_changes (self);
}

/* The badge stands at the suggestion's upper end, or below where its name needs the place */

static void
panes_moved_cb (CsPicturePane *self)
{
  gtk_widget_queue_allocate (self->stage);
}

static gboolean
place_badge_cb (CsPicturePane *self,
                GtkWidget     *badge,
                GdkRectangle  *allocation)
{
  graphene_rect_t pane;
  GtkRequisition  minimum;
  GtkRequisition  natural;
  guint           mode;
  int             width;

  g_object_get (self->compare, "mode", &mode, NULL);
  cs_compare_view_get_suggestion_pane (self->compare, &pane);
  gtk_widget_get_preferred_size (badge, &minimum, &natural);
  width = MAX (minimum.width, MIN (natural.width, (int) pane.size.width - 2 * BADGE_INSET));
  allocation->width = width;
  allocation->height = natural.height;
  allocation->x = pane.origin.x + pane.size.width - width - BADGE_INSET;
  allocation->y = pane.origin.y + NAME_MIDDLE - natural.height / 2;
  if (mode == CS_COMPARE_WIPE || width + NAME_WIDTH + 2 * BADGE_INSET > pane.size.width)
    allocation->y = pane.origin.y + pane.size.height - natural.height - BADGE_INSET;

  return TRUE;
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

  cs_picture_pane_leave_recipe (self);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, cs_picture_pane_update, self);
  g_set_object (&self->item, item);
  cs_picture_maker_take (self->maker, self->sheet, item);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (cs_picture_pane_update), self, G_CONNECT_SWAPPED);

  return TRUE;
}

/* All that is shown, from what the sheet says now */
void
cs_picture_pane_update (CsPicturePane *self)
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
  update_lie (self);
  cs_picture_pane_update_work (self);
  update_changes (self);
  update_stepper (self);
  update_description (self, photo);
}

static void
try_again_cb (CsPicturePane *self)
{
  g_autofree char *settings = g_strdup (self->failed);

  if (settings != NULL)
    cs_picture_recipe_take_over (self->recipe, settings);
}

static void
choose_backdrop_cb (CsPicturePane *self)
{
  cs_picture_pane_choose_backdrop (self);
}

static void
save_cb (CsPicturePane *self)
{
  cs_picture_pane_save_receipt (self);
}

static void
models_changed_cb (CsPicturePane *self)
{
  if (self->sheet != NULL)
    cs_picture_pane_update_work (self);
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
  cs_picture_pane_set_sheet (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PICTURE_PANE);
  g_clear_object (&self->recipe);
  g_clear_object (&self->maker);
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->failed, g_free);
  g_clear_pointer (&self->changes_of, g_free);
  for (CsPanePicture which = 0; which < CS_PANE_N_PICTURES; which++)
    g_clear_pointer (&self->hashes[which], g_free);

  G_OBJECT_CLASS (cs_picture_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, stage);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, compare);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, badge);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, legend);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, position);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, stepper);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, previous);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, next);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, zoom);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, why_row);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, why);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, trouble_row);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, trouble);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, try_again);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, no_model);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, decided);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, sliders);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, tools);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, background);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, scene);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, parts);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, spinner);
  gtk_widget_class_bind_template_child (widget_class, CsPicturePane, words);
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
  g_type_ensure (CS_TYPE_PICTURE_BACKGROUND);
  g_type_ensure (CS_TYPE_PICTURE_PARTS);
  g_type_ensure (CS_TYPE_PICTURE_SLIDERS);
  g_type_ensure (CS_TYPE_RECEIPT_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-picture-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, wanted_side_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, panes_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_badge_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_backdrop_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
cs_picture_pane_init (CsPicturePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_picture_pane_begin_recipes (self);
}

static void
follow_models (CsPicturePane *self,
               CsReviewSheet *sheet,
               gboolean       follow)
{
  CsWorkshop *workshop = sheet != NULL ? cs_desk_get_workshop (cs_review_sheet_get_desk (sheet)) : NULL;

  if (workshop == NULL)
    return;

  if (follow)
    g_signal_connect_object (workshop, "models-changed", G_CALLBACK (models_changed_cb), self, G_CONNECT_SWAPPED);
  else
    g_signal_handlers_disconnect_by_func (workshop, models_changed_cb, self);
}

void
cs_picture_pane_set_can_paint (CsPicturePane *self,
                               gboolean       can_paint)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  gtk_widget_set_visible (self->scene, can_paint);
}

void
cs_picture_pane_set_sheet (CsPicturePane *self,
                           CsReviewSheet *sheet)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  if (self->sheet == sheet)
    return;

  take_item (self, NULL);
  if (self->sheet != NULL)
    g_signal_handlers_disconnect_by_func (self->sheet, cs_picture_pane_update, self);
  follow_models (self, self->sheet, FALSE);
  g_set_object (&self->sheet, sheet);
  self->photo = 0;
  if (sheet == NULL)
    return;

  cs_compare_view_reset (self->compare);
  follow_models (self, sheet, TRUE);
  g_signal_connect_object (sheet, "changed", G_CALLBACK (cs_picture_pane_update), self, G_CONNECT_SWAPPED);
  cs_picture_pane_update (self);
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
  cs_picture_pane_update (self);
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

/* What changed, over the suggestion */
void
cs_picture_pane_set_marked (CsPicturePane *self,
                            gboolean       marked)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  if (self->is_marked == marked)
    return;

  self->is_marked = marked;
  cs_compare_view_set_marked (self->compare, marked);
  if (self->sheet != NULL)
    update_changes (self);
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
cs_picture_pane_focus_controls (CsPicturePane *self)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  gtk_widget_child_focus (GTK_WIDGET (self->sliders), GTK_DIR_TAB_FORWARD);
}

/* Which part of the photo is the product, as the person brushed it: the hash of a kept mask */
void
cs_picture_pane_set_mask (CsPicturePane *self,
                          const char    *mask)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  if (!cs_picture_pane_is_open (self))
    return;

  /* Where nothing was found all was left as it is; there is something now */
  if (cs_picture_pane_get_suggestion (self)->abstains)
    cs_picture_recipe_load (self->recipe, NULL);
  cs_picture_recipe_set_mask (self->recipe, mask);
}
