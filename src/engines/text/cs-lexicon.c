/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-json.h"
#include "cs-lexicon-data.h"
#include "cs-lexicon.h"

/* The longest entries, in Chinese characters and in bytes of one Latin word */
#define MAX_HAN 10

typedef struct
{
  GHashTable *roles; /* folded word → bits of its roles */
  GHashTable *sets[CS_N_WORD_SETS];
  GHashTable *colours;
  GHashTable *views;
} Lexicon;

static const char *const role_names[CS_N_LEXICON_ROLES] = {
  [CS_ROLE_PRODUCT] = "product",
  [CS_ROLE_MATERIAL] = "material",
  [CS_ROLE_CRAFT] = "craft",
  [CS_ROLE_COLOUR] = "colour",
  [CS_ROLE_PATTERN] = "pattern",
  [CS_ROLE_STYLE] = "style",
  [CS_ROLE_AUDIENCE] = "audience",
  [CS_ROLE_SEASON] = "season",
  [CS_ROLE_FEATURE] = "feature",
  [CS_ROLE_USE] = "use",
  [CS_ROLE_PLACE] = "place",
  [CS_ROLE_HOT] = "hot",
};

static const char *const set_names[CS_N_WORD_SETS] = {
  [CS_WORDS_SENTENCE] = "sentence",
  [CS_WORDS_WITH] = "with",
  [CS_WORDS_CAMERA] = "camera",
  [CS_WORDS_CAMERA_ALONE] = "camera-alone",
  [CS_WORDS_CONSUMABLE] = "consumable",
  [CS_WORDS_FOOD] = "food",
  [CS_WORDS_FIRST] = "first",
};

/* One spelling for what is written in several: case, width, hyphen, apostrophe */
static char *
normalize (const char *word)
{
  char *folded = cs_text_fold (word);
  char *curly;

  g_strdelimit (folded, "-_", ' ');
  while ((curly = strstr (folded, "\u2019")) != NULL)
    {
      *curly = '\'';
      memmove (curly + 1, curly + 3, strlen (curly + 3) + 1);
    }

  return folded;
}

static void
add_words (GHashTable *table,
           JsonArray  *lines,
           const char *separator,
           guint       bits)
{
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      const char *line = cs_json_array_string (lines, i);
      g_auto (GStrv) words = g_strsplit (line != NULL ? line : "", separator, -1);

      for (guint j = 0; words[j] != NULL; j++)
        {
          char    *word = normalize (g_strstrip (words[j]));
          gpointer known = g_hash_table_lookup (table, word);

          if (*word != '\0')
            g_hash_table_insert (table, word, GUINT_TO_POINTER (GPOINTER_TO_UINT (known) | bits));
          else
            g_free (word);
        }
    }
}

static GHashTable *
read_pairs (JsonObject *object)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    g_hash_table_insert (table, normalize (l->data), g_strdup (cs_json_string (object, l->data, "")));

  return table;
}

static Lexicon *
load (const char *language,
      const char *separator)
{
  g_autofree char *path = g_strdup_printf ("/app/countersign/Countersign/lexicon/%s.json", language);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject   *object;
  Lexicon      *self = g_new0 (Lexicon, 1);
  gsize         length;
  gconstpointer data;

  if (!(bytes = g_resource_lookup_data (cs_lexicon_data_get_resource (), path, 0, &error)))
    g_error ("The lexicon is missing from the program: %s", error->message);

  data = g_bytes_get_data (bytes, &length);
  if (!(node = cs_json_parse (data, length, &error)))
    g_error ("The lexicon in the program is damaged: %s", error->message);

  object = cs_json_node_object (node);
  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < CS_N_LEXICON_ROLES; i++)
    add_words (self->roles, cs_json_array (object, role_names[i]), separator, CS_ROLE_BIT (i));

  for (guint i = 0; i < CS_N_WORD_SETS; i++)
    {
      self->sets[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      add_words (self->sets[i], cs_json_array (object, set_names[i]), separator, 1);
    }

  self->colours = read_pairs (cs_json_object (object, "colour-keys"));
  self->views = read_pairs (cs_json_object (object, "view"));

  return self;
}

static Lexicon *
get_lexicon (CsScript script)
{
  static gsize    once;
  static Lexicon *lexicons[2];

  if (g_once_init_enter (&once))
    {
      lexicons[CS_SCRIPT_HAN] = load ("zh", " ");
      lexicons[CS_SCRIPT_LATIN] = load ("en", ",");
      g_once_init_leave (&once, 1);
    }

  return lexicons[script];
}

static guint
lookup_singular (GHashTable *table,
                 const char *word)
{
  static const struct
  {
    const char *suffix;
    const char *singular;
  } plurals[] = { { "ies", "y" }, { "ves", "fe" }, { "ves", "f" }, { "es", "" }, { "s", "" } };
  gsize length = strlen (word);

  for (guint i = 0; i < G_N_ELEMENTS (plurals); i++)
    {
      gsize            suffix = strlen (plurals[i].suffix);
      g_autofree char *stem = NULL;
      g_autofree char *singular = NULL;
      guint            mask;

      if (length < suffix + 3 || !g_str_has_suffix (word, plurals[i].suffix))
        continue;

      stem = g_strndup (word, length - suffix);
      singular = g_strconcat (stem, plurals[i].singular, NULL);
      if ((mask = GPOINTER_TO_UINT (g_hash_table_lookup (table, singular))) != 0)
        return mask & ~CS_ROLE_BIT (CS_ROLE_HOT);
    }

  return 0;
}

/**
 * cs_lexicon_find:
 * @word: one word, or several with a space between
 *
 * Returns: bits of the roles that @word can have, 0 where it is not known
 */
guint
cs_lexicon_find (CsScript    script,
                 const char *word)
{
  Lexicon         *self = get_lexicon (script);
  g_autofree char *key = normalize (word);
  guint            mask = GPOINTER_TO_UINT (g_hash_table_lookup (self->roles, key));

  if (mask == 0 && script == CS_SCRIPT_LATIN)
    mask = lookup_singular (self->roles, key);

  return mask;
}

static guint
match_longest (GHashTable *table,
               const char *text,
               const char *end,
               guint      *mask)
{
  const char *stops[MAX_HAN];
  guint       n = 0;

  for (const char *p = text; p < end && n < MAX_HAN; n++)
    {
      p = g_utf8_next_char (p);
      stops[n] = p;
    }

  while (n-- > 0)
    {
      g_autofree char *word = g_strndup (text, stops[n] - text);
      g_autofree char *key = normalize (word);
      gpointer         found = g_hash_table_lookup (table, key);

      if (found != NULL)
        {
          *mask = GPOINTER_TO_UINT (found);
          return stops[n] - text;
        }
    }

  return 0;
}

/**
 * cs_lexicon_match:
 * @mask: (out): bits of its roles
 *
 * Returns: the length in bytes of the longest Chinese entry that @text begins
 *   with, 0 where there is none
 */
guint
cs_lexicon_match (const char *text,
                  const char *end,
                  guint      *mask)
{
  return match_longest (get_lexicon (CS_SCRIPT_HAN)->roles, text, end, mask);
}

/* The same among the Chinese words that hold a clause together ("适合", "带") */
guint
cs_lexicon_match_with (const char *text,
                       const char *end)
{
  guint mask;

  return match_longest (get_lexicon (CS_SCRIPT_HAN)->sets[CS_WORDS_WITH], text, end, &mask);
}

gboolean
cs_lexicon_contains (CsScript    script,
                     CsWordSet   set,
                     const char *word)
{
  g_autofree char *key = normalize (word);

  return g_hash_table_contains (get_lexicon (script)->sets[set], key);
}

/**
 * cs_lexicon_colour:
 * @key: an English colour name, as the reading of a photo has it
 *
 * Returns: (nullable): the colour's name in the language of @script
 */
const char *
cs_lexicon_colour (CsScript    script,
                   const char *key)
{
  g_autofree char *normal = normalize (key);
  const char      *name = g_hash_table_lookup (get_lexicon (CS_SCRIPT_HAN)->colours, normal);
  gpointer         stored;

  if (name == NULL || script == CS_SCRIPT_HAN)
    return name;

  g_hash_table_lookup_extended (get_lexicon (CS_SCRIPT_HAN)->colours, normal, &stored, NULL);

  return stored;
}

const char *
cs_lexicon_view (CsScript    script,
                 const char *word)
{
  g_autofree char *key = normalize (word);

  return g_hash_table_lookup (get_lexicon (script)->views, key);
}
