/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "cs-careless-shop.h"
#include "cs-hash.h"
#include "cs-json.h"

typedef struct
{
  char   *about;
  CsFault fault;
  guint   left;
} Order;

typedef struct
{
  JsonNode *node;
  gint64    made_at;
} Product;

struct _CsCarelessShop
{
  GMutex        mutex;
  GThread      *thread;
  GMainContext *context;
  GMainLoop    *loop;
  SoupServer   *server;
  int           port;
  GPtrArray    *products;
  GPtrArray    *orders;
  GPtrArray    *requests;
  guint         hidden_msec;
};

static void
order_free (Order *order)
{
  g_free (order->about);
  g_free (order);
}

static void
product_free (Product *product)
{
  json_node_unref (product->node);
  g_free (product);
}

static CsFault
take_fault (CsCarelessShop *self,
            const char     *request)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      Order *order = self->orders->pdata[i];

      if (order->left > 0 && strstr (request, order->about) != NULL)
        {
          order->left--;
          return order->fault;
        }
    }

  return CS_FAULT_NONE;
}

static void
reply (SoupServerMessage *message,
       guint              status,
       JsonNode          *node)
{
  g_autofree char *text = node != NULL ? cs_json_canonical (node) : g_strdup ("{}");

  soup_message_body_truncate (soup_server_message_get_response_body (message));
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

static JsonNode *
parse_body (SoupServerMessage *message)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  /* A copy whose members can be set */
  g_autoptr (JsonParser) parser = json_parser_new ();

  return json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL)
           ? json_parser_steal_root (parser)
           : NULL;
}

static void
stamp (JsonNode   *node,
       guint       id,
       gint64      version,
       const char *state)
{
  JsonObject      *object = json_node_get_object (node);
  g_autofree char *name = g_strdup_printf ("%u", id);
  g_autofree char *url = g_strdup_printf ("/p/%u", id);

  json_object_set_string_member (object, "id", name);
  json_object_set_string_member (object, "url", url);
  json_object_set_int_member (object, "version", version);
  json_object_set_string_member (object, "state", state);
}

static Product *
add_product (CsCarelessShop *self,
             JsonNode       *node)
{
  Product *product = g_new0 (Product, 1);

  product->node = json_node_copy (node);
  product->made_at = g_get_monotonic_time ();
  g_ptr_array_add (self->products, product);
  stamp (product->node, self->products->len, 1, cs_json_string (json_node_get_object (node), "state", "draft"));

  return product;
}

static gboolean
is_hidden (CsCarelessShop *self,
           Product        *product)
{
  return g_get_monotonic_time () - product->made_at < (gint64) self->hidden_msec * 1000;
}

static void
list (CsCarelessShop    *self,
      SoupServerMessage *message,
      GHashTable        *query)
{
  const char *key = query != NULL ? g_hash_table_lookup (query, "key") : NULL;
  const char *sku = query != NULL ? g_hash_table_lookup (query, "sku") : NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *array = json_array_new ();

  json_node_take_object (node, json_object_new ());
  json_object_set_array_member (json_node_get_object (node), "products", array);
  for (guint i = 0; i < self->products->len; i++)
    {
      Product    *product = self->products->pdata[i];
      JsonObject *object = json_node_get_object (product->node);

      if (is_hidden (self, product) ||
          (key != NULL && !g_str_equal (key, cs_json_string (object, "key", "")) &&
           (sku == NULL || sku[0] == '\0' || !g_str_equal (sku, cs_json_string (object, "sku", "")))))
        continue;

      json_array_add_element (array, json_node_copy (product->node));
    }

  reply (message, 200, node);
}

static void
copy_member (JsonObject *source,
             const char *name,
             JsonNode   *node,
             gpointer    target)
{
  json_object_set_member (target, name, json_node_copy (node));
}

static void
change (CsCarelessShop    *self,
        SoupServerMessage *message,
        const char        *method,
        const char        *path)
{
  g_auto (GStrv) parts = g_strsplit (path + strlen ("/api/products/"), "/", -1);
  guint    id = atoi (parts[0]);
  Product *product = id >= 1 && id <= self->products->len ? self->products->pdata[id - 1] : NULL;
  JsonObject *object;
  gint64   version;

  if (product == NULL || (is_hidden (self, product) && g_str_equal (method, "GET")))
    {
      reply (message, 404, NULL);
      return;
    }

  object = json_node_get_object (product->node);
  version = cs_json_int (object, "version", 0) + 1;
  if (g_str_equal (method, "PUT"))
    {
      g_autofree char *state = g_strdup (cs_json_string (object, "state", ""));
      JsonNode        *body = parse_body (message);

      g_assert_nonnull (body);
      json_node_unref (product->node);
      product->node = body;
      stamp (product->node, id, version, state);
    }
  else if (g_strcmp0 (parts[1], "offer") == 0)
    {
      g_autoptr (JsonNode) body = parse_body (message);

      json_object_foreach_member (json_node_get_object (body), copy_member, object);
      stamp (product->node, id, version, cs_json_string (object, "state", ""));
    }
  else if (g_strcmp0 (parts[1], "publish") == 0)
    stamp (product->node, id, version, "live");
  else if (g_strcmp0 (parts[1], "withdraw") == 0)
    stamp (product->node, id, version, "withdrawn");

  reply (message, 200, product->node);
}

static void
act (CsCarelessShop    *self,
     SoupServerMessage *message,
     const char        *method,
     const char        *path,
     GHashTable        *query,
     gboolean           retitle)
{
  if (g_str_equal (path, "/api/pictures"))
    {
      g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
      g_autofree char *hash = cs_hash_bytes (body);
      g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\"}", hash);
      g_autoptr (JsonNode) node = cs_json_parse (text, -1, NULL);

      reply (message, 201, node);
    }
  else if (g_str_equal (path, "/api/products") && g_str_equal (method, "POST"))
    {
      g_autoptr (JsonNode) node = parse_body (message);
      Product *product = add_product (self, node);

      if (retitle)
        json_object_set_string_member (json_node_get_object (product->node), "title", "SALE!!!");
      reply (message, 201, product->node);
    }
  else if (g_str_equal (path, "/api/products"))
    list (self, message, query);
  else
    change (self, message, method, path);
}

static gboolean
is_without_effect (CsFault fault)
{
  return fault == CS_FAULT_CUT_BEFORE || fault == CS_FAULT_SILENT_BEFORE || fault == CS_FAULT_429 ||
         fault == CS_FAULT_500_BEFORE || fault == CS_FAULT_401 || fault == CS_FAULT_422;
}

static void
misbehave (SoupServerMessage *message,
           CsFault            fault)
{
  switch (fault)
    {
    case CS_FAULT_CUT_BEFORE:
    case CS_FAULT_CUT_AFTER:
      g_object_unref (soup_server_message_steal_connection (message));
      break;

    case CS_FAULT_SILENT_BEFORE:
    case CS_FAULT_SILENT_AFTER:
      soup_server_message_pause (message);
      break;

    case CS_FAULT_429:
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
      reply (message, 429, NULL);
      break;

    case CS_FAULT_500_BEFORE:
    case CS_FAULT_500_AFTER:
      reply (message, 500, NULL);
      break;

    case CS_FAULT_401:
      reply (message, 401, NULL);
      break;

    case CS_FAULT_422:
      reply (message, 422, NULL);
      break;

    case CS_FAULT_GARBAGE:
      soup_message_body_truncate (soup_server_message_get_response_body (message));
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<html>", 6);
      break;

    case CS_FAULT_NONE:
    case CS_FAULT_CHANGE:
    default:
      break;
    }
}

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  CsCarelessShop  *self = user_data;
  const char      *method = soup_server_message_get_method (message);
  char            *request = g_strdup_printf ("%s %s", method, path);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  CsFault fault = take_fault (self, request);

  g_ptr_array_add (self->requests, request);
  if (!is_without_effect (fault))
    act (self, message, method, path, query, fault == CS_FAULT_CHANGE);
  misbehave (message, fault);
}

static gpointer
thread_main (gpointer data)
{
  CsCarelessShop *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

CsCarelessShop *
cs_careless_shop_new (void)
{
  CsCarelessShop *self = g_new0 (CsCarelessShop, 1);
  GSList         *uris;

  g_mutex_init (&self->mutex);
  self->products = g_ptr_array_new_with_free_func ((GDestroyNotify) product_free);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) order_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_context_pop_thread_default (self->context);

  self->thread = g_thread_new ("careless-shop", thread_main, self);

  return self;
}

void
cs_careless_shop_free (CsCarelessShop *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_context_push_thread_default (self->context);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_main_context_pop_thread_default (self->context);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->products);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
cs_careless_shop_dup_address (CsCarelessShop *self)
{
  return g_strdup_printf ("http://127.0.0.1:%d", self->port);
}

void
cs_careless_shop_fail (CsCarelessShop *self,
                       const char     *about,
                       CsFault         fault,
                       guint           n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Order *order = g_new0 (Order, 1);

  order->about = g_strdup (about);
  order->fault = fault;
  order->left = n;
  g_ptr_array_add (self->orders, order);
}

void
cs_careless_shop_calm (CsCarelessShop *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_set_size (self->orders, 0);
}

void
cs_careless_shop_hide (CsCarelessShop *self,
                       guint           msec)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->hidden_msec = msec;
}

void
cs_careless_shop_put (CsCarelessShop *self,
                      const char     *json)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  add_product (self, json_parser_get_root (parser));
}

void
cs_careless_shop_retitle (CsCarelessShop *self,
                          const char     *title)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->products->len; i++)
    {
      JsonObject *object = json_node_get_object (((Product *) self->products->pdata[i])->node);

      json_object_set_string_member (object, "title", title);
      json_object_set_int_member (object, "version", cs_json_int (object, "version", 0) + 1);
    }
}

void
cs_careless_shop_sell (CsCarelessShop *self,
                       gint64          n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->products->len; i++)
    {
      JsonObject *object = json_node_get_object (((Product *) self->products->pdata[i])->node);

      json_object_set_int_member (object, "stock", cs_json_int (object, "stock", 0) - n);
      json_object_set_int_member (object, "version", cs_json_int (object, "version", 0) + 1);
    }
}

guint
cs_careless_shop_count (CsCarelessShop *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->products->len;
}

char *
cs_careless_shop_dup_product (CsCarelessShop *self,
                              guint           n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return cs_json_canonical (((Product *) self->products->pdata[n])->node);
}

guint
cs_careless_shop_count_requests (CsCarelessShop *self,
                                 const char     *about)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n += strstr (self->requests->pdata[i], about) != NULL;

  return n;
}
