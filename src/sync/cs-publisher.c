/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-channel-kinds.h"
#include "cs-delivery.h"
#include "cs-fiber.h"
#include "cs-practice-channel.h"
#include "cs-products.h"
#include "cs-publisher.h"
#include "cs-remotes.h"
#include "cs-trace.h"

/* What is due sooner than this is waited for, what is due later is left for the next run */
#define PATIENCE 60

/* So many failures in a row, and the account is left alone for a while */
#define MOST_FAILURES 5
#define SHORTEST_REST (2 * 60)

/* After a stop, what is under way has this long to end; then it goes on unwatched */
#define STOP_MSEC 1500

struct _CsPublisher
{
  GObject parent_instance;

  CsStore        *store;
  CsSecrets      *secrets;  /* or NULL */
  CsPracticeShop *shop;     /* made when it is first used */
  GHashTable     *channels; /* account id → CsChannel */
  GHashTable     *workers;  /* account id → DexFuture of who serves it */
};

G_DEFINE_FINAL_TYPE (CsPublisher, cs_publisher, G_TYPE_OBJECT)

enum
{
  ENTRY_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
cs_publisher_finalize (GObject *object)
{
  CsPublisher *self = CS_PUBLISHER (object);

  g_clear_object (&self->store);
  g_clear_object (&self->secrets);
  g_clear_object (&self->shop);
  g_clear_pointer (&self->channels, g_hash_table_unref);
  g_clear_pointer (&self->workers, g_hash_table_unref);

  G_OBJECT_CLASS (cs_publisher_parent_class)->finalize (object);
}

static void
cs_publisher_class_init (CsPublisherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_publisher_finalize;

  signals[ENTRY_CHANGED] =
    g_signal_new ("entry-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cs_publisher_init (CsPublisher *self)
{
  self->channels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->workers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, dex_unref);
}

CsPublisher *
cs_publisher_new (CsStore   *store,
                  CsSecrets *secrets)
{
  CsPublisher *self = g_object_new (CS_TYPE_PUBLISHER, NULL);

  self->store = g_object_ref (store);
  self->secrets = secrets != NULL ? g_object_ref (secrets) : NULL;

  return self;
}

static CsPracticeShop *
get_shop (CsPublisher *self)
{
  if (self->shop == NULL)
    {
      g_autofree char *folder = g_build_filename (cs_store_get_folder (self->store), "practice-shop", NULL);

      self->shop = cs_practice_shop_new (folder);
    }

  return self->shop;
}

CsChannel *
cs_publisher_get_channel (CsPublisher *self,
                          CsAccount   *account,
                          GError     **error)
{
  CsChannel *channel;

  g_return_val_if_fail (CS_IS_PUBLISHER (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  if ((channel = g_hash_table_lookup (self->channels, &account->id)))
    return channel;

  if (g_strcmp0 (account->channel, "practice") == 0)
    channel = cs_practice_channel_new (account, get_shop (self));
  else if (!(channel = cs_channel_kinds_make (account, self->secrets, error)))
    return NULL;

  cs_publisher_set_channel (self, account->id, channel);
  g_object_unref (channel);

  return channel;
}

void
cs_publisher_set_channel (CsPublisher *self,
                          gint64       account,
                          CsChannel   *channel)
{
  g_return_if_fail (CS_IS_PUBLISHER (self));
  g_return_if_fail (CS_IS_CHANNEL (channel));

  g_hash_table_replace (self->channels, g_memdup2 (&account, sizeof account), g_object_ref (channel));
}

void
cs_publisher_forget_channel (CsPublisher *self,
                             gint64       account)
{
  g_return_if_fail (CS_IS_PUBLISHER (self));

  g_hash_table_remove (self->channels, &account);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Serving one account */
typedef struct
{
  CsPublisher  *publisher;
  CsAccount    *account;
  CsChannel    *channel;
  GCancellable *cancellable;
  DexFuture    *before; /* who serves it until now, or NULL */
  guint         n_failures;
  guint         n_settled;
  gboolean      halted; /* until the account is mended or its pause is over */
} Worker;

static void
worker_free (Worker *self)
{
  g_clear_object (&self->publisher);
  g_clear_object (&self->channel);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, cs_account_unref);
  dex_clear (&self->before);
  g_free (self);
}

static gboolean
is_stopped (Worker *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static void
entry_changed_cb (gint64   entry,
                  gpointer data)
{
  g_signal_emit (data, signals[ENTRY_CHANGED], 0, entry);
}

static gboolean
is_moving (CsOutboxState state)
{
  return state == CS_OUTBOX_READY || state == CS_OUTBOX_SENDING ||
         state == CS_OUTBOX_UNKNOWN || state == CS_OUTBOX_WAITING;
}

/* Writes the account's pause, or that it is over, where that is news */
static gboolean
put_pause (Worker     *self,
           gint64      until,
           const char *message,
           GError    **error)
{
  if (self->account->paused_until == until && g_strcmp0 (self->account->message, message) == 0)
    return TRUE;

  self->account->paused_until = until;
  g_set_str (&self->account->message, message);

  return dex_await (cs_accounts_set_pause (self->publisher->store, self->account->id, until, message), error);
}

/* The circuit breaker: a shop that is down is not asked entry by entry */
static gboolean
rest (Worker  *self,
      GError **error)
{
  gint64 until = MAX (get_now () + SHORTEST_REST, cs_channel_get_next_at (self->channel, self->n_failures + 2));
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (until);
  g_autofree char *clock = g_date_time_format (time, "%H:%M");
  g_autofree char *message = g_strdup_printf (_("%s does not answer. Sending goes on by itself after %s."),
                                              self->account->name, clock);

  cs_trace (CS_TRACE_SYNC, "account %" G_GINT64_FORMAT ": resting until %s", self->account->id, clock);
  self->halted = TRUE;

  return put_pause (self, until, message, error);
}

/* The reason is said once, where the account is shown */
static gboolean
halt (Worker        *self,
      CsOutboxEntry *entry,
      GError       **error)
{
  g_autoptr (CsOutboxEntry) now = dex_await_boxed (cs_outbox_get (self->publisher->store, entry->id), error);

  self->halted = TRUE;

  return now != NULL &&
         put_pause (self, 0, now->message != NULL ? now->message : _("The shop wants you to sign in again."), error);
}

static gboolean
serve_entry (Worker        *self,
             CsOutboxEntry *entry,
             GError       **error)
{
  g_autoptr (GError) reason = NULL;
  CsOutboxState state;
  guint         ended;

  ended = dex_await_uint (cs_deliver (self->publisher->store, self->channel, self->account, entry,
                                      self->cancellable, entry_changed_cb, self->publisher),
                          &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  state = ended & ~CS_DELIVERY_NO_ANSWER;
  entry->state = state;
  if (state == CS_OUTBOX_SIGN_IN)
    return halt (self, entry, error);

  if (ended & CS_DELIVERY_NO_ANSWER)
    return is_stopped (self) || ++self->n_failures < MOST_FAILURES || rest (self, error);

  if (is_moving (state))
    return TRUE;

  self->n_settled++;
  self->n_failures = 0;

  return put_pause (self, 0, NULL, error);
}

/* One entry has found that the account wants a sign-in: the others need not find
 * it, too. They wait until that one is tried again.
 */
static gboolean
waits_for_sign_in (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      if (((CsOutboxEntry *) entries->pdata[i])->state == CS_OUTBOX_SIGN_IN)
        return TRUE;
    }

  return FALSE;
}

/* One pass over what is open, in order. Sets *next_at to when the first of what
 * is left is due, or 0.
 */
static gboolean
serve_due (Worker  *self,
           gint64  *next_at,
           guint   *n_served,
           GError **error)
{
  g_autoptr (GHashTable) busy = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) entries = NULL;

  *next_at = 0;
  *n_served = 0;
  if (!(entries = dex_await_boxed (cs_outbox_list (self->publisher->store, self->account->id, TRUE), error)))
    return FALSE;

  if (waits_for_sign_in (entries))
    self->halted = TRUE;

  for (guint i = 0; i < entries->len && !is_stopped (self) && !self->halted; i++)
    {
      CsOutboxEntry *entry = entries->pdata[i];
      gint64         due = MAX (entry->next_at, cs_channel_get_held_until (self->channel));

      /* What was signed first of a product is settled before what was signed next */
      if (!is_moving (entry->state) || g_hash_table_contains (busy, &entry->product))
        continue;

      if (due <= get_now ())
        {
          *n_served += 1;
          if (!serve_entry (self, entry, error))
            return FALSE;
        }

      if (!is_moving (entry->state))
        continue;

      g_hash_table_add (busy, &entry->product);
      due = MAX (due, get_now () + 1);
      *next_at = *next_at == 0 ? due : MIN (*next_at, due);
    }

  return TRUE;
}

static void
await_time (Worker *self,
            gint64  seconds)
{
  if (self->cancellable != NULL)
    dex_await (dex_future_first (dex_timeout_new_seconds (seconds),
                                 dex_cancellable_new_from_cancellable (self->cancellable), NULL),
               NULL);
  else
    dex_await (dex_timeout_new_seconds (seconds), NULL);
}

static gboolean
serve (Worker  *self,
       GError **error)
{
  while (!is_stopped (self))
    {
      gint64 next_at;
      guint  n_served;

      if (self->account->paused_until > get_now ())
        return TRUE;

      if (!serve_due (self, &next_at, &n_served, error))
        return FALSE;

      if (self->halted || next_at == 0)
        return dex_await (cs_channel_finish (self->channel), error);

      if (next_at > get_now () + PATIENCE)
        return TRUE;

      if (next_at > get_now ())
        await_time (self, next_at - get_now ());
    }

  return TRUE;
}

static DexFuture *
work_fiber (gpointer user_data)
{
  Worker *self = user_data;
  g_autoptr (GError) error = NULL;

  /* Nobody is served by two at a time */
  if (self->before != NULL)
    dex_await (dex_ref (self->before), NULL);

  if (!serve (self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_uint (self->n_settled);
}

/* Begins to serve an account after whoever does so now. Disowned: what has
 * begun ends, whether anybody still waits or not.
 */
static DexFuture *
employ (CsPublisher  *self,
        CsAccount    *account,
        GCancellable *cancellable,
        GError      **error)
{
  CsChannel *channel;
  DexFuture *before = g_hash_table_lookup (self->workers, &account->id);
  DexFuture *future;
  Worker    *worker;

  if (!(channel = cs_publisher_get_channel (self, account, error)))
    return NULL;

  worker = g_new0 (Worker, 1);
  worker->publisher = g_object_ref (self);
  worker->account = cs_account_ref (account);
  worker->channel = g_object_ref (channel);
  worker->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  worker->before = before != NULL && dex_future_is_pending (before) ? dex_ref (before) : NULL;

  future = cs_fiber_spawn_disowned (work_fiber, worker, (GDestroyNotify) worker_free);
  g_hash_table_replace (self->workers, g_memdup2 (&account->id, sizeof account->id), dex_ref (future));

  return future;
}

typedef struct
{
  CsPublisher  *publisher;
  gint64        account;
  GCancellable *cancellable;
} Run;

static void
run_free (Run *run)
{
  g_clear_object (&run->publisher);
  g_clear_object (&run->cancellable);
  g_free (run);
}

/* Waits for all, or for a stop and a moment more */
static void
await_workers (GPtrArray    *workers,
               GCancellable *cancellable)
{
  DexFuture *all = dex_future_allv ((DexFuture *const *) workers->pdata, workers->len);

  if (cancellable == NULL)
    {
      dex_await (all, NULL);
      return;
    }

  dex_await (dex_future_first (dex_ref (all), dex_cancellable_new_from_cancellable (cancellable), NULL), NULL);
  if (dex_future_is_pending (all))
    dex_await (dex_future_first (dex_ref (all), dex_timeout_new_msec (STOP_MSEC), NULL), NULL);
  dex_unref (all);
}

static DexFuture *
run_fiber (gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) workers = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (GError) error = NULL;
  guint n_settled = 0;

  if (!(accounts = dex_await_boxed (cs_accounts_list (run->publisher->store), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < accounts->len; i++)
    {
      CsAccount *account = accounts->pdata[i];
      g_autoptr (GError) reason = NULL;
      DexFuture *worker;

      if (run->account != 0 && run->account != account->id)
        continue;

      if ((worker = employ (run->publisher, account, run->cancellable, &reason)))
        g_ptr_array_add (workers, worker);
      else if (run->account != 0)
        return dex_future_new_for_error (g_steal_pointer (&reason));
    }

  if (workers->len > 0)
    await_workers (workers, run->cancellable);

  for (guint i = 0; i < workers->len; i++)
    {
      const GValue *value = dex_future_is_pending (workers->pdata[i])
                              ? NULL
                              : dex_future_get_value (workers->pdata[i], error == NULL ? &error : NULL);

      if (value != NULL)
        n_settled += g_value_get_uint (value);
    }

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_uint (n_settled);
}

DexFuture *
cs_publisher_run (CsPublisher  *self,
                  gint64        account,
                  GCancellable *cancellable)
{
  Run *run;

  dex_return_error_if_fail (CS_IS_PUBLISHER (self));

  run = g_new0 (Run, 1);
  run->publisher = g_object_ref (self);
  run->account = account;
  run->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  return cs_fiber_spawn (run_fiber, run, (GDestroyNotify) run_free);
}

/* The product that a listing's key was minted for, or 0 */
static gint64
find_product (CsPublisher     *self,
              CsRemoteListing *remote)
{
  g_autoptr (CsProduct) product = NULL;
  gint64 id;

  if (remote->key == NULL || !g_str_has_prefix (remote->key, "CS-") ||
      (id = dex_await_int64 (cs_products_find (self->store, remote->key), NULL)) == 0 ||
      !(product = dex_await_boxed (cs_products_get (self->store, id), NULL)))
    return 0;

  return g_strcmp0 (product->key, remote->key) == 0 ? id : 0;
}

static DexFuture *
pull_fiber (gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (CsAccount) account = NULL;
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;
  CsChannel *channel;
  guint      n = 0;

  if (!(account = dex_await_boxed (cs_accounts_get (run->publisher->store, run->account), &error)) ||
      !(channel = cs_publisher_get_channel (run->publisher, account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  do
    {
      g_autoptr (CsRemotePage) page = dex_await_boxed (cs_channel_pull (channel, cursor), &error);

      if (page == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));

      for (guint i = 0; i < page->listings->len; i++, n++)
        {
          CsRemoteListing *remote = page->listings->pdata[i];

          if (!dex_await (cs_remotes_put (run->publisher->store, remote, find_product (run->publisher, remote)), &error))
            return dex_future_new_for_error (g_steal_pointer (&error));
        }

      /* A channel that sends us in circles is left */
      if (g_strcmp0 (cursor, page->next) == 0)
        break;
      g_set_str (&cursor, page->next);
    }
  while (cursor != NULL);

  return dex_future_new_for_uint (n);
}

DexFuture *
cs_publisher_pull (CsPublisher *self,
                   gint64       account)
{
  Run *run;

  dex_return_error_if_fail (CS_IS_PUBLISHER (self));

  run = g_new0 (Run, 1);
  run->publisher = g_object_ref (self);
  run->account = account;

  return cs_fiber_spawn_disowned (pull_fiber, run, (GDestroyNotify) run_free);
}
