/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cs-onnx-test.h"

/* Messages of onnx.proto3: a member is its number and kind, then its value */

enum
{
  FLOAT = 1,
  INT64 = 7,
  BOOL = 9,
  HALF = 10,
};

static void
add_number (GByteArray *out,
            guint64     value)
{
  do
    {
      guint8 byte = (value & 0x7f) | (value > 0x7f ? 0x80 : 0);

      g_byte_array_append (out, &byte, 1);
      value >>= 7;
    }
  while (value > 0);
}

static void
add_int (GByteArray *out,
         guint       member,
         guint64     value)
{
  add_number (out, member << 3);
  add_number (out, value);
}

static void
add_data (GByteArray   *out,
          guint         member,
          gconstpointer data,
          gsize         length)
{
  add_number (out, member << 3 | 2);
  add_number (out, length);
  g_byte_array_append (out, data, length);
}

static void
add_text (GByteArray *out,
          guint       member,
          const char *text)
{
  add_data (out, member, text, strlen (text));
}

/* Takes @message */
static void
add_message (GByteArray *out,
             guint       member,
             GByteArray *message)
{
  add_data (out, member, message->data, message->len);
  g_byte_array_unref (message);
}

/* A side of -1 is any, called by its place */
static GByteArray *
value_info (const char   *name,
            int           type,
            const gint64 *sides,
            guint         n)
{
  GByteArray *shape = g_byte_array_new (), *tensor = g_byte_array_new ();
  GByteArray *kind = g_byte_array_new (), *self = g_byte_array_new ();

  for (guint i = 0; i < n; i++)
    {
      GByteArray *side = g_byte_array_new ();
      char        called[] = { 'd', '0' + i, '\0' };

      if (sides[i] < 0)
        add_text (side, 2, called);
      else
        add_int (side, 1, sides[i]);
      add_message (shape, 1, side);
    }

  add_int (tensor, 1, type);
  add_message (tensor, 2, shape);
  add_message (kind, 1, tensor);
  add_text (self, 1, name);
  add_message (self, 2, kind);

  return self;
}

static GByteArray *
constant (const char   *name,
          int           type,
          gint64        n, /* 0 for a single one */
          gconstpointer data,
          gsize         length)
{
  GByteArray *self = g_byte_array_new ();

  if (n > 0)
    add_int (self, 1, n);
  add_int (self, 2, type);
  add_text (self, 8, name);
  add_data (self, 9, data, length);

  return self;
}

static GByteArray *
constant_float (const char *name,
                float       value)
{
  return constant (name, FLOAT, 0, &value, sizeof value);
}

static GByteArray *
constant_outside (const char *name)
{
  GByteArray *self = g_byte_array_new (), *entry = g_byte_array_new ();

  add_int (self, 1, 16);
  add_int (self, 2, FLOAT);
  add_text (self, 8, name);
  add_text (entry, 1, "location");
  add_text (entry, 2, "../../../../../../../../../../etc/passwd");
  add_message (self, 13, entry);
  add_int (self, 14, 1);

  return self;
}

static GByteArray *
attribute_ints (const char *name,
                gint64      value)
{
  GByteArray *self = g_byte_array_new ();

  add_text (self, 1, name);
  add_int (self, 8, value);
  add_int (self, 20, 7);

  return self;
}

static GByteArray *
attribute_int (const char *name,
               gint64      value)
{
  GByteArray *self = g_byte_array_new ();

  add_text (self, 1, name);
  add_int (self, 3, value);
  add_int (self, 20, 2);

  return self;
}

static GByteArray *
attribute_graph (const char *name,
                 GByteArray *graph)
{
  GByteArray *self = g_byte_array_new ();

  add_text (self, 1, name);
  add_message (self, 6, graph);
  add_int (self, 20, 5);

  return self;
}

/* @names: inputs, an arrow, outputs. Takes @attribute. */
static void
add_node (GByteArray *graph,
          const char *op,
          const char *names,
          GByteArray *attribute)
{
  GByteArray *self = g_byte_array_new ();
  g_auto (GStrv) words = g_strsplit (names, " ", -1);
  guint member = 1;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], "→"))
      member = 2;
    else
      add_text (self, member, g_str_equal (words[i], "-") ? "" : words[i]);
  add_text (self, 4, op);
  if (attribute != NULL)
    add_message (self, 5, attribute);
  add_message (graph, 1, self);
}

/* value → value or value twice, for ever */
static GByteArray *
loop_body (gboolean grows)
{
  GByteArray *self = g_byte_array_new ();

  add_node (self, "Identity", "go_in → go", NULL);
  if (grows)
    add_node (self, "Concat", "value_in value_in → value", attribute_int ("axis", 0));
  else
    add_node (self, "Identity", "value_in → value", NULL);
  add_text (self, 2, "body");
  add_message (self, 11, value_info ("round", INT64, NULL, 0));
  add_message (self, 11, value_info ("go_in", BOOL, NULL, 0));
  add_message (self, 11, value_info ("value_in", FLOAT, (gint64[]){ -1, -1, -1, -1 }, 4));
  add_message (self, 12, value_info ("go", BOOL, NULL, 0));
  add_message (self, 12, value_info ("value", FLOAT, (gint64[]){ -1, -1, -1, -1 }, 4));

  return self;
}

/* The mean of the colours, put through a curve that is 1 at black or at white */
static void
add_finder (GByteArray *graph,
            float       slope,
            gboolean    bends)
{
  add_message (graph, 5, constant_float ("slope", slope));
  add_node (graph, "ReduceMean", "x → mean", attribute_ints ("axes", 1));
  add_node (graph, "Mul", bends ? "mean slope → steep" : "mean slope → y", NULL);
  if (bends)
    add_node (graph, "Sigmoid", "steep → y", NULL);
}

static void
add_bad_nodes (GByteArray *graph,
               CsOnnx      kind)
{
  const gint64 huge[] = { 1, 1, 1 << 20, 1 << 20 };
  const gint64 flat[] = { 1, 1, 8, 8 };

  switch ((int) kind)
    {
    case CS_ONNX_FLAT:
      add_message (graph, 5, constant ("sides", INT64, 4, flat, sizeof flat));
      add_node (graph, "ConstantOfShape", "sides → y", NULL);
      break;

    case CS_ONNX_COLOURS:
      add_node (graph, "Sigmoid", "x → y", NULL);
      break;

    case CS_ONNX_NUMBERS:
      add_node (graph, "GlobalAveragePool", "x → y", NULL);
      break;

    case CS_ONNX_NAN:
      add_message (graph, 5, constant_float ("slope", 0));
      add_node (graph, "ReduceMean", "x → mean", attribute_ints ("axes", 1));
      add_node (graph, "Mul", "mean slope → none", NULL);
      add_node (graph, "Div", "none none → y", NULL);
      break;

    case CS_ONNX_ENDLESS:
    case CS_ONNX_GROWING:
      add_node (graph, "ReduceMean", "x → mean", attribute_ints ("axes", 1));
      add_node (graph, "Loop", "- - mean → y", attribute_graph ("body", loop_body (kind == CS_ONNX_GROWING)));
      break;

    case CS_ONNX_HUGE:
      add_message (graph, 5, constant ("sides", INT64, 4, huge, sizeof huge));
      add_node (graph, "ConstantOfShape", "sides → many", NULL);
      add_node (graph, "ReduceMean", "x → mean", attribute_ints ("axes", 1));
      add_node (graph, "ReduceMax", "many → most", NULL);
      add_node (graph, "Add", "most mean → y", NULL);
      break;

    case CS_ONNX_OUTSIDE:
      add_message (graph, 5, constant_outside ("told"));
      add_node (graph, "ReduceMean", "x → mean", attribute_ints ("axes", 1));
      add_node (graph, "ReduceMean", "told → one", attribute_ints ("axes", 0));
      add_node (graph, "Mul", "mean one → y", NULL);
      break;

    default:
      g_assert_not_reached ();
    }
}

static GByteArray *
graph_new (CsOnnx kind,
           int    side)
{
  GByteArray   *self = g_byte_array_new ();
  gint64        sides[] = { 1, kind == CS_ONNX_GREY ? 1 : 3, side, side };
  int           type = kind == CS_ONNX_DARK_HALF ? HALF : kind == CS_ONNX_INTEGERS ? INT64
                                                                                   : FLOAT;
  const guint16 half = 0xc400; /* -4 */

  if (kind == CS_ONNX_DARK_ANY)
    sides[2] = sides[3] = -1;

  if (kind == CS_ONNX_DARK_HALF)
    {
      add_message (self, 5, constant ("slope", HALF, 0, &half, sizeof half));
      add_node (self, "ReduceMean", "x → mean", attribute_ints ("axes", 1));
      add_node (self, "Mul", "mean slope → steep", NULL);
      add_node (self, "Sigmoid", "steep → y", NULL);
    }
  else if (kind == CS_ONNX_INTEGERS)
    add_node (self, "ReduceMean", "x → y", attribute_ints ("axes", 1));
  else if (kind == CS_ONNX_TWO)
    add_node (self, "Mul", "x z → y", NULL);
  else if (kind <= CS_ONNX_PALE || kind == CS_ONNX_GREY)
    add_finder (self, kind == CS_ONNX_PALE ? 4 : -4, kind != CS_ONNX_DARK_LOGITS);
  else
    add_bad_nodes (self, kind);

  add_text (self, 2, "graph");
  add_message (self, 11, value_info ("x", type, sides, 4));
  if (kind == CS_ONNX_TWO)
    add_message (self, 11, value_info ("z", type, sides, 4));
  add_message (self, 12, value_info ("y", type, (gint64[]){ -1, -1, -1, -1 }, 4));

  return self;
}

GBytes *
cs_onnx_test_new (CsOnnx kind,
                  int    side)
{
  GByteArray *self = g_byte_array_new (), *opset = g_byte_array_new ();

  add_int (self, 1, 8); /* IR version */
  add_message (self, 7, graph_new (kind, side));
  add_text (opset, 1, "");
  add_int (opset, 2, 13);
  add_message (self, 8, opset);

  return g_byte_array_free_to_bytes (self);
}

int
cs_onnx_test_open (CsOnnx kind,
                   int    side)
{
  g_autoptr (GBytes) bytes = cs_onnx_test_new (kind, side);
  gsize         length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  int           fd = memfd_create ("countersign-onnx", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, data, length), ==, length);

  return fd;
}
