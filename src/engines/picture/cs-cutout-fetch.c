/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-cutout-models-private.h"
#include "cs-download.h"
#include "cs-error.h"
#include "cs-fd.h"
#include "cs-fiber.h"
#include "cs-hash.h"
#include "cs-text.h"

/* How a network's file comes into the folder: fetched because the person asked
 * for it, or from a file that they have. Neither is put in its place before its
 * content is known to be right.
 */

#define MOST_BYTES (2 * 1024LL * 1024 * 1024)

typedef struct
{
  CsCutoutModels *models;
  CsImage        *image;
  CsJob          *job;
  char           *name; /* id, or path */
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_object (&fetch->models);
  g_clear_object (&fetch->image);
  g_clear_object (&fetch->job);
  g_free (fetch->name);
  g_free (fetch);
}

/* Two descriptors on their way to a thread */
typedef struct
{
  int from;
  int to; /* or -1: only to be read through */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_fd (&reading->from, NULL);
  g_clear_fd (&reading->to, NULL);
  g_free (reading);
}

static gboolean
copy_bytes (int      from,
            int      to,
            GError **error)
{
  g_autofree guint8 *buffer = g_malloc (256 * 1024);
  gint64 total = 0;

  for (;;)
    {
      gssize n = read (from, buffer, 256 * 1024);

      if (n == 0)
        break;
      if (n < 0 && errno == EINTR)
        continue;
      if (n > 0 && (total += n) > MOST_BYTES)
        errno = EFBIG;
      else if (n > 0 && write (to, buffer, n) == n)
        continue;

      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, g_strerror (errno));
      return FALSE;
    }

  if (fsync (to) == 0)
    return TRUE;

  g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, g_strerror (errno));

  return FALSE;
}

/* Resolves to the hash of what was read */
static DexFuture *
read_fiber (gpointer data)
{
  Reading           *reading = data;
  g_autoptr (GError) error = NULL;
  char              *hash;

  if (reading->to != -1 && !copy_bytes (reading->from, reading->to, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  hash = cs_hash_fd (reading->to != -1 ? reading->to : reading->from, &error);

  return hash != NULL ? dex_future_new_take_string (hash) : dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
read_through (int from,
              int to)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->from = fcntl (from, F_DUPFD_CLOEXEC, 3);
  reading->to = to != -1 ? fcntl (to, F_DUPFD_CLOEXEC, 3) : -1;

  return cs_fiber_compute (read_fiber, reading, reading_free);
}

/* What was stopped while it was read through is complete, and only to be checked next time */
static DexFuture *
or_stopped (Fetch     *fetch,
            DexFuture *future)
{
  if (fetch->job == NULL)
    return future;

  return dex_future_first (future, dex_cancellable_new_from_cancellable (cs_job_get_cancellable (fetch->job)), NULL);
}

static CsCutoutModel *
take_download (Fetch         *fetch,
               CsCutoutModel *model,
               const char    *part,
               GError       **error)
{
  g_autofd int     fd = cs_fd_open (part, error);
  g_autofree char *hash = NULL;
  CsCutoutModel   *kept;

  if (fd == -1 || !(hash = dex_await_string (or_stopped (fetch, read_through (fd, -1)), error)))
    return NULL;

  if (g_strcmp0 (hash, model->sha256) != 0)
    {
      cs_download_forget (part);
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _ ("What came is not %s: its SHA-256 is another one. It was deleted."), model->title);
      return NULL;
    }

  if ((kept = cs_cutout_models_keep (fetch->models, part, hash, NULL, NULL, error)))
    cs_download_forget (part);

  return kept;
}

static DexFuture *
download_fiber (gpointer data)
{
  Fetch *fetch = data;
  g_autoptr (CsHttp) http = NULL;
  g_autoptr (CsCutoutModel) model = NULL;
  g_autoptr (CsCutoutModel) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *part = NULL;

  if (!(model = cs_cutout_models_find (fetch->models, fetch->name, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (model->is_here)
    return dex_future_new_take_boxed (CS_TYPE_CUTOUT_MODEL, g_steal_pointer (&model));

  if (model->address == NULL)
    return cs_fiber_refuse (CS_ERROR_REFUSED,
                            _ ("Nothing is known of where to get %s. Add it from a file that you have."), model->title);

  if (!cs_cutout_models_make_folder (fetch->models, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  http = cs_http_new ();
  part = cs_cutout_models_dup_path (fetch->models, model->sha256, ".part");
  if (!dex_await (cs_download_file (http, model->address, part, model->size, fetch->job), &error) ||
      !(kept = take_download (fetch, model, part, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_CUTOUT_MODEL, g_steal_pointer (&kept));
}

DexFuture *
cs_cutout_models_download (CsCutoutModels *self,
                           const char     *id,
                           CsJob          *job)
{
  Fetch *fetch;

  dex_return_error_if_fail (CS_IS_CUTOUT_MODELS (self));
  dex_return_error_if_fail (id != NULL);

  fetch = g_new0 (Fetch, 1);
  fetch->models = g_object_ref (self);
  fetch->name = g_strdup (id);
  fetch->job = job != NULL ? g_object_ref (job) : NULL;

  return cs_fiber_spawn_disowned (download_fiber, fetch, fetch_free);
}

/* One file at a time: what a kill left of the last one is written over */
static int
open_new (const char *path,
          GError    **error)
{
  g_autofd int fd = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  struct stat  info;

  if (fd == -1 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("The model could not be kept: %s"), g_strerror (errno));
  else if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    g_set_error_literal (error, CS_ERROR, CS_ERROR_IN_USE, _ ("Another model is being added. Try again when it is done."));
  else if (ftruncate (fd, 0) != 0)
    g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("The model could not be kept: %s"), g_strerror (errno));
  else
    return g_steal_fd (&fd);

  return -1;
}

/* As a file of this family wants it, else as the file itself says. Waits; NULL
 * where it is no network that fits.
 */
static char *
find_profile (Fetch      *fetch,
              int         fd,
              const char *hash,
              const char *title,
              GError    **error)
{
  CsCutoutCatalogue *catalogue = cs_cutout_models_get_catalogue (fetch->models);
  g_autofree char   *profile = NULL;
  gint64             size;
  int                known = cs_cutout_catalogue_find (catalogue, hash, &size);
  g_autoptr (GError) reason = NULL;

  if (known >= 0)
    {
      g_autoptr (CsCutoutModel) model = cs_cutout_catalogue_make (catalogue, known);

      profile = g_strdup (model->profile);
    }
  else
    {
      profile = cs_cutout_catalogue_guess (catalogue, title);
    }

  if (dex_await (cs_image_try_network (fetch->image, fd, profile), &reason))
    return g_steal_pointer (&profile);

  if (known < 0 && g_strcmp0 (profile, "{}") != 0 && dex_await (cs_image_try_network (fetch->image, fd, "{}"), NULL))
    return g_strdup ("{}");

  g_propagate_error (error, g_steal_pointer (&reason));

  return NULL;
}

static CsCutoutModel *
take_file (Fetch      *fetch,
           const char *path,
           GError    **error)
{
  g_autofd int     from = cs_fd_open (fetch->name, error);
  g_autofd int     to = -1;
  g_autofree char *name = g_filename_display_basename (fetch->name);
  g_autofree char *title = cs_text_clean (name, FALSE);
  g_autofree char *hash = NULL;
  g_autofree char *profile = NULL;
  g_autoptr (CsCutoutModel) there = NULL;
  CsCutoutModel   *kept;

  if (from == -1 || (to = open_new (path, error)) == -1)
    return NULL;

  if (!(hash = dex_await_string (read_through (from, to), error)))
    kept = NULL;
  else if ((there = cs_cutout_models_find (fetch->models, hash, NULL)) && there->is_here)
    kept = g_steal_pointer (&there);
  else if ((profile = find_profile (fetch, to, hash, title, error)))
    return cs_cutout_models_keep (fetch->models, path, hash, title, profile, error);
  else
    kept = NULL;

  g_unlink (path);

  return kept;
}

static DexFuture *
add_fiber (gpointer data)
{
  Fetch *fetch = data;
  g_autofree char *path = cs_cutout_models_dup_path (fetch->models, "new", "");
  g_autoptr (GError) error = NULL;
  CsCutoutModel *kept;

  if (!cs_cutout_models_make_folder (fetch->models, &error) ||
      !(kept = take_file (fetch, path, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_CUTOUT_MODEL, kept);
}

static DexFuture *
try_fiber (gpointer data)
{
  Fetch *fetch = data;
  g_autoptr (CsCutoutModel) model = cs_cutout_model_new ();
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;

  model->title = g_filename_display_basename (fetch->name);
  if ((fd = cs_fd_open (fetch->name, &error)) == -1 ||
      !(model->sha256 = dex_await_string (read_through (fd, -1), &error)) ||
      !(model->profile = find_profile (fetch, fd, model->sha256, model->title, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_CUTOUT_MODEL, g_steal_pointer (&model));
}

static DexFuture *
spawn_with_file (CsCutoutModels *self,
                 CsImage        *image,
                 const char     *path,
                 DexFiberFunc    fiber)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->models = g_object_ref (self);
  fetch->image = g_object_ref (image);
  fetch->name = g_strdup (path);

  return cs_fiber_spawn_disowned (fiber, fetch, fetch_free);
}

DexFuture *
cs_cutout_models_add (CsCutoutModels *self,
                      CsImage        *image,
                      const char     *path)
{
  dex_return_error_if_fail (CS_IS_CUTOUT_MODELS (self));
  dex_return_error_if_fail (CS_IS_IMAGE (image));
  dex_return_error_if_fail (path != NULL);

  return spawn_with_file (self, image, path, add_fiber);
}

DexFuture *
cs_cutout_models_try (CsCutoutModels *self,
                      CsImage        *image,
                      const char     *path)
{
  dex_return_error_if_fail (CS_IS_CUTOUT_MODELS (self));
  dex_return_error_if_fail (CS_IS_IMAGE (image));
  dex_return_error_if_fail (path != NULL);

  return spawn_with_file (self, image, path, try_fiber);
}
