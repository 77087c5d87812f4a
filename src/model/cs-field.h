/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * CsField:
 *
 * What a product says of itself. The first six are reviewed, in this order:
 * the order in which the review's keys walk through them. ALT_TEXT and PICTURE
 * belong to one photo each. Lists (BULLETS, KEYWORDS) are one entry a line.
 */
typedef enum
{
  CS_FIELD_TITLE,
  CS_FIELD_DESCRIPTION,
  CS_FIELD_BULLETS,
  CS_FIELD_KEYWORDS,
  CS_FIELD_ALT_TEXT,
  CS_FIELD_PICTURE,
  CS_FIELD_NOTE,
  CS_FIELD_PRICE,
  CS_FIELD_STOCK,
  CS_FIELD_SKU,
  CS_FIELD_BRAND,
  CS_FIELD_MATERIAL,
  CS_FIELD_SIZE,
  CS_FIELD_CATEGORY,
} CsField;

#define CS_N_FIELDS (CS_FIELD_CATEGORY + 1)

const char *cs_field_get_name (CsField field);
const char *cs_field_get_label (CsField field);
gboolean    cs_field_from_name (const char *name,
                                CsField    *field);
gboolean    cs_field_is_reviewed (CsField field);
gboolean    cs_field_is_of_photo (CsField field);

G_END_DECLS
