/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-chat-engine-private.h"
#include "cs-model-server.h"
#include "cs-provider-catalogue.h"
#include "cs-test-meter.h"

G_BEGIN_DECLS

/* A chat engine at the model server, with a basket to write about */
typedef struct
{
  CsModelServer       *server;
  CsProviderCatalogue *catalogue;
  CsHttp              *http;
  CsImage             *image; /* NULL: no photos */
  CsTestMeter         *meter;
  CsEngine            *engine;
  CsEngineRequest     *request;
} CsChatTest;

/* One server for all tests of a program; freed with it */
void cs_chat_test_init (CsChatTest *self);
void cs_chat_test_clear (CsChatTest *self);
/* Another engine: at a dialect with quirks ("qwen+think"), as the provider's profile
 * has it; NULL for the provider of the dialect's name. A new meter, too.
 */
void cs_chat_test_use (CsChatTest *self,
                       const char *dialect,
                       const char *provider,
                       const char *model,
                       const char *secret);
/* In a fiber */
GPtrArray    *cs_chat_test_suggest (CsChatTest *self,
                                    GError    **error);
CsSuggestion *cs_chat_test_find (GPtrArray *suggestions,
                                 CsField    field);
/* Requests for texts at the address that is used now */
guint         cs_chat_test_count (CsChatTest *self);
/* What holds of everything that an engine suggests */
void          cs_chat_test_check (CsChatTest *self,
                                  GPtrArray  *suggestions);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsChatTest, cs_chat_test_clear)

G_END_DECLS
