/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-compose.h"

/* What a person who cannot see the photo is told: the thing, its colour, and
 * which side of it this is, if the file's name says so; else which of the
 * photos. What else is in the picture is not known, so it is not said.
 */

#define MAX_NAME_UNITS 80

static CsTerm *
find_of_photo (CsFacts *facts,
               CsRole   role,
               gint64   photo)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role == role && term->photo == photo && term->word != NULL)
        return term;
    }

  return NULL;
}

/* The one colour that the seller names, not part of the name; NULL where it is
 * none or one of several
 */
static CsTerm *
find_stated_colour (CsFacts  *facts,
                    gboolean *stated)
{
  CsTerm *found = NULL;
  guint   n = 0;

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];

      if (term->role == CS_ROLE_COLOUR && term->kind != CS_FACT_COLOUR)
        {
          n++;
          found = term->head ? NULL : term;
        }
    }

  *stated = n > 0;

  return n == 1 ? found : NULL;
}

static void
write_view (CsFacts     *facts,
            CsTextDraft *draft,
            CsTerm      *view)
{
  static const char *const sides[] = { "front", "back", "side", "left side", "right side", "top", "bottom", "inside", NULL };

  cs_text_draft_glue (draft, facts->script == CS_SCRIPT_HAN ? "，" : ", ");
  cs_text_draft_term (draft, view, view->word);
  if (g_strv_contains (sides, view->word))
    cs_text_draft_glue (draft, " view");
}

static CsTextDraft *
write_alt_text (CsFacts *facts,
                gint64   photo,
                guint    number,
                guint    n_photos)
{
  CsTextDraft *draft = cs_text_draft_new ();
  g_autoptr (GPtrArray) name = cs_facts_dup_name (facts);
  CsTerm  *view = find_of_photo (facts, CS_ROLE_VIEW, photo);
  gboolean stated;
  CsTerm  *colour = find_stated_colour (facts, &stated);
  guint    units = 0;

  for (guint i = 0; i < name->len; i++)
    units += cs_text_units (((CsTerm *) name->pdata[i])->text) + 1;

  while (name->len > 1 && units > MAX_NAME_UNITS)
    {
      units -= cs_text_units (((CsTerm *) name->pdata[0])->text) + 1;
      g_ptr_array_remove_index (name, 0);
    }

  cs_compose_capitalized (draft, facts, name->pdata[0]);
  g_ptr_array_remove_index (name, 0);
  cs_compose_name (draft, facts, name, CS_CASE_AS_IT_IS);

  if (!stated)
    colour = find_of_photo (facts, CS_ROLE_COLOUR, photo);
  if (colour != NULL && !cs_text_draft_says (draft, cs_term_get_shown (colour)))
    {
      cs_text_draft_glue (draft, facts->script == CS_SCRIPT_HAN ? "，" : ", ");
      cs_text_draft_term (draft, colour, cs_term_get_shown (colour));
    }

  if (view != NULL)
    write_view (facts, draft, view);
  else if (n_photos > 1)
    {
      g_autofree char *which = facts->script == CS_SCRIPT_HAN
                                 ? g_strdup_printf ("，第%u张，共%u张", number, n_photos)
                                 : g_strdup_printf (", photo %u of %u", number, n_photos);

      cs_text_draft_glue (draft, which);
    }

  return draft;
}

void
cs_compose_alt_texts (CsFacts         *facts,
                      CsEngineRequest *request,
                      GPtrArray       *suggestions)
{
  g_autoptr (GPtrArray) name = cs_facts_dup_name (facts);

  for (guint i = 0; name->len > 0 && request->photos != NULL && i < request->photos->len; i++)
    {
      CsPhoto *photo = ((CsEnginePhoto *) request->photos->pdata[i])->photo;
      g_autoptr (CsTextDraft) draft = write_alt_text (facts, photo->id, i + 1, request->photos->len);
      CsSuggestion *suggestion = cs_text_draft_finish (draft, request, facts->script, CS_FIELD_ALT_TEXT, 1);

      suggestion->photo = photo->id;
      g_ptr_array_add (suggestions, suggestion);
    }
}
