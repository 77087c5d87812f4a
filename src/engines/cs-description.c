/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-compose.h"

/* A description is short: a sentence that says what it is, sentences for what
 * else is known, then the seller's own sentences as they are. The words between
 * the facts claim nothing.
 */

typedef struct
{
  CsRole      role;
  const char *han;
  const char *latin; /* NULL: as it stands, as a sentence of its own */
} Label;

static const Label labels[] = {
  { CS_ROLE_SIZE, "规格：", "Size: " },
  { CS_ROLE_MATERIAL, "材质：", "Material: " },
  { CS_ROLE_CRAFT, "工艺：", NULL },
  { CS_ROLE_COLOUR, "颜色：", "Colour: " },
  { CS_ROLE_PATTERN, "图案：", "Pattern: " },
  { CS_ROLE_STYLE, "款式：", "Style: " },
  { CS_ROLE_QUANTITY, "数量：", NULL },
  { CS_ROLE_FEATURE, "特点：", NULL },
  { CS_ROLE_AUDIENCE, "适合：", "For " },
  { CS_ROLE_SEASON, "季节：", "Season: " },
  { CS_ROLE_USE, "用途：", "For: " },
  { CS_ROLE_MODEL, "型号：", "Model: " },
};

/* Begins with what it measures, so that it needs no label: "直径28cm" */
static gboolean
is_labelled (CsFacts *facts,
             CsTerm  *term)
{
  if (term->role != CS_ROLE_SIZE)
    return facts->script == CS_SCRIPT_HAN
             ? cs_lexicon_match_with (term->text, term->text + strlen (term->text)) > 0 &&
                 (term->role == CS_ROLE_USE || (term->role == CS_ROLE_FEATURE && cs_text_units (term->text) > 16))
             : term->role == CS_ROLE_USE && g_ascii_strncasecmp (term->text, "for ", 4) == 0;

  return facts->script == CS_SCRIPT_HAN
           ? cs_text_is_han (g_utf8_get_char (term->text))
           : g_regex_match_simple ("^[A-Z]?[a-z]+ .|[0-9] ?\\S* (?:tall|wide|high|long|deep|thick|in diameter|diameter)$", term->text, 0, 0);
}

static gboolean
may_say (CsFacts *facts,
         CsTextDraft *draft,
         CsTerm  *term)
{
  return !term->head && !term->quoted && !cs_text_draft_says (draft, term->text) &&
         (term->kind != CS_FACT_COLOUR || term == cs_compose_find_photo_colour (facts));
}

static void
end_sentence (CsFacts *facts,
              CsTextDraft *draft)
{
  gunichar last = g_utf8_get_char (g_utf8_prev_char (draft->text->str + draft->text->len));

  if (!g_unichar_ispunct (last) || last == ')' || last == '"' || last == 0xff09 || last == '\'' || last == '%')
    cs_text_draft_glue (draft, facts->script == CS_SCRIPT_HAN ? "。" : ".");
}

static void
begin_sentence (CsFacts *facts,
                CsTextDraft *draft)
{
  if (draft->text->len > 0 && facts->script == CS_SCRIPT_LATIN && !g_str_has_suffix (draft->text->str, "\n"))
    cs_text_draft_glue (draft, " ");
}

/* The name, and what reads well in one sentence with it */
static void
write_first (CsFacts *facts,
             CsTextDraft *draft)
{
  g_autoptr (GPtrArray) name = cs_facts_dup_name (facts);
  gboolean han = facts->script == CS_SCRIPT_HAN;
  CsTerm  *brand = cs_facts_find (facts, CS_ROLE_BRAND);

  if (name->len == 0)
    return;

  /* The sentence that says it is quoted below */
  for (guint i = 0; i < name->len; i++)
    {
      if (((CsTerm *) name->pdata[i])->quoted)
        return;
    }

  if (brand != NULL && !cs_facts_is_said (name, brand->text))
    {
      cs_text_draft_term (draft, brand, brand->text);
      if (!han || g_ascii_isalnum (brand->text[strlen (brand->text) - 1]))
        cs_text_draft_glue (draft, " ");
      cs_compose_name (draft, facts, name, FALSE);
    }
  else
    {
      CsTerm *first = name->pdata[0];

      cs_compose_capitalized (draft, facts, first);
      g_ptr_array_remove_index (name, 0);
      cs_compose_name (draft, facts, name, FALSE);
    }

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];
      gboolean tail = !han && (term->role == CS_ROLE_FEATURE || term->role == CS_ROLE_USE) &&
                      (g_ascii_strncasecmp (term->text, "with ", 5) == 0 || g_ascii_strncasecmp (term->text, "for ", 4) == 0 ||
                       g_ascii_strncasecmp (term->text, "in ", 3) == 0 || g_ascii_strncasecmp (term->text, "from ", 5) == 0 || g_ascii_strncasecmp (term->text, "by ", 3) == 0);

      if (!may_say (facts, draft, term))
        continue;

      if (tail)
        {
          cs_text_draft_glue (draft, " ");
          cs_text_draft_term (draft, term, term->text);
        }
      else if (han && term->role == CS_ROLE_SIZE && is_labelled (facts, term))
        {
          cs_text_draft_glue (draft, "，");
          cs_text_draft_term (draft, term, term->text);
        }
    }

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role != CS_ROLE_PLACE || !may_say (facts, draft, term))
        continue;

      cs_text_draft_glue (draft, han ? "，产自" : " from ");
      cs_text_draft_term (draft, term, term->text);
      break;
    }

  end_sentence (facts, draft);
}

static void
write_role (CsFacts     *facts,
            CsTextDraft     *draft,
            const Label *label)
{
  gboolean han = facts->script == CS_SCRIPT_HAN;
  const char *prefix = han ? label->han : label->latin;
  gboolean open = FALSE;

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role != label->role || !may_say (facts, draft, term))
        continue;

      if (prefix == NULL || is_labelled (facts, term))
        {
          if (open)
            end_sentence (facts, draft);
          open = FALSE;
          begin_sentence (facts, draft);
          cs_compose_capitalized (draft, facts, term);
          end_sentence (facts, draft);
        }
      else
        {
          if (open)
            cs_text_draft_glue (draft, han ? "、" : ", ");
          else
            {
              begin_sentence (facts, draft);
              cs_text_draft_glue (draft, prefix);
            }
          cs_text_draft_term (draft, term, cs_term_get_shown (term));
          open = TRUE;
        }
    }

  if (open)
    end_sentence (facts, draft);
}

static void
write_others (CsFacts *facts,
              CsTextDraft *draft)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if ((term->role != CS_ROLE_OTHER && term->role != CS_ROLE_ALIAS) || !may_say (facts, draft, term) ||
          term->kind == CS_FACT_TITLE || g_utf8_strlen (term->text, -1) < 2)
        continue;

      begin_sentence (facts, draft);
      cs_compose_capitalized (draft, facts, term);
      end_sentence (facts, draft);
    }
}

static void
write_sentences (CsFacts *facts,
                 CsTextDraft *draft)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role != CS_ROLE_SENTENCE || term->quoted || cs_text_draft_says (draft, term->text))
        continue;

      begin_sentence (facts, draft);
      cs_compose_capitalized (draft, facts, term);
      end_sentence (facts, draft);
    }
}

static gboolean
write_lines (CsFacts *facts,
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

static void
write_facts (CsFacts *facts,
             CsTextDraft *draft)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    write_role (facts, draft, &labels[i]);
  write_others (facts, draft);
  write_sentences (facts, draft);
}

void
cs_compose_description (CsFacts         *facts,
                        CsEngineRequest *request,
                        GPtrArray       *suggestions)
{
  g_autoptr (CsTextDraft) draft = cs_text_draft_new ();
  guint before;

  if (!cs_facts_has (facts, CS_ROLE_PRODUCT))
    return;

  if (write_lines (facts, draft))
    {
      g_autoptr (CsTextDraft) more = cs_text_draft_new ();

      /* What is there stays; only what it does not say is added below it */
      before = draft->text->len;
      g_ptr_array_extend (more->said, draft->said, NULL, NULL);
      write_facts (facts, more);
      if (more->text->len == 0)
        return;

      cs_text_draft_glue (draft, "\n");
      before = draft->text->len;
      write_facts (facts, draft);
      if (draft->text->len == before)
        return;
    }
  else
    {
      write_first (facts, draft);
      write_facts (facts, draft);
    }

  if (draft->text->len > 0)
    g_ptr_array_add (suggestions, cs_text_draft_finish (draft, request, facts->script, CS_FIELD_DESCRIPTION, 1));
}
