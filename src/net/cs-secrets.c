/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#include "cs-fiber.h"
#include "cs-secrets.h"

static const SecretSchema schema = {
  "app.countersign.Countersign.Secret", SECRET_SCHEMA_NONE,
  {
    { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

struct _CsSecrets
{
  GObject parent_instance;

  GHashTable *session; /* (element-type utf8 utf8), values wiped */
};

G_DEFINE_FINAL_TYPE (CsSecrets, cs_secrets, G_TYPE_OBJECT)

void
cs_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* A string that is wiped with the future that it came in: a type of its own, so
 * that libdex, which copies and frees values, does so with it.
 */
static void
wiped_init (GValue *value)
{
  value->data[0].v_pointer = NULL;
}

static void
wiped_free (GValue *value)
{
  cs_secret_free (value->data[0].v_pointer);
}

static void
wiped_copy (const GValue *from,
            GValue       *to)
{
  to->data[0].v_pointer = g_strdup (from->data[0].v_pointer);
}

static gpointer
wiped_peek (const GValue *value)
{
  return value->data[0].v_pointer;
}

static GType
wiped_string_get_type (void)
{
  static const GTypeValueTable table = {
    .value_init = wiped_init,
    .value_free = wiped_free,
    .value_copy = wiped_copy,
    .value_peek_pointer = wiped_peek,
  };
  static const GTypeInfo info = { .value_table = &table };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_type_register_static (G_TYPE_STRING, "CsWipedString", &info, 0));

  return type;
}

static void
cs_secrets_finalize (GObject *object)
{
  CsSecrets *self = CS_SECRETS (object);

  g_hash_table_unref (self->session);

  G_OBJECT_CLASS (cs_secrets_parent_class)->finalize (object);
}

static void
cs_secrets_class_init (CsSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_secrets_finalize;
}

static void
cs_secrets_init (CsSecrets *self)
{
  self->session = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cs_secret_free);
}

CsSecrets *
cs_secrets_new (void)
{
  return g_object_new (CS_TYPE_SECRETS, NULL);
}

/* Is it there, and has what it has to itself? Everything else is none that answers */
static gboolean
is_locked (const GError *error)
{
  return g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static GError *
explain (const GError *error)
{
  return g_error_new_literal (CS_ERROR, CS_ERROR_NO_KEYRING,
                              is_locked (error) ? _("This desktop's keyring is locked and was not opened, so it keeps and tells nothing.")
                                                : _("This desktop has no keyring that answers, so keys cannot be kept here. One can be used until the program ends."));
}

static GHashTable *
make_attributes (const char *name)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) "name", g_strdup (name));

  return attributes;
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, explain (error));
}

typedef struct
{
  CsSecrets *self;
  char      *name;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_object_unref (kept->self);
  g_free (kept->name);
  g_free (kept);
}

/* It stands in place of what was for this session, once it is there */
static DexFuture *
kept_cb (DexFuture *future,
         gpointer   data)
{
  Kept *kept = data;

  g_hash_table_remove (kept->self->session, kept->name);

  return dex_future_new_true ();
}

DexFuture *
cs_secrets_keep (CsSecrets  *self,
                 const char *name,
                 const char *label,
                 const char *secret)
{
  g_autoptr (GHashTable) attributes = NULL;
  DexPromise *promise;
  DexFuture  *future;
  Kept       *kept;

  dex_return_error_if_fail (CS_IS_SECRETS (self));
  dex_return_error_if_fail (name != NULL && label != NULL && secret != NULL);

  attributes = make_attributes (name);
  promise = dex_promise_new ();
  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret,
                          NULL, keep_cb, dex_ref (promise));

  kept = g_new0 (Kept, 1);
  kept->self = g_object_ref (self);
  kept->name = g_strdup (name);
  future = dex_future_then (DEX_FUTURE (promise), kept_cb, kept, kept_free);
  dex_future_disown (dex_ref (future));

  return future;
}

void
cs_secrets_keep_for_session (CsSecrets  *self,
                             const char *name,
                             const char *secret)
{
  g_return_if_fail (CS_IS_SECRETS (self));
  g_return_if_fail (name != NULL && secret != NULL);

  g_hash_table_replace (self->session, g_strdup (name), g_strdup (secret));
}

static void
resolve_string (DexPromise *promise,
                const char *secret)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, wiped_string_get_type ());
  value.data[0].v_pointer = g_strdup (secret);
  dex_promise_resolve (promise, &value);
}

/* What is looked for, until it is found */
typedef struct
{
  DexPromise *promise;
  GHashTable *attributes;
  gboolean    forget;
} Search;

static void
search_free (Search *self)
{
  dex_unref (self->promise);
  g_hash_table_unref (self->attributes);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static Search *
search_new (const char *name,
            DexPromise *promise)
{
  Search *self = g_new0 (Search, 1);

  self->promise = dex_ref (promise);
  self->attributes = make_attributes (name);

  return self;
}

/* There where nothing came out: then it is locked */
static void
search_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Search) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autolist (SecretRetrievable) found = secret_password_search_finish (result, &error);

  if (found != NULL)
    {
      g_clear_error (&error);
      g_set_error_literal (&error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "");
      dex_promise_reject (self->promise, explain (error));
    }
  else if (self->forget)
    dex_promise_resolve_boolean (self->promise, TRUE);
  else if (error != NULL)
    dex_promise_reject (self->promise, explain (error));
  else
    resolve_string (self->promise, NULL);
}

/* libsecret says of what it could not open that there is nothing */
static void
search_further (Search *self)
{
  secret_password_searchv (&schema, self->attributes, SECRET_SEARCH_NONE, NULL, search_cb, self);
}

static void
find_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Search) self = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_nonpageable_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (self->promise, explain (error));
  else if (secret != NULL)
    resolve_string (self->promise, secret);
  else
    search_further (g_steal_pointer (&self));

  secret_password_free (secret);
}

DexFuture *
cs_secrets_find (CsSecrets  *self,
                 const char *name)
{
  const char *secret;
  DexPromise *promise;
  Search     *search;

  dex_return_error_if_fail (CS_IS_SECRETS (self));
  dex_return_error_if_fail (name != NULL);

  promise = dex_promise_new_cancellable ();
  if ((secret = g_hash_table_lookup (self->session, name)))
    {
      resolve_string (promise, secret);
      return DEX_FUTURE (promise);
    }

  search = search_new (name, promise);
  secret_password_lookupv (&schema, search->attributes, dex_promise_get_cancellable (promise), find_cb, search);

  return DEX_FUTURE (promise);
}

static void
forget_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Search) self = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_clear_finish (result, &error))
    dex_promise_resolve_boolean (self->promise, TRUE);
  else if (error != NULL && is_locked (error))
    dex_promise_reject (self->promise, explain (error));
  else
    search_further (g_steal_pointer (&self));
}

/* Clearing leaves what is locked; looking for it asks for it to be opened */
static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Search *self = user_data;
  g_autolist (SecretRetrievable) found = secret_password_search_finish (result, NULL);

  secret_password_clearv (&schema, self->attributes, NULL, forget_cb, self);
}

DexFuture *
cs_secrets_forget (CsSecrets  *self,
                   const char *name)
{
  DexPromise *promise;
  Search     *search;

  dex_return_error_if_fail (CS_IS_SECRETS (self));
  dex_return_error_if_fail (name != NULL);

  g_hash_table_remove (self->session, name);
  promise = dex_promise_new ();
  search = search_new (name, promise);
  search->forget = TRUE;
  secret_password_searchv (&schema, search->attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK, NULL, opened_cb, search);

  return DEX_FUTURE (promise);
}
