/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

const char *
cs_cli_describe_next (CsOutboxEntry *entry,
                      const char   **who)
{
  *who = "you";
  switch (entry->state)
    {
    case CS_OUTBOX_READY:
      return "sync";

    case CS_OUTBOX_SENDING:
    case CS_OUTBOX_UNKNOWN:
    case CS_OUTBOX_WAITING:
      *who = "nobody";
      return "wait";

    case CS_OUTBOX_SIGN_IN:
      return "sign-in";

    case CS_OUTBOX_CONFLICT:
      return "conflict";

    case CS_OUTBOX_FAILED:
      return "retry";

    case CS_OUTBOX_DIFFERS:
      return "look";

    case CS_OUTBOX_VOIDED:
      return "approve";

    case CS_OUTBOX_DONE:
    default:
      *who = "nobody";
      return "nothing";
    }
}

/* The command that mends it, to be copied */
static void
print_remedy (CsOutboxEntry *entry)
{
  if (entry->state == CS_OUTBOX_SIGN_IN)
    cs_terminal_print ("    countersign-cli channel sign-in %" G_GINT64_FORMAT "\n", entry->account);
  else if (entry->state == CS_OUTBOX_CONFLICT)
    cs_terminal_print ("    countersign-cli conflict %" G_GINT64_FORMAT "\n", entry->id);
  else if (entry->state == CS_OUTBOX_FAILED)
    cs_terminal_print ("    countersign-cli retry %" G_GINT64_FORMAT "\n", entry->id);
}

static void
print_entry (CsCli         *cli,
             CsOutboxEntry *entry)
{
  JsonObject *object;
  const char *who;
  const char *next;

  if (!cli->json)
    {
      cs_terminal_print ("%" G_GINT64_FORMAT "  ", entry->id);
      cs_terminal_print_styled (CS_STYLE_BOLD, entry->title != NULL ? entry->title : "");
      cs_terminal_print ("  %s · %s%s%s\n", entry->account_name != NULL ? entry->account_name : "",
                         cs_outbox_entry_get_label (entry),
                         entry->url != NULL ? " · " : "", entry->url != NULL ? entry->url : "");
      if (entry->message != NULL)
        cs_terminal_print_text ("    ", CS_STYLE_WARNING, entry->message);
      print_remedy (entry);
      return;
    }

  object = json_object_new ();
  json_object_set_int_member (object, "id", entry->id);
  json_object_set_int_member (object, "product", entry->product);
  json_object_set_int_member (object, "account", entry->account);
  json_object_set_string_member (object, "account_name", entry->account_name);
  json_object_set_string_member (object, "operation", cs_operation_get_name (entry->operation));
  json_object_set_string_member (object, "state", cs_outbox_state_get_name (entry->state));
  json_object_set_string_member (object, "payload", entry->payload);
  json_object_set_int_member (object, "attempts", entry->attempts);
  json_object_set_string_member (object, "remote_id", entry->remote_id);
  json_object_set_string_member (object, "url", entry->url);
  json_object_set_string_member (object, "message", entry->message);
  json_object_set_string_member (object, "title", entry->title);
  json_object_set_int_member (object, "next_at", entry->next_at);
  next = cs_cli_describe_next (entry, &who);
  json_object_set_string_member (object, "next", next);
  json_object_set_string_member (object, "who", who);
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
