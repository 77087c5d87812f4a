/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-json.h"
#include "cs-listing-words.h"
#include "cs-money.h"

/* What the adapters keep in a profile, as their forms call it; the rest is called
 * by its name
 */
static const struct
{
  const char *name;
  const char *label;
} known[] = {
  { "brand_label", N_("What the shop calls the brand") },
  { "condition", N_("Condition of your products") },
  { "delivery_delay_day", N_("Days until it is sent") },
  { "freight_id", N_("Shipping template") },
  { "least", N_("Smallest quantity of an order") },
  { "location", N_("Where stock is kept") },
  { "material_label", N_("What the shop calls the material") },
  { "mobile", N_("Telephone number for customers") },
  { "package_weight", N_("Weight of a package") },
  { "prices_include_tax", N_("Prices with tax") },
  { "publication", N_("Where it is sold") },
  { "reduce_type", N_("Stock is taken down") },
  { "shipping_class", N_("Shipping class") },
  { "should_auto_renew", N_("Renew listings by themselves when they run out (Etsy charges for each)") },
  { "size_label", N_("What the shop calls the size") },
  { "stock_location", N_("Where stock is kept") },
  { "tax_category", N_("Tax") },
  { "tax_class", N_("Tax rate") },
  { "tax_status", N_("Tax") },
  { "unit", N_("Unit that it is sold in") },
  { "warehouse_id", N_("Warehouse that it is sent from") },
  { "weight_unit", N_("Unit of weight") },
};

char *
cs_listing_words_price (const char *price,
                        const char *currency)
{
  CsMoney money;

  if (price != NULL && cs_money_parse (price, currency, &money, NULL))
    return money.currency[0] != '\0' ? cs_money_to_display (&money) : NULL;

  return price != NULL && price[0] != '\0' ? g_strdup (price) : NULL;
}

static void
add_variant (GString    *text,
             JsonObject *variant,
             const char *currency)
{
  JsonObject      *options = cs_json_object (variant, "options");
  g_autoptr (GList) members = options != NULL ? json_object_get_members (options) : NULL;
  g_autofree char *price = cs_listing_words_price (cs_json_string (variant, "price", NULL), currency);
  gint64           stock = cs_json_int (variant, "stock", -1);

  members = g_list_sort (members, (GCompareFunc) strcmp);
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", cs_json_string (variant, "sku", ""));
  for (GList *member = members; member != NULL; member = member->next)
    g_string_append_printf (text, "%s%s", member == members ? ": " : ", ", cs_json_string (options, member->data, ""));
  if (price != NULL)
    g_string_append_printf (text, " · %s", price);
  if (stock >= 0)
    g_string_append_printf (text, " · %" G_GINT64_FORMAT, stock);
}

char *
cs_listing_words_variants (const char *variants,
                           const char *currency)
{
  g_autoptr (JsonNode) node = variants != NULL ? cs_json_parse (variants, -1, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_variant (text, cs_json_array_object (array, i), currency);

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static char *
dup_label (const char *name)
{
  char *label;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_str_equal (known[i].name, name))
        return g_strdup (_(known[i].label));
    }

  label = g_strdelimit (g_strdup (name), "_", ' ');
  label[0] = g_ascii_toupper (label[0]);

  return label;
}

static void
add_value (GString  *text,
           JsonNode *value)
{
  const char *string = JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING ? json_node_get_string (value) : NULL;
  gboolean    is_yes = g_strcmp0 (string, "true") == 0;
  g_autofree char *json = NULL;

  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (value) ? _("yes") : _("no"));
  else if (is_yes || g_strcmp0 (string, "false") == 0)
    g_string_append (text, is_yes ? _("yes") : _("no"));
  else if (string != NULL)
    g_string_append (text, string);
  else
    g_string_append (text, (json = cs_json_canonical (value)));
}

static void
add_node (GString    *text,
          const char *before,
          JsonNode   *node)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_autofree char *label = dup_label (name);
          g_autofree char *path = before != NULL ? g_strconcat (before, " · ", label, NULL) : g_strdup (label);

          add_node (text, path, value);
        }
      return;
    }

  g_string_append_printf (text, "%s%s%s", text->len > 0 ? "\n" : "", before != NULL ? before : "", before != NULL ? ": " : "");
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      add_value (text, node);
      return;
    }

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      add_value (text, json_array_get_element (json_node_get_array (node), i));
    }
}

char *
cs_listing_words_members (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  /* What cannot be read is shown as it is: nothing is signed unseen */
  if (node == NULL)
    return g_strdup (json);

  add_node (text, NULL, node);

  return text->len > 0 ? g_strdup (text->str) : NULL;
}
