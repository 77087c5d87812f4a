/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-db.h"
#include "cs-photo.h"

G_BEGIN_DECLS

/* Rows of photo, for the query files that deal with products and imports */

#define CS_PHOTOS_COLUMNS                                                              \
  "photo.id, photo.product, photo.position, photo.hash, photo.thumbnail, photo.name, " \
  "photo.folder, photo.mime, photo.width, photo.height, photo.taken_at, "              \
  "photo.likeness, photo.labels, photo.finding "

CsPhoto *cs_photos_read (CsStmt *stmt,
                         int     first);
gboolean cs_photos_insert (CsDb          *db,
                           const CsPhoto *photo,
                           gint64        *id,
                           GError       **error);
gboolean cs_photos_place (CsDb    *db,
                          gint64   photo,
                          gint64   product,
                          int      position,
                          GError **error);
gboolean cs_photos_renumber (CsDb    *db,
                             gint64   product,
                             GError **error);

G_END_DECLS
