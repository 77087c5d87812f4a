/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CS_SIGN_IN_FOLDER,  /* a folder of this computer is chosen: "address" is its file: address */
  CS_SIGN_IN_KEYS,    /* keys are pasted */
  CS_SIGN_IN_BROWSER, /* keys of the seller's own application are pasted, then the browser asks */
} CsSignInWay;

/* One thing that is asked for when a shop is added */
typedef struct
{
  const char *name;     /* in the credentials; "address", "name" and "currency" are the account's own, "profile.X" is X in its profile */
  const char *label;    /* translatable */
  const char *help;     /* translatable, or NULL */
  const char *standard; /* filled in, or NULL */
  gboolean    secret;   /* never shown again, kept in the keyring */
  gboolean    optional; /* one of the optional secrets is wanted all the same where no secret is asked for without fail */
  const char *with;     /* the name of what it is of no use without, or NULL */
} CsChannelAsk;

/* A kind of marketplace, for choosing it and adding an account with it */
typedef struct
{
  const char         *kind;     /* as in CsAccount: "woocommerce" */
  const char         *name;     /* as the seller knows it; translatable where it is not a proper name */
  const char         *summary;  /* translatable: what it is, in a sentence */
  const char         *address;  /* where its interface is, or NULL where each shop has its own */
  CsSignInWay         way;
  const CsChannelAsk *asks;     /* ends with one whose name is NULL */
  const char         *const *steps; /* translatable: what to do there first, in order, NULL at the end; or NULL */
  guint               minutes;  /* how long that takes, from what sellers say; 0 where days */
  const char         *verified; /* translatable: how far it was tried; "not verified against the live service" where it was not */
  const char         *page;     /* where the seller makes keys, or NULL */
} CsChannelKind;

G_END_DECLS
