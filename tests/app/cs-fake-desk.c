/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gdk/gdk.h>

#include "cs-fake-desk.h"
#include "cs-fiber.h"
#include "cs-window.h"

struct _CsDesk
{
  GObject parent_instance;

  GPtrArray *products; /* CsProduct */
  GPtrArray *items;    /* GPtrArray of CsItem, beside products */
  GPtrArray *photos;   /* path of each photo id - 1 */
  GPtrArray *undo;     /* CsItem as it was before each decision */
  GString   *log;
  gint64     last_id;
  guint      delay;
  int        fail_next;  /* CsError, or -1 */
  guint      n_previews; /* under way */
  guint      max_previews;
};

G_DEFINE_FINAL_TYPE (CsDesk, cs_desk, G_TYPE_OBJECT)

static char *said;

static void
cs_desk_finalize (GObject *object)
{
  CsDesk *self = CS_DESK (object);

  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_string_free (self->log, TRUE);

  G_OBJECT_CLASS (cs_desk_parent_class)->finalize (object);
}

static void
cs_desk_class_init (CsDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_desk_finalize;
  g_signal_new ("changed", CS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT64);
}

static void
cs_desk_init (CsDesk *self)
{
  self->products = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_product_unref);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->photos = g_ptr_array_new_with_free_func (g_free);
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_item_unref);
  self->log = g_string_new (NULL);
  self->fail_next = -1;
}

CsDesk *
cs_fake_desk_new (void)
{
  return g_object_new (CS_TYPE_DESK, NULL);
}

void
cs_fake_desk_set_delay (CsDesk *self,
                        guint   milliseconds)
{
  self->delay = milliseconds;
}

void
cs_fake_desk_fail_next (CsDesk *self,
                        int     code)
{
  self->fail_next = code;
}

const char *
cs_fake_desk_get_log (CsDesk *self)
{
  return self->log->str;
}

const char *
cs_fake_desk_get_said (void)
{
  return said;
}

/* In place of the window's */
void
cs_window_report (GtkWidget    *widget,
                  const GError *error)
{
  g_set_str (&said, error->message);
}

void
cs_window_add_toast (GtkWidget *widget,
                     AdwToast  *toast)
{
  g_set_str (&said, adw_toast_get_title (toast));
  g_object_unref (toast);
}

void
cs_window_settle_focus (GtkWidget *page)
{
}

/* Making things */

static CsSuggestion *
suggest (CsDesk     *self,
         CsItem     *item,
         int         variant,
         const char *text)
{
  CsSuggestion    *suggestion = cs_suggestion_new ();
  const char      *facts[] = { "note.1", NULL };
  g_autofree char *hash = NULL;
  gsize            half = strlen (text) / 2;
  CsFact          *fact;

  while (half > 0 && ((guchar) text[half] & 0xc0) == 0x80)
    half--;
  suggestion->id = ++self->last_id;
  suggestion->product = item->product;
  suggestion->photo = item->photo;
  suggestion->field = item->field;
  suggestion->engine = g_strdup (item->field == CS_FIELD_PICTURE ? "picture" : "text");
  suggestion->variant = variant;
  suggestion->text = g_strdup (text);
  suggestion->language = g_strdup ("zh");
  suggestion->hash = g_strdup_printf ("hash-%" G_GINT64_FORMAT, suggestion->id);
  if (item->field == CS_FIELD_PICTURE)
    {
      suggestion->picture = g_strdup (item->original);
      suggestion->settings = g_strdup ("{\"air\":0.2,\"crop\":true,\"exposure\":true,\"max_side\":2000,\"straighten\":false}");
      return suggestion;
    }

  suggestion->evidence = cs_evidence_new ();
  fact = cs_evidence_add_fact (suggestion->evidence, CS_FACT_NOTE, "note.1", "竹编果篮");
  fact->end = strlen ("竹编果篮");
  fact = cs_evidence_add_fact (suggestion->evidence, CS_FACT_PHOTO, "photo.1", "100% 棉");
  fact->photo = 1;
  fact->x = 0.3;
  fact->y = 0.3;
  fact->width = 0.2;
  fact->height = 0.08;
  cs_evidence_add_phrase (suggestion->evidence, 0, half, CS_PHRASE_GROUNDED, facts);
  facts[0] = "photo.1";
  cs_evidence_add_phrase (suggestion->evidence, half, strlen (text),
                          variant == 3 ? CS_PHRASE_UNSOURCED : CS_PHRASE_GROUNDED, facts);

  return suggestion;
}

static CsItem *
add_item (CsDesk     *self,
          GPtrArray  *items,
          gint64      product,
          gint64      photo,
          CsField     field,
          const char *original,
          const char *text)
{
  CsItem *item = cs_item_new ();

  item->product = product;
  item->photo = photo;
  item->field = field;
  item->state = CS_ITEM_PENDING;
  item->original = g_strdup (original);
  item->suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_ptr_array_add (item->suggestions, suggest (self, item, 1, text));
  g_ptr_array_add (items, item);

  return item;
}

gint64
cs_fake_desk_add (CsDesk     *self,
                  const char *title,
                  guint       n_photos,
                  const char *photo_path)
{
  CsProduct       *product = cs_product_new ();
  GPtrArray       *items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_item_unref);
  CsItem          *item;
  g_autofree char *second = g_strdup_printf ("%s 手工", title);
  g_autofree char *third = g_strdup_printf ("%s 真皮", title);

  product->id = self->products->len + 1;
  product->stage = CS_STAGE_REVIEW;
  product->values[CS_FIELD_NOTE] = g_strdup ("竹编果篮 直径28cm 四川");
  product->values[CS_FIELD_SKU] = g_strdup ("LX-0417");
  if (product->photos == NULL)
    product->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_photo_unref);

  item = add_item (self, items, product->id, 0, CS_FIELD_TITLE, "新款爆款 竹编 果篮 包邮 包邮", title);
  g_ptr_array_add (item->suggestions, suggest (self, item, 2, second));
  g_ptr_array_add (item->suggestions, suggest (self, item, 3, third));
  add_item (self, items, product->id, 0, CS_FIELD_DESCRIPTION, NULL, "四川手工竹编果篮，直径28cm，可放水果和面包。");
  add_item (self, items, product->id, 0, CS_FIELD_BULLETS, NULL, "手工竹编\n直径28cm\n四川");
  add_item (self, items, product->id, 0, CS_FIELD_KEYWORDS, "果篮\n爆款", "竹编\n果篮\n四川");
  for (guint i = 0; i < n_photos; i++)
    {
      CsPhoto *photo = cs_photo_new ();

      photo->product = product->id;
      photo->position = i;
      photo->name = g_strdup_printf ("IMG_%u.jpg", i + 1);
      g_ptr_array_add (self->photos, g_strdup (photo_path));
      photo->id = self->photos->len;
      photo->hash = g_strdup_printf ("%" G_GINT64_FORMAT, photo->id);
      g_ptr_array_add (product->photos, photo);
      add_item (self, items, product->id, photo->id, CS_FIELD_ALT_TEXT, NULL, "一只竹编果篮");
    }
  for (guint i = 0; i < n_photos; i++)
    {
      CsPhoto *photo = g_ptr_array_index (product->photos, i);

      add_item (self, items, product->id, photo->id, CS_FIELD_PICTURE, photo->hash, "Made 0.4 stop brighter");
    }
  g_ptr_array_add (self->products, product);
  g_ptr_array_add (self->items, items);

  return product->id;
}

static CsItem *
copy_item (CsItem *item)
{
  CsItem *copy = cs_item_new ();

  *copy = *item;
  copy->original = g_strdup (item->original);
  copy->value = g_strdup (item->value);
  copy->suggestions = g_ptr_array_ref (item->suggestions);

  return copy;
}

static void
replace (CsDesk *self,
         CsItem *with)
{
  GPtrArray *items = g_ptr_array_index (self->items, with->product - 1);

  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = g_ptr_array_index (items, i);

      if (item->field == with->field && item->photo == with->photo)
        {
          cs_item_unref (item);
          items->pdata[i] = with;
          return;
        }
    }
}

CsItem *
cs_fake_desk_find (CsDesk *self,
                   gint64  product,
                   CsField field,
                   gint64  photo)
{
  GPtrArray *items = g_ptr_array_index (self->items, product - 1);

  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = g_ptr_array_index (items, i);

      if (item->field == field && item->photo == photo)
        return item;
    }

  return NULL;
}

static void
changed (CsDesk *self,
         gint64  product)
{
  g_signal_emit_by_name (self, "changed", CS_DESK_PRODUCT, product);
  g_signal_emit_by_name (self, "changed", CS_DESK_PRODUCTS, (gint64) 0);
}

void
cs_fake_desk_suggest_anew (CsDesk     *self,
                           gint64      product,
                           const char *title)
{
  CsItem *item = copy_item (cs_fake_desk_find (self, product, CS_FIELD_TITLE, 0));

  g_ptr_array_unref (item->suggestions);
  item->suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_ptr_array_add (item->suggestions, suggest (self, item, 1, title));
  item->state = CS_ITEM_PENDING;
  item->decision = 0;
  replace (self, item);
  changed (self, product);
}

void
cs_fake_desk_suggest_beside (CsDesk       *self,
                             gint64        product,
                             CsField       field,
                             const char   *engine,
                             const char   *text,
                             CsPhraseState state)
{
  CsItem       *item = copy_item (cs_fake_desk_find (self, product, field, 0));
  CsSuggestion *suggestion = suggest (self, item, item->suggestions->len + 1, text);
  CsPhrase     *phrase = suggestion->evidence->phrases->pdata[1];
  GPtrArray    *beside = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);

  for (guint i = 0; i < item->suggestions->len; i++)
    g_ptr_array_add (beside, cs_suggestion_ref (item->suggestions->pdata[i]));
  g_ptr_array_unref (item->suggestions);
  item->suggestions = beside;
  g_set_str (&suggestion->engine, engine);
  g_set_str (&suggestion->cost, "0.0021 CNY");
  phrase->state = state;
  g_set_str (&phrase->remark, state == CS_PHRASE_GROUNDED ? NULL : "The note says something else.");
  g_ptr_array_add (beside, suggestion);
  replace (self, item);
  changed (self, product);
}

/* The desk */

DexFuture *
cs_desk_get_product (CsDesk *self,
                     gint64  id)
{
  return dex_future_new_take_boxed (CS_TYPE_PRODUCT, cs_product_ref (g_ptr_array_index (self->products, id - 1)));
}

DexFuture *
cs_desk_get_items (CsDesk *self,
                   gint64  product)
{
  GPtrArray *items = g_ptr_array_index (self->items, product - 1);
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_item_unref);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (copy, cs_item_ref (g_ptr_array_index (items, i)));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, copy);
}

static gboolean
waits (CsDesk *self,
       guint   index)
{
  GPtrArray *items = g_ptr_array_index (self->items, index);

  for (guint i = 0; i < items->len; i++)
    {
      CsItemState state = ((CsItem *) g_ptr_array_index (items, i))->state;

      if (state == CS_ITEM_PENDING || state == CS_ITEM_LATER)
        return TRUE;
    }

  return FALSE;
}

DexFuture *
cs_desk_list_queue (CsDesk *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->products->len; i++)
    {
      gint64 id = i + 1;

      if (waits (self, i))
        g_array_append_val (ids, id);
    }

  return dex_future_new_take_boxed (G_TYPE_ARRAY, ids);
}

DexFuture *
cs_desk_get_rows (CsDesk       *self,
                  const gint64 *ids,
                  guint         n_ids)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_product_row_unref);

  for (guint i = 0; i < n_ids; i++)
    {
      CsProductRow *row = cs_product_row_new ();

      row->id = ids[i];
      row->title = g_strdup_printf ("Product %" G_GINT64_FORMAT, ids[i]);
      row->stage = CS_STAGE_REVIEW;
      g_ptr_array_add (rows, row);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, rows);
}

DexFuture *
cs_desk_count_products (CsDesk *self)
{
  GArray *counts = g_array_new (FALSE, TRUE, sizeof (guint));

  g_array_set_size (counts, CS_N_STAGES);
  g_array_index (counts, guint, CS_STAGE_READY) = self->products->len;

  return dex_future_new_take_boxed (G_TYPE_ARRAY, counts);
}

char *
cs_desk_dup_picture_path (CsDesk     *self,
                          const char *hash)
{
  return hash != NULL ? g_strdup (g_ptr_array_index (self->photos, g_ascii_strtoll (hash, NULL, 10) - 1)) : NULL;
}

DexFuture *
cs_desk_load_pixels (CsDesk     *self,
                     const char *hash,
                     int         max_side)
{
  g_autofree char *path = cs_desk_dup_picture_path (self, hash);
  g_autoptr (GdkTexture) texture = path != NULL ? gdk_texture_new_from_filename (path, NULL) : NULL;
  g_autoptr (GdkTextureDownloader) downloader = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize stride;

  if (texture == NULL)
    return cs_fiber_refuse (CS_ERROR_UNREADABLE, "No picture");

  downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);

  return dex_future_new_take_variant (
    g_variant_ref_sink (g_variant_new ("(iiib@ay)", gdk_texture_get_width (texture), gdk_texture_get_height (texture),
                                       (int) stride, TRUE, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE))));
}

typedef struct
{
  CsDesk   *self;
  CsItem   *item;
  CsVerdict verdict;
  gint64    suggestion;
  char     *value;
} Decide;

static void
decide_free (Decide *decide)
{
  g_object_unref (decide->self);
  cs_item_unref (decide->item);
  g_free (decide->value);
  g_free (decide);
}

static DexFuture *
decide_fiber (gpointer data)
{
  Decide *decide = data;
  CsDesk *self = decide->self;
  CsItem *now;
  CsItem *decided;

  if (self->delay > 0)
    dex_await (dex_timeout_new_msec (self->delay), NULL);

  now = cs_fake_desk_find (self, decide->item->product, decide->item->field, decide->item->photo);
  if (self->fail_next >= 0)
    {
      int code = self->fail_next;

      self->fail_next = -1;
      return dex_future_new_reject (CS_ERROR, code, "The disk is full.");
    }
  if (now->decision != decide->item->decision ||
      (decide->suggestion != 0 && ((CsSuggestion *) now->suggestions->pdata[0])->id > decide->suggestion))
    return cs_fiber_refuse (CS_ERROR_STALE, "This has changed since it was shown.");

  g_ptr_array_add (self->undo, cs_item_ref (now));
  decided = copy_item (now);
  decided->decision = ++self->last_id;
  decided->state = decide->verdict == CS_VERDICT_ACCEPT  ? CS_ITEM_ACCEPTED
                   : decide->verdict == CS_VERDICT_EDIT  ? CS_ITEM_EDITED
                   : decide->verdict == CS_VERDICT_LATER ? CS_ITEM_LATER
                   : now->original != NULL               ? CS_ITEM_KEPT
                                                         : CS_ITEM_OPEN;
  g_free (decided->value);
  decided->value = g_strdup (decide->value);
  g_string_append_printf (self->log, "%" G_GINT64_FORMAT ":%s:%s:%s\n", decided->product, cs_field_get_name (decided->field),
                          cs_verdict_get_name (decide->verdict), decide->value != NULL ? decide->value : "");
  replace (self, decided);
  changed (self, decided->product);

  return dex_future_new_true ();
}

DexFuture *
cs_desk_decide (CsDesk       *self,
                CsItem       *item,
                CsSuggestion *suggestion,
                CsVerdict     verdict,
                const char   *value,
                const char   *face)
{
  Decide *decide = g_new0 (Decide, 1);

  decide->self = g_object_ref (self);
  decide->item = cs_item_ref (item);
  decide->verdict = verdict;
  decide->suggestion = suggestion != NULL ? suggestion->id : 0;
  decide->value = g_strdup (verdict == CS_VERDICT_ACCEPT ? suggestion->text : value);

  return cs_fiber_spawn_disowned (decide_fiber, decide, (GDestroyNotify) decide_free);
}

DexFuture *
cs_desk_accept_grounded (CsDesk     *self,
                         GPtrArray  *items,
                         const char *face)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      CsItem       *item = g_ptr_array_index (items, i);
      CsSuggestion *suggestion = g_ptr_array_index (item->suggestions, 0);

      if (item->state != CS_ITEM_PENDING || !cs_suggestion_is_grounded (suggestion))
        continue;

      dex_unref (cs_desk_decide (self, item, suggestion, CS_VERDICT_ACCEPT, NULL, face));
      n++;
    }

  return dex_future_new_for_uint (n);
}

DexFuture *
cs_desk_undo (CsDesk     *self,
              const char *face)
{
  GPtrArray  *decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
  CsDecision *decision;
  CsItem     *before;

  if (self->undo->len == 0)
    return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, decisions);

  before = g_ptr_array_steal_index (self->undo, self->undo->len - 1);
  decision = cs_decision_new ();
  decision->product = before->product;
  decision->photo = before->photo;
  decision->field = before->field;
  g_ptr_array_add (decisions, decision);
  replace (self, before);
  g_string_append (self->log, "undo\n");
  changed (self, before->product);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, decisions);
}

DexFuture *
cs_desk_set_value (CsDesk     *self,
                   gint64      product,
                   CsField     field,
                   const char *value)
{
  g_string_append_printf (self->log, "set:%s:%s\n", cs_field_get_name (field), value);

  return dex_future_new_true ();
}

/* Pictures */

typedef struct
{
  CsDesk *self;
  gint64  product;
  gint64  photo;
  char   *settings;
} Make;

static void
make_free (Make *make)
{
  g_object_unref (make->self);
  g_free (make->settings);
  g_free (make);
}

static DexFuture *
make_fiber (gpointer data)
{
  Make         *make = data;
  CsDesk       *self = make->self;
  CsItem       *item;
  CsSuggestion *suggestion;

  if (self->delay > 0)
    dex_await (dex_timeout_new_msec (self->delay), NULL);
  if (self->fail_next >= 0)
    {
      int code = self->fail_next;

      self->fail_next = -1;
      return dex_future_new_reject (CS_ERROR, code, "The photo could not be read.");
    }

  item = copy_item (cs_fake_desk_find (self, make->product, CS_FIELD_PICTURE, make->photo));
  suggestion = suggest (self, item, 1, "Cropped");
  g_set_str (&suggestion->settings, make->settings);
  g_ptr_array_unref (item->suggestions);
  item->suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_ptr_array_add (item->suggestions, suggestion);
  replace (self, item);
  g_string_append_printf (self->log, "picture:%s\n", make->settings);
  changed (self, make->product);

  return dex_future_new_take_boxed (CS_TYPE_SUGGESTION, cs_suggestion_ref (suggestion));
}

DexFuture *
cs_desk_suggest_picture (CsDesk     *self,
                         gint64      product,
                         gint64      photo,
                         const char *settings)
{
  Make *make = g_new0 (Make, 1);

  *make = (Make){ g_object_ref (self), product, photo, g_strdup (settings) };

  return cs_fiber_spawn (make_fiber, make, (GDestroyNotify) make_free);
}

void
cs_fake_desk_set_receipt (CsDesk     *self,
                          gint64      product,
                          gint64      photo,
                          const char *receipt,
                          gboolean    abstains)
{
  CsItem       *item = copy_item (cs_fake_desk_find (self, product, CS_FIELD_PICTURE, photo));
  CsSuggestion *suggestion = suggest (self, item, 1, abstains ? "Nothing stands out from the background." : "Cropped");

  suggestion->receipt = g_strdup (receipt);
  suggestion->abstains = abstains;
  g_ptr_array_unref (item->suggestions);
  item->suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_ptr_array_add (item->suggestions, suggestion);
  replace (self, item);
  changed (self, product);
}

static DexFuture *
preview_fiber (gpointer data)
{
  Make        *make = data;
  CsDesk      *self = make->self;
  const guint8 grey[4 * 4 * 3] = { 0x80 };

  self->n_previews++;
  self->max_previews = MAX (self->max_previews, self->n_previews);
  if (self->delay > 0)
    dex_await (dex_timeout_new_msec (self->delay), NULL);
  self->n_previews--;
  g_string_append_printf (self->log, "preview:%s\n", make->settings);

  return dex_future_new_take_variant (
    g_variant_ref_sink (g_variant_new ("(iiib@ay)", 4, 4, 12, FALSE,
                                       g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, grey, sizeof grey, 1))));
}

DexFuture *
cs_desk_preview_picture (CsDesk     *self,
                         gint64      product,
                         gint64      photo,
                         const char *settings,
                         int         max_side)
{
  Make *make = g_new0 (Make, 1);

  *make = (Make){ g_object_ref (self), product, photo, g_strdup (settings) };

  return cs_fiber_spawn (preview_fiber, make, (GDestroyNotify) make_free);
}

guint
cs_fake_desk_get_max_previews (CsDesk *self)
{
  return self->max_previews;
}

DexFuture *
cs_desk_load_changes (CsDesk       *self,
                      CsSuggestion *suggestion,
                      int           max_side)
{
  const guint8 red[4] = { 0xff, 0, 0, 0x80 };

  g_string_append_printf (self->log, "changes:%s\n", suggestion->picture);

  return dex_future_new_take_variant (
    g_variant_ref_sink (g_variant_new ("(iiib@ay)", 1, 1, 4, TRUE,
                                       g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, red, sizeof red, 1))));
}

DexFuture *
cs_desk_suggest_pictures (CsDesk     *self,
                          gint64      product,
                          const char *settings)
{
  g_string_append_printf (self->log, "pictures:%s\n", settings);

  return dex_future_new_for_uint (2);
}

DexFuture *
cs_desk_get_last_picture_settings (CsDesk *self)
{
  return dex_future_new_take_string (g_strdup ("{\"air\":0.75,\"mask\":\"of-another-photo\",\"polish\":0.125}"));
}

DexFuture *
cs_desk_keep_backdrop (CsDesk *self,
                       GFile  *file)
{
  return dex_future_new_take_string (g_strdup ("backdrop"));
}

DexFuture *
cs_desk_export_receipt (CsDesk       *self,
                        CsSuggestion *suggestion,
                        GFile        *folder)
{
  return dex_future_new_true ();
}
