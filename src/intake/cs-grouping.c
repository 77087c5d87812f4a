/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-grouping.h"
#include "cs-photo-name.h"
#include "cs-text.h"

/* Four things tell that photos are of one product, in this order: a folder
 * that somebody named for it, a file name that somebody gave, photos taken in
 * one go that look alike, and near-duplicates. Where a person gave two names,
 * likeness does not overrule them: a red and a blue mug look the same to a
 * perceptual hash. What is grouped wrongly costs a drag with the mouse either
 * way, so nothing here tries to be clever.
 */

/* A folder with more photos than this is a collection */
#define MOST_OF_ONE_PRODUCT 12

/* Photos of one product are taken in one go, with a hand on the camera */
#define BURST_SECONDS 30

/* And from about the same place: unrelated photos differ in 32 bits of 64,
 * another side of the same thing before the same background in less than 20.
 */
#define BURST_DISTANCE 20

/* Groups as a union of photos: each points to a photo of its group, the first to itself */
static guint
find_first (guint *group,
            guint  i)
{
  while (group[i] != i)
    i = group[i] = group[group[i]];

  return i;
}

static void
join (guint *group,
      guint  a,
      guint  b)
{
  a = find_first (group, a);
  b = find_first (group, b);
  group[MAX (a, b)] = MIN (a, b);
}

static guint
distance (const CsPhoto *a,
          const CsPhoto *b)
{
  return __builtin_popcountll (a->likeness ^ b->likeness);
}

static gboolean
are_one_go (const CsPhoto *a,
            const CsPhoto *b)
{
  return a->taken_at != 0 && b->taken_at != 0 &&
         ABS (a->taken_at - b->taken_at) <= BURST_SECONDS &&
         distance (a, b) <= BURST_DISTANCE;
}

static void
join_by_name (char **stems,
              guint  n,
              guint *group)
{
  g_autoptr (GHashTable) firsts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      gpointer first;

      if (stems[i] == NULL)
        continue;

      if (g_hash_table_lookup_extended (firsts, stems[i], NULL, &first))
        join (group, GPOINTER_TO_UINT (first), i);
      else
        g_hash_table_insert (firsts, stems[i], GUINT_TO_POINTER (i));
    }
}

/* Each photo with a made-up name against those just before it: photos of one
 * product come one after the other, so that a folder of thousands stays fast.
 */
static void
join_by_likeness (GPtrArray *photos,
                  char     **stems,
                  guint     *group)
{
  for (guint i = 1; i < photos->len; i++)
    {
      const CsPhoto *photo = photos->pdata[i];

      for (guint j = i; j > 0 && i - j < MOST_OF_ONE_PRODUCT; j--)
        {
          const CsPhoto *other = photos->pdata[j - 1];

          if (stems[i] != NULL && stems[j - 1] != NULL)
            continue;

          if (cs_photo_is_like (photo, other) || (j == i && are_one_go (photo, other)))
            join (group, i, j - 1);
        }
    }
}

static gboolean
is_one_product (GPtrArray *photos,
                char     **stems,
                gboolean   one_of_several)
{
  const char *only = NULL;

  if (photos->len > MOST_OF_ONE_PRODUCT ||
      !cs_photo_name_is_telling (((CsPhoto *) photos->pdata[0])->folder))
    return FALSE;

  if (one_of_several)
    return TRUE;

  /* Alone, it is one product unless its files are named for several */
  for (guint i = 0; i < photos->len; i++)
    {
      if (stems[i] != NULL && only != NULL && !g_str_equal (stems[i], only))
        return FALSE;
      if (stems[i] != NULL)
        only = stems[i];
    }

  return TRUE;
}

static GPtrArray *
collect (const guint *group,
         guint        n)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) by_first = g_ptr_array_new ();

  g_ptr_array_set_size (by_first, n);
  for (guint i = 0; i < n; i++)
    {
      guint first = find_first ((guint *) group, i);

      if (first == i)
        {
          by_first->pdata[i] = g_array_new (FALSE, FALSE, sizeof i);
          g_ptr_array_add (groups, by_first->pdata[i]);
        }
      g_array_append_val ((GArray *) by_first->pdata[first], i);
    }

  return groups;
}

GPtrArray *
cs_grouping_group (GPtrArray *photos,
                   gboolean   one_of_several)
{
  g_auto (GStrv) stems = NULL;
  g_autofree guint *group = NULL;

  g_return_val_if_fail (photos != NULL, NULL);

  stems = g_new0 (char *, photos->len + 1);
  group = g_new (guint, photos->len + 1);
  for (guint i = 0; i < photos->len; i++)
    {
      stems[i] = cs_photo_name_dup_stem (((CsPhoto *) photos->pdata[i])->name);
      group[i] = i;
    }

  if (photos->len > 0 && is_one_product (photos, stems, one_of_several))
    {
      for (guint i = 1; i < photos->len; i++)
        join (group, 0, i);
    }
  else
    {
      join_by_name (stems, photos->len, group);
      join_by_likeness (photos, stems, group);
    }

  for (guint i = 0; i < photos->len; i++)
    g_clear_pointer (&stems[i], g_free);

  return collect (group, photos->len);
}
