/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "cs-cutout-models.h"
#include "cs-error.h"
#include "cs-hash.h"
#include "cs-test.h"

/* Networks in a folder, with a catalogue of the test's own (put in the place of
 * the program's by G_RESOURCE_OVERLAYS) and a server on this computer.
 */

#define SIZE 5000

typedef struct
{
  SoupServer     *server;
  char           *folder;
  CsCutoutModels *models;
} Fixture;

static char *overlay; /* folder */

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  g_autofree char *body = g_strnfill (SIZE, path[1]);

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY, body, SIZE);
}

static char *
hash_of (char letter)
{
  g_autofree char *body = g_strnfill (SIZE, letter);

  return cs_hash_data (body, SIZE);
}

static void
write_catalogue (int port)
{
  g_autofree char *a = hash_of ('a');
  g_autofree char *b = hash_of ('b');
  g_autofree char *c = hash_of ('c');
  g_autofree char *path = g_build_filename (overlay, "cutout.json", NULL);
  g_autofree char *json = g_strdup_printf (
    "{\"models\":["
    "{\"id\":\"research\",\"address\":\"http://127.0.0.1:%d/a\",\"size\":%d,\"sha256\":\"%s\",\"commercial\":false},"
    "{\"id\":\"second\",\"address\":\"http://127.0.0.1:%d/b\",\"size\":%d,\"sha256\":\"%s\",\"commercial\":true},"
    "{\"id\":\"first\",\"address\":\"http://127.0.0.1:%d/c\",\"size\":%d,\"sha256\":\"%s\",\"commercial\":true,"
    " \"words\":{\"en\":\"good\",\"zh_CN\":\"好\"}},"
    "{\"id\":\"wrong\",\"address\":\"http://127.0.0.1:%d/d\",\"size\":%d,\"sha256\":\"%s\",\"commercial\":true},"
    "{\"id\":\"unchecked\",\"address\":\"http://127.0.0.1:%d/e\",\"size\":%d,\"commercial\":true},"
    "{\"id\":\"nowhere\",\"size\":1,\"sha256\":\"%064d\",\"commercial\":true}"
    "]}",
    port, SIZE, a, port, SIZE, b, port, SIZE, c, port, SIZE, a, port, SIZE, 0);

  g_assert_true (g_file_set_contents (path, json, -1, NULL));
}

static void
fixture_init (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *top = g_dir_make_tmp ("cs-models-XXXXXX", NULL);
  GSList *uris;

  *self = (Fixture) { .server = soup_server_new (NULL, NULL) };
  self->folder = g_build_filename (top, "deep", "models", NULL);
  soup_server_add_handler (self->server, NULL, serve_cb, NULL, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (self->server);
  write_catalogue (g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->models = cs_cutout_models_new (self->folder);
}

/* As after a restart of the program */
static void
reopen (Fixture *self)
{
  g_clear_object (&self->models);
  self->models = cs_cutout_models_new (self->folder);
}

static void
fixture_clear (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autofree char *deep = g_path_get_dirname (self->folder);
  g_autofree char *top = g_path_get_dirname (deep);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_rmdir (deep);
  g_rmdir (top);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->models);
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static CsCutoutModel *
find (Fixture    *self,
      const char *id)
{
  g_autoptr (GPtrArray) models = cs_cutout_models_list (self->models);

  for (guint i = 0; i < models->len; i++)
    {
      CsCutoutModel *model = models->pdata[i];

      if (g_str_equal (model->id, id))
        return cs_cutout_model_ref (model);
    }

  g_assert_not_reached ();
}

static char *
dup_used (Fixture *self)
{
  g_autoptr (GPtrArray) models = cs_cutout_models_list (self->models);
  char *used = NULL;

  for (guint i = 0; i < models->len; i++)
    {
      CsCutoutModel *model = models->pdata[i];

      if (!model->in_use)
        continue;

      g_assert_null (used);
      g_assert_true (model->is_here);
      used = g_strdup (model->id);
    }

  return used;
}

static void
assert_used (Fixture    *self,
             const char *id)
{
  g_autofree char *used = dup_used (self);
  g_autoptr (CsCutoutModel) model = NULL;
  g_autofd int fd = cs_cutout_models_open (self->models, &model);

  g_assert_cmpstr (used, ==, id);
  g_assert_cmpint (fd == -1, ==, id == NULL);
  g_assert_cmpstr (model != NULL ? model->id : NULL, ==, id);
}

static void
download (Fixture    *self,
          const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCutoutModel) model = dex_await_boxed (cs_cutout_models_download (self->models, id, NULL), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (model->id, ==, id);
  g_assert_true (model->is_here);
}

static void
assert_download_fails (Fixture    *self,
                       const char *id,
                       CsError     code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCutoutModel) model = dex_await_boxed (cs_cutout_models_download (self->models, id, NULL), &error);

  g_assert_null (model);
  g_assert_error (error, CS_ERROR, (int) code);
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir))
    n++;

  return n;
}

/* Nothing is made by looking; the first that may be used for selling is used and stays it */
static void
test_download (void)
{
  g_auto (Fixture) self;
  struct stat info;

  fixture_init (&self);
  assert_used (&self, NULL);
  g_assert_false (g_file_test (self.folder, G_FILE_TEST_EXISTS));

  download (&self, "research");
  assert_used (&self, NULL);
  download (&self, "first");
  assert_used (&self, "first");
  download (&self, "second");
  assert_used (&self, "first");
  g_assert_cmpuint (count_files (&self), ==, 4);
  g_assert_cmpint (g_stat (self.folder, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);

  reopen (&self);
  assert_used (&self, "first");
}

static void
test_refused (void)
{
  g_auto (Fixture) self;
  g_autoptr (CsCutoutModel) unchecked = NULL;

  fixture_init (&self);
  assert_download_fails (&self, "wrong", CS_ERROR_REFUSED);
  g_assert_cmpuint (count_files (&self), ==, 0);
  assert_download_fails (&self, "unchecked", CS_ERROR_REFUSED);
  assert_download_fails (&self, "nowhere", CS_ERROR_REFUSED);
  assert_download_fails (&self, "nobody", CS_ERROR_NOT_FOUND);

  /* What nobody can check has no address to be fetched from, and says so */
  unchecked = find (&self, "unchecked");
  g_assert_null (unchecked->address);
  g_assert_nonnull (strstr (unchecked->words, "file"));
}

static void
test_choice (void)
{
  g_auto (Fixture) self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  download (&self, "second");
  download (&self, "research");
  assert_used (&self, "second");

  g_assert_true (cs_cutout_models_use (self.models, "research", &error));
  assert_used (&self, "research");
  g_assert_false (cs_cutout_models_use (self.models, "first", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_clear_error (&error);
  assert_used (&self, "research");

  g_assert_true (cs_cutout_models_use (self.models, NULL, &error));
  reopen (&self);
  assert_used (&self, NULL);

  g_assert_true (cs_cutout_models_use (self.models, "research", &error));
  g_assert_true (cs_cutout_models_remove (self.models, "research", &error));
  assert_used (&self, "second");
  g_assert_true (cs_cutout_models_remove (self.models, "second", &error));
  assert_used (&self, NULL);
  g_assert_cmpuint (count_files (&self), ==, 1);
  g_assert_false (cs_cutout_models_remove (self.models, "nobody", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
check (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  dex_await (cs_cutout_models_check (self->models), &error);
  g_assert_no_error (error);
}

/* A file that was touched is read through before it is used again; one that was
 * changed is not used any more, and can be had again
 */
static void
test_damaged (void)
{
  g_auto (Fixture) self;
  g_autofree char *hash = hash_of ('b');
  g_autofree char *name = g_strconcat (hash, ".onnx", NULL);
  g_autofree char *path = NULL;
  g_autofree char *other = g_strnfill (SIZE, 'x');
  g_autoptr (CsCutoutModel) damaged = NULL;

  fixture_init (&self);
  path = g_build_filename (self.folder, name, NULL);
  download (&self, "second");

  g_assert_cmpint (utime (path, &(struct utimbuf) { 1000000000, 1000000000 }), ==, 0);
  assert_used (&self, NULL);
  check (&self);
  assert_used (&self, "second");

  g_assert_true (g_file_set_contents (path, other, SIZE, NULL));
  check (&self);
  assert_used (&self, NULL);
  damaged = find (&self, "second");
  g_assert_nonnull (strstr (damaged->words, "damaged"));

  download (&self, "second");
  assert_used (&self, "second");

  g_assert_true (g_file_set_contents (path, other, SIZE / 2, NULL));
  assert_used (&self, NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_used (&self, NULL);
}

/* Whatever stands in models.json, nothing breaks */
static void
test_broken_list (void)
{
  const char *const texts[] = {
    "", "[", "[]", "{\"files\":7,\"use\":{}}", "{\"files\":[null,{\"sha256\":\"../../x\"},{\"sha256\":5}],\"use\":\"first\"}",
  };
  g_auto (Fixture) self;
  g_autofree char *path = NULL;

  fixture_init (&self);
  path = g_build_filename (self.folder, "models.json", NULL);
  download (&self, "first");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      check (&self);
      assert_used (&self, NULL);
    }

  download (&self, "first");
  assert_used (&self, "first");
}

/* A file that is no network is not kept; one that is there is tried first and known by its hash */
static void
test_add (void)
{
  const char *shared = g_getenv ("CS_SHARED");
  g_auto (Fixture) self;
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCutoutModel) model = NULL;
  g_autofree char *network = shared != NULL ? g_build_filename (shared, "models", "u2netp.onnx", NULL) : NULL;
  g_autofree char *used = NULL;

  fixture_init (&self);
  model = dex_await_boxed (cs_cutout_models_add (self.models, image, "/etc/passwd"), &error);
  g_assert_null (model);
  g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (&self), ==, 0);

  model = dex_await_boxed (cs_cutout_models_add (self.models, image, "/nothing/there"), &error);
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  model = dex_await_boxed (cs_cutout_models_add (self.models, image, "/dev/zero"), &error);
  g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
  g_clear_error (&error);

  if (network == NULL || !g_file_test (network, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("There is no network in CS_SHARED to add");
      return;
    }

  /* Not in this catalogue: nothing is known of its licence, so it waits to be chosen */
  model = dex_await_boxed (cs_cutout_models_add (self.models, image, network), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (model->id), ==, 12);
  g_assert_cmpstr (model->title, ==, "u2netp.onnx");
  g_assert_false (model->commercial);
  g_assert_true (model->is_here);
  assert_used (&self, NULL);
  g_assert_true (cs_cutout_models_use (self.models, model->id, &error));
  used = dup_used (&self);
  g_assert_cmpstr (used, ==, model->id);
}

/* The program's own: whatever stands in it is there in every language, and what can be fetched can be checked */
static void
test_catalogue (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CS_SOURCE_MODELS"), "cutout.json", NULL);
  g_autofree char *copy = g_build_filename (overlay, "cutout.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *folder = g_build_filename (overlay, "none", NULL);
  g_autoptr (CsCutoutModels) models = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_true (g_file_set_contents (copy, text, length, NULL));
  models = cs_cutout_models_new (folder);
  list = cs_cutout_models_list (models);
  g_assert_cmpuint (list->len, >=, 7);
  g_assert_cmpstr (((CsCutoutModel *) list->pdata[0])->id, ==, "u2netp");

  for (guint i = 0; i < list->len; i++)
    {
      CsCutoutModel *model = list->pdata[i];

      g_assert_true (g_str_has_prefix (model->address, "https://"));
      g_assert_true (cs_hash_is_valid (model->sha256));
      g_assert_cmpint (model->size, >, 1000000);
      g_assert_cmpuint (strlen (model->words), >, 20);
      g_assert_cmpuint (strlen (model->licence), >, 20);
      g_assert_nonnull (strstr (model->profile, "\"side\""));
      g_assert_cmpint (model->commercial, ==, !g_str_has_prefix (model->id, "rmbg"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *overlays = NULL;
  g_autofree char *catalogue = NULL;
  int code;

  overlay = g_dir_make_tmp ("cs-catalogue-XXXXXX", NULL);
  overlays = g_strdup_printf (CS_RESOURCE_PATH "/models=%s", overlay);
  g_setenv ("G_RESOURCE_OVERLAYS", overlays, TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/engines/cutout-models/download", test_download);
  cs_test_add_fiber ("/engines/cutout-models/refused", test_refused);
  cs_test_add_fiber ("/engines/cutout-models/choice", test_choice);
  cs_test_add_fiber ("/engines/cutout-models/damaged", test_damaged);
  cs_test_add_fiber ("/engines/cutout-models/broken-list", test_broken_list);
  cs_test_add_fiber ("/engines/cutout-models/add", test_add);
  cs_test_add_fiber ("/engines/cutout-models/catalogue", test_catalogue);
  code = g_test_run ();

  catalogue = g_build_filename (overlay, "cutout.json", NULL);
  g_unlink (catalogue);
  g_rmdir (overlay);
  g_free (overlay);

  return code;
}
