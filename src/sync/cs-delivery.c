/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cs-blobs.h"
#include "cs-delivery-private.h"
#include "cs-fiber.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-remotes.h"
#include "cs-trace.h"

/* How one entry goes out.
 *
 * Before each step the library is asked to release it: the one statement that
 * recomputes the hash of what was signed. Then the intent is written, the step
 * sent, its outcome written. An intent without an outcome is a step that a kill
 * cut off; it and an "unknown" are looked up before anything else is sent. A
 * create is looked up even before the first attempt, because an approval that
 * is void by now may have created the listing.
 */

#define LARGEST_PICTURE (64 * 1024 * 1024)

/* So often is a step repeated that was proved not to have happened */
#define MOST_TRIES 5

/* No adapter has so many; one that never ends is stopped */
#define MOST_STEPS 200

gint64
cs_delivery_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
cs_delivery_free (CsDelivery *self)
{
  g_clear_object (&self->store);
  g_clear_object (&self->channel);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, cs_account_unref);
  g_clear_pointer (&self->entry, cs_outbox_entry_unref);
  g_clear_pointer (&self->listing, cs_listing_unref);
  g_clear_pointer (&self->journal, cs_journal_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
cs_delivery_settle (CsDelivery   *self,
                    CsOutboxState state,
                    const char   *message,
                    gint64        next_at)
{
  cs_trace (CS_TRACE_SYNC, "entry %" G_GINT64_FORMAT ": %s", self->entry->id, cs_outbox_state_get_name (state));

  self->state = state;
  if (dex_await (cs_outbox_settle (self->store, self->entry->id, state,
                                   cs_journal_get_remote_id (self->journal), self->url,
                                   message != NULL ? message : "", next_at),
                 &self->error))
    self->changed (self->entry->id, self->data);

  return FALSE;
}

gboolean
cs_delivery_begin (CsDelivery *self,
                   const char *step,
                   const char *body,
                   gint64     *id)
{
  g_autofree char *empty = cs_hash_data ("", 0);

  *id = dex_await_int64 (cs_outbox_begin_step (self->store, self->entry->id, step, body != NULL ? body : empty),
                         &self->error);

  /* Edited since it was released: the journal takes no such step any more */
  if (g_error_matches (self->error, CS_ERROR, CS_ERROR_NOT_SIGNED))
    {
      g_clear_error (&self->error);
      return cs_delivery_settle_voided (self);
    }

  return self->error == NULL;
}

gboolean
cs_delivery_end (CsDelivery *self,
                 gint64      id,
                 const char *step,
                 const char *outcome,
                 JsonNode   *detail)
{
  g_autofree char *text = detail != NULL ? cs_json_canonical (detail) : NULL;

  cs_trace (CS_TRACE_SYNC, "entry %" G_GINT64_FORMAT ": %s %s", self->entry->id, step, outcome);
  cs_journal_add (self->journal, step, outcome, detail);
  if (g_str_equal (outcome, "later") || g_str_equal (outcome, "unknown"))
    self->n_failures++;

  return dex_await (cs_outbox_end_step (self->store, id, outcome, text), &self->error);
}

JsonNode *
cs_delivery_describe (CsRemoteListing *remote)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  json_object_set_string_member (object, "remote_id", remote->remote_id);
  if (remote->version != NULL)
    json_object_set_string_member (object, "version", remote->version);
  if (remote->url != NULL)
    json_object_set_string_member (object, "url", remote->url);

  return node;
}

gboolean
cs_delivery_keep_remote (CsDelivery      *self,
                         CsRemoteListing *remote)
{
  g_set_str (&self->url, remote->url);

  return dex_await (cs_remotes_put (self->store, remote, self->entry->product), &self->error);
}

static const char *
name_outcome (GError *reason)
{
  if (reason->domain != CS_ERROR)
    return "later";

  switch (reason->code)
    {
    case CS_ERROR_SIGN_IN:
      return "sign-in";

    case CS_ERROR_LATER:
      return "later";

    case CS_ERROR_UNKNOWN:
      return "unknown";

    case CS_ERROR_CONFLICT:
    case CS_ERROR_NOT_FOUND:
      return "conflict";

    default:
      return "refused";
    }
}

/* What is there although the whole did not succeed */
static char *
add_draft_note (CsDelivery *self,
                const char *message)
{
  if (self->entry->operation != CS_OPERATION_CREATE || cs_journal_get_remote_id (self->journal) == NULL)
    return g_strdup (message);

  return g_strconcat (message, " ", _("It is in the shop as a draft that customers do not see."), NULL);
}

gboolean
cs_delivery_fail (CsDelivery    *self,
                  gint64         id,
                  const char    *name,
                  CsChannelStep *step,
                  GError        *reason)
{
  const char *outcome = name_outcome (reason);
  gint64      now = cs_delivery_now ();
  gint64      next_at = cs_channel_get_next_at (self->channel, self->n_failures + 1);
  gboolean    unknown = g_str_equal (outcome, "unknown") && step != NULL && step->picture < 0;
  g_autofree char *message = NULL;
  g_autofree char *waiting = NULL;
  g_autoptr (JsonNode) detail = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (detail, json_object_new ());
  json_object_set_string_member (json_node_get_object (detail), "message", reason->message);
  self->no_answer = g_str_equal (outcome, "later") || g_str_equal (outcome, "unknown");
  if (id != 0 && !cs_delivery_end (self, id, name, outcome, detail))
    return FALSE;

  if (unknown)
    {
      message = g_strconcat (reason->message, " ", _("Countersign looks there before anything is sent again."), NULL);
      if (step->creates)
        next_at = MAX (next_at, now + cs_channel_get_traits (self->channel)->settle_seconds + 1);
      return cs_delivery_settle (self, CS_OUTBOX_UNKNOWN, message, next_at);
    }

  message = add_draft_note (self, reason->message);
  if (g_str_equal (outcome, "sign-in"))
    return cs_delivery_settle (self, CS_OUTBOX_SIGN_IN, message, 0);
  if (g_str_equal (outcome, "conflict"))
    return cs_delivery_settle (self, CS_OUTBOX_CONFLICT, message, 0);
  if (g_str_equal (outcome, "refused"))
    return cs_delivery_settle (self, CS_OUTBOX_FAILED, message, 0);

  waiting = g_strconcat (message, " ", _("It will be tried again by itself."), NULL);
  /* While nobody knows what happened there, it is shown as that */
  return cs_delivery_settle (self,
                             cs_journal_get_open (self->journal) != NULL ? CS_OUTBOX_UNKNOWN : CS_OUTBOX_WAITING,
                             waiting, next_at);
}

/* Reads the journal. A step that has no outcome was cut off: nobody knows. */
static gboolean
load_journal (CsDelivery *self)
{
  g_autoptr (GPtrArray) steps = NULL;

  if (!(steps = dex_await_boxed (cs_outbox_get_steps (self->store, self->entry->id), &self->error)))
    return FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      CsOutboxStep *step = steps->pdata[i];
      gint64        ended_at = MAX (step->begun_at, step->ended_at);

      if (step->outcome == NULL)
        {
          if (!dex_await (cs_outbox_end_step (self->store, step->id, "unknown", NULL), &self->error))
            return FALSE;
          step->outcome = g_strdup ("unknown");
          ended_at = g_get_real_time ();
        }

      if (g_strcmp0 (step->step, "look-up") != 0 && !g_str_has_prefix (step->step, "read-"))
        self->written_at = MAX (self->written_at, ended_at / G_USEC_PER_SEC);
      if (g_strcmp0 (step->step, "create") == 0 && g_str_equal (step->outcome, "done"))
        self->created_at = ended_at / G_USEC_PER_SEC;
      if (g_str_equal (step->outcome, "later") || g_str_equal (step->outcome, "unknown"))
        self->n_failures++;
    }

  self->journal = cs_journal_new (steps);

  return TRUE;
}

/* Asks for the signed listing anew. What is not signed any more ends here. */
static gboolean
release (CsDelivery *self)
{
  g_autoptr (GError) reason = NULL;

  g_clear_pointer (&self->listing, cs_listing_unref);
  if ((self->listing = dex_await_boxed (cs_outbox_release (self->store, self->entry->id), &reason)))
    return TRUE;

  if (g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_SIGNED))
    return cs_delivery_settle_voided (self);

  if (g_error_matches (reason, CS_ERROR, CS_ERROR_CORRUPT) || g_error_matches (reason, CS_ERROR, CS_ERROR_NEWER))
    return cs_delivery_settle (self, CS_OUTBOX_FAILED, reason->message, 0);

  self->error = g_steal_pointer (&reason);

  return FALSE;
}

static gboolean
is_same (const char *a,
         const char *b)
{
  return g_str_equal (a != NULL ? a : "", b != NULL ? b : "");
}

/* It was signed for this shop at this address, to be sent as this adapter does */
static gboolean
check_terms (CsDelivery *self)
{
  CsListing *listing = self->listing;

  if (listing->account != self->account->id || !is_same (listing->channel, self->account->channel) ||
      !is_same (listing->address, self->account->address))
    return cs_delivery_settle (self, CS_OUTBOX_FAILED,
                               _("The shop's address is not the one that you approved this for. Nothing was sent; approve the product again."), 0);

  if (!is_same (listing->adapter, cs_channel_get_traits (self->channel)->version))
    return cs_delivery_settle (self, CS_OUTBOX_FAILED,
                               _("You approved this with another version of Countersign, which would send it differently. Approve the product again."), 0);

  return TRUE;
}

typedef struct
{
  int   fd;
  char *hash;
} Load;

static void
load_free (Load *load)
{
  close (load->fd);
  g_free (load->hash);
  g_free (load);
}

static DexFuture *
load_fiber (gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) whole = NULL;
  g_autofree char *hash = NULL;
  guint8           buffer[32 * 1024];
  gssize           n;

  while ((n = TEMP_FAILURE_RETRY (read (load->fd, buffer, sizeof buffer))) > 0 && bytes->len <= LARGEST_PICTURE)
    g_byte_array_append (bytes, buffer, n);

  whole = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  hash = cs_hash_bytes (whole);
  if (n != 0 || !g_str_equal (hash, load->hash))
    return cs_fiber_refuse (CS_ERROR_REFUSED,
                            _("A picture file was changed after you approved it. Nothing was sent; approve the product again."));

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_steal_pointer (&whole));
}

/* The bytes that were signed, and no others */
static GBytes *
await_picture (CsDelivery *self,
               guint       index,
               GError    **error)
{
  CsListingPicture *picture;
  Load *load;
  int   fd;

  if (index >= self->listing->pictures->len)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, _("A picture is missing. Approve the product again."));
      return NULL;
    }

  picture = self->listing->pictures->pdata[index];
  if ((fd = cs_blobs_open (self->store, picture->hash, NULL)) < 0)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("A picture file is missing from the library. Approve the product again."));
      return NULL;
    }

  load = g_new0 (Load, 1);
  load->fd = fd;
  load->hash = g_strdup (picture->hash);

  return dex_await_boxed (cs_fiber_compute (load_fiber, load, (GDestroyNotify) load_free), error);
}

/* From here on the product has a place there: should this approval be replaced
 * before it has arrived, the next one changes what this one created.
 */
static gboolean
keep_created (CsDelivery *self)
{
  g_autoptr (CsRemoteListing) remote = cs_remote_listing_new ();

  if (cs_journal_get_remote_id (self->journal) == NULL)
    return TRUE;

  remote->account = self->account->id;
  remote->remote_id = g_strdup (cs_journal_get_remote_id (self->journal));
  remote->version = g_strdup (cs_journal_get_version (self->journal));
  remote->key = g_strdup (self->listing->key);
  remote->sku = g_strdup (self->listing->sku);
  remote->title = g_strdup (self->listing->title);
  remote->url = g_strdup (self->url);
  remote->pulled_at = cs_delivery_now ();

  return cs_delivery_keep_remote (self, remote);
}

/* A shop may say that there is no such product right after it said that it made it */
static gboolean
is_too_early (CsDelivery    *self,
              CsChannelStep *step,
              GError        *reason)
{
  return step->writes && self->created_at > 0 &&
         (g_error_matches (reason, CS_ERROR, CS_ERROR_CONFLICT) || g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND)) &&
         cs_delivery_now () <= self->created_at + cs_channel_get_traits (self->channel)->settle_seconds;
}

/* One of several changes, which did not say which version it made */
static gboolean
is_between (CsDelivery    *self,
            CsChannelStep *step,
            JsonNode      *detail)
{
  g_autoptr (CsChannelStep) next = NULL;

  if (!step->writes || step->picture >= 0 || self->listing->operation != CS_OPERATION_UPDATE ||
      cs_json_string (cs_json_node_object (detail), "version", NULL) != NULL)
    return FALSE;

  next = cs_channel_next_step (self->channel, self->listing, self->journal);

  return next != NULL;
}

typedef struct
{
  CsStore *store;
  gint64   entry;
} Gate;

static void
gate_free (gpointer data)
{
  Gate *gate = data;

  g_object_unref (gate->store);
  g_free (gate);
}

/* A request may have waited for its turn since its step was begun: it leaves only
 * where the approval still stands
 */
static DexFuture *
gate_open (gpointer data)
{
  Gate *gate = data;

  return cs_outbox_release (gate->store, gate->entry);
}

static DexFuture *
send_gated (CsDelivery    *self,
            CsChannelStep *step,
            CsRequest     *request)
{
  Gate *gate = g_new0 (Gate, 1);

  gate->store = g_object_ref (self->store);
  gate->entry = self->entry->id;

  return cs_channel_send (self->channel, self->listing, step, request, gate_open, gate, gate_free);
}

static gboolean
send_step (CsDelivery    *self,
           CsChannelStep *step)
{
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (JsonNode) detail = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *hash = NULL;
  gint64           id;

  if (step->picture >= 0 && !(picture = await_picture (self, step->picture, &reason)))
    return cs_delivery_fail (self, 0, step->name, step, reason);

  if (!(request = cs_channel_build (self->channel, self->listing, step, self->journal, picture, &reason)))
    return cs_delivery_fail (self, 0, step->name, step, reason);

  hash = cs_request_dup_hash (request);
  if (!cs_delivery_begin (self, step->name, hash, &id))
    return FALSE;

  detail = dex_await_boxed (send_gated (self, step, request), &reason);
  if (g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_SIGNED))
    return cs_delivery_end (self, id, step->name, "not-sent", NULL) && cs_delivery_settle_voided (self);

  self->written_at = cs_delivery_now ();
  if (detail == NULL && is_too_early (self, step, reason))
    return cs_delivery_end (self, id, step->name, "too-early", NULL) &&
           cs_delivery_settle (self, CS_OUTBOX_WAITING,
                               _("The shop does not show this product yet. Countersign looks again in a moment."),
                               self->created_at + cs_channel_get_traits (self->channel)->settle_seconds + 1);
  if (detail == NULL && step->writes && g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
    return cs_delivery_settle_gone (self, id, step->name);
  if (detail == NULL)
    return cs_delivery_fail (self, id, step->name, step, reason);

  if (step->creates)
    {
      self->created_at = self->written_at;
      self->created_now = TRUE;
    }

  g_set_str (&self->url, cs_json_string (cs_json_node_object (detail), "url", self->url));

  return cs_delivery_end (self, id, step->name, "done", detail) &&
         (!step->creates || keep_created (self)) &&
         (!is_between (self, step, detail) || cs_delivery_read_between (self));
}

/* What a create or a change wants to be known first */
static gboolean
look_first (CsDelivery    *self,
            CsChannelStep *step)
{
  /* A person who asks for another try gets one; what waits by itself has a message */
  gboolean is_asked = self->entry->state == CS_OUTBOX_READY ||
                      (self->entry->state == CS_OUTBOX_UNKNOWN && self->entry->message == NULL);

  if (!step->reads && step->picture < 0 && cs_journal_count_unknown (self->journal, step->name) >= MOST_TRIES && !is_asked)
    return cs_delivery_settle (self, CS_OUTBOX_FAILED,
                               _("The shop failed again and again without saying why. Look at the shop, then press “Try again”."), 0);

  if (self->looked)
    return TRUE;

  if (step->creates)
    return cs_delivery_look_up (self);

  if (step->writes && self->listing->operation != CS_OPERATION_CREATE)
    return cs_delivery_read_before (self);

  /* What lay there as a draft for a while may not be what was signed any more */
  if (g_str_equal (step->name, "publish") && !self->created_now)
    return cs_delivery_read_draft (self);

  return TRUE;
}

static gboolean
look_after_open (CsDelivery *self)
{
  const char *open = cs_journal_get_open (self->journal);

  /* Before a create there is nothing there, and what prepares one is safe to repeat */
  if (open == NULL ||
      (!g_str_equal (open, "create") && self->listing->remote_id == NULL && cs_journal_get_remote_id (self->journal) == NULL))
    return TRUE;

  return g_str_equal (open, "create") ? cs_delivery_look_up (self) : cs_delivery_read_before (self);
}

static void
deliver (CsDelivery *self)
{
  g_autoptr (GError) reason = NULL;

  if (!load_journal (self) || !release (self))
    return;

  self->changed (self->entry->id, self->data);
  if (!check_terms (self))
    return;

  if (!dex_await (cs_channel_open (self->channel), &reason))
    {
      cs_delivery_fail (self, 0, "open", NULL, reason);
      return;
    }

  if (!look_after_open (self))
    return;

  for (guint i = 0; i < MOST_STEPS; i++)
    {
      g_autoptr (CsChannelStep) step = cs_channel_next_step (self->channel, self->listing, self->journal);

      if (step == NULL)
        {
          cs_delivery_read_back (self);
          return;
        }

      if (g_cancellable_is_cancelled (self->cancellable))
        {
          cs_delivery_settle (self, CS_OUTBOX_WAITING, _("Stopped. It goes on where it was the next time."), cs_delivery_now ());
          return;
        }

      if (!look_first (self, step))
        return;

      /* Looking may have found that the step is done */
      if (cs_journal_is_done (self->journal, step->name))
        continue;

      if (!release (self) || !send_step (self, step))
        return;
    }

  cs_delivery_settle (self, CS_OUTBOX_FAILED, _("Sending this product does not come to an end. Nothing more is sent."), 0);
}

static DexFuture *
deliver_fiber (gpointer user_data)
{
  CsDelivery *self = user_data;

  deliver (self);
  if (self->error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&self->error));

  return dex_future_new_for_uint (self->state | (self->no_answer ? CS_DELIVERY_NO_ANSWER : 0));
}

DexFuture *
cs_deliver (CsStore       *store,
            CsChannel     *channel,
            CsAccount     *account,
            CsOutboxEntry *entry,
            GCancellable  *cancellable,
            CsDeliveryFunc changed,
            gpointer       data)
{
  CsDelivery *self = g_new0 (CsDelivery, 1);

  self->store = g_object_ref (store);
  self->channel = g_object_ref (channel);
  self->account = cs_account_ref (account);
  self->entry = cs_outbox_entry_ref (entry);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->changed = changed;
  self->data = data;
  self->state = entry->state;

  return cs_fiber_spawn_disowned (deliver_fiber, self, (GDestroyNotify) cs_delivery_free);
}
