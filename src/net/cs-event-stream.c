/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-error.h"
#include "cs-event-stream.h"

/* As https://html.spec.whatwg.org/multipage/server-sent-events.html, 9.2.6 has
 * it: lines end with \r\n, \n or \r; of their fields only "data" means something
 * here; an empty line ends an event. Different from there, an event at the very
 * end counts without one: some servers leave it out.
 */
#define LONGEST_NAME    64
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _CsEventStream
{
  gsize       most;
  GByteArray *line;   /* the one that is being read */
  GByteArray *data;   /* of the event that is being read */
  GQueue      events; /* (element-type utf8) */
  guint       begun : 1;    /* what may be a byte order mark was looked at */
  guint       after_cr : 1; /* a \n now belongs to the line before */
  guint       has_data : 1;
  guint       broken : 1;
};

CsEventStream *
cs_event_stream_new (gsize most)
{
  CsEventStream *self = g_new0 (CsEventStream, 1);

  self->most = most;
  self->line = g_byte_array_new ();
  self->data = g_byte_array_new ();
  g_queue_init (&self->events);

  return self;
}

void
cs_event_stream_free (CsEventStream *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->line);
  g_byte_array_unref (self->data);
  g_queue_clear_full (&self->events, g_free);
  g_free (self);
}

static void
end_event (CsEventStream *self)
{
  if (self->has_data && self->data->len > 0)
    g_queue_push_tail (&self->events, g_utf8_make_valid ((const char *) self->data->data, self->data->len));

  g_byte_array_set_size (self->data, 0);
  self->has_data = FALSE;
}

static void
end_line (CsEventStream *self)
{
  const char *line = (const char *) self->line->data;
  gsize       length = self->line->len;

  if (length == 0)
    {
      end_event (self);
      return;
    }

  if (length >= 4 && memcmp (line, "data", 4) == 0 && (length == 4 || line[4] == ':'))
    {
      gsize start = MIN (length, 5);

      if (start < length && line[start] == ' ')
        start++;
      if (self->has_data)
        g_byte_array_append (self->data, (const guint8 *) "\n", 1);
      g_byte_array_append (self->data, (const guint8 *) line + start, length - start);
      self->has_data = TRUE;
    }

  g_byte_array_set_size (self->line, 0);
}

static gboolean
means_something (CsEventStream *self)
{
  return memcmp (self->line->data, "data:", MIN (self->line->len, 5)) == 0;
}

static void
skip_mark (CsEventStream *self)
{
  if (self->begun || self->line->len < strlen (BYTE_ORDER_MARK))
    return;

  if (memcmp (self->line->data, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    g_byte_array_remove_range (self->line, 0, strlen (BYTE_ORDER_MARK));
  self->begun = TRUE;
}

/* Of a line that means nothing only the beginning is kept, however long it is */
static gboolean
add_to_line (CsEventStream *self,
             const guint8  *bytes,
             gsize          length)
{
  gsize name = self->line->len < LONGEST_NAME ? MIN (length, LONGEST_NAME - self->line->len) : 0;

  g_byte_array_append (self->line, bytes, name);
  skip_mark (self);
  if (!means_something (self))
    return TRUE;

  if (self->line->len + (length - name) + self->data->len > self->most + strlen ("data: "))
    return FALSE;

  g_byte_array_append (self->line, bytes + name, length - name);

  return TRUE;
}

gboolean
cs_event_stream_push (CsEventStream *self,
                      const char    *bytes,
                      gsize          length,
                      GError       **error)
{
  const char *end = bytes + length;

  g_return_val_if_fail (self != NULL, FALSE);

  while (bytes < end && !self->broken)
    {
      const char *stop = bytes;

      while (stop < end && *stop != '\n' && *stop != '\r')
        stop++;

      if (stop > bytes)
        {
          self->after_cr = FALSE;
          self->broken = !add_to_line (self, (const guint8 *) bytes, stop - bytes);
        }
      else if (self->after_cr && *stop == '\n')
        {
          self->after_cr = FALSE;
          stop++;
        }
      else
        {
          self->after_cr = *stop == '\r';
          self->begun = TRUE;
          end_line (self);
          stop++;
        }

      bytes = stop;
    }

  if (self->broken)
    g_set_error_literal (error, CS_ERROR, CS_ERROR_UNKNOWN, _("A part of the answer is far too long."));

  return !self->broken;
}

void
cs_event_stream_end (CsEventStream *self)
{
  g_return_if_fail (self != NULL);

  if (self->broken)
    return;

  if (self->line->len > 0)
    end_line (self);
  end_event (self);
}

char *
cs_event_stream_pop (CsEventStream *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_queue_pop_head (&self->events);
}
