/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-private.h"

#define TOO_MANY_REQUESTS 429
#define TOO_EARLY         425

/* Signatures and certificates begin to fail somewhere beyond this */
#define CLOCK_SECONDS (5 * 60)

/* What is shown of an answer to a person is not to be more than a name */
#define HOST_LETTERS G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS ".-"

/* Who must act after a reply that did not say yes, and in which words */

/**
 * cs_channel_classify_status:
 * @step: NULL where something was only read
 *
 * What a status means where the marketplace has no meaning of its own for it
 */
CsError
cs_channel_classify_status (CsChannelStep *step,
                            CsReply       *reply)
{
  switch (reply->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
      return CS_ERROR_SIGN_IN;

    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      if (step == NULL)
        return CS_ERROR_NOT_FOUND;
      return step->writes ? CS_ERROR_CONFLICT : CS_ERROR_REFUSED;

    case SOUP_STATUS_CONFLICT:
    case SOUP_STATUS_PRECONDITION_FAILED:
      return CS_ERROR_CONFLICT;

    case TOO_EARLY:
    case TOO_MANY_REQUESTS:
      return CS_ERROR_LATER;

    /* "For now": a network that wants a sign-in, a shop that is being mended */
    case SOUP_STATUS_FOUND:
    case SOUP_STATUS_SEE_OTHER:
    case SOUP_STATUS_TEMPORARY_REDIRECT:
      return step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER;

    default:
      break;
    }

  /* With a time to come back at, "unavailable" was said before anything was done */
  if (reply->status == SOUP_STATUS_SERVICE_UNAVAILABLE && cs_reply_get_header (reply, "Retry-After") != NULL)
    return CS_ERROR_LATER;

  if (reply->status >= 500 || reply->status == SOUP_STATUS_REQUEST_TIMEOUT)
    return step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER;

  return CS_ERROR_REFUSED;
}

/* Seconds by which this computer's clock is ahead of the shop's */
static gint64
get_clock_lead (CsReply *reply)
{
  const char *header = cs_reply_get_header (reply, "Date");
  g_autoptr (GDateTime) date = header != NULL ? soup_date_time_new_from_http_string (header) : NULL;

  return date != NULL ? g_get_real_time () / G_USEC_PER_SEC - g_date_time_to_unix (date) : 0;
}

static char *
describe_sign_in (const char *name,
                  CsReply    *reply)
{
  gint64 lead = get_clock_lead (reply);
  int    minutes = MIN (ABS (lead) / 60, G_MAXINT);

  if (ABS (lead) <= CLOCK_SECONDS)
    return g_strdup_printf (_("%s does not accept the sign-in any more. Sign in to the shop again, then press “Try again”."), name);

  return lead > 0
           ? g_strdup_printf (_("%s does not accept the sign-in, and this computer's clock is %d minutes ahead of the shop's. Set the clock right, then press “Try again”."), name, minutes)
           : g_strdup_printf (_("%s does not accept the sign-in, and this computer's clock is %d minutes behind the shop's. Set the clock right, then press “Try again”."), name, minutes);
}

/* Keys are not carried there by themselves: a person says where they may go */
static char *
describe_move (const char *name,
               CsReply    *reply)
{
  const char *location = cs_reply_get_header (reply, "Location");
  g_autoptr (GUri) uri = location != NULL ? g_uri_parse (location, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || host[0] == '\0' || strspn (host, HOST_LETTERS) != strlen (host))
    return g_strdup_printf (_("%s has moved to another address. Add the shop with the address that the browser shows when you open it."), name);

  return g_strdup_printf (_("%s has moved to “%s”. Add the shop with that address."), name, host);
}

static char *
describe (CsChannel *self,
          CsError    code,
          CsReply   *reply,
          gboolean   is_write)
{
  const char *name = cs_channel_get_name (self);

  switch ((int) code)
    {
    case CS_ERROR_SIGN_IN:
      return describe_sign_in (name, reply);

    case CS_ERROR_LATER:
      if (SOUP_STATUS_IS_REDIRECTION (reply->status))
        return g_strdup_printf (_("%s could not be reached: the answer points to another address. Perhaps this network wants you to sign in."), name);
      return g_strdup_printf (_("%s is busy."), name);

    case CS_ERROR_CONFLICT:
      return g_strdup_printf (_("Something in %s is not as it was when you approved this. Look at it there, then approve the product again."), name);

    case CS_ERROR_NOT_FOUND:
      return g_strdup_printf (_("This product is not in %s any more."), name);

    case CS_ERROR_UNKNOWN:
      return g_strdup_printf (_("%s did not say whether it took the product."), name);

    default:
      if (SOUP_STATUS_IS_REDIRECTION (reply->status))
        return describe_move (name, reply);
      if (!is_write)
        return g_strdup_printf (_("%s gave an answer that nobody expected (%u). See that its address is right."), name, reply->status);
      return g_strdup_printf (_("%s did not accept the product (answer %u). Change it, then approve it again."), name, reply->status);
    }
}

GError *
cs_channel_explain (CsChannel     *self,
                    CsChannelStep *step,
                    CsReply       *reply,
                    JsonNode      *json)
{
  g_autofree char *sentence = NULL;
  CsError          code = CS_CHANNEL_GET_CLASS (self)->classify (self, step, reply, json, &sentence);

  if (sentence == NULL)
    sentence = describe (self, code, reply, step != NULL);

  return g_error_new_literal (CS_ERROR, code, sentence);
}

/**
 * cs_channel_find_fault:
 *
 * Returns: (transfer full) (nullable): the error that the reply holds
 */
GError *
cs_channel_find_fault (CsChannel     *self,
                       CsChannelStep *step,
                       CsReply       *reply,
                       JsonNode      *json)
{
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (self);
  g_autofree char *sentence = NULL;
  CsError          code = CS_ERROR_REFUSED;

  if (klass->find_fault == NULL || !klass->find_fault (self, step, json, &code, &sentence))
    return NULL;

  if (sentence == NULL)
    sentence = describe (self, code, reply, step != NULL);

  return g_error_new_literal (CS_ERROR, code, sentence);
}
