/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-compose.h"

#define MAX_LISTED 8

static char *
join (GPtrArray *words,
      gboolean   terms)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < MIN (words->len, MAX_LISTED); i++)
    {
      const char      *word = terms ? cs_term_get_shown (words->pdata[i]) : words->pdata[i];
      g_autofree char *short_word = cs_text_ellipsize (word, 40);

      /* Translators: between the words of a list */
      g_string_append_printf (out, "%s%s", i > 0 ? _ (", ") : "", short_word);
    }

  if (words->len > MAX_LISTED)
    g_string_append (out, " …");

  return g_strdup (out->str);
}

static void
add_dropped (GStrvBuilder *remarks,
             CsFacts      *facts,
             GPtrArray    *left_out)
{
  if (facts->hot->len > 0)
    {
      g_autofree char *words = join (facts->hot, FALSE);

      if (facts->has_title)
        {
          g_autofree char *remark = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                                  "%u of the %u words in the title says nothing about the product and was left out: %s",
                                                                  "%u of the %u words in the title say nothing about the product and were left out: %s",
                                                                  facts->hot->len),
                                                     facts->hot->len, MAX (facts->n_title_words, facts->hot->len), words);

          g_strv_builder_add (remarks, remark);
        }
      else
        {
          g_autofree char *remark = g_strdup_printf (_ ("Left out, because it says nothing about the product: %s"), words);

          g_strv_builder_add (remarks, remark);
        }
    }

  if (facts->repeated->len > 0)
    {
      g_autofree char *words = join (facts->repeated, FALSE);
      g_autofree char *remark = g_strdup_printf (_ ("Said more than once, kept once: %s"), words);

      g_strv_builder_add (remarks, remark);
    }

  if (facts->elsewhere->len > 0)
    {
      g_autofree char *words = join (facts->elsewhere, FALSE);
      g_autofree char *remark = g_strdup_printf (_ ("Left out, because price and stock have their own fields: %s"), words);

      g_strv_builder_add (remarks, remark);
    }

  if (left_out->len > 0)
    {
      g_autofree char *words = join (left_out, TRUE);
      g_autofree char *remark = g_strdup_printf (_ ("Left out to keep the title short: %s"), words);

      g_strv_builder_add (remarks, remark);
    }
}

static void
add_unwanted (GStrvBuilder *remarks,
              CsFacts      *facts)
{
  g_autofree char *words = NULL;
  g_autofree char *remark = NULL;

  if (facts->unwanted->len == 0)
    return;

  words = join (facts->unwanted, FALSE);
  remark = g_strdup_printf (_ ("Left out, because you do not write it so: %s"), words);
  g_strv_builder_add (remarks, remark);
}

static gboolean
is_material_in_name (CsFacts *facts)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->head && cs_compose_names_material (term->text))
        return TRUE;
    }

  return FALSE;
}

/* Is it a thing whose material nobody asks for? */
static gboolean
is_consumable (CsFacts *facts)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm     *term = facts->terms->pdata[i];
      const char *p = term->text;

      if (!term->head || term->role != CS_ROLE_PRODUCT)
        continue;

      /* Any ending of it in Chinese, its last word in English */
      for (; *p != '\0'; p = g_utf8_next_char (p))
        {
          if ((facts->script == CS_SCRIPT_HAN || p == term->text || p[-1] == ' ') &&
              cs_lexicon_contains (facts->script, CS_WORDS_CONSUMABLE, p))
            return TRUE;
        }
    }

  return FALSE;
}

static void
add_sources (GStrvBuilder *remarks,
             CsTextDraft  *draft)
{
  gboolean colour = FALSE;
  gboolean file = FALSE;
  gboolean read = FALSE;
  gboolean label = FALSE;

  for (guint i = 0; i < draft->said->len; i++)
    {
      CsTerm *term = draft->said->pdata[i];

      colour = colour || term->kind == CS_FACT_COLOUR;
      file = file || term->kind == CS_FACT_FILE || term->kind == CS_FACT_FOLDER;
      read = read || (term->kind == CS_FACT_PHOTO && term->role != CS_ROLE_LABEL);
      label = label || term->role == CS_ROLE_LABEL;
    }

  if (colour)
    g_strv_builder_add (remarks, _ ("The colour was seen in the photos. Check it."));
  if (file)
    g_strv_builder_add (remarks, _ ("What it is comes from the name of the file or folder. Check it."));
  if (read)
    g_strv_builder_add (remarks, _ ("What it is was read from a photo. Check it."));
  if (label)
    g_strv_builder_add (remarks, _ ("Some of this was read from a photo. Check it."));
}

/**
 * cs_compose_title_remarks:
 * @left_out: (element-type CsTerm): what did not fit
 *
 * Nothing that the seller said goes missing without a word.
 */
char **
cs_compose_title_remarks (CsFacts     *facts,
                          CsTextDraft *draft,
                          GPtrArray   *left_out)
{
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();
  gboolean material;
  gboolean size;

  add_dropped (remarks, facts, left_out);
  add_unwanted (remarks, facts);
  add_sources (remarks, draft);

  for (guint i = 0; i < facts->doubts->len; i++)
    g_strv_builder_add (remarks, facts->doubts->pdata[i]);

  if (facts->is_cut)
    g_strv_builder_add (remarks, _ ("The note is very long: only its beginning was used."));

  material = cs_facts_has (facts, CS_ROLE_MATERIAL) || is_consumable (facts) || is_material_in_name (facts);
  size = cs_facts_has (facts, CS_ROLE_SIZE) || cs_facts_has (facts, CS_ROLE_LABEL);
  if (!size && !material)
    g_strv_builder_add (remarks, _ ("Buyers often look for the size and the material: neither is given yet."));
  else if (!size)
    g_strv_builder_add (remarks, _ ("Buyers often look for the size: it is not given yet."));
  else if (!material)
    g_strv_builder_add (remarks, _ ("Buyers often look for the material: it is not given yet."));

  return g_strv_builder_end (remarks);
}

char **
cs_compose_remarks (CsFacts     *facts,
                    CsTextDraft *draft)
{
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();

  add_unwanted (remarks, facts);
  add_sources (remarks, draft);

  return g_strv_builder_end (remarks);
}
