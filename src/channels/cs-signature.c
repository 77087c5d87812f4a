/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-signature.h"

typedef struct
{
  GChecksumType checksum;
  gboolean      keyed;  /* HMAC with the secret */
  gboolean      around; /* the secret stands before and behind as well */
  gboolean      upper;
  const char   *left_out[3];
} Recipe;

static const Recipe recipes[] = {
  [CS_SIGNATURE_TAOBAO] = { G_CHECKSUM_MD5, FALSE, TRUE, TRUE, { "sign" } },
  [CS_SIGNATURE_JD] = { G_CHECKSUM_MD5, FALSE, TRUE, TRUE, { "sign", "format", "sign_method" } },
  [CS_SIGNATURE_1688] = { G_CHECKSUM_SHA1, TRUE, FALSE, TRUE, { "_aop_signature" } },
  [CS_SIGNATURE_LAZADA] = { G_CHECKSUM_SHA256, TRUE, FALSE, TRUE, { "sign" } },
  [CS_SIGNATURE_TIKTOK_SHOP] = { G_CHECKSUM_SHA256, TRUE, TRUE, FALSE, { "sign", "access_token" } },
  [CS_SIGNATURE_DOUYIN] = { G_CHECKSUM_SHA256, TRUE, TRUE, FALSE, { "sign", "sign_method", "access_token" } },
};

static gboolean
is_left_out (const Recipe *recipe,
             const char   *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (recipe->left_out); i++)
    {
      if (g_strcmp0 (recipe->left_out[i], name) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
append_parameters (GString      *text,
                   const Recipe *recipe,
                   GHashTable   *parameters)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (parameters), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *value = g_hash_table_lookup (parameters, l->data);

      if (value != NULL && !is_left_out (recipe, l->data))
        g_string_append_printf (text, "%s%s", (char *) l->data, value);
    }
}

char *
cs_signature_make (CsSignatureKind kind,
                   const char     *secret,
                   const char     *path,
                   GHashTable     *parameters,
                   GBytes         *body)
{
  const Recipe *recipe;
  g_autoptr (GString) text = g_string_new (NULL);
  char *digest;

  g_return_val_if_fail (kind < G_N_ELEMENTS (recipes), NULL);
  g_return_val_if_fail (secret != NULL && parameters != NULL, NULL);

  recipe = &recipes[kind];
  if (recipe->around)
    g_string_append (text, secret);
  if (path != NULL)
    g_string_append (text, path);
  append_parameters (text, recipe, parameters);
  if (body != NULL)
    g_string_append_len (text, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (recipe->around)
    g_string_append (text, secret);

  digest = recipe->keyed
             ? g_compute_hmac_for_data (recipe->checksum, (const guchar *) secret, strlen (secret),
                                        (const guchar *) text->str, text->len)
             : g_compute_checksum_for_data (recipe->checksum, (const guchar *) text->str, text->len);
  memset (text->str, 0, text->len);

  if (recipe->upper)
    {
      for (char *c = digest; *c != '\0'; c++)
        *c = g_ascii_toupper (*c);
    }

  return digest;
}
