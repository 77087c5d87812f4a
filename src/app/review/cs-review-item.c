/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-review-item.h"

/* Nobody reads a text in less time than this (µs) */
#define UNREAD (700 * G_TIME_SPAN_MILLISECOND)

struct _CsReviewItem
{
  GObject parent_instance;

  CsItem  *item;
  guint    variant; /* index of the suggestion shown */
  char    *draft;
  gboolean busy;
  gint64   swapped_at; /* when another suggestion took the place of the one shown, monotonic; or 0 */
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

/* The first that is no question, where there is one */
static guint
find_first (CsItem *item)
{
  for (guint i = 0; item->suggestions != NULL && i < item->suggestions->len; i++)
    {
      if (!((CsSuggestion *) item->suggestions->pdata[i])->is_question)
        return i;
    }

  return 0;
}

CsReviewItem *
cs_review_item_new (CsItem *item)
{
  CsReviewItem *self = g_object_new (CS_TYPE_REVIEW_ITEM, NULL);

  self->item = cs_item_ref (item);
  self->variant = find_first (item);
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

/* Where what is shown stands in a newer record: the very same, else one of the
 * same words. What came new stands beside it, and never in its place; only where
 * it is gone another one is shown.
 */
static guint
find_variant (CsItem       *item,
              CsSuggestion *shown,
              gboolean     *found)
{
  guint n = item->suggestions != NULL ? item->suggestions->len : 0;

  *found = shown != NULL;
  for (guint i = 0; shown != NULL && i < n; i++)
    {
      if (get_suggestion (item, i)->id == shown->id)
        return i;
    }
  for (guint i = 0; shown != NULL && i < n; i++)
    {
      CsSuggestion *other = get_suggestion (item, i);

      if (g_strcmp0 (other->engine, shown->engine) == 0 && g_strcmp0 (other->text, shown->text) == 0)
        return i;
    }
  for (guint i = 0; shown != NULL && i < n; i++)
    {
      if (g_strcmp0 (get_suggestion (item, i)->text, shown->text) == 0)
        return i;
    }
  *found = FALSE;

  return find_first (item);
}

/* Takes up a newer record; what is shown stays what it is as long as it is
 * there. Returns whether anything is different.
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
      gboolean found;

      self->variant = find_variant (item, shown, &found);
      if (shown != NULL && !found && item->field != CS_FIELD_PICTURE && get_suggestion (item, self->variant) != NULL)
        self->swapped_at = g_get_monotonic_time ();
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
  self->swapped_at = 0;
  changed (self);
}

void
cs_review_item_show_of (CsReviewItem *self,
                        const char   *engine)
{
  g_return_if_fail (CS_IS_REVIEW_ITEM (self));

  for (guint i = 0; i < cs_review_item_get_n_variants (self); i++)
    {
      if (i == self->variant || g_strcmp0 (get_suggestion (self->item, i)->engine, engine) != 0)
        continue;

      self->variant = i;
      self->swapped_at = g_get_monotonic_time ();
      changed (self);
      return;
    }
}

/* Another suggestion took the place of the one that was shown a moment ago: a
 * key that is pressed now was meant for that one
 */
gboolean
cs_review_item_is_unread (CsReviewItem *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), FALSE);

  return self->swapped_at != 0 && g_get_monotonic_time () - self->swapped_at < UNREAD;
}

/* Is there one among the variants that can be decided on, whatever is shown? */
gboolean
cs_review_item_has_answer (CsReviewItem *self)
{
  CsSuggestion *first;

  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), FALSE);

  first = get_suggestion (self->item, find_first (self->item));

  return first != NULL && !first->is_question;
}

/* Nobody looks at it yet: a question makes room for what can be decided on */
void
cs_review_item_prefer_answer (CsReviewItem *self)
{
  g_return_if_fail (CS_IS_REVIEW_ITEM (self));

  if (cs_review_item_is_question (self) && self->draft == NULL && !self->busy)
    cs_review_item_set_variant (self, find_first (self->item));
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

static const CsPhrase *
find_contradiction (CsSuggestion *suggestion)
{
  GPtrArray *phrases = suggestion != NULL && !suggestion->is_question && suggestion->evidence != NULL ? suggestion->evidence->phrases : NULL;

  for (guint i = 0; phrases != NULL && i < phrases->len; i++)
    {
      const CsPhrase *phrase = phrases->pdata[i];

      if (phrase->state == CS_PHRASE_CONTRADICTS)
        return phrase;
    }

  return NULL;
}

/* Why what is shown cannot be accepted as it is although it could be edited, in
 * words; or NULL
 */
char *
cs_review_item_dup_obstacle (CsReviewItem *self)
{
  const CsPhrase *phrase;

  g_return_val_if_fail (CS_IS_REVIEW_ITEM (self), NULL);

  phrase = cs_item_state_is_decided (self->item->state) ? NULL : find_contradiction (cs_review_item_get_suggestion (self));
  if (phrase == NULL)
    return NULL;

  return g_strdup_printf (_("%s Edit it (E), or reject it (R)."),
                          phrase->remark != NULL ? phrase->remark : _("This contradicts what is known of the product."));
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
      return suggestion != NULL && !suggestion->is_question && is_within (suggestion) &&
             find_contradiction (suggestion) == NULL;

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

/* What the one shown cost, where it cost anything */
const char *
cs_suggestion_get_price (CsSuggestion *suggestion)
{
  return suggestion->cost != NULL && strpbrk (suggestion->cost, "123456789") != NULL ? suggestion->cost : NULL;
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
