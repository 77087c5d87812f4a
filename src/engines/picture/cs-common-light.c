/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-common-light.h"

/* Photos taken one after the other on the same table differ by a little in what
 * the camera made of the light, and each corrected by itself they differ more
 * than before. So those whose casts and exposures are close get the mean of
 * their corrections; one that has no background to tell its light by gets that
 * of the largest group.
 */

/* How far apart two corrections may be to be of the same light: the ratio of
 * red or blue to green, in stops, and the whole of it, in stops
 */
#define CLOSE_CAST     0.2
#define CLOSE_EXPOSURE 0.6

typedef struct
{
  double sums[4]; /* of the gains and the lift, in stops */
  double first[3];
  guint  n;
} Group;

static void
to_stops (const CsPictureLight *light,
          double                stops[4])
{
  for (guint i = 0; i < 3; i++)
    stops[i] = log2 (MAX (light->gains[i], 0.01));
  stops[3] = log2 (CLAMP (light->lift, 0.01, 100));
}

static gboolean
is_close (const double one[3],
          const double other[3])
{
  double red = (one[0] - one[1]) - (other[0] - other[1]);
  double blue = (one[2] - one[1]) - (other[2] - other[1]);

  return fabs (red) <= CLOSE_CAST && fabs (blue) <= CLOSE_CAST && fabs (one[1] - other[1]) <= CLOSE_EXPOSURE;
}

static int
find_group (GArray      *groups,
            const double stops[4])
{
  for (guint i = 0; i < groups->len; i++)
    if (is_close (g_array_index (groups, Group, i).first, stops))
      return i;

  g_array_set_size (groups, groups->len + 1);
  memcpy (g_array_index (groups, Group, groups->len - 1).first, stops, 3 * sizeof *stops);

  return groups->len - 1;
}

static CsPictureLight *
group_to_light (const Group *group)
{
  CsPictureLight *light = cs_picture_light_new ();

  for (guint i = 0; i < 3; i++)
    light->gains[i] = exp2 (group->sums[i] / group->n);
  light->lift = exp2 (group->sums[3] / group->n);
  light->sure = TRUE;

  return light;
}

static int
find_largest (GArray *groups)
{
  int largest = -1;

  for (guint i = 0; i < groups->len; i++)
    if (largest < 0 || g_array_index (groups, Group, i).n > g_array_index (groups, Group, largest).n)
      largest = i;

  return largest;
}

static void
light_free (gpointer light)
{
  if (light != NULL)
    cs_picture_light_unref (light);
}

GPtrArray *
cs_common_light_find (GPtrArray *lights)
{
  GPtrArray         *found = g_ptr_array_new_full (lights->len, light_free);
  g_autoptr (GArray) groups = g_array_new (FALSE, TRUE, sizeof (Group));
  g_autofree int    *members = g_new (int, lights->len + 1);
  int                largest;

  for (guint i = 0; i < lights->len; i++)
    {
      const CsPictureLight *light = lights->pdata[i];
      double stops[4];
      Group *group;

      members[i] = -1;
      if (light == NULL || !light->sure)
        continue;

      to_stops (light, stops);
      members[i] = find_group (groups, stops);
      group = &g_array_index (groups, Group, members[i]);
      group->n++;
      for (guint j = 0; j < G_N_ELEMENTS (stops); j++)
        group->sums[j] += stops[j];
    }

  largest = find_largest (groups);
  for (guint i = 0; i < lights->len; i++)
    {
      int          member = lights->pdata[i] != NULL && members[i] < 0 ? largest : members[i];
      const Group *group = member >= 0 ? &g_array_index (groups, Group, member) : NULL;

      /* Alone in its light, its own is best */
      if (group != NULL && (group->n > 1 || members[i] < 0))
        g_ptr_array_add (found, group_to_light (group));
      else
        g_ptr_array_add (found, NULL);
    }

  return found;
}
