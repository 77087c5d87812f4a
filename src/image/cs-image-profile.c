/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-image-private.h"
#include "cs-json.h"

/* A network's profile: JSON from beside a model, so nothing in it is believed to be there */

static gboolean
profile_get_colours (JsonObject *object,
                     const char *member,
                     float      *colours)
{
  JsonArray *array = cs_json_array (object, member);

  if (array == NULL || json_array_get_length (array) != 3)
    return FALSE;

  for (guint c = 0; c < 3; c++)
    {
      JsonNode *node = json_array_get_element (array, c);

      if (!JSON_NODE_HOLDS_VALUE (node))
        return FALSE;
      colours[c] = json_node_get_double (node);
    }

  return TRUE;
}

void
cs_image_profile_from_json (CsWireProfile *self,
                            const char    *json)
{
  static const char *const outputs[] = {
    [CS_OUTPUT_LINEAR] = "linear",
    [CS_OUTPUT_SIGMOID] = "sigmoid",
    [CS_OUTPUT_STRETCH] = "stretch",
  };
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  gint64      side = cs_json_int (object, "side", 0);
  const char *divide = cs_json_string (object, "divide", "");
  const char *output = cs_json_string (object, "output", "");

  *self = (CsWireProfile){ 0 };

  if (side > 0 && side <= G_MAXINT16)
    {
      self->side = side;
      self->told |= CS_TOLD_SIDE;
    }
  if (profile_get_colours (object, "mean", self->mean))
    self->told |= CS_TOLD_MEAN;
  if (profile_get_colours (object, "deviation", self->deviation))
    self->told |= CS_TOLD_DEVIATION;
  if (g_str_equal (divide, "max") || g_str_equal (divide, "255"))
    {
      self->divide_by_max = g_str_equal (divide, "max");
      self->told |= CS_TOLD_DIVIDE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    if (g_str_equal (output, outputs[i]))
      {
        self->output = i;
        self->told |= CS_TOLD_OUTPUT;
      }
}
