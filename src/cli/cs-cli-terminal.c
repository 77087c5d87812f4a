/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-diff.h"
#include "cs-json.h"

/* What is written is UTF-8, whatever the locale: it is read by scripts too.
 * Whatever came from a file, a photo or a shop goes through
 * cs_terminal_clean() first, so that a file name cannot move the cursor.
 */

static const char *const styles[] = {
  [CS_STYLE_PLAIN] = "",
  [CS_STYLE_BOLD] = "\033[1m",
  [CS_STYLE_DIM] = "\033[2m",
  [CS_STYLE_ADDED] = "\033[32m",
  [CS_STYLE_REMOVED] = "\033[31;9m",
  [CS_STYLE_WARNING] = "\033[33m",
};

gboolean
cs_terminal_has_person (void)
{
  return isatty (STDIN_FILENO) && isatty (STDOUT_FILENO);
}

static gboolean
has_colours (void)
{
  return isatty (STDOUT_FILENO) && g_getenv ("NO_COLOR") == NULL;
}

char *
cs_terminal_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar     c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (c == '\n')
        g_string_append_c (out, '\n');
      else if (c == '\t' || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_c (out, ' ');
      else if (type == G_UNICODE_CONTROL || (type == G_UNICODE_FORMAT && c != 0x200c && c != 0x200d))
        g_string_append (out, "\357\277\275");
      else
        g_string_append_unichar (out, c);
    }

  return g_string_free_and_steal (out);
}

void
cs_terminal_print (const char *format,
                   ...)
{
  g_autofree char *text = NULL;
  g_autofree char *clean = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  clean = cs_terminal_clean (text);
  fputs (clean, stdout);
}

static void
write_styled (CsStyle     style,
              const char *text,
              gsize       length)
{
  g_autofree char *piece = g_strndup (text, length);
  g_autofree char *clean = cs_terminal_clean (piece);

  if (style != CS_STYLE_PLAIN && has_colours ())
    printf ("%s%s\033[0m", styles[style], clean);
  else
    fputs (clean, stdout);
}

void
cs_terminal_print_styled (CsStyle     style,
                          const char *text)
{
  write_styled (style, text, strlen (text));
}

void
cs_terminal_print_text (const char *indent,
                        CsStyle     style,
                        const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      fputs (indent, stdout);
      write_styled (style, lines[i], strlen (lines[i]));
      fputc ('\n', stdout);
    }
}

static void
write_run (const char *indent,
           CsStyle     style,
           const char *open,
           const char *close,
           const char *text,
           gsize       length)
{
  gboolean marked = style != CS_STYLE_PLAIN && !has_colours ();

  fputs (marked ? open : "", stdout);
  for (gsize start = 0; start < length;)
    {
      const char *end = memchr (text + start, '\n', length - start);
      gsize       stop = end != NULL ? (gsize) (end - text) : length;

      write_styled (style, text + start, stop - start);
      if (end != NULL)
        printf ("\n%s", indent);
      start = stop + (end != NULL);
    }
  fputs (marked ? close : "", stdout);
}

void
cs_terminal_print_diff (const char *indent,
                        const char *before,
                        const char *after)
{
  g_autoptr (GArray) runs = cs_diff_words (before, after);

  fputs (indent, stdout);
  for (guint i = 0; i < runs->len; i++)
    {
      const CsDiffRun *run = &g_array_index (runs, CsDiffRun, i);

      if (run->kind == CS_DIFF_REMOVED)
        write_run (indent, CS_STYLE_REMOVED, "[-", "-]", before + run->start, run->end - run->start);
      else if (run->kind == CS_DIFF_ADDED)
        write_run (indent, CS_STYLE_ADDED, "{+", "+}", after + run->start, run->end - run->start);
      else
        write_run (indent, CS_STYLE_PLAIN, "", "", after + run->start, run->end - run->start);
    }
  fputc ('\n', stdout);
}

/* Canonical JSON escapes what JSON must; a terminal obeys some more */
static char *
escape_for_terminal (const char *json)
{
  GString *out = g_string_sized_new (strlen (json));

  for (const char *p = json; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar     c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (c < 0x10000 && (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT))
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
    }

  return g_string_free_and_steal (out);
}

void
cs_terminal_print_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;

  json_node_take_object (node, object);
  json = cs_json_canonical (node);
  line = escape_for_terminal (json);
  puts (line);
}

/* A line on its way in. A terminal hands over a line at a time, but a long one
 * comes in pieces.
 */
typedef struct
{
  GString      *line;
  DexPromise   *promise;
  GCancellable *stopped;
} ReadLine;

static void
read_line_free (gpointer data)
{
  ReadLine *self = data;

  g_string_free (self->line, TRUE);
  dex_unref (self->promise);
  g_object_unref (self->stopped);
  g_free (self);
}

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     data)
{
  ReadLine *self = data;
  char      piece[1024];
  gssize    n;

  if (!dex_future_is_pending (DEX_FUTURE (self->promise)))
    return G_SOURCE_REMOVE;

  n = read (fd, piece, sizeof piece);
  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;

  if (n <= 0)
    {
      dex_promise_resolve_string (self->promise, NULL);
      return G_SOURCE_REMOVE;
    }

  g_string_append_len (self->line, piece, n);
  if (self->line->str[self->line->len - 1] != '\n')
    return G_SOURCE_CONTINUE;

  g_string_truncate (self->line, self->line->len - 1);
  dex_promise_resolve_string (self->promise, g_utf8_make_valid (self->line->str, -1));

  return G_SOURCE_REMOVE;
}

DexFuture *
cs_terminal_read_line (const char   *prompt,
                       GCancellable *stopped)
{
  ReadLine   *self = g_new0 (ReadLine, 1);
  DexPromise *promise = dex_promise_new ();

  fputs (prompt, stdout);
  fflush (stdout);

  self->line = g_string_new (NULL);
  self->promise = dex_ref (promise);
  self->stopped = g_object_ref (stopped);
  g_unix_fd_add_full (G_PRIORITY_DEFAULT, STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR,
                      readable_cb, self, read_line_free);

  return dex_future_first (DEX_FUTURE (promise), dex_cancellable_new_from_cancellable (stopped), NULL);
}

static struct termios shown_as;

static void
show_again (void)
{
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown_as);
  fputc ('\n', stdout);
  fflush (stdout);
}

static DexFuture *
show_again_cb (DexFuture *future,
               gpointer   data)
{
  show_again ();

  return dex_ref (future);
}

DexFuture *
cs_terminal_read_secret (const char   *prompt,
                         GCancellable *stopped)
{
  struct termios hidden;

  if (tcgetattr (STDIN_FILENO, &shown_as) != 0)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "%s", _("What is typed here cannot be hidden."));

  hidden = shown_as;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  if (tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden) != 0)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "%s", _("What is typed here cannot be hidden."));

  return dex_future_finally (cs_terminal_read_line (prompt, stopped), show_again_cb, NULL, NULL);
}

static GListModel *watched; /* (element-type CsJob) */
static gboolean line_shown;

static void
wipe_line (void)
{
  if (line_shown)
    fputs ("\r\033[K", stderr);
  line_shown = FALSE;
}

/* Nobody has so many photos: it is a file that comes */
#define BYTES_FROM 1000000

static void
show_progress (void)
{
  g_autoptr (CsJob) job = g_list_model_get_item (watched, 0);
  gint64 left;

  wipe_line ();
  if (job == NULL || cs_job_get_total (job) == 0)
    return;

  left = cs_job_get_seconds_left (job);
  if (cs_job_get_total (job) < BYTES_FROM)
    fprintf (stderr, "%s %u/%u", cs_job_get_title (job), cs_job_get_done (job), cs_job_get_total (job));
  else
    fprintf (stderr, "%s %.1f/%.1f MB", cs_job_get_title (job), cs_job_get_done (job) / 1e6, cs_job_get_total (job) / 1e6);
  if (left >= 0)
    fprintf (stderr, ngettext (", %d second left", ", %d seconds left", (gulong) left), (int) left);
  fflush (stderr);
  line_shown = TRUE;
}

static void
jobs_changed_cb (GListModel *jobs,
                 guint       position,
                 guint       removed,
                 guint       added,
                 gpointer    data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (CsJob) job = g_list_model_get_item (jobs, i);

      g_signal_connect (job, "notify", G_CALLBACK (show_progress), NULL);
    }

  show_progress ();
}

void
cs_terminal_watch (GListModel *jobs)
{
  if (!isatty (STDERR_FILENO))
    return;

  watched = jobs;
  g_signal_connect (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), NULL);
}

void
cs_terminal_pause_watch (void)
{
  wipe_line ();
}

void
cs_terminal_end_watch (void)
{
  if (watched == NULL)
    return;

  g_signal_handlers_disconnect_by_func (watched, jobs_changed_cb, NULL);
  wipe_line ();
  watched = NULL;
}
