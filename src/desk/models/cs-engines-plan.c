/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-decisions.h"
#include "cs-edit-scenes.h"
#include "cs-engines-private.h"
#include "cs-ledger.h"
#include "cs-ledger-book.h"

/* What asking would send and cost, before anything does. Of many products the
 * first few are looked at closely, photos and all, and the rest are taken to be
 * like these on average.
 */
#define LOOK_AT 12

static void
cs_send_plan_clear (CsSendPlan *self)
{
  g_clear_pointer (&self->setup, cs_engine_setup_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_free (self->address);
  g_free (self->text);
  g_free (self->finding);
}

CS_DEFINE_RECORD (CsSendPlan, cs_send_plan)

static void
cs_scene_choice_clear (CsSceneChoice *self)
{
  g_free (self->name);
  g_free (self->words);
}

CS_DEFINE_RECORD (CsSceneChoice, cs_scene_choice)

GPtrArray *
cs_engines_list_scenes (void)
{
  g_autoptr (GPtrArray) scenes = cs_edit_scenes_list ();
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_scene_choice_unref);

  for (guint i = 0; i < scenes->len; i++)
    {
      CsEditScene   *scene = scenes->pdata[i];
      CsSceneChoice *choice = cs_scene_choice_new ();

      choice->name = g_strdup (scene->id);
      choice->words = g_strdup (scene->words);
      g_ptr_array_add (choices, choice);
    }

  return choices;
}

typedef struct
{
  gint64   sum;     /* micros of those that were looked at and are not kept */
  guint    n;
  guint    in_vain; /* products with nothing that a scene could be painted for */
  gboolean unknown;
} Costs;

/* How many of the requests were sent before, the very same: they cost nothing now */
static guint
count_kept (CsEngines   *self,
            CsModelPlan *plan,
            guint       *n_requests)
{
  g_auto (GStrv) keys = g_strsplit (plan->key != NULL ? plan->key : "", "\n", -1);
  guint n = 0;

  *n_requests = g_strv_length (keys);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (CsKeptReply) reply = dex_await_boxed (cs_ledger_find_reply (self->store, keys[i]), NULL);

      n += reply != NULL;
    }

  return n;
}

/* TRUE and kept: the very same was asked before */
static gboolean
look_at (CsEngines     *self,
         CsModelEngine *model,
         gint64         product,
         const char    *settings,
         CsModelPlan  **plan,
         gboolean      *kept,
         GError       **error)
{
  g_autoptr (CsEngineRequest) request = NULL;
  guint n_kept;
  guint n;

  if (self->desk == NULL ||
      !(request = dex_await_boxed (cs_desk_make_request (self->desk, product, NULL), error)))
    return FALSE;

  cs_engines_set_recipe (request, settings);
  if (!(*plan = dex_await_boxed (cs_model_engine_plan (model, request), error)))
    return FALSE;

  n_kept = count_kept (self, *plan, &n);
  *kept = n > 0 && n_kept == n;
  (*plan)->makes -= MIN (n_kept, (*plan)->makes);

  return TRUE;
}

static void
show (CsSendPlan  *self,
      CsModelPlan *plan)
{
  g_set_str (&self->text, plan->text);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; plan->pictures != NULL && i < plan->pictures->len; i++)
    g_ptr_array_add (self->pictures, g_bytes_ref (plan->pictures->pdata[i]));
}

static gboolean
look_at_some (CsEngines     *self,
              CsModelEngine *model,
              GArray        *products,
              const char    *settings,
              CsSendPlan    *result,
              Costs         *costs,
              GError       **error)
{
  gboolean paints = result->setup->kind == CS_ENGINE_PICTURES;
  gboolean shown = FALSE;

  /* Which scene was painted for a product only its requests tell: where all of the
   * first were painted before, it is looked on until one was not
   */
  for (guint i = 0; i < products->len && (i < LOOK_AT || (paints && costs->n == 0)); i++)
    {
      g_autoptr (CsModelPlan) plan = NULL;
      gboolean kept, in_vain;
      gint64   cost;

      if (!look_at (self, model, g_array_index (products, gint64, i), settings, &plan, &kept, error))
        return FALSE;

      in_vain = paints && plan->pictures->len == 0;
      if (i == 0 || (!kept && !in_vain && !shown))
        show (result, plan);
      shown |= !kept && !in_vain;
      result->n_kept += kept;
      costs->in_vain += in_vain;
      if (kept)
        continue;

      cost = cs_ledger_estimate (&result->setup->price, plan->input, plan->output, plan->makes);
      costs->unknown |= cost < 0;
      costs->sum += MAX (cost, 0);
      costs->n++;
    }

  return TRUE;
}

/* Of those further on: whether it was asked about them as they are now. It is not
 * told for which scene: those for which one is to be painted count as new.
 */
static gboolean
count_rest (CsEngines  *self,
            GArray     *products,
            CsSendPlan *result,
            GError    **error)
{
  g_autoptr (GHashTable) unseen = NULL;
  g_autoptr (GArray) ids = NULL;

  if (products->len <= LOOK_AT || result->setup->kind == CS_ENGINE_PICTURES)
    return TRUE;

  if (!(ids = dex_await_boxed (cs_engines_list_unseen (self, result->setup->id), error)))
    return FALSE;

  unseen = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (unseen, &g_array_index (ids, gint64, i));
  for (guint i = LOOK_AT; i < products->len; i++)
    result->n_kept += !g_hash_table_contains (unseen, &g_array_index (products, gint64, i));

  return TRUE;
}

static void
estimate (CsSendPlan  *result,
          const Costs *costs)
{
  gint64 n = result->n_products - result->n_kept;

  if (n == 0)
    result->estimate = 0;
  else if (costs->unknown || costs->n == 0)
    result->estimate = CS_PRICE_UNKNOWN;
  else
    result->estimate = (costs->sum * n + costs->n - 1) / costs->n;
}

/* Nothing could be asked for: the text says why */
static gboolean
is_in_vain (CsSendPlan  *self,
            const Costs *costs)
{
  return costs->in_vain > 0 && costs->in_vain == self->n_products;
}

static char *
find_obstacle (CsSendPlan  *self,
               const Costs *costs)
{
  CsEngineSetup   *setup = self->setup;
  g_autofree char *cost = cs_price_to_display (self->estimate, setup->price.currency);
  g_autofree char *left = cs_price_to_display (MAX (setup->budget - self->spent, 0), setup->price.currency);

  if (is_in_vain (self, costs))
    {
      self->blocked = TRUE;
      return g_strdup (self->text);
    }

  if (setup->budget < 0 || self->n_kept == self->n_products)
    return NULL;

  self->blocked = self->estimate < 0 || self->estimate / (self->n_products - self->n_kept) > setup->budget - self->spent;
  if (self->estimate < 0)
    return g_strdup (_("This model has a budget but no price, so nobody can tell whether it would be kept. Enter its price, or take the budget away."));

  if (self->estimate > setup->budget - self->spent)
    return g_strdup_printf (_("All of it may cost up to %s, and %s of this month's budget is left. It will stop before the budget is passed."), cost, left);

  return NULL;
}

static DexFuture *
plan_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autoptr (CsSendPlan) result = cs_send_plan_new ();
  g_autoptr (CsModelEngine) model = NULL;
  g_autoptr (GError) error = NULL;
  Costs costs = { 0 };

  result->n_products = call->ids->len;
  if (!(result->setup = cs_engines_load (self, call->id, &error)) ||
      !(model = cs_engines_make_model (self, result->setup, NULL, &error)) ||
      !look_at_some (self, model, call->ids, call->settings, result, &costs, &error) ||
      !count_rest (self, call->ids, result, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  result->spent = dex_await_int64 (cs_ledger_get_spent (self->store, call->id), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (result->pictures == NULL)
    result->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  result->address = g_strdup (result->setup->address);
  result->is_here = cs_engine_setup_is_here (result->setup);
  result->wants_text = !result->setup->may_text;
  result->wants_photos = result->pictures->len > 0 && !result->setup->may_photos;
  estimate (result, &costs);
  result->finding = find_obstacle (result, &costs);

  return dex_future_new_take_boxed (CS_TYPE_SEND_PLAN, g_steal_pointer (&result));
}

DexFuture *
cs_engines_plan (CsEngines    *self,
                 const char   *id,
                 const gint64 *products,
                 guint         n_products,
                 const char   *settings)
{
  CsEnginesCall *call;
  DexFuture     *refusal;

  dex_return_error_if_fail (CS_IS_ENGINES (self));
  dex_return_error_if_fail (id != NULL);
  dex_return_error_if_fail (products != NULL || n_products == 0);

  if (!(call = cs_engines_call_new (self, &refusal)))
    return refusal;

  call->id = g_strdup (id);
  call->ids = cs_desk_copy_ids (products, n_products);
  call->settings = g_strdup (settings);

  return cs_fiber_spawn_disowned (plan_fiber, call, (GDestroyNotify) cs_engines_call_free);
}
