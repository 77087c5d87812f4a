/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-product.h"

static const struct
{
  const char *name;  /* for scripts: never changes */
  const char *label; /* shown */
} stages[CS_N_STAGES] = {
  [CS_STAGE_NEW] = { "new", N_("New") },
  [CS_STAGE_REVIEW] = { "review", N_("To review") },
  [CS_STAGE_BLOCKED] = { "blocked", N_("Needs something from you") },
  [CS_STAGE_READY] = { "ready", N_("Ready") },
  [CS_STAGE_APPROVED] = { "approved", N_("On its way") },
  [CS_STAGE_PUBLISHED] = { "published", N_("Published") },
  [CS_STAGE_FAILED] = { "failed", N_("Could not be published") },
};

static void
cs_product_clear (CsProduct *self)
{
  g_free (self->key);
  for (guint i = 0; i < CS_N_FIELDS; i++)
    g_free (self->values[i]);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->variants, g_ptr_array_unref);
  g_free (self->attributes);
}

CS_DEFINE_RECORD (CsProduct, cs_product)

static void
cs_product_row_clear (CsProductRow *self)
{
  g_free (self->title);
  g_free (self->sku);
  g_free (self->price);
  g_free (self->thumbnail);
  g_free (self->message);
}

CS_DEFINE_RECORD (CsProductRow, cs_product_row)

CsVariant *
cs_variant_new (void)
{
  CsVariant *self = g_new0 (CsVariant, 1);

  self->stock = -1;

  return self;
}

void
cs_variant_free (CsVariant *self)
{
  g_free (self->options);
  g_free (self->sku);
  g_free (self->price);
  g_free (self);
}

const char *
cs_stage_get_name (CsStage stage)
{
  g_return_val_if_fail (stage < CS_N_STAGES, NULL);

  return stages[stage].name;
}

const char *
cs_stage_get_label (CsStage stage)
{
  g_return_val_if_fail (stage < CS_N_STAGES, NULL);

  return _(stages[stage].label);
}

gboolean
cs_stage_from_name (const char *name,
                    CsStage    *stage)
{
  for (guint i = 0; i < CS_N_STAGES; i++)
    {
      if (g_strcmp0 (stages[i].name, name) == 0)
        {
          *stage = i;
          return TRUE;
        }
    }

  return FALSE;
}
