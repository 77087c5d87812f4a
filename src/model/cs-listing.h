/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-money.h"
#include "cs-record.h"

G_BEGIN_DECLS

typedef enum
{
  CS_OPERATION_CREATE,
  CS_OPERATION_UPDATE,
  CS_OPERATION_WITHDRAW,
  CS_OPERATION_OFFER, /* price and stock alone */
} CsOperation;

typedef struct
{
  char *hash; /* of the finished outgoing file, kept as a blob */
  char *mime;
  char *alt_text;
  char *name; /* file name for the marketplace, for example "CS-…-1.jpg" */
} CsListingPicture;

/**
 * CsListing:
 *
 * What is signed: everything that decides what happens at one channel, frozen.
 * @bytes is canonical JSON and @hash its SHA-256; the fields are read from
 * @bytes and from nothing else, so that what a request is built from is what
 * was signed. Its members are named as the fields are, with "format": 1 and
 * "pictures": [{"alt","hash","mime","name"}]. Members that came with a later
 * version of the program are left out where they say nothing.
 */
typedef struct
{
  GBytes     *bytes;
  char       *hash;
  CsOperation operation;
  gint64      account;
  char       *channel;   /* "practice" */
  char       *adapter;   /* the adapter's version, "practice/1" */
  char       *address;   /* the shop's address at the time of signing */
  char       *key;       /* our own key: same key, same listing */
  char       *remote_id; /* UPDATE, WITHDRAW: the listing there; else NULL */
  char       *remote_version; /* UPDATE, WITHDRAW: what was seen there, or NULL */
  gboolean    live;      /* FALSE: a draft */
  char       *title;
  char       *description;
  char      **bullets;
  char      **keywords;
  char       *sku;
  CsMoney     price;     /* currency "" where none was given */
  gint64      stock;     /* -1 where not said */
  char       *brand;
  char       *material;
  char       *size;
  char       *category;
  char       *category_id; /* the channel's own name for it, or NULL */
  char       *attributes; /* canonical JSON object: what the channel's category wants to know; or NULL */
  char       *variants;   /* canonical JSON array of {"options","picture","price","sku","stock"}, or NULL */
  char       *labels;     /* canonical JSON object of AI labels, or NULL */
  char       *terms;      /* canonical JSON object of the account's profile as sent: shipping, returns, tax; or NULL */
  char       *seen;       /* OFFER: canonical JSON {"price","stock"} as they stood there when it was signed, and
                         * "variants": [{"sku","price","stock"}] where it has some; what was not said is left out; else NULL */
  GPtrArray  *pictures;   /* (element-type CsListingPicture) */
} CsListing;

#define CS_TYPE_LISTING (cs_listing_get_type ())

CS_DECLARE_RECORD (CsListing, cs_listing)

CsListingPicture *cs_listing_add_picture (CsListing  *self,
                                          const char *hash,
                                          const char *mime,
                                          const char *name,
                                          const char *alt_text);
void              cs_listing_freeze (CsListing *self);
CsListing        *cs_listing_parse (GBytes  *bytes,
                                    GError **error);
const char       *cs_operation_get_name (CsOperation operation);
gboolean          cs_operation_from_name (const char  *name,
                                          CsOperation *operation);

/* A listing as a channel told us of it, when last pulled */
typedef struct
{
  gint64     account;
  char      *remote_id;
  char      *key;     /* our key if it bears one, else NULL */
  char      *sku;
  char      *version; /* the channel's own, or a hash of what it showed */
  char      *url;     /* where a customer sees it, or NULL */
  gboolean   live;
  char      *title;
  char      *description;
  char      *price; /* decimal and currency, "12.50 EUR"; or the decimal alone, in the account's */
  gint64     stock; /* or -1 where not said */
  char      *category; /* its name, or NULL */
  char      *category_id; /* or NULL */
  char      *brand;
  char     **bullets;  /* or NULL */
  char     **keywords; /* or NULL */
  char      *variants;   /* canonical JSON as in CsListing, "picture" left out; or NULL */
  char      *attributes; /* canonical JSON object of names and values, or NULL */
  char      *body;  /* canonical JSON of all that the channel showed */
  char     **pictures; /* addresses, in order */
  gint64     pulled_at;
} CsRemoteListing;

#define CS_TYPE_REMOTE_LISTING (cs_remote_listing_get_type ())

CS_DECLARE_RECORD (CsRemoteListing, cs_remote_listing)

/* With stock not said */
CsRemoteListing *cs_remote_listing_make (const char *remote_id);

G_END_DECLS
