/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "cs-metadata.h"
#include "cs-raster.h"
#include "cs-reading.h"
#include "cs-sandbox.h"
#include "cs-work.h"

/* The picture helper: loads what it needs, closes itself in, and then answers
 * one request after another until the client hangs up. It has no clean-up to
 * do: memory is what it holds, and the kernel takes that.
 */

/* Well past what the client waits; for a client that was killed meanwhile */
#define MAX_SECONDS 120

static gboolean
helper_receive (CsWireRequest *request,
                int           *fds)
{
  union
  {
    struct cmsghdr header;
    char           space[CMSG_SPACE (sizeof (int) * CS_WIRE_MAX_FDS)];
  } control = { 0 };
  struct iovec  iov = { request, sizeof *request };
  struct msghdr message = {
    .msg_iov = &iov,
    .msg_iovlen = 1,
    .msg_control = &control,
    .msg_controllen = sizeof control,
  };
  struct cmsghdr *header;
  gssize          n;

  for (guint i = 0; i < CS_WIRE_MAX_FDS; i++)
    fds[i] = -1;

  do
    n = recvmsg (CS_WIRE_FD, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);

  header = CMSG_FIRSTHDR (&message);
  if (header != NULL && header->cmsg_type == SCM_RIGHTS)
    for (guint which = 0, i = 0; which < CS_WIRE_MAX_FDS; which++)
      if ((request->fds & (1u << which)) && header->cmsg_len >= CMSG_LEN (sizeof (int) * (i + 1)))
        memcpy (&fds[which], CMSG_DATA (header) + sizeof (int) * i++, sizeof (int));

  return n == sizeof *request && request->magic == CS_WIRE_MAGIC;
}

static gboolean
helper_write (int     fd,
              GBytes *bytes)
{
  gsize         length = 0, done = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  while (done < length)
    {
      gssize n = write (fd, data + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += n;
    }

  return TRUE;
}

/* The payload, then the labels, in one file in memory */
static int
helper_pack (CsWork *work)
{
  g_autofd int fd = -1;

  work->answer.payload = work->payload != NULL ? g_bytes_get_size (work->payload) : 0;
  work->answer.labels = work->labels != NULL ? g_bytes_get_size (work->labels) : 0;
  if (work->answer.payload + work->answer.labels == 0)
    return -1;

  fd = memfd_create ("countersign-picture", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0 || !helper_write (fd, work->payload) || !helper_write (fd, work->labels) ||
      fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) < 0)
    {
      work->answer.payload = work->answer.labels = 0;
      work->answer.problem = CS_PROBLEM_MEMORY;
      return -1;
    }

  return g_steal_fd (&fd);
}

static gboolean
helper_send (gconstpointer data,
             gsize         length,
             int           fd)
{
  union
  {
    struct cmsghdr header;
    char           space[CMSG_SPACE (sizeof (int))];
  } control = { 0 };
  struct iovec  iov = { (gpointer) data, length };
  struct msghdr message = { .msg_iov = &iov, .msg_iovlen = 1 };
  gssize        n;

  if (fd >= 0)
    {
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof (int));
      memcpy (CMSG_DATA (&control.header), &fd, sizeof (int));
      message.msg_control = &control;
      message.msg_controllen = sizeof control;
    }

  do
    n = sendmsg (CS_WIRE_FD, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);

  return n == (gssize) length;
}

static gboolean
helper_serve_one (void)
{
  CsWireRequest request = { 0 };
  int           fds[CS_WIRE_MAX_FDS];
  g_autofd int  packed = -1;
  g_auto (CsWork) work = { 0 };

  if (!helper_receive (&request, fds))
    return FALSE;

  alarm (MAX_SECONDS);
  cs_work_do (&work, &request, fds);
  packed = helper_pack (&work);
  alarm (0);
  for (guint i = 0; i < CS_WIRE_MAX_FDS; i++)
    g_clear_fd (&fds[i], NULL);

  return helper_send (&work.answer, sizeof work.answer, packed);
}

int
main (int   argc,
      char *argv[])
{
  CsWireHello hello = { .magic = CS_WIRE_MAGIC };
  g_autoptr (GError) error = NULL;

  /* The buffers of one photo are those of the next */
  mallopt (M_MMAP_THRESHOLD, 64 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 64 * 1024 * 1024);

  close_range (CS_WIRE_FD + 1, ~0u, 0);
  hello.kinds = cs_raster_prepare ();
  cs_metadata_prepare ();
  cs_reading_prepare (cs_sandbox_landlock_abi () == 0);
  g_strlcpy (hello.languages, cs_reading_get_languages (), sizeof hello.languages);

  if (!cs_sandbox_enter (cs_reading_get_folder (), &hello.landlock, &error))
    {
      g_printerr ("countersign-image-helper: %s\n", error->message);
      _exit (1);
    }

  hello.seccomp = TRUE;
  if (!helper_send (&hello, sizeof hello, -1))
    _exit (1);

  while (helper_serve_one ())
    ;

  _exit (0);
}
