/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-plain.h"
#include "cs-chat-reply.h"
#include "cs-fuzz.h"

/* No input takes longer, with sanitizers and other work beside it */
#define MOST_SECONDS 10

static void
check_text (const char *text,
            gboolean    lines)
{
  g_autofree char *again = cs_chat_plain (text, lines);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpstr (text, !=, "");
  g_assert_cmpstr (again, ==, text);
  g_assert_false (cs_chat_is_meta (text));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      g_assert_true (type != G_UNICODE_CONTROL || (lines && *p == '\n'));
      g_assert_cmpint (type, !=, G_UNICODE_FORMAT);
      g_assert_cmpint (type, !=, G_UNICODE_PRIVATE_USE);
    }
}

static void
check_list (GPtrArray *list,
            guint      most)
{
  g_assert_cmpuint (list->len, <=, most);
  for (guint i = 0; i < list->len; i++)
    check_text (list->pdata[i], FALSE);
}

static void
check_reply (CsChatReply *reply)
{
  check_list (reply->titles, 3);
  check_list (reply->bullets, 10);
  check_list (reply->keywords, 30);
  check_list (reply->questions, 8);
  check_list (reply->warnings, 8);
  if (reply->description != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (reply->description, "\n", -1);

      for (guint i = 0; parts[i] != NULL; i++)
        if (*parts[i] != '\0')
          g_assert_true (g_utf8_validate (parts[i], -1, NULL));
    }
  for (guint i = 0; i < reply->alts->len; i++)
    {
      CsChatAlt *alt = reply->alts->pdata[i];

      g_assert_cmpuint (alt->photo, >, 0);
      check_text (alt->text, FALSE);
    }
}

static void
fuzz (const guint8 *data,
      gsize         length,
      GRand        *random)
{
  g_autofree char *content = g_strndup ((const char *) data, length);
  g_autofree char *part = g_strndup (content, (gsize) (g_rand_double (random) * length));
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (CsChatReply) reply = cs_chat_reply_read (content, FALSE);
  g_autoptr (CsChatReply) seen = cs_chat_reply_read (content, TRUE);
  g_autoptr (CsChatReply) cut = cs_chat_reply_read (part, TRUE);

  g_assert_cmpint (g_get_monotonic_time () - begun, <, MOST_SECONDS * G_USEC_PER_SEC);
  if (reply != NULL)
    check_reply (reply);
  if (seen != NULL)
    check_reply (seen);
  if (cut != NULL)
    check_reply (cut);
}

int
main (int   argc,
      char *argv[])
{
  const char *const words[] = {
    "{\"", "\":", "\",\"", "[{\"text\":\"", "\",\"facts\":[", "]}", "}]", "titles", "title", "description", "bullets", "keywords",
    "alt_texts", "photo", "missing", "warnings", "text", "<think>", "</think>", "```json\n", "```", "\\u", "\\ud83e\\uddfa", "\\\"", "null",
    "NaN", "true", "-1e999", "&lt;", "&amp;", "<b>", "</script>", "<script", "<!--", "[a](b)", "**", "\xe2\x80\xae", "\xef\xbb\xbf", "\xff",
    "I'm sorry", "作为一个AI", "标题", ",}", ",]", "\\n- ", NULL
  };

  return cs_fuzz_main (argc, argv, "chat-reply", words, fuzz);
}
