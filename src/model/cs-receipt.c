/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-json.h"
#include "cs-receipt.h"

static void
cs_receipt_clear (CsReceipt *self)
{
  g_free (self->picture);
}

CS_DEFINE_RECORD (CsReceipt, cs_receipt)

static CsChange
read_change (JsonObject *object,
             const char *name)
{
  JsonObject *change = cs_json_object (object, name);

  return (CsChange){ cs_json_double (change, "mean", 0), cs_json_double (change, "p99", 0), cs_json_double (change, "worst", 0) };
}

CsReceipt *
cs_receipt_from_json (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  JsonObject *geometry = cs_json_object (object, "geometry");
  JsonObject *light = cs_json_object (object, "light");
  CsReceipt  *self;

  if (object == NULL || geometry == NULL)
    return NULL;

  self = cs_receipt_new ();
  self->picture = g_strdup (cs_json_string (object, "picture", NULL));
  self->known = cs_json_bool (object, "known", FALSE);
  self->within = cs_json_bool (object, "within", FALSE);
  self->share = cs_json_double (object, "share", 0);
  self->changed = cs_json_double (object, "changed", 0);
  self->outside = cs_json_double (object, "outside", 0);
  self->polish = cs_json_double (object, "polish", 0);
  self->turn = cs_json_double (geometry, "turn", 0);
  self->x = cs_json_double (geometry, "x", 0);
  self->y = cs_json_double (geometry, "y", 0);
  self->width = cs_json_double (geometry, "width", 1);
  self->height = cs_json_double (geometry, "height", 1);
  self->out_width = cs_json_int (geometry, "out_width", 0);
  self->out_height = cs_json_int (geometry, "out_height", 0);
  self->stops = cs_json_double (light, "stops", 0);
  self->product = read_change (object, "product");
  self->beyond = read_change (object, "beyond");
  self->encoding = read_change (object, "encoding");
  self->limit = read_change (object, "limit");

  return self;
}

gboolean
cs_receipt_allows (const char *json,
                   const char *picture)
{
  g_autoptr (CsReceipt) self = cs_receipt_from_json (json);

  return self != NULL && self->within && picture != NULL && g_strcmp0 (self->picture, picture) == 0;
}

char *
cs_receipt_to_sentence (CsReceipt *self)
{
  if (!self->within)
    return g_strdup (_("Product changed: cannot be accepted"));
  if (self->changed <= 0)
    return g_strdup (_("Product unchanged"));

  return g_strdup_printf (_("Product: light only, ΔE %.1f on average"), self->product.mean);
}
