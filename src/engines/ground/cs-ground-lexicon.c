/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-lexicon.h"
#include "cs-json.h"
#include "cs-lexicon-data.h"

/* The closed sets as data (data/lexicon/ground-*.json). A line is a concept:
 *
 *   oak < hardwood: oak, oak wood, 橡木
 *
 * with its name, what it is a kind of, and its words in both languages. A line
 * without a colon is a list of concepts of their own, their words joined by "=". What
 * lies within a region is told in words: "Extremadura < Spain: Cáceres, Badajoz", and
 * what else a place is called: "Flanders: Flemish".
 */

#define MAX_TOKENS 12

typedef struct
{
  CsGroundSet set;
  char       *id;
  guint16     parents[CS_GROUND_MAX_SENSES];
  guint       n_parents;
  guint       group; /* of those that exclude each other, or 0 */
} Concept;

typedef struct
{
  GArray     *concepts; /* (element-type Concept) */
  GHashTable *ids;      /* "set.id" → index + 1 */
  GHashTable *words;    /* key → CsGroundEntry */
  GHashTable *starts;   /* the first token of each key → most tokens */
  GHashTable *common;
  guint16     simplified[0xa000 - 0x4e00];
  guint       n_groups;
  guint       weak;
  guint       part;
} Lexicon;

static const char *const set_names[CS_N_GROUND_SETS] = {
  [CS_GROUND_MATERIAL] = "material",
  [CS_GROUND_COLOUR] = "colour",
  [CS_GROUND_PLACE] = "place",
  [CS_GROUND_NAME] = "name",
  [CS_GROUND_CERTIFICATE] = "certificate",
  [CS_GROUND_SUPERLATIVE] = "superlative",
  [CS_GROUND_SIZE] = "size",
  [CS_GROUND_NUMBER] = "number",
  [CS_GROUND_WORD] = "other",
  [CS_GROUND_SOFT] = "soft",
  [CS_GROUND_OWN] = "own",
};

static const char *const files[] = {
  "ground-materials", "ground-colours", "ground-places", "ground-regions", "ground-counties", "ground-claims", "ground-names", "ground-words", "ground-soft",
};

static Lexicon *lexicon;

static JsonNode *
read_file (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/app/countersign/Countersign/lexicon/%s.json", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JsonNode     *node;
  gconstpointer data;
  gsize         length;

  if (!(bytes = g_resource_lookup_data (cs_lexicon_data_get_resource (), path, 0, &error)))
    g_error ("The words that texts are checked with are missing from the program: %s", error->message);

  data = g_bytes_get_data (bytes, &length);
  if (!(node = cs_json_parse (data, length, &error)))
    g_error ("The words that texts are checked with are damaged: %s", error->message);

  return node;
}

static void
append_token (GString       *key,
              CsGroundToken *token,
              gboolean       after_latin)
{
  if (after_latin && (token->kind == CS_GROUND_LATIN || token->kind == CS_GROUND_DIGITS))
    g_string_append_c (key, ' ');
  g_string_append (key, token->stem);
}

/* A hyphen between words is a space */
static gboolean
is_joint (CsGroundToken *token)
{
  return token->kind == CS_GROUND_MARK && (strcmp (token->word, "-") == 0 || strcmp (token->word, "_") == 0);
}

static char *
make_key (const char *word)
{
  g_autoptr (GArray) tokens = cs_ground_tokens (word);
  GString *key = g_string_new (NULL);
  gboolean latin = FALSE;

  for (guint i = 0; i < tokens->len; i++)
    {
      CsGroundToken *token = &g_array_index (tokens, CsGroundToken, i);

      if (is_joint (token))
        continue;
      append_token (key, token, latin);
      latin = token->kind == CS_GROUND_LATIN || token->kind == CS_GROUND_DIGITS;
    }

  return g_string_free_and_steal (key);
}

static void
add_word (Lexicon    *self,
          const char *word,
          guint       concept)
{
  g_autoptr (GArray) tokens = cs_ground_tokens (word);
  g_autofree char *key = make_key (word);
  CsGroundEntry   *entry;
  const char      *start;

  if (tokens->len == 0)
    return;

  start = g_array_index (tokens, CsGroundToken, 0).stem;
  g_hash_table_insert (self->starts, g_strdup (start),
                       GUINT_TO_POINTER (MAX (tokens->len, GPOINTER_TO_UINT (g_hash_table_lookup (self->starts, start)))));

  if (!(entry = g_hash_table_lookup (self->words, key)))
    {
      entry = g_new0 (CsGroundEntry, 1);
      g_hash_table_insert (self->words, g_steal_pointer (&key), entry);
    }

  for (guint i = 0; i < entry->n_senses; i++)
    {
      if (entry->senses[i] == concept)
        return;
    }

  if (entry->n_senses < CS_GROUND_MAX_SENSES)
    entry->senses[entry->n_senses++] = concept;
}

static guint
get_concept (Lexicon    *self,
             CsGroundSet set,
             const char *id)
{
  char    *name = g_strdup_printf ("%s.%s", set_names[set], id);
  gpointer known = g_hash_table_lookup (self->ids, name);
  Concept  concept = { .set = set };

  if (known != NULL)
    {
      g_free (name);
      return GPOINTER_TO_UINT (known) - 1;
    }

  concept.id = g_strdup (id);
  g_array_append_val (self->concepts, concept);
  g_hash_table_insert (self->ids, name, GUINT_TO_POINTER (self->concepts->len));

  return self->concepts->len - 1;
}

static void
add_list (Lexicon    *self,
          const char *words,
          const char *separator,
          guint       concept)
{
  g_auto (GStrv) parts = g_strsplit (words, separator, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    add_word (self, g_strstrip (parts[i]), concept);
}

/* A parent may be of another set: "certificate.waterproof" */
static guint
find_parent (Lexicon    *self,
             CsGroundSet set,
             const char *id)
{
  const char *dot = strchr (id, '.');

  for (guint i = 0; dot != NULL && i < CS_N_GROUND_SETS; i++)
    {
      if (strlen (set_names[i]) == (gsize) (dot - id) && g_str_has_prefix (id, set_names[i]))
        return get_concept (self, i, dot + 1);
    }

  return get_concept (self, set, id);
}

static void
add_concept (Lexicon    *self,
             CsGroundSet set,
             const char *line,
             const char *colon)
{
  g_autofree char *head = g_strndup (line, colon - line);
  g_auto (GStrv) sides = g_strsplit (head, "<", 2);
  guint concept = get_concept (self, set, g_strstrip (sides[0]));

  if (sides[1] != NULL)
    {
      g_auto (GStrv) parents = g_strsplit (g_strstrip (sides[1]), " ", -1);

      for (guint i = 0; parents[i] != NULL; i++)
        {
          guint    parent = find_parent (self, set, parents[i]);
          Concept *own = &g_array_index (self->concepts, Concept, concept);

          if (own->n_parents < CS_GROUND_MAX_SENSES)
            own->parents[own->n_parents++] = parent;
        }
    }

  add_list (self, colon + 1, ",", concept);
}

static void
add_line (Lexicon    *self,
          CsGroundSet set,
          const char *line)
{
  const char *colon = strchr (line, ':');

  if (colon != NULL)
    {
      add_concept (self, set, line, colon);
    }
  else
    {
      g_auto (GStrv) words = g_strsplit (line, ",", -1);

      for (guint i = 0; words[i] != NULL; i++)
        {
          const char *word = g_strstrip (words[i]);

          if (*word != '\0')
            add_list (self, word, "=", set == CS_GROUND_SOFT ? get_concept (self, set, "soft") : get_concept (self, set, word));
        }
    }
}

static void
add_opposites (Lexicon   *self,
               JsonArray *lines)
{
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      g_auto (GStrv) ids = g_strsplit (cs_json_array_string (lines, i), " ", -1);

      self->n_groups++;
      for (guint j = 0; ids[j] != NULL; j++)
        {
          guint concept = find_parent (self, CS_GROUND_WORD, ids[j]);

          g_array_index (self->concepts, Concept, concept).group = self->n_groups;
        }
    }
}

static gboolean
is_kind_of (Lexicon *self,
            guint    a,
            guint    b,
            guint    depth)
{
  Concept *concept = &g_array_index (self->concepts, Concept, a);

  if (a == b)
    return TRUE;

  for (guint i = 0; depth < 8 && i < concept->n_parents; i++)
    {
      if (is_kind_of (self, concept->parents[i], b, depth + 1))
        return TRUE;
    }

  return FALSE;
}

static void
add_parent (Lexicon *self,
            guint    concept,
            guint    parent)
{
  Concept *own = &g_array_index (self->concepts, Concept, concept);

  if (own->n_parents < CS_GROUND_MAX_SENSES && !is_kind_of (self, concept, parent, 0) && !is_kind_of (self, parent, concept, 0))
    own->parents[own->n_parents++] = parent;
}

#define NOWHERE G_MAXUINT

/* The place that word names, in country where that is given; a new one where none is */
static guint
get_place (Lexicon    *self,
           const char *word,
           guint       country)
{
  g_autofree char *key = make_key (word);
  CsGroundEntry   *entry = g_hash_table_lookup (self->words, key);
  g_autofree char *id = NULL;
  guint            place;

  for (guint i = 0; entry != NULL && i < entry->n_senses; i++)
    {
      if (g_array_index (self->concepts, Concept, entry->senses[i]).set == CS_GROUND_PLACE &&
          (country == NOWHERE || is_kind_of (self, entry->senses[i], country, 0)))
        return entry->senses[i];
    }

  id = country == NOWHERE ? g_strdup (word) : g_strdup_printf ("%s, %s", word, g_array_index (self->concepts, Concept, country).id);
  place = get_concept (self, CS_GROUND_PLACE, id);
  add_word (self, word, place);
  if (country != NOWHERE)
    add_parent (self, place, country);

  return place;
}

/* "Extremadura < Spain: Cáceres, Badajoz" */
static void
add_within (Lexicon    *self,
            const char *line)
{
  g_auto (GStrv) sides = g_strsplit (line, ":", 2);
  g_auto (GStrv) head = sides[1] != NULL ? g_strsplit (sides[0], "<", 2) : NULL;
  g_auto (GStrv) towns = sides[1] != NULL ? g_strsplit (sides[1], ",", -1) : NULL;
  g_auto (GStrv) countries = head != NULL && head[1] != NULL ? g_strsplit (head[1], "/", -1) : NULL;
  guint country = countries != NULL ? get_place (self, g_strstrip (countries[0]), NOWHERE) : NOWHERE;
  guint region;

  if (head == NULL)
    return;

  region = get_place (self, g_strstrip (head[0]), country);
  for (guint i = 1; countries != NULL && countries[i] != NULL; i++)
    add_parent (self, region, get_place (self, g_strstrip (countries[i]), NOWHERE));
  for (guint i = 0; towns[i] != NULL; i++)
    add_parent (self, get_place (self, g_strstrip (towns[i]), country == NOWHERE ? region : country), region);
}

/* "Flanders: Flemish": other words for a place that is known */
static void
add_called (Lexicon    *self,
            const char *line)
{
  g_auto (GStrv) sides = g_strsplit (line, ":", 2);
  g_auto (GStrv) names = sides[1] != NULL ? g_strsplit (sides[1], ",", -1) : NULL;
  guint place;

  if (names == NULL)
    return;

  place = get_place (self, g_strstrip (sides[0]), NOWHERE);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *key = make_key (g_strstrip (names[i]));
      CsGroundEntry   *entry = g_hash_table_lookup (self->words, key);
      CsGroundEntry    kept = { 0 };

      for (guint j = 0; entry != NULL && j < entry->n_senses; j++)
        {
          if (g_array_index (self->concepts, Concept, entry->senses[j]).set != CS_GROUND_PLACE)
            kept.senses[kept.n_senses++] = entry->senses[j];
        }
      if (entry != NULL)
        *entry = kept;
      add_word (self, names[i], place);
    }
}

static void
add_file (Lexicon    *self,
          const char *name)
{
  g_autoptr (JsonNode) node = read_file (name);
  JsonObject *object = cs_json_node_object (node);
  JsonArray  *towns;

  for (guint i = 0; i < CS_N_GROUND_SETS; i++)
    {
      JsonArray *lines = cs_json_array (object, set_names[i]);

      for (guint j = 0; lines != NULL && j < json_array_get_length (lines); j++)
        add_line (self, i, cs_json_array_string (lines, j));
    }

  add_opposites (self, cs_json_array (object, "opposites"));

  towns = cs_json_array (object, "within");
  for (guint i = 0; towns != NULL && i < json_array_get_length (towns); i++)
    add_within (self, cs_json_array_string (towns, i));

  towns = cs_json_array (object, "called");
  for (guint i = 0; towns != NULL && i < json_array_get_length (towns); i++)
    add_called (self, cs_json_array_string (towns, i));
}

/* "Copenhagen" is the town, not the country that it stands for besides */
static void
drop_wider (Lexicon *self)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->words);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CsGroundEntry *entry = value;
      CsGroundEntry  kept = { 0 };

      for (guint i = 0; i < entry->n_senses; i++)
        {
          CsGroundSet set = g_array_index (self->concepts, Concept, entry->senses[i]).set;
          gboolean    wider = FALSE;

          for (guint j = 0; j < entry->n_senses; j++)
            wider = wider || (j != i && (set == CS_GROUND_PLACE || set == CS_GROUND_CERTIFICATE) && is_kind_of (self, entry->senses[j], entry->senses[i], 0));
          if (!wider)
            kept.senses[kept.n_senses++] = entry->senses[i];
        }
      if (kept.n_senses > 0)
        *entry = kept;
    }
}

static void
add_common (Lexicon *self)
{
  g_autoptr (JsonNode) node = read_file ("ground-common");
  JsonArray *lines = cs_json_array (cs_json_node_object (node), "words");

  self->common = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      g_auto (GStrv) words = g_strsplit (cs_json_array_string (lines, i), " ", -1);

      for (guint j = 0; words[j] != NULL; j++)
        g_hash_table_add (self->common, cs_ground_singular (words[j]));
    }
}

static void
add_simplified (Lexicon *self)
{
  g_autoptr (JsonNode) node = read_file ("ground-han");
  JsonObject *object = cs_json_node_object (node);
  const char *from = cs_json_string (object, "traditional", "");
  const char *to = cs_json_string (object, "simplified", "");

  for (; *from != '\0' && *to != '\0'; from = g_utf8_next_char (from), to = g_utf8_next_char (to))
    {
      gunichar c = g_utf8_get_char (from);

      if (c >= 0x4e00 && c < 0xa000)
        self->simplified[c - 0x4e00] = g_utf8_get_char (to);
    }
}

static Lexicon *
get_lexicon (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      Lexicon *self = g_new0 (Lexicon, 1);

      self->concepts = g_array_new (FALSE, TRUE, sizeof (Concept));
      self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      self->starts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      add_simplified (self);
      g_atomic_pointer_set (&lexicon, self); /* words are folded with it while it is filled */
      for (guint i = 0; i < G_N_ELEMENTS (files); i++)
        add_file (self, files[i]);
      drop_wider (self);
      add_common (self);
      self->weak = get_concept (self, CS_GROUND_WORD, "weak-word");
      self->part = get_concept (self, CS_GROUND_WORD, "part");
      g_once_init_leave (&once, 1);
    }

  return lexicon;
}

gunichar
cs_ground_simplify (gunichar c)
{
  Lexicon *self = g_atomic_pointer_get (&lexicon);

  if (self == NULL)
    self = get_lexicon ();

  g_return_val_if_fail (c >= 0x4e00 && c < 0xa000, c);

  return self->simplified[c - 0x4e00] != 0 ? self->simplified[c - 0x4e00] : c;
}

const CsGroundEntry *
cs_ground_lexicon_find (const char *word)
{
  g_autofree char *key = NULL;
  Lexicon         *self = get_lexicon ();

  key = make_key (word);

  return g_hash_table_lookup (self->words, key);
}

guint
cs_ground_lexicon_match (GArray               *tokens,
                         guint                 first,
                         const CsGroundEntry **entry,
                         char                **key)
{
  Lexicon *self = get_lexicon ();
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean latin = FALSE;
  guint    most = GPOINTER_TO_UINT (g_hash_table_lookup (self->starts, g_array_index (tokens, CsGroundToken, first).stem));
  guint    found = 0;

  most = MIN (most + 3, MAX_TOKENS) * (most > 0);
  for (guint i = first; i < tokens->len && i < first + most; i++)
    {
      CsGroundToken *token = &g_array_index (tokens, CsGroundToken, i);
      CsGroundEntry *here;

      if (i > first && is_joint (token))
        continue;
      if (i > first && token->kind == CS_GROUND_HAN && token->line)
        break;

      append_token (text, token, latin);
      latin = token->kind == CS_GROUND_LATIN || token->kind == CS_GROUND_DIGITS;
      if ((here = g_hash_table_lookup (self->words, text->str)))
        {
          found = i - first + 1;
          *entry = here;
          g_free (*key);
          *key = g_strdup (text->str);
        }
    }

  return found;
}

CsGroundSet
cs_ground_concept_get_set (guint concept)
{
  return g_array_index (get_lexicon ()->concepts, Concept, concept).set;
}

const char *
cs_ground_concept_get_id (guint concept)
{
  return g_array_index (get_lexicon ()->concepts, Concept, concept).id;
}

gboolean
cs_ground_concept_is (guint a,
                      guint b)
{
  return is_kind_of (get_lexicon (), a, b, 0);
}

gboolean
cs_ground_concept_is_weak (guint concept)
{
  Lexicon *self = get_lexicon ();

  return is_kind_of (self, concept, self->weak, 0);
}

gboolean
cs_ground_concept_is_part (guint concept)
{
  Lexicon *self = get_lexicon ();

  return is_kind_of (self, concept, self->part, 0);
}

guint
cs_ground_concept_get_parents (guint    concept,
                               guint16 *parents)
{
  Concept *own = &g_array_index (get_lexicon ()->concepts, Concept, concept);

  memcpy (parents, own->parents, sizeof own->parents);

  return own->n_parents;
}

gboolean
cs_ground_concepts_oppose (guint a,
                           guint b)
{
  Lexicon *self = get_lexicon ();
  Concept *x = &g_array_index (self->concepts, Concept, a);
  Concept *y = &g_array_index (self->concepts, Concept, b);

  return a != b && x->group != 0 && x->group == y->group && !is_kind_of (self, a, b, 0) && !is_kind_of (self, b, a, 0);
}

const char *
cs_ground_set_get_name (CsGroundSet set)
{
  return set == CS_GROUND_OWN ? set_names[CS_GROUND_WORD] : set_names[set];
}

gboolean
cs_ground_is_common (const char *word)
{
  return g_hash_table_contains (get_lexicon ()->common, word);
}
