/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the client and the picture helper say to each other over a socket pair
 * that keeps message borders (SOCK_SEQPACKET): the helper says CsWireHello once
 * it has closed itself in; then each CsWireRequest, with the photo as a
 * descriptor, gets one CsWireAnswer, with a memfd when there is a payload. The
 * two are built together, so plain structs do; the client still believes
 * nothing that a helper says without checking it.
 */
#define CS_WIRE_MAGIC    0x31495343 /* "CSI1" */
#define CS_WIRE_FD       3
#define CS_WIRE_N_PARTS  9
#define CS_WIRE_MAX_FDS  4
#define CS_WIRE_MAX_FILE (256 * 1024 * 1024)

/* Above it an ONNX file is in pieces, of which one is not enough */
#define CS_WIRE_MAX_MODEL G_GINT64_CONSTANT (0x7fffffff)

/* A photo with more pixels is refused by its header, before anything is decoded */
#define CS_WIRE_MAX_MEGAPIXELS 200

typedef enum
{
  CS_OP_INSPECT = 1,
  CS_OP_DECODE,
  CS_OP_READ,
  CS_OP_IMPROVE,
  CS_OP_RENDER,
  CS_OP_PLAN,     /* what improving would do of light and framing, without doing it */
  CS_OP_PREVIEW,  /* improving, at screen size, as pixels */
  CS_OP_MEASURE,  /* what a finished picture changed of its photo */
  CS_OP_CHANGES,  /* the same as a picture */
  CS_OP_CUTOUT,   /* a network's rough mask, taken to the size of the photo */
  CS_OP_MASK,     /* a mask's bytes to a file */
  CS_OP_STAGE,    /* a product and a mask as a model gets them, to paint a scene around it */
  CS_OP_PAINTED,  /* the scene that came back */
} CsOp;

/* What the descriptors of a request are, and the bit of each in its fds */
typedef enum
{
  CS_FD_PHOTO,
  CS_FD_MASK,     /* PNG; for CS_OP_CUTOUT and CS_OP_MASK width × height bytes */
  CS_FD_BACKDROP, /* the seller's own picture */
  CS_FD_PICTURE,  /* the finished one */
} CsWireFd;

G_STATIC_ASSERT (CS_FD_PICTURE + 1 == CS_WIRE_MAX_FDS);

/* What the content says that it is */
typedef enum
{
  CS_KIND_UNKNOWN,
  CS_KIND_JPEG,
  CS_KIND_PNG,
  CS_KIND_GIF,
  CS_KIND_WEBP,
  CS_KIND_TIFF,
  CS_KIND_BMP,
  CS_KIND_HEIC,
  CS_KIND_AVIF,
  CS_KIND_SVG,
  CS_N_KINDS,
} CsKind;

typedef enum
{
  CS_PROBLEM_NONE,
  CS_PROBLEM_EMPTY,
  CS_PROBLEM_NOT_A_PHOTO,
  CS_PROBLEM_SVG,
  CS_PROBLEM_DAMAGED,
  CS_PROBLEM_MEGAPIXELS,
  CS_PROBLEM_MEMORY,
  CS_PROBLEM_NO_LOADER,
  CS_PROBLEM_FILE,
  CS_PROBLEM_REQUEST,
  CS_PROBLEM_NETWORK_FILE,   /* no ONNX, or not all of it */
  CS_PROBLEM_NETWORK_KIND,   /* it does something else than find products */
  CS_PROBLEM_NETWORK_MEMORY, /* it needs more than it may take */
  CS_PROBLEM_NETWORK_RUN,    /* it failed */
  CS_PROBLEM_SHAPE,          /* what was painted is not of the shape that was asked for */
  CS_N_PROBLEMS,
} CsProblem;

#define CS_PROBLEM_QUARK (g_quark_from_static_string ("cs-problem-quark"))

typedef enum
{
  CS_FINDING_NONE,
  CS_FINDING_CUT_SHORT,
  CS_N_FINDINGS,
} CsFinding;

/* In the order in which they are shown, and the bit of each in CsWireRequest */
typedef enum
{
  CS_PART_STRAIGHTEN,
  CS_PART_CROP,
  CS_PART_SHAPE,
  CS_PART_BACKGROUND,
  CS_PART_SHADOW,
  CS_PART_WHITE_BALANCE,
  CS_PART_EXPOSURE,
  CS_PART_CLEAN,
  CS_PART_MARK, /* the visible one, on what was generated */
} CsPart;

G_STATIC_ASSERT (CS_PART_MARK + 1 == CS_WIRE_N_PARTS);

typedef enum
{
  CS_OUTCOME_OFF,     /* the seller switched it off */
  CS_OUTCOME_NOTHING, /* looked, and there is nothing to do */
  CS_OUTCOME_UNSURE,  /* looked, and cannot tell: left as it is */
  CS_OUTCOME_DONE,
  CS_N_OUTCOMES,
} CsOutcome;

/* How an outcome is worded where there is more than one way */
typedef enum
{
  CS_HOW_PLAIN,
  CS_HOW_PADDED, /* square: the background was extended */
  CS_HOW_CUT,    /* square: cut from the photo */
  CS_HOW_YELLOW, /* white balance: the cast that went */
  CS_HOW_RED,
  CS_HOW_BLUE,
  CS_HOW_GREEN,
  CS_HOW_PINK,
  CS_HOW_CYAN,
  CS_HOW_TRUE,         /* light: left out, to be true to life */
  CS_HOW_ALIKE,        /* light: as the product's other photos */
  CS_HOW_WHITE,        /* background: what it was replaced by */
  CS_HOW_GREY,
  CS_HOW_OWN,
  CS_HOW_PAINTED,      /* a model did it */
  CS_HOW_NO_BACKDROP,  /* white, since the seller's own picture cannot be had */
  CS_HOW_PALE_GREY,    /* a pale colour taken from the product */
  CS_HOW_PALE_ROSE,
  CS_HOW_PALE_PEACH,
  CS_HOW_PALE_SAND,
  CS_HOW_PALE_YELLOW,
  CS_HOW_PALE_GREEN,
  CS_HOW_PALE_MINT,
  CS_HOW_PALE_BLUE,
  CS_HOW_PALE_LILAC,
  CS_HOW_KEPT,         /* shadow: the background is kept, and its shadow with it */
  CS_HOW_SOFT,         /* shadow: the photo's own */
  CS_HOW_CONTACT,      /* shadow: drawn, since the photo's own is none or too hard */
  CS_HOW_REMOVED,
  CS_HOW_BOTTOM_RIGHT, /* mark: where it stands */
  CS_HOW_BOTTOM_LEFT,
  CS_HOW_TOP_RIGHT,
  CS_HOW_TOP_LEFT,
  CS_HOW_AIRIER,       /* mark: in a corner that more air made free */
  CS_N_HOWS,
} CsHow;

typedef struct
{
  guint32 magic;
  gint32  landlock; /* ABI, 0 where the kernel has none */
  guint32 seccomp;
  guint32 kinds;         /* a bit for each CsKind that can be read */
  char    languages[64]; /* of text, joined with '+' */
} CsWireHello;

#define CS_WIRE_PRODUCER 64

/* See CsPictureSettings; shape, background, shadow, format and mark are its enumerations */
typedef struct
{
  guint32 switches; /* a bit for each CsPart */
  guint32 shape;
  guint32 background;
  guint32 shadow;
  guint32 format;
  gint32  max_side;
  gint32  quality;
  guint32 mark;
  double  polish;
  double  air;
  char    producer[CS_WIRE_PRODUCER]; /* who generated the backdrop, or "" */
} CsWireSettings;

/* See CsPictureLight */
typedef struct
{
  double gains[3];
  double lift;
  double cast;     /* how strong the cast was that the gains take out */
  double stops;
  guint32 sure;    /* a background told it */
  guint32 how;     /* CsHow: which cast */
} CsWireLight;

/* How the photo's pixels come to lie in the picture: turned, cut, scaled */
typedef struct
{
  double turn; /* degrees to the right */
  double x;    /* what is shown, in parts of the turned photo; beyond 0..1 is new background */
  double y;
  double width;
  double height;
  gint32 out_width; /* of the picture, pixels */
  gint32 out_height;
} CsWireGeometry;

/* What differs, in ΔE2000 */
typedef struct
{
  double mean;
  double p99;
  double worst; /* mean of the worst block of 8 by 8 pixels */
} CsWireChange;

typedef struct
{
  guint32        known; /* a mask told where the product is; else all of the photo counts as product */
  guint32        within;
  CsWireGeometry geometry;
  CsWireLight    light;   /* what the product's pixels were lit with */
  double         share;   /* of the picture that is product */
  double         changed; /* of the product's pixels, before encoding */
  CsWireChange   product; /* against the original, resampled alike; before encoding */
  CsWireChange   beyond;  /* what is left of it when the light is taken off; in the file as it is */
  CsWireChange   encoding;
  CsWireChange   limit;   /* of beyond, by the settings */
  double         outside; /* of the pixels outside the product that differ */
} CsWireReceipt;

/* What a model that painted a scene did to the product that it was given */
typedef enum
{
  CS_PAINTED_GOOD,
  CS_PAINTED_MENDED, /* its product was seen beside the real one, and was painted over */
  CS_PAINTED_COPY,   /* the product stands there twice */
  CS_PAINTED_OTHER,  /* something else stands in its place */
  CS_N_PAINTED_VERDICTS,
} CsPaintedVerdict;

typedef struct
{
  guint32 verdict;
  guint32 reserved;
  double  dx; /* how its product was moved, in parts of the picture's longer side */
  double  dy;
  double  scale;
  double  difference; /* of its product to the real one where they lie on each other, mean ΔE2000 */
  double  peeks; /* of the product's pixels, that are seen beside it */
  double  copy;  /* how like the product the likest other place is: 0..1 */
} CsWirePainted;

/* A part of a photo, in parts of its sides */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} CsWireCrop;

typedef struct
{
  guint32        magic;
  guint32        op;
  guint32        fds;
  gint32         max_side; /* 0 for the photo's own */
  gint32         width;    /* of raw bytes that come along; of the canvas */
  gint32         height;
  gint32         quality; /* CS_OP_RENDER */
  guint32        has_light;
  CsWireSettings settings;
  CsWireLight    light;   /* the product's common one, in place of the photo's own */
  CsWireCrop     closer;  /* CS_OP_CUTOUT: what a second mask of the same size is of, behind the first; or 0 wide */
  CsWireReceipt  receipt; /* CS_OP_MEASURE, CS_OP_CHANGES: geometry and light as claimed */
  char           key[72]; /* of the photo and mask, so that they need not be decoded again */
} CsWireRequest;

typedef struct
{
  guint32 outcome;
  guint32 how;
  /* straighten: degrees to the right; exposure: stops; crop: share of the picture
   * that the product fills; shape: width by height; clean: strength
   */
  double amount;
} CsWirePart;

/* How a cut-out came out */
typedef enum
{
  CS_MASK_SURE,
  CS_MASK_EMPTY,  /* nothing found */
  CS_MASK_FRAME,  /* it touches most of the frame */
  CS_MASK_PIECES, /* it falls apart */
  CS_MASK_SOFT,   /* neither here nor there */
  CS_N_MASK_VERDICTS,
} CsMaskVerdict;

typedef struct
{
  guint32       magic;
  guint32       problem;
  guint32       kind;
  guint32       finding;
  guint32       megapixels;
  gint32        width;
  gint32        height;
  gint32        stride;
  guint32       has_alpha;
  guint32       verdict;
  gint64        taken_at;
  guint64       likeness;
  char          hash[72];
  CsWirePart    parts[CS_WIRE_N_PARTS];
  CsWireLight   light;
  CsWireReceipt receipt;
  CsWirePainted painted;
  guint64       payload; /* bytes at the beginning of the memfd */
  guint64       labels;  /* bytes after it */
} CsWireAnswer;

/* To the network helper, which is a program of its own: first
 * CS_NET_OP_LOAD with the model's file, then CS_NET_OP_RUN with width × height
 * × 3 bytes of sRGB in a memfd; it answers with a CsWireAnswer whose payload is
 * width × height bytes of mask.
 */
typedef enum
{
  CS_NET_OP_LOAD = 101,
  CS_NET_OP_RUN,
} CsNetOp;

/* What a profile tells; the rest is told by the model */
typedef enum
{
  CS_TOLD_SIDE = 1 << 0,
  CS_TOLD_MEAN = 1 << 1,
  CS_TOLD_DEVIATION = 1 << 2,
  CS_TOLD_DIVIDE = 1 << 3,
  CS_TOLD_OUTPUT = 1 << 4,
} CsWireTold;

/* What becomes of a network's output on the way to 0..1 */
typedef enum
{
  CS_OUTPUT_LINEAR,  /* it is that already */
  CS_OUTPUT_SIGMOID, /* it wants one */
  CS_OUTPUT_STRETCH, /* from its least to its largest value */
  CS_OUTPUT_EITHER,  /* linear where it is within 0..1, else it wants a sigmoid */
  CS_N_OUTPUTS,
} CsWireOutput;

/* How a network wants its input and gives its output */
typedef struct
{
  guint32 told; /* CsWireTold */
  gint32  side; /* pixels, of the square input */
  float   mean[3];
  float   deviation[3];
  guint32 divide_by_max; /* by the photo's largest value, in place of 255 */
  guint32 output;        /* CsWireOutput */
} CsWireProfile;

typedef struct
{
  guint32       magic;
  guint32       op;
  gint32        width;
  gint32        height;
  CsWireProfile profile;
} CsNetRequest;

G_END_DECLS
