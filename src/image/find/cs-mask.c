/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-mask.h"

/* Without specks: a pixel is what most of its neighbourhood is */
void
cs_mask_smooth (guint8 *mask,
                int     width,
                int     height,
                int     least)
{
  g_autofree guint8 *before = g_memdup2 (mask, (gsize) width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int n = 0;

        for (int v = MAX (y - 1, 0); v <= MIN (y + 1, height - 1); v++)
          for (int u = MAX (x - 1, 0); u <= MIN (x + 1, width - 1); u++)
            n += before[v * width + u] != 0;
        mask[y * width + x] = n >= least ? 255 : 0;
      }
}

/* Gives every piece that hangs together its number, from 1; returns their sizes as ints */
GArray *
cs_mask_label (const guint8 *mask,
               int          *labels,
               int           width,
               int           height)
{
  GArray         *sizes = g_array_new (FALSE, TRUE, sizeof (int));
  g_autofree int *stack = g_new (int, (gsize) width *height);
  const int       steps[4][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };

  memset (labels, 0, (gsize) width * height * sizeof *labels);
  g_array_set_size (sizes, 1);

  for (int start = 0; start < width * height; start++)
    {
      int top = 0, size = 0;

      if (mask[start] == 0 || labels[start] != 0)
        continue;

      stack[top++] = start;
      labels[start] = sizes->len;
      while (top > 0)
        {
          int i = stack[--top];

          size++;
          for (int s = 0; s < 4; s++)
            {
              int x = i % width + steps[s][0], y = i / width + steps[s][1];
              int j = y * width + x;

              if (x < 0 || y < 0 || x >= width || y >= height || mask[j] == 0 || labels[j] != 0)
                continue;
              labels[j] = sizes->len;
              stack[top++] = j;
            }
        }
      g_array_append_val (sizes, size);
    }

  return sizes;
}

/* Keeps the largest piece, and what is not small beside it; returns the share
 * of the largest in all that was there
 */
float
cs_mask_keep_pieces (guint8 *mask,
                     int     width,
                     int     height)
{
  g_autofree int *labels = g_new (int, (gsize) width *height);
  g_autoptr (GArray) sizes = cs_mask_label (mask, labels, width, height);
  int largest = 0, total = 0;

  for (guint i = 1; i < sizes->len; i++)
    {
      largest = MAX (largest, g_array_index (sizes, int, i));
      total += g_array_index (sizes, int, i);
    }

  for (int i = 0; i < width * height; i++)
    if (labels[i] != 0 && g_array_index (sizes, int, labels[i]) * 50 < largest)
      mask[i] = 0;

  return total > 0 ? (float) largest / total : 0;
}

/* Empties pieces of less than @share of all; returns how many are left */
int
cs_mask_drop_specks (guint8 *mask,
                     int     width,
                     int     height,
                     double  share)
{
  g_autofree int *labels = g_new (int, (gsize) width *height);
  g_autoptr (GArray) sizes = cs_mask_label (mask, labels, width, height);
  int total = 0, left = 0;

  for (guint i = 1; i < sizes->len; i++)
    total += g_array_index (sizes, int, i);
  for (guint i = 1; i < sizes->len; i++)
    left += g_array_index (sizes, int, i) >= share * total;

  for (int i = 0; i < width * height; i++)
    if (labels[i] != 0 && g_array_index (sizes, int, labels[i]) < share * total)
      mask[i] = 0;

  return left;
}

/* What the background cannot reach from the border belongs to the product: a
 * white print on a shirt, the inside of a ring
 */
void
cs_mask_fill_holes (guint8 *mask,
                    int     width,
                    int     height)
{
  g_autofree guint8   *empty = g_new (guint8, (gsize) width * height);
  g_autofree int      *labels = g_new (int, (gsize) width *height);
  g_autofree gboolean *outside = NULL;
  g_autoptr (GArray) sizes = NULL;

  for (int i = 0; i < width * height; i++)
    empty[i] = mask[i] == 0 ? 255 : 0;
  sizes = cs_mask_label (empty, labels, width, height);
  outside = g_new0 (gboolean, sizes->len);

  for (int x = 0; x < width; x++)
    outside[labels[x]] = outside[labels[(height - 1) * width + x]] = TRUE;
  for (int y = 0; y < height; y++)
    outside[labels[y * width]] = outside[labels[y * width + width - 1]] = TRUE;

  for (int i = 0; i < width * height; i++)
    if (labels[i] != 0 && !outside[labels[i]])
      mask[i] = 255;
}

int
cs_mask_box (const guint8 *mask,
             int           width,
             int           height,
             CsRect       *box)
{
  int x0 = width, y0 = height, x1 = -1, y1 = -1, n = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (mask[y * width + x] != 0)
        {
          x0 = MIN (x0, x);
          x1 = MAX (x1, x);
          y0 = MIN (y0, y);
          y1 = MAX (y1, y);
          n++;
        }

  *box = n > 0 ? (CsRect) { x0, y0, x1 - x0 + 1, y1 - y0 + 1 } : (CsRect) { 0, 0, width, height };

  return n;
}
