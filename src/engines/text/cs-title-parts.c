/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-title-parts.h"

void
cs_title_part_clear (CsTitlePart *part)
{
  g_clear_pointer (&part->terms, g_ptr_array_unref);
}

const guint cs_title_weights[CS_N_TITLE_WEIGHTS] = {
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
gboolean
cs_title_suits (CsFacts *facts,
                CsTerm  *term)
{
  guint units = cs_text_units (term->text);

  if (term->head || term->kind == CS_FACT_COLOUR || term->role >= CS_N_TITLE_WEIGHTS || cs_title_weights[term->role] == 0)
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
gboolean
cs_title_gives_way (CsFacts *facts,
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

void
cs_title_add_part (GArray *parts,
                   CsTerm *term,
                   guint   weight,
                   CsJoin  join)
{
  CsTitlePart part = { g_ptr_array_new (), weight, join, FALSE };

  g_ptr_array_add (part.terms, term);
  g_array_append_val (parts, part);
}

gboolean
cs_title_is_in_parts (GArray     *parts,
                      const char *text)
{
  for (guint i = 0; i < parts->len; i++)
    {
      if (cs_facts_is_said (g_array_index (parts, CsTitlePart, i).terms, text))
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

      if (has_letter (word) && !cs_title_is_in_parts (parts, word))
        return FALSE;
    }

  return TRUE;
}

static CsJoin
find_join (CsFacts *facts,
           CsTerm  *term)
{
  if (facts->script == CS_SCRIPT_HAN)
    return CS_JOIN_SPACE;

  if (term->role != CS_ROLE_FEATURE && term->role != CS_ROLE_USE)
    return term->role == CS_ROLE_PLACE ? CS_JOIN_FROM : CS_JOIN_COMMA;

  if (begins_with (term, "with ") || begins_with (term, "for ") || begins_with (term, "without ") ||
      begins_with (term, "by ") || begins_with (term, "in ") || begins_with (term, "on ") || begins_with (term, "from "))
    return CS_JOIN_SPACE;

  return CS_JOIN_COMMA;
}

void
cs_title_add_all (CsFacts *facts,
                  GArray  *parts,
                  CsRole   role)
{
  guint n = 0;

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role == role && cs_title_suits (facts, term) && !cs_title_gives_way (facts, term) && !cs_title_is_in_parts (parts, term->text) &&
          !(role == CS_ROLE_MATERIAL && says_no_more (parts, term->text)))
        cs_title_add_part (parts, term, cs_title_weights[role] - MIN (n++, 5), find_join (facts, term));
    }
}

void
cs_title_add_phrases (CsFacts *facts,
                      GArray  *parts)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if ((term->role == CS_ROLE_FEATURE || term->role == CS_ROLE_USE) && cs_title_suits (facts, term) &&
          find_join (facts, term) == CS_JOIN_SPACE && !cs_title_is_in_parts (parts, term->text))
        cs_title_add_part (parts, term, cs_title_weights[term->role], CS_JOIN_SPACE);
    }

  cs_title_add_all (facts, parts, CS_ROLE_PLACE);
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
void
cs_title_add_rest (CsFacts *facts,
                   GArray  *parts)
{
  const CsRole *order = facts->script == CS_SCRIPT_HAN ? order_han : order_latin;
  guint         n = facts->script == CS_SCRIPT_HAN ? G_N_ELEMENTS (order_han) : G_N_ELEMENTS (order_latin);
  CsTerm       *colour;

  if (facts->script == CS_SCRIPT_LATIN)
    cs_title_add_phrases (facts, parts);

  for (guint i = 0; i < n; i++)
    cs_title_add_all (facts, parts, order[i]);

  if (!is_guessed (facts) && (colour = cs_compose_find_photo_colour (facts)) != NULL)
    cs_title_add_part (parts, colour, 45, facts->script == CS_SCRIPT_HAN ? CS_JOIN_SPACE : CS_JOIN_COMMA);
}

static void
write_part (CsFacts     *facts,
            CsTextDraft *draft,
            CsTitlePart        *part)
{
  if (draft->text->len > 0)
    {
      if (facts->script == CS_SCRIPT_HAN || part->join == CS_JOIN_SPACE)
        cs_text_draft_glue (draft, " ");
      else if (part->join == CS_JOIN_FROM)
        cs_text_draft_glue (draft, strchr (draft->text->str, ',') == NULL ? " from " : ", ");
      else
        cs_text_draft_glue (draft, ", ");
    }

  /* What the seller pinned stands as it is written */
  if (part->pinned)
    cs_text_draft_term (draft, part->terms->pdata[0], ((CsTerm *) part->terms->pdata[0])->text);
  else
    cs_compose_name (draft, facts, part->terms, CS_CASE_TITLE);
}

static CsTextDraft *
write_parts (CsFacts *facts,
             GArray  *parts)
{
  CsTextDraft *draft = cs_text_draft_new ();

  for (guint i = 0; i < parts->len; i++)
    write_part (facts, draft, &g_array_index (parts, CsTitlePart, i));

  return draft;
}

/* A name that alone is too wide: its end, which says what it is, is kept */
static const char *
find_cut (const char *shown,
          guint       max_units)
{
  const char *from = shown + strlen (shown);
  guint       units = 0;

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

  return from;
}

static CsTextDraft *
write_cut_name (CsFacts *facts,
                GArray  *parts,
                guint    max_units)
{
  CsTextDraft *draft = cs_text_draft_new ();
  guint        rest = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      CsTitlePart *part = &g_array_index (parts, CsTitlePart, i);

      if (part->pinned)
        rest += cs_text_units (((CsTerm *) part->terms->pdata[0])->text) + 2;
    }

  for (guint i = 0; i < parts->len; i++)
    {
      CsTitlePart *part = &g_array_index (parts, CsTitlePart, i);
      CsTerm      *last = part->terms->pdata[part->terms->len - 1];

      if (part->pinned)
        write_part (facts, draft, part);
      else
        {
          if (draft->text->len > 0)
            cs_text_draft_glue (draft, " ");
          cs_text_draft_term (draft, last, find_cut (cs_term_get_shown (last), max_units - MIN (rest, max_units)));
        }
    }

  return draft;
}

/* The least telling of the parts that may go; parts->len where only the name is left */
static guint
find_least (GArray *parts,
            guint  *name)
{
  guint least = parts->len;
  guint n = 0;

  *name = 0;
  for (guint i = 0; i < parts->len; i++)
    {
      CsTitlePart *part = &g_array_index (parts, CsTitlePart, i);

      if (part->pinned)
        continue;

      if (n++ == 0)
        *name = i;
      if (least == parts->len || part->weight <= g_array_index (parts, CsTitlePart, least).weight)
        least = i;
    }

  return n > 1 ? least : parts->len;
}

CsTextDraft *
cs_title_fit (CsFacts   *facts,
              GArray    *parts,
              GPtrArray *left_out)
{
  guint max_units = facts->script == CS_SCRIPT_HAN ? CS_TITLE_UNITS_HAN : CS_TITLE_UNITS_LATIN;

  cs_title_add_pinned (facts, parts);
  for (;;)
    {
      g_autoptr (CsTextDraft) draft = write_parts (facts, parts);
      guint name;
      guint least = find_least (parts, &name);

      if (cs_text_units (draft->text->str) <= max_units)
        {
          if (!cs_title_add_lost (facts, parts, draft->text->str))
            return g_steal_pointer (&draft);
        }
      else if (least < parts->len)
        {
          g_ptr_array_add (left_out, g_array_index (parts, CsTitlePart, least).terms->pdata[0]);
          g_array_remove_index (parts, least);
        }
      else if (g_array_index (parts, CsTitlePart, name).terms->len > 1)
        {
          g_ptr_array_add (left_out, g_array_index (parts, CsTitlePart, name).terms->pdata[0]);
          g_ptr_array_remove_index (g_array_index (parts, CsTitlePart, name).terms, 0);
        }
      else
        return write_cut_name (facts, parts, max_units);
    }
}

GArray *
cs_title_new_parts (CsFacts *facts)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (CsTitlePart));

  g_array_set_clear_func (parts, (GDestroyNotify) cs_title_part_clear);
  cs_title_add_all (facts, parts, CS_ROLE_BRAND);

  return parts;
}

void
cs_title_add_name (CsFacts   *facts,
                   GArray    *parts,
                   GPtrArray *name)
{
  CsTitlePart part = { g_ptr_array_ref (name), 200, CS_JOIN_SPACE, FALSE };

  /* What the name says need not stand before it */
  for (guint i = 0; i < parts->len;)
    {
      CsTerm *term = g_array_index (parts, CsTitlePart, i).terms->pdata[0];

      if (cs_facts_is_said (name, term->text))
        g_array_remove_index (parts, i);
      else
        i++;
    }

  g_array_append_val (parts, part);
}

CsTerm *
cs_title_find_in (GPtrArray *name,
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

CsTerm *
cs_title_find_outside (CsFacts   *facts,
                       GPtrArray *name,
                       CsRole     role)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role == role && cs_title_suits (facts, term) && !cs_title_gives_way (facts, term) && !cs_facts_is_said (name, term->text))
        return term;
    }

  return NULL;
}

/* One of several colours to choose from? */
gboolean
cs_title_has_second (CsFacts *facts,
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
gboolean
cs_title_leads (CsFacts *facts,
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
