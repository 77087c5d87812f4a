/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <dlfcn.h>
#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "cs-raster.h"

/* Everything but JPEG, by GdkPixbuf's loaders. A loader is asked for by name:
 * GdkPixbuf is never let guess, since its guess may be SVG.
 */

#define CHUNK (256 * 1024)

typedef struct
{
  gboolean too_large;
  int      height;
  int      rows; /* that have come so far */
} Progress;

static const char *const loaders[CS_N_KINDS] = {
  [CS_KIND_PNG] = "png",
  [CS_KIND_GIF] = "gif",
  [CS_KIND_WEBP] = "webp",
  [CS_KIND_TIFF] = "tiff",
  [CS_KIND_BMP] = "bmp",
  [CS_KIND_HEIC] = "heif/avif",
  [CS_KIND_AVIF] = "heif/avif",
};

static const char *const mime_types[CS_N_KINDS] = {
  [CS_KIND_PNG] = "image/png",
  [CS_KIND_GIF] = "image/gif",
  [CS_KIND_WEBP] = "image/webp",
  [CS_KIND_TIFF] = "image/tiff",
  [CS_KIND_BMP] = "image/bmp",
  [CS_KIND_HEIC] = "image/heic",
  [CS_KIND_AVIF] = "image/avif",
};

static GdkPixbufLoader *
raster_loader (CsKind   kind,
               GError **error)
{
  GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_type (loaders[kind], NULL);

  /* Some distributions name the same loader in another way */
  if (loader == NULL)
    loader = gdk_pixbuf_loader_new_with_mime_type (mime_types[kind], NULL);
  if (loader == NULL)
    g_set_error_literal (error, CS_PROBLEM_QUARK, CS_PROBLEM_NO_LOADER, "loader");

  return loader;
}

/* libheif loads its codecs with the first picture, and forgets them with the
 * last one: held here, since there is no opening them later. The library is
 * there because its loader is, so it needs no linking to.
 */
static void
raster_hold_heif (void)
{
  typedef struct
  {
    int         code;
    int         subcode;
    const char *message;
  } HeifError;
  HeifError (*init) (gpointer params) = NULL;
  gpointer library = dlopen ("libheif.so.1", RTLD_LAZY | RTLD_NOLOAD);

  if (library != NULL)
    *(gpointer *) &init = dlsym (library, "heif_init");
  if (init != NULL)
    init (NULL);
}

guint32
cs_raster_prepare (void)
{
  guint32 kinds = 1u << CS_KIND_JPEG;

  for (CsKind kind = CS_KIND_PNG; kind <= CS_KIND_AVIF; kind++)
    {
      g_autoptr (GdkPixbufLoader) loader = raster_loader (kind, NULL);

      if (loader == NULL)
        continue;

      kinds |= 1u << kind;
      gdk_pixbuf_loader_close (loader, NULL);
    }

  raster_hold_heif ();

  return kinds;
}

static void
raster_size_prepared (GdkPixbufLoader *loader,
                      int              width,
                      int              height,
                      gpointer         user_data)
{
  Progress *progress = user_data;

  progress->height = height;
  if ((gint64) width * height <= CS_WIRE_MAX_MEGAPIXELS * G_GINT64_CONSTANT (1000000))
    return;

  /* Nothing at all is how a loader is told to stop */
  progress->too_large = TRUE;
  gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
raster_area_updated (GdkPixbufLoader *loader,
                     int              x,
                     int              y,
                     int              width,
                     int              height,
                     gpointer         user_data)
{
  Progress *progress = user_data;

  progress->rows = MAX (progress->rows, y + height);
}

/* A GIF of a thousand frames is a thousand pictures in memory; one is wanted */
static gboolean
raster_has_first_frame (GdkPixbufLoader *loader)
{
  GdkPixbufAnimation *animation = gdk_pixbuf_loader_get_animation (loader);
  g_autoptr (GdkPixbufAnimationIter) iter = NULL;

  if (animation == NULL || gdk_pixbuf_animation_is_static_image (animation))
    return FALSE;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  {
    GTimeVal beginning = { 0 };

    iter = gdk_pixbuf_animation_get_iter (animation, &beginning);
  }
  G_GNUC_END_IGNORE_DEPRECATIONS

  return iter != NULL && !gdk_pixbuf_animation_iter_on_currently_loading_frame (iter);
}

static gboolean
raster_feed (GdkPixbufLoader *loader,
             CsKind           kind,
             const guint8    *data,
             gsize            length,
             GError         **error)
{
  for (gsize offset = 0; offset < length; offset += CHUNK)
    {
      if (!gdk_pixbuf_loader_write (loader, data + offset, MIN (CHUNK, length - offset), error))
        return FALSE;
      if (kind == CS_KIND_GIF && raster_has_first_frame (loader))
        return TRUE;
    }

  return TRUE;
}

/* The pixbuf's own memory, with the padding of its rows squeezed out: a second
 * copy of a photo may be more than there is room for
 */
static CsFrame *
raster_frame (GdkPixbuf *pixbuf)
{
  int      channels = gdk_pixbuf_get_n_channels (pixbuf);
  int      stride = gdk_pixbuf_get_rowstride (pixbuf);
  CsFrame *frame;

  if (gdk_pixbuf_get_bits_per_sample (pixbuf) != 8 || (channels != 3 && channels != 4))
    return NULL;

  frame = g_new0 (CsFrame, 1);
  frame->width = gdk_pixbuf_get_width (pixbuf);
  frame->height = gdk_pixbuf_get_height (pixbuf);
  frame->channels = channels;
  frame->data = gdk_pixbuf_get_pixels (pixbuf);
  frame->owner = g_object_ref (pixbuf);
  frame->release = g_object_unref;

  for (int y = 1; y < frame->height && stride != frame->width * channels; y++)
    memmove (cs_frame_at (frame, 0, y), frame->data + (gsize) y * stride, (gsize) frame->width * channels);

  return frame;
}

static void
raster_read_options (GdkPixbuf *pixbuf,
                     CsKind     kind,
                     GBytes   **profile,
                     int       *orientation)
{
  const char *icc = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  const char *turn = gdk_pixbuf_get_option (pixbuf, "orientation");

  if (icc != NULL)
    {
      gsize   length;
      guchar *data = g_base64_decode (icc, &length);

      *profile = g_bytes_new_take (data, length);
    }

  /* libtiff and libheif have turned the picture themselves, as far as they do;
   * what is left stands in the option
   */
  if (kind == CS_KIND_TIFF || kind == CS_KIND_HEIC || kind == CS_KIND_AVIF)
    *orientation = kind == CS_KIND_TIFF && turn != NULL ? g_ascii_strtoll (turn, NULL, 10) : 1;
}

CsFrame *
cs_raster_decode (CsKind        kind,
                  const guint8 *data,
                  gsize         length,
                  GBytes      **profile,
                  int          *orientation,
                  gboolean     *cut_short,
                  GError      **error)
{
  Progress progress = { 0 };
  g_autoptr (GError) broken = NULL;
  GdkPixbuf *pixbuf;
  CsFrame   *frame = NULL;
  gboolean   whole;
  g_autoptr (GdkPixbufLoader) loader = raster_loader (kind, error);

  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (raster_size_prepared), &progress);
  g_signal_connect (loader, "area-updated", G_CALLBACK (raster_area_updated), &progress);
  whole = raster_feed (loader, kind, data, length, &broken);
  if (!gdk_pixbuf_loader_close (loader, whole ? &broken : NULL))
    whole = FALSE;

  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf != NULL && !progress.too_large && (whole || progress.rows > 0))
    frame = raster_frame (pixbuf);

  if (frame == NULL)
    {
      CsProblem problem = progress.too_large                                                                 ? CS_PROBLEM_MEGAPIXELS
                          : g_error_matches (broken, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY) ? CS_PROBLEM_MEMORY
                                                                                                             : CS_PROBLEM_DAMAGED;

      g_set_error_literal (error, CS_PROBLEM_QUARK, problem, broken != NULL ? broken->message : "pixbuf");
      return NULL;
    }

  if (kind == CS_KIND_GIF)
    *cut_short |= !whole && !raster_has_first_frame (loader);
  else
    *cut_short |= !whole;
  raster_read_options (pixbuf, kind, profile, orientation);

  return frame;
}
