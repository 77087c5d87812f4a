/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-text.h"
#include "cs-woocommerce-private.h"

/* What is sent of a listing, from what was signed and from what finished steps
 * yielded: ids of pictures, tags and the category, and what the shop alone knows.
 *
 * Names and texts are HTML to WordPress (wp_filter_post_kses()), so that what
 * looks like markup is escaped. Prices are strings; a number is refused.
 */

/* What a brand, a material and a size are called on the product's page: the
 * seller's own words in the account's profile, else those of the title's script
 */
static const struct
{
  const char *term;
  const char *latin;
  const char *han;
  gsize       offset;
} facts[] = {
  { "brand_label", "Brand", "品牌", offsetof (CsListing, brand) },
  { "material_label", "Material", "材质", offsetof (CsListing, material) },
  { "size_label", "Size", "尺寸", offsetof (CsListing, size) },
};

/* The form's name for one of the shop's own attributes is "attribute-ID" */
static const char attribute_prefix[] = "attribute-";

static JsonNode *
parse_tree (const char *json)
{
  return json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
}

char *
cs_woocommerce_dup_category_name (CsListing *listing)
{
  const char *name = listing->category != NULL ? listing->category : "";
  const char *last = strrchr (name, '>');

  return g_strstrip (g_strdup (last != NULL ? last + 1 : name));
}

JsonNode *
cs_woocommerce_write_names (char **names)
{
  JsonNode   *node;
  JsonObject *object = cs_channel_json_make_root (&node);
  JsonArray  *array = json_array_new ();

  json_object_set_array_member (object, "create", array);
  for (guint i = 0; names[i] != NULL && i < CS_WOOCOMMERCE_MOST; i++)
    {
      JsonObject      *one = json_object_new ();
      g_autofree char *name = cs_channel_html_escape (names[i]);

      json_object_set_string_member (one, "name", name);
      json_array_add_object_element (array, one);
    }

  return node;
}

static gboolean
is_same_name (const char *a,
              const char *b)
{
  g_autofree char *plain = cs_channel_html_to_text (a);
  g_autofree char *other = cs_channel_html_to_text (b);
  g_autofree char *one = g_utf8_casefold (plain, -1);
  g_autofree char *two = g_utf8_casefold (other, -1);

  return g_str_equal (one, two);
}

/* In the attributes, by id or by name; or NULL */
static JsonObject *
find_attribute (JsonArray  *attributes,
                gint64      id,
                const char *name)
{
  for (guint i = 0; attributes != NULL && i < json_array_get_length (attributes); i++)
    {
      JsonObject *there = cs_json_array_object (attributes, i);

      if (id > 0 ? cs_json_int (there, "id", 0) == id : is_same_name (cs_json_string (there, "name", ""), name))
        return there;
    }

  return NULL;
}

static gint64
read_attribute_id (const char *name)
{
  const char *digits = g_str_has_prefix (name, attribute_prefix) ? name + strlen (attribute_prefix) : "";

  return digits[0] != '\0' && strspn (digits, "0123456789") == strlen (digits) ? g_ascii_strtoll (digits, NULL, 10) : 0;
}

/* Of the shop's own attribute with that name, or 0 */
gint64
cs_woocommerce_get_attribute_id (CsJournal  *journal,
                                 const char *name)
{
  JsonArray *shown = cs_json_array (cs_journal_get_detail (journal, "shown"), "attributes");
  gint64     id = read_attribute_id (name);

  return id > 0 ? id : cs_json_int (find_attribute (shown, 0, name), "id", 0);
}

/* Returns the attribute's options, to be filled */
static JsonArray *
add_attribute (JsonArray  *attributes,
               const char *name,
               gboolean    varies)
{
  gint64      id = read_attribute_id (name);
  JsonObject *there = find_attribute (attributes, id, name);
  JsonArray  *options;

  if (there != NULL)
    return cs_json_array (there, "options");

  there = json_object_new ();
  if (id > 0)
    json_object_set_int_member (there, "id", id);
  else
    json_object_set_string_member (there, "name", name);
  json_object_set_boolean_member (there, "visible", TRUE);
  json_object_set_boolean_member (there, "variation", varies);
  options = json_array_new ();
  json_object_set_array_member (there, "options", options);
  json_array_add_object_element (attributes, there);

  return options;
}

static void
add_option (JsonArray  *options,
            const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;

  for (guint i = 0; i < json_array_get_length (options); i++)
    {
      if (g_strcmp0 (cs_json_array_string (options, i), text) == 0)
        return;
    }

  json_array_add_string_element (options, text);
}

/* A string, a number, a yes or a no, or a list of those */
static void
add_value (JsonArray *options,
           JsonNode  *value)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonArray *list = json_node_get_array (value);

      for (guint i = 0; i < json_array_get_length (list); i++)
        add_option (options, cs_json_array_string (list, i));
      return;
    }

  if (!JSON_NODE_HOLDS_VALUE (value))
    return;

  if (json_node_get_value_type (value) == G_TYPE_STRING)
    text = g_strdup (json_node_get_string (value));
  else
    text = cs_json_canonical (value);

  add_option (options, text);
}

static void
add_variant_attributes (JsonArray *attributes,
                        CsListing *listing)
{
  g_autoptr (JsonNode) tree = parse_tree (listing->variants);
  JsonArray *variants = tree != NULL && JSON_NODE_HOLDS_ARRAY (tree) ? json_node_get_array (tree) : NULL;

  for (guint i = 0; variants != NULL && i < json_array_get_length (variants); i++)
    {
      JsonObject    *options = cs_json_object (cs_json_array_object (variants, i), "options");
      JsonObjectIter iter;
      const char    *name;
      JsonNode      *value;

      if (options == NULL)
        continue;

      json_object_iter_init_ordered (&iter, options);
      while (json_object_iter_next_ordered (&iter, &name, &value))
        add_value (add_attribute (attributes, name, TRUE), value);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_own_attributes (JsonArray *attributes,
                    CsListing *listing)
{
  g_autoptr (JsonNode) tree = parse_tree (listing->attributes);
  g_autoptr (JsonNode) terms = parse_tree (listing->terms);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObject    *object = cs_json_node_object (tree);
  gboolean       is_han = listing->title != NULL && cs_text_script (listing->title) == CS_SCRIPT_HAN;
  JsonObjectIter iter;
  const char    *name;

  if (object != NULL)
    {
      json_object_iter_init_ordered (&iter, object);
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  g_ptr_array_sort (names, compare_names);

  /* What makes variants differ is said by them */
  for (guint i = 0; i < names->len; i++)
    {
      if (find_attribute (attributes, 0, names->pdata[i]) == NULL)
        add_value (add_attribute (attributes, names->pdata[i], FALSE), json_object_get_member (object, names->pdata[i]));
    }

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      const char *value = G_STRUCT_MEMBER (char *, listing, facts[i].offset);
      const char *label = cs_json_string (cs_json_node_object (terms), facts[i].term, NULL);

      if (label == NULL || label[0] == '\0')
        label = is_han ? facts[i].han : facts[i].latin;
      if (value != NULL && value[0] != '\0' && find_attribute (attributes, 0, label) == NULL)
        add_option (add_attribute (attributes, label, FALSE), value);
    }
}

JsonArray *
cs_woocommerce_write_attributes (CsListing *listing)
{
  JsonArray *attributes = json_array_new ();

  add_variant_attributes (attributes, listing);
  add_own_attributes (attributes, listing);

  return attributes;
}

/* What the shop has beside ours stays; ours of the same name take its place, as
 * the shop's own attribute where it is one, so that its filters go on working
 */
static JsonArray *
merge_attributes (JsonArray *ours,
                  JsonArray *theirs)
{
  for (guint i = 0; theirs != NULL && i < json_array_get_length (theirs); i++)
    {
      JsonObject *there = cs_json_array_object (theirs, i);
      JsonObject *same = there != NULL ? find_attribute (ours, 0, cs_json_string (there, "name", "")) : NULL;
      gint64      id = cs_json_int (there, "id", 0);

      if (there == NULL || (id > 0 && find_attribute (ours, id, "") != NULL))
        continue;

      if (same == NULL)
        json_array_add_object_element (ours, json_object_ref (there));
      else if (id > 0)
        {
          json_object_set_int_member (same, "id", id);
          json_object_remove_member (same, "name");
        }
    }

  for (guint i = 0; i < json_array_get_length (ours); i++)
    {
      JsonObject *one = cs_json_array_object (ours, i);

      /* What was read is not written to: it keeps the place that it has */
      if (!json_object_is_immutable (one))
        json_object_set_int_member (one, "position", i);
    }

  return ours;
}

static void
set_html (JsonObject *object,
          const char *member,
          char       *html)
{
  json_object_set_string_member (object, member, html);
  g_free (html);
}

static void
set_ids (JsonObject *object,
         const char *member,
         JsonArray  *ids)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      const char *text = cs_json_array_string (ids, i);
      JsonObject *one = json_object_new ();

      json_object_set_int_member (one, "id", text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0);
      json_array_add_object_element (array, one);
    }

  json_object_set_array_member (object, member, array);
}

static gboolean
holds_text (JsonArray  *array,
            const char *text)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if (g_strcmp0 (cs_json_array_string (array, i), text) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A product may be in several categories of the shop; where ours is one of them, all stay */
static void
set_category (JsonObject *object,
              CsListing  *listing,
              CsJournal  *journal)
{
  JsonObject *found = cs_journal_get_detail (journal, "category");
  const char *id = listing->category_id;
  g_autoptr (JsonArray) ids = json_array_new ();

  if (id == NULL || id[0] == '\0')
    id = cs_json_string (found, "id", NULL);
  if (id == NULL)
    id = cs_json_array_string (cs_json_array (cs_journal_get_detail (journal, "category.new"), "ids"), 0);

  if (id == NULL || holds_text (cs_json_array (cs_journal_get_detail (journal, "shown"), "categories"), id))
    return;

  json_array_add_string_element (ids, id);
  set_ids (object, "categories", ids);
}

/* Pictures are looked for again each time that nobody saw whether one arrived */
char *
cs_woocommerce_dup_pictures_step (CsJournal *journal)
{
  guint n = cs_journal_count_unknown (journal, "picture.");

  return n > 0 ? g_strdup_printf ("pictures.%u", n) : g_strdup ("pictures");
}

/* What an uploaded picture is called there, so that it is known again: by the
 * product, because a description belongs to the upload and not to the product that
 * shows it, and by how many of the same come before it
 */
char *
cs_woocommerce_dup_slug (CsListing *listing,
                         guint      index)
{
  CsListingPicture *picture = listing->pictures->pdata[index];
  g_autofree char  *text = NULL;
  g_autofree char  *hash = NULL;
  guint n_before = 0;

  for (guint i = 0; i < index; i++)
    n_before += g_str_equal (((CsListingPicture *) listing->pictures->pdata[i])->hash, picture->hash);

  text = g_strdup_printf ("%s/%s/%u", listing->key, picture->hash, n_before);
  hash = cs_hash_data (text, strlen (text));

  return g_strdup_printf ("countersign-%.40s", hash);
}

/* The shop's id of a picture that was uploaded with this approval or an earlier one; or NULL */
const char *
cs_woocommerce_get_picture (CsListing *listing,
                            CsJournal *journal,
                            guint      index)
{
  g_autofree char *look = cs_woocommerce_dup_pictures_step (journal);
  g_autofree char *slug = cs_woocommerce_dup_slug (listing, index);
  g_autofree char *step = g_strdup_printf ("picture.%u", index);
  const char      *id = cs_json_string (cs_journal_get_detail (journal, step), "picture", NULL);

  return id != NULL ? id : cs_json_string (cs_json_object (cs_journal_get_detail (journal, look), "known"), slug, NULL);
}

static void
set_pictures (JsonObject *object,
              CsListing  *listing,
              CsJournal  *journal)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      CsListingPicture *picture = listing->pictures->pdata[i];
      const char       *id = cs_woocommerce_get_picture (listing, journal, i);
      JsonObject       *one = json_object_new ();

      json_object_set_int_member (one, "id", id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0);
      cs_channel_json_set_string (one, "alt", picture->alt_text);
      json_array_add_object_element (array, one);
    }

  json_object_set_array_member (object, "images", array);
}

static void
add_meta (JsonArray  *array,
          const char *key,
          const char *value)
{
  JsonObject *one = json_object_new ();

  json_object_set_string_member (one, "key", key);
  json_object_set_string_member (one, "value", value);
  json_array_add_object_element (array, one);
}

static void
set_meta (JsonObject *object,
          CsListing  *listing)
{
  JsonArray *array = json_array_new ();

  add_meta (array, CS_WOOCOMMERCE_KEY, listing->key);
  if (listing->labels != NULL)
    add_meta (array, CS_WOOCOMMERCE_LABELS, listing->labels);
  json_object_set_array_member (object, "meta_data", array);
}

/* Tax and shipping, where the seller chose them for the account */
static void
set_terms (JsonObject *object,
           CsListing  *listing)
{
  static const char *const names[] = { "tax_status", "tax_class", "shipping_class" };
  g_autoptr (JsonNode) terms = parse_tree (listing->terms);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = cs_json_string (cs_json_node_object (terms), names[i], NULL);

      if (value != NULL && value[0] != '\0')
        json_object_set_string_member (object, names[i], value);
    }
}

static void
set_stock (JsonObject *object,
           gint64      stock)
{
  if (stock < 0)
    return;

  json_object_set_boolean_member (object, "manage_stock", TRUE);
  json_object_set_int_member (object, "stock_quantity", stock);
}

JsonNode *
cs_woocommerce_write_offer (CsListing *listing)
{
  JsonNode   *node;
  JsonObject *object = cs_channel_json_make_root (&node);

  cs_channel_json_set_price (object, "regular_price", &listing->price);
  set_stock (object, listing->stock);

  return node;
}

JsonNode *
cs_woocommerce_write_product (CsListing *listing,
                              CsJournal *journal,
                              GError   **error)
{
  gboolean    creates = listing->operation == CS_OPERATION_CREATE;
  gboolean    varies = cs_woocommerce_count_variants (listing) > 0;
  JsonNode   *node;
  JsonObject *object = cs_channel_json_make_root (&node);

  if (varies || creates)
    json_object_set_string_member (object, "type", varies ? "variable" : "simple");
  if (creates)
    json_object_set_string_member (object, "status", "draft");
  if (listing->title != NULL)
    set_html (object, "name", cs_channel_html_escape (listing->title));
  set_html (object, "description", cs_channel_html_from_text (listing->description));
  set_html (object, "short_description", cs_channel_html_from_list (listing->bullets));
  cs_channel_json_set_string (object, "sku", listing->sku);
  if (!varies)
    {
      cs_channel_json_set_price (object, "regular_price", &listing->price);
      set_stock (object, listing->stock);
    }
  set_category (object, listing, journal);
  set_ids (object, "tags", cs_json_array (cs_journal_get_detail (journal, "tags"), "ids"));
  json_object_set_array_member (object, "attributes",
                                merge_attributes (cs_woocommerce_write_attributes (listing),
                                                  cs_json_array (cs_journal_get_detail (journal, "shown"), "attributes")));
  set_pictures (object, listing, journal);
  set_meta (object, listing);
  set_terms (object, listing);

  return node;
}
