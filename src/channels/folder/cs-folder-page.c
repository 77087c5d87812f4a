/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-folder-store.h"

/* The page of a package: what to do with it, and all that is in it. A person
 * opens it from the folder, so it needs nothing beside itself.
 */

#define STYLE                                                                                    \
  "body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;"       \
  "color:#222;background:#fff}article{display:flex;gap:1em;border-top:1px solid #ccc;padding:1em 0}" \
  "article div{flex:1;min-width:0}img{width:9em;height:9em;object-fit:contain;background:#f4f4f4}"   \
  "h2{font-size:1.1em;margin:0}p{margin:.3em 0;white-space:pre-wrap;overflow-wrap:anywhere}"          \
  ".small{color:#666;font-size:.9em}@media(prefers-color-scheme:dark){body{color:#eee;background:#222}" \
  "img{background:#333}.small{color:#aaa}article{border-color:#555}}@media(max-width:30em){article{display:block}}"

static void
append (GString    *page,
        const char *format,
        ...) G_GNUC_PRINTF (2, 3);

/* Every text of a listing is escaped on its way in */
static void
append (GString    *page,
        const char *format,
        ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (page, text);
}

static void
append_text (GString    *page,
             const char *label,
             const char *text)
{
  if (text != NULL && text[0] != '\0')
    append (page, "<p><b>%s</b> %s</p>", label, text);
}

static void
append_list (GString    *page,
             const char *label,
             char      **list,
             const char *join)
{
  g_autofree char *text = list != NULL ? g_strjoinv (join, list) : NULL;

  append_text (page, label, text);
}

static void
append_listing (GString   *page,
                CsListing *listing)
{
  CsListingPicture *first = listing->pictures->len > 0 ? listing->pictures->pdata[0] : NULL;
  g_autofree char  *price = listing->price.currency[0] != '\0' ? cs_money_to_display (&listing->price) : NULL;
  g_autofree char  *stock = listing->stock >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, listing->stock) : NULL;

  g_string_append (page, "<article>");
  if (first != NULL && first->name != NULL)
    append (page, "<img loading=\"lazy\" src=\"pictures/%s\" alt=\"%s\">", first->name,
            first->alt_text != NULL ? first->alt_text : "");
  append (page, "<div><h2>%s</h2><p class=\"small\">%s%s</p>", listing->title != NULL ? listing->title : "",
          listing->sku != NULL ? listing->sku : "", listing->live ? "" : _(" · draft"));
  append_text (page, _("Price"), price);
  append_text (page, _("Stock"), stock);
  append_text (page, _("Category"), listing->category);
  append_text (page, _("Description"), listing->description);
  append_list (page, _("Bullet points"), listing->bullets, "\n");
  append_list (page, _("Keywords"), listing->keywords, ", ");
  g_string_append (page, "<p class=\"small\">");
  for (guint i = 0; i < listing->pictures->len; i++)
    {
      CsListingPicture *picture = listing->pictures->pdata[i];

      append (page, "<a href=\"pictures/%s\">%s</a> ", picture->name != NULL ? picture->name : "",
              picture->name != NULL ? picture->name : "");
    }
  g_string_append (page, "</p></div></article>\n");
}

gboolean
cs_folder_write_page (const char    *path,
                      const CsSheet *sheet,
                      const char    *shop,
                      GPtrArray     *listings,
                      GError       **error)
{
  g_autoptr (GString) page = g_string_new ("<!doctype html>\n<html><head><meta charset=\"utf-8\">");
  g_auto (GStrv) steps = cs_sheet_dup_steps (sheet);
  g_autofree char *count = g_strdup_printf (ngettext ("%u product", "%u products", listings->len), listings->len);
  g_autoptr (GError) reason = NULL;

  append (page, "<meta name=\"viewport\" content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" "
                "content=\"default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'\"><title>%s</title><style>%s</style></head><body>\n",
          shop, STYLE);
  append (page, "<h1>%s</h1><p>%s · %s · %s.xlsx · %s.%s</p>\n<ol>", shop, cs_sheet_get_title (sheet), count,
          cs_sheet_get_file (sheet), cs_sheet_get_file (sheet), cs_sheet_get_extension (sheet));
  for (guint i = 0; steps[i] != NULL; i++)
    append (page, "<li>%s</li>", steps[i]);
  g_string_append (page, "</ol>\n");

  for (guint i = 0; i < listings->len; i++)
    append_listing (page, listings->pdata[i]);
  g_string_append (page, "</body></html>\n");

  if (g_file_set_contents (path, page->str, page->len, &reason))
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("The package's page cannot be written: %s"), reason->message);

  return FALSE;
}
