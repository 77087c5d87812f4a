/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-reader.h"
#include "cs-ground-token.h"

/* What a word means beside others: Halifax in Nova Scotia, gold among colours, words
 * that are one name together.
 */

/* In "Halifax, Nova Scotia" it is not the one in Yorkshire */
static void
narrow_places (CsGroundReader *self)
{
  for (guint i = 0; i + 1 < self->claims->len; i++)
    {
      CsGroundClaim *town = &g_array_index (self->claims, CsGroundClaim, i);
      CsGroundClaim *region = &g_array_index (self->claims, CsGroundClaim, i + 1);
      CsGroundEntry  kept = { 0 };

      if (town->set != CS_GROUND_PLACE || region->set != CS_GROUND_PLACE || town->meaning.n_senses < 2 || region->start > town->end + 5)
        continue;

      for (guint j = 0; j < town->meaning.n_senses; j++)
        {
          for (guint k = 0; k < region->meaning.n_senses; k++)
            {
              if (town->meaning.senses[j] != region->meaning.senses[k] && cs_ground_concept_is (town->meaning.senses[j], region->meaning.senses[k]))
                {
                  kept.senses[kept.n_senses++] = town->meaning.senses[j];
                  break;
                }
            }
        }
      if (kept.n_senses > 0)
        town->meaning = kept;
    }
}

static gboolean
is_only_colour (CsGroundClaim *claim)
{
  for (guint i = 0; i < claim->meaning.n_senses; i++)
    {
      if (cs_ground_concept_get_set (claim->meaning.senses[i]) != CS_GROUND_COLOUR)
        return FALSE;
    }

  return claim->meaning.n_senses > 0;
}

/* In "red, green, gold" gold is no metal */
static void
narrow_colours (CsGroundReader *self,
                const char     *text)
{
  static const char *const joints[] = { ",", "/", "&", "and", "or", "+", "、", "和", NULL };

  for (guint i = 0; i < self->claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (self->claims, CsGroundClaim, i);
      CsGroundEntry  kept = { 0 };
      gboolean       listed = FALSE;

      for (guint j = i > 0 ? i - 1 : 0; j <= i + 1 && j < self->claims->len && claim->meaning.n_senses > 1; j++)
        {
          CsGroundClaim *other = &g_array_index (self->claims, CsGroundClaim, j);
          guint          from = MIN (claim->end, other->end);
          guint          to = MAX (claim->start, other->start);
          g_autofree char *between = j != i && to > from && to - from <= 5 ? g_strndup (text + from, to - from) : g_strdup ("");

          listed = listed || (is_only_colour (other) && g_strv_contains (joints, g_strstrip (between)));
        }
      for (guint k = 0; listed && k < claim->meaning.n_senses; k++)
        {
          if (cs_ground_concept_get_set (claim->meaning.senses[k]) == CS_GROUND_COLOUR)
            kept.senses[kept.n_senses++] = claim->meaning.senses[k];
        }
      if (kept.n_senses == 0)
        continue;
      claim->meaning = kept;
      claim->set = CS_GROUND_COLOUR;
    }
}

static gboolean
is_capital (GArray *tokens,
            guint   at)
{
  CsGroundToken *token = get (tokens, at);

  return token != NULL && token->kind == CS_GROUND_LATIN && token->capital && !token->shout && !token->line && strlen (token->word) > 2;
}

/* "The Craft Potters Association": a name, though each word of it is known */
static void
mark_proper (CsGroundReader *self)
{
  for (guint i = 0; !self->title_case && i < self->claims->len; i++)
    {
      guint at = g_array_index (self->places, guint, i);

      g_array_index (self->claims, CsGroundClaim, i).proper =
        at > 0 && is_capital (self->tokens, at) && (is_capital (self->tokens, at + 1) || (at > 1 && is_capital (self->tokens, at - 1)));
    }
}

void
cs_ground_reader_narrow (CsGroundReader *self,
                         const char     *text)
{
  mark_proper (self);
  narrow_places (self);
  narrow_colours (self, text);
}
