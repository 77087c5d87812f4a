/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-json.h"
#include "cs-chat-plain.h"
#include "cs-chat-reply.h"

#define GOOD "{\"titles\":[{\"text\":\"Bamboo basket 28 cm\",\"facts\":[1]},{\"text\":\"Fruit basket\",\"facts\":[]}]," \
             "\"description\":[{\"text\":\"A basket.\",\"facts\":[1]},{\"text\":\"Made of bamboo.\",\"facts\":[2]}]," \
             "\"bullets\":[{\"text\":\"28 cm wide\",\"facts\":[1]}],\"keywords\":[{\"text\":\"basket\",\"facts\":[]}]," \
             "\"alt_texts\":[{\"photo\":2,\"text\":\"A basket with pears\",\"facts\":[1]}]," \
             "\"missing\":[\"How heavy is it?\"],\"warnings\":[\"Two sizes\"]}"

/* What stands around it, and how it may be spoilt; title NULL: nothing can be read */
typedef struct
{
  const char *name;
  const char *content;
  const char *title;
  const char *description;
  guint       n_bullets;
  gboolean    whole;
} Case;

static const Case cases[] = {
  { "as-asked", GOOD, "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "mark", "\ufeff" GOOD, "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "fence", "```json\n" GOOD "\n```", "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "talk", "Sure! Here {is} it:\n" GOOD "\nI hope {this} helps ;-}", "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "thought", "<think>\n{\"title\": \"no\"} </thin> hm\n</think>\n\n" GOOD, "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "thought-open", "<think>\nThe seller wants {\"title\": \"no\"}. " GOOD, "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "thought-closed", "The seller {\"title\":\"no\"}\n</think>\n" GOOD, "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "thought-only", "<think>\nThe seller wants a title", NULL, NULL, 0, FALSE },
  { "thought-in-text", "{\"title\":\"Basket </think> {x}\",\"bullets\":[]}", "Basket {x}", NULL, 0, TRUE },
  { "list", "[" GOOD "]", "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "boxed", "{\"listing\":" GOOD "}", "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "two", GOOD "\n{\"title\":\"second\"}", "Bamboo basket 28 cm", "A basket. Made of bamboo.", 1, TRUE },
  { "plain-texts", "{\"title\":\"A\",\"description\":\"B.\\nC.\",\"bullets\":[\"x\",\"y\"]}", "A", "B.\nC.", 2, TRUE },
  { "strings-for-lists", "{\"titles\":\"A\",\"bullets\":\"- x\\n- y\\n3. z\",\"keywords\":\"a, b，c、d\"}", "A", NULL, 3, TRUE },
  { "lists-for-strings", "{\"title\":[\"A\",\"B\"],\"description\":[\"C\",\"D.\",\"E.\"]}", "A", "C\nD. E.", 0, TRUE },
  { "bare-names", "{title: 'A', bullets: ['x', 'y',],}", "A", NULL, 2, TRUE },
  { "missing-comma", "{\"title\":\"A\"\n\"bullets\":[\"x\"\n\"y\"]}", "A", NULL, 2, TRUE },
  { "quotes-within", "{\"title\":\"A 12\" wide basket\",\"bullets\":[]}", "A 12\" wide basket", NULL, 0, TRUE },
  { "line-ends-within", "{\"title\":\"A\nB\",\"description\":\"C\nD\"}", "A B", "C\nD", 0, TRUE },
  { "nan", "{\"title\":\"A\",\"weight\":NaN,\"price\":-Infinity,\"bullets\":[\"x\"]}", "A", NULL, 1, TRUE },
  { "duplicates", "{\"title\":\"A\",\"title\":\"\",\"bullets\":[\"x\"],\"bullets\":[\"y\",\"z\"]}", "A", NULL, 2, TRUE },
  { "nulls", "{\"title\":null,\"titles\":[null,{\"text\":null},\"A\"],\"description\":null,\"bullets\":null}", "A", NULL, 0, TRUE },
  { "chinese-names", "{\"标题\":\"竹篮\",\"描述\":\"手工。\",\"卖点\":[\"轻\"]}", "竹篮", "手工。", 1, TRUE },
  { "escapes", "{\"title\":\"\\u7af9\\u7bee \\ud83e\\uddfa\\u0000\\ud800 x\"}", "竹篮 🧺\ufffd x", NULL, 0, TRUE },
  { "cut-in-text", "{\"title\":\"A\",\"bullets\":[\"x\",\"y and", "A", NULL, 1, FALSE },
  { "cut-in-name", "{\"title\":\"A\",\"bull", "A", NULL, 0, FALSE },
  { "cut-in-title", "{\"title\":\"A wonde", NULL, NULL, 0, FALSE },
  { "cut-number", "{\"title\":\"A\",\"bullets\":[\"x\"],\"n\":12", "A", NULL, 1, FALSE },
  { "broken", "{\"title\":\"A\",\"bullets\":[\"x\"],%%%,\"description\":\"y\"}", "A", NULL, 1, FALSE },
  { "numbers", "{\"title\":5,\"titles\":[7,\"A\"],\"bullets\":[1,\"x\"],\"keywords\":[2024]}", "A", NULL, 1, TRUE },
  { "wrong-kinds", "{\"title\":[1,{\"a\":null}],\"description\":true,\"bullets\":\"one\",\"keywords\":{\"a\":\"b\"},\"alt_texts\":\"none\",\"missing\":7}", NULL, NULL, 1, TRUE },
  { "other-names", "{\"headline\":\"x\",\"body\":\"y\"}", NULL, NULL, 0, FALSE },
  { "prose", "A fine basket of bamboo.", NULL, NULL, 0, FALSE },
  { "blank", " \n \n", NULL, NULL, 0, FALSE },
  { "nothing", "", NULL, NULL, 0, FALSE },
  { "empty", "{}", NULL, NULL, 0, FALSE },
  { "open", "{", NULL, NULL, 0, FALSE },
  { "braces", "{{{{{{{{", NULL, NULL, 0, FALSE },
  { "says-nothing", "{\"title\":\"N/A\",\"description\":\"无\",\"bullets\":[\"x\",\"none\"]}", NULL, NULL, 1, TRUE },
  { "bad-bytes", "{\"title\":\"A \xff\xc3\x28 b\"}", "A \ufffd\ufffd( b", NULL, 0, TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (CsChatReply) reply = cs_chat_reply_read (test->content, FALSE);
  const char *title = reply != NULL && reply->titles->len > 0 ? reply->titles->pdata[0] : NULL;

  g_assert_cmpstr (title, ==, test->title);
  g_assert_cmpstr (reply != NULL ? reply->description : NULL, ==, test->description);
  g_assert_cmpuint (reply != NULL ? reply->bullets->len : 0, ==, test->n_bullets);
  g_assert_cmpint (reply != NULL && reply->whole, ==, test->whole);
}

static void
test_all_of_it (void)
{
  g_autoptr (CsChatReply) reply = cs_chat_reply_read (GOOD, FALSE);

  g_assert_cmpuint (reply->titles->len, ==, 2);
  g_assert_cmpuint (reply->keywords->len, ==, 1);
  g_assert_cmpuint (reply->alts->len, ==, 1);
  g_assert_cmpuint (((CsChatAlt *) reply->alts->pdata[0])->photo, ==, 2);
  g_assert_cmpstr (((CsChatAlt *) reply->alts->pdata[0])->text, ==, "A basket with pears");
  g_assert_cmpstr (reply->questions->pdata[0], ==, "How heavy is it?");
  g_assert_cmpstr (reply->warnings->pdata[0], ==, "Two sizes");
  g_assert_true (cs_chat_reply_is_usable (reply));
  g_assert_false (reply->refuses);
}

/* While it comes, what is there grows and is never more than what will be */
static void
test_growing (void)
{
  g_autoptr (CsChatReply) last = cs_chat_reply_read (GOOD, FALSE);
  gsize longest = 0;

  for (gsize n = 0; n <= strlen (GOOD); n++)
    {
      g_autofree char *part = g_strndup (GOOD, n);
      g_autoptr (CsChatReply) seen = cs_chat_reply_read (part, TRUE);
      g_autoptr (CsChatReply) sure = cs_chat_reply_read (part, FALSE);
      const char *title = seen != NULL && seen->titles->len > 0 ? seen->titles->pdata[0] : "";

      g_assert_true (g_str_has_prefix (last->titles->pdata[0], title));
      g_assert_cmpuint (strlen (title), >=, MIN (longest, strlen (title)));
      longest = MAX (longest, strlen (title));
      /* What was cut off is never taken for a text */
      if (sure != NULL && sure->titles->len > 0)
        g_assert_cmpstr (sure->titles->pdata[0], ==, last->titles->pdata[0]);
      if (sure != NULL && sure->description != NULL)
        g_assert_true (g_str_has_prefix (last->description, sure->description));
      g_assert_cmpint (sure != NULL && sure->whole, ==, n == strlen (GOOD));
    }
  g_assert_cmpuint (longest, ==, strlen (last->titles->pdata[0]));
}

static void
test_meta (void)
{
  static const char *const meta[] = {
    "I'm sorry, but I can't help with that request.", "As an AI language model, I cannot see photos.",
    "作为一个AI语言模型，我无法为您完成这个请求。", "作为一个 AI，我不能这样做。", "很抱歉，这个请求无法完成", "Sorry, I cannot do that.",
  };
  static const char *const product[] = {
    "Bamboo basket for fruit", "竹编水果篮 直径28厘米", "AI learning robot for children", "Mug with the words “sorry not sorry”", "无法兰绒",
  };

  for (guint i = 0; i < G_N_ELEMENTS (meta); i++)
    {
      g_autofree char *inside = g_strdup_printf ("{\"titles\":[\"%s\",\"A basket\"],\"description\":\"%s\"}", meta[i], meta[i]);
      g_autoptr (CsChatReply) refusal = cs_chat_reply_read (meta[i], FALSE);
      g_autoptr (CsChatReply) reply = cs_chat_reply_read (inside, FALSE);

      g_assert_true (cs_chat_is_meta (meta[i]));
      g_assert_nonnull (refusal);
      g_assert_true (refusal->refuses);
      g_assert_false (cs_chat_reply_is_usable (refusal));
      /* Such a text is left out, what is one stays */
      g_assert_cmpuint (reply->titles->len, ==, 1);
      g_assert_cmpstr (reply->titles->pdata[0], ==, "A basket");
      g_assert_null (reply->description);
    }
  for (guint i = 0; i < G_N_ELEMENTS (product); i++)
    g_assert_false (cs_chat_is_meta (product[i]));
}

static void
test_plain (void)
{
  static const struct
  {
    const char *text;
    const char *plain;
  } texts[] = {
    { "a <b>bold</b> <a href=\"http://evil.invalid\">word</a>", "a bold word" },
    { "x<br>y<p>z</p>", "x\ny\nz" },
    { "&lt;b&gt;no&lt;/b&gt; &amp;amp; &quot;yes&quot;", "no & \"yes\"" },
    { "<script>alert(1)</script>after <style>b{}</style>it", "after it" },
    { "<scr<b></b>ipt>x</script>y", "" },
    { "wall <5cm and >3cm, a < b", "wall <5cm and >3cm, a < b" },
    { "**strong** `code` ~~gone~~", "strong code gone" },
    { "# Head\n- one\n> two", "Head\none\ntwo" },
    { "see [here](http://x) and ![a cat](y.png)", "see here and a cat" },
    { "a\u202eb\u2066c\u200bd\ufeffe\u00adf", "abcdef" },
    { "a\x01\x07\x1b[31mb", "a[31mb" },
    { "e\u0301\u0301\u0301\u0301\u0301x", "\u00e9\u0301x" },
    { "tag\U000e0041\U000e0042s", "tags" },
    { "<img src=x onerror=alert(1)", "" },
    { "<!-- hidden -->seen", "seen" },
    { "3 * 4 = 12", "3 * 4 = 12" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *plain = cs_chat_plain (texts[i].text, TRUE);
      g_autofree char *again = cs_chat_plain (plain, TRUE);

      g_test_message ("%s", texts[i].text);
      g_assert_cmpstr (plain, ==, texts[i].plain);
      g_assert_cmpstr (again, ==, plain);
    }
}

/* Of what is far too much nothing is read, in no more time than it takes to look at it */
static void
test_bounds (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"title\":\"A\",\"deep\":");
  g_autoptr (GString) many = g_string_new ("{\"title\":\"A\",\"bullets\":[");
  g_autoptr (GString) long_title = g_string_new ("{\"titles\":[\"");
  g_autoptr (GString) braces = g_string_new ("{\"title\":\"A ");
  g_autoptr (CsChatReply) of_deep = NULL;
  g_autoptr (CsChatReply) of_many = NULL;
  g_autoptr (CsChatReply) of_long = NULL;
  g_autoptr (CsChatReply) of_braces = NULL;
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < 20000; i++)
    g_string_append (deep, "[");
  of_deep = cs_chat_reply_read (deep->str, FALSE);
  g_assert_cmpstr (of_deep->titles->pdata[0], ==, "A");

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (many, "\"point %u\",", i);
  of_many = cs_chat_reply_read (many->str, FALSE);
  g_assert_cmpuint (of_many->bullets->len, ==, 10);

  for (guint i = 0; i < 200000; i++)
    g_string_append (long_title, "very ");
  g_string_append (long_title, "\",\"B\"]}");
  of_long = cs_chat_reply_read (long_title->str, FALSE);
  g_assert_true (of_long == NULL || of_long->titles->len == 0);

  for (guint i = 0; i < 300000; i++)
    g_string_append (braces, i % 2 ? "{\"" : "[](<");
  of_braces = cs_chat_reply_read (braces->str, FALSE);

  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/chat/reply/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/chat/reply/all", test_all_of_it);
  g_test_add_func ("/chat/reply/growing", test_growing);
  g_test_add_func ("/chat/reply/meta", test_meta);
  g_test_add_func ("/chat/reply/plain", test_plain);
  g_test_add_func ("/chat/reply/bounds", test_bounds);

  return g_test_run ();
}
