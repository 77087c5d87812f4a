/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-chat-sending.h"
#include "cs-error.h"
#include "cs-json.h"

#define MOST_TRIES   4   /* of the very same */
#define MOST_WAIT    120 /* seconds that somebody waits; what takes longer is gone on with later */
#define MOST_OUTPUT  16000

typedef enum
{
  VERDICT_GOOD,
  VERDICT_CUT,      /* it was not done */
  VERDICT_ODD,      /* it cannot be read */
  VERDICT_BLANK,
  VERDICT_REFUSES,
  VERDICT_FILTERED,
} Verdict;

CsChatTalk *
cs_chat_talk_new (CsModelEngine *engine)
{
  CsChatTalk *self = g_new0 (CsChatTalk, 1);

  self->engine = g_object_ref (engine);
  self->pace = 1000;

  return self;
}

void
cs_chat_talk_free (CsChatTalk *self)
{
  g_clear_object (&self->engine);
  g_clear_object (&self->drafting);
  g_clear_pointer (&self->request, cs_engine_request_unref);
  g_clear_pointer (&self->facts, cs_evidence_unref);
  g_clear_pointer (&self->profile, cs_chat_profile_free);
  g_clear_pointer (&self->prompt, cs_chat_prompt_free);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->hashes, g_ptr_array_unref);
  g_clear_pointer (&self->sizes, g_array_unref);
  g_clear_pointer (&self->photos, g_array_unref);
  dex_clear (&self->stopped);
  g_free (self);
}

void
cs_chat_answer_clear (CsChatAnswer *self)
{
  g_clear_pointer (&self->kept, g_bytes_unref);
}

static JsonNode *
parse_kept (GBytes *kept)
{
  gsize       length;
  const char *json = g_bytes_get_data (kept, &length);

  return json != NULL ? cs_json_parse (json, length, NULL) : NULL;
}

char *
cs_chat_kept_dup_content (GBytes *kept)
{
  g_autoptr (JsonNode) node = parse_kept (kept);

  return g_strdup (cs_json_string (cs_json_node_object (node), "content", NULL));
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *stripped == '\0' || g_str_equal (stripped, "{}");
}

static Verdict
judge (CsChatTalk *self,
       const char *content,
       const char *finish)
{
  static const char *const filtered[] = { "content_filter", "sensitive", "safety", "SAFETY", "refusal", NULL };
  gboolean long_one = g_strcmp0 (finish, CS_CHAT_FINISH_LONG) == 0;
  gboolean cut = long_one || g_strcmp0 (finish, "length") == 0;
  g_autoptr (CsChatReply) reply = NULL;

  if (finish != NULL && g_str_equal (finish, "refusal"))
    return VERDICT_REFUSES;
  if (finish != NULL && g_strv_contains (filtered, finish))
    return VERDICT_FILTERED;
  if (self->only_try)
    return VERDICT_GOOD;
  if (is_blank (content))
    return cut ? VERDICT_CUT : VERDICT_BLANK;

  reply = cs_chat_reply_read (content, FALSE);
  /* Who keeps no limit would go beyond the next one, too: what can be read of it is taken */
  if (cut && (reply == NULL || (!reply->whole && !(long_one && cs_chat_reply_is_usable (reply)))))
    return VERDICT_CUT;
  if (reply != NULL && cs_chat_reply_is_usable (reply))
    return VERDICT_GOOD;

  return reply != NULL && reply->refuses ? VERDICT_REFUSES : VERDICT_ODD;
}

static Verdict
judge_kept (CsChatTalk *self,
            GBytes     *kept)
{
  g_autoptr (JsonNode) node = parse_kept (kept);
  JsonObject *object = cs_json_node_object (node);

  return judge (self, cs_json_string (object, "content", NULL), cs_json_string (object, "finish", NULL));
}

/* What is kept of an answer: enough to read it again years later */
static GBytes *
make_kept (CsChatTalk   *self,
           CsChatStream *stream)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *content = cs_chat_dup_without (cs_chat_stream_get_content (stream),
                                                  cs_model_engine_get_parts (self->engine)->secret);
  char *json;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "form");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "content");
  json_builder_add_string_value (builder, content);
  json_builder_set_member_name (builder, "finish");
  json_builder_add_string_value (builder, cs_chat_stream_get_finish (stream) != NULL ? cs_chat_stream_get_finish (stream) : "");
  json_builder_set_member_name (builder, "input");
  json_builder_add_int_value (builder, cs_chat_stream_get_input (stream));
  json_builder_set_member_name (builder, "output");
  json_builder_add_int_value (builder, cs_chat_stream_get_output (stream));
  json_builder_set_member_name (builder, "photos");
  json_builder_begin_array (builder);
  for (guint i = 0; self->hashes != NULL && i < MIN (self->hashes->len, self->n_photos); i++)
    json_builder_add_string_value (builder, self->hashes->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = cs_json_canonical (root);

  return g_bytes_new_take (json, strlen (json));
}

/* What changes from one asking to the next */
typedef struct
{
  gint64   output;
  char    *bad;       /* an answer to be repaired */
  char    *repair;
  gboolean free_form;
} Turn;

static void
turn_clear (Turn *turn)
{
  g_free (turn->bad);
  g_free (turn->repair);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Turn, turn_clear)

static GPtrArray *
dup_pictures (CsChatTalk *self,
              const Turn *turn)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; turn->bad == NULL && self->pictures != NULL && i < MIN (self->pictures->len, self->n_photos); i++)
    g_ptr_array_add (pictures, g_bytes_ref (self->pictures->pdata[i]));

  return pictures;
}

static GBytes *
make_turn_body (CsChatTalk *self,
                const Turn *turn,
                CsSending  *sending)
{
  const CsModelParts *parts = cs_model_engine_get_parts (self->engine);
  g_autoptr (GPtrArray) pictures = dup_pictures (self, turn);
  CsChatQuestion question = {
    .model = parts->setup->model,
    .prompt = self->prompt,
    .pictures = pictures,
    .bad = turn->bad,
    .repair = turn->repair,
    .output = turn->output,
    .free_form = turn->free_form,
  };
  GBytes *body = cs_chat_body_make (self->profile, &question);

  *sending = (CsSending) {
    .product = self->product,
    .key = cs_chat_body_dup_key (parts->setup->address, body),
    .bytes = g_bytes_get_size (body),
    .pictures = pictures->len,
    .input = cs_chat_body_estimate (self->profile, &question, self->sizes),
    .output = turn->output,
  };

  return body;
}

void
cs_chat_talk_set_photos (CsChatTalk *self,
                         guint       n_photos)
{
  self->n_photos = self->pictures != NULL ? MIN (self->pictures->len, MIN (n_photos, self->profile->most_pictures)) : 0;
  if (self->request == NULL)
    return;

  g_clear_pointer (&self->prompt, cs_chat_prompt_free);
  self->prompt = cs_chat_prompt_new (self->request, self->facts, self->n_photos);
}

GBytes *
cs_chat_talk_make_body (CsChatTalk *self,
                        CsSending  *sending)
{
  g_auto (Turn) turn = { .output = self->output > 0 ? self->output : self->profile->output };

  return make_turn_body (self, &turn, sending);
}

static gboolean
end_permit (CsChatTalk      *self,
            gint64           id,
            const CsOutcome *outcome,
            GError         **error)
{
  return dex_await (cs_meter_end (cs_model_engine_get_parts (self->engine)->meter, id, outcome), error);
}

/* What became of a sending, in the meter's words */
static gboolean
end_sending (CsChatTalk   *self,
             gint64        id,
             CsChatSending *sending,
             GBytes       *kept,
             Verdict       verdict,
             GError      **error)
{
  CsOutcome outcome = { .state = sending->state, .input = -1, .output = -1 };

  if (sending->stream != NULL)
    {
      outcome.input = cs_chat_stream_get_input (sending->stream);
      outcome.output = cs_chat_stream_get_output (sending->stream);
      outcome.bytes = cs_chat_stream_get_written (sending->stream);
    }
  if (outcome.state == CS_SENT_ANSWERED && verdict > VERDICT_ODD)
    outcome.state = CS_SENT_FAILED;
  if (outcome.state == CS_SENT_ANSWERED && !self->only_try)
    outcome.reply = kept;
  if (sending->error != NULL)
    outcome.message = sending->error->message;

  return end_permit (self, id, &outcome, error);
}

/* One sending with its permit. FALSE where it is over, with an error; else either
 * answer is filled in, or fault or failure tell why there is none.
 */
static gboolean
ask_once (CsChatTalk     *self,
          const Turn     *turn,
          CsChatAnswer   *answer,
          Verdict        *verdict,
          CsChatSending **sent,
          GError        **error)
{
  const CsModelParts *parts = cs_model_engine_get_parts (self->engine);
  CsSending  sending;
  g_autoptr (GBytes) body = make_turn_body (self, turn, &sending);
  g_autoptr (CsPermit) permit = NULL;
  g_autofree char *key = sending.key;
  g_autofree char *fresh = NULL;
  g_autoptr (CsChatSending) done = NULL;

  /* What is tried is tried now: never an answer of before */
  if (self->only_try)
    sending.key = fresh = g_strdup_printf ("%s-%" G_GINT64_FORMAT, key, g_get_real_time ());

  if (!(permit = cs_chat_sending_await_permit (parts->meter, &sending, self->stopped, error)))
    return FALSE;

  answer->sent = permit->id;
  if (permit->reply != NULL)
    {
      answer->kept = g_bytes_ref (permit->reply);
      *verdict = judge_kept (self, permit->reply);
      return TRUE;
    }

  done = cs_chat_sending_run (self, body, turn->output);
  if (done->state == CS_SENT_ANSWERED)
    {
      answer->kept = make_kept (self, done->stream);
      *verdict = judge (self, cs_chat_stream_get_content (done->stream), cs_chat_stream_get_finish (done->stream));
    }

  if (!end_sending (self, permit->id, done, answer->kept, *verdict, error))
    return FALSE;
  if (done->stopped)
    {
      g_propagate_error (error, g_steal_pointer (&done->error));
      return FALSE;
    }

  *sent = g_steal_pointer (&done);

  return TRUE;
}

/* Waits until it is this one's turn again. FALSE where nobody should wait that long, or it was stopped. */
static gboolean
wait_a_while (CsChatTalk    *self,
              guint          tries,
              CsChatSending *sent,
              GError       **error)
{
  gint64 usec = ((gint64) self->pace << MIN (tries - 1, 3)) * 1000;

  usec += g_random_double () * usec / 4;
  if (sent->fault != NULL && sent->fault->patience > 0)
    usec = sent->fault->patience;
  if (sent->fault != NULL && (sent->fault->status == 429 || sent->fault->patience > 0))
    cs_meter_hold (cs_model_engine_get_parts (self->engine)->meter, g_get_monotonic_time () + usec);
  if (usec > MOST_WAIT * G_USEC_PER_SEC || tries >= MOST_TRIES)
    {
      g_propagate_error (error, g_steal_pointer (&sent->error));
      return FALSE;
    }

  return cs_chat_sending_sleep (usec, self->stopped, error);
}

static gboolean
refuse_verdict (CsChatTalk *self,
                Verdict     verdict,
                GError    **error)
{
  const char *title = cs_model_engine_get_parts (self->engine)->name;

  if (verdict == VERDICT_FILTERED || verdict == VERDICT_REFUSES)
    g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                 _("%s did not write about this product: its own rules keep it from doing so. Write the texts yourself, or ask another model.%s"), title, "");
  else if (verdict == VERDICT_BLANK)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s answered with nothing. Go on in a while, or choose another model."), title);
  else
    g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("What %s wrote cannot be read. Try it once more, or choose another model."), title);

  return FALSE;
}

/* What is asked next, after an answer that will not do; FALSE where nothing is */
static gboolean
take_turn (CsChatTalk   *self,
           Turn         *turn,
           Verdict       verdict,
           CsChatAnswer *answer,
           guint        *blanks)
{
  if (verdict == VERDICT_CUT && turn->output < MOST_OUTPUT && turn->output <= self->profile->output)
    {
      turn->output = MIN (turn->output * 2, MOST_OUTPUT);
      return TRUE;
    }

  if (verdict == VERDICT_BLANK && ++*blanks <= 2)
    {
      /* Some leave blank what their JSON mode does not let them write [api-docs.deepseek.com] */
      turn->free_form = *blanks > 1;
      return TRUE;
    }

  if (verdict == VERDICT_ODD && turn->bad == NULL)
    {
      turn->bad = cs_chat_kept_dup_content (answer->kept);
      turn->repair = g_strchomp (cs_chat_prompt_load (self->prompt->language, "repair"));
      return turn->bad != NULL;
    }

  return FALSE;
}

/* An answer that was cut short twice counts as far as it came */
static gboolean
is_usable (GBytes *kept)
{
  g_autofree char *content = cs_chat_kept_dup_content (kept);
  g_autoptr (CsChatReply) reply = content != NULL ? cs_chat_reply_read (content, FALSE) : NULL;

  return reply != NULL && cs_chat_reply_is_usable (reply);
}

/* What was refused on the way is kept in mind once there is an answer without it */
static void
keep_lessons (CsChatTalk *self)
{
  g_autofree char *learned = self->profile->lessons > 0 ? cs_chat_profile_dup_learned (self->profile) : NULL;

  if (learned != NULL)
    cs_model_engine_set_learned (self->engine, learned);
}

/* After no answer: TRUE where it is asked once more */
static gboolean
go_on (CsChatTalk    *self,
       Turn          *turn,
       CsChatSending *sent,
       guint         *tries,
       guint         *lost,
       GError       **error)
{
  if (sent->fault != NULL && cs_chat_profile_learn (self->profile, sent->fault, turn->bad == NULL ? self->n_photos : 0))
    {
      turn->output = MIN (turn->output, self->profile->output);
      if (self->n_photos > self->profile->most_pictures)
        cs_chat_talk_set_photos (self, self->profile->most_pictures);
      return TRUE;
    }

  /* What may have arrived was paid for: once more, not for ever */
  if (sent->again && !(sent->state == CS_SENT_LOST && ++*lost > 1))
    return wait_a_while (self, ++*tries, sent, error);

  g_propagate_error (error, g_steal_pointer (&sent->error));

  return FALSE;
}

gboolean
cs_chat_talk_run (CsChatTalk   *self,
                  CsChatAnswer *answer,
                  GError      **error)
{
  g_auto (Turn) turn = { .output = self->output > 0 ? self->output : self->profile->output };
  guint tries = 0;
  guint lost = 0;
  guint blanks = 0;

  while (TRUE)
    {
      g_autoptr (CsChatSending) sent = NULL;
      Verdict verdict = VERDICT_GOOD;

      cs_chat_answer_clear (answer);
      if (!ask_once (self, &turn, answer, &verdict, &sent, error))
        return FALSE;

      if (answer->kept == NULL)
        {
          if (!go_on (self, &turn, sent, &tries, &lost, error))
            return FALSE;
          continue;
        }

      keep_lessons (self);
      if (verdict == VERDICT_GOOD)
        return TRUE;
      if (take_turn (self, &turn, verdict, answer, &blanks))
        continue;

      return (verdict == VERDICT_CUT && is_usable (answer->kept)) || refuse_verdict (self, verdict, error);
    }
}
