/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <lcms2.h>

#include "cs-profile.h"

/* A profile that cannot be read is passed over: the pixels then count as sRGB,
 * which is what every viewer does.
 */

static gboolean
profile_is_srgb (cmsHPROFILE profile)
{
  g_autofree char *name = NULL;
  cmsUInt32Number  size = cmsGetProfileInfoASCII (profile, cmsInfoDescription, "en", "US", NULL, 0);

  if (size == 0 || size > 1024)
    return FALSE;

  name = g_malloc0 (size + 1);
  cmsGetProfileInfoASCII (profile, cmsInfoDescription, "en", "US", name, size);

  return g_str_has_prefix (name, "sRGB") && !g_str_has_prefix (name, "sRGB to");
}

/* Photos of one seller mostly come from one camera: the last transform is kept */
static cmsHTRANSFORM
profile_transform (GBytes                *bytes,
                   cmsColorSpaceSignature space,
                   cmsUInt32Number        format,
                   cmsUInt32Number        to)
{
  static GBytes         *last;
  static cmsUInt32Number last_format;
  static cmsHTRANSFORM   transform;
  cmsHPROFILE            profile, srgb;

  if (last != NULL && last_format == format && g_bytes_equal (last, bytes))
    return transform;

  g_clear_pointer (&last, g_bytes_unref);
  g_clear_pointer (&transform, cmsDeleteTransform);

  profile = cmsOpenProfileFromMem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (profile == NULL)
    return NULL;

  if (cmsGetColorSpace (profile) == space && !(space == cmsSigRgbData && profile_is_srgb (profile)))
    {
      srgb = cmsCreate_sRGBProfile ();
      transform = cmsCreateTransform (profile, format, srgb, to, INTENT_RELATIVE_COLORIMETRIC,
                                      cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_COPY_ALPHA);
      cmsCloseProfile (srgb);
    }

  cmsCloseProfile (profile);
  last = g_bytes_ref (bytes);
  last_format = format;

  return transform;
}

void
cs_profile_to_srgb (CsFrame *frame,
                    GBytes  *profile)
{
  cmsUInt32Number format = frame->channels == 4 ? TYPE_RGBA_8 : TYPE_RGB_8;
  cmsHTRANSFORM   transform;

  if (profile == NULL)
    return;

  transform = profile_transform (profile, cmsSigRgbData, format, format);
  if (transform == NULL)
    return;

  for (int y = 0; y < frame->height; y++)
    cmsDoTransform (transform, cs_frame_at (frame, 0, y), cs_frame_at (frame, 0, y), frame->width);
}

static void
cmyk_without_profile (const guint8 *in,
                      guint8       *out,
                      int           n)
{
  for (int i = 0; i < n; i++, in += 4, out += 3)
    for (int c = 0; c < 3; c++)
      out[c] = in[c] * in[3] / 255;
}

/* Takes four channels as Adobe writes them (255 is no ink) */
CsFrame *
cs_profile_cmyk_to_srgb (CsFrame *cmyk,
                         GBytes  *profile)
{
  g_autoptr (CsFrame) from = cmyk;
  CsFrame      *to = cs_frame_new (from->width, from->height, 3);
  cmsHTRANSFORM transform = NULL;

  if (profile != NULL)
    transform = profile_transform (profile, cmsSigCmykData, TYPE_CMYK_8_REV, TYPE_RGB_8);

  for (int y = 0; y < from->height; y++)
    {
      if (transform != NULL)
        cmsDoTransform (transform, cs_frame_at (from, 0, y), cs_frame_at (to, 0, y), from->width);
      else
        cmyk_without_profile (cs_frame_at (from, 0, y), cs_frame_at (to, 0, y), from->width);
    }

  return to;
}
