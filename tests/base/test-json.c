/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-json.h"

static void
assert_canonical (const char *json,
                  const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = cs_json_parse (json, -1, &error);
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  canonical = cs_json_canonical (node);
  g_assert_cmpstr (canonical, ==, expected);
}

static void
test_canonical (void)
{
  assert_canonical ("{ \"b\": 1, \"a\": [true, null, \"竹\\n\\\"\\\\\"] }",
                    "{\"a\":[true,null,\"竹\\u000a\\\"\\\\\"],\"b\":1}");
  assert_canonical ("{\"ab\":1,\"a\":{\"z\":-3,\"y\":\"\"}}",
                    "{\"a\":{\"y\":\"\",\"z\":-3},\"ab\":1}");
}

static void
test_wrong_types (void)
{
  g_autoptr (JsonNode) node = cs_json_parse ("{\"a\":\"7\",\"b\":7,\"c\":[],\"d\":null}", -1, NULL);
  JsonObject *object = cs_json_node_object (node);

  g_assert_cmpint (cs_json_int (object, "a", -1), ==, -1);
  g_assert_cmpint (cs_json_int (object, "b", -1), ==, 7);
  g_assert_cmpstr (cs_json_string (object, "b", "none"), ==, "none");
  g_assert_cmpstr (cs_json_string (object, "missing", "none"), ==, "none");
  g_assert_null (cs_json_object (object, "c"));
  g_assert_null (cs_json_array_object (cs_json_array (object, "c"), 0));
  g_assert_null (cs_json_array (object, "d"));
  g_assert_null (cs_json_object (NULL, "a"));
}

static void
test_malformed (void)
{
  const char *malformed[] = { "", "{", "[1,", "{\"a\":}", "nul", "{\"a\":1}{}", "{}[]", "[1][2]", "'a'" };

  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = cs_json_parse (malformed[i], -1, &error);

      g_assert_null (node);
      g_assert_nonnull (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/canonical", test_canonical);
  g_test_add_func ("/base/json/wrong-types", test_wrong_types);
  g_test_add_func ("/base/json/malformed", test_malformed);

  return g_test_run ();
}
