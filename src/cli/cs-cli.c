/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"
#include "cs-trace.h"

/* countersign-cli: the table of verbs, their options, and what they run in.
 * Each verb is a file of its own and a straight line in a fiber.
 */

static const CsCliVerb verbs[] = {
  { "import", N_("[PATH…]"),
    N_("Brings photos and folders in. Without a path it goes on with what was stopped."),
    ",samples,json,", 0, CS_CLI_WRITES, cs_cli_import },
  { "products", "",
    N_("Lists the products."),
    ",search,stage,json,", 0, CS_CLI_READS, cs_cli_products },
  { "note", N_("PRODUCT TEXT"),
    N_("Sets a product's note: what you would tell a customer about it."),
    ",", 2, CS_CLI_WRITES, cs_cli_note },
  { "set", N_("PRODUCT FIELD VALUE"),
    N_("Sets one of a product's facts: title, description, bullets, keywords, note, price, stock, sku, brand, material, size, category."),
    ",", 3, CS_CLI_WRITES, cs_cli_set },
  { "suggest", N_("[PRODUCT…]"),
    N_("Drafts suggestions for these products, or for all that have changed. With --engine, asks a model that you added."),
    ",engine,budget,scene,key-fd,", 0, CS_CLI_WRITES, cs_cli_suggest },
  { "suggestions", N_("[PRODUCT…]"),
    N_("Lists what is suggested and what was decided."),
    ",pending,json,", 0, CS_CLI_READS, cs_cli_suggestions },
  { "review", N_("[PRODUCT…]"),
    N_("Shows one suggestion at a time and asks for your decision. Needs a terminal."),
    ",", 0, CS_CLI_SIGNS, cs_cli_review },
  { "ready", "",
    N_("Lists the products that can be approved, and what others still need."),
    ",json,", 0, CS_CLI_READS, cs_cli_ready },
  { "approve", N_("PRODUCT…"),
    N_("Shows exactly what will be sent and asks for your signature. Needs a terminal."),
    ",channel,", 1, CS_CLI_SIGNS, cs_cli_approve },
  { "sync", "",
    N_("Sends what is approved. With --dry-run it only says what would change in the shops."),
    ",channel,dry-run,secret-fd,json,", 0, CS_CLI_WRITES, cs_cli_sync },
  { "outbox", "",
    N_("Lists what was approved, how far it is, and what is to be done."),
    ",channel,json,", 0, CS_CLI_READS, cs_cli_outbox },
  { "retry", N_("ENTRY…"),
    N_("Tries again what could not be sent. The entries’ numbers are those that “outbox” lists."),
    ",", 1, CS_CLI_WRITES, cs_cli_retry },
  { "conflict", N_("ENTRY"),
    N_("Shows what was, what is in the shop now and what you approved, and asks which is right. Needs a terminal."),
    ",secret-fd,", 1, CS_CLI_SIGNS, cs_cli_conflict },
  { "rollback", N_("ENTRY"),
    N_("Shows what was in the shop before this entry and asks for your signature to put it back. Needs a terminal."),
    ",", 1, CS_CLI_SIGNS, cs_cli_rollback },
  { "withdraw", N_("ENTRY"),
    N_("Takes a listing off the shop once you have signed that. Needs a terminal."),
    ",", 1, CS_CLI_SIGNS, cs_cli_withdraw },
  { "channel", N_("[list | kinds | add KIND | test ID | sign-in ID | pull ID | remove ID]"),
    N_("Shops: lists yours, says which kinds there are, adds one, tests one, signs in to it again, reads what is in it already, removes one."),
    ",json,address,name,currency,set,key,secret-fd,", 0, CS_CLI_WRITES, cs_cli_channel, cs_cli_describe_channel, "list" },
  { "undo", "",
    N_("Takes back the last decision."),
    ",json,", 0, CS_CLI_WRITES, cs_cli_undo },
  { "export", N_("PRODUCT… -o DIR"),
    N_("Writes approved listings and their pictures to files."),
    ",output,receipts,", 1, CS_CLI_READS, cs_cli_export },
  { "picture", N_("FILE… -o DIR"),
    N_("Makes the suggested picture of each photo, with a receipt of what was changed. Needs no library. Nothing is written over."),
    ",output,mask,set,backdrop,model,json,", 1, CS_CLI_NO_LIBRARY, cs_cli_picture, cs_cli_describe_picture },
  { "models", N_("[list | download ID | add FILE | use ID | remove ID]"),
    N_("Lists the models that cut products out, gets one, adds one from a file, chooses one (“use none” for none) or removes one."),
    ",json,", 0, CS_CLI_NO_LIBRARY, cs_cli_models },
  { "ground", N_("--facts FILE"),
    N_("Holds phrases from standard input against the facts in a file. Needs no library."),
    ",facts,", 0, CS_CLI_NO_LIBRARY, cs_cli_ground, cs_cli_describe_ground },
  { "engine", N_("[list | look | add PROVIDER | change ID | allow ID WHAT | test ID | remove ID]"),
    N_("Models that write texts or make pictures: lists those that you added, looks for servers on this computer, adds one, says what may be sent to it (text, photos, nothing)."),
    ",json,address,model,name,key,key-fd,price-in,price-out,price-picture,currency,month-budget,no-photos,allow,", 0,
    CS_CLI_WRITES, cs_cli_engine, NULL, "list" },
  { "sent", "",
    N_("Lists everything that was ever sent to a model: what went where, when, and at what cost."),
    ",json,", 0, CS_CLI_READS, cs_cli_sent },
  { "doctor", "",
    N_("Says which versions run, whether the library is in good health and what is installed."),
    ",json,", 0, CS_CLI_READS, cs_cli_doctor },
};

typedef struct
{
  CsCli            cli;
  const CsCliVerb *verb;
  CsCliExit        code;
  GMainLoop       *loop;
} Run;

CsCliExit
cs_cli_fail_about (const char   *what,
                   const GError *error)
{
  g_autofree char *message = cs_terminal_clean (error->message);
  g_autofree char *name = cs_terminal_clean (what);

  cs_terminal_end_watch ();
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      fprintf (stderr, "%s\n", _("Stopped. What was done is kept."));
      return CS_CLI_STOPPED;
    }

  fprintf (stderr, "countersign-cli: %s%s%s\n", name, what != NULL ? ": " : "", message);

  if (g_error_matches (error, CS_ERROR, CS_ERROR_IN_USE))
    return CS_CLI_IN_USE;

  if (g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    return CS_CLI_NO_INPUT;

  return CS_CLI_FAILED;
}

CsCliExit
cs_cli_fail (const GError *error)
{
  return cs_cli_fail_about (NULL, error);
}

GArray *
cs_cli_find_products (CsCli     *cli,
                      CsCliExit *code)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; cli->arguments[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 id = dex_await_int64 (cs_desk_find_product (cli->desk, cli->arguments[i]), &error);

      if (error != NULL)
        {
          *code = cs_cli_fail_about (cli->arguments[i], error);
          return NULL;
        }

      g_array_append_val (ids, id);
    }

  return g_steal_pointer (&ids);
}

gint64
cs_cli_find_account (CsCli     *cli,
                     CsCliExit *code)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  if (!(accounts = dex_await_boxed (cs_desk_list_accounts (cli->desk), &error)))
    {
      *code = cs_cli_fail (error);
      return 0;
    }

  for (guint i = 0; i < accounts->len; i++)
    {
      CsAccount *account = accounts->pdata[i];

      if (cli->channel == 0 || account->id == cli->channel)
        return account->id;
    }

  g_set_error_literal (&error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no such channel."));
  *code = cs_cli_fail (error);

  return 0;
}

static const CsCliVerb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_strcmp0 (verbs[i].name, name) == 0)
        return &verbs[i];
    }

  return NULL;
}

CsCliExit
cs_cli_complain (const char *sentence)
{
  g_autofree char *clean = cs_terminal_clean (sentence);

  fprintf (stderr, "countersign-cli: %s\n%s\n", clean, _("Try “countersign-cli --help”."));

  return CS_CLI_USAGE;
}

static char *
describe_verbs (void)
{
  GString *text = g_string_new (_("Verbs:"));

  g_string_append_c (text, '\n');
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text, "  %s %s\n      %s\n", verbs[i].name,
                            verbs[i].usage[0] != '\0' ? _(verbs[i].usage) : "", _(verbs[i].summary));

  g_string_append_printf (text, "\n%s\n%s\n", _("Exit codes:"),
                          _("  0    done\n"
                            "  1    failed, or some of it did\n"
                            "  2    the command was not understood\n"
                            "  66   there is no such file or product\n"
                            "  75   another window or command has the library open; try again later\n"
                            "  77   a person at a terminal is needed\n"
                            "  130  stopped with Ctrl+C; what was done is kept"));

  return g_string_free_and_steal (text);
}

/* The options that a verb takes; the context uses the entries while it parses */
static GOptionContext *
make_context (Run          *run,
              GOptionEntry *entries)
{
  CsCli *cli = &run->cli;
  const GOptionEntry all[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("One JSON object a line"), NULL },
    { "pending", 0, 0, G_OPTION_ARG_NONE, &cli->pending, N_("Only what waits for a decision"), NULL },
    { "samples", 0, 0, G_OPTION_ARG_NONE, &cli->samples, N_("The sample products that come with the program"), NULL },
    { "channel", 0, 0, G_OPTION_ARG_INT64, &cli->channel, N_("Which shop, by its number"), N_("ID") },
    { "search", 0, 0, G_OPTION_ARG_STRING, &cli->search, N_("Only those with these words"), N_("TEXT") },
    { "stage", 0, 0, G_OPTION_ARG_STRING, &cli->stage, N_("Only those at this stage: new, review, blocked, ready, approved, published, failed"), N_("STAGE") },
    { "receipts", 0, 0, G_OPTION_ARG_NONE, &cli->receipts, N_("With what was changed in each accepted picture, for a buyer who asks"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &cli->output, N_("Where to write"), N_("DIR") },
    { "mask", 0, 0, G_OPTION_ARG_NONE, &cli->mask, N_("Also write where the product is, as NAME.mask.png"), NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &cli->set, run->verb->run == cs_cli_channel ? N_("What the shop asks for and is no secret; may be given several times") : N_("Set one thing of the picture; may be given several times"), N_("NAME=VALUE") },
    { "backdrop", 0, 0, G_OPTION_ARG_FILENAME, &cli->backdrop, N_("A picture of yours as the background"), N_("FILE") },
    { "facts", 0, 0, G_OPTION_ARG_FILENAME, &cli->facts, N_("What is known of the product, as JSON"), N_("FILE") },
    { "model", 0, 0, G_OPTION_ARG_FILENAME, &cli->model, run->verb->run == cs_cli_engine ? N_("Which of the provider's models") : N_("A model's file to cut out with, this time"), run->verb->run == cs_cli_engine ? N_("NAME") : N_("FILE") },
    { "engine", 0, 0, G_OPTION_ARG_STRING, &cli->engine, N_("Ask this model"), N_("ID") },
    { "budget", 0, 0, G_OPTION_ARG_STRING, &cli->budget, N_("What all of it may cost at most"), N_("AMOUNT") },
    { "scene", 0, 0, G_OPTION_ARG_STRING, &cli->scene, N_("What is to be around the product, in your words"), N_("WORDS") },
    { "address", 0, 0, G_OPTION_ARG_STRING, &cli->address, run->verb->run == cs_cli_channel ? N_("The shop's address, as in the browser") : N_("Where it is: https://…/v1"), N_("URL") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &cli->name, N_("What you call it"), N_("TEXT") },
    { "key", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &cli->key, NULL, NULL },
    { "key-fd", 0, 0, G_OPTION_ARG_INT, &cli->key_fd, N_("Read its key from this file descriptor; 0 is the standard input"), N_("N") },
    { "secret-fd", 0, 0, G_OPTION_ARG_INT, &cli->secret_fd, N_("Read the shop's keys from this file descriptor, a line each: NAME=VALUE"), N_("N") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &cli->dry_run, N_("Change nothing; say what would be changed"), NULL },
    { "price-in", 0, 0, G_OPTION_ARG_STRING, &cli->price_in, N_("Price of a million tokens that go there"), N_("AMOUNT") },
    { "price-out", 0, 0, G_OPTION_ARG_STRING, &cli->price_out, N_("Price of a million tokens that come back"), N_("AMOUNT") },
    { "price-picture", 0, 0, G_OPTION_ARG_STRING, &cli->price_picture, N_("Price of a picture that is made"), N_("AMOUNT") },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &cli->currency, run->verb->run == cs_cli_channel ? N_("The shop's money, where it does not say: CNY, USD, …") : N_("Of prices and budgets: CNY, USD, …"), N_("CUR") },
    { "month-budget", 0, 0, G_OPTION_ARG_STRING, &cli->month_budget, N_("What it may cost in a month at most; “none” for no limit"), N_("AMOUNT") },
    { "no-photos", 0, 0, G_OPTION_ARG_NONE, &cli->no_photos, N_("Never send it photos"), NULL },
    { "allow", 0, 0, G_OPTION_ARG_STRING, &cli->allow, N_("What you agree is sent to its address: text, photos or nothing"), N_("WHAT") },
  };
  g_autofree char *usage = g_strdup_printf ("%s %s", run->verb->name,
                                            run->verb->usage[0] != '\0' ? _(run->verb->usage) : "");
  GOptionContext *context = g_option_context_new (usage);
  guint           n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *name = g_strdup_printf (",%s,", all[i].long_name);

      if (strstr (run->verb->options, name) != NULL)
        entries[n++] = all[i];
    }

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(run->verb->summary));
  if (run->verb->describe != NULL)
    {
      g_autofree char *description = run->verb->describe ();

      g_option_context_set_description (context, description);
    }

  return context;
}

static gboolean
parse_verb (Run    *run,
            char ***arguments)
{
  GOptionEntry entries[20] = { 0 };
  g_autoptr (GOptionContext) context = make_context (run, entries);
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse_strv (context, arguments, &error))
    {
      run->code = cs_cli_complain (error->message);
      return FALSE;
    }

  run->cli.arguments = g_strdupv (*arguments + 1);
  if (g_strv_length (run->cli.arguments) < run->verb->least)
    {
      g_autofree char *sentence = g_strdup_printf (_("“%s” wants more arguments."), run->verb->name);

      run->code = cs_cli_complain (sentence);
      return FALSE;
    }

  return TRUE;
}

/* Reading goes on beside the window, and makes no library where there is none
 * unless it has to be brought up to date or made first.
 */
static CsDesk *
open_desk (const Run  *run,
           const char *folder,
           GError    **error)
{
  const char *first = run->cli.arguments[0];
  gboolean    reads = run->verb->reads != NULL && (first == NULL || g_str_equal (first, run->verb->reads));
  CsDesk     *desk;

  if (run->verb->needs != CS_CLI_READS && !reads)
    return cs_desk_open (folder, CS_DESK_OPEN_FOR_ALL, error);

  if ((desk = cs_desk_open (folder, CS_DESK_OPEN_FOR_READING, NULL)))
    return desk;

  return cs_desk_open (folder, CS_DESK_OPEN_FOR_ALL, error);
}

static GListModel *
get_jobs (CsCli *cli)
{
  return cli->desk != NULL ? cs_desk_get_jobs (cli->desk) : G_LIST_MODEL (cli->jobs);
}

CsJob *
cs_cli_begin_job (CsCli      *cli,
                  const char *title)
{
  CsJob *job = cs_job_new (title);

  g_list_store_append (cli->jobs, job);

  return job;
}

void
cs_cli_end_job (CsCli *cli,
                CsJob *job)
{
  cs_job_finish (job);
  g_list_store_remove_all (cli->jobs);
}

static gboolean
interrupted_cb (gpointer data)
{
  Run        *run = data;
  GListModel *jobs = get_jobs (&run->cli);

  /* The second time somebody means it */
  if (g_cancellable_is_cancelled (run->cli.stopped))
    _exit (CS_CLI_STOPPED);

  g_cancellable_cancel (run->cli.stopped);
  for (guint i = g_list_model_get_n_items (jobs); i > 0; i--)
    {
      g_autoptr (CsJob) job = g_list_model_get_item (jobs, i - 1);

      cs_job_stop (job);
    }

  return G_SOURCE_CONTINUE;
}

static DexFuture *
run_fiber (gpointer data)
{
  Run *run = data;

  run->code = run->verb->run (&run->cli);
  g_main_loop_quit (run->loop);

  return dex_future_new_true ();
}

static void
run_verb (Run        *run,
          const char *folder)
{
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;
  guint sources[2];

  if (run->verb->needs == CS_CLI_SIGNS && !cs_terminal_has_person ())
    {
      fprintf (stderr, "countersign-cli: %s\n",
               _("This asks for your own decision, so it needs a terminal that you type in. No option changes that."));
      run->code = CS_CLI_NO_PERSON;
      return;
    }

  if (run->verb->needs == CS_CLI_NO_LIBRARY)
    {
      run->cli.workshop = cs_workshop_new ();
      run->cli.jobs = g_list_store_new (CS_TYPE_JOB);
    }
  else if ((run->cli.desk = open_desk (run, folder, &error)))
    {
      run->cli.workshop = g_object_ref (cs_desk_get_workshop (run->cli.desk));
    }
  else
    {
      run->code = cs_cli_fail (error);
      return;
    }

  run->loop = g_main_loop_new (NULL, FALSE);
  run->cli.stopped = g_cancellable_new ();
  sources[0] = g_unix_signal_add (SIGINT, interrupted_cb, run);
  sources[1] = g_unix_signal_add (SIGTERM, interrupted_cb, run);
  cs_terminal_watch (get_jobs (&run->cli));

  future = dex_scheduler_spawn (NULL, 1024 * 1024, run_fiber, run, NULL);
  g_main_loop_run (run->loop);

  cs_terminal_end_watch ();
  g_source_remove (sources[0]);
  g_source_remove (sources[1]);
  if (run->cli.desk != NULL)
    cs_desk_close (run->cli.desk);
  g_clear_object (&run->cli.desk);
  g_clear_object (&run->cli.workshop);
  g_clear_object (&run->cli.jobs);
  g_clear_object (&run->cli.stopped);
  g_main_loop_unref (run->loop);
}

static void
clear_options (CsCli *cli)
{
  char *texts[] = {
    cli->search, cli->stage, cli->output, cli->model, cli->backdrop, cli->facts, cli->engine, cli->budget, cli->scene, cli->address,
    cli->name, cli->key, cli->price_in, cli->price_out, cli->price_picture, cli->currency, cli->month_budget, cli->allow,
  };

  g_strfreev (cli->arguments);
  g_strfreev (cli->set);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

static CsCliExit
parse_and_run (char ***arguments)
{
  g_autofree char *folder = NULL;
  gboolean         version = FALSE;
  const GOptionEntry entries[] = {
    { "library", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("The library's folder"), N_("DIR") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Says which version this is"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_("VERB …"));
  g_autofree char *description = describe_verbs ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = NULL;
  Run run = { .cli.key_fd = -1, .cli.secret_fd = -1 };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (context, _("Countersign at the command line: photos in, suggestions, your decisions, your signature, published."));
  g_option_context_set_description (context, description);

  if (!g_option_context_parse_strv (context, arguments, &error))
    return cs_cli_complain (error->message);

  if (version)
    {
      printf ("countersign-cli %s\n", CS_VERSION);
      return CS_CLI_DONE;
    }

  if ((*arguments)[0] == NULL || (*arguments)[1] == NULL)
    return cs_cli_complain (_("What shall be done? Name a verb."));

  if (!(run.verb = find_verb ((*arguments)[1])))
    {
      g_autofree char *sentence = g_strdup_printf (_("There is no verb “%s”."), (*arguments)[1]);

      return cs_cli_complain (sentence);
    }

  rest = g_strdupv (*arguments + 1);
  if (parse_verb (&run, &rest))
    run_verb (&run, folder);

  clear_options (&run.cli);

  return run.code;
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) arguments = NULL;
  const char *locale_folder = g_getenv ("CS_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_folder != NULL ? locale_folder : CS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("countersign-cli");

  dex_init ();
  cs_trace_init ();
  arguments = g_strdupv (argv);

  return parse_and_run (&arguments);
}
