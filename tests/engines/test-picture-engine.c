/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "../image/cs-onnx-test.h"
#include "cs-error.h"
#include "cs-fd.h"
#include "cs-hash.h"
#include "cs-picture-engine.h"
#include "cs-test.h"

/* A dark square on a pale table, as a file without a name */
static int
make_photo_on (guint32 background,
               guint32 colour)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
  g_autoptr (GdkPixbuf) thing = gdk_pixbuf_new_subpixbuf (pixbuf, 200, 120, 220, 220);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize            length;
  int              fd = open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  gdk_pixbuf_fill (pixbuf, background);
  gdk_pixbuf_fill (thing, colour);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "jpeg", &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (write (fd, data, length), ==, length);

  return fd;
}

static int
make_photo (guint32 colour)
{
  return make_photo_on (0xf4f4f0ff, colour);
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
  int              fds[] = { make_photo (0x1c140cff), make_broken (), -1, make_photo (0x0c141cff) };

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

/* A network that finds what is dark, as the desk would hand it over */
static CsImage *
make_image (CsOnnx kind)
{
  CsImage *image = cs_image_new ();

  cs_image_set_network (image, cs_onnx_test_open (kind, 64), "{}");

  return image;
}

static GPtrArray *
suggest (CsImage         *image,
         CsEngineRequest *request)
{
  g_autoptr (CsEngine) engine = cs_picture_engine_new (image);
  g_autoptr (GError) error = NULL;
  GPtrArray *suggestions = dex_await_boxed (cs_engine_suggest (engine, request, NULL), &error);

  g_assert_no_error (error);

  return suggestions;
}

static gboolean
says (CsSuggestion *suggestion,
      const char   *words)
{
  for (guint i = 0; suggestion->remarks[i] != NULL; i++)
    if (strstr (suggestion->remarks[i], words) != NULL)
      return TRUE;

  return FALSE;
}

/* Without a network all else is done, and one line says how to get one */
static void
test_no_network (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (CsEngineRequest) request = make_request (NULL);
  g_autoptr (GPtrArray) suggestions = suggest (image, request);

  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];

      g_assert_false (suggestion->abstains);
      g_assert_null (suggestion->mask);
      g_assert_nonnull (suggestion->receipt);
      g_assert_true (says (suggestion, "Get one under Cut-out Models"));
    }
}

/* What is found is handed back to be kept, and is not looked for again */
static void
test_cut_out (void)
{
  g_autoptr (CsImage) image = make_image (CS_ONNX_DARK);
  g_autoptr (CsImage) blind = cs_image_new ();
  g_autoptr (CsEngineRequest) request = make_request (NULL);
  g_autoptr (CsEngineRequest) again = make_request (NULL);
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GPtrArray) same = NULL;
  CsSuggestion  *suggestion;
  CsEnginePhoto *photo;

  request->network = g_strdup ("dark");
  request->mask_side = 400;
  suggestions = suggest (image, request);
  g_assert_cmpuint (suggestions->len, ==, 2);
  suggestion = suggestions->pdata[0];
  photo = request->photos->pdata[0];
  g_assert_false (suggestion->abstains);
  g_assert_nonnull (photo->found);
  g_assert_true (photo->sure);
  g_assert_cmpstr (suggestion->mask, ==, photo->mask_hash);
  g_assert_true (says (suggestion, "Background replaced by white"));
  g_assert_nonnull (((CsEnginePhoto *) request->photos->pdata[1])->trouble);

  /* Kept cut-outs are enough: the same pictures without asking any network */
  again->network = g_strdup ("dark");
  for (guint i = 0; i < again->photos->len; i++)
    {
      CsEnginePhoto *one = again->photos->pdata[i];
      CsEnginePhoto *known = request->photos->pdata[i];

      if (known->found != NULL)
        cs_engine_photo_set_mask (one, cs_fd_from_bytes (known->found, NULL), known->mask_hash, known->sure, known->sentence);
    }
  same = suggest (blind, again);
  g_assert_cmpuint (same->len, ==, 2);
  for (guint i = 0; i < same->len; i++)
    g_assert_cmpstr (((CsSuggestion *) same->pdata[i])->picture, ==, ((CsSuggestion *) suggestions->pdata[i])->picture);
}

/* A mask that cannot be right: the photo stands as it is, until the person says what to do */
static void
test_abstains (void)
{
  CsPictureSettings wanted = CS_PICTURE_SETTINGS_DEFAULT;
  g_autoptr (CsImage) image = make_image (CS_ONNX_FLAT);
  g_autoptr (CsEngineRequest) request = make_request (NULL);
  g_autoptr (CsEngineRequest) touched = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autofree char *settings = NULL;
  CsSuggestion *suggestion;

  request->network = g_strdup ("flat");
  suggestions = suggest (image, request);
  g_assert_cmpuint (suggestions->len, ==, 2);
  suggestion = suggestions->pdata[0];
  g_assert_true (suggestion->abstains);
  g_assert_null (suggestion->mask);
  g_assert_true (g_str_has_prefix (suggestion->text, "Not cut out"));
  g_assert_cmpuint (g_strv_length (suggestion->remarks), ==, 1);
  g_assert_nonnull (strstr (suggestion->receipt, "\"changed\":0"));

  wanted.air = 0.5;
  settings = cs_picture_settings_to_json (&wanted);
  touched = make_request (settings);
  touched->network = g_strdup ("flat");
  others = suggest (image, touched);
  suggestion = others->pdata[0];
  g_assert_false (suggestion->abstains);
  g_assert_true (says (suggestion, "Not cut out"));
  g_assert_cmpuint (g_strv_length (suggestion->remarks), >, 1);
}

/* One made alone is what it is among the others: light and all */
static void
test_alone (void)
{
  g_autoptr (CsImage) image = make_image (CS_ONNX_DARK);
  g_autoptr (CsEngineRequest) whole = make_request (NULL);
  g_autoptr (CsEngineRequest) narrow = make_request (NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) one = NULL;
  CsSuggestion *among, *alone;

  whole->network = g_strdup ("dark");
  narrow->network = g_strdup ("dark");
  for (guint i = 0; i < 3; i++)
    ((CsEnginePhoto *) narrow->photos->pdata[i])->wanted = FALSE;

  all = suggest (image, whole);
  one = suggest (image, narrow);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (one->len, ==, 1);
  among = all->pdata[1];
  alone = one->pdata[0];
  g_assert_cmpint (alone->photo, ==, 103);
  g_assert_cmpstr (alone->picture, ==, among->picture);
  g_assert_cmpstr (alone->input, ==, among->input);
  g_assert_cmpstr (alone->hash, ==, among->hash);
}

/* The light that a picture was lit with, as its receipt has it */
static char *
get_light (CsSuggestion *suggestion)
{
  const char *light = strstr (suggestion->receipt, "\"gains\"");

  g_assert_nonnull (light);

  return g_strndup (light, strchr (light, ']') - light);
}

static void
assert_lights (gboolean alike)
{
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  int fds[] = { make_photo_on (0xf0eee4ff, 0x1c140cff), make_photo_on (0xeeeee8ff, 0x0c141cff) };
  g_autoptr (CsImage) image = make_image (CS_ONNX_DARK);
  g_autoptr (CsEngineRequest) request = cs_engine_request_new ();
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autofree char *recipe = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  settings.alike = alike;
  recipe = cs_picture_settings_to_json (&settings);
  request->product = cs_product_new ();
  request->network = g_strdup ("dark");
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autoptr (CsPhoto) photo = cs_photo_new ();

      photo->id = 1 + i;
      photo->hash = cs_hash_fd (fds[i], NULL);
      cs_engine_request_take_photo (request, photo, fds[i], NULL, g_strdup (recipe));
    }

  suggestions = suggest (image, request);
  g_assert_cmpuint (suggestions->len, ==, 2);
  one = get_light (suggestions->pdata[0]);
  other = get_light (suggestions->pdata[1]);
  g_assert_cmpint (g_str_equal (one, other), ==, alike);
}

/* Taken in the same light but for a little: lit alike, unless that is switched off */
static void
test_alike (void)
{
  assert_lights (TRUE);
  assert_lights (FALSE);
}

/* A helper that ends on one photo costs its cut-out and no more */
static void
test_bad_network (void)
{
  g_autoptr (CsImage) image = make_image (CS_ONNX_NUMBERS);
  g_autoptr (CsEngineRequest) request = make_request (NULL);
  g_autoptr (GPtrArray) suggestions = NULL;

  request->network = g_strdup ("numbers");
  suggestions = suggest (image, request);
  g_assert_cmpuint (suggestions->len, ==, 2);
  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];

      g_assert_true (suggestion->abstains);
      g_assert_nonnull (suggestion->remarks[0]);
    }
}

/* The network, and the account's own wishes, are part of what goes in */
static void
test_all_of_the_input (void)
{
  CsPictureSettings grey = CS_PICTURE_SETTINGS_DEFAULT;
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (CsEngine) engine = cs_picture_engine_new (image);
  g_autoptr (CsEngineRequest) request = make_request (NULL);
  g_autofree char *plain = cs_engine_dup_input (engine, request);
  g_autofree char *with_network = NULL;
  g_autofree char *with_standard = NULL;
  g_autofree char *with_mask = NULL;

  request->network = g_strdup ("dark");
  with_network = cs_engine_dup_input (engine, request);
  grey.background = CS_BACKGROUND_GREY;
  request->standard = cs_picture_settings_to_json (&grey);
  with_standard = cs_engine_dup_input (engine, request);
  g_assert_cmpstr (plain, !=, with_network);
  g_assert_cmpstr (with_network, !=, with_standard);

  /* What was found comes of photo and network: it changes nothing of it */
  cs_engine_photo_set_mask (request->photos->pdata[0], -1, "abc", TRUE, NULL);
  with_mask = cs_engine_dup_input (engine, request);
  g_assert_cmpstr (with_mask, ==, with_standard);
}

static CsPixels *
preview (CsEngine        *engine,
         CsEngineRequest *request,
         const char      *settings)
{
  g_autoptr (GError) error = NULL;
  CsPixels *pixels = dex_await_boxed (cs_picture_engine_preview (CS_PICTURE_ENGINE (engine), request, 100, settings, 200), &error);

  g_assert_no_error (error);

  return pixels;
}

/* What the slider shows: small, and other settings are seen */
static void
test_preview (void)
{
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  g_autoptr (CsImage) image = make_image (CS_ONNX_DARK);
  g_autoptr (CsEngine) engine = cs_picture_engine_new (image);
  g_autoptr (CsEngineRequest) request = make_request (NULL);
  g_autoptr (CsPixels) tight = NULL;
  g_autoptr (CsPixels) airy = NULL;
  g_autoptr (CsPixels) nothing = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *usual = cs_picture_settings_to_json (&settings);
  g_autofree char *other = NULL;

  request->network = g_strdup ("dark");
  settings.air = 1;
  other = cs_picture_settings_to_json (&settings);
  tight = preview (engine, request, usual);
  airy = preview (engine, request, other);
  g_assert_cmpint (MAX (tight->width, tight->height), <=, 200);
  g_assert_false (g_bytes_equal (tight->bytes, airy->bytes));

  nothing = dex_await_boxed (cs_picture_engine_preview (CS_PICTURE_ENGINE (engine), request, 5, usual, 200), &error);
  g_assert_null (nothing);
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/engines/picture/suggest", test_suggest);
  cs_test_add_fiber ("/engines/picture/stopped", test_stopped);
  cs_test_add_fiber ("/engines/picture/input", test_input);
  cs_test_add_fiber ("/engines/picture/all-of-the-input", test_all_of_the_input);
  cs_test_add_fiber ("/engines/picture/no-network", test_no_network);
  cs_test_add_fiber ("/engines/picture/cut-out", test_cut_out);
  cs_test_add_fiber ("/engines/picture/abstains", test_abstains);
  cs_test_add_fiber ("/engines/picture/alone", test_alone);
  cs_test_add_fiber ("/engines/picture/alike", test_alike);
  cs_test_add_fiber ("/engines/picture/bad-network", test_bad_network);
  cs_test_add_fiber ("/engines/picture/preview", test_preview);

  return g_test_run ();
}
