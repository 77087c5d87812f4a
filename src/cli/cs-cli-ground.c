/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"
#include "cs-ground-sheet.h"
#include "cs-ground.h"
#include "cs-text.h"

#define MAX_PHRASE 20000

static const char *
name_of (CsPhraseState state)
{
  switch (state)
    {
    case CS_PHRASE_CONTRADICTS: return "contradicts";
    case CS_PHRASE_UNSOURCED: return "not-in-facts";
    case CS_PHRASE_GROUNDED:
    case CS_PHRASE_GLUE:
    default: return "grounded";
    }
}

char *
cs_cli_describe_ground (void)
{
  return g_strdup (_("FILE is JSON: the fields of one product under any names (title, brand, material, “材质”, attributes …), or "
                     "{\"facts\": [{\"id\": …, \"text\": …}]}, or a list. Keywords in it are left out: what people search is no fact.\n\n"
                     "Phrases are read from standard input, one a line. For each a line of JSON is written: \"verdict\" is "
                     "\"grounded\", \"not-in-facts\" or \"contradicts\"; \"facts\" are the ids of the facts that it rests on or "
                     "contradicts; \"kinds\" what it was checked for, \"none\" where it claims nothing; \"parts\" the same for its "
                     "pieces."));
}

static JsonArray *
dup_strings (char **strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);

  return array;
}

static JsonArray *
dup_parts (CsEvidence *facts,
           const char *text)
{
  g_autofree char *json = cs_evidence_to_json (facts);
  g_autoptr (CsEvidence) evidence = cs_evidence_from_json (json);
  JsonArray *array = json_array_new ();

  cs_ground_check (evidence, CS_FIELD_DESCRIPTION, text);
  for (guint i = 0; evidence->phrases != NULL && i < evidence->phrases->len; i++)
    {
      CsPhrase        *phrase = evidence->phrases->pdata[i];
      g_autofree char *slice = g_strndup (text + phrase->start, phrase->end - phrase->start);
      JsonObject      *object;

      if (phrase->state == CS_PHRASE_GLUE)
        continue;

      object = json_object_new ();
      json_object_set_string_member (object, "text", slice);
      json_object_set_string_member (object, "verdict", name_of (phrase->state));
      json_object_set_array_member (object, "facts", dup_strings (phrase->facts));
      json_object_set_string_member (object, "remark", phrase->remark != NULL ? phrase->remark : "");
      json_array_add_object_element (array, object);
    }

  return array;
}

static void
print_verdict (CsEvidence *facts,
               const char *line)
{
  g_autofree char *phrase = cs_text_clean (line, FALSE);
  g_autoptr (CsGroundVerdict) verdict = cs_ground_judge (facts, phrase);
  JsonObject *object = json_object_new ();
  JsonArray  *kinds = json_array_new ();

  for (guint i = 0; i < verdict->kinds->len; i++)
    json_array_add_string_element (kinds, verdict->kinds->pdata[i]);
  if (verdict->kinds->len == 0)
    json_array_add_string_element (kinds, "none");

  json_object_set_string_member (object, "phrase", phrase);
  json_object_set_string_member (object, "verdict", name_of (verdict->state));
  json_object_set_array_member (object, "facts", dup_strings (verdict->facts));
  json_object_set_array_member (object, "kinds", kinds);
  json_object_set_array_member (object, "parts", dup_parts (facts, phrase));
  json_object_set_string_member (object, "remark", verdict->remark != NULL ? verdict->remark : "");
  cs_terminal_print_json (object);
}

static CsEvidence *
read_facts (const char *path,
            CsCliExit  *code)
{
  g_autofree char *content = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  CsEvidence *facts;
  gsize       length;

  if (!(info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE, 0, NULL, &error)) ||
      !g_file_load_contents (file, NULL, &content, &length, NULL, &error))
    {
      *code = cs_cli_fail_about (path, error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
        *code = CS_CLI_NO_INPUT;
      return NULL;
    }

  if (!(facts = cs_ground_sheet_read (content, length, &error)))
    {
      cs_cli_fail_about (path, error);
      *code = CS_CLI_USAGE;
    }

  return facts;
}

CsCliExit
cs_cli_ground (CsCli *cli)
{
  g_autoptr (CsEvidence) facts = NULL;
  g_autofree char *line = NULL;
  size_t    room = 0;
  CsCliExit code = CS_CLI_DONE;

  if (cli->facts == NULL)
    return cs_cli_complain (_("Name the file with the facts: --facts FILE."));

  if (!(facts = read_facts (cli->facts, &code)))
    return code;

  while (!g_cancellable_is_cancelled (cli->stopped) && getline (&line, &room, stdin) >= 0)
    {
      g_strstrip (line);
      if (strlen (line) > MAX_PHRASE)
        *g_utf8_find_prev_char (line, line + MAX_PHRASE) = '\0';
      if (*line != '\0')
        print_verdict (facts, line);
    }

  return CS_CLI_DONE;
}
