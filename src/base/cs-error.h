/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CS_ERROR (cs_error_quark ())

/**
 * CsError:
 * @CS_ERROR_REFUSED: the request is wrong: back to the person
 * @CS_ERROR_SIGN_IN: the account is wrong: ask to sign in
 * @CS_ERROR_LATER: nothing is wrong: try again by itself
 * @CS_ERROR_UNKNOWN: no telling whether it happened: look it up
 * @CS_ERROR_CONFLICT: something there is not ours or has moved: a person decides
 * @CS_ERROR_STALE: what was shown is no longer what is there: show it again
 * @CS_ERROR_IN_USE: another process holds the library
 * @CS_ERROR_NEWER: the library was made by a newer version
 * @CS_ERROR_CORRUPT: the library is damaged
 * @CS_ERROR_READ_ONLY: the library cannot be written to
 * @CS_ERROR_UNREADABLE: a file cannot be read as what it says it is
 * @CS_ERROR_NOT_SIGNED: no valid approval stands for it
 * @CS_ERROR_NOT_FOUND: there is no such product, photo, account, …
 * @CS_ERROR_NOT_ALLOWED: the person has not agreed yet that this goes to that address: ask
 * @CS_ERROR_BUDGET: the money set aside for it would not be enough: the person decides
 * @CS_ERROR_NO_KEYRING: this desktop keeps no secrets: ask whether for this session only
 *
 * Errors are named by who must act. A message is a sentence that the seller
 * can be shown, translated where it was made. Being stopped is
 * %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  CS_ERROR_REFUSED,
  CS_ERROR_SIGN_IN,
  CS_ERROR_LATER,
  CS_ERROR_UNKNOWN,
  CS_ERROR_CONFLICT,
  CS_ERROR_STALE,
  CS_ERROR_IN_USE,
  CS_ERROR_NEWER,
  CS_ERROR_CORRUPT,
  CS_ERROR_READ_ONLY,
  CS_ERROR_UNREADABLE,
  CS_ERROR_NOT_SIGNED,
  CS_ERROR_NOT_FOUND,
  CS_ERROR_NOT_ALLOWED,
  CS_ERROR_BUDGET,
  CS_ERROR_NO_KEYRING,
} CsError;

GQuark cs_error_quark (void);

G_END_DECLS
