/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"
#include "cs-error.h"
#include "cs-ground-sheet.h"
#include "cs-text.h"

#define MAX_PHRASE 20000
#define MAX_FACTS  (8 * 1024 * 1024)

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

static void
print_verdict (CsEvidence *facts,
               const char *line)
{
  g_autofree char *phrase = cs_text_clean (line, FALSE);

  cs_terminal_print_json (cs_ground_sheet_judge (facts, phrase));
}

/* Between two characters, where it has any */
static void
shorten (char *line)
{
  char *end = line + MAX_PHRASE;

  if (strlen (line) <= MAX_PHRASE)
    return;

  /* No character is longer; what is longer is none */
  for (guint i = 0; i < 3 && ((guchar) *end & 0xc0) == 0x80; i++)
    end--;
  *end = '\0';
}

/* A pipe says nothing of its length, and some files have no end */
static char *
load (GFile   *file,
      gsize   *length,
      GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *content = stream != NULL ? g_malloc (MAX_FACTS + 1) : NULL;

  if (content == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), content, MAX_FACTS + 1, length, NULL, error))
    return NULL;

  if (*length > MAX_FACTS)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, _("This file is far too long for the facts about one product."));
      return NULL;
    }

  return g_steal_pointer (&content);
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
      !(content = load (file, &length, &error)))
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
      shorten (line);
      if (*line != '\0')
        print_verdict (facts, line);
    }

  return CS_CLI_DONE;
}
