/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-text-draft.h"

CsTextDraft *
cs_text_draft_new (void)
{
  CsTextDraft *self = g_new0 (CsTextDraft, 1);

  self->text = g_string_new (NULL);
  self->evidence = cs_evidence_new ();
  self->said = g_ptr_array_new ();

  return self;
}

void
cs_text_draft_free (CsTextDraft *self)
{
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->evidence, cs_evidence_unref);
  g_clear_pointer (&self->said, g_ptr_array_unref);
  g_free (self);
}

const char *
cs_term_get_shown (CsTerm *term)
{
  return term->word != NULL ? term->word : term->text;
}

void
cs_text_draft_glue (CsTextDraft *self,
                    const char  *text)
{
  GPtrArray *phrases = self->evidence->phrases;
  CsPhrase  *last = phrases != NULL && phrases->len > 0 ? phrases->pdata[phrases->len - 1] : NULL;
  guint      start = self->text->len;

  if (*text == '\0')
    return;

  g_string_append (self->text, text);
  if (last != NULL && last->state == CS_PHRASE_GLUE)
    last->end = self->text->len;
  else
    cs_evidence_add_phrase (self->evidence, start, self->text->len, CS_PHRASE_GLUE, NULL);
}

static void
add_fact (CsTextDraft *self,
          CsTerm      *term)
{
  CsFact *fact;

  if (cs_evidence_find (self->evidence, term->id) != NULL)
    return;

  fact = cs_evidence_add_fact (self->evidence, term->kind, term->id, term->text);
  fact->where = g_strdup (term->where);
  fact->start = term->start;
  fact->end = term->end;
  fact->photo = term->photo;
  fact->x = term->x;
  fact->y = term->y;
  fact->width = term->width;
  fact->height = term->height;
  fact->confidence = term->confidence;
}

/**
 * cs_text_draft_term:
 * @shown: how it is written here: its own words, in another case perhaps, or
 *   the name of its colour
 */
void
cs_text_draft_term (CsTextDraft *self,
                    CsTerm      *term,
                    const char  *shown)
{
  const char *const ids[] = { term->id, NULL };
  guint             start = self->text->len;

  if (*shown == '\0')
    return;

  g_string_append (self->text, shown);
  add_fact (self, term);
  cs_evidence_add_phrase (self->evidence, start, self->text->len, CS_PHRASE_GROUNDED, ids);
  g_ptr_array_add (self->said, term);
}

gboolean
cs_text_draft_says (CsTextDraft *self,
                    const char  *text)
{
  return cs_facts_is_said (self->said, text);
}

CsSuggestion *
cs_text_draft_finish (CsTextDraft     *self,
                      CsEngineRequest *request,
                      CsScript         script,
                      CsField          field,
                      int              variant)
{
  CsSuggestion *suggestion = cs_suggestion_new ();

  suggestion->product = request->product->id;
  suggestion->field = field;
  suggestion->engine = g_strdup ("text");
  suggestion->variant = variant;
  suggestion->text = g_strdup (self->text->str);
  suggestion->language = g_strdup (script == CS_SCRIPT_HAN ? "zh" : "en");
  suggestion->evidence = cs_evidence_ref (self->evidence);

  return suggestion;
}
