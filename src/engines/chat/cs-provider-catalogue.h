/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-provider.h"

G_BEGIN_DECLS

/**
 * CsProviderCatalogue:
 *
 * Who runs models, as the files of data/providers tell, one for each:
 *
 *     {
 *       "id": "qwen", "place": 20, "title": "Qwen", "wants_key": true, "here": false, "marks": true,
 *       "key_page": "https://…", "words": {"en": "…", "zh_CN": "…", "zh_TW": "…"},
 *       "chat": {"address": "https://…/v1", "models": […], "profile": {…}},
 *       "edit": {"id": "qwen-pictures", "title": "…", "address": "https://…", "models": […], "profile": {…}}
 *     }
 *
 * "chat" is who writes texts, "edit" who makes pictures: either may be missing,
 * and each may have members of its own in place of the file's. "like" names a
 * file whose members stand wherever this one has none. A file's id is the id of
 * its chat part; the edit part has one of its own ("qwen-pictures" unless it
 * says). A model is
 *
 *     {"id": "qwen3-vl-plus", "sees": true,
 *      "price": {"currency": "CNY", "input": "1", "output": "10", "picture": "0.2",
 *                "source": "help.aliyun.com, read 2026-10-19"}}
 *
 * with prices for a million tokens and for a picture. A seller reads the source:
 * whose page, of when, and "unverified" where nobody looked there. The profile is handed to
 * the engine as it is; the chat engine's is described in cs-chat-profile.h.
 * What cannot be read is left out with a warning: nothing here is asserted.
 */
typedef struct _CsProviderCatalogue CsProviderCatalogue;

/* With everybody that the program knows */
CsProviderCatalogue *cs_provider_catalogue_new (void);
/* With nobody, to be added to */
CsProviderCatalogue *cs_provider_catalogue_new_empty (void);
void                 cs_provider_catalogue_free (CsProviderCatalogue *self);
/* A file's content. FALSE with CS_ERROR_UNREADABLE and a sentence where it is none. */
gboolean             cs_provider_catalogue_add (CsProviderCatalogue *self,
                                                const char          *json,
                                                gssize               length,
                                                GError             **error);
/* All of a kind, in order, "custom" last (element-type CsProvider) (transfer container) */
GPtrArray           *cs_provider_catalogue_list (CsProviderCatalogue *self,
                                                 CsEngineKind         kind);
/* (transfer none), or NULL */
CsProvider          *cs_provider_catalogue_find (CsProviderCatalogue *self,
                                                 const char          *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsProviderCatalogue, cs_provider_catalogue_free)

G_END_DECLS
