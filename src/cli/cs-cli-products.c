/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

#define PAGE 200

static void
print_row (CsCli        *cli,
           CsProductRow *row)
{
  JsonObject *object;

  if (!cli->json)
    {
      cs_terminal_print ("%" G_GINT64_FORMAT "  ", row->id);
      cs_terminal_print_styled (CS_STYLE_BOLD, row->title != NULL ? row->title : "");
      cs_terminal_print ("  %s%s%s  %s\n",
                         row->sku != NULL ? row->sku : "",
                         row->price != NULL ? "  " : "", row->price != NULL ? row->price : "",
                         cs_stage_get_label (row->stage));
      if (row->message != NULL)
        cs_terminal_print_text ("    ", CS_STYLE_WARNING, row->message);
      return;
    }

  object = json_object_new ();
  json_object_set_int_member (object, "id", row->id);
  json_object_set_string_member (object, "title", row->title);
  json_object_set_string_member (object, "sku", row->sku);
  json_object_set_string_member (object, "price", row->price);
  json_object_set_string_member (object, "stage", cs_stage_get_name (row->stage));
  json_object_set_int_member (object, "photos", row->n_photos);
  json_object_set_int_member (object, "pending", row->n_pending);
  json_object_set_string_member (object, "message", row->message);
  cs_terminal_print_json (object);
}

/* A page at a time, so that a library of 100,000 is never all in memory */
CsCliExit
cs_cli_print_products (CsCli *cli,
                       guint  stages)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  if (!(ids = dex_await_boxed (cs_desk_list_products (cli->desk, cli->search, stages), &error)))
    return cs_cli_fail (error);

  for (guint i = 0; i < ids->len && !g_cancellable_is_cancelled (cli->stopped); i += PAGE)
    {
      g_autoptr (GPtrArray) rows = NULL;

      if (!(rows = dex_await_boxed (cs_desk_get_rows (cli->desk, &g_array_index (ids, gint64, i),
                                                      MIN (PAGE, ids->len - i)),
                                    &error)))
        return cs_cli_fail (error);

      for (guint j = 0; j < rows->len; j++)
        print_row (cli, rows->pdata[j]);
    }

  return g_cancellable_is_cancelled (cli->stopped) ? CS_CLI_STOPPED : CS_CLI_DONE;
}

CsCliExit
cs_cli_products (CsCli *cli)
{
  g_autoptr (GError) error = NULL;
  CsStage stage;

  if (cli->stage == NULL)
    return cs_cli_print_products (cli, 0);

  if (!cs_stage_from_name (cli->stage, &stage))
    {
      g_set_error (&error, CS_ERROR, CS_ERROR_REFUSED, _("There is no stage “%s”."), cli->stage);
      cs_cli_fail (error);
      return CS_CLI_USAGE;
    }

  return cs_cli_print_products (cli, 1u << stage);
}
