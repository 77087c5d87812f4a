/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-error.h"
#include "cs-fd.h"
#include "cs-fiber.h"
#include "cs-image-answer.h"
#include "cs-image-look.h"
#include "cs-image-private.h"

/* What CsImage can be asked, as requests to its helper */

#define N(fd) ((int[CS_WIRE_MAX_FDS]) { [CS_FD_PHOTO] = (fd), [CS_FD_MASK] = -1, [CS_FD_BACKDROP] = -1, [CS_FD_PICTURE] = -1 })

DexFuture *
cs_image_refuse_file (int fd)
{
  struct stat st;

  if (fd < 0 || fstat (fd, &st) < 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_UNREADABLE, _ ("This file could not be read from the disk"));
  if (S_ISDIR (st.st_mode))
    return dex_future_new_reject (CS_ERROR, CS_ERROR_UNREADABLE, _ ("This is a folder, not a photo"));
  if (!S_ISREG (st.st_mode))
    return dex_future_new_reject (CS_ERROR, CS_ERROR_UNREADABLE, _ ("This is not a file with a photo in it"));
  if (st.st_size == 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_UNREADABLE, _ ("This file is empty"));
  if (st.st_size > CS_WIRE_MAX_FILE)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_UNREADABLE, _ ("This file is larger than %d MB"),
                                  CS_WIRE_MAX_FILE / (1024 * 1024));

  return NULL;
}

DexFuture *
cs_image_inspect (CsImage *self,
                  int      fd)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));

  return cs_image_ask (self, &(CsWireRequest) { .op = CS_OP_INSPECT }, N (fd));
}

DexFuture *
cs_image_decode (CsImage *self,
                 int      fd,
                 int      max_side)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (max_side > 0 && max_side <= G_MAXINT16);

  return cs_image_ask (self, &(CsWireRequest) { .op = CS_OP_DECODE, .max_side = max_side }, N (fd));
}

DexFuture *
cs_image_read (CsImage *self,
               int      fd)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));

  return cs_image_ask (self, &(CsWireRequest) { .op = CS_OP_READ }, N (fd));
}

DexFuture *
cs_image_render (CsImage *self,
                 int      fd,
                 int      max_side,
                 int      quality)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (max_side > 0 && max_side <= G_MAXINT16);

  return cs_image_ask (self, &(CsWireRequest) { .op = CS_OP_RENDER, .max_side = max_side, .quality = quality }, N (fd));
}

static CsWireSettings
settings_to_wire (const CsPictureSettings *settings)
{
  CsWireSettings wire = {
    .switches = (settings->straighten != FALSE) << CS_PART_STRAIGHTEN |
                (settings->crop != FALSE) << CS_PART_CROP |
                (settings->shape != CS_SHAPE_PHOTO) << CS_PART_SHAPE |
                (settings->background != CS_BACKGROUND_KEEP) << CS_PART_BACKGROUND |
                (settings->shadow != CS_SHADOW_KEEP) << CS_PART_SHADOW |
                (settings->white_balance != FALSE) << CS_PART_WHITE_BALANCE |
                (settings->exposure != FALSE) << CS_PART_EXPOSURE |
                (settings->clean != FALSE) << CS_PART_CLEAN,
    .shape = settings->shape,
    .background = settings->background,
    .shadow = settings->shadow,
    .format = settings->format,
    .max_side = settings->max_side,
    .quality = settings->quality,
    .polish = settings->polish,
    .air = settings->air,
    .mark = settings->mark,
  };

  g_strlcpy (wire.producer, settings->producer, sizeof wire.producer);

  return wire;
}

static DexFuture *
ask_for_picture (CsImage                 *self,
                 CsWireRequest           *wire,
                 const CsPictureInput    *input,
                 const CsPictureSettings *settings,
                 int                      picture)
{
  int fds[CS_WIRE_MAX_FDS] = {
    [CS_FD_PHOTO] = input->photo,
    [CS_FD_MASK] = input->mask,
    [CS_FD_BACKDROP] = input->backdrop,
    [CS_FD_PICTURE] = picture,
  };

  wire->settings = settings_to_wire (settings);
  if (input->light != NULL)
    {
      wire->has_light = TRUE;
      memcpy (wire->light.gains, input->light->gains, sizeof wire->light.gains);
      wire->light.lift = input->light->lift;
      wire->light.sure = input->light->sure;
    }
  if (input->key != NULL)
    g_strlcpy (wire->key, input->key, sizeof wire->key);

  return cs_image_ask (self, wire, fds);
}

DexFuture *
cs_image_plan (CsImage                 *self,
               const CsPictureInput    *input,
               const CsPictureSettings *settings)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (input != NULL && settings != NULL);

  return ask_for_picture (self, &(CsWireRequest) { .op = CS_OP_PLAN }, input, settings, -1);
}

DexFuture *
cs_image_improve (CsImage                 *self,
                  const CsPictureInput    *input,
                  const CsPictureSettings *settings)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (input != NULL);
  dex_return_error_if_fail (settings != NULL && settings->max_side > 0 && settings->max_side <= G_MAXINT16);

  return ask_for_picture (self, &(CsWireRequest) { .op = CS_OP_IMPROVE }, input, settings, -1);
}

DexFuture *
cs_image_preview (CsImage                 *self,
                  const CsPictureInput    *input,
                  const CsPictureSettings *settings,
                  int                      max_side)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (input != NULL && settings != NULL);
  dex_return_error_if_fail (max_side > 0 && max_side <= G_MAXINT16);

  return ask_for_picture (self, &(CsWireRequest) { .op = CS_OP_PREVIEW, .max_side = max_side }, input, settings, -1);
}

DexFuture *
cs_image_stage (CsImage                 *self,
                const CsPictureInput    *input,
                const CsPictureSettings *settings,
                int                      width,
                int                      height)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (input != NULL && settings != NULL);

  return ask_for_picture (self, &(CsWireRequest) { .op = CS_OP_STAGE, .width = width, .height = height },
                          input, settings, -1);
}

DexFuture *
cs_image_take_painted (CsImage                 *self,
                       const CsPictureInput    *input,
                       const CsPictureSettings *settings,
                       int                      width,
                       int                      height,
                       int                      painted)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (input != NULL && settings != NULL);
  dex_return_error_if_fail (painted >= 0);

  return ask_for_picture (self, &(CsWireRequest) { .op = CS_OP_PAINTED, .width = width, .height = height },
                          input, settings, painted);
}

static DexFuture *
ask_about_picture (CsImage                 *self,
                   CsWireRequest           *wire,
                   const CsPictureInput    *input,
                   const CsPictureSettings *settings,
                   int                      picture,
                   const char              *receipt)
{
  if (!cs_image_receipt_from_json (&wire->receipt, receipt))
    return dex_future_new_reject (CS_ERROR, CS_ERROR_REFUSED,
                                  _ ("Nothing tells what this picture was made from"));

  return ask_for_picture (self, wire, input, settings, picture);
}

DexFuture *
cs_image_measure (CsImage                 *self,
                  const CsPictureInput    *input,
                  const CsPictureSettings *settings,
                  int                      picture,
                  const char              *receipt)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (input != NULL && settings != NULL);
  dex_return_error_if_fail (picture >= 0);

  return ask_about_picture (self, &(CsWireRequest) { .op = CS_OP_MEASURE }, input, settings, picture, receipt);
}

DexFuture *
cs_image_changes (CsImage                 *self,
                  const CsPictureInput    *input,
                  const CsPictureSettings *settings,
                  int                      picture,
                  const char              *receipt,
                  int                      max_side)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (input != NULL && settings != NULL);
  dex_return_error_if_fail (picture >= 0);
  dex_return_error_if_fail (max_side > 0 && max_side <= G_MAXINT16);

  return ask_about_picture (self, &(CsWireRequest) { .op = CS_OP_CHANGES, .max_side = max_side },
                            input, settings, picture, receipt);
}

typedef struct
{
  CsImage *image;
  GBytes  *mask;
  int      photo;
  int      width;
  int      height;
  int      max_side;

  CsImageSeat seat;
} Cutting;

static void
cutting_free (Cutting *cutting)
{
  if (cutting->seat.turn != NULL)
    cs_image_seats_leave (cs_image_get_seats (cutting->image), &cutting->seat);
  g_clear_object (&cutting->image);
  g_clear_pointer (&cutting->mask, g_bytes_unref);
  g_clear_fd (&cutting->photo, NULL);
  g_free (cutting);
}

static DexFuture *
keep_mask_fiber (gpointer data)
{
  Cutting *cutting = data;
  CsWireRequest wire = { .op = CS_OP_MASK, .width = cutting->width, .height = cutting->height };
  g_autoptr (GError) error = NULL;
  g_autofd int fd = cs_fd_from_bytes (cutting->mask, &error);
  CsCutout *cutout;

  if (fd < 0)
    return dex_future_new_for_error (g_steal_pointer (&error));

  cutout = dex_await_boxed (cs_image_ask (cutting->image, &wire, (int[CS_WIRE_MAX_FDS]) { -1, fd, -1, -1 }), &error);

  return cutout != NULL ? dex_future_new_take_boxed (CS_TYPE_CUTOUT, cutout)
                        : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
cs_image_keep_mask (CsImage *self,
                    GBytes  *mask,
                    int      width,
                    int      height)
{
  Cutting *cutting;

  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (width > 0 && height > 0);
  dex_return_error_if_fail (mask != NULL && g_bytes_get_size (mask) == (gsize) width * height);

  cutting = g_new0 (Cutting, 1);
  *cutting = (Cutting) { g_object_ref (self), g_bytes_ref (mask), -1, width, height, 0 };

  return cs_fiber_spawn (keep_mask_fiber, cutting, (GDestroyNotify) cutting_free);
}

/* What the network sees is decoded at this size at least, and it scales that
 * down by itself; a photo's thin parts are looked at again at a larger one
 */
#define NETWORK_SIDE 1024

/* A second look, where it is worth one: its mask goes behind the first */
static GBytes *
look_closer (Cutting       *cutting,
             CsPixels      *pixels,
             CsPixels      *rough,
             CsWireRequest *wire)
{
  CsImageNetwork *network = cs_image_get_network (cutting->image);
  g_autoptr (CsPixels) part = NULL;
  g_autoptr (CsPixels) closer = NULL;
  GByteArray *both;

  if (!cs_image_look_closer (rough, pixels, &wire->closer))
    return g_bytes_ref (rough->bytes);

  part = cs_image_look_crop (pixels, &wire->closer);
  closer = dex_await_boxed (cs_image_network_run (network, part), NULL);
  if (closer == NULL || closer->width != rough->width || closer->height != rough->height)
    {
      wire->closer = (CsWireCrop) { 0 };
      return g_bytes_ref (rough->bytes);
    }

  both = g_bytes_unref_to_array (g_bytes_ref (rough->bytes));
  g_byte_array_append (both, g_bytes_get_data (closer->bytes, NULL), g_bytes_get_size (closer->bytes));

  return g_byte_array_free_to_bytes (both);
}

static DexFuture *
cut_out_fiber (gpointer data)
{
  Cutting *cutting = data;
  g_autoptr (CsPixels) pixels = NULL;
  g_autoptr (CsPixels) rough = NULL;
  g_autoptr (GBytes) masks = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int  fd = -1;
  CsWireRequest wire = { .op = CS_OP_CUTOUT, .max_side = cutting->max_side };
  CsCutout     *cutout;

  if (!dex_await (cs_image_seats_enter (cs_image_get_seats (cutting->image), &cutting->seat), &error) ||
      !(pixels = dex_await_boxed (cs_image_decode (cutting->image, cutting->photo, NETWORK_SIDE), &error)) ||
      !(rough = dex_await_boxed (cs_image_network_run (cs_image_get_network (cutting->image), pixels), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  masks = look_closer (cutting, pixels, rough, &wire);
  g_clear_pointer (&pixels, cs_pixels_unref);
  cs_image_seats_leave (cs_image_get_seats (cutting->image), &cutting->seat);

  wire.width = rough->width;
  wire.height = rough->height;
  if ((fd = cs_fd_from_bytes (masks, &error)) < 0)
    return dex_future_new_for_error (g_steal_pointer (&error));

  cutout = dex_await_boxed (cs_image_ask (cutting->image, &wire,
                                          (int[CS_WIRE_MAX_FDS]) { cutting->photo, fd, -1, -1 }),
                            &error);

  return cutout != NULL ? dex_future_new_take_boxed (CS_TYPE_CUTOUT, cutout)
                        : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
cs_image_cut_out (CsImage *self,
                  int      photo,
                  int      max_side)
{
  DexFuture *refused;
  Cutting   *cutting;

  dex_return_error_if_fail (CS_IS_IMAGE (self));
  dex_return_error_if_fail (max_side >= 0 && max_side <= G_MAXINT16);

  if ((refused = cs_image_refuse_file (photo)))
    return refused;
  if (!cs_image_network_is_set (cs_image_get_network (self)))
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _ ("There is no model to cut products out with"));

  cutting = g_new0 (Cutting, 1);
  *cutting = (Cutting) { g_object_ref (self), NULL, fcntl (photo, F_DUPFD_CLOEXEC, 3), 0, 0, max_side };

  return cs_fiber_spawn (cut_out_fiber, cutting, (GDestroyNotify) cutting_free);
}
