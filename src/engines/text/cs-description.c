/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-compose.h"

/* A description is short: a sentence that says what it is, sentences for what
 * else is known, then the seller's own sentences as they are. The words between
 * the facts claim nothing.
 */

typedef enum
{
  AS_LIST,      /* behind the label, one after the other */
  AS_SENTENCES, /* each a sentence of its own, without a label */
  AS_CLAUSES,   /* one sentence of them, without a label */
} Way;

typedef struct
{
  CsRole      roles[3]; /* ends with CS_N_LEXICON_ROLES where there are fewer */
  const char *label;
  Way         way;
} Passage;

#define NONE CS_N_LEXICON_ROLES + 100

static const Passage passages_han[] = {
  { { CS_ROLE_SIZE, NONE }, "尺码：", AS_LIST },
  { { CS_ROLE_SIZE, NONE }, "尺寸：", AS_LIST },
  { { CS_ROLE_SIZE, NONE }, "规格：", AS_LIST },
  { { CS_ROLE_MATERIAL, NONE }, "材质：", AS_LIST },
  { { CS_ROLE_CRAFT, NONE }, "工艺：", AS_LIST },
  { { CS_ROLE_COLOUR, NONE }, "颜色：", AS_LIST },
  { { CS_ROLE_FEATURE, CS_ROLE_OTHER, NONE }, "", AS_CLAUSES },
  { { CS_ROLE_AUDIENCE, CS_ROLE_SEASON, CS_ROLE_USE }, "适用：", AS_LIST },
  { { CS_ROLE_MODEL, NONE }, "型号：", AS_LIST },
};

static const Passage passages_latin[] = {
  { { CS_ROLE_SIZE, NONE }, "Size: ", AS_LIST },
  { { CS_ROLE_QUANTITY, NONE }, "", AS_SENTENCES },
  { { CS_ROLE_MATERIAL, NONE }, "Material: ", AS_LIST },
  { { CS_ROLE_CRAFT, NONE }, "", AS_SENTENCES },
  { { CS_ROLE_COLOUR, NONE }, "Colour: ", AS_LIST },
  { { CS_ROLE_PATTERN, NONE }, "Pattern: ", AS_LIST },
  { { CS_ROLE_STYLE, NONE }, "Style: ", AS_LIST },
  { { CS_ROLE_FEATURE, CS_ROLE_OTHER, NONE }, "", AS_SENTENCES },
  { { CS_ROLE_AUDIENCE, CS_ROLE_USE, CS_ROLE_SEASON }, "For ", AS_LIST },
  { { CS_ROLE_MODEL, NONE }, "Model: ", AS_LIST },
};

/* Begins with what it is about, so that it needs no label: "直径28cm", "适合送礼",
 * "for the kitchen", "22 cm tall"
 */
static gboolean
is_labelled (CsFacts *facts,
             CsTerm  *term)
{
  gboolean han = facts->script == CS_SCRIPT_HAN;

  if (term->role == CS_ROLE_SIZE)
    return han ? cs_text_is_han (g_utf8_get_char (term->text))
               : g_regex_match_simple ("^[A-Z]?[a-z]+ .|[0-9] ?\\S* (?:tall|wide|high|long|deep|thick|in diameter|diameter)$", term->text, 0, 0);

  if (han)
    return cs_lexicon_match_with (term->text, term->text + strlen (term->text)) > 0 && term->role != CS_ROLE_FEATURE;

  return g_regex_match_simple ("^(?:for|from|ages?|aged) ", term->text, G_REGEX_CASELESS, 0);
}

static gboolean
may_say (CsFacts     *facts,
         CsTextDraft *draft,
         CsTerm      *term)
{
  if (term->head || term->quoted || cs_text_draft_says (draft, term->text))
    return FALSE;

  if (term->kind == CS_FACT_COLOUR)
    return term == cs_compose_find_photo_colour (facts);

  return term->role != CS_ROLE_OTHER || (term->kind != CS_FACT_TITLE && g_utf8_strlen (term->text, -1) > 1);
}

static void
end_sentence (CsFacts     *facts,
              CsTextDraft *draft)
{
  gunichar last = g_utf8_get_char (g_utf8_prev_char (draft->text->str + draft->text->len));

  if (strchr (".!?", last < 0x80 ? (int) last : 'x') == NULL && last != 0x3002 && last != 0xff01 && last != 0xff1f && last != 0x2026)
    cs_text_draft_glue (draft, facts->script == CS_SCRIPT_HAN ? "。" : ".");
}

static void
begin_sentence (CsFacts     *facts,
                CsTextDraft *draft)
{
  if (draft->text->len > 0 && facts->script == CS_SCRIPT_LATIN && !g_str_has_suffix (draft->text->str, "\n"))
    cs_text_draft_glue (draft, " ");
}

static gboolean
begins_with_preposition (CsTerm *term)
{
  static const char *const prepositions[] = { "with ", "without ", "for ", "in ", "by ", "from ", "on ", NULL };

  for (guint i = 0; prepositions[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (term->text, prepositions[i], strlen (prepositions[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What reads well in one sentence with the name */
static gboolean
follows_name (CsFacts *facts,
              CsTerm  *term)
{
  if (facts->script == CS_SCRIPT_LATIN)
    return (term->role == CS_ROLE_FEATURE || term->role == CS_ROLE_USE) && begins_with_preposition (term);

  switch ((int) term->role)
    {
    case CS_ROLE_ALIAS:
      return term->kind == CS_FACT_NOTE;

    case CS_ROLE_PATTERN:
    case CS_ROLE_STYLE:
    case CS_ROLE_QUANTITY:
      return TRUE;

    case CS_ROLE_SIZE:
      return is_labelled (facts, term);

    default:
      return FALSE;
    }
}

static void
write_followers (CsFacts     *facts,
                 CsTextDraft *draft)
{
  static const CsRole order[] = {
    CS_ROLE_ALIAS,
    CS_ROLE_PATTERN,
    CS_ROLE_STYLE,
    CS_ROLE_FEATURE,
    CS_ROLE_USE,
    CS_ROLE_SIZE,
    CS_ROLE_QUANTITY,
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      for (guint j = 0; j < facts->terms->len; j++)
        {
          CsTerm *term = facts->terms->pdata[j];

          if (term->role != order[i] || !follows_name (facts, term) || !may_say (facts, draft, term))
            continue;

          cs_text_draft_glue (draft, facts->script == CS_SCRIPT_HAN ? "，" : " ");
          cs_text_draft_term (draft, term, term->text);
        }
    }
}

static void
write_first (CsFacts     *facts,
             CsTextDraft *draft)
{
  g_autoptr (GPtrArray) name = cs_compose_dup_full_name (facts);
  gboolean han = facts->script == CS_SCRIPT_HAN;
  CsTerm  *brand = cs_facts_find (facts, CS_ROLE_BRAND);
  CsTerm  *first = name->pdata[0];
  CsTerm  *place;

  if (brand != NULL && !cs_facts_is_said (name, brand->text))
    {
      cs_text_draft_term (draft, brand, brand->text);
      if (!han || g_ascii_isalnum (brand->text[strlen (brand->text) - 1]))
        cs_text_draft_glue (draft, " ");
    }
  else
    {
      cs_compose_capitalized (draft, facts, first);
      g_ptr_array_remove_index (name, 0);
    }

  cs_compose_name (draft, facts, name, CS_CASE_AS_IT_IS);
  write_followers (facts, draft);

  place = cs_facts_find (facts, CS_ROLE_PLACE);
  if (place != NULL && may_say (facts, draft, place))
    {
      cs_text_draft_glue (draft, han ? "，产自" : " from ");
      cs_text_draft_term (draft, place, place->text);
    }

  end_sentence (facts, draft);
}

static gboolean
has_role (CsFacts       *facts,
          const Passage *passage,
          CsTerm        *term)
{
  if (term->role == CS_ROLE_SIZE && facts->script == CS_SCRIPT_HAN &&
      strcmp (cs_compose_size_label (term), passage->label) != 0)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (passage->roles) && passage->roles[i] != NONE; i++)
    {
      if (passage->roles[i] == term->role)
        return TRUE;
    }

  return FALSE;
}

static void
write_alone (CsFacts     *facts,
             CsTextDraft *draft,
             CsTerm      *term)
{
  begin_sentence (facts, draft);
  cs_compose_capitalized (draft, facts, term);
  end_sentence (facts, draft);
}

static void
write_passage (CsFacts       *facts,
               CsTextDraft   *draft,
               const Passage *passage)
{
  gboolean han = facts->script == CS_SCRIPT_HAN;
  gboolean open = FALSE;

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm          *term = facts->terms->pdata[i];
      g_autofree char *lower = NULL;

      if (!has_role (facts, passage, term) || !may_say (facts, draft, term) ||
          passage->way == AS_SENTENCES || (passage->way == AS_LIST && is_labelled (facts, term)))
        continue;

      if (open)
        cs_text_draft_glue (draft, passage->way == AS_CLAUSES ? "，" : han ? "、"
                                                                           : ", ");
      else
        {
          begin_sentence (facts, draft);
          cs_text_draft_glue (draft, passage->label);
        }

      lower = cs_compose_listed (facts, term);
      cs_text_draft_term (draft, term, lower);
      open = TRUE;
    }

  if (open)
    end_sentence (facts, draft);

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (has_role (facts, passage, term) && may_say (facts, draft, term))
        write_alone (facts, draft, term);
    }
}

static void
write_sentences (CsFacts     *facts,
                 CsTextDraft *draft)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role == CS_ROLE_SENTENCE && !term->quoted && !cs_text_draft_says (draft, term->text))
        write_alone (facts, draft, term);
    }
}

static void
write_facts (CsFacts     *facts,
             CsTextDraft *draft)
{
  const Passage *passages = facts->script == CS_SCRIPT_HAN ? passages_han : passages_latin;
  guint          n = facts->script == CS_SCRIPT_HAN ? G_N_ELEMENTS (passages_han) : G_N_ELEMENTS (passages_latin);

  for (guint i = 0; i < n; i++)
    write_passage (facts, draft, &passages[i]);
}

/* The text so far, line by line */
static gboolean
write_lines (CsFacts     *facts,
             CsTextDraft *draft)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role != CS_ROLE_DESCRIPTION_LINE)
        continue;

      if (draft->text->len > 0)
        cs_text_draft_glue (draft, "\n");
      cs_text_draft_term (draft, term, term->text);
    }

  return draft->text->len > 0;
}

/* Is the name only known from a sentence, which is quoted anyway? */
static gboolean
is_name_quoted (CsFacts *facts)
{
  g_autoptr (GPtrArray) name = cs_facts_dup_name (facts);

  for (guint i = 0; i < name->len; i++)
    {
      if (((CsTerm *) name->pdata[i])->quoted)
        return TRUE;
    }

  return name->len == 0;
}

void
cs_compose_description (CsFacts         *facts,
                        CsEngineRequest *request,
                        GPtrArray       *suggestions)
{
  g_autoptr (CsTextDraft) draft = cs_text_draft_new ();
  CsSuggestion *suggestion;

  if (!cs_facts_has (facts, CS_ROLE_PRODUCT))
    return;

  if (write_lines (facts, draft))
    {
      guint before;

      /* What is there stays; what it does not say is added below it */
      cs_text_draft_glue (draft, "\n");
      before = draft->text->len;
      write_facts (facts, draft);
      write_sentences (facts, draft);
      if (draft->text->len == before)
        return;
    }
  else if (is_name_quoted (facts))
    {
      write_sentences (facts, draft);
      write_facts (facts, draft);
    }
  else
    {
      write_first (facts, draft);
      write_facts (facts, draft);
      write_sentences (facts, draft);
    }

  if (draft->text->len == 0)
    return;

  suggestion = cs_text_draft_finish (draft, request, facts->script, CS_FIELD_DESCRIPTION, 1);
  suggestion->remarks = cs_compose_remarks (facts, draft);
  g_ptr_array_add (suggestions, suggestion);
}
