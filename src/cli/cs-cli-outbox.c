/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

static void
print_entry (CsCli         *cli,
             CsOutboxEntry *entry)
{
  JsonObject *object;

  if (!cli->json)
    {
      cs_terminal_print ("%" G_GINT64_FORMAT "  ", entry->id);
      cs_terminal_print_styled (CS_STYLE_BOLD, entry->title != NULL ? entry->title : "");
      cs_terminal_print ("  %s · %s%s%s\n", entry->account_name != NULL ? entry->account_name : "",
                         cs_outbox_entry_get_label (entry),
                         entry->url != NULL ? " · " : "", entry->url != NULL ? entry->url : "");
      if (entry->message != NULL)
        cs_terminal_print_text ("    ", CS_STYLE_WARNING, entry->message);
      return;
    }

  object = json_object_new ();
  json_object_set_int_member (object, "id", entry->id);
  json_object_set_int_member (object, "product", entry->product);
  json_object_set_int_member (object, "account", entry->account);
  json_object_set_string_member (object, "operation", cs_operation_get_name (entry->operation));
  json_object_set_string_member (object, "state", cs_outbox_state_get_name (entry->state));
  json_object_set_string_member (object, "payload", entry->payload);
  json_object_set_int_member (object, "attempts", entry->attempts);
  json_object_set_string_member (object, "remote_id", entry->remote_id);
  json_object_set_string_member (object, "url", entry->url);
  json_object_set_string_member (object, "message", entry->message);
  json_object_set_string_member (object, "title", entry->title);
  cs_terminal_print_json (object);
}

CsCliExit
cs_cli_outbox (CsCli *cli)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  if (!(entries = dex_await_boxed (cs_desk_list_outbox (cli->desk, cli->channel), &error)))
    return cs_cli_fail (error);

  for (guint i = 0; i < entries->len; i++)
    print_entry (cli, entries->pdata[i]);

  return CS_CLI_DONE;
}
