/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-hand-edit.h"

/* As titles are composed where nobody said otherwise */
static const char *const usual_order[] = {
  "brand", "material", "product", "audience", "season", "craft", "style", "pattern", "colour", "size",
  "quantity", "feature", "use", "place", "pinned", NULL,
};

/* The whole order: what is set or learned first, then the rest as it usually is */
char **
cs_hand_edit_dup_order (CsHand *hand)
{
  g_autoptr (GStrvBuilder) order = g_strv_builder_new ();

  g_strv_builder_addv (order, (const char **) hand->order);
  for (guint i = 0; usual_order[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char *const *) hand->order, usual_order[i]))
        g_strv_builder_add (order, usual_order[i]);
    }

  return g_strv_builder_end (order);
}

static gboolean
has (char      **list,
     const char *word)
{
  return g_strv_contains ((const char *const *) list, word);
}

static void
add (char     ***list,
     const char *word)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (has (*list, word))
    return;

  g_strv_builder_addv (builder, (const char **) *list);
  g_strv_builder_add (builder, word);
  g_strfreev (*list);
  *list = g_strv_builder_end (builder);
}

static void
drop (char     ***list,
      const char *word)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; (*list)[i] != NULL; i++)
    {
      if (strcmp ((*list)[i], word) != 0)
        g_strv_builder_add (builder, (*list)[i]);
    }

  g_strfreev (*list);
  *list = g_strv_builder_end (builder);
}

/* What the seller sets is no more learned, and may be learned again */
static void
drop_mark (CsHand     *hand,
           const char *what,
           const char *word)
{
  g_autofree char *mark = cs_hand_dup_mark (what, word);

  drop (&hand->learned, mark);
  drop (&hand->unlearned, mark);
}

static void
unlearn (CsHand     *hand,
         const char *mark)
{
  if (!cs_hand_is_learned (hand, mark))
    return;

  drop (&hand->learned, mark);
  add (&hand->unlearned, mark);
}

void
cs_hand_edit_pin (CsHand     *hand,
                  const char *word)
{
  add (&hand->pinned, word);
  drop (&hand->never, word);
  drop_mark (hand, "offer", word);
  drop_mark (hand, "never", word);
}

void
cs_hand_edit_ban (CsHand     *hand,
                  const char *word)
{
  add (&hand->never, word);
  drop (&hand->pinned, word);
  drop_mark (hand, "never", word);
}

void
cs_hand_edit_take_out (CsHand     *hand,
                       CsHandPart  part,
                       const char *word)
{
  g_autofree char *mark = cs_hand_dup_mark (part == CS_HAND_OFFER ? "offer" : "never", word);

  if (part == CS_HAND_NEVER)
    drop (&hand->never, word);
  else if (part == CS_HAND_PINNED)
    drop (&hand->pinned, word);

  if (part != CS_HAND_PINNED)
    unlearn (hand, mark);
}

int
cs_hand_edit_move (CsHand     *hand,
                   const char *role,
                   gboolean    rise)
{
  g_auto (GStrv) order = cs_hand_edit_dup_order (hand);
  int   n = g_strv_length (order);
  int   at = 0;
  int   to;
  char *moved;

  while (at < n && strcmp (order[at], role) != 0)
    at++;

  to = rise ? at - 1 : at + 1;
  if (at == n || to < 0 || to == n)
    return -1;

  moved = order[at];
  order[at] = order[to];
  order[to] = moved;
  g_strfreev (hand->order);
  hand->order = g_steal_pointer (&order);
  drop (&hand->learned, "order");
  drop (&hand->unlearned, "order");

  return to;
}

void
cs_hand_edit_reset_order (CsHand *hand)
{
  g_strfreev (hand->order);
  hand->order = g_new0 (char *, 1);
  drop (&hand->learned, "order");
  add (&hand->unlearned, "order");
}
