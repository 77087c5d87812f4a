/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

CsCliExit
cs_cli_doctor (CsCli *cli)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;

  if (!(lines = dex_await_boxed (cs_desk_examine (cli->desk), &error)))
    return cs_cli_fail (error);

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *object;

      if (!cli->json)
        {
          cs_terminal_print ("%s\n", (char *) lines->pdata[i]);
          continue;
        }

      object = json_object_new ();
      json_object_set_string_member (object, "finding", lines->pdata[i]);
      cs_terminal_print_json (object);
    }

  return CS_CLI_DONE;
}
