/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-hash.h"
#include "cs-json.h"
#include "cs-label.h"

/* https://cv.iptc.org/newscodes/digitalsourcetype/: the whole address is the value */
#define SOURCE_TYPE "http://cv.iptc.org/newscodes/digitalsourcetype/"
#define COMPOSITE   SOURCE_TYPE "compositeWithTrainedAlgorithmicMedia"
#define WHOLE       "trainedAlgorithmicMedia"

/* GB 45438-2025, Annex E: "1" is by AI, "2" and "3" may be */
#define LABEL_SURE "1"

#define LONGEST_CODE 64   /* bytes of a value that is taken over */
#define LONGEST_TRACE 4096

static gboolean
is_whole (const char *source)
{
  const char *term = source != NULL ? strrchr (source, '/') : NULL;

  return g_strcmp0 (term != NULL ? term + 1 : source, WHOLE) == 0;
}

/* As a value may be: visible ASCII, and neither of the two that would need to be escaped */
static gboolean
is_code (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  for (gsize i = 0; i < length; i++)
    if (text[i] <= 0x20 || text[i] >= 0x7f || text[i] == '"' || text[i] == '\\')
      return FALSE;

  return length > 0 && length <= LONGEST_CODE;
}

static void
add_field (GString    *json,
           const char *name,
           const char *value)
{
  g_string_append_printf (json, "%c\"%s\":\"%s\"", json->len == 0 ? '{' : ',', name, value);
}

static const char *
choose (JsonObject *before,
        const char *name,
        const char *ours)
{
  const char *value = before != NULL ? cs_json_string (before, name, NULL) : NULL;

  return is_code (value) ? value : ours;
}

/* A label that was there says that the photo may be by AI, or nothing that can be
 * read; now part of it is for sure. What it said stays in it.
 */
static char *
make_aigc (JsonObject *before,
           const char *text,
           const char *producer,
           const char *number)
{
  g_autofree char *trace = text != NULL ? g_uri_escape_string (text, NULL, FALSE) : NULL;
  GString *json = g_string_new (NULL);

  if (trace != NULL && strlen (trace) > LONGEST_TRACE)
    trace[LONGEST_TRACE] = '\0';

  add_field (json, "Label", LABEL_SURE);
  add_field (json, "ContentProducer", producer);
  add_field (json, "ProduceID", number);
  add_field (json, "ReservedCode1", trace != NULL ? trace : "");
  add_field (json, "ContentPropagator", choose (before, "ContentPropagator", producer));
  add_field (json, "PropagateID", choose (before, "PropagateID", number));
  add_field (json, "ReservedCode2", choose (before, "ReservedCode2", ""));
  g_string_append_c (json, '}');

  return g_string_free_and_steal (json);
}

static JsonObject *
get_fields (JsonNode *node)
{
  JsonObject *object = cs_json_node_object (node);
  JsonObject *inner = object != NULL ? cs_json_object (object, "AIGC") : NULL;

  return inner != NULL ? inner : object;
}

static gboolean
is_sure (JsonObject *fields)
{
  return fields != NULL && g_strcmp0 (cs_json_string (fields, "Label", NULL), LABEL_SURE) == 0;
}

/* One implicit label for each file (GB 45438-2025, 6.1 c): whoever made the photo
 * stays its producer, where it says for sure that it is by AI
 */
static char *
merge_aigc (const char *text,
            const char *producer,
            const char *number)
{
  g_autoptr (JsonNode) node = text != NULL ? cs_json_parse (text, -1, NULL) : NULL;
  JsonObject *fields = get_fields (node);

  return is_sure (fields) ? g_strdup (text) : make_aigc (fields, text, producer, number);
}

static char *
to_labels (const char *source,
           const char *aigc)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "digital_source_type", source);
  json_object_set_string_member (object, "tc260_aigc", aigc);
  json_node_set_object (node, object);

  return cs_json_canonical (node);
}

/* Labels apart: NULL where there is none of a kind */
static JsonNode *
read_labels (const char  *labels,
             const char **source,
             const char **aigc)
{
  JsonNode   *node = labels != NULL ? cs_json_parse (labels, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);

  *source = object != NULL ? cs_json_string (object, "digital_source_type", NULL) : NULL;
  *aigc = object != NULL ? cs_json_string (object, "tc260_aigc", NULL) : NULL;

  return node;
}

/* Who painted the backdrop may have said so itself, with the code that it is registered under */
static char *
find_producer (const char *painted,
               const char *producer)
{
  const char *source, *aigc;
  g_autoptr (JsonNode) labels = read_labels (painted, &source, &aigc);
  g_autoptr (JsonNode) node = aigc != NULL ? cs_json_parse (aigc, -1, NULL) : NULL;
  JsonObject *fields = get_fields (node);

  return g_strdup (choose (is_sure (fields) ? fields : NULL, "ContentProducer",
                           is_code (producer) ? producer : "unknown"));
}

/**
 * cs_label_merge:
 * @photo: (nullable): what the photo carries, as cs_metadata_read() found it
 * @painted: (nullable): the same of what stands behind the product
 * @producer: which model painted that, as a label may say it; or ""
 * @number: see cs_label_number()
 */
char *
cs_label_merge (const char *photo,
                const char *painted,
                const char *producer,
                const char *number)
{
  const char *source, *aigc;
  g_autoptr (JsonNode) labels = read_labels (photo, &source, &aigc);
  g_autofree char *who = find_producer (painted, producer);
  g_autofree char *merged = merge_aigc (aigc, who, number);

  return to_labels (is_whole (source) ? SOURCE_TYPE WHOLE : COMPOSITE, merged);
}

char *
cs_label_whole (const char *labels,
                const char *producer,
                const char *number)
{
  const char *source, *aigc;
  g_autoptr (JsonNode) read = read_labels (labels, &source, &aigc);
  g_autofree char *merged = merge_aigc (aigc, is_code (producer) ? producer : "unknown", number);

  return to_labels (SOURCE_TYPE WHOLE, merged);
}

/* That something may be is enough */
gboolean
cs_label_is_generated (const char *labels)
{
  const char *source, *aigc;
  g_autoptr (JsonNode) read = read_labels (labels, &source, &aigc);

  return aigc != NULL || (source != NULL && (is_whole (source) || g_str_has_suffix (source, "WithTrainedAlgorithmicMedia")));
}

char *
cs_label_number (const CsFrame *picture)
{
  g_autofree char *hash = cs_hash_data (picture->data, (gsize) picture->width * picture->height * picture->channels);

  hash[32] = '\0';

  return g_strconcat ("CS-", hash, NULL);
}
