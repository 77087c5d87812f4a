/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "cs-error.h"
#include "cs-folder-data.h"
#include "cs-json.h"
#include "cs-sheet.h"
#include "cs-text.h"

struct _CsSheet
{
  JsonObject *data;
};

static GHashTable *
load_sheets (void)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (cs_folder_data_get_resource (),
                                                     "/app/countersign/Countersign/sheets/sheets.json", 0, NULL);
  GHashTable *sheets = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) root = NULL;
  JsonArray  *array;
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);

  root = cs_json_parse (text, length, NULL);
  array = cs_json_array (cs_json_node_object (root), "sheets");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      CsSheet *sheet = g_new0 (CsSheet, 1);

      sheet->data = json_object_ref (cs_json_array_object (array, i));
      g_hash_table_insert (sheets, (gpointer) cs_json_string (sheet->data, "id", ""), sheet);
    }

  return sheets;
}

const CsSheet *
cs_sheet_find (const char *id)
{
  static GHashTable *sheets;

  if (g_once_init_enter_pointer (&sheets))
    g_once_init_leave_pointer (&sheets, load_sheets ());

  return id != NULL ? g_hash_table_lookup (sheets, id) : NULL;
}

const char *
cs_sheet_get_title (const CsSheet *self)
{
  return cs_json_string (self->data, "title", "");
}

const char *
cs_sheet_get_file (const CsSheet *self)
{
  return cs_json_string (self->data, "file", "products");
}

const char *
cs_sheet_get_extension (const CsSheet *self)
{
  return cs_json_string (self->data, "extension", "csv");
}

char **
cs_sheet_dup_steps (const CsSheet *self)
{
  gboolean    chinese = g_str_has_prefix (g_get_language_names ()[0], "zh");
  JsonArray  *array = cs_json_array (cs_json_object (self->data, "steps"), chinese ? "zh" : "en");
  const char *text;
  g_autoptr (GStrvBuilder) steps = g_strv_builder_new ();

  for (guint i = 0; (text = cs_json_array_string (array, i)) != NULL; i++)
    g_strv_builder_add (steps, text);

  return g_strv_builder_end (steps);
}

char *
cs_sheet_dup_profile (const CsSheet *self)
{
  JsonObject *pictures = cs_json_object (self->data, "pictures");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *profile = json_object_new ();

  json_node_take_object (node, profile);
  json_object_set_int_member (profile, "picture_side", cs_json_int (pictures, "side", 2000));
  json_object_set_string_member (profile, "picture_format", cs_json_string (pictures, "format", "jpeg"));
  if (cs_json_string (pictures, "shape", NULL) != NULL)
    json_object_set_string_member (profile, "picture_shape", cs_json_string (pictures, "shape", NULL));
  if (cs_json_string (pictures, "background", NULL) != NULL)
    json_object_set_string_member (profile, "picture_background", cs_json_string (pictures, "background", NULL));

  return cs_json_canonical (node);
}

gsize
cs_sheet_get_picture_bytes (const CsSheet *self)
{
  return MAX (cs_json_int (cs_json_object (self->data, "pictures"), "bytes", 0), 0);
}

/* As the marketplace counts: Chinese characters twice where it says so */
static guint
count (JsonObject *limit,
       const char *text)
{
  if (text == NULL)
    return 0;

  return g_str_equal (cs_json_string (limit, "units", ""), "cjk2") ? cs_text_units (text) : g_utf8_strlen (text, -1);
}

static void
check_text (const CsSheet *self,
            const char    *field,
            const char    *label,
            const char    *text,
            GPtrArray     *findings)
{
  JsonObject *limit = cs_json_object (cs_json_object (self->data, "limits"), field);
  guint       n = count (limit, text);
  gint64      most = cs_json_int (limit, "most", 0);
  gint64      least = cs_json_int (limit, "least", 0);

  if (most > 0 && n > most)
    g_ptr_array_add (findings, g_strdup_printf (_("%s: %u characters, %s takes %d at most."), label, n,
                                                cs_sheet_get_title (self), (int) most));
  if (least > 0 && n < least)
    g_ptr_array_add (findings, g_strdup_printf (_("%s: %u characters, %s wants %d at least."), label, n,
                                                cs_sheet_get_title (self), (int) least));
}

static void
check_list (const CsSheet *self,
            const char    *field,
            const char    *label,
            char         **list,
            GPtrArray     *findings)
{
  JsonObject *limit = cs_json_object (cs_json_object (self->data, "limits"), field);
  gint64      most = cs_json_int (limit, "count", 0);
  gint64      each = cs_json_int (limit, "each", 0);

  if (most > 0 && list != NULL && g_strv_length (list) > most)
    g_ptr_array_add (findings, g_strdup_printf (_("%s: there are %u, %s takes %d at most."), label,
                                                g_strv_length (list), cs_sheet_get_title (self), (int) most));

  for (guint i = 0; each > 0 && list != NULL && list[i] != NULL; i++)
    {
      if (count (limit, list[i]) > each)
        g_ptr_array_add (findings, g_strdup_printf (_("%s: “%s” has more than the %d characters that %s takes."), label,
                                                    list[i], (int) each, cs_sheet_get_title (self)));
    }
}

void
cs_sheet_check (const CsSheet *self,
                CsListing     *listing,
                GPtrArray     *findings)
{
  gint64 most = cs_json_int (cs_json_object (self->data, "pictures"), "most", 0);

  check_text (self, "title", _("Title"), listing->title, findings);
  check_text (self, "description", _("Description"), listing->description, findings);
  check_list (self, "bullets", _("Bullet points"), listing->bullets, findings);
  check_list (self, "keywords", _("Keywords"), listing->keywords, findings);

  if (most > 0 && listing->pictures->len > most)
    g_ptr_array_add (findings, g_strdup_printf (_("There are %u pictures, %s takes %d at most."),
                                                listing->pictures->len, cs_sheet_get_title (self), (int) most));
}

static void
cell_free (gpointer data)
{
  CsSheetCell *cell = data;

  g_free (cell->text);
  g_free (cell);
}

static void
add_cell (GPtrArray *row,
          char      *text,
          gboolean   is_number)
{
  CsSheetCell *cell = g_new0 (CsSheetCell, 1);

  cell->text = text != NULL ? text : g_strdup ("");
  cell->is_number = is_number && text != NULL && text[0] != '\0';
  g_ptr_array_add (row, cell);
}

static GPtrArray *
new_row (GPtrArray *rows)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (cell_free);

  g_ptr_array_add (rows, row);

  return row;
}

/* One row on its way: what it is about */
typedef struct
{
  const CsSheet *sheet;
  CsListing     *listing;
  JsonArray     *variants; /* or NULL */
  JsonObject    *variant;  /* or NULL */
  int            picture;  /* or -1 */
  gboolean       is_first;
  gboolean       is_parent; /* holds what is the product's */
  gboolean       is_child;  /* holds what is the variant's; both where there is but one row */
} Row;

static JsonArray *
list_variants (JsonNode *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return array != NULL && json_array_get_length (array) > 0 ? array : NULL;
}

/* The n-th name of the variants' options, from 1, in the order of the first variant's */
static char *
dup_option_name (Row  *row,
                 guint n)
{
  JsonObject *options = row->variants != NULL
                          ? cs_json_object (cs_json_array_object (row->variants, 0), "options")
                          : NULL;
  g_autoptr (GList) names = options != NULL ? json_object_get_members (options) : NULL;

  return g_strdup (g_list_nth_data (names, n - 1));
}

static char *
dup_option_value (Row  *row,
                  guint n)
{
  g_autofree char *name = dup_option_name (row, n);

  return name != NULL && row->variant != NULL
           ? g_strdup (cs_json_string (cs_json_object (row->variant, "options"), name, NULL))
           : NULL;
}

/* Its own value in a variant's row, else all that there are */
static char *
dup_option_values (Row  *row,
                   guint n)
{
  g_autofree char *name = dup_option_name (row, n);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  if (name == NULL)
    return NULL;

  if (row->variant != NULL && !row->is_parent)
    return dup_option_value (row, n);

  for (guint i = 0; i < json_array_get_length (row->variants); i++)
    {
      const char *value = cs_json_string (cs_json_object (cs_json_array_object (row->variants, i), "options"), name, NULL);

      if (value != NULL && !g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
        g_ptr_array_add (values, (gpointer) value);
    }
  g_ptr_array_add (values, NULL);

  return g_strjoinv (", ", (char **) values->pdata);
}

/* "Size=M;Colour=blue" */
static char *
dup_options (Row        *row,
             const char *join)
{
  JsonObject *options = row->variant != NULL ? cs_json_object (row->variant, "options") : NULL;
  g_autoptr (GList) names = options != NULL ? json_object_get_members (options) : NULL;
  GString *text = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s=%s", text->len > 0 ? join : "", (char *) l->data,
                            cs_json_string (options, l->data, ""));

  return g_string_free_and_steal (text);
}

static char *
dup_option_names (Row        *row,
                  const char *join)
{
  GString *text = g_string_new (NULL);

  for (guint n = 1;; n++)
    {
      g_autofree char *name = dup_option_name (row, n);

      if (name == NULL)
        return g_string_free_and_steal (text);
      g_string_append_printf (text, "%s%s", text->len > 0 ? join : "", name);
    }
}

static char *
dup_sku (Row *row)
{
  const char *own = row->variant != NULL ? cs_json_string (row->variant, "sku", NULL) : NULL;

  return g_strdup (own != NULL && own[0] != '\0' ? own : row->listing->sku);
}

/* A variant's price stands with its currency, "12.50 EUR" */
static char *
dup_price (Row *row)
{
  const char *own = row->variant != NULL ? cs_json_string (row->variant, "price", NULL) : NULL;
  CsMoney     price = row->listing->price;

  if (own != NULL && !cs_money_parse (own, price.currency, &price, NULL))
    return g_strdup (own);

  return price.currency[0] != '\0' ? cs_money_to_decimal (&price) : NULL;
}

static gint64
get_stock (Row *row)
{
  gint64 own = row->variant != NULL ? cs_json_int (row->variant, "stock", -1) : -1;

  return own >= 0 ? own : row->listing->stock;
}

static gint64
sum_stock (Row *row)
{
  gint64 sum = 0;
  gint64 n_said = 0;

  for (guint i = 0; row->variants != NULL && i < json_array_get_length (row->variants); i++)
    {
      gint64 stock = cs_json_int (cs_json_array_object (row->variants, i), "stock", -1);

      n_said += stock >= 0;
      sum += MAX (stock, 0);
    }

  return n_said > 0 ? sum : row->listing->stock;
}

static char *
dup_number (gint64 number)
{
  return number >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

static char *
dup_picture (Row  *row,
             guint n)
{
  CsListingPicture *picture = n < row->listing->pictures->len ? row->listing->pictures->pdata[n] : NULL;

  return picture != NULL ? g_strdup (picture->name) : NULL;
}

static char *
dup_pictures (Row        *row,
              const char *join)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < row->listing->pictures->len; i++)
    {
      g_autofree char *name = dup_picture (row, i);

      g_string_append_printf (text, "%s%s", i > 0 ? join : "", name);
    }

  return g_string_free_and_steal (text);
}

/* What the seller wrote, with its bullet points below it */
static char *
dup_text (CsListing *listing,
          gboolean   as_html)
{
  g_auto (GStrv) lines = g_strsplit (listing->description != NULL ? listing->description : "", "\n", -1);
  GString *text = g_string_new (NULL);

  if (!as_html)
    {
      g_string_append (text, listing->description != NULL ? listing->description : "");
      for (guint i = 0; listing->bullets != NULL && listing->bullets[i] != NULL; i++)
        g_string_append_printf (text, "%s• %s", text->len > 0 ? "\n" : "", listing->bullets[i]);
      return g_string_free_and_steal (text);
    }

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (g_strstrip (lines[i]), -1);

      if (escaped[0] != '\0')
        g_string_append_printf (text, "<p>%s</p>", escaped);
    }
  for (guint i = 0; listing->bullets != NULL && listing->bullets[i] != NULL; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (listing->bullets[i], -1);

      g_string_append_printf (text, "%s<li>%s</li>%s", i == 0 ? "<ul>" : "", escaped,
                              listing->bullets[i + 1] == NULL ? "</ul>" : "");
    }

  return g_string_free_and_steal (text);
}

static char *
dup_handle (CsListing *listing)
{
  g_autofree char *lower = g_ascii_strdown (listing->sku != NULL ? listing->sku : listing->key, -1);
  GString *handle = g_string_new (NULL);

  for (const char *c = lower; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (handle, *c);
      else if (handle->len > 0 && handle->str[handle->len - 1] != '-')
        g_string_append_c (handle, '-');
    }
  if (handle->len == 0)
    g_string_append (handle, listing->key);

  return g_string_free_and_steal (handle);
}

static char *
dup_entry (char **list,
           guint  n)
{
  return list != NULL && n < g_strv_length (list) ? g_strdup (list[n]) : NULL;
}

static char *
dup_type (Row        *row,
          JsonObject *column)
{
  const char *type = row->variants == NULL ? "single" : row->is_parent ? "parent" : "child";

  return g_strdup (cs_json_string (column, type, ""));
}

/* Values that are said of a number: "picture.3", "option.1.name" */
static char *
dup_numbered (Row        *row,
              const char *from)
{
  guint n = 0;

  if (sscanf (from, "picture.%u", &n) == 1)
    return dup_picture (row, n - 1);
  if (sscanf (from, "bullet.%u", &n) == 1)
    return dup_entry (row->listing->bullets, n - 1);
  if (sscanf (from, "option.%u", &n) != 1)
    return NULL;
  if (g_str_has_suffix (from, ".name"))
    return dup_option_name (row, n);

  return g_str_has_suffix (from, ".values") ? dup_option_values (row, n) : dup_option_value (row, n);
}

static char *
dup_of_picture (Row        *row,
                const char *from)
{
  CsListingPicture *picture = row->picture >= 0 ? row->listing->pictures->pdata[row->picture] : NULL;

  if (picture == NULL)
    return NULL;
  if (g_str_equal (from, "picture.alt"))
    return g_strdup (picture->alt_text);
  if (g_str_equal (from, "picture.number"))
    return g_strdup_printf ("%d", row->picture + 1);

  return g_strdup (picture->name);
}

static char *
dup_joined (Row        *row,
            const char *from,
            const char *join)
{
  CsListing *listing = row->listing;

  if (g_str_equal (from, "pictures"))
    return dup_pictures (row, join);
  if (g_str_equal (from, "options"))
    return dup_options (row, join);
  if (g_str_equal (from, "option-names"))
    return dup_option_names (row, join);
  if (g_str_equal (from, "keywords"))
    return listing->keywords != NULL ? g_strjoinv (join, listing->keywords) : NULL;

  return g_str_equal (from, "bullets") && listing->bullets != NULL ? g_strjoinv (join, listing->bullets) : NULL;
}

static char *
dup_plain (Row        *row,
           const char *from)
{
  CsListing *listing = row->listing;

  if (g_str_equal (from, "html") || g_str_equal (from, "text"))
    return dup_text (listing, g_str_equal (from, "html"));
  if (g_str_equal (from, "sku"))
    return row->is_child ? dup_sku (row) : g_strdup (listing->sku);
  if (g_str_equal (from, "price"))
    return dup_price (row);
  if (g_str_equal (from, "stock") || g_str_equal (from, "total-stock"))
    return dup_number (g_str_equal (from, "stock") ? get_stock (row) : sum_stock (row));
  if (g_str_equal (from, "handle"))
    return dup_handle (listing);

  if (g_str_equal (from, "title"))
    return g_strdup (listing->title);
  if (g_str_equal (from, "currency"))
    return g_strdup (listing->price.currency);
  if (g_str_equal (from, "brand"))
    return g_strdup (listing->brand);
  if (g_str_equal (from, "material"))
    return g_strdup (listing->material);
  if (g_str_equal (from, "size"))
    return g_strdup (listing->size);
  if (g_str_equal (from, "category"))
    return g_strdup (listing->category);
  if (g_str_equal (from, "category-id"))
    return g_strdup (listing->category_id);
  if (g_str_equal (from, "key"))
    return g_strdup (listing->key);

  return g_str_equal (from, "parent-sku") ? g_strdup (listing->sku) : NULL;
}

static char *
dup_switch (JsonObject *column,
            gboolean    on)
{
  return g_strdup (cs_json_string (column, on ? "true" : "false", ""));
}

static gboolean
is_on (Row        *row,
       const char *on)
{
  if (g_str_equal (on, "first"))
    return row->is_first;
  if (g_str_equal (on, "parent"))
    return row->is_parent;
  if (g_str_equal (on, "child"))
    return row->is_child;
  if (g_str_equal (on, "variation"))
    return row->is_child && !row->is_parent;

  return TRUE;
}

static char *
dup_value (Row        *row,
           JsonObject *column)
{
  const char *from = cs_json_string (column, "from", NULL);
  const char *on = cs_json_string (column, "on", "all");

  if (!is_on (row, on))
    return NULL;
  if (from == NULL)
    return g_strdup (cs_json_string (column, "const", ""));
  if (g_str_equal (on, "picture"))
    return dup_of_picture (row, from);
  if (g_str_equal (from, "live"))
    return dup_switch (column, row->listing->live);
  if (g_str_equal (from, "in-stock"))
    return dup_switch (column, get_stock (row) != 0);
  if (g_str_equal (from, "type"))
    return dup_type (row, column);
  if (cs_json_string (column, "join", NULL) != NULL)
    return dup_joined (row, from, cs_json_string (column, "join", NULL));

  return strchr (from, '.') != NULL ? dup_numbered (row, from) : dup_plain (row, from);
}

static void
write_row (Row       *row,
           GPtrArray *rows)
{
  JsonArray *columns = cs_json_array (row->sheet->data, "columns");
  GPtrArray *cells = new_row (rows);

  for (guint i = 0; columns != NULL && i < json_array_get_length (columns); i++)
    {
      JsonObject      *column = cs_json_array_object (columns, i);
      const char      *from = cs_json_string (column, "from", "");
      const char      *when = cs_json_string (column, "when", NULL);
      g_autofree char *value = dup_value (row, column);
      gboolean         is_number = g_str_equal (from, "price") || g_str_equal (from, "stock") || g_str_equal (from, "total-stock");

      if (when != NULL && value != NULL && value[0] != '\0')
        {
          g_set_str (&value, when);
          is_number = FALSE;
        }
      if ((value == NULL || value[0] == '\0') && is_on (row, cs_json_string (column, "on", "all")))
        g_set_str (&value, cs_json_string (column, "else", NULL));

      add_cell (cells, g_steal_pointer (&value), is_number);
    }
}

static JsonObject *
get_variant (Row  *row,
             guint n)
{
  return row->variants != NULL ? cs_json_array_object (row->variants, n) : NULL;
}

/* The product once; below it what differs, and its further pictures */
static void
write_rows (Row       *row,
            GPtrArray *rows)
{
  guint n_variants = row->variants != NULL ? json_array_get_length (row->variants) : 1;
  guint n = MAX (n_variants, row->listing->pictures->len);

  for (guint i = 0; i < n; i++)
    {
      row->is_first = i == 0;
      row->is_parent = i == 0;
      row->is_child = i < n_variants;
      row->variant = i < n_variants ? get_variant (row, i) : NULL;
      row->picture = i < row->listing->pictures->len ? (int) i : -1;
      write_row (row, rows);
    }
}

GPtrArray *
cs_sheet_make_rows (const CsSheet *self,
                    CsListing     *listing)
{
  GPtrArray  *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  const char *layout = cs_json_string (self->data, "layout", "single");
  g_autoptr (JsonNode) node = listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;
  Row row = { .sheet = self, .listing = listing, .variants = list_variants (node), .picture = -1, .is_first = TRUE };
  gboolean has_parent = g_str_equal (layout, "parent") && row.variants != NULL;

  if (g_str_equal (layout, "rows"))
    {
      write_rows (&row, rows);
      return rows;
    }

  row.is_parent = TRUE;
  row.is_child = !has_parent;
  if (row.variants == NULL || has_parent || g_str_equal (layout, "single"))
    write_row (&row, rows);

  row.is_parent = !has_parent;
  row.is_child = TRUE;
  for (guint i = 0; row.variants != NULL && !g_str_equal (layout, "single") && i < json_array_get_length (row.variants); i++)
    {
      row.variant = get_variant (&row, i);
      write_row (&row, rows);
      row.is_first = FALSE;
    }

  return rows;
}

static void
add_head (GPtrArray  *rows,
          JsonArray  *columns,
          const char *member)
{
  GPtrArray *row = new_row (rows);

  for (guint i = 0; columns != NULL && i < json_array_get_length (columns); i++)
    add_cell (row, g_strdup (cs_json_string (cs_json_array_object (columns, i), member, "")), FALSE);
}

GPtrArray *
cs_sheet_make_head (const CsSheet *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  JsonArray *preamble = cs_json_array (self->data, "preamble");
  JsonArray *columns = cs_json_array (self->data, "columns");

  for (guint i = 0; preamble != NULL && i < json_array_get_length (preamble); i++)
    {
      JsonArray  *line = json_array_get_array_element (preamble, i);
      GPtrArray  *row = new_row (rows);
      const char *text;

      for (guint k = 0; (text = cs_json_array_string (line, k)) != NULL; k++)
        add_cell (row, g_strdup (text), FALSE);
    }

  if (cs_json_bool (self->data, "labels", FALSE))
    add_head (rows, columns, "label");
  add_head (rows, columns, "header");

  return rows;
}

/* A cell that begins so is run as a formula by spreadsheets, also after white
 * space (https://owasp.org/www-community/attacks/CSV_Injection). Numbers are ours.
 */
static gboolean
is_dangerous (const CsSheetCell *cell)
{
  const char *text = cell->text;

  while (*text == ' ')
    text++;

  return !cell->is_number && *text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL;
}

static void
append_cell (GString           *out,
             const CsSheetCell *cell,
             char               delimiter)
{
  g_autofree char *text = g_strconcat (is_dangerous (cell) ? "'" : "", cell->text, NULL);
  g_autoptr (GString) quoted = NULL;

  /* A table of tabs has no quotes: a line is a row */
  if (delimiter == '\t')
    {
      g_string_append (out, g_strdelimit (text, "\t\r\n", ' '));
      return;
    }

  if (strpbrk (text, ",;\"\r\n\t") == NULL)
    {
      g_string_append (out, text);
      return;
    }

  quoted = g_string_new (text);
  g_string_replace (quoted, "\"", "\"\"", 0);
  g_string_append_printf (out, "\"%s\"", quoted->str);
}

GBytes *
cs_sheet_to_bytes (const CsSheet *self,
                   GPtrArray     *rows,
                   GError       **error)
{
  const char *encoding = cs_json_string (self->data, "encoding", "UTF-8");
  char        delimiter = cs_json_string (self->data, "delimiter", ",")[0];
  g_autoptr (GString) out = g_string_new (cs_json_bool (self->data, "bom", FALSE) ? "\xEF\xBB\xBF" : "");
  g_autofree char *converted = NULL;
  gsize            length;

  for (guint i = 0; i < rows->len; i++)
    {
      GPtrArray *row = rows->pdata[i];

      for (guint k = 0; k < row->len; k++)
        {
          if (k > 0)
            g_string_append_c (out, delimiter);
          append_cell (out, row->pdata[k], delimiter);
        }
      g_string_append (out, "\r\n");
    }

  if (g_str_equal (encoding, "UTF-8"))
    return g_string_free_to_bytes (g_steal_pointer (&out));

  if (!(converted = g_convert (out->str, out->len, encoding, "UTF-8", NULL, &length, NULL)))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("The texts hold a character that a %s table cannot hold."), encoding);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&converted), length);
}
