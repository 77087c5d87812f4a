/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

/* Models that the seller adds. A key comes from a prompt or a file descriptor:
 * what stands in a command line can be read by every program on the computer.
 */

#define LONGEST_KEY 4096

static void
set_price (JsonObject *object,
           const char *name,
           gint64      micros)
{
  if (micros >= 0)
    json_object_set_int_member (object, name, micros);
  else
    json_object_set_null_member (object, name);
}

static void
print_json (CsEngineSetup *setup,
            gint64         spent)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", setup->id);
  json_object_set_string_member (object, "kind", cs_engine_kind_get_name (setup->kind));
  json_object_set_string_member (object, "provider", setup->provider);
  json_object_set_string_member (object, "title", setup->title);
  json_object_set_string_member (object, "address", setup->address);
  json_object_set_string_member (object, "model", setup->model);
  json_object_set_boolean_member (object, "here", cs_engine_setup_is_here (setup));
  json_object_set_boolean_member (object, "key", setup->has_key);
  json_object_set_boolean_member (object, "never_photos", setup->never_photos);
  json_object_set_boolean_member (object, "may_text", setup->may_text);
  json_object_set_boolean_member (object, "may_photos", setup->may_photos);
  json_object_set_string_member (object, "currency", setup->price.currency);
  set_price (object, "price_input_micros", setup->price.input);
  set_price (object, "price_output_micros", setup->price.output);
  set_price (object, "price_picture_micros", setup->price.picture);
  json_object_set_string_member (object, "price_source", setup->price_source);
  set_price (object, "month_budget_micros", setup->budget);
  json_object_set_int_member (object, "month_spent_micros", spent);
  cs_terminal_print_json (object);
}

static const char *
describe_consent (CsEngineSetup *setup)
{
  if (!setup->may_text)
    return _("nothing is sent: you have not agreed yet");

  return setup->may_photos && !setup->never_photos ? _("texts and photos may be sent") : _("texts may be sent, no photos");
}

static void
print_money (CsEngineSetup *setup,
             gint64         spent)
{
  const char      *currency = setup->price.currency;
  g_autofree char *so_far = cs_price_to_display (spent, currency);
  g_autofree char *budget = cs_price_to_display (setup->budget, currency);
  g_autofree char *input = cs_price_to_display (setup->price.input, currency);
  g_autofree char *output = cs_price_to_display (setup->price.output, currency);
  g_autofree char *picture = cs_price_to_display (setup->price.picture, currency);

  if (setup->kind == CS_ENGINE_PICTURES && setup->price.picture >= 0)
    cs_terminal_print (_("    %s for a picture"), picture);
  else
    cs_terminal_print (_("    for a million tokens: %s there, %s back"), input, output);
  if (setup->price_source != NULL)
    cs_terminal_print (" (%s)", setup->price_source);
  cs_terminal_print ("\n    ");
  if (setup->budget >= 0)
    cs_terminal_print (_("this month %s of %s"), so_far, budget);
  else
    cs_terminal_print (_("this month %s, without a budget"), so_far);
  cs_terminal_print ("\n");
}

static void
print_setup (CsCli         *cli,
             CsEngineSetup *setup,
             gint64         spent)
{
  if (cli->json)
    {
      print_json (setup, spent);
      return;
    }

  cs_terminal_print_styled (CS_STYLE_BOLD, setup->id != NULL ? setup->id : "");
  cs_terminal_print ("  %s\n", setup->title);
  cs_terminal_print_text ("    ", CS_STYLE_DIM, setup->address);
  cs_terminal_print_text ("    ", setup->may_text ? CS_STYLE_PLAIN : CS_STYLE_WARNING, describe_consent (setup));
  print_money (setup, spent);
}

static gint64
get_spent (CsCli      *cli,
           const char *id)
{
  g_autoptr (CsSendPlan) plan = dex_await_boxed (cs_engines_plan (cs_desk_get_engines (cli->desk), id, NULL, 0, NULL), NULL);

  return plan != NULL ? plan->spent : 0;
}

static CsCliExit
list (CsCli *cli)
{
  g_autoptr (GPtrArray) setups = NULL;
  g_autoptr (GError) error = NULL;

  if (!(setups = dex_await_boxed (cs_engines_list (cs_desk_get_engines (cli->desk)), &error)))
    return cs_cli_fail (error);

  for (guint i = 0; i < setups->len; i++)
    {
      CsEngineSetup *setup = setups->pdata[i];

      print_setup (cli, setup, get_spent (cli, setup->id));
    }

  return CS_CLI_DONE;
}

static CsCliExit
look (CsCli *cli)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  if (!(found = dex_await_boxed (cs_engines_look_around (cs_desk_get_engines (cli->desk)), &error)))
    return cs_cli_fail (error);

  for (guint i = 0; i < found->len; i++)
    {
      CsEngineSetup   *setup = found->pdata[i];
      g_autofree char *address = NULL;
      g_autofree char *model = NULL;

      if (cli->json)
        {
          print_json (setup, 0);
          continue;
        }

      /* What a server calls its model may be anything, and this is there to be copied */
      address = g_shell_quote (setup->address);
      model = g_shell_quote (setup->model);
      cs_terminal_print_styled (CS_STYLE_BOLD, setup->title);
      cs_terminal_print ("  %s\n    countersign-cli engine add %s --address %s --model %s\n",
                         setup->address, setup->provider, address, model);
    }

  if (found->len == 0 && !cli->json)
    cs_terminal_print ("%s\n", _("No model server answers on this computer, or its models are all added."));

  return CS_CLI_DONE;
}

CsEngineSetup *
cs_cli_find_engine (CsCli      *cli,
                    const char *id,
                    CsCliExit  *code)
{
  g_autoptr (GPtrArray) setups = NULL;
  g_autoptr (GError) error = NULL;

  if (!(setups = dex_await_boxed (cs_engines_list (cs_desk_get_engines (cli->desk)), &error)))
    {
      *code = cs_cli_fail (error);
      return NULL;
    }

  for (guint i = 0; i < setups->len; i++)
    {
      CsEngineSetup *setup = setups->pdata[i];

      if (g_strcmp0 (setup->id, id) == 0)
        return cs_engine_setup_copy (setup);
    }

  g_set_error (&error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no model “%s” here. “countersign-cli engine list” lists them."), id);
  *code = cs_cli_fail (error);

  return NULL;
}

/* The first line of what the descriptor has */
static char *
read_key (int      fd,
          GError **error)
{
  char   key[LONGEST_KEY + 1];
  gsize  length = 0;
  gssize n = 1;
  char  *end;

  while (length < LONGEST_KEY && n > 0)
    {
      n = read (fd, key + length, LONGEST_KEY - length);
      if (n < 0 && errno == EINTR)
        n = 1;
      else if (n > 0)
        length += n;
    }

  if (n < 0)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("The key cannot be read: %s"), g_strerror (errno));
      return NULL;
    }

  /* A part of one is none */
  if (length == LONGEST_KEY)
    length = 0;
  key[length] = '\0';
  if ((end = strpbrk (key, "\r\n")) != NULL)
    *end = '\0';
  end = g_strstrip (g_strdup (key));
  explicit_bzero (key, sizeof key);

  if (*end == '\0')
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, _("No key came."));
      g_clear_pointer (&end, g_free);
    }

  return end;
}

static void
free_key (char *key)
{
  if (key != NULL)
    explicit_bzero (key, strlen (key));
  g_free (key);
}

/* From --key-fd, or a person who types; NULL where there is none, also without an error */
static char *
ask_for_key (CsCli      *cli,
             CsProvider *provider,
             GError    **error)
{
  g_autofree char *prompt = NULL;
  g_autofree char *typed = NULL;

  if (cli->key_fd >= 0)
    return read_key (cli->key_fd, error);

  if (provider == NULL || !provider->wants_key || !cs_terminal_has_person ())
    return NULL;

  cs_terminal_pause_watch ();
  if (provider->key_page != NULL)
    cs_terminal_print (_("A key is had at %s\n"), provider->key_page);
  prompt = g_strdup_printf (_("Key for %s (it is not shown; nothing for none): "), provider->title);
  typed = dex_await_string (cs_terminal_read_secret (prompt, cli->stopped), error);

  return typed != NULL && *g_strstrip (typed) != '\0' ? g_steal_pointer (&typed) : NULL;
}

gboolean
cs_cli_lend_key (CsCli         *cli,
                 CsEngineSetup *setup,
                 GError       **error)
{
  g_autoptr (CsEngineSetup) kept = NULL;
  char *key;

  if (cli->key_fd < 0)
    return TRUE;

  if (!(key = read_key (cli->key_fd, error)))
    return FALSE;

  kept = dex_await_boxed (cs_engines_put (cs_desk_get_engines (cli->desk), setup, key, CS_SECRET_FOR_SESSION), error);
  free_key (key);

  return kept != NULL;
}

static gboolean
set_amount (CsEngineSetup *setup,
            const char    *typed,
            gint64        *micros,
            GError       **error)
{
  return typed == NULL || cs_price_parse (typed, setup->price.currency, micros, error);
}

/* What was said on the command line, over what is there */
static gboolean
apply_options (CsCli         *cli,
               CsEngineSetup *setup,
               GError       **error)
{
  if (cli->address != NULL)
    g_set_str (&setup->address, cli->address);
  if (cli->model != NULL)
    g_set_str (&setup->model, cli->model);
  if (cli->name != NULL)
    g_set_str (&setup->title, cli->name);
  if (cli->no_photos)
    setup->never_photos = TRUE;
  if (cli->price_in != NULL || cli->price_out != NULL || cli->price_picture != NULL)
    g_clear_pointer (&setup->price_source, g_free);
  if (cli->currency != NULL && strlen (cli->currency) != 3)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, _("Write the currency as three capital letters, like CNY or USD."));
      return FALSE;
    }
  if (cli->currency != NULL)
    g_strlcpy (setup->price.currency, cli->currency, sizeof setup->price.currency);

  if (g_strcmp0 (cli->month_budget, "none") == 0)
    setup->budget = -1;
  else if (!set_amount (setup, cli->month_budget, &setup->budget, error))
    return FALSE;

  return set_amount (setup, cli->price_in, &setup->price.input, error) &&
         set_amount (setup, cli->price_out, &setup->price.output, error) &&
         set_amount (setup, cli->price_picture, &setup->price.picture, error);
}

/* FALSE where it is none of the words */
static gboolean
parse_consent (const char *word,
               gboolean   *texts,
               gboolean   *photos)
{
  *photos = g_strcmp0 (word, "photos") == 0;
  *texts = *photos || g_strcmp0 (word, "text") == 0;

  return *texts || g_strcmp0 (word, "nothing") == 0;
}

static CsCliExit
allow (CsCli      *cli,
       const char *id,
       const char *word)
{
  CsEngines *engines = cs_desk_get_engines (cli->desk);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;
  gboolean  texts, photos;

  if (!parse_consent (word, &texts, &photos))
    return cs_cli_complain (_("Say what may be sent: text, photos (and text), or nothing."));

  if (!(setup = cs_cli_find_engine (cli, id, &code)))
    return code;

  if (!dex_await (cs_engines_allow (engines, id, setup->address, texts, photos), &error))
    return cs_cli_fail (error);

  g_clear_pointer (&setup, cs_engine_setup_unref);
  if (!(setup = cs_cli_find_engine (cli, id, &code)))
    return code;

  if (!cli->json)
    cs_terminal_print ("%s: %s\n", setup->address, describe_consent (setup));
  if (texts && cs_engine_setup_is_here (setup) && !cli->json)
    cs_terminal_print ("%s\n", _("This server is on this computer. It may pass on what it is sent."));

  return CS_CLI_DONE;
}

static CsProvider *
find_provider (CsCli      *cli,
               const char *id)
{
  g_autoptr (GPtrArray) providers = dex_await_boxed (cs_engines_list_providers (cs_desk_get_engines (cli->desk)), NULL);

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      CsProvider *provider = providers->pdata[i];

      if (g_strcmp0 (provider->id, id) == 0)
        return cs_provider_ref (provider);
    }

  return NULL;
}

static CsCliExit
refuse_provider (CsCli      *cli,
                 const char *id)
{
  g_autoptr (GPtrArray) providers = dex_await_boxed (cs_engines_list_providers (cs_desk_get_engines (cli->desk)), NULL);
  g_autoptr (GString) sentence = g_string_new (NULL);

  g_string_append_printf (sentence, _("Nobody called “%s” is known to run models. There is:"), id);
  for (guint i = 0; providers != NULL && i < providers->len; i++)
    g_string_append_printf (sentence, " %s", ((CsProvider *) providers->pdata[i])->id);

  return cs_cli_complain (sentence->str);
}

/* Keeps it, and where there is no keyring without its key, and says so */
static CsCliExit
put (CsCli         *cli,
     CsEngineSetup *setup,
     const char    *key)
{
  CsEngines *engines = cs_desk_get_engines (cli->desk);
  g_autoptr (CsEngineSetup) kept = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;

  kept = dex_await_boxed (cs_engines_put (engines, setup, key, CS_SECRET_IN_KEYRING), &error);
  if (g_error_matches (error, CS_ERROR, CS_ERROR_NO_KEYRING))
    {
      g_autofree char *message = cs_terminal_clean (error->message);

      cs_terminal_end_watch ();
      g_printerr ("countersign-cli: %s\n%s\n", message,
                  _("The model is kept without its key. Hand the key over each time: --key-fd with “suggest” and “engine test”."));
      code = CS_CLI_FAILED;
      g_clear_error (&error);
      kept = dex_await_boxed (cs_engines_put (engines, setup, NULL, CS_SECRET_IN_KEYRING), &error);
    }

  if (kept == NULL)
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  if (cli->allow != NULL)
    {
      g_autofree char *id = g_strdup (kept->id);
      CsCliExit        allowed = allow (cli, id, cli->allow);

      if (allowed != CS_CLI_DONE)
        return allowed;

      g_clear_pointer (&kept, cs_engine_setup_unref);
      if (!(kept = cs_cli_find_engine (cli, id, &allowed)))
        return allowed;
    }
  print_setup (cli, kept, get_spent (cli, kept->id));

  return code;
}

/* Said when it is added, not when it is asked: of a server of the seller's own nobody knows */
static void
say_key_lacks (CsProvider    *provider,
               CsEngineSetup *setup)
{
  if (!provider->wants_key || provider->address == NULL || (setup->address != NULL && cs_engine_setup_is_here (setup)))
    return;

  g_printerr (_("%s answers nobody without a key. Hand it over with “engine change %s --key-fd N”, or type it when “engine add” asks for it."),
              provider->title, provider->id);
  g_printerr ("\n");
}

static CsCliExit
add (CsCli      *cli,
     const char *id)
{
  g_autoptr (CsEngineSetup) setup = cs_engine_setup_new ();
  g_autoptr (CsProvider) provider = find_provider (cli, id);
  g_autoptr (GError) error = NULL;
  CsCliExit code;
  gboolean  texts, photos;
  char     *key;

  if (provider == NULL)
    return refuse_provider (cli, id);

  if (cli->allow != NULL && !parse_consent (cli->allow, &texts, &photos))
    return cs_cli_complain (_("Say what may be sent: text, photos (and text), or nothing."));

  setup->provider = g_strdup (provider->id);
  setup->price = CS_PRICE_NONE;
  setup->budget = -1;
  if (!apply_options (cli, setup, &error))
    return cs_cli_complain (error->message);

  key = ask_for_key (cli, provider, &error);
  if (error != NULL)
    return cs_cli_fail (error);

  code = put (cli, setup, key);
  if (code == CS_CLI_DONE && key == NULL)
    say_key_lacks (provider, setup);
  free_key (key);

  return code;
}

static CsCliExit
change (CsCli      *cli,
        const char *id)
{
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;
  char     *key = NULL;

  if (!(setup = cs_cli_find_engine (cli, id, &code)))
    return code;

  if (!apply_options (cli, setup, &error))
    return cs_cli_complain (error->message);

  if (cli->key_fd >= 0 && !(key = read_key (cli->key_fd, &error)))
    return cs_cli_fail (error);

  code = put (cli, setup, key);
  free_key (key);

  return code;
}

static CsCliExit
test (CsCli      *cli,
      const char *id)
{
  CsEngines *engines = cs_desk_get_engines (cli->desk);
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;

  if (!(setup = cs_cli_find_engine (cli, id, &code)))
    return code;

  if (!cs_cli_lend_key (cli, setup, &error) ||
      !(sentence = dex_await_string (cs_engines_try (engines, id, cli->stopped), &error)))
    return cs_cli_fail (error);

  cs_terminal_print ("%s\n", sentence);

  return CS_CLI_DONE;
}

static CsCliExit
take_off (CsCli      *cli,
          const char *id)
{
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_engines_remove (cs_desk_get_engines (cli->desk), id), &error))
    return cs_cli_fail (error);

  return CS_CLI_DONE;
}

CsCliExit
cs_cli_engine (CsCli *cli)
{
  static const struct
  {
    const char *name;
    CsCliExit (*run) (CsCli      *cli,
                      const char *what);
  } actions[] = { { "add", add }, { "change", change }, { "test", test }, { "remove", take_off } };
  guint n = g_strv_length (cli->arguments);

  if (cli->key != NULL)
    {
      explicit_bzero (cli->key, strlen (cli->key));
      return cs_cli_complain (_("A key is never an argument: every program on this computer could read it. Type it when you are asked, or use --key-fd."));
    }

  cs_engines_set_face (cs_desk_get_engines (cli->desk), "terminal");
  if (n == 0 || (n == 1 && g_str_equal (cli->arguments[0], "list")))
    return list (cli);

  if (n == 1 && g_str_equal (cli->arguments[0], "look"))
    return look (cli);

  if (n == 3 && g_str_equal (cli->arguments[0], "allow"))
    return allow (cli, cli->arguments[1], cli->arguments[2]);

  for (guint i = 0; n == 2 && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (cli->arguments[0], actions[i].name))
      return actions[i].run (cli, cli->arguments[1]);

  if (n > 2 && (g_str_equal (cli->arguments[0], "add") || g_str_equal (cli->arguments[0], "change")))
    return cs_cli_complain (_("A key is never an argument: every program on this computer could read it. Type it when you are asked, or use --key-fd."));

  return cs_cli_complain (_("After “engine” comes list, look, add PROVIDER, change ID, allow ID text|photos|nothing, test ID or remove ID."));
}
