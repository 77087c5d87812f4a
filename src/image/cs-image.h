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

typedef enum
{
  CS_BACKGROUND_KEEP,
  CS_BACKGROUND_WHITE,
  CS_BACKGROUND_GREY,    /* soft, light */
  CS_BACKGROUND_PRODUCT, /* a pale colour taken from the product */
  CS_BACKGROUND_OWN,     /* the seller's own picture */
  CS_N_BACKGROUNDS,
} CsBackground;

typedef enum
{
  CS_SHADOW_KEEP, /* the photo's own, as far as it is soft */
  CS_SHADOW_NONE,
  CS_SHADOW_DRAWN, /* a contact shadow, made from the product's outline */
  CS_N_SHADOWS,
} CsShadow;

typedef enum
{
  CS_SHAPE_PHOTO,
  CS_SHAPE_SQUARE,
  CS_SHAPE_PORTRAIT, /* 3:4 */
  CS_N_SHAPES,
} CsShape;

typedef enum
{
  CS_FORMAT_JPEG,
  CS_FORMAT_PNG,
  CS_FORMAT_WEBP,
  CS_N_FORMATS,
} CsPictureFormat;

/* What stands on a picture that a model painted part of: both an AI word and a
 * generate word, at a corner (GB 45438-2025, 5.2)
 */
typedef enum
{
  CS_MARK_OFF,
  CS_MARK_ZH, /* "AI生成" */
  CS_MARK_EN, /* "AI generated" */
  CS_N_MARKS,
} CsMark;

/* Who generated something, as labels may say it: visible ASCII but " and \ */
#define CS_PRODUCER_SIZE 64
#define CS_SCENE_SIZE    512

/* What the suggested picture is made with: a recipe that gives the same bytes
 * again. Each part is a switch of its own in the review. Where there is no mask,
 * background and shadow stay as they are, whatever is wanted.
 */
typedef struct
{
  gboolean        straighten;
  gboolean        crop; /* around the product */
  gboolean        white_balance;
  gboolean        exposure;
  gboolean        clean; /* noise and sharpness, gently; begins where polish is over 0.5 */
  gboolean        alike; /* lit as the product's other photos */
  CsShape         shape;
  CsBackground    background;
  CsShadow        shadow;
  double          polish; /* 0 true to life: product pixels as they are; 1 polished */
  double          air;    /* 0 tight, 1 airy */
  int             max_side; /* of the outgoing file, pixels */
  int             quality;  /* JPEG and WebP, 1..100 */
  CsPictureFormat format;
  char            mask[65];     /* hash of the mask that the person brushed, or "": the network's */
  char            backdrop[65]; /* hash of the seller's own background, or of one that a model painted, or "" */
  char            producer[CS_PRODUCER_SIZE]; /* which model painted the backdrop: then the file carries the labels for it; or "" */
  char            scene[CS_SCENE_SIZE];       /* what it was to show, in the seller's words or the name of one in data/prompts; or "" */
  CsMark          mark; /* on what was generated */
} CsPictureSettings;

#define CS_PICTURE_SETTINGS_DEFAULT                                                                   \
  ((CsPictureSettings) {                                                                              \
    .straighten = TRUE, .crop = TRUE, .white_balance = TRUE, .exposure = TRUE, .clean = TRUE,         \
    .alike = TRUE, .shape = CS_SHAPE_SQUARE, .background = CS_BACKGROUND_WHITE,                       \
    .shadow = CS_SHADOW_KEEP, .polish = 0.35, .air = 0.2, .max_side = 2000, .quality = 90,            \
    .format = CS_FORMAT_JPEG })

char    *cs_picture_settings_to_json (const CsPictureSettings *self);
gboolean cs_picture_settings_from_json (CsPictureSettings *self,
                                        const char        *json);
/* Sets one member by the name that it has in the JSON. FALSE with a sentence
 * (CS_ERROR_REFUSED) where there is no such name or the value is none of its.
 */
gboolean cs_picture_settings_set (CsPictureSettings *self,
                                  const char        *name,
                                  const char        *value,
                                  GError           **error);
/* All names with what each may be and usually is, a line each */
char    *cs_picture_settings_describe (void);
/* What of text may stand in a label: the rest becomes "-" */
void     cs_picture_settings_set_producer (CsPictureSettings *self,
                                           const char        *text);
/* Whether a model painted what is behind the product */
gboolean cs_picture_settings_is_generated (const CsPictureSettings *self);
/* Air around the product, in parts of its longer side: 0.02..0.32 */
double   cs_picture_settings_get_margin (const CsPictureSettings *self);

const char *cs_picture_format_get_mime (CsPictureFormat format);
/* Of file names: "jpg", "png", "webp" */
const char *cs_picture_format_get_extension (CsPictureFormat format);

/* The global light correction: what every pixel of the product may be put through */
typedef struct
{
  double   gains[3]; /* linear, red green blue */
  double   lift;     /* of the curve at black; 1 for none */
  gboolean sure;     /* a background told it */
} CsPictureLight;

#define CS_TYPE_PICTURE_LIGHT (cs_picture_light_get_type ())

CS_DECLARE_RECORD (CsPictureLight, cs_picture_light)

/* What the picture is made from: descriptors, -1 where there is none */
typedef struct
{
  int                   photo;
  int                   mask;     /* PNG, 8-bit grey, any size */
  int                   backdrop; /* any picture */
  const CsPictureLight *light;    /* in place of the photo's own, or NULL */
  const char           *key;      /* stands for photo and mask: the same key, the same files; or NULL */
} CsPictureInput;

/* One part of the picture work: what it did, in words */
typedef struct
{
  const char *part;     /* "straighten", "crop", "shape", "background", "shadow", "white-balance", "exposure", "clean", "mark" */
  gboolean    applied;  /* FALSE: switched off, or nothing to do */
  char       *sentence; /* translated, for example "Made 0.4 stop brighter" */
} CsPicturePart;

typedef struct
{
  GBytes    *file; /* sRGB, all metadata stripped but AI labels carried over */
  char      *mime;
  char      *hash; /* of the file */
  int        width;
  int        height;
  GPtrArray *parts;   /* (element-type CsPicturePart) */
  char      *receipt; /* of an improved one: what was changed, canonical JSON, see CsReceipt; else NULL */
} CsPicture;

#define CS_TYPE_PICTURE (cs_picture_get_type ())

CS_DECLARE_RECORD (CsPicture, cs_picture)

/* Where the product is in a photo */
typedef struct
{
  GBytes  *mask; /* PNG, 8-bit grey: 255 product, 0 background */
  char    *hash; /* of the mask */
  int      width;
  int      height;
  gboolean sure;
  char    *sentence; /* why it cannot be right, or NULL */
} CsCutout;

#define CS_TYPE_CUTOUT (cs_cutout_get_type ())

CS_DECLARE_RECORD (CsCutout, cs_cutout)

/* How a segmentation network wants its input, as a JSON object; what the model
 * itself says may be left out: {"side":320,"mean":[0.485,0.456,0.406],
 * "deviation":[0.229,0.224,0.225],"divide":"max"|"255","output":"linear"|"sigmoid"|"stretch"}
 */

/* A product as a model gets it, to paint a scene around it */
typedef struct
{
  GBytes *picture; /* JPEG: on a plain ground, as it will lie in the outgoing picture; no metadata */
  GBytes *mask;    /* PNG of the same size: alpha 0 where may be painted */
  char   *hash;    /* of picture */
  int     width;
  int     height;
} CsStaging;

#define CS_TYPE_STAGING (cs_staging_get_type ())

CS_DECLARE_RECORD (CsStaging, cs_staging)

/* The scene that came back */
typedef struct
{
  GBytes  *file; /* JPEG, labelled as generated: a background for the picture that it was painted for */
  char    *hash;
  gboolean usable;   /* FALSE: the model's own product would be seen beside the real one */
  char    *sentence; /* what the model had done to the product; or NULL */
  double   moved;      /* in parts of the picture's longer side */
  double   difference; /* of its product to the real one, mean ΔE2000 */
} CsPaintedScene;

#define CS_TYPE_PAINTED_SCENE (cs_painted_scene_get_type ())

CS_DECLARE_RECORD (CsPaintedScene, cs_painted_scene)

#define CS_TYPE_IMAGE (cs_image_get_type ())

/**
 * CsImage:
 *
 * The client of the picture helper: a pool of helper processes (one for each
 * core, three at most, so that no more than four photos lie decoded; started
 * when first needed, gone when idle) and one for the network that cuts out,
 * each closed in with Landlock, seccomp and rlimits, given files as descriptors
 * and answering with pixels or finished files. A helper that crashes, hangs or passes a limit
 * costs the one photo that it was at (%CS_ERROR_UNREADABLE with a sentence);
 * the next photo gets a new helper. File descriptors are borrowed: the caller
 * keeps them open until the future settles.
 */
G_DECLARE_FINAL_TYPE (CsImage, cs_image, CS, IMAGE, GObject)

CsImage *cs_image_new (void);
/* How long one photo may take before its helper is killed: 20 s, and 60 s in a network, unless told otherwise */
void cs_image_set_timeout (CsImage *self,
                           guint    msec);
/* For "doctor". Resolves to canonical JSON: {"formats":["image/jpeg", …],
 * "landlock":7,"network":"1.21.0","seccomp":true,"text":"eng+chi_sim"}; 0, false and ""
 * where missing. network is the version of ONNX Runtime.
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
/* The light of a photo, for what is done alike on several. Resolves to a CsPictureLight. */
DexFuture *cs_image_plan (CsImage                 *self,
                          const CsPictureInput    *input,
                          const CsPictureSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsPicture */
DexFuture *cs_image_improve (CsImage                 *self,
                             const CsPictureInput    *input,
                             const CsPictureSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* The same on a small copy, for a hand that is on a slider. Resolves to CsPixels. */
DexFuture *cs_image_preview (CsImage                 *self,
                             const CsPictureInput    *input,
                             const CsPictureSettings *settings,
                             int                      max_side) G_GNUC_WARN_UNUSED_RESULT;
/* What a finished picture, wherever it comes from, really changed of the photo:
 * measured from the file itself, with geometry and light as its receipt claims
 * them. Resolves to a receipt as canonical JSON; within is false where the
 * product differs by more than the settings allow.
 */
DexFuture *cs_image_measure (CsImage                 *self,
                             const CsPictureInput    *input,
                             const CsPictureSettings *settings,
                             int                      picture,
                             const char              *receipt) G_GNUC_WARN_UNUSED_RESULT;
/* The same as a heat map over the picture, for the eye. Resolves to CsPixels with alpha. */
DexFuture *cs_image_changes (CsImage                 *self,
                             const CsPictureInput    *input,
                             const CsPictureSettings *settings,
                             int                      picture,
                             const char              *receipt,
                             int                      max_side) G_GNUC_WARN_UNUSED_RESULT;
/* For a picture that is to be made with these settings: the product on a canvas of
 * that size. Resolves to a CsStaging. Needs a mask.
 */
DexFuture *cs_image_stage (CsImage                 *self,
                           const CsPictureInput    *input,
                           const CsPictureSettings *settings,
                           int                      width,
                           int                      height) G_GNUC_WARN_UNUSED_RESULT;
/* The same with what a model made of it. Resolves to a CsPaintedScene. */
DexFuture *cs_image_take_painted (CsImage                 *self,
                                  const CsPictureInput    *input,
                                  const CsPictureSettings *settings,
                                  int                      width,
                                  int                      height,
                                  int                      painted) G_GNUC_WARN_UNUSED_RESULT;
/* The network that finds the product from now on: an ONNX file (the descriptor
 * is taken) and how it wants its input. -1 for none.
 */
void       cs_image_set_network (CsImage    *self,
                                 int         model,
                                 const char *profile);
/* Resolves to a CsCutout of at most max_side, 0 for the photo's own size.
 * Rejects with CS_ERROR_NOT_FOUND where there is no network.
 */
DexFuture *cs_image_cut_out (CsImage *self,
                             int      photo,
                             int      max_side) G_GNUC_WARN_UNUSED_RESULT;
/* Tries a network on nothing in particular. Resolves to true, or rejects with
 * CS_ERROR_UNREADABLE and a sentence where the file is no network that fits.
 */
DexFuture *cs_image_try_network (CsImage    *self,
                                 int         model,
                                 const char *profile) G_GNUC_WARN_UNUSED_RESULT;
/* A brushed mask, width × height bytes, as a file. Resolves to a CsCutout. */
DexFuture *cs_image_keep_mask (CsImage *self,
                               GBytes  *mask,
                               int      width,
                               int      height) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsPicture: the photo or picture as it is, upright, at most
 * max_side, sRGB JPEG with location and device data stripped: what leaves.
 */
DexFuture *cs_image_render (CsImage *self,
                            int      fd,
                            int      max_side,
                            int      quality) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
