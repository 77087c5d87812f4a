/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-review-page-private.h"

/* What can be done on the page, and when */

static gboolean
is_grounded (CsReviewItem *item)
{
  CsSuggestion *suggestion = cs_review_item_get_suggestion (item);

  return cs_review_item_get_item (item)->state == CS_ITEM_PENDING && suggestion != NULL &&
         cs_review_item_can_decide (item, CS_VERDICT_ACCEPT) && cs_suggestion_is_grounded (suggestion);
}

static gboolean
has_grounded (CsReviewPage *self)
{
  GListModel *items = cs_review_sheet_get_items (self->sheet);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (CsReviewItem) item = g_list_model_get_item (items, i);

      if (is_grounded (item))
        return TRUE;
    }

  return FALSE;
}

/* It says something else than the facts do: the key that accepts says so */
static gboolean
is_held_back (CsReviewItem *item)
{
  g_autofree char *obstacle = cs_review_item_dup_obstacle (item);

  return obstacle != NULL && cs_review_item_can_decide (item, CS_VERDICT_EDIT);
}

/* The one place that says what can be done now */
void
cs_review_page_update_actions (CsReviewPage *self)
{
  static const struct
  {
    const char *action;
    CsVerdict   verdict;
  } verdicts[] = {
    { "review.accept", CS_VERDICT_ACCEPT },
    { "review.edit", CS_VERDICT_EDIT },
    { "review.reject", CS_VERDICT_REJECT },
    { "review.later", CS_VERDICT_LATER },
  };
  GtkWidget    *widget = GTK_WIDGET (self);
  CsReviewItem *target = cs_review_page_get_target (self);
  const char   *original = target != NULL ? cs_review_item_get_item (target)->original : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    gtk_widget_action_set_enabled (widget, verdicts[i].action,
                                   target != NULL && (cs_review_item_can_decide (target, verdicts[i].verdict) ||
                                                      (verdicts[i].verdict == CS_VERDICT_ACCEPT && is_held_back (target))));
  gtk_widget_action_set_enabled (widget, "review.variant", target != NULL && cs_review_item_get_n_variants (target) > 1);
  gtk_widget_action_set_enabled (widget, "review.accept-all", self->sheet != NULL && has_grounded (self));
  gtk_widget_action_set_enabled (widget, "review.undo", self->desk != NULL && !cs_review_brush_is_on (self));
  gtk_widget_action_set_enabled (widget, "review.item", self->sheet != NULL);
  cs_review_pictures_update (self);
  gtk_widget_action_set_enabled (widget, "review.product", self->desk != NULL);
  g_object_set (self->reject,
                "caption", original != NULL && *original != '\0' ? _("Keep original") : _("Reject"),
                NULL);
  cs_review_brush_update (self);
}

static void
read_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CsReviewPage *self = CS_REVIEW_PAGE (widget);

  gtk_stack_set_visible_child_name (self->stack, "loading");
  cs_review_page_begin (self);
}

static void
decide_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  CsReviewPage *self = CS_REVIEW_PAGE (widget);
  CsReviewItem *target = cs_review_page_get_target (self);
  CsVerdict     verdict = CS_VERDICT_LATER;
  g_autofree char *obstacle = NULL;

  if (g_str_equal (name, "review.accept"))
    verdict = CS_VERDICT_ACCEPT;
  else if (g_str_equal (name, "review.reject"))
    verdict = CS_VERDICT_REJECT;
  if (target != NULL && cs_review_item_is_unread (target))
    {
      cs_review_page_say (self, _("This came just now. Look at it again."), TRUE);
      return;
    }

  if (target != NULL && cs_review_item_can_decide (target, verdict))
    {
      cs_review_page_decide (self, target, verdict, NULL);
      return;
    }

  if (verdict == CS_VERDICT_ACCEPT && target != NULL)
    obstacle = cs_review_item_dup_obstacle (target);
  if (obstacle != NULL)
    cs_review_page_say (self, obstacle, TRUE);
}

/* A text is edited where it stands, a picture with its sliders */
static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CsReviewPage *self = CS_REVIEW_PAGE (widget);
  CsReviewItem *target = cs_review_page_get_target (self);
  CsItem       *record = target != NULL ? cs_review_item_get_item (target) : NULL;
  CsFieldRow   *row = cs_review_page_get_row (self, target);
  const char   *text;

  if (row == NULL || !cs_review_item_can_decide (target, CS_VERDICT_EDIT))
    return;

  if (record->field == CS_FIELD_PICTURE)
    {
      cs_picture_pane_focus_controls (self->picture);
      return;
    }

  text = cs_review_item_is_question (target) ? record->original : cs_review_item_get_shown (target);
  cs_review_page_focus_item (self, target);
  cs_review_item_set_draft (target, text != NULL ? text : "");
  cs_field_row_focus_editor (row);
}

static void
accept_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  CsReviewPage *self = CS_REVIEW_PAGE (widget);

  if (self->sheet != NULL)
    cs_review_page_accept_all (self);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  cs_review_page_undo (CS_REVIEW_PAGE (widget));
}

static void
variant_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CsReviewItem *target = cs_review_page_get_target (CS_REVIEW_PAGE (widget));

  if (target != NULL && !cs_review_item_get_busy (target) && cs_review_item_get_draft (target) == NULL)
    cs_review_item_set_variant (target, g_variant_get_int32 (parameter) - 1);
}

static void
item_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CsReviewPage *self = CS_REVIEW_PAGE (widget);

  if (self->sheet != NULL && cs_review_line_is_idle (self->line))
    cs_review_page_focus_item (self, cs_review_sheet_get_neighbour (self->sheet, cs_review_sheet_get_focus (self->sheet),
                                                                    g_variant_get_int32 (parameter)));
}

static void
product_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  cs_review_page_step (CS_REVIEW_PAGE (widget), g_variant_get_int32 (parameter));
}

void
cs_review_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "review.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "review.accept", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "review.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "review.reject", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "review.later", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "review.accept-all", NULL, accept_all_action);
  gtk_widget_class_install_action (widget_class, "review.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "review.variant", "i", variant_action);
  gtk_widget_class_install_action (widget_class, "review.item", "i", item_action);
  gtk_widget_class_install_action (widget_class, "review.product", "i", product_action);
}
