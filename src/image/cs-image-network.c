/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-error.h"
#include "cs-image-private.h"

/* The network's helper as the client sees it */

struct _CsImageNetwork
{
  int   model; /* descriptor, or -1 */
  char *profile;
};

CsImageNetwork *
cs_image_network_new (void)
{
  CsImageNetwork *self = g_new0 (CsImageNetwork, 1);

  self->model = -1;

  return self;
}

void
cs_image_network_free (CsImageNetwork *self)
{
  g_clear_fd (&self->model, NULL);
  g_free (self->profile);
  g_free (self);
}

void
cs_image_network_set (CsImageNetwork *self,
                      int             model,
                      const char     *profile)
{
  g_clear_fd (&self->model, NULL);
  self->model = model;
  g_set_str (&self->profile, profile);
}

gboolean
cs_image_network_is_set (CsImageNetwork *self)
{
  return self->model >= 0;
}

DexFuture *
cs_image_network_run (CsImageNetwork *self,
                      CsPixels       *pixels)
{
  return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _ ("There is no network to cut products out with"));
}

DexFuture *
cs_image_network_try (int         model,
                      const char *profile)
{
  return dex_future_new_reject (CS_ERROR, CS_ERROR_UNREADABLE, _ ("This file is no network that finds products"));
}

void
cs_image_set_network (CsImage    *self,
                      int         model,
                      const char *profile)
{
  g_return_if_fail (CS_IS_IMAGE (self));

  cs_image_network_set (cs_image_get_network (self), model, profile);
}

DexFuture *
cs_image_try_network (CsImage    *self,
                      int         model,
                      const char *profile)
{
  dex_return_error_if_fail (CS_IS_IMAGE (self));

  return cs_image_network_try (model, profile);
}
