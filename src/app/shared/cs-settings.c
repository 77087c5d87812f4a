/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-settings.h"

GSettings *
cs_settings_dup (const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, CS_APP_ID, TRUE) : NULL;

  if (schema == NULL || !g_settings_schema_has_key (schema, key))
    return NULL;

  return g_settings_new (CS_APP_ID);
}
