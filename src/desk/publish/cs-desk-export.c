/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cs-accounts.h"
#include "cs-blobs.h"
#include "cs-desk-private.h"
#include "cs-fd.h"
#include "cs-outbox.h"
#include "cs-products.h"

/* Approved listings as files: for each a folder with listing.json, which holds
 * the very bytes that were signed, and its pictures by their names there. No
 * file that is there already is written over.
 */

static gboolean
refuse_file (const char *path,
             GError    **error)
{
  int              reason = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("“%s” cannot be written: %s"), name, g_strerror (reason));

  return FALSE;
}

/* Whatever the disk does is on the pool; fd 0 or more is copied, else bytes are written */
typedef struct
{
  char   *path;
  int     source;
  GBytes *bytes;
} WriteCall;

static void
write_call_free (gpointer data)
{
  WriteCall *call = data;

  g_free (call->path);
  g_clear_fd (&call->source, NULL);
  g_clear_pointer (&call->bytes, g_bytes_unref);
  g_free (call);
}

static gboolean
copy_all (int fd,
          int source)
{
  g_autofree char *buffer = g_malloc (128 * 1024);
  gssize           n;

  while ((n = read (source, buffer, 128 * 1024)) > 0)
    {
      if (!cs_fd_write_all (fd, buffer, n))
        return FALSE;
    }

  return n == 0;
}

static DexFuture *
write_fiber (gpointer data)
{
  WriteCall *call = data;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = open (call->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);

  if (fd == -1 ||
      !(call->bytes != NULL ? cs_fd_write_all (fd, g_bytes_get_data (call->bytes, NULL), g_bytes_get_size (call->bytes))
                            : copy_all (fd, call->source)) ||
      !g_close (g_steal_fd (&fd), NULL))
    {
      refuse_file (call->path, &error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

gboolean
cs_desk_write_file (const char *folder,
                    const char *name,
                    int         source,
                    GBytes     *bytes,
                    GError    **error)
{
  WriteCall *call = g_new0 (WriteCall, 1);

  call->path = g_build_filename (folder, name, NULL);
  call->source = source;
  call->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;

  return dex_await (cs_fiber_compute (write_fiber, call, write_call_free), error);
}

/* Only what can be in no folder name is in the way of a name */
static char *
dup_safe_name (const char *text)
{
  char *name = g_strdup (text);

  g_strdelimit (name, "/\\:*?\"<>|", '-');
  if (name[0] == '.')
    name[0] = '-';

  return name;
}

/* A folder that was not there before: "name", "name-2", … */
char *
cs_desk_make_folder (const char *parent,
                     const char *name,
                     GError    **error)
{
  g_autofree char *safe = dup_safe_name (name);

  if (g_mkdir_with_parents (parent, 0777) != 0)
    {
      refuse_file (parent, error);
      return NULL;
    }

  for (guint i = 1; i < 1000; i++)
    {
      g_autofree char *numbered = i == 1 ? g_strdup (safe) : g_strdup_printf ("%s-%u", safe, i);
      g_autofree char *path = g_build_filename (parent, numbered, NULL);

      if (g_mkdir (path, 0777) == 0)
        return g_steal_pointer (&path);

      if (errno != EEXIST)
        {
          refuse_file (path, error);
          return NULL;
        }
    }

  errno = EEXIST;
  refuse_file (parent, error);

  return NULL;
}

static gboolean
export_listing (CsDesk     *self,
                CsListing  *listing,
                const char *parent,
                GError    **error)
{
  g_autofree char *folder = cs_desk_make_folder (parent, listing->key, error);

  if (folder == NULL || !cs_desk_write_file (folder, "listing.json", -1, listing->bytes, error))
    return FALSE;

  for (guint i = 0; listing->pictures != NULL && i < listing->pictures->len; i++)
    {
      CsListingPicture *picture = listing->pictures->pdata[i];
      g_autofree char  *file = dup_safe_name (picture->name);
      int               fd = cs_blobs_open (self->store, picture->hash, error);

      if (fd == -1 || !cs_desk_write_file (folder, file, fd, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* Every account's approved listing of a product; n counts them */
static gboolean
export_product (CsDesk     *self,
                GPtrArray  *accounts,
                gint64      product,
                const char *folder,
                guint      *n,
                GError    **error)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      CsAccount *account = accounts->pdata[i];
      g_autoptr (CsListing) listing = NULL;
      g_autoptr (GError) reason = NULL;
      g_autofree char *hash = NULL;

      hash = dex_await_string (cs_outbox_get_approved (self->store, product, account->id), &reason);
      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }

      if (hash == NULL)
        continue;

      if (!(listing = dex_await_boxed (cs_outbox_get_payload (self->store, hash), error)) ||
          !export_listing (self, listing, folder, error))
        return FALSE;

      (*n)++;
    }

  return TRUE;
}

static DexFuture *
cs_desk_export_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  guint n_products = 0;

  if (!(accounts = dex_await_boxed (cs_accounts_list (self->store), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < call->ids->len; i++)
    {
      guint n_listings = 0;

      if (!export_product (self, accounts, g_array_index (call->ids, gint64, i), call->text, &n_listings, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));

      n_products += n_listings > 0;
    }

  if (n_products == 0)
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _("Only approved products can be written to files, and none of these is."));

  return dex_future_new_for_uint (n_products);
}

DexFuture *
cs_desk_export (CsDesk       *self,
                const gint64 *ids,
                guint         n_ids,
                const char   *folder)
{
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (folder != NULL);

  call = cs_desk_call_new (self);
  call->ids = cs_desk_copy_ids (ids, n_ids);
  call->text = g_strdup (folder);

  return cs_fiber_spawn_disowned (cs_desk_export_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
