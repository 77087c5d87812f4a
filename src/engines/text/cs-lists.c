/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-compose.h"

/* Bullet points and keywords: one entry a line */

#define MAX_KEYWORDS 20

static const struct
{
  CsRole      role;
  const char *han;
  const char *latin; /* "": as it stands */
} bullets[] = {
  { CS_ROLE_BRAND, "品牌：", "Brand: " },
  { CS_ROLE_MATERIAL, "材质：", "Material: " },
  { CS_ROLE_CRAFT, "工艺：", "" },
  { CS_ROLE_SIZE, "尺码：", "Size: " },
  { CS_ROLE_SIZE, "尺寸：", NULL },
  { CS_ROLE_SIZE, "规格：", NULL },
  { CS_ROLE_QUANTITY, "数量：", "" },
  { CS_ROLE_COLOUR, "颜色：", "Colour: " },
  { CS_ROLE_PATTERN, "图案：", "Pattern: " },
  { CS_ROLE_STYLE, "款式：", "Style: " },
  { CS_ROLE_FEATURE, "特点：", "" },
  { CS_ROLE_AUDIENCE, "适合：", "For " },
  { CS_ROLE_SEASON, "季节：", "Season: " },
  { CS_ROLE_USE, "用途：", "For " },
  { CS_ROLE_PLACE, "产地：", "Origin: " },
  { CS_ROLE_MODEL, "型号：", "Model: " },
  { CS_ROLE_LABEL, "", "" },
};

/* Says by itself what it is: "净含量 220ml", "适合送礼", "for the kitchen" */
static gboolean
is_plain (CsFacts *facts,
          CsTerm  *term)
{
  if (term->role == CS_ROLE_USE || term->role == CS_ROLE_AUDIENCE)
    return facts->script == CS_SCRIPT_HAN ? g_str_has_prefix (term->text, "适") || g_str_has_prefix (term->text, "用") : g_regex_match_simple ("^(?:for|from|ages?|aged) ", term->text, G_REGEX_CASELESS, 0);

  if (term->role == CS_ROLE_SIZE)
    return facts->script == CS_SCRIPT_HAN
             ? cs_text_is_han (g_utf8_get_char (term->text)) && strcmp (cs_compose_size_label (term), "规格：") == 0
             : g_ascii_strncasecmp (term->text, "size", 4) == 0 || g_ascii_strncasecmp (term->text, "one size", 8) == 0;

  return FALSE;
}

static gboolean
may_say (CsFacts     *facts,
         CsTextDraft *draft,
         CsTerm      *term)
{
  return !cs_text_draft_says (draft, term->text) &&
         (term->kind != CS_FACT_COLOUR || term == cs_compose_find_photo_colour (facts));
}

static gboolean
has_letter (const char *text)
{
  while (*text != '\0' && !g_unichar_isalpha (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  return *text != '\0';
}

/* What is not known stands with what is special about the thing */
static CsRole
get_bullet_role (CsFacts *facts,
                 CsTerm  *term)
{
  if (term->role == CS_ROLE_OTHER && !term->head && !term->quoted && term->kind == CS_FACT_NOTE &&
      g_utf8_strlen (term->text, -1) > 1 && has_letter (term->text))
    return CS_ROLE_FEATURE;

  return term->role;
}

static void
write_bullet (CsFacts     *facts,
              CsTextDraft *draft,
              CsRole       role,
              const char  *label)
{
  gboolean han = facts->script == CS_SCRIPT_HAN;
  gboolean open = FALSE;

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm  *term = facts->terms->pdata[i];
      gboolean plain = *label == '\0' || is_plain (facts, term);

      if (get_bullet_role (facts, term) != role || !may_say (facts, draft, term) ||
          (han && role == CS_ROLE_SIZE && strcmp (cs_compose_size_label (term), label) != 0))
        continue;

      if (open && !plain)
        cs_text_draft_glue (draft, han ? "、" : ", ");
      else
        {
          if (draft->text->len > 0)
            cs_text_draft_glue (draft, "\n");
          if (!plain)
            cs_text_draft_glue (draft, label);
        }

      if (plain)
        cs_compose_capitalized (draft, facts, term);
      else
        {
          g_autofree char *lower = cs_compose_listed (facts, term);

          cs_text_draft_term (draft, term, lower);
        }
      open = !plain;
    }
}

void
cs_compose_bullets (CsFacts         *facts,
                    CsEngineRequest *request,
                    GPtrArray       *suggestions)
{
  g_autoptr (CsTextDraft) draft = cs_text_draft_new ();
  guint before;

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role != CS_ROLE_BULLET_LINE)
        continue;

      if (draft->text->len > 0)
        cs_text_draft_glue (draft, "\n");
      cs_text_draft_term (draft, term, term->text);
    }

  before = draft->text->len;
  for (guint i = 0; i < G_N_ELEMENTS (bullets); i++)
    {
      const char *label = facts->script == CS_SCRIPT_HAN ? bullets[i].han : bullets[i].latin;

      if (label != NULL)
        write_bullet (facts, draft, bullets[i].role, label);
    }

  if (draft->text->len > before)
    {
      CsSuggestion *suggestion = cs_text_draft_finish (draft, request, facts->script, CS_FIELD_BULLETS, 1);

      suggestion->remarks = cs_compose_remarks (facts, draft);
      g_ptr_array_add (suggestions, suggestion);
    }
}

typedef struct
{
  CsFacts     *facts;
  CsTextDraft *draft;
  GHashTable  *known; /* folded */
  guint        n;
} Keywords;

static void
add_keyword (Keywords  *self,
             GPtrArray *terms)
{
  g_autoptr (CsTextDraft) line = cs_text_draft_new ();
  g_autofree char *folded = NULL;

  cs_compose_name (line, self->facts, terms, CS_CASE_LOWER);
  folded = cs_text_fold (line->text->str);

  if (*folded == '\0' || self->n >= MAX_KEYWORDS || cs_text_units (folded) > 40 ||
      !g_hash_table_add (self->known, g_strdup (folded)))
    return;

  if (self->draft->text->len > 0)
    cs_text_draft_glue (self->draft, "\n");

  cs_compose_name (self->draft, self->facts, terms, CS_CASE_LOWER);
  self->n++;
}

static void
add_name_keywords (Keywords *self)
{
  g_autoptr (GPtrArray) name = cs_facts_dup_name (self->facts);
  g_autoptr (GPtrArray) core = g_ptr_array_new ();
  guint units = 0;

  for (guint i = 0; i < name->len; i++)
    {
      CsTerm *term = name->pdata[i];

      units += cs_text_units (term->text) + 1;
      if (term->role == CS_ROLE_MATERIAL || term->role == CS_ROLE_PRODUCT)
        g_ptr_array_add (core, term);
    }

  if (units <= 40 && name->len > 0)
    add_keyword (self, name);
  if (core->len > 1)
    add_keyword (self, core);
}

static gboolean
is_keyword (CsFacts *facts,
            CsTerm  *term)
{
  if (term->kind == CS_FACT_COLOUR && term != cs_compose_find_photo_colour (facts))
    return FALSE;

  switch ((int) term->role)
    {
    case CS_ROLE_PRODUCT:
    case CS_ROLE_ALIAS:
    case CS_ROLE_MATERIAL:
    case CS_ROLE_CRAFT:
    case CS_ROLE_COLOUR:
    case CS_ROLE_PATTERN:
    case CS_ROLE_STYLE:
    case CS_ROLE_SEASON:
    case CS_ROLE_PLACE:
    case CS_ROLE_BRAND:
      return cs_text_units (term->text) <= 30 && g_utf8_strlen (term->text, -1) > 1;

    case CS_ROLE_USE:
    case CS_ROLE_AUDIENCE:
    case CS_ROLE_FEATURE:
      /* A word that people search for, not a clause */
      return cs_lexicon_find (facts->script, term->text) != 0 && g_utf8_strlen (term->text, -1) > 1;

    default:
      return FALSE;
    }
}

void
cs_compose_keywords (CsFacts         *facts,
                     CsEngineRequest *request,
                     GPtrArray       *suggestions)
{
  g_autoptr (CsTextDraft) draft = cs_text_draft_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Keywords self = { facts, draft, known, 0 };

  add_name_keywords (&self);

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      if (!is_keyword (facts, term))
        continue;

      g_ptr_array_add (one, term);
      add_keyword (&self, one);
    }

  if (draft->text->len > 0)
    g_ptr_array_add (suggestions, cs_text_draft_finish (draft, request, facts->script, CS_FIELD_KEYWORDS, 1));
}
