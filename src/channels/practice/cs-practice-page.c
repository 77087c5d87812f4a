/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-hash.h"
#include "cs-json.h"
#include "cs-money.h"
#include "cs-practice-page.h"

/* Texts come from products, so they go through here and nowhere else */
static void
add_text (GString    *page,
          const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (page, escaped);
}

static void
add_element (GString    *page,
             const char *tag,
             const char *text)
{
  const char *name_end = strchr (tag, ' ');
  int         name_length = name_end != NULL ? name_end - tag : (int) strlen (tag);

  if (text == NULL || text[0] == '\0')
    return;

  g_string_append_printf (page, "<%s>", tag);
  add_text (page, text);
  g_string_append_printf (page, "</%.*s>\n", name_length, tag);
}

/* en_GB.UTF-8 → en-GB */
static char *
dup_language (void)
{
  const char *name = g_get_language_names ()[0];
  gsize       length = strcspn (name, ".@");
  char       *language = g_strndup (name, length);

  if (g_str_equal (language, "C") || g_str_equal (language, "POSIX"))
    g_set_str (&language, "en");

  return g_strdelimit (language, "_", '-');
}

static GString *
begin_page (const char *title)
{
  GString         *page = g_string_new ("<!DOCTYPE html>\n<html lang=\"");
  g_autofree char *language = dup_language ();

  add_text (page, language);
  g_string_append (page, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n"
                         "<meta name=\"robots\" content=\"noindex\">\n");
  add_element (page, "title", title);
  g_string_append (page, "<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n");
  add_element (page, "p class=\"notice\" role=\"note\"", _("Practice shop — only on this computer"));
  g_string_append (page, "<header><a class=\"home\" href=\"/\">");
  add_text (page, _("Practice shop"));
  g_string_append (page, "</a></header>\n<main>\n");

  return page;
}

static char *
end_page (GString *page)
{
  g_string_append (page, "</main>\n<footer>");
  add_text (page, _("Nothing here is for sale, and nobody else can see it. It shows what customers would see."));
  g_string_append (page, "</footer>\n</body>\n</html>\n");

  return g_string_free_and_steal (page);
}

static char *
dup_price (JsonObject *product)
{
  JsonObject *price = cs_json_object (product, "price");
  const char *amount = cs_json_string (price, "amount", NULL);
  CsMoney     money;

  if (amount == NULL || !cs_money_parse (amount, cs_json_string (price, "currency", ""), &money, NULL))
    return NULL;

  return cs_money_to_display (&money);
}

static void
add_picture (GString    *page,
             JsonObject *picture,
             gboolean    at_once)
{
  const char *id = cs_json_string (picture, "id", NULL);

  if (!cs_hash_is_valid (id))
    return;

  g_string_append_printf (page, "<img src=\"/picture/%s\" loading=\"%s\" alt=\"", id, at_once ? "eager" : "lazy");
  add_text (page, cs_json_string (picture, "alt", ""));
  g_string_append (page, "\">\n");
}

static void
add_card (GString    *page,
          JsonObject *product,
          gboolean    at_once)
{
  JsonObject      *picture = cs_json_array_object (cs_json_array (product, "pictures"), 0);
  g_autofree char *price = dup_price (product);

  g_string_append (page, "<li><a class=\"card\" href=\"/p/");
  add_text (page, cs_json_string (product, "id", ""));
  g_string_append (page, "\">\n<div class=\"frame\">");
  if (picture != NULL)
    add_picture (page, picture, at_once);
  g_string_append (page, "</div>\n");
  add_element (page, "h2", cs_json_string (product, "title", NULL));
  add_element (page, "p class=\"price\"", price);
  g_string_append (page, "</a></li>\n");
}

/**
 * cs_practice_page_front:
 * @next: where the next page begins, or 0
 */
char *
cs_practice_page_front (JsonArray *products,
                        guint      n_live,
                        gint64     next)
{
  GString *page = begin_page (_("Practice shop"));
  g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u product", "%u products", n_live), n_live);

  if (n_live == 0)
    {
      g_string_append (page, "<div class=\"empty\">\n");
      add_element (page, "h1", _("The shelves are still empty"));
      add_element (page, "p", _("Approve products in Countersign, and they appear here as your customers would see them."));
      g_string_append (page, "</div>\n");
      return end_page (page);
    }

  g_string_append (page, "<div class=\"top\">");
  add_element (page, "h1", _("All products"));
  add_element (page, "p class=\"count\"", count);
  g_string_append (page, "</div>\n<ul class=\"grid\">\n");
  for (guint i = 0; i < json_array_get_length (products); i++)
    add_card (page, cs_json_array_object (products, i), i < 8);
  g_string_append (page, "</ul>\n");

  if (next > 0)
    {
      g_string_append_printf (page, "<p class=\"more\"><a href=\"/?before=%" G_GINT64_FORMAT "\">", next);
      add_text (page, _("More products"));
      g_string_append (page, "</a></p>\n");
    }

  return end_page (page);
}

static void
add_fact (GString    *page,
          const char *name,
          const char *value)
{
  if (value == NULL || value[0] == '\0')
    return;

  g_string_append (page, "<div>");
  add_element (page, "dt", name);
  add_element (page, "dd", value);
  g_string_append (page, "</div>\n");
}

static void
add_facts (GString    *page,
           JsonObject *product)
{
  JsonObject    *attributes = cs_json_object (product, "attributes");
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  g_string_append (page, "<dl>\n");
  add_fact (page, _("Brand"), cs_json_string (product, "brand", NULL));
  add_fact (page, _("Material"), cs_json_string (product, "material", NULL));
  add_fact (page, _("Size"), cs_json_string (product, "size", NULL));
  add_fact (page, _("Category"), cs_json_string (product, "category", NULL));
  if (attributes != NULL)
    {
      json_object_iter_init_ordered (&iter, attributes);
      while (json_object_iter_next_ordered (&iter, &name, &value))
        add_fact (page, name, cs_json_string (attributes, name, NULL));
    }
  add_fact (page, _("SKU"), cs_json_string (product, "sku", NULL));
  g_string_append (page, "</dl>\n");
}

static void
add_variant (GString    *page,
             JsonObject *variant)
{
  JsonObject    *options = cs_json_object (variant, "options");
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;
  const char    *separator = "";

  if (options == NULL)
    return;

  g_string_append (page, "<li>");
  json_object_iter_init_ordered (&iter, options);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_string_append (page, separator);
      add_text (page, cs_json_string (options, name, ""));
      separator = " · ";
    }
  add_element (page, "span class=\"price\"", cs_json_string (variant, "price", NULL));
  g_string_append (page, "</li>\n");
}

static void
add_lists (GString    *page,
           JsonObject *product)
{
  JsonArray *variants = cs_json_array (product, "variants");
  JsonArray *bullets = cs_json_array (product, "bullets");

  if (variants != NULL && json_array_get_length (variants) > 0)
    {
      g_string_append (page, "<ul class=\"variants\">\n");
      for (guint i = 0; i < json_array_get_length (variants); i++)
        add_variant (page, cs_json_array_object (variants, i));
      g_string_append (page, "</ul>\n");
    }

  if (bullets != NULL && json_array_get_length (bullets) > 0)
    {
      g_string_append (page, "<ul class=\"bullets\">\n");
      for (guint i = 0; i < json_array_get_length (bullets); i++)
        add_element (page, "li", cs_json_array_string (bullets, i));
      g_string_append (page, "</ul>\n");
    }
}

static void
add_stock (GString    *page,
           JsonObject *product)
{
  gint64           stock = cs_json_int (product, "stock", -1);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (stock < 0)
    return;

  number = g_strdup_printf ("%" G_GINT64_FORMAT, stock);
  text = g_strdup_printf (_("In stock: %s"), number);
  add_element (page, stock > 0 ? "p class=\"stock\"" : "p class=\"stock out\"", stock > 0 ? text : _("Sold out"));
}

char *
cs_practice_page_product (JsonObject *product)
{
  JsonArray       *pictures = cs_json_array (product, "pictures");
  JsonObject      *labels = cs_json_object (product, "labels");
  g_autofree char *price = dup_price (product);
  GString         *page = begin_page (cs_json_string (product, "title", ""));

  g_string_append (page, "<article>\n<div class=\"gallery\">\n");
  for (guint i = 0; pictures != NULL && i < json_array_get_length (pictures); i++)
    add_picture (page, cs_json_array_object (pictures, i), i == 0);
  g_string_append (page, "</div>\n<div class=\"about\">\n");
  add_element (page, "h1", cs_json_string (product, "title", NULL));
  add_element (page, "p class=\"price\"", price);
  add_stock (page, product);
  add_lists (page, product);
  add_element (page, "div class=\"description\"", cs_json_string (product, "description", NULL));
  add_facts (page, product);
  if (labels != NULL && json_object_get_size (labels) > 0)
    add_element (page, "p class=\"label\"", _("Some of the pictures or texts here were made with AI."));
  g_string_append (page, "</div>\n</article>\n");

  return end_page (page);
}

char *
cs_practice_page_missing (void)
{
  GString *page = begin_page (_("Not here"));

  g_string_append (page, "<div class=\"empty\">\n");
  add_element (page, "h1", _("There is nothing at this address"));
  g_string_append (page, "<p class=\"more\"><a href=\"/\">");
  add_text (page, _("All products"));
  g_string_append (page, "</a></p>\n</div>\n");

  return end_page (page);
}
