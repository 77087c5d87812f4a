/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "cs-chat-test.h"
#include "cs-error.h"
#include "cs-json.h"
#include "cs-test.h"

static CsChatTest test;

/* An EXIF block that says: turned by a quarter, taken at a place north of somewhere */
static const guint8 exif[] = {
  0xff, 0xe1, 0x00, 0x46, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 0x2a, 0, 8, 0, 0, 0,
  2, 0,
  0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0,
  0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0,
  0, 0, 0, 0,
  1, 0,
  1, 0, 2, 0, 2, 0, 0, 0, 'N', 0, 0, 0,
  0, 0, 0, 0,
  0, 0, 0, 0, 0, 0,
};

/* A photo as a telephone makes it: wider than high, turned, with its place */
static int
open_photo (const char *name)
{
  g_autofree char *source = g_build_filename (g_getenv ("CS_SAMPLES"), name, NULL);
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  gsize length;
  int   fd;

  g_file_get_contents (source, &data, &length, &error);
  g_assert_no_error (error);
  g_byte_array_append (file, (const guint8 *) data, 2);
  g_byte_array_append (file, exif, sizeof exif);
  g_byte_array_append (file, (const guint8 *) data + 2, length - 2);

  fd = g_file_open_tmp ("cs-chat-XXXXXX", &path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (write (fd, file->data, file->len), ==, file->len);
  g_unlink (path);

  return fd;
}

static void
add_photo (CsEngineRequest *request,
           gint64           id,
           const char      *hash,
           const char      *name)
{
  g_autoptr (CsPhoto) photo = cs_photo_new ();

  photo->id = id;
  photo->product = 7;
  photo->hash = g_strdup (hash);
  photo->name = g_strdup ("IMG_1.jpg");
  cs_engine_request_take_photo (request, photo, open_photo (name), NULL, NULL);
}

static JsonObject *
get_last_request (JsonArray *requests)
{
  return json_array_get_object_element (requests, json_array_get_length (requests) - 1);
}

static void
use_here (const char *dialect,
          gboolean    may_photos,
          gboolean    never_photos)
{
  const CsModelParts *parts;

  cs_chat_test_use (&test, dialect, NULL, "qwen3-vl-plus", NULL);
  parts = cs_model_engine_get_parts (CS_MODEL_ENGINE (test.engine));
  parts->setup->may_photos = may_photos;
  parts->setup->never_photos = never_photos;
}

/* They go upright, no larger than they may, and with nothing that tells of a place or a device */
static void
test_stripped (void)
{
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) requests = NULL;
  JsonArray    *pictures;
  CsSuggestion *alt;

  use_here ("qwen+tag=photos", TRUE, FALSE);
  suggestions = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test.meter->last_pictures, ==, 2);

  requests = cs_model_server_dup_requests (test.server);
  pictures = json_object_get_array_member (get_last_request (requests), "pictures");
  g_assert_cmpuint (json_array_get_length (pictures), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *picture = json_array_get_object_element (pictures, i);

      g_assert_cmpstr (json_object_get_string_member (picture, "type"), ==, "image/jpeg");
      g_assert_cmpint (json_object_get_int_member (picture, "width"), <=, 1536);
      g_assert_cmpint (json_object_get_int_member (picture, "height"), <=, 1536);
      g_assert_cmpint (json_object_get_int_member (picture, "height"), >, json_object_get_int_member (picture, "width"));
      g_assert_false (json_object_get_boolean_member (picture, "exif"));
      g_assert_false (json_object_get_boolean_member (picture, "xmp"));
    }

  /* An alt text is of the photo that was sent */
  alt = cs_chat_test_find (suggestions, CS_FIELD_ALT_TEXT);
  g_assert_nonnull (alt);
  g_assert_cmpint (alt->photo, ==, 41);
}

/* "Never send photos", and a person who agreed to texts only: none goes */
static void
test_never (void)
{
  static const gboolean settings[][2] = { { TRUE, TRUE }, { FALSE, FALSE }, { FALSE, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *dialect = g_strdup_printf ("qwen+tag=never%u", i);
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (CsModelPlan) plan = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonArray) requests = NULL;
      const char *body;

      use_here (dialect, settings[i][0], settings[i][1]);
      suggestions = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      requests = cs_model_server_dup_requests (test.server);
      body = json_object_get_string_member (get_last_request (requests), "body");
      g_assert_null (strstr (body, "image_url"));
      g_assert_null (strstr (body, "base64"));
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_last_request (requests), "pictures")), ==, 0);
      g_assert_cmpuint (test.meter->last_pictures, ==, 0);
      g_assert_null (cs_chat_test_find (suggestions, CS_FIELD_ALT_TEXT));

      plan = dex_await_boxed (cs_model_engine_plan (CS_MODEL_ENGINE (test.engine), test.request), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (plan->pictures->len, ==, 0);
    }
}

/* What is shown before anything was agreed to is what will go */
static void
test_plan (void)
{
  g_autoptr (CsModelPlan) plan = NULL;
  g_autoptr (CsModelPlan) later = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) requests = NULL;
  g_autofree char *shown = NULL;
  const CsModelParts *parts;

  use_here ("qwen+tag=photoplan", FALSE, FALSE);
  parts = cs_model_engine_get_parts (CS_MODEL_ENGINE (test.engine));
  parts->setup->may_text = FALSE;
  plan = dex_await_boxed (cs_model_engine_plan (CS_MODEL_ENGINE (test.engine), test.request), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->pictures->len, ==, 2);

  parts->setup->may_text = parts->setup->may_photos = TRUE;
  suggestions = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plan->key, ==, test.meter->last_key);
  g_assert_cmpint (plan->input, >=, test.meter->last_input);
  requests = cs_model_server_dup_requests (test.server);
  shown = g_base64_encode (g_bytes_get_data (plan->pictures->pdata[0], NULL), g_bytes_get_size (plan->pictures->pdata[0]));
  g_assert_nonnull (strstr (json_object_get_string_member (get_last_request (requests), "body"), shown));
}

/* A model that cannot see is not asked to a second time */
static void
test_blind (void)
{
  static const struct
  {
    const char *dialect;
    guint       requests;
  } cases[] = { { "qwen+blind", 2 }, { "deepseek+blind", 2 }, { "mistral+blind", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GPtrArray) again = NULL;
      g_autoptr (GError) error = NULL;

      cs_chat_test_use (&test, cases[i].dialect, NULL, "other", NULL);
      suggestions = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (cs_chat_test_count (&test), ==, cases[i].requests);
      g_assert_cmpuint (test.meter->last_pictures, ==, 0);
      g_assert_null (cs_chat_test_find (suggestions, CS_FIELD_ALT_TEXT));

      again = cs_chat_test_suggest (&test, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (cs_chat_test_count (&test), ==, cases[i].requests);
    }
}

/* A photo that is none costs that photo */
static void
test_no_photo (void)
{
  g_autoptr (CsEngineRequest) request = g_steal_pointer (&test.request);
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPhoto) photo = cs_photo_new ();
  g_autofree char *path = NULL;
  int fd;

  test.request = cs_engine_request_new ();
  test.request->product = cs_product_ref (request->product);
  fd = g_file_open_tmp ("cs-chat-XXXXXX", &path, &error);
  g_assert_no_error (error);
  g_unlink (path);
  photo->id = 50;
  photo->hash = g_strdup ("50");
  cs_engine_request_take_photo (test.request, photo, fd, NULL, NULL);

  use_here ("qwen+tag=nophoto", TRUE, FALSE);
  suggestions = cs_chat_test_suggest (&test, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test.meter->last_pictures, ==, 0);

  g_clear_pointer (&test.request, cs_engine_request_unref);
  test.request = g_steal_pointer (&request);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  cs_chat_test_init (&test);
  test.image = cs_image_new ();
  add_photo (test.request, 41, "aa41", "bamboo-basket/1.jpg");
  add_photo (test.request, 42, "bb42", "bamboo-basket/2.jpg");

  cs_test_add_fiber ("/chat/photos/stripped", test_stripped);
  cs_test_add_fiber ("/chat/photos/never", test_never);
  cs_test_add_fiber ("/chat/photos/plan", test_plan);
  cs_test_add_fiber ("/chat/photos/blind", test_blind);
  cs_test_add_fiber ("/chat/photos/no-photo", test_no_photo);

  status = g_test_run ();
  cs_chat_test_clear (&test);

  return status;
}
