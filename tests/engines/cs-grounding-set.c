/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-ground-sheet.h"
#include "cs-ground.h"
#include "cs-grounding-set.h"
#include "cs-json.h"

static const char *const names[CS_N_SETS] = { "number", "material", "colour", "place", "name", "certificate", "superlative", "other" };

const char *
cs_set_category_name (CsSetCategory category)
{
  return names[category];
}

static CsSetCategory
find_category (const char *name)
{
  for (guint i = 0; i < CS_N_SETS; i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        return i;
    }

  return CS_SET_OTHER;
}

static const char *
name_of (CsPhraseState state)
{
  switch (state)
    {
    case CS_PHRASE_CONTRADICTS: return "contradicts";
    case CS_PHRASE_UNSOURCED: return "not-in-facts";
    case CS_PHRASE_GROUNDED:
    case CS_PHRASE_GLUE:
    default: return "grounded";
    }
}

static void
score_phrase (CsEvidence *evidence,
              const char *product,
              JsonObject *phrase,
              CsSetScore  scores[CS_N_SETS],
              CsSetMiss   miss)
{
  const char    *text = cs_json_string (phrase, "text", "");
  const char    *label = cs_json_string (phrase, "label", "");
  const char    *category = cs_json_string (phrase, "category", "other");
  CsSetScore    *score = &scores[find_category (category)];
  gboolean       holds = g_str_equal (label, "true");
  gboolean       contradicts = g_str_equal (label, "contradicting");
  g_autoptr (CsGroundVerdict) verdict = cs_ground_judge (evidence, text);
  gboolean marked = verdict->state == CS_PHRASE_UNSOURCED || verdict->state == CS_PHRASE_CONTRADICTS;

  if (holds)
    {
      score->n_true++;
      score->n_alarms += marked;
    }
  else
    {
      score->n_false++;
      score->n_caught += marked;
    }
  score->n_contradicting += contradicts;
  score->n_named += contradicts && verdict->state == CS_PHRASE_CONTRADICTS;

  if (miss != NULL && marked == holds)
    {
      g_autofree char *kinds = NULL;
      g_autofree char *told = NULL;

      g_ptr_array_add (verdict->kinds, NULL);
      kinds = g_strjoinv ("+", (char **) verdict->kinds->pdata);
      told = g_strdup_printf ("%s %s %s", name_of (verdict->state), kinds, verdict->remark != NULL ? verdict->remark : "");
      miss (product, text, label, category, told);
    }
}

guint
cs_set_run (const char *path,
            CsSetScore  scores[CS_N_SETS],
            CsSetMiss   miss)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *products;
  gsize      length;
  guint      n = 0;

  if (!g_file_get_contents (path, &content, &length, &error) || !(node = cs_json_parse (content, length, &error)))
    {
      g_printerr ("%s: %s\n", path, error->message);
      return 0;
    }

  products = cs_json_array (cs_json_node_object (node), "products");
  for (guint i = 0; products != NULL && i < json_array_get_length (products); i++)
    {
      JsonObject      *product = cs_json_array_object (products, i);
      JsonArray       *phrases = cs_json_array (product, "phrases");
      g_autofree char *text = json_to_string (json_array_get_element (products, i), FALSE);
      g_autoptr (CsEvidence) evidence = cs_ground_sheet_read (text, -1, &error);

      if (evidence == NULL)
        {
          g_printerr ("%s: %s: %s\n", path, cs_json_string (product, "id", "?"), error->message);
          return 0;
        }

      for (guint j = 0; phrases != NULL && j < json_array_get_length (phrases); j++, n++)
        score_phrase (evidence, cs_json_string (product, "id", "?"), cs_json_array_object (phrases, j), scores, miss);
    }

  return n;
}

CsSetScore
cs_set_sum (const CsSetScore scores[CS_N_SETS])
{
  CsSetScore sum = { 0 };

  for (guint i = 0; i < CS_SET_OTHER; i++)
    {
      sum.n_true += scores[i].n_true;
      sum.n_alarms += scores[i].n_alarms;
      sum.n_false += scores[i].n_false;
      sum.n_caught += scores[i].n_caught;
      sum.n_contradicting += scores[i].n_contradicting;
      sum.n_named += scores[i].n_named;
    }

  return sum;
}
