/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A keyring on a bus of its own that is locked, with one item in it; whoever is
 * asked to open it closes the question (org.freedesktop.Secret.Service, 0.2)
 */
typedef struct
{
  GSubprocess     *bus;
  GDBusConnection *connection;
  guint            n_prompts;
} CsLockedKeyring;

/* Sets DBUS_SESSION_BUS_ADDRESS; FALSE where there is no dbus-daemon */
gboolean cs_locked_keyring_start (CsLockedKeyring *self);
void     cs_locked_keyring_stop (CsLockedKeyring *self);

G_END_DECLS
