/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-sent.h"

G_BEGIN_DECLS

/**
 * CsMeter:
 *
 * Whom an engine asks before it sends anything, and tells afterwards. The desk
 * is one: it knows what the person agreed to, what may be spent, and keeps the
 * list of what was sent. An engine that does not ask cannot send: the request's
 * id comes from here.
 */
#define CS_TYPE_METER (cs_meter_get_type ())

G_DECLARE_INTERFACE (CsMeter, cs_meter, CS, METER, GObject)

/* What is about to go */
typedef struct
{
  gint64 product;
  char  *key;      /* SHA-256 over everything that goes into the reply: address, model, body, prompts */
  gint64 bytes;    /* of the body */
  guint  pictures; /* photos that go along */
  gint64 input;    /* tokens, estimated */
  gint64 output;   /* at most */
  guint  makes;    /* pictures that are made */
} CsSending;

/* What may be done now */
typedef struct
{
  gint64  id;    /* of the CsSent */
  GBytes *reply; /* the stored reply to the very same request: nothing is to be sent; or NULL */
} CsPermit;

#define CS_TYPE_PERMIT (cs_permit_get_type ())

CS_DECLARE_RECORD (CsPermit, cs_permit)

/* What became of it */
typedef struct
{
  CsSentState state;
  GBytes     *reply;     /* ANSWERED: what is kept, so that it can be read again without being paid for again */
  gint64      input;     /* tokens, of the reply's usage; -1 where it did not say */
  gint64      output;
  gint64      bytes;     /* of text that came back, thoughts and all, where that is more than the reply; or 0 */
  guint       made;      /* pictures */
  char       *message;   /* why not, in words; or NULL */
} CsOutcome;

/**
 * CsMeterInterface:
 * @begin: waits for a turn where too many are in flight, then writes the intent.
 *   Resolves to a CsPermit; rejects with CS_ERROR_NOT_ALLOWED or CS_ERROR_BUDGET,
 *   and then nothing may be sent. sending is copied.
 * @end: resolves to true once it is on disk. Called for every permit without a
 *   reply, also when it was stopped. outcome is copied.
 * @hold: the provider asks for patience: nobody else begins before then
 *   (microseconds of the monotonic clock)
 */
struct _CsMeterInterface
{
  GTypeInterface parent_interface;

  DexFuture *(*begin) (CsMeter         *self,
                       const CsSending *sending);
  DexFuture *(*end) (CsMeter         *self,
                     gint64           id,
                     const CsOutcome *outcome);
  void (*hold) (CsMeter *self,
                gint64   until);
};

DexFuture *cs_meter_begin (CsMeter         *self,
                           const CsSending *sending) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_meter_end (CsMeter         *self,
                         gint64           id,
                         const CsOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;
void       cs_meter_hold (CsMeter *self,
                          gint64   until);

G_END_DECLS
