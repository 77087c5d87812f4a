/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-channel-form.h"
#include "cs-id.h"

static void
test_bare_decimals (void)
{
  static const struct
  {
    const char *before;
    const char *after;
  } bodies[] = {
    { "{\"price\":\"12.50\"}", "{\"price\":12.50}" },
    { "{\"a\":[{\"price\":\"4.35\"},{\"price\":\"7\"}]}", "{\"a\":[{\"price\":4.35},{\"price\":7}]}" },
    { "{\"price\":\"007\"}", "{\"price\":\"007\"}" },
    { "{\"price\":\"12.50 EUR\"}", "{\"price\":\"12.50 EUR\"}" },
    { "{\"prices\":\"1\"}", "{\"prices\":\"1\"}" },
    { "{\"title\":\"say \\\"price\\\":\\\"1\\\"\"}", "{\"title\":\"say \\\"price\\\":\\\"1\\\"\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (CsRequest) request = cs_request_make ("PUT", "https://shop.example/");
      g_autoptr (GBytes) body = g_bytes_new (bodies[i].before, strlen (bodies[i].before));

      cs_request_set_body (request, "application/json", body);
      cs_channel_form_bare_decimals (request, "price");
      g_assert_cmpmem (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body),
                       bodies[i].after, strlen (bodies[i].after));
      g_assert_cmpstr (request->content_type, ==, "application/json");
    }
}

static void
test_amounts (void)
{
  static const struct
  {
    gint64      amount;
    gint64      divisor;
    const char *text;
  } amounts[] = {
    { 1250, 100, "12.50" }, { 5, 100, "0.05" }, { -5, 100, "-0.05" }, { 1250, 1, "1250" }, { 1234, 1000, "1.234" },
    { G_MININT64, 1, "-9223372036854775808" }, { 1, 0, NULL }, { 1, -100, NULL }, { 1, 3, NULL }, { 1, 20, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text = cs_channel_form_dup_amount (amounts[i].amount, amounts[i].divisor);

      g_assert_cmpstr (text, ==, amounts[i].text);
    }
}

static void
test_texts (void)
{
  g_autofree char *plain = cs_channel_form_decode ("A &quot;b&quot; &amp;amp; &#39;c&#39; &#x7AF9; &bogus; &#1; &#xD800; &");
  g_autofree char *key = cs_id_new ("CS");

  g_assert_cmpstr (plain, ==, "A \"b\" &amp; 'c' 竹 &bogus; &#1; &#xD800; &");
  g_assert_null (cs_channel_form_decode (NULL));
  g_assert_true (cs_channel_form_is_key (key));
  g_assert_false (cs_channel_form_is_key ("CS-1"));
  g_assert_false (cs_channel_form_is_key ("CS-0123456789abcdef"));
  g_assert_false (cs_channel_form_is_key (NULL));
}

static void
test_form (void)
{
  g_autoptr (GString) form = g_string_new (NULL);
  g_autoptr (CsRequest) request = cs_request_make ("POST", "https://shop.example/");

  cs_channel_form_add (form, "title", "a&b=c d+é");
  cs_channel_form_add (form, "none", NULL);
  cs_channel_form_add (form, "empty", "");
  cs_channel_form_send (form, request);
  g_assert_cmpstr (form->str, ==, "title=a%26b%3Dc%20d%2B%C3%A9&empty=");
  g_assert_cmpstr (request->content_type, ==, "application/x-www-form-urlencoded");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channels/channel-form/bare-decimals", test_bare_decimals);
  g_test_add_func ("/channels/channel-form/amounts", test_amounts);
  g_test_add_func ("/channels/channel-form/texts", test_texts);
  g_test_add_func ("/channels/channel-form/form", test_form);

  return g_test_run ();
}
