/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_ALIBABA (cs_alibaba_get_type ())

/* 1688.com */
G_DECLARE_FINAL_TYPE (CsAlibaba, cs_alibaba, CS, ALIBABA, CsChannel)

extern const CsChannelKind cs_alibaba_kind;

G_END_DECLS
