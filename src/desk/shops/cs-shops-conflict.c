/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-decisions.h"
#include "cs-journal.h"
#include "cs-json.h"
#include "cs-outbox.h"
#include "cs-products.h"
#include "cs-remotes.h"
#include "cs-shops-private.h"

/* Where only a person can tell: what is there is read, shown beside what was and
 * what was approved, and one of a few answers is taken. None of them sends: what
 * is to be sent over it is a draft to be signed, and what was signed goes on only
 * where the answer says that it is what was signed.
 */

#define SPAWN(fiber, call) cs_fiber_spawn_disowned (fiber, call, (GDestroyNotify) cs_shops_call_free)

#define BIT(answer) (1u << (answer))

/* Everything that is known of a conflict */
typedef struct
{
  CsOutboxEntry   *entry;
  CsAccount       *account;
  CsChannel       *channel; /* borrowed */
  CsListing       *listing; /* as approved */
  CsRemoteListing *theirs;  /* what is there now, or NULL */
  gboolean         sent;    /* a create went out whose end nobody saw */
  CsConflict      *conflict;
} Case;

static void
case_clear (Case *self)
{
  g_clear_pointer (&self->entry, cs_outbox_entry_unref);
  g_clear_pointer (&self->account, cs_account_unref);
  g_clear_pointer (&self->listing, cs_listing_unref);
  g_clear_pointer (&self->theirs, cs_remote_listing_unref);
  g_clear_pointer (&self->conflict, cs_conflict_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static gboolean
was_sent (CsShops *self,
          gint64   entry)
{
  g_autoptr (GPtrArray) steps = dex_await_boxed (cs_outbox_get_steps (self->store, entry), NULL);
  CsJournal *journal;
  gboolean   sent;

  if (steps == NULL)
    return FALSE;

  journal = cs_journal_new (steps);
  sent = g_strcmp0 (cs_journal_get_open (journal), "create") == 0;
  cs_journal_free (journal);

  return sent;
}

/* A new listing: what bears our key is ours; anything else is for the person to tell */
static gboolean
look_up (Case    *self,
         GError **error)
{
  g_autoptr (GPtrArray) found = dex_await_boxed (cs_channel_look_up (self->channel, self->listing), error);
  CsRemoteListing *ours = NULL;
  guint n_ours = 0;

  if (found == NULL)
    return FALSE;

  for (guint i = 0; i < found->len; i++)
    {
      CsRemoteListing *remote = found->pdata[i];

      if (g_strcmp0 (remote->key, self->listing->key) != 0)
        continue;
      ours = remote;
      n_ours++;
    }

  if (n_ours == 1)
    {
      self->theirs = cs_remote_listing_ref (ours);
      self->conflict->answers = BIT (CS_ANSWER_OURS) | BIT (CS_ANSWER_THEIRS);
      return TRUE;
    }

  g_ptr_array_extend (self->conflict->candidates, found, (GCopyFunc) (gpointer) cs_remote_listing_ref, NULL);
  if (found->len > 0)
    self->conflict->answers |= BIT (CS_ANSWER_IS_IT);
  if (n_ours == 0)
    self->conflict->answers |= BIT (CS_ANSWER_IS_NOT_IT);

  return TRUE;
}

static gboolean
read_theirs (Case    *self,
             GError **error)
{
  g_autoptr (GError) reason = NULL;

  self->conflict->answers = BIT (CS_ANSWER_OURS) | BIT (CS_ANSWER_THEIRS);
  self->theirs = dex_await_boxed (cs_channel_read (self->channel, self->listing->remote_id), &reason);
  if (self->theirs != NULL || g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

static gboolean
is_conflict (CsOutboxEntry *entry)
{
  return entry->state == CS_OUTBOX_CONFLICT || entry->state == CS_OUTBOX_DIFFERS;
}

static gboolean
load (CsShops *self,
      gint64   entry,
      Case    *about,
      GError **error)
{
  g_autoptr (CsListing) before = NULL;
  g_autoptr (CsProduct) product = NULL;

  if (!(about->entry = dex_await_boxed (cs_outbox_get (self->store, entry), error)))
    return FALSE;

  if (!is_conflict (about->entry))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is nothing to decide about this."));
      return FALSE;
    }

  if (!(about->listing = dex_await_boxed (cs_outbox_get_payload (self->store, about->entry->payload), error)) ||
      !(about->channel = cs_shops_await_channel (self, about->entry->account, &about->account, error)) ||
      !(product = dex_await_boxed (cs_products_get (self->store, about->entry->product), error)))
    return FALSE;

  about->sent = was_sent (self, entry);
  about->conflict = cs_conflict_new ();
  about->conflict->entry = entry;
  about->conflict->title = g_strdup (about->entry->title);
  about->conflict->sentence = g_strdup (about->entry->message);
  about->conflict->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);

  /* What our create became has a name by now */
  if (about->listing->remote_id == NULL && about->entry->remote_id != NULL)
    g_set_str (&about->listing->remote_id, about->entry->remote_id);
  if (about->listing->remote_id == NULL ? !look_up (about, error) : !read_theirs (about, error))
    return FALSE;

  before = dex_await_boxed (cs_outbox_get_previous (self->store, entry), NULL);
  if (about->theirs != NULL)
    about->conflict->differences = cs_shops_compare (before, product, about->theirs, about->listing);
  else
    about->conflict->differences = cs_shops_new_differences ();

  return TRUE;
}

static DexFuture *
get_conflict_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_auto (Case) about = { 0 };
  g_autoptr (GError) error = NULL;

  if (!load (call->shops, call->entry, &about, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_CONFLICT, g_steal_pointer (&about.conflict));
}

DexFuture *
cs_shops_get_conflict (CsShops *self,
                       gint64   entry)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));

  if (!(call = cs_shops_call_new (self, &refusal)))
    return refusal;

  call->entry = entry;

  return SPAWN (get_conflict_fiber, call);
}

static CsRemoteListing *
find_candidate (CsConflict *conflict,
                const char *remote_id)
{
  for (guint i = 0; remote_id != NULL && i < conflict->candidates->len; i++)
    {
      CsRemoteListing *remote = conflict->candidates->pdata[i];

      if (g_strcmp0 (remote->remote_id, remote_id) == 0)
        return remote;
    }

  return NULL;
}

/* Whether what is there is still what the person saw */
static gboolean
is_as_shown (CsConflict *now,
             CsConflict *shown)
{
  if (now->answers != shown->answers || now->differences->len != shown->differences->len ||
      now->candidates->len != shown->candidates->len)
    return FALSE;

  for (guint i = 0; i < now->differences->len; i++)
    {
      CsDifference *a = now->differences->pdata[i];
      CsDifference *b = shown->differences->pdata[i];

      if (g_strcmp0 (a->name, b->name) != 0 || g_strcmp0 (a->theirs, b->theirs) != 0)
        return FALSE;
    }

  for (guint i = 0; i < now->candidates->len; i++)
    {
      CsRemoteListing *a = now->candidates->pdata[i];
      CsRemoteListing *b = find_candidate (shown, a->remote_id);

      if (b == NULL || g_strcmp0 (a->version, b->version) != 0)
        return FALSE;
    }

  return TRUE;
}

/* Over what is there now, as it is now: a draft to be signed */
static CsDraft *
take_ours (CsShopsCall *call,
           Case        *about,
           GError     **error)
{
  CsStore *store = call->shops->store;
  gint64   product = about->entry->product;
  g_autoptr (CsDraftContext) context = NULL;

  if (about->theirs != NULL
        ? !dex_await (cs_remotes_put (store, about->theirs, product), error)
        : about->listing->remote_id != NULL &&
            !dex_await (cs_remotes_forget (store, about->account->id, about->listing->remote_id), error))
    return NULL;

  if (!(context = cs_draft_context_new (call->desk, about->account->id, error)))
    return NULL;

  if (about->entry->operation == CS_OPERATION_WITHDRAW)
    return cs_draft_context_make_withdrawal (context, about->entry, error);

  return about->entry->operation == CS_OPERATION_OFFER ? cs_draft_context_make_offer (context, product, error)
                                                       : cs_draft_context_make (context, product, error);
}

/* Journals what a person saw there, as if it had been looked up */
static gboolean
note_look (CsShops    *self,
           gint64      entry,
           const char *outcome,
           JsonNode   *detail,
           GError    **error)
{
  g_autofree char *json = detail != NULL ? cs_json_canonical (detail) : NULL;
  g_autoptr (GError) reason = NULL;
  gint64 step = dex_await_int64 (cs_outbox_begin_step (self->store, entry, "look-up", NULL), &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  return dex_await (cs_outbox_end_step (self->store, step, outcome, json), error);
}

static JsonNode *
describe (CsRemoteListing *remote)
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

static JsonNode *
describe_strangers (GPtrArray *candidates)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray  *ids = json_array_new ();

  json_node_take_object (node, object);
  for (guint i = 0; i < candidates->len; i++)
    json_array_add_string_element (ids, ((CsRemoteListing *) candidates->pdata[i])->remote_id);
  json_object_set_array_member (object, "strangers", ids);

  return node;
}

/* What our create became: it goes on from there. Where nothing was sent it is the
 * seller's own of before: then it is that listing which the next approval changes.
 */
static gboolean
take_it (CsShopsCall *call,
         Case        *about,
         GError     **error)
{
  CsShops         *self = call->shops;
  gint64           entry = about->entry->id;
  CsRemoteListing *remote = find_candidate (about->conflict, call->text);
  g_autoptr (JsonNode) detail = NULL;

  if (remote == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, _("Choose which of the listings it is."));
      return FALSE;
    }

  if (remote->key != NULL && !g_str_equal (remote->key, about->listing->key))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("This listing bears the mark of another product, so it is not this one."));
      return FALSE;
    }

  if (!dex_await (cs_remotes_put (self->store, remote, about->entry->product), error))
    return FALSE;

  if (!about->sent)
    return dex_await (cs_remotes_link (self->store, about->account->id, about->entry->product, remote->remote_id), error) &&
           dex_await (cs_outbox_settle (self->store, entry, CS_OUTBOX_VOIDED, NULL, NULL,
                                        _("It is in the shop already. Approve it again to change it there."), 0),
                      error);

  detail = describe (remote);

  return note_look (self, entry, "found", detail, error) &&
         dex_await (cs_outbox_retry (self->store, entry), error);
}

static gboolean
take_none (CsShopsCall *call,
           Case        *about,
           GError     **error)
{
  g_autoptr (JsonNode) detail = describe_strangers (about->conflict->candidates);

  return note_look (call->shops, about->entry->id, "not-found", detail, error) &&
         dex_await (cs_outbox_retry (call->shops->store, about->entry->id), error);
}

/* What they say of a reviewed field, where that is told at all */
static char *
dup_told (CsRemoteListing *theirs,
          CsField          field)
{
  switch ((int) field)
    {
    case CS_FIELD_TITLE:
      return g_strdup (theirs->title);

    case CS_FIELD_DESCRIPTION:
      return g_strdup (theirs->description);

    case CS_FIELD_BULLETS:
      return theirs->bullets != NULL ? g_strjoinv ("\n", theirs->bullets) : NULL;

    case CS_FIELD_KEYWORDS:
      return theirs->keywords != NULL ? g_strjoinv ("\n", theirs->keywords) : NULL;

    case CS_FIELD_PRICE:
      return g_strdup (theirs->price);

    case CS_FIELD_STOCK:
      return theirs->stock >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, theirs->stock) : NULL;

    default:
      return NULL;
    }
}

/* The person's own decision now: what stands in the shop, word by word */
static gboolean
decide (CsShopsCall *call,
        gint64       product,
        CsField      field,
        const char  *told,
        GError     **error)
{
  g_autoptr (GPtrArray) items = dex_await_boxed (cs_items_list (call->shops->store, product), error);

  if (items == NULL)
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field != field || item->photo != 0 || !cs_item_state_is_decided (item->state) ||
          g_strcmp0 (cs_draft_find_final (items, field, 0), told) == 0)
        continue;

      return dex_await (cs_desk_decide (call->desk, item, NULL, CS_VERDICT_EDIT, told, cs_engines_get_face (call->desk->models)), error);
    }

  return TRUE;
}

/* Theirs is right: it is the original from now on, and nothing is sent */
static gboolean
take_theirs (CsShopsCall *call,
             Case        *about,
             GError     **error)
{
  CsShops *self = call->shops;
  gint64   product = about->entry->product;

  if (about->theirs != NULL && !dex_await (cs_remotes_put (self->store, about->theirs, product), error))
    return FALSE;

  for (CsField field = 0; about->theirs != NULL && field < CS_N_FIELDS; field++)
    {
      g_autofree char *told = dup_told (about->theirs, field);
      g_autoptr (GError) reason = NULL;

      if (told == NULL || told[0] == '\0')
        continue;

      if (!dex_await (cs_desk_set_value (call->desk, product, field, told), &reason) ||
          (cs_field_is_reviewed (field) && !decide (call, product, field, told, &reason)))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }

  if (about->theirs == NULL && about->listing->remote_id != NULL &&
      !dex_await (cs_remotes_forget (self->store, about->account->id, about->listing->remote_id), error))
    return FALSE;

  return dex_await (cs_outbox_void (self->store, about->entry->id, _("You kept what is in the shop. Nothing was sent.")), error);
}

static DexFuture *
resolve_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_auto (Case) about = { 0 };
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  if (!load (call->shops, call->conflict->entry, &about, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!is_as_shown (about.conflict, call->conflict))
    return cs_fiber_refuse (CS_ERROR_STALE, "%s", _("What is in the shop has changed since it was shown. Look at it again."));

  if (!(about.conflict->answers & BIT (call->answer)))
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _("That is no answer to this."));

  switch (call->answer)
    {
    case CS_ANSWER_OURS:
      ok = (draft = take_ours (call, &about, &error)) != NULL;
      break;

    case CS_ANSWER_THEIRS:
      ok = take_theirs (call, &about, &error);
      break;

    case CS_ANSWER_IS_IT:
      ok = take_it (call, &about, &error);
      break;

    case CS_ANSWER_IS_NOT_IT:
    default:
      ok = take_none (call, &about, &error);
      break;
    }

  cs_desk_changed (call->desk, CS_DESK_OUTBOX, 0);
  cs_desk_changed (call->desk, CS_DESK_PRODUCT, about.entry->product);
  cs_desk_changed (call->desk, CS_DESK_PRODUCTS, 0);
  if (!ok)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return draft != NULL ? dex_future_new_take_boxed (CS_TYPE_DRAFT, g_steal_pointer (&draft)) : dex_future_new_true ();
}

DexFuture *
cs_shops_resolve (CsShops    *self,
                  CsConflict *shown,
                  CsAnswer    answer,
                  const char *remote_id)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (shown != NULL);

  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->conflict = cs_conflict_ref (shown);
  call->answer = answer;
  call->text = g_strdup (remote_id);

  return SPAWN (resolve_fiber, call);
}
