/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-provider.h"

static void
cs_provider_model_free (CsProviderModel *self)
{
  g_free (self->id);
  g_free (self->price_source);
  g_free (self);
}

static void
cs_provider_clear (CsProvider *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->words);
  g_free (self->address);
  g_free (self->key_page);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_free (self->profile);
}

CS_DEFINE_RECORD (CsProvider, cs_provider)

CsProviderModel *
cs_provider_add_model (CsProvider *self,
                       const char *id)
{
  CsProviderModel *model = g_new0 (CsProviderModel, 1);

  if (self->models == NULL)
    self->models = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_provider_model_free);

  model->id = g_strdup (id);
  model->price = CS_PRICE_NONE;
  g_ptr_array_add (self->models, model);

  return model;
}

char *
cs_provider_dup_name (CsProvider *self,
                      const char *address)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->address == NULL && address != NULL)
    uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0')
    return g_strdup (self->title);

  if (g_uri_get_port (uri) > 0)
    return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));

  return g_strdup (g_uri_get_host (uri));
}

char *
cs_provider_dup_model_title (CsProvider *self,
                             const char *address,
                             const char *model)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  name = cs_provider_dup_name (self, address);

  return g_strdup_printf ("%s · %s", name, model);
}
