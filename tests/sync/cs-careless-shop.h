/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A shop with the practice shop's addresses that is as careless as a shop can
 * be: it takes the same product as often as it is sent, and it fails as it is
 * told to. It serves on a thread of its own, in this process or another.
 */
typedef enum
{
  CS_FAULT_NONE,
  CS_FAULT_CUT_BEFORE,    /* the connection breaks, nothing happened */
  CS_FAULT_CUT_AFTER,     /* it happened, then the connection breaks */
  CS_FAULT_SILENT_AFTER,  /* it happened, and nothing is ever said */
  CS_FAULT_SILENT_BEFORE, /* nothing happened, and nothing is ever said */
  CS_FAULT_429,           /* with Retry-After: 1 */
  CS_FAULT_500_BEFORE,
  CS_FAULT_500_AFTER,
  CS_FAULT_401,
  CS_FAULT_422,
  CS_FAULT_GARBAGE, /* it happened, and the answer is no JSON */
  CS_FAULT_CHANGE,  /* it happens, with another title */
} CsFault;

typedef struct _CsCarelessShop CsCarelessShop;

CsCarelessShop *cs_careless_shop_new (void);
void            cs_careless_shop_free (CsCarelessShop *self);
char           *cs_careless_shop_dup_address (CsCarelessShop *self);
/* The next requests whose "METHOD path" contains about fail so, n times */
void            cs_careless_shop_fail (CsCarelessShop *self,
                                       const char     *about,
                                       CsFault         fault,
                                       guint           n);
/* None of that any more */
void            cs_careless_shop_calm (CsCarelessShop *self);
/* New products are not to be found for so long */
void            cs_careless_shop_hide (CsCarelessShop *self,
                                       guint           msec);
/* As if somebody else had put it there; id is what it becomes */
void            cs_careless_shop_put (CsCarelessShop *self,
                                      const char     *json);
/* As if somebody else had changed it there */
void            cs_careless_shop_retitle (CsCarelessShop *self,
                                          const char     *title);
/* Customers bought so many of each */
void            cs_careless_shop_sell (CsCarelessShop *self,
                                       gint64          n);
guint           cs_careless_shop_count (CsCarelessShop *self);
/* The n-th product as JSON */
char           *cs_careless_shop_dup_product (CsCarelessShop *self,
                                              guint           n);
/* Requests so far whose "METHOD path" contains about */
guint           cs_careless_shop_count_requests (CsCarelessShop *self,
                                                 const char     *about);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsCarelessShop, cs_careless_shop_free)

G_END_DECLS
