/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "cs-cutout-model.h"

G_BEGIN_DECLS

/* The networks that are known, as data/models/cutout.json has them */
typedef struct _CsCutoutCatalogue CsCutoutCatalogue;

CsCutoutCatalogue *cs_cutout_catalogue_new (void);
void               cs_cutout_catalogue_free (CsCutoutCatalogue *self);
guint              cs_cutout_catalogue_get_length (CsCutoutCatalogue *self);
/* A new one, as it is where nothing of it is on this computer */
CsCutoutModel     *cs_cutout_catalogue_make (CsCutoutCatalogue *self,
                                             guint              index);
/* Which one a file is, by its hash: -1 where it is none; size is that of its file */
int                cs_cutout_catalogue_find (CsCutoutCatalogue *self,
                                             const char        *sha256,
                                             gint64            *size);
/* How a file that is not known probably wants its input, by what it is called: JSON */
char              *cs_cutout_catalogue_guess (CsCutoutCatalogue *self,
                                              const char        *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsCutoutCatalogue, cs_cutout_catalogue_free)

G_END_DECLS
