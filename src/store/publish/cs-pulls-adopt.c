/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-json.h"
#include "cs-money.h"
#include "cs-products-private.h"
#include "cs-progress.h"
#include "cs-pulls-private.h"
#include "cs-remotes-private.h"
#include "cs-text.h"

/* A listing that is there already finds its product here, or becomes one. What it
 * says are the product's originals, as if the seller had typed them: whatever
 * stands here already is not touched, but for what was from the shop before.
 *
 * All look-ups go by an index, so a page takes as long with a hundred thousand
 * listings as with ten.
 */

#define LONGEST_LINE  1000
#define LONGEST_TEXT  60000
#define MOST_PICTURES 24
#define MOST_VARIANTS 300

/* (transfer full): as the field has it, safe to show; NULL where it says nothing */
static char *
tidy (const char *text,
      gboolean    keep_lines)
{
  g_autofree char *clean = text != NULL ? cs_text_clean (text, keep_lines) : NULL;
  glong            longest = keep_lines ? LONGEST_TEXT : LONGEST_LINE;

  if (clean == NULL)
    return NULL;

  if (g_utf8_strlen (clean, -1) > longest)
    *g_utf8_offset_to_pointer (clean, longest) = '\0';
  g_strstrip (clean);

  return clean[0] != '\0' ? g_steal_pointer (&clean) : NULL;
}

/* An amount with its currency, as a seller would type it */
static char *
dup_price (const char *price,
           const char *currency)
{
  g_autofree char *decimal = NULL;
  CsMoney money;

  if (price == NULL || !cs_money_parse (price, currency, &money, NULL) || money.currency[0] == '\0')
    return NULL;

  decimal = cs_money_to_decimal (&money);

  return g_strdup_printf ("%s %s", decimal, money.currency);
}

static char *
dup_lines (char **list)
{
  g_autofree char *text = list != NULL ? g_strjoinv ("\n", list) : NULL;

  return tidy (text, TRUE);
}

/* What a listing says of a field, or NULL */
static char *
dup_value (CsRemoteListing *remote,
           CsField          field,
           const char      *currency)
{
  switch (field)
    {
    case CS_FIELD_TITLE:
      return tidy (remote->title, FALSE);

    case CS_FIELD_DESCRIPTION:
      return tidy (remote->description, TRUE);

    case CS_FIELD_BULLETS:
      return dup_lines (remote->bullets);

    case CS_FIELD_KEYWORDS:
      return dup_lines (remote->keywords);

    case CS_FIELD_PRICE:
      return dup_price (remote->price, currency);

    case CS_FIELD_STOCK:
      return remote->stock >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, remote->stock) : NULL;

    case CS_FIELD_SKU:
      return tidy (remote->sku, FALSE);

    case CS_FIELD_BRAND:
      return tidy (remote->brand, FALSE);

    case CS_FIELD_CATEGORY:
      return tidy (remote->category, FALSE);

    case CS_FIELD_ALT_TEXT:
    case CS_FIELD_PICTURE:
    case CS_FIELD_NOTE:
    case CS_FIELD_MATERIAL:
    case CS_FIELD_SIZE:
    default:
      return NULL;
    }
}

static gboolean
find_stored (CsDb             *db,
             CsRemoteListing  *remote,
             CsRemoteListing **stored,
             gint64           *product,
             GError          **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, CS_REMOTES_SELECT "WHERE account = :account AND remote_id = :remote_id");
  g_autoptr (CsStmt) link =
    cs_db_prepare (db, "SELECT product FROM remote_listing WHERE account = :account AND remote_id = :remote_id");

  *stored = NULL;
  cs_stmt_bind (stmt, ":account", remote->account);
  cs_stmt_bind (stmt, ":remote_id", remote->remote_id);
  cs_stmt_bind (link, ":account", remote->account);
  cs_stmt_bind (link, ":remote_id", remote->remote_id);
  if (cs_stmt_next (stmt, error))
    *stored = cs_remotes_read (stmt);
  else if (!cs_stmt_is_done (stmt))
    return FALSE;

  return cs_stmt_find_int64 (link, product, 0, error);
}

/* Whether a product is linked to a listing of the account */
#define IS_LINKED \
  "EXISTS (SELECT 1 FROM remote_listing r WHERE r.product = p.id AND r.account = :account AND r.remote_id <> :remote_id)"

/* The product that our key was minted for */
static gboolean
find_by_key (CsDb            *db,
             CsRemoteListing *remote,
             gint64          *product,
             GError         **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT p.id FROM product p WHERE p.key = :key AND p.archived = 0 AND NOT " IS_LINKED);

  *product = 0;
  if (remote->key == NULL)
    return TRUE;

  cs_stmt_bind (stmt, ":key", remote->key);
  cs_stmt_bind (stmt, ":account", remote->account);
  cs_stmt_bind (stmt, ":remote_id", remote->remote_id);

  return cs_stmt_find_int64 (stmt, product, 0, error);
}

/* The one product that has the SKU, or stands under it for want of one. *doubtful
 * where there are several and it may be any.
 */
static gboolean
find_by_sku (CsDb            *db,
             CsRemoteListing *remote,
             gint64          *product,
             gboolean        *doubtful,
             GError         **error)
{
  g_autofree char *sku = tidy (remote->sku, FALSE);
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT DISTINCT p.id, " IS_LINKED " FROM product p JOIN"
                       "  (SELECT product AS id FROM product_value WHERE field = 'sku' AND value = :sku"
                       "   UNION SELECT product FROM variant WHERE sku = :sku"
                       "   UNION SELECT id FROM product WHERE key = :sku) USING (id)"
                       "  WHERE p.archived = 0 AND p.merged_into IS NULL ORDER BY 2 LIMIT 3");
  guint n = 0;
  guint n_free = 0;

  *product = 0;
  *doubtful = FALSE;
  if (sku == NULL)
    return TRUE;

  cs_stmt_bind (stmt, ":sku", sku);
  cs_stmt_bind (stmt, ":account", remote->account);
  cs_stmt_bind (stmt, ":remote_id", remote->remote_id);
  while (cs_stmt_next (stmt, error))
    {
      n++;
      if (cs_stmt_int64 (stmt, 1) != 0)
        continue;

      n_free++;
      *product = cs_stmt_int64 (stmt, 0);
    }

  *doubtful = n > 1 && n_free > 0;
  if (*doubtful)
    *product = 0;

  return cs_stmt_is_done (stmt);
}

/* A listing that another library of ours put there keeps its key, so that it is known again */
static gboolean
take_key (CsDb            *db,
          gint64           product,
          CsRemoteListing *remote,
          GError         **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE product SET key = :key WHERE id = :id"
                       "  AND NOT EXISTS (SELECT 1 FROM product WHERE key = :key)");

  if (remote->key == NULL || !g_str_has_prefix (remote->key, "CS-") || strlen (remote->key) > 64)
    return TRUE;

  cs_stmt_bind (stmt, ":key", remote->key);
  cs_stmt_bind (stmt, ":id", product);

  return cs_stmt_run (stmt, error);
}

/* The category there and what it wanted to know stay what they are */
static gboolean
write_attributes (CsDb            *db,
                  gint64           product,
                  CsRemoteListing *remote,
                  GError         **error)
{
  g_autofree char *account = g_strdup_printf ("%" G_GINT64_FORMAT, remote->account);
  g_autoptr (JsonNode) values = remote->attributes != NULL ? cs_json_parse (remote->attributes, -1, NULL) : NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE product SET attributes ="
                       "  json_patch (coalesce (attributes, '{}'), :json) WHERE id = :id"
                       "    AND json_extract (coalesce (attributes, '{}'), '$.\"' || :account || '\"') IS NULL");
  JsonObject *own = json_object_new ();
  JsonObject *all = json_object_new ();

  json_node_take_object (node, all);
  json_object_set_object_member (all, account, own);
  if (remote->category_id != NULL)
    json_object_set_string_member (own, "category", remote->category_id);
  if (remote->category != NULL)
    json_object_set_string_member (own, "label", remote->category);
  json_object_set_object_member (own, "values",
                                 cs_json_node_object (values) != NULL ? json_object_ref (cs_json_node_object (values))
                                                                      : json_object_new ());
  if (remote->category_id == NULL && cs_json_node_object (values) == NULL)
    return TRUE;

  json = cs_json_canonical (node);
  cs_stmt_bind (stmt, ":json", json);
  cs_stmt_bind (stmt, ":id", product);
  cs_stmt_bind (stmt, ":account", account);

  return cs_stmt_run (stmt, error);
}

static gboolean
write_variant (CsDb       *db,
               gint64      product,
               guint       position,
               JsonObject *variant,
               const char *currency,
               GError    **error)
{
  JsonNode        *node = json_object_get_member (variant, "options");
  g_autofree char *options = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? cs_json_canonical (node) : g_strdup ("{}");
  g_autofree char *sku = tidy (cs_json_string (variant, "sku", NULL), FALSE);
  g_autofree char *price = dup_price (cs_json_string (variant, "price", NULL), currency);
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO variant (product, position, options, sku, price, stock)"
                       "  VALUES (:product, :position, :options, :sku, :price, :stock)");

  cs_stmt_bind (stmt, ":product", product);
  cs_stmt_bind (stmt, ":position", position);
  cs_stmt_bind (stmt, ":options", options);
  cs_stmt_bind (stmt, ":sku", sku);
  cs_stmt_bind (stmt, ":price", price);
  cs_stmt_bind (stmt, ":stock", cs_json_int (variant, "stock", -1));

  return cs_stmt_run (stmt, error);
}

/* Where the product has none of its own */
static gboolean
write_variants (CsDb            *db,
                gint64           product,
                CsRemoteListing *remote,
                const char      *currency,
                GError         **error)
{
  g_autoptr (JsonNode) node = remote->variants != NULL ? cs_json_parse (remote->variants, -1, NULL) : NULL;
  g_autoptr (CsStmt) any = cs_db_prepare (db, "SELECT 1 FROM variant WHERE product = :product LIMIT 1");
  JsonArray *variants = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64     found;

  cs_stmt_bind (any, ":product", product);
  if (!cs_stmt_find_int64 (any, &found, 0, error))
    return FALSE;

  for (guint i = 0; !found && variants != NULL && i < MIN (json_array_get_length (variants), MOST_VARIANTS); i++)
    {
      JsonObject *variant = cs_json_array_object (variants, i);

      if (variant != NULL && !write_variant (db, product, i, variant, currency, error))
        return FALSE;
    }

  return TRUE;
}

/* Only of a product without photos: those that are here are better than what is fetched */
static gboolean
note_pictures (CsDb            *db,
               gint64           product,
               CsRemoteListing *remote,
               GError         **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO pull_picture (account, product, position, address)"
                       "  SELECT :account, :product, :position, :address"
                       "    WHERE NOT EXISTS (SELECT 1 FROM photo WHERE product = :product)");

  for (guint i = 0; remote->pictures != NULL && remote->pictures[i] != NULL && i < MOST_PICTURES; i++)
    {
      cs_stmt_rewind (stmt);
      cs_stmt_bind (stmt, ":account", remote->account);
      cs_stmt_bind (stmt, ":product", product);
      cs_stmt_bind (stmt, ":position", i);
      cs_stmt_bind (stmt, ":address", remote->pictures[i]);
      if (!cs_stmt_run (stmt, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_value (CsDb    *db,
            gint64   product,
            CsField  field,
            char   **value,
            GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT value FROM product_value WHERE product = :product AND field = :field");

  cs_stmt_bind (stmt, ":product", product);
  cs_stmt_bind (stmt, ":field", cs_field_get_name (field));
  if (cs_stmt_next (stmt, error))
    *value = cs_stmt_dup_text (stmt, 0);

  return *value != NULL || cs_stmt_is_done (stmt);
}

/* Fields that nothing is drafted from: what is on sale changes every day */
static gboolean
is_offer (CsField field)
{
  return field == CS_FIELD_PRICE || field == CS_FIELD_STOCK;
}

/* What is empty here is filled, and what was from the shop before (as in before)
 * follows it. Tells in edit what kind of change that was, or leaves it at -1.
 */
static gboolean
write_values (CsDb            *db,
              gint64           product,
              CsRemoteListing *before,
              CsRemoteListing *remote,
              const char      *currency,
              int             *edit,
              GError         **error)
{
  for (CsField field = 0; field < CS_N_FIELDS; field++)
    {
      g_autofree char *told = dup_value (remote, field, currency);
      g_autofree char *was = before != NULL ? dup_value (before, field, currency) : NULL;
      g_autofree char *value = NULL;
      gboolean         changed = FALSE;

      if (told == NULL || g_strcmp0 (told, was) == 0)
        continue;

      if (!read_value (db, product, field, &value, error))
        return FALSE;

      if (value != NULL && g_strcmp0 (value, was) != 0)
        continue;

      if (!cs_products_write_value (db, product, field, told, &changed, error))
        return FALSE;

      if (changed)
        *edit = MAX (*edit, is_offer (field) ? (int) CS_EDIT_OUTGOING : (int) CS_EDIT_FACTS);
    }

  return TRUE;
}

static gboolean
finish (CsDb       *db,
        gint64      product,
        int         edit,
        CsAdoption *adoption,
        GError    **error)
{
  if (edit >= 0 && !cs_progress_edit (db, product, edit, error))
    return FALSE;

  if (edit == CS_EDIT_FACTS)
    g_array_append_val (adoption->products, product);

  return cs_progress_update_product (db, product, error);
}

static gboolean
make_product (CsDb            *db,
              CsRemoteListing *remote,
              const char      *currency,
              CsAdoption      *adoption,
              GError         **error)
{
  gint64 product;
  int    edit = -1;

  adoption->n_new++;

  return cs_products_insert (db, &product, error) &&
         take_key (db, product, remote, error) &&
         write_values (db, product, NULL, remote, currency, &edit, error) &&
         write_attributes (db, product, remote, error) &&
         write_variants (db, product, remote, currency, error) &&
         note_pictures (db, product, remote, error) &&
         cs_remotes_write (db, remote, product, error) &&
         finish (db, product, CS_EDIT_FACTS, adoption, error);
}

static gboolean
match (CsDb            *db,
       gint64           product,
       CsRemoteListing *remote,
       const char      *currency,
       CsAdoption      *adoption,
       GError         **error)
{
  int edit = -1;

  adoption->n_matched++;

  return write_values (db, product, NULL, remote, currency, &edit, error) &&
         write_attributes (db, product, remote, error) &&
         write_variants (db, product, remote, currency, error) &&
         note_pictures (db, product, remote, error) &&
         cs_remotes_write (db, remote, product, error) &&
         finish (db, product, edit, adoption, error);
}

static gboolean
follow (CsDb            *db,
        gint64           product,
        CsRemoteListing *before,
        CsRemoteListing *remote,
        const char      *currency,
        CsAdoption      *adoption,
        GError         **error)
{
  int edit = -1;

  adoption->n_known++;
  if (g_strcmp0 (before->version, remote->version) == 0)
    return cs_remotes_write (db, remote, 0, error);

  adoption->n_moved++;

  return write_values (db, product, before, remote, currency, &edit, error) &&
         cs_remotes_write (db, remote, 0, error) &&
         finish (db, product, edit, adoption, error);
}

gboolean
cs_pulls_adopt (CsDb            *db,
                CsRemoteListing *remote,
                const char      *currency,
                CsAdoption      *adoption,
                GError         **error)
{
  g_autoptr (CsRemoteListing) stored = NULL;
  gboolean doubtful = FALSE;
  gint64   product;

  if (!find_stored (db, remote, &stored, &product, error))
    return FALSE;

  if (product != 0)
    return follow (db, product, stored, remote, currency, adoption, error);

  if (!find_by_key (db, remote, &product, error) ||
      (product == 0 && !find_by_sku (db, remote, &product, &doubtful, error)))
    return FALSE;

  if (product != 0)
    return match (db, product, remote, currency, adoption, error);

  if (!doubtful)
    return make_product (db, remote, currency, adoption, error);

  adoption->n_doubtful++;

  return cs_remotes_write (db, remote, 0, error);
}
