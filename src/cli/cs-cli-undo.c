/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

CsCliExit
cs_cli_undo (CsCli *cli)
{
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GError) error = NULL;

  if (!(undone = dex_await_boxed (cs_desk_undo (cli->desk, "terminal"), &error)))
    return cs_cli_fail (error);

  if (undone->len == 0)
    {
      if (!cli->json)
        cs_terminal_print ("%s\n", _("There is nothing to take back."));
      return CS_CLI_DONE;
    }

  for (guint i = 0; i < undone->len; i++)
    {
      CsDecision *decision = undone->pdata[i];
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, decision->product);
      JsonObject *object;

      if (!cli->json)
        {
          cs_terminal_print (_("Taken back: %s of product %s\n"),
                             cs_field_get_label (decision->field), number);
          continue;
        }

      object = json_object_new ();
      json_object_set_int_member (object, "product", decision->product);
      json_object_set_int_member (object, "photo", decision->photo);
      json_object_set_string_member (object, "field", cs_field_get_name (decision->field));
      json_object_set_string_member (object, "verdict", cs_verdict_get_name (decision->verdict));
      cs_terminal_print_json (object);
    }

  return CS_CLI_DONE;
}
