/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"
#include "cs-listing-words.h"

/* A person reads exactly what will be sent, and signs it with a typed word.
 * There is no option that types it.
 */

static void
print_field (const char *label,
             const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;

  cs_terminal_print_styled (CS_STYLE_DIM, label);
  cs_terminal_print ("\n");
  cs_terminal_print_text ("    ", CS_STYLE_PLAIN, text);
}

static void
print_list (const char *label,
            char      **list)
{
  g_autofree char *text = g_strjoinv ("\n", list);

  print_field (label, text);
}

static void
print_pictures (CsCli     *cli,
                CsListing *listing)
{
  for (guint i = 0; listing->pictures != NULL && i < listing->pictures->len; i++)
    {
      CsListingPicture *picture = listing->pictures->pdata[i];
      g_autofree char  *path = cs_desk_dup_picture_path (cli->desk, picture->hash);

      cs_terminal_print_styled (CS_STYLE_DIM, cs_field_get_label (CS_FIELD_PICTURE));
      cs_terminal_print (" %u\n    %s\n    %s\n", i + 1, path, picture->name);
      cs_terminal_print_text ("    ", CS_STYLE_PLAIN, picture->alt_text);
    }
}

static const char *
describe_operation (CsListing *listing)
{
  switch (listing->operation)
    {
    case CS_OPERATION_CREATE:
      return listing->live ? _("A new listing, for customers to see") : _("A new listing, as a draft");

    case CS_OPERATION_UPDATE:
      return _("Changes the listing that is there");

    case CS_OPERATION_WITHDRAW:
      return _("Takes the listing off the shop");

    case CS_OPERATION_OFFER:
      return _("Changes price and stock alone");

    default:
      return "";
    }
}

static void
print_draft (CsCli     *cli,
             CsDraft   *draft,
             CsAccount *account)
{
  CsListing       *listing = draft->listing;
  g_autofree char *price = listing->price.currency[0] != '\0' || listing->price.minor != 0
                             ? cs_money_to_display (&listing->price)
                             : NULL;
  g_autofree char *stock = listing->stock >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, listing->stock) : NULL;
  g_autofree char *attributes = cs_listing_words_members (listing->attributes);
  g_autofree char *variants = cs_listing_words_variants (listing->variants, listing->price.currency);
  g_autofree char *terms = cs_listing_words_members (listing->terms);
  g_autofree char *labels = cs_listing_words_members (listing->labels);

  cs_terminal_print ("\n");
  cs_terminal_print_styled (CS_STYLE_BOLD, listing->title != NULL ? listing->title : "");
  cs_terminal_print ("\n%s · %s%s%s\n", describe_operation (listing), account != NULL ? account->name : "",
                     listing->address != NULL && listing->address[0] != '\0' ? " · " : "",
                     listing->address != NULL ? listing->address : "");
  print_field (cs_field_get_label (CS_FIELD_DESCRIPTION), listing->description);
  print_list (cs_field_get_label (CS_FIELD_BULLETS), listing->bullets);
  print_list (cs_field_get_label (CS_FIELD_KEYWORDS), listing->keywords);
  print_field (cs_field_get_label (CS_FIELD_PRICE), price);
  print_field (cs_field_get_label (CS_FIELD_STOCK), stock);
  print_field (cs_field_get_label (CS_FIELD_SKU), listing->sku);
  print_field (cs_field_get_label (CS_FIELD_BRAND), listing->brand);
  print_field (cs_field_get_label (CS_FIELD_MATERIAL), listing->material);
  print_field (cs_field_get_label (CS_FIELD_SIZE), listing->size);
  print_field (cs_field_get_label (CS_FIELD_CATEGORY), listing->category);
  print_field (_("Attributes"), attributes);
  print_field (_("Variants"), variants != NULL ? variants : listing->variants);
  print_field (_("Terms of the shop"), terms);
  print_field (_("Labels for pictures and texts made by AI"), labels);
  print_pictures (cli, listing);
  print_field (_("Your signature covers"), listing->hash);
}

static CsAccount *
find_account (GPtrArray *accounts,
              gint64     id)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      CsAccount *account = accounts->pdata[i];

      if (account->id == id)
        return account;
    }

  return NULL;
}

/* Those that can be signed, shown; why the others cannot is said */
static GPtrArray *
show_drafts (CsCli     *cli,
             GPtrArray *drafts,
             GPtrArray *accounts)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_draft_unref);

  for (guint i = 0; i < drafts->len; i++)
    {
      CsDraft *draft = drafts->pdata[i];

      if (draft->findings->len == 0)
        {
          print_draft (cli, draft, find_account (accounts, draft->account));
          g_ptr_array_add (shown, cs_draft_ref (draft));
          continue;
        }

      cs_terminal_print ("\n");
      cs_terminal_print_styled (CS_STYLE_BOLD, draft->title != NULL ? draft->title : "");
      cs_terminal_print ("  %" G_GINT64_FORMAT "\n", draft->product);
      for (guint j = 0; j < draft->findings->len; j++)
        cs_terminal_print_text ("    ", CS_STYLE_WARNING, draft->findings->pdata[j]);
    }

  return shown;
}

static CsCliExit
sign (CsCli     *cli,
      GPtrArray *shown)
{
  const char      *word = C_("typed to sign", "approve");
  g_autofree char *prompt = NULL;
  g_autofree char *typed = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  cs_terminal_end_watch ();
  prompt = g_strdup_printf (ngettext ("\nThis is exactly what will be sent. To sign %u listing type “%s”: ",
                                      "\nThis is exactly what will be sent. To sign %u listings type “%s”: ",
                                      shown->len),
                            shown->len, word);
  typed = dex_await_string (cs_terminal_read_line (prompt, cli->stopped), &error);
  if (error != NULL)
    return cs_cli_fail (error);

  if (typed != NULL)
    g_strstrip (typed);

  if (g_strcmp0 (typed, word) != 0)
    {
      cs_terminal_print ("%s\n", _("Nothing was approved."));
      return CS_CLI_FAILED;
    }

  n = dex_await_uint (cs_desk_approve (cli->desk, shown, "terminal"), &error);
  if (error != NULL)
    return cs_cli_fail (error);

  cs_terminal_print (ngettext ("%u approved. “countersign-cli sync” sends it.\n",
                               "%u approved. “countersign-cli sync” sends them.\n", n),
                     n);

  return CS_CLI_DONE;
}

CsCliExit
cs_cli_show_and_sign (CsCli     *cli,
                      GPtrArray *drafts)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code;

  if (!(accounts = dex_await_boxed (cs_desk_list_accounts (cli->desk), &error)))
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  shown = show_drafts (cli, drafts, accounts);
  if (shown->len == 0)
    {
      cs_terminal_print ("%s\n", _("Nothing here can be approved yet."));
      return CS_CLI_FAILED;
    }

  code = sign (cli, shown);

  return code == CS_CLI_DONE && shown->len < drafts->len ? CS_CLI_FAILED : code;
}

CsCliExit
cs_cli_approve (CsCli *cli)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;
  gint64    account;

  if (!(ids = cs_cli_find_products (cli, &code)) ||
      !(account = cs_cli_find_account (cli, &code)))
    return code;

  if (!(drafts = dex_await_boxed (cs_desk_prepare (cli->desk, account, (gint64 *) (gpointer) ids->data, ids->len), &error)))
    return cs_cli_fail (error);

  return cs_cli_show_and_sign (cli, drafts);
}
