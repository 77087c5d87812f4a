/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <malloc.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "cs-fd.h"
#include "cs-network.h"
#include "cs-sandbox.h"
#include "cs-service.h"

/* The network helper: loads ONNX Runtime, closes itself in, and only then takes
 * a model from the client and photos to put through it. A model is a program
 * from anywhere: it may ask for all memory or never end, and costs one photo.
 */

/* Well past what the client waits; for a client that was killed meanwhile */
#define MAX_SECONDS 600

#define LEAST_DATA (G_GUINT64_CONSTANT (1024) * 1024 * 1024)

/* A photo comes at screen size */
#define MOST_SIDE 4096

static guint64
helper_max_data (void)
{
  return MAX ((guint64) sysconf (_SC_PHYS_PAGES) * sysconf (_SC_PAGESIZE) / 2, LEAST_DATA);
}

/* The pixels are copied: the file may shrink under whoever looks at it in place */
static guint8 *
helper_read_pixels (const CsNetRequest *request,
                    int                 fd)
{
  g_autofree guint8 *pixels = NULL;
  gsize              length;
  struct stat        st;

  if (request->width < 1 || request->width > MOST_SIDE || request->height < 1 || request->height > MOST_SIDE)
    return NULL;

  length = (gsize) request->width * request->height * 3;
  if (fd < 0 || fstat (fd, &st) < 0 || !S_ISREG (st.st_mode) || (guint64) st.st_size != length)
    return NULL;

  pixels = g_malloc (length);
  if (cs_fd_read_at (fd, pixels, length, 0) != (gssize) length)
    return NULL;

  return g_steal_pointer (&pixels);
}

static GBytes *
helper_work (CsNetwork         **network,
             const CsNetRequest *request,
             int                 fd,
             CsWireAnswer       *answer,
             GError            **error)
{
  g_autofree guint8 *pixels = NULL;

  if (request->op == CS_NET_OP_LOAD)
    {
      g_clear_pointer (network, cs_network_free);
      *network = cs_network_new (fd, &request->profile, error);

      return NULL;
    }

  if (request->op != CS_NET_OP_RUN || *network == NULL || !(pixels = helper_read_pixels (request, fd)))
    {
      g_set_error_literal (error, CS_PROBLEM_QUARK, CS_PROBLEM_REQUEST, "request");
      return NULL;
    }

  return cs_network_run (*network, pixels, request->width, request->height, &answer->width, &answer->height, error);
}

static gboolean
helper_serve_one (CsNetwork **network)
{
  CsNetRequest request = { 0 };
  CsWireAnswer answer = { .magic = CS_WIRE_MAGIC };
  int          fds[CS_WIRE_MAX_FDS];
  g_autofd int packed = -1;
  g_autoptr (GBytes) mask = NULL;
  g_autoptr (GError) error = NULL;

  if (!cs_service_receive (&request, sizeof request, fds) || request.magic != CS_WIRE_MAGIC)
    return FALSE;

  alarm (MAX_SECONDS);
  mask = helper_work (network, &request, fds[0], &answer, &error);
  if (error != NULL)
    answer.problem = error->code;
  answer.stride = answer.width;
  packed = cs_service_pack (&answer, mask, NULL);
  alarm (0);
  for (guint i = 0; i < CS_WIRE_MAX_FDS; i++)
    g_clear_fd (&fds[i], NULL);

  return cs_service_send (&answer, sizeof answer, packed);
}

int
main (int   argc,
      char *argv[])
{
  CsWireHello hello = { .magic = CS_WIRE_MAGIC };
  CsNetwork  *network = NULL;
  g_autoptr (GError) error = NULL;

  /* Each thread's arena would count against what may be mapped */
  mallopt (M_ARENA_MAX, 2);

  close_range (CS_WIRE_FD + 1, ~0u, 0);
  if (!cs_network_prepare ())
    {
      g_printerr ("countersign-network-helper: ONNX Runtime is too old\n");
      _exit (1);
    }
  g_strlcpy (hello.languages, cs_network_get_version (), sizeof hello.languages);

  if (!cs_sandbox_enter (NULL, helper_max_data (), &hello.landlock, &error))
    {
      g_printerr ("countersign-network-helper: %s\n", error->message);
      _exit (1);
    }

  hello.seccomp = TRUE;
  if (!cs_service_send (&hello, sizeof hello, -1))
    _exit (1);

  while (helper_serve_one (&network))
    ;

  _exit (0);
}
