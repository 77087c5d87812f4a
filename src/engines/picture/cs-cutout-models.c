/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-cutout-models-private.h"
#include "cs-download.h"
#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-hash.h"
#include "cs-json.h"

/* A file that is what it should be has been read through once, when it came.
 * From then on its size and time say whether it was touched; one that was is
 * read through again before it is used.
 */

#define ENDING   ".onnx"
#define PART     ".part"
#define OWN_ID   12 /* letters of the hash */

/* What models.json says of one file */
typedef struct
{
  char    *sha256;
  gint64   size;
  gint64   time; /* of its last change, nanoseconds */
  gboolean damaged;
  char    *title;   /* of one that is not in the catalogue; else NULL */
  char    *profile; /* the same */
} File;

typedef struct
{
  GPtrArray *files; /* (element-type File) */
  char      *use;   /* id, "" for none, NULL where nobody chose */
} State;

struct _CsCutoutModels
{
  GObject parent_instance;

  char              *folder;
  CsCutoutCatalogue *catalogue;
};

G_DEFINE_FINAL_TYPE (CsCutoutModels, cs_cutout_models, G_TYPE_OBJECT)

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->sha256);
  g_free (file->title);
  g_free (file->profile);
  g_free (file);
}

static void
state_free (State *state)
{
  g_ptr_array_unref (state->files);
  g_free (state->use);
  g_free (state);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (State, state_free)

static void
cs_cutout_models_finalize (GObject *object)
{
  CsCutoutModels *self = CS_CUTOUT_MODELS (object);

  g_free (self->folder);
  cs_cutout_catalogue_free (self->catalogue);

  G_OBJECT_CLASS (cs_cutout_models_parent_class)->finalize (object);
}

static void
cs_cutout_models_class_init (CsCutoutModelsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_cutout_models_finalize;
}

static void
cs_cutout_models_init (CsCutoutModels *self)
{
  self->catalogue = cs_cutout_catalogue_new ();
}

CsCutoutModels *
cs_cutout_models_new (const char *folder)
{
  CsCutoutModels *self = g_object_new (CS_TYPE_CUTOUT_MODELS, NULL);

  self->folder = folder != NULL ? g_strdup (folder)
                                : g_build_filename (g_get_user_data_dir (), "countersign", "models", NULL);

  return self;
}

const char *
cs_cutout_models_get_folder (CsCutoutModels *self)
{
  g_return_val_if_fail (CS_IS_CUTOUT_MODELS (self), NULL);

  return self->folder;
}

CsCutoutCatalogue *
cs_cutout_models_get_catalogue (CsCutoutModels *self)
{
  return self->catalogue;
}

char *
cs_cutout_models_dup_path (CsCutoutModels *self,
                           const char     *name,
                           const char     *ending)
{
  g_autofree char *whole = g_strconcat (name, ending, NULL);

  return g_build_filename (self->folder, whole, NULL);
}

gboolean
cs_cutout_models_make_folder (CsCutoutModels *self,
                              GError        **error)
{
  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("The folder for models could not be made: %s"), g_strerror (errno));

  return FALSE;
}

static State *
read_state (CsCutoutModels *self)
{
  g_autofree char     *path = cs_cutout_models_dup_path (self, "models", ".json");
  g_autofree char     *text = NULL;
  gsize                length;
  g_autoptr (JsonNode) node = NULL;
  JsonObject          *object;
  JsonArray           *files;
  State               *state = g_new0 (State, 1);

  state->files = g_ptr_array_new_with_free_func (file_free);
  if (g_file_get_contents (path, &text, &length, NULL))
    node = cs_json_parse (text, length, NULL);
  object = cs_json_node_object (node);
  state->use = g_strdup (cs_json_string (object, "use", NULL));
  files = cs_json_array (object, "files");

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonObject *one = cs_json_array_object (files, i);
      const char *sha256 = cs_json_string (one, "sha256", NULL);
      File       *file;

      if (sha256 == NULL || !cs_hash_is_valid (sha256))
        continue;

      file = g_new0 (File, 1);
      file->sha256 = g_strdup (sha256);
      file->size = cs_json_int (one, "size", 0);
      file->time = g_ascii_strtoll (cs_json_string (one, "time", "0"), NULL, 10);
      file->damaged = cs_json_bool (one, "damaged", FALSE);
      file->title = g_strdup (cs_json_string (one, "title", NULL));
      file->profile = g_strdup (cs_json_string (one, "profile", NULL));
      g_ptr_array_add (state->files, file);
    }

  return state;
}

static void
set_string (JsonObject *object,
            const char *name,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static gboolean
write_state (CsCutoutModels *self,
             State          *state,
             GError        **error)
{
  g_autofree char     *path = cs_cutout_models_dup_path (self, "models", ".json");
  g_autofree char     *text = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GError)   reason = NULL;
  JsonObject          *object = json_object_new ();
  JsonArray           *files = json_array_new ();

  json_node_take_object (node, object);
  set_string (object, "use", state->use);
  json_object_set_array_member (object, "files", files);
  for (guint i = 0; i < state->files->len; i++)
    {
      const File      *file = state->files->pdata[i];
      g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, file->time);
      JsonObject      *one = json_object_new ();

      json_object_set_string_member (one, "sha256", file->sha256);
      json_object_set_int_member (one, "size", file->size);
      json_object_set_string_member (one, "time", time);
      if (file->damaged)
        json_object_set_boolean_member (one, "damaged", TRUE);
      set_string (one, "title", file->title);
      set_string (one, "profile", file->profile);
      json_array_add_object_element (files, one);
    }

  text = cs_json_canonical (node);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &reason))
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("The list of models could not be written: %s"), reason->message);

  return FALSE;
}

/* The window and the command line may both be at it: held for an instant */
static int
lock_folder (CsCutoutModels *self)
{
  int fd = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd != -1)
    flock (fd, LOCK_EX);

  return fd;
}

static File *
find_file (State      *state,
           const char *sha256)
{
  for (guint i = 0; i < state->files->len; i++)
    {
      File *file = state->files->pdata[i];

      if (g_strcmp0 (file->sha256, sha256) == 0)
        return file;
    }

  return NULL;
}

static gint64
get_time (const struct stat *info)
{
  return (gint64) info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
}

typedef enum
{
  FILE_MISSING,
  FILE_TOUCHED, /* to be read through */
  FILE_DAMAGED,
  FILE_GOOD,
} FileState;

static int
open_file (CsCutoutModels *self,
           const File     *file,
           FileState      *file_state)
{
  g_autofree char *path = cs_cutout_models_dup_path (self, file->sha256, ENDING);
  g_autofd int     fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat      info;

  if (fd == -1 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    *file_state = FILE_MISSING;
  else if (info.st_size != file->size)
    *file_state = FILE_DAMAGED;
  else if (get_time (&info) != file->time)
    *file_state = FILE_TOUCHED;
  else
    *file_state = file->damaged ? FILE_DAMAGED : FILE_GOOD;

  return g_steal_fd (&fd);
}

static void
describe_file (CsCutoutModels *self,
               CsCutoutModel  *model,
               const File     *file)
{
  FileState    file_state;
  g_autofd int fd = open_file (self, file, &file_state);

  g_set_str (&model->sha256, file->sha256);
  model->is_here = file_state == FILE_GOOD;
  if (file_state == FILE_DAMAGED)
    g_set_str (&model->words, _ ("Its file on this computer was changed or is damaged. Get it again."));
}

static CsCutoutModel *
make_own (CsCutoutModels *self,
          const File     *file)
{
  CsCutoutModel *model = cs_cutout_model_new ();

  model->id = g_strndup (file->sha256, OWN_ID);
  model->title = g_strdup (file->title != NULL ? file->title : model->id);
  model->words = g_strdup (_ ("Added from a file of yours."));
  model->licence = g_strdup (_ ("Nothing is known of its licence. Ask where you have it from whether you may use it for selling."));
  model->size = file->size;
  model->profile = g_strdup (file->profile != NULL ? file->profile : "{}");
  describe_file (self, model, file);

  return model;
}

/* Which one is used: what the person chose, else the first that may be */
static void
mark_used (GPtrArray  *models,
           const char *use)
{
  CsCutoutModel *used = NULL;

  for (guint i = 0; i < models->len; i++)
    {
      CsCutoutModel *model = models->pdata[i];

      if (!model->is_here)
        continue;
      if (g_strcmp0 (model->id, use) == 0)
        {
          used = model;
          break;
        }
      if (used == NULL && model->commercial)
        used = model;
    }

  if (used != NULL && g_strcmp0 (use, "") != 0)
    used->in_use = TRUE;
}

static GPtrArray *
list_models (CsCutoutModels *self,
             State          *state)
{
  GPtrArray *models = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_cutout_model_unref);

  for (guint i = 0; i < cs_cutout_catalogue_get_length (self->catalogue); i++)
    {
      CsCutoutModel   *model = cs_cutout_catalogue_make (self->catalogue, i);
      g_autofree char *part = cs_cutout_models_dup_path (self, model->sha256 != NULL ? model->sha256 : model->id, PART);

      model->partial = cs_download_get_partial (part);
      g_ptr_array_add (models, model);
    }

  for (guint i = 0; i < state->files->len; i++)
    {
      const File *file = state->files->pdata[i];
      gint64      size;
      int         known = cs_cutout_catalogue_find (self->catalogue, file->sha256, &size);

      if (known < 0)
        g_ptr_array_add (models, make_own (self, file));
      else if (!((CsCutoutModel *) models->pdata[known])->is_here)
        describe_file (self, models->pdata[known], file);
    }

  mark_used (models, state->use);

  return models;
}

GPtrArray *
cs_cutout_models_list (CsCutoutModels *self)
{
  g_autoptr (State) state = NULL;

  g_return_val_if_fail (CS_IS_CUTOUT_MODELS (self), NULL);

  state = read_state (self);

  return list_models (self, state);
}

CsCutoutModel *
cs_cutout_models_find (CsCutoutModels *self,
                       const char     *id,
                       GError        **error)
{
  g_autoptr (GPtrArray) models = cs_cutout_models_list (self);

  for (guint i = 0; i < models->len; i++)
    {
      CsCutoutModel *model = models->pdata[i];

      if (g_strcmp0 (model->id, id) == 0 || g_strcmp0 (model->sha256, id) == 0)
        return cs_cutout_model_ref (model);
    }

  g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _ ("There is no model “%s”."), id);

  return NULL;
}

int
cs_cutout_models_open (CsCutoutModels *self,
                       CsCutoutModel **model)
{
  g_autoptr (State) state = NULL;
  g_autoptr (GPtrArray) models = NULL;

  g_return_val_if_fail (CS_IS_CUTOUT_MODELS (self), -1);

  *model = NULL;
  state = read_state (self);
  models = list_models (self, state);
  for (guint i = 0; i < models->len; i++)
    {
      CsCutoutModel *used = models->pdata[i];
      FileState      file_state;
      g_autofd int   fd = -1;

      if (!used->in_use)
        continue;

      fd = open_file (self, find_file (state, used->sha256), &file_state);
      if (file_state != FILE_GOOD)
        return -1;

      *model = cs_cutout_model_ref (used);
      return g_steal_fd (&fd);
    }

  return -1;
}

static DexFuture *
hash_fiber (gpointer data)
{
  g_autofd int     fd = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  char            *hash = cs_hash_fd (fd, &error);

  return hash != NULL ? dex_future_new_take_string (hash) : dex_future_new_for_error (g_steal_pointer (&error));
}

/* What came of reading a file through, written down; it may have gone meanwhile */
static void
note_check (CsCutoutModels *self,
            const char     *sha256,
            gint64          time,
            gboolean        good)
{
  g_autofd int         lock = lock_folder (self);
  g_autoptr (State)    state = read_state (self);
  File                *file = find_file (state, sha256);
  g_autoptr (GError)   error = NULL;

  if (file == NULL)
    return;

  file->time = time;
  file->damaged = !good;
  if (!write_state (self, state, &error))
    g_warning ("%s", error->message);
}

static DexFuture *
cs_cutout_models_check_fiber (gpointer data)
{
  CsCutoutModels *self = data;
  g_autoptr (State) state = read_state (self);

  for (guint i = 0; i < state->files->len; i++)
    {
      const File      *file = state->files->pdata[i];
      FileState        file_state;
      g_autofd int     fd = open_file (self, file, &file_state);
      g_autofree char *hash = NULL;
      struct stat      before, after;

      if (file_state != FILE_TOUCHED || fstat (fd, &before) != 0)
        continue;

      hash = dex_await_string (cs_fiber_compute (hash_fiber, GINT_TO_POINTER (fcntl (fd, F_DUPFD_CLOEXEC, 3)), NULL), NULL);

      /* Touched again while it was read: another time */
      if (hash != NULL && fstat (fd, &after) == 0 && get_time (&before) == get_time (&after))
        note_check (self, file->sha256, get_time (&after), g_strcmp0 (hash, file->sha256) == 0);
    }

  return dex_future_new_true ();
}

DexFuture *
cs_cutout_models_check (CsCutoutModels *self)
{
  dex_return_error_if_fail (CS_IS_CUTOUT_MODELS (self));

  return cs_fiber_spawn_disowned (cs_cutout_models_check_fiber, g_object_ref (self), g_object_unref);
}

static gboolean
put_in_place (CsCutoutModels *self,
              const char     *from,
              const char     *sha256,
              struct stat    *info,
              GError        **error)
{
  g_autofree char *path = cs_cutout_models_dup_path (self, sha256, ENDING);

  if (g_rename (from, path) == 0 && g_lstat (path, info) == 0)
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("The model could not be kept: %s"), g_strerror (errno));

  return FALSE;
}

CsCutoutModel *
cs_cutout_models_keep (CsCutoutModels *self,
                       const char     *path,
                       const char     *sha256,
                       const char     *title,
                       const char     *profile,
                       GError        **error)
{
  g_autofd int         lock = lock_folder (self);
  g_autoptr (State)    state = read_state (self);
  g_autoptr (CsCutoutModel) model = NULL;
  File                *file = find_file (state, sha256);
  struct stat          info;
  gint64               size;
  gboolean             known = cs_cutout_catalogue_find (self->catalogue, sha256, &size) >= 0;

  if (!put_in_place (self, path, sha256, &info, error))
    return NULL;

  if (file == NULL)
    {
      file = g_new0 (File, 1);
      file->sha256 = g_strdup (sha256);
      g_ptr_array_add (state->files, file);
    }

  file->size = info.st_size;
  file->time = get_time (&info);
  file->damaged = FALSE;
  if (!known)
    {
      g_set_str (&file->title, title);
      g_set_str (&file->profile, profile);
    }

  if (!write_state (self, state, error) || !(model = cs_cutout_models_find (self, sha256, error)))
    return NULL;

  /* From now on, also when others come that stand before it in the list */
  if (model->in_use && state->use == NULL)
    {
      state->use = g_strdup (model->id);
      if (!write_state (self, state, error))
        return NULL;
    }

  return g_steal_pointer (&model);
}

gboolean
cs_cutout_models_use (CsCutoutModels *self,
                      const char     *id,
                      GError        **error)
{
  g_autoptr (CsCutoutModel) model = NULL;
  g_autoptr (State) state = NULL;
  g_autofd int      lock = -1;

  g_return_val_if_fail (CS_IS_CUTOUT_MODELS (self), FALSE);

  if (id != NULL && !(model = cs_cutout_models_find (self, id, error)))
    return FALSE;

  if (model != NULL && !model->is_here)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("%s is not on this computer yet. Get it first."), model->title);
      return FALSE;
    }

  if (!cs_cutout_models_make_folder (self, error))
    return FALSE;

  lock = lock_folder (self);
  state = read_state (self);
  g_set_str (&state->use, model != NULL ? model->id : "");

  return write_state (self, state, error);
}

gboolean
cs_cutout_models_remove (CsCutoutModels *self,
                         const char     *id,
                         GError        **error)
{
  g_autoptr (CsCutoutModel) model = NULL;
  g_autoptr (State) state = NULL;
  g_autofd int      lock = -1;

  g_return_val_if_fail (CS_IS_CUTOUT_MODELS (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (!(model = cs_cutout_models_find (self, id, error)))
    return FALSE;

  lock = lock_folder (self);
  state = read_state (self);
  for (guint i = state->files->len; i > 0; i--)
    {
      File            *file = state->files->pdata[i - 1];
      g_autofree char *path = cs_cutout_models_dup_path (self, file->sha256, ENDING);
      g_autofree char *own = g_strndup (file->sha256, OWN_ID);
      gint64           size;
      int              known = cs_cutout_catalogue_find (self->catalogue, file->sha256, &size);
      g_autoptr (CsCutoutModel) of = known >= 0 ? cs_cutout_catalogue_make (self->catalogue, known) : NULL;

      if (g_strcmp0 (of != NULL ? of->id : own, model->id) != 0)
        continue;

      g_unlink (path);
      g_ptr_array_remove_index (state->files, i - 1);
    }

  if (model->sha256 != NULL)
    {
      g_autofree char *part = cs_cutout_models_dup_path (self, model->sha256, PART);

      cs_download_forget (part);
    }

  /* What was chosen is gone: the first that may be used is, as in the beginning */
  if (g_strcmp0 (state->use, model->id) == 0)
    g_clear_pointer (&state->use, g_free);

  return lock == -1 || write_state (self, state, error);
}
