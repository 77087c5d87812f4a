/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-fault.h"
#include "cs-chat-stream.h"
#include "cs-fuzz.h"

static CsChatStream *
read_in_pieces (const guint8 *data,
                gsize         length,
                gsize         most,
                gint64        tokens,
                GRand        *random)
{
  CsChatStream *stream = cs_chat_stream_new ();
  gboolean      wanted = TRUE;

  cs_chat_stream_set_most (stream, tokens);

  while (length > 0 && wanted)
    {
      gsize chosen = 1 + (gsize) (g_rand_double (random) * most);
      gsize piece = MIN (length, chosen);
      /* Of its own size, so that reading beyond it is seen */
      g_autofree char *copy = g_memdup2 (data, piece);

      wanted = cs_chat_stream_push (stream, copy, piece);
      data += piece;
      length -= piece;
    }
  cs_chat_stream_end (stream);

  return stream;
}

static void
check_fault (const CsChatFault *fault)
{
  g_autoptr (GError) error = cs_chat_fault_to_error (fault, "Somebody", "some-model");

  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 4000);
}

/* However it is cut, it says the same; and an error in any shape has a sentence */
static void
fuzz (const guint8 *data,
      gsize         length,
      GRand        *random)
{
  gint64 tokens = g_rand_boolean (random) ? g_rand_int_range (random, 1, 200) : 0;
  g_autoptr (CsChatStream) whole = read_in_pieces (data, length, length + 1, tokens, random);
  g_autoptr (CsChatStream) bytes = read_in_pieces (data, length, 1, tokens, random);
  g_autoptr (CsChatStream) pieces = read_in_pieces (data, length, 60, tokens, random);
  g_autoptr (CsChatFault) fault = cs_chat_fault_new (400 + g_rand_int_range (random, 0, 130), (const char *) data, length);
  CsChatStream *others[] = { bytes, pieces };

  g_assert_true (g_utf8_validate (cs_chat_stream_get_content (whole), -1, NULL));
  g_assert_cmpint (cs_chat_stream_get_input (whole), >=, -1);
  g_assert_cmpint (cs_chat_stream_get_output (whole), >=, -1);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_cmpstr (cs_chat_stream_get_content (whole), ==, cs_chat_stream_get_content (others[i]));
      g_assert_cmpstr (cs_chat_stream_get_finish (whole), ==, cs_chat_stream_get_finish (others[i]));
      g_assert_cmpint (cs_chat_stream_is_complete (whole), ==, cs_chat_stream_is_complete (others[i]));
      g_assert_cmpint (cs_chat_stream_get_fault (whole) != NULL, ==, cs_chat_stream_get_fault (others[i]) != NULL);
      g_assert_cmpint (cs_chat_stream_get_output (whole), ==, cs_chat_stream_get_output (others[i]));
    }

  check_fault (fault);
  if (cs_chat_stream_get_fault (whole) != NULL)
    check_fault (cs_chat_stream_get_fault (whole));
}

int
main (int   argc,
      char *argv[])
{
  const char *const words[] = {
    "data: ", "data:", "\n\n", "\r\n", ": OPENROUTER PROCESSING\n\n", "[DONE]", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"", "\"}}]}",
    "\"finish_reason\":\"stop\"", "\"finish_reason\":\"length\"", "\"usage\":{\"prompt_tokens\":", "\"completion_tokens\":", "{\"error\":{\"message\":\"",
    "{\"error\":\"", "[{\"error\":", "{\"code\":20012,\"message\":\"x\",\"data\":null}", "{\"detail\":[{\"loc\":[\"body\",\"x\"],\"msg\":\"y\"}]}",
    "\"message\":{\"content\":", "\"reasoning_content\":\"", "\"refusal\":\"", "[{\"type\":\"text\",\"text\":\"", "null", "1e400", "-5", "\"12\"",
    "<html>", "\xef\xbb\xbf", "\xff", "\\u0000", "insufficient_quota", "invalid_api_key", "rate limit", NULL
  };

  return cs_fuzz_main (argc, argv, "chat-stream", words, fuzz);
}
