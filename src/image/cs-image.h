/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-job.h"
#include "cs-record.h"

G_BEGIN_DECLS

/* What a photo is: measured in one pass over its file */
typedef struct
{
  char   *hash; /* SHA-256 of the file */
  char   *mime;
  int     width; /* as shown, after the EXIF orientation */
  int     height;
  gint64  taken_at;  /* seconds since 1970 in the camera's local time, or 0 */
  guint64 likeness;  /* perceptual hash */
  GBytes *thumbnail; /* JPEG, 512 px on the longer side, sRGB, upright, no metadata */
  char   *labels;    /* AI labels found (XMP DigitalSourceType, TC260:AIGC), canonical JSON, or NULL */
  char   *finding;   /* a sentence for the seller, or NULL */
} CsImageInfo;

#define CS_TYPE_IMAGE_INFO (cs_image_info_get_type ())

CS_DECLARE_RECORD (CsImageInfo, cs_image_info)

/* Pixels: 8-bit sRGB, three bytes a pixel (four where has_alpha), upright */
typedef struct
{
  int      width;
  int      height;
  int      stride;
  gboolean has_alpha;
  GBytes  *bytes;
} CsPixels;

#define CS_TYPE_PIXELS (cs_pixels_get_type ())

CS_DECLARE_RECORD (CsPixels, cs_pixels)

/* What the suggested picture is made with: a recipe that gives the same bytes
 * again. Each part is a switch of its own in the review.
 */
typedef struct
{
  gboolean straighten;
  gboolean crop; /* around the product */
  gboolean square;
  gboolean white_balance;
  gboolean exposure;
  double   margin;   /* of the longer side of the product, 0..0.5 */
  int      max_side; /* of the outgoing file, pixels */
  int      quality;  /* JPEG, 1..100 */
} CsPictureSettings;

#define CS_PICTURE_SETTINGS_DEFAULT \
  ((CsPictureSettings) { TRUE, TRUE, TRUE, TRUE, TRUE, 0.08, 2000, 90 })

char    *cs_picture_settings_to_json (const CsPictureSettings *self);
gboolean cs_picture_settings_from_json (CsPictureSettings *self,
                                        const char        *json);

/* One part of the picture work: what it did, in words */
typedef struct
{
  const char *part;     /* "straighten", "crop", "square", "white-balance", "exposure" */
  gboolean    applied;  /* FALSE: switched off, or nothing to do */
  char       *sentence; /* translated, for example "Made 0.4 stop brighter" */
} CsPicturePart;

typedef struct
{
  GBytes    *file; /* JPEG, sRGB, all metadata stripped but AI labels carried over */
  char      *hash; /* of the file */
  int        width;
  int        height;
  GPtrArray *parts; /* (element-type CsPicturePart) */
} CsPicture;

#define CS_TYPE_PICTURE (cs_picture_get_type ())

CS_DECLARE_RECORD (CsPicture, cs_picture)

#define CS_TYPE_IMAGE (cs_image_get_type ())

/**
 * CsImage:
 *
 * The client of the picture helper: a pool of helper processes (one for each
 * core, started when first needed, gone when idle), each closed in with
 * Landlock, seccomp and rlimits, given files as descriptors and answering with
 * pixels or finished files. A helper that crashes, hangs or passes a limit
 * costs the one photo that it was at (%CS_ERROR_UNREADABLE with a sentence);
 * the next photo gets a new helper. File descriptors are borrowed: the caller
 * keeps them open until the future settles.
 */
G_DECLARE_FINAL_TYPE (CsImage, cs_image, CS, IMAGE, GObject)

CsImage *cs_image_new (void);
/* How long one photo may take before its helper is killed: 20 s unless told otherwise */
void cs_image_set_timeout (CsImage *self,
                           guint    msec);
/* For "doctor". Resolves to canonical JSON: {"formats":["image/jpeg", …],
 * "landlock":7,"seccomp":true,"text":"eng+chi_sim"}; 0, false and "" where missing.
 */
DexFuture *cs_image_examine (CsImage *self) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsImageInfo */
DexFuture *cs_image_inspect (CsImage *self,
                             int      fd) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to CsPixels, at most max_side on the longer side */
DexFuture *cs_image_decode (CsImage *self,
                            int      fd,
                            int      max_side) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to canonical JSON: {"colours":[{"name":"beige","rgb":"#d8c9a3","share":0.41}, …],
 * "text":[{"text":"100% 棉","confidence":93.1,"x":0.1,"y":0.2,"width":0.3,"height":0.05}, …]}.
 * Colour names are English keys; rectangles are fractions of the photo as shown.
 */
DexFuture *cs_image_read (CsImage *self,
                          int      fd) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsPicture */
DexFuture *cs_image_improve (CsImage                 *self,
                             int                      fd,
                             const CsPictureSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsPicture: the photo or picture as it is, upright, at most
 * max_side, sRGB JPEG with location and device data stripped: what leaves.
 */
DexFuture *cs_image_render (CsImage *self,
                            int      fd,
                            int      max_side,
                            int      quality) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
