/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include <glib/gi18n-lib.h>
#include <libdex.h>

#include "cs-application.h"
#include "cs-trace.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (CsApplication) application = NULL;
  const char *locale_folder = g_getenv ("CS_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_folder != NULL ? locale_folder : CS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  dex_init ();
  cs_trace_init ();

  application = cs_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
