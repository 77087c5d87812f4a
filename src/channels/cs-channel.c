/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-private.h"
#include "cs-json.h"
#include "cs-rate-limit.h"
#include "cs-retry.h"


G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CsChannel, cs_channel, G_TYPE_OBJECT)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_SECRETS,
} CsChannelProperty;

static GParamSpec *properties[PROP_SECRETS + 1];

CsChannelPrivate *
cs_channel_get_private (CsChannel *self)
{
  return cs_channel_get_instance_private (self);
}

static void
cs_channel_step_clear (CsChannelStep *self)
{
  g_free (self->name);
}

CS_DEFINE_RECORD (CsChannelStep, cs_channel_step)

static void
cs_remote_page_clear (CsRemotePage *self)
{
  g_clear_pointer (&self->listings, g_ptr_array_unref);
  g_free (self->next);
}

CS_DEFINE_RECORD (CsRemotePage, cs_remote_page)

/**
 * cs_channel_step_make:
 *
 * What is special about a step is in its name, so that a journalled name says it too
 */
CsChannelStep *
cs_channel_step_make (const char *name)
{
  CsChannelStep *step = cs_channel_step_new ();

  step->name = g_strdup (name);
  step->picture = g_str_has_prefix (name, "picture.") ? (int) MIN (g_ascii_strtoull (name + strlen ("picture."), NULL, 10), G_MAXINT) : -1;
  step->creates = g_str_equal (name, "create");
  step->reads = g_str_equal (name, "shown");
  step->writes = step->picture < 0 && !step->creates && !step->reads;

  return step;
}

static DexFuture *
cs_channel_real_open (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  return dex_future_new_for_string (priv->account->address);
}

static CsError
cs_channel_real_classify (CsChannel     *self,
                          CsChannelStep *step,
                          CsReply       *reply,
                          JsonNode      *json,
                          char         **sentence)
{
  return cs_channel_classify_status (step, reply);
}

static void
cs_channel_constructed (GObject *object)
{
  CsChannelPrivate      *priv = cs_channel_get_instance_private (CS_CHANNEL (object));
  const CsChannelTraits *traits = &CS_CHANNEL_GET_CLASS (object)->traits;

  G_OBJECT_CLASS (cs_channel_parent_class)->constructed (object);

  if (priv->account == NULL)
    priv->account = cs_account_new ();
  priv->profile = priv->account->profile != NULL ? cs_json_parse (priv->account->profile, -1, NULL) : NULL;
  priv->limit = cs_rate_limit_new (traits->per_second, traits->burst);
}

static void
cs_channel_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (CS_CHANNEL (object));

  switch ((CsChannelProperty) prop_id)
    {
    case PROP_ACCOUNT:
      priv->account = g_value_dup_boxed (value);
      break;

    case PROP_SECRETS:
      priv->keyring = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_channel_finalize (GObject *object)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (CS_CHANNEL (object));

  g_clear_pointer (&priv->account, cs_account_unref);
  g_clear_object (&priv->http);
  g_clear_object (&priv->keyring);
  g_clear_pointer (&priv->profile, json_node_unref);
  g_clear_pointer (&priv->secrets, g_hash_table_unref);
  dex_clear (&priv->refreshing);
  g_clear_pointer (&priv->limit, cs_rate_limit_free);
  g_clear_pointer (&priv->address, g_free);

  G_OBJECT_CLASS (cs_channel_parent_class)->finalize (object);
}

static void
cs_channel_class_init (CsChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = cs_channel_constructed;
  object_class->finalize = cs_channel_finalize;
  object_class->set_property = cs_channel_set_property;

  klass->open = cs_channel_real_open;
  klass->classify = cs_channel_real_classify;
  klass->traits.per_second = 2;
  klass->traits.burst = 2;
  klass->traits.settle_seconds = 60;
  klass->traits.bears_key = TRUE;

  properties[PROP_ACCOUNT] =
    g_param_spec_boxed ("account", NULL, NULL,
                        CS_TYPE_ACCOUNT,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  properties[PROP_SECRETS] =
    g_param_spec_object ("secrets", NULL, NULL,
                         CS_TYPE_SECRETS,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_channel_init (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  priv->http = cs_http_new ();
}

const CsChannelTraits *
cs_channel_get_traits (CsChannel *self)
{
  g_return_val_if_fail (CS_IS_CHANNEL (self), NULL);

  return &CS_CHANNEL_GET_CLASS (self)->traits;
}

CsAccount *
cs_channel_get_account (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  g_return_val_if_fail (CS_IS_CHANNEL (self), NULL);

  return priv->account;
}

gint64
cs_channel_get_held_until (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  g_return_val_if_fail (CS_IS_CHANNEL (self), 0);

  return priv->held_until > g_get_real_time () / G_USEC_PER_SEC ? priv->held_until : 0;
}

gint64
cs_channel_get_next_at (CsChannel *self,
                        guint      n_failures)
{
  gint64 wait = cs_retry_delay (n_failures, g_random_double ());

  return MAX (g_get_real_time () / G_USEC_PER_SEC + wait, cs_channel_get_held_until (self));
}

/**
 * cs_channel_get_address:
 *
 * Returns: what requests are to begin with, without a slash at its end; known
 *   once the channel was opened
 */
const char *
cs_channel_get_address (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  return priv->address != NULL ? priv->address : "";
}

const char *
cs_channel_get_name (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  const char       *address = priv->account->address;
  const char       *host = address != NULL ? strstr (address, "://") : NULL;

  if (priv->account->name != NULL && priv->account->name[0] != '\0')
    return priv->account->name;

  /* One that is only being added has no name yet */
  return host != NULL && host[strlen ("://")] != '\0' ? host + strlen ("://") : _("The shop");
}

const char *
cs_channel_get_profile (CsChannel  *self,
                        const char *name)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  return cs_json_string (cs_json_node_object (priv->profile), name, NULL);
}

const char *
cs_channel_get_asked (CsChannel *self)
{
  return cs_channel_get_private (self)->asked;
}

const char *
cs_channel_get_answered (CsChannel  *self,
                         const char *header)
{
  CsReply *reply = cs_channel_get_private (self)->answer;

  return reply != NULL ? cs_reply_get_header (reply, header) : NULL;
}

CsRequest *
cs_channel_make_request (CsChannel  *self,
                         const char *method,
                         const char *format,
                         ...)
{
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;
  va_list          args;

  va_start (args, format);
  path = g_strdup_vprintf (format, args);
  va_end (args);
  address = g_strconcat (cs_channel_get_address (self), path, NULL);

  return cs_request_make (method, address);
}

/**
 * cs_channel_check:
 *
 * Returns: (transfer full) (element-type utf8): what the marketplace is known to
 *   refuse, a sentence each
 */
GPtrArray *
cs_channel_check (CsChannel *self,
                  CsListing *listing)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (self);
  GPtrArray      *findings = g_ptr_array_new_with_free_func (g_free);

  if (klass->check != NULL && listing->operation != CS_OPERATION_WITHDRAW && listing->operation != CS_OPERATION_OFFER)
    klass->check (self, listing, findings);

  return findings;
}

CsChannelStep *
cs_channel_next_step (CsChannel *self,
                      CsListing *listing,
                      CsJournal *journal)
{
  g_return_val_if_fail (CS_IS_CHANNEL (self), NULL);

  return CS_CHANNEL_GET_CLASS (self)->next_step (self, listing, journal);
}

CsRequest *
cs_channel_build (CsChannel     *self,
                  CsListing     *listing,
                  CsChannelStep *step,
                  CsJournal     *journal,
                  GBytes        *picture,
                  GError       **error)
{
  g_return_val_if_fail (CS_IS_CHANNEL (self), NULL);
  g_return_val_if_fail (listing != NULL && listing->bytes != NULL, NULL);

  return CS_CHANNEL_GET_CLASS (self)->build (self, listing, step, journal, picture, error);
}

/**
 * cs_channel_compare:
 * @with_state: whether it matters if customers see it
 *
 * Returns: (transfer full) (element-type utf8): what is not as it was signed,
 *   a sentence each
 */
GPtrArray *
cs_channel_compare (CsChannel       *self,
                    CsListing       *listing,
                    CsRemoteListing *remote,
                    gboolean         with_state)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (self);
  GPtrArray      *differences = g_ptr_array_new_with_free_func (g_free);

  if (listing->operation == CS_OPERATION_OFFER)
    {
      cs_channel_compare_offer (listing, remote, klass->traits.rewrites, differences);
      return differences;
    }

  if (with_state && listing->live && !remote->live)
    g_ptr_array_add (differences, g_strdup (_("You approved it to be on sale; customers do not see it yet.")));
  if (with_state && !listing->live && remote->live)
    g_ptr_array_add (differences, g_strdup (_("You approved a draft; customers see it already.")));

  cs_channel_compare_listing (listing, remote, klass->traits.rewrites, differences);
  if (klass->compare != NULL)
    klass->compare (self, listing, remote, differences);

  return differences;
}

GPtrArray *
cs_channel_compare_created (CsChannel       *self,
                            CsListing       *listing,
                            CsRemoteListing *remote)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (self);
  g_autoptr (GPtrArray) differences = NULL;

  if (klass->compare_created == NULL)
    return cs_channel_compare (self, listing, remote, FALSE);

  differences = g_ptr_array_new_with_free_func (g_free);
  klass->compare_created (self, listing, remote, differences);

  return g_steal_pointer (&differences);
}
