/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <setjmp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <png.h>

#include "cs-fd.h"
#include "cs-mask-file.h"
#include "cs-wire.h"

#define MAX_SIDE  32767
#define MAX_FILE  (64 * 1024 * 1024)
#define MAX_CHUNK (8 * 1024 * 1024) /* of what is no pixels */

/* A mask's values are shares, not light: no curve is for them */
static const guint8 unwanted[] = "gAMA\0sRGB\0iCCP\0cHRM\0cICP\0eXIf\0iTXt\0tEXt\0zTXt";

/* What is read from or written to, and what went wrong. libpng jumps out of
 * its calls: whatever has to be freed afterwards is kept here.
 */
typedef struct
{
  const guint8 *data;
  gsize         length;
  GByteArray   *out;
  CsMatte      *matte;
  png_structp   png;
  png_infop     info;
  CsProblem     problem;
} PngGuard;

static void
png_guard_clear (PngGuard *self)
{
  g_clear_pointer (&self->out, g_byte_array_unref);
  g_clear_pointer (&self->matte, cs_matte_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PngGuard, png_guard_clear)

static void
png_guard_warn (png_structp     png,
                png_const_charp message)
{
}

static G_NORETURN void
png_guard_fail (png_structp     png,
                png_const_charp message)
{
  png_longjmp (png, 1);
}

static void
png_guard_pull (png_structp png,
                png_bytep   bytes,
                size_t      length)
{
  PngGuard *self = png_get_io_ptr (png);

  if (length > self->length)
    png_error (png, "cut short");

  memcpy (bytes, self->data, length);
  self->data += length;
  self->length -= length;
}

static void
png_guard_push (png_structp png,
                png_bytep   bytes,
                size_t      length)
{
  PngGuard *self = png_get_io_ptr (png);

  g_byte_array_append (self->out, bytes, length);
}

static void
png_guard_flush (png_structp png)
{
}

static void
mask_refuse (PngGuard *self,
             CsProblem problem)
{
  self->problem = problem;
  png_error (self->png, "refused");
}

/* One byte a pixel, whatever there was */
static void
mask_want_grey (PngGuard *self,
                int       colour)
{
  png_set_expand (self->png);
  png_set_scale_16 (self->png);
  if (colour & PNG_COLOR_MASK_COLOR)
    png_set_rgb_to_gray (self->png, PNG_ERROR_ACTION_NONE, PNG_RGB_TO_GRAY_DEFAULT, PNG_RGB_TO_GRAY_DEFAULT);
  if ((colour & PNG_COLOR_MASK_ALPHA) || png_get_valid (self->png, self->info, PNG_INFO_tRNS))
    png_set_background (self->png, &(png_color_16) { 0 }, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
}

static gboolean
mask_decode (PngGuard *self)
{
  png_uint_32 width, height;
  int         depth, colour, n_passes;

  if (setjmp (png_jmpbuf (self->png)))
    return FALSE;

  png_set_read_fn (self->png, self, png_guard_pull);
  png_set_user_limits (self->png, MAX_SIDE, MAX_SIDE);
  png_set_chunk_malloc_max (self->png, MAX_CHUNK);
  png_set_chunk_cache_max (self->png, 16);
  png_set_keep_unknown_chunks (self->png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
  png_set_keep_unknown_chunks (self->png, PNG_HANDLE_CHUNK_NEVER, unwanted, sizeof unwanted / 5);

  png_read_info (self->png, self->info);
  png_get_IHDR (self->png, self->info, &width, &height, &depth, &colour, NULL, NULL, NULL);
  if ((double) width * height > CS_WIRE_MAX_MEGAPIXELS * 1e6)
    mask_refuse (self, CS_PROBLEM_MEGAPIXELS);

  mask_want_grey (self, colour);
  n_passes = png_set_interlace_handling (self->png);
  png_read_update_info (self->png, self->info);
  if (png_get_rowbytes (self->png, self->info) != width)
    mask_refuse (self, CS_PROBLEM_DAMAGED);

  self->matte = cs_matte_new (width, height);
  while (n_passes-- > 0)
    for (png_uint_32 y = 0; y < height; y++)
      png_read_row (self->png, cs_matte_at (self->matte, 0, y), NULL);
  png_read_end (self->png, NULL);

  return TRUE;
}

CsMatte *
cs_mask_file_read_data (const guint8 *data,
                        gsize         length,
                        GError      **error)
{
  g_auto (PngGuard) guard = { .data = data, .length = length, .problem = CS_PROBLEM_DAMAGED };
  gboolean decoded = FALSE;

  if (length < 8 || png_sig_cmp (data, 0, 8) != 0)
    {
      g_set_error_literal (error, CS_PROBLEM_QUARK, CS_PROBLEM_NOT_A_PHOTO, "mask");
      return NULL;
    }

  guard.png = png_create_read_struct (PNG_LIBPNG_VER_STRING, &guard, png_guard_fail, png_guard_warn);
  guard.info = guard.png != NULL ? png_create_info_struct (guard.png) : NULL;
  if (guard.info != NULL)
    decoded = mask_decode (&guard);
  else
    guard.problem = CS_PROBLEM_MEMORY;
  png_destroy_read_struct (&guard.png, &guard.info, NULL);

  if (!decoded)
    g_set_error_literal (error, CS_PROBLEM_QUARK, guard.problem, "mask");

  return decoded ? g_steal_pointer (&guard.matte) : NULL;
}

CsMatte *
cs_mask_file_read (int      fd,
                   GError **error)
{
  g_autofree guint8 *data = NULL;
  gssize             length;
  struct stat        st;

  if (fd < 0 || fstat (fd, &st) < 0 || !S_ISREG (st.st_mode) || st.st_size > MAX_FILE)
    {
      g_set_error_literal (error, CS_PROBLEM_QUARK, CS_PROBLEM_FILE, "mask");
      return NULL;
    }

  data = g_malloc (st.st_size + 1);
  length = cs_fd_read_at (fd, data, st.st_size, 0);

  return cs_mask_file_read_data (data, MAX (length, 0), error);
}

static gboolean
mask_encode (PngGuard      *self,
             const CsMatte *matte)
{
  if (setjmp (png_jmpbuf (self->png)))
    return FALSE;

  png_set_write_fn (self->png, self, png_guard_push, png_guard_flush);
  png_set_IHDR (self->png, self->info, matte->width, matte->height, 8, PNG_COLOR_TYPE_GRAY,
                PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  /* Long runs of black and white, and ramps between them */
  png_set_filter (self->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
  png_set_compression_level (self->png, 1);
  png_write_info (self->png, self->info);
  for (int y = 0; y < matte->height; y++)
    png_write_row (self->png, cs_matte_at (matte, 0, y));
  png_write_end (self->png, self->info);

  return TRUE;
}

GBytes *
cs_mask_file_write (const CsMatte *matte,
                    GError       **error)
{
  g_auto (PngGuard) guard = { .out = g_byte_array_new () };
  gboolean encoded = FALSE;

  guard.png = png_create_write_struct (PNG_LIBPNG_VER_STRING, &guard, png_guard_fail, png_guard_warn);
  guard.info = guard.png != NULL ? png_create_info_struct (guard.png) : NULL;
  if (guard.info != NULL)
    encoded = mask_encode (&guard, matte);
  png_destroy_write_struct (&guard.png, &guard.info);

  if (!encoded)
    {
      g_set_error_literal (error, CS_PROBLEM_QUARK, CS_PROBLEM_MEMORY, "mask");
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&guard.out));
}
