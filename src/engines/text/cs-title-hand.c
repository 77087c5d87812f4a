/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-hand-order.h"
#include "cs-hand-private.h"
#include "cs-title-parts.h"

/* A title in the order that the seller is used to. What stands before the word
 * for the thing is written into its name, where words of the language allow it.
 */

static gboolean
is_name (CsTitlePart *part)
{
  return part->weight == 200;
}

static guint
get_role (CsTitlePart *part)
{
  if (part->pinned)
    return CS_ROLE_PINNED;

  return is_name (part) ? CS_ROLE_PRODUCT : ((CsTerm *) part->terms->pdata[0])->role;
}

/* Words of the name that go after it: known ones, where nothing stands between
 * them that is not known
 */
static void
move_out (CsFacts   *facts,
          GArray    *parts,
          GPtrArray *name)
{
  guint rank = cs_hand_get_rank (facts->hand, CS_ROLE_PRODUCT);

  if (cs_title_find_in (name, CS_ROLE_OTHER) != NULL || cs_title_find_in (name, CS_ROLE_FEATURE) != NULL ||
      cs_title_find_in (name, CS_ROLE_SIZE) != NULL)
    return;

  for (guint i = 0; i < name->len;)
    {
      CsTerm *term = name->pdata[i];
      guint   own = cs_hand_get_rank (facts->hand, term->role);

      if (name->len == 1 || term->role == CS_ROLE_PRODUCT || own == G_MAXUINT || own < rank ||
          cs_lexicon_find (facts->script, term->text) == 0)
        i++;
      else
        {
          cs_title_add_part (parts, term, cs_title_weights[term->role], facts->script == CS_SCRIPT_HAN ? CS_JOIN_SPACE : CS_JOIN_COMMA);
          g_ptr_array_remove_index (name, i);
        }
    }
}

/* May it be written directly before the name? */
static gboolean
may_lead (CsFacts   *facts,
          GPtrArray *name,
          CsTerm    *term)
{
  if (term->kind == CS_FACT_COLOUR || cs_title_find_in (name, term->role) != NULL || cs_title_has_second (facts, term))
    return FALSE;

  /* What stands first and is not known may be a brand: it stays first */
  if (((CsTerm *) name->pdata[0])->role == CS_ROLE_OTHER && facts->has_title)
    return FALSE;

  switch ((int) term->role)
    {
    case CS_ROLE_COLOUR:
    case CS_ROLE_MATERIAL:
    case CS_ROLE_STYLE:
    case CS_ROLE_CRAFT:
    case CS_ROLE_PATTERN:
    case CS_ROLE_AUDIENCE:
    case CS_ROLE_SEASON:
    case CS_ROLE_USE:
      return cs_title_leads (facts, term);

    case CS_ROLE_PLACE:
      return facts->script == CS_SCRIPT_HAN && cs_title_leads (facts, term);

    default:
      return FALSE;
    }
}

/* Loose parts that come before the name and can be written into it, in their order */
static void
move_in (CsFacts   *facts,
         GArray    *parts,
         GPtrArray *name)
{
  guint rank = cs_hand_get_rank (facts->hand, CS_ROLE_PRODUCT);
  guint at = 0;

  for (guint i = 0; i < parts->len;)
    {
      CsTitlePart *part = &g_array_index (parts, CsTitlePart, i);
      CsTerm      *term = part->terms->pdata[0];
      guint        own = is_name (part) ? G_MAXUINT : cs_hand_get_rank (facts->hand, term->role);

      if (own == G_MAXUINT || own >= rank || !may_lead (facts, name, term))
        {
          i++;
          continue;
        }

      /* Behind those that come before it */
      for (at = 0; at < name->len && cs_hand_get_rank (facts->hand, ((CsTerm *) name->pdata[at])->role) < own; at++)
        ;
      g_ptr_array_insert (name, at, term);
      g_array_remove_index (parts, i);
    }
}

/* Where a part comes in the title. What hangs on the name in English ("with
 * handle", "for women") follows it, and so does what cannot be said before it.
 */
static guint
find_place (CsFacts     *facts,
            CsTitlePart *part)
{
  guint rank = cs_hand_get_rank (facts->hand, CS_ROLE_PRODUCT);
  guint role = get_role (part);
  guint own = cs_hand_get_rank (facts->hand, role);

  if (is_name (part))
    return rank == G_MAXUINT ? G_MAXUINT - 2 : rank * 2;

  if (facts->script == CS_SCRIPT_HAN || role == CS_ROLE_BRAND || role == CS_ROLE_PINNED)
    {
      /* A second material beside the name's own follows it */
      if (own < rank && role == CS_ROLE_MATERIAL)
        return rank * 2 + 1;
      return own == G_MAXUINT ? G_MAXUINT - 1 : own * 2;
    }

  if (part->join == CS_JOIN_SPACE)
    return rank == G_MAXUINT ? G_MAXUINT - 1 : rank * 2 + 1;
  if (own < rank && role != CS_ROLE_SIZE && role != CS_ROLE_QUANTITY && rank != G_MAXUINT)
    return rank * 2 + 1;

  return own == G_MAXUINT ? G_MAXUINT - 1 : own * 2;
}

static int
compare_parts (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  guint x = find_place (data, (CsTitlePart *) a);
  guint y = find_place (data, (CsTitlePart *) b);

  return x < y ? -1 : x > y;
}

/* English: what is before the name is set off from it by a comma, a brand is not */
static void
mend_joins (GArray *parts)
{
  gboolean before = TRUE;

  for (guint i = 0; i < parts->len; i++)
    {
      CsTitlePart *part = &g_array_index (parts, CsTitlePart, i);

      if (is_name (part))
        {
          before = FALSE;
          part->join = i == 0 || get_role (&g_array_index (parts, CsTitlePart, i - 1)) == CS_ROLE_BRAND ? CS_JOIN_SPACE : CS_JOIN_COMMA;
        }
      else if (before)
        part->join = CS_JOIN_COMMA;
    }
}

CsTextDraft *
cs_title_write_by_hand (CsFacts   *facts,
                        GPtrArray *left_out)
{
  g_autoptr (GArray) parts = NULL;
  g_autoptr (GPtrArray) name = NULL;

  if (facts->hand == NULL || facts->hand->order == NULL || facts->hand->order[0] == NULL)
    return NULL;

  parts = cs_title_new_parts (facts);
  name = cs_compose_dup_full_name (facts);
  if (name->len == 0)
    return NULL;

  cs_title_add_name (facts, parts, name);
  cs_title_add_rest (facts, parts);
  move_in (facts, parts, name);
  move_out (facts, parts, name);
  g_array_sort_with_data (parts, compare_parts, facts);
  if (facts->script == CS_SCRIPT_LATIN)
    mend_joins (parts);

  return cs_title_fit (facts, parts, left_out);
}

/* Pinned words */

static gboolean
is_said (const char *text,
         CsTerm     *pinned)
{
  g_autofree char *folded = cs_text_fold (text);
  g_autofree char *word = cs_text_fold (pinned->text);

  return cs_hand_says (folded, word);
}

static gboolean
is_in (GArray *parts,
       CsTerm *pinned)
{
  for (guint i = 0; i < parts->len; i++)
    {
      CsTitlePart *part = &g_array_index (parts, CsTitlePart, i);

      for (guint j = 0; j < part->terms->len; j++)
        {
          if (is_said (cs_term_get_shown (part->terms->pdata[j]), pinned))
            return TRUE;
        }
    }

  return FALSE;
}

/* "青禾" needs not stand beside "青禾手作" */
static void
remove_said (GArray *parts,
             CsTerm *pinned)
{
  for (guint i = parts->len; i-- > 0;)
    {
      CsTitlePart *part = &g_array_index (parts, CsTitlePart, i);

      if (!part->pinned && !is_name (part) && is_said (pinned->text, part->terms->pdata[0]))
        g_array_remove_index (parts, i);
    }
}

static void
insert (CsFacts *facts,
        GArray  *parts,
        CsTerm  *pinned)
{
  CsTitlePart part = { g_ptr_array_new (), 1000, CS_JOIN_COMMA, TRUE };
  guint       own = cs_hand_get_rank (facts->hand, CS_ROLE_PINNED);
  guint       at = own == G_MAXUINT ? parts->len : 0;

  /* Behind the last one that comes before it */
  for (guint i = 0; own != G_MAXUINT && i < parts->len; i++)
    {
      guint rank = cs_hand_get_rank (facts->hand, get_role (&g_array_index (parts, CsTitlePart, i)));

      if (rank <= own)
        at = i + 1;
    }

  g_ptr_array_add (part.terms, pinned);
  g_array_insert_val (parts, at, part);
  if (at == 0 && parts->len > 1)
    g_array_index (parts, CsTitlePart, 1).join = CS_JOIN_SPACE;
}

void
cs_title_add_pinned (CsFacts *facts,
                     GArray  *parts)
{
  for (guint i = 0; i < facts->pinned->len; i++)
    {
      CsTerm *pinned = facts->pinned->pdata[i];

      if (is_in (parts, pinned))
        continue;

      remove_said (parts, pinned);
      insert (facts, parts, pinned);
    }
}

gboolean
cs_title_add_lost (CsFacts    *facts,
                   GArray     *parts,
                   const char *title)
{
  gboolean any = FALSE;

  for (guint i = 0; i < facts->pinned->len; i++)
    {
      CsTerm *pinned = facts->pinned->pdata[i];

      if (!is_said (title, pinned))
        {
          insert (facts, parts, pinned);
          any = TRUE;
        }
    }

  return any;
}
