/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-receipt-page.h"

#define STYLE                                                                  \
  "body{font:17px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222;background:#fff}" \
  "img{max-width:100%%;max-height:70vh;border:1px solid #ccc}"                  \
  "h1{font-size:1.5em;margin-bottom:.2em}.sum{font-size:1.2em;margin:.2em 0 1.2em}" \
  "table{border-collapse:collapse;width:100%%;margin:1.2em 0}"                  \
  "td{border-top:1px solid #ddd;padding:.5em .6em;vertical-align:top}td:first-child{width:34%%;color:#555}" \
  "code{font-size:.8em;word-break:break-all}.small{font-size:.85em;color:#555}" \
  "@media(prefers-color-scheme:dark){body{color:#eee;background:#1e1e1e}td{border-color:#444}td:first-child,.small{color:#aaa}img{border-color:#444}}"

static void
add_row (GString    *page,
         const char *name,
         const char *value)
{
  g_autofree char *left = g_markup_escape_text (name, -1);
  g_autofree char *right = g_markup_escape_text (value, -1);

  g_string_append_printf (page, "<tr><td>%s</td><td>%s</td></tr>\n", left, right);
}

static void G_GNUC_PRINTF (3, 4)
add_words (GString    *page,
           const char *name,
           const char *format,
           ...)
{
  g_autofree char *value = NULL;
  va_list args;

  va_start (args, format);
  value = g_strdup_vprintf (format, args);
  va_end (args);
  add_row (page, name, value);
}

static void
add_product (GString   *page,
             CsReceipt *self)
{
  if (self->changed <= 0)
    {
      add_row (page, _("The product"), _("Every pixel is as the camera took it; only its size in the picture is different."));
      return;
    }

  add_words (page, _("The product"), _("%.0f of 100 pixels differ from the photo."), ceil (self->changed * 100));
  add_words (page, _("By how much"), _("ΔE %.1f on average; 99 of 100 pixels by less than %.1f. About 1 is the least that can be seen side by side."),
             self->product.mean, self->product.p99);
  add_words (page, _("Beyond the light"), _("ΔE %.1f on average, and nowhere more than %.1f. Allowed are %.1f and %.1f."),
             self->beyond.mean, self->beyond.worst, self->limit.mean, self->limit.worst);
}

static void
add_light (GString   *page,
           CsReceipt *self)
{
  gboolean is_lit = fabs (self->lift - 1) > 1e-4;
  gboolean is_balanced = FALSE;

  for (int c = 0; c < 3; c++)
    is_balanced |= fabs (self->gains[c] - 1) > 1e-4;

  if (!is_lit && !is_balanced)
    add_row (page, _("Light"), _("As in the photo"));
  if (is_lit)
    add_words (page, _("Light"), _("%.1f stops brighter, all of the picture alike"), self->stops);
  if (is_balanced)
    add_words (page, _("Colour of the light"), _("Red × %.2f, green × %.2f, blue × %.2f, all of the picture alike"),
               self->gains[0], self->gains[1], self->gains[2]);
}

static void
add_geometry (GString   *page,
              CsReceipt *self)
{
  if (fabs (self->turn) < 0.05)
    add_row (page, _("Turned"), _("Not at all"));
  else if (self->turn > 0)
    add_words (page, _("Turned"), _("%.1f° to the right"), self->turn);
  else
    add_words (page, _("Turned"), _("%.1f° to the left"), -self->turn);

  add_words (page, _("Part of the photo"), _("%.0f %% of its width and %.0f %% of its height, with its own proportions"),
             MIN (self->width, 1) * 100, MIN (self->height, 1) * 100);
  add_words (page, _("Size of the picture"), _("%d × %d pixels, of which the product takes %.0f %%"),
             self->out_width, self->out_height, self->share * 100);
}

static void
add_remarks (GString      *page,
             CsSuggestion *suggestion)
{
  if (suggestion->remarks == NULL || suggestion->remarks[0] == NULL)
    return;

  g_string_append (page, "<ul>\n");
  for (guint i = 0; suggestion->remarks[i] != NULL; i++)
    {
      g_autofree char *remark = g_markup_escape_text (suggestion->remarks[i], -1);

      g_string_append_printf (page, "<li>%s</li>\n", remark);
    }
  g_string_append (page, "</ul>\n");
}

static void
add_paragraph (GString    *page,
               const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (page, "<p class=\"small\">%s</p>\n", escaped);
}

/* As HTML says it: "zh-CN" */
static char *
dup_language (void)
{
  char *language = g_strdup (g_str_equal (g_get_language_names ()[0], "C") ? "en" : g_get_language_names ()[0]);

  language[strcspn (language, ".@")] = '\0';

  return g_strdelimit (language, "_", '-');
}

char *
cs_receipt_page_write (CsReceipt    *receipt,
                       CsSuggestion *suggestion,
                       GBytes       *picture,
                       const char   *mime)
{
  g_autofree char *title = g_markup_escape_text (_("What was changed in this picture"), -1);
  g_autofree char *sentence = cs_receipt_to_sentence (receipt);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  g_autofree char *data = g_base64_encode (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
  g_autofree char *language = dup_language ();
  GString         *page = g_string_new ("<!DOCTYPE html>\n<html lang=\"");

  g_string_append_printf (page, "%s\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n", language);
  g_string_append (page, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n");
  g_string_append_printf (page, "<title>%s</title>\n<style>" STYLE "</style>\n<h1>%s</h1>\n<p class=\"sum\">%s</p>\n", title, title, escaped);
  g_string_append_printf (page, "<img alt=\"\" src=\"data:%s;base64,%s\">\n", mime, data);
  add_remarks (page, suggestion);
  g_string_append (page, "<table>\n");
  add_product (page, receipt);
  add_light (page, receipt);
  add_geometry (page, receipt);
  add_words (page, receipt->known ? _("Around the product") : _("Around the photo"),
             _("%.0f of 100 pixels are new or differ from the photo."), ceil (receipt->outside * 100));
  add_words (page, _("Added by saving the file"), _("ΔE %.1f on average, as in any picture that is made small enough to send"),
             receipt->encoding.mean);
  g_string_append (page, "</table>\n");
  if (!receipt->known)
    add_paragraph (page, _("Nothing told the product from what is around it, so all of the photo counts as product."));
  add_paragraph (page, _("Countersign measured this from the finished picture and the photo it was made from, whoever made it. ΔE is how different two colours look, by the standard CIEDE2000. The rim of the product, where it mixes with what is behind it, is left out."));
  g_string_append_printf (page, "<p class=\"small\">SHA-256<br><code>%s</code></p>\n</html>\n", receipt->picture);

  return g_string_free (page, FALSE);
}
