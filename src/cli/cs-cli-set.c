/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

/* Words that were not quoted are one value */
CsCliExit
cs_cli_set_value (CsCli      *cli,
                  const char *product,
                  CsField     field,
                  char      **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);
  g_autofree char *value = g_utf8_make_valid (joined, -1);
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = dex_await_int64 (cs_desk_find_product (cli->desk, product), &error);
  if (error != NULL)
    return cs_cli_fail_about (product, error);

  if (!dex_await (cs_desk_set_value (cli->desk, id, field, value), &error))
    return cs_cli_fail (error);

  return CS_CLI_DONE;
}

CsCliExit
cs_cli_set (CsCli *cli)
{
  g_autoptr (GError) error = NULL;
  CsField field;

  if (!cs_field_from_name (cli->arguments[1], &field))
    {
      g_set_error (&error, CS_ERROR, CS_ERROR_REFUSED, _("There is no field “%s”."), cli->arguments[1]);
      cs_cli_fail (error);
      return CS_CLI_USAGE;
    }

  return cs_cli_set_value (cli, cli->arguments[0], field, cli->arguments + 2);
}
