/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-field.h"

static const struct
{
  const char *name;  /* stored, and typed on the command line: never changes */
  const char *label; /* shown */
} fields[CS_N_FIELDS] = {
  [CS_FIELD_TITLE] = { "title", N_("Title") },
  [CS_FIELD_DESCRIPTION] = { "description", N_("Description") },
  [CS_FIELD_BULLETS] = { "bullets", N_("Bullet points") },
  [CS_FIELD_KEYWORDS] = { "keywords", N_("Keywords") },
  [CS_FIELD_ALT_TEXT] = { "alt-text", N_("Picture description") },
  [CS_FIELD_PICTURE] = { "picture", N_("Picture") },
  [CS_FIELD_NOTE] = { "note", N_("Note") },
  [CS_FIELD_PRICE] = { "price", N_("Price") },
  [CS_FIELD_STOCK] = { "stock", N_("Stock") },
  [CS_FIELD_SKU] = { "sku", N_("SKU") },
  [CS_FIELD_BRAND] = { "brand", N_("Brand") },
  [CS_FIELD_MATERIAL] = { "material", N_("Material") },
  [CS_FIELD_SIZE] = { "size", N_("Size") },
  [CS_FIELD_CATEGORY] = { "category", N_("Category") },
};

const char *
cs_field_get_name (CsField field)
{
  g_return_val_if_fail (field < CS_N_FIELDS, NULL);

  return fields[field].name;
}

const char *
cs_field_get_label (CsField field)
{
  g_return_val_if_fail (field < CS_N_FIELDS, NULL);

  return _(fields[field].label);
}

gboolean
cs_field_from_name (const char *name,
                    CsField    *field)
{
  for (guint i = 0; i < CS_N_FIELDS; i++)
    {
      if (g_strcmp0 (fields[i].name, name) == 0)
        {
          *field = i;
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
cs_field_is_reviewed (CsField field)
{
  return field <= CS_FIELD_PICTURE;
}

gboolean
cs_field_is_of_photo (CsField field)
{
  return field == CS_FIELD_ALT_TEXT || field == CS_FIELD_PICTURE;
}
