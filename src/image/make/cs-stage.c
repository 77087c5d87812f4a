/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-encode.h"
#include "cs-image.h"
#include "cs-improve.h"
#include "cs-stage.h"

#define LEAST_SIDE 64
#define MOST_SIDE  4096

#define PRODUCT_FROM 128 /* of alpha, for a mask that knows only two values */

static gboolean
stage_refuse (CsProblem   problem,
              const char *what,
              GError    **error)
{
  g_set_error_literal (error, CS_PROBLEM_QUARK, problem, what);

  return FALSE;
}

/* Laid in the middle of the canvas, as large as it fits */
static void
stage_place (CsStage      *self,
             const CsMade *made,
             int           width,
             int           height)
{
  const CsFrame *picture = made->picture;
  double         scale = MIN ((double) width / picture->width, (double) height / picture->height);
  CsRect         inside = { .width = MIN (width, MAX (1, (int) (picture->width * scale + 0.5))),
                            .height = MIN (height, MAX (1, (int) (picture->height * scale + 0.5))) };
  CsMatte        mask = { picture->width, picture->height, made->alpha };
  g_autoptr (CsFrame) scaled = cs_frame_scale (picture, inside.width, inside.height);
  g_autoptr (CsMatte) alpha = cs_matte_scale (&mask, inside.width, inside.height);

  inside.x = (width - inside.width) / 2;
  inside.y = (height - inside.height) / 2;
  self->inside = inside;
  self->canvas = cs_frame_new (width, height, 3);
  self->alpha = cs_matte_new (width, height);
  for (gsize i = 0; i < (gsize) width * height; i++)
    memcpy (self->canvas->data + i * 3, made->plan.ground, 3);

  for (int y = 0; y < inside.height; y++)
    {
      memcpy (cs_frame_at (self->canvas, inside.x, inside.y + y), cs_frame_at (scaled, 0, y), (gsize) inside.width * 3);
      memcpy (cs_matte_at (self->alpha, inside.x, inside.y + y), cs_matte_at (alpha, 0, y), inside.width);
    }
}

/**
 * cs_stage_make:
 *
 * The same decisions as for the picture that goes out, with another ground:
 * what is painted for it fits that picture
 */
gboolean
cs_stage_make (CsStage             *self,
               CsSource            *source,
               const CsWireRequest *request,
               const int           *fds,
               GError             **error)
{
  g_auto (CsMade) made = { 0 };
  CsWireRequest   bare = *request;
  int             no_backdrop[CS_WIRE_MAX_FDS] = { fds[CS_FD_PHOTO], fds[CS_FD_MASK], -1, -1 };

  if (request->width < LEAST_SIDE || request->width > MOST_SIDE || request->height < LEAST_SIDE || request->height > MOST_SIDE)
    return stage_refuse (CS_PROBLEM_REQUEST, "canvas", error);

  bare.settings.background = CS_BACKGROUND_OWN;
  bare.settings.switches |= 1u << CS_PART_BACKGROUND;
  bare.settings.shadow = CS_SHADOW_NONE;
  bare.settings.max_side = MAX (request->width, request->height);
  g_strlcpy (bare.settings.producer, "stage", sizeof bare.settings.producer);
  if (!cs_improve (&made, source, &bare, no_backdrop, error))
    return FALSE;
  if (!made.plan.replace)
    return stage_refuse (CS_PROBLEM_REQUEST, "no product", error);

  stage_place (self, &made, request->width, request->height);

  return TRUE;
}

GBytes *
cs_stage_write_mask (const CsStage *self,
                     GError       **error)
{
  g_autoptr (CsFrame) mask = cs_frame_new (self->alpha->width, self->alpha->height, 4);
  gsize n = (gsize) mask->width * mask->height;

  memset (mask->data, 0, n * 4);
  for (gsize i = 0; i < n; i++)
    mask->data[i * 4 + 3] = self->alpha->alpha[i] >= PRODUCT_FROM ? 255 : 0;

  return cs_encode_png_alpha (mask, error);
}

void
cs_stage_clear (CsStage *self)
{
  g_clear_pointer (&self->canvas, cs_frame_free);
  g_clear_pointer (&self->alpha, cs_matte_free);
}
