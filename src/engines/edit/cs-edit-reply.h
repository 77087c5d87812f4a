/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A reply as it is kept: a line of canonical JSON with what it was asked for, then
 * the picture's own bytes as they came. It says all that is needed to lay the
 * product over it again.
 */
typedef struct
{
  char   *photo;    /* hash */
  char   *mask;     /* hash of the mask that told where the product is */
  char   *settings; /* CsPictureSettings as JSON, of what the scene was painted for */
  char   *model;
  int     width;    /* of the canvas that was sent */
  int     height;
  GBytes *picture;
} CsEditReply;

GBytes   *cs_edit_reply_pack (const CsEditReply *self);
/* FALSE where it is none of ours */
gboolean  cs_edit_reply_unpack (CsEditReply *self,
                                GBytes      *kept);
void      cs_edit_reply_clear (CsEditReply *self);
/* By its first bytes: JPEG, PNG or WebP, and nothing else is believed */
gboolean  cs_edit_reply_is_picture (GBytes *bytes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsEditReply, cs_edit_reply_clear)

G_END_DECLS
