/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-account.h"

static void
cs_account_clear (CsAccount *self)
{
  g_free (self->channel);
  g_free (self->name);
  g_free (self->address);
  g_free (self->currency);
  g_free (self->profile);
  g_free (self->message);
  g_free (self->keyring);
}

CS_DEFINE_RECORD (CsAccount, cs_account)
