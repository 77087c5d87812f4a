/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-desk-private.h"
#include "cs-json.h"
#include "cs-products.h"

/* The sample products that come with the program: folders of photos, and one
 * file that says what their seller told of them.
 */

#define MOST_BYTES (1024 * 1024)

static char *
dup_samples_folder (void)
{
  const char *data = g_getenv ("CS_PKGDATADIR");

  return g_build_filename (data != NULL ? data : CS_PKGDATADIR, "samples", NULL);
}

static JsonNode *
load_samples (const char *folder,
              GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "samples.json", NULL);
  g_autofree char *text = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &text, &length, NULL) || length > MOST_BYTES)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_NOT_FOUND,
                           _("The sample products are not installed."));
      return NULL;
    }

  return cs_json_parse (text, length, error);
}

static JsonObject *
find_sample (JsonNode   *samples,
             const char *folder)
{
  JsonArray  *products = cs_json_array (cs_json_node_object (samples), "products");
  JsonObject *product;

  for (guint i = 0; (product = cs_json_array_object (products, i)) != NULL; i++)
    {
      if (g_strcmp0 (cs_json_string (product, "folder", NULL), folder) == 0)
        return product;
    }

  return NULL;
}

/* Whatever its photos look like, a sample's folder is one product */
gboolean
cs_desk_is_sample (const char *folder)
{
  g_autofree char *samples_folder = dup_samples_folder ();
  g_autofree char *parent = g_path_get_dirname (folder);

  return g_strcmp0 (parent, samples_folder) == 0;
}

/* Where path is a sample's, gives the new product the sample's values: in the
 * course of the import, so that one that was killed gives them when it goes on.
 */
gboolean
cs_desk_give_sample_values (CsDesk     *self,
                            gint64      product,
                            const char *path,
                            GError    **error)
{
  g_autofree char *samples_folder = dup_samples_folder ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (folder);
  g_autoptr (JsonNode) samples = NULL;
  JsonObject *values;

  if (!cs_desk_is_sample (folder))
    return TRUE;

  if (!(samples = load_samples (samples_folder, error)))
    return FALSE;

  values = cs_json_object (find_sample (samples, name), "values");
  for (CsField field = 0; field < CS_N_FIELDS; field++)
    {
      const char *value = cs_json_string (values, cs_field_get_name (field), NULL);

      if (value != NULL && !cs_field_is_of_photo (field) &&
          !dex_await (cs_products_set (self->store, product, field, value), error))
        return FALSE;
    }

  return TRUE;
}

DexFuture *
cs_desk_import_samples (CsDesk *self)
{
  g_autofree char *folder = dup_samples_folder ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) samples = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray  *products;
  JsonObject *product;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if (!(samples = load_samples (folder, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  products = cs_json_array (cs_json_node_object (samples), "products");
  for (guint i = 0; (product = cs_json_array_object (products, i)) != NULL; i++)
    g_ptr_array_add (files, g_file_new_build_filename (folder, cs_json_string (product, "folder", ""), NULL));

  return cs_desk_import (self, files);
}
