/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <malloc.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "cs-metadata.h"
#include "cs-raster.h"
#include "cs-reading.h"
#include "cs-sandbox.h"
#include "cs-service.h"
#include "cs-work.h"

/* The picture helper: loads what it needs, closes itself in, and then answers
 * one request after another until the client hangs up. It has no clean-up to
 * do: memory is what it holds, and the kernel takes that.
 */

/* Well past what the client waits; for a client that was killed meanwhile */
#define MAX_SECONDS 120

/* A photo of 200 megapixels and its copies */
#define MAX_DATA (G_GUINT64_CONSTANT (1536) * 1024 * 1024)

/* The descriptors come in the order of their bits */
static gboolean
helper_receive (CsWireRequest *request,
                int           *fds)
{
  int came[CS_WIRE_MAX_FDS];

  if (!cs_service_receive (request, sizeof *request, came))
    return FALSE;

  for (guint which = 0, i = 0; which < CS_WIRE_MAX_FDS; which++)
    fds[which] = (request->fds & (1u << which)) ? came[i++] : -1;

  return request->magic == CS_WIRE_MAGIC;
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
  packed = cs_service_pack (&work.answer, work.payload, work.labels);
  alarm (0);
  for (guint i = 0; i < CS_WIRE_MAX_FDS; i++)
    g_clear_fd (&fds[i], NULL);

  return cs_service_send (&work.answer, sizeof work.answer, packed);
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

  if (!cs_sandbox_enter (cs_reading_get_folder (), MAX_DATA, &hello.landlock, &error))
    {
      g_printerr ("countersign-image-helper: %s\n", error->message);
      _exit (1);
    }

  hello.seccomp = TRUE;
  if (!cs_service_send (&hello, sizeof hello, -1))
    _exit (1);

  while (helper_serve_one ())
    ;

  _exit (0);
}
