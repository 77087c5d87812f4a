/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-error.h"
#include "cs-event-stream.h"

static GPtrArray *
pop_all (CsEventStream *stream)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  char *event;

  while ((event = cs_event_stream_pop (stream)))
    g_ptr_array_add (found, event);

  return found;
}

/* text in two pieces, and its end */
static GPtrArray *
read_cut (const char *text,
          gsize       length,
          gsize       at)
{
  g_autoptr (CsEventStream) stream = cs_event_stream_new (100000);
  g_autoptr (GError) error = NULL;

  cs_event_stream_push (stream, text, at, &error);
  g_assert_no_error (error);
  cs_event_stream_push (stream, text + at, length - at, &error);
  g_assert_no_error (error);
  cs_event_stream_end (stream);

  return pop_all (stream);
}

static void
assert_events (const char        *text,
               gssize             length,
               const char *const *expected)
{
  gsize size = length >= 0 ? (gsize) length : strlen (text);

  for (gsize at = 0; at <= size; at++)
    {
      g_autoptr (GPtrArray) found = read_cut (text, size, at);

      g_assert_cmpuint (found->len, ==, g_strv_length ((char **) expected));
      for (guint i = 0; i < found->len; i++)
        g_assert_cmpstr (g_ptr_array_index (found, i), ==, expected[i]);
    }
}

#define EVENTS(...) ((const char *const[]) { __VA_ARGS__ __VA_OPT__ (, ) NULL })

static void
test_forms (void)
{
  assert_events ("data: a\n\ndata: b\n\n", -1, EVENTS ("a", "b"));
  assert_events ("data:a\r\n\r\ndata:b\r\n\r\n", -1, EVENTS ("a", "b"));
  assert_events ("data: a\r\rdata: b\r\r", -1, EVENTS ("a", "b"));
  assert_events ("data: a\ndata: b\n\n", -1, EVENTS ("a\nb"));
  assert_events ("data: a\ndata\ndata: b\n\n", -1, EVENTS ("a\n\nb"));
  assert_events (": comment\n\nevent: x\nid: 1\ndata: a\nretry: 3\n\n", -1, EVENTS ("a"));
  assert_events ("data:  a \n\n", -1, EVENTS (" a "));
  assert_events ("\xef\xbb\xbf" "data: a\n\n", -1, EVENTS ("a"));
  assert_events ("data: a", -1, EVENTS ("a"));
  assert_events ("data: a\n", -1, EVENTS ("a"));
  assert_events ("database: a\n\n data: b\n\nDATA: c\n\n", -1, EVENTS ());
  assert_events ("", -1, EVENTS ());
  assert_events ("\n\n\r\r\n\n", -1, EVENTS ());
  assert_events ("data:\n\ndata: \n\ndata\n\n", -1, EVENTS ());
}

static void
test_no_stream (void)
{
  assert_events ("{\"error\": {\"message\": \"no\"}}", -1, EVENTS ());
  assert_events ("<html>\n\n<body>data: x</body>\n\n</html>", -1, EVENTS ());
}

/* What is no UTF-8, and nought, is replaced; a character that was cut is none that is wrong */
static void
test_bytes (void)
{
  assert_events ("data: \xe7\xab\xb9 \xf0\x9f\xa7\xba\n\n", -1, EVENTS ("竹 🧺"));
  assert_events ("data: a\xff" "b\xe7\xab\n\n", -1, EVENTS ("a\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd"));
  assert_events ("data: a\0b\n\n", 11, EVENTS ("a\xef\xbf\xbd" "b"));
}

static gboolean
push_text (CsEventStream *stream,
           const char    *text,
           GError       **error)
{
  return cs_event_stream_push (stream, text, strlen (text), error);
}

static void
test_too_long (void)
{
  const char *const parts[] = { "data: 0123456789", "data: 01\n", "data\n", "data:\n" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (CsEventStream) stream = cs_event_stream_new (32);
      g_autoptr (GError) error = NULL;
      guint n;

      for (n = 0; n < 100 && push_text (stream, i == 0 && n > 0 ? "0123456789" : parts[i], &error); n++)
        ;
      g_assert_error (error, CS_ERROR, CS_ERROR_UNKNOWN);
      g_assert_cmpuint (n, >=, 2);
      g_clear_error (&error);
      g_assert_false (push_text (stream, "\n\ndata: x\n\n", &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_UNKNOWN);
      cs_event_stream_end (stream);
      g_assert_null (cs_event_stream_pop (stream));
    }
}

/* As much as it may have, and what means nothing has no limit */
static void
test_long (void)
{
  g_autoptr (CsEventStream) stream = cs_event_stream_new (32);
  g_autoptr (GError) error = NULL;
  g_autofree char *event = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      push_text (stream, i == 0 ? ": comment" : "0123456789", &error);
      g_assert_no_error (error);
    }
  push_text (stream, "\n\ndata: 01234567890123456789012345678901\n\n", &error);
  g_assert_no_error (error);
  event = cs_event_stream_pop (stream);
  g_assert_cmpstr (event, ==, "01234567890123456789012345678901");
}

/* However a stream is cut in two, it says the same; and one that ends anywhere
 * says the beginning of it
 */
static void
test_recorded (gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("CS_DIALECTS"), data, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  whole = read_cut (text, length, 0);
  g_assert_cmpuint (whole->len, >=, 3);

  for (gsize at = 0; at <= length; at++)
    {
      g_autoptr (GPtrArray) found = read_cut (text, length, at);
      g_autoptr (GPtrArray) part = read_cut (text, at, at / 2);

      g_assert_cmpuint (found->len, ==, whole->len);
      g_assert_cmpuint (part->len, <=, whole->len);
      for (guint i = 0; i < found->len; i++)
        g_assert_cmpstr (g_ptr_array_index (found, i), ==, g_ptr_array_index (whole, i));
      for (guint i = 0; i + 1 < part->len; i++)
        g_assert_cmpstr (g_ptr_array_index (part, i), ==, g_ptr_array_index (whole, i));
    }
}

/* What one of them says, in full */
static void
test_odd (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CS_DIALECTS"), "odd.sse", NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  assert_events (text, length, EVENTS ("first\nsecond\n", " two blanks", "ünï\n竹", "last"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/event-stream/forms", test_forms);
  g_test_add_func ("/net/event-stream/no-stream", test_no_stream);
  g_test_add_func ("/net/event-stream/bytes", test_bytes);
  g_test_add_func ("/net/event-stream/too-long", test_too_long);
  g_test_add_func ("/net/event-stream/long", test_long);
  g_test_add_func ("/net/event-stream/odd", test_odd);
  g_test_add_data_func ("/net/event-stream/recorded/openai", "openai.sse", test_recorded);
  g_test_add_data_func ("/net/event-stream/recorded/deepseek", "deepseek.sse", test_recorded);
  g_test_add_data_func ("/net/event-stream/recorded/openrouter", "openrouter.sse", test_recorded);
  g_test_add_data_func ("/net/event-stream/recorded/gemini", "gemini.sse", test_recorded);
  g_test_add_data_func ("/net/event-stream/recorded/dashscope", "dashscope.sse", test_recorded);
  g_test_add_data_func ("/net/event-stream/recorded/odd", "odd.sse", test_recorded);

  return g_test_run ();
}
