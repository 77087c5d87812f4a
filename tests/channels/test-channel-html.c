/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-json.h"

static void
test_from_text (void)
{
  static const struct
  {
    const char *text;
    const char *html;
  } cases[] = {
    { NULL, "" },
    { "", "" },
    { "\n \n", "" },
    { "One", "<p>One</p>" },
    { "One\nTwo", "<p>One<br />\nTwo</p>" },
    { "One\n\n\nTwo\n", "<p>One</p>\n<p>Two</p>" },
    { "3 < 5 & \"x\" <script>", "<p>3 &lt; 5 &amp; \"x\" &lt;script&gt;</p>" },
    { "C:\\n [shop]", "<p>C:&#092;n [shop]</p>" },
    { "竹编", "<p>竹编</p>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *html = cs_channel_html_from_text (cases[i].text);

      g_assert_cmpstr (html, ==, cases[i].html);
      g_assert_true (cs_channel_html_is_same (cases[i].text, html));
    }
}

static void
test_to_text (void)
{
  static const struct
  {
    const char *html;
    const char *text;
  } cases[] = {
    { NULL, "" },
    { "Plain  text\nwith a break", "Plain text with a break" },
    { "<p>One</p>\n<p>Two</p>", "One\n\nTwo" },
    { "One<br />\nTwo<BR>Three", "One\nTwo\nThree" },
    { "<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc" },
    { "<b>A</b>&amp;&lt;b&gt; &#8211; &#x2014;&nbsp;&hellip;", "A&<b> – — …" },
    { "&unknown; & &amp &#0; &#xd800; &#99999999; &#x;", "&unknown; & &amp" },
    { "a < b and <3", "a < b and <3" },
    { "<p title=\"a > b\">x</p>", "x" },
    { "x<!-- <p>no</p> -->y<!-- open", "xy" },
    { "a<script>alert('<p>')</script>b<style>p{}</style>", "ab" },
    { "<script>never closed", "" },
    { "<p", "" },
    { "<", "<" },
    { "&", "&" },
    { "<table><tr><td>Width</td><td>3 cm</td></tr><tr><td>Height</td></tr></table>", "Width 3 cm\nHeight" },
    { "\xff\xfe<p>x", "��\n\nx" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cs_channel_html_to_text (cases[i].html);

      g_test_message ("%u", i);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

static void
test_lists (void)
{
  char *entries[] = { (char *) "Round & light", (char *) "<b>", NULL };
  g_autofree char *html = cs_channel_html_from_list (entries);
  g_autofree char *none = cs_channel_html_from_list (NULL);
  g_auto (GStrv) again = cs_channel_html_to_list (html);
  g_auto (GStrv) lines = cs_channel_html_to_list ("• One\n\n  Two &amp; a half ");
  g_auto (GStrv) empty = cs_channel_html_to_list ("");

  g_assert_cmpstr (html, ==, "<ul>\n<li>Round &amp; light</li>\n<li>&lt;b&gt;</li>\n</ul>");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstrv (again, entries);
  g_assert_cmpstr (lines[0], ==, "One");
  g_assert_cmpstr (lines[1], ==, "Two & a half");
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_cmpuint (g_strv_length (empty), ==, 0);
}

/* What a page makes of a text is no change; other words are */
static void
test_same (void)
{
  static const struct
  {
    const char *text;
    const char *html;
    gboolean    same;
  } cases[] = {
    { "It's 3\" wide...", "<p>It&#8217;s 3&#8243; wide&#8230;</p>\n", TRUE },
    { "\"A\"", "&#8220;A&#8221;", TRUE },
    { "One\n\nTwo", "<p>One</p>\n<p>Two</p>", TRUE },
    { "One Two", "OneTwo", FALSE },
    { "One", "", FALSE },
    { "", "<p>&nbsp;</p>", TRUE },
    { "5 < 6", "5 &lt; 6", TRUE },
    { "<i>x</i>", "<i>x</i>", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", i);
      g_assert_true (cs_channel_html_is_same (cases[i].text, cases[i].html) == cases[i].same);
    }
}

/* A machine's decimals, not a person's: "1.299" is no thousand */
static void
test_prices (void)
{
  static const struct
  {
    const char *json;
    const char *currency;
    gint64      minor; /* -1: none */
  } cases[] = {
    { "{\"p\":\"49.9\"}", "EUR", 4990 },
    { "{\"p\":\"49\"}", "EUR", 4900 },
    { "{\"p\":\"49.\"}", "EUR", 4900 },
    { "{\"p\":\"1.299\"}", "EUR", -1 },
    { "{\"p\":\"1.290\"}", "EUR", 129 },
    { "{\"p\":\"1.299\"}", "KWD", 1299 },
    { "{\"p\":\"1200\"}", "JPY", 1200 },
    { "{\"p\":\"1200.5\"}", "JPY", -1 },
    { "{\"p\":12.5}", "EUR", 1250 },
    { "{\"p\":7}", "EUR", 700 },
    { "{\"p\":\"\"}", "EUR", -1 },
    { "{\"p\":\"-3\"}", "EUR", -1 },
    { "{\"p\":\"1,5\"}", "EUR", -1 },
    { "{\"p\":\"1e3\"}", "EUR", -1 },
    { "{\"p\":1e300}", "EUR", -1 },
    { "{\"p\":\"12345678901234567890\"}", "EUR", -1 },
    { "{\"p\":null}", "EUR", -1 },
    { "{}", "EUR", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = cs_json_parse (cases[i].json, -1, NULL);
      CsMoney price;

      g_test_message ("%s", cases[i].json);
      if (cs_channel_json_get_price (cs_json_node_object (node), "p", cases[i].currency, &price))
        g_assert_cmpint (price.minor, ==, cases[i].minor);
      else
        g_assert_cmpint (-1, ==, cases[i].minor);
    }
}

/* A thousandth of a coin is no thousand */
static void
test_shown_prices (void)
{
  static const struct
  {
    const char *json;
    const char *currency;
    const char *shown;
  } cases[] = {
    { "{\"p\":\"12.505\"}", "EUR", "12.51 EUR" },
    { "{\"p\":\"4.31034\"}", "EUR", "4.31 EUR" },
    { "{\"p\":\"9.999\"}", "EUR", "10.00 EUR" },
    { "{\"p\":\"12.5\"}", "EUR", "12.50 EUR" },
    { "{\"p\":12.5}", "EUR", "12.50 EUR" },
    { "{\"p\":0}", "EUR", "0.00 EUR" },
    { "{\"p\":\"1200.4\"}", "JPY", "1200 JPY" },
    { "{\"p\":\"12.505\"}", "KWD", "12.505 KWD" },
    { "{\"p\":\"1,5\"}", "EUR", "1,5" },
    { "{\"p\":\"1.234.567\"}", "EUR", "1.234.567" },
    { "{\"p\":\"\"}", "EUR", NULL },
    { "{\"p\":[]}", "EUR", NULL },
    { "{}", "EUR", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = cs_json_parse (cases[i].json, -1, NULL);
      g_autofree char *shown = cs_channel_json_dup_price (cs_json_node_object (node), "p", cases[i].currency);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_ids (void)
{
  g_autoptr (JsonNode) node = cs_json_parse ("{\"a\":17,\"b\":\"x-1\",\"c\":0,\"d\":\"\",\"e\":[],\"f\":-4}", -1, NULL);
  JsonObject *object = cs_json_node_object (node);
  const char *const members[] = { "a", "b", "c", "d", "e", "f", "g" };
  const char *const expected[] = { "17", "x-1", NULL, NULL, NULL, NULL, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *id = cs_channel_json_dup_id (object, members[i]);

      g_assert_cmpstr (id, ==, expected[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channels/channel-html/from-text", test_from_text);
  g_test_add_func ("/channels/channel-html/to-text", test_to_text);
  g_test_add_func ("/channels/channel-html/lists", test_lists);
  g_test_add_func ("/channels/channel-html/same", test_same);
  g_test_add_func ("/channels/channel-json/prices", test_prices);
  g_test_add_func ("/channels/channel-json/shown-prices", test_shown_prices);
  g_test_add_func ("/channels/channel-json/ids", test_ids);

  return g_test_run ();
}
