/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

/* Shops. Their keys come from a prompt or a file descriptor, never from the
 * command line: that can be read by every program on the computer.
 */

#define LONGEST_SECRETS (64 * 1024)
#define LONGEST_NAME    24

char *
cs_cli_describe_channel (void)
{
  return g_strdup (_("“channel kinds” says what each kind of shop asks for. What is no secret may be given with --set NAME=VALUE; keys are asked for at the terminal, or read with --secret-fd, a line each: NAME=VALUE. Where the desktop has no keyring, keys are handed over each time: --secret-fd with “sync” and “channel”."));
}

static void
print_account (CsCli     *cli,
               CsAccount *account)
{
  JsonObject *object;

  if (!cli->json)
    {
      cs_terminal_print ("%" G_GINT64_FORMAT "  ", account->id);
      cs_terminal_print_styled (CS_STYLE_BOLD, account->name);
      cs_terminal_print ("  %s · %s%s%s\n", account->channel, account->currency,
                         account->address[0] != '\0' ? " · " : "", account->address);
      if (account->message != NULL)
        cs_terminal_print_text ("    ", CS_STYLE_WARNING, account->message);
      return;
    }

  object = json_object_new ();
  json_object_set_int_member (object, "id", account->id);
  json_object_set_string_member (object, "kind", account->channel);
  json_object_set_string_member (object, "name", account->name);
  json_object_set_string_member (object, "address", account->address);
  json_object_set_string_member (object, "currency", account->currency);
  json_object_set_string_member (object, "profile", account->profile);
  json_object_set_string_member (object, "message", account->message);
  json_object_set_int_member (object, "paused_until", account->paused_until);
  cs_terminal_print_json (object);
}

static CsCliExit
list (CsCli *cli)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  if (!(accounts = dex_await_boxed (cs_desk_list_accounts (cli->desk), &error)))
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  for (guint i = 0; i < accounts->len; i++)
    print_account (cli, accounts->pdata[i]);

  return CS_CLI_DONE;
}

static JsonArray *
write_asks (const CsChannelKind *kind)
{
  JsonArray *asks = json_array_new ();

  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "name", ask->name);
      json_object_set_string_member (member, "label", _(ask->label));
      json_object_set_boolean_member (member, "secret", ask->secret);
      json_object_set_boolean_member (member, "optional", ask->optional || ask->standard != NULL);
      json_array_add_object_element (asks, member);
    }

  return asks;
}

static void
print_kind (CsCli               *cli,
            const CsChannelKind *kind)
{
  JsonObject *object;

  if (cli->json)
    {
      object = json_object_new ();
      json_object_set_string_member (object, "kind", kind->kind);
      json_object_set_string_member (object, "name", _(kind->name));
      json_object_set_string_member (object, "verified", kind->verified != NULL ? _(kind->verified) : NULL);
      json_object_set_array_member (object, "asks", write_asks (kind));
      cs_terminal_print_json (object);
      return;
    }

  cs_terminal_print_styled (CS_STYLE_BOLD, kind->kind);
  cs_terminal_print ("  %s\n", _(kind->name));
  cs_terminal_print_text ("    ", CS_STYLE_PLAIN, _(kind->summary));
  for (guint i = 0; kind->steps != NULL && kind->steps[i] != NULL; i++)
    {
      g_autofree char *step = g_strdup_printf ("%u. %s", i + 1, _(kind->steps[i]));

      cs_terminal_print_text ("    ", CS_STYLE_PLAIN, step);
    }
  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    cs_terminal_print ("    %s%s: %s\n", ask->name, ask->secret ? _(" (secret)") : ask->optional || ask->standard != NULL ? _(" (optional)") : "", _(ask->label));
  if (kind->verified != NULL)
    cs_terminal_print_text ("    ", CS_STYLE_DIM, _(kind->verified));
}

static CsCliExit
list_kinds (CsCli *cli)
{
  g_autoptr (GPtrArray) kinds = cs_shops_list_kinds (cs_desk_get_shops (cli->desk));

  cs_terminal_end_watch ();
  for (guint i = 0; i < kinds->len; i++)
    print_kind (cli, kinds->pdata[i]);

  return CS_CLI_DONE;
}

static gboolean
is_of_account (const CsChannelAsk *ask)
{
  return g_str_equal (ask->name, "address") || g_str_equal (ask->name, "name") || g_str_equal (ask->name, "currency") ||
         g_str_has_prefix (ask->name, "profile.");
}

static const CsChannelAsk *
find_ask (const CsChannelKind *kind,
          const char          *name,
          gsize                length)
{
  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      if (strlen (ask->name) == length && strncmp (ask->name, name, length) == 0)
        return ask;
    }

  return NULL;
}

/* The first key that nothing was said of yet */
static const CsChannelAsk *
find_unsaid (const CsChannelKind *kind,
             JsonObject          *typed)
{
  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      if (!is_of_account (ask) && !json_object_has_member (typed, ask->name))
        return ask;
    }

  return NULL;
}

/* (transfer full): all that the descriptor has, at most so much; to be wiped */
static char *
read_all (int      fd,
          GError **error)
{
  char  *text = g_malloc0 (LONGEST_SECRETS + 1);
  gsize  length = 0;
  gssize n = 1;

  while (length < LONGEST_SECRETS && n > 0)
    {
      n = read (fd, text + length, LONGEST_SECRETS - length);
      if (n < 0 && errno == EINTR)
        n = 1;
      else if (n > 0)
        length += n;
    }

  if (n >= 0 && g_utf8_validate (text, -1, NULL))
    return text;

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("The key cannot be read: %s"), n < 0 ? g_strerror (errno) : _("it is no text"));
  explicit_bzero (text, LONGEST_SECRETS);
  g_free (text);

  return NULL;
}

/* "user, password, key, secret" */
static char *
dup_names (const CsChannelKind *kind)
{
  GString *names = g_string_new (NULL);

  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      if (!is_of_account (ask))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", ask->name);
    }

  return g_string_free_and_steal (names);
}

/* A key may hold "=", too, but then it is no plain word that stands before it */
static gboolean
is_name (const char *line,
         const char *equals)
{
  gsize n = strspn (line, G_CSET_a_2_z G_CSET_A_2_Z "_- \t");

  return line[0] == '{' || (equals != NULL && (gsize) (equals - line) == n && n > 0 && n <= LONGEST_NAME &&
                            equals[1 + strspn (equals + 1, "= \t")] != '\0');
}

static gboolean
read_secret (const CsChannelKind *kind,
             char                *line,
             JsonObject          *typed,
             GError             **error)
{
  const char         *equals = strchr (line, '=');
  g_autofree char    *before = equals != NULL ? g_strndup (line, equals - line) : g_strdup ("");
  g_autofree char    *name = g_ascii_strdown (g_strstrip (before), -1);
  g_autofree char    *names = NULL;
  const CsChannelAsk *ask = equals != NULL ? find_ask (kind, name, strlen (name)) : NULL;

  if (ask != NULL)
    json_object_set_string_member (typed, ask->name, equals + 1 + strspn (equals + 1, " \t"));
  else if (!is_name (line, equals) && (ask = find_unsaid (kind, typed)))
    json_object_set_string_member (typed, ask->name, line);

  if (ask != NULL)
    return TRUE;

  /* What stands there may be a key: it is not repeated */
  names = dup_names (kind);
  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
               _("The keys that were handed over cannot be told apart. Write a line for each, NAME=VALUE, with these names: %s."), names);

  return FALSE;
}

/* A line each: NAME=VALUE, or the values in the order in which they are asked for */
static gboolean
read_secrets (CsCli               *cli,
              const CsChannelKind *kind,
              JsonObject          *typed,
              GError             **error)
{
  char    *text = read_all (cli->secret_fd, error);
  char    *next = text;
  gboolean is_read = text != NULL;

  while (is_read && next != NULL && *next != '\0')
    {
      char *line = next;
      char *end = strpbrk (line, "\r\n");

      next = end != NULL ? end + 1 : NULL;
      if (end != NULL)
        *end = '\0';
      line += strspn (line, " \t");
      is_read = *line == '\0' || read_secret (kind, line, typed, error);
    }

  if (text != NULL)
    explicit_bzero (text, LONGEST_SECRETS);
  g_free (text);

  return is_read;
}

/* What was given with --set, --address, --name and --currency */
static gboolean
read_options (CsCli               *cli,
              const CsChannelKind *kind,
              JsonObject          *typed,
              GError             **error)
{
  if (cli->address != NULL && kind->way == CS_SIGN_IN_FOLDER)
    {
      /* A folder, as it is named from here */
      g_autofree char *folder = g_str_has_prefix (cli->address, "file://") ? g_strdup (cli->address)
                                                                          : g_canonicalize_filename (cli->address, NULL);

      json_object_set_string_member (typed, "address", folder);
    }
  else if (cli->address != NULL)
    json_object_set_string_member (typed, "address", cli->address);
  if (cli->name != NULL)
    json_object_set_string_member (typed, "name", cli->name);
  if (cli->currency != NULL)
    json_object_set_string_member (typed, "currency", cli->currency);

  for (guint i = 0; cli->set != NULL && cli->set[i] != NULL; i++)
    {
      const char         *equals = strchr (cli->set[i], '=');
      const CsChannelAsk *ask = equals != NULL ? find_ask (kind, cli->set[i], equals - cli->set[i]) : NULL;

      if (ask == NULL)
        {
          g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("This kind of shop does not ask for “%.*s”."),
                       (int) (equals != NULL ? equals - cli->set[i] : (gssize) strlen (cli->set[i])), cli->set[i]);
          return FALSE;
        }

      if (ask->secret)
        {
          explicit_bzero (cli->set[i], strlen (cli->set[i]));
          g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                               _("A key is never an argument: every program on this computer could read it. Type it when you are asked, or use --secret-fd."));
          return FALSE;
        }

      json_object_set_string_member (typed, ask->name, equals + 1);
    }

  return TRUE;
}

/* There are several ways to sign in, and another one was taken */
static gboolean
is_spared (const CsChannelKind *kind,
           JsonObject          *typed,
           const CsChannelAsk  *which)
{
  gboolean is_before = FALSE;

  if (!which->optional || is_of_account (which) || (which->with != NULL && json_object_has_member (typed, which->with)))
    return FALSE;

  for (const CsChannelAsk *ask = kind->asks; ask != which; ask++)
    {
      is_before = is_before || g_strcmp0 (ask->name, which->with) == 0;
      if (ask->secret && ask->optional && json_object_has_member (typed, ask->name))
        return TRUE;
    }

  return is_before;
}

/* Asks a person for what is still missing */
static gboolean
ask_person (CsCli               *cli,
            const CsChannelKind *kind,
            gboolean             with_account,
            JsonObject          *typed,
            GError             **error)
{
  for (const CsChannelAsk *ask = kind->asks; ask != NULL && ask->name != NULL; ask++)
    {
      g_autofree char *prompt = NULL;
      g_autoptr (GError) reason = NULL;
      char *line;

      if (json_object_has_member (typed, ask->name) || (!with_account && is_of_account (ask)) ||
          (is_of_account (ask) && (ask->optional || ask->standard != NULL)) || is_spared (kind, typed, ask))
        continue;

      prompt = g_strdup_printf (ask->secret ? _("%s (it is not shown): ") : _("%s: "), _(ask->label));
      line = dex_await_string (ask->secret ? cs_terminal_read_secret (prompt, cli->stopped)
                                           : cs_terminal_read_line (prompt, cli->stopped),
                               &reason);
      if (line != NULL && *g_strstrip (line) != '\0')
        json_object_set_string_member (typed, ask->name, line);
      if (line != NULL)
        explicit_bzero (line, strlen (line));
      g_free (line);
      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }

  return TRUE;
}

/* (transfer full): what goes to CsShops, or NULL */
static JsonObject *
collect (CsCli               *cli,
         const CsChannelKind *kind,
         gboolean             with_account,
         GError             **error)
{
  g_autoptr (JsonObject) typed = json_object_new ();

  cs_terminal_pause_watch ();
  if (!read_options (cli, kind, typed, error) ||
      (cli->secret_fd >= 0 && !read_secrets (cli, kind, typed, error)) ||
      (cli->secret_fd < 0 && cs_terminal_has_person () && !ask_person (cli, kind, with_account, typed, error)))
    return NULL;

  return g_steal_pointer (&typed);
}

/* The browser comes back by itself; where it cannot, its address is pasted.
 * (transfer full): typed with the tokens, or NULL
 */
static JsonObject *
sign_in_with_browser (CsCli               *cli,
                      const CsChannelKind *kind,
                      JsonObject          *typed,
                      GError             **error)
{
  g_autoptr (CsSignIn) sign_in = NULL;
  g_autoptr (DexFuture) wait = NULL;
  g_autoptr (DexFuture) line = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (json_object_has_member (typed, "refresh_token") || json_object_has_member (typed, "access_token"))
    return json_object_ref (typed);

  if (!(sign_in = dex_await_object (cs_shops_begin_sign_in (cs_desk_get_shops (cli->desk), kind->kind, typed), error)))
    return NULL;

  cs_terminal_print (_("Open this address in your browser and allow it there:\n%s\n"), cs_sign_in_get_address (sign_in));
  wait = cs_sign_in_wait (sign_in);
  if (cs_terminal_has_person ())
    {
      line = cs_terminal_read_line (_("If the browser ends at a page that cannot be opened, paste its address here: "), cli->stopped);
      dex_await (dex_future_any (dex_ref (wait), dex_ref (line), NULL), NULL);
      if (dex_future_is_pending (wait))
        {
          g_autofree char *pasted = dex_await_string (dex_ref (line), error);

          if (pasted == NULL || !cs_sign_in_paste (sign_in, g_strstrip (pasted), error))
            return NULL;
        }
    }

  node = dex_await_boxed (dex_ref (wait), error);

  return node != NULL ? json_object_ref (json_node_get_object (node)) : NULL;
}

static void
print_shop (CsCli  *cli,
            CsShop *shop)
{
  cs_terminal_end_watch ();
  if (cli->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", shop->name);
      json_object_set_string_member (object, "currency", shop->currency);
      json_object_set_string_member (object, "page", shop->page);
      json_object_set_string_member (object, "remark", shop->remark);
      cs_terminal_print_json (object);
      return;
    }

  cs_terminal_print_styled (CS_STYLE_BOLD, shop->name != NULL ? shop->name : "");
  cs_terminal_print ("  %s%s%s\n", shop->currency != NULL ? shop->currency : "",
                     shop->page != NULL ? " · " : "", shop->page != NULL ? shop->page : "");
  if (shop->remark != NULL)
    cs_terminal_print_text ("    ", CS_STYLE_WARNING, shop->remark);
}

static CsCliExit
refuse_kind (CsCli      *cli,
             const char *kind)
{
  g_autoptr (GPtrArray) kinds = cs_shops_list_kinds (cs_desk_get_shops (cli->desk));
  g_autoptr (GString) sentence = g_string_new (NULL);

  g_string_append_printf (sentence, _("There is no kind of shop called “%s”. There is:"), kind);
  for (guint i = 0; i < kinds->len; i++)
    g_string_append_printf (sentence, " %s", ((const CsChannelKind *) kinds->pdata[i])->kind);

  return cs_cli_complain (sentence->str);
}

static gboolean
wants_browser (const CsChannelKind *kind)
{
  return kind->way == CS_SIGN_IN_BROWSER;
}

static CsCliExit
say_added (CsCli *cli,
           gint64 id)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  if (!(accounts = dex_await_boxed (cs_desk_list_accounts (cli->desk), &error)))
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  for (guint i = 0; i < accounts->len; i++)
    {
      if (((CsAccount *) accounts->pdata[i])->id == id)
        print_account (cli, accounts->pdata[i]);
    }

  return CS_CLI_DONE;
}

static CsCliExit
say_no_keyring (const GError *error)
{
  g_autofree char *message = cs_terminal_clean (error->message);

  cs_terminal_end_watch ();
  g_printerr ("countersign-cli: %s\n%s\n", message,
              _("The shop is kept without its keys. Hand them over each time: --secret-fd with “sync” and “channel”."));

  return CS_CLI_FAILED;
}

/* Tests, and keeps; where there is no keyring without its keys, and says so */
static CsCliExit
add (CsCli      *cli,
     const char *name)
{
  CsShops             *shops = cs_desk_get_shops (cli->desk);
  const CsChannelKind *kind = cs_shops_find_kind (shops, name);
  g_autoptr (JsonObject) typed = NULL;
  g_autoptr (JsonObject) all = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;
  gint64    id;

  if (kind == NULL)
    return refuse_kind (cli, name);

  if (!(typed = collect (cli, kind, TRUE, &error)) ||
      !(all = wants_browser (kind) ? sign_in_with_browser (cli, kind, typed, &error) : json_object_ref (typed)))
    return cs_cli_fail (error);

  id = dex_await_int64 (cs_shops_add (shops, kind->kind, all, FALSE), &error);
  if (g_error_matches (error, CS_ERROR, CS_ERROR_NO_KEYRING))
    {
      code = say_no_keyring (error);
      g_clear_error (&error);
      id = dex_await_int64 (cs_shops_add (shops, kind->kind, all, TRUE), &error);
    }

  if (error != NULL)
    return cs_cli_fail (error);

  say_added (cli, id);

  return code;
}

/* The account with this number; or NULL having said so */
static CsAccount *
find_account (CsCli      *cli,
              const char *typed,
              CsCliExit  *code)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (!(accounts = dex_await_boxed (cs_desk_list_accounts (cli->desk), &error)))
    {
      *code = cs_cli_fail (error);
      return NULL;
    }

  g_ascii_string_to_signed (typed, 10, 1, G_MAXINT64, &id, NULL);
  for (guint i = 0; i < accounts->len; i++)
    {
      CsAccount *account = accounts->pdata[i];

      if (account->id == id)
        return cs_account_ref (account);
    }

  g_set_error (&error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no shop “%s”. “countersign-cli channel list” lists them."), typed);
  *code = cs_cli_fail (error);

  return NULL;
}

gboolean
cs_cli_lend_secrets (CsCli   *cli,
                     gint64   account,
                     GError **error)
{
  CsShops *shops = cs_desk_get_shops (cli->desk);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, account);
  g_autoptr (JsonObject) typed = json_object_new ();
  g_autoptr (GPtrArray) accounts = NULL;
  const CsChannelKind *kind = NULL;

  if (cli->secret_fd < 0)
    return TRUE;

  if (!(accounts = dex_await_boxed (cs_desk_list_accounts (cli->desk), error)))
    return FALSE;

  for (guint i = 0; i < accounts->len; i++)
    {
      if (((CsAccount *) accounts->pdata[i])->id == account)
        kind = cs_shops_find_kind (shops, ((CsAccount *) accounts->pdata[i])->channel);
    }

  if (kind == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no shop “%s”. “countersign-cli channel list” lists them."), id);
      return FALSE;
    }

  return read_secrets (cli, kind, typed, error) && dex_await (cs_shops_lend (shops, account, typed), error);
}

static CsCliExit
test (CsCli      *cli,
      const char *id)
{
  CsCliExit code = CS_CLI_DONE;
  g_autoptr (CsAccount) account = find_account (cli, id, &code);
  g_autoptr (CsShop) shop = NULL;
  g_autoptr (GError) error = NULL;

  if (account == NULL)
    return code;

  if (!cs_cli_lend_secrets (cli, account->id, &error) ||
      !(shop = dex_await_boxed (cs_shops_check (cs_desk_get_shops (cli->desk), account->id), &error)))
    return cs_cli_fail (error);

  print_shop (cli, shop);

  return CS_CLI_DONE;
}

static CsCliExit
sign_in (CsCli      *cli,
         const char *id)
{
  CsCliExit code = CS_CLI_DONE;
  CsShops  *shops = cs_desk_get_shops (cli->desk);
  g_autoptr (CsAccount) account = find_account (cli, id, &code);
  const CsChannelKind *kind = account != NULL ? cs_shops_find_kind (shops, account->channel) : NULL;
  g_autoptr (JsonObject) typed = NULL;
  g_autoptr (JsonObject) all = NULL;
  g_autoptr (CsShop) shop = NULL;
  g_autoptr (GError) error = NULL;

  if (account == NULL)
    return code;

  if (kind == NULL)
    return cs_cli_complain (_("There is nothing to sign in to there."));

  g_set_str (&cli->address, account->address);
  if (!(typed = collect (cli, kind, FALSE, &error)) ||
      !(all = wants_browser (kind) ? sign_in_with_browser (cli, kind, typed, &error) : json_object_ref (typed)))
    return cs_cli_fail (error);

  shop = dex_await_boxed (cs_shops_sign_in_again (shops, account->id, all, FALSE), &error);
  if (g_error_matches (error, CS_ERROR, CS_ERROR_NO_KEYRING))
    {
      code = say_no_keyring (error);
      g_clear_error (&error);
      shop = dex_await_boxed (cs_shops_sign_in_again (shops, account->id, all, TRUE), &error);
    }

  if (shop == NULL)
    return cs_cli_fail (error);

  print_shop (cli, shop);
  if (!cli->json)
    cs_terminal_print ("%s\n", _("What waited for this goes on. “countersign-cli sync” sends it."));

  return code;
}

static CsCliExit
pull (CsCli      *cli,
      const char *id)
{
  CsCliExit code = CS_CLI_DONE;
  g_autoptr (CsAccount) account = find_account (cli, id, &code);
  g_autoptr (CsPullSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (account == NULL)
    return code;

  if (!cs_cli_lend_secrets (cli, account->id, &error) ||
      !(summary = dex_await_boxed (cs_shops_pull (cs_desk_get_shops (cli->desk), account->id), &error)))
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  if (cli->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "listings", summary->n_listings);
      json_object_set_int_member (object, "new", summary->n_new);
      json_object_set_int_member (object, "matched", summary->n_matched);
      json_object_set_int_member (object, "known", summary->n_known);
      json_object_set_int_member (object, "moved", summary->n_moved);
      json_object_set_int_member (object, "doubtful", summary->n_doubtful);
      json_object_set_int_member (object, "photos", summary->n_photos);
      json_object_set_int_member (object, "failed", summary->failures->len);
      json_object_set_boolean_member (object, "stopped", summary->stopped);
      cs_terminal_print_json (object);
    }
  else
    {
      text = cs_pull_summary_to_text (summary);
      cs_terminal_print ("%s\n", text);
    }

  for (guint i = 0; i < summary->failures->len; i++)
    {
      g_autofree char *line = cs_terminal_clean (summary->failures->pdata[i]);

      g_printerr ("%s\n", line);
    }

  return summary->stopped ? CS_CLI_STOPPED : summary->failures->len > 0 ? CS_CLI_FAILED : CS_CLI_DONE;
}

static CsCliExit
take_off (CsCli      *cli,
          const char *id)
{
  CsCliExit code = CS_CLI_DONE;
  g_autoptr (CsAccount) account = find_account (cli, id, &code);
  g_autoptr (GError) error = NULL;

  if (account == NULL)
    return code;

  if (!dex_await (cs_shops_remove (cs_desk_get_shops (cli->desk), account->id), &error))
    return cs_cli_fail (error);

  return CS_CLI_DONE;
}

CsCliExit
cs_cli_channel (CsCli *cli)
{
  static const struct
  {
    const char *name;
    CsCliExit (*run) (CsCli      *cli,
                      const char *what);
  } actions[] = { { "add", add }, { "test", test }, { "sign-in", sign_in }, { "pull", pull }, { "remove", take_off } };
  guint n = g_strv_length (cli->arguments);

  if (cli->key != NULL)
    {
      explicit_bzero (cli->key, strlen (cli->key));
      return cs_cli_complain (_("A key is never an argument: every program on this computer could read it. Type it when you are asked, or use --secret-fd."));
    }

  if (n == 0 || (n == 1 && g_str_equal (cli->arguments[0], "list")))
    return list (cli);

  if (n == 1 && g_str_equal (cli->arguments[0], "kinds"))
    return list_kinds (cli);

  for (guint i = 0; n == 2 && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (cli->arguments[0], actions[i].name))
      return actions[i].run (cli, cli->arguments[1]);

  return cs_cli_complain (_("After “channel” comes list, kinds, add KIND, test ID, sign-in ID, pull ID or remove ID."));
}
