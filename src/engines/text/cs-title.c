/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-title-parts.h"

#define MAX_VARIANTS 3

/* "Dark Grey Hat" reads better than "Hat, Dark Grey": where there is no more to say
 * than the name and one colour, the colour goes before what the thing is. Not
 * before words that are not known, which may be a brand.
 */
static void
fold_in_colour (CsFacts   *facts,
                GArray    *parts,
                GPtrArray *name)
{
  CsTerm *colour = parts->len > 0 ? g_array_index (parts, CsTitlePart, parts->len - 1).terms->pdata[0] : NULL;
  guint   at = 0;

  if (facts->script != CS_SCRIPT_LATIN || parts->len < 2 || colour->role != CS_ROLE_COLOUR ||
      g_array_index (parts, CsTitlePart, parts->len - 2).terms != name || cs_title_find_in (name, CS_ROLE_OTHER) != NULL ||
      cs_title_find_in (name, CS_ROLE_COLOUR) != NULL || cs_lexicon_find (CS_SCRIPT_LATIN, cs_term_get_shown (colour)) == 0)
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
  g_autoptr (GArray) parts = cs_title_new_parts (facts);
  g_autoptr (GPtrArray) name = cs_compose_dup_full_name (facts);

  cs_title_add_name (facts, parts, name);
  cs_title_add_rest (facts, parts);
  fold_in_colour (facts, parts, name);

  return cs_title_fit (facts, parts, left_out);
}

/* Where it comes from and what it is made of, in front of the noun; how it is
 * made, after it. NULL where neither is known.
 */
static CsTextDraft *
write_by_material (CsFacts   *facts,
                   GPtrArray *left_out)
{
  g_autoptr (GArray) parts = cs_title_new_parts (facts);
  g_autoptr (GPtrArray) name = cs_compose_dup_full_name (facts);
  g_autoptr (GPtrArray) core = g_ptr_array_new ();
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  CsTerm  *place = cs_title_find_outside (facts, name, CS_ROLE_PLACE);
  gboolean splits = cs_title_find_in (name, CS_ROLE_MATERIAL) != NULL && cs_title_find_in (name, CS_ROLE_OTHER) == NULL &&
                    cs_title_find_in (name, CS_ROLE_FEATURE) == NULL && cs_title_find_in (name, CS_ROLE_SIZE) == NULL;

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

  cs_title_add_name (facts, parts, core);
  if (facts->script == CS_SCRIPT_LATIN)
    cs_title_add_phrases (facts, parts);
  for (guint i = 0; i < rest->len; i++)
    cs_title_add_part (parts, rest->pdata[i], 150, facts->script == CS_SCRIPT_HAN ? CS_JOIN_SPACE : CS_JOIN_COMMA);
  cs_title_add_rest (facts, parts);

  return cs_title_fit (facts, parts, left_out);
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
  g_autoptr (GArray) parts = cs_title_new_parts (facts);
  g_autoptr (GPtrArray) name = cs_compose_dup_full_name (facts);

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      CsTerm *term = cs_title_find_outside (facts, name, first[i]);

      if (term == NULL || !cs_title_leads (facts, term) || (term->role == CS_ROLE_COLOUR && cs_title_has_second (facts, term)))
        continue;

      /* What stands first and is not known may be a brand: it stays first */
      if (((CsTerm *) name->pdata[0])->role == CS_ROLE_OTHER && facts->has_title)
        return NULL;

      g_ptr_array_insert (name, 0, term);
      cs_title_add_name (facts, parts, name);
      cs_title_add_rest (facts, parts);

      return cs_title_fit (facts, parts, left_out);
    }

  return NULL;
}

/* The size right after the name. NULL where none is known. */
static CsTextDraft *
write_by_size (CsFacts   *facts,
               GPtrArray *left_out)
{
  g_autoptr (GArray) parts = cs_title_new_parts (facts);
  g_autoptr (GPtrArray) name = cs_compose_dup_full_name (facts);
  guint before;

  cs_title_add_name (facts, parts, name);
  if (facts->script == CS_SCRIPT_LATIN)
    cs_title_add_phrases (facts, parts);
  before = parts->len;
  cs_title_add_all (facts, parts, CS_ROLE_SIZE);
  cs_title_add_all (facts, parts, CS_ROLE_QUANTITY);
  if (parts->len == before)
    return NULL;

  before = parts->len;
  cs_title_add_rest (facts, parts);

  /* With one more part there is nothing to vary */
  return parts->len > before + 1 ? cs_title_fit (facts, parts, left_out) : NULL;
}

/* The existing title in the seller's own order, tidied up and no more */
static CsTextDraft *
write_tidied (CsFacts   *facts,
              GPtrArray *left_out)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (CsTitlePart));
  guint    before = 0;
  gboolean was_head = FALSE;

  if (!facts->has_title)
    return NULL;

  g_array_set_clear_func (parts, (GDestroyNotify) cs_title_part_clear);
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->kind != CS_FACT_TITLE)
        continue;

      if (parts->len > 0 && ((term->start == before && before > 0) || (term->head && was_head)))
        g_ptr_array_add (g_array_index (parts, CsTitlePart, parts->len - 1).terms, term);
      else
        cs_title_add_part (parts, term, term->head ? 200 : cs_title_weights[MIN (term->role, CS_N_TITLE_WEIGHTS - 1)], CS_JOIN_SPACE);
      before = term->end;
      was_head = term->head;
    }

  return parts->len > 0 ? cs_title_fit (facts, parts, left_out) : NULL;
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

      n += (term->head && term->role != CS_ROLE_PRODUCT) || cs_title_suits (facts, term);
    }

  return CLAMP (n, 1, MAX_VARIANTS);
}

void
cs_compose_titles (CsFacts         *facts,
                   CsEngineRequest *request,
                   GPtrArray       *suggestions)
{
  static CsTextDraft *(*const ways[]) (CsFacts *, GPtrArray *) = {
    cs_title_write_by_hand,
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
