/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-facts.h"
#include "cs-json.h"

/* What was read from the photos: dominant colours, and printed text. Text in a
 * photo may be anything (a passer-by's shirt, a shop sign, an instruction), so
 * only lines of the kinds that stand on labels are used, as they are, and never
 * for more than they say.
 */

#define MIN_CONFIDENCE 85.0
#define MAX_LINES      12

static const char label_pattern[] =
  "^(?:净含量|净重|规格|货号|款号|型号|尺码|号型|成分|面料|里料|材质|材料|产地|执行标准|保质期|贮存条件|储存方法|配料|品名|等级|容量|"
  "net ?wt\\.?|net weight|net contents|contents|size|material|fabric|model|item no\\.?|art\\.? ?no\\.?|style no\\.?|capacity|ingredients|made in)"
  "\\s*[:：.]?\\s*\\S.{0,60}$"
  "|^(?:GB|GB/T|QB/T|FZ/T) ?[0-9]{3,6}(?:\\.[0-9]+)?-[0-9]{4}$";

static const char composition_pattern[] =
  "^(?:\\s*[0-9]{1,3}(?:\\.[0-9]+)?\\s*[%％]\\s*[\\p{L} ]{1,24}[,，、/ ]*)+$|^[\\p{L} ]{1,16}[:： ]*[0-9]{1,3}(?:\\.[0-9]+)?\\s*[%％]$";

static const char measure_pattern[] =
  "^[0-9]+(?:\\.[0-9]+)?\\s?(?:ml|mL|ML|L|g|kg|oz|cm|mm|克|千克|毫升|升|厘米)$";

/* A label that says itself what the thing is called */
static const char name_pattern[] = "^(?:品名|产品名称|商品名称|产品名|product name|product)\\s*[:：]\\s*([\\p{L}][\\p{L}\\p{N} ·-]{1,38})$";

static gboolean
matches (const char *pattern,
         const char *text)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

static gboolean
names_material (const char *text)
{
  g_autoptr (GArray) words = cs_text_words (text);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint mask = 0;

      if (cs_lexicon_match (p, p + strlen (p), &mask) > 0 && (mask & CS_ROLE_BIT (CS_ROLE_MATERIAL)))
        return TRUE;
    }

  for (guint i = 0; i < words->len; i++)
    {
      CsSpan          *span = &g_array_index (words, CsSpan, i);
      g_autofree char *word = g_strndup (text + span->start, span->end - span->start);

      if (cs_lexicon_find (CS_SCRIPT_LATIN, word) & CS_ROLE_BIT (CS_ROLE_MATERIAL))
        return TRUE;
    }

  return FALSE;
}

/* A line in which every word is known, one of them for a thing: "龙井茶" */
static gboolean
names_product (CsFacts    *self,
               const char *text)
{
  g_autoptr (GArray) tokens = NULL;
  gboolean product = FALSE;

  if (cs_text_script (text) != self->script || strlen (text) > 60)
    return FALSE;

  tokens = cs_parse (self->script, text, CS_PARSE_LIST);
  for (guint i = 0; i < tokens->len; i++)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);

      if (token->role == CS_ROLE_OTHER || token->role == CS_ROLE_FEATURE || token->role == CS_ROLE_HOT)
        return FALSE;
      product = product || token->role == CS_ROLE_PRODUCT;
    }

  return product;
}

static char *
dup_labelled_name (CsFacts    *self,
                   const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (name_pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *name = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return NULL;

  name = g_match_info_fetch (match, 1);
  g_strstrip (name);

  return cs_text_script (name) == self->script ? g_steal_pointer (&name) : NULL;
}

/* What a known word names, or the whole of it where none is known */
static void
add_name (CsFacts    *self,
          const char *name)
{
  cs_facts_add_text (self, CS_FACT_PHOTO, NULL, name, CS_PARSE_LIST);
  if (!cs_facts_has (self, CS_ROLE_PRODUCT))
    cs_facts_add (self, CS_FACT_PHOTO, CS_ROLE_PRODUCT, name);
}

static double
fraction (JsonObject *object,
          const char *member)
{
  return CLAMP (cs_json_double (object, member, 0), 0.0, 1.0);
}

static void
set_rectangle (CsTerm     *term,
               CsPhoto    *photo,
               JsonObject *line)
{
  term->where = g_strdup (photo->name);
  term->photo = photo->id;
  term->start = term->end = 0;
  term->x = fraction (line, "x");
  term->y = fraction (line, "y");
  term->width = MIN (fraction (line, "width"), 1.0 - term->x);
  term->height = MIN (fraction (line, "height"), 1.0 - term->y);
  term->confidence = CLAMP (cs_json_double (line, "confidence", 0), 0.0, 100.0);
}

static gboolean
is_known_line (CsFacts    *self,
               const char *text)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->kind == CS_FACT_PHOTO && strcmp (term->text, text) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_line (CsFacts    *self,
          CsPhoto    *photo,
          JsonObject *line)
{
  g_autofree char *text = cs_text_clean (cs_json_string (line, "text", NULL), FALSE);
  g_autofree char *name = dup_labelled_name (self, text);
  guint            first = self->terms->len;

  if (cs_json_double (line, "confidence", 0) < MIN_CONFIDENCE || *text == '\0' || strlen (text) > 200 ||
      is_known_line (self, text))
    return;

  if (name != NULL && !cs_facts_has (self, CS_ROLE_PRODUCT))
    add_name (self, name);
  else if (matches (label_pattern, text) || matches (measure_pattern, text) ||
      (matches (composition_pattern, text) && names_material (text)))
    cs_facts_add (self, CS_FACT_PHOTO, CS_ROLE_LABEL, text);
  else if (!cs_facts_has (self, CS_ROLE_PRODUCT) && names_product (self, text))
    cs_facts_add_text (self, CS_FACT_PHOTO, NULL, text, CS_PARSE_LIST);

  for (guint i = first; i < self->terms->len; i++)
    {
      g_clear_pointer (&((CsTerm *) self->terms->pdata[i])->where, g_free);
      set_rectangle (self->terms->pdata[i], photo, line);
    }
}

static gboolean
is_background (const char *name)
{
  return strstr (name, "white") != NULL || strstr (name, "grey") != NULL || strstr (name, "gray") != NULL ||
         strcmp (name, "black") == 0 || strcmp (name, "silver") == 0;
}

/* The colour that a photo's thing most likely has: one that about half of it
 * shows; a thing of many colours has none. White, grey and black may still be what it stands on, so another colour
 * goes before them.
 */
static JsonObject *
pick_colour (CsScript   script,
             JsonArray *colours)
{
  JsonObject *best = NULL;
  double      share = 0;

  for (guint i = 0; colours != NULL && i < MIN (json_array_get_length (colours), 16); i++)
    {
      JsonObject *colour = cs_json_array_object (colours, i);
      const char *name = cs_json_string (colour, "name", "");
      double      part = cs_json_double (colour, "share", 0);

      if (cs_lexicon_colour (script, name) == NULL || part < 0.45)
        continue;

      if (is_background (name))
        part *= 0.6;

      if (part > share)
        {
          best = colour;
          share = part;
        }
    }

  return best;
}

static void
add_colour (CsFacts   *self,
            CsPhoto   *photo,
            JsonArray *colours)
{
  JsonObject *colour = pick_colour (self->script, colours);
  const char *name = cs_json_string (colour, "name", NULL);
  CsTerm     *term;

  if (name == NULL)
    return;

  term = cs_facts_add (self, CS_FACT_COLOUR, CS_ROLE_COLOUR, name);
  term->where = g_strdup (photo->name);
  term->photo = photo->id;
  term->word = cs_lexicon_colour (self->script, name);
}

/**
 * cs_facts_add_readings:
 *
 * Adds the colours only where the seller names none.
 */
void
cs_facts_add_readings (CsFacts         *self,
                       CsEngineRequest *request)
{
  gboolean stated = cs_facts_has (self, CS_ROLE_COLOUR);

  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto *photo = request->photos->pdata[i];
      g_autoptr (JsonNode) node = photo->reading != NULL ? cs_json_parse (photo->reading, -1, NULL) : NULL;
      JsonObject *reading = cs_json_node_object (node);
      JsonArray  *lines = cs_json_array (reading, "text");

      for (guint j = 0; lines != NULL && j < MIN (json_array_get_length (lines), MAX_LINES * 4); j++)
        add_line (self, photo->photo, cs_json_array_object (lines, j));

      if (!stated)
        add_colour (self, photo->photo, cs_json_array (reading, "colours"));
    }
}

gboolean
cs_facts_is_reading_han (const char *reading)
{
  g_autoptr (JsonNode) node = reading != NULL ? cs_json_parse (reading, -1, NULL) : NULL;
  JsonArray *lines = cs_json_array (cs_json_node_object (node), "text");

  for (guint i = 0; lines != NULL && i < MIN (json_array_get_length (lines), MAX_LINES * 4); i++)
    {
      JsonObject      *line = cs_json_array_object (lines, i);
      g_autofree char *text = cs_text_clean (cs_json_string (line, "text", NULL), FALSE);

      if (cs_json_double (line, "confidence", 0) >= MIN_CONFIDENCE && cs_text_script (text) == CS_SCRIPT_HAN)
        return TRUE;
    }

  return FALSE;
}
