/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>

#include "cs-engine-setup.h"

static void
cs_engine_setup_clear (CsEngineSetup *self)
{
  g_free (self->id);
  g_free (self->provider);
  g_free (self->title);
  g_free (self->address);
  g_free (self->model);
  g_free (self->price_source);
  g_free (self->learned);
}

CS_DEFINE_RECORD (CsEngineSetup, cs_engine_setup)

CsEngineSetup *
cs_engine_setup_copy (CsEngineSetup *self)
{
  CsEngineSetup *copy = cs_engine_setup_new ();

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->provider = g_strdup (self->provider);
  copy->title = g_strdup (self->title);
  copy->address = g_strdup (self->address);
  copy->model = g_strdup (self->model);
  copy->price_source = g_strdup (self->price_source);
  copy->learned = g_strdup (self->learned);

  return copy;
}

gboolean
cs_engine_setup_is_here (CsEngineSetup *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->address, G_URI_FLAGS_NONE, NULL);
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

const char *
cs_engine_kind_get_name (CsEngineKind kind)
{
  return kind == CS_ENGINE_PICTURES ? "pictures" : "writes";
}
