/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "cs-record.h"

G_BEGIN_DECLS

/* What differs, in ΔE2000 (Sharma, Wu, Dalal 2005) */
typedef struct
{
  double mean;
  double p99;
  double worst; /* mean of the worst block of 8 by 8 pixels */
} CsChange;

/**
 * CsReceipt:
 *
 * What a suggested picture changed of its photo, measured: kept with the
 * suggestion as canonical JSON and never trusted from whoever made the picture.
 */
typedef struct
{
  char    *picture; /* hash of the file that was measured */
  gboolean known;   /* a mask told where the product is; else all of the photo counts as product */
  gboolean within;  /* the product differs by no more than the settings allow: else it cannot be accepted */
  double   share;   /* of the picture that is product */
  double   changed; /* of the product's pixels, before encoding: 0 where they are the original's bit for bit */
  double   outside; /* of the other pixels */
  double   polish;  /* that it was made with */

  /* How the photo came to lie in the picture: turned by degrees to the right,
   * then cut to this part of it (beyond 0..1 is new background), then scaled.
   */
  double turn;
  double x;
  double y;
  double width;
  double height;
  int    out_width;
  int    out_height;

  double gains[3]; /* of the light, linear */
  double lift;
  double stops;

  CsChange product;  /* before encoding, against the original resampled alike */
  CsChange beyond;   /* what is left of that in the file when the light is taken off */
  CsChange encoding; /* what encoding added */
  CsChange limit;    /* of beyond */
} CsReceipt;

#define CS_TYPE_RECEIPT (cs_receipt_get_type ())

CS_DECLARE_RECORD (CsReceipt, cs_receipt)

/* NULL where json is none */
CsReceipt *cs_receipt_from_json (const char *json);
/* Whether a picture may be accepted by what was measured of it: its receipt is of
 * this very file, and the product is within what the settings allow
 */
gboolean   cs_receipt_allows (const char *json,
                              const char *picture);
/* In a few words, translated: "Product unchanged", "Product: light only, ΔE 0.9 on average", … */
char      *cs_receipt_to_sentence (CsReceipt *self);

G_END_DECLS
