/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-alibaba.h"

G_BEGIN_DECLS

/* A request of "alibaba.product.get" and its like. parameters: an object of
 * strings, numbers and trees, taken; file: what goes as "imageBytes", or NULL.
 */
CsRequest *cs_alibaba_make_request (CsChannel  *channel,
                                    const char *name_space,
                                    const char *method,
                                    JsonNode   *parameters,
                                    GBytes     *file);

/* cs-alibaba-read.c: what it shows, and what it wants to know */
CsRequest    *cs_alibaba_build_read (CsChannel  *channel,
                                     const char *remote_id);
CsRequest    *cs_alibaba_build_pull (CsChannel  *channel,
                                     const char *cursor);
CsRemotePage *cs_alibaba_parse_listings (CsChannel *channel,
                                         JsonNode  *reply,
                                         GError   **error);
CsRequest    *cs_alibaba_build_inquiry (CsChannel *channel,
                                        CsInquiry *inquiry);
gboolean      cs_alibaba_parse_inquiry (CsChannel *channel,
                                        CsInquiry *inquiry,
                                        JsonNode  *reply,
                                        GError   **error);

G_END_DECLS
