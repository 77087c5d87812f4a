/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-engine-setups-private.h"
#include "cs-ledger-book.h"

/* Consent and money are looked at in the transaction that writes the intent:
 * whatever is asked for at the same time, each sees what the others took.
 */

typedef struct
{
  CsIntent intent;
  char    *engine;
  char    *key;
} BeginArgs;

static void
begin_args_free (gpointer data)
{
  BeginArgs *args = data;

  g_free (args->engine);
  g_free (args->key);
  g_free (args);
}

static gboolean
refuse (GError    **error,
        CsError     code,
        const char *sentence)
{
  g_set_error_literal (error, CS_ERROR, code, sentence);

  return FALSE;
}

static gboolean
check_consent (CsEngineSetup  *setup,
               const CsIntent *intent,
               GError        **error)
{
  if (intent->pictures > 0 && setup->never_photos)
    return refuse (error, CS_ERROR_NOT_ALLOWED, _("Photos are never sent to this model. You chose that."));

  if (intent->product == 0 && intent->pictures == 0)
    return TRUE;

  if (!setup->may_text)
    return refuse (error, CS_ERROR_NOT_ALLOWED, _("You have not agreed yet that anything is sent to this address."));

  if (intent->pictures > 0 && !setup->may_photos)
    return refuse (error, CS_ERROR_NOT_ALLOWED, _("You have not agreed yet that photos are sent to this address."));

  return TRUE;
}

/* Seconds since 1970 at which this month began, as the calendar on the wall has it */
static gint64
find_month (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) month = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);

  return month != NULL ? g_date_time_to_unix (month) : 0;
}

#define COST "max (CASE state WHEN 'in-flight' THEN estimate ELSE cost END, 0)"

/* A budget is for whoever is paid: one that was taken away and added anew, or that
 * stands there twice, begins no other month. mixed: some was in another currency.
 */
static gboolean
sum_month (CsDb          *db,
           CsEngineSetup *setup,
           gint64        *spent,
           gboolean      *mixed,
           GError       **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT coalesce (sum (iif (s.currency = :currency, " COST ", 0)), 0),"
                       "    coalesce (max (s.currency <> :currency AND " COST " > 0), 0)"
                       "  FROM engine_setup e JOIN sent s ON s.engine = e.id"
                       "  WHERE s.made_at >= :month AND e.kind = :kind AND"
                       "    (e.id = :engine OR s.address = :address OR (e.provider = :provider AND :provider <> 'custom'))");

  cs_stmt_bind (stmt, ":engine", setup->id);
  cs_stmt_bind (stmt, ":kind", cs_engine_kind_get_name (setup->kind));
  cs_stmt_bind (stmt, ":address", setup->address);
  cs_stmt_bind (stmt, ":provider", setup->provider);
  cs_stmt_bind (stmt, ":month", find_month ());
  cs_stmt_bind (stmt, ":currency", (const char *) setup->price.currency);
  if (!cs_stmt_next (stmt, error))
    return FALSE;

  *spent = cs_stmt_int64 (stmt, 0);
  *mixed = cs_stmt_int64 (stmt, 1) != 0;

  return TRUE;
}

static gboolean
check_month (CsDb          *db,
             CsEngineSetup *setup,
             gint64        *spent,
             GError       **error)
{
  gboolean mixed;

  if (!sum_month (db, setup, spent, &mixed, error))
    return FALSE;

  return !mixed || refuse (error, CS_ERROR_BUDGET, _("Something was paid there in another currency this month, and the two make no sum that a budget could be held against. Set the currency back, or take the budget away until the month is over."));
}

static gboolean
sum_batch (CsDb    *db,
           gint64   batch,
           gint64  *spent,
           gint64  *budget,
           GError **error)
{
  g_autoptr (CsStmt) sum = cs_db_prepare (db, "SELECT sum (" COST ") FROM sent WHERE batch = :batch");
  g_autoptr (CsStmt) find = cs_db_prepare (db, "SELECT budget FROM asked WHERE id = :batch");

  cs_stmt_bind (sum, ":batch", batch);
  cs_stmt_bind (find, ":batch", batch);

  return cs_stmt_find_int64 (sum, spent, 0, error) && cs_stmt_find_int64 (find, budget, -1, error);
}

static gboolean
check_amount (gint64      estimate,
              gint64      spent,
              gint64      budget,
              const char *currency,
              gboolean    of_month,
              GError    **error)
{
  g_autofree char *cost = cs_price_to_display (estimate, currency);
  g_autofree char *left = cs_price_to_display (MAX (budget - spent, 0), currency);
  g_autofree char *all = cs_price_to_display (budget, currency);

  if (budget < 0)
    return TRUE;

  if (estimate < 0)
    return refuse (error, CS_ERROR_BUDGET, _("This model has a budget but no price, so nobody can tell whether it would be kept. Enter its price, or take the budget away."));

  if (spent <= budget && estimate <= budget - spent)
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_BUDGET,
               of_month ? _("The next request may cost %s, and %s of this month's %s is left.")
                        : _("The next request may cost %s, and %s of the %s for this time is left."),
               cost, left, all);

  return FALSE;
}

static gboolean
check_budgets (CsDb           *db,
               CsEngineSetup  *setup,
               const CsIntent *intent,
               gint64          estimate,
               GError        **error)
{
  gint64 spent = 0;
  gint64 budget = -1;

  if (setup->budget >= 0 &&
      (!check_month (db, setup, &spent, error) ||
       !check_amount (estimate, spent, setup->budget, setup->price.currency, TRUE, error)))
    return FALSE;

  if (intent->batch == 0)
    return TRUE;

  return sum_batch (db, intent->batch, &spent, &budget, error) &&
         check_amount (estimate, spent, budget, setup->price.currency, FALSE, error);
}

static gboolean
write_intent (CsDb           *db,
              CsEngineSetup  *setup,
              const CsIntent *intent,
              gint64          estimate,
              GError        **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO sent (engine, title, address, model, product, batch, key, made_at, bytes, pictures,"
                       "    expected_input, expected_output, makes, currency, price_input, price_output, price_picture,"
                       "    estimate, state)"
                       "  VALUES (:engine, :title, :address, :model, nullif (:product, 0), nullif (:batch, 0), :key, :now,"
                       "    :bytes, :pictures, :input, :output, :makes, :currency, :price_input, :price_output,"
                       "    :price_picture, :estimate, 'in-flight')");

  cs_stmt_bind (stmt, ":engine", setup->id);
  cs_stmt_bind (stmt, ":title", setup->title);
  cs_stmt_bind (stmt, ":address", setup->address);
  cs_stmt_bind (stmt, ":model", setup->model);
  cs_stmt_bind (stmt, ":product", intent->product);
  cs_stmt_bind (stmt, ":batch", intent->batch);
  cs_stmt_bind (stmt, ":key", intent->key);
  cs_stmt_bind (stmt, ":now", g_get_real_time () / G_USEC_PER_SEC);
  cs_stmt_bind (stmt, ":bytes", intent->bytes);
  cs_stmt_bind (stmt, ":pictures", intent->pictures);
  cs_stmt_bind (stmt, ":input", intent->input);
  cs_stmt_bind (stmt, ":output", intent->output);
  cs_stmt_bind (stmt, ":makes", intent->makes);
  cs_stmt_bind (stmt, ":currency", (const char *) setup->price.currency);
  cs_stmt_bind (stmt, ":price_input", setup->price.input);
  cs_stmt_bind (stmt, ":price_output", setup->price.output);
  cs_stmt_bind (stmt, ":price_picture", setup->price.picture);
  cs_stmt_bind (stmt, ":estimate", estimate);

  return cs_stmt_run (stmt, error);
}

static DexFuture *
begin (CsDb    *db,
       gpointer data)
{
  BeginArgs      *args = data;
  const CsIntent *intent = &args->intent;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  gboolean removed;
  gint64   estimate;

  if (!(setup = cs_engine_setups_load (db, args->engine, &removed, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (removed)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_ALLOWED, "%s", _("This model was removed."));

  estimate = cs_ledger_estimate (&setup->price, intent->input, intent->output, intent->makes);
  if (!check_consent (setup, intent, &error) ||
      !check_budgets (db, setup, intent, estimate, &error) ||
      !write_intent (db, setup, intent, estimate, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_int64 (cs_db_last_id (db));
}

DexFuture *
cs_ledger_begin (CsStore        *store,
                 const CsIntent *intent)
{
  BeginArgs *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (intent != NULL && intent->engine != NULL && intent->key != NULL);

  args = g_new0 (BeginArgs, 1);
  args->intent = *intent;
  args->intent.engine = args->engine = g_strdup (intent->engine);
  args->intent.key = args->key = g_strdup (intent->key);

  return cs_store_write (store, begin, args, begin_args_free);
}

typedef struct
{
  gint64       id;
  CsSettlement settlement;
  char        *message;
} EndArgs;

static void
end_args_free (gpointer data)
{
  EndArgs *args = data;

  g_clear_pointer (&args->settlement.reply, g_bytes_unref);
  g_free (args->message);
  g_free (args);
}

static gboolean
read_expected (CsDb       *db,
               gint64      id,
               CsExpected *expected,
               gboolean   *open,
               GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT currency, price_input, price_output, price_picture, expected_input, expected_output, makes,"
                       "  estimate, state = 'in-flight' FROM sent WHERE id = :id");

  cs_stmt_bind (stmt, ":id", id);
  if (!cs_stmt_next (stmt, error))
    {
      *open = FALSE;
      return cs_stmt_is_done (stmt);
    }

  g_strlcpy (expected->price.currency, cs_stmt_text (stmt, 0), sizeof expected->price.currency);
  expected->price.input = cs_stmt_int64 (stmt, 1);
  expected->price.output = cs_stmt_int64 (stmt, 2);
  expected->price.picture = cs_stmt_int64 (stmt, 3);
  expected->input = cs_stmt_int64 (stmt, 4);
  expected->output = cs_stmt_int64 (stmt, 5);
  expected->makes = cs_stmt_int64 (stmt, 6);
  expected->estimate = cs_stmt_int64 (stmt, 7);
  *open = cs_stmt_int64 (stmt, 8) != 0;

  return TRUE;
}

static gboolean
settle (CsDb               *db,
        gint64              id,
        const CsSettlement *settlement,
        GError            **error)
{
  CsExpected expected = { 0 };
  CsBooked   booked;
  gboolean   open;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE sent SET state = :state, ended_at = :now, input = :input, output = :output, made = :made,"
                       "  estimated = :estimated, cost = :cost, message = :message, reply = :reply WHERE id = :id");

  if (!read_expected (db, id, &expected, &open, error))
    return FALSE;

  if (!open)
    return refuse (error, CS_ERROR_STALE, _("What became of this request is written down already."));

  booked = cs_ledger_book (&expected, settlement);
  cs_stmt_bind (stmt, ":id", id);
  cs_stmt_bind (stmt, ":state", cs_sent_state_get_name (settlement->state));
  cs_stmt_bind (stmt, ":now", g_get_real_time () / G_USEC_PER_SEC);
  cs_stmt_bind (stmt, ":input", booked.input);
  cs_stmt_bind (stmt, ":output", booked.output);
  cs_stmt_bind (stmt, ":made", booked.made);
  cs_stmt_bind (stmt, ":estimated", booked.estimated != FALSE);
  cs_stmt_bind (stmt, ":cost", booked.cost);
  cs_stmt_bind (stmt, ":message", settlement->message);
  if (settlement->state == CS_SENT_ANSWERED && settlement->reply != NULL)
    cs_stmt_bind (stmt, ":reply", settlement->reply);
  else
    cs_stmt_bind (stmt, ":reply", (const char *) NULL);

  return cs_stmt_run (stmt, error);
}

static DexFuture *
end (CsDb    *db,
     gpointer data)
{
  EndArgs *args = data;
  g_autoptr (GError) error = NULL;

  return cs_store_settle (settle (db, args->id, &args->settlement, &error), &error);
}

DexFuture *
cs_ledger_end (CsStore            *store,
               gint64              id,
               const CsSettlement *settlement)
{
  EndArgs *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (settlement != NULL && settlement->state != CS_SENT_IN_FLIGHT);

  args = g_new0 (EndArgs, 1);
  args->id = id;
  args->settlement = *settlement;
  args->settlement.reply = settlement->reply != NULL ? g_bytes_ref (settlement->reply) : NULL;
  args->settlement.message = args->message = g_strdup (settlement->message);

  return cs_store_write (store, end, args, end_args_free);
}

static DexFuture *
settle_lost (CsDb    *db,
             gpointer data)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT id FROM sent WHERE state = 'in-flight'");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  CsSettlement settlement = {
    .state = CS_SENT_LOST, .input = -1, .output = -1,
    .message = _("The program ended before the answer came."),
  };

  while (cs_stmt_next (stmt, &error))
    {
      gint64 id = cs_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < ids->len; i++)
    {
      if (!settle (db, g_array_index (ids, gint64, i), &settlement, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_for_uint (ids->len);
}

DexFuture *
cs_ledger_settle_lost (CsStore *store)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_write (store, settle_lost, NULL, NULL);
}

static DexFuture *
get_spent (CsDb    *db,
           gpointer data)
{
  const char *engine = data;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  gboolean removed, mixed;
  gint64   spent;

  if (!(setup = cs_engine_setups_load (db, engine, &removed, &error)) ||
      !sum_month (db, setup, &spent, &mixed, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_int64 (spent);
}

DexFuture *
cs_ledger_get_spent (CsStore    *store,
                     const char *engine)
{
  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (engine != NULL);

  return cs_store_read (store, get_spent, g_strdup (engine), g_free);
}
