/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-channel.h"
#include "cs-json.h"
#include "cs-test.h"

/* A marketplace that cannot be asked by key, and tells the rest of each listing
 * only when asked for it: as Etsy does. Two pages of two listings.
 */

#define CS_TYPE_SHELF (cs_shelf_get_type ())

G_DECLARE_FINAL_TYPE (CsShelf, cs_shelf, CS, SHELF, CsChannel)

struct _CsShelf
{
  CsChannel parent_instance;

  GString *asked;
};

G_DEFINE_FINAL_TYPE (CsShelf, cs_shelf, CS_TYPE_CHANNEL)

static CsRequest *
shelf_build_pull (CsChannel  *channel,
                  const char *cursor)
{
  g_autofree char *address = g_strdup_printf ("https://shop.example/list?page=%s", cursor != NULL ? cursor : "1");

  return cs_request_make ("GET", address);
}

static CsRemotePage *
shelf_parse_listings (CsChannel *channel,
                      JsonNode  *reply,
                      GError   **error)
{
  gboolean      is_first = g_str_has_suffix (cs_channel_get_asked (channel), "page=1");
  CsRemotePage *page = cs_remote_page_new ();

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  page->next = g_strdup (is_first ? "2" : NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + (is_first ? 1 : 3));
      CsRemoteListing *remote = cs_remote_listing_make (id);

      remote->title = g_strdup_printf ("Basket %s", id);
      g_ptr_array_add (page->listings, remote);
    }

  return page;
}

static CsRequest *
shelf_build_more (CsChannel       *channel,
                  CsRemoteListing *remote)
{
  g_autofree char *address = g_strdup_printf ("https://shop.example/more/%s", remote->remote_id);

  return remote->variants == NULL ? cs_request_make ("GET", address) : NULL;
}

static gboolean
shelf_parse_more (CsChannel       *channel,
                  CsRemoteListing *remote,
                  JsonNode        *reply,
                  GError         **error)
{
  g_assert_null (cs_channel_get_asked (channel));
  remote->variants = g_strdup (reply != NULL ? "[]" : "none");

  return TRUE;
}

/* The rest of the third is not there */
static DexFuture *
shelf_perform (CsChannel     *channel,
               CsChannelStep *step,
               CsRequest     *request)
{
  CsReply *reply = cs_reply_new ();

  reply->status = g_str_has_suffix (request->address, "/more/3") ? 404 : 200;
  reply->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  reply->body = g_bytes_new_static ("{}", 2);
  g_string_append_printf (CS_SHELF (channel)->asked, "%s ", request->address + strlen ("https://shop.example/"));

  return dex_future_new_take_boxed (CS_TYPE_REPLY, reply);
}

static void
cs_shelf_finalize (GObject *object)
{
  g_string_free (CS_SHELF (object)->asked, TRUE);

  G_OBJECT_CLASS (cs_shelf_parent_class)->finalize (object);
}

static void
cs_shelf_class_init (CsShelfClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cs_shelf_finalize;
  channel_class->traits = (CsChannelTraits) { .kind = "shelf", .version = "shelf/1", .has_no_rest = TRUE, .per_second = 1000, .burst = 1000 };
  channel_class->build_pull = shelf_build_pull;
  channel_class->parse_listings = shelf_parse_listings;
  channel_class->build_more = shelf_build_more;
  channel_class->parse_more = shelf_parse_more;
  channel_class->perform = shelf_perform;
}

static void
cs_shelf_init (CsShelf *self)
{
  self->asked = g_string_new (NULL);
}

static CsShelf *
make_shelf (void)
{
  g_autoptr (CsAccount) account = cs_account_new ();

  account->address = g_strdup ("https://shop.example");

  return g_object_new (CS_TYPE_SHELF, "account", account, NULL);
}

/* All pages are looked at, and only what looks like ours is asked for its rest */
static void
test_look_up (void)
{
  static const struct
  {
    const char *title;
    guint       n_found;
    const char *asked;
  } cases[] = {
    { "Basket 2", 1, "list?page=1 more/2 list?page=2 " },
    { "Basket 3", 1, "list?page=1 list?page=2 more/3 " },
    { "Another", 0, "list?page=1 list?page=2 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsShelf) shelf = make_shelf ();
      g_autoptr (CsListing) listing = cs_listing_new ();
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GError) error = NULL;

      listing->key = g_strdup ("CS-1");
      listing->title = g_strdup (cases[i].title);
      found = dex_await_boxed (cs_channel_look_up (CS_CHANNEL (shelf), listing), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, cases[i].n_found);
      g_assert_cmpstr (shelf->asked->str, ==, cases[i].asked);
    }
}

/* What is taken in is taken in whole; that a part is not there is an answer */
static void
test_pull (void)
{
  g_autoptr (CsShelf) shelf = make_shelf ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRemotePage) page = dex_await_boxed (cs_channel_pull (CS_CHANNEL (shelf), "2"), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (shelf->asked->str, ==, "list?page=2 more/3 more/4 ");
  g_assert_cmpstr (((CsRemoteListing *) page->listings->pdata[0])->variants, ==, "none");
  g_assert_cmpstr (((CsRemoteListing *) page->listings->pdata[1])->variants, ==, "[]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/channels/look-up/look-up", test_look_up);
  cs_test_add_fiber ("/channels/look-up/pull", test_pull);

  return g_test_run ();
}
