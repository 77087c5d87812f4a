/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-facts.h"
#include "cs-ground.h"

static const char *const no_facts[] = { NULL };

static char **
dup_ids (CsGroundFinding *finding)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < finding->facts->len; i++)
    g_strv_builder_add (ids, ((CsFact *) finding->facts->pdata[i])->id);

  return g_strv_builder_end (ids);
}

static void
add_glue (CsEvidence *evidence,
          guint       start,
          guint       end)
{
  if (end > start)
    cs_evidence_add_phrase (evidence, start, end, CS_PHRASE_GLUE, no_facts);
}

void
cs_ground_check (CsEvidence *evidence,
                 CsField     field,
                 const char *text)
{
  g_autoptr (CsGroundFacts) facts = NULL;
  g_autoptr (GArray) claims = NULL;
  g_autoptr (GArray) findings = NULL;
  guint at = 0;

  g_return_if_fail (evidence != NULL);
  g_return_if_fail (text != NULL);

  facts = cs_ground_facts_new (evidence);
  claims = cs_ground_claims (text, facts->names);
  findings = cs_ground_hold (facts, text, claims);

  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);
      g_auto (GStrv) ids = dup_ids (finding);
      CsPhrase *phrase;

      if (claim->start < at || claim->end <= claim->start)
        continue;

      add_glue (evidence, at, claim->start);
      phrase = cs_evidence_add_phrase (evidence, claim->start, claim->end, finding->state, (const char *const *) ids);
      phrase->remark = cs_ground_remark (text, claim, finding);
      at = claim->end;
    }

  add_glue (evidence, at, strlen (text));
}

static guint
rank (CsPhraseState state)
{
  switch (state)
    {
    case CS_PHRASE_CONTRADICTS: return 3;
    case CS_PHRASE_UNSOURCED: return 2;
    case CS_PHRASE_GROUNDED: return 1;
    case CS_PHRASE_GLUE:
    default: return 0;
    }
}

static void
add_kind (CsGroundVerdict *self,
          CsGroundSet      set)
{
  const char *name = cs_ground_set_get_name (set);

  for (guint i = 0; i < self->kinds->len; i++)
    {
      if (strcmp (self->kinds->pdata[i], name) == 0)
        return;
    }

  g_ptr_array_add (self->kinds, g_strdup (name));
}

CsGroundVerdict *
cs_ground_judge (CsEvidence *evidence,
                 const char *phrase)
{
  CsGroundVerdict *self = g_new0 (CsGroundVerdict, 1);
  g_autoptr (CsGroundFacts) facts = cs_ground_facts_new (evidence);
  g_autoptr (GArray) claims = NULL;
  g_autoptr (GArray) findings = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  claims = cs_ground_claims (phrase, facts->names);
  findings = cs_ground_hold (facts, phrase, claims);
  self->kinds = g_ptr_array_new_with_free_func (g_free);
  self->state = CS_PHRASE_GLUE;

  for (guint i = 0; i < findings->len; i++)
    {
      CsPhraseState state = g_array_index (findings, CsGroundFinding, i).state;

      if (rank (state) > rank (self->state))
        self->state = state;
    }

  for (guint i = 0; i < findings->len; i++)
    {
      CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);

      if (finding->state == CS_PHRASE_GLUE)
        continue;

      add_kind (self, claim->set);
      if (finding->state != self->state)
        continue;

      for (guint j = 0; j < finding->facts->len; j++)
        {
          char *id = ((CsFact *) finding->facts->pdata[j])->id;

          if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
            g_ptr_array_add (ids, id);
        }
      if (self->remark == NULL)
        self->remark = cs_ground_remark (phrase, claim, finding);
    }

  g_ptr_array_add (ids, NULL);
  self->facts = g_strdupv ((char **) ids->pdata);

  return self;
}

void
cs_ground_verdict_free (CsGroundVerdict *self)
{
  g_strfreev (self->facts);
  g_free (self->remark);
  g_ptr_array_unref (self->kinds);
  g_free (self);
}
