/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-picture-pane-private.h"

/* From a hand on a slider to a picture
 *
 * While the hand moves, previews are shown in the suggestion's place and the
 * item is busy: a key pressed then must not decide on something else than what
 * is seen. When it lets go the picture is made; the preview stays until the
 * new one is there. Where it cannot be made, controls and picture go back to
 * what is suggested, and the same can be tried again.
 */

#define PREVIEW_SIDE 1024

/* The suggestion's own picture again, in place of a preview */
static void
restore_picture (CsPicturePane *self)
{
  cs_picture_maker_drop_preview (self->maker);
  if (!self->previews)
    return;

  self->previews = FALSE;
  g_clear_pointer (&self->hashes[CS_PANE_SUGGESTION], g_free);
}

static void
ask_preview (CsPicturePane *self,
             const char    *settings)
{
  cs_picture_maker_preview (self->maker, settings, MIN (cs_picture_pane_get_wanted_side (self), PREVIEW_SIDE));
}

static void
touch (CsPicturePane *self)
{
  self->is_touched = TRUE;
  cs_review_item_set_busy (self->item, TRUE);
}

static void
settle (CsPicturePane *self,
        const char    *settings)
{
  self->is_touched = FALSE;
  if (g_strcmp0 (settings, self->base) != 0 || cs_picture_maker_is_making (self->maker))
    {
      cs_picture_maker_make (self->maker, settings);
      return;
    }

  restore_picture (self);
  cs_review_item_set_busy (self->item, FALSE);
}

static void
changed_cb (CsPicturePane *self,
            gboolean       settled)
{
  g_autofree char *settings = cs_picture_recipe_dup_json (self->recipe);

  if (self->item == NULL || self->sheet == NULL)
    return;

  cs_picture_pane_say_trouble (self, NULL, NULL);
  if (!settled || !self->previews)
    ask_preview (self, settings);
  if (settled)
    settle (self, settings);
  else
    touch (self);
  cs_picture_pane_update (self);
}

static void
previewed_cb (CsPicturePane *self,
              GdkTexture    *texture)
{
  self->previews = TRUE;
  self->stamps[CS_PANE_SUGGESTION]++;
  g_object_set (self->compare, "suggestion", texture, "changes", NULL, NULL);
  g_clear_pointer (&self->changes_of, g_free);
  cs_picture_pane_update_work (self);
}

static void
preview_failed_cb (CsPicturePane *self,
                   const char    *sentence)
{
  if (self->is_touched)
    cs_picture_pane_say_trouble (self, sentence, NULL);
}

static void
made_cb (CsPicturePane *self,
         const char    *settings,
         const char    *sentence)
{
  if (self->item == NULL || self->sheet == NULL)
    return;

  if (self->is_touched)
    {
      g_autofree char *now = cs_picture_recipe_dup_json (self->recipe);

      touch (self);
      ask_preview (self, now);
      return;
    }

  restore_picture (self);
  cs_picture_pane_load_recipe (self, TRUE);
  if (sentence != NULL)
    cs_picture_pane_say_trouble (self, sentence, settings);
  cs_picture_pane_update (self);
}

void
cs_picture_pane_begin_recipes (CsPicturePane *self)
{
  self->recipe = cs_picture_recipe_new ();
  self->maker = cs_picture_maker_new ();
  g_signal_connect_object (self->recipe, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->maker, "previewed", G_CALLBACK (previewed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->maker, "preview-failed", G_CALLBACK (preview_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->maker, "made", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
  cs_picture_sliders_set_recipe (self->sliders, self->recipe);
  cs_picture_background_set_recipe (self->background, self->recipe);
  cs_picture_parts_set_recipe (self->parts, self->recipe);
}

/* again: also where the suggestion is the one that is loaded already */
void
cs_picture_pane_load_recipe (CsPicturePane *self,
                             gboolean       again)
{
  CsSuggestion *suggestion = cs_picture_pane_get_suggestion (self);

  if (suggestion == NULL || suggestion->settings == NULL || self->is_touched ||
      cs_picture_maker_is_making (self->maker) || (!again && self->loaded == suggestion->id))
    return;

  self->loaded = suggestion->id;
  cs_picture_recipe_load (self->recipe, suggestion->settings);
  g_free (self->base);
  self->base = cs_picture_recipe_dup_json (self->recipe);
}

/* Another photo comes: what was begun on this one is made all the same */
void
cs_picture_pane_leave_recipe (CsPicturePane *self)
{
  if (self->is_touched && self->item != NULL)
    {
      g_autofree char *settings = cs_picture_recipe_dup_json (self->recipe);

      cs_picture_maker_make (self->maker, settings);
    }
  self->is_touched = FALSE;
  self->previews = FALSE;
  self->loaded = 0;
  cs_picture_pane_say_trouble (self, NULL, NULL);
}

/* sentence NULL: there is none; settings: what can be tried again, or NULL */
void
cs_picture_pane_say_trouble (CsPicturePane *self,
                             const char    *sentence,
                             const char    *settings)
{
  g_set_str (&self->failed, settings);
  gtk_widget_set_visible (self->trouble_row, sentence != NULL);
  gtk_widget_set_visible (self->try_again, settings != NULL);
  if (sentence == NULL)
    return;

  gtk_label_set_label (self->trouble, sentence);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}
