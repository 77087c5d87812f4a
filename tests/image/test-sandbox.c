/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cs-sandbox.h"

/* Each is tried by a child that has closed itself in as the network helper
 * does, and before that by one that has not: what fails in the second for
 * another reason would prove nothing.
 */

#define MAX_DATA (G_GUINT64_CONSTANT (512) * 1024 * 1024)

static gboolean
try_read (void)
{
  return open ("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static gboolean
try_write (void)
{
  return open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) >= 0;
}

static gboolean
try_list (void)
{
  return open (g_get_home_dir (), O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0;
}

static gboolean
try_socket (void)
{
  return socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0;
}

static gboolean
try_unix_socket (void)
{
  return socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0;
}

static gboolean
try_fork (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    _exit (0);

  return pid > 0;
}

static gboolean
try_execute (void)
{
  execl ("/bin/sh", "sh", "-c", "exit 0", NULL);

  return FALSE;
}

static gboolean
try_signal (void)
{
  return kill (getppid (), 0) == 0;
}

static gboolean
try_code (void)
{
  return mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

#ifndef __SANITIZE_ADDRESS__
static gboolean
try_memory (void)
{
  return mmap (NULL, MAX_DATA + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}
#endif

static const struct
{
  const char *name;
  gboolean (*succeeds) (void);
} attempts[] = {
  { "read", try_read },
  { "write", try_write },
  { "list", try_list },
  { "socket", try_socket },
  { "unix-socket", try_unix_socket },
  { "fork", try_fork },
  { "execute", try_execute },
  { "signal", try_signal },
  { "code", try_code },
#ifndef __SANITIZE_ADDRESS__ /* where there is no limit */
  { "memory", try_memory },
#endif
};

/* 0: it succeeds; 1: it does not; 2: the sandbox itself did not */
static int
attempt (gboolean (*succeeds) (void),
         gboolean closed_in)
{
  int   landlock, status = -1;
  pid_t pid = fork ();

  if (pid == 0)
    {
      if (closed_in && !cs_sandbox_enter (NULL, MAX_DATA, &landlock, NULL))
        _exit (2);
      _exit (succeeds () ? 0 : 1);
    }

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);

  return WIFEXITED (status) ? WEXITSTATUS (status) : 3;
}

static void
test_attempt (gconstpointer data)
{
  gboolean (*succeeds) (void) = attempts[GPOINTER_TO_UINT (data)].succeeds;

  g_assert_cmpint (attempt (succeeds, FALSE), ==, 0);
  g_assert_cmpint (attempt (succeeds, TRUE), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/image/sandbox/%s", attempts[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_attempt);
    }

  return g_test_run ();
}
