/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine-setup.h"

G_BEGIN_DECLS

/* A model that a provider is known to have */
typedef struct
{
  char    *id;
  gboolean sees; /* takes photos */
  CsPrice  price;
  char    *price_source; /* where the price is from and of when, and "unverified" where nobody looked there */
} CsProviderModel;

/* Somebody who runs models: a file in data/providers, or an address of the
 * seller's own ("custom").
 */
typedef struct
{
  char        *id;       /* "qwen", "ollama", "custom" */
  CsEngineKind kind;     /* one that does both is there twice, with two ids */
  char        *title;
  char        *words;    /* who it is and what one needs, a sentence, translated */
  char        *address;  /* base address, or NULL where the seller types it */
  gboolean     wants_key;
  char        *key_page; /* where a key is had, or NULL */
  gboolean     is_here;  /* a server on this computer, looked for by itself */
  gboolean     marks;    /* the market there asks for a visible mark on what was generated */
  GPtrArray   *models;   /* (element-type CsProviderModel), the usual one first; may be empty */
  char        *profile;  /* JSON for the engine: dialect, quirks: what cs-provider-catalogue.h lists */
} CsProvider;

#define CS_TYPE_PROVIDER (cs_provider_get_type ())

CS_DECLARE_RECORD (CsProvider, cs_provider)

CsProviderModel *cs_provider_add_model (CsProvider *self,
                                        const char *id);
/* What it is called in a sentence: one at an address that the seller typed by its host */
char            *cs_provider_dup_name (CsProvider *self,
                                       const char *address);
/* What a model of it is called: "Qwen · qwen3-vl-plus"; one at an address that
 * the seller typed by its host
 */
char            *cs_provider_dup_model_title (CsProvider *self,
                                              const char *address,
                                              const char *model);

G_END_DECLS
