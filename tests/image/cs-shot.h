/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <math.h>
#include <string.h>
#include <sys/mman.h>

#include "cs-encode.h"
#include "cs-mask-file.h"
#include "cs-raster.h"
#include "cs-work.h"

#include "cs-image-test.h"

G_BEGIN_DECLS

/* A photo of a product and its mask, as files */
typedef struct
{
  int      photo;
  int      mask;
  int      backdrop;
  CsFrame *frame;
  CsMatte *matte;
} Shot;

static inline void
shot_clear (Shot *self)
{
  g_clear_fd (&self->photo, NULL);
  g_clear_fd (&self->mask, NULL);
  g_clear_fd (&self->backdrop, NULL);
  g_clear_pointer (&self->frame, cs_frame_free);
  g_clear_pointer (&self->matte, cs_matte_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shot, shot_clear)

static inline int
fd_of (GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  int           fd = memfd_create ("test", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, data, length), ==, length);

  return fd;
}

static inline int
file_of (const CsFrame *frame)
{
  g_autoptr (GBytes) bytes = NULL;
  CsKind kind;

  bytes = cs_encode (frame, CS_FORMAT_PNG, 90, NULL, &kind, NULL);
  g_assert_nonnull (bytes);

  return fd_of (bytes);
}

static inline void
shot_save (Shot *self)
{
  g_autoptr (GBytes) mask = NULL;

  self->photo = file_of (self->frame);
  self->mask = -1;
  self->backdrop = -1;
  if (self->matte == NULL)
    return;

  mask = cs_mask_file_write (self->matte, NULL);
  g_assert_nonnull (mask);
  self->mask = fd_of (mask);
}

/* How much of a pixel an ellipse covers, with a rim of some pixels */
static inline int
coverage (double x,
          double y,
          CsRect box,
          double rim)
{
  double rx = box.width / 2.0, ry = box.height / 2.0;
  double r = hypot ((x - box.x - rx) / rx, (y - box.y - ry) / ry);

  return CLAMP (127.5 + (1 - r) * MIN (rx, ry) * 255 / rim, 0, 255);
}

/* A textured ellipse on a plain ground, mixed at its rim */
static inline void
shot_take (Shot         *self,
           int           width,
           int           height,
           CsRect        box,
           const guint8 *ground,
           const guint8 *product)
{
  GRand *random = g_rand_new_with_seed (width + height);

  *self = (Shot) { -1, -1, -1, cs_frame_new (width, height, 3), cs_matte_new (width, height) };
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int alpha = coverage (x + 0.5, y + 0.5, box, 4), grain = g_rand_int_range (random, -20, 21);

        *cs_matte_at (self->matte, x, y) = alpha;
        for (int c = 0; c < 3; c++)
          cs_frame_at (self->frame, x, y)[c] = (CLAMP (product[c] + grain, 0, 255) * alpha + ground[c] * (255 - alpha) + 127) / 255;
      }
  g_rand_free (random);
  shot_save (self);
}

static const guint8 paper[] = { 226, 226, 224 }, red[] = { 170, 50, 40 };

static inline void
shot_usual (Shot *self)
{
  shot_take (self, 900, 700, (CsRect) { 250, 150, 380, 440 }, paper, red);
}

/* What a request without anything special is */
static inline CsWireRequest
usual (CsOp op)
{
  return (CsWireRequest) {
    .magic = CS_WIRE_MAGIC,
    .op = op,
    .fds = 1u << CS_FD_PHOTO | 1u << CS_FD_MASK,
    .max_side = op == CS_OP_PREVIEW ? 400 : 0,
    .settings = {
      .switches = (1u << CS_WIRE_N_PARTS) - 1,
      .shape = CS_SHAPE_SQUARE,
      .background = CS_BACKGROUND_WHITE,
      .shadow = CS_SHADOW_NONE,
      .format = CS_FORMAT_PNG,
      .max_side = 2000,
      .quality = 90,
      .polish = 0.35,
      .air = 0.2,
    },
  };
}

static inline void
ask (CsWork              *work,
     const CsWireRequest *request,
     const Shot          *shot)
{
  cs_work_do (work, request, (int[CS_WIRE_MAX_FDS]) { shot->photo, shot->mask, shot->backdrop, -1 });
}

static inline CsFrame *
picture_of (const CsWork *work)
{
  g_autoptr (GBytes) profile = NULL;
  gsize         length;
  const guint8 *data = g_bytes_get_data (work->payload, &length);
  gboolean      cut_short = FALSE;
  int           orientation = 1;
  CsFrame      *frame = cs_raster_decode (CS_KIND_PNG, data, length, &profile, &orientation, &cut_short, NULL);

  g_assert_nonnull (frame);
  g_assert_cmpint (frame->channels, ==, 3);

  return frame;
}

static inline CsFrame *
improve (const CsWireRequest *request,
         const Shot          *shot,
         CsWireAnswer        *answer)
{
  g_auto (CsWork) work = { 0 };

  ask (&work, request, shot);
  g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_NONE);
  if (answer != NULL)
    *answer = work.answer;

  return picture_of (&work);
}

G_END_DECLS
