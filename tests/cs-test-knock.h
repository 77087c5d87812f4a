/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <string.h>

#include "cs-fiber.h"

G_BEGIN_DECLS

/* Whoever is on this computer can knock at a port of it */
typedef struct
{
  guint16 port;
  char   *text;
} CsTestKnock;

static inline void
cs_test_knock_free (gpointer data)
{
  CsTestKnock *knock = data;

  g_free (knock->text);
  g_free (knock);
}

/* Blocks, so not where the server runs */
static inline DexFuture *
cs_test_knock_fiber (gpointer data)
{
  CsTestKnock *knock = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char   buffer[4096];
  gssize n;

  g_socket_client_set_timeout (client, 10);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", knock->port, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), knock->text, strlen (knock->text),
                             NULL, NULL, NULL);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (answer, buffer, n);

  return dex_future_new_take_string (g_strdup (answer->str));
}

/* A whole request as it goes over the wire; what came back */
static inline char *
cs_test_knock (guint16     port,
               const char *text)
{
  CsTestKnock *knock = g_new0 (CsTestKnock, 1);
  g_autoptr (GError) error = NULL;
  char *answer;

  knock->port = port;
  knock->text = g_strdup (text);
  answer = dex_await_string (cs_fiber_compute (cs_test_knock_fiber, knock, cs_test_knock_free), &error);
  g_assert_no_error (error);

  return answer;
}

G_END_DECLS
