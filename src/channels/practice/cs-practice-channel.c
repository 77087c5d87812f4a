/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-json.h"
#include "cs-json.h"
#include "cs-practice-channel.h"

#define PULL_LENGTH 50

struct _CsPracticeChannel
{
  CsChannel parent_instance;

  CsPracticeShop *shop; /* NULL where it runs elsewhere */
  char           *address;
  char           *token;
};

G_DEFINE_FINAL_TYPE (CsPracticeChannel, cs_practice_channel, CS_TYPE_CHANNEL)

static DexFuture *
cs_practice_channel_open (CsChannel *channel)
{
  CsPracticeChannel *self = CS_PRACTICE_CHANNEL (channel);

  return self->shop != NULL ? cs_practice_shop_start (self->shop) : dex_future_new_for_string (self->address);
}

static void
cs_practice_channel_sign (CsChannel *channel,
                          CsRequest *request,
                          gint64     now)
{
  CsPracticeChannel *self = CS_PRACTICE_CHANNEL (channel);
  const char        *token = self->shop != NULL ? cs_practice_shop_get_token (self->shop) : self->token;
  g_autofree char   *bearer = g_strconcat ("Bearer ", token, NULL);

  cs_request_set_header (request, "Authorization", bearer);
}

static CsChannelStep *
cs_practice_channel_next_step (CsChannel *channel,
                               CsListing *listing,
                               CsJournal *journal)
{
  const char *write = listing->operation == CS_OPERATION_CREATE ? "create" : "update";
  const char *last = listing->live ? "publish" : "unpublish";

  if (listing->operation == CS_OPERATION_WITHDRAW)
    return cs_journal_is_done (journal, "withdraw") ? NULL : cs_channel_step_make ("withdraw");

  if (listing->operation == CS_OPERATION_OFFER)
    return cs_journal_is_done (journal, "offer") ? NULL : cs_channel_step_make ("offer");

  if (!cs_journal_is_done (journal, write))
    {
      for (guint i = 0; i < listing->pictures->len; i++)
        {
          g_autofree char *name = g_strdup_printf ("picture.%u", i);

          if (!cs_journal_is_done (journal, name))
            return cs_channel_step_make (name);
        }

      return cs_channel_step_make (write);
    }

  if (cs_journal_is_done (journal, last) || (listing->operation == CS_OPERATION_CREATE && !listing->live))
    return NULL;

  return cs_channel_step_make (last);
}

static void
set_price (JsonObject    *object,
           const CsMoney *price)
{
  g_autofree char *amount = NULL;
  JsonObject      *tree;

  if (price->currency[0] == '\0')
    return;

  amount = cs_money_to_decimal (price);
  tree = json_object_new ();
  json_object_set_string_member (tree, "amount", amount);
  json_object_set_string_member (tree, "currency", price->currency);
  json_object_set_object_member (object, "price", tree);
}

static void
set_pictures (JsonObject *object,
              CsListing  *listing,
              CsJournal  *journal)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      CsListingPicture *picture = listing->pictures->pdata[i];
      g_autofree char  *step = g_strdup_printf ("picture.%u", i);
      JsonObject       *tree = json_object_new ();

      cs_channel_json_set_string (tree, "id", cs_json_string (cs_journal_get_detail (journal, step), "picture", ""));
      cs_channel_json_set_string (tree, "alt", picture->alt_text);
      json_array_add_object_element (array, tree);
    }

  json_object_set_array_member (object, "pictures", array);
}

static void
set_numbers (JsonObject *object,
             CsListing  *listing)
{
  cs_channel_json_set_tree (object, "variants", listing->variants);
  set_price (object, &listing->price);
  if (listing->stock >= 0)
    json_object_set_int_member (object, "stock", listing->stock);
}

static void
set_offer (CsRequest *request,
           CsListing *listing)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  set_numbers (json_node_get_object (node), listing);
  cs_request_set_json (request, node);
}

static void
set_product (CsRequest *request,
             CsListing *listing,
             CsJournal *journal)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  cs_channel_json_set_string (object, "key", listing->key);
  cs_channel_json_set_string (object, "sku", listing->sku);
  cs_channel_json_set_string (object, "title", listing->title);
  cs_channel_json_set_string (object, "description", listing->description);
  cs_channel_json_set_string (object, "brand", listing->brand);
  cs_channel_json_set_string (object, "material", listing->material);
  cs_channel_json_set_string (object, "size", listing->size);
  cs_channel_json_set_string (object, "category", listing->category);
  cs_channel_json_set_strings (object, "bullets", listing->bullets);
  cs_channel_json_set_strings (object, "keywords", listing->keywords);
  cs_channel_json_set_tree (object, "attributes", listing->attributes);
  cs_channel_json_set_tree (object, "labels", listing->labels);
  set_numbers (object, listing);
  set_pictures (object, listing, journal);

  cs_request_set_json (request, node);
}

static CsRequest *
cs_practice_channel_build (CsChannel     *channel,
                           CsListing     *listing,
                           CsChannelStep *step,
                           CsJournal     *journal,
                           GBytes        *picture,
                           GError       **error)
{
  const char      *remote_id = listing->remote_id != NULL ? listing->remote_id : cs_journal_get_remote_id (journal);
  g_autofree char *id = g_uri_escape_string (remote_id != NULL ? remote_id : "", NULL, FALSE);
  CsRequest       *request;

  if (step->picture >= 0)
    {
      CsListingPicture *about = listing->pictures->pdata[step->picture];

      request = cs_channel_make_request (channel, "POST", "/api/pictures");
      cs_request_set_body (request, about->mime != NULL ? about->mime : "application/octet-stream", picture);
      return request;
    }

  if (step->creates)
    {
      request = cs_channel_make_request (channel, "POST", "/api/products");
      set_product (request, listing, journal);
      return request;
    }

  if (id[0] == '\0')
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("It is not known which product in the practice shop this is about. Approve the product again."));
      return NULL;
    }

  if (g_str_equal (step->name, "update"))
    {
      request = cs_channel_make_request (channel, "PUT", "/api/products/%s", id);
      set_product (request, listing, journal);
      return request;
    }

  if (g_str_equal (step->name, "offer"))
    {
      request = cs_channel_make_request (channel, "POST", "/api/products/%s/offer", id);
      set_offer (request, listing);
      return request;
    }

  return cs_channel_make_request (channel, "POST", "/api/products/%s/%s", id,
                       g_str_equal (step->name, "publish") ? "publish" : "withdraw");
}

/* "7" and version 3 are what it says; the address is where this shop is now */
static char *
dup_version (JsonObject *product)
{
  gint64 version = cs_json_int (product, "version", 0);

  return version > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, version) : NULL;
}

static char *
dup_url (CsChannel  *channel,
         JsonObject *product)
{
  return g_strconcat (cs_channel_get_address (channel), cs_json_string (product, "url", "/"), NULL);
}

static JsonNode *
cs_practice_channel_parse (CsChannel     *channel,
                           CsListing     *listing,
                           CsChannelStep *step,
                           CsReply       *reply,
                           JsonNode      *json,
                           GError       **error)
{
  JsonObject      *object = cs_json_node_object (json);
  const char      *id = cs_json_string (object, "id", NULL);
  g_autofree char *version = dup_version (object);
  g_autofree char *url = NULL;
  g_autoptr (JsonNode) detail = json_node_new (JSON_NODE_OBJECT);
  JsonObject *members = json_object_new ();

  json_node_take_object (detail, members);
  if (id == NULL || (step->picture < 0 && version == NULL))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNKNOWN, _("The practice shop gave an answer that cannot be read."));
      return NULL;
    }

  if (step->picture >= 0)
    {
      cs_channel_json_set_string (members, "picture", id);
      return g_steal_pointer (&detail);
    }

  url = dup_url (channel, object);
  cs_channel_json_set_string (members, "remote_id", id);
  cs_channel_json_set_string (members, "version", version);
  cs_channel_json_set_string (members, "url", url);

  return g_steal_pointer (&detail);
}

static CsError
cs_practice_channel_classify (CsChannel     *channel,
                              CsChannelStep *step,
                              CsReply       *reply,
                              JsonNode      *json,
                              char         **sentence)
{
  CsError     code = cs_channel_classify_status (step, reply);
  const char *message = cs_json_string (cs_json_node_object (json), "message", NULL);

  /* Whose the product with our key or SKU is, the look-up tells */
  if (step != NULL && step->creates && code == CS_ERROR_CONFLICT)
    return CS_ERROR_UNKNOWN;

  if (code == CS_ERROR_REFUSED && message != NULL)
    *sentence = g_strdup (message);

  return code;
}

static CsRequest *
cs_practice_channel_build_look_up (CsChannel *channel,
                                   CsListing *listing,
                                   guint      n)
{
  g_autofree char *key = g_uri_escape_string (listing->key, NULL, FALSE);
  g_autofree char *sku = g_uri_escape_string (listing->sku != NULL ? listing->sku : "", NULL, FALSE);

  if (n > 0)
    return NULL;

  return cs_channel_make_request (channel, "GET", "/api/products?key=%s&sku=%s", key, sku);
}

static CsRequest *
cs_practice_channel_build_read (CsChannel  *channel,
                                const char *remote_id)
{
  g_autofree char *id = g_uri_escape_string (remote_id, NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/api/products/%s", id);
}

static CsRequest *
cs_practice_channel_build_pull (CsChannel  *channel,
                                const char *cursor)
{
  g_autofree char *from = g_uri_escape_string (cursor != NULL ? cursor : "", NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/api/products?cursor=%s&limit=%d", from, PULL_LENGTH);
}

static char **
dup_pictures (CsChannel  *channel,
              JsonObject *product)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *pictures = cs_json_array (product, "pictures");

  for (guint i = 0; pictures != NULL && i < json_array_get_length (pictures); i++)
    g_strv_builder_take (builder, g_strconcat (cs_channel_get_address (channel), "/picture/",
                                               cs_json_string (cs_json_array_object (pictures, i), "id", ""), NULL));

  return g_strv_builder_end (builder);
}

static CsRemoteListing *
parse_product (CsChannel *channel,
               JsonNode  *node)
{
  JsonObject      *product = cs_json_node_object (node);
  JsonObject      *price = cs_json_object (product, "price");
  CsRemoteListing *remote;

  if (cs_json_string (product, "id", NULL) == NULL)
    return NULL;

  remote = cs_remote_listing_make (cs_json_string (product, "id", NULL));
  remote->stock = cs_json_int (product, "stock", -1);
  remote->category = g_strdup (cs_json_string (product, "category", NULL));
  remote->brand = g_strdup (cs_json_string (product, "brand", NULL));
  remote->key = g_strdup (cs_json_string (product, "key", NULL));
  remote->sku = g_strdup (cs_json_string (product, "sku", NULL));
  remote->version = dup_version (product);
  remote->url = dup_url (channel, product);
  remote->live = g_str_equal (cs_json_string (product, "state", ""), "live");
  remote->title = g_strdup (cs_json_string (product, "title", NULL));
  remote->description = g_strdup (cs_json_string (product, "description", NULL));
  if (price != NULL)
    remote->price = g_strdup_printf ("%s %s", cs_json_string (price, "amount", ""), cs_json_string (price, "currency", ""));
  remote->body = cs_json_canonical (node);
  if (json_object_has_member (product, "variants"))
    remote->variants = cs_json_canonical (json_object_get_member (product, "variants"));
  remote->pictures = dup_pictures (channel, product);

  return remote;
}

/* One product, or {"products": […], "next"} */
static CsRemotePage *
cs_practice_channel_parse_listings (CsChannel *channel,
                                    JsonNode  *reply,
                                    GError   **error)
{
  JsonObject      *object = cs_json_node_object (reply);
  JsonArray       *products = cs_json_array (object, "products");
  CsRemoteListing *remote;
  CsRemotePage    *page = cs_remote_page_new ();

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  page->next = g_strdup (cs_json_string (object, "next", NULL));

  if (products == NULL && (remote = parse_product (channel, reply)))
    {
      g_ptr_array_add (page->listings, remote);
      return page;
    }

  for (guint i = 0; products != NULL && i < json_array_get_length (products); i++)
    {
      if (!(remote = parse_product (channel, json_array_get_element (products, i))))
        break;
      g_ptr_array_add (page->listings, remote);
    }

  if (products == NULL || page->listings->len != json_array_get_length (products))
    {
      cs_remote_page_unref (page);
      g_set_error_literal (error, CS_ERROR, CS_ERROR_LATER, _("The practice shop gave an answer that cannot be read."));
      return NULL;
    }

  return page;
}

static gboolean
is_same_list (JsonObject *product,
              const char *member,
              char      **signed_list)
{
  JsonArray *array = cs_json_array (product, member);
  guint      n = array != NULL ? json_array_get_length (array) : 0;

  if (n != g_strv_length (signed_list))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (cs_json_array_string (array, i), signed_list[i]) != 0)
        return FALSE;
    }

  return TRUE;
}

/* The shop names a picture by the hash of its bytes: each can be seen to be
 * the one that was signed.
 */
static void
compare_pictures (CsListing  *listing,
                  JsonObject *product,
                  GPtrArray  *differences)
{
  JsonArray *pictures = cs_json_array (product, "pictures");

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      CsListingPicture *approved = listing->pictures->pdata[i];
      JsonObject       *there = cs_json_array_object (pictures, i);

      if (there == NULL)
        continue;

      if (g_strcmp0 (cs_json_string (there, "id", NULL), approved->hash) != 0)
        g_ptr_array_add (differences, g_strdup_printf (_("Picture %u in the shop is not the one that you approved."), i + 1));
      if (g_strcmp0 (cs_json_string (there, "alt", NULL), approved->alt_text) != 0)
        g_ptr_array_add (differences, g_strdup_printf (_("The description of picture %u is not the one that you approved."), i + 1));
    }
}

static void
compare_text (const char *approved,
              JsonObject *product,
              const char *member,
              const char *sentence,
              GPtrArray  *differences)
{
  if (g_strcmp0 (approved, cs_json_string (product, member, NULL)) != 0)
    g_ptr_array_add (differences, g_strdup (sentence));
}

static void
cs_practice_channel_compare (CsChannel       *channel,
                             CsListing       *listing,
                             CsRemoteListing *remote,
                             GPtrArray       *differences)
{
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);
  JsonObject *product = cs_json_node_object (node);

  if (!is_same_list (product, "bullets", listing->bullets))
    g_ptr_array_add (differences, g_strdup (_("The bullet points in the shop are not those that you approved.")));
  if (!is_same_list (product, "keywords", listing->keywords))
    g_ptr_array_add (differences, g_strdup (_("The keywords in the shop are not those that you approved.")));
  if (listing->stock != cs_json_int (product, "stock", -1))
    g_ptr_array_add (differences, g_strdup (_("The stock in the shop is not what you approved.")));
  compare_text (listing->brand, product, "brand", _("The brand in the shop is not what you approved."), differences);
  compare_text (listing->material, product, "material", _("The material in the shop is not what you approved."), differences);
  compare_text (listing->size, product, "size", _("The size in the shop is not what you approved."), differences);
  compare_text (listing->category, product, "category", _("The category in the shop is not what you approved."), differences);
  compare_pictures (listing, product, differences);
}

static void
cs_practice_channel_finalize (GObject *object)
{
  CsPracticeChannel *self = CS_PRACTICE_CHANNEL (object);

  g_clear_object (&self->shop);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->token, g_free);

  G_OBJECT_CLASS (cs_practice_channel_parent_class)->finalize (object);
}

static void
cs_practice_channel_class_init (CsPracticeChannelClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cs_practice_channel_finalize;

  channel_class->traits = (CsChannelTraits) {
    .kind = "practice",
    .version = "practice/1",
    .settle_seconds = 1,
    .finds_by_key = TRUE,
    .bears_key = TRUE,
    .has_drafts = TRUE,
    .has_no_rest = TRUE,
    .per_second = 100,
    .burst = 100,
  };
  channel_class->open = cs_practice_channel_open;
  channel_class->next_step = cs_practice_channel_next_step;
  channel_class->build = cs_practice_channel_build;
  channel_class->parse = cs_practice_channel_parse;
  channel_class->classify = cs_practice_channel_classify;
  channel_class->build_look_up = cs_practice_channel_build_look_up;
  channel_class->build_read = cs_practice_channel_build_read;
  channel_class->build_pull = cs_practice_channel_build_pull;
  channel_class->parse_listings = cs_practice_channel_parse_listings;
  channel_class->compare = cs_practice_channel_compare;
  channel_class->sign = cs_practice_channel_sign;
}

static void
cs_practice_channel_init (CsPracticeChannel *self)
{
}

CsChannel *
cs_practice_channel_new (CsAccount      *account,
                         CsPracticeShop *shop)
{
  CsPracticeChannel *self = g_object_new (CS_TYPE_PRACTICE_CHANNEL, "account", account, NULL);

  self->shop = g_object_ref (shop);

  return CS_CHANNEL (self);
}

CsChannel *
cs_practice_channel_new_for_address (CsAccount  *account,
                                     const char *address,
                                     const char *token)
{
  CsPracticeChannel *self = g_object_new (CS_TYPE_PRACTICE_CHANNEL, "account", account, NULL);

  self->address = g_strdup (address);
  self->token = g_strdup (token);

  return CS_CHANNEL (self);
}
