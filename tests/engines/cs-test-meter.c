/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-test-meter.h"

static void cs_test_meter_iface_init (CsMeterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsTestMeter, cs_test_meter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_METER, cs_test_meter_iface_init))

typedef struct
{
  CsTestMeter *self;
  gint64       id;
  char        *key;
} Begin;

static void
begin_free (Begin *begin)
{
  g_object_unref (begin->self);
  g_free (begin->key);
  g_free (begin);
}

static DexFuture *
begin_fiber (gpointer data)
{
  Begin    *begin = data;
  CsPermit *permit = cs_permit_new ();
  GBytes   *reply;

  if (begin->self->delay > 0)
    dex_await (dex_timeout_new_msec (begin->self->delay), NULL);

  permit->id = begin->id;
  reply = g_hash_table_lookup (begin->self->replies, begin->key);
  if (reply != NULL)
    {
      permit->reply = g_bytes_ref (reply);
      begin->self->n_kept++;
    }
  else
    g_hash_table_insert (begin->self->open, GINT_TO_POINTER ((int) begin->id), g_strdup (begin->key));

  return dex_future_new_take_boxed (CS_TYPE_PERMIT, permit);
}

static DexFuture *
cs_test_meter_begin (CsMeter         *meter,
                     const CsSending *sending)
{
  CsTestMeter *self = CS_TEST_METER (meter);
  Begin       *begin;

  g_assert_cmpstr (sending->key, !=, NULL);
  g_assert_cmpint (sending->bytes, >, 0);
  g_assert_cmpint (sending->input, >, 0);
  g_assert_cmpint (sending->output, >, 0);
  if (self->refuse >= 0)
    return cs_fiber_refuse (self->refuse, "Not now");

  begin = g_new0 (Begin, 1);
  begin->self = g_object_ref (self);
  begin->id = ++self->n_begun;
  begin->key = g_strdup (sending->key);
  g_set_str (&self->last_key, sending->key);
  self->last_pictures = sending->pictures;

  return cs_fiber_spawn_disowned (begin_fiber, begin, (GDestroyNotify) begin_free);
}

static DexFuture *
cs_test_meter_end (CsMeter         *meter,
                   gint64           id,
                   const CsOutcome *outcome)
{
  CsTestMeter *self = CS_TEST_METER (meter);
  const char  *key = g_hash_table_lookup (self->open, GINT_TO_POINTER ((int) id));

  /* Each permit without a reply, once */
  g_assert_nonnull (key);
  g_assert_cmpint (outcome->state, !=, CS_SENT_IN_FLIGHT);
  if (outcome->state != CS_SENT_ANSWERED)
    g_assert_null (outcome->reply);
  if (outcome->reply != NULL)
    g_hash_table_insert (self->replies, g_strdup (key), g_bytes_ref (outcome->reply));
  self->n_ended++;
  self->by_state[outcome->state]++;
  self->last_input = outcome->input;
  self->last_output = outcome->output;
  g_set_str (&self->last_message, outcome->message);
  g_hash_table_remove (self->open, GINT_TO_POINTER ((int) id));

  return dex_future_new_true ();
}

static void
cs_test_meter_hold (CsMeter *meter,
                    gint64   until)
{
  CsTestMeter *self = CS_TEST_METER (meter);

  self->n_held++;
  self->held_for = until - g_get_monotonic_time ();
}

static void
cs_test_meter_iface_init (CsMeterInterface *iface)
{
  iface->begin = cs_test_meter_begin;
  iface->end = cs_test_meter_end;
  iface->hold = cs_test_meter_hold;
}

static void
cs_test_meter_finalize (GObject *object)
{
  CsTestMeter *self = CS_TEST_METER (object);

  g_hash_table_unref (self->replies);
  g_hash_table_unref (self->open);
  g_free (self->last_key);
  g_free (self->last_message);

  G_OBJECT_CLASS (cs_test_meter_parent_class)->finalize (object);
}

static void
cs_test_meter_class_init (CsTestMeterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_test_meter_finalize;
}

static void
cs_test_meter_init (CsTestMeter *self)
{
  self->refuse = -1;
  self->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->open = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

CsTestMeter *
cs_test_meter_new (void)
{
  return g_object_new (CS_TYPE_TEST_METER, NULL);
}
