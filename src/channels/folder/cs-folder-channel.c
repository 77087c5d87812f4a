/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-folder-channel.h"
#include "cs-folder-store.h"
#include "cs-json.h"
#include "cs-sheet.h"

#define PREFIX "package-"

struct _CsFolderChannel
{
  CsChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (CsFolderChannel, cs_folder_channel, CS_TYPE_CHANNEL)

static const CsSheet *
get_sheet (CsChannel *channel)
{
  const char *kind = cs_channel_get_account (channel)->channel;

  return kind != NULL && g_str_has_prefix (kind, PREFIX) ? cs_sheet_find (kind + strlen (PREFIX)) : NULL;
}

static char *
dup_folder (CsChannel *channel)
{
  const char *address = cs_channel_get_account (channel)->address;

  return address != NULL ? g_filename_from_uri (address, NULL, NULL) : NULL;
}

static CsChannelStep *
cs_folder_channel_next_step (CsChannel *channel,
                             CsListing *listing,
                             CsJournal *journal)
{
  const char *write = cs_operation_get_name (listing->operation);

  if (cs_journal_is_done (journal, write))
    return NULL;

  for (guint i = 0; i < listing->pictures->len && listing->operation != CS_OPERATION_WITHDRAW && listing->operation != CS_OPERATION_OFFER; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);

      if (!cs_journal_is_done (journal, name))
        return cs_channel_step_make (name);
    }

  return cs_channel_step_make (write);
}

static CsRequest *
build_picture (CsChannel *channel,
               CsListing *listing,
               guint      index,
               GBytes    *bytes,
               GError   **error)
{
  CsListingPicture *picture = listing->pictures->pdata[index];
  const CsSheet    *sheet = get_sheet (channel);
  gsize             most = sheet != NULL ? cs_sheet_get_picture_bytes (sheet) : 0;
  g_autofree char  *name = g_uri_escape_string (picture->name != NULL ? picture->name : "", NULL, FALSE);
  CsRequest        *request;

  if (most > 0 && g_bytes_get_size (bytes) > most)
    {
      g_autofree char *size = g_format_size (g_bytes_get_size (bytes));
      g_autofree char *limit = g_format_size (most);

      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("Picture %u has %s, %s takes %s. Make it smaller, then approve it again."),
                   index + 1, size, cs_sheet_get_title (sheet), limit);
      return NULL;
    }

  request = cs_channel_make_request (channel, "PUT", "/pictures/%s", name);
  cs_request_set_body (request, picture->mime != NULL ? picture->mime : "application/octet-stream", bytes);

  return request;
}

static CsRequest *
build_offer (CsChannel *channel,
             CsListing *listing)
{
  CsRequest *request = cs_channel_make_request (channel, "PATCH", "/listings/%s", listing->key);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *offer = json_object_new ();

  json_node_take_object (node, offer);
  json_object_set_int_member (offer, "minor", listing->price.minor);
  json_object_set_string_member (offer, "currency", listing->price.currency);
  json_object_set_int_member (offer, "stock", listing->stock);
  cs_request_set_json (request, node);

  return request;
}

static CsRequest *
cs_folder_channel_build (CsChannel     *channel,
                         CsListing     *listing,
                         CsChannelStep *step,
                         CsJournal     *journal,
                         GBytes        *picture,
                         GError       **error)
{
  CsRequest *request;

  if (step->picture >= 0)
    return build_picture (channel, listing, step->picture, picture, error);

  if (g_str_equal (step->name, "withdraw"))
    return cs_channel_make_request (channel, "DELETE", "/listings/%s", listing->key);

  if (g_str_equal (step->name, "offer"))
    return build_offer (channel, listing);

  request = cs_channel_make_request (channel, "PUT", "/listings/%s", listing->key);
  cs_request_set_body (request, "application/json", listing->bytes);

  return request;
}

static JsonNode *
cs_folder_channel_parse (CsChannel     *channel,
                         CsListing     *listing,
                         CsChannelStep *step,
                         CsReply       *reply,
                         JsonNode      *json,
                         GError       **error)
{
  g_autofree char *url = g_strconcat (cs_channel_get_address (channel), "/index.html", NULL);
  JsonNode   *detail = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (detail, object);
  if (step->picture < 0)
    {
      json_object_set_string_member (object, "remote_id", listing->key);
      json_object_set_string_member (object, "version", cs_json_string (cs_json_node_object (json), "version", ""));
      json_object_set_string_member (object, "url", url);
    }

  return detail;
}

static CsRequest *
cs_folder_channel_build_look_up (CsChannel *channel,
                                 CsListing *listing,
                                 guint      n)
{
  return n == 0 ? cs_channel_make_request (channel, "GET", "/listings/%s", listing->key) : NULL;
}

static CsRequest *
cs_folder_channel_build_read (CsChannel  *channel,
                              const char *remote_id)
{
  g_autofree char *id = g_uri_escape_string (remote_id, NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/listings/%s", id);
}

static CsRequest *
cs_folder_channel_build_pull (CsChannel  *channel,
                              const char *cursor)
{
  g_autofree char *after = g_uri_escape_string (cursor != NULL ? cursor : "", NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/listings?after=%s", after);
}

static char **
dup_picture_addresses (CsChannel *channel,
                       CsListing *listing)
{
  g_autoptr (GStrvBuilder) pictures = g_strv_builder_new ();

  for (guint i = 0; i < listing->pictures->len; i++)
    g_strv_builder_take (pictures, g_strconcat (cs_channel_get_address (channel), "/pictures/",
                                                ((CsListingPicture *) listing->pictures->pdata[i])->name, NULL));

  return g_strv_builder_end (pictures);
}

static CsRemoteListing *
parse_entry (CsChannel  *channel,
             JsonObject *entry)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  CsRemoteListing *remote;
  JsonNode        *node = entry != NULL ? json_object_get_member (entry, "listing") : NULL;

  if (node == NULL)
    return NULL;

  text = cs_json_canonical (node);
  bytes = g_bytes_new (text, strlen (text));
  if (!(listing = cs_listing_parse (bytes, NULL)))
    return NULL;

  remote = cs_remote_listing_make (listing->key);
  remote->key = g_strdup (listing->key);
  remote->sku = g_strdup (listing->sku);
  remote->version = g_strdup (cs_json_string (entry, "version", NULL));
  remote->live = listing->live && !cs_json_bool (entry, "withdrawn", FALSE);
  remote->url = g_strconcat (cs_channel_get_address (channel), "/index.html", NULL);
  remote->title = g_strdup (listing->title);
  remote->description = g_strdup (listing->description);
  remote->stock = listing->stock;
  remote->category = g_strdup (listing->category);
  remote->brand = g_strdup (listing->brand);
  remote->bullets = g_strdupv (listing->bullets);
  remote->keywords = g_strdupv (listing->keywords);
  remote->variants = g_strdup (listing->variants);
  remote->attributes = g_strdup (listing->attributes);
  if (listing->price.currency[0] != '\0')
    {
      g_autofree char *amount = cs_money_to_decimal (&listing->price);

      remote->price = g_strdup_printf ("%s %s", amount, listing->price.currency);
    }
  remote->pictures = dup_picture_addresses (channel, listing);
  json_node_set_object (body, entry);
  remote->body = cs_json_canonical (body);

  return remote;
}

static CsRemotePage *
cs_folder_channel_parse_listings (CsChannel *channel,
                                  JsonNode  *reply,
                                  GError   **error)
{
  JsonObject   *object = cs_json_node_object (reply);
  JsonArray    *array = cs_json_array (object, "listings");
  CsRemotePage *page = cs_remote_page_new ();

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  page->next = g_strdup (cs_json_string (object, "next", NULL));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      CsRemoteListing *remote = parse_entry (channel, cs_json_array_object (array, i));

      if (remote != NULL)
        g_ptr_array_add (page->listings, remote);
    }

  return page;
}

/* The files lie in the seller's own folder: somebody may have opened one and saved it */
static void
cs_folder_channel_compare (CsChannel       *channel,
                           CsListing       *listing,
                           CsRemoteListing *remote,
                           GPtrArray       *differences)
{
  g_autoptr (JsonNode) node = remote->body != NULL ? cs_json_parse (remote->body, -1, NULL) : NULL;
  JsonObject *files = cs_json_object (cs_json_node_object (node), "files");

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      CsListingPicture *picture = listing->pictures->pdata[i];
      const char       *hash = cs_json_string (files, picture->name, NULL);

      if (hash == NULL)
        g_ptr_array_add (differences, g_strdup_printf (_("Picture %u is not in the package."), i + 1));
      else if (!g_str_equal (hash, picture->hash))
        g_ptr_array_add (differences, g_strdup_printf (_("Picture %u in the package is not the one that you approved."), i + 1));
    }

  if (listing->stock != remote->stock)
    g_ptr_array_add (differences, g_strdup (_("The stock in the package is not what you approved.")));
}

static void
cs_folder_channel_check (CsChannel *channel,
                         CsListing *listing,
                         GPtrArray *findings)
{
  const CsSheet *sheet = get_sheet (channel);

  if (sheet != NULL)
    cs_sheet_check (sheet, listing, findings);
}

static CsRequest *
cs_folder_channel_build_inquiry (CsChannel *channel,
                                 CsInquiry *inquiry)
{
  if (inquiry->kind != CS_INQUIRY_SHOP || inquiry->n_answers > 0)
    return NULL;

  return cs_channel_make_request (channel, "GET", "/listings?after=");
}

static gboolean
cs_folder_channel_parse_inquiry (CsChannel *channel,
                                 CsInquiry *inquiry,
                                 JsonNode  *reply,
                                 GError   **error)
{
  const CsSheet   *sheet = get_sheet (channel);
  CsAccount       *account = cs_channel_get_account (channel);
  g_autofree char *folder = dup_folder (channel);

  if (sheet == NULL || folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, _("Choose a folder that is there."));
      return FALSE;
    }

  inquiry->shop->name = g_strdup (account->name != NULL && account->name[0] != '\0' ? account->name : cs_sheet_get_title (sheet));
  inquiry->shop->currency = g_strdup (account->currency);
  inquiry->shop->page = g_strconcat (cs_channel_get_address (channel), "/index.html", NULL);
  inquiry->shop->profile = cs_sheet_dup_profile (sheet);

  return TRUE;
}

/* The thread's part: plain data only */
typedef struct
{
  char          *folder;
  CsRequest     *request; /* NULL: finish */
  const CsSheet *sheet;
  char          *shop;
} Work;

static void
work_free (Work *work)
{
  g_free (work->folder);
  g_free (work->shop);
  g_clear_pointer (&work->request, cs_request_unref);
  g_free (work);
}

static DexFuture *
work_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  CsReply *reply;

  if (work->folder == NULL || work->sheet == NULL)
    return cs_fiber_refuse (CS_ERROR_REFUSED, _("Choose a folder that is there."));

  if (work->request == NULL)
    return cs_folder_store_finish (work->folder, work->sheet, work->shop, &error)
             ? dex_future_new_true ()
             : dex_future_new_for_error (g_steal_pointer (&error));

  if (!(reply = cs_folder_store_answer (work->folder, work->request, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_REPLY, reply);
}

static Work *
work_new (CsChannel *channel)
{
  Work *work = g_new0 (Work, 1);

  work->folder = dup_folder (channel);
  work->sheet = get_sheet (channel);
  work->shop = g_strdup (cs_channel_get_account (channel)->name != NULL ? cs_channel_get_account (channel)->name : "");

  return work;
}

static DexFuture *
cs_folder_channel_perform (CsChannel     *channel,
                           CsChannelStep *step,
                           CsRequest     *request)
{
  Work *work = work_new (channel);

  work->request = cs_request_ref (request);

  return cs_fiber_compute (work_fiber, work, (GDestroyNotify) work_free);
}

static DexFuture *
cs_folder_channel_finish (CsChannel *channel)
{
  return cs_fiber_compute (work_fiber, work_new (channel), (GDestroyNotify) work_free);
}

static void
cs_folder_channel_class_init (CsFolderChannelClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "package",
    .version = "package/1",
    .finds_by_key = TRUE,
    .bears_key = TRUE,
    .has_drafts = TRUE,
    .has_no_rest = TRUE,
    .per_second = 10000,
    .burst = 10000,
  };
  channel_class->next_step = cs_folder_channel_next_step;
  channel_class->build = cs_folder_channel_build;
  channel_class->parse = cs_folder_channel_parse;
  channel_class->build_look_up = cs_folder_channel_build_look_up;
  channel_class->build_read = cs_folder_channel_build_read;
  channel_class->build_pull = cs_folder_channel_build_pull;
  channel_class->parse_listings = cs_folder_channel_parse_listings;
  channel_class->compare = cs_folder_channel_compare;
  channel_class->check = cs_folder_channel_check;
  channel_class->build_inquiry = cs_folder_channel_build_inquiry;
  channel_class->parse_inquiry = cs_folder_channel_parse_inquiry;
  channel_class->perform = cs_folder_channel_perform;
  channel_class->finish = cs_folder_channel_finish;
}

static void
cs_folder_channel_init (CsFolderChannel *self)
{
}

static const CsChannelAsk asks[] = {
  { "address", N_("Folder"), N_("The package is written into it: tables, pictures, and a page that lists all of it."), NULL, FALSE, FALSE },
  { "name", N_("Name"), N_("As it stands in the list of your shops."), NULL, FALSE, TRUE },
  { "currency", N_("Currency"), N_("Three letters, for example EUR."), NULL, FALSE, FALSE },
  { NULL },
};

static const CsChannelAsk asks_china[] = {
  { "address", N_("Folder"), N_("The package is written into it: tables, pictures, and a page that lists all of it."), NULL, FALSE, FALSE },
  { "name", N_("Name"), N_("As it stands in the list of your shops."), NULL, FALSE, TRUE },
  { "currency", N_("Currency"), N_("Three letters, for example EUR."), "CNY", FALSE, FALSE },
  { NULL },
};

#define SUMMARY N_("A folder with tables and pictures for the marketplace's own import page. No keys, no sign-in.")
#define TRIED   N_("The table's columns follow published templates.")
#define UNTRIED N_("The table's columns follow the marketplace's own exports; not verified against the live service.")

const CsChannelKind cs_folder_kinds[] = {
  { "package-shopify", N_("Shopify, as a package"), SUMMARY, NULL, CS_SIGN_IN_FOLDER, asks, NULL, 1, TRIED, NULL },
  { "package-woocommerce", N_("WooCommerce, as a package"), SUMMARY, NULL, CS_SIGN_IN_FOLDER, asks, NULL, 1, TRIED, NULL },
  { "package-etsy", N_("Etsy, as a package"), SUMMARY, NULL, CS_SIGN_IN_FOLDER, asks, NULL, 1, TRIED, NULL },
  { "package-ebay", N_("eBay, as a package"), SUMMARY, NULL, CS_SIGN_IN_FOLDER, asks, NULL, 1, UNTRIED, NULL },
  { "package-amazon", N_("Amazon, as a package"), SUMMARY, NULL, CS_SIGN_IN_FOLDER, asks, NULL, 1, UNTRIED, NULL },
  { "package-taobao", N_("Taobao and Tmall, as a package"), SUMMARY, NULL, CS_SIGN_IN_FOLDER, asks_china, NULL, 1, UNTRIED, NULL },
  { "package-1688", N_("1688, as a package"), SUMMARY, NULL, CS_SIGN_IN_FOLDER, asks_china, NULL, 1, UNTRIED, NULL },
  { "package-pinduoduo", N_("Pinduoduo, as a package"), SUMMARY, NULL, CS_SIGN_IN_FOLDER, asks_china, NULL, 1, UNTRIED, NULL },
  { "package-douyin", N_("Douyin Shop, as a package"), SUMMARY, NULL, CS_SIGN_IN_FOLDER, asks_china, NULL, 1, UNTRIED, NULL },
  { NULL },
};
