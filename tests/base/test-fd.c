/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cs-fd.h"

#define LENGTH (300 * 1000)

/* Reads a pipe to its end, slowly, so that what is written goes in pieces */
static gpointer
drain (gpointer data)
{
  int     fd = GPOINTER_TO_INT (data);
  GByteArray *all = g_byte_array_new ();
  guint8  piece[777];
  gssize  n;

  while ((n = read (fd, piece, sizeof (piece))) > 0)
    g_byte_array_append (all, piece, n);

  return all;
}

static guint8 *
make_bytes (void)
{
  guint8 *bytes = g_malloc (LENGTH);

  for (guint i = 0; i < LENGTH; i++)
    bytes[i] = (i * 7919) >> 3;

  return bytes;
}

static void
test_write (void)
{
  g_autofree guint8 *bytes = make_bytes ();
  g_autoptr (GByteArray) all = NULL;
  GThread *thread;
  int fds[2];

  g_assert_no_errno (pipe2 (fds, O_CLOEXEC));
  thread = g_thread_new ("drain", drain, GINT_TO_POINTER (fds[0]));
  g_assert_true (cs_fd_write_all (fds[1], bytes, LENGTH));
  g_assert_true (cs_fd_write_all (fds[1], NULL, 0));
  close (fds[1]);
  all = g_thread_join (thread);
  g_assert_cmpmem (all->data, all->len, bytes, LENGTH);
  close (fds[0]);
}

static void
test_write_fails (void)
{
  g_autofd int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (full, >=, 0);
  g_assert_false (cs_fd_write_all (full, "x", 1));
  g_assert_cmpint (errno, ==, ENOSPC);
  g_assert_false (cs_fd_write_all (-1, "x", 1));
  g_assert_cmpint (errno, ==, EBADF);
}

static void
test_read (void)
{
  g_autofree guint8 *bytes = make_bytes ();
  g_autofree guint8 *back = g_malloc0 (LENGTH + 10);
  g_autoptr (GBytes) all = g_bytes_new (bytes, LENGTH);
  g_autoptr (GError) error = NULL;
  g_autofd int fd = cs_fd_from_bytes (all, &error);

  g_assert_no_error (error);
  g_assert_cmpint (lseek (fd, 5, SEEK_SET), ==, 5);
  g_assert_cmpint (cs_fd_read_at (fd, back, LENGTH, 0), ==, LENGTH);
  g_assert_cmpmem (back, LENGTH, bytes, LENGTH);
  /* Less at the end, nothing behind it, and where it stands is where it stood */
  g_assert_cmpint (cs_fd_read_at (fd, back, LENGTH, 1000), ==, LENGTH - 1000);
  g_assert_cmpmem (back, LENGTH - 1000, bytes + 1000, LENGTH - 1000);
  g_assert_cmpint (cs_fd_read_at (fd, back, 10, LENGTH), ==, 0);
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 5);
  g_assert_cmpint (cs_fd_read_at (-1, back, 10, 0), ==, -1);
  g_assert_cmpint (errno, ==, EBADF);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/fd/write", test_write);
  g_test_add_func ("/base/fd/write-fails", test_write_fails);
  g_test_add_func ("/base/fd/read", test_read);

  return g_test_run ();
}
