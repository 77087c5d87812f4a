/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>

#include "cs-json.h"
#include "cs-practice-page.h"
#include "cs-practice-resources.h"
#include "cs-practice-routes.h"

#define PAGE_LENGTH 48
#define MOST_LISTED 100

static void
cs_practice_visit_clear (CsPracticeVisit *self)
{
  g_clear_pointer (&self->shelf, cs_practice_shelf_unref);
  g_free (self->method);
  g_free (self->path);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

CS_DEFINE_RECORD (CsPracticeVisit, cs_practice_visit)

static void
cs_practice_answer_clear (CsPracticeAnswer *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
}

CS_DEFINE_RECORD (CsPracticeAnswer, cs_practice_answer)

static CsPracticeAnswer *
answer_bytes (guint       status,
              const char *content_type,
              GBytes     *body)
{
  CsPracticeAnswer *answer = cs_practice_answer_new ();

  answer->status = status;
  answer->content_type = content_type;
  answer->body = g_bytes_ref (body);

  return answer;
}

static CsPracticeAnswer *
answer_text (guint       status,
             const char *content_type,
             char       *text)
{
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  return answer_bytes (status, content_type, body);
}

static CsPracticeAnswer *
answer_page (guint status,
             char *page)
{
  return answer_text (status, "text/html; charset=utf-8", page);
}

static CsPracticeAnswer *
answer_json (guint     status,
             JsonNode *node)
{
  return answer_text (status, "application/json", cs_json_canonical (node));
}

static CsPracticeAnswer *
answer_error (GError *error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  guint       status = SOUP_STATUS_INTERNAL_SERVER_ERROR;

  if (g_error_matches (error, CS_ERROR, CS_ERROR_REFUSED))
    status = SOUP_STATUS_UNPROCESSABLE_ENTITY;
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT))
    status = SOUP_STATUS_CONFLICT;
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    status = SOUP_STATUS_NOT_FOUND;

  json_node_take_object (node, object);
  json_object_set_string_member (object, "message", error->message);

  return answer_json (status, node);
}

static CsPracticeAnswer *
answer_product (guint     status,
                JsonNode *product,
                GError   *error)
{
  JsonObject    *object = cs_json_node_object (product);
  JsonObjectIter iter;
  JsonObject    *shown;
  const char    *name;
  JsonNode      *member;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *url = NULL;

  if (object == NULL)
    return answer_error (error);

  /* What comes from the disk is sealed, so it is not added to */
  node = json_node_new (JSON_NODE_OBJECT);
  shown = json_object_new ();
  json_node_take_object (node, shown);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    json_object_set_member (shown, name, json_node_copy (member));
  url = g_strconcat ("/p/", cs_json_string (object, "id", ""), NULL);
  json_object_set_string_member (shown, "url", url);

  return answer_json (status, node);
}

static const char *
get_query (CsPracticeVisit *visit,
           const char      *name)
{
  return visit->query != NULL ? g_hash_table_lookup (visit->query, name) : NULL;
}

static gint64
to_number (const char *text)
{
  guint64 number;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL) ? (gint64) number : 0;
}

static gboolean
is_get (CsPracticeVisit *visit)
{
  return g_str_equal (visit->method, "GET") || g_str_equal (visit->method, "HEAD");
}

/* What customers see */

static CsPracticeAnswer *
show_front (CsPracticeVisit *visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) products = NULL;
  gint64 next;

  products = cs_practice_shelf_list (visit->shelf, to_number (get_query (visit, "before")), PAGE_LENGTH, TRUE, &next, &error);
  if (products == NULL)
    return answer_error (error);

  return answer_page (200, cs_practice_page_front (json_node_get_array (products),
                                                   cs_practice_shelf_count_live (visit->shelf), next));
}

static CsPracticeAnswer *
show_product (CsPracticeVisit *visit,
              const char      *id)
{
  g_autoptr (JsonNode) node = cs_practice_shelf_get (visit->shelf, to_number (id), NULL);
  JsonObject *product = cs_json_node_object (node);

  /* Drafts and what was withdrawn are not for customers */
  if (g_str_equal (cs_json_string (product, "state", ""), "live"))
    return answer_page (200, cs_practice_page_product (product));

  return answer_page (404, cs_practice_page_missing ());
}

static CsPracticeAnswer *
show_picture (CsPracticeVisit *visit,
              const char      *id)
{
  const char *mime = NULL;
  g_autoptr (GBytes) bytes = cs_practice_shelf_get_picture (visit->shelf, id, &mime);
  CsPracticeAnswer *answer;

  if (bytes == NULL)
    return answer_page (404, cs_practice_page_missing ());

  answer = answer_bytes (200, mime, bytes);
  answer->never_changes = TRUE;

  return answer;
}

static CsPracticeAnswer *
show_style (void)
{
  static gsize once;
  g_autoptr (GBytes) style = NULL;

  if (g_once_init_enter (&once))
    {
      cs_practice_register_resource ();
      g_once_init_leave (&once, 1);
    }

  style = g_resources_lookup_data (CS_RESOURCE_PATH "/practice-shop/style.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return answer_bytes (200, "text/css; charset=utf-8", style);
}

static CsPracticeAnswer *
answer_customer (CsPracticeVisit *visit)
{
  if (g_str_equal (visit->path, "/"))
    return show_front (visit);

  if (g_str_equal (visit->path, "/style.css"))
    return show_style ();

  if (g_str_has_prefix (visit->path, "/p/"))
    return show_product (visit, visit->path + strlen ("/p/"));

  if (g_str_has_prefix (visit->path, "/picture/"))
    return show_picture (visit, visit->path + strlen ("/picture/"));

  return answer_page (404, cs_practice_page_missing ());
}

/* What the adapter is told */

static CsPracticeAnswer *
add_picture (CsPracticeVisit *visit)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = cs_practice_shelf_add_picture (visit->shelf, visit->body, &error);
  g_autoptr (JsonNode) node = NULL;

  if (id == NULL)
    return answer_error (error);

  node = json_node_init_object (json_node_alloc (), json_object_new ());
  json_object_unref (json_node_get_object (node));
  json_object_set_string_member (json_node_get_object (node), "id", id);

  return answer_json (201, node);
}

static CsPracticeAnswer *
list_products (CsPracticeVisit *visit)
{
  const char *key = get_query (visit, "key");
  const char *sku = get_query (visit, "sku");
  gint64      limit = to_number (get_query (visit, "limit"));
  gint64      next = 0;
  JsonNode   *products;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GError) error = NULL;

  if (key != NULL || sku != NULL)
    products = cs_practice_shelf_find (visit->shelf, key, sku, &error);
  else
    products = cs_practice_shelf_list (visit->shelf, to_number (get_query (visit, "cursor")),
                                       limit > 0 ? MIN (limit, MOST_LISTED) : MOST_LISTED, FALSE, &next, &error);
  if (products == NULL)
    return answer_error (error);

  json_node_take_object (node, json_object_new ());
  json_object_set_member (json_node_get_object (node), "products", products);
  if (next > 0)
    {
      g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, next);

      json_object_set_string_member (json_node_get_object (node), "next", cursor);
    }

  return answer_json (200, node);
}

static JsonNode *
parse_body (CsPracticeVisit *visit,
            GError         **error)
{
  gsize       length = 0;
  const char *text = visit->body != NULL ? g_bytes_get_data (visit->body, &length) : NULL;
  JsonNode   *node = text != NULL && g_utf8_validate_len (text, length, NULL) ? cs_json_parse (text, length, NULL) : NULL;

  if (cs_json_node_object (node) != NULL)
    return node;

  g_clear_pointer (&node, json_node_unref);
  g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, "The body is not a JSON object");

  return NULL;
}

static CsPracticeAnswer *
answer_one (CsPracticeVisit *visit,
            gint64           id,
            const char      *verb)
{
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (JsonNode) product = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_post = g_str_equal (visit->method, "POST");

  if (is_get (visit) && verb == NULL)
    product = cs_practice_shelf_get (visit->shelf, id, &error);
  else if (is_post && g_strcmp0 (verb, "publish") == 0)
    product = cs_practice_shelf_set_state (visit->shelf, id, "live", &error);
  else if (is_post && g_strcmp0 (verb, "withdraw") == 0)
    product = cs_practice_shelf_set_state (visit->shelf, id, "withdrawn", &error);
  else if (is_post && g_strcmp0 (verb, "offer") == 0)
    {
      if ((body = parse_body (visit, &error)))
        product = cs_practice_shelf_change (visit->shelf, id, cs_json_node_object (body), &error);
    }
  else if (g_str_equal (visit->method, "PUT") && verb == NULL)
    {
      if ((body = parse_body (visit, &error)))
        product = cs_practice_shelf_replace (visit->shelf, id, cs_json_node_object (body), &error);
    }
  else
    g_set_error_literal (&error, CS_ERROR, CS_ERROR_NOT_FOUND, "There is no such address");

  return answer_product (200, product, error);
}

static CsPracticeAnswer *
answer_adapter (CsPracticeVisit *visit)
{
  g_auto (GStrv) parts = g_strsplit (visit->path + strlen ("/api/"), "/", -1);
  guint n_parts = g_strv_length (parts);
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (JsonNode) product = NULL;
  g_autoptr (GError) error = NULL;

  if (n_parts == 1 && g_str_equal (parts[0], "pictures") && g_str_equal (visit->method, "POST"))
    return add_picture (visit);

  if (n_parts == 1 && g_str_equal (parts[0], "products") && is_get (visit))
    return list_products (visit);

  if (n_parts == 1 && g_str_equal (parts[0], "products") && g_str_equal (visit->method, "POST"))
    {
      if ((body = parse_body (visit, &error)))
        product = cs_practice_shelf_add (visit->shelf, cs_json_node_object (body), &error);
      return answer_product (201, product, error);
    }

  if ((n_parts == 2 || n_parts == 3) && g_str_equal (parts[0], "products"))
    return answer_one (visit, to_number (parts[1]), parts[2]);

  g_set_error_literal (&error, CS_ERROR, CS_ERROR_NOT_FOUND, "There is no such address");

  return answer_error (error);
}

CsPracticeAnswer *
cs_practice_answer (CsPracticeVisit *visit)
{
  return g_str_has_prefix (visit->path, "/api/") ? answer_adapter (visit) : answer_customer (visit);
}
