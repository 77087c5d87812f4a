/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-private.h"
#include "cs-text.h"

#define SHOWN_UNITS 60

/* White space at the ends and how lines are broken is no difference to a person */
static char *
plain (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \t\r\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0')
        continue;
      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, words[i]);
    }

  return g_string_free_and_steal (out);
}

static char *
excerpt (const char *text)
{
  g_autofree char *flat = plain (text);

  return flat[0] == '\0' ? g_strdup (_("nothing")) : cs_text_ellipsize (flat, SHOWN_UNITS);
}

static gboolean
is_same (const char *signed_text,
         const char *there)
{
  g_autofree char *a = plain (signed_text);
  g_autofree char *b = plain (there);

  return g_str_equal (a, b);
}

static void
compare_price (CsListing       *listing,
               CsRemoteListing *remote,
               GPtrArray       *differences)
{
  g_autofree char *shown = NULL;
  CsMoney          there;

  if (listing->price.currency[0] == '\0')
    return;

  if (remote->price != NULL &&
      cs_money_parse (remote->price, listing->price.currency, &there, NULL) &&
      there.minor == listing->price.minor &&
      g_str_equal (there.currency, listing->price.currency))
    return;

  shown = cs_money_to_display (&listing->price);
  g_ptr_array_add (differences,
                   g_strdup_printf (_("You approved the price %s; the shop shows %s."), shown,
                                    remote->price != NULL ? remote->price : _("nothing")));
}

static void
compare_pictures (CsListing       *listing,
                  CsRemoteListing *remote,
                  GPtrArray       *differences)
{
  guint n = remote->pictures != NULL ? g_strv_length (remote->pictures) : 0;

  if (n != listing->pictures->len)
    g_ptr_array_add (differences,
                     g_strdup_printf (_("You approved %u pictures; the shop shows %u."),
                                      listing->pictures->len, n));
}

void
cs_channel_compare_listing (CsListing       *listing,
                            CsRemoteListing *remote,
                            guint            rewrites,
                            GPtrArray       *differences)
{
  g_autofree char *approved_title = excerpt (listing->title);
  g_autofree char *remote_title = excerpt (remote->title);

  if (!(rewrites & (1u << CS_FIELD_TITLE)) && !is_same (listing->title, remote->title))
    g_ptr_array_add (differences,
                     g_strdup_printf (_("You approved the title “%s”; the shop shows “%s”."),
                                      approved_title, remote_title));

  if (!(rewrites & (1u << CS_FIELD_DESCRIPTION)) && !is_same (listing->description, remote->description))
    g_ptr_array_add (differences, g_strdup (_("The description in the shop is not the one that you approved.")));

  if (!(rewrites & (1u << CS_FIELD_SKU)) && listing->sku != NULL && !is_same (listing->sku, remote->sku))
    g_ptr_array_add (differences,
                     g_strdup_printf (_("You approved the SKU %s; the shop shows %s."), listing->sku,
                                      remote->sku != NULL ? remote->sku : _("nothing")));

  if (!(rewrites & (1u << CS_FIELD_PRICE)))
    compare_price (listing, remote, differences);

  if (!(rewrites & (1u << CS_FIELD_PICTURE)))
    compare_pictures (listing, remote, differences);
}
