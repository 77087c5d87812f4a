/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_DOUYIN (cs_douyin_get_type ())

/* Douyin Shop, 抖店 */
G_DECLARE_FINAL_TYPE (CsDouyin, cs_douyin, CS, DOUYIN, CsChannel)

extern const CsChannelKind cs_douyin_kind;

G_END_DECLS
