/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "cs-backdrop.h"

#define N_ROUNDS       10
#define MIN_SHARE      0.06f /* of the border, for a colour to count as background */
#define MOSTLY         0.55f
#define EVEN_PAPER     0.012f
#define NEAR_PAPER     0.04f
#define N_TERMS        6
#define FAR_FROM_PLANE 0.08
#define MAX_FALLOFF    0.15
#define LIGHT_WEIGHT   0.7f /* shadows change lightness more than colour */

float
cs_backdrop_distance (CsLab a,
                      CsLab b)
{
  float dl = (a.l - b.l) * LIGHT_WEIGHT, da = a.a - b.a, db = a.b - b.b;

  return sqrtf (dl * dl + 4 * (da * da + db * db));
}

static gboolean
backdrop_is_chosen (const CsBackdrop *backdrop,
                    int               x,
                    int               y)
{
  return backdrop->chosen[y * backdrop->width + x] != 0;
}

void
cs_backdrop_choose_border (CsBackdrop *backdrop)
{
  for (int y = 0; y < backdrop->height; y++)
    for (int x = 0; x < backdrop->width; x++)
      backdrop->chosen[y * backdrop->width + x] =
        x < backdrop->band || y < backdrop->band || x >= backdrop->width - backdrop->band || y >= backdrop->height - backdrop->band;
}

int
cs_backdrop_nearest (const CsBackdrop *backdrop,
                     CsLab             lab,
                     float            *distance)
{
  int nearest = -1;

  *distance = G_MAXFLOAT;
  for (int k = 0; k < CS_BACKDROP_COLOURS; k++)
    {
      float d;

      if (backdrop->colours[k].share <= 0)
        continue;
      d = cs_backdrop_distance (lab, backdrop->colours[k].mean);
      if (d < *distance)
        {
          *distance = d;
          nearest = k;
        }
    }

  return nearest;
}

/* Light falls off over a wall or a table: the border's lightness is fitted with
 * a curved plane, twice, the second time without what was far from the first,
 * and the plane is taken out of the whole photo.
 */
static gboolean
plane_solve (double m[N_TERMS][N_TERMS + 1])
{
  for (int i = 0; i < N_TERMS; i++)
    {
      if (fabs (m[i][i]) < 1e-9)
        return FALSE;
      for (int j = 0; j < N_TERMS; j++)
        {
          double factor = m[j][i] / m[i][i];

          for (int k = i; i != j && k <= N_TERMS; k++)
            m[j][k] -= factor * m[i][k];
        }
    }

  return TRUE;
}

static void
plane_terms (const CsBackdrop *backdrop,
             int               x,
             int               y,
             double            terms[N_TERMS])
{
  double u = 2.0 * x / backdrop->width - 1, v = 2.0 * y / backdrop->height - 1;

  terms[0] = 1;
  terms[1] = u;
  terms[2] = v;
  terms[3] = u * v;
  terms[4] = u * u;
  terms[5] = v * v;
}

static double
plane_at (const double terms[N_TERMS],
          const double plane[N_TERMS])
{
  double sum = 0;

  for (int i = 0; i < N_TERMS; i++)
    sum += terms[i] * plane[i];

  return sum;
}

static gboolean
backdrop_fit_plane (const CsBackdrop *backdrop,
                    double            plane[N_TERMS],
                    double            near)
{
  double m[N_TERMS][N_TERMS + 1] = { 0 };
  double terms[N_TERMS];

  for (int y = 0; y < backdrop->height; y++)
    for (int x = 0; x < backdrop->width; x++)
      {
        double l = backdrop->lab[y * backdrop->width + x].l;

        if (!backdrop_is_chosen (backdrop, x, y))
          continue;
        plane_terms (backdrop, x, y, terms);
        if (fabs (l - plane_at (terms, plane)) > near)
          continue;
        for (int i = 0; i < N_TERMS; i++)
          {
            for (int j = 0; j < N_TERMS; j++)
              m[i][j] += terms[i] * terms[j];
            m[i][N_TERMS] += terms[i] * l;
          }
      }

  for (int i = 0; i < N_TERMS; i++)
    m[i][i] += 0.5;
  if (!plane_solve (m))
    return FALSE;
  for (int i = 0; i < N_TERMS; i++)
    plane[i] = m[i][N_TERMS] / m[i][i];

  return TRUE;
}

/* Half of the border within a hair of one lightness: there is nothing to flatten */
static gboolean
backdrop_is_even (const CsBackdrop *backdrop)
{
  int counts[101] = { 0 }, n = 0, most = 0;

  for (int y = 0; y < backdrop->height; y++)
    for (int x = 0; x < backdrop->width; x++)
      if (backdrop_is_chosen (backdrop, x, y))
        {
          counts[CLAMP ((int) (backdrop->lab[y * backdrop->width + x].l * 100), 0, 100)]++;
          n++;
        }

  for (int i = 0; i + 1 <= 100; i++)
    most = MAX (most, counts[i] + counts[i + 1]);

  return most * 2 > n;
}

void
cs_backdrop_flatten (CsBackdrop *backdrop)
{
  double plane[N_TERMS] = { 0 }, terms[N_TERMS];

  if (backdrop_is_even (backdrop) || !backdrop_fit_plane (backdrop, plane, G_MAXDOUBLE) || !backdrop_fit_plane (backdrop, plane, FAR_FROM_PLANE))
    return;

  for (int y = 0; y < backdrop->height; y++)
    for (int x = 0; x < backdrop->width; x++)
      {
        plane_terms (backdrop, x, y, terms);
        backdrop->lab[y * backdrop->width + x].l -= CLAMP (plane_at (terms, plane) - plane[0], -MAX_FALLOFF, MAX_FALLOFF);
      }
}

/* The first colour is the mean, each further one what is farthest from
 * those before
 */
static void
backdrop_seed (CsBackdrop *backdrop)
{
  double sums[3] = { 0 };
  int    n = 0;

  for (int k = 0; k < CS_BACKDROP_COLOURS; k++)
    {
      CsLab farthest = { 0 };
      float most = -1;

      for (int y = 0; y < backdrop->height; y++)
        for (int x = 0; x < backdrop->width; x++)
          {
            CsLab lab = backdrop->lab[y * backdrop->width + x];
            float d;

            if (!backdrop_is_chosen (backdrop, x, y))
              continue;
            if (k == 0)
              {
                sums[0] += lab.l;
                sums[1] += lab.a;
                sums[2] += lab.b;
                n++;
                continue;
              }
            cs_backdrop_nearest (backdrop, lab, &d);
            if (d > most)
              {
                most = d;
                farthest = lab;
              }
          }

      backdrop->colours[k].mean = k > 0 ? farthest : (CsLab) { sums[0] / n, sums[1] / n, sums[2] / n };
      backdrop->colours[k].share = 1;
    }
}

static void
backdrop_settle (CsBackdrop *backdrop)
{
  double sums[CS_BACKDROP_COLOURS][5] = { 0 };
  int    on_side[CS_BACKDROP_COLOURS][CS_N_SIDES] = { 0 };
  int    total = 0;

  for (int y = 0; y < backdrop->height; y++)
    for (int x = 0; x < backdrop->width; x++)
      {
        CsLab lab = backdrop->lab[y * backdrop->width + x];
        float d;
        int   k;

        if (!backdrop_is_chosen (backdrop, x, y))
          continue;
        k = cs_backdrop_nearest (backdrop, lab, &d);
        sums[k][0] += lab.l;
        sums[k][1] += lab.a;
        sums[k][2] += lab.b;
        sums[k][3] += d;
        sums[k][4] += 1;
        on_side[k][CS_SIDE_LEFT] += x < backdrop->band;
        on_side[k][CS_SIDE_TOP] += y < backdrop->band;
        on_side[k][CS_SIDE_RIGHT] += x >= backdrop->width - backdrop->band;
        on_side[k][CS_SIDE_BOTTOM] += y >= backdrop->height - backdrop->band;
        total++;
      }

  for (int k = 0; k < CS_BACKDROP_COLOURS; k++)
    {
      double n = sums[k][4];

      backdrop->colours[k].share = n / total;
      for (CsSide side = 0; side < CS_N_SIDES; side++)
        backdrop->colours[k].on_side[side] =
          (float) on_side[k][side] / (backdrop->band * (side == CS_SIDE_LEFT || side == CS_SIDE_RIGHT ? backdrop->height : backdrop->width));
      if (n > 0)
        {
          backdrop->colours[k].mean = (CsLab) { sums[k][0] / n, sums[k][1] / n, sums[k][2] / n };
          backdrop->colours[k].spread = sums[k][3] / n;
        }
    }
}

/* Only on one side, and not most of the border */
static gboolean
cluster_is_one_sided (const CsBackdropColour *cluster)
{
  int n = 0;

  for (CsSide side = 0; side < CS_N_SIDES; side++)
    n += cluster->on_side[side] >= 0.12f;

  return n == 1 && cluster->share < 0.35f;
}

/* A colour that the border has little of, or on one side only, is the product
 * reaching into it; and beside paper of one even colour, which has most of it,
 * any other colour is
 */
void
cs_backdrop_drop_strangers (CsBackdrop *backdrop)
{
  const CsBackdropColour *main = &backdrop->colours[0];
  float                   paper = 0;

  for (int k = 1; k < CS_BACKDROP_COLOURS; k++)
    if (backdrop->colours[k].share > main->share)
      main = &backdrop->colours[k];

  for (int k = 0; k < CS_BACKDROP_COLOURS; k++)
    if (cs_backdrop_distance (backdrop->colours[k].mean, main->mean) < NEAR_PAPER)
      paper += backdrop->colours[k].share;

  for (int k = 0; k < CS_BACKDROP_COLOURS; k++)
    if (backdrop->colours[k].share < MIN_SHARE || cluster_is_one_sided (&backdrop->colours[k]) ||
        (paper > MOSTLY && main->spread < EVEN_PAPER && cs_backdrop_distance (backdrop->colours[k].mean, main->mean) >= NEAR_PAPER))
      backdrop->colours[k].share = 0;
}

void
cs_backdrop_learn (CsBackdrop *backdrop)
{
  backdrop_seed (backdrop);
  for (int round = 0; round < N_ROUNDS; round++)
    backdrop_settle (backdrop);
}

static int
compare_floats (gconstpointer a,
                gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/* How far from its own colours the border gets: what is within is background */
float
cs_backdrop_threshold (CsBackdrop *backdrop)
{
  g_autofree float *border = g_new (float, (gsize) backdrop->width * backdrop->height);
  float             share = 0;
  int               n = 0;

  for (int y = 0; y < backdrop->height; y++)
    for (int x = 0; x < backdrop->width; x++)
      {
        int i = y * backdrop->width + x;

        cs_backdrop_nearest (backdrop, backdrop->lab[i], &backdrop->distance[i]);
        if (backdrop_is_chosen (backdrop, x, y))
          border[n++] = backdrop->distance[i];
      }

  for (int k = 0; k < CS_BACKDROP_COLOURS; k++)
    share += backdrop->colours[k].share;
  qsort (border, n, sizeof *border, compare_floats);

  return 1.25f * border[(int) ((n - 1) * MIN (share, 1) * 0.92f)] + 0.02f;
}
