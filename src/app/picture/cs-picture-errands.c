/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-gtk-future.h"
#include "cs-picture-pane-private.h"
#include "cs-window.h"

/* What an errand is about is settled when it begins: the person may be at
 * another photo when it ends.
 */
typedef struct
{
  CsPicturePane *self;
  CsReviewSheet *sheet;
  CsReviewItem  *item;
  CsSuggestion  *suggestion;
  char          *settings;
} Errand;

static void
errand_free (Errand *errand)
{
  errand->self->errands--;
  if (errand->self->sheet != NULL)
    cs_picture_pane_update_work (errand->self);
  g_clear_object (&errand->self);
  g_clear_object (&errand->sheet);
  g_clear_object (&errand->item);
  g_clear_pointer (&errand->suggestion, cs_suggestion_unref);
  g_clear_pointer (&errand->settings, g_free);
  g_free (errand);
}

static void
run (CsPicturePane *self,
     DexFiberFunc   func)
{
  CsSuggestion *suggestion = cs_picture_pane_get_suggestion (self);
  Errand       *errand;

  if (self->sheet == NULL || suggestion == NULL)
    return;

  errand = g_new0 (Errand, 1);
  errand->self = g_object_ref (self);
  errand->sheet = g_object_ref (self->sheet);
  errand->item = g_object_ref (self->item);
  errand->suggestion = cs_suggestion_ref (suggestion);
  errand->settings = cs_picture_recipe_dup_json (self->recipe);
  self->errands++;
  cs_picture_pane_update_work (self);
  dex_future_disown (cs_fiber_spawn (func, errand, (GDestroyNotify) errand_free));
}

static DexFuture *
fail (Errand *errand,
      GError *error)
{
  if (!cs_gtk_is_dismissed (error))
    cs_window_report (GTK_WIDGET (errand->self), error);

  return dex_future_new_for_error (error);
}

static GtkWindow *
get_window (Errand *errand)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (errand->self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static gboolean
is_still_shown (Errand *errand)
{
  return errand->self->item == errand->item && errand->self->sheet == errand->sheet;
}

/* The seller's own background */

static DexFuture *
backdrop_fiber (gpointer data)
{
  Errand *errand = data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;

  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_filter_set_name (filter, _("Pictures"));
  gtk_file_dialog_set_title (dialog, _("Choose a Background"));
  gtk_file_dialog_set_default_filter (dialog, filter);
  if (!(file = dex_await_object (cs_gtk_choose_file (dialog, get_window (errand)), &error)) ||
      !(hash = dex_await_string (cs_desk_keep_backdrop (cs_review_sheet_get_desk (errand->sheet), file), &error)))
    return fail (errand, g_steal_pointer (&error));

  if (is_still_shown (errand))
    cs_picture_recipe_set_backdrop (errand->self->recipe, hash);

  return dex_future_new_true ();
}

void
cs_picture_pane_choose_backdrop (CsPicturePane *self)
{
  run (self, backdrop_fiber);
}

/* The picture and its receipt as files */

static DexFuture *
save_fiber (gpointer data)
{
  Errand *errand = data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  gtk_file_dialog_set_title (dialog, _("Save Picture and Receipt"));
  if (!(folder = dex_await_object (cs_gtk_choose_folder (dialog, get_window (errand)), &error)) ||
      !dex_await (cs_desk_export_receipt (cs_review_sheet_get_desk (errand->sheet), errand->suggestion, folder), &error))
    return fail (errand, g_steal_pointer (&error));

  name = g_file_get_basename (folder);
  sentence = g_strdup_printf (_("Picture and receipt are in “%s”"), name);
  gtk_widget_activate_action (GTK_WIDGET (errand->self), "window.toast", "s", sentence);

  return dex_future_new_true ();
}

void
cs_picture_pane_save_receipt (CsPicturePane *self)
{
  run (self, save_fiber);
}

/* The same on other photos */

static DexFuture *
all_fiber (gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint            n;

  n = dex_await_uint (cs_desk_suggest_pictures (cs_review_sheet_get_desk (errand->sheet),
                                                cs_review_sheet_get_id (errand->sheet), errand->settings),
                      &error);
  dex_await (cs_review_sheet_refresh (errand->sheet), NULL);
  if (error != NULL)
    return fail (errand, g_steal_pointer (&error));

  sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u picture made alike", "%u pictures made alike", n), n);
  gtk_widget_activate_action (GTK_WIDGET (errand->self), "window.toast", "s", sentence);

  return dex_future_new_true ();
}

/* Makes all of the product's undecided pictures as this one */
void
cs_picture_pane_same_on_all (CsPicturePane *self)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  run (self, all_fiber);
}

static DexFuture *
last_fiber (gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *settings = NULL;

  if (!(settings = dex_await_string (cs_desk_get_last_picture_settings (cs_review_sheet_get_desk (errand->sheet)), &error)))
    return fail (errand, g_steal_pointer (&error));

  if (is_still_shown (errand))
    cs_picture_recipe_take_over (errand->self->recipe, settings);

  return dex_future_new_true ();
}

/* Makes this picture as the one that was accepted last */
void
cs_picture_pane_same_as_last (CsPicturePane *self)
{
  g_return_if_fail (CS_IS_PICTURE_PANE (self));

  run (self, last_fiber);
}
