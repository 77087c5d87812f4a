/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading JSON from outside never asserts: each getter takes a node or object
 * that may be NULL and answers with the default where the member is missing
 * or of another type.
 */
JsonNode   *cs_json_parse (const char *text,
                           gssize      length,
                           GError    **error);
JsonObject *cs_json_node_object (JsonNode *node);
JsonObject *cs_json_object (JsonObject *object,
                            const char *member);
JsonArray  *cs_json_array (JsonObject *object,
                           const char *member);
JsonObject *cs_json_array_object (JsonArray *array,
                                  guint      index);
const char *cs_json_array_string (JsonArray *array,
                                  guint      index);
const char *cs_json_string (JsonObject *object,
                            const char *member,
                            const char *otherwise);
gint64      cs_json_int (JsonObject *object,
                         const char *member,
                         gint64      otherwise);
double      cs_json_double (JsonObject *object,
                            const char *member,
                            double      otherwise);
gboolean    cs_json_bool (JsonObject *object,
                          const char *member,
                          gboolean    otherwise);

/* The one way to write JSON that is hashed or compared */
char       *cs_json_canonical (JsonNode *node);

G_END_DECLS
