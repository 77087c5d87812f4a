/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-diff-label.h"
#include "cs-engine-roster.h"
#include "cs-evidence-view.h"
#include "cs-field-editor.h"
#include "cs-field-row.h"
#include "cs-variant-list.h"

#define N_VARIANTS CS_VARIANTS_IN_HEAD

struct _CsFieldRow
{
  GtkListBoxRow parent_instance;

  CsReviewSheet *sheet;
  CsReviewItem  *item;
  gboolean       is_editing;
  gboolean       is_updating;

  /* Template */
  GtkLabel        *name;
  GtkLabel        *detail;
  GtkWidget       *variants;
  GtkToggleButton *variant_1;
  GtkToggleButton *variant_2;
  GtkToggleButton *variant_3;
  GtkImage        *state_icon;
  GtkLabel        *state;
  GtkWidget       *accept;
  GtkWidget       *edit;
  GtkWidget       *reject;
  CsDiffLabel     *before;
  CsDiffLabel     *after;
  CsFieldEditor   *editor;
  GtkWidget       *question;
  GtkLabel        *question_text;
  GtkEditable     *answer;
  CsEvidenceView  *evidence;
  GtkLabel        *remarks;
  CsVariantList   *variant_list;
  GtkWidget       *obstacle;
  GtkLabel        *obstacle_text;
  GtkLabel        *origin;
  GtkWidget       *provisional;
  GtkLabel        *provisional_heading;
  GtkLabel        *provisional_text;
};

G_DEFINE_FINAL_TYPE (CsFieldRow, cs_field_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  DECIDED,
  WRITTEN,
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *icon;
  const char *style;
} states[] = {
  [CS_ITEM_EMPTY] = { "content-loading-symbolic", "dimmed" },
  [CS_ITEM_PENDING] = { NULL, "dimmed" },
  [CS_ITEM_LATER] = { "document-open-recent-symbolic", "dimmed" },
  [CS_ITEM_OPEN] = { "dialog-question-symbolic", "warning" },
  [CS_ITEM_ACCEPTED] = { "object-select-symbolic", "success" },
  [CS_ITEM_EDITED] = { "document-edit-symbolic", "success" },
  [CS_ITEM_KEPT] = { "object-select-symbolic", "dimmed" },
};

static char *
dup_name (CsFieldRow *self)
{
  CsItem *item = cs_review_item_get_item (self->item);
  int     position;

  if (!cs_field_is_of_photo (item->field) || cs_review_sheet_get_n_photos (self->sheet) < 2)
    return g_strdup (cs_field_get_label (item->field));

  position = cs_review_sheet_find_photo (self->sheet, item->photo);
  /* Translators: a field of one of several photos: "Picture description 2" */
  return g_strdup_printf (_("%s %d"), cs_field_get_label (item->field), position + 1);
}

/* Of the whole row, for a screen reader */
static void
update_accessible (CsFieldRow *self,
                   const char *name)
{
  CsItem          *item = cs_review_item_get_item (self->item);
  const char      *shown = cs_review_item_get_shown (self->item);
  const char      *state = cs_review_item_is_question (self->item) ? _("Question") : cs_item_state_get_label (item->state);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, state);
  g_autofree char *speech = item->field != CS_FIELD_PICTURE ? cs_diff_to_speech (item->original, shown) : NULL;
  g_autofree char *description = g_strdup_printf ("%s%s%s", shown != NULL ? shown : "",
                                                  speech != NULL ? "\n" : "", speech != NULL ? speech : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

static void
update_header (CsFieldRow *self)
{
  CsItem          *item = cs_review_item_get_item (self->item);
  CsItemState      state = MIN (item->state, G_N_ELEMENTS (states) - 1);
  guint            n = MIN (cs_review_item_get_n_variants (self->item), N_VARIANTS);
  GtkToggleButton *buttons[N_VARIANTS] = { self->variant_1, self->variant_2, self->variant_3 };
  const char      *styles[] = { "dimmed", "warning", "success", NULL };
  gboolean         open = !cs_item_state_is_decided (item->state) && !self->is_editing;
  gboolean         listed = cs_variant_list_set_item (self->variant_list, cs_review_sheet_get_desk (self->sheet), self->item);
  CsPhoto         *photo = NULL;
  g_autofree char *name = dup_name (self);

  gtk_label_set_label (self->name, name);
  if (cs_field_is_of_photo (item->field))
    photo = cs_review_sheet_get_photo (self->sheet, MAX (cs_review_sheet_find_photo (self->sheet, item->photo), 0));
  gtk_label_set_label (self->detail, photo != NULL && item->field == CS_FIELD_PICTURE ? photo->name : "");

  gtk_widget_set_visible (GTK_WIDGET (self->variant_list), listed && open);
  gtk_widget_set_visible (self->variants, n > 1 && !listed && open);
  for (guint i = 0; i < N_VARIANTS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (buttons[i]), i < n);
      gtk_toggle_button_set_active (buttons[i], i == cs_review_item_get_variant (self->item));
    }

  for (guint i = 0; styles[i] != NULL; i++)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), styles[i]);
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), styles[i]);
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), states[state].style);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), states[state].style);
  gtk_image_set_from_icon_name (self->state_icon, states[state].icon);
  gtk_widget_set_visible (GTK_WIDGET (self->state_icon), states[state].icon != NULL);
  gtk_label_set_label (self->state, item->state == CS_ITEM_PENDING ? "" : cs_item_state_get_label (item->state));

  gtk_widget_set_visible (self->accept, state != CS_ITEM_ACCEPTED && cs_review_item_can_decide (self->item, CS_VERDICT_ACCEPT));
  gtk_widget_set_visible (self->edit, cs_review_item_can_decide (self->item, CS_VERDICT_EDIT));
  gtk_widget_set_visible (self->reject, state != CS_ITEM_KEPT && state != CS_ITEM_OPEN &&
                                          cs_review_item_can_decide (self->item, CS_VERDICT_REJECT));
  update_accessible (self, name);
}

/* The original is shown where it is something else than what stands below it */
static void
update_texts (CsFieldRow *self)
{
  CsItem      *item = cs_review_item_get_item (self->item);
  const char  *shown = cs_review_item_get_shown (self->item);
  CsDiffLayout layout = cs_review_item_get_layout (self->item);
  gboolean     is_text = item->field != CS_FIELD_PICTURE && !cs_review_item_is_question (self->item);
  gboolean     differs = is_text && item->original != NULL && *item->original != '\0' &&
                     g_strcmp0 (item->original, shown) != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->before), differs);
  gtk_widget_set_visible (GTK_WIDGET (self->after), is_text && shown != NULL && !self->is_editing);
  if (differs)
    cs_diff_label_set_text (self->before, item->original, shown, CS_DIFF_SIDE_BEFORE, layout, NULL);
  if (is_text && shown != NULL)
    cs_diff_label_set_text (self->after, item->original, shown, CS_DIFF_SIDE_AFTER, layout,
                            cs_review_item_get_evidence (self->item));
}

static void
update_evidence (CsFieldRow *self)
{
  CsSuggestion    *suggestion = cs_review_item_get_suggestion (self->item);
  CsEvidence      *evidence = self->is_editing ? NULL : cs_review_item_get_evidence (self->item);
  g_autofree char *remarks = NULL;

  cs_evidence_view_set_evidence (self->evidence,
                                 cs_review_sheet_get_desk (self->sheet),
                                 cs_review_sheet_get_product (self->sheet),
                                 evidence,
                                 cs_review_item_get_shown (self->item));
  if (suggestion != NULL && suggestion->remarks != NULL && !self->is_editing)
    remarks = g_strjoinv (" · ", suggestion->remarks);
  gtk_label_set_label (self->remarks, remarks != NULL ? remarks : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), remarks != NULL && *remarks != '\0');
}

/* Whose it is and what it cost, where it is not this program's own; and what
 * keeps it from being accepted as it is
 */
static void
update_origin (CsFieldRow *self)
{
  CsSuggestion    *suggestion = self->is_editing ? NULL : cs_review_item_get_suggestion (self->item);
  CsEngineRoster  *roster = cs_engine_roster_get (cs_desk_get_engines (cs_review_sheet_get_desk (self->sheet)));
  g_autofree char *obstacle = cs_review_item_dup_obstacle (self->item);
  g_autofree char *name = NULL;
  g_autofree char *origin = NULL;

  if (suggestion != NULL && g_strcmp0 (suggestion->engine, "text") != 0 && g_strcmp0 (suggestion->engine, "picture") != 0)
    {
      name = cs_engine_roster_dup_name (roster, suggestion->engine);
      origin = cs_suggestion_get_price (suggestion) != NULL ? g_strdup_printf ("%s · %s", name, suggestion->cost) : g_strdup (name);
    }
  gtk_label_set_label (self->origin, origin != NULL ? origin : "");
  gtk_widget_set_visible (GTK_WIDGET (self->origin), origin != NULL);
  gtk_label_set_label (self->obstacle_text, obstacle != NULL ? obstacle : "");
  gtk_widget_set_visible (self->obstacle, obstacle != NULL && !self->is_editing);
}

static void
update_question (CsFieldRow *self)
{
  gboolean      is_question = cs_review_item_is_question (self->item);
  CsSuggestion *suggestion = cs_review_item_get_suggestion (self->item);

  gtk_widget_set_visible (self->question, is_question && !self->is_editing);
  gtk_widget_set_sensitive (self->question, !cs_review_item_get_busy (self->item));
  if (is_question)
    gtk_label_set_label (self->question_text, suggestion->text);
}

static void
update (CsFieldRow *self)
{
  const char      *draft = cs_review_item_get_draft (self->item);
  g_autofree char *name = NULL;

  self->is_updating = TRUE;
  if ((draft != NULL) != self->is_editing)
    {
      self->is_editing = draft != NULL;
      name = dup_name (self);
      if (self->is_editing)
        cs_field_editor_begin (self->editor, draft, name);
      gtk_widget_set_visible (GTK_WIDGET (self->editor), self->is_editing);
    }
  update_header (self);
  update_texts (self);
  update_question (self);
  update_evidence (self);
  update_origin (self);
  if (cs_review_item_get_busy (self->item))
    gtk_widget_add_css_class (GTK_WIDGET (self), "busy");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "busy");
  self->is_updating = FALSE;
}

static void
accept_cb (CsFieldRow *self)
{
  g_signal_emit (self, signals[DECIDED], 0, CS_VERDICT_ACCEPT);
}

static void
edit_cb (CsFieldRow *self)
{
  g_signal_emit (self, signals[DECIDED], 0, CS_VERDICT_EDIT);
}

static void
reject_cb (CsFieldRow *self)
{
  g_signal_emit (self, signals[DECIDED], 0, CS_VERDICT_REJECT);
}

static void
variant_cb (CsFieldRow      *self,
            GtkToggleButton *button)
{
  if (self->is_updating || !gtk_toggle_button_get_active (button))
    return;

  cs_review_item_set_variant (self->item, button == self->variant_1 ? 0 : button == self->variant_2 ? 1
                                                                                                    : 2);
}

static void
variant_chosen_cb (CsFieldRow *self,
                   guint       index)
{
  cs_review_item_set_variant (self->item, index);
}

static void
written_cb (CsFieldRow *self)
{
  g_autofree char *text = cs_field_editor_dup_text (self->editor);

  cs_review_item_set_draft (self->item, text);
}

static void
saved_cb (CsFieldRow *self)
{
  g_signal_emit (self, signals[WRITTEN], 0);
}

static void
left_cb (CsFieldRow *self)
{
  cs_review_item_set_draft (self->item, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
answer_cb (CsFieldRow *self)
{
  g_autofree char *answer = g_strstrip (g_strdup (gtk_editable_get_text (self->answer)));

  if (*answer != '\0')
    g_signal_emit (self, signals[ANSWERED], 0, answer);
}

static void
cs_field_row_dispose (GObject *object)
{
  CsFieldRow *self = CS_FIELD_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_FIELD_ROW);
  g_clear_object (&self->item);
  g_clear_object (&self->sheet);

  G_OBJECT_CLASS (cs_field_row_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, name);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, detail);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, variants);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, variant_1);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, variant_2);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, variant_3);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, state);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, accept);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, edit);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, reject);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, before);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, after);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, editor);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, question);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, question_text);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, answer);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, evidence);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, remarks);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, variant_list);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, obstacle);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, obstacle_text);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, origin);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, provisional);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, provisional_heading);
  gtk_widget_class_bind_template_child (widget_class, CsFieldRow, provisional_text);
}

static void
cs_field_row_class_init (CsFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_field_row_dispose;
  signals[DECIDED] = g_signal_new ("decided", CS_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[WRITTEN] = g_signal_new ("written", CS_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERED] = g_signal_new ("answered", CS_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (CS_TYPE_DIFF_LABEL);
  g_type_ensure (CS_TYPE_EVIDENCE_VIEW);
  g_type_ensure (CS_TYPE_FIELD_EDITOR);
  g_type_ensure (CS_TYPE_VARIANT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-field-row.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, reject_cb);
  gtk_widget_class_bind_template_callback (widget_class, variant_cb);
  gtk_widget_class_bind_template_callback (widget_class, variant_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, written_cb);
  gtk_widget_class_bind_template_callback (widget_class, saved_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
  gtk_widget_class_bind_template_callback (widget_class, answer_cb);
}

static void
cs_field_row_init (CsFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_field_row_new (CsReviewSheet *sheet,
                  CsReviewItem  *item)
{
  CsFieldRow *self = g_object_new (CS_TYPE_FIELD_ROW, NULL);

  self->sheet = g_object_ref (sheet);
  self->item = g_object_ref (item);
  if (cs_review_item_get_item (item)->field == CS_FIELD_TITLE)
    gtk_widget_add_css_class (GTK_WIDGET (self->after), "title");
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sheet, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

CsReviewItem *
cs_field_row_get_item (CsFieldRow *self)
{
  g_return_val_if_fail (CS_IS_FIELD_ROW (self), NULL);

  return self->item;
}

void
cs_field_row_set_provisional (CsFieldRow *self,
                              const char *engine,
                              const char *text)
{
  g_autofree char *heading = NULL;

  g_return_if_fail (CS_IS_FIELD_ROW (self));

  gtk_widget_set_visible (self->provisional, text != NULL);
  if (text == NULL)
    return;

  /* Translators: the name of a model */
  heading = g_strdup_printf (_("%s is writing…"), engine);
  gtk_label_set_label (self->provisional_heading, heading);
  gtk_label_set_label (self->provisional_text, text);
}

void
cs_field_row_focus_editor (CsFieldRow *self)
{
  g_return_if_fail (CS_IS_FIELD_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

void
cs_field_row_focus_answer (CsFieldRow *self)
{
  g_return_if_fail (CS_IS_FIELD_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->answer));
}
