/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-review-item.h"

struct _CsReviewItem
{
  GObject parent_instance;

  CsItem  *item;
  guint    variant; /* index of the suggestion shown */
  char    *draft;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (CsReviewItem, cs_review_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cs_review_item_finalize (GObject *object)
{
  CsReviewItem *self = CS_REVIEW_ITEM (object);

  g_clear_pointer (&self->item, cs_item_unref);
  g_clear_pointer (&self->draft, g_free);

  G_OBJECT_CLASS (cs_review_item_parent_class)->finalize (object);
}

static void
cs_review_item_class_init (CsReviewItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_review_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", CS_TYPE_REVIEW_ITEM, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_review_item_init (CsReviewItem *self)
{
}

static void
changed (CsReviewItem *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

CsReviewItem *
cs_review_item_new (CsItem *item)
{
  CsReviewItem *self = g_object_new (CS_TYPE_REVIEW_ITEM, NULL);

  self->item = cs_item_ref (item);
  return self;
}

CsItem *
cs_review_item_get_item (CsReviewItem *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), NULL);

  return self->item;
}

static CsSuggestion *
get_suggestion (CsItem *item,
                guint   index)
{
  return item->suggestions != NULL && index < item->suggestions->len
           ? g_ptr_array_index (item->suggestions, index)
           : NULL;
}

static gboolean
is_same (CsItem *a,
         CsItem *b)
{
  guint n = a->suggestions != NULL ? a->suggestions->len : 0;

  if (a->state != b->state || a->decision != b->decision ||
      g_strcmp0 (a->original, b->original) != 0 || g_strcmp0 (a->value, b->value) != 0 ||
      n != (b->suggestions != NULL ? b->suggestions->len : 0))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      CsSuggestion *left = get_suggestion (a, i);
      CsSuggestion *right = get_suggestion (b, i);

      if (left->id != right->id || g_strcmp0 (left->hash, right->hash) != 0)
        return FALSE;
    }

  return TRUE;
}

/* Takes up a newer record. The variant stays where the same text is still among
 * them. Returns whether anything is different.
 */
gboolean
cs_review_item_set_item (CsReviewItem *self,
                         CsItem       *item)
{
  CsSuggestion *shown;
  gboolean      same;

  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), FALSE);

  same = is_same (self->item, item);
  shown = same ? NULL : cs_review_item_get_suggestion (self);
  if (!same)
    {
      guint variant = 0;

      for (guint i = 0; shown != NULL && item->suggestions != NULL && i < item->suggestions->len; i++)
        {
          if (g_strcmp0 (get_suggestion (item, i)->text, shown->text) == 0)
            variant = i;
        }
      self->variant = variant;
    }

  cs_item_ref (item);
  cs_item_unref (self->item);
  self->item = item;
  if (!same)
    changed (self);

  return !same;
}

gboolean
cs_review_item_is (CsReviewItem *self,
                   CsField       field,
                   gint64        photo)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), FALSE);

  return self->item->field == field && self->item->photo == photo;
}

guint
cs_review_item_get_n_variants (CsReviewItem *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), 0);

  return self->item->suggestions != NULL ? self->item->suggestions->len : 0;
}

guint
cs_review_item_get_variant (CsReviewItem *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), 0);

  return self->variant;
}

void
cs_review_item_set_variant (CsReviewItem *self,
                            guint         variant)
{
  g_return_if_fail (CS_IS_REVIEW_ITEM (self));

  if (variant == self->variant || variant >= cs_review_item_get_n_variants (self))
    return;

  self->variant = variant;
  changed (self);
}

CsSuggestion *
cs_review_item_get_suggestion (CsReviewItem *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), NULL);

  return get_suggestion (self->item, self->variant);
}

const char *
cs_review_item_get_draft (CsReviewItem *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), NULL);

  return self->draft;
}

/* Quiet while the text only grows: the editor that writes it shows it already */
void
cs_review_item_set_draft (CsReviewItem *self,
                          const char   *draft)
{
  gboolean turned;

  g_return_if_fail (CS_IS_REVIEW_ITEM (self));

  turned = (draft != NULL) != (self->draft != NULL);
  if (g_set_str (&self->draft, draft) && turned)
    changed (self);
}

gboolean
cs_review_item_get_busy (CsReviewItem *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), FALSE);

  return self->busy;
}

void
cs_review_item_set_busy (CsReviewItem *self,
                         gboolean      busy)
{
  g_return_if_fail (CS_IS_REVIEW_ITEM (self));

  if (self->busy == busy)
    return;

  self->busy = busy;
  changed (self);
}

/* It waits for a decision, now or because it was put off */
gboolean
cs_review_item_is_pending (CsReviewItem *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), FALSE);

  return self->item->state == CS_ITEM_PENDING || self->item->state == CS_ITEM_LATER;
}

gboolean
cs_review_item_is_question (CsReviewItem *self)
{
  CsSuggestion *suggestion;

  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), FALSE);

  suggestion = cs_review_item_get_suggestion (self);
  return suggestion != NULL && suggestion->is_question && !cs_item_state_is_decided (self->item->state);
}

/* FALSE for a picture whose receipt says that the product was changed beyond its limit */
static gboolean
is_within (CsSuggestion *suggestion)
{
  g_autoptr (CsReceipt) receipt = suggestion->receipt != NULL ? cs_receipt_from_json (suggestion->receipt) : NULL;

  return receipt == NULL || receipt->within;
}

gboolean
cs_review_item_can_decide (CsReviewItem *self,
                           CsVerdict     verdict)
{
  CsSuggestion *suggestion;

  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), FALSE);

  suggestion = cs_review_item_get_suggestion (self);
  if (self->draft != NULL || self->busy)
    return FALSE;

  switch (verdict)
    {
    case CS_VERDICT_ACCEPT:
      return suggestion != NULL && !suggestion->is_question && is_within (suggestion);

    case CS_VERDICT_EDIT:
      return self->item->field != CS_FIELD_PICTURE || suggestion != NULL;

    case CS_VERDICT_REJECT:
    case CS_VERDICT_LATER:
      return suggestion != NULL && !suggestion->is_question;

    case CS_VERDICT_UNDO:
    default:
      return FALSE;
    }
}

/* The text that stands on the right of the original: decided, or suggested */
const char *
cs_review_item_get_shown (CsReviewItem *self)
{
  CsSuggestion *suggestion;

  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), NULL);

  if (self->item->state == CS_ITEM_KEPT)
    return self->item->original;
  if (self->item->state == CS_ITEM_EDITED && self->item->field != CS_FIELD_PICTURE)
    return self->item->value;

  suggestion = cs_review_item_get_suggestion (self);
  return suggestion != NULL ? suggestion->text : NULL;
}

/* Where the shown text comes from; NULL where it is the person's own */
CsEvidence *
cs_review_item_get_evidence (CsReviewItem *self)
{
  CsSuggestion *suggestion;

  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), NULL);

  suggestion = cs_review_item_get_suggestion (self);
  if (suggestion == NULL || suggestion->is_question || self->item->field == CS_FIELD_PICTURE ||
      g_strcmp0 (suggestion->text, cs_review_item_get_shown (self)) != 0)
    return NULL;

  return suggestion->evidence;
}

CsDiffLayout
cs_review_item_get_layout (CsReviewItem *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), CS_DIFF_LAYOUT_TEXT);

  if (self->item->field == CS_FIELD_BULLETS)
    return CS_DIFF_LAYOUT_BULLETS;
  if (self->item->field == CS_FIELD_KEYWORDS)
    return CS_DIFF_LAYOUT_KEYWORDS;

  return CS_DIFF_LAYOUT_TEXT;
}

/* PICTURE: hash of what stands beside the original, or NULL where it is the original itself */
const char *
cs_review_item_get_picture (CsReviewItem *self)
{
  CsSuggestion *suggestion;

  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), NULL);

  if (self->item->state == CS_ITEM_KEPT)
    return NULL;
  if (self->item->state == CS_ITEM_EDITED && self->item->value != NULL)
    return self->item->value;

  suggestion = cs_review_item_get_suggestion (self);
  return suggestion != NULL && !suggestion->is_question ? suggestion->picture : NULL;
}
