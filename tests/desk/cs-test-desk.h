/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib/gstdio.h>

#include "cs-desk.h"
#include "cs-test-photo.h"
#include "cs-test.h"

G_BEGIN_DECLS

/* A library in a folder of its own, and a folder to bring photos in from */
typedef struct
{
  char   *folder;
  char   *library;
  char   *photos;
  CsDesk *desk;
} Fixture;

static inline void
fixture_open (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->desk = cs_desk_open (self->library, CS_DESK_OPEN_FOR_ALL, &error);
  g_assert_no_error (error);
}

/* What is under way is stopped, and whatever still holds the desk lets it go soon */
static inline void
fixture_close (Fixture *self)
{
  g_autofree GWeakRef *weak = g_new0 (GWeakRef, 1);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  gboolean held = TRUE;

  g_weak_ref_init (weak, self->desk);
  cs_desk_close (self->desk);
  g_clear_object (&self->desk);
  while (held)
    {
      g_autoptr (GObject) desk = g_weak_ref_get (weak);

      held = desk != NULL;
      g_clear_object (&desk);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (held)
        dex_await (dex_timeout_new_msec (5), NULL);
    }
  g_weak_ref_clear (weak);
}

static inline void
fixture_init (Fixture *self)
{
  self->folder = g_dir_make_tmp ("cs-desk-XXXXXX", NULL);
  self->library = g_build_filename (self->folder, "library", NULL);
  self->photos = g_build_filename (self->folder, "photos", NULL);
  g_assert_cmpint (g_mkdir (self->photos, 0700), ==, 0);
  fixture_open (self);
}

static inline void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }

  g_remove (path);
}

static inline void
fixture_clear (Fixture *self)
{
  if (self->desk != NULL)
    fixture_close (self);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->library);
  g_free (self->photos);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

#define await_boxed(future)                                            \
  ({                                                                   \
    g_autoptr (GError) __error = NULL;                                 \
    gpointer __value = dex_await_boxed ((future), &__error);           \
    g_assert_no_error (__error);                                       \
    __value;                                                           \
  })

#define await_int64(future)                                            \
  ({                                                                   \
    g_autoptr (GError) __error = NULL;                                 \
    gint64 __value = dex_await_int64 ((future), &__error);             \
    g_assert_no_error (__error);                                       \
    __value;                                                           \
  })

#define await_uint(future)                                             \
  ({                                                                   \
    g_autoptr (GError) __error = NULL;                                 \
    guint __value = dex_await_uint ((future), &__error);               \
    g_assert_no_error (__error);                                       \
    __value;                                                           \
  })

#define await_ok(future)                                               \
  G_STMT_START {                                                       \
    g_autoptr (GError) __error = NULL;                                 \
    dex_await ((future), &__error);                                    \
    g_assert_no_error (__error);                                       \
  } G_STMT_END

#define assert_refused(future, code)                                   \
  G_STMT_START {                                                       \
    g_autoptr (GError) __error = NULL;                                 \
    g_assert_false (dex_await ((future), &__error));                   \
    g_assert_error (__error, CS_ERROR, code);                          \
  } G_STMT_END

/* Photos and folders by their names below the folder of photos, and all of it where name is NULL */
static inline CsImportSummary *
import_name (Fixture    *self,
             const char *name)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, g_file_new_build_filename (self->photos, name, NULL));

  return await_boxed (cs_desk_import (self->desk, files));
}

static inline CsItem *
find_item (GPtrArray *items,
           CsField    field)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field == field)
        return item;
    }

  g_assert_not_reached ();
}

/* One product from a folder of photos, with a note, suggested for */
static inline gint64
make_product_of (Fixture    *self,
                 const char *folder,
                 const char *note,
                 guint       n_photos)
{
  g_autoptr (CsImportSummary) summary = NULL;
  gint64 product;

  for (guint i = 0; i < n_photos; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/IMG_%04u.jpg", folder, i + 1);

      cs_test_put_photo (self->photos, name, g_str_hash (folder) + i);
    }

  summary = import_name (self, folder);
  g_assert_cmpuint (summary->n_photos, ==, n_photos);
  g_assert_cmpuint (summary->products->len, ==, 1);
  product = g_array_index (summary->products, gint64, 0);

  if (note != NULL)
    await_ok (cs_desk_set_value (self->desk, product, CS_FIELD_NOTE, note));
  g_assert_cmpuint (await_uint (cs_desk_suggest (self->desk, &product, 1)), ==, 1);

  return product;
}

static inline gint64
make_product (Fixture    *self,
              const char *folder,
              const char *note)
{
  return make_product_of (self, folder, note, 2);
}

/* Accepts whatever can be, and writes what cannot */
static inline void
decide_all (Fixture *self,
            gint64   product)
{
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));
      gboolean any = FALSE;

      for (guint i = 0; i < items->len && !any; i++)
        {
          CsItem       *item = items->pdata[i];
          CsSuggestion *suggestion = item->suggestions->len > 0 ? item->suggestions->pdata[0] : NULL;

          if (item->state != CS_ITEM_PENDING && item->state != CS_ITEM_OPEN)
            continue;

          any = TRUE;
          if (suggestion != NULL && !suggestion->is_question && item->state == CS_ITEM_PENDING)
            await_ok (cs_desk_decide (self->desk, item, suggestion, CS_VERDICT_ACCEPT, NULL, "window"));
          else
            await_ok (cs_desk_decide (self->desk, item, suggestion, CS_VERDICT_EDIT, "My own words", "window"));
        }

      if (!any)
        return;
    }

  g_assert_not_reached ();
}

static inline gint64
first_account (Fixture *self)
{
  g_autoptr (GPtrArray) accounts = await_boxed (cs_desk_list_accounts (self->desk));

  g_assert_cmpuint (accounts->len, ==, 1);

  return ((CsAccount *) accounts->pdata[0])->id;
}

static inline CsDraft *
prepare_one (Fixture *self,
             gint64   product)
{
  g_autoptr (GPtrArray) drafts = await_boxed (cs_desk_prepare (self->desk, first_account (self), &product, 1));

  g_assert_cmpuint (drafts->len, ==, 1);

  return cs_draft_ref (drafts->pdata[0]);
}

static inline DexFuture *
approve_one (Fixture *self,
             CsDraft *draft)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new ();

  g_ptr_array_add (drafts, draft);

  return cs_desk_approve (self->desk, drafts, "window");
}

G_END_DECLS
