/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-delivery-private.h"
#include "cs-remotes.h"

/* Looking at what is there: for a listing whose create nobody saw the end of,
 * before something is changed, and after everything was sent.
 */

static const char *
get_shop (CsDelivery *self)
{
  return self->account->name != NULL && self->account->name[0] != '\0' ? self->account->name : _("the shop");
}

static gboolean
is_open (CsDelivery *self,
         const char *step)
{
  return g_strcmp0 (cs_journal_get_open (self->journal), step) == 0;
}

static gboolean
is_any_open (CsDelivery *self)
{
  return cs_journal_get_open (self->journal) != NULL;
}

/* FALSE as long as what was sent may still be on its way to being shown */
static gboolean
has_settled (CsDelivery *self)
{
  return cs_delivery_now () > self->written_at + cs_channel_get_traits (self->channel)->settle_seconds;
}

static gint64
get_settled_at (CsDelivery *self)
{
  return self->written_at + cs_channel_get_traits (self->channel)->settle_seconds + 1;
}

static char *
join (GPtrArray *sentences)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (char *) sentences->pdata[i]);

  return g_string_free_and_steal (text);
}

static gboolean
settle_conflict (CsDelivery *self,
                 gint64      id,
                 const char *name,
                 const char *format,
                 ...) G_GNUC_PRINTF (4, 5);

static gboolean
settle_conflict (CsDelivery *self,
                 gint64      id,
                 const char *name,
                 const char *format,
                 ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  return cs_delivery_end (self, id, name, "conflict", NULL) &&
         cs_delivery_settle (self, CS_OUTBOX_CONFLICT, message, 0);
}

static gboolean
too_early (CsDelivery   *self,
           gint64        id,
           const char   *name,
           CsOutboxState state,
           const char   *message)
{
  return cs_delivery_end (self, id, name, "too-early", NULL) &&
         cs_delivery_settle (self, state, message, get_settled_at (self));
}

static gboolean
finish_looking (CsDelivery      *self,
                gint64           id,
                const char      *name,
                const char      *outcome,
                CsRemoteListing *remote)
{
  g_autoptr (JsonNode) detail = remote != NULL ? cs_delivery_describe (remote) : NULL;

  self->looked = TRUE;
  if (remote != NULL && !cs_delivery_keep_remote (self, remote))
    return FALSE;

  return cs_delivery_end (self, id, name, outcome, detail);
}

/* What a look-up found */
typedef struct
{
  CsRemoteListing *ours;      /* bears our key */
  CsRemoteListing *alike;     /* bears none, and looks the same */
  CsRemoteListing *strangers; /* is somebody else's, with our SKU */
  guint            n_ours;
} Found;

/* Ours is what bears our key. A SKU that somebody else uses proves nothing and
 * is never taken for ours, and neither is what merely looks the same, in a shop
 * that shows no keys: a person says whose that is, and is not asked twice.
 */
static Found
sort_found (CsDelivery *self,
            GPtrArray  *listings)
{
  gboolean bears_key = cs_channel_get_traits (self->channel)->bears_key;
  Found    found = { 0 };

  for (guint i = 0; i < listings->len; i++)
    {
      CsRemoteListing *remote = listings->pdata[i];

      if (g_strcmp0 (remote->key, self->listing->key) == 0)
        {
          found.ours = remote;
          found.n_ours++;
        }
      else if (cs_journal_is_stranger (self->journal, remote->remote_id))
        continue;
      else if (!bears_key && remote->key == NULL)
        found.alike = remote;
      else
        found.strangers = remote;
    }

  return found;
}

static gboolean
take_ours (CsDelivery      *self,
           gint64           id,
           CsRemoteListing *ours)
{
  gboolean was_sent = is_open (self, "create");
  g_autoptr (GPtrArray) differences = was_sent ? cs_channel_compare_created (self->channel, self->listing, ours)
                                               : cs_channel_compare (self->channel, self->listing, ours, TRUE);
  g_autofree char *text = join (differences);

  if (differences->len == 0)
    return finish_looking (self, id, "look-up", "found", ours);

  if (!cs_delivery_keep_remote (self, ours))
    return FALSE;

  return settle_conflict (self, id, "look-up",
                          _("This product is in %s already, but not as you approved it now. %s Approve it again: then it is changed there and not added a second time."),
                          get_shop (self), text);
}

/* Perhaps it is what our create became, perhaps the seller's own: only a person knows */
static gboolean
settle_alike (CsDelivery      *self,
              gint64           id,
              CsRemoteListing *alike)
{
  return is_open (self, "create")
           ? settle_conflict (self, id, "look-up",
                              _("%s did not say whether it took this product, and has one that looks the same: “%s”. Say whether that is this product; nothing is sent until then."),
                              get_shop (self), alike->title)
           : settle_conflict (self, id, "look-up",
                              _("%s has a product already that looks the same: “%s”. Say whether that is this product; nothing is sent until then."),
                              get_shop (self), alike->title);
}

/**
 * cs_delivery_look_up:
 *
 * Looks for a listing with our key. Returns TRUE where there is proof: it is
 * there as signed, or it is not there.
 */
gboolean
cs_delivery_look_up (CsDelivery *self)
{
  g_autoptr (GPtrArray) listings = NULL;
  g_autoptr (GError) reason = NULL;
  Found  found;
  gint64 id;

  if (!cs_delivery_begin (self, "look-up", NULL, &id))
    return FALSE;

  if (!(listings = dex_await_boxed (cs_channel_look_up (self->channel, self->listing), &reason)))
    return cs_delivery_fail (self, id, "look-up", NULL, reason);

  found = sort_found (self, listings);
  if (found.n_ours > 1)
    return settle_conflict (self, id, "look-up",
                            _("This product is in %s %u times. Keep one of them there, then approve the product again."),
                            get_shop (self), found.n_ours);

  if (found.ours != NULL)
    return take_ours (self, id, found.ours);

  if (found.alike != NULL)
    return settle_alike (self, id, found.alike);

  if (found.strangers != NULL)
    return settle_conflict (self, id, "look-up",
                            _("Another product in %s has the SKU “%s”, perhaps in its trash. Give this one another SKU, or remove the other one, then approve it again."),
                            get_shop (self), self->listing->sku);

  if (is_open (self, "create") && !has_settled (self))
    return too_early (self, id, "look-up", CS_OUTBOX_UNKNOWN,
                      _("It is not known yet whether the shop took this product. Countersign looks again in a moment."));

  return finish_looking (self, id, "look-up", "not-found", NULL);
}

/* Whether what stands there is what the step would have brought about. Versions
 * that count seconds do not move with each change: what is all there to be seen
 * is known without them.
 */
static gboolean
has_happened (CsDelivery      *self,
              const char      *step,
              gboolean         has_moved,
              CsRemoteListing *remote)
{
  g_autoptr (GPtrArray) differences = NULL;

  if (g_str_equal (step, "withdraw"))
    return !remote->live;

  if ((g_str_equal (step, "publish") && !remote->live) || (g_str_equal (step, "unpublish") && remote->live))
    return FALSE;

  if (!has_moved && !g_str_equal (step, "publish") && !g_str_equal (step, "unpublish") && !g_str_equal (step, "offer"))
    return FALSE;

  /* Other steps may bring about the rest of an update, as of a create */
  differences = g_str_equal (step, "update") ? cs_channel_compare_created (self->channel, self->listing, remote)
                                             : cs_channel_compare (self->channel, self->listing, remote, FALSE);

  return differences->len == 0;
}

static const char *
get_remote_id (CsDelivery *self)
{
  return self->listing->remote_id != NULL ? self->listing->remote_id : cs_journal_get_remote_id (self->journal);
}

static gboolean
forget (CsDelivery *self)
{
  return dex_await (cs_remotes_forget (self->store, self->account->id, get_remote_id (self)), &self->error);
}

/**
 * cs_delivery_settle_gone:
 *
 * What was to be changed there is not there. Always settles.
 */
gboolean
cs_delivery_settle_gone (CsDelivery *self,
                         gint64      id,
                         const char *name)
{
  if (self->listing->operation == CS_OPERATION_WITHDRAW)
    return forget (self) &&
           cs_delivery_end (self, id, name, "done", NULL) &&
           cs_delivery_settle (self, CS_OUTBOX_DONE, _("It was not in the shop any more."), 0);

  return forget (self) &&
         settle_conflict (self, id, name,
                          _("This product is not in %s any more; it may have been deleted there. Approve it again to add it anew."),
                          get_shop (self));
}

/* Not to be seen there, or not yet */
static gboolean
settle_missing (CsDelivery *self,
                gint64      id,
                const char *name)
{
  if (self->listing->operation != CS_OPERATION_WITHDRAW && self->written_at > 0 && !has_settled (self))
    return too_early (self, id, name,
                      is_any_open (self) ? CS_OUTBOX_UNKNOWN : CS_OUTBOX_WAITING,
                      _("The shop does not show this product yet. Countersign looks again in a moment."));

  return cs_delivery_settle_gone (self, id, name);
}

static gboolean
is_ours (CsDelivery      *self,
         CsRemoteListing *remote)
{
  return remote->key == NULL || g_str_equal (remote->key, self->listing->key);
}

/* A step with a name of the adapter's own is safe to repeat, and of a listing that
 * we have only just made there is nothing that somebody else could lose
 */
static gboolean
may_repeat (CsDelivery *self,
            const char *open)
{
  return open != NULL && self->listing->operation == CS_OPERATION_CREATE &&
         !g_str_equal (open, "publish") && !g_str_equal (open, "unpublish");
}

/* Price and stock alone go by what stood there when they were signed, not by the
 * version: that moves with each sale. Where they have moved, a number from before
 * would oversell.
 */
static gboolean
check_offer (CsDelivery      *self,
             gint64           id,
             CsRemoteListing *remote)
{
  g_autofree char *then = cs_channel_dup_seen_offer (self->listing);
  g_autofree char *now = cs_channel_dup_offer (remote);

  if (cs_channel_is_as_seen (self->listing, remote))
    return finish_looking (self, id, "read-before", is_any_open (self) ? "not-found" : "done", NULL);

  return cs_delivery_keep_remote (self, remote) &&
         settle_conflict (self, id, "read-before",
                          _("When you approved this, %s showed %s; now it shows %s. Nothing was changed. Look at the new numbers, then approve yours again."),
                          get_shop (self), then, now);
}

/* A change of our own that was cut off half-way moves versions as anybody's does.
 * What is there now is held against what was last seen and what was signed.
 */
static gboolean
is_half_changed (CsDelivery      *self,
                 const char      *expected,
                 CsRemoteListing *remote)
{
  g_autoptr (CsRemoteListing) before = NULL;
  const char *then = NULL;

  if (self->written_at == 0 || self->listing->operation == CS_OPERATION_WITHDRAW)
    return FALSE;

  if ((before = dex_await_boxed (cs_remotes_get_one (self->store, self->account->id, remote->remote_id), NULL)))
    then = before->version;
  if (g_strcmp0 (then, expected) != 0 && g_strcmp0 (then, self->listing->remote_version) != 0)
    g_clear_pointer (&before, cs_remote_listing_unref);

  return cs_channel_is_half_changed (self->channel, self->listing, before, remote);
}

/**
 * cs_delivery_read_before:
 *
 * Reads what is about to be changed and compares it with what was seen when
 * the change was signed. Tells of a change of our own whose outcome nobody saw
 * whether it happened.
 */
gboolean
cs_delivery_read_before (CsDelivery *self)
{
  const char      *expected = cs_journal_get_version (self->journal);
  g_autofree char *open = g_strdup (cs_journal_get_open (self->journal));
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean has_moved;
  gint64   id;

  if (get_remote_id (self) == NULL)
    return cs_delivery_settle (self, CS_OUTBOX_FAILED,
                               _("It is not known which product in the shop this is about. Approve it again."), 0);

  if (expected == NULL)
    expected = self->listing->remote_version;

  if (!cs_delivery_begin (self, "read-before", NULL, &id))
    return FALSE;

  if (!(remote = dex_await_boxed (cs_channel_read (self->channel, get_remote_id (self)), &reason)))
    return g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND)
             ? settle_missing (self, id, "read-before")
             : cs_delivery_fail (self, id, "read-before", NULL, reason);

  if (!is_ours (self, remote))
    return settle_conflict (self, id, "read-before",
                            _("What is at this place in %s is another product. Nothing was changed."), get_shop (self));

  has_moved = expected != NULL && g_strcmp0 (remote->version, expected) != 0;
  if (open != NULL && has_happened (self, open, has_moved, remote))
    return finish_looking (self, id, "read-before", "found", remote);

  if (self->listing->operation == CS_OPERATION_OFFER)
    return check_offer (self, id, remote);

  if (!has_moved || may_repeat (self, open))
    return finish_looking (self, id, "read-before", open != NULL ? "not-found" : "done", NULL);

  /* Half of a change of our own may be seen while the shop is still at it */
  if (open != NULL && !has_settled (self))
    return too_early (self, id, "read-before", CS_OUTBOX_UNKNOWN,
                      _("It is not known yet whether the shop made this change. Countersign looks again in a moment."));

  if (is_half_changed (self, expected, remote))
    return finish_looking (self, id, "read-before", open != NULL ? "not-found" : "done", NULL);

  if (!cs_delivery_keep_remote (self, remote))
    return FALSE;

  return settle_conflict (self, id, "read-before",
                          _("This product was changed in %s after you looked at it. Nothing was overwritten. Look at it there, then approve it again."),
                          get_shop (self));
}

/**
 * cs_delivery_read_draft:
 *
 * Before customers see what was created in an earlier attempt: where somebody
 * changed it meanwhile, it is not what was signed.
 */
gboolean
cs_delivery_read_draft (CsDelivery *self)
{
  const char *expected = cs_journal_get_version (self->journal);
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  gint64 id;

  if (expected == NULL || get_remote_id (self) == NULL)
    return TRUE;

  if (!cs_delivery_begin (self, "read-before", NULL, &id))
    return FALSE;

  if (!(remote = dex_await_boxed (cs_channel_read (self->channel, get_remote_id (self)), &reason)))
    return g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND)
             ? settle_missing (self, id, "read-before")
             : cs_delivery_fail (self, id, "read-before", NULL, reason);

  if (!is_ours (self, remote))
    return settle_conflict (self, id, "read-before",
                            _("What is at this place in %s is another product. Nothing was changed."), get_shop (self));

  differences = cs_channel_compare (self->channel, self->listing, remote, FALSE);
  if (g_strcmp0 (remote->version, expected) == 0 || differences->len == 0)
    return finish_looking (self, id, "read-before", "done", NULL);

  if (!has_settled (self))
    return too_early (self, id, "read-before", CS_OUTBOX_WAITING,
                      _("The shop does not show all of it yet. Countersign looks again in a moment."));

  text = join (differences);

  return cs_delivery_keep_remote (self, remote) &&
         settle_conflict (self, id, "read-before",
                          _("While it waited as a draft, this product was changed in %s, so customers do not see it yet. %s Look at it there, then approve it again."),
                          get_shop (self), text);
}

/**
 * cs_delivery_read_between:
 *
 * After one of several changes that did not say what it made of the listing:
 * as it stands now it is our own doing, so that stopping here and going on
 * later is not taken for somebody else's change. Where it cannot be read now,
 * a person will be asked then.
 */
gboolean
cs_delivery_read_between (CsDelivery *self)
{
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (JsonNode) detail = NULL;
  gint64 id;

  if (get_remote_id (self) == NULL)
    return TRUE;

  if (!cs_delivery_begin (self, "read-between", NULL, &id))
    return FALSE;

  if ((remote = dex_await_boxed (cs_channel_read (self->channel, get_remote_id (self)), NULL)))
    detail = cs_delivery_describe (remote);

  return cs_delivery_end (self, id, "read-between", "done", detail);
}

static gboolean
settle_read (CsDelivery      *self,
             gint64           id,
             CsRemoteListing *remote)
{
  g_autoptr (GPtrArray) differences = NULL;
  g_autofree char *text = NULL;

  if (self->listing->operation == CS_OPERATION_WITHDRAW)
    {
      differences = g_ptr_array_new_with_free_func (g_free);
      if (remote->live)
        g_ptr_array_add (differences, g_strdup (_("You withdrew it, but customers still see it.")));
    }
  else
    differences = cs_channel_compare (self->channel, self->listing, remote, TRUE);

  if (differences->len > 0 && !has_settled (self))
    return too_early (self, id, "read-back", CS_OUTBOX_WAITING,
                      _("The shop does not show all of it yet. Countersign looks again in a moment."));

  text = join (differences);

  return cs_delivery_end (self, id, "read-back", "done", NULL) &&
         cs_delivery_keep_remote (self, remote) &&
         cs_delivery_settle (self, differences->len > 0 ? CS_OUTBOX_DIFFERS : CS_OUTBOX_DONE, text, 0);
}

/**
 * cs_delivery_read_back:
 *
 * After the last step: what customers see is compared with what was signed.
 * Always settles.
 */
gboolean
cs_delivery_read_back (CsDelivery *self)
{
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (GError) reason = NULL;
  gint64 id;

  if (get_remote_id (self) == NULL)
    return cs_delivery_settle (self, CS_OUTBOX_CONFLICT,
                               _("The shop did not say which product this became. Look there whether it is in it."), 0);

  if (!cs_delivery_begin (self, "read-back", NULL, &id))
    return FALSE;

  if (!(remote = dex_await_boxed (cs_channel_read (self->channel, get_remote_id (self)), &reason)))
    return g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND)
             ? settle_missing (self, id, "read-back")
             : cs_delivery_fail (self, id, "read-back", NULL, reason);

  if (!is_ours (self, remote))
    return settle_conflict (self, id, "read-back",
                            _("What is at this place in %s is another product."), get_shop (self));

  return settle_read (self, id, remote);
}

/* Void, but a create went out that nobody saw the end of: before the product
 * is let go, it has to be known what is there. TRUE where it is.
 */
static gboolean
look_for_voided (CsDelivery *self)
{
  g_autoptr (GPtrArray) listings = NULL;
  g_autoptr (GError) reason = NULL;
  Found  found;
  gint64 id;

  if (!cs_delivery_begin (self, "look-up", NULL, &id))
    return FALSE;

  if (!(listings = dex_await_boxed (cs_channel_look_up (self->channel, self->listing), &reason)))
    return cs_delivery_fail (self, id, "look-up", NULL, reason);

  found = sort_found (self, listings);
  if (found.ours != NULL)
    return finish_looking (self, id, "look-up", "found", found.ours);

  if (found.alike != NULL)
    return settle_alike (self, id, found.alike);

  if (!has_settled (self))
    return too_early (self, id, "look-up", CS_OUTBOX_UNKNOWN,
                      _("You changed this product while it was being sent. Countersign looks whether the shop has it."));

  return finish_looking (self, id, "look-up", "not-found", NULL);
}

/**
 * cs_delivery_settle_voided:
 *
 * The approval does not stand any more: nothing more is sent, and what is
 * there already is found and said. Always settles.
 */
gboolean
cs_delivery_settle_voided (CsDelivery *self)
{
  const char *message = _("You changed this product after approving it. Nothing was sent; approve it again.");
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (GError) reason = NULL;

  /* To know what to look for; nothing is sent from it. What cannot be read was
   * not changed by the person.
   */
  g_clear_pointer (&self->listing, cs_listing_unref);
  if (!(self->listing = dex_await_boxed (cs_outbox_get_payload (self->store, self->entry->payload), &reason)))
    return cs_delivery_settle (self, CS_OUTBOX_FAILED, reason->message, 0);

  if (!is_any_open (self) && cs_journal_get_remote_id (self->journal) == NULL)
    return cs_delivery_settle (self, CS_OUTBOX_VOIDED, message, 0);

  if (is_open (self, "create") && !look_for_voided (self))
    return FALSE;

  if (get_remote_id (self) == NULL)
    return cs_delivery_settle (self, CS_OUTBOX_VOIDED, message, 0);

  if ((remote = dex_await_boxed (cs_channel_read (self->channel, get_remote_id (self)), NULL)) &&
      is_ours (self, remote) && !cs_delivery_keep_remote (self, remote))
    return FALSE;

  if (remote != NULL && remote->live)
    message = _("You changed this product after approving it. What you had approved is in the shop and customers see it. Approve it again to change it there.");
  else
    message = _("You changed this product after approving it. A draft of it is in the shop; customers do not see it. Approve it again to finish it.");

  return cs_delivery_settle (self, CS_OUTBOX_VOIDED, message, 0);
}
