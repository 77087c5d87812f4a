/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

/* The picture that was accepted, of those that are suggested */
static CsSuggestion *
find_accepted (CsItem *item)
{
  for (guint i = 0; item->field == CS_FIELD_PICTURE && item->state == CS_ITEM_ACCEPTED && i < item->suggestions->len; i++)
    {
      CsSuggestion *suggestion = item->suggestions->pdata[i];

      if (suggestion->receipt != NULL && g_strcmp0 (suggestion->picture, item->value) == 0)
        return suggestion;
    }

  return NULL;
}

/* Returns how many there were, or -1 */
static int
export_receipts (CsCli   *cli,
                 gint64   product,
                 GError **error)
{
  g_autoptr (GPtrArray) items = dex_await_boxed (cs_desk_get_items (cli->desk, product), error);
  g_autoptr (GFile) output = g_file_new_for_path (cli->output);
  g_autoptr (GFile) folder = g_file_get_child (output, "receipts");
  int n = 0;

  if (items == NULL)
    return -1;

  for (guint i = 0; i < items->len; i++)
    {
      CsSuggestion *suggestion = find_accepted (items->pdata[i]);

      if (suggestion == NULL)
        continue;
      if (!dex_await (cs_desk_export_receipt (cli->desk, suggestion, folder), error))
        return -1;
      n++;
    }

  return n;
}

static CsCliExit
export_all_receipts (CsCli  *cli,
                     GArray *ids)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      int written = export_receipts (cli, g_array_index (ids, gint64, i), &error);

      if (written < 0)
        return cs_cli_fail (error);
      n += written;
    }

  cs_terminal_print (ngettext ("%u picture written with its receipt\n", "%u pictures written with their receipts\n", n), n);

  return CS_CLI_DONE;
}

CsCliExit
cs_cli_export (CsCli *cli)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;
  guint     n;

  if (cli->output == NULL)
    {
      g_set_error_literal (&error, CS_ERROR, CS_ERROR_REFUSED, _("Say where to with “-o DIR”."));
      cs_cli_fail (error);
      return CS_CLI_USAGE;
    }

  if (!(ids = cs_cli_find_products (cli, &code)))
    return code;

  n = dex_await_uint (cs_desk_export (cli->desk, (gint64 *) (gpointer) ids->data, ids->len, cli->output), &error);
  if (error != NULL)
    return cs_cli_fail (error);

  cs_terminal_print (ngettext ("%u product written\n", "%u products written\n", n), n);

  if (cli->receipts && (code = export_all_receipts (cli, ids)) != CS_CLI_DONE)
    return code;

  return n == ids->len ? CS_CLI_DONE : CS_CLI_FAILED;
}
