/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-event-stream.h"
#include "cs-fuzz.h"

/* How a stream is read when nobody minds memory and pieces: all of it at once,
 * line by line. What is tested must say the same.
 */
static GPtrArray *
read_plainly (const guint8 *data,
              gsize         length)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) event = g_string_new (NULL);
  gboolean has_data = FALSE;
  const char *at = (const char *) data, *end = at + length;

  if (length >= 3 && memcmp (at, "\xef\xbb\xbf", 3) == 0)
    at += 3;
  while (at <= end)
    {
      const char *stop = at;

      while (stop < end && *stop != '\r' && *stop != '\n')
        stop++;
      if (stop - at >= 5 && memcmp (at, "data:", 5) == 0)
        {
          const char *value = at + 5 + (stop - at > 5 && at[5] == ' ');

          g_string_append (event, has_data ? "\n" : "");
          g_string_append_len (event, value, stop - value);
          has_data = TRUE;
        }
      else if (stop - at == 4 && memcmp (at, "data", 4) == 0)
        {
          g_string_append (event, has_data ? "\n" : "");
          has_data = TRUE;
        }
      if (stop == at || stop == end)
        {
          if (event->len > 0)
            g_ptr_array_add (events, g_utf8_make_valid (event->str, event->len));
          g_string_truncate (event, 0);
          has_data = FALSE;
        }
      at = stop + (end - stop >= 2 && stop[0] == '\r' && stop[1] == '\n' ? 2 : 1);
    }

  return events;
}

/* In pieces of up to most bytes */
static GPtrArray *
read_in_pieces (const guint8 *data,
                gsize         length,
                gsize         limit,
                gsize         most,
                GRand        *random,
                gboolean     *fits)
{
  g_autoptr (CsEventStream) stream = cs_event_stream_new (limit);
  GPtrArray *events = g_ptr_array_new_with_free_func (g_free);
  char *event;

  *fits = TRUE;
  while (length > 0 && *fits)
    {
      gsize chosen = most > 1 ? 1 + (gsize) (g_rand_double (random) * most) : 1;
      gsize piece = MIN (length, chosen);
      /* Of its own size, so that reading beyond it is seen */
      g_autofree char *copy = g_memdup2 (data, piece);
      g_autoptr (GError) error = NULL;

      *fits = cs_event_stream_push (stream, copy, piece, &error);
      g_assert_true (*fits == (error == NULL));
      data += piece;
      length -= piece;
    }
  cs_event_stream_end (stream);
  while ((event = cs_event_stream_pop (stream)))
    {
      g_assert_true (g_utf8_validate (event, -1, NULL));
      g_assert_cmpuint (strlen (event), >, 0);
      g_ptr_array_add (events, event);
    }

  return events;
}

static void
assert_same (GPtrArray *a,
             GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    g_assert_cmpstr (g_ptr_array_index (a, i), ==, g_ptr_array_index (b, i));
}

static void
fuzz (const guint8 *data,
      gsize         length,
      GRand        *random)
{
  g_autoptr (GPtrArray) plain = read_plainly (data, length);
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) bytes = NULL;
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (GPtrArray) narrow = NULL;
  g_autoptr (GPtrArray) narrow_pieces = NULL;
  gsize    limit = 1 + (gsize) (g_rand_double (random) * 200);
  gboolean fits, fits_in_pieces;

  whole = read_in_pieces (data, length, G_MAXUINT32, length, random, &fits);
  g_assert_true (fits);
  assert_same (plain, whole);
  bytes = read_in_pieces (data, length, G_MAXUINT32, 1, random, &fits);
  assert_same (plain, bytes);
  pieces = read_in_pieces (data, length, G_MAXUINT32, 100, random, &fits);
  assert_same (plain, pieces);

  narrow = read_in_pieces (data, length, limit, length, random, &fits);
  narrow_pieces = read_in_pieces (data, length, limit, 30, random, &fits_in_pieces);
  g_assert_true (fits == fits_in_pieces);
  assert_same (narrow, narrow_pieces);
  /* A byte that is no UTF-8 becomes three; the ends of its lines come on top */
  for (guint i = 0; i < narrow->len; i++)
    {
      const char *event = g_ptr_array_index (narrow, i);

      g_assert_cmpuint (strlen (event), <=, strstr (event, "\xef\xbf\xbd") != NULL ? 3 * limit + 9 : limit + 3);
    }
  if (fits)
    assert_same (plain, narrow);
}

int
main (int   argc,
      char *argv[])
{
  const char *const words[] = { "data:", "data: ", "data", "data\n", "\n\n", "\r\n\r\n", "\r\r", "\r", "\n", ": ", ":", "event: x\n", "id:1\n",
                                "\xef\xbb\xbf", "\xf0\x9f\xa7", "\xff", "[DONE]", "{\"choices\":[{\"delta\":{\"content\":\"", "\"}}]}", NULL };

  return cs_fuzz_main (argc, argv, "event-stream", words, fuzz);
}
