/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-compose.h"

/* A title is a row of parts: the thing's name and what else is known, in an order
 * that differs between the variants: by what the thing is, by what it is made
 * of, by whom or what it is for. A part that does not fit is left out, the least
 * telling first, and the seller is told.
 */

#define MAX_VARIANTS 3

typedef enum
{
  JOIN_COMMA,
  JOIN_SPACE,
  JOIN_FROM,
} Join;

typedef struct
{
  GPtrArray *terms; /* (element-type CsTerm) */
  guint      weight;
  Join       join; /* English: how it follows what is before it */
} Part;

static void
part_clear (Part *part)
{
  g_clear_pointer (&part->terms, g_ptr_array_unref);
}

static const guint weights[] = {
  [CS_ROLE_PRODUCT] = 100,
  [CS_ROLE_BRAND] = 95,
  [CS_ROLE_MATERIAL] = 85,
  [CS_ROLE_SIZE] = 75,
  [CS_ROLE_COLOUR] = 70,
  [CS_ROLE_CRAFT] = 72,
  [CS_ROLE_AUDIENCE] = 68,
  [CS_ROLE_QUANTITY] = 66,
  [CS_ROLE_USE] = 50,
  [CS_ROLE_STYLE] = 55,
  [CS_ROLE_SEASON] = 52,
  [CS_ROLE_PATTERN] = 56,
  [CS_ROLE_FEATURE] = 48,
  [CS_ROLE_PLACE] = 58,
  [CS_ROLE_ALIAS] = 46,
  [CS_ROLE_OTHER] = 40,
  [CS_ROLE_LABEL] = 0,
  [CS_ROLE_MODEL] = 0,
};

/* By what the thing is. Chinese titles put what narrows it directly after it;
 * English ones go from the sentence-like parts to the list-like ones.
 */
static const CsRole order_han[] = {
  CS_ROLE_ALIAS,
  CS_ROLE_AUDIENCE,
  CS_ROLE_SEASON,
  CS_ROLE_MATERIAL,
  CS_ROLE_CRAFT,
  CS_ROLE_STYLE,
  CS_ROLE_PATTERN,
  CS_ROLE_COLOUR,
  CS_ROLE_SIZE,
  CS_ROLE_QUANTITY,
  CS_ROLE_FEATURE,
  CS_ROLE_USE,
  CS_ROLE_PLACE,
  CS_ROLE_OTHER,
};
static const CsRole order_latin[] = {
  CS_ROLE_MATERIAL,
  CS_ROLE_AUDIENCE,
  CS_ROLE_CRAFT,
  CS_ROLE_STYLE,
  CS_ROLE_PATTERN,
  CS_ROLE_COLOUR,
  CS_ROLE_SIZE,
  CS_ROLE_QUANTITY,
  CS_ROLE_FEATURE,
  CS_ROLE_SEASON,
  CS_ROLE_USE,
  CS_ROLE_ALIAS,
  CS_ROLE_OTHER,
};

static gboolean
begins_with (CsTerm     *term,
             const char *prefix)
{
  return g_ascii_strncasecmp (term->text, prefix, strlen (prefix)) == 0;
}

static gboolean
has_letter (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalpha (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

/* May a title say it? */
static gboolean
suits (CsFacts *facts,
       CsTerm  *term)
{
  guint units = cs_text_units (term->text);

  if (term->head || term->kind == CS_FACT_COLOUR || term->role >= G_N_ELEMENTS (weights) || weights[term->role] == 0)
    return FALSE;

  /* The text so far is about the product, but its words were not meant for a title */
  if (term->kind == CS_FACT_TEXT && (facts->has_title || facts->terms->len > 6))
    return FALSE;

  switch ((int) term->role)
    {
    case CS_ROLE_FEATURE:
    case CS_ROLE_USE:
    case CS_ROLE_OTHER:
      return units <= (facts->script == CS_SCRIPT_HAN ? 20 : 36) && has_letter (term->text);

    case CS_ROLE_ALIAS:
    case CS_ROLE_SIZE:
    case CS_ROLE_MATERIAL:
      return units <= 40;

    default:
      return TRUE;
    }
}

/* What is picked out of a sentence gives way to what is said outright */
static gboolean
gives_way (CsFacts *facts,
           CsTerm  *term)
{
  for (guint i = 0; term->quoted && i < facts->terms->len; i++)
    {
      CsTerm *other = facts->terms->pdata[i];

      if (other->role == term->role && !other->quoted)
        return TRUE;
    }

  /* A size in the field replaces the one in the note */
  for (guint i = 0; term->role == CS_ROLE_SIZE && term->kind != CS_FACT_FIELD && i < facts->terms->len; i++)
    {
      CsTerm *other = facts->terms->pdata[i];

      if (other->role == CS_ROLE_SIZE && other->kind == CS_FACT_FIELD)
        return TRUE;
    }

  return FALSE;
}

static void
add_part (GArray *parts,
          CsTerm *term,
          guint   weight,
          Join    join)
{
  Part part = { g_ptr_array_new (), weight, join };

  g_ptr_array_add (part.terms, term);
  g_array_append_val (parts, part);
}

static gboolean
is_in_parts (GArray     *parts,
             const char *text)
{
  for (guint i = 0; i < parts->len; i++)
    {
      if (cs_facts_is_said (g_array_index (parts, Part, i).terms, text))
        return TRUE;
    }

  return FALSE;
}

/* "100% linen" beside "linen shirt": every word is there already */
static gboolean
says_no_more (GArray     *parts,
              const char *text)
{
  g_autoptr (GArray) words = cs_text_words (text);

  for (guint i = 0; i < words->len; i++)
    {
      CsSpan          *span = &g_array_index (words, CsSpan, i);
      g_autofree char *word = g_strndup (text + span->start, span->end - span->start);

      if (has_letter (word) && !is_in_parts (parts, word))
        return FALSE;
    }

  return TRUE;
}

static Join
find_join (CsFacts *facts,
           CsTerm  *term)
{
  if (facts->script == CS_SCRIPT_HAN)
    return JOIN_SPACE;

  if (term->role != CS_ROLE_FEATURE && term->role != CS_ROLE_USE)
    return term->role == CS_ROLE_PLACE ? JOIN_FROM : JOIN_COMMA;

  if (begins_with (term, "with ") || begins_with (term, "for ") || begins_with (term, "without ") ||
      begins_with (term, "by ") || begins_with (term, "in ") || begins_with (term, "on ") || begins_with (term, "from "))
    return JOIN_SPACE;

  return JOIN_COMMA;
}

static void
add_all (CsFacts *facts,
         GArray  *parts,
         CsRole   role)
{
  guint n = 0;

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role == role && suits (facts, term) && !gives_way (facts, term) && !is_in_parts (parts, term->text) &&
          !(role == CS_ROLE_MATERIAL && says_no_more (parts, term->text)))
        add_part (parts, term, weights[role] - MIN (n++, 5), find_join (facts, term));
    }
}

static void
add_phrases (CsFacts *facts,
             GArray  *parts)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if ((term->role == CS_ROLE_FEATURE || term->role == CS_ROLE_USE) && suits (facts, term) &&
          find_join (facts, term) == JOIN_SPACE && !is_in_parts (parts, term->text))
        add_part (parts, term, weights[term->role], JOIN_SPACE);
    }

  add_all (facts, parts, CS_ROLE_PLACE);
}

/* Is its name only a file's name? Then not even what it is can be said for sure. */
static gboolean
is_guessed (CsFacts *facts)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->head && term->guess && (term->kind == CS_FACT_FILE || term->kind == CS_FACT_FOLDER))
        return TRUE;
    }

  return FALSE;
}

/* All that is not in @parts yet, in the order of the language */
static void
add_rest (CsFacts *facts,
          GArray  *parts)
{
  const CsRole *order = facts->script == CS_SCRIPT_HAN ? order_han : order_latin;
  guint         n = facts->script == CS_SCRIPT_HAN ? G_N_ELEMENTS (order_han) : G_N_ELEMENTS (order_latin);
  CsTerm       *colour;

  if (facts->script == CS_SCRIPT_LATIN)
    add_phrases (facts, parts);

  for (guint i = 0; i < n; i++)
    add_all (facts, parts, order[i]);

  if (!is_guessed (facts) && (colour = cs_compose_find_photo_colour (facts)) != NULL)
    add_part (parts, colour, 45, facts->script == CS_SCRIPT_HAN ? JOIN_SPACE : JOIN_COMMA);
}

static void
write_part (CsFacts     *facts,
            CsTextDraft *draft,
            Part        *part)
{
  if (draft->text->len > 0)
    {
      if (facts->script == CS_SCRIPT_HAN || part->join == JOIN_SPACE)
        cs_text_draft_glue (draft, " ");
      else if (part->join == JOIN_FROM)
        cs_text_draft_glue (draft, strchr (draft->text->str, ',') == NULL ? " from " : ", ");
      else
        cs_text_draft_glue (draft, ", ");
    }

  cs_compose_name (draft, facts, part->terms, CS_CASE_TITLE);
}

static CsTextDraft *
write_parts (CsFacts *facts,
             GArray  *parts)
{
  CsTextDraft *draft = cs_text_draft_new ();

  for (guint i = 0; i < parts->len; i++)
    write_part (facts, draft, &g_array_index (parts, Part, i));

  return draft;
}

/* A name that alone is too wide: its end, which says what it is, is kept */
static CsTextDraft *
write_cut_name (CsFacts *facts,
                GArray  *parts,
                guint    max_units)
{
  CsTextDraft *draft = cs_text_draft_new ();
  GPtrArray   *terms = g_array_index (parts, Part, 0).terms;
  CsTerm      *last = terms->pdata[terms->len - 1];
  const char  *shown = cs_term_get_shown (last);
  const char  *from = shown + strlen (shown);
  guint        units = 0;

  while (from > shown)
    {
      const char      *before = g_utf8_prev_char (from);
      g_autofree char *character = g_strndup (before, from - before);

      units += cs_text_units (character);
      if (units > max_units)
        break;
      from = before;
    }

  while (*from == ' ' || g_unichar_ismark (g_utf8_get_char (from)))
    from = g_utf8_next_char (from);
  cs_text_draft_term (draft, last, from);

  return draft;
}

static CsTextDraft *
fit (CsFacts   *facts,
     GArray    *parts,
     GPtrArray *left_out)
{
  guint max_units = facts->script == CS_SCRIPT_HAN ? CS_TITLE_UNITS_HAN : CS_TITLE_UNITS_LATIN;

  for (;;)
    {
      g_autoptr (CsTextDraft) draft = write_parts (facts, parts);
      guint least = 0;

      if (cs_text_units (draft->text->str) <= max_units)
        return g_steal_pointer (&draft);

      for (guint i = 1; i < parts->len; i++)
        {
          if (g_array_index (parts, Part, i).weight <= g_array_index (parts, Part, least).weight)
            least = i;
        }

      if (parts->len > 1)
        {
          g_ptr_array_add (left_out, g_array_index (parts, Part, least).terms->pdata[0]);
          g_array_remove_index (parts, least);
        }
      else if (g_array_index (parts, Part, 0).terms->len > 1)
        {
          g_ptr_array_add (left_out, g_array_index (parts, Part, 0).terms->pdata[0]);
          g_ptr_array_remove_index (g_array_index (parts, Part, 0).terms, 0);
        }
      else
        return write_cut_name (facts, parts, max_units);
    }
}

static GArray *
new_parts (CsFacts *facts)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  g_array_set_clear_func (parts, (GDestroyNotify) part_clear);
  add_all (facts, parts, CS_ROLE_BRAND);

  return parts;
}

static void
add_name (CsFacts   *facts,
          GArray    *parts,
          GPtrArray *name)
{
  Part part = { g_ptr_array_ref (name), 200, JOIN_SPACE };

  /* What the name says need not stand before it */
  for (guint i = 0; i < parts->len;)
    {
      CsTerm *term = g_array_index (parts, Part, i).terms->pdata[0];

      if (cs_facts_is_said (name, term->text))
        g_array_remove_index (parts, i);
      else
        i++;
    }

  g_array_append_val (parts, part);
}

static CsTerm *
find_in (GPtrArray *name,
         CsRole     role)
{
  for (guint i = 0; i < name->len; i++)
    {
      CsTerm *term = name->pdata[i];

      if (term->role == role)
        return term;
    }

  return NULL;
}

static CsTerm *
find_outside (CsFacts   *facts,
              GPtrArray *name,
              CsRole     role)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role == role && suits (facts, term) && !gives_way (facts, term) && !cs_facts_is_said (name, term->text))
        return term;
    }

  return NULL;
}

/* "Dark Grey Hat" reads better than "Hat, Dark Grey": where there is no more to say
 * than the name and one colour, the colour goes before what the thing is. Not
 * before words that are not known, which may be a brand.
 */
static void
fold_in_colour (CsFacts   *facts,
                GArray    *parts,
                GPtrArray *name)
{
  CsTerm *colour = parts->len > 0 ? g_array_index (parts, Part, parts->len - 1).terms->pdata[0] : NULL;
  guint   at = 0;

  if (facts->script != CS_SCRIPT_LATIN || parts->len < 2 || colour->role != CS_ROLE_COLOUR ||
      g_array_index (parts, Part, parts->len - 2).terms != name || find_in (name, CS_ROLE_OTHER) != NULL ||
      find_in (name, CS_ROLE_COLOUR) != NULL || cs_lexicon_find (CS_SCRIPT_LATIN, cs_term_get_shown (colour)) == 0)
    return;

  for (at = 0; at < name->len; at++)
    {
      CsTerm *term = name->pdata[at];

      if (term->guess)
        return;
      if (term->role != CS_ROLE_AUDIENCE && term->role != CS_ROLE_SEASON && term->role != CS_ROLE_STYLE &&
          term->role != CS_ROLE_CRAFT)
        break;
    }

  g_ptr_array_insert (name, at, colour);
  g_array_set_size (parts, parts->len - 1);
}

static CsTextDraft *
write_by_product (CsFacts   *facts,
                  GPtrArray *left_out)
{
  g_autoptr (GArray) parts = new_parts (facts);
  g_autoptr (GPtrArray) name = cs_compose_dup_full_name (facts);

  add_name (facts, parts, name);
  add_rest (facts, parts);
  fold_in_colour (facts, parts, name);

  return fit (facts, parts, left_out);
}

/* Where it comes from and what it is made of, in front of the noun; how it is
 * made, after it. NULL where neither is known.
 */
static CsTextDraft *
write_by_material (CsFacts   *facts,
                   GPtrArray *left_out)
{
  g_autoptr (GArray) parts = new_parts (facts);
  g_autoptr (GPtrArray) name = cs_compose_dup_full_name (facts);
  g_autoptr (GPtrArray) core = g_ptr_array_new ();
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  CsTerm  *place = find_outside (facts, name, CS_ROLE_PLACE);
  gboolean splits = find_in (name, CS_ROLE_MATERIAL) != NULL && find_in (name, CS_ROLE_OTHER) == NULL &&
                    find_in (name, CS_ROLE_FEATURE) == NULL && find_in (name, CS_ROLE_SIZE) == NULL;

  /* "四川竹编果篮" is how it is said; "India Brass Candlestick" is not */
  if (facts->script == CS_SCRIPT_LATIN)
    place = NULL;
  if (place != NULL)
    g_ptr_array_add (core, place);

  for (guint i = 0; i < name->len; i++)
    {
      CsTerm  *term = name->pdata[i];
      gboolean apart = term->role == CS_ROLE_CRAFT || term->role == CS_ROLE_STYLE || term->role == CS_ROLE_COLOUR || term->role == CS_ROLE_PATTERN;

      g_ptr_array_add (splits && apart ? rest : core, term);
    }

  if (place == NULL && rest->len == 0)
    return NULL;

  add_name (facts, parts, core);
  if (facts->script == CS_SCRIPT_LATIN)
    add_phrases (facts, parts);
  for (guint i = 0; i < rest->len; i++)
    add_part (parts, rest->pdata[i], 150, facts->script == CS_SCRIPT_HAN ? JOIN_SPACE : JOIN_COMMA);
  add_rest (facts, parts);

  return fit (facts, parts, left_out);
}

/* One of several colours to choose from? */
static gboolean
find_second (CsFacts *facts,
             CsTerm  *first)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term != first && term->role == first->role && term->kind != CS_FACT_COLOUR)
        return TRUE;
    }

  return FALSE;
}

/* May @term stand directly before the name of anything? */
static gboolean
leads (CsFacts *facts,
       CsTerm  *term)
{
  switch ((int) term->role)
    {
    case CS_ROLE_COLOUR:
      return cs_lexicon_find (facts->script, term->text) != 0;

    case CS_ROLE_SIZE:
      return facts->script == CS_SCRIPT_LATIN && strchr (term->text, ' ') == NULL && g_ascii_isdigit (*term->text);

    case CS_ROLE_USE:
    case CS_ROLE_AUDIENCE:
    case CS_ROLE_STYLE:
      if (cs_lexicon_contains (facts->script, CS_WORDS_FIRST, term->text))
        return TRUE;
      return facts->script == CS_SCRIPT_HAN && term->role != CS_ROLE_USE && g_utf8_strlen (term->text, -1) > 1 &&
             cs_lexicon_find (CS_SCRIPT_HAN, term->text) != 0;

    default:
      return cs_lexicon_find (facts->script, term->text) != 0 && g_utf8_strlen (term->text, -1) > 1;
    }
}

/* Where or for whom it is, its season, style or colour first. NULL where none of
 * it is said apart from the name.
 */
static CsTextDraft *
write_by_use (CsFacts   *facts,
              GPtrArray *left_out)
{
  static const CsRole first[] = {
    CS_ROLE_AUDIENCE,
    CS_ROLE_SEASON,
    CS_ROLE_USE,
    CS_ROLE_STYLE,
    CS_ROLE_PATTERN,
    CS_ROLE_COLOUR,
    CS_ROLE_SIZE,
  };
  g_autoptr (GArray) parts = new_parts (facts);
  g_autoptr (GPtrArray) name = cs_compose_dup_full_name (facts);

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      CsTerm *term = find_outside (facts, name, first[i]);

      if (term == NULL || !leads (facts, term) || (term->role == CS_ROLE_COLOUR && find_second (facts, term)))
        continue;

      /* What stands first and is not known may be a brand: it stays first */
      if (((CsTerm *) name->pdata[0])->role == CS_ROLE_OTHER && facts->has_title)
        return NULL;

      g_ptr_array_insert (name, 0, term);
      add_name (facts, parts, name);
      add_rest (facts, parts);

      return fit (facts, parts, left_out);
    }

  return NULL;
}

/* The size right after the name. NULL where none is known. */
static CsTextDraft *
write_by_size (CsFacts   *facts,
               GPtrArray *left_out)
{
  g_autoptr (GArray) parts = new_parts (facts);
  g_autoptr (GPtrArray) name = cs_compose_dup_full_name (facts);
  guint before;

  add_name (facts, parts, name);
  if (facts->script == CS_SCRIPT_LATIN)
    add_phrases (facts, parts);
  before = parts->len;
  add_all (facts, parts, CS_ROLE_SIZE);
  add_all (facts, parts, CS_ROLE_QUANTITY);
  if (parts->len == before)
    return NULL;

  before = parts->len;
  add_rest (facts, parts);

  /* With one more part there is nothing to vary */
  return parts->len > before + 1 ? fit (facts, parts, left_out) : NULL;
}

/* The existing title in the seller's own order, tidied up and no more */
static CsTextDraft *
write_tidied (CsFacts   *facts,
              GPtrArray *left_out)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  guint    before = 0;
  gboolean was_head = FALSE;

  if (!facts->has_title)
    return NULL;

  g_array_set_clear_func (parts, (GDestroyNotify) part_clear);
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->kind != CS_FACT_TITLE)
        continue;

      if (parts->len > 0 && ((term->start == before && before > 0) || (term->head && was_head)))
        g_ptr_array_add (g_array_index (parts, Part, parts->len - 1).terms, term);
      else
        add_part (parts, term, term->head ? 200 : weights[MIN (term->role, G_N_ELEMENTS (weights) - 1)], JOIN_SPACE);
      before = term->end;
      was_head = term->head;
    }

  return parts->len > 0 ? fit (facts, parts, left_out) : NULL;
}

static gboolean
is_known (GPtrArray  *suggestions,
          const char *text)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *other = suggestions->pdata[i];

      if (other->field == CS_FIELD_TITLE && g_strcmp0 (other->text, text) == 0)
        return TRUE;
    }

  return FALSE;
}

/* How much there is to vary: with little, one good title is better than three
 * that say the same
 */
static guint
count_variants (CsFacts *facts)
{
  guint n = 0;

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      n += (term->head && term->role != CS_ROLE_PRODUCT) || suits (facts, term);
    }

  return CLAMP (n, 1, MAX_VARIANTS);
}

void
cs_compose_titles (CsFacts         *facts,
                   CsEngineRequest *request,
                   GPtrArray       *suggestions)
{
  static CsTextDraft *(*const ways[]) (CsFacts *, GPtrArray *) = {
    write_by_product,
    write_tidied,
    write_by_material,
    write_by_use,
    write_by_size,
  };
  guint n_variants = count_variants (facts);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ways) && n < n_variants; i++)
    {
      g_autoptr (GPtrArray) left_out = g_ptr_array_new ();
      g_autoptr (CsTextDraft) draft = ways[i](facts, left_out);
      CsSuggestion *suggestion;

      if (draft == NULL || draft->text->len == 0 || is_known (suggestions, draft->text->str) ||
          (n > 0 && g_strcmp0 (draft->text->str, request->product->values[CS_FIELD_TITLE]) == 0))
        continue;

      suggestion = cs_text_draft_finish (draft, request, facts->script, CS_FIELD_TITLE, ++n);
      suggestion->remarks = cs_compose_title_remarks (facts, draft, left_out);
      g_ptr_array_add (suggestions, suggestion);
    }
}
