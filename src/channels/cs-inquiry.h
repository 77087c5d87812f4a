/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-form.h"
#include "cs-shop.h"

G_BEGIN_DECLS

/**
 * CsInquiryKind:
 * @CS_INQUIRY_SHOP: whose shop this is: fills @shop. The test of an account.
 * @CS_INQUIRY_PROFILE: what holds for all listings of the account (shipping,
 *   returns, tax, where from): fills @form
 * @CS_INQUIRY_CATEGORIES: fills @form with one field "category" of choices, a
 *   tree; where there are too many, those under @category or that answer @search
 * @CS_INQUIRY_ATTRIBUTES: what @category wants to know: fills @form
 */
typedef enum
{
  CS_INQUIRY_SHOP,
  CS_INQUIRY_PROFILE,
  CS_INQUIRY_CATEGORIES,
  CS_INQUIRY_ATTRIBUTES,
} CsInquiryKind;

/* Something that is asked of a marketplace, in as many requests as it takes */
typedef struct
{
  CsInquiryKind kind;
  char         *category;  /* the channel's id, or NULL */
  char         *search;    /* as typed, or NULL */
  guint         n_answers; /* how many replies were read */
  JsonObject   *notes;     /* the adapter's own, from one reply to the next */
  CsShop       *shop;      /* SHOP: filled by the replies */
  CsForm       *form;      /* else: filled by the replies */
} CsInquiry;

#define CS_TYPE_INQUIRY (cs_inquiry_get_type ())

CS_DECLARE_RECORD (CsInquiry, cs_inquiry)

CsInquiry *cs_inquiry_make (CsInquiryKind kind,
                            const char   *category,
                            const char   *search);

G_END_DECLS
