/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

/* One suggestion at a time, like "git add -p": a letter and Enter. Each
 * decision is on disk before the next suggestion is shown.
 */

typedef enum
{
  ANSWER_NEXT,  /* decided, or passed over: go on */
  ANSWER_AGAIN, /* the product's items have changed: look at them anew */
  ANSWER_SAME,  /* show this one again */
  ANSWER_QUIT,
} Answer;

typedef struct
{
  CsCli     *cli;
  GPtrArray *items;   /* of the product, as shown */
  CsItem    *item;
  guint      variant; /* index */
  guint      position;
  guint      n;
  CsCliExit  code;
} Review;

static CsSuggestion *
get_shown (Review *review)
{
  GPtrArray *suggestions = review->item->suggestions;

  if (suggestions == NULL || suggestions->len == 0)
    return NULL;

  return suggestions->pdata[MIN (review->variant, suggestions->len - 1)];
}

/* Each phrase with what it rests on, in words */
static void
print_evidence (CsSuggestion *suggestion)
{
  CsEvidence *evidence = suggestion->evidence;
  gsize       length = strlen (suggestion->text != NULL ? suggestion->text : "");

  for (guint i = 0; evidence != NULL && evidence->phrases != NULL && i < evidence->phrases->len; i++)
    {
      CsPhrase        *phrase = evidence->phrases->pdata[i];
      gsize            end = MIN (phrase->end, length);
      gsize            start = MIN (phrase->start, end);
      g_autofree char *words = g_strndup (length > 0 ? suggestion->text + start : "", end - start);
      CsFact          *fact = NULL;

      if (phrase->state == CS_PHRASE_GLUE)
        continue;

      if (phrase->facts != NULL && phrase->facts[0] != NULL)
        fact = cs_evidence_find (evidence, phrase->facts[0]);

      g_strdelimit (words, "\n", ' ');
      cs_terminal_print ("    “%s” ", words);
      if (phrase->state == CS_PHRASE_UNSOURCED)
        cs_terminal_print_styled (CS_STYLE_WARNING, _("has no source"));
      else if (phrase->state == CS_PHRASE_CONTRADICTS)
        cs_terminal_print_styled (CS_STYLE_WARNING, _("says something else than you told"));
      else if (fact != NULL)
        cs_terminal_print ("← %s%s%s", cs_fact_kind_get_label (fact->kind),
                           fact->where != NULL ? ": " : "", fact->where != NULL ? fact->where : "");
      cs_terminal_print ("\n");
    }
}

static void
print_picture (Review       *review,
               CsSuggestion *suggestion)
{
  g_autofree char *before = cs_desk_dup_picture_path (review->cli->desk, review->item->original);
  g_autofree char *after = cs_desk_dup_picture_path (review->cli->desk, suggestion->picture);

  cs_terminal_print_text ("  ", CS_STYLE_PLAIN, suggestion->text);
  if (before != NULL)
    cs_terminal_print (_("  before: %s\n"), before);
  if (after != NULL)
    cs_terminal_print (_("  after:  %s\n"), after);
}

static void
print_item (Review *review)
{
  CsItem       *item = review->item;
  CsSuggestion *suggestion = get_shown (review);
  guint         n = item->suggestions != NULL ? item->suggestions->len : 0;

  cs_terminal_print ("\n");
  cs_terminal_print_styled (CS_STYLE_BOLD, cs_field_get_label (item->field));
  cs_terminal_print (_("  (%u of %u)"), review->position, review->n);
  if (n > 1)
    cs_terminal_print (_("  variant %u of %u"), review->variant + 1, n);
  cs_terminal_print ("\n");

  if (suggestion == NULL)
    return;

  if (item->field == CS_FIELD_PICTURE)
    print_picture (review, suggestion);
  else if (suggestion->is_question)
    cs_terminal_print_text ("  ", CS_STYLE_WARNING, suggestion->text);
  else if (item->original != NULL && item->original[0] != '\0')
    cs_terminal_print_diff ("  ", item->original, suggestion->text);
  else
    cs_terminal_print_text ("  ", CS_STYLE_ADDED, suggestion->text);

  print_evidence (suggestion);
  for (guint i = 0; suggestion->remarks != NULL && suggestion->remarks[i] != NULL; i++)
    cs_terminal_print_text ("    ", CS_STYLE_DIM, suggestion->remarks[i]);
}

static void
print_help (void)
{
  cs_terminal_print ("%s\n",
                     _("a    accept the suggestion as it is\n"
                       "e    write it yourself\n"
                       "r    reject it: what was there stays\n"
                       "s    later\n"
                       "1-3  show another variant\n"
                       "A    accept all of this product whose every phrase has a source\n"
                       "u    take back the last decision\n"
                       "q    stop; what is decided is kept"));
}

static char *
ask (Review     *review,
     const char *prompt)
{
  g_autoptr (GError) error = NULL;
  char *line = dex_await_string (cs_terminal_read_line (prompt, review->cli->stopped), &error);

  if (error != NULL)
    review->code = CS_CLI_STOPPED;

  return line;
}

/* The text as typed, or NULL where nothing came of it. What has lines ends with a dot. */
static char *
ask_text (Review *review)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (review->item->field == CS_FIELD_TITLE)
    return ask (review, _("Your text: "));
  if (review->item->field == CS_FIELD_ALT_TEXT)
    return ask (review, _("Your text (Enter alone for none): "));

  cs_terminal_print ("%s\n", _("Your text, ended by a line with a dot:"));
  for (;;)
    {
      g_autofree char *line = ask (review, "> ");

      if (line == NULL)
        return NULL;
      if (g_str_equal (line, "."))
        return g_string_free_and_steal (g_steal_pointer (&text));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
}

/* What is refused is said, and the item shown again; what has moved is looked at anew */
static Answer
complain (Review *review,
          GError *error)
{
  cs_terminal_print_text ("  ", CS_STYLE_WARNING, error->message);
  if (g_error_matches (error, CS_ERROR, CS_ERROR_STALE))
    return ANSWER_AGAIN;
  if (g_error_matches (error, CS_ERROR, CS_ERROR_REFUSED))
    return ANSWER_SAME;

  review->code = CS_CLI_FAILED;

  return ANSWER_QUIT;
}

static Answer
decide (Review    *review,
        CsVerdict  verdict,
        const char *value)
{
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_desk_decide (review->cli->desk, review->item, get_shown (review),
                                  verdict, value, "terminal"),
                  &error))
    return complain (review, error);

  return ANSWER_NEXT;
}

static Answer
edit (Review *review)
{
  g_autofree char *text = ask_text (review);

  if (text == NULL)
    return review->code == CS_CLI_STOPPED ? ANSWER_QUIT : ANSWER_SAME;

  return decide (review, CS_VERDICT_EDIT, text);
}

static Answer
accept_all (Review *review)
{
  g_autoptr (GError) error = NULL;
  guint n = dex_await_uint (cs_desk_accept_grounded (review->cli->desk, review->items, "terminal"), &error);

  if (error != NULL)
    return complain (review, error);

  cs_terminal_print (ngettext ("%u accepted\n", "%u accepted\n", n), n);

  return n > 0 ? ANSWER_AGAIN : ANSWER_SAME;
}

static Answer
undo (Review *review)
{
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GError) error = NULL;

  if (!(undone = dex_await_boxed (cs_desk_undo (review->cli->desk, "terminal"), &error)))
    return complain (review, error);

  cs_terminal_print ("%s\n", undone->len > 0 ? _("Taken back.") : _("There is nothing to take back."));

  return ANSWER_AGAIN;
}

static Answer
answer (Review *review)
{
  g_autofree char *line = ask (review, _("[a]ccept [e]dit [r]eject [s]later [1-3] [A]ll with a source [u]ndo [q]uit [?] "));

  if (line == NULL)
    return ANSWER_QUIT;

  g_strstrip (line);
  if (strlen (line) != 1)
    {
      print_help ();
      return ANSWER_SAME;
    }

  switch (line[0])
    {
    case 'a':
      return decide (review, CS_VERDICT_ACCEPT, NULL);

    case 'e':
      return edit (review);

    case 'r':
      return decide (review, CS_VERDICT_REJECT, NULL);

    case 's':
      return decide (review, CS_VERDICT_LATER, NULL);

    case '1':
    case '2':
    case '3':
      if (review->item->suggestions != NULL && (guint) (line[0] - '1') < review->item->suggestions->len)
        review->variant = line[0] - '1';
      return ANSWER_SAME;

    case 'A':
      return accept_all (review);

    case 'u':
      return undo (review);

    case 'q':
      return ANSWER_QUIT;

    default:
      print_help ();
      return ANSWER_SAME;
    }
}

/* What waits, and what was put off only once nothing else waits */
static GPtrArray *
collect_waiting (GPtrArray *items)
{
  GPtrArray *waiting = g_ptr_array_new ();

  for (CsItemState state = CS_ITEM_PENDING; state <= CS_ITEM_LATER; state++)
    {
      for (guint i = 0; i < items->len; i++)
        {
          if (((CsItem *) items->pdata[i])->state == state)
            g_ptr_array_add (waiting, items->pdata[i]);
        }
    }

  return waiting;
}

static Answer
review_item (Review *review)
{
  Answer result;

  review->variant = 0;
  do
    {
      print_item (review);
      result = answer (review);
    }
  while (result == ANSWER_SAME);

  return result;
}

/* ANSWER_AGAIN: the product's items are to be read anew */
static Answer
review_items (Review *review,
              gint64  id)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GError) error = NULL;
  Answer result = ANSWER_NEXT;

  g_clear_pointer (&review->items, g_ptr_array_unref);
  if (!(rows = dex_await_boxed (cs_desk_get_rows (review->cli->desk, &id, 1), &error)) ||
      !(review->items = dex_await_boxed (cs_desk_get_items (review->cli->desk, id), &error)))
    {
      review->code = cs_cli_fail (error);
      return ANSWER_QUIT;
    }

  waiting = collect_waiting (review->items);
  if (waiting->len > 0 && rows->len > 0)
    {
      cs_terminal_print ("\n");
      cs_terminal_print_styled (CS_STYLE_BOLD, ((CsProductRow *) rows->pdata[0])->title);
      cs_terminal_print ("  %" G_GINT64_FORMAT "\n", id);
    }

  review->n = waiting->len;
  for (guint i = 0; i < waiting->len && result == ANSWER_NEXT; i++)
    {
      review->item = waiting->pdata[i];
      review->position = i + 1;
      result = review_item (review);
    }

  return result;
}

CsCliExit
cs_cli_review (CsCli *cli)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  Review review = { .cli = cli };

  if (cli->arguments[0] != NULL)
    ids = cs_cli_find_products (cli, &review.code);
  else
    ids = dex_await_boxed (cs_desk_list_queue (cli->desk), &error);

  if (ids == NULL)
    return error != NULL ? cs_cli_fail (error) : review.code;

  if (ids->len == 0)
    cs_terminal_print ("%s\n", _("Nothing waits for your decision."));

  for (guint i = 0; i < ids->len; i++)
    {
      Answer result;

      do
        result = review_items (&review, g_array_index (ids, gint64, i));
      while (result == ANSWER_AGAIN);

      if (result == ANSWER_QUIT)
        break;
    }

  g_clear_pointer (&review.items, g_ptr_array_unref);

  return review.code;
}
