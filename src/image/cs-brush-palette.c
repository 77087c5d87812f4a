/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-brush-palette.h"

/* Nearer than this a colour is one that is known already */
#define SAME_COLOUR 18.0f
/* A colour that the stroke only brushed against does not count */
#define LEAST_SHARE 0.25f
/* Without an edge in between, this far off is still the same thing in another light */
#define ALIKE   24.0f
#define STRANGE 52.0f

void
cs_palette_fade (CsPalette *self,
                 float      left)
{
  for (guint i = 0; i < CS_PALETTE_COLOURS; i++)
    self->colours[i].weight *= left;
  self->total *= left;
}

static guint
find_place (const CsPalette *self,
            CsTint           colour,
            gboolean        *is_new)
{
  float nearest = SAME_COLOUR * SAME_COLOUR;
  guint place = CS_PALETTE_COLOURS;
  guint weakest = 0;

  for (guint i = 0; i < CS_PALETTE_COLOURS; i++)
    {
      float distance = cs_tint_distance_squared (self->colours[i].mean, colour);

      if (self->colours[i].weight < self->colours[weakest].weight)
        weakest = i;
      if (self->colours[i].weight > 0 && distance < nearest)
        {
          nearest = distance;
          place = i;
        }
    }
  *is_new = place == CS_PALETTE_COLOURS;

  return *is_new ? weakest : place;
}

void
cs_palette_add (CsPalette *self,
                CsTint     colour,
                float      grain,
                float      weight)
{
  gboolean is_new;
  guint    place = find_place (self, colour, &is_new);
  float    share;

  if (is_new)
    {
      self->total -= self->colours[place].weight;
      self->colours[place].mean = colour;
      self->colours[place].spread = 0;
      self->colours[place].weight = 0;
    }
  self->colours[place].weight += weight;
  self->total += weight;

  share = weight / self->colours[place].weight;
  self->colours[place].spread += share * (cs_tint_distance_squared (self->colours[place].mean, colour) -
                                          self->colours[place].spread);
  self->colours[place].mean.y += share * (colour.y - self->colours[place].mean.y);
  self->colours[place].mean.u += share * (colour.u - self->colours[place].mean.u);
  self->colours[place].mean.v += share * (colour.v - self->colours[place].mean.v);
  self->grain += weight / self->total * (grain - self->grain);
}

float
cs_palette_strangeness (const CsPalette *self,
                        CsTint           colour)
{
  float least = 1;

  for (guint i = 0; i < CS_PALETTE_COLOURS; i++)
    {
      float rough;
      float distance;

      if (self->colours[i].weight < LEAST_SHARE * self->total || self->colours[i].weight <= 0)
        continue;

      rough = 2 * sqrtf (self->colours[i].spread);
      distance = sqrtf (cs_tint_distance_squared (self->colours[i].mean, colour));
      least = fminf (least, fmaxf (distance - rough - ALIKE, 0) / (STRANGE - ALIKE));
    }

  return least;
}
