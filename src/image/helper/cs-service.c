/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "cs-fd.h"
#include "cs-service.h"

/**
 * cs_service_receive:
 * @fds: (out): CS_WIRE_MAX_FDS of them, in the order in which they came; -1 where none did
 *
 * Waits for the next request. FALSE where the client has hung up, or says
 * something else than a request.
 */
gboolean
cs_service_receive (gpointer request,
                    gsize    length,
                    int     *fds)
{
  union
  {
    struct cmsghdr header;
    char           space[CMSG_SPACE (sizeof (int) * CS_WIRE_MAX_FDS)];
  } control = { 0 };
  struct iovec  iov = { request, length };
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
  if (n > 0 && header != NULL && header->cmsg_type == SCM_RIGHTS)
    memcpy (fds, CMSG_DATA (header), MIN (header->cmsg_len - CMSG_LEN (0), sizeof (int) * CS_WIRE_MAX_FDS));

  return n == (gssize) length;
}

static gboolean
service_write (int     fd,
               GBytes *bytes)
{
  return bytes == NULL || cs_fd_write_all (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The payload, then the labels, in one file in memory; -1 where there is neither */
int
cs_service_pack (CsWireAnswer *answer,
                 GBytes       *payload,
                 GBytes       *labels)
{
  g_autofd int fd = -1;

  answer->payload = payload != NULL ? g_bytes_get_size (payload) : 0;
  answer->labels = labels != NULL ? g_bytes_get_size (labels) : 0;
  if (answer->payload + answer->labels == 0)
    return -1;

  fd = memfd_create ("countersign-picture", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0 || !service_write (fd, payload) || !service_write (fd, labels) ||
      fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) < 0)
    {
      answer->payload = answer->labels = 0;
      answer->problem = CS_PROBLEM_MEMORY;
      return -1;
    }

  return g_steal_fd (&fd);
}

gboolean
cs_service_send (gconstpointer data,
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
