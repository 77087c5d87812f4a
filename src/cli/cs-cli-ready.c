/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

CsCliExit
cs_cli_ready (CsCli *cli)
{
  return cs_cli_print_products (cli, (1u << CS_STAGE_READY) | (1u << CS_STAGE_BLOCKED));
}
