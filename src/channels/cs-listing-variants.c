/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-json.h"
#include "cs-listing-variants.h"

static void
cs_listing_variant_clear (CsListingVariant *self)
{
  g_free (self->sku);
  g_strfreev (self->names);
  g_strfreev (self->values);
}

CS_DEFINE_RECORD (CsListingVariant, cs_listing_variant)

const char *
cs_listing_variant_get_value (CsListingVariant  *self,
                      const char *name)
{
  for (guint i = 0; self->names[i] != NULL; i++)
    {
      if (g_str_equal (self->names[i], name))
        return self->values[i];
    }

  return NULL;
}

static gboolean
read_options (CsListingVariant  *variant,
              JsonObject *options)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GList) members = options != NULL ? json_object_get_members (options) : NULL;
  gboolean is_whole = TRUE;

  members = g_list_sort (g_steal_pointer (&members), (GCompareFunc) g_strcmp0);
  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *value = cs_json_string (options, l->data, NULL);

      is_whole = is_whole && value != NULL && value[0] != '\0';
      g_strv_builder_add (names, l->data);
      g_strv_builder_add (values, value != NULL ? value : "");
    }

  variant->names = g_strv_builder_end (names);
  variant->values = g_strv_builder_end (values);

  return is_whole;
}

static CsListingVariant *
read_variant (CsListing  *listing,
              JsonObject *object,
              guint       n,
              GError    **error)
{
  g_autoptr (CsListingVariant) variant = cs_listing_variant_new ();
  const char *sku = cs_json_string (object, "sku", "");
  const char *price = cs_json_string (object, "price", "");

  variant->sku = sku[0] != '\0' ? g_strdup (sku)
                                : g_strdup_printf ("%s-%u", listing->sku != NULL ? listing->sku : listing->key, n + 1);
  variant->stock = cs_json_int (object, "stock", -1);
  variant->picture = CLAMP (cs_json_int (object, "picture", -1), -1, G_MAXINT);
  variant->price = listing->price;
  if (!read_options (variant, cs_json_object (object, "options")))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("Variant %u says nothing for one of its options. Give it a value, then approve the product again."), n + 1);
      return NULL;
    }

  if (price[0] != '\0' && !cs_money_parse (price, listing->price.currency, &variant->price, NULL))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("The price of variant %u cannot be read: “%s”."), n + 1, price);
      return NULL;
    }

  return g_steal_pointer (&variant);
}

/* In no option may two variants be named otherwise, and no two may be the same */
static gboolean
check_options (GPtrArray *variants,
               GError   **error)
{
  CsListingVariant *first = variants->len > 0 ? variants->pdata[0] : NULL;

  for (guint i = 0; i < variants->len; i++)
    {
      CsListingVariant *variant = variants->pdata[i];

      if (!g_strv_equal ((const char *const *) variant->names, (const char *const *) first->names))
        {
          g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("Variant %u has other options than variant 1. All of them need the same."), i + 1);
          return FALSE;
        }

      for (guint k = 0; k < i; k++)
        {
          CsListingVariant *earlier = variants->pdata[k];

          if (!g_strv_equal ((const char *const *) variant->values, (const char *const *) earlier->values) &&
              !g_str_equal (variant->sku, earlier->sku))
            continue;

          g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("Variants %u and %u have the same options or the same SKU."), k + 1, i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

GPtrArray *
cs_listing_variants_read (CsListing *listing,
                  GError   **error)
{
  g_autoptr (GPtrArray) variants = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_listing_variant_unref);
  g_autoptr (JsonNode) tree = listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;
  JsonArray *array = tree != NULL && JSON_NODE_HOLDS_ARRAY (tree) ? json_node_get_array (tree) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      CsListingVariant *variant = read_variant (listing, cs_json_array_object (array, i), i, error);

      if (variant == NULL)
        return NULL;
      g_ptr_array_add (variants, variant);
    }

  return check_options (variants, error) ? g_steal_pointer (&variants) : NULL;
}

GPtrArray *
cs_listing_variants_read_all (CsListing *listing,
                      GError   **error)
{
  GPtrArray *variants = cs_listing_variants_read (listing, error);
  CsListingVariant *variant;

  if (variants == NULL || variants->len > 0)
    return variants;

  variant = cs_listing_variant_new ();
  variant->sku = g_strdup (listing->sku != NULL && listing->sku[0] != '\0' ? listing->sku : listing->key);
  variant->names = g_new0 (char *, 1);
  variant->values = g_new0 (char *, 1);
  variant->price = listing->price;
  variant->stock = listing->stock;
  variant->picture = -1;
  g_ptr_array_add (variants, variant);

  return variants;
}

gboolean
cs_listing_variants_has_any (CsListing *listing)
{
  g_autoptr (JsonNode) tree = listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;

  return tree != NULL && JSON_NODE_HOLDS_ARRAY (tree) && json_array_get_length (json_node_get_array (tree)) > 0;
}

GPtrArray *
cs_listing_variants_get_values (GPtrArray  *variants,
                        const char *name)
{
  GPtrArray *values = g_ptr_array_new ();

  for (guint i = 0; i < variants->len; i++)
    {
      const char *value = cs_listing_variant_get_value (variants->pdata[i], name);

      if (value != NULL && !g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
        g_ptr_array_add (values, (gpointer) value);
    }

  return values;
}
