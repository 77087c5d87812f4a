/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "cs-hand.h"
#include "cs-json.h"
#include "cs-text.h"

/* A person writes a few dozen words; what a file says beyond that is left out */
#define MAX_WORDS      200
#define MAX_WORD_BYTES 120
#define MAX_TONE_BYTES 1200

static const struct
{
  const char *name;  /* stored: never changes */
  const char *label; /* shown */
} roles[] = {
  { "pinned", N_ ("Words that must stand") },
  { "brand", N_ ("Brand") },
  { "product", N_ ("What it is") },
  { "material", N_ ("Material") },
  { "craft", N_ ("How it is made") },
  { "style", N_ ("Style") },
  { "pattern", N_ ("Pattern") },
  { "colour", N_ ("Colour") },
  { "audience", N_ ("For whom") },
  { "season", N_ ("Season") },
  { "size", N_ ("Size") },
  { "quantity", N_ ("How many") },
  { "feature", N_ ("What is special about it") },
  { "use", N_ ("What it is for") },
  { "place", N_ ("Where it comes from") },
};

const char *const cs_hand_roles[] = {
  "pinned", "brand", "product", "material", "craft", "style", "pattern", "colour",
  "audience", "season", "size", "quantity", "feature", "use", "place", NULL,
};

G_STATIC_ASSERT (G_N_ELEMENTS (cs_hand_roles) == G_N_ELEMENTS (roles) + 1);

static void
cs_lesson_clear (CsLesson *self)
{
  g_free (self->kind);
  g_free (self->brand);
  g_free (self->language);
  g_free (self->suggested);
  g_free (self->decided);
}

CS_DEFINE_RECORD (CsLesson, cs_lesson)

static void
cs_hand_clear (CsHand *self)
{
  g_strfreev (self->pinned);
  g_strfreev (self->never);
  g_strfreev (self->order);
  g_free (self->tone);
  g_clear_pointer (&self->examples, g_ptr_array_unref);
  g_strfreev (self->learned);
  g_strfreev (self->unlearned);
}

CS_DEFINE_RECORD (CsHand, cs_hand)

const char *
cs_hand_get_role_label (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      if (g_strcmp0 (roles[i].name, name) == 0)
        return _ (roles[i].label);
    }

  return NULL;
}

static gboolean
contains (char      **list,
          const char *name)
{
  return list != NULL && name != NULL && g_strv_contains ((const char *const *) list, name);
}

gboolean
cs_hand_is_learned (CsHand     *self,
                    const char *name)
{
  return self != NULL && contains (self->learned, name);
}

gboolean
cs_hand_is_unlearned (CsHand     *self,
                      const char *name)
{
  return self != NULL && contains (self->unlearned, name);
}

char *
cs_hand_dup_mark (const char *what,
                  const char *word)
{
  return g_strconcat (what, ":", word, NULL);
}

static char **
dup_list (char **list)
{
  return list != NULL ? g_strdupv (list) : g_new0 (char *, 1);
}

CsHand *
cs_hand_copy (CsHand *self)
{
  CsHand *copy = cs_hand_new ();

  g_return_val_if_fail (self != NULL, NULL);

  copy->off = self->off;
  copy->learning_off = self->learning_off;
  copy->pinned = dup_list (self->pinned);
  copy->never = dup_list (self->never);
  copy->order = dup_list (self->order);
  copy->tone = g_strdup (self->tone);
  copy->learned = dup_list (self->learned);
  copy->unlearned = dup_list (self->unlearned);

  return copy;
}

static void
build_list (JsonBuilder *builder,
            const char  *member,
            char       **list)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    json_builder_add_string_value (builder, list[i]);
  json_builder_end_array (builder);
}

char *
cs_hand_to_json (CsHand *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "off");
  json_builder_add_boolean_value (builder, self->off);
  json_builder_set_member_name (builder, "learning-off");
  json_builder_add_boolean_value (builder, self->learning_off);
  build_list (builder, "pinned", self->pinned);
  build_list (builder, "never", self->never);
  build_list (builder, "order", self->order);
  build_list (builder, "learned", self->learned);
  build_list (builder, "unlearned", self->unlearned);
  if (self->tone != NULL)
    {
      json_builder_set_member_name (builder, "tone");
      json_builder_add_string_value (builder, self->tone);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return cs_json_canonical (root);
}

static gboolean
is_role (const char *name)
{
  return g_strv_contains (cs_hand_roles, name);
}

static gboolean
has_word (GPtrArray  *words,
          const char *word)
{
  return g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL);
}

/* One line each, without what cannot be seen, each once */
static char **
read_list (JsonObject *object,
           const char *member,
           gboolean    of_roles)
{
  JsonArray *array = cs_json_array (object, member);
  guint      n = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n && words->len < MAX_WORDS; i++)
    {
      const char      *text = cs_json_array_string (array, i);
      g_autofree char *word = NULL;

      if (text == NULL || strlen (text) > MAX_WORD_BYTES)
        continue;

      word = cs_text_clean (text, FALSE);
      if (*word != '\0' && !has_word (words, word) && (!of_roles || is_role (word)))
        g_ptr_array_add (words, g_steal_pointer (&word));
    }

  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_steal (words, NULL);
}

CsHand *
cs_hand_from_json (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  const char *tone = cs_json_string (object, "tone", NULL);
  CsHand     *self = cs_hand_new ();

  self->off = cs_json_bool (object, "off", FALSE);
  self->learning_off = cs_json_bool (object, "learning-off", FALSE);
  self->pinned = read_list (object, "pinned", FALSE);
  self->never = read_list (object, "never", FALSE);
  self->order = read_list (object, "order", TRUE);
  self->learned = read_list (object, "learned", FALSE);
  self->unlearned = read_list (object, "unlearned", FALSE);

  if (tone != NULL)
    {
      g_autofree char *cut = g_utf8_substring (tone, 0, MIN (g_utf8_strlen (tone, MAX_TONE_BYTES), MAX_TONE_BYTES));
      g_autofree char *clean = cs_text_clean (cut, TRUE);

      self->tone = *clean != '\0' ? g_steal_pointer (&clean) : NULL;
    }

  return self;
}
