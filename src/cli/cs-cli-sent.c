/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

#define AT_ONCE 500

/* What one engine came to, in one money */
typedef struct
{
  char    *title;
  char     currency[4];
  guint    n;
  guint    n_suggestions;
  guint    n_accepted;
  gint64   cost;
  gboolean estimated;
  gboolean unknown;
} Total;

static void
total_free (gpointer data)
{
  Total *total = data;

  g_free (total->title);
  g_free (total);
}

static char *
format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

static void
print_json (CsSent *sent)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", sent->id);
  json_object_set_string_member (object, "engine", sent->engine);
  json_object_set_string_member (object, "title", sent->title);
  json_object_set_string_member (object, "address", sent->address);
  json_object_set_string_member (object, "model", sent->model);
  json_object_set_int_member (object, "product", sent->product);
  json_object_set_string_member (object, "state", cs_sent_state_get_name (sent->state));
  json_object_set_int_member (object, "at", sent->made_at);
  json_object_set_int_member (object, "ended_at", sent->ended_at);
  json_object_set_int_member (object, "bytes", sent->bytes);
  json_object_set_int_member (object, "photos", sent->pictures);
  json_object_set_int_member (object, "input", sent->input);
  json_object_set_int_member (object, "output", sent->output);
  json_object_set_boolean_member (object, "estimated", sent->estimated);
  if (sent->cost >= 0)
    json_object_set_int_member (object, "cost_micros", sent->cost);
  else
    json_object_set_null_member (object, "cost_micros");
  json_object_set_string_member (object, "currency", sent->currency);
  json_object_set_int_member (object, "suggestions", sent->n_suggestions);
  json_object_set_int_member (object, "accepted", sent->n_accepted);
  json_object_set_string_member (object, "message", sent->message);
  cs_terminal_print_json (object);
}

static void
print_sent (CsSent *sent)
{
  g_autofree char *time = format_time (sent->made_at);
  g_autofree char *cost = cs_price_to_display (sent->cost, sent->currency);
  g_autofree char *size = g_format_size (sent->bytes);
  g_autofree char *product = g_strdup_printf ("%" G_GINT64_FORMAT, sent->product);

  cs_terminal_print ("%s  ", time);
  cs_terminal_print_styled (CS_STYLE_BOLD, sent->title);
  cs_terminal_print ("  %s\n    ", sent->address);
  if (sent->product != 0)
    cs_terminal_print (_("product %s"), product);
  else
    cs_terminal_print ("%s", _("to try it"));
  cs_terminal_print (" · %s", size);
  if (sent->pictures > 0)
    cs_terminal_print (ngettext (", %u photo", ", %u photos", sent->pictures), sent->pictures);
  cs_terminal_print (" · %s · ", cs_sent_state_get_label (sent->state));
  cs_terminal_print (sent->estimated && sent->cost > 0 ? _("about %s") : "%s", cost);
  cs_terminal_print ("\n");
  if (sent->message != NULL)
    cs_terminal_print_text ("    ", CS_STYLE_DIM, sent->message);
}

static void
add_up (GPtrArray *totals,
        CsSent    *sent)
{
  Total *total = NULL;

  for (guint i = 0; i < totals->len && total == NULL; i++)
    {
      Total *other = totals->pdata[i];

      if (g_strcmp0 (other->title, sent->title) == 0 && g_strcmp0 (other->currency, sent->currency) == 0)
        total = other;
    }

  if (total == NULL)
    {
      total = g_new0 (Total, 1);
      total->title = g_strdup (sent->title);
      g_strlcpy (total->currency, sent->currency, sizeof total->currency);
      g_ptr_array_add (totals, total);
    }

  total->n++;
  total->n_suggestions += sent->n_suggestions;
  total->n_accepted += sent->n_accepted;
  total->cost += MAX (sent->cost, 0);
  total->unknown |= sent->cost < 0;
  total->estimated |= sent->estimated;
}

static void
print_total (Total *total)
{
  g_autofree char *cost = cs_price_to_display (total->cost, total->currency);

  cs_terminal_print_styled (CS_STYLE_BOLD, total->title);
  cs_terminal_print (": ");
  cs_terminal_print (ngettext ("%u request", "%u requests", total->n), total->n);
  cs_terminal_print (" · ");
  cs_terminal_print (total->estimated && total->cost > 0 ? _("about %s") : "%s", cost);
  if (total->unknown)
    cs_terminal_print (" %s", _("and what nobody knows the price of"));
  cs_terminal_print (" · ");
  cs_terminal_print (ngettext ("%u suggestion", "%u suggestions", total->n_suggestions), total->n_suggestions);
  cs_terminal_print (" · ");
  cs_terminal_print (_("%u of them accepted"), total->n_accepted);
  if (total->n_accepted > 0 && !total->unknown)
    {
      gint64 share = total->cost / total->n_accepted + (total->cost % total->n_accepted != 0);
      g_autofree char *each = cs_price_to_display (share, total->currency);

      cs_terminal_print (" · ");
      cs_terminal_print (_("%s for each accepted one"), each);
    }
  cs_terminal_print ("\n");
}

CsCliExit
cs_cli_sent (CsCli *cli)
{
  g_autoptr (GPtrArray) totals = g_ptr_array_new_with_free_func (total_free);
  gint64 before = 0;
  guint  n;

  do
    {
      g_autoptr (GPtrArray) list = NULL;
      g_autoptr (GError) error = NULL;

      if (!(list = dex_await_boxed (cs_engines_list_sent (cs_desk_get_engines (cli->desk), before, AT_ONCE), &error)))
        return cs_cli_fail (error);

      n = list->len;
      for (guint i = 0; i < n; i++)
        {
          CsSent *sent = list->pdata[i];

          before = sent->id;
          add_up (totals, sent);
          if (cli->json)
            print_json (sent);
          else
            print_sent (sent);
        }
    }
  while (n == AT_ONCE && !g_cancellable_is_cancelled (cli->stopped));

  if (!cli->json && totals->len > 0)
    cs_terminal_print ("\n");
  for (guint i = 0; !cli->json && i < totals->len; i++)
    print_total (totals->pdata[i]);

  if (!cli->json && totals->len == 0)
    cs_terminal_print ("%s\n", _("Nothing was ever sent to a model."));

  return CS_CLI_DONE;
}
