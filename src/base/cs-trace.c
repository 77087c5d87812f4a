/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-trace.h"

static const struct
{
  const char *topic;
  const char *meaning;
} topics[] = {
  { CS_TRACE_CHANNEL, "each request to a shop and what came back" },
  { CS_TRACE_STORE, "what SQLite says when the library cannot be read or written" },
  { CS_TRACE_SYNC, "what the publisher decides" },
};

static char **
get_chosen (void)
{
  static gsize  once;
  static char **chosen;

  if (g_once_init_enter (&once))
    {
      const char *variable = g_getenv ("CS_DEBUG");

      chosen = g_strsplit (variable != NULL ? variable : "", ",", -1);
      if (g_strv_contains ((const char *const *) chosen, "help"))
        {
          for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
            g_printerr ("CS_DEBUG=%s: %s\n", topics[i].topic, topics[i].meaning);
        }
      g_once_init_leave (&once, 1);
    }

  return chosen;
}

void
cs_trace_init (void)
{
  get_chosen ();
}

gboolean
cs_trace_is_on (const char *topic)
{
  const char *const *chosen = (const char *const *) get_chosen ();

  return g_strv_contains (chosen, topic) || g_strv_contains (chosen, "all");
}

void
cs_trace (const char *topic,
          const char *format,
          ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  if (!cs_trace_is_on (topic))
    return;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s: %s\n", topic, text);
}
