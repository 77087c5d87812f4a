/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "cs-price.h"
#include "cs-record.h"

G_BEGIN_DECLS

typedef enum
{
  CS_ENGINE_WRITES,   /* texts, from photos and facts */
  CS_ENGINE_PICTURES, /* backgrounds and scenes behind the real product */
} CsEngineKind;

/* A model that the seller added: where it is, what it may be sent, what it may
 * cost. Its key is in the desktop's keyring, never here.
 */
typedef struct
{
  char        *id;       /* "qwen", "qwen-2": stands with every suggestion; never changes. NULL before it is kept */
  CsEngineKind kind;
  char        *provider; /* id of a CsProvider */
  char        *title;    /* as the seller knows it: "Qwen · qwen3-vl-plus" */
  char        *address;  /* base address, without a slash at its end */
  char        *model;
  gboolean     has_key;  /* the keyring or this session has one */
  gboolean     never_photos;
  gboolean     may_text;   /* the person agreed that texts go to this very address */
  gboolean     may_photos; /* the same for photos */
  CsPrice      price;
  char        *price_source; /* where it is from and of when, or NULL where the seller typed it */
  gint64       budget;   /* micros a month, or -1 for none */
  int          at_once;  /* requests in flight at most; 0 for what the provider allows */
  char        *learned;  /* JSON: what its refusals taught (see CsModelEngine), or NULL */
} CsEngineSetup;

#define CS_TYPE_ENGINE_SETUP (cs_engine_setup_get_type ())

CS_DECLARE_RECORD (CsEngineSetup, cs_engine_setup)

/* For the next version of one: everything copied */
CsEngineSetup *cs_engine_setup_copy (CsEngineSetup *self);
/* Is its address this computer's? It may still pass things on */
gboolean       cs_engine_setup_is_here (CsEngineSetup *self);
const char    *cs_engine_kind_get_name (CsEngineKind kind);

G_END_DECLS
