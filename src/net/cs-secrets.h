/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-error.h"

G_BEGIN_DECLS

#define CS_TYPE_SECRETS (cs_secrets_get_type ())

/**
 * CsSecrets:
 *
 * Keys and passwords, in the desktop's keyring or, where the person chose that,
 * in this process until it ends; nowhere else. Memory that held one is wiped
 * before it is given back.
 */
G_DECLARE_FINAL_TYPE (CsSecrets, cs_secrets, CS, SECRETS, GObject)

CsSecrets *cs_secrets_new (void);
/* name: "engine/qwen"; label: what the keyring's own program shows. Resolves to
 * true; rejects with CS_ERROR_NO_KEYRING and a sentence where there is none, it is
 * locked, or the person closed its question.
 */
DexFuture *cs_secrets_keep (CsSecrets  *self,
                            const char *name,
                            const char *label,
                            const char *secret) G_GNUC_WARN_UNUSED_RESULT;
/* Until this process ends; stands before what the keyring has */
void       cs_secrets_keep_for_session (CsSecrets  *self,
                                        const char *name,
                                        const char *secret);
/* Resolves to a string (to be freed with cs_secret_free()), or a NULL string where
 * there is none; rejects as cs_secrets_keep() does
 */
DexFuture *cs_secrets_find (CsSecrets  *self,
                            const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to true, also where there was none, and where there is no keyring that
 * could have one; rejects with CS_ERROR_NO_KEYRING where it is locked
 */
DexFuture *cs_secrets_forget (CsSecrets  *self,
                              const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* Wipes it first; NULL is nothing */
void       cs_secret_free (char *secret);

G_END_DECLS
