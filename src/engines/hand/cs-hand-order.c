/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-hand-order.h"
#include "cs-hand-private.h"
#include "cs-parse.h"

/* In which order titles say things. Only what a seller moved, in several titles
 * and hardly ever back, shows that there is a wish; then the titles as they were
 * decided say what the whole order is. What they do not tell stays in the order
 * that titles have anyway.
 */

#define MAX_TITLES 400
#define N_ROLES    32

static const struct
{
  const char *name;
  guint       role;
} names[] = {
  { "pinned", CS_ROLE_PINNED },
  { "brand", CS_ROLE_BRAND },
  { "product", CS_ROLE_PRODUCT },
  { "material", CS_ROLE_MATERIAL },
  { "craft", CS_ROLE_CRAFT },
  { "style", CS_ROLE_STYLE },
  { "pattern", CS_ROLE_PATTERN },
  { "colour", CS_ROLE_COLOUR },
  { "audience", CS_ROLE_AUDIENCE },
  { "season", CS_ROLE_SEASON },
  { "size", CS_ROLE_SIZE },
  { "quantity", CS_ROLE_QUANTITY },
  { "feature", CS_ROLE_FEATURE },
  { "use", CS_ROLE_USE },
  { "place", CS_ROLE_PLACE },
};

/* What comes first where nothing is known */
static const guint usual[] = {
  CS_ROLE_BRAND,
  CS_ROLE_MATERIAL,
  CS_ROLE_PRODUCT,
  CS_ROLE_AUDIENCE,
  CS_ROLE_SEASON,
  CS_ROLE_CRAFT,
  CS_ROLE_STYLE,
  CS_ROLE_PATTERN,
  CS_ROLE_COLOUR,
  CS_ROLE_QUANTITY,
  CS_ROLE_FEATURE,
  CS_ROLE_USE,
  CS_ROLE_PLACE,
  CS_ROLE_SIZE,
  CS_ROLE_PINNED,
};

typedef struct
{
  guint seen[N_ROLES];             /* in how many decided titles */
  guint before[N_ROLES][N_ROLES];  /* in how many the one stands before the other */
  guint brought[N_ROLES][N_ROLES]; /* and was not suggested so */
} Count;

int
cs_hand_role_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (names[i].name, name) == 0)
        return names[i].role;
    }

  return -1;
}

static const char *
get_name (guint role)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (names[i].role == role)
        return names[i].name;
    }

  return NULL;
}

guint
cs_hand_get_rank (CsHand *self,
                  guint   role)
{
  const char *name = get_name (role);

  for (guint i = 0; name != NULL && self != NULL && self->order != NULL && self->order[i] != NULL; i++)
    {
      if (strcmp (self->order[i], name) == 0)
        return i;
    }

  return G_MAXUINT;
}

static void
mark_words (const char *title,
            const char *word,
            guint       role,
            guint      *places,
            GArray     *taken)
{
  const char *at = word != NULL && *word != '\0' ? strstr (title, word) : NULL;
  CsSpan      span;

  if (at == NULL)
    return;

  span = (CsSpan){ at - title, at - title + strlen (word) };
  g_array_append_val (taken, span);
  if (places[role] == 0)
    places[role] = span.start + 1;
}

static gboolean
is_taken (GArray        *taken,
          const CsToken *token)
{
  for (guint i = 0; i < taken->len; i++)
    {
      CsSpan *span = &g_array_index (taken, CsSpan, i);

      if (token->start < span->end && span->start < token->end)
        return TRUE;
    }

  return FALSE;
}

/* Where in a title each role stands: its byte and one; 0 where it does not. What is
 * said of the thing outside its name counts, the name's own words where it is not.
 */
static void
find_places (const char *title,
             CsLesson   *lesson,
             CsHand     *set,
             guint      *places)
{
  CsScript script = cs_text_script (title);
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (CsSpan));
  g_autoptr (GArray) tokens = NULL;
  g_autofree char *rest = g_strdup (title);

  memset (places, 0, N_ROLES * sizeof *places);
  mark_words (title, lesson->brand, CS_ROLE_BRAND, places, taken);
  for (guint i = 0; set != NULL && set->pinned != NULL && set->pinned[i] != NULL; i++)
    mark_words (title, set->pinned[i], CS_ROLE_PINNED, places, taken);

  /* They are the seller's own and say nothing to the parser */
  for (guint i = 0; i < taken->len; i++)
    memset (rest + g_array_index (taken, CsSpan, i).start, ' ',
            g_array_index (taken, CsSpan, i).end - g_array_index (taken, CsSpan, i).start);

  tokens = cs_parse (script, rest, CS_PARSE_NAME);
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < tokens->len; i++)
        {
          CsToken *token = &g_array_index (tokens, CsToken, i);
          gboolean inside = token->head && token->role != CS_ROLE_PRODUCT;

          if ((guint) inside == pass && token->role < CS_ROLE_PINNED && get_name (token->role) != NULL &&
              token->role != CS_ROLE_BRAND && places[token->role] == 0 && !is_taken (taken, token) &&
              (token->head || token->role != CS_ROLE_PRODUCT))
            places[token->role] = token->start + 1;
        }
    }
}

static void
count_title (Count    *self,
             CsLesson *lesson,
             CsHand   *set)
{
  guint    decided[N_ROLES];
  guint    suggested[N_ROLES] = { 0 };
  gboolean edit = cs_hand_is_edit (lesson);

  find_places (lesson->decided, lesson, set, decided);
  if (edit)
    find_places (lesson->suggested, lesson, set, suggested);

  for (guint a = 0; a < N_ROLES; a++)
    {
      self->seen[a] += decided[a] != 0;
      for (guint b = 0; decided[a] != 0 && b < N_ROLES; b++)
        {
          if (decided[b] <= decided[a])
            continue;

          self->before[a][b]++;
          if (edit && suggested[a] != 0 && suggested[b] != 0 && suggested[b] < suggested[a])
            self->brought[a][b]++;
        }
    }
}

static gboolean
is_habit (guint this_way,
          guint other_way)
{
  return this_way >= CS_HAND_ENOUGH && this_way >= other_way * 5;
}

static gboolean
must_precede (Count *self,
              guint  a,
              guint  b)
{
  return self->before[a][b] >= 2 && self->before[a][b] > self->before[b][a] * 2;
}

/* How many of those that are left must come before it? */
static guint
count_before (Count   *self,
              guint8  *left,
              guint    role)
{
  guint n = 0;

  for (guint a = 0; a < N_ROLES; a++)
    n += a != role && left[a] && must_precede (self, a, role);

  return n;
}

static char **
sort_roles (Count *self)
{
  g_autoptr (GStrvBuilder) order = g_strv_builder_new ();
  guint8 left[N_ROLES] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    left[usual[i]] = self->seen[usual[i]] >= CS_HAND_ENOUGH;

  for (;;)
    {
      guint best = N_ROLES;
      guint least = G_MAXUINT;

      for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
        {
          guint n = left[usual[i]] ? count_before (self, left, usual[i]) : G_MAXUINT;

          if (n < least)
            {
              least = n;
              best = usual[i];
            }
        }

      if (best == N_ROLES)
        return g_strv_builder_end (order);

      left[best] = FALSE;
      g_strv_builder_add (order, get_name (best));
    }
}

char **
cs_hand_find_order (GPtrArray *lessons,
                    CsHand    *set)
{
  g_autoptr (GHashTable) products = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree Count *self = g_new0 (Count, 1);
  guint             n = 0;

  for (guint i = 0; i < lessons->len && n < MAX_TITLES; i++)
    {
      CsLesson *lesson = lessons->pdata[i];

      /* Each product's newest title */
      if (lesson->field != CS_FIELD_TITLE || lesson->decided == NULL || *lesson->decided == '\0' ||
          strlen (lesson->decided) > CS_HAND_MAX_TEXT || !g_hash_table_add (products, &lesson->product))
        continue;

      n++;
      count_title (self, lesson, set);
    }

  for (guint a = 0; a < N_ROLES; a++)
    {
      for (guint b = 0; b < N_ROLES; b++)
        {
          if (is_habit (self->brought[a][b], self->brought[b][a]) && must_precede (self, a, b))
            return sort_roles (self);
        }
    }

  return NULL;
}
