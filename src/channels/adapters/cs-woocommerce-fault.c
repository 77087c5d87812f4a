/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-html.h"
#include "cs-json.h"
#include "cs-text.h"
#include "cs-woocommerce-private.h"

/* Errors of WordPress are {"code", "message", "data": {"status", …}} (WP_Error);
 * the codes are those of WooCommerce 10.0 and WordPress 7.1. What is no JSON was
 * said by something that stands before the shop: the host, a firewall, a plug-in.
 */

#define SHOWN_UNITS       200
#define TOO_LARGE         413
#define PAYMENT_REQUIRED  402
#define I_AM_A_TEAPOT     418

typedef struct
{
  CsChannel     *channel;
  CsChannelStep *step; /* or NULL */
  const char    *shop;
  const char    *code;
  char          *message; /* of the shop, as text; "" where there is none */
  JsonObject    *object;
  guint          status;
  gboolean       is_challenged; /* something asks whether a person is there */
  char         **sentence;
} Fault;

static gboolean
is_one_of (const char        *code,
           const char *const *codes)
{
  return g_strv_contains (codes, code);
}

static CsError say (Fault      *fault,
                    CsError     code,
                    const char *format,
                    ...) G_GNUC_PRINTF (3, 4);

static CsError
say (Fault      *fault,
     CsError     code,
     const char *format,
     ...)
{
  va_list args;

  va_start (args, format);
  *fault->sentence = g_strdup_vprintf (format, args);
  va_end (args);

  return code;
}

/* Which parameters were wrong: {"params": {"regular_price": "regular_price is not of type string."}} */
static CsError
explain_parameters (Fault *fault)
{
  JsonObject    *parameters = cs_json_object (cs_json_object (fault->object, "data"), "params");
  JsonObjectIter iter;
  const char    *name;
  const char    *first = NULL;

  if (parameters != NULL)
    {
      json_object_iter_init_ordered (&iter, parameters);
      while (first == NULL && json_object_iter_next_ordered (&iter, &name, NULL))
        first = cs_json_string (parameters, name, NULL);
    }

  return say (fault, CS_ERROR_REFUSED, _("%s did not accept the product: %s"), fault->shop, first != NULL ? first : fault->message);
}

/* Somebody else has the SKU, or the first of two creates came through after all: the look-up tells */
static CsError
explain_sku (Fault *fault)
{
  if (fault->step != NULL && fault->step->creates)
    return CS_ERROR_UNKNOWN;

  return say (fault, CS_ERROR_REFUSED,
              _("Another product in %s has this SKU. Give this one another SKU, or remove the other one, then approve it again."),
              fault->shop);
}

static CsError
explain_gone (Fault *fault)
{
  if (fault->step == NULL || fault->step->writes)
    return CS_ERROR_NOT_FOUND;

  return CS_ERROR_REFUSED;
}

/* 401 is for who was not seen to sign in at all, 403 for who did and may not */
static CsError
explain_rights (Fault *fault)
{
  if (fault->status == SOUP_STATUS_UNAUTHORIZED)
    return say (fault, CS_ERROR_SIGN_IN,
                _("%s did not see the sign-in. See that it is typed right; if it is, the shop's host drops the “Authorization” header and has to let it pass."),
                fault->shop);

  if (g_str_has_prefix (fault->code, "rest_cannot_create") || (fault->step != NULL && fault->step->picture >= 0))
    return say (fault, CS_ERROR_SIGN_IN,
                _("This sign-in may not upload pictures to %s. Sign in with an application password of a user who is a shop manager or administrator there."),
                fault->shop);

  return say (fault, CS_ERROR_SIGN_IN,
              _("This sign-in may not do that in %s. Keys need “Read/Write”, and their user has to be a shop manager or administrator."),
              fault->shop);
}

static CsError
explain_sign_in (Fault *fault)
{
  if (strstr (fault->message, "imestamp") != NULL)
    return say (fault, CS_ERROR_SIGN_IN,
                _("%s says that the time is wrong. Set this computer's clock, then press “Try again”."), fault->shop);

  return say (fault, CS_ERROR_SIGN_IN,
              _("%s does not accept the user and password, or the keys. Make new ones there and sign in to the shop again, then press “Try again”."),
              fault->shop);
}

static CsError
explain_code (Fault *fault,
              gboolean *known)
{
  static const char *const skus[] = { "product_invalid_sku", "woocommerce_rest_product_not_created", NULL };
  static const char *const gone[] = { "woocommerce_rest_product_invalid_id", "woocommerce_rest_invalid_product_id", NULL };
  static const char *const rights[] = { "woocommerce_rest_cannot_view", "woocommerce_rest_cannot_create", "woocommerce_rest_cannot_edit",
                                        "woocommerce_rest_cannot_batch", "rest_cannot_create", "rest_cannot_edit", "rest_forbidden", "rest_not_logged_in",
                                        "rest_forbidden_context", NULL };
  static const char *const images[] = { "woocommerce_product_invalid_image_id", "woocommerce_variation_invalid_image_id", NULL };

  *known = TRUE;
  if (is_one_of (fault->code, skus))
    return explain_sku (fault);
  if (is_one_of (fault->code, gone))
    return explain_gone (fault);
  if (g_str_has_prefix (fault->code, "application_passwords_disabled"))
    return say (fault, CS_ERROR_SIGN_IN,
                _("Application passwords are switched off in %s, perhaps by a security plug-in. Allow them in WordPress, then press “Try again”."),
                fault->shop);
  if (g_str_equal (fault->code, "rest_no_route"))
    return say (fault, CS_ERROR_SIGN_IN,
                _("WooCommerce is not active at %s. Switch it on in WordPress under Plugins, then press “Try again”."), fault->shop);
  /* A key that is right and may not, beside one that is wrong */
  if (is_one_of (fault->code, rights))
    return explain_rights (fault);
  if (is_one_of (fault->code, images))
    return say (fault, CS_ERROR_REFUSED,
                _("A picture that was sent is not in the media library of %s any more. Approve the product again."), fault->shop);
  if (g_str_equal (fault->code, "rest_invalid_param") || g_str_equal (fault->code, "rest_missing_callback_param"))
    return explain_parameters (fault);
  if (g_str_has_prefix (fault->code, "rest_upload_"))
    return say (fault, CS_ERROR_REFUSED, _("%s did not accept a picture: %s"), fault->shop, fault->message);

  *known = FALSE;

  return CS_ERROR_REFUSED;
}

/* A page instead of data */
static CsError
explain_page (Fault  *fault,
              CsError code)
{
  if (fault->status == SOUP_STATUS_NOT_FOUND)
    return say (fault, CS_ERROR_SIGN_IN,
                _("The interface of WordPress is not at %s. See that this is the address of the shop's front page. If it is, choose anything but “Plain” under Settings › Permalinks in WordPress, and see that no plug-in switches the REST API off."),
                fault->shop);

  if (fault->is_challenged || fault->status == SOUP_STATUS_FORBIDDEN || fault->status == SOUP_STATUS_METHOD_NOT_ALLOWED ||
      fault->status == SOUP_STATUS_NOT_ACCEPTABLE || fault->status == I_AM_A_TEAPOT || fault->status == PAYMENT_REQUIRED)
    return say (fault, CS_ERROR_SIGN_IN,
                _("Something in front of %s (a security plug-in, or its host) turned the request away. Allow the WordPress REST API there, then press “Try again”."),
                fault->shop);

  /* The host's own sign-in, before WordPress */
  if (fault->status == SOUP_STATUS_UNAUTHORIZED)
    return say (fault, CS_ERROR_SIGN_IN,
                _("%s asks for another password before WordPress is reached. Ask its host to leave /wp-json/ out of that."), fault->shop);

  return code;
}

static CsError
explain (Fault *fault,
         CsReply *reply)
{
  CsError  code = cs_channel_classify_status (fault->step, reply);
  gboolean known = FALSE;
  CsError  meant = explain_code (fault, &known);

  if (known)
    return meant;

  if (fault->status == TOO_LARGE)
    return say (fault, CS_ERROR_REFUSED,
                _("%s takes no file that is so large. Choose smaller pictures for this shop, or ask its host to allow larger ones, then approve the product again."),
                fault->shop);

  if (fault->code[0] == '\0')
    return explain_page (fault, code);

  if (code == CS_ERROR_SIGN_IN)
    return explain_sign_in (fault);

  if (fault->status >= 500 && (code == CS_ERROR_UNKNOWN || code == CS_ERROR_LATER))
    return say (fault, code, _("An error in %s, in WordPress or in one of its plug-ins, stopped it."), fault->shop);

  if (code == CS_ERROR_REFUSED && fault->message[0] != '\0')
    return say (fault, code, _("%s did not accept it: %s"), fault->shop, fault->message);

  /* A 404 that says what it is about is no proof that the product is gone */
  return code == CS_ERROR_NOT_FOUND ? CS_ERROR_LATER : code;
}

CsError
cs_woocommerce_classify (CsChannel     *channel,
                         CsChannelStep *step,
                         CsReply       *reply,
                         JsonNode      *json,
                         char         **sentence)
{
  JsonObject      *object = cs_json_node_object (json);
  g_autofree char *text = cs_channel_html_to_text (cs_json_string (object, "message", ""));
  g_autofree char *message = cs_text_ellipsize (text, SHOWN_UNITS);
  Fault fault = {
    .channel = channel,
    .step = step,
    .shop = cs_woocommerce_get_shop (channel),
    .code = cs_json_string (object, "code", ""),
    .message = message,
    .object = object,
    .status = reply->status,
    .is_challenged = cs_reply_get_header (reply, "cf-mitigated") != NULL,
    .sentence = sentence,
  };

  return explain (&fault, reply);
}
