/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "cs-accounts.h"
#include "cs-desk-private.h"
#include "cs-json.h"
#include "cs-fd.h"
#include "cs-products.h"

/* What a person looks at when something is wrong: one finding a line */

static void
add_versions (GPtrArray *lines)
{
  g_ptr_array_add (lines, g_strdup_printf ("Countersign %s", CS_VERSION));
  g_ptr_array_add (lines, g_strdup_printf ("GLib %u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version));
  g_ptr_array_add (lines, g_strdup_printf ("libdex %d.%d.%d", DEX_MAJOR_VERSION, DEX_MINOR_VERSION, DEX_MICRO_VERSION));
  g_ptr_array_add (lines, g_strdup_printf ("json-glib %d.%d.%d", JSON_MAJOR_VERSION, JSON_MINOR_VERSION, JSON_MICRO_VERSION));
}

/* Where Tesseract looks for what it reads text with */
static void
add_languages (GPtrArray *lines)
{
  static const char *const folders[] = {
    "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/app/share/tessdata",
  };
  static const char *const languages[] = { "eng", "chi_sim" };
  const char *prefix = g_getenv ("TESSDATA_PREFIX");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = g_strconcat (languages[i], ".traineddata", NULL);
      g_autofree char *own = g_build_filename (prefix != NULL ? prefix : "/nonexistent", name, NULL);
      gboolean         found = g_file_test (own, G_FILE_TEST_EXISTS);

      for (guint j = 0; !found && j < G_N_ELEMENTS (folders); j++)
        {
          g_autofree char *path = g_build_filename (folders[j], name, NULL);

          found = g_file_test (path, G_FILE_TEST_EXISTS);
        }

      g_ptr_array_add (lines, g_strdup_printf (found ? _("Text in photos (%s): can be read")
                                                     : _("Text in photos (%s): cannot be read, its data is not installed"),
                                               languages[i]));
    }
}

/* The helper is asked to look at a picture of one pixel: it works, or says why not */
static void
add_helper (CsDesk    *self,
            GPtrArray *lines)
{
  static const guint8 gif[] = {
    'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff,
    0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b,
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static (gif, sizeof gif);
  g_autoptr (CsPixels) pixels = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;

  if ((fd = cs_fd_from_bytes (bytes, &error)) != -1)
    pixels = dex_await_boxed (cs_image_decode (self->image, fd, 16), &error);

  if (pixels != NULL)
    g_ptr_array_add (lines, g_strdup (_("Picture helper: works")));
  else
    g_ptr_array_add (lines, g_strdup_printf (_("Picture helper: %s"), error->message));
}

static void
add_cutting_out (CsDesk    *self,
                 GPtrArray *lines)
{
  g_autofree char *examined = dex_await_string (cs_image_examine (self->image), NULL);
  g_autoptr (JsonNode) node = examined != NULL ? cs_json_parse (examined, -1, NULL) : NULL;
  const char *version = cs_json_string (cs_json_node_object (node), "network", "");

  if (*version != '\0')
    g_ptr_array_add (lines, g_strdup_printf (_("Cutting out: works, with ONNX Runtime %s"), version));
  else
    g_ptr_array_add (lines, g_strdup (_("Cutting out: its part of the program does not start")));
}

static void
add_network (CsDesk    *self,
             GPtrArray *lines)
{
  g_autoptr (GPtrArray) models = dex_await_boxed (cs_workshop_list_models (self->workshop), NULL);

  for (guint i = 0; models != NULL && i < models->len; i++)
    {
      CsCutoutModel *model = models->pdata[i];
      g_autofree char *size = g_format_size (model->size);

      if (!model->in_use)
        continue;

      g_ptr_array_add (lines, g_strdup_printf (_("Cut-out model: %s, %s, SHA-256 %s"), model->title, size, model->sha256));
      return;
    }

  g_ptr_array_add (lines, g_strdup (_("Cut-out model: none, backgrounds stay as they are")));
}

static void
add_counts (CsDesk    *self,
            GPtrArray *lines)
{
  g_autoptr (GArray) counts = dex_await_boxed (cs_products_count (self->store), NULL);

  for (guint i = 0; counts != NULL && i < counts->len; i++)
    {
      guint n = g_array_index (counts, guint, i);

      if (n > 0)
        g_ptr_array_add (lines, g_strdup_printf ("%s: %u", cs_stage_get_label (i), n));
    }
}

static void
add_accounts (CsDesk    *self,
              GPtrArray *lines)
{
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_accounts_list (self->store), NULL);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      CsAccount *account = accounts->pdata[i];

      g_ptr_array_add (lines, g_strdup_printf (_("Shop “%s” (%s): %s"), account->name, account->channel,
                                               account->message != NULL ? account->message : _("no trouble")));
    }
}

static DexFuture *
cs_desk_examine_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_filename_display_name (cs_store_get_folder (self->store));

  add_versions (lines);
  g_ptr_array_add (lines, g_strdup_printf (_("Library: %s"), folder));
  if (dex_await (cs_store_check (self->store), &error))
    g_ptr_array_add (lines, g_strdup (_("Library: in good health")));
  else
    g_ptr_array_add (lines, g_strdup_printf (_("Library: %s"), error->message));
  add_counts (self, lines);
  add_accounts (self, lines);
  add_helper (self, lines);
  add_cutting_out (self, lines);
  add_network (self, lines);
  add_languages (lines);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&lines));
}

DexFuture *
cs_desk_examine (CsDesk *self)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_fiber_spawn_disowned (cs_desk_examine_fiber, cs_desk_call_new (self), (GDestroyNotify) cs_desk_call_free);
}
