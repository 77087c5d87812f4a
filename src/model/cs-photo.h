/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-record.h"

G_BEGIN_DECLS

/* A photo as it came, kept byte for byte under its hash. Sizes are pixels as
 * shown, after its EXIF orientation.
 */
typedef struct
{
  gint64   id;
  gint64   product;
  int      position;  /* within the product, from 0 */
  char    *hash;      /* SHA-256 of the original's bytes */
  char    *thumbnail; /* hash of the thumbnail blob (JPEG, 512 px) */
  char    *name;      /* file name without folder, made safe to show */
  char    *folder;    /* last part of the folder it came from, or NULL */
  char    *mime;
  int      width;
  int      height;
  gint64   taken_at;  /* seconds since 1970, local time of the camera, or 0 */
  guint64  likeness;  /* perceptual hash: distance <= 8 bits is a near-duplicate */
  char    *labels;    /* AI labels found in the file, canonical JSON, or NULL: they are kept */
  char    *finding;   /* a sentence, for example "The end of this photo is missing", or NULL */
} CsPhoto;

#define CS_TYPE_PHOTO (cs_photo_get_type ())

CS_DECLARE_RECORD (CsPhoto, cs_photo)

/* Photos whose perceptual hashes differ in at most this many bits look alike */
#define CS_PHOTO_LIKENESS_DISTANCE 8

gboolean cs_photo_is_like (const CsPhoto *a,
                           const CsPhoto *b);

G_END_DECLS
