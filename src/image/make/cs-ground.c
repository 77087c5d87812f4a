/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-geometry.h"
#include "cs-ground.h"
#include "cs-image.h"

/* What a product is put on in place of its own background */
#define SOFT_GREY   236
#define PALE_LIGHT  0.945f
#define PALE_CHROMA 0.030f
#define GREY_CHROMA 0.020f /* of the product; less has no hue to take */

static guint8
encode (float linear)
{
  return cs_lab_encode (CLAMP (linear, 0, 1));
}

static void
lab_to_srgb (CsLab   lab,
             guint8 *rgb)
{
  float l = lab.l + 0.3963377774f * lab.a + 0.2158037573f * lab.b;
  float m = lab.l - 0.1055613458f * lab.a - 0.0638541728f * lab.b;
  float s = lab.l - 0.0894841775f * lab.a - 1.2914855480f * lab.b;

  l = l * l * l;
  m = m * m * m;
  s = s * s * s;
  rgb[0] = encode (4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s);
  rgb[1] = encode (-1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s);
  rgb[2] = encode (-0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s);
}

static CsHow
name_pale (float hue)
{
  static const struct
  {
    float upto;
    CsHow how;
  } names[] = {
    { 28, CS_HOW_PALE_ROSE }, { 62, CS_HOW_PALE_PEACH }, { 94, CS_HOW_PALE_SAND },
    { 116, CS_HOW_PALE_YELLOW }, { 160, CS_HOW_PALE_GREEN }, { 215, CS_HOW_PALE_MINT },
    { 285, CS_HOW_PALE_BLUE }, { 335, CS_HOW_PALE_LILAC },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (hue < names[i].upto)
      return names[i].how;

  return CS_HOW_PALE_ROSE;
}

/**
 * cs_ground_choose:
 * @background: a CsBackground
 * @product: its colour
 * @rgb: (out): three bytes
 *
 * Returns: how it is named
 */
CsHow
cs_ground_choose (guint32 background,
                  CsLab   product,
                  guint8 *rgb)
{
  float chroma = cs_lab_chroma (product), part;

  rgb[0] = rgb[1] = rgb[2] = background == CS_BACKGROUND_GREY ? SOFT_GREY : 255;
  if (background == CS_BACKGROUND_GREY)
    return CS_HOW_GREY;
  if (background == CS_BACKGROUND_OWN)
    return CS_HOW_OWN;
  if (background != CS_BACKGROUND_PRODUCT)
    return CS_HOW_WHITE;

  part = chroma > 0 ? MIN (PALE_CHROMA, chroma * 0.5f) / chroma : 0;
  if (chroma < GREY_CHROMA)
    part = 0;
  lab_to_srgb ((CsLab) { PALE_LIGHT, product.a * part, product.b * part }, rgb);

  return chroma < GREY_CHROMA ? CS_HOW_PALE_GREY : name_pale (cs_lab_hue (product));
}

/**
 * cs_ground_decode:
 * @fd: any picture
 * @labels: (out) (optional) (nullable): what it says of who made it
 *
 * Returns: (nullable): its middle, so that it covers @width × @height
 */
CsFrame *
cs_ground_decode (int      fd,
                  int      width,
                  int      height,
                  char   **labels,
                  GError **error)
{
  g_auto (CsSource) source = { 0 };
  g_autoptr (CsFrame) frame = NULL;
  CsWireGeometry geometry = CS_GEOMETRY_WHOLE (width, height);
  double across, down;

  if (!cs_source_open (&source, fd, error))
    return NULL;

  /* As large as the picture's longer side needs it, whichever way it lies */
  frame = cs_source_decode_no_smaller (&source, 2 * MAX (width, height), error);
  if (frame == NULL)
    return NULL;

  across = (double) width / frame->width;
  down = (double) height / frame->height;
  geometry.width = across / MAX (across, down);
  geometry.height = down / MAX (across, down);
  geometry.x = (1 - geometry.width) / 2;
  geometry.y = (1 - geometry.height) / 2;
  if (labels != NULL)
    *labels = g_strdup (source.metadata.labels);

  return cs_geometry_apply (&geometry, frame);
}
