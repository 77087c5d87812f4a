/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-engines-private.h"
#include "cs-text.h"

/* Adding and changing one. What was typed is made right where there is only one
 * way to, and refused with a sentence where there is none.
 */

#define LONGEST_ADDRESS 1000
#define LONGEST_NAME    200

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, sentence);

  return FALSE;
}

static void
clean_text (char **text)
{
  g_autofree char *clean = *text != NULL ? cs_text_clean (*text, FALSE) : g_strdup ("");

  g_set_str (text, clean);
}

/* The same house is written the same way: what was agreed to and what was paid is known by it */
static void
spell_out (char *address)
{
  char *host = strstr (address, "://");

  for (char *at = address; host != NULL && *at != '\0' && (at < host + strlen ("://") || *at != '/'); at++)
    *at = g_ascii_tolower (*at);
}

/* Letters that only look like others would make another house of it, and blanks no address at all */
static gboolean
is_written_plainly (const char *address)
{
  for (const char *at = address; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at) || strchr ("\"<>\\^`{|}", *at) != NULL)
      return FALSE;

  return TRUE;
}

/* A key goes along with what is sent, so it goes nowhere in the clear but to this computer */
static gboolean
check_address (CsEngineSetup *setup,
               GError       **error)
{
  g_autoptr (GUri) uri = NULL;
  gsize length;

  g_strstrip (setup->address);
  for (length = strlen (setup->address); length > 0 && setup->address[length - 1] == '/'; length--)
    setup->address[length - 1] = '\0';

  spell_out (setup->address);
  uri = g_uri_parse (setup->address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || !is_written_plainly (setup->address) || strlen (setup->address) > LONGEST_ADDRESS ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 && g_strcmp0 (g_uri_get_scheme (uri), "http") != 0))
    return refuse (error, _("This is not an address. It begins with https://, or with http:// for a server on this computer."));

  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return refuse (error, _("Leave names, keys and everything behind “?” out of the address."));

  if (g_strcmp0 (g_uri_get_scheme (uri), "http") == 0 && !cs_http_is_loopback (uri))
    return refuse (error, _("Only a server on this computer may be written to without encryption. This address has to begin with https://."));

  return TRUE;
}

static gboolean
check_price (CsEngineSetup *setup,
             GError       **error)
{
  const char *currency = setup->price.currency;
  gboolean    any = setup->price.input > 0 || setup->price.output > 0 || setup->price.picture > 0;

  for (guint i = 0; currency[i] != '\0'; i++)
    {
      if (!g_ascii_isupper (currency[i]))
        return refuse (error, _("Write the currency as three capital letters, like CNY or USD."));
    }

  if (any && strlen (currency) != 3)
    return refuse (error, _("Say in which currency the price is, in three capital letters, like CNY or USD."));

  return TRUE;
}

static CsProviderModel *
find_model (CsProvider *provider,
            const char *id)
{
  for (guint i = 0; provider->models != NULL && i < provider->models->len; i++)
    {
      CsProviderModel *model = provider->models->pdata[i];

      if (g_strcmp0 (model->id, id) == 0)
        return model;
    }

  return NULL;
}

/* What is known of the model, where the seller said nothing */
static void
fill_in (CsEngineSetup *setup,
         CsProvider    *provider)
{
  CsProviderModel *model;

  setup->kind = provider->kind;
  if (setup->address == NULL || *setup->address == '\0')
    g_set_str (&setup->address, provider->address != NULL ? provider->address : "");

  clean_text (&setup->model);
  if (*setup->model == '\0' && provider->models != NULL && provider->models->len > 0)
    g_set_str (&setup->model, ((CsProviderModel *) provider->models->pdata[0])->id);

  clean_text (&setup->title);
  if (*setup->title == '\0')
    {
      g_free (setup->title);
      setup->title = cs_provider_dup_model_title (provider, setup->address, setup->model);
    }

  model = find_model (provider, setup->model);
  if (setup->id == NULL && model != NULL && setup->price_source == NULL && setup->price.currency[0] == '\0' &&
      setup->price.input <= 0 && setup->price.output <= 0 && setup->price.picture <= 0)
    {
      setup->price = model->price;
      setup->price_source = g_strdup (model->price_source);
    }
}

static CsEngineSetup *
check_setup (CsEngines     *self,
             CsEngineSetup *given,
             GError       **error)
{
  g_autoptr (CsEngineSetup) setup = cs_engine_setup_copy (given);
  CsProvider *provider = cs_provider_catalogue_find (self->catalogue, setup->provider);

  if (provider == NULL)
    {
      refuse (error, _("Nobody of that name is known to run models."));
      return NULL;
    }

  fill_in (setup, provider);
  if (!check_address (setup, error) || !check_price (setup, error))
    return NULL;

  if (*setup->model == '\0' || strlen (setup->model) > LONGEST_NAME || strlen (setup->title) > 2 * LONGEST_NAME)
    {
      refuse (error, _("Say which model it is, by the name that its provider has for it."));
      return NULL;
    }

  setup->may_text = setup->may_photos = FALSE;

  return g_steal_pointer (&setup);
}

/* Is it the same house? Its key goes to no other one unless it is typed again. */
static gboolean
is_same_house (const char *one,
               const char *other)
{
  g_autoptr (GUri) left = g_uri_parse (one, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) right = g_uri_parse (other, SOUP_HTTP_URI_FLAGS, NULL);

  return left != NULL && right != NULL &&
         g_strcmp0 (g_uri_get_scheme (left), g_uri_get_scheme (right)) == 0 &&
         g_strcmp0 (g_uri_get_host (left), g_uri_get_host (right)) == 0 &&
         g_uri_get_port (left) == g_uri_get_port (right);
}

/* That of the house where it was */
static void
forget_secret (CsEngines     *self,
               CsEngineSetup *setup,
               const char    *address)
{
  g_autofree char *name = cs_engines_dup_secret_name (setup->id, address);
  g_autoptr (GError) error = NULL;

  setup->has_key = FALSE;
  g_hash_table_remove (self->session, setup->id);
  /* Where there is no keyring there is nothing in it */
  if (!dex_await (cs_secrets_forget (self->secrets, name), &error))
    g_info ("The key of %s could not be forgotten: %s", setup->id, error->message);
}

/* What one that is there keeps; or a name for a new one */
static gboolean
settle_id (CsEngines     *self,
           CsEngineSetup *setup,
           GError       **error)
{
  g_autoptr (CsEngineSetup) listed = NULL;
  g_autoptr (CsEngineSetup) old = NULL;

  setup->has_key = FALSE;
  if (setup->id == NULL)
    {
      g_clear_pointer (&setup->learned, g_free);
      return (setup->id = dex_await_string (cs_engine_setups_find_id (self->store, setup->provider), error)) != NULL;
    }

  /* As it is kept: a key for this session only is not in the keyring */
  if (!(listed = cs_engines_load (self, setup->id, error)) ||
      !(old = dex_await_boxed (cs_engine_setups_get (self->store, setup->id), error)))
    return FALSE;

  /* One of this session is not in the keyring */
  setup->has_key = old->has_key && !g_hash_table_contains (self->session, setup->id);
  if (old->has_key && !is_same_house (old->address, setup->address))
    forget_secret (self, setup, old->address);

  if (g_strcmp0 (old->address, setup->address) == 0 && g_strcmp0 (old->model, setup->model) == 0)
    g_set_str (&setup->learned, old->learned);
  else
    g_clear_pointer (&setup->learned, g_free);

  return TRUE;
}

static gboolean
keep_secret (CsEngines     *self,
             CsEngineSetup *setup,
             const char    *secret,
             CsSecretPlace  place,
             GError       **error)
{
  g_autofree char *name = cs_engines_dup_secret_name (setup->id, setup->address);
  g_autofree char *label = NULL;

  if (secret == NULL)
    return TRUE;

  g_hash_table_remove (self->session, setup->id);
  if (*secret == '\0')
    {
      setup->has_key = FALSE;
      return dex_await (cs_secrets_forget (self->secrets, name), error);
    }

  if (place == CS_SECRET_FOR_SESSION)
    {
      cs_secrets_keep_for_session (self->secrets, name, secret);
      g_hash_table_add (self->session, g_strdup (setup->id));
      return TRUE;
    }

  label = g_strdup_printf (_("Countersign: key for %s"), setup->title);
  if (!dex_await (cs_secrets_keep (self->secrets, name, label, secret), error))
    return FALSE;

  setup->has_key = TRUE;

  return TRUE;
}

static char *
dup_clean_secret (const char *secret,
                  GError    **error)
{
  g_autofree char *clean = g_strstrip (g_strdup (secret));

  for (const char *at = clean; *at != '\0'; at++)
    {
      if (!g_ascii_isgraph (*at))
        {
          refuse (error, _("This is not a key: it has spaces or other signs in it. Copy it once more."));
          explicit_bzero (clean, strlen (clean));
          return NULL;
        }
    }

  return g_steal_pointer (&clean);
}

static DexFuture *
put_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsEngineSetup) kept = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_new = call->setup->id == NULL;

  if (!(setup = check_setup (self, call->setup, &error)) ||
      !settle_id (self, setup, &error) ||
      !keep_secret (self, setup, call->secret, call->place, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!dex_await (cs_engine_setups_put (self->store, setup, self->face), &error))
    {
      g_autofree char *name = cs_engines_dup_secret_name (setup->id, setup->address);

      if (is_new && call->secret != NULL)
        dex_future_disown (cs_secrets_forget (self->secrets, name));
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  if (!(kept = dex_await_boxed (cs_engine_setups_get (self->store, setup->id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  kept->has_key |= g_hash_table_contains (self->session, kept->id);
  cs_engines_get_turns (self, kept);
  cs_engines_emit_changed (self);

  return dex_future_new_take_boxed (CS_TYPE_ENGINE_SETUP, g_steal_pointer (&kept));
}

DexFuture *
cs_engines_put (CsEngines     *self,
                CsEngineSetup *setup,
                const char    *secret,
                CsSecretPlace  place)
{
  CsEnginesCall *call;
  DexFuture     *refusal;
  g_autofree char *clean = NULL;
  g_autoptr (GError) error = NULL;

  dex_return_error_if_fail (CS_IS_ENGINES (self));
  dex_return_error_if_fail (setup != NULL && setup->provider != NULL);

  if (self->desk != NULL && (refusal = cs_desk_refuse_reading (self->desk)))
    return refusal;

  if (secret != NULL && !(clean = dup_clean_secret (secret, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!(call = cs_engines_call_new (self, &refusal)))
    return refusal;

  call->setup = cs_engine_setup_ref (setup);
  call->secret = g_steal_pointer (&clean);
  call->place = place;

  return cs_fiber_spawn_disowned (put_fiber, call, (GDestroyNotify) cs_engines_call_free);
}
