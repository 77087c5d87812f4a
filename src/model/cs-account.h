/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-record.h"

G_BEGIN_DECLS

/* An account with a channel. Secrets are in the desktop's keyring, never here. */
typedef struct
{
  gint64 id;
  char  *channel;  /* "practice", "woocommerce", … */
  char  *name;     /* the shop's name */
  char  *address;  /* the shop's address, or "" for the practice shop (its port changes) */
  char  *currency; /* ISO 4217 */
  char  *profile;  /* canonical JSON object: shipping, returns, tax, live or draft, and what pictures
                    * it wants: picture_side (longest, pixels), picture_quality (of what is sent),
                    * picture_shape, picture_background, picture_format (as in CsPictureSettings)
                    */
  char  *message;  /* why it is paused, in words, or NULL */
  gint64 paused_until; /* seconds since 1970, or 0 */
  char  *keyring;  /* what its keys are kept under beside its number, made by the library; NULL in those of before */
  gboolean signed_out; /* something approved waits for a sign-in */
  gboolean removed; /* its history stays; nothing goes there any more */
} CsAccount;

#define CS_TYPE_ACCOUNT (cs_account_get_type ())

CS_DECLARE_RECORD (CsAccount, cs_account)

G_END_DECLS
