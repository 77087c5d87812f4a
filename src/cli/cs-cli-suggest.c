/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"
#include "cs-json.h"

static CsCliExit
suggest_here (CsCli  *cli,
              GArray *ids)
{
  g_autoptr (GError) error = NULL;
  gboolean all = cli->arguments[0] == NULL;
  guint    n_done;

  n_done = dex_await_uint (cs_desk_suggest (cli->desk, all ? NULL : (gint64 *) (gpointer) ids->data, ids->len), &error);
  if (error != NULL)
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  cs_terminal_print (ngettext ("Suggestions for %u product\n", "Suggestions for %u products\n", n_done), n_done);

  if (g_cancellable_is_cancelled (cli->stopped))
    return CS_CLI_STOPPED;

  return all || n_done == ids->len ? CS_CLI_DONE : CS_CLI_FAILED;
}

static void
print_cost (CsSendPlan *plan)
{
  const char      *currency = plan->setup->price.currency;
  g_autofree char *cost = cs_price_to_display (plan->estimate, currency);
  g_autofree char *spent = cs_price_to_display (plan->spent, currency);
  g_autofree char *budget = cs_price_to_display (plan->setup->budget, currency);

  cs_terminal_print (ngettext ("%u product", "%u products", plan->n_products), plan->n_products);
  if (plan->n_kept > 0)
    cs_terminal_print (_(", %u of them unchanged since they were asked about"), plan->n_kept);
  cs_terminal_print (" · %s · ", plan->setup->title);
  cs_terminal_print (_("at most about %s"), cost);
  cs_terminal_print (" · ");
  if (plan->setup->budget >= 0)
    cs_terminal_print (_("this month %s of %s"), spent, budget);
  else
    cs_terminal_print (_("this month %s, without a budget"), spent);
  cs_terminal_print ("\n");
  if (plan->finding != NULL)
    cs_terminal_print_text ("", CS_STYLE_WARNING, plan->finding);
}

/* The photos as they go, where the person can open them */
static char *
write_pictures (GPtrArray *pictures)
{
  g_autofree char *folder = g_dir_make_tmp ("countersign-XXXXXX", NULL);

  for (guint i = 0; folder != NULL && i < pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", i + 1);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gsize       length;
      const char *data = g_bytes_get_data (pictures->pdata[i], &length);

      g_file_set_contents_full (path, data, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    }

  return g_steal_pointer (&folder);
}

static void
remove_pictures (const char *folder,
                 guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", i + 1);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }

  g_rmdir (folder);
}

static void
show_plan (CsSendPlan *plan,
           const char *folder)
{
  cs_terminal_print ("\n%s\n", _("This is exactly what goes there for the first product; for the others it is the same kind of thing:"));
  cs_terminal_print_text ("    ", CS_STYLE_PLAIN, plan->text);
  for (guint i = 0; i < plan->pictures->len; i++)
    {
      g_autofree char *size = g_format_size (g_bytes_get_size (plan->pictures->pdata[i]));

      cs_terminal_print ("    %s/%u.jpg  %s\n", folder != NULL ? folder : "", i + 1, size);
    }

  cs_terminal_print ("\n");
  cs_terminal_print (_("It goes to %s\n"), plan->address);
  if (plan->is_here)
    cs_terminal_print ("%s\n", _("This server is on this computer. It may pass on what it is sent."));
}

/* The person reads it and agrees, or not */
static CsCliExit
ask_for_consent (CsCli      *cli,
                 CsSendPlan *plan)
{
  const char      *word = C_("typed to agree", "send");
  gboolean         photos = plan->pictures->len > 0;
  g_autofree char *folder = photos ? write_pictures (plan->pictures) : NULL;
  g_autofree char *prompt = NULL;
  g_autofree char *typed = NULL;
  g_autoptr (GError) error = NULL;

  show_plan (plan, folder);
  prompt = g_strdup_printf (photos ? _("May texts and photos like these go to this address, now and later? Type “%s”: ")
                                   : _("May texts like these go to this address, now and later? Type “%s”: "),
                            word);
  typed = dex_await_string (cs_terminal_read_line (prompt, cli->stopped), &error);
  if (folder != NULL)
    remove_pictures (folder, plan->pictures->len);
  if (error != NULL)
    return cs_cli_fail (error);

  if (typed == NULL || g_strcmp0 (g_strstrip (typed), word) != 0)
    {
      cs_terminal_print ("%s\n", _("Nothing was sent."));
      return CS_CLI_FAILED;
    }

  if (!dex_await (cs_engines_allow (cs_desk_get_engines (cli->desk), plan->setup->id, plan->address, TRUE, photos), &error))
    return cs_cli_fail (error);

  return CS_CLI_DONE;
}

static CsCliExit
refuse_unagreed (CsSendPlan *plan)
{
  g_autofree char *id = cs_terminal_clean (plan->setup->id);
  g_autofree char *address = cs_terminal_clean (plan->address);

  cs_terminal_end_watch ();
  g_printerr ("countersign-cli: ");
  g_printerr (_("You have not agreed yet that anything is sent to %s."), address);
  g_printerr ("\n");
  g_printerr (_("Run this at a terminal to see what would go there, or agree with “countersign-cli engine allow %s text” or “… photos”."), id);
  g_printerr ("\n");

  return CS_CLI_NO_PERSON;
}

static char *
make_settings (const char *scene)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (scene == NULL)
    return NULL;

  object = json_object_new ();
  json_object_set_string_member (object, "scene", scene);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return cs_json_canonical (node);
}

static CsCliExit
report (CsCli        *cli,
        CsAskSummary *summary)
{
  g_autofree char *text = cs_ask_summary_to_text (summary);

  cs_terminal_end_watch ();
  cs_terminal_print ("%s\n", text);
  if (summary->finding != NULL)
    {
      g_autofree char *finding = cs_terminal_clean (summary->finding);

      g_printerr ("countersign-cli: %s\n", finding);
    }

  if (summary->stopped || g_cancellable_is_cancelled (cli->stopped))
    return CS_CLI_STOPPED;

  return summary->n_failed + summary->n_left > 0 ? CS_CLI_FAILED : CS_CLI_DONE;
}

static CsCliExit
ask (CsCli  *cli,
     GArray *ids,
     gint64  budget)
{
  g_autofree char *settings = make_settings (cli->scene);
  g_autoptr (CsAskSummary) summary = NULL;
  g_autoptr (GError) error = NULL;

  summary = dex_await_boxed (cs_engines_ask (cs_desk_get_engines (cli->desk), cli->engine,
                                             (gint64 *) (gpointer) ids->data, ids->len, budget, settings),
                             &error);
  if (summary != NULL)
    return report (cli, summary);

  if (g_error_matches (error, CS_ERROR, CS_ERROR_NOT_ALLOWED))
    {
      cs_cli_fail (error);
      return CS_CLI_NO_PERSON;
    }

  return cs_cli_fail (error);
}

/* Whether it was asked for another scene before does not count: what was painted is kept */
static GArray *
list_to_ask (CsCli         *cli,
             CsEngineSetup *setup,
             GError       **error)
{
  if (setup->kind == CS_ENGINE_PICTURES && cli->scene != NULL)
    return dex_await_boxed (cs_desk_list_queue (cli->desk), error);

  return dex_await_boxed (cs_engines_list_unseen (cs_desk_get_engines (cli->desk), setup->id), error);
}

/* A model that the seller added. What it will cost comes first, and what it has
 * not been agreed to does not go.
 */
static CsCliExit
suggest_there (CsCli  *cli,
               GArray *named)
{
  CsEngines *engines = cs_desk_get_engines (cli->desk);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsSendPlan) plan = NULL;
  g_autofree char *settings = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;
  gint64    budget = -1;

  cs_engines_set_face (engines, "terminal");
  if (!(setup = cs_cli_find_engine (cli, cli->engine, &code)))
    return code;

  if (cli->budget != NULL && !cs_price_parse (cli->budget, setup->price.currency, &budget, &error))
    return cs_cli_complain (error->message);

  if (!cs_cli_lend_key (cli, setup, &error))
    return cs_cli_fail (error);

  ids = named->len > 0 ? g_array_ref (named) : list_to_ask (cli, setup, &error);
  if (ids == NULL)
    return cs_cli_fail (error);

  if (ids->len == 0)
    {
      cs_terminal_print ("%s\n", _("It was asked about every product as it is now."));
      return CS_CLI_DONE;
    }

  settings = make_settings (cli->scene);
  if (!(plan = dex_await_boxed (cs_engines_plan (engines, setup->id, (gint64 *) (gpointer) ids->data, ids->len, settings), &error)))
    return cs_cli_fail (error);

  cs_terminal_pause_watch ();
  print_cost (plan);
  if ((plan->wants_text || plan->wants_photos) && plan->n_kept < plan->n_products)
    {
      if (!cs_terminal_has_person ())
        return refuse_unagreed (plan);
      if ((code = ask_for_consent (cli, plan)) != CS_CLI_DONE)
        return code;
    }

  return ask (cli, ids, budget);
}

CsCliExit
cs_cli_suggest (CsCli *cli)
{
  g_autoptr (GArray) ids = NULL;
  CsCliExit code = CS_CLI_DONE;

  if (cli->engine == NULL && (cli->budget != NULL || cli->scene != NULL || cli->key_fd >= 0))
    return cs_cli_complain (_("--budget, --scene and --key-fd are for a model: say which one with --engine."));

  if (!(ids = cs_cli_find_products (cli, &code)))
    return code;

  return cli->engine == NULL ? suggest_here (cli, ids) : suggest_there (cli, ids);
}
