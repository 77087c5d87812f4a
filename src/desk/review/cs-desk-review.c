/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-decisions.h"
#include "cs-desk-private.h"
#include "cs-engines-private.h"
#include "cs-products.h"
#include "cs-text.h"

/* A person decides. What was shown goes with every decision, and the store
 * refuses one that was made on something else than what is there.
 */

DexFuture *
cs_desk_get_items (CsDesk *self,
                   gint64  product)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_items_list (self->store, product);
}

DexFuture *
cs_desk_list_queue (CsDesk *self)
{
  CsProductQuery query = { NULL, 1u << CS_STAGE_REVIEW, CS_ORDER_REVIEW };

  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_products_list (self->store, &query);
}

static const char *
find_picture_obstacle (CsSuggestion *suggestion)
{
  g_autoptr (CsReceipt) receipt = cs_receipt_from_json (suggestion->receipt);

  if (receipt == NULL)
    return _("Nobody measured what this picture changes. Make it anew with its switches, or keep the original.");

  return _("This picture changes the product itself by more than its settings allow. Make it anew with its switches, or keep the original.");
}

/* Why a suggestion cannot be accepted, as a sentence, or NULL */
static char *
find_obstacle (CsSuggestion *suggestion)
{
  if (suggestion == NULL)
    return g_strdup (_("There is no suggestion to accept here."));

  if (suggestion->is_question)
    return g_strdup (_("This is a question. Answer it in the product's facts, or write your own text."));

  if (suggestion->field == CS_FIELD_PICTURE && !cs_receipt_allows (suggestion->receipt, suggestion->picture))
    return g_strdup (find_picture_obstacle (suggestion));

  return cs_evidence_dup_denial (suggestion->evidence);
}

static char *
check_edit (CsItem     *item,
            const char *value,
            GError    **error)
{
  gboolean         lines = item->field != CS_FIELD_TITLE && item->field != CS_FIELD_ALT_TEXT;
  g_autofree char *clean = cs_text_clean (value != NULL ? value : "", lines);

  if (item->field == CS_FIELD_PICTURE)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("Change the picture with its switches, and accept it then."));
      return NULL;
    }

  /* Nothing at all is something to say of anything but the title */
  if (clean[0] == '\0' && item->field == CS_FIELD_TITLE)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("Write something, or reject the suggestion."));
      return NULL;
    }

  return g_steal_pointer (&clean);
}

static CsDecision *
make_decision (CsItem       *item,
               CsSuggestion *suggestion,
               CsVerdict     verdict,
               const char   *face)
{
  CsDecision *decision = cs_decision_new ();

  decision->product = item->product;
  decision->photo = item->photo;
  decision->field = item->field;
  decision->verdict = verdict;
  decision->face = g_strdup (face);
  decision->made_at = g_get_real_time ();
  if (suggestion != NULL)
    {
      decision->suggestion = suggestion->id;
      decision->shown = g_strdup (suggestion->hash);
    }
  if (verdict == CS_VERDICT_ACCEPT)
    decision->value = g_strdup (item->field == CS_FIELD_PICTURE ? suggestion->picture : suggestion->text);

  return decision;
}

/* The item as it stands must be the one that was shown: the same decision over
 * it and the same original under it. (That the suggestion is the same is what
 * the store sees to.)
 */
static gboolean
is_current (GPtrArray *items,
            CsItem    *shown)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field == shown->field && item->photo == shown->photo)
        return item->decision == shown->decision && g_strcmp0 (item->original, shown->original) == 0;
    }

  return FALSE;
}

/* records: the CsItem of each decision in @record, as they were shown */
static DexFuture *
add_decisions_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *decisions = call->record;

  if (!(items = dex_await_boxed (cs_items_list (self->store, call->id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < call->records->len; i++)
    {
      if (!is_current (items, call->records->pdata[i]))
        return cs_fiber_refuse (CS_ERROR_STALE, "%s", _("This has changed since it was shown. Look at it again."));
    }

  if (!dex_await (cs_decisions_add (self->store, decisions), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  cs_desk_changed (self, CS_DESK_PRODUCT, call->id);
  cs_desk_changed (self, CS_DESK_PRODUCTS, 0);
  cs_desk_changed (self, CS_DESK_OUTBOX, 0);
  cs_engines_note_decisions (self->models);

  return dex_future_new_for_uint (decisions->len);
}

static DexFuture *
add_decisions (CsDesk    *self,
               GPtrArray *items,
               GPtrArray *decisions)
{
  CsDeskCall *call = cs_desk_call_new (self);

  call->id = ((CsItem *) items->pdata[0])->product;
  call->records = g_ptr_array_ref (items);
  call->record = g_ptr_array_ref (decisions);
  call->record_free = (GDestroyNotify) g_ptr_array_unref;

  return cs_fiber_spawn_disowned (add_decisions_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

static DexFuture *
true_cb (DexFuture *future,
         gpointer   data)
{
  return dex_future_new_true ();
}

DexFuture *
cs_desk_decide (CsDesk       *self,
                CsItem       *item,
                CsSuggestion *suggestion,
                CsVerdict     verdict,
                const char   *value,
                const char   *face)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_item_unref);
  g_autofree char *text = NULL;
  g_autofree char *obstacle = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture  *refusal;
  CsDecision *decision;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (item != NULL);
  dex_return_error_if_fail (verdict != CS_VERDICT_UNDO);
  dex_return_error_if_fail (face != NULL);

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  if (verdict == CS_VERDICT_ACCEPT && (obstacle = find_obstacle (suggestion)))
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", obstacle);

  if (verdict == CS_VERDICT_EDIT && !(text = check_edit (item, value, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* What stood beside it is part of what was decided */
  if (suggestion == NULL && item->suggestions != NULL && item->suggestions->len > 0)
    suggestion = item->suggestions->pdata[0];

  decision = make_decision (item, suggestion, verdict, face);
  if (text != NULL)
    decision->value = g_steal_pointer (&text);
  g_ptr_array_add (decisions, decision);
  g_ptr_array_add (items, cs_item_ref (item));

  return dex_future_then (add_decisions (self, items, decisions), true_cb, NULL, NULL);
}

/* The first of an item's variants, which is the one that is shown at first */
static CsSuggestion *
find_grounded (CsItem *item)
{
  g_autofree char *obstacle = NULL;
  CsSuggestion    *suggestion;

  if (item->state != CS_ITEM_PENDING || item->suggestions == NULL || item->suggestions->len == 0)
    return NULL;

  suggestion = item->suggestions->pdata[0];
  if ((obstacle = find_obstacle (suggestion)) || !cs_suggestion_is_grounded (suggestion))
    return NULL;

  return suggestion;
}

DexFuture *
cs_desk_accept_grounded (CsDesk     *self,
                         GPtrArray  *items,
                         const char *face)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
  g_autoptr (GPtrArray) decided = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_item_unref);
  DexFuture *refusal;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (items != NULL);
  dex_return_error_if_fail (face != NULL);

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  for (guint i = 0; i < items->len; i++)
    {
      CsItem       *item = items->pdata[i];
      CsSuggestion *suggestion = find_grounded (item);

      if (suggestion == NULL)
        continue;

      g_ptr_array_add (decisions, make_decision (item, suggestion, CS_VERDICT_ACCEPT, face));
      g_ptr_array_add (decided, cs_item_ref (item));
    }

  if (decisions->len == 0)
    return dex_future_new_for_uint (0);

  return add_decisions (self, decided, decisions);
}

static DexFuture *
undone_cb (DexFuture *future,
           gpointer   data)
{
  CsDesk    *self = data;
  GPtrArray *decisions = g_value_get_boxed (dex_future_get_value (future, NULL));

  for (guint i = 0; i < decisions->len; i++)
    cs_desk_changed (self, CS_DESK_PRODUCT, ((CsDecision *) decisions->pdata[i])->product);

  if (decisions->len > 0)
    {
      cs_desk_changed (self, CS_DESK_PRODUCTS, 0);
      cs_desk_changed (self, CS_DESK_OUTBOX, 0);
      cs_engines_note_decisions (self->models);
    }

  return dex_ref (future);
}

DexFuture *
cs_desk_undo (CsDesk     *self,
              const char *face)
{
  DexFuture *refusal;
  DexFuture *future;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (face != NULL);

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  future = dex_future_then (cs_decisions_undo (self->store, face), undone_cb,
                            g_object_ref (self), g_object_unref);
  dex_future_disown (dex_ref (future));

  return future;
}
