/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-http.h"
#include "cs-provider-catalogue.h"

G_BEGIN_DECLS

/* A model server that answered */
typedef struct
{
  char      *provider; /* id */
  char      *address;  /* base address, as a CsEngineSetup has it */
  GPtrArray *models;   /* (element-type CsProviderModel): their ids and whether they see */
} CsLocalServer;

#define CS_TYPE_LOCAL_SERVER (cs_local_server_get_type ())

CS_DECLARE_RECORD (CsLocalServer, cs_local_server)

/* Asks the addresses of the providers that are here, all at once, for nothing but
 * their lists of models. places: "ollama http://127.0.0.1:11434/v1", NULL-terminated,
 * in place of those; what is not loopback is not asked. Resolves, within three
 * seconds, to a #GPtrArray of CsLocalServer that have a model; empty where nobody is.
 */
DexFuture *cs_local_servers_find (CsHttp              *http,
                                  CsProviderCatalogue *catalogue,
                                  const char *const   *places) G_GNUC_WARN_UNUSED_RESULT;

/* Which models are at an address. Resolves to a #GPtrArray of utf8, sorted, those
 * that write texts or see first; rejects with a sentence by who must act.
 */
DexFuture *cs_models_at (CsHttp     *http,
                         CsProvider *provider,
                         const char *address,
                         const char *secret) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
