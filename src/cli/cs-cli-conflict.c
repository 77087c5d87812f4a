/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

/* What only a person can tell, asked at a terminal */

static void
print_column (const char *label,
              CsStyle     style,
              const char *text)
{
  cs_terminal_print ("    %s\n", label);
  cs_terminal_print_text ("        ", style, text != NULL ? text : _("nothing"));
}

static void
print_conflict (CsConflict *conflict)
{
  cs_terminal_print_styled (CS_STYLE_BOLD, conflict->title != NULL ? conflict->title : "");
  cs_terminal_print ("\n");
  if (conflict->sentence != NULL)
    cs_terminal_print_text ("", CS_STYLE_WARNING, conflict->sentence);

  for (guint i = 0; i < conflict->differences->len; i++)
    {
      CsDifference *difference = conflict->differences->pdata[i];

      cs_terminal_print ("\n");
      cs_terminal_print_styled (CS_STYLE_BOLD, difference->label);
      cs_terminal_print ("\n");
      print_column (_("as it was"), CS_STYLE_DIM, difference->before);
      print_column (_("as it is in the shop now"), CS_STYLE_REMOVED, difference->theirs);
      print_column (_("as you approved it"), CS_STYLE_ADDED, difference->ours);
    }

  for (guint i = 0; i < conflict->candidates->len; i++)
    {
      CsRemoteListing *remote = conflict->candidates->pdata[i];

      cs_terminal_print ("\n");
      cs_terminal_print_styled (CS_STYLE_BOLD, remote->remote_id);
      cs_terminal_print ("  %s%s%s\n", remote->title != NULL ? remote->title : "",
                         remote->url != NULL ? " · " : "", remote->url != NULL ? remote->url : "");
      if (remote->sku != NULL)
        cs_terminal_print ("    %s %s\n", cs_field_get_label (CS_FIELD_SKU), remote->sku);
    }
}

/* What can be typed, and what it means */
static const struct
{
  CsAnswer    answer;
  const char *word; /* translatable, with its context */
  const char *meaning;
} answers[] = {
  { CS_ANSWER_OURS, NC_ ("typed answer", "mine"), N_("Send what you approved over what is there now; you sign it first.") },
  { CS_ANSWER_THEIRS, NC_ ("typed answer", "theirs"), N_("Keep what is in the shop: it becomes the product's original, and nothing is sent.") },
  { CS_ANSWER_IS_IT, NC_ ("typed answer", "it is"), N_("This listing is the product. Behind it comes its number: “it is 12”.") },
  { CS_ANSWER_IS_NOT_IT, NC_ ("typed answer", "none"), N_("None of these is the product: it may be sent.") },
};

/* TRUE where it is one of the answers; remote_id: what stands behind it, or NULL */
static gboolean
parse_answer (CsConflict *conflict,
              const char *typed,
              CsAnswer   *answer,
              char      **remote_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const char *word = g_dpgettext2 (NULL, "typed answer", answers[i].word);
      const char *rest = g_str_has_prefix (typed, word) ? typed + strlen (word) : NULL;

      if (!(conflict->answers & (1u << answers[i].answer)) || rest == NULL ||
          (rest[0] != '\0' && (answers[i].answer != CS_ANSWER_IS_IT || rest[0] != ' ')))
        continue;

      *answer = answers[i].answer;
      *remote_id = rest[0] != '\0' ? g_strstrip (g_strdup (rest)) : NULL;
      if (*answer == CS_ANSWER_IS_IT && *remote_id == NULL && conflict->candidates->len == 1)
        *remote_id = g_strdup (((CsRemoteListing *) conflict->candidates->pdata[0])->remote_id);
      return TRUE;
    }

  return FALSE;
}

static void
print_answers (CsConflict *conflict)
{
  cs_terminal_print ("\n");
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      if (!(conflict->answers & (1u << answers[i].answer)))
        continue;

      cs_terminal_print_styled (CS_STYLE_BOLD, g_dpgettext2 (NULL, "typed answer", answers[i].word));
      cs_terminal_print ("\n    %s\n", _(answers[i].meaning));
    }
}

static CsCliExit
resolve (CsCli      *cli,
         CsConflict *conflict,
         CsAnswer    answer,
         const char *remote_id)
{
  CsShops *shops = cs_desk_get_shops (cli->desk);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_draft_unref);
  g_autoptr (GError) error = NULL;
  CsDraft *draft;

  if (answer != CS_ANSWER_OURS)
    {
      if (!dex_await (cs_shops_resolve (shops, conflict, answer, remote_id), &error))
        return cs_cli_fail (error);

      cs_terminal_print ("%s\n", answer == CS_ANSWER_THEIRS ? _("What is in the shop stays.") : _("Noted."));
      return CS_CLI_DONE;
    }

  if (!(draft = dex_await_boxed (cs_shops_resolve (shops, conflict, answer, NULL), &error)))
    return cs_cli_fail (error);

  g_ptr_array_add (drafts, draft);

  return cs_cli_show_and_sign (cli, drafts);
}

CsCliExit
cs_cli_conflict (CsCli *cli)
{
  CsCliExit code = CS_CLI_DONE;
  g_autoptr (CsOutboxEntry) entry = cs_cli_find_entry (cli, cli->arguments[0], &code);
  g_autoptr (CsConflict) conflict = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *remote_id = NULL;
  g_autoptr (GError) error = NULL;
  CsAnswer answer;

  if (entry == NULL)
    return code;

  cs_engines_set_face (cs_desk_get_engines (cli->desk), "terminal");
  if (!cs_cli_lend_secrets (cli, entry->account, &error) ||
      !(conflict = dex_await_boxed (cs_shops_get_conflict (cs_desk_get_shops (cli->desk), entry->id), &error)))
    return cs_cli_fail_about (cli->arguments[0], error);

  cs_terminal_end_watch ();
  print_conflict (conflict);
  print_answers (conflict);
  typed = dex_await_string (cs_terminal_read_line (_("\nYour answer: "), cli->stopped), &error);
  if (error != NULL)
    return cs_cli_fail (error);

  if (typed == NULL || !parse_answer (conflict, g_strstrip (typed), &answer, &remote_id))
    {
      cs_terminal_print ("%s\n", _("Nothing was changed."));
      return CS_CLI_FAILED;
    }

  return resolve (cli, conflict, answer, remote_id);
}
