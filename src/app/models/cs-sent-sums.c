/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-fiber.h"
#include "cs-sent-sums.h"

/* Rows read at a time, so that a list of years does not lie in memory at once */
#define PAGE 400

static void
cs_sent_sums_clear (CsSentSums *self)
{
  g_clear_pointer (&self->months, g_array_unref);
  g_clear_pointer (&self->spent, g_hash_table_unref);
  g_clear_pointer (&self->unpriced, g_hash_table_unref);
}

CS_DEFINE_RECORD (CsSentSums, cs_sent_sums)

static CsSentSums *
create (void)
{
  CsSentSums *self = cs_sent_sums_new ();

  self->months = g_array_new (FALSE, TRUE, sizeof (CsSentMonth));
  self->spent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->unpriced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

static CsSentMonth *
get_month (CsSentSums *self,
           CsSent     *sent)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (sent->made_at);
  CsSentMonth month = {
    .year = time != NULL ? g_date_time_get_year (time) : 1970,
    .month = time != NULL ? g_date_time_get_month (time) : 1,
  };

  g_strlcpy (month.currency, sent->currency, sizeof month.currency);
  for (guint i = 0; i < self->months->len; i++)
    {
      CsSentMonth *known = &g_array_index (self->months, CsSentMonth, i);

      if (known->year == month.year && known->month == month.month && g_str_equal (known->currency, month.currency))
        return known;
    }
  g_array_append_val (self->months, month);

  return &g_array_index (self->months, CsSentMonth, self->months->len - 1);
}

static void
add_spent (CsSentSums *self,
           CsSent     *sent)
{
  gint64 *spent;

  if (sent->engine == NULL)
    return;
  if (sent->cost < 0)
    {
      g_hash_table_add (self->unpriced, g_strdup (sent->engine));
      return;
    }

  if ((spent = g_hash_table_lookup (self->spent, sent->engine)) == NULL)
    {
      spent = g_new0 (gint64, 1);
      g_hash_table_insert (self->spent, g_strdup (sent->engine), spent);
    }
  *spent += sent->cost;
}

/* What was refused never left and costs nothing: it is in the list, not in the sums */
void
cs_sent_sums_add (CsSentSums *self,
                  GPtrArray  *of,
                  gint64      month_start)
{
  for (guint i = 0; i < of->len; i++)
    {
      CsSent      *sent = g_ptr_array_index (of, i);
      CsSentMonth *month;

      if (sent->state == CS_SENT_REFUSED)
        continue;

      month = get_month (self, sent);
      month->n_sent++;
      month->n_suggestions += sent->n_suggestions;
      month->n_accepted += sent->n_accepted;
      month->estimated |= sent->estimated;
      if (sent->cost >= 0)
        month->cost += sent->cost;
      else
        month->unpriced = TRUE;
      if (sent->made_at >= month_start)
        add_spent (self, sent);
    }
}

static gint64
get_month_start (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) start = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);

  return start != NULL ? g_date_time_to_unix (start) : 0;
}

typedef struct
{
  CsEngines *engines;
  gboolean   this_month;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_object_unref (read->engines);
  g_free (read);
}

static DexFuture *
read_fiber (gpointer data)
{
  Read  *read = data;
  gint64 month_start = get_month_start ();
  gint64 before = 0;
  g_autoptr (CsSentSums) sums = create ();

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = dex_await_boxed (cs_engines_list_sent (read->engines, before, PAGE), &error);
      CsSent *last;

      if (page == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      cs_sent_sums_add (sums, page, month_start);
      if (page->len < PAGE)
        break;

      last = g_ptr_array_index (page, page->len - 1);
      if (last->id == before || (read->this_month && last->made_at < month_start))
        break;
      before = last->id;
    }

  return dex_future_new_take_boxed (CS_TYPE_SENT_SUMS, g_steal_pointer (&sums));
}

DexFuture *
cs_sent_sums_read (CsEngines *engines,
                   gboolean   this_month)
{
  Read *read;

  dex_return_error_if_fail (CS_IS_ENGINES (engines));

  read = g_new0 (Read, 1);
  *read = (Read) { g_object_ref (engines), this_month };

  return cs_fiber_spawn (read_fiber, read, read_free);
}

char *
cs_sent_month_to_text (const CsSentMonth *self)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (self->year, self->month, 1, 0, 0, 0);
  /* Translators: a month and its year, as strftime() writes them: "November 2026" */
  g_autofree char *name = g_date_time_format (time, _("%B %Y"));
  g_autofree char *cost = self->cost > 0 ? cs_price_to_display (self->cost, self->currency) : g_strdup (_("no cost"));
  g_autofree char *requests = g_strdup_printf (ngettext ("%u request", "%u requests", self->n_sent), self->n_sent);
  g_autofree char *each = NULL;
  g_autoptr (GString) text = g_string_new (name);

  g_string_append_printf (text, " · %s · %s", requests, cost);
  if (self->estimated && self->cost > 0)
    g_string_append_printf (text, " (%s)", _("partly estimated"));
  if (self->unpriced)
    g_string_append_printf (text, " · %s", _("some of it has no price"));
  if (self->n_accepted > 0 && self->cost > 0)
    {
      each = cs_price_to_display ((self->cost + self->n_accepted - 1) / self->n_accepted, self->currency);
      g_string_append_printf (text, " · ");
      /* Translators: how many suggestions were accepted, and what each of them cost */
      g_string_append_printf (text, ngettext ("%u suggestion accepted, %s for it", "%u suggestions accepted, %s for each", self->n_accepted),
                              self->n_accepted, each);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
