/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "cs-jpeg.h"
#include "cs-profile.h"
#include "cs-wire.h"

/* More than any camera or editor writes; each scan of a progressive photo goes
 * over all of its pixels, which a hostile file has done thousands of times.
 */
#define MAX_SCANS 100

#define XMP_SIGNATURE "http://ns.adobe.com/xap/1.0/"

typedef struct
{
  struct jpeg_error_mgr    manager;
  struct jpeg_progress_mgr progress;
  jmp_buf                  jump;
  gboolean                 cut_short;
  gboolean                 no_memory;
} JpegGuard;

static void
jpeg_guard_exit (j_common_ptr common)
{
  JpegGuard *guard = (JpegGuard *) common->err;

  guard->no_memory = common->err->msg_code == JERR_OUT_OF_MEMORY;
  longjmp (guard->jump, 1);
}

static void
jpeg_guard_message (j_common_ptr common,
                    int          level)
{
  JpegGuard *guard = (JpegGuard *) common->err;

  if (level < 0 && (common->err->msg_code == JWRN_JPEG_EOF || common->err->msg_code == JWRN_HIT_MARKER))
    guard->cut_short = TRUE;
}

static void
jpeg_guard_silence (j_common_ptr common)
{
}

static void
jpeg_guard_progress (j_common_ptr common)
{
  JpegGuard *guard = (JpegGuard *) common->err;

  if (common->is_decompressor && ((j_decompress_ptr) common)->input_scan_number > MAX_SCANS)
    longjmp (guard->jump, 1);
}

static void
jpeg_guard_init (JpegGuard *guard)
{
  jpeg_std_error (&guard->manager);
  guard->manager.error_exit = jpeg_guard_exit;
  guard->manager.emit_message = jpeg_guard_message;
  guard->manager.output_message = jpeg_guard_silence;
  guard->progress.progress_monitor = jpeg_guard_progress;
}

/* Of the sizes that the DCT gives almost for nothing, the smallest that still
 * has nine tenths of what is wanted
 */
static void
jpeg_choose_scale (struct jpeg_decompress_struct *jpeg,
                   int                            wanted_side)
{
  guint side = MAX (jpeg->image_width, jpeg->image_height);

  jpeg->scale_num = 1;
  jpeg->scale_denom = 1;

  for (guint denominator = 8; denominator > 1 && wanted_side > 0; denominator /= 2)
    {
      guint scaled = (side + denominator - 1) / denominator;

      if (scaled * 10 >= (guint) wanted_side * 9)
        {
          jpeg->scale_denom = denominator;
          break;
        }
    }
}

static void
jpeg_read_pixels (struct jpeg_decompress_struct *jpeg,
                  CsFrame                       *frame)
{
  while (jpeg->output_scanline < jpeg->output_height)
    {
      JSAMPROW rows[8];
      guint    n = MIN (8, jpeg->output_height - jpeg->output_scanline);

      for (guint i = 0; i < n; i++)
        rows[i] = cs_frame_at (frame, 0, jpeg->output_scanline + i);

      jpeg_read_scanlines (jpeg, rows, n);
    }
}

static void
jpeg_start (struct jpeg_decompress_struct *jpeg,
            JpegGuard                     *guard,
            const guint8                  *data,
            gsize                          length,
            int                            wanted_side)
{
  jpeg_create_decompress (jpeg);
  jpeg->progress = &guard->progress;
  jpeg_mem_src (jpeg, data, length);
  jpeg_save_markers (jpeg, JPEG_APP0 + 2, 0xffff);
  jpeg_read_header (jpeg, TRUE);

  jpeg_choose_scale (jpeg, wanted_side);
  jpeg->dct_method = JDCT_ISLOW;
  jpeg->out_color_space = jpeg->num_components == 4 ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress (jpeg);
}

/* Photoshop writes its inks upside down and says so; the rest is turned to match */
static void
jpeg_ink_as_adobe (CsFrame *frame)
{
  gsize n = (gsize) frame->width * frame->height * 4;

  for (gsize i = 0; i < n; i++)
    frame->data[i] = 255 - frame->data[i];
}

/**
 * cs_jpeg_decode:
 * @wanted_side: pixels that the longer side is to have about, 0 for all
 * @profile: (out): the ICC profile, or %NULL, also where it is already applied
 * @cut_short: (out): whether the data ended too early; what is missing is grey
 *
 * Returns: RGB, not yet turned upright
 */
CsFrame *
cs_jpeg_decode (const guint8 *data,
                gsize         length,
                int           wanted_side,
                GBytes      **profile,
                gboolean     *cut_short,
                GError      **error)
{
  struct jpeg_decompress_struct jpeg = { 0 };
  JpegGuard                     guard = { 0 };
  CsFrame *volatile frame = NULL;
  JOCTET  *icc = NULL;
  guint    icc_length = 0;
  gboolean inverted;

  jpeg.err = &guard.manager;
  jpeg_guard_init (&guard);

  if (setjmp (guard.jump))
    {
      jpeg_destroy_decompress (&jpeg);
      g_clear_pointer ((CsFrame **) &frame, cs_frame_free);
      g_set_error_literal (error, CS_PROBLEM_QUARK,
                           guard.no_memory ? CS_PROBLEM_MEMORY : CS_PROBLEM_DAMAGED, "jpeg");
      return NULL;
    }

  jpeg_start (&jpeg, &guard, data, length, wanted_side);
  if (jpeg_read_icc_profile (&jpeg, &icc, &icc_length))
    {
      *profile = g_bytes_new (icc, icc_length);
      free (icc);
    }
  frame = cs_frame_new (jpeg.output_width, jpeg.output_height, jpeg.output_components);
  jpeg_read_pixels (&jpeg, frame);
  inverted = jpeg.saw_Adobe_marker;
  jpeg_destroy_decompress (&jpeg);

  *cut_short = guard.cut_short;
  if (frame->channels == 4)
    {
      if (!inverted)
        jpeg_ink_as_adobe (frame);
      frame = cs_profile_cmyk_to_srgb (frame, *profile);
      g_clear_pointer (profile, g_bytes_unref);
    }

  return frame;
}

static void
jpeg_write_xmp (struct jpeg_compress_struct *jpeg,
                const char                  *xmp)
{
  g_autoptr (GByteArray) marker = g_byte_array_new ();

  g_byte_array_append (marker, (const guint8 *) XMP_SIGNATURE, sizeof XMP_SIGNATURE);
  g_byte_array_append (marker, (const guint8 *) xmp, strlen (xmp));
  if (marker->len <= 65533)
    jpeg_write_marker (jpeg, JPEG_APP0 + 1, marker->data, marker->len);
}

/**
 * cs_jpeg_encode:
 * @xmp: (nullable): an XMP packet to write into the file
 *
 * Writes three-channel sRGB. Above quality 88 the colours keep their full
 * resolution, which thin red lettering needs.
 */
GBytes *
cs_jpeg_encode (const CsFrame *frame,
                int            quality,
                const char    *xmp,
                GError       **error)
{
  struct jpeg_compress_struct jpeg = { 0 };
  JpegGuard                   guard = { 0 };
  unsigned char              *data = NULL;
  unsigned long               length = 0;

  jpeg.err = &guard.manager;
  jpeg_guard_init (&guard);

  if (setjmp (guard.jump))
    {
      jpeg_destroy_compress (&jpeg);
      free (data);
      g_set_error_literal (error, CS_PROBLEM_QUARK, CS_PROBLEM_MEMORY, "jpeg");
      return NULL;
    }

  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &length);
  jpeg.image_width = frame->width;
  jpeg.image_height = frame->height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, CLAMP (quality, 1, 100), TRUE);
  if (quality > 88)
    jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
  jpeg_start_compress (&jpeg, TRUE);
  if (xmp != NULL)
    jpeg_write_xmp (&jpeg, xmp);

  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW row = cs_frame_at (frame, 0, jpeg.next_scanline);

      jpeg_write_scanlines (&jpeg, &row, 1);
    }

  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);

  return g_bytes_new_with_free_func (data, length, free, data);
}
