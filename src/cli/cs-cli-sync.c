/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

/* Entries that wait for a person now, with their reasons */
static guint
print_trouble (GPtrArray *entries)
{
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = entries->pdata[i];

      if (entry->state == CS_OUTBOX_DONE || entry->state == CS_OUTBOX_VOIDED)
        continue;

      n++;
      cs_terminal_print ("%s · %s\n", entry->title != NULL ? entry->title : "",
                         cs_outbox_state_get_label (entry->state));
      if (entry->message != NULL)
        cs_terminal_print_text ("    ", CS_STYLE_WARNING, entry->message);
    }

  return n;
}

/* Of the entries of now those that were still to be sent before */
static GPtrArray *
keep_sent (GPtrArray *before,
           GPtrArray *now)
{
  GPtrArray *sent = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_outbox_entry_unref);

  for (guint i = 0; i < now->len; i++)
    {
      CsOutboxEntry *entry = now->pdata[i];

      for (guint j = 0; j < before->len; j++)
        {
          CsOutboxEntry *old = before->pdata[j];

          if (old->id == entry->id && old->state != CS_OUTBOX_DONE && old->state != CS_OUTBOX_DIFFERS &&
              old->state != CS_OUTBOX_VOIDED)
            g_ptr_array_add (sent, cs_outbox_entry_ref (entry));
        }
    }

  return sent;
}

/* What has arrived there, as it was approved or otherwise */
static guint
count_arrived (GPtrArray *entries)
{
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxState state = ((CsOutboxEntry *) entries->pdata[i])->state;

      n += state == CS_OUTBOX_DONE || state == CS_OUTBOX_DIFFERS;
    }

  return n;
}

/* Why a shop is left alone, and until when */
static void
print_pauses (CsCli *cli)
{
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_desk_list_accounts (cli->desk), NULL);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      CsAccount *account = accounts->pdata[i];

      if (account->paused_until > g_get_real_time () / G_USEC_PER_SEC && account->message != NULL &&
          (cli->channel == 0 || cli->channel == account->id))
        cs_terminal_print ("%s %s\n", account->message, _("To try at once: “countersign-cli retry” with the entry's number, then “sync”."));
    }
}

static void
print_difference (CsDifference *difference)
{
  cs_terminal_print ("    ");
  cs_terminal_print_styled (CS_STYLE_DIM, difference->label);
  cs_terminal_print ("\n");
  if (difference->theirs != NULL && difference->ours != NULL)
    cs_terminal_print_diff ("        ", difference->theirs, difference->ours);
  else if (difference->ours != NULL)
    cs_terminal_print_text ("        ", CS_STYLE_ADDED, difference->ours);
  else if (difference->theirs != NULL)
    cs_terminal_print_text ("        ", CS_STYLE_REMOVED, difference->theirs);
}

static JsonArray *
write_sentences (GPtrArray *sentences)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < sentences->len; i++)
    json_array_add_string_element (array, sentences->pdata[i]);

  return array;
}

static void
print_trial_json (CsTrial *trial)
{
  JsonObject *object = json_object_new ();
  JsonArray  *differences = json_array_new ();

  for (guint i = 0; i < trial->differences->len; i++)
    {
      CsDifference *difference = trial->differences->pdata[i];
      JsonObject   *member = json_object_new ();

      json_object_set_string_member (member, "name", difference->name);
      json_object_set_string_member (member, "before", difference->before);
      json_object_set_string_member (member, "theirs", difference->theirs);
      json_object_set_string_member (member, "ours", difference->ours);
      json_array_add_object_element (differences, member);
    }

  json_object_set_int_member (object, "entry", trial->entry);
  json_object_set_int_member (object, "product", trial->product);
  json_object_set_int_member (object, "account", trial->account);
  json_object_set_string_member (object, "title", trial->title);
  json_object_set_string_member (object, "operation", cs_operation_get_name (trial->operation));
  json_object_set_array_member (object, "differences", differences);
  json_object_set_array_member (object, "findings", write_sentences (trial->findings));
  json_object_set_string_member (object, "obstacle", trial->obstacle);
  cs_terminal_print_json (object);
}

static const char *
describe_trial (CsTrial *trial)
{
  switch (trial->operation)
    {
    case CS_OPERATION_CREATE:
      return _("would be added");

    case CS_OPERATION_UPDATE:
      return trial->differences->len > 0 ? _("would be changed") : _("is there as approved already");

    case CS_OPERATION_WITHDRAW:
      return _("would be taken off the shop");

    case CS_OPERATION_OFFER:
      return _("would have another price or stock");

    default:
      return "";
    }
}

static void
print_trial (CsTrial *trial)
{
  cs_terminal_print ("%" G_GINT64_FORMAT "  ", trial->entry);
  cs_terminal_print_styled (CS_STYLE_BOLD, trial->title != NULL ? trial->title : "");
  cs_terminal_print (" · %s\n", describe_trial (trial));
  if (trial->obstacle != NULL)
    cs_terminal_print_text ("    ", CS_STYLE_WARNING, trial->obstacle);
  for (guint i = 0; i < trial->findings->len; i++)
    cs_terminal_print_text ("    ", CS_STYLE_WARNING, trial->findings->pdata[i]);
  for (guint i = 0; i < trial->differences->len; i++)
    print_difference (trial->differences->pdata[i]);
}

static CsCliExit
dry_run (CsCli *cli)
{
  g_autoptr (GPtrArray) trials = NULL;
  g_autoptr (GError) error = NULL;
  guint n_trouble = 0;

  if (!(trials = dex_await_boxed (cs_shops_try_outbox (cs_desk_get_shops (cli->desk), cli->channel), &error)))
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  for (guint i = 0; i < trials->len; i++)
    {
      CsTrial *trial = trials->pdata[i];

      n_trouble += trial->obstacle != NULL || trial->findings->len > 0;
      if (cli->json)
        print_trial_json (trial);
      else
        print_trial (trial);
    }

  if (!cli->json)
    cs_terminal_print ("%s\n", trials->len > 0 ? _("Nothing was changed.") : _("Nothing waits to be sent."));

  return n_trouble == 0 ? CS_CLI_DONE : CS_CLI_FAILED;
}

CsCliExit
cs_cli_sync (CsCli *cli)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GError) error = NULL;
  guint n_arrived;
  guint n_trouble;

  if (cli->secret_fd >= 0 && cli->channel == 0)
    return cs_cli_complain (_("Say with --channel which shop these keys are of."));

  if (!cs_cli_lend_secrets (cli, cli->channel, &error))
    return cs_cli_fail (error);

  if (cli->dry_run)
    return dry_run (cli);

  if (!(before = dex_await_boxed (cs_desk_list_outbox (cli->desk, cli->channel), &error)))
    return cs_cli_fail (error);

  if (dex_await_uint (cs_desk_sync (cli->desk, cli->channel), &error) == 0 && error != NULL)
    return cs_cli_fail (error);

  if (!(now = dex_await_boxed (cs_desk_list_outbox (cli->desk, cli->channel), &error)))
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  sent = keep_sent (before, now);
  n_arrived = count_arrived (sent);
  cs_terminal_print (ngettext ("%u sent\n", "%u sent\n", n_arrived), n_arrived);
  n_trouble = print_trouble (sent);
  if (n_trouble > 0)
    print_pauses (cli);

  if (g_cancellable_is_cancelled (cli->stopped))
    return CS_CLI_STOPPED;

  return n_trouble == 0 ? CS_CLI_DONE : CS_CLI_FAILED;
}
