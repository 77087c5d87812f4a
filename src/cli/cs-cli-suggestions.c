/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

static JsonArray *
make_phrases (CsEvidence *evidence)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; evidence != NULL && evidence->phrases != NULL && i < evidence->phrases->len; i++)
    {
      CsPhrase   *phrase = evidence->phrases->pdata[i];
      JsonObject *object = json_object_new ();
      JsonArray  *facts = json_array_new ();

      for (guint j = 0; phrase->facts != NULL && phrase->facts[j] != NULL; j++)
        json_array_add_string_element (facts, phrase->facts[j]);
      json_object_set_int_member (object, "start", phrase->start);
      json_object_set_int_member (object, "end", phrase->end);
      json_object_set_string_member (object, "state", cs_phrase_state_get_name (phrase->state));
      json_object_set_array_member (object, "facts", facts);
      json_object_set_string_member (object, "remark", phrase->remark);
      json_array_add_object_element (array, object);
    }

  return array;
}

/* What no fact bears out, and what one denies */
static void
print_marked (CsSuggestion *suggestion)
{
  GPtrArray *phrases = suggestion->evidence != NULL ? suggestion->evidence->phrases : NULL;
  gsize      length = suggestion->text != NULL ? strlen (suggestion->text) : 0;

  for (guint i = 0; phrases != NULL && i < phrases->len; i++)
    {
      CsPhrase        *phrase = phrases->pdata[i];
      g_autofree char *words = NULL;
      g_autofree char *line = NULL;

      if ((phrase->state != CS_PHRASE_UNSOURCED && phrase->state != CS_PHRASE_CONTRADICTS) ||
          phrase->start >= phrase->end || phrase->end > length)
        continue;

      words = g_strndup (suggestion->text + phrase->start, phrase->end - phrase->start);
      line = g_strdup_printf (phrase->state == CS_PHRASE_CONTRADICTS ? _("against the facts: “%s”") : _("not in the facts: “%s”"),
                              g_strstrip (words));
      cs_terminal_print_text ("    ! ", CS_STYLE_WARNING, line);
      if (phrase->remark != NULL)
        cs_terminal_print_text ("      ", CS_STYLE_DIM, phrase->remark);
    }
}

static void
print_json (CsItem       *item,
            CsSuggestion *suggestion)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "product", item->product);
  json_object_set_int_member (object, "photo", item->photo);
  json_object_set_string_member (object, "field", cs_field_get_name (item->field));
  json_object_set_string_member (object, "state", cs_item_state_get_name (item->state));
  json_object_set_string_member (object, "original", item->original);
  json_object_set_string_member (object, "value", item->value);
  if (suggestion != NULL)
    {
      json_object_set_int_member (object, "suggestion", suggestion->id);
      json_object_set_int_member (object, "variant", suggestion->variant);
      json_object_set_string_member (object, "engine", suggestion->engine);
      json_object_set_boolean_member (object, "question", suggestion->is_question);
      json_object_set_boolean_member (object, "grounded", cs_suggestion_is_grounded (suggestion));
      json_object_set_string_member (object, "text", suggestion->text);
      json_object_set_string_member (object, "picture", suggestion->picture);
      json_object_set_int_member (object, "sent", suggestion->sent);
      json_object_set_string_member (object, "cost", suggestion->cost);
      json_object_set_array_member (object, "phrases", make_phrases (suggestion->evidence));
    }
  cs_terminal_print_json (object);
}

static void
print_item (CsCli  *cli,
            CsItem *item)
{
  guint n = item->suggestions != NULL ? item->suggestions->len : 0;

  if (cli->json)
    {
      for (guint i = 0; i < MAX (n, 1); i++)
        print_json (item, i < n ? item->suggestions->pdata[i] : NULL);
      return;
    }

  cs_terminal_print_styled (CS_STYLE_BOLD, cs_field_get_label (item->field));
  cs_terminal_print (" · %s\n", cs_item_state_get_label (item->state));
  if (item->value != NULL && item->field != CS_FIELD_PICTURE)
    {
      cs_terminal_print_text ("    ", CS_STYLE_PLAIN, item->value);
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      CsSuggestion *suggestion = item->suggestions->pdata[i];

      if (suggestion->sent != 0)
        cs_terminal_print ("  %d · %s · %s\n", suggestion->variant, suggestion->engine,
                           suggestion->cost != NULL ? suggestion->cost : _("price unknown"));
      else if (n > 1)
        cs_terminal_print ("  %d\n", suggestion->variant);
      cs_terminal_print_text ("    ", suggestion->is_question ? CS_STYLE_WARNING : CS_STYLE_PLAIN, suggestion->text);
      print_marked (suggestion);
    }
}

static gboolean
is_wanted (CsCli  *cli,
           CsItem *item)
{
  if (!cli->pending)
    return item->state != CS_ITEM_EMPTY;

  return item->state == CS_ITEM_PENDING || item->state == CS_ITEM_LATER;
}

static CsCliExit
print_product (CsCli *cli,
               gint64 id)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  gboolean begun = cli->json;

  if (!(rows = dex_await_boxed (cs_desk_get_rows (cli->desk, &id, 1), &error)) ||
      !(items = dex_await_boxed (cs_desk_get_items (cli->desk, id), &error)))
    return cs_cli_fail (error);

  for (guint i = 0; i < items->len; i++)
    {
      if (!is_wanted (cli, items->pdata[i]))
        continue;

      if (!begun && rows->len > 0)
        {
          CsProductRow *row = rows->pdata[0];

          cs_terminal_print ("\n%" G_GINT64_FORMAT "  ", row->id);
          cs_terminal_print_styled (CS_STYLE_BOLD, row->title != NULL ? row->title : "");
          cs_terminal_print ("\n");
        }
      begun = TRUE;
      print_item (cli, items->pdata[i]);
    }

  return CS_CLI_DONE;
}

CsCliExit
cs_cli_suggestions (CsCli *cli)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;

  if (cli->arguments[0] != NULL)
    ids = cs_cli_find_products (cli, &code);
  else if (cli->pending)
    ids = dex_await_boxed (cs_desk_list_queue (cli->desk), &error);
  else
    ids = dex_await_boxed (cs_desk_list_products (cli->desk, NULL, 0), &error);

  if (ids == NULL)
    return error != NULL ? cs_cli_fail (error) : code;

  for (guint i = 0; i < ids->len && code == CS_CLI_DONE && !g_cancellable_is_cancelled (cli->stopped); i++)
    code = print_product (cli, g_array_index (ids, gint64, i));

  return code;
}
