/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-account.h"
#include "cs-channel.h"
#include "cs-outbox.h"

G_BEGIN_DECLS

#define CS_TYPE_PUBLISHER (cs_publisher_get_type ())

/**
 * CsPublisher:
 *
 * Moves the outbox to its channels: claim, send, look up where the outcome is
 * unknown, read back, settle. Each account is served beside the others, one
 * entry of an account after the other. Everything it knows stands in the
 * outbox, so a killed program goes on where it was.
 *
 * Signal "entry-changed" (gint64 entry): a row of the outbox moved.
 */
G_DECLARE_FINAL_TYPE (CsPublisher, cs_publisher, CS, PUBLISHER, GObject)

/* secrets: where the accounts' keys are, or NULL */
CsPublisher *cs_publisher_new (CsStore   *store,
                               CsSecrets *secrets);
/* The channel of an account, made once and kept; NULL with an error where its kind is not known */
CsChannel   *cs_publisher_get_channel (CsPublisher *self,
                                       CsAccount   *account,
                                       GError     **error);
/* Another channel for an account than the one that its kind stands for */
void         cs_publisher_set_channel (CsPublisher *self,
                                       gint64       account,
                                       CsChannel   *channel);
/* The account has other keys now, or another profile: the next one is made anew */
void         cs_publisher_forget_channel (CsPublisher *self,
                                          gint64       account);
/* Sends what is due until nothing is, or until it is stopped (within two
 * seconds; what is under way is finished or left to be looked up). What is due
 * within a minute is waited for; what is due later (CsOutboxEntry.next_at,
 * CsAccount.paused_until) is for a later run. account 0 for all. Resolves to
 * the number of entries settled as a guint.
 */
DexFuture   *cs_publisher_run (CsPublisher  *self,
                               gint64        account,
                               GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
/* Reads what is there already and stores it. Resolves to the number of listings as a guint. */
DexFuture   *cs_publisher_pull (CsPublisher *self,
                                gint64       account) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
