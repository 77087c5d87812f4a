/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-chat-prompt.h"
#include "cs-chat-reply.h"
#include "cs-chat-suggest.h"
#include "cs-compose.h"
#include "cs-error.h"
#include "cs-ground.h"
#include "cs-json.h"
#include "cs-text.h"

#define MOST_ASKED 3 /* questions at one place */

typedef struct
{
  CsEngineRequest *request;
  const char      *engine;
  const char      *input;
  const char      *language;
  gint64           sent;
  char            *facts; /* JSON: each text gets its own copy */
  GPtrArray       *suggestions;
} Desk;

static CsSuggestion *
make_suggestion (Desk       *desk,
                 CsField     field,
                 gint64      photo,
                 const char *text)
{
  CsSuggestion *suggestion = cs_suggestion_new ();

  suggestion->product = desk->request->product->id;
  suggestion->photo = photo;
  suggestion->field = field;
  suggestion->engine = g_strdup (desk->engine);
  suggestion->variant = 1;
  suggestion->text = g_strdup (text);
  suggestion->language = g_strdup (desk->language);
  suggestion->remarks = g_new0 (char *, 1);
  suggestion->input = g_strdup (desk->input);
  suggestion->sent = desk->sent;

  return suggestion;
}

static void
add_remark (CsSuggestion *suggestion,
            char         *remark)
{
  guint n = g_strv_length (suggestion->remarks);

  suggestion->remarks = g_renew (char *, suggestion->remarks, n + 2);
  suggestion->remarks[n] = remark;
  suggestion->remarks[n + 1] = NULL;
}

/* Words are found whatever their case and width are */
static gboolean
says (const char *text,
      const char *word)
{
  g_autofree char *folded = cs_text_fold (text);
  g_autofree char *folded_word = cs_text_fold (word);

  return *folded_word != '\0' && strstr (folded, folded_word) != NULL;
}

/* What the seller wants of texts: told, not mended */
static void
look_at_hand (Desk         *desk,
              CsSuggestion *suggestion)
{
  CsHand *hand = desk->request->hand;

  if (hand == NULL || hand->off)
    return;

  for (guint i = 0; hand->never != NULL && hand->never[i] != NULL; i++)
    if (says (suggestion->text, hand->never[i]))
      add_remark (suggestion, g_strdup_printf (_("It has a word that you do not use: “%s”"), hand->never[i]));
  for (guint i = 0; suggestion->field == CS_FIELD_TITLE && hand->pinned != NULL && hand->pinned[i] != NULL; i++)
    if (!says (suggestion->text, hand->pinned[i]))
      add_remark (suggestion, g_strdup_printf (_("A word that you want in each title is missing: “%s”"), hand->pinned[i]));
}

static CsSuggestion *
add_text (Desk       *desk,
          CsField     field,
          gint64      photo,
          const char *text)
{
  CsSuggestion *suggestion = make_suggestion (desk, field, photo, text);

  /* Whatever the model says that it rests on */
  suggestion->evidence = cs_evidence_from_json (desk->facts);
  if (suggestion->evidence == NULL)
    suggestion->evidence = cs_ground_gather (desk->request);
  cs_ground_check (suggestion->evidence, field, text);
  look_at_hand (desk, suggestion);
  g_ptr_array_add (desk->suggestions, suggestion);

  return suggestion;
}

static guint
count_phrases (CsSuggestion *suggestion,
               CsPhraseState state)
{
  GPtrArray *phrases = suggestion->evidence->phrases;
  guint      n = 0;

  for (guint i = 0; phrases != NULL && i < phrases->len; i++)
    n += ((CsPhrase *) phrases->pdata[i])->state == state;

  return n;
}

static gboolean
fits (CsSuggestion *title)
{
  guint most = cs_text_script (title->text) == CS_SCRIPT_HAN ? CS_TITLE_UNITS_HAN : CS_TITLE_UNITS_LATIN;

  return cs_text_units (title->text) <= most;
}

/* Those that fit first; then what says the least that no fact says */
static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  CsSuggestion *left = *(CsSuggestion *const *) a;
  CsSuggestion *right = *(CsSuggestion *const *) b;
  const int     orders[] = {
    fits (right) - fits (left),
    (int) count_phrases (left, CS_PHRASE_CONTRADICTS) - (int) count_phrases (right, CS_PHRASE_CONTRADICTS),
    (int) count_phrases (left, CS_PHRASE_UNSOURCED) - (int) count_phrases (right, CS_PHRASE_UNSOURCED),
    left->variant - right->variant,
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i] != 0)
      return orders[i];

  return 0;
}

static void
add_titles (Desk        *desk,
            CsChatReply *reply)
{
  guint first = desk->suggestions->len;

  for (guint i = 0; i < reply->titles->len; i++)
    add_text (desk, CS_FIELD_TITLE, 0, reply->titles->pdata[i])->variant = i + 1;
  /* Only titles are there yet */
  if (first == 0)
    g_ptr_array_sort (desk->suggestions, compare_titles);

  for (guint i = first; i < desk->suggestions->len; i++)
    {
      CsSuggestion *title = desk->suggestions->pdata[i];

      if (i > first && !fits (title))
        {
          g_ptr_array_set_size (desk->suggestions, i);
          break;
        }
      title->variant = i - first + 1;
      if (!fits (title))
        add_remark (title, g_strdup (_("It is longer than most shops take. Shorten it.")));
    }
}

static void
add_list (Desk      *desk,
          CsField    field,
          GPtrArray *list)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", (const char *) list->pdata[i]);
  if (lines->len > 0)
    add_text (desk, field, 0, lines->str);
}

/* The photo that an answer means is the one that was sent, wherever it stands by now */
static gint64
find_photo (Desk      *desk,
            JsonArray *hashes,
            guint      number)
{
  const char *hash = cs_json_array_string (hashes, number - 1);

  for (guint i = 0; hash != NULL && desk->request->photos != NULL && i < desk->request->photos->len; i++)
    {
      CsEnginePhoto *photo = desk->request->photos->pdata[i];

      if (g_strcmp0 (photo->photo->hash, hash) == 0)
        return photo->photo->id;
    }

  return 0;
}

static void
add_alts (Desk        *desk,
          CsChatReply *reply,
          JsonArray   *hashes)
{
  for (guint i = 0; i < reply->alts->len; i++)
    {
      CsChatAlt *alt = reply->alts->pdata[i];
      gint64     photo = find_photo (desk, hashes, alt->photo);

      if (photo > 0)
        add_text (desk, CS_FIELD_ALT_TEXT, photo, alt->text);
    }
}

static CsSuggestion *
find_first (Desk   *desk,
            CsField field)
{
  for (guint i = 0; i < desk->suggestions->len; i++)
    {
      CsSuggestion *suggestion = desk->suggestions->pdata[i];

      if (suggestion->field == field)
        return suggestion;
    }

  return NULL;
}

/* What it misses is asked where there would be nothing, else said beside the text */
static void
add_questions (Desk        *desk,
               CsChatReply *reply)
{
  static const CsField fields[] = { CS_FIELD_TITLE, CS_FIELD_DESCRIPTION };
  g_autoptr (GString) asked = g_string_new (NULL);
  gboolean placed = FALSE;

  for (guint i = 0; i < MIN (reply->questions->len, MOST_ASKED); i++)
    g_string_append_printf (asked, "%s%s", i > 0 ? " " : "", (const char *) reply->questions->pdata[i]);

  for (guint i = 0; asked->len > 0 && i < G_N_ELEMENTS (fields); i++)
    if (find_first (desk, fields[i]) == NULL)
      {
        CsSuggestion *question = make_suggestion (desk, fields[i], 0, asked->str);

        question->is_question = TRUE;
        g_ptr_array_add (desk->suggestions, question);
        placed = TRUE;
      }

  for (guint i = 0; !placed && i < reply->questions->len && desk->suggestions->len > 0; i++)
    add_remark (desk->suggestions->pdata[0], g_strdup_printf (_("The model asks: “%s”"), (const char *) reply->questions->pdata[i]));
}

GPtrArray *
cs_chat_suggest (CsEngineRequest *request,
                 GBytes          *kept,
                 const char      *engine,
                 const char      *input,
                 gint64           sent,
                 GError         **error)
{
  gsize       length;
  const char *json = g_bytes_get_data (kept, &length);
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, length, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  g_autoptr (CsChatReply) reply = cs_chat_reply_read (cs_json_string (object, "content", ""), FALSE);
  g_autoptr (GPtrArray) suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_autoptr (CsEvidence) facts = NULL;
  g_autofree char *facts_json = NULL;
  Desk desk;

  if (reply == NULL || !cs_chat_reply_is_usable (reply))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("What the model wrote cannot be read. Try it once more, or choose another model."));
      return NULL;
    }

  facts = cs_ground_gather (request);
  facts_json = cs_evidence_to_json (facts);
  desk = (Desk) {
    .request = request,
    .engine = engine,
    .input = input,
    .language = cs_chat_prompt_find_language (request, facts),
    .sent = sent,
    .facts = facts_json,
    .suggestions = suggestions,
  };

  add_titles (&desk, reply);
  if (reply->description != NULL)
    add_text (&desk, CS_FIELD_DESCRIPTION, 0, reply->description);
  add_list (&desk, CS_FIELD_BULLETS, reply->bullets);
  add_list (&desk, CS_FIELD_KEYWORDS, reply->keywords);
  add_alts (&desk, reply, cs_json_array (object, "photos"));
  add_questions (&desk, reply);
  for (guint i = 0; i < reply->warnings->len && suggestions->len > 0; i++)
    add_remark (suggestions->pdata[0], g_strdup_printf (_("The model warns: “%s”"), (const char *) reply->warnings->pdata[i]));

  for (guint i = 0; i < suggestions->len; i++)
    cs_suggestion_seal (suggestions->pdata[i]);

  return g_steal_pointer (&suggestions);
}
