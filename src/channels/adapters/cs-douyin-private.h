/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-douyin.h"

G_BEGIN_DECLS

/* A request of "product.addV2" and its like; parameters: taken */
CsRequest  *cs_douyin_make_request (CsChannel  *channel,
                                    const char *method,
                                    JsonNode   *parameters);
JsonObject *cs_douyin_get_data (JsonNode *json);

/* cs-douyin-read.c: what it shows, and what it wants to know */
CsRequest    *cs_douyin_build_read (CsChannel  *channel,
                                    const char *remote_id);
CsRequest    *cs_douyin_build_pull (CsChannel  *channel,
                                    const char *cursor);
CsRemotePage *cs_douyin_parse_listings (CsChannel *channel,
                                        JsonNode  *reply,
                                        GError   **error);
CsRequest    *cs_douyin_build_inquiry (CsChannel *channel,
                                       CsInquiry *inquiry);
gboolean      cs_douyin_parse_inquiry (CsChannel *channel,
                                       CsInquiry *inquiry,
                                       JsonNode  *reply,
                                       GError   **error);

G_END_DECLS
