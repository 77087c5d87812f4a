/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-engines.h"

G_BEGIN_DECLS

typedef enum
{
  CS_CONSENT_NONE,
  CS_CONSENT_TEXTS,
  CS_CONSENT_ALL,
} CsConsent;

#define CS_TYPE_CONSENT_DIALOG (cs_consent_dialog_get_type ())

/**
 * CsConsentDialog:
 *
 * What would go to an address, exactly as it would go, before it goes there for
 * the first time. Emits "answered" (CsConsent as int), once; closing it is a no.
 */
G_DECLARE_FINAL_TYPE (CsConsentDialog, cs_consent_dialog, CS, CONSENT_DIALOG, AdwDialog)

AdwDialog *cs_consent_dialog_new (CsSendPlan *plan);

G_END_DECLS
