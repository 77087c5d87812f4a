/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-ground-facts.h"
#include "cs-text.h"

#define MAX_QUOTE 60

static char *
dup_source (CsFact *fact)
{
  if (fact->where != NULL && *fact->where != '\0' && fact->kind != CS_FACT_NOTE)
    return g_strdup (fact->where);

  return g_strdup (cs_fact_kind_get_label (fact->kind));
}

char *
cs_ground_remark (const char      *text,
                  CsGroundClaim   *claim,
                  CsGroundFinding *finding)
{
  g_autofree char *slice = g_strndup (text + claim->start, claim->end - claim->start);
  g_autofree char *said = cs_text_clean (slice, FALSE);

  if (finding->state == CS_PHRASE_CONTRADICTS && finding->facts->len > 0)
    {
      CsFact          *fact = finding->facts->pdata[0];
      g_autofree char *source = dup_source (fact);
      g_autofree char *clean = cs_text_clean (fact->text, FALSE);
      g_autofree char *quote = cs_text_ellipsize (clean, MAX_QUOTE);

      /* Translators: where it stands, and what it says there: “Your note” says “bamboo” */
      return g_strdup_printf (_ ("This says “%s”, but “%s” says “%s”."), said, source, quote);
    }

  if (finding->state != CS_PHRASE_UNSOURCED)
    return NULL;

  if (claim->set == CS_GROUND_SUPERLATIVE)
    return g_strdup_printf (_ ("“%s” is a boast that nothing you told proves."), said);

  return g_strdup_printf (_ ("Nothing that is known says “%s”."), said);
}
