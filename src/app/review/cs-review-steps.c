/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-field-row.h"
#include "cs-review-page-private.h"
#include "cs-window.h"

/* How a key finds its item
 *
 * A decision takes as long as the disk does, and the next item is not lit up
 * before; keys may be quicker. So each key settles at once what it is about:
 * the item that is lit up or, while decisions are under way, the one that will
 * be when they are done ("planned"). That is always an item of the product on
 * the table. Beyond its last item nothing was shown yet, so there is no target,
 * and a key pressed then decides nothing: nobody signs what he has not seen.
 */

typedef struct
{
  CsReviewPage  *page;
  CsReviewSheet *sheet;
  CsReviewItem  *item;
  CsItem        *record;     /* as it was shown */
  CsSuggestion  *suggestion; /* the variant that was shown, or NULL */
  CsVerdict      verdict;
  char          *text;    /* EDIT: what was written; a question: the answer */
  GPtrArray     *records; /* Shift+A: what was shown */
  gint64         product; /* where to go; 0 for the next that waits */
} Step;

static Step *
step_new (CsReviewPage *page)
{
  Step *step = g_new0 (Step, 1);

  step->page = g_object_ref (page);
  if (page->sheet != NULL)
    step->sheet = g_object_ref (page->sheet);

  return step;
}

/* Done, failed or let go: the item is free again */
static void
step_free (Step *step)
{
  if (step->item != NULL)
    cs_review_item_set_busy (step->item, FALSE);
  g_clear_object (&step->page);
  g_clear_object (&step->sheet);
  g_clear_object (&step->item);
  g_clear_pointer (&step->record, cs_item_unref);
  g_clear_pointer (&step->suggestion, cs_suggestion_unref);
  g_clear_pointer (&step->text, g_free);
  g_clear_pointer (&step->records, g_ptr_array_unref);
  g_free (step);
}

static void
push (CsReviewPage *self,
      DexFiberFunc  func,
      Step         *step)
{
  cs_review_line_push (self->line, func, step, (GDestroyNotify) step_free);
  cs_review_page_update_actions (self);
}

/* Says what went wrong; a stale screen is shown anew */
static DexFuture *
fail (Step   *step,
      GError *error)
{
  cs_window_report (GTK_WIDGET (step->page), error);
  gtk_accessible_announce (GTK_ACCESSIBLE (step->page), error->message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  if (step->sheet != NULL)
    dex_await (cs_review_sheet_refresh (step->sheet), NULL);

  return dex_future_new_for_error (error);
}

/* Going to another product */

static gboolean
load_sheet (CsReviewSheet *sheet,
            GError       **error)
{
  return cs_review_sheet_get_product (sheet) != NULL || dex_await (cs_review_sheet_refresh (sheet), error);
}

static void
show_nothing (CsReviewPage *self)
{
  g_autoptr (GArray) counts = dex_await_boxed (cs_desk_count_products (self->desk), NULL);
  guint            ready = counts != NULL && counts->len > CS_STAGE_READY ? g_array_index (counts, guint, CS_STAGE_READY) : 0;
  guint            blocked = counts != NULL && counts->len > CS_STAGE_BLOCKED ? g_array_index (counts, guint, CS_STAGE_BLOCKED) : 0;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (ready > 0)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%u product is ready to be approved.",
                                         "%u products are ready to be approved.", ready),
                            ready);
  else if (blocked > 0)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%u product still lacks something: write a note for it, or a title.",
                                         "%u products still lack something: write a note for each, or a title.", blocked),
                            blocked);
  else
    text = g_strdup (_("Bring in photos of your products: what is suggested for them comes here."));

  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->empty, escaped);
  gtk_widget_set_visible (self->to_ready, ready > 0);
  gtk_widget_set_visible (self->to_products, ready == 0);
  cs_review_page_clear (self);
}

/* Lays out the product, or the next one that waits, or says that nothing does */
static DexFuture *
go_fiber (gpointer data)
{
  Step         *step = data;
  CsReviewPage *self = step->page;
  gint64        here = self->sheet != NULL ? cs_review_sheet_get_id (self->sheet) : 0;
  gint64        product = step->product;
  g_autoptr (CsReviewSheet) sheet = NULL;
  g_autoptr (GError) error = NULL;

  if (product == 0)
    product = cs_review_queue_get_next (self->queue, here, 1, TRUE);
  if (product == 0)
    {
      if (!dex_await (cs_review_queue_refresh (self->queue), &error))
        return fail (step, g_steal_pointer (&error));
      product = cs_review_queue_get_next (self->queue, here, 1, TRUE);
    }
  if (product == 0 && here != 0 && cs_review_queue_get_n_left (self->queue) > 0)
    product = here;
  if (product == 0)
    {
      show_nothing (self);
      return dex_future_new_true ();
    }

  sheet = cs_review_cache_get (self->cache, product);
  if (!load_sheet (sheet, &error))
    return fail (step, g_steal_pointer (&error));
  cs_review_page_lay_out (self, sheet, NULL);

  return dex_future_new_true ();
}

/* The next item of this product or, when there is none, the next product */
static DexFuture *
go_on (Step *step)
{
  CsReviewPage *self = step->page;
  CsReviewItem *next;

  if (self->sheet != step->sheet)
    return dex_future_new_true ();

  /* Also what a key pressed meanwhile is about: it is next in the line */
  next = cs_review_sheet_get_next (step->sheet,
                                   step->item != NULL ? step->item : cs_review_sheet_get_focus (step->sheet),
                                   TRUE);
  if (next != NULL)
    {
      cs_review_page_focus_item (self, next);
      return dex_future_new_true ();
    }

  if (cs_review_sheet_is_done (step->sheet))
    cs_review_queue_set_done (self->queue, cs_review_sheet_get_id (step->sheet),
                              g_get_monotonic_time () - self->shown_at);
  step->product = 0;

  return go_fiber (step);
}

/* Deciding */

static void
announce (Step *step)
{
  const char      *field = cs_field_get_label (step->record->field);
  g_autofree char *sentence = NULL;

  switch (step->verdict)
    {
    case CS_VERDICT_ACCEPT:
      sentence = g_strdup_printf (_("%s accepted"), field);
      break;

    case CS_VERDICT_EDIT:
      sentence = g_strdup_printf (_("%s saved in your words"), field);
      break;

    case CS_VERDICT_REJECT:
      sentence = g_strdup_printf (_("%s rejected"), field);
      break;

    case CS_VERDICT_LATER:
    case CS_VERDICT_UNDO:
    default:
      sentence = g_strdup_printf (_("%s put off"), field);
      break;
    }
  cs_review_page_say (step->page, sentence, FALSE);
}

static DexFuture *
decide_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_desk_decide (step->page->desk, step->record, step->suggestion, step->verdict, step->text, "window"), &error))
    return fail (step, g_steal_pointer (&error));

  cs_review_item_set_busy (step->item, FALSE);
  if (step->verdict == CS_VERDICT_EDIT)
    cs_review_item_set_draft (step->item, NULL);
  announce (step);
  if (!dex_await (cs_review_sheet_refresh (step->sheet), &error))
    return fail (step, g_steal_pointer (&error));

  return go_on (step);
}

/* value: for EDIT, what the person wrote */
void
cs_review_page_decide (CsReviewPage *self,
                       CsReviewItem *item,
                       CsVerdict     verdict,
                       const char   *value)
{
  Step         *step = step_new (self);
  CsSuggestion *suggestion = cs_review_item_get_suggestion (item);

  step->item = g_object_ref (item);
  step->record = cs_item_ref (cs_review_item_get_item (item));
  step->suggestion = suggestion != NULL ? cs_suggestion_ref (suggestion) : NULL;
  step->verdict = verdict;
  step->text = g_strdup (value);
  cs_review_item_set_busy (item, TRUE);
  g_set_object (&self->planned, cs_review_sheet_get_next (self->sheet, item, FALSE));
  push (self, decide_fiber, step);
}

/* What was shown of an item: the variant that was chosen is the only one */
static CsItem *
copy_shown (CsReviewItem *item)
{
  CsItem *shown = cs_review_item_get_item (item);
  CsItem *copy = cs_item_new ();

  copy->product = shown->product;
  copy->photo = shown->photo;
  copy->field = shown->field;
  copy->state = shown->state;
  copy->original = g_strdup (shown->original);
  copy->value = g_strdup (shown->value);
  copy->decision = shown->decision;
  copy->suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_ptr_array_add (copy->suggestions, cs_suggestion_ref (cs_review_item_get_suggestion (item)));

  return copy;
}

static GPtrArray *
copy_all_shown (CsReviewSheet *sheet)
{
  GListModel *items = cs_review_sheet_get_items (sheet);
  GPtrArray  *records = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_item_unref);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (CsReviewItem) item = g_list_model_get_item (items, i);

      if (cs_review_item_can_decide (item, CS_VERDICT_ACCEPT))
        g_ptr_array_add (records, copy_shown (item));
    }

  return records;
}

static DexFuture *
accept_all_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint            n;

  n = dex_await_uint (cs_desk_accept_grounded (step->page->desk, step->records, "window"), &error);
  if (error != NULL || !dex_await (cs_review_sheet_refresh (step->sheet), &error))
    return fail (step, g_steal_pointer (&error));

  if (n == 0)
    sentence = g_strdup (_("Nothing here has a source for every phrase"));
  else
    sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u accepted", "%u accepted", n), n);
  cs_review_page_say (step->page, sentence, TRUE);

  return n > 0 ? go_on (step) : dex_future_new_true ();
}

void
cs_review_page_accept_all (CsReviewPage *self)
{
  Step *step = step_new (self);

  step->records = copy_all_shown (self->sheet);
  g_clear_object (&self->planned);
  push (self, accept_all_fiber, step);
}

/* Taking back */

static char *
describe_undone (GPtrArray *decisions)
{
  CsDecision *decision = g_ptr_array_index (decisions, 0);

  if (decisions->len > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u decision taken back", "%u decisions taken back", decisions->len),
                            decisions->len);

  /* Translators: the name of a field, for example "Taken back: Title" */
  return g_strdup_printf (_("Taken back: %s"), cs_field_get_label (decision->field));
}

static DexFuture *
undo_fiber (gpointer data)
{
  Step         *step = data;
  CsReviewPage *self = step->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (CsReviewSheet) sheet = NULL;
  g_autofree char *sentence = NULL;
  CsDecision      *decision;

  if (!(decisions = dex_await_boxed (cs_desk_undo (self->desk, "window"), &error)))
    return fail (step, g_steal_pointer (&error));

  if (decisions->len == 0)
    {
      cs_review_page_say (self, _("There is nothing to take back"), TRUE);
      return dex_future_new_true ();
    }

  decision = g_ptr_array_index (decisions, 0);
  sheet = cs_review_cache_get (self->cache, decision->product);
  if (!dex_await (cs_review_sheet_refresh (sheet), &error))
    return fail (step, g_steal_pointer (&error));
  dex_await (cs_review_queue_refresh (self->queue), NULL);

  cs_review_page_lay_out (self, sheet, cs_review_sheet_find (sheet, decision->field, decision->photo));
  sentence = describe_undone (decisions);
  cs_review_page_say (self, sentence, TRUE);

  return dex_future_new_true ();
}

void
cs_review_page_undo (CsReviewPage *self)
{
  g_clear_object (&self->planned);
  push (self, undo_fiber, step_new (self));
}

/* Walking */

void
cs_review_page_go_to (CsReviewPage *self,
                      gint64        product)
{
  Step *step = step_new (self);

  step->product = product;
  g_clear_object (&self->planned);
  push (self, go_fiber, step);
}

void
cs_review_page_step (CsReviewPage *self,
                     int           direction)
{
  gint64 here = self->sheet != NULL ? cs_review_sheet_get_id (self->sheet) : 0;
  gint64 product = cs_review_queue_get_next (self->queue, here, direction, FALSE);

  if (product != 0)
    cs_review_page_go_to (self, product);
}

static DexFuture *
begin_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_review_queue_refresh (step->page->queue), &error))
    {
      cs_review_page_fail (step->page, error);
      return dex_future_new_false ();
    }

  /* Asked to show a product meanwhile */
  if (step->page->sheet != NULL)
    return dex_future_new_true ();

  return go_fiber (step);
}

/* Shows the first product that waits */
void
cs_review_page_begin (CsReviewPage *self)
{
  push (self, begin_fiber, step_new (self));
}

/* A question answered: into the note it goes, and a suggestion comes of it */

static DexFuture *
answer_fiber (gpointer data)
{
  Step            *step = data;
  CsProduct       *product = cs_review_sheet_get_product (step->sheet);
  const char      *before = product->values[CS_FIELD_NOTE];
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;

  note = before != NULL && *before != '\0' ? g_strdup_printf ("%s\n%s", before, step->text) : g_strdup (step->text);
  if (!dex_await (cs_desk_set_value (step->page->desk, step->record->product, CS_FIELD_NOTE, note), &error))
    return fail (step, g_steal_pointer (&error));

  cs_review_page_say (step->page, _("Added to the note. A suggestion is on its way."), TRUE);

  return dex_future_new_true ();
}

void
cs_review_page_answer (CsReviewPage *self,
                       CsReviewItem *item,
                       const char   *answer)
{
  Step *step = step_new (self);

  step->item = g_object_ref (item);
  step->record = cs_item_ref (cs_review_item_get_item (item));
  step->text = g_strdup (answer);
  cs_review_item_set_busy (item, TRUE);
  g_clear_object (&self->planned);
  push (self, answer_fiber, step);
}
