/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CsSignatureKind:
 *
 * How gateways that do not trust a token alone want a request signed: a digest
 * over its parameters, sorted by name, each as name and value without anything
 * between them. Each is checked with a value that the platform publishes, or
 * with one that an implementation of it gives.
 */
typedef enum
{
  CS_SIGNATURE_TAOBAO,      /* also Pinduoduo (https://open.taobao.com/doc.htm?docId=101617) */
  CS_SIGNATURE_JD,
  CS_SIGNATURE_1688,        /* https://open.1688.com/doc/signature.htm */
  CS_SIGNATURE_LAZADA,
  CS_SIGNATURE_TIKTOK_SHOP, /* https://partner.tiktokshop.com/docv2/page/sign-your-api-request */
  CS_SIGNATURE_DOUYIN,      /* https://op.jinritemai.com/docs/guide-docs/10/23 */
} CsSignatureKind;

/* parameters: (element-type utf8 utf8), without the signature itself; path: or
 * NULL where it is not signed; body: or NULL
 */
char *cs_signature_make (CsSignatureKind kind,
                         const char     *secret,
                         const char     *path,
                         GHashTable     *parameters,
                         GBytes         *body);

G_END_DECLS
