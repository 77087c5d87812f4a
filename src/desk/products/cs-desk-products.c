/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-blobs.h"
#include "cs-desk-private.h"
#include "cs-money.h"
#include "cs-products.h"
#include "cs-text.h"

/* Products as the seller sees and arranges them */

#define MAX_SKU_LENGTH 64

DexFuture *
cs_desk_list_products (CsDesk     *self,
                       const char *search,
                       guint       stages)
{
  CsProductQuery query = { search, stages, CS_ORDER_NEWEST };

  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_products_list (self->store, &query);
}

DexFuture *
cs_desk_get_rows (CsDesk       *self,
                  const gint64 *ids,
                  guint         n_ids)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_products_get_rows (self->store, ids, n_ids);
}

DexFuture *
cs_desk_get_product (CsDesk *self,
                     gint64  id)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_products_get (self->store, id);
}

DexFuture *
cs_desk_find_product (CsDesk     *self,
                      const char *typed)
{
  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (typed != NULL);

  return cs_products_find (self->store, typed);
}

DexFuture *
cs_desk_count_products (CsDesk *self)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_products_count (self->store);
}

/* The currency of a price that names none is that of the price before, else of the seller's first account */
static char *
check_price (const char *value,
             const char *currency,
             GError    **error)
{
  g_autofree char *decimal = NULL;
  CsMoney          money;

  if (!cs_money_parse (value, currency, &money, error))
    return NULL;

  if (money.minor < 0)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, _("A price cannot be below zero."));
      return NULL;
    }

  decimal = cs_money_to_decimal (&money);

  return g_strdup_printf ("%s%s%s", decimal, money.currency[0] != '\0' ? " " : "", money.currency);
}

static char *
check_stock (const char *value,
             GError    **error)
{
  guint64 stock;

  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &stock, NULL))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("Stock is a whole number, such as 0 or 12."));
      return NULL;
    }

  return g_strdup_printf ("%" G_GUINT64_FORMAT, stock);
}

static char *
check_sku (const char *value,
           GError    **error)
{
  if (g_utf8_strlen (value, -1) > MAX_SKU_LENGTH)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("A SKU has at most %d characters."), MAX_SKU_LENGTH);
      return NULL;
    }

  return g_strdup (value);
}

/* The value as it is stored, "" where it is cleared */
static char *
check_value (CsField     field,
             const char *value,
             const char *currency,
             GError    **error)
{
  gboolean         lines = field == CS_FIELD_NOTE || field == CS_FIELD_DESCRIPTION ||
                           field == CS_FIELD_BULLETS || field == CS_FIELD_KEYWORDS;
  g_autofree char *clean = cs_text_clean (value != NULL ? value : "", lines);

  if (cs_field_is_of_photo (field))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("Pictures and their descriptions are decided on in the review."));
      return NULL;
    }

  if (clean[0] == '\0')
    return g_steal_pointer (&clean);

  if (field == CS_FIELD_PRICE)
    return check_price (clean, currency, error);

  if (field == CS_FIELD_STOCK)
    return check_stock (clean, error);

  if (field == CS_FIELD_SKU)
    return check_sku (clean, error);

  return g_steal_pointer (&clean);
}

static DexFuture *
cs_desk_set_value_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  g_autoptr (CsProduct) product = NULL;
  CsMoney     before = { 0 };
  const char *currency = "";
  gboolean    changed;

  if (!(accounts = dex_await_boxed (cs_accounts_list (self->store), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (call->number == CS_FIELD_PRICE && (product = dex_await_boxed (cs_products_get (self->store, call->id), NULL)) &&
      product->values[CS_FIELD_PRICE] != NULL && cs_money_parse (product->values[CS_FIELD_PRICE], "", &before, NULL))
    currency = before.currency;
  if (*currency == '\0' && accounts->len > 0)
    currency = ((CsAccount *) accounts->pdata[0])->currency;

  if (!(value = check_value (call->number, call->text, currency, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  changed = dex_await_boolean (cs_products_set (self->store, call->id, call->number, value), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (changed)
    {
      cs_desk_changed (self, CS_DESK_PRODUCT, call->id);
      cs_desk_changed (self, CS_DESK_OUTBOX, 0);
      cs_desk_suggest_later (self, call->id);
    }

  return dex_future_new_true ();
}

DexFuture *
cs_desk_set_value (CsDesk     *self,
                   gint64      product,
                   CsField     field,
                   const char *value)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (field < CS_N_FIELDS);

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->id = product;
  call->number = field;
  call->text = g_strdup (value);

  return cs_fiber_spawn_disowned (cs_desk_set_value_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

/* Arranging changes the lists, and each product that photos came to or left is
 * another one now: all that have not been suggested as they stand are.
 */
static void
arranged (CsDesk *self)
{
  cs_desk_changed (self, CS_DESK_PRODUCTS, 0);
  cs_desk_changed (self, CS_DESK_PRODUCT, 0);
  dex_future_disown (cs_desk_suggest (self, NULL, 0));
}

static DexFuture *
cs_desk_merge_products_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_products_merge (call->desk->store, call->id,
                                     (gint64 *) (gpointer) call->ids->data, call->ids->len),
                  &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  arranged (call->desk);

  return dex_future_new_true ();
}

DexFuture *
cs_desk_merge_products (CsDesk       *self,
                        gint64        into,
                        const gint64 *others,
                        guint         n_others)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->id = into;
  call->ids = cs_desk_copy_ids (others, n_others);

  return cs_fiber_spawn_disowned (cs_desk_merge_products_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

static DexFuture *
cs_desk_split_product_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = dex_await_int64 (cs_products_split (call->desk->store,
                                           (gint64 *) (gpointer) call->ids->data, call->ids->len),
                        &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  arranged (call->desk);

  return dex_future_new_for_int64 (id);
}

DexFuture *
cs_desk_split_product (CsDesk       *self,
                       const gint64 *photos,
                       guint         n_photos)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->ids = cs_desk_copy_ids (photos, n_photos);

  return cs_fiber_spawn_disowned (cs_desk_split_product_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

static DexFuture *
cs_desk_move_photo_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_products_move_photo (call->desk->store, call->other, call->id, (int) call->number), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  arranged (call->desk);

  return dex_future_new_true ();
}

DexFuture *
cs_desk_move_photo (CsDesk *self,
                    gint64  photo,
                    gint64  product,
                    int     position)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->id = product;
  call->other = photo;
  call->number = MAX (position, 0);

  return cs_fiber_spawn_disowned (cs_desk_move_photo_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

DexFuture *
cs_desk_archive_products (CsDesk       *self,
                          const gint64 *ids,
                          guint         n_ids,
                          gboolean      archived)
{
  DexFuture *refusal;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  return cs_desk_announce (self,
                           cs_products_archive (self->store, ids, n_ids, archived),
                           CS_DESK_PRODUCTS, 0);
}

char *
cs_desk_dup_picture_path (CsDesk     *self,
                          const char *hash)
{
  g_return_val_if_fail (CS_IS_DESK (self), NULL);

  return hash != NULL ? cs_blobs_dup_path (self->store, hash) : NULL;
}

DexFuture *
cs_desk_wrap_pixels (CsPixels *pixels)
{
  return dex_future_new_take_variant (
    g_variant_ref_sink (g_variant_new ("(iiib@ay)",
                                       pixels->width, pixels->height, pixels->stride, pixels->has_alpha,
                                       g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, pixels->bytes, TRUE))));
}

static DexFuture *
cs_desk_load_pixels_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (CsPixels) pixels = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;

  if ((fd = cs_blobs_open (call->desk->store, call->text, &error)) == -1)
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!(pixels = dex_await_boxed (cs_image_decode (call->desk->image, fd, (int) call->number), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return cs_desk_wrap_pixels (pixels);
}

DexFuture *
cs_desk_load_pixels (CsDesk     *self,
                     const char *hash,
                     int         max_side)
{
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (hash != NULL);
  dex_return_error_if_fail (max_side > 0);

  call = cs_desk_call_new (self);
  call->text = g_strdup (hash);
  call->number = max_side;

  /* Not stopped half-way: the helper reads from our descriptor until it answers */
  return cs_fiber_spawn_disowned (cs_desk_load_pixels_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
