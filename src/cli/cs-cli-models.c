/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

static void
print_json (CsCutoutModel *model)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", model->id);
  json_object_set_string_member (object, "title", model->title);
  json_object_set_string_member (object, "words", model->words);
  json_object_set_string_member (object, "licence", model->licence);
  json_object_set_boolean_member (object, "commercial", model->commercial);
  json_object_set_int_member (object, "size", model->size);
  json_object_set_string_member (object, "address", model->address);
  json_object_set_string_member (object, "sha256", model->sha256);
  json_object_set_boolean_member (object, "here", model->is_here);
  json_object_set_int_member (object, "partial", model->partial);
  json_object_set_boolean_member (object, "in_use", model->in_use);
  cs_terminal_print_json (object);
}

static void
print_model (CsCli         *cli,
             CsCutoutModel *model)
{
  g_autofree char *size = g_format_size (model->size);

  if (cli->json)
    {
      print_json (model);
      return;
    }

  cs_terminal_print_styled (CS_STYLE_BOLD, model->id);
  cs_terminal_print ("  %s · %s", model->title, size);
  if (model->in_use)
    cs_terminal_print (" · %s", _("in use"));
  else if (model->is_here)
    cs_terminal_print (" · %s", _("on this computer"));
  else if (model->partial > 0)
    {
      g_autofree char *part = g_format_size (model->partial);

      cs_terminal_print (" · ");
      cs_terminal_print (_("%s of it have come"), part);
    }
  cs_terminal_print ("\n");

  cs_terminal_print_text ("    ", CS_STYLE_PLAIN, model->words);
  cs_terminal_print_text ("    ", model->commercial ? CS_STYLE_PLAIN : CS_STYLE_WARNING, model->licence);
  if (model->address != NULL)
    cs_terminal_print_text ("    ", CS_STYLE_DIM, model->address);
  if (model->sha256 != NULL)
    cs_terminal_print ("    SHA-256 %s\n", model->sha256);
}

static CsCliExit
list (CsCli *cli)
{
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (GError) error = NULL;

  if (!(models = dex_await_boxed (cs_workshop_list_models (cli->workshop), &error)))
    return cs_cli_fail (error);

  for (guint i = 0; i < models->len; i++)
    print_model (cli, models->pdata[i]);

  return CS_CLI_DONE;
}

/* What is there now, with whether it is used */
static CsCliExit
report (CsCli      *cli,
        const char *id)
{
  g_autoptr (GPtrArray) models = dex_await_boxed (cs_workshop_list_models (cli->workshop), NULL);

  cs_terminal_end_watch ();
  for (guint i = 0; models != NULL && i < models->len; i++)
    {
      CsCutoutModel *model = models->pdata[i];

      if (g_strcmp0 (model->id, id) != 0)
        continue;

      print_model (cli, model);
      if (model->is_here && !model->in_use && !cli->json)
        cs_terminal_print (_("It is not used yet: “countersign-cli models use %s” changes that.\n"), model->id);
    }

  return CS_CLI_DONE;
}

static CsCliExit
download (CsCli      *cli,
          const char *id)
{
  g_autoptr (CsJob) job = cs_cli_begin_job (cli, _("Downloading"));
  g_autoptr (CsCutoutModel) model = NULL;
  g_autoptr (GError) error = NULL;

  model = dex_await_boxed (cs_workshop_download_model (cli->workshop, id, job), &error);
  cs_cli_end_job (cli, job);

  return model != NULL ? report (cli, model->id) : cs_cli_fail (error);
}

static CsCliExit
add (CsCli      *cli,
     const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (CsCutoutModel) model = NULL;
  g_autoptr (GError) error = NULL;

  if (!(model = dex_await_boxed (cs_workshop_add_model (cli->workshop, file), &error)))
    return cs_cli_fail_about (path, error);

  return report (cli, model->id);
}

static CsCliExit
use (CsCli      *cli,
     const char *id)
{
  gboolean none = g_str_equal (id, "none");
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_workshop_use_model (cli->workshop, none ? NULL : id), &error))
    return cs_cli_fail (error);

  return none ? CS_CLI_DONE : report (cli, id);
}

static CsCliExit
take_off (CsCli      *cli,
          const char *id)
{
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_workshop_remove_model (cli->workshop, id), &error))
    return cs_cli_fail (error);

  return CS_CLI_DONE;
}

CsCliExit
cs_cli_models (CsCli *cli)
{
  static const struct
  {
    const char *name;
    CsCliExit (*run) (CsCli      *cli,
                      const char *what);
  } actions[] = { { "download", download }, { "add", add }, { "use", use }, { "remove", take_off } };
  guint n = g_strv_length (cli->arguments);

  if (n == 0 || (n == 1 && g_str_equal (cli->arguments[0], "list")))
    return list (cli);

  for (guint i = 0; n == 2 && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (cli->arguments[0], actions[i].name))
      return actions[i].run (cli, cli->arguments[1]);

  return cs_cli_complain (_("After “models” comes list, download ID, add FILE, use ID or remove ID."));
}
