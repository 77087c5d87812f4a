/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"
#include "cs-fd.h"

/* The whole picture work on files, without a library: of each photo NAME.jpg,
 * NAME.receipt.json and, when asked for, NAME.mask.png. Where one of them is
 * there already all get a number.
 */

#define MOST_NUMBERS 10000

typedef struct
{
  const char *ending;
  GBytes     *bytes; /* NULL: not written */
} Output;

char *
cs_cli_describe_picture (void)
{
  g_autofree char *settings = cs_workshop_describe_settings ();

  return g_strdup_printf ("%s\n%s", _("What can be set (and what it usually is):"), settings);
}

/* Never over something, and through no link */
static gboolean
write_one (int           folder,
           const char   *stem,
           const Output *output)
{
  g_autofree char *name = g_strconcat (stem, output->ending, NULL);
  g_autofd int     fd = openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  int              reason;

  if (fd == -1)
    return FALSE;

  if (cs_fd_write_all (fd, g_bytes_get_data (output->bytes, NULL), g_bytes_get_size (output->bytes)) && g_close (g_steal_fd (&fd), NULL))
    return TRUE;

  /* Half a picture is none */
  reason = errno;
  unlinkat (folder, name, 0);
  errno = reason == EEXIST ? EIO : reason;

  return FALSE;
}

static gboolean
write_outputs (int           folder,
               const char   *stem,
               const Output *outputs,
               guint         n_outputs)
{
  guint n = 0;

  while (n < n_outputs && (outputs[n].bytes == NULL || write_one (folder, stem, &outputs[n])))
    n++;

  if (n == n_outputs)
    return TRUE;

  /* All or none of them */
  {
    int reason = errno;

    while (n > 0)
      {
        g_autofree char *name = g_strconcat (stem, outputs[--n].ending, NULL);

        if (outputs[n].bytes != NULL)
          unlinkat (folder, name, 0);
      }
    errno = reason;
  }

  return FALSE;
}

/* Returns the stem that they were written under, or NULL */
static char *
write_numbered (int           folder,
                const char   *name,
                const Output *outputs,
                guint         n_outputs,
                GError      **error)
{
  for (guint i = 1; i < MOST_NUMBERS; i++)
    {
      g_autofree char *stem = i == 1 ? g_strdup (name) : g_strdup_printf ("%s-%u", name, i);

      if (write_outputs (folder, stem, outputs, n_outputs))
        return g_steal_pointer (&stem);

      if (errno != EEXIST)
        break;
    }

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("The picture could not be written: %s"), g_strerror (errno));

  return NULL;
}

static char *
dup_stem (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  char            *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';

  return g_steal_pointer (&name);
}

static void
add_name (JsonObject *object,
          const char *member,
          const char *folder,
          const char *stem,
          Output     *output)
{
  g_autofree char *name = g_strconcat (stem, output->ending, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *shown = g_filename_display_name (path);

  if (output->bytes != NULL)
    json_object_set_string_member (object, member, shown);
}

static void
print_made (CsCli         *cli,
            GFile         *file,
            const char    *stem,
            Output        *outputs,
            CsMadePicture *made)
{
  g_autofree char *shown = g_filename_display_name (g_file_peek_path (file));
  g_autofree char *name = g_strconcat (stem, outputs[0].ending, NULL);
  g_autofree char *name_shown = g_filename_display_name (name);
  JsonObject      *object;
  JsonArray       *words;

  if (!cli->json)
    {
      cs_terminal_print_styled (CS_STYLE_BOLD, name_shown);
      cs_terminal_print ("\n");
      if (made->finding != NULL)
        cs_terminal_print_text ("    ", CS_STYLE_WARNING, made->finding);
      for (guint i = 0; made->words != NULL && made->words[i] != NULL; i++)
        if (g_strcmp0 (made->words[i], made->finding) != 0)
          cs_terminal_print_text ("    ", CS_STYLE_PLAIN, made->words[i]);
      return;
    }

  object = json_object_new ();
  words = json_array_new ();
  for (guint i = 0; made->words != NULL && made->words[i] != NULL; i++)
    json_array_add_string_element (words, made->words[i]);
  json_object_set_string_member (object, "file", shown);
  add_name (object, "picture", cli->output, stem, &outputs[0]);
  add_name (object, "receipt", cli->output, stem, &outputs[1]);
  add_name (object, "mask", cli->output, stem, &outputs[2]);
  json_object_set_array_member (object, "words", words);
  json_object_set_string_member (object, "finding", made->finding);
  cs_terminal_print_json (object);
}

static gboolean
keep (CsCli         *cli,
      int            folder,
      GFile         *file,
      CsMadePicture *made,
      GError       **error)
{
  g_autofree char *ending = g_strconcat (".", made->extension, NULL);
  g_autofree char *line = made->receipt != NULL ? g_strconcat (made->receipt, "\n", NULL) : NULL;
  g_autoptr (GBytes) receipt = line != NULL ? g_bytes_new (line, strlen (line)) : NULL;
  g_autofree char *name = dup_stem (file);
  g_autofree char *stem = NULL;
  Output           outputs[] = { { ending, made->picture }, { ".receipt.json", receipt }, { ".mask.png", made->mask } };

  if (!(stem = write_numbered (folder, name, outputs, G_N_ELEMENTS (outputs), error)))
    return FALSE;

  print_made (cli, file, stem, outputs, made);

  return TRUE;
}

static CsMadePicture *
make (CsCli      *cli,
      GFile      *file,
      const char *settings,
      GError    **error)
{
  g_autoptr (GFile) backdrop = cli->backdrop != NULL ? g_file_new_for_commandline_arg (cli->backdrop) : NULL;

  return dex_await_boxed (dex_future_first (cs_workshop_make_picture (cli->workshop, file, backdrop, settings, cli->mask),
                                            dex_cancellable_new_from_cancellable (cli->stopped),
                                            NULL),
                          error);
}

static void
fail_about (CsCli  *cli,
            GFile  *file,
            GError *error)
{
  g_autofree char *shown = g_filename_display_name (g_file_peek_path (file));
  JsonObject      *object;

  cs_cli_fail_about (shown, error);
  if (!cli->json)
    return;

  object = json_object_new ();
  json_object_set_string_member (object, "file", shown);
  json_object_set_string_member (object, "error", error->message);
  cs_terminal_print_json (object);
}

static CsCliExit
make_all (CsCli      *cli,
          GPtrArray  *files,
          const char *settings,
          int         folder,
          guint       n_failed)
{
  g_autoptr (CsJob) job = cs_cli_begin_job (cli, _("Making pictures"));
  guint n_made = 0;

  cs_job_set_total (job, files->len);
  for (guint i = 0; i < files->len && !g_cancellable_is_cancelled (cli->stopped); i++)
    {
      g_autoptr (CsMadePicture) made = NULL;
      g_autoptr (GError) error = NULL;

      if ((made = make (cli, files->pdata[i], settings, &error)))
        cs_terminal_pause_watch ();
      if (made != NULL && keep (cli, folder, files->pdata[i], made, &error))
        n_made++;
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          fail_about (cli, files->pdata[i], error);
          n_failed++;
        }
      cs_job_advance (job, 1);
    }

  cs_cli_end_job (cli, job);
  if (g_cancellable_is_cancelled (cli->stopped))
    return CS_CLI_STOPPED;
  if (n_failed == 0)
    return CS_CLI_DONE;

  return n_made > 0 ? CS_CLI_FAILED : CS_CLI_NO_INPUT;
}

static char *
read_settings (CsCli   *cli,
               GError **error)
{
  g_autofree char *settings = cli->backdrop != NULL ? cs_workshop_change_settings (NULL, "background=own", NULL) : NULL;

  for (guint i = 0; cli->set != NULL && cli->set[i] != NULL; i++)
    {
      char *changed = cs_workshop_change_settings (settings, cli->set[i], error);

      if (changed == NULL)
        return NULL;

      g_free (settings);
      settings = changed;
    }

  return settings != NULL ? g_steal_pointer (&settings) : g_strdup ("");
}

static int
open_folder (const char *path,
             GError    **error)
{
  int fd = -1;

  if (g_mkdir_with_parents (path, 0777) == 0)
    fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd == -1)
    g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("Nothing can be written there: %s"), g_strerror (errno));

  return fd;
}

static GPtrArray *
find_files (CsCli     *cli,
            GPtrArray *failures,
            GError   **error)
{
  g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; cli->arguments[i] != NULL; i++)
    g_ptr_array_add (named, g_file_new_for_commandline_arg (cli->arguments[i]));

  return dex_await_boxed (cs_workshop_find_photos (cli->workshop, named, failures), error);
}

CsCliExit
cs_cli_picture (CsCli *cli)
{
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GFile) model = cli->model != NULL ? g_file_new_for_commandline_arg (cli->model) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *settings = NULL;
  g_autofd int     folder = -1;

  if (cli->output == NULL)
    return cs_cli_complain (_("Say where to with “-o DIR”."));

  if (!(settings = read_settings (cli, &error)))
    return cs_cli_complain (error->message);

  if (model != NULL && !dex_await (cs_workshop_borrow_model (cli->workshop, model), &error))
    return cs_cli_fail_about (cli->model, error);

  if (!(files = find_files (cli, failures, &error)))
    return cs_cli_fail (error);

  for (guint i = 0; i < failures->len; i++)
    {
      g_autofree char *clean = cs_terminal_clean (failures->pdata[i]);

      fprintf (stderr, "countersign-cli: %s\n", clean);
    }

  if (files->len == 0)
    return failures->len > 0 ? CS_CLI_NO_INPUT : cs_cli_complain (_("There is no photo in there."));

  if ((folder = open_folder (cli->output, &error)) == -1)
    return cs_cli_fail_about (cli->output, error);

  return make_all (cli, files, *settings != '\0' ? settings : NULL, folder, failures->len);
}
