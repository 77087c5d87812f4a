/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdio.h>

#include "cs-edit-profile.h"
#include "cs-json.h"

#define USUAL_SIDE 1024
#define LEAST_SIDE 256
#define MOST_SIDE  4096

static char **
dup_strings (JsonObject *object,
             const char *name)
{
  JsonArray *array = object != NULL ? cs_json_array (object, name) : NULL;
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), 32); i++)
    {
      const char *text = cs_json_array_string (array, i);

      if (text != NULL && *text != '\0')
        g_strv_builder_add (strings, text);
    }

  return g_strv_builder_end (strings);
}

CsEditProfile *
cs_edit_profile_new (const char *json)
{
  CsEditProfile *self = g_new0 (CsEditProfile, 1);
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  g_autoptr (JsonObject) nothing = json_object_new ();
  JsonObject *object = cs_json_node_object (node);

  if (object == NULL)
    object = nothing;

  self->dialect = g_strdup (cs_json_string (object, "dialect", "openai-json"));
  self->sizes = dup_strings (object, "sizes");
  self->area = CLAMP (cs_json_int (object, "area", USUAL_SIDE * USUAL_SIDE), LEAST_SIDE * LEAST_SIDE, MOST_SIDE * MOST_SIDE);
  self->from = CLAMP (cs_json_int (object, "from", 512), LEAST_SIDE, MOST_SIDE);
  self->to = CLAMP (cs_json_int (object, "to", 2048), self->from, MOST_SIDE);
  self->step = CLAMP (cs_json_int (object, "step", 16), 1, 128);
  self->mask = cs_json_bool (object, "mask", FALSE);
  self->quality = g_strdup (cs_json_string (object, "quality", NULL));
  self->language = g_strdup (cs_json_string (object, "language", "en"));
  self->hosts = dup_strings (object, "hosts");
  self->seconds = CLAMP (cs_json_int (object, "seconds", 180), 5, 900);
  self->poll = CLAMP (cs_json_int (object, "poll", 3000), 20, 60000);

  return self;
}

void
cs_edit_profile_free (CsEditProfile *self)
{
  g_free (self->dialect);
  g_strfreev (self->sizes);
  g_free (self->quality);
  g_free (self->language);
  g_strfreev (self->hosts);
  g_free (self);
}

static int
round_side (const CsEditProfile *self,
            double               side)
{
  return CLAMP ((int) (side / self->step + 0.5) * self->step, self->from, self->to);
}

static gboolean
choose_listed (const CsEditProfile *self,
               double               aspect,
               int                 *width,
               int                 *height)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; self->sizes[i] != NULL; i++)
    {
      int    w, h;
      double off;

      if (sscanf (self->sizes[i], "%4dx%4d", &w, &h) != 2 || w < LEAST_SIDE || h < LEAST_SIDE || w > MOST_SIDE || h > MOST_SIDE)
        continue;

      off = fabs (log ((double) w / h / aspect));
      if (off >= best)
        continue;
      best = off;
      *width = w;
      *height = h;
    }

  return best < G_MAXDOUBLE;
}

void
cs_edit_profile_choose_size (const CsEditProfile *self,
                             double               aspect,
                             int                 *width,
                             int                 *height)
{
  aspect = isfinite (aspect) ? CLAMP (aspect, 0.4, 2.5) : 1;
  if (choose_listed (self, aspect, width, height))
    return;

  *width = round_side (self, sqrt (self->area * aspect));
  *height = round_side (self, sqrt (self->area / aspect));
}
