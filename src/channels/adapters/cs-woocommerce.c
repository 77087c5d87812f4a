/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-http.h"
#include "cs-json.h"
#include "cs-oauth1.h"
#include "cs-woocommerce-private.h"

/* WooCommerce, REST v3 (https://woocommerce.github.io/woocommerce-rest-api-docs/)
 * and the media of WordPress (https://developer.wordpress.org/rest-api/reference/media/),
 * as seen on WooCommerce 10.0 and read in its source.
 *
 * A listing is made as a draft and shown to customers by a step of its own, so
 * that a listing that is half there is never on sale. Before that its pictures
 * are uploaded, its tags and its category found or made. Variants are
 * variations: they are read and then written in one batch, each known by its
 * SKU, which the shop takes only once, so that all of it may be said twice.
 *
 * A withdrawn listing is a draft again: customers do not see it, and it can be
 * put back, also by the seller in the shop.
 *
 * Everything is read with context=edit: that is what was written. The usual
 * one is what a page shows, with paragraphs and typographic quotes put in.
 */

struct _CsWoocommerceChannel
{
  CsChannel parent_instance;

  gboolean is_plain; /* its interface is found by a parameter alone */
};

G_DEFINE_FINAL_TYPE (CsWoocommerceChannel, cs_woocommerce_channel, CS_TYPE_CHANNEL)

const char *
cs_woocommerce_get_shop (CsChannel *channel)
{
  return cs_channel_get_name (channel);
}

/* What is pasted may be the address of any page of it */
static DexFuture *
cs_woocommerce_channel_open (CsChannel *channel)
{
  static const char *const pages[] = { "/wp-admin", "/wp-json", "/wp-login.php", "?" };
  const char      *typed = cs_channel_get_account (channel)->address;
  g_autofree char *address = g_strdup (typed != NULL ? typed : "");
  gsize            length;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      char *page = strstr (address, pages[i]);

      if (page != NULL)
        *page = '\0';
    }

  length = strlen (address);
  while (length > 0 && address[length - 1] == '/')
    address[--length] = '\0';

  return dex_future_new_for_string (address);
}

static void
sign_basic (CsRequest  *request,
            const char *user,
            const char *password)
{
  g_autofree char *pair = g_strconcat (user, ":", password, NULL);
  g_autofree char *code = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *header = g_strconcat ("Basic ", code, NULL);

  cs_request_set_header (request, "Authorization", header);
  memset (pair, 0, strlen (pair));
}

/* With "plain" permalinks the interface has no path of its own, but always a parameter
 * (https://developer.wordpress.org/rest-api/key-concepts/#routes-endpoints)
 */
static void
name_route (CsChannel *channel,
            CsRequest *request)
{
  static const char json[] = "/wp-json";
  const char       *base = cs_channel_get_address (channel);
  const char       *route = request->address + strlen (base);
  char             *query;
  char             *address;

  if (!CS_WOOCOMMERCE_CHANNEL (channel)->is_plain && g_strcmp0 (cs_channel_get_profile (channel, CS_WOOCOMMERCE_LINKS), "plain") != 0)
    return;

  if (!g_str_has_prefix (request->address, base) || !g_str_has_prefix (route, json))
    return;

  address = g_strconcat (base, "/?rest_route=", route + strlen (json), NULL);
  if ((query = strchr (address + strlen (base) + strlen ("/?"), '?')))
    *query = '&';
  g_free (request->address);
  request->address = address;
}

/* Only for one that is being added: what was seen of it then is kept */
static gboolean
cs_woocommerce_channel_ask_otherwise (CsChannel *channel,
                                      CsInquiry *inquiry)
{
  if (inquiry->kind != CS_INQUIRY_SHOP || cs_channel_get_account (channel)->id != 0)
    return FALSE;

  CS_WOOCOMMERCE_CHANNEL (channel)->is_plain = TRUE;
  json_object_set_boolean_member (inquiry->notes, "plain", TRUE);

  return TRUE;
}

/* WordPress takes an application password with plain http on a machine of the
 * developer's own only, and WooCommerce a key only when it is signed with
 * (https://woocommerce.github.io/woocommerce-rest-api-docs/#authentication-over-http)
 */
static void
cs_woocommerce_channel_sign (CsChannel *channel,
                             CsRequest *request,
                             gint64     now)
{
  const char *user = cs_channel_get_secret (channel, "user");
  const char *password = cs_channel_get_secret (channel, "password");
  const char *key = cs_channel_get_secret (channel, "key");
  const char *secret = cs_channel_get_secret (channel, "secret");
  g_autofree char *nonce = NULL;
  char            *address;

  name_route (channel, request);
  if (user != NULL && user[0] != '\0' && password != NULL && password[0] != '\0')
    {
      sign_basic (request, user, password);
      return;
    }

  if (key == NULL || secret == NULL)
    return;

  if (!g_str_has_prefix (request->address, "http:"))
    {
      sign_basic (request, key, secret);
      return;
    }

  nonce = g_uuid_string_random ();
  address = cs_oauth1_sign_address (request->method, request->address, key, secret, nonce, now);
  g_free (request->address);
  request->address = address;
}

static gboolean
has_name (char **names)
{
  return names != NULL && names[0] != NULL;
}

/* What has to be there before the product can name it */
static CsChannelStep *
next_preparation (CsListing *listing,
                  CsJournal *journal)
{
  g_autofree char *look = cs_woocommerce_dup_pictures_step (journal);

  if (listing->operation == CS_OPERATION_UPDATE && !cs_journal_is_done (journal, "shown"))
    return cs_woocommerce_own_step ("shown");

  /* Changing a text is no reason to upload its pictures again, and neither is an answer that got lost */
  if ((listing->operation == CS_OPERATION_UPDATE || cs_journal_count_unknown (journal, "picture.") > 0) &&
      listing->pictures->len > 0 && !cs_journal_is_done (journal, look))
    return cs_woocommerce_own_step (look);

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);

      if (cs_woocommerce_get_picture (listing, journal, i) == NULL)
        return cs_channel_step_make (name);
    }

  if (listing->category_id == NULL && listing->category != NULL && listing->category[0] != '\0')
    {
      if (!cs_journal_is_done (journal, "category"))
        return cs_woocommerce_own_step ("category");
      if (cs_json_string (cs_journal_get_detail (journal, "category"), "id", NULL) == NULL &&
          !cs_journal_is_done (journal, "category.new"))
        return cs_woocommerce_own_step ("category.new");
    }

  if (has_name (listing->keywords) && !cs_journal_is_done (journal, "tags"))
    return cs_woocommerce_own_step ("tags");

  return NULL;
}

static CsChannelStep *
cs_woocommerce_channel_next_step (CsChannel *channel,
                                  CsListing *listing,
                                  CsJournal *journal)
{
  const char    *last = listing->live ? "publish" : "unpublish";
  const char    *write = listing->operation == CS_OPERATION_CREATE  ? "create"
                         : listing->operation == CS_OPERATION_OFFER ? "offer"
                                                                    : "update";
  CsChannelStep *step;

  if (listing->operation == CS_OPERATION_WITHDRAW)
    return cs_journal_is_done (journal, "withdraw") ? NULL : cs_channel_step_make ("withdraw");

  if (listing->operation == CS_OPERATION_OFFER && cs_woocommerce_count_variants (listing) > 0)
    return cs_woocommerce_next_variant_step (listing, journal);

  if (!cs_journal_is_done (journal, write))
    {
      if (listing->operation != CS_OPERATION_OFFER && (step = next_preparation (listing, journal)))
        return step;

      return cs_channel_step_make (write);
    }

  if ((step = cs_woocommerce_next_variant_step (listing, journal)))
    return step;

  if (listing->operation == CS_OPERATION_OFFER || cs_journal_is_done (journal, last) ||
      (listing->operation == CS_OPERATION_CREATE && !listing->live))
    return NULL;

  return cs_channel_step_make (last);
}

static gboolean
can_send_pictures (CsChannel *channel)
{
  const char *password = cs_channel_get_secret (channel, "password");

  return password != NULL && password[0] != '\0';
}

static CsRequest *
build_picture (CsChannel     *channel,
               CsListing     *listing,
               CsChannelStep *step,
               GBytes        *bytes,
               GError       **error)
{
  CsListingPicture *picture = listing->pictures->pdata[step->picture];
  g_autofree char  *slug = cs_woocommerce_dup_slug (listing, step->picture);
  g_autofree char  *name = g_strdup (picture->name != NULL ? picture->name : "picture");
  g_autofree char  *disposition = NULL;
  g_autofree char  *alt = g_uri_escape_string (picture->alt_text != NULL ? picture->alt_text : "", NULL, FALSE);
  CsRequest        *request;

  if (!can_send_pictures (channel))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN,
                   _("%s takes pictures only with an application password. Make one in WordPress under Users › Profile, sign in to the shop with it, then press “Try again”."),
                   cs_woocommerce_get_shop (channel));
      return NULL;
    }

  g_strcanon (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "._-", '-');
  disposition = g_strdup_printf ("attachment; filename=\"%s\"", name);
  request = cs_channel_make_request (channel, "POST", "/wp-json/wp/v2/media?slug=%s&alt_text=%s", slug, alt);
  cs_request_set_header (request, "Content-Disposition", disposition);
  cs_request_set_body (request, picture->mime != NULL ? picture->mime : "application/octet-stream", bytes);

  return request;
}

/* Those that were uploaded with an earlier approval */
static CsRequest *
build_known (CsChannel *channel,
             CsListing *listing)
{
  g_autoptr (GString) slugs = g_string_new (NULL);

  for (guint i = 0; i < listing->pictures->len && i < CS_WOOCOMMERCE_MOST; i++)
    {
      g_autofree char *slug = cs_woocommerce_dup_slug (listing, i);

      g_string_append_printf (slugs, "%s%s", i > 0 ? "," : "", slug);
    }

  return cs_channel_make_request (channel, "GET", "/wp-json/wp/v2/media?per_page=%d&slug=%s", CS_WOOCOMMERCE_MOST, slugs->str);
}

static CsRequest *
build_preparation (CsChannel     *channel,
                   CsListing     *listing,
                   CsChannelStep *step)
{
  g_autofree char *category = cs_woocommerce_dup_category_name (listing);
  g_autoptr (JsonNode) body = NULL;
  CsRequest *request;

  if (g_str_has_prefix (step->name, "pictures"))
    return build_known (channel, listing);

  if (g_str_equal (step->name, "category"))
    {
      /* Names are looked for as they are kept: as HTML */
      g_autofree char *html = cs_channel_html_escape (category);
      g_autofree char *search = g_uri_escape_string (html, NULL, FALSE);

      return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products/categories?per_page=%d&search=%s",
                                      CS_WOOCOMMERCE_MOST, search);
    }

  if (g_str_equal (step->name, "category.new"))
    {
      request = cs_channel_make_request (channel, "POST", "/wp-json/wc/v3/products/categories/batch");
      body = cs_woocommerce_write_names ((char *[]){ category, NULL });
    }
  else
    {
      request = cs_channel_make_request (channel, "POST", "/wp-json/wc/v3/products/tags/batch");
      body = cs_woocommerce_write_names (listing->keywords);
    }

  cs_request_set_json (request, body);

  return request;
}

static JsonNode *
write_state (CsChannelStep *step)
{
  JsonNode   *node;
  JsonObject *object = cs_channel_json_make_root (&node);

  json_object_set_string_member (object, "status", g_str_equal (step->name, "publish") ? "publish" : "draft");

  return node;
}

static CsRequest *
build_write (CsChannel     *channel,
             CsListing     *listing,
             CsChannelStep *step,
             CsJournal     *journal,
             const char    *id,
             GError       **error)
{
  g_autoptr (JsonNode) body = NULL;
  CsRequest *request;

  if (step->creates || g_str_equal (step->name, "update"))
    body = cs_woocommerce_write_product (listing, journal, error);
  else if (g_str_equal (step->name, "offer"))
    body = cs_woocommerce_write_offer (listing);
  else
    body = write_state (step);

  if (body == NULL)
    return NULL;

  request = step->creates ? cs_channel_make_request (channel, "POST", "/wp-json/wc/v3/products")
                          : cs_channel_make_request (channel, "PUT", "/wp-json/wc/v3/products/%s", id);
  cs_request_set_json (request, body);

  return request;
}

/* Whether it is about variants, by its name or because the offer is theirs */
static gboolean
is_of_variants (CsListing     *listing,
                CsChannelStep *step)
{
  return g_str_has_prefix (step->name, "variants") ||
         (g_str_equal (step->name, "offer") && cs_woocommerce_count_variants (listing) > 0);
}

static CsRequest *
cs_woocommerce_channel_build (CsChannel     *channel,
                              CsListing     *listing,
                              CsChannelStep *step,
                              CsJournal     *journal,
                              GBytes        *picture,
                              GError       **error)
{
  const char      *remote_id = listing->remote_id != NULL ? listing->remote_id : cs_journal_get_remote_id (journal);
  g_autofree char *id = g_uri_escape_string (remote_id != NULL ? remote_id : "", NULL, FALSE);

  if (step->picture >= 0)
    return build_picture (channel, listing, step, picture, error);

  if (g_str_has_prefix (step->name, "pictures") || g_str_equal (step->name, "tags") || g_str_has_prefix (step->name, "category"))
    return build_preparation (channel, listing, step);

  if (id[0] == '\0' && !step->creates)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("It is not known which product in %s this is about. Approve the product again."),
                   cs_woocommerce_get_shop (channel));
      return NULL;
    }

  if (g_str_equal (step->name, "shown"))
    return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products/%s?context=edit", id);

  if (is_of_variants (listing, step))
    return cs_woocommerce_build_variants (channel, listing, step, journal, id, error);

  return build_write (channel, listing, step, journal, id, error);
}

static gboolean
refuse_reading (CsChannel *channel,
                GError   **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_UNKNOWN, _("%s gave an answer that cannot be read."), cs_woocommerce_get_shop (channel));

  return FALSE;
}

/* The media that are called as a picture of this listing is */
static gboolean
parse_known (CsListing  *listing,
             JsonArray  *media,
             JsonObject *detail)
{
  JsonObject *known = json_object_new ();

  json_object_set_object_member (detail, "known", known);
  for (guint i = 0; media != NULL && i < json_array_get_length (media); i++)
    {
      JsonObject      *one = cs_json_array_object (media, i);
      g_autofree char *id = cs_channel_json_dup_id (one, "id");

      for (guint k = 0; k < listing->pictures->len && id != NULL; k++)
        {
          g_autofree char *slug = cs_woocommerce_dup_slug (listing, k);

          if (g_str_equal (cs_json_string (one, "slug", ""), slug))
            json_object_set_string_member (known, slug, id);
        }
    }

  return media != NULL;
}

static gboolean
parse_category (CsListing  *listing,
                JsonArray  *categories,
                JsonObject *detail)
{
  g_autofree char *wanted = cs_woocommerce_dup_category_name (listing);
  g_autofree char *folded = g_utf8_casefold (wanted, -1);

  for (guint i = 0; categories != NULL && i < json_array_get_length (categories); i++)
    {
      JsonObject      *one = cs_json_array_object (categories, i);
      g_autofree char *id = cs_channel_json_dup_id (one, "id");
      g_autofree char *name = cs_channel_html_to_text (cs_json_string (one, "name", ""));
      g_autofree char *there = g_utf8_casefold (name, -1);

      if (id != NULL && g_str_equal (there, folded) && !json_object_has_member (detail, "id"))
        json_object_set_string_member (detail, "id", id);
    }

  return categories != NULL;
}

/* Each is new, or was there already ("term_exists" with its id) */
static gboolean
parse_names (JsonObject *reply,
             JsonObject *detail)
{
  JsonArray *made = cs_json_array (reply, "create");
  JsonArray *ids = json_array_new ();

  json_object_set_array_member (detail, "ids", ids);
  for (guint i = 0; made != NULL && i < json_array_get_length (made); i++)
    {
      JsonObject      *one = cs_json_array_object (made, i);
      JsonObject      *data = cs_json_object (cs_json_object (one, "error"), "data");
      g_autofree char *id = cs_channel_json_dup_id (one, "id");
      g_autofree char *there = cs_channel_json_dup_id (data, "resource_id");

      if (id != NULL || there != NULL)
        json_array_add_string_element (ids, id != NULL ? id : there);
    }

  return made != NULL;
}

/* What only the shop knows of it, and is to stay */
static gboolean
parse_shown (JsonObject *product,
             JsonObject *detail)
{
  JsonArray *attributes = cs_json_array (product, "attributes");
  JsonArray *categories = cs_json_array (product, "categories");
  JsonArray *ids = json_array_new ();

  json_object_set_array_member (detail, "categories", ids);
  for (guint i = 0; categories != NULL && i < json_array_get_length (categories); i++)
    {
      g_autofree char *id = cs_channel_json_dup_id (cs_json_array_object (categories, i), "id");

      if (id != NULL)
        json_array_add_string_element (ids, id);
    }
  if (attributes != NULL)
    json_object_set_array_member (detail, "attributes", json_array_ref (attributes));

  return cs_json_int (product, "id", 0) > 0;
}

static gboolean
parse_product (JsonObject *product,
               JsonObject *detail)
{
  g_autofree char *id = cs_channel_json_dup_id (product, "id");
  g_autofree char *version = id != NULL ? cs_woocommerce_dup_version (product) : NULL;

  if (id == NULL)
    return FALSE;

  cs_channel_json_set_string (detail, "remote_id", id);
  cs_channel_json_set_string (detail, "version", version);
  cs_channel_json_set_string (detail, "url", cs_json_string (product, "permalink", NULL));

  return TRUE;
}

static gboolean
parse_step (CsListing     *listing,
            CsChannelStep *step,
            JsonNode      *json,
            JsonObject    *detail)
{
  JsonObject *object = cs_json_node_object (json);
  JsonArray  *array = JSON_NODE_HOLDS_ARRAY (json) ? json_node_get_array (json) : NULL;

  if (step->picture >= 0)
    {
      g_autofree char *id = cs_channel_json_dup_id (object, "id");

      cs_channel_json_set_string (detail, "picture", id);
      return id != NULL;
    }

  if (g_str_has_prefix (step->name, "pictures"))
    return parse_known (listing, array, detail);
  if (g_str_equal (step->name, "category"))
    return parse_category (listing, array, detail);
  if (g_str_equal (step->name, "category.new") || g_str_equal (step->name, "tags"))
    return parse_names (object, detail);
  if (g_str_equal (step->name, "shown"))
    return parse_shown (object, detail);

  return parse_product (object, detail);
}

static JsonNode *
cs_woocommerce_channel_parse (CsChannel     *channel,
                              CsListing     *listing,
                              CsChannelStep *step,
                              CsReply       *reply,
                              JsonNode      *json,
                              GError       **error)
{
  g_autoptr (JsonNode) detail = NULL;
  JsonObject *members;

  if (is_of_variants (listing, step) && !g_str_equal (step->name, "variants.done"))
    return cs_woocommerce_parse_variants (channel, listing, step, json, error);

  members = cs_channel_json_make_root (&detail);
  if (!parse_step (listing, step, json, members))
    {
      refuse_reading (channel, error);
      return NULL;
    }

  return g_steal_pointer (&detail);
}

/* "any" leaves out the trash, and what lies in it keeps its SKU */
static CsRequest *
cs_woocommerce_channel_build_look_up (CsChannel *channel,
                                      CsListing *listing,
                                      guint      n)
{
  static const char *const states[] = { "any", "trash" };
  const char      *shown = listing->sku != NULL && listing->sku[0] != '\0' ? listing->sku : listing->key;
  g_autofree char *sku = g_uri_escape_string (shown, NULL, FALSE);

  if (n >= G_N_ELEMENTS (states))
    return NULL;

  return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products?sku=%s&status=%s&per_page=%d&context=edit",
                                  sku, states[n], CS_WOOCOMMERCE_MOST);
}

static CsRequest *
cs_woocommerce_channel_build_read (CsChannel  *channel,
                                   const char *remote_id)
{
  g_autofree char *id = g_uri_escape_string (remote_id, NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/wp-json/wc/v3/products/%s?context=edit", id);
}

static CsRequest *
cs_woocommerce_channel_build_pull (CsChannel  *channel,
                                   const char *cursor)
{
  guint64 page = cursor != NULL ? CLAMP (g_ascii_strtoull (cursor, NULL, 10), 1, G_MAXINT) : 1;

  return cs_channel_make_request (channel, "GET",
                                  "/wp-json/wc/v3/products?per_page=%d&orderby=id&order=asc&status=any&context=edit&page=%u",
                                  CS_WOOCOMMERCE_MOST, (guint) page);
}

/* Which page it is stands in what was asked, and how many there are in a header.
 * What this user may not read is left out of a page, so that one that is not full
 * need not be the last, unless nobody says how many there are.
 */
char *
cs_woocommerce_dup_next (CsChannel *channel,
                         guint      n_listings)
{
  const char *asked = cs_channel_get_asked (channel);
  const char *page = asked != NULL ? strstr (asked, "&page=") : NULL;
  const char *said = cs_channel_get_answered (channel, "X-WP-TotalPages");
  guint64     n_pages = said != NULL ? g_ascii_strtoull (said, NULL, 10) : 0;
  guint64     n = page != NULL ? g_ascii_strtoull (page + strlen ("&page="), NULL, 10) : 0;

  if (page == NULL || (n_pages > 0 ? n >= n_pages : n_listings != CS_WOOCOMMERCE_MOST))
    return NULL;

  return g_strdup_printf ("%" G_GUINT64_FORMAT, n + 1);
}

static void
add_finding (GPtrArray  *findings,
             const char *format,
             ...) G_GNUC_PRINTF (2, 3);

static void
add_finding (GPtrArray  *findings,
             const char *format,
             ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (findings, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
check_variants (CsListing *listing,
                GPtrArray *findings)
{
  g_autoptr (GHashTable) skus = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) tree = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) variants = cs_woocommerce_read_variants (listing, &tree, &error);

  if (variants == NULL)
    {
      add_finding (findings, "%s", error->message);
      return;
    }

  if (variants->len > CS_WOOCOMMERCE_MOST)
    add_finding (findings, _("It has %u variants; %d at most can be sent to this shop."), variants->len, CS_WOOCOMMERCE_MOST);

  if (listing->sku != NULL)
    g_hash_table_add (skus, listing->sku);
  for (guint i = 0; i < variants->len; i++)
    {
      CsWoocommerceVariant *variant = variants->pdata[i];

      if (!g_hash_table_add (skus, variant->sku))
        add_finding (findings, _("The SKU “%s” is there twice; each variant and the product itself need one of their own."), variant->sku);
      if (variant->options == NULL || json_object_get_size (variant->options) == 0)
        add_finding (findings, _("The variant “%s” does not say what is different about it (a size, a colour)."), variant->sku);
      if (variant->price.currency[0] == '\0')
        add_finding (findings, _("The variant “%s” has no price; nobody could buy it."), variant->sku);
    }
}

/* The limits of the database columns behind it: wp_posts.post_title is TEXT,
 * wc_product_meta_lookup.sku VARCHAR(100), wp_terms.name VARCHAR(200)
 */
static void
cs_woocommerce_channel_check (CsChannel *channel,
                              CsListing *listing,
                              GPtrArray *findings)
{
  const char *currency = cs_channel_get_account (channel)->currency;

  if (listing->title == NULL || listing->title[0] == '\0')
    add_finding (findings, _("The title is missing."));

  if (listing->sku != NULL && g_utf8_strlen (listing->sku, -1) > 100)
    add_finding (findings, _("The SKU is longer than 100 characters; the shop would cut it off."));

  for (guint i = 0; listing->keywords != NULL && listing->keywords[i] != NULL; i++)
    {
      if (g_utf8_strlen (listing->keywords[i], -1) > 200)
        add_finding (findings, _("A keyword is longer than 200 characters; the shop would refuse it."));
    }

  if (listing->price.currency[0] == '\0' && listing->live && cs_woocommerce_count_variants (listing) == 0)
    add_finding (findings, _("The price is missing; nobody could buy it."));

  if (currency != NULL && currency[0] != '\0' && listing->price.currency[0] != '\0' &&
      !g_str_equal (currency, listing->price.currency))
    add_finding (findings, _("The price is in %s; this shop sells in %s."), listing->price.currency, currency);

  if (listing->pictures != NULL && listing->pictures->len > 0 &&
      cs_channel_get_secret (channel, "key") != NULL && !can_send_pictures (channel))
    add_finding (findings, _("%s takes pictures only with an application password. Make one in WordPress under Users › Profile and sign in to the shop with it."),
                 cs_woocommerce_get_shop (channel));

  check_variants (listing, findings);
}

static void
cs_woocommerce_channel_class_init (CsWoocommerceChannelClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "woocommerce",
    .version = "woocommerce/1",
    /* What is written is there at once, and should a create that broke off still
     * be under way, the shop refuses the second one with the same SKU */
    .settle_seconds = 5,
    .finds_by_key = TRUE,
    .bears_key = TRUE,
    .has_drafts = TRUE,
    /* No limit of its own; shared hosting gives a shop a few processes */
    .per_second = 4,
    .burst = 8,
    .answer_seconds = 90,
  };
  channel_class->open = cs_woocommerce_channel_open;
  channel_class->next_step = cs_woocommerce_channel_next_step;
  channel_class->build = cs_woocommerce_channel_build;
  channel_class->parse = cs_woocommerce_channel_parse;
  channel_class->classify = cs_woocommerce_classify;
  channel_class->build_look_up = cs_woocommerce_channel_build_look_up;
  channel_class->build_read = cs_woocommerce_channel_build_read;
  channel_class->build_pull = cs_woocommerce_channel_build_pull;
  channel_class->parse_listings = cs_woocommerce_parse_listings;
  channel_class->build_more = cs_woocommerce_build_more;
  channel_class->parse_more = cs_woocommerce_parse_more;
  channel_class->compare = cs_woocommerce_compare;
  channel_class->compare_created = cs_woocommerce_compare_created;
  channel_class->check = cs_woocommerce_channel_check;
  channel_class->build_inquiry = cs_woocommerce_build_inquiry;
  channel_class->parse_inquiry = cs_woocommerce_parse_inquiry;
  channel_class->ask_otherwise = cs_woocommerce_channel_ask_otherwise;
  channel_class->sign = cs_woocommerce_channel_sign;
}

static void
cs_woocommerce_channel_init (CsWoocommerceChannel *self)
{
}
