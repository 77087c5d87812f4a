/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-json.h"
#include "cs-graphql.h"
#include "cs-json.h"
#include "cs-shopify-private.h"

/* What a step yielded */

static JsonNode *
refuse_reading (CsChannel *channel,
                GError   **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_UNKNOWN, _("%s gave an answer that cannot be read."), cs_graphql_get_shop (channel));

  return NULL;
}

static JsonNode *
parse_staged (CsChannel *channel,
              JsonNode  *json,
              GError   **error)
{
  JsonObject *target = cs_json_array_object (cs_json_array (cs_graphql_get_data (json, "stagedUploadsCreate"), "stagedTargets"), 0);
  JsonArray  *parameters = cs_json_array (target, "parameters");
  const char *url = cs_json_string (target, "url", NULL);
  const char *source = cs_json_string (target, "resourceUrl", NULL);
  JsonNode   *detail;
  JsonObject *members;

  if (url == NULL || source == NULL || parameters == NULL)
    return refuse_reading (channel, error);

  members = cs_channel_json_make_root (&detail);
  json_object_set_string_member (members, "url", url);
  json_object_set_string_member (members, "source", source);
  json_object_set_array_member (members, "parameters", json_array_ref (parameters));

  return detail;
}

/* What is there has to be known as a whole, or some of it would be deleted */
static JsonNode *
parse_shown (CsChannel  *channel,
             CsListing  *listing,
             JsonObject *product,
             GError    **error)
{
  static const char *const lists[] = { "media", "variants", "collections", "metafields" };
  gboolean    is_offer = listing->operation == CS_OPERATION_OFFER;
  JsonArray  *media = cs_shopify_get_nodes (product, "media");
  JsonNode   *detail;
  JsonObject *members;

  if (product == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT, _("This product is not in %s any more."), cs_graphql_get_shop (channel));
      return NULL;
    }

  /* Price and stock alone write no list */
  for (guint i = 0; i < (is_offer ? 2 : G_N_ELEMENTS (lists)); i++)
    {
      JsonObject *list = cs_json_object (product, lists[i]);

      if (cs_json_array (list, "nodes") == NULL)
        return refuse_reading (channel, error);

      if (cs_json_bool (cs_json_object (list, "pageInfo"), "hasNextPage", TRUE))
        {
          g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                       _("This product has more in %s than Countersign can keep while changing it (%s). Change it there."),
                       cs_graphql_get_shop (channel), lists[i]);
          return NULL;
        }
    }

  for (guint i = 0; !is_offer && i < json_array_get_length (media); i++)
    {
      const char *status = cs_json_string (cs_json_array_object (media, i), "status", "");

      if (g_str_equal (status, "PROCESSING") || g_str_equal (status, "UPLOADED"))
        {
          g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s is still working on the pictures of this product."), cs_graphql_get_shop (channel));
          return NULL;
        }
    }

  members = cs_channel_json_make_root (&detail);
  json_object_set_object_member (members, "product", json_object_ref (product));

  return detail;
}

static JsonObject *
find_product (JsonNode *reply)
{
  static const char *const names[] = { "productSet", "productUpdate", "productVariantsBulkUpdate" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *product = cs_json_object (cs_graphql_get_data (reply, names[i]), "product");

      if (product != NULL)
        return product;
    }

  return NULL;
}

/* For CsChannelClass.parse */
JsonNode *
cs_shopify_parse (CsChannel     *channel,
                  CsListing     *listing,
                  CsChannelStep *step,
                  JsonNode      *json,
                  GError       **error)
{
  g_autofree char *version = NULL;
  JsonNode        *detail;
  JsonObject      *members;
  JsonObject      *product;
  const char      *id;

  if (step->picture >= 0)
    {
      cs_channel_json_make_root (&detail);
      return detail;
    }

  if (cs_graphql_get_data (json, NULL) == NULL)
    return refuse_reading (channel, error);

  if (g_str_has_prefix (step->name, "staged."))
    return parse_staged (channel, json, error);
  if (g_str_equal (step->name, "shown"))
    return parse_shown (channel, listing, cs_graphql_get_data (json, "product"), error);

  if (g_str_equal (step->name, "definition") || g_str_equal (step->name, "stock"))
    {
      cs_channel_json_make_root (&detail);
      return detail;
    }

  product = find_product (json);
  if ((id = cs_json_string (product, "id", NULL)) == NULL)
    return refuse_reading (channel, error);

  members = cs_channel_json_make_root (&detail);
  version = cs_shopify_dup_version (product);
  json_object_set_string_member (members, "remote_id", id);
  json_object_set_string_member (members, "version", version);
  cs_channel_json_set_string (members, "url", cs_json_string (product, "onlineStoreUrl", NULL));

  return detail;
}
