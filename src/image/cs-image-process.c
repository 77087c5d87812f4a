/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gstdio.h>

#include "cs-fd.h"
#include "cs-image-process.h"

#define IDLE_SECONDS 30

/* Loading the modules takes a fraction of a second; a machine may be busy */
#define START_SECONDS 30

/* One helper process as the client sees it. GSubprocess collects it when it
 * ends, whenever that is, so that none is left as a zombie.
 */
struct _CsImageProcess
{
  GSubprocess        *subprocess;
  int                 fd;
  guint               watch;
  guint               timer;
  CsImageProcessState state;
  gboolean            late;
  CsWireHello         hello;
  char                key[G_SIZEOF_MEMBER (CsWireRequest, key)];
  CsImageProcessFunc  func;
  gpointer            user_data;
};

static void
process_set_state (CsImageProcess     *self,
                   CsImageProcessState state)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->state = state;

  if (state == CS_IMAGE_PROCESS_GONE)
    {
      g_clear_handle_id (&self->watch, g_source_remove);
      g_clear_fd (&self->fd, NULL);
      g_subprocess_force_exit (self->subprocess);
    }
}

static gboolean
process_on_timer (gpointer user_data)
{
  CsImageProcess *self = user_data;

  self->timer = 0;
  self->late = self->state != CS_IMAGE_PROCESS_IDLE;
  process_set_state (self, CS_IMAGE_PROCESS_GONE);
  self->func (self, NULL, NULL, self->user_data);

  return G_SOURCE_REMOVE;
}

static void
process_turn_idle (CsImageProcess *self)
{
  process_set_state (self, CS_IMAGE_PROCESS_IDLE);
  self->timer = g_timeout_add_seconds (IDLE_SECONDS, process_on_timer, self);
}

/* The helper may have been taken over: sizes are compared with what is really
 * there, and the bytes are copied, so that nothing changes under the reader.
 */
static GBytes *
process_read_payload (int   fd,
                      gsize length)
{
  g_autofree guint8 *data = NULL;
  struct stat        st;

  if (fd < 0 || fstat (fd, &st) < 0 || !S_ISREG (st.st_mode) ||
      st.st_size < 0 || (gsize) st.st_size != length || !(data = g_try_malloc (length)))
    return NULL;

  if (cs_fd_read_at (fd, data, length, 0) != (gssize) length)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static gssize
process_receive (CsImageProcess *self,
                 gpointer        data,
                 gsize           length,
                 int            *fd)
{
  union
  {
    struct cmsghdr header;
    char           space[CMSG_SPACE (sizeof (int))];
  } control = { 0 };
  struct iovec  iov = { data, length };
  struct msghdr message = {
    .msg_iov = &iov,
    .msg_iovlen = 1,
    .msg_control = &control,
    .msg_controllen = sizeof control,
  };
  struct cmsghdr *header;
  gssize          n;

  do
    n = recvmsg (self->fd, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);

  header = n >= 0 ? CMSG_FIRSTHDR (&message) : NULL;
  if (header != NULL && header->cmsg_level == SOL_SOCKET &&
      header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN (sizeof (int)))
    memcpy (fd, CMSG_DATA (header), sizeof (int));

  return n;
}

static void
process_fail (CsImageProcess *self)
{
  process_set_state (self, CS_IMAGE_PROCESS_GONE);
  self->func (self, NULL, NULL, self->user_data);
}

static void
process_on_hello (CsImageProcess *self,
                  gssize          n)
{
  if (n != sizeof self->hello || self->hello.magic != CS_WIRE_MAGIC)
    {
      process_fail (self);
      return;
    }

  self->hello.languages[sizeof self->hello.languages - 1] = '\0';
  process_turn_idle (self);
  self->func (self, NULL, NULL, self->user_data);
}

static void
process_on_answer (CsImageProcess *self,
                   CsWireAnswer   *answer,
                   gssize          n,
                   int             fd)
{
  guint64 length = answer->payload + answer->labels;
  g_autoptr (GBytes) payload = NULL;

  if (n != sizeof *answer || answer->magic != CS_WIRE_MAGIC || length < answer->payload || length > G_MAXINT32)
    {
      process_fail (self);
      return;
    }

  if (length > 0 && !(payload = process_read_payload (fd, length)))
    {
      process_fail (self);
      return;
    }

  answer->hash[sizeof answer->hash - 1] = '\0';
  process_turn_idle (self);
  self->func (self, answer, g_steal_pointer (&payload), self->user_data);
}

static gboolean
process_on_ready (int          fd,
                  GIOCondition condition,
                  gpointer     user_data)
{
  CsImageProcess *self = user_data;
  CsWireAnswer    answer = { 0 };
  g_autofd int    received = -1;
  gssize          n;

  if (self->state == CS_IMAGE_PROCESS_STARTING)
    n = process_receive (self, &self->hello, sizeof self->hello, &received);
  else
    n = process_receive (self, &answer, sizeof answer, &received);

  if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    return G_SOURCE_CONTINUE;

  /* func may free us, and then our watch is gone with us */
  if (self->state == CS_IMAGE_PROCESS_STARTING)
    process_on_hello (self, n);
  else if (self->state == CS_IMAGE_PROCESS_BUSY)
    process_on_answer (self, &answer, n, received);
  else
    process_fail (self);

  return G_SOURCE_CONTINUE;
}

static char *
process_find_helper (const char *name)
{
  const char      *told = g_getenv (g_str_has_prefix (name, "countersign-network") ? "CS_NETWORK_HELPER" : "CS_IMAGE_HELPER");
  const char      *places[] = { ".", "../image", "../src/image", "../../src/image" };
  g_autofree char *executable = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = executable != NULL ? g_path_get_dirname (executable) : NULL;

  if (told != NULL && *told != '\0')
    return g_strdup (told);

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }

  return g_build_filename (CS_LIBEXECDIR, name, NULL);
}

static GSubprocess *
process_spawn (const char *name,
               int         fd,
               GError    **error)
{
  const char      *debug = g_getenv ("CS_DEBUG");
  gboolean         speaks = debug != NULL && strstr (debug, "image") != NULL;
  g_autofree char *path = process_find_helper (name);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (speaks ? G_SUBPROCESS_FLAGS_NONE
                                      : G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  /* Tesseract's threads wait for each other longer than they work */
  g_subprocess_launcher_setenv (launcher, "OMP_THREAD_LIMIT", "1", TRUE);
  g_subprocess_launcher_take_fd (launcher, fd, CS_WIRE_FD);

  return g_subprocess_launcher_spawn (launcher, error, path, NULL);
}

CsImageProcess *
cs_image_process_new (const char        *name,
                      CsImageProcessFunc func,
                      gpointer           user_data,
                      GError           **error)
{
  CsImageProcess *self;
  g_autoptr (GSubprocess) subprocess = NULL;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }

  subprocess = process_spawn (name, fds[1], error);
  if (subprocess == NULL)
    {
      g_close (fds[0], NULL);
      return NULL;
    }

  self = g_new0 (CsImageProcess, 1);
  self->subprocess = g_steal_pointer (&subprocess);
  self->fd = fds[0];
  self->func = func;
  self->user_data = user_data;
  self->watch = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, process_on_ready, self);
  self->timer = g_timeout_add_seconds (START_SECONDS, process_on_timer, self);

  return self;
}

void
cs_image_process_free (CsImageProcess *self)
{
  process_set_state (self, CS_IMAGE_PROCESS_GONE);
  g_clear_object (&self->subprocess);
  g_free (self);
}

CsImageProcessState
cs_image_process_get_state (CsImageProcess *self)
{
  return self->state;
}

/* What the process said of itself; only once it has started */
const CsWireHello *
cs_image_process_get_hello (CsImageProcess *self)
{
  return &self->hello;
}

/* Whether it has gone because it took too long */
gboolean
cs_image_process_is_late (CsImageProcess *self)
{
  return self->late;
}

const char *
cs_image_process_get_key (CsImageProcess *self)
{
  return self->key;
}

void
cs_image_process_set_key (CsImageProcess *self,
                          const char     *key)
{
  g_strlcpy (self->key, key, sizeof self->key);
}

/* Sends an idle process its next request, with those of fds that are not -1.
 * FALSE where it has gone meanwhile.
 */
gboolean
cs_image_process_ask (CsImageProcess *self,
                      gconstpointer   request,
                      gsize           length,
                      const int      *fds,
                      guint           n_fds,
                      guint           timeout_msec)
{
  union
  {
    struct cmsghdr header;
    char           space[CMSG_SPACE (sizeof (int) * CS_WIRE_MAX_FDS)];
  } control = { 0 };
  struct iovec  iov = { (gpointer) request, length };
  struct msghdr message = { .msg_iov = &iov, .msg_iovlen = 1 };
  int           sent[CS_WIRE_MAX_FDS], n_sent = 0;
  gssize        n;

  g_return_val_if_fail (self->state == CS_IMAGE_PROCESS_IDLE, FALSE);
  g_return_val_if_fail (n_fds <= CS_WIRE_MAX_FDS, FALSE);

  for (guint i = 0; i < n_fds; i++)
    if (fds[i] >= 0)
      sent[n_sent++] = fds[i];

  if (n_sent > 0)
    {
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof (int) * n_sent);
      memcpy (CMSG_DATA (&control.header), sent, sizeof (int) * n_sent);
      message.msg_control = &control;
      message.msg_controllen = CMSG_SPACE (sizeof (int) * n_sent);
    }

  do
    n = sendmsg (self->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);

  if (n != (gssize) length)
    {
      process_set_state (self, CS_IMAGE_PROCESS_GONE);
      return FALSE;
    }

  process_set_state (self, CS_IMAGE_PROCESS_BUSY);
  self->timer = g_timeout_add (timeout_msec, process_on_timer, self);

  return TRUE;
}
