/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-evidence.h"
#include "cs-json.h"

static const struct
{
  const char *name;  /* stored: never changes */
  const char *label; /* shown */
} kinds[] = {
  [CS_FACT_NOTE] = { "note", N_ ("Your note") },
  [CS_FACT_FIELD] = { "field", N_ ("What you filled in") },
  [CS_FACT_TITLE] = { "title", N_ ("The title so far") },
  [CS_FACT_TEXT] = { "text", N_ ("The text so far") },
  [CS_FACT_PHOTO] = { "photo", N_ ("Read from a photo") },
  [CS_FACT_COLOUR] = { "colour", N_ ("Colour in a photo") },
  [CS_FACT_FILE] = { "file", N_ ("File name") },
  [CS_FACT_FOLDER] = { "folder", N_ ("Folder name") },
  [CS_FACT_SHEET] = { "sheet", N_ ("Spreadsheet") },
  [CS_FACT_HAND] = { "hand", N_ ("How you write") },
};

static const char *const states[] = {
  [CS_PHRASE_GROUNDED] = "grounded",
  [CS_PHRASE_UNSOURCED] = "unsourced",
  [CS_PHRASE_CONTRADICTS] = "contradicts",
  [CS_PHRASE_GLUE] = "glue",
};

static void
cs_fact_free (CsFact *self)
{
  g_free (self->id);
  g_free (self->text);
  g_free (self->where);
  g_free (self);
}

static void
cs_phrase_free (CsPhrase *self)
{
  g_strfreev (self->facts);
  g_free (self->remark);
  g_free (self);
}

static void
cs_evidence_clear (CsEvidence *self)
{
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->phrases, g_ptr_array_unref);
}

CS_DEFINE_RECORD (CsEvidence, cs_evidence)

const char *
cs_phrase_state_get_name (CsPhraseState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state];
}

const char *
cs_fact_kind_get_name (CsFactKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind].name;
}

const char *
cs_fact_kind_get_label (CsFactKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return _ (kinds[kind].label);
}

/**
 * cs_evidence_add_fact:
 * @id: unique within @self
 *
 * Returns: (transfer none): the fact, for the caller to fill in the rest while
 *   it builds @self
 */
CsFact *
cs_evidence_add_fact (CsEvidence *self,
                      CsFactKind  kind,
                      const char *id,
                      const char *text)
{
  CsFact *fact = g_new0 (CsFact, 1);

  if (self->facts == NULL)
    self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_fact_free);

  fact->id = g_strdup (id);
  fact->kind = kind;
  fact->text = g_strdup (text);
  fact->confidence = 100;
  g_ptr_array_add (self->facts, fact);

  return fact;
}

/**
 * cs_evidence_add_phrase:
 * @facts: (nullable): ids, %NULL-terminated
 *
 * Adds the phrase that follows the last one.
 */
CsPhrase *
cs_evidence_add_phrase (CsEvidence        *self,
                        guint              start,
                        guint              end,
                        CsPhraseState      state,
                        const char *const *facts)
{
  CsPhrase *phrase = g_new0 (CsPhrase, 1);

  if (self->phrases == NULL)
    self->phrases = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_phrase_free);

  phrase->start = start;
  phrase->end = end;
  phrase->state = state;
  phrase->facts = facts != NULL ? g_strdupv ((char **) facts) : g_new0 (char *, 1);
  g_ptr_array_add (self->phrases, phrase);

  return phrase;
}

CsFact *
cs_evidence_find (CsEvidence *self,
                  const char *id)
{
  for (guint i = 0; self != NULL && self->facts != NULL && i < self->facts->len; i++)
    {
      CsFact *fact = self->facts->pdata[i];

      if (g_strcmp0 (fact->id, id) == 0)
        return fact;
    }

  return NULL;
}

static gboolean
phrase_is_grounded (CsEvidence *self,
                    CsPhrase   *phrase)
{
  if (phrase->state == CS_PHRASE_GLUE)
    return TRUE;

  if (phrase->state != CS_PHRASE_GROUNDED || phrase->facts[0] == NULL)
    return FALSE;

  for (guint i = 0; phrase->facts[i] != NULL; i++)
    {
      if (cs_evidence_find (self, phrase->facts[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * cs_evidence_is_grounded:
 *
 * Does every phrase rest on facts that are there, or claim nothing? Evidence
 * without phrases says nothing about the text, so it is not grounded.
 */
gboolean
cs_evidence_is_grounded (CsEvidence *self)
{
  if (self == NULL || self->phrases == NULL || self->phrases->len == 0)
    return FALSE;

  for (guint i = 0; i < self->phrases->len; i++)
    {
      if (!phrase_is_grounded (self, self->phrases->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

gboolean
cs_evidence_contradicts (CsEvidence *self)
{
  for (guint i = 0; self != NULL && self->phrases != NULL && i < self->phrases->len; i++)
    {
      CsPhrase *phrase = self->phrases->pdata[i];

      if (phrase->state == CS_PHRASE_CONTRADICTS)
        return TRUE;
    }

  return FALSE;
}

/**
 * cs_evidence_dup_denial:
 *
 * Why a text cannot be accepted as it is: a sentence that names the fact which
 * denies it, or NULL where none does.
 */
char *
cs_evidence_dup_denial (CsEvidence *self)
{
  for (guint i = 0; self != NULL && self->phrases != NULL && i < self->phrases->len; i++)
    {
      CsPhrase *phrase = self->phrases->pdata[i];
      CsFact   *fact = phrase->facts != NULL && phrase->facts[0] != NULL ? cs_evidence_find (self, phrase->facts[0]) : NULL;

      if (phrase->state != CS_PHRASE_CONTRADICTS)
        continue;

      if (fact == NULL || fact->text == NULL)
        return g_strdup (_("This says something else than what you told about the product. Edit it or reject it."));

      return g_strdup_printf (_("This says something else than “%s”, which you told about the product. Edit it or reject it."),
                              fact->text);
    }

  return NULL;
}

/* Fractions are kept as whole millionths, confidence as thousandths: canonical
 * JSON holds whole numbers only.
 */
static gint64
to_whole (double value,
          double unit)
{
  return (gint64) (value * unit + (value < 0 ? -0.5 : 0.5));
}

static void
build_fact (JsonBuilder *builder,
            CsFact      *fact)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, fact->id);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, cs_fact_kind_get_name (fact->kind));
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, fact->text);

  if (fact->where != NULL)
    {
      json_builder_set_member_name (builder, "where");
      json_builder_add_string_value (builder, fact->where);
    }

  if (fact->end > fact->start)
    {
      json_builder_set_member_name (builder, "start");
      json_builder_add_int_value (builder, fact->start);
      json_builder_set_member_name (builder, "end");
      json_builder_add_int_value (builder, fact->end);
    }

  if (fact->photo != 0)
    {
      json_builder_set_member_name (builder, "photo");
      json_builder_add_int_value (builder, fact->photo);
    }

  if (fact->width > 0 && fact->height > 0)
    {
      const double rectangle[] = { fact->x, fact->y, fact->width, fact->height };

      json_builder_set_member_name (builder, "rectangle");
      json_builder_begin_array (builder);
      for (guint i = 0; i < G_N_ELEMENTS (rectangle); i++)
        json_builder_add_int_value (builder, to_whole (rectangle[i], 1e6));
      json_builder_end_array (builder);
    }

  if (to_whole (fact->confidence, 1000) != 100000)
    {
      json_builder_set_member_name (builder, "confidence");
      json_builder_add_int_value (builder, to_whole (fact->confidence, 1000));
    }

  json_builder_end_object (builder);
}

static void
build_phrase (JsonBuilder *builder,
              CsPhrase    *phrase)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "start");
  json_builder_add_int_value (builder, phrase->start);
  json_builder_set_member_name (builder, "end");
  json_builder_add_int_value (builder, phrase->end);
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, states[phrase->state]);
  json_builder_set_member_name (builder, "facts");
  json_builder_begin_array (builder);
  for (guint i = 0; phrase->facts[i] != NULL; i++)
    json_builder_add_string_value (builder, phrase->facts[i]);
  json_builder_end_array (builder);
  if (phrase->remark != NULL)
    {
      json_builder_set_member_name (builder, "remark");
      json_builder_add_string_value (builder, phrase->remark);
    }
  json_builder_end_object (builder);
}

/**
 * cs_evidence_to_json:
 *
 * Canonical JSON with "facts" and "phrases".
 */
char *
cs_evidence_to_json (CsEvidence *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "facts");
  json_builder_begin_array (builder);
  for (guint i = 0; self->facts != NULL && i < self->facts->len; i++)
    build_fact (builder, self->facts->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "phrases");
  json_builder_begin_array (builder);
  for (guint i = 0; self->phrases != NULL && i < self->phrases->len; i++)
    build_phrase (builder, self->phrases->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return cs_json_canonical (root);
}

static double
array_number (JsonArray *array,
              guint      index)
{
  JsonNode *node = array != NULL && index < json_array_get_length (array)
                     ? json_array_get_element (array, index)
                     : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node) / 1e6
           : 0;
}

static guint
read_offset (JsonObject *object,
             const char *member)
{
  return CLAMP (cs_json_int (object, member, 0), 0, G_MAXINT);
}

static void
read_fact (CsEvidence *self,
           JsonObject *object)
{
  const char *id = cs_json_string (object, "id", NULL);
  const char *name = cs_json_string (object, "kind", NULL);
  JsonArray  *rectangle = cs_json_array (object, "rectangle");
  guint       kind = 0;
  CsFact     *fact;

  while (kind < G_N_ELEMENTS (kinds) && g_strcmp0 (kinds[kind].name, name) != 0)
    kind++;

  if (id == NULL || kind == G_N_ELEMENTS (kinds))
    return;

  fact = cs_evidence_add_fact (self, kind, id, cs_json_string (object, "text", ""));
  fact->where = g_strdup (cs_json_string (object, "where", NULL));
  fact->start = read_offset (object, "start");
  fact->end = read_offset (object, "end");
  fact->photo = cs_json_int (object, "photo", 0);
  fact->x = array_number (rectangle, 0);
  fact->y = array_number (rectangle, 1);
  fact->width = array_number (rectangle, 2);
  fact->height = array_number (rectangle, 3);
  fact->confidence = cs_json_int (object, "confidence", 100000) / 1000.0;
}

static void
read_phrase (CsEvidence *self,
             JsonObject *object)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) facts = NULL;
  JsonArray    *array = cs_json_array (object, "facts");
  const char   *name = cs_json_string (object, "state", NULL);
  CsPhraseState state = CS_PHRASE_UNSOURCED;
  CsPhrase     *phrase;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (states[i], name) == 0)
        state = i;
    }

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *id = cs_json_array_string (array, i);

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }

  facts = g_strv_builder_end (ids);
  phrase = cs_evidence_add_phrase (self, read_offset (object, "start"), read_offset (object, "end"), state,
                                   (const char *const *) facts);
  phrase->remark = g_strdup (cs_json_string (object, "remark", NULL));
}

/**
 * cs_evidence_from_json:
 *
 * Returns: (nullable): what cs_evidence_to_json() wrote; %NULL where @json is
 *   no JSON object. What is unknown in it is left out; a phrase of an unknown
 *   state is unsourced.
 */
CsEvidence *
cs_evidence_from_json (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  JsonArray  *facts = cs_json_array (object, "facts");
  JsonArray  *phrases = cs_json_array (object, "phrases");
  CsEvidence *self;

  if (object == NULL)
    return NULL;

  self = cs_evidence_new ();

  for (guint i = 0; facts != NULL && i < json_array_get_length (facts); i++)
    read_fact (self, cs_json_array_object (facts, i));

  for (guint i = 0; phrases != NULL && i < json_array_get_length (phrases); i++)
    read_phrase (self, cs_json_array_object (phrases, i));

  return self;
}
