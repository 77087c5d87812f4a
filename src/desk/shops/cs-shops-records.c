/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-shops-private.h"

/* What CsShops hands out */

static void
cs_pull_summary_clear (CsPullSummary *self)
{
  g_clear_pointer (&self->failures, g_ptr_array_unref);
}

CS_DEFINE_RECORD (CsPullSummary, cs_pull_summary)

static void
cs_trial_clear (CsTrial *self)
{
  g_free (self->title);
  g_clear_pointer (&self->differences, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self->obstacle);
}

CS_DEFINE_RECORD (CsTrial, cs_trial)

static void
cs_conflict_clear (CsConflict *self)
{
  g_free (self->title);
  g_free (self->sentence);
  g_clear_pointer (&self->differences, g_ptr_array_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
}

CS_DEFINE_RECORD (CsConflict, cs_conflict)

/* Takes part */
static void
add_part (GString *text,
          guint    n,
          char    *part)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", part);
  g_free (part);
}

/**
 * cs_pull_summary_to_text:
 *
 * Returns: (transfer full): what became of it, in a sentence
 */
char *
cs_pull_summary_to_text (CsPullSummary *self)
{
  g_autoptr (GString) parts = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u listing read", "%u listings read", self->n_listings), self->n_listings);
  add_part (parts, self->n_new, g_strdup_printf (ngettext ("%u new product", "%u new products", self->n_new), self->n_new));
  add_part (parts, self->n_matched, g_strdup_printf (ngettext ("%u matched", "%u matched", self->n_matched), self->n_matched));
  add_part (parts, self->n_moved, g_strdup_printf (ngettext ("%u changed there", "%u changed there", self->n_moved), self->n_moved));
  add_part (parts, self->n_doubtful, g_strdup_printf (ngettext ("%u for you to match", "%u for you to match", self->n_doubtful), self->n_doubtful));
  add_part (parts, self->n_photos, g_strdup_printf (ngettext ("%u photo", "%u photos", self->n_photos), self->n_photos));
  add_part (parts, self->failures->len, g_strdup_printf (ngettext ("%u failed", "%u failed", self->failures->len), self->failures->len));
  if (parts->len > 0)
    g_string_append_printf (text, _(": %s"), parts->str);
  if (self->stopped)
    g_string_append (text, _(". It was stopped; reading it again goes on there"));

  return g_string_free_and_steal (text);
}
