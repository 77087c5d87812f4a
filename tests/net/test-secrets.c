/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cs-error.h"
#include "cs-locked-keyring.h"
#include "cs-secrets.h"
#include "cs-test.h"

static void
assert_found (CsSecrets  *secrets,
              const char *name,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *found = dex_await_string (cs_secrets_find (secrets, name), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
  cs_secret_free (found);
}

static void
keep (CsSecrets  *secrets,
      const char *name,
      const char *secret)
{
  g_autoptr (GError) error = NULL;

  dex_await (cs_secrets_keep (secrets, name, "Countersign: a model's key", secret), &error);
  g_assert_no_error (error);
}

static void
forget (CsSecrets  *secrets,
        const char *name)
{
  g_autoptr (GError) error = NULL;

  dex_await (cs_secrets_forget (secrets, name), &error);
  g_assert_no_error (error);
}

static void
test_keyring (void)
{
  g_autoptr (CsSecrets) secrets = cs_secrets_new ();
  g_autoptr (CsSecrets) later = cs_secrets_new ();

  assert_found (secrets, "engine/a", NULL);
  keep (secrets, "engine/a", "sk-one");
  keep (secrets, "engine/b", "sk-二");
  assert_found (later, "engine/a", "sk-one");
  assert_found (later, "engine/b", "sk-二");
  assert_found (later, "engine", NULL);

  keep (secrets, "engine/a", "sk-other");
  assert_found (later, "engine/a", "sk-other");

  forget (secrets, "engine/a");
  assert_found (later, "engine/a", NULL);
  assert_found (later, "engine/b", "sk-二");
  forget (secrets, "engine/a");
  forget (secrets, "engine/b");
}

/* The keyring's file must not have it in plain */
static void
test_not_plain (void)
{
  g_autoptr (CsSecrets) secrets = cs_secrets_new ();
  g_autofree char *content = NULL;
  gsize length;

  keep (secrets, "engine/c", "sk-quite-plain");
  g_assert_true (g_file_get_contents (g_getenv ("SECRET_FILE_TEST_PATH"), &content, &length, NULL));
  g_assert_null (memmem (content, length, "sk-quite-plain", strlen ("sk-quite-plain")));
  forget (secrets, "engine/c");
}

static void
test_session (void)
{
  g_autoptr (CsSecrets) secrets = cs_secrets_new ();
  g_autoptr (CsSecrets) other = cs_secrets_new ();

  keep (secrets, "engine/d", "sk-kept");
  cs_secrets_keep_for_session (secrets, "engine/d", "sk-now");
  assert_found (secrets, "engine/d", "sk-now");
  assert_found (other, "engine/d", "sk-kept");

  /* What is kept later stands, not what was for this session */
  keep (secrets, "engine/d", "sk-new");
  assert_found (secrets, "engine/d", "sk-new");

  cs_secrets_keep_for_session (secrets, "engine/d", "sk-now");
  forget (secrets, "engine/d");
  assert_found (secrets, "engine/d", NULL);
  assert_found (other, "engine/d", NULL);
}

/* How often something stands in all that this process may write to. The mark is
 * looked for scrambled, so that the search does not find itself; and nothing is
 * allocated, which could take the very memory that is looked at.
 */
static guint
count_in_memory (const guint8 *scrambled,
                 gsize         length)
{
  static char   maps[512 * 1024];
  static guint8 page[65536 + 64];
  int    fd = open ("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  gssize got;
  gsize  size = 0;
  guint  n = 0;

  while ((got = read (fd, maps + size, sizeof (maps) - 1 - size)) > 0)
    size += got;
  maps[size] = '\0';
  close (fd);
  fd = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  for (char *line = maps; line != NULL && *line != '\0'; line = strchr (line, '\n') != NULL ? strchr (line, '\n') + 1 : NULL)
    {
      char   *after = NULL;
      guint64 start = g_ascii_strtoull (line, &after, 16);
      guint64 end = *after == '-' ? g_ascii_strtoull (after + 1, &after, 16) : start;

      if (strncmp (after, " rw", 3) != 0)
        continue;
      for (guint64 at = start; at < end; at += 65536)
        {
          got = pread (fd, page, MIN (end - at, 65536 + length - 1), at);

          /* What was read is another copy: it is scrambled before the next look */
          for (gssize i = 0; i < got; i++)
            page[i] ^= 0x5a;
          for (gssize i = 0; i + (gssize) length <= got && i < 65536; i++)
            if (page[i] == scrambled[0] && memcmp (page + i, scrambled, length) == 0)
              n++;
        }
    }
  close (fd);

  return n;
}

static void
unscramble (char         *text,
            const guint8 *scrambled,
            gsize         length)
{
  for (gsize i = 0; i < length; i++)
    text[i] = scrambled[i] ^ 0x5a;
  text[length] = '\0';
}

/* After use nothing of ours holds it any more */
static void
test_wiped (void)
{
  g_autoptr (CsSecrets) secrets = cs_secrets_new ();
  guint8 scrambled[96];
  const guint8 *mark = scrambled + 40; /* whoever frees memory writes into its beginning */
  char *secret = g_malloc (sizeof (scrambled) + 1);
  char *found;

#ifdef __SANITIZE_ADDRESS__
  g_free (secret);
  g_test_skip ("A checker of memory has copies of its own");
  return;
#endif

  for (guint i = 0; i < sizeof (scrambled); i++)
    scrambled[i] = g_random_int_range ('a', 'z') ^ 0x5a;
  unscramble (secret, scrambled, sizeof (scrambled));
  cs_secrets_keep_for_session (secrets, "engine/e", secret);
  cs_secret_free (secret);
  found = dex_await_string (cs_secrets_find (secrets, "engine/e"), NULL);
  /* The test can see it while it is there */
  g_assert_cmpuint (count_in_memory (mark, 40), >=, 2);
  cs_secret_free (found);
  g_assert_cmpuint (count_in_memory (mark, 40), ==, 1);
  g_clear_object (&secrets);
  g_assert_cmpuint (count_in_memory (mark, 40), ==, 0);
}

static void
assert_no_keyring (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (future, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NO_KEYRING);
  g_assert_nonnull (strstr (error->message, "until the program ends"));
}

/* No bus, no keyring: said so, and the session still does */
static void
test_none (void)
{
  g_autoptr (CsSecrets) secrets = cs_secrets_new ();

  assert_no_keyring (cs_secrets_keep (secrets, "engine/a", "Countersign", "sk-one"));
  assert_no_keyring (cs_secrets_find (secrets, "engine/a"));
  cs_secrets_keep_for_session (secrets, "engine/a", "sk-one");
  assert_no_keyring (cs_secrets_keep (secrets, "engine/a", "Countersign", "sk-two"));
  assert_found (secrets, "engine/a", "sk-one");
  forget (secrets, "engine/a");
  assert_no_keyring (cs_secrets_find (secrets, "engine/a"));
}

static CsLockedKeyring keyring;

static void
assert_locked (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  guint before = keyring.n_prompts;

  g_assert_false (dex_await (future, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NO_KEYRING);
  g_assert_nonnull (strstr (error->message, "locked"));
  g_assert_cmpuint (keyring.n_prompts, ==, before + 1);
}

/* The person is asked once each time, and closes the question */
static void
test_locked (void)
{
  g_autoptr (CsSecrets) secrets = cs_secrets_new ();

  assert_locked (cs_secrets_keep (secrets, "engine/a", "Countersign", "sk-one"));
  assert_locked (cs_secrets_find (secrets, "engine/a"));
  cs_secrets_keep_for_session (secrets, "engine/a", "sk-one");
  assert_found (secrets, "engine/a", "sk-one");
  assert_locked (cs_secrets_forget (secrets, "engine/a"));
}

static int
run_locked (void)
{
  int status;

  g_unsetenv ("SECRET_BACKEND");
  if (!cs_locked_keyring_start (&keyring))
    {
      g_print ("1..0 # SKIP dbus-daemon is not installed\n");
      return 0;
    }
  cs_test_add_fiber ("/net/secrets/locked", test_locked);
  status = g_test_run ();
  cs_locked_keyring_stop (&keyring);

  return status;
}

static int
run_with_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cs-secrets-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "a test's", TRUE);
  cs_test_add_fiber ("/net/secrets/keyring", test_keyring);
  cs_test_add_fiber ("/net/secrets/not-plain", test_not_plain);
  cs_test_add_fiber ("/net/secrets/session", test_session);
  cs_test_add_fiber ("/net/secrets/wiped", test_wiped);
  status = g_test_run ();
  g_unlink (path);
  g_rmdir (folder);

  return status;
}

int
main (int   argc,
      char *argv[])
{
  const char *which = argc > 1 ? argv[1] : "file";
  gboolean none = g_str_equal (which, "none");
  gboolean locked = g_str_equal (which, "locked");

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  if (locked)
    return run_locked ();
  if (!none)
    return run_with_file ();

  g_unsetenv ("SECRET_BACKEND");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  cs_test_add_fiber ("/net/secrets/none", test_none);

  return g_test_run ();
}
