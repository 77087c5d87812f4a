/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-drag.h"

GdkContentProvider *
cs_drag_provide (const char *kind,
                 gint64      id)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new ("(sx)", kind, id));

  return gdk_content_provider_new_typed (G_TYPE_VARIANT, variant);
}

/* FALSE where something else is dragged */
gboolean
cs_drag_read (const GValue *value,
              const char   *kind,
              gint64       *id)
{
  GVariant   *variant;
  const char *dragged;

  if (value == NULL || !G_VALUE_HOLDS_VARIANT (value) || (variant = g_value_get_variant (value)) == NULL ||
      !g_variant_is_of_type (variant, G_VARIANT_TYPE ("(sx)")))
    return FALSE;

  g_variant_get (variant, "(&sx)", &dragged, id);

  return g_str_equal (dragged, kind);
}
