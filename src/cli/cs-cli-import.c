/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

static GPtrArray *
make_files (char **paths)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (paths[i]));

  return files;
}

static void
print_summary (CsCli           *cli,
               CsImportSummary *summary)
{
  g_autofree char *text = cs_import_summary_to_text (summary);
  JsonObject *object;
  JsonArray  *failures;
  JsonArray  *products;

  if (!cli->json)
    {
      cs_terminal_print ("%s\n", text);
      return;
    }

  object = json_object_new ();
  failures = json_array_new ();
  products = json_array_new ();
  for (guint i = 0; i < summary->failures->len; i++)
    json_array_add_string_element (failures, summary->failures->pdata[i]);
  for (guint i = 0; i < summary->products->len; i++)
    json_array_add_int_element (products, g_array_index (summary->products, gint64, i));

  json_object_set_int_member (object, "photos", summary->n_photos);
  json_object_set_int_member (object, "twins", summary->n_twins);
  json_object_set_int_member (object, "back", summary->n_back);
  json_object_set_int_member (object, "failed", summary->n_failed);
  json_object_set_boolean_member (object, "stopped", summary->stopped);
  json_object_set_array_member (object, "failures", failures);
  json_object_set_array_member (object, "products", products);
  cs_terminal_print_json (object);
}

/* Without a path: what a stop or a kill left, with its suggestions */
static CsCliExit
go_on (CsCli *cli)
{
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_desk_resume (cli->desk, FALSE), &error))
    return cs_cli_fail (error);

  return g_cancellable_is_cancelled (cli->stopped) ? CS_CLI_STOPPED : CS_CLI_DONE;
}

CsCliExit
cs_cli_import (CsCli *cli)
{
  g_autoptr (CsImportSummary) summary = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;

  if (!cli->samples && cli->arguments[0] == NULL)
    return go_on (cli);

  if (cli->samples)
    {
      summary = dex_await_boxed (cs_desk_import_samples (cli->desk), &error);
    }
  else
    {
      files = make_files (cli->arguments);
      summary = dex_await_boxed (cs_desk_import (cli->desk, files), &error);
    }

  if (summary == NULL)
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  print_summary (cli, summary);

  if (summary->stopped)
    return CS_CLI_STOPPED;

  if (summary->n_failed > 0)
    return summary->n_photos + summary->n_twins > 0 ? CS_CLI_FAILED : CS_CLI_NO_INPUT;

  return CS_CLI_DONE;
}
