/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

CsCliExit
cs_cli_note (CsCli *cli)
{
  return cs_cli_set_value (cli, cli->arguments[0], CS_FIELD_NOTE, cli->arguments + 1);
}
