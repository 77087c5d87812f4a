/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_FOLDER_CHANNEL (cs_folder_channel_get_type ())

/**
 * CsFolderChannel:
 *
 * A folder with what a marketplace's own import page takes, for marketplaces
 * whose interface a small seller gets no keys for. It is published to like any
 * shop: signed, journalled, read back; what lies there is compared with what was
 * signed byte for byte. CsAccount.channel is "package-" and the id of a CsSheet.
 */
G_DECLARE_FINAL_TYPE (CsFolderChannel, cs_folder_channel, CS, FOLDER_CHANNEL, CsChannel)

/* One for each table, ends with one whose kind is NULL */
extern const CsChannelKind cs_folder_kinds[];

G_END_DECLS
