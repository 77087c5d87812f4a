/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-cutout-model.h"

static void
cs_cutout_model_clear (CsCutoutModel *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->words);
  g_free (self->licence);
  g_free (self->address);
  g_free (self->sha256);
  g_free (self->profile);
}

CS_DEFINE_RECORD (CsCutoutModel, cs_cutout_model)
