/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-hash.h"
#include "cs-json.h"
#include "cs-receipt.h"
#include "cs-suggestion.h"

static void
cs_suggestion_clear (CsSuggestion *self)
{
  g_free (self->engine);
  g_free (self->text);
  g_free (self->language);
  g_clear_pointer (&self->evidence, cs_evidence_unref);
  g_strfreev (self->remarks);
  g_free (self->picture);
  g_clear_pointer (&self->picture_bytes, g_bytes_unref);
  g_free (self->settings);
  g_free (self->receipt);
  g_free (self->mask);
  g_free (self->hash);
  g_free (self->input);
  g_free (self->cost);
}

CS_DEFINE_RECORD (CsSuggestion, cs_suggestion)

static void
add_string (JsonBuilder *builder,
            const char  *member,
            const char  *value)
{
  json_builder_set_member_name (builder, member);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder,
         const char  *member,
         gint64       value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

static char *
shown_to_json (CsSuggestion *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *evidence = self->evidence != NULL ? cs_evidence_to_json (self->evidence) : NULL;
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_int (builder, "product", self->product);
  add_int (builder, "photo", self->photo);
  add_string (builder, "field", cs_field_get_name (self->field));
  add_string (builder, "engine", self->engine);
  add_int (builder, "variant", self->variant);
  add_int (builder, "question", self->is_question);
  add_string (builder, "text", self->text);
  add_string (builder, "language", self->language);
  add_string (builder, "evidence", evidence);
  add_string (builder, "picture", self->picture);
  add_string (builder, "settings", self->settings);
  if (self->receipt != NULL)
    add_string (builder, "receipt", self->receipt);
  if (self->mask != NULL)
    add_string (builder, "mask", self->mask);
  if (self->abstains)
    add_int (builder, "abstains", TRUE);

  json_builder_set_member_name (builder, "remarks");
  json_builder_begin_array (builder);
  for (guint i = 0; self->remarks != NULL && self->remarks[i] != NULL; i++)
    json_builder_add_string_value (builder, self->remarks[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return cs_json_canonical (root);
}

/**
 * cs_suggestion_seal:
 *
 * Sets the hash over everything that is shown of @self. Nothing of it may be
 * changed from then on; ids and times, which are not shown, are not part of it.
 */
void
cs_suggestion_seal (CsSuggestion *self)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (self != NULL);

  shown = shown_to_json (self);
  g_free (self->hash);
  self->hash = cs_hash_data (shown, strlen (shown));
}

/**
 * cs_suggestion_is_grounded:
 *
 * Can it be accepted with others in one go: does every phrase rest on facts? A
 * question cannot be accepted at all. A picture has no phrases: it must leave
 * its product as it is, and not be one that asks to be looked at.
 */
gboolean
cs_suggestion_is_grounded (CsSuggestion *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->is_question)
    return FALSE;

  if (self->field == CS_FIELD_PICTURE)
    return !self->abstains && cs_receipt_allows (self->receipt, self->picture);

  return cs_evidence_is_grounded (self->evidence);
}
