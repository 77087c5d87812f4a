/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "cs-hash.h"
#include "cs-sample.h"
#include "cs-test.h"
#include "cs-text-engine.h"
#include "cs-text.h"

G_BEGIN_DECLS

/* Asking the text engine, and what must be true of all that it says */

static inline GPtrArray *
suggest (const CsSample *sample)
{
  g_autoptr (CsEngine) engine = cs_text_engine_new ();
  g_autoptr (CsEngineRequest) request = cs_sample_request (sample);
  g_autoptr (GError) error = NULL;
  GPtrArray *suggestions;

  suggestions = dex_await_boxed (cs_engine_suggest (engine, request, NULL), &error);
  g_assert_no_error (error);

  return suggestions;
}

static inline CsSuggestion *
find (GPtrArray *suggestions,
      CsField    field,
      int        variant)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];

      if (suggestion->field == field && suggestion->variant == variant)
        return suggestion;
    }

  return NULL;
}

/* Words of the program's own that claim nothing */
static const char *const glue_words[] = {
  "规格",
  "尺码",
  "适用",
  "尺寸",
  "材质",
  "工艺",
  "颜色",
  "图案",
  "款式",
  "数量",
  "特点",
  "适合",
  "季节",
  "用途",
  "型号",
  "产自",
  "产地",
  "品牌",
  "第",
  "张",
  "共",
  "张，共",
  "size",
  "material",
  "colour",
  "pattern",
  "style",
  "for",
  "from",
  "season",
  "model",
  "brand",
  "origin",
  "photo",
  "of",
  "view",
  NULL,
};

static inline gboolean
is_glue (const char *text)
{
  g_autofree char *folded = cs_text_fold (text);
  g_autoptr (GString) rest = g_string_new (NULL);
  g_auto (GStrv) words = NULL;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (rest, g_unichar_isalpha (c) ? c : ' ');
    }

  words = g_strsplit (rest->str, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0' && !g_strv_contains (glue_words, words[i]))
        return FALSE;
    }

  return TRUE;
}

/* Every word of the phrase stands in one of its facts, or is a colour's name */
static inline gboolean
is_said (CsEvidence *evidence,
         CsPhrase   *phrase,
         const char *text)
{
  g_autofree char *folded = cs_text_fold (text);

  for (guint i = 0; phrase->facts[i] != NULL; i++)
    {
      CsFact          *fact = cs_evidence_find (evidence, phrase->facts[i]);
      g_autofree char *source = cs_text_fold (fact->text);

      if (strstr (source, folded) != NULL)
        return TRUE;
      if (fact->kind == CS_FACT_COLOUR || fact->kind == CS_FACT_FILE)
        {
          const char *worded[] = {
            "beige",
            "米色",
            "green",
            "绿色",
            "red",
            "红色",
            "正面",
            "front",
            "背面",
            "back",
            "底部",
            "bottom",
            "侧面",
            "side",
            "细节",
            "detail",
            "white",
            "白色",
            "navy",
            "藏青色", "gold", "金色", "brown", "棕色",
            NULL,
          };

          if (g_strv_contains (worded, folded))
            return TRUE;
        }
    }

  return FALSE;
}

static inline void
check_phrases (CsSuggestion *suggestion)
{
  CsEvidence *evidence = suggestion->evidence;
  guint       at = 0;

  g_assert_nonnull (evidence);
  g_assert_nonnull (evidence->phrases);
  g_assert_true (g_utf8_validate (suggestion->text, -1, NULL));

  for (guint i = 0; i < evidence->phrases->len; i++)
    {
      CsPhrase        *phrase = evidence->phrases->pdata[i];
      g_autofree char *words = g_strndup (suggestion->text + phrase->start, phrase->end - phrase->start);

      g_assert_cmpuint (phrase->start, ==, at);
      g_assert_cmpuint (phrase->end, >, phrase->start);
      g_assert_cmpuint (phrase->end, <=, strlen (suggestion->text));
      g_assert_true (g_utf8_validate (words, -1, NULL));
      at = phrase->end;

      for (guint j = 0; phrase->facts[j] != NULL; j++)
        g_assert_nonnull (cs_evidence_find (evidence, phrase->facts[j]));

      if (phrase->state == CS_PHRASE_GLUE)
        {
          if (!is_glue (words))
            g_error ("Claims something as glue: “%s” in “%s”", words, suggestion->text);
        }
      else
        {
          g_assert_cmpint (phrase->state, ==, CS_PHRASE_GROUNDED);
          g_assert_nonnull (phrase->facts[0]);
          if (!is_said (evidence, phrase, words))
            g_error ("Invented: “%s” in “%s”", words, suggestion->text);
        }
    }

  g_assert_cmpuint (at, ==, strlen (suggestion->text));
  g_assert_true (cs_suggestion_is_grounded (suggestion));
}

static inline void
check_all (GPtrArray *suggestions)
{
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (suggestions->len, >, 0);

  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];

      g_assert_cmpstr (suggestion->engine, ==, "text");
      g_assert_cmpint (suggestion->id, ==, 0);
      g_assert_true (cs_hash_is_valid (suggestion->hash));
      g_assert_true (cs_hash_is_valid (suggestion->input));
      g_assert_nonnull (suggestion->remarks);
      g_assert_cmpstr (suggestion->text, !=, "");

      if (suggestion->is_question)
        {
          g_assert_cmpint (suggestion->field, ==, CS_FIELD_TITLE);
          continue;
        }

      check_phrases (suggestion);
      if (suggestion->field == CS_FIELD_TITLE)
        {
          g_assert_cmpuint (cs_text_units (suggestion->text), <=, strcmp (suggestion->language, "zh") == 0 ? 60 : 80);
          g_assert_null (strchr (suggestion->text, '\n'));
          g_assert_true (g_hash_table_add (titles, suggestion->text));
        }
    }
}

G_END_DECLS
