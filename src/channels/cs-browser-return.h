/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-error.h"

G_BEGIN_DECLS

/* Where the browser is sent back to, unless another program has that port. Most
 * marketplaces want the address to be entered beforehand, letter by letter, so it
 * is the same one every time; below those that connections of other programs are
 * given by chance.
 */
#define CS_BROWSER_RETURN_PORT    18731
#define CS_BROWSER_RETURN_ADDRESS "http://localhost:18731/return"

#define CS_TYPE_BROWSER_RETURN (cs_browser_return_get_type ())

/**
 * CsBrowserReturn:
 *
 * Waits on a port of this computer for the browser to come back from a
 * marketplace's sign-in (OAuth 2, RFC 8252, 7.3), ten minutes at most. Letting
 * it go closes the port. Lives on the main thread.
 */
G_DECLARE_FINAL_TYPE (CsBrowserReturn, cs_browser_return, CS, BROWSER_RETURN, GObject)

/* state: what only the marketplace was told, in the address that the browser was
 * sent to; nothing that comes without it counts
 */
CsBrowserReturn *cs_browser_return_new (const char *state);
/* FALSE with CS_ERROR_LATER and a sentence where no port can be had; what is pasted
 * still counts then. The ten minutes begin here.
 */
gboolean         cs_browser_return_listen (CsBrowserReturn *self,
                                           GError         **error);
/* "http://127.0.0.1:18731/return", or NULL where it does not listen */
const char      *cs_browser_return_get_address (CsBrowserReturn *self);
/* The same with "localhost", for marketplaces that take no number for a name (Etsy) */
const char      *cs_browser_return_get_named_address (CsBrowserReturn *self);
/* Resolves to the code as a string. Rejects with CS_ERROR_SIGN_IN and a sentence
 * where the person said no, the marketplace did, or nobody came back.
 */
DexFuture       *cs_browser_return_wait (CsBrowserReturn *self) G_GNUC_WARN_UNUSED_RESULT;
/* Closes the port, also while somebody waits: that rejects with G_IO_ERROR_CANCELLED */
void             cs_browser_return_stop (CsBrowserReturn *self);
/* Where the browser cannot come back: the address that it ended at, pasted. FALSE
 * with CS_ERROR_REFUSED and a sentence where it is none of ours.
 */
gboolean         cs_browser_return_paste (CsBrowserReturn *self,
                                          const char      *address,
                                          GError         **error);

G_END_DECLS
