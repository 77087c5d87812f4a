/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "cs-record.h"

G_BEGIN_DECLS

/* A network that finds the product in a photo: one that is known and can be
 * had, one that is here, or one that the seller brought.
 */
typedef struct
{
  char    *id;      /* "u2netp", or of a file that the seller brought its hash's beginning */
  char    *title;
  char    *words;   /* what it is good at, in a sentence, translated */
  char    *licence; /* in plain words, translated */
  gboolean commercial; /* may be used for selling: else it is never the default */
  gint64   size;    /* bytes */
  char    *address; /* where it can be had, or NULL */
  char    *sha256;  /* of its file */
  char    *profile; /* JSON, see cs-image.h */
  gboolean is_here; /* its file is on this computer, and is what it should be */
  gint64   partial; /* bytes of a download that was broken off */
  gboolean in_use;
} CsCutoutModel;

#define CS_TYPE_CUTOUT_MODEL (cs_cutout_model_get_type ())

CS_DECLARE_RECORD (CsCutoutModel, cs_cutout_model)

G_END_DECLS
