/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-image-answer.h"
#include "cs-json.h"

/* Receipts between the wire and canonical JSON. The numbers are rounded, so that
 * the same picture has the same receipt; see src/model/cs-receipt.h for what
 * the members mean.
 */

static void
add_number (JsonObject *object,
            const char *name,
            double      value)
{
  json_object_set_double_member (object, name, isfinite (value) ? round (value * 1e6) / 1e6 : 0);
}

static void
add_change (JsonObject         *object,
            const char         *name,
            const CsWireChange *change)
{
  JsonObject *member = json_object_new ();

  add_number (member, "mean", change->mean);
  add_number (member, "p99", change->p99);
  add_number (member, "worst", change->worst);
  json_object_set_object_member (object, name, member);
}

static void
add_geometry (JsonObject           *object,
              const CsWireGeometry *geometry)
{
  JsonObject *member = json_object_new ();

  add_number (member, "turn", geometry->turn);
  add_number (member, "x", geometry->x);
  add_number (member, "y", geometry->y);
  add_number (member, "width", geometry->width);
  add_number (member, "height", geometry->height);
  json_object_set_int_member (member, "out_width", geometry->out_width);
  json_object_set_int_member (member, "out_height", geometry->out_height);
  json_object_set_object_member (object, "geometry", member);
}

static void
add_light (JsonObject        *object,
           const CsWireLight *light)
{
  JsonObject *member = json_object_new ();
  JsonArray  *gains = json_array_new ();

  for (int c = 0; c < 3; c++)
    json_array_add_double_element (gains, isfinite (light->gains[c]) ? round (light->gains[c] * 1e6) / 1e6 : 1);
  json_object_set_array_member (member, "gains", gains);
  add_number (member, "lift", light->lift);
  add_number (member, "stops", light->stops);
  json_object_set_object_member (object, "light", member);
}

char *
cs_image_receipt_to_json (const CsWireReceipt *receipt,
                          const CsWireRequest *request,
                          const char          *picture)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "version", 1);
  json_object_set_string_member (object, "picture", picture);
  json_object_set_boolean_member (object, "known", receipt->known != 0);
  json_object_set_boolean_member (object, "within", receipt->within != 0);
  add_number (object, "share", receipt->share);
  add_number (object, "changed", receipt->changed);
  add_number (object, "outside", receipt->outside);
  add_number (object, "polish", request->settings.polish);
  add_geometry (object, &receipt->geometry);
  add_light (object, &receipt->light);
  add_change (object, "product", &receipt->product);
  add_change (object, "beyond", &receipt->beyond);
  add_change (object, "encoding", &receipt->encoding);
  add_change (object, "limit", &receipt->limit);
  json_node_set_object (node, object);

  return cs_json_canonical (node);
}

/* Geometry and light: what a claim consists of. The rest is measured anew. */
gboolean
cs_image_receipt_from_json (CsWireReceipt *receipt,
                            const char    *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  JsonObject *geometry = object != NULL ? cs_json_object (object, "geometry") : NULL;
  JsonObject *light = object != NULL ? cs_json_object (object, "light") : NULL;
  JsonArray  *gains = light != NULL ? cs_json_array (light, "gains") : NULL;

  *receipt = (CsWireReceipt) { 0 };
  if (geometry == NULL || gains == NULL || json_array_get_length (gains) != 3)
    return FALSE;

  receipt->geometry = (CsWireGeometry) {
    cs_json_double (geometry, "turn", 0),
    cs_json_double (geometry, "x", 0),
    cs_json_double (geometry, "y", 0),
    cs_json_double (geometry, "width", 1),
    cs_json_double (geometry, "height", 1),
    cs_json_int (geometry, "out_width", 0),
    cs_json_int (geometry, "out_height", 0),
  };
  for (int c = 0; c < 3; c++)
    {
      JsonNode *gain = json_array_get_element (gains, c);

      if (!JSON_NODE_HOLDS_VALUE (gain))
        return FALSE;
      receipt->light.gains[c] = json_node_get_double (gain);
    }
  receipt->light.lift = cs_json_double (light, "lift", 1);
  receipt->light.stops = cs_json_double (light, "stops", 0);

  return TRUE;
}
