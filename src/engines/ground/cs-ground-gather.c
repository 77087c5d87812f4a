/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground.h"
#include "cs-json.h"
#include "cs-lexicon.h"
#include "cs-text.h"

/* All that is known of a product, as numbered facts: sentence by sentence, so
 * that each can be pointed at. Keywords are what people search, and no facts.
 */

#define MAX_FACTS 240
#define MAX_TEXT 8000
#define MAX_LINE 600
#define MIN_CONFIDENCE 85.0
#define MIN_SHARE 0.45

typedef struct
{
  CsEvidence *evidence;
  guint       n_files;
  guint       n_lines;
} Gatherer;

static CsFact *
add (Gatherer   *self,
     CsFactKind  kind,
     const char *id,
     const char *text,
     const char *where)
{
  g_autofree char *clean = cs_text_clean (text, FALSE);
  g_autofree char *short_text = NULL;
  CsFact          *fact;

  if (*clean == '\0' || (self->evidence->facts != NULL && self->evidence->facts->len >= MAX_FACTS))
    return NULL;

  short_text = cs_text_ellipsize (clean, MAX_LINE);
  fact = cs_evidence_add_fact (self->evidence, kind, id, short_text);
  fact->where = g_strdup (where);

  return fact;
}

static gboolean
ends_sentence (const char *p)
{
  gunichar c = g_utf8_get_char (p);
  gunichar next = *p != '\0' ? g_utf8_get_char (g_utf8_next_char (p)) : 0;

  if (c == '\n' || c == '\r' || c == 0x3002 || c == 0xff1b || c == 0xff01 || c == 0xff1f || c == ';')
    return TRUE;

  return (c == '.' || c == '!' || c == '?') && (next == 0 || g_unichar_isspace (next));
}

/* Each sentence of text with its place in it */
static void
add_sentences (Gatherer   *self,
               CsFactKind  kind,
               const char *name,
               const char *text,
               const char *where)
{
  const char *begin = text;
  guint       n = 0;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return;

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gboolean end = *p == '\0' || p - text >= MAX_TEXT;

      if (end || ends_sentence (p))
        {
          const char      *stop = end ? p : g_utf8_next_char (p);
          g_autofree char *slice = g_strndup (begin, stop - begin);
          g_autofree char *id = g_strdup_printf ("%s.%u", name, n + 1);
          CsFact          *fact = add (self, kind, id, slice, where);

          if (fact != NULL)
            {
              fact->start = begin - text;
              fact->end = stop - text;
              n++;
            }
          begin = stop;
        }
      if (end)
        return;
    }
}

static void
add_fields (Gatherer  *self,
            CsProduct *product)
{
  static const CsField fields[] = { CS_FIELD_BRAND, CS_FIELD_MATERIAL, CS_FIELD_SIZE, CS_FIELD_CATEGORY, CS_FIELD_PRICE, CS_FIELD_SKU };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add (self, CS_FACT_FIELD, cs_field_get_name (fields[i]), product->values[fields[i]], cs_field_get_label (fields[i]));
}

static char *
dup_value (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING: return json_node_dup_string (node);
    case G_TYPE_BOOLEAN: return g_strdup (json_node_get_boolean (node) ? "yes" : "no");
    case G_TYPE_INT64: return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    default: return NULL;
    }
}

/* {"size":"M","colour":["red","blue"]} */
static void
add_object (Gatherer   *self,
            const char *name,
            const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  g_autoptr (GList) members = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode        *member = json_object_get_member (object, l->data);
      g_autofree char *id = g_strdup_printf ("%s.%s", name, (char *) l->data);
      g_autofree char *value = dup_value (member);
      JsonArray       *array = cs_json_array (object, l->data);

      if (value != NULL)
        add (self, CS_FACT_FIELD, id, value, l->data);

      for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
        {
          g_autofree char *each = dup_value (json_array_get_element (array, i));
          g_autofree char *numbered = g_strdup_printf ("%s.%u", id, i + 1);

          if (each != NULL)
            add (self, CS_FACT_FIELD, numbered, each, l->data);
        }
    }
}

static void
set_rectangle (CsFact     *fact,
               CsPhoto    *photo,
               JsonObject *line)
{
  fact->photo = photo->id;
  fact->x = CLAMP (cs_json_double (line, "x", 0), 0.0, 1.0);
  fact->y = CLAMP (cs_json_double (line, "y", 0), 0.0, 1.0);
  fact->width = MIN (CLAMP (cs_json_double (line, "width", 0), 0.0, 1.0), 1.0 - fact->x);
  fact->height = MIN (CLAMP (cs_json_double (line, "height", 0), 0.0, 1.0), 1.0 - fact->y);
  fact->confidence = CLAMP (cs_json_double (line, "confidence", 0), 0.0, 100.0);
}

static void
add_reading (Gatherer      *self,
             CsEnginePhoto *given)
{
  g_autoptr (JsonNode) node = given->reading != NULL ? cs_json_parse (given->reading, -1, NULL) : NULL;
  JsonObject *reading = cs_json_node_object (node);
  JsonArray  *lines = cs_json_array (reading, "text");
  JsonArray  *colours = cs_json_array (reading, "colours");
  guint       n_colours = 0;

  for (guint i = 0; lines != NULL && i < MIN (json_array_get_length (lines), 48); i++)
    {
      JsonObject      *line = cs_json_array_object (lines, i);
      g_autofree char *id = g_strdup_printf ("photo.%u", self->n_lines + 1);
      CsFact          *fact;

      if (cs_json_double (line, "confidence", 0) < MIN_CONFIDENCE)
        continue;
      if ((fact = add (self, CS_FACT_PHOTO, id, cs_json_string (line, "text", NULL), given->photo->name)))
        {
          set_rectangle (fact, given->photo, line);
          self->n_lines++;
        }
    }

  for (guint i = 0; colours != NULL && i < MIN (json_array_get_length (colours), 16); i++)
    {
      JsonObject      *colour = cs_json_array_object (colours, i);
      g_autofree char *id = g_strdup_printf ("colour.%u.%u", self->n_files, n_colours + 1);
      CsFact          *fact;

      if (cs_json_double (colour, "share", 0) < MIN_SHARE)
        continue;
      if ((fact = add (self, CS_FACT_COLOUR, id, cs_json_string (colour, "name", NULL), given->photo->name)))
        {
          fact->photo = given->photo->id;
          n_colours++;
        }
    }
}

/* "IMG 0945", "DCIM", "P1000234": a camera's or a file manager's, which says
 * nothing of the product and cannot be contradicted
 */
static gboolean
is_somebodys (const char *word)
{
  gsize            letters = strspn (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  g_autofree char *stem = g_strndup (word, letters);

  if (cs_text_script (word) == CS_SCRIPT_HAN)
    return !cs_lexicon_contains (CS_SCRIPT_HAN, CS_WORDS_CAMERA, word);

  return (letters >= 3 || (letters == 0 && (guchar) word[0] >= 0x80)) &&
         !cs_lexicon_contains (CS_SCRIPT_LATIN, CS_WORDS_CAMERA, stem) &&
         !cs_lexicon_contains (CS_SCRIPT_LATIN, CS_WORDS_CAMERA_ALONE, stem);
}

static gboolean
was_named_by_somebody (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " _-+.()", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (is_somebodys (words[i]))
        return TRUE;
    }

  return FALSE;
}

/* What a file is called, without its ending */
static void
add_names (Gatherer      *self,
           CsEnginePhoto *given,
           GHashTable    *folders)
{
  CsPhoto         *photo = given->photo;
  g_autofree char *id = g_strdup_printf ("file.%u", self->n_files);
  CsFact          *fact;

  if (photo->name != NULL)
    {
      const char      *dot = strrchr (photo->name, '.');
      g_autofree char *stem = g_strndup (photo->name, dot != NULL ? (gsize) (dot - photo->name) : strlen (photo->name));

      g_strdelimit (stem, "_-+", ' ');
      if (was_named_by_somebody (stem) && (fact = add (self, CS_FACT_FILE, id, stem, photo->name)))
        fact->photo = photo->id;
    }

  if (photo->folder != NULL && was_named_by_somebody (photo->folder) && g_hash_table_add (folders, photo->folder))
    {
      g_autofree char *folder = g_strdup_printf ("folder.%u", g_hash_table_size (folders));

      add (self, CS_FACT_FOLDER, folder, photo->folder, NULL);
    }
}

static void
add_variants (Gatherer  *self,
              CsProduct *product)
{
  for (guint i = 0; product->variants != NULL && i < MIN (product->variants->len, 60); i++)
    {
      CsVariant       *variant = product->variants->pdata[i];
      g_autofree char *name = g_strdup_printf ("variant.%u", i + 1);

      add_object (self, name, variant->options);
    }
}

/**
 * cs_ground_gather:
 *
 * Returns: (transfer full): all facts, without phrases. The same request gives
 *   the same facts under the same ids.
 */
CsEvidence *
cs_ground_gather (CsEngineRequest *request)
{
  Gatherer   self = { cs_evidence_new (), 0, 0 };
  CsProduct *product;
  g_autoptr (GHashTable) folders = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (request != NULL && request->product != NULL, self.evidence);

  product = request->product;
  add_sentences (&self, CS_FACT_NOTE, "note", product->values[CS_FIELD_NOTE], NULL);
  add (&self, CS_FACT_TITLE, "title", product->values[CS_FIELD_TITLE], NULL);
  add_fields (&self, product);
  add_object (&self, "attribute", product->attributes);
  add_variants (&self, product);
  add_sentences (&self, CS_FACT_TEXT, "description", product->values[CS_FIELD_DESCRIPTION], cs_field_get_label (CS_FIELD_DESCRIPTION));
  add_sentences (&self, CS_FACT_TEXT, "bullet", product->values[CS_FIELD_BULLETS], cs_field_get_label (CS_FIELD_BULLETS));

  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      self.n_files = i + 1;
      add_reading (&self, request->photos->pdata[i]);
      add_names (&self, request->photos->pdata[i], folders);
    }

  return self.evidence;
}
