/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-image-private.h"

/* Whether a file that a person has is a network of use here: it gets a helper
 * of its own and a painted picture, and what comes back is looked at.
 */

/* Something dark and round on something pale: what such networks were taught to find */
static CsPixels *
trial_paint (void)
{
  const int side = 320;
  CsPixels *pixels = cs_pixels_new ();
  guint8   *data = g_malloc ((gsize) side * side * 3);

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        guint8  *p = data + ((gsize) y * side + x) * 3;
        int      dx = x - side / 2, dy = y - side / 2;
        gboolean inside = dx * dx + dy * dy < side * side / 9;

        p[0] = inside ? 150 - dy / 2 : 236;
        p[1] = inside ? 60 - dy / 4 : 234;
        p[2] = inside ? 40 : 230 - y / 32;
      }

  pixels->width = pixels->height = side;
  pixels->stride = side * 3;
  pixels->bytes = g_bytes_new_take (data, (gsize) side * side * 3);

  return pixels;
}

/* A mask says something else of one place than of another */
static gboolean
trial_is_mask (CsPixels *mask)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (mask->bytes, &length);
  guint8        least = 255, largest = 0;

  for (gsize i = 0; i < length; i++)
    {
      least = MIN (least, data[i]);
      largest = MAX (largest, data[i]);
    }

  return largest - least >= 64;
}

static DexFuture *
trial_judge (DexFuture *future,
             gpointer   user_data)
{
  CsPixels *mask = g_value_get_boxed (dex_future_get_value (future, NULL));

  return trial_is_mask (mask) ? dex_future_new_true ()
                              : cs_fiber_refuse (CS_ERROR_UNREADABLE, _ ("This file is no model that finds products"));
}

/* No fiber, which would wait on when it is dropped: what is tried may never end,
 * and its helper goes with the future
 */
DexFuture *
cs_image_try (int         model,
              const char *profile,
              guint       timeout_msec)
{
  CsImageNetwork *network = cs_image_network_new (TRUE);
  g_autoptr (CsPixels) pixels = trial_paint ();

  cs_image_network_set_timeout (network, timeout_msec);
  cs_image_network_set (network, fcntl (model, F_DUPFD_CLOEXEC, 3), profile);

  return dex_future_then (cs_image_network_run (network, pixels), trial_judge, network,
                          (GDestroyNotify) cs_image_network_free);
}
