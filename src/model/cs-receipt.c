/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-json.h"
#include "cs-receipt.h"

/* ΔE beyond the light that is more than what cannot be told from encoding */
#define CLEANED 0.1

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

static void
read_gains (JsonArray *array,
            double     gains[3])
{
  for (guint c = 0; c < 3; c++)
    {
      JsonNode *node = array != NULL && c < json_array_get_length (array) ? json_array_get_element (array, c) : NULL;

      gains[c] = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : 1;
    }
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
  read_gains (cs_json_array (light, "gains"), self->gains);
  self->lift = cs_json_double (light, "lift", 1);
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

/* Where nothing tells what the product is, it is the whole photo that is spoken of */
static char *
changed_to_sentence (CsReceipt *self)
{
  double far = MAX (self->beyond.mean, self->beyond.worst);

  /* It is something else altogether: of another size, or with no product in it */
  if (far <= 0)
    return g_strdup (self->known ? _("Product changed: this is not the photo’s") : _("Photo changed: this is another one"));

  return self->known ? g_strdup_printf (_("Product changed: ΔE %.1f where it is most"), far)
                     : g_strdup_printf (_("Photo changed: ΔE %.1f where it is most"), far);
}

char *
cs_receipt_to_sentence (CsReceipt *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->within)
    return changed_to_sentence (self);

  if (self->changed <= 0)
    return g_strdup (self->known ? _("Product unchanged") : _("Photo unchanged"));

  /* More than encoding can be: it was cleaned */
  if (self->beyond.mean > CLEANED)
    return self->known ? g_strdup_printf (_("Product: light, noise and sharpness, ΔE %.1f on average"), self->product.mean)
                       : g_strdup_printf (_("Photo: light, noise and sharpness, ΔE %.1f on average"), self->product.mean);

  return self->known ? g_strdup_printf (_("Product: light only, ΔE %.1f on average"), self->product.mean)
                     : g_strdup_printf (_("Photo: light only, ΔE %.1f on average"), self->product.mean);
}
