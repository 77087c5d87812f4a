/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <gio/gio.h>
#include <jpeglib.h>

G_BEGIN_DECLS

/* A photo of something: a shape on a plain table, another for each seed */
static inline GBytes *
cs_test_photo (guint seed,
               int   width,
               int   height)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  g_autofree guint8 *row = g_malloc (width * 3);
  unsigned char *data = NULL;
  unsigned long  length = 0;
  GRand         *rand = g_rand_new_with_seed (seed);
  int            x0 = width * g_rand_double_range (rand, 0.1, 0.4);
  int            x1 = width * g_rand_double_range (rand, 0.6, 0.9);
  int            y0 = height * g_rand_double_range (rand, 0.1, 0.4);
  int            y1 = height * g_rand_double_range (rand, 0.6, 0.9);
  guint8         colour[3] = { g_rand_int_range (rand, 20, 200), g_rand_int_range (rand, 20, 200), g_rand_int_range (rand, 20, 200) };
  int            period = g_rand_int_range (rand, 5, 60);
  GBytes        *bytes;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &length);
  jpeg.image_width = width;
  jpeg.image_height = height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_start_compress (&jpeg, TRUE);

  for (int y = 0; y < height; y++)
    {
      JSAMPROW rows[1] = { row };

      for (int x = 0; x < width; x++)
        {
          gboolean inside = x > x0 && x < x1 && y > y0 && y < y1;
          int      shade = inside ? (((x / period) + (y / period)) % 2) * 30 : 0;

          for (int c = 0; c < 3; c++)
            row[x * 3 + c] = inside ? colour[c] + shade : 225;
        }
      jpeg_write_scanlines (&jpeg, rows, 1);
    }

  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  g_rand_free (rand);
  bytes = g_bytes_new (data, length);
  free (data);

  return bytes;
}

static inline char *
cs_test_put (const char *folder,
             const char *name,
             GBytes     *bytes)
{
  char            *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));

  return path;
}

static inline void
cs_test_put_photo (const char *folder,
                   const char *name,
                   guint       seed)
{
  g_autoptr (GBytes) bytes = cs_test_photo (seed, 400, 300);
  g_autofree char *path = cs_test_put (folder, name, bytes);
}

G_END_DECLS
