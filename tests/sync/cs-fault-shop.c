/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>

#include "cs-fault-shop.h"
#include "cs-json.h"
#include "cs-woocommerce.h"

struct _CsFaultShop
{
  GSubprocess *process;
  SoupSession *session;
  char        *folder;
  GArray      *ports;
  guint        control;
};

static guint
read_port (GDataInputStream *lines,
           const char       *about)
{
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  words = g_strsplit (line, " ", -1);
  g_assert_cmpstr (words[0], ==, about);

  return g_ascii_strtoull (words[g_strv_length (words) - 1], NULL, 10);
}

static void
start (CsFaultShop *self)
{
  const char      *script = g_getenv ("CS_FAULT_SHOP");
  g_autofree char *number = g_strdup_printf ("%u", self->ports->len);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (script);
  /* Its standard input is ours: it ends when we do, however that is */
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                                    "python3", "-B", script, self->folder, "--shops", number, "--with-input", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  self->control = read_port (lines, "CONTROL");
  for (guint i = 0; i < self->ports->len; i++)
    g_array_index (self->ports, guint, i) = read_port (lines, "SHOP");
}

static void
stop (CsFaultShop *self)
{
  g_subprocess_force_exit (self->process);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_clear_object (&self->process);
}

CsFaultShop *
cs_fault_shop_new (guint n_shops)
{
  CsFaultShop *self = g_new0 (CsFaultShop, 1);

  self->folder = g_dir_make_tmp ("countersign-shops-XXXXXX", NULL);
  self->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  self->ports = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (self->ports, n_shops);
  start (self);

  return self;
}

void
cs_fault_shop_free (CsFaultShop *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->folder);

  stop (self);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_clear_object (&self->session);
  g_array_unref (self->ports);
  g_free (self->folder);
  g_free (self);
}

void
cs_fault_shop_restart (CsFaultShop *self)
{
  stop (self);
  start (self);
}

char *
cs_fault_shop_dup_address (CsFaultShop *self,
                           guint        shop)
{
  g_assert_cmpuint (shop, <, self->ports->len);

  return g_strdup_printf ("http://127.0.0.1:%u", g_array_index (self->ports, guint, shop));
}

static JsonNode *
ask (CsFaultShop *self,
     guint        shop,
     const char  *verb,
     const char  *text)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/%u/%s", self->control, shop, verb);
  g_autoptr (SoupMessage) message = soup_message_new (text != NULL ? "POST" : "GET", address);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  if (text != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", body);
    }

  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  node = cs_json_parse (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  return node;
}

JsonNode *
cs_fault_shop_ask (CsFaultShop *self,
                   guint        shop,
                   const char  *verb,
                   const char  *format,
                   ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  if (format != NULL)
    {
      va_start (args, format);
      text = g_strdup_vprintf (format, args);
      va_end (args);
    }

  return ask (self, shop, verb, text);
}

void
cs_fault_shop_tell (CsFaultShop *self,
                    guint        shop,
                    const char  *verb,
                    const char  *format,
                    ...)
{
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  answer = ask (self, shop, verb, text);
}

void
cs_fault_shop_hurry (guint settle_seconds)
{
  CsChannelTraits *traits = &CS_CHANNEL_CLASS (g_type_class_ref (CS_TYPE_WOOCOMMERCE_CHANNEL))->traits;

  traits->settle_seconds = settle_seconds;
  g_assert_cmpstr (traits->version, ==, CS_FAULT_SHOP_ADAPTER);
  traits->answer_seconds = 1;
  traits->per_second = traits->burst = 10000;
}

void
cs_fault_shop_join (CsPublisher *publisher,
                    CsAccount   *account)
{
  g_autoptr (CsChannel) channel = g_object_new (CS_TYPE_WOOCOMMERCE_CHANNEL, "account", account, NULL);
  g_autoptr (JsonObject) secrets = json_object_new ();

  json_object_set_string_member (secrets, "user", "seller");
  json_object_set_string_member (secrets, "password", "abcd efgh ijkl mnop qrst uvwx");
  cs_channel_set_secrets (channel, secrets);
  cs_publisher_set_channel (publisher, account->id, channel);
}

static gboolean
has_hash (JsonArray  *media,
          gint64      id,
          const char *hash)
{
  for (guint i = 0; i < json_array_get_length (media); i++)
    {
      JsonObject *one = cs_json_array_object (media, i);

      if (cs_json_int (one, "id", 0) == id)
        return g_strcmp0 (cs_json_string (one, "sha256", NULL), hash) == 0;
    }

  return FALSE;
}

void
cs_fault_shop_assert_product (JsonNode   *state,
                              JsonObject *product,
                              CsListing  *listing)
{
  JsonArray       *media = cs_json_array (cs_json_node_object (state), "media");
  JsonArray       *images = cs_json_array (product, "image_ids");
  g_autofree char *price = cs_money_to_decimal (&listing->price);

  g_assert_cmpstr (cs_json_string (product, "sku", NULL), ==, listing->sku);
  g_assert_cmpstr (cs_json_string (product, "status", NULL), ==, "publish");
  g_assert_cmpstr (cs_json_string (product, "regular_price", NULL), ==, price);
  g_assert_cmpint (cs_json_int (product, "stock_quantity", -1), ==, listing->stock);
  g_assert_cmpstr (cs_json_string (product, "name", NULL), ==, listing->title);
  g_assert_nonnull (strstr (cs_json_string (product, "description", ""), listing->description));
  g_assert_cmpuint (json_array_get_length (images), ==, listing->pictures->len);
  for (guint i = 0; i < listing->pictures->len; i++)
    g_assert_true (has_hash (media, json_array_get_int_element (images, i),
                             ((CsListingPicture *) listing->pictures->pdata[i])->hash));
}
