/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cs-model-server.h"

struct _CsModelServer
{
  GSubprocess *process;
  char        *folder;
  char        *log;
  guint        port;
};

static void
read_port (CsModelServer *self)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "PORT "));
  self->port = (guint) g_ascii_strtoull (line + strlen ("PORT "), NULL, 10);
  g_assert_cmpuint (self->port, >, 0);
}

CsModelServer *
cs_model_server_new_full (const char *root,
                          guint       port)
{
  CsModelServer *self = g_new0 (CsModelServer, 1);
  const char *script = g_getenv ("CS_MODEL_SERVER");
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (script);
  self->folder = g_dir_make_tmp ("cs-models-XXXXXX", &error);
  g_assert_no_error (error);
  self->log = g_build_filename (self->folder, "log", NULL);
  /* Its standard input is ours: it ends when we do, however that is */
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                                    "python3", "-B", script, "--with-input", "--port", number, "--log", self->log,
                                    root != NULL ? "--root" : NULL, root, NULL);
  g_assert_no_error (error);
  read_port (self);

  return self;
}

CsModelServer *
cs_model_server_new (void)
{
  return cs_model_server_new_full (NULL, 0);
}

void
cs_model_server_free (CsModelServer *self)
{
  g_autofree char *ends = g_strconcat (self->log, ".ends", NULL);

  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_unlink (self->log);
  g_unlink (ends);
  g_rmdir (self->folder);
  g_free (self->log);
  g_free (self->folder);
  g_free (self);
}

guint
cs_model_server_get_port (CsModelServer *self)
{
  return self->port;
}

char *
cs_model_server_dup_address (CsModelServer *self,
                             const char    *dialect)
{
  return g_strdup_printf ("http://127.0.0.1:%u/%s/v1", self->port, dialect);
}

static JsonArray *
read_lines (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonArray) found = json_array_new ();

  if (g_file_get_contents (path, &text, NULL, NULL))
    lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      /* The last line may be on its way */
      if (lines[i][0] == '\0' || lines[i + 1] == NULL)
        continue;
      node = json_from_string (lines[i], &error);
      g_assert_no_error (error);
      json_array_add_element (found, g_steal_pointer (&node));
    }

  return g_steal_pointer (&found);
}

JsonArray *
cs_model_server_dup_requests (CsModelServer *self)
{
  return read_lines (self->log);
}

JsonArray *
cs_model_server_dup_ends (CsModelServer *self)
{
  g_autofree char *ends = g_strconcat (self->log, ".ends", NULL);

  return read_lines (ends);
}

guint
cs_model_server_count (CsModelServer *self,
                       const char    *part)
{
  g_autoptr (JsonArray) requests = cs_model_server_dup_requests (self);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      const char *path = json_object_get_string_member (json_array_get_object_element (requests, i), "path");

      if (part == NULL || strstr (path, part) != NULL)
        n++;
    }

  return n;
}

char *
cs_model_server_dup_log (CsModelServer *self)
{
  char *text = NULL;

  if (!g_file_get_contents (self->log, &text, NULL, NULL))
    text = g_strdup ("");

  return text;
}
