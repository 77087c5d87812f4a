/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-desk.h"

/* A summary names this many files that could not be read, and counts the rest */
#define MOST_NAMED 3

static void
cs_import_summary_clear (CsImportSummary *self)
{
  g_clear_pointer (&self->failures, g_ptr_array_unref);
  g_clear_pointer (&self->products, g_array_unref);
}

CS_DEFINE_RECORD (CsImportSummary, cs_import_summary)

static void
append_failures (GString   *text,
                 GPtrArray *failures)
{
  for (guint i = 0; i < MIN (failures->len, MOST_NAMED); i++)
    g_string_append_printf (text, i == 0 ? " %s" : "; %s", (char *) failures->pdata[i]);

  if (failures->len > MOST_NAMED)
    {
      guint more = failures->len - MOST_NAMED;

      g_string_append (text, "; ");
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
    }
}

/**
 * cs_import_summary_to_text:
 *
 * "7 imported, 1 here already, 2 could not be read: scan.jpg: …; x.png: …"
 */
char *
cs_import_summary_to_text (CsImportSummary *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  g_string_append_printf (text, ngettext ("%u imported", "%u imported", self->n_photos), self->n_photos);

  if (self->n_twins > 0)
    {
      g_string_append (text, _(", "));
      g_string_append_printf (text, ngettext ("%u here already", "%u here already", self->n_twins), self->n_twins);
    }

  if (self->n_back > 0)
    {
      g_string_append (text, _(", "));
      g_string_append_printf (text,
                              ngettext ("%u was archived and is back", "%u were archived and are back", self->n_back),
                              self->n_back);
    }

  if (self->n_failed > 0)
    {
      g_string_append (text, _(", "));
      g_string_append_printf (text,
                              ngettext ("%u could not be read:", "%u could not be read:", self->n_failed),
                              self->n_failed);
      append_failures (text, self->failures);
    }

  if (self->stopped)
    {
      g_string_append (text, _(", "));
      g_string_append (text, _("stopped before the end"));
    }

  return g_string_free_and_steal (text);
}
