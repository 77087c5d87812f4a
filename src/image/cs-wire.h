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
#define CS_WIRE_N_PARTS  5
#define CS_WIRE_MAX_FILE (256 * 1024 * 1024)

/* A photo with more pixels is refused by its header, before anything is decoded */
#define CS_WIRE_MAX_MEGAPIXELS 200

typedef enum
{
  CS_OP_INSPECT = 1,
  CS_OP_DECODE,
  CS_OP_READ,
  CS_OP_IMPROVE,
  CS_OP_RENDER,
} CsOp;

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
  CS_PART_SQUARE,
  CS_PART_WHITE_BALANCE,
  CS_PART_EXPOSURE,
} CsPart;

G_STATIC_ASSERT (CS_PART_EXPOSURE + 1 == CS_WIRE_N_PARTS);

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

typedef struct
{
  guint32 magic;
  guint32 op;
  gint32  max_side;
  gint32  quality;
  guint32 switches;
  guint32 reserved;
  double  margin;
} CsWireRequest;

typedef struct
{
  guint32 outcome;
  guint32 how;
  double  amount; /* straighten: degrees to the right; exposure: stops */
} CsWirePart;

typedef struct
{
  guint32    magic;
  guint32    problem;
  guint32    kind;
  guint32    finding;
  guint32    megapixels;
  gint32     width;
  gint32     height;
  gint32     stride;
  guint32    has_alpha;
  guint32    reserved;
  gint64     taken_at;
  guint64    likeness;
  char       hash[72];
  CsWirePart parts[CS_WIRE_N_PARTS];
  guint64    payload; /* bytes at the beginning of the memfd */
  guint64    labels;  /* bytes after it */
} CsWireAnswer;

G_END_DECLS
