/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "cs-hash.h"
#include "cs-picture-engine.h"
#include "cs-test.h"

/* A brown square on a pale table, as a file without a name */
static int
make_photo (guint32 colour)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
  g_autoptr (GdkPixbuf) thing = gdk_pixbuf_new_subpixbuf (pixbuf, 200, 120, 220, 220);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize            length;
  int              fd = open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  gdk_pixbuf_fill (pixbuf, 0xd8d8d0ff);
  gdk_pixbuf_fill (thing, colour);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "jpeg", &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (write (fd, data, length), ==, length);

  return fd;
}

static int
make_broken (void)
{
  int fd = open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, "\xff\xd8\xff\xe0 no photo", 13), ==, 13);

  return fd;
}

static CsEngineRequest *
make_request (const char *settings)
{
  CsEngineRequest *request = cs_engine_request_new ();
  int              fds[] = { make_photo (0x8a5a2bff), make_broken (), -1, make_photo (0x2b5a8aff) };

  request->product = cs_product_new ();
  request->product->id = 7;

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autoptr (CsPhoto) photo = cs_photo_new ();

      photo->id = 100 + i;
      photo->hash = fds[i] >= 0 ? cs_hash_fd (fds[i], NULL) : g_strdup ("");
      photo->name = g_strdup_printf ("%u.jpg", i);
      cs_engine_request_take_photo (request, photo, fds[i], NULL, g_strdup (settings));
    }

  return request;
}

/* The two that can be read get a picture each; the others cost only themselves */
static void
test_suggest (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (CsEngine) engine = cs_picture_engine_new (image);
  g_autoptr (CsEngineRequest) request = make_request (NULL);
  g_autofree char *input = cs_engine_dup_input (engine, request);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) suggestions = dex_await_boxed (cs_engine_suggest (engine, request, NULL), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (suggestions->len, ==, 2);

  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion     *suggestion = suggestions->pdata[i];
      CsPictureSettings settings;
      g_autofree char  *hash = cs_hash_bytes (suggestion->picture_bytes);

      g_assert_cmpint (suggestion->field, ==, CS_FIELD_PICTURE);
      g_assert_cmpint (suggestion->photo, ==, i == 0 ? 100 : 103);
      g_assert_cmpstr (suggestion->engine, ==, cs_engine_get_id (engine));
      g_assert_cmpstr (suggestion->picture, ==, hash);
      g_assert_cmpstr (suggestion->input, ==, input);
      g_assert_cmpstr (suggestion->text, !=, "");
      g_assert_nonnull (suggestion->remarks[0]);
      g_assert_true (cs_picture_settings_from_json (&settings, suggestion->settings));
      g_assert_true (cs_hash_is_valid (suggestion->hash));
      g_assert_true (cs_suggestion_is_grounded (suggestion));
    }
}

static void
test_stopped (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (CsEngine) engine = cs_picture_engine_new (image);
  g_autoptr (CsEngineRequest) request = make_request (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gpointer suggestions;

  g_cancellable_cancel (cancellable);
  suggestions = dex_await_boxed (cs_engine_suggest (engine, request, cancellable), &error);
  g_assert_null (suggestions);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Other settings are another input; settings that cannot be read are the usual ones */
static void
test_input (void)
{
  CsPictureSettings plain = CS_PICTURE_SETTINGS_DEFAULT;
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (CsEngine) engine = cs_picture_engine_new (image);
  g_autofree char *usual = cs_picture_settings_to_json (&plain);
  g_autofree char *uncropped = NULL;
  char            *inputs[4] = { NULL };

  plain.crop = FALSE;
  uncropped = cs_picture_settings_to_json (&plain);

  {
    const char *settings[] = { NULL, usual, "[broken", uncropped };

    for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
      {
        g_autoptr (CsEngineRequest) request = make_request (settings[i]);

        inputs[i] = cs_engine_dup_input (engine, request);
      }
  }

  g_assert_cmpstr (inputs[0], ==, inputs[1]);
  g_assert_cmpstr (inputs[0], ==, inputs[2]);
  g_assert_cmpstr (inputs[0], !=, inputs[3]);
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    g_clear_pointer (&inputs[i], g_free);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/engines/picture/suggest", test_suggest);
  cs_test_add_fiber ("/engines/picture/stopped", test_stopped);
  cs_test_add_fiber ("/engines/picture/input", test_input);

  return g_test_run ();
}
