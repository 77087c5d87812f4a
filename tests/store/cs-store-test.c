/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "cs-store-test.h"

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && (dir = g_dir_open (path, 0, NULL)))
    {
      while ((name = g_dir_read_name (dir)))
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }

  g_remove (path);
}

CsTestLibrary
cs_test_library_new (void)
{
  g_autoptr (GError) error = NULL;
  CsTestLibrary self;

  self.folder = g_dir_make_tmp ("cs-store-XXXXXX", &error);
  g_assert_no_error (error);
  self.store = cs_store_open (self.folder, CS_STORE_WRITE, &error);
  g_assert_no_error (error);

  return self;
}

void
cs_test_library_close (CsTestLibrary *self)
{
  if (self->store != NULL)
    cs_store_close (self->store);
  g_clear_object (&self->store);
}

void
cs_test_library_reopen (CsTestLibrary *self)
{
  g_autoptr (GError) error = NULL;

  cs_test_library_close (self);
  self->store = cs_store_open (self->folder, CS_STORE_WRITE, &error);
  g_assert_no_error (error);
}

void
cs_test_library_clear (CsTestLibrary *self)
{
  cs_test_library_close (self);
  remove_tree (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

char *
cs_test_library_dup_path (CsTestLibrary *self,
                          const char    *name)
{
  return g_build_filename (self->folder, name, NULL);
}

void
cs_test_true (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dex_await (future, &error));
  g_assert_no_error (error);
}

gint64
cs_test_int64 (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gint64 value = dex_await_int64 (future, &error);

  g_assert_no_error (error);

  return value;
}

gpointer
cs_test_boxed (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gpointer value = dex_await_boxed (future, &error);

  g_assert_no_error (error);
  g_assert_nonnull (value);

  return value;
}

char *
cs_test_string (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  char *value = dex_await_string (future, &error);

  g_assert_no_error (error);

  return value;
}

void
cs_test_rejects (DexFuture *future,
                 GQuark     domain,
                 int        code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (future, &error));
  g_assert_error (error, domain, code);
}

void
cs_test_fails (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (future, &error));
  g_assert_nonnull (error);
}

static CsPhoto *
make_photo (void)
{
  static guint serial;
  g_autofree char *text = g_strdup_printf ("photo %u", ++serial);
  CsPhoto *photo = cs_photo_new ();

  photo->hash = cs_hash_data (text, strlen (text));
  photo->thumbnail = cs_hash_data (text, strlen (text) - 1);
  photo->name = g_strdup_printf ("photo-%u.jpg", serial);
  photo->mime = g_strdup ("image/jpeg");
  photo->width = 4000;
  photo->height = 3000;
  photo->likeness = 0x8000000000000001;

  return photo;
}

gint64
cs_test_make_product (CsStore *store,
                      guint    n_photos)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_import_item_unref);
  g_autoptr (GPtrArray) begun = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 batch;

  if (n_photos == 0)
    return cs_test_int64 (cs_products_add (store));

  for (guint i = 0; i < n_photos; i++)
    {
      CsImportItem *item = cs_import_item_new ();

      item->path = g_strdup ("/photos/one.jpg");
      g_ptr_array_add (items, item);
    }

  batch = cs_test_int64 (cs_imports_begin (store, items));
  begun = cs_test_boxed (cs_imports_list (store, batch));
  for (guint i = 0; i < begun->len; i++)
    {
      CsImportItem *item = begun->pdata[i];
      g_autoptr (CsPhoto) photo = make_photo ();

      g_assert_cmpuint (dex_await_uint (cs_imports_keep (store, item->id, photo), NULL), ==, CS_KEPT_NEW);
      g_array_append_val (ids, item->id);
    }

  return cs_test_int64 (cs_imports_make_product (store, (gint64 *) ids->data, ids->len));
}

CsSuggestion *
cs_test_make_suggestion (gint64      product,
                         CsField     field,
                         int         variant,
                         const char *text)
{
  CsSuggestion *suggestion = cs_suggestion_new ();

  suggestion->product = product;
  suggestion->field = field;
  suggestion->engine = g_strdup ("text");
  suggestion->variant = variant;
  suggestion->text = g_strdup (text);
  suggestion->language = g_strdup ("en");
  cs_suggestion_seal (suggestion);

  return suggestion;
}

gint64
cs_test_get_facts (CsStore *store,
                   gint64   product)
{
  g_autoptr (CsProduct) loaded = cs_test_boxed (cs_products_get (store, product));

  return loaded->facts;
}

void
cs_test_suggest (CsStore    *store,
                 gint64      product,
                 const char *input,
                 ...)
{
  g_autoptr (GPtrArray) suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  CsSuggestion *suggestion;
  va_list args;

  va_start (args, input);
  while ((suggestion = va_arg (args, CsSuggestion *)))
    g_ptr_array_add (suggestions, suggestion);
  va_end (args);

  cs_test_true (cs_suggestions_put (store, product, cs_test_get_facts (store, product), "text", input, suggestions));
}

CsItem *
cs_test_get_item (CsStore *store,
                  gint64   product,
                  CsField  field)
{
  g_autoptr (GPtrArray) items = cs_test_boxed (cs_items_list (store, product));

  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field == field)
        return cs_item_ref (item);
    }

  g_assert_not_reached ();
}

CsDecision *
cs_test_make_decision (CsItem     *item,
                       CsVerdict   verdict,
                       const char *value)
{
  CsDecision *decision = cs_decision_new ();

  decision->product = item->product;
  decision->photo = item->photo;
  decision->field = item->field;
  decision->verdict = verdict;
  decision->value = g_strdup (value);
  decision->face = g_strdup ("window");
  if (item->suggestions->len > 0)
    {
      CsSuggestion *suggestion = item->suggestions->pdata[0];

      decision->suggestion = suggestion->id;
      decision->shown = g_strdup (suggestion->hash);
    }

  return decision;
}

DexFuture *
cs_test_decide (CsStore    *store,
                gint64      product,
                CsField     field,
                CsVerdict   verdict,
                const char *value)
{
  g_autoptr (CsItem) item = cs_test_get_item (store, product, field);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);

  g_ptr_array_add (decisions, cs_test_make_decision (item, verdict, value));

  return cs_decisions_add (store, decisions);
}

CsItemState
cs_test_get_state (CsStore *store,
                   gint64   product,
                   CsField  field)
{
  g_autoptr (CsItem) item = cs_test_get_item (store, product, field);

  return item->state;
}

CsStage
cs_test_get_stage (CsStore *store,
                   gint64   id)
{
  g_autoptr (CsProduct) product = cs_test_boxed (cs_products_get (store, id));

  return product->stage;
}

gint64
cs_test_make_ready (CsStore    *store,
                    const char *title)
{
  gint64 product = cs_test_make_product (store, 1);

  cs_test_suggest (store, product, "input", cs_test_make_suggestion (product, CS_FIELD_TITLE, 1, title), NULL);
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_ACCEPT, NULL));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);

  return product;
}

CsListing *
cs_test_make_listing (CsStore    *store,
                      gint64      id,
                      const char *title)
{
  g_autoptr (CsProduct) product = cs_test_boxed (cs_products_get (store, id));
  CsListing *listing = cs_listing_new ();

  listing->operation = CS_OPERATION_CREATE;
  listing->account = 1;
  listing->channel = g_strdup ("practice");
  listing->adapter = g_strdup ("practice/1");
  listing->address = g_strdup ("");
  listing->key = g_strdup (product->key);
  listing->live = TRUE;
  listing->title = g_strdup (title);
  listing->stock = -1;
  cs_listing_freeze (listing);

  return listing;
}

gint64
cs_test_approve (CsStore    *store,
                 gint64      product,
                 const char *title)
{
  g_autoptr (CsListing) listing = cs_test_make_listing (store, product, title);

  return cs_test_int64 (cs_outbox_approve (store, product, listing, listing->hash, "window"));
}

CsOutboxState
cs_test_get_outbox_state (CsStore *store,
                          gint64   id)
{
  g_autoptr (CsOutboxEntry) entry = cs_test_boxed (cs_outbox_get (store, id));

  return entry->state;
}

char *
cs_test_make_receipt (const char *picture,
                      gboolean    within)
{
  return g_strdup_printf ("{\"geometry\":{},\"light\":{},\"picture\":\"%s\",\"within\":%s}",
                          picture, within ? "true" : "false");
}
